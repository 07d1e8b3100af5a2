#include "engine/replay/figures.h"

#include "engine/market/shocks.h"
#include "engine/market/product_demand.h"
#include "engine/market/site_power.h"
#include "engine/quarter/key_figures.h"
#include "engine/settle/backlog.h"
#include "engine/settle/borrowing_base.h"

namespace rackrace {
namespace {

constexpr double kStrandedResaleFrac = 0.5;  // the metric's own bound (model.md section 9)

template <class T, std::size_t N> double sum_of(const T (&items)[N]) {
    double sum = 0.0;
    for (const T& item : items) sum += item;
    return sum;
}

double ratio(double part, double whole, double otherwise) { return whole > 0.0 ? part / whole : otherwise; }

void add_sites(const Scenario& scenario, const Firm& firm, FirmFigures& out) {
    for (int r = 0; r < scenario.region_count; ++r) {
        const Site& site = firm.sites[r];
        out.grid_kw += site.grid_kw;
        out.onsite_kw += site.onsite_kw;
        out.shell_kw += site.shell_kw;
        out.lease_kw += site.lease_kw;
        out.coming_kw += sum_of(site.won_kw) + sum_of(site.onsite_coming_kw);
    }
    out.usable_it_kw = usable_it_kw(scenario, firm);
    out.installed_it_kw = installed_it_kw(scenario, firm);
}

void add_contracts(const Scenario& scenario, const World& world, int firm, FirmFigures& out) {
    for (const Contract& contract : world.contracts) {
        if (contract.id == 0) continue;
        if (contract.seller == firm) {
            out.sold_by_contract_h100e += committed_in(contract, world.t);
            out.backlog += contract_backlog(scenario.parameters, contract, world.t);
        }
        if (contract.buyer == firm) out.bought_by_contract_h100e += committed_in(contract, world.t);
    }
}

/// What lenders would count of a backlog: mutual sales and rings cancel out, and of what unrated buyers owe a share counts.
Usd netted_backlog(const Scenario& scenario, const World& world, int firm) {
    const Parameters& p = scenario.parameters;
    const NettedReceipts net = netted_receipts(scenario, world, firm, 1.0);
    double sum = 0.0;
    for (int buyer = 0; buyer <= kMaxFirms; ++buyer) sum += (buyer < kMaxFirms && is_rated(p, world.firms[buyer].rating) ? 1.0 : p.unrated_backlog_share_frac) * net.usd[buyer];
    return to_usd(sum);
}

void add_books(const World& world, int firm, FirmFigures& out) {
    for (int party = 0; party < kParties; ++party) {
        out.arrears_new += world.arrears[firm][party][0];
        out.arrears_old += world.arrears[firm][party][1];
    }
    out.book_equity = -(balance_of(world, firm, Account::paid_in) + balance_of(world, firm, Account::retained));
    for (int a = static_cast<int>(Account::cash); a <= static_cast<int>(Account::receivables); ++a) out.assets += world.balance[firm][a];
}

void add_product_demand(const Scenario& scenario, const World& world, QuarterFigures& out) {
    const InferenceRule rule = inference_rule(scenario.parameters);
    for (int f = 0; f < world.firm_count; ++f) {
        const Firm& firm = world.firms[f];
        for (int s = 0; s < kMaxSegments; ++s) {
            const SegmentState& segment = world.segments[s];
            const double asked = seller_demand(segment.quantity_task_units, firm.share_ppb[s] * 1e-9, firm.price_usd_task[s],
                                               segment.mean_price_usd_task, scenario.parameters.usage_price_elasticity);
            const double efficiency = world.inference_efficiency * owned_efficiency_ratio(scenario, f, world.t);
            const double need = inference_need_h100e(rule, asked, firm.capability_oom, world.frontier_oom[0], efficiency);
            out.asked_inference_h100e += need;
            out.unmet_inference_h100e += need * (1.0 - firm.served_frac[s]);
        }
    }
}

double compute_concentration(const std::vector<FirmFigures>& firms, double all) {
    double sum = 0.0;
    for (const FirmFigures& firm : firms) sum += (firm.pool_h100e / all) * (firm.pool_h100e / all);
    return sum;
}

double sales_concentration(const World& world) {
    double sales[kMaxFirms] = {}, all = 0.0, sum = 0.0;
    for (int f = 0; f < world.firm_count; ++f)
        for (int s = 0; s < kMaxSegments; ++s) {
            const double one = world.segments[s].quantity_task_units * world.firms[f].share_ppb[s] * world.firms[f].price_usd_task[s] *
                               world.firms[f].served_frac[s];
            sales[f] += one;
            all += one;
        }
    for (int f = 0; f < world.firm_count && all > 0.0; ++f) sum += (sales[f] / all) * (sales[f] / all);
    return sum;
}

Usd stranded_capital(const Scenario& scenario, const World& world) {
    Usd sum{};
    for (int f = 0; f < world.firm_count; ++f)
        for (int p = 0; p < scenario.product_count; ++p) {
            const Holding& held = world.firms[f].holdings[p];
            const Usd book = held.gross - held.depreciation;
            const double resale = (static_cast<double>(held.installed) + held.warehouse) * world.products[p].resale_usd_chip;
            if (resale < kStrandedResaleFrac * to_double(book)) sum += book;
        }
    return sum;
}

}  // namespace

FirmFigures firm_figures(const Scenario& scenario, const World& world, int f) {
    const Firm& firm = world.firms[f];
    FirmFigures out{};
    out.pool_h100e = own_pool_h100e(firm);
    out.received_h100e = sum_of(firm.received_h100e);
    out.delivered_h100e = sum_of(firm.delivered_h100e);
    out.used_h100e = sum_of(firm.used_h100e);
    out.sold_spot_h100e = sum_of(firm.sold_spot_h100e);
    out.idle_h100e = sum_of(firm.idle_h100e);
    out.utilisation_frac = used_frac(firm);
    for (int p = 0; p < scenario.product_count; ++p) {
        out.installed_chips += firm.holdings[p].installed;
        out.warehouse_chips += firm.holdings[p].warehouse;
        for (const ChipOrder& order : firm.orders[p]) out.ordered_chips += order.chips;
    }
    add_sites(scenario, firm, out);
    add_contracts(scenario, world, f, out);
    out.netted_backlog = netted_backlog(scenario, world, f);
    add_books(world, f, out);
    return out;
}

std::vector<FirmFigures> all_firm_figures(const Scenario& scenario, const World& world) {
    std::vector<FirmFigures> firms;
    for (int f = 0; f < world.firm_count; ++f) firms.push_back(firm_figures(scenario, world, f));
    return firms;
}

QuarterFigures quarter_figures(const Scenario& scenario, const World& world) {
    QuarterFigures out{};
    const std::vector<FirmFigures> firms = all_firm_figures(scenario, world);
    double held = 0.0, idle = 0.0, committed = 0.0, asked = 0.0;
    for (int f = 0; f < world.firm_count; ++f) {
        const Firm& firm = world.firms[f];
        const FirmFigures& one = firms[static_cast<std::size_t>(f)];
        out.supply_h100e += one.pool_h100e;
        held += one.pool_h100e + one.received_h100e;
        idle += one.idle_h100e;
        committed += one.sold_by_contract_h100e;
        out.installed_chips += one.installed_chips;
        out.warehouse_chips += one.warehouse_chips;
        out.usable_it_kw += one.usable_it_kw;
        out.installed_it_kw += one.installed_it_kw;
        out.capex += firm.history[0].capex;
        out.revenue += firm.history[0].revenue;
        out.debt += -balance_of(world, f, Account::debt);
        out.arrears += one.arrears_new + one.arrears_old;
        out.backlog += one.backlog;
        out.netted_backlog += one.netted_backlog;
        out.equity_value_usd += firm.equity_value_usd;
        out.owners_value_usd += firm.value_usd;
        if (is_behind(firm)) ++out.firms_in_arrears;
        if (has_failed(firm)) ++out.firms_in_default;
        if (one.pool_h100e > 0.0 && firm.binding >= 0 && firm.binding < 5) ++out.bound_by[firm.binding];
    }
    for (int p = 0; p < scenario.product_count; ++p) {
        asked += world.products[p].asked_chips;
        out.sold_chips += world.products[p].sold_chips;
        out.made_chips += world.products[p].made_chips;
        out.row_chips += world.products[p].row_chips;
    }
    for (int r = 0; r < scenario.region_count; ++r) out.grid_free_kw += world.regions[r].free_kw;
    out.utilisation_frac = held > 0.0 ? 1.0 - idle / held : 0.0;
    out.contracted_frac = ratio(committed, out.supply_h100e, 0.0);
    out.chip_fill_frac = ratio(static_cast<double>(out.sold_chips), asked, 1.0);
    out.hhi_compute = out.supply_h100e > 0.0 ? compute_concentration(firms, out.supply_h100e) : 0.0;
    out.hhi_revenue = sales_concentration(world);
    out.stranded_capital = stranded_capital(scenario, world);
    add_product_demand(scenario, world, out);
    return out;
}

}  // namespace rackrace
