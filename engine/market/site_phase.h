// P7, sites: building, leasing, on-site plant, and the ways out of them. P2: projects and plants a quarter on.
#pragma once

#include "engine/base/random.h"
#include "engine/market/building.h"
#include "engine/market/exits.h"
#include "engine/market/installation.h"
#include "engine/market/power_phase.h"
#include "engine/market/site_arrivals.h"

namespace rackrace {

/// IT kW under construction in a region: the opening schedule's shells that have begun, and projects.
RACKRACE_HD inline std::int64_t under_construction_kw(const Scenario& scenario, const World& world, int r) {
    std::int64_t sum = 0;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        RACKRACE_NO_UNROLL
        for (int k = 0; k < kArrivalQuarters; ++k) {
            const Arrival& arrival = scenario.arrivals[f][r][k];
            const int arrival_t = scenario.arrivals_t + k;
            if (arrival.build_q > 0 && arrival_t > world.t && arrival_t - arrival.build_q <= world.t) sum += arrival.shell_kw;
        }
        RACKRACE_NO_UNROLL
        for (int i = 0; i < kMaxProjects; ++i)
            if (world.firms[f].projects[i].region == r) sum += world.firms[f].projects[i].kw;
    }
    return sum;
}

/// P2: leases signed and plants ordered move a quarter on; those due join the site. Plant in slot 0 waits for its second payment in P14.
RACKRACE_HD inline void arrive_leases_and_plant(const Scenario& scenario, Site& site) {
    merge_lease(site, site.lease_coming_kw[0], scenario.parameters.lease_rent_usd_kw_q, site.lease_coming_term_q[0]);
    RACKRACE_NO_UNROLL
    for (int k = 0; k + 1 < kLeaseSlots; ++k) {
        site.lease_coming_kw[k] = site.lease_coming_kw[k + 1];
        site.lease_coming_term_q[k] = site.lease_coming_term_q[k + 1];
    }
    site.lease_coming_kw[kLeaseSlots - 1] = 0;
    site.lease_coming_term_q[kLeaseSlots - 1] = 0;
    RACKRACE_NO_UNROLL
    for (int k = 0; k + 1 < kOnsiteSlots; ++k) site.onsite_coming_kw[k] = site.onsite_coming_kw[k + 1];
    site.onsite_coming_kw[kOnsiteSlots - 1] = 0;
    site.onsite_kw += site.onsite_coming_kw[0];
}

/// P2: projects move a quarter on unless they stood still or slip by chance; finished ones become shells.
RACKRACE_HD inline void advance_projects(const Scenario& scenario, World& world, Ledger& ledger) {
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) world.regions[r].building_kw = to_int32(under_construction_kw(scenario, world, r));
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        RACKRACE_NO_UNROLL
        for (int i = 0; i < kMaxProjects; ++i) {
            Project& project = world.firms[f].projects[i];
            if (project.kw == 0) continue;
            if (project.stands_still == 0) --project.left_q;
            project.stands_still = 0;
            if (project.left_q == 0) {
                world.firms[f].sites[project.region].shell_kw += project.kw;
                post(world, ledger, Kind::site_completed, f, f, project.spent, project.region);
                project = Project{};
                continue;
            }
            const double congestion = building_congestion(world.regions[project.region].building_kw, scenario.regions[project.region].labour_cap_it_kw);
            const double draw = uniform01(world.seed, Stream::slips, world.t, scenario.firms[f].id, static_cast<std::uint64_t>(i), 0);
            if (scenario.rules.has_uncertainty == 0 || !(draw < slip_probability(scenario.parameters, congestion))) continue;
            project.stands_still = 1;
            ++project.slipped_q;
        }
    }
}

