// P7, sites: building, leasing, on-site plant, and the ways out of them.
#pragma once

#include "engine/market/exits.h"
#include "engine/market/installation.h"
#include "engine/market/site_connection.h"
#include "engine/market/weighted_uniform.h"
#include "engine/quarter/orders.h"
#include "engine/settle/payments.h"

namespace rackrace {

/// Starts a project: cost by the congestion that stood at the start of the phase. A full list refuses it.
RACKRACE_HD inline void start_project(const Scenario& scenario, World& world, int f, int r, std::int32_t kw, double congestion) {
    Firm& firm = world.firms[f];
    RACKRACE_NO_UNROLL
    for (int i = 0; i < kMaxProjects; ++i) {
        Project& project = firm.projects[i];
        if (project.kw != 0) continue;
        project = Project{};
        project.region = static_cast<std::int16_t>(r);
        project.kw = kw;
        project.left_q = project.total_q = static_cast<std::int16_t>(building_quarters(scenario.parameters, firm.role));
        project.cost = to_usd(site_cost_usd(scenario.parameters, kw, congestion));
        return;
    }
    ++world.capacity_refusals;
}

/// A project is given up by the firm that owns its books: the builder returns the salvage, the rest of what was spent is written off.
RACKRACE_HD inline void abandon_project(const Parameters& p, World& world, Ledger& ledger, int f, const Project& project) {
    const Usd salvage = project_salvage(p, project.spent);
    post(world, ledger, Kind::building_salvage, kBuilder, f, salvage, project.region);
    post(world, ledger, Kind::building_write_off, f, f, project.spent - salvage, project.region);
}

/// Slowed projects stand still this quarter; abandoned ones bring back their salvage and are written off.
RACKRACE_HD inline void change_projects(const Scenario& scenario, World& world, const Orders& order, Ledger& ledger, int f) {
    RACKRACE_NO_UNROLL
    for (int i = 0; i < kMaxProjects; ++i) {
        Project& project = world.firms[f].projects[i];
        if (project.kw == 0) continue;
        if ((order.abandon_projects >> i & 1u) != 0) {
            abandon_project(scenario.parameters, world, ledger, f, project);
            project = Project{};
        } else if ((order.slow_projects >> i & 1u) != 0 && project.stands_still == 0) {
            project.stands_still = 1;
            pay(world, ledger, Kind::building_pause, f, kBuilder, pause_cost(scenario.parameters, project.spent), revolver_margin_apr(scenario, world, f), project.region);
        }
    }
}

/// Sells on-site plant at part of its book. The book is the firm's plant by what it cost; plant that runs since this quarter is not paid yet
/// and not for sale.
RACKRACE_HD inline void sell_plant(const Scenario& scenario, World& world, Ledger& ledger, int f, int r, std::int64_t kw) {
    Firm& firm = world.firms[f];
    const auto paid_kw = [&](int i) { return static_cast<std::int64_t>(firm.sites[i].onsite_kw) - firm.sites[i].onsite_coming_kw[0]; };
    double capital = 0.0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.region_count; ++i) capital += static_cast<double>(paid_kw(i)) * scenario.regions[i].onsite_usd_kw;
    const std::int64_t sold = kw < paid_kw(r) ? kw : paid_kw(r);
    if (sold <= 0) return;
    const double part = capital > 0.0 ? static_cast<double>(sold) * scenario.regions[r].onsite_usd_kw / capital : 0.0;
    const Usd gross = to_usd(part * to_double(balance_of(world, f, Account::onsite_gross)));
    const Usd depreciation = min_usd(gross, to_usd(part * -to_double(balance_of(world, f, Account::onsite_depreciation))));
    const Usd proceeds = onsite_sale_proceeds(scenario.parameters, gross - depreciation);
    firm.sites[r].onsite_kw -= to_int32(sold);
    post(world, ledger, Kind::onsite_depreciation_disposal, f, f, depreciation, r);
    post(world, ledger, Kind::onsite_sale, kInvestor, f, proceeds, r);
    post(world, ledger, Kind::onsite_disposal, f, f, gross - depreciation - proceeds, r);
}

RACKRACE_HD inline void exit_lease(const Scenario& scenario, World& world, Ledger& ledger, int f, int r, std::int64_t kw) {
    Site& site = world.firms[f].sites[r];
    const std::int64_t left = kw < site.lease_kw ? kw : site.lease_kw;
    if (left <= 0) return;
    const double fee = lease_exit_fee_usd(scenario.parameters, site.lease_rent_usd_kw_q, left, site.lease_left_q);
    pay(world, ledger, Kind::lease_exit, f, kLandlord, to_usd(fee), revolver_margin_apr(scenario, world, f), r);
    site.lease_kw -= to_int32(left);
    if (site.lease_kw == 0) {
        site.lease_left_q = 0;
        site.lease_rent_usd_kw_q = 0.0;
    }
}

