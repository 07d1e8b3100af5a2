// P12: the AI product market. Sellers set prices, customers adopt, move and ask for work, firms serve it with the compute they have, and
// customers pay. Open-weight models run by others on spot compute are one more seller, the outside alternative.
#pragma once

#include "engine/market/compute_use.h"
#include "engine/market/core_phase.h"
#include "engine/market/outside_alternative.h"
#include "engine/market/paths.h"
#include "engine/market/product_market.h"
#include "engine/market/segment_priority.h"
#include "engine/market/shocks.h"
#include "engine/market/tie_hash.h"
#include "engine/quarter/orders.h"
#include "engine/settle/ledger.h"

namespace rackrace {

/// The firm's price of a segment, within bounds around the last mean price; hyperscalers and labs only. 0: it has never sold there, or left.
RACKRACE_HD inline double task_price(const Scenario& scenario, const World& world, const Orders& orders, int f, int segment) {
    const Parameters& p = scenario.parameters;
    const double kept = world.firms[f].price_usd_task[segment], mean = world.segments[segment].mean_price_usd_task;
    if (!is_active(world.firms[f])) return 0.0;
    if (!builds_models(world.firms[f].role)) return kept;
    const FirmSetting setting = segment == static_cast<int>(Segment::enterprise) ? FirmSetting::price_enterprise : FirmSetting::price_consumer;
    return bounded_setting(orders, setting, p.task_price_min_ratio * mean, p.task_price_max_ratio * mean, kept);
}

/// Open-weight models of open_weight_lag_q quarters ago, at spot cost of now.
RACKRACE_HD inline double open_capability_oom(const Parameters& p, const World& world) { return world.frontier_oom[static_cast<int>(p.open_weight_lag_q)]; }

/// The sellers of a segment as customers meet them: this quarter's prices, last quarter's shares and service; firms by index, the outside
/// alternative last. A firm that posts its first price gets its preference now.
RACKRACE_HD inline ProductSellers meet_sellers(const Scenario& scenario, World& world, const Orders* orders, int segment) {
    const Parameters& p = scenario.parameters;
    ProductSellers sellers = {};
    bool is_entrant[kMaxSellers] = {};
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        Firm& firm = world.firms[f];
        const double price = task_price(scenario, world, orders[f], f, segment);
        is_entrant[f] = firm.price_usd_task[segment] == 0.0 && price > 0.0;
        firm.price_usd_task[segment] = price;
        sellers.items[sellers.count++] = {price, firm.share_ppb[segment] * p.share_precision_frac, firm.capability_oom, firm.preference[segment],
                                          firm.served_frac[segment]};
    }
    const SegmentState& state = world.segments[segment];
    const double open_oom = open_capability_oom(p, world);
    const double price = outside_price_usd_task(inference_rule(p), p.outside_alternative_markup_ratio, world.spot_usd_h[1], open_oom,
                                                world.frontier_oom[0], world.inference_efficiency);
    sellers.items[sellers.count++] = {price, static_cast<double>(state.outside_share_ppb) * p.share_precision_frac, open_oom, state.outside_preference, 1.0};
    set_entrant_preferences(choice_rule(p, segment), sellers, is_entrant, world.frontier_oom[0]);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) world.firms[f].preference[segment] = sellers.items[f].preference;
    return sellers;
}

/// Keeps the new shares, in 1e-9 and exact.
RACKRACE_HD inline void keep_shares(const Scenario& scenario, World& world, int segment, const ProductSellers& sellers) {
    double share[kMaxSellers] = {};
    std::uint64_t tie[kMaxSellers] = {};
    std::int32_t counted[kMaxSellers] = {};
    const std::uint64_t key = hash64(world.seed, world.t, static_cast<int>(TieMarket::remainder), segment);
    RACKRACE_NO_UNROLL
    for (int i = 0; i < sellers.count; ++i) {
        share[i] = sellers.items[i].share_frac;
        tie[i] = hash64_with(key, i < scenario.firm_count ? scenario.firms[i].id : static_cast<std::uint64_t>(kCustomer));
    }
    const auto whole = static_cast<std::int32_t>(round_half_away(1.0 / scenario.parameters.share_precision_frac));
    count_shares(share, tie, sellers.count, whole, counted);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) world.firms[f].share_ppb[segment] = counted[f];
    world.segments[segment].outside_share_ppb = counted[scenario.firm_count];
}

/// What a quarter's customers of both segments ask of each seller, the outside alternative in row firm_count.
struct ProductDemand {
    double tasks[kMaxSellers][kMaxSegments];
    double outside_price_usd_task;
};