/// P2 for power and shells: the exogenous path brings kW, the opening schedule and what was won, queued, leased or ordered arrives.
RACKRACE_HD inline void connect_sites(const Scenario& scenario, World& world, const Chance& chance, Ledger& ledger) {
    advance_projects(scenario, world, ledger);
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) {
        RegionState& region = world.regions[r];
        const std::int64_t addition = grid_addition_kw(scenario, chance, r, world.t);
        std::int64_t taken = 0;
        RACKRACE_NO_UNROLL
        for (int f = 0; f < scenario.firm_count; ++f) {
            Site& site = world.firms[f].sites[r];
            age_lease(site);
            arrive_leases_and_plant(scenario, site);
            if (scenario.rules.power == PowerRule::auction) taken += connect_won(site);
            const Arrival* arrival = arrival_in(scenario, f, r, world.t);
            if (arrival == nullptr) continue;
            site.shell_kw += arrival->shell_kw;
            merge_lease(site, arrival->lease_kw, scenario.parameters.lease_rent_usd_kw_q, static_cast<int>(scenario.parameters.pipeline_lease_q));
            // Shares of the table round to whole kW: at most what the path brings is connected.
            const std::int64_t room = region.free_kw + addition - taken;
            const std::int32_t grid = arrival->grid_kw < room ? arrival->grid_kw : to_int32(room > 0 ? room : 0);
            site.grid_kw += grid;
            taken += grid;
        }
        region.exogenous_kw += addition;
        region.free_kw += to_int32(addition - taken);
        if (scenario.rules.power != PowerRule::auction) region.free_kw -= to_int32(connect_queue(scenario, world, r, region.free_kw));
    }
}

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

/// Slowed projects stand still this quarter; abandoned ones bring back their salvage and are written off.
RACKRACE_HD inline void change_projects(const Scenario& scenario, World& world, const Orders& order, Ledger& ledger, int f) {
    RACKRACE_NO_UNROLL
    for (int i = 0; i < kMaxProjects; ++i) {
        Project& project = world.firms[f].projects[i];
        if (project.kw == 0) continue;
        if ((order.abandon_projects >> i & 1u) != 0) {
            const Usd salvage = project_salvage(scenario.parameters, project.spent);
            post(world, ledger, Kind::building_salvage, kBuilder, f, salvage, project.region);
            post(world, ledger, Kind::building_write_off, f, f, project.spent - salvage, project.region);
            project = Project{};
        } else if ((order.slow_projects >> i & 1u) != 0 && project.stands_still == 0) {
            project.stands_still = 1;
            pay(world, ledger, Kind::building_pause, f, kBuilder, pause_cost(scenario.parameters, project.spent), spread_of(scenario, world, f), project.region);
        }
    }
}

/// Sells on-site plant at part of its book; the book is the firm's plant by kW.
RACKRACE_HD inline void sell_plant(const Scenario& scenario, World& world, Ledger& ledger, int f, int r, std::int64_t kw) {
    Firm& firm = world.firms[f];
    std::int64_t all = 0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.region_count; ++i) all += firm.sites[i].onsite_kw;
    const std::int64_t sold = kw < firm.sites[r].onsite_kw ? kw : firm.sites[r].onsite_kw;
    if (sold <= 0) return;
    const double part = static_cast<double>(sold) / static_cast<double>(all);
    const Usd gross = sold == all ? balance_of(world, f, Account::onsite_gross) : to_usd(part * to_double(balance_of(world, f, Account::onsite_gross)));
    const Usd accumulated = -balance_of(world, f, Account::onsite_depreciation);
    const Usd depreciation = min_usd(gross, sold == all ? accumulated : to_usd(part * to_double(accumulated)));
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
    pay(world, ledger, Kind::lease_exit, f, kLandlord, to_usd(fee), spread_of(scenario, world, f), r);
    site.lease_kw -= to_int32(left);
    if (site.lease_kw == 0) {
        site.lease_left_q = 0;
        site.lease_rent_usd_kw_q = 0.0;
    }
}

