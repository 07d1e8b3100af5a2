// P4 and P8: fills what everybody may see. Reads the state, changes nothing, draws nothing.
#pragma once

#include "engine/market/newest_product.h"
#include "engine/base/quarter_index.h"
#include "engine/market/production.h"
#include "engine/quarter/view_market.h"
#include "engine/quarter/view_units.h"
#include "engine/settle/rating.h"
#include "engine/settle/resale.h"

namespace rackrace {

/// Quarters from an order of a product to its delivery; 0 where only used ones trade.
RACKRACE_HD inline int lead_of(const Parameters& p, const Product& product) {
    if (product.buyers == Buyers::used_only) return 0;
    return static_cast<int>(product.buyers == Buyers::captive ? p.wafer_lead_q : p.chip_sale_lag_q);
}

RACKRACE_HD inline void observe_product(const Scenario& scenario, const World& world, int i, ProductView& view) {
    const Product& facts = scenario.products[i];
    const ProductState& state = world.products[i];
    view.id = i;
    view.vendor = facts.vendor;
    view.gen = facts.generation;
    view.captive = facts.buyers == Buyers::captive;
    view.released = state.first_t <= world.t;
    view.lead_q = lead_of(scenario.parameters, facts);
    view.list_usd_chip = state.list_usd_chip;
    view.system_usd_chip = facts.system_usd_chip;
    view.cleared_usd_chip = state.cleared_usd_chip;
    view.resale_usd_chip = state.resale_usd_chip;
    view.kw_chip = facts.kw_chip;
    view.perf_t_chip = facts.training_h100e_chip;
    view.perf_i_chip = facts.inference_h100e_chip;
    view.scarcity_frac = state.scarcity_frac;
}

/// kW that the grid of a region gains in this quarter, by the path of the table without draws, and the POWER in force: what can be expected.
RACKRACE_HD inline double expected_grid_addition_kw(const Scenario& scenario, int region, int t) {
    const Parameters& p = scenario.parameters;
    const int first_forward_t = scenario.start_t + static_cast<int>(p.grid_works_q);
    double kw = scenario.regions[region].grid_addition_kw_q;
    RACKRACE_NO_UNROLL
    for (int k = scenario.start_t + 1; k <= t; ++k) kw *= 1.0 + grid_addition_growth_frac(p, WorldPath{}, k, first_forward_t);
    return kw * grid_addition_ratio(scenario, region, t, t);
}

/// Quarters that a request for grid power made now is expected to wait.
RACKRACE_HD inline double expected_wait_q(const Scenario& scenario, const World& world, int region) {
    if (scenario.rules.power == PowerRule::auction) return scenario.parameters.grid_works_q;
    double waiting_kw = 0.0;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        RACKRACE_NO_UNROLL
        for (int age = 0; age < kMaxCohorts; ++age) waiting_kw += world.firms[f].sites[region].vintage[age];
    }
    const double addition_kw = max(1.0, expected_grid_addition_kw(scenario, region, world.t));
    return max(scenario.regions[region].grid_lead_q, std::ceil(waiting_kw / addition_kw));
}

RACKRACE_HD inline void observe_region(const Scenario& scenario, const World& world, int r, RegionView& view) {
    const Region& facts = scenario.regions[r];
    const RegionState& state = world.regions[r];
    view.id = r;
    view.onsite_ok = facts.onsite_allowed != 0;
    view.pue_ratio = facts.pue_ratio;
    view.power_usd_mwh = state.energy_price_usd_mwh;
    view.adder_usd_kw_q = state.adder_usd_kw_q;
    view.free_grid_mw = to_mw(state.free_kw);
    view.queue_q = expected_wait_q(scenario, world, r);
}

/// Region with the lowest energy price and adder together, of those with free power if there are any. Equal ones: the first by id.
RACKRACE_HD inline int cheapest_region(const Parameters& p, const MarketFigures& market) {
    int best = 0;
    bool best_is_free = false;
    double best_usd_mwh = kInfinity;
    RACKRACE_NO_UNROLL
    for (int r = 0; r < market.regions_count; ++r) {
        const RegionView& region = market.regions[r];
        const double usd_mwh = region.power_usd_mwh + region.adder_usd_kw_q / energy_mwh(p, 1.0);
        const bool is_free = region.free_grid_mw > 0.0;
        if (best_is_free && !is_free) continue;
        if (is_free == best_is_free && !(usd_mwh < best_usd_mwh)) continue;
        best = r;
        best_is_free = is_free;
        best_usd_mwh = usd_mwh;
    }
    return best;
}

/// Log change between two levels; 0 where one is not above 0.
RACKRACE_HD inline double log_change(double now, double before) { return now > 0.0 && before > 0.0 ? log(now / before) : 0.0; }

/// Mean log change a quarter over the last `quarters`. history: the latest first.
RACKRACE_HD inline double mean_log_change(const double* history, int quarters) { return log_change(history[0], history[quarters]) / quarters; }