/// Leases of a region, within what landlords bring to market this quarter and what they took over from liquidated firms, shared by the uniform rule with equal weights.
RACKRACE_HD inline void sign_leases(const Scenario& scenario, World& world, const Orders* orders, const Chance& chance, int r) {
    const Parameters& p = scenario.parameters;
    std::int64_t asked[kMaxFirms] = {}, signed_kw[kMaxFirms] = {}, all = 0;
    double weight[kMaxFirms] = {};
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        weight[f] = 1.0;
        all += asked[f] = world.firms[f].role == Role::supplier || !is_active(world.firms[f]) || orders[f].lease_site[r].kw <= 0 ? 0 : orders[f].lease_site[r].kw;
    }
    if (all == 0) return;
    const double added = p.lease_supply_grid_ratio * static_cast<double>(grid_addition_kw(scenario, chance, r, world.t, world.t)) / scenario.regions[r].pue_ratio;
    const std::int64_t built = floor_to_int64(added);
    std::int64_t let = 0;
    std::uint64_t tie[kMaxFirms];
    fill_ties(scenario, world, TieMarket::lease, r, tie);
    weighted_uniform<kMaxFirms>(asked, weight, tie, scenario.firm_count, built + world.regions[r].landlord_kw, signed_kw);
    const int slot = static_cast<int>(p.lease_lead_q) - 1;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        if (signed_kw[f] == 0) continue;
        let += signed_kw[f];
        Site& site = world.firms[f].sites[r];
        site.lease_coming_kw[slot] = to_int32(signed_kw[f]);
        site.lease_coming_term_q[slot] = static_cast<std::int16_t>(clamp(orders[f].lease_site[r].term_q, p.lease_term_min_q, p.lease_term_max_q));
    }
    if (let > built) world.regions[r].landlord_kw -= let - built;
}

/// On-site plant that a firm asks for, by region: scaled by one factor to the part of the capital that is due now and its means cover.
RACKRACE_HD inline void backed_plant(const Scenario& scenario, const World& world, const Orders& order, int f, std::int64_t (&asked_kw)[kMaxRegions]) {
    double due = 0.0;
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) {
        const Region& region = scenario.regions[r];
        const bool may_order = world.firms[f].role != Role::supplier && is_active(world.firms[f]) && region.onsite_allowed != 0 && order.order_onsite_kw[r] > 0;
        asked_kw[r] = may_order ? order.order_onsite_kw[r] : 0;
        due += scenario.parameters.onsite_order_payment_frac * region.onsite_usd_kw * static_cast<double>(asked_kw[r]);
    }
    if (due == 0.0) return;
    const double means = to_double(means_of(world, f));
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r)
        if (due > means) asked_kw[r] = floor_to_int64(static_cast<double>(asked_kw[r]) * means / due);
}

/// On-site plant in all regions, within each one's equipment limit, shared by the uniform rule with equal weights.
RACKRACE_HD inline void order_plant(const Scenario& scenario, World& world, const Orders* orders, Ledger& ledger) {
    const Parameters& p = scenario.parameters;
    std::int64_t wish[kMaxFirms][kMaxRegions] = {};
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) backed_plant(scenario, world, orders[f], f, wish[f]);
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) {
        const Region& region = scenario.regions[r];
        std::int64_t asked[kMaxFirms] = {}, awarded[kMaxFirms] = {}, all = 0;
        double weight[kMaxFirms] = {};
        RACKRACE_NO_UNROLL
        for (int f = 0; f < scenario.firm_count; ++f) {
            weight[f] = 1.0;
            all += asked[f] = wish[f][r];
        }
        if (all == 0) continue;
        const double limit = region.onsite_cap_kw_q * pow(1.0 + p.onsite_cap_growth_frac, world.t - scenario.start_t);
        std::uint64_t tie[kMaxFirms];
        fill_ties(scenario, world, TieMarket::onsite, r, tie);
        weighted_uniform<kMaxFirms>(asked, weight, tie, scenario.firm_count, floor_to_int64(limit), awarded);
        RACKRACE_NO_UNROLL
        for (int f = 0; f < scenario.firm_count; ++f) {
            if (awarded[f] == 0) continue;
            world.firms[f].sites[r].onsite_coming_kw[region.onsite_lead_q] += to_int32(awarded[f]);
            const Usd due = to_usd(p.onsite_order_payment_frac * region.onsite_usd_kw * static_cast<double>(awarded[f]));
            pay(world, ledger, Kind::onsite_order, f, kBuilder, due, revolver_margin_apr(scenario, world, f), r);
        }
    }
}

/// Whether a firm's orders of the quarter take power or shells from its chips.
RACKRACE_HD inline bool gives_up_power(const Orders& order) {
    RACKRACE_NO_UNROLL
    for (int r = 0; r < kMaxRegions; ++r)
        if (order.withdraw_power_kw[r] > 0 || order.sell_onsite_kw[r] > 0 || order.exit_lease_kw[r] > 0) return true;
    return false;
}

/// P7, sites, after power. Ways out first, so that what is left of a site counts; then chips that lost their power leave service.
RACKRACE_HD RACKRACE_APART inline void change_sites(const Scenario& scenario, World& world, const Orders* orders, const Chance& chance, Ledger& ledger) {
    std::int64_t building_kw[kMaxRegions];
    fill_under_construction(scenario, world, building_kw);
    double congestion[kMaxRegions] = {};
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r)
        congestion[r] = building_congestion(building_kw[r], scenario.regions[r].labour_cap_it_kw);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        if (world.firms[f].role == Role::supplier || !is_active(world.firms[f])) continue;
        change_projects(scenario, world, orders[f], ledger, f);
        RACKRACE_NO_UNROLL
        for (int r = 0; r < scenario.region_count; ++r) {
            if (orders[f].sell_onsite_kw[r] > 0) sell_plant(scenario, world, ledger, f, r, orders[f].sell_onsite_kw[r]);
            if (orders[f].exit_lease_kw[r] > 0) exit_lease(scenario, world, ledger, f, r, orders[f].exit_lease_kw[r]);
            if (orders[f].build_site_kw[r] > 0) start_project(scenario, world, f, r, orders[f].build_site_kw[r], congestion[r]);
        }
    }
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) sign_leases(scenario, world, orders, chance, r);
    order_plant(scenario, world, orders, ledger);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f)
        if (gives_up_power(orders[f])) evict_without_power(scenario, world.firms[f]);
}

}  // namespace rackrace