/// Leases of a region, within what landlords bring to market this quarter, shared by the uniform rule with equal weights.
RACKRACE_HD inline void sign_leases(const Scenario& scenario, World& world, const Orders* orders, const Chance& chance, int r) {
    const Parameters& p = scenario.parameters;
    std::int64_t asked[kMaxFirms] = {}, signed_kw[kMaxFirms] = {};
    double weight[kMaxFirms] = {};
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        weight[f] = 1.0;
        asked[f] = world.firms[f].role == Role::supplier || orders[f].lease_site[r].kw <= 0 ? 0 : orders[f].lease_site[r].kw;
    }
    const double supply = p.lease_supply_grid_ratio * static_cast<double>(grid_addition_kw(scenario, chance, r, world.t)) / scenario.regions[r].pue_ratio;
    std::uint64_t tie[kMaxFirms];
    fill_ties(scenario, world, TieMarket::lease, r, tie);
    weighted_uniform<kMaxFirms>(asked, weight, tie, scenario.firm_count, floor_to_int64(supply), signed_kw);
    const int slot = static_cast<int>(p.lease_lead_q) - 1;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        if (signed_kw[f] == 0) continue;
        Site& site = world.firms[f].sites[r];
        site.lease_coming_kw[slot] = to_int32(signed_kw[f]);
        site.lease_coming_term_q[slot] = static_cast<std::int16_t>(clamp(orders[f].lease_site[r].term_q, p.lease_term_min_q, p.lease_term_max_q));
    }
}

/// On-site plant of a region, within the equipment limit, shared by the uniform rule with equal weights; part of the capital is due now,
/// so an order is cut to what the firm's means pay of it.
RACKRACE_HD inline void order_plant(const Scenario& scenario, World& world, const Orders* orders, Ledger& ledger, int r) {
    const Parameters& p = scenario.parameters;
    const Region& region = scenario.regions[r];
    if (region.onsite_allowed == 0) return;
    std::int64_t asked[kMaxFirms] = {}, awarded[kMaxFirms] = {};
    double weight[kMaxFirms] = {};
    const double now_usd_kw = p.onsite_order_payment_frac * region.onsite_usd_kw;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        weight[f] = 1.0;
        const std::int64_t backed = floor_to_int64(to_double(means_of(world, f)) / now_usd_kw);
        const std::int64_t wish = world.firms[f].role == Role::supplier || orders[f].order_onsite_kw[r] <= 0 ? 0 : orders[f].order_onsite_kw[r];
        asked[f] = wish < backed ? wish : backed;
    }
    const double limit = region.onsite_cap_kw_q * pow(1.0 + p.onsite_cap_growth_frac, world.t - scenario.start_t);
    std::uint64_t tie[kMaxFirms];
    fill_ties(scenario, world, TieMarket::onsite, r, tie);
    weighted_uniform<kMaxFirms>(asked, weight, tie, scenario.firm_count, floor_to_int64(limit), awarded);
    const int slot = region.onsite_lead_q < kOnsiteSlots ? region.onsite_lead_q : kOnsiteSlots - 1;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        if (awarded[f] == 0) continue;
        world.firms[f].sites[r].onsite_coming_kw[slot] += to_int32(awarded[f]);
        pay(world, ledger, Kind::onsite_order, f, kBuilder, to_usd(now_usd_kw * static_cast<double>(awarded[f])), spread_of(scenario, world, f), r);
    }
}

/// P7, sites, after power. Ways out first, so that what is left of a site counts; then chips that lost their power leave service.
RACKRACE_HD inline void change_sites(const Scenario& scenario, World& world, const Orders* orders, const Chance& chance, Ledger& ledger) {
    double congestion[kMaxRegions] = {};
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r)
        congestion[r] = building_congestion(under_construction_kw(scenario, world, r), scenario.regions[r].labour_cap_it_kw);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        if (world.firms[f].role == Role::supplier) continue;
        change_projects(scenario, world, orders[f], ledger, f);
        RACKRACE_NO_UNROLL
        for (int r = 0; r < scenario.region_count; ++r) {
            if (orders[f].sell_onsite_kw[r] > 0) sell_plant(scenario, world, ledger, f, r, orders[f].sell_onsite_kw[r]);
            if (orders[f].exit_lease_kw[r] > 0) exit_lease(scenario, world, ledger, f, r, orders[f].exit_lease_kw[r]);
            if (orders[f].build_site_kw[r] > 0) start_project(scenario, world, f, r, orders[f].build_site_kw[r], congestion[r]);
        }
    }
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) {
        sign_leases(scenario, world, orders, chance, r);
        order_plant(scenario, world, orders, ledger, r);
    }
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) evict_without_power(scenario, world.firms[f]);
}

}  // namespace rackrace