/// Adoption, shares, prices and quantities of a segment.
RACKRACE_HD inline void advance_segment_state(const Scenario& scenario, World& world, const Orders* orders, int segment, ProductDemand& demand) {
    const Parameters& p = scenario.parameters;
    SegmentState& state = world.segments[segment];
    SegmentMarket market = {state.adopted_frac, state.quantity_task_units, state.desired_task_units, state.expected_growth_frac,
                            meet_sellers(scenario, world, orders, segment)};
    const AdoptionConditions adoption = {world.frontier_oom[0], adoption_noise_ratio(p, world.adoption_noise),
                                         plateau_cap_frac(scenario, world.t, state.adopted_frac)};
    const SegmentConditions now = {adoption, state.wallet_usd_year * wallet_ratio(scenario, world.t), scenario.opening_quality_price_usd_task[segment]};
    const SegmentQuarter quarter = advance_segment(segment_rules(p, segment), now, market);
    state.adopted_frac = market.adopters_frac;
    state.quantity_task_units = market.tasks_q;
    state.desired_task_units = market.desired_tasks_q;
    state.expected_growth_frac = market.growth_frac;
    state.mean_price_usd_task = quarter.prices.price_usd_task;
    keep_shares(scenario, world, segment, market.sellers);
    RACKRACE_NO_UNROLL
    for (int i = 0; i < market.sellers.count; ++i) demand.tasks[i][segment] = quarter.demand_tasks_q[i];
    demand.outside_price_usd_task = market.sellers.items[scenario.firm_count].price_usd_task;
}

/// Serves a firm's customers with the compute it has for them; they pay for what is served. returns what they pay
RACKRACE_HD inline double serve_firm(const Scenario& scenario, World& world, Ledger& ledger, int f, const double* tasks) {
    const InferenceRule rule = inference_rule(scenario.parameters);
    const double efficiency = world.inference_efficiency * owned_efficiency_ratio(scenario, f, world.t);
    Firm& firm = world.firms[f];
    double need[kMaxSegments], served[kMaxSegments], all = 0.0, revenue = 0.0;
    RACKRACE_NO_UNROLL
    for (int s = 0; s < kMaxSegments; ++s) {
        need[s] = inference_need_h100e(rule, tasks[s], firm.capability_oom, world.frontier_oom[0], efficiency);
        all += need[s];
    }
    const std::int64_t given = use_compute(scenario, world, f, all);
    serve_segments(static_cast<double>(given), need, firm.segment_priority_frac, served);
    RACKRACE_NO_UNROLL
    for (int s = 0; s < kMaxSegments; ++s) {
        firm.served_frac[s] = served_ratio(served[s], need[s]);
        revenue += product_revenue_usd(firm.price_usd_task[s], tasks[s], firm.served_frac[s]);
    }
    post(world, ledger, Kind::ai_revenue, kCustomer, f, to_usd(revenue));
    receive_uplift(scenario, world, ledger, f);
    return revenue;
}

/// Log growth of AI spending; 0 where one of the two quarters had none.
RACKRACE_HD inline double spending_growth_frac(double last_usd, double now_usd) {
    return last_usd > 0.0 && now_usd > 0.0 ? log(now_usd / last_usd) : 0.0;
}

/// P12. Spending counts what customers pay to firms and to the outside alternative, which is always served and pays its own compute: none
/// of its money passes through the books. returns the log growth of spending (g_ai of 5.15)
RACKRACE_HD RACKRACE_APART inline double serve_customers(const Scenario& scenario, World& world, const Orders* orders, Ledger& ledger) {
    const Parameters& p = scenario.parameters;
    ProductDemand demand = {};
    RACKRACE_NO_UNROLL
    for (int s = 0; s < kMaxSegments; ++s) advance_segment_state(scenario, world, orders, s, demand);
    double spending = 0.0, outside_tasks = 0.0;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        take_settings(scenario, orders[f], f, world.firms[f]);
        spending += serve_firm(scenario, world, ledger, f, demand.tasks[f]);
    }
    RACKRACE_NO_UNROLL
    for (int s = 0; s < kMaxSegments; ++s) outside_tasks += demand.tasks[scenario.firm_count][s];
    spending += demand.outside_price_usd_task * outside_tasks;
    world.outside_need_h100e =
        inference_need_h100e(inference_rule(p), outside_tasks, open_capability_oom(p, world), world.frontier_oom[0], world.inference_efficiency);
    const double growth = spending_growth_frac(world.ai_revenue_usd, spending);
    world.ai_revenue_usd = spending;
    return growth;
}

}  // namespace rackrace