/// Standard deviation of the last `moves` quarterly log changes.
RACKRACE_HD inline double log_change_deviation(const double* history, int moves) {
    double sum = 0.0, squares = 0.0;
    RACKRACE_NO_UNROLL
    for (int k = 0; k < moves; ++k) {
        const double x = log_change(history[k], history[k + 1]);
        sum += x;
        squares += x * x;
    }
    const double mean = sum / moves;
    return std::sqrt(max(0.0, squares / moves - mean * mean));
}

/// The engine's forecast: the last value moved by the mean log change of the last four quarters, halved each quarter ahead.
RACKRACE_HD inline void forecast(const double* history, double (&ahead)[kViewForecast]) {
    constexpr int window_q = 4;
    constexpr double fading = 0.5;
    double step = mean_log_change(history, window_q), sum = 0.0;
    RACKRACE_NO_UNROLL
    for (int k = 0; k < kViewForecast; ++k) {
        sum += step;
        step *= fading;
        ahead[k] = history[0] * exp(sum);
    }
}

/// Prices, use and demand of the last closes, and the forecasts on them.
RACKRACE_HD inline void observe_history(const Scenario& scenario, const World& world, MarketFigures& market) {
    static_assert(kSpotHistory == kViewHistory + 1 && kUseHistory == kViewHistory);
    const Parameters& p = scenario.parameters;
    const MarketHistory& history = world.history;
    RACKRACE_NO_UNROLL
    for (int k = 0; k < kViewHistory; ++k) {
        market.hist.spot_t_usd_h[k] = history.spot_t_usd_h[k];
        market.hist.spot_i_usd_h[k] = history.spot_i_usd_h[k];
        market.hist.util_frac[k] = history.util_frac[k];
    }
    market.spot_vol_frac = log_change_deviation(history.spot_i_usd_h, kViewHistory);
    market.util_frac = history.util_frac[0];
    market.supply_mh = to_mh(p, history.supply_h100e);
    market.demand_mh = to_mh(p, history.demand_h100e[0]);
    market.unmet_mh = to_mh(p, history.unmet_h100e);
    market.demand_growth_frac = mean_log_change(history.demand_h100e, kDemandHistory - 1);
    forecast(history.spot_t_usd_h, market.fc.spot_t_usd_h);
    forecast(history.spot_i_usd_h, market.fc.spot_i_usd_h);
    forecast(history.demand_h100e, market.fc.demand_mh);
    RACKRACE_NO_UNROLL
    for (int k = 0; k < kViewForecast; ++k) market.fc.demand_mh[k] = to_mh(p, market.fc.demand_mh[k]);
}

RACKRACE_HD inline double mean_unsecured_spread_apr(const Scenario& scenario, const World& world) {
    double sum = 0.0;
    int count = 0;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        if (world.firms[f].status == FirmStatus::absent || !is_active(world.firms[f])) continue;
        sum += unsecured_spread_apr(scenario.parameters, world.firms[f].default_probability_apr, world.sentiment);
        ++count;
    }
    return count > 0 ? sum / count : 0.0;
}

/// What everybody may see at the call.
RACKRACE_HD inline void observe(const Scenario& scenario, const World& world, MarketView& view) {
    const Parameters& p = scenario.parameters;
    view = MarketView{};
    view.time = {world.t - scenario.start_t, year_of(world.t), quarter_of(world.t), scenario.end_t - world.t + 1};
    MarketFigures& market = view.market;
    observe_history(scenario, world, market);
    market.spot_t_usd_h = world.spot_usd_h[0];
    market.spot_i_usd_h = world.spot_usd_h[1];
    market.contract_usd_h = world.history.contract_usd_h > 0.0 ? world.history.contract_usd_h : world.spot_ewma_usd_h[0];
    const double work = world.inference_efficiency * p.inference_utilisation_max_frac;
    market.task_h100e_h = work > 0.0 ? 1.0 / work : 0.0;
    RACKRACE_NO_UNROLL
    for (int s = 0; s < kMaxSegments; ++s) market.price_usd_task[s] = world.segments[s].mean_price_usd_task;
    market.power_usd_mwh = region_means(scenario, world).energy_usd_mwh;
    market.policy_apr = world.policy_rate_apr;
    market.spread_frac = mean_unsecured_spread_apr(scenario, world);
    market.products_count = scenario.product_count;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.product_count; ++i) observe_product(scenario, world, i, market.products[i]);
    market.regions_count = scenario.region_count;
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) observe_region(scenario, world, r, market.regions[r]);
    const MarketHistory& history = world.history;
    view.news_count = history.news_count;
    view.news_left_out = history.news_left_out;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < history.news_count; ++i) {
        const NewsItem& item = history.news[i];
        const double size = is_in_millionths(item.kind) ? item.size / kNewsMillionths : item.size;
        view.news[i] = {static_cast<std::int32_t>(item.kind), item.firm, item.kind == NewsKind::contract ? to_mh(p, size) : size};
    }
    market.newest_i = newest_on_sale(scenario, world, -1) + 1;
    market.cheapest_region = cheapest_region(p, market);
}

}  // namespace rackrace
