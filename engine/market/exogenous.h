// P0 and P1: the quarter advances and the exogenous paths move: rates, efficiency, wallets, outside demand, core business, running cost.
#pragma once

#include "engine/market/core_phase.h"
#include "engine/market/paths.h"
#include "engine/market/shocks.h"
#include "engine/scenario/chance.h"
#include "engine/scenario/scenario.h"
#include "engine/world/world.h"

namespace rackrace {

/// The draws as a world without uncertainty meets them: all 0, no launch slips.
RACKRACE_HD inline WorldPath path_of_run(const Scenario& scenario, const Chance& chance) {
    const double none[kWorldDraws] = {};
    return world_path(scenario.parameters, scenario.rules.has_uncertainty ? chance.world : none);
}

RACKRACE_HD inline QuarterChance chance_of_quarter(const Scenario& scenario, const Chance& chance, int t) {
    return scenario.rules.has_uncertainty && t < kMaxQuarters ? chance.quarter[t] : QuarterChance{};
}

/// Packaging capacity Omega of quarter t, wafers: the table's path, moved by the run's growth after packaging_growth_start_t.
RACKRACE_HD inline double packaging_wafers(const Scenario& scenario, const WorldPath& path, int t) {
    const Parameters& p = scenario.parameters;
    const int last = kMaxQuarters - 1;
    const double table = scenario.packaging_wafers[t < last ? t : last];
    const double past = static_cast<double>(t) - p.packaging_growth_start_t;
    if (past <= 0.0) return table;
    return table * pow(1.0 + path.packaging_growth_shift_frac / (1.0 + p.packaging_growth_frac), past);
}

/// kW that the grid of a region gains in quarter t (dG), as known in now_t: the path of the table, noise from the first quarter whose lot is
/// sold in the game (what is sold ahead is as in the table), and POWER. 0 before the start.
RACKRACE_HD inline std::int64_t grid_addition_kw(const Scenario& scenario, const Chance& chance, int region, int t, int now_t) {
    const Parameters& p = scenario.parameters;
    if (t < scenario.start_t) return 0;
    const WorldPath path = path_of_run(scenario, chance);
    const int first_forward_t = scenario.start_t + static_cast<int>(p.grid_works_q);
    double kw = scenario.regions[region].grid_addition_kw_q;
    RACKRACE_NO_UNROLL
    for (int k = scenario.start_t + 1; k <= t; ++k) kw *= 1.0 + grid_addition_growth_frac(p, path, k, first_forward_t);
    if (t >= first_forward_t && scenario.rules.has_uncertainty) kw *= grid_noise_ratio(p, chance_of_quarter(scenario, chance, t).grid[region]);
    return floor_to_int64(kw * grid_addition_ratio(scenario, region, t, now_t) + 0.5);
}

/// Once, on entering the first quarter: the draws that make a seed a world, and the launches that slip.
RACKRACE_HD inline void draw_world(const Scenario& scenario, World& world, const Chance& chance) {
    const WorldPath path = path_of_run(scenario, chance);
    RACKRACE_NO_UNROLL
    for (int s = 0; s < kMaxSegments; ++s) world.segments[s].wallet_usd_year *= path.wallet_ratio;
    if (!scenario.rules.has_uncertainty) return;
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        ProductState& product = world.products[p];
        if (product.first_t < scenario.start_t || scenario.products[p].buyers == Buyers::used_only) continue;
        const int slip_q = launch_slip_q(scenario.parameters, chance.launch_slip[p], kMaxLaunchSlips);
        product.first_t += slip_q;
        product.last_t += slip_q;
    }
}

/// DELAY of a generation: its launches of this quarter or later slip.
RACKRACE_HD inline void delay_launches(const Scenario& scenario, World& world) {
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        ProductState& product = world.products[p];
        if (product.first_t < world.t || scenario.products[p].buyers == Buyers::used_only) continue;
        const int delay_q = launch_delay_q(scenario, scenario.products[p].generation, world.t);
        product.first_t += delay_q;
        product.last_t += delay_q;
    }
}

/// CREDIT: sentiment drops at once.
RACKRACE_HD inline void shock_sentiment(const Scenario& scenario, World& world) {
    const Parameters& p = scenario.parameters;
    const double step = sentiment_step(scenario, world.t);
    if (step != 0.0) world.sentiment = clamp(world.sentiment + step, p.sentiment_min, p.sentiment_max);
}

/// Core business and fixed running cost of a firm on entering quarter t; rivals ahead in AI take from the core's growth (5.9).
RACKRACE_HD inline void grow_core(const Scenario& scenario, World& world, int f, int t) {
    const FirmFacts& facts = scenario.firms[f];
    Firm& firm = world.firms[f];
    const double path = t < kMaxQuarters ? scenario.core_growth_frac[static_cast<int>(facts.core_growth)][t] : 0.0;
    const double growth = path - core_threat_of(scenario, world, f);
    firm.core_cash_usd_q *= 1.0 + growth;
    firm.core_revenue_usd_q *= 1.0 + growth;
    if (t > facts.core_last_t) firm.core_cash_usd_q = firm.core_revenue_usd_q = 0.0;
    firm.staff_usd_q *= 1.0 + scenario.parameters.staff_growth_frac;
}

/// P0, P1: advances t and every exogenous path by one quarter.
RACKRACE_HD RACKRACE_APART inline void advance_paths(const Scenario& scenario, World& world, const Chance& chance) {
    const Parameters& p = scenario.parameters;
    const int t = ++world.t;
    if (t == scenario.start_t) draw_world(scenario, world, chance);
    delay_launches(scenario, world);
    shock_sentiment(scenario, world);
    const WorldPath path = path_of_run(scenario, chance);
    const QuarterChance draw = chance_of_quarter(scenario, chance, t);

    const double unshocked_apr = world.policy_rate_apr - rate_addition_apr(scenario, t - 1);  // the path below a shock goes on
    world.policy_rate_apr =
        next_policy_rate_apr(unshocked_apr, p.policy_rate_long_run_apr, p.policy_rate_reversion_frac) + rate_addition_apr(scenario, t);
    world.efficiency_noise = next_efficiency_noise(p, world.efficiency_noise, draw.efficiency);
    world.adoption_noise = next_adoption_noise(p, world.adoption_noise, draw.adoption);
    const double jump = public_efficiency_ratio(scenario, t);
    world.training_efficiency *= jump * exp(efficiency_growth_frac(p, p.training_efficiency_log_growth_frac, world.efficiency_noise));
    world.inference_efficiency *= jump * exp(efficiency_growth_frac(p, path.inference_efficiency_log_growth_frac, world.efficiency_noise));
    world.saturation_growth *= 1.0 + p.core_saturation_growth_frac;
    RACKRACE_NO_UNROLL
    for (int s = 0; s < kMaxSegments; ++s) world.segments[s].wallet_usd_year = next_wallet_usd_year(p, world.segments[s].wallet_usd_year);
    const double rho = p.outside_demand_autocorrelation;
    RACKRACE_NO_UNROLL
    for (int c = 0; c < kComputeClasses; ++c) {
        world.outside_demand_h100e[c] *= 1.0 + (t < kMaxQuarters ? scenario.outside_demand_growth_frac[t] : 0.0);
        world.outside_supply_h100e[c] *= 1.0 + p.outside_supply_growth_frac;
        world.outside_noise[c] = rho * world.outside_noise[c] + std::sqrt(1.0 - rho * rho) * p.outside_demand_sd_frac * draw.outside_demand[c];
    }
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) grow_core(scenario, world, f, t);
}

}  // namespace rackrace
