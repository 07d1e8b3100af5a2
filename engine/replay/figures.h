// Figures of a market and of a firm that the state does not hold by themselves: sums, ratios and concentrations (the metrics of model.md 9).
#pragma once

#include <vector>

#include "engine/scenario/scenario.h"
#include "engine/settle/ledger.h"
#include "engine/world/world.h"

namespace rackrace {

struct FirmFigures {
    double pool_h100e, received_h100e, delivered_h100e, used_h100e, sold_spot_h100e, idle_h100e;  // summed over generations
    double utilisation_frac;  // 1 - idle over (pool + received + bought); 0 without compute
    std::int64_t installed_chips, warehouse_chips, ordered_chips;
    double usable_it_kw, installed_it_kw, grid_kw, onsite_kw, shell_kw, lease_kw, coming_kw;
    Usd arrears_new, arrears_old;
    Usd assets, book_equity;                                  // assets less liabilities
    double sold_by_contract_h100e, bought_by_contract_h100e;  // committed in the quarter
    Usd backlog;                                              // take-or-pay that its customers still owe
    Usd netted_backlog;                                       // of it without what flows back to them, unrated buyers by their share
};
FirmFigures firm_figures(const Scenario& scenario, const World& world, int firm);
std::vector<FirmFigures> all_firm_figures(const Scenario& scenario, const World& world);

struct QuarterFigures {
    double supply_h100e;  // own pools of all firms
    double utilisation_frac;
    double contracted_frac;        // committed between firms and to outside buyers, over the pools
    double asked_inference_h100e;  // what the sellers' customers ask, outside alternative left out
    double unmet_inference_h100e;  // of it not served
    double chip_fill_frac;         // awarded over asked at or above the reserve, all products; 1 where nobody asked
    std::int64_t made_chips, sold_chips, row_chips, warehouse_chips, installed_chips;
    double usable_it_kw, installed_it_kw, grid_free_kw;
    Usd capex, revenue, debt, arrears;
    double equity_value_usd, owners_value_usd;
    Usd backlog, netted_backlog;
    int firms_in_arrears, firms_in_default;
    int bound_by[5];                  // firms with compute, by BindingConstraint
    double hhi_compute, hhi_revenue;  // sums of squared shares: own pools; AI product sales by share of segment quantity
    Usd stranded_capital;             // book of chips whose resale is under half of their net book
};
QuarterFigures quarter_figures(const Scenario& scenario, const World& world);

}  // namespace rackrace
