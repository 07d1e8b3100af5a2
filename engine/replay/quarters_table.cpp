// The table `quarters`: the market at the close of each quarter, one figure a column.
#include <fmt/format.h>

#include "engine/replay/replay_tables.h"

namespace rackrace {
namespace {

constexpr auto real = ColumnType::real;
constexpr auto integer = ColumnType::integer;

double mh(const Row& row, double h100e) { return h100e * row.at.scenario.parameters.hours_per_quarter / 1e6; }

/// Inference hours as training hours of the fleet, the unit of all market figures in Mh.
double training_mh(const Row& row, double inference_h100e) { return row.at.world.kappa > 0.0 ? mh(row, inference_h100e / row.at.world.kappa) : 0.0; }

// clang-format off
void add_price_columns(std::vector<Column>& c) {
    c.push_back({"spot_t_usd_h", real, "$/h", "last clearing of training hours", [](const Row& r) { return r.at.world.spot_usd_h[0]; }});
    c.push_back({"spot_i_usd_h", real, "$/h", "last clearing of inference hours", [](const Row& r) { return r.at.world.spot_usd_h[1]; }});
    c.push_back({"policy_rate_apr", real, "per year", "r_short", [](const Row& r) { return r.at.world.policy_rate_apr; }});
    c.push_back({"sentiment", real, "index", "Sig of the model", [](const Row& r) { return r.at.world.sentiment; }});
    c.push_back({"ai_revenue_usd", real, "$", "AI spending of the quarter, the outside alternative included", [](const Row& r) { return r.at.world.ai_revenue_usd; }});
    c.push_back({"frontier_oom", real, "powers of ten", "capability of the best released model, 0 at 2026Q1", [](const Row& r) { return r.at.world.frontier_oom[0]; }});
    c.push_back({"training_efficiency", real, "index", "ET, 1 at 2026Q1", [](const Row& r) { return r.at.world.training_efficiency; }});
    c.push_back({"inference_efficiency", real, "index", "EI, 1 at 2026Q1", [](const Row& r) { return r.at.world.inference_efficiency; }});
}

void add_compute_columns(std::vector<Column>& c) {
    c.push_back({"supply_mh", real, "Mh", "own compute of all firms, in training hours", [](const Row& r) { return mh(r, r.at.market.supply_h100e); }});
    c.push_back({"util_frac", real, "share", "1 - idle over compute held", [](const Row& r) { return r.at.market.utilisation_frac; }});
    c.push_back({"contracted_frac", real, "share", "committed by contract over own compute of all firms", [](const Row& r) { return r.at.market.contracted_frac; }});
    c.push_back({"asked_mh", real, "Mh", "compute that the sellers' customers ask, over the fleet's kappa", [](const Row& r) { return training_mh(r, r.at.market.asked_inference_h100e); }});
    c.push_back({"unmet_mh", real, "Mh", "of it not served", [](const Row& r) { return training_mh(r, r.at.market.unmet_inference_h100e); }});
    c.push_back({"hhi_compute", real, "index", "sum of squared shares of own compute", [](const Row& r) { return r.at.market.hhi_compute; }});
    c.push_back({"hhi_revenue", real, "index", "sum of squared shares of AI product sales among the firms", [](const Row& r) { return r.at.market.hhi_revenue; }});
}

void add_goods_columns(std::vector<Column>& c) {
    c.push_back({"made_chips", integer, "chips", "output of all products", [](const Row& r) { return whole(r.at.market.made_chips); }});
    c.push_back({"sold_chips", integer, "chips", "awarded in the quarter's sales", [](const Row& r) { return whole(r.at.market.sold_chips); }});
    c.push_back({"row_chips", integer, "chips", "of the output, to the rest of the world", [](const Row& r) { return whole(r.at.market.row_chips); }});
    c.push_back({"chip_fill_frac", real, "share", "awarded over asked at or above the reserve; 1 where nobody asked", [](const Row& r) { return r.at.market.chip_fill_frac; }});
    c.push_back({"installed_chips", integer, "chips", "in the firms' racks", [](const Row& r) { return whole(r.at.market.installed_chips); }});
    c.push_back({"warehouse_chips", integer, "chips", "waiting for powered shell, or for sale", [](const Row& r) { return whole(r.at.market.warehouse_chips); }});
    c.push_back({"usable_it_kw", real, "IT kW", "sum of min(shell + leased, (grid + on-site)/PUE) by firm and region", [](const Row& r) { return r.at.market.usable_it_kw; }});
    c.push_back({"installed_it_kw", real, "IT kW", "rated draw of the installed chips", [](const Row& r) { return r.at.market.installed_it_kw; }});
    c.push_back({"grid_free_kw", real, "kW", "connected and held by nobody", [](const Row& r) { return r.at.market.grid_free_kw; }});
}

void add_money_columns(std::vector<Column>& c) {
    c.push_back({"revenue_usd", integer, "$", "of all firms", [](const Row& r) { return dollars(r.at.market.revenue); }});
    c.push_back({"capex_usd", integer, "$", "cash into chips, systems, sites, plant and their deposits", [](const Row& r) { return dollars(r.at.market.capex); }});
    c.push_back({"debt_usd", integer, "$", "owed by all firms to lenders", [](const Row& r) { return dollars(r.at.market.debt); }});
    c.push_back({"arrears_usd", integer, "$", "due and not paid", [](const Row& r) { return dollars(r.at.market.arrears); }});
    c.push_back({"firms_in_arrears", integer, "count", "", [](const Row& r) { return whole(r.at.market.firms_in_arrears); }});
    c.push_back({"firms_in_default", integer, "count", "in chapter 11, or liquidated or acquired out of it; a reorganised firm is not", [](const Row& r) { return whole(r.at.market.firms_in_default); }});
    c.push_back({"backlog_usd", integer, "$", "take-or-pay money that contracts still owe their sellers", [](const Row& r) { return dollars(r.at.market.backlog); }});
    c.push_back({"netted_backlog_usd", integer, "$", "of it without what flows back by mutual contracts; unrated buyers count half", [](const Row& r) { return dollars(r.at.market.netted_backlog); }});
    c.push_back({"credit_supply_usd", real, "$", "what the credit market would lend, before what revolvers took", [](const Row& r) { return r.at.world.credit_supply_usd; }});
    c.push_back({"credit_asked_usd", integer, "$", "of the credit market, after the cut to room", [](const Row& r) { return dollars(r.at.world.credit_asked); }});
    c.push_back({"credit_filled_usd", integer, "$", "lent by it, venture rounds included", [](const Row& r) { return dollars(r.at.world.credit_filled); }});
    c.push_back({"credit_addon_apr", real, "per year", "z of the model: what the clearing put on every quote", [](const Row& r) { return r.at.world.credit_addon_apr; }});
    c.push_back({"equity_value_usd", real, "$", "market value E of all firms", [](const Row& r) { return r.at.market.equity_value_usd; }});
    c.push_back({"owners_value_usd", real, "$", "owners' value U of all firms, were the run to end now", [](const Row& r) { return r.at.market.owners_value_usd; }});
    c.push_back({"stranded_capital_usd", integer, "$", "net book of chips whose resale is under half of it", [](const Row& r) { return dollars(r.at.market.stranded_capital); }});
}
// clang-format on

}  // namespace

Table quarters_table() {
    Table table{"quarters", "The market at the close of each quarter; the first row is the opening books.",     "quarter", Written::each_quarter,
                {},         [](const RecordedQuarter&, const std::function<void(int, int)>& row) { row(0, 0); }};
    auto& c = table.columns;
    c.push_back(quarter_column());
    c.push_back({"t", integer, "index", "0 is 2024Q1", [](const Row& r) { return whole(r.at.world.t); }});
    c.push_back({"state_hash", ColumnType::text, "hash", "of the whole state, 16 hexadecimal digits",
                 [](const Row& r) { return Cell{fmt::format("{:016x}", r.at.state_hash)}; }});
    add_price_columns(c);
    add_compute_columns(c);
    add_goods_columns(c);
    add_money_columns(c);
    const char* bounds[] = {"demand", "power", "shell", "money", "chips"};
    for (int b = 0; b < 5; ++b)
        c.push_back({std::string("bound_by_") + bounds[b], integer, "count", std::string("firms with compute that were bound by ") + bounds[b],
                     [b](const Row& r) { return whole(r.at.market.bound_by[b]); }});
    c.push_back({"postings", integer, "count", "transactions of the quarter",
                 [](const Row& r) { return whole(r.at.ledger == nullptr ? 0 : r.at.ledger->postings); }});
    c.push_back({"capacity_refusals", integer, "count", "items refused by a full array since the start; 0 in a valid run",
                 [](const Row& r) { return whole(r.at.world.capacity_refusals); }});
    return table;
}

}  // namespace rackrace
