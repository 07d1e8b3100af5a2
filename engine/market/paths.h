// The exogenous paths and their noise: what a seed's draws make of efficiency, wallets, packaging, grid, rates and credit.
// Takes standard normal draws (engine/scenario/chance.h), gives rates and factors; the draws of a world are clipped here.
#pragma once

#include "engine/base/host_device.h"
#include "engine/base/numbers.h"
#include "engine/scenario/parameters.h"

namespace rackrace {

/// What is drawn once a run: a seed is a world, not only noise.
struct WorldPath {
    double wallet_ratio;                         // of both segments
    double inference_efficiency_log_growth_frac; // gI of the run
    double grid_growth_shift_frac;               // added to the growth of grid additions, a quarter
    double packaging_growth_shift_frac;          // added to the growth of packaging, a quarter
};

/// normal: four standard normals, for wallets, gI, grid and packaging in this order. All 0 gives the paths of the tables.
RACKRACE_HD inline WorldPath world_path(const Parameters& p, const double* normal) {
    const double clip = p.world_clip;
    return {exp(p.world_wallet_log_sd * clamp(normal[0], -clip, clip)),
            p.inference_efficiency_log_growth_frac + p.world_inference_efficiency_sd_frac * clamp(normal[1], -clip, clip),
            p.world_grid_growth_sd_frac * clamp(normal[2], -clip, clip),
            p.world_packaging_growth_sd_frac * clamp(normal[3], -clip, clip)};
}

/// Growth of packaging wafers on entering quarter t: none of its own while the table's path lasts.
RACKRACE_HD inline double packaging_growth_frac(const Parameters& p, const WorldPath& world, int t) {
    return t > p.packaging_growth_start_t ? p.packaging_growth_frac + world.packaging_growth_shift_frac : 0.0;
}

/// Growth of a region's grid additions on entering quarter t. The trend ends with 2029Q4; the world's shift begins after the quarters
/// sold ahead, first_forward_t being the first whose lot is sold in the game, and has no end.
RACKRACE_HD inline double grid_addition_growth_frac(const Parameters& p, const WorldPath& world, int t, int first_forward_t) {
    const double trend = t <= p.grid_addition_growth_end_t ? p.grid_addition_growth_frac : 0.0;
    return t >= first_forward_t ? trend + world.grid_growth_shift_frac : trend;
}

/// Quarters by which a launch after the start slips: one while a draw falls under the probability, each after the one before.
/// uniform [draws] in [0, 1)
RACKRACE_HD inline int launch_slip_q(const Parameters& p, const double* uniform, int draws) {
    int slipped = 0;
    RACKRACE_NO_UNROLL
    while (slipped < draws && slipped < p.launch_slip_max_q && uniform[slipped] < p.launch_slip_probability_frac) ++slipped;
    return slipped;
}

/// One quarter of a region's grid additions over its path, keyed to the quarter of connection. About 1 on average.
RACKRACE_HD inline double grid_noise_ratio(const Parameters& p, double normal) { return exp(p.grid_noise_sd * normal + p.grid_noise_mean); }

/// Noise e of efficiency, one for ET and EI, from last quarter's.
RACKRACE_HD inline double next_efficiency_noise(const Parameters& p, double noise, double normal) {
    return p.efficiency_noise_autocorrelation * noise + p.efficiency_noise_sd * normal;
}

/// Log growth of ET or EI in a quarter with noise e.
RACKRACE_HD inline double efficiency_growth_frac(const Parameters& p, double log_growth_frac, double noise) {
    return log_growth_frac * (1.0 + p.efficiency_noise_coefficient * noise);
}

/// Noise ea of adoption, one for both segments, from last quarter's; adoption_noise_sd is its own deviation, not the innovations'.
RACKRACE_HD inline double next_adoption_noise(const Parameters& p, double noise, double normal) {
    const double rho = p.adoption_noise_autocorrelation;
    return rho * noise + std::sqrt(1.0 - rho * rho) * p.adoption_noise_sd * normal;
}

/// Multiplies innovation and imitation of both segments.
RACKRACE_HD inline double adoption_noise_ratio(const Parameters& p, double noise) { return exp(p.adoption_noise_coefficient * noise); }

/// Wallet of a segment a quarter later, dollars a year, before a shock cuts it.
RACKRACE_HD inline double next_wallet_usd_year(const Parameters& p, double wallet_usd_year) {
    return wallet_usd_year * (1.0 + p.wallet_growth_frac);
}

/// Policy rate a quarter later, before shocks: returns to its long run.
RACKRACE_HD inline double next_policy_rate_apr(double rate_apr, double long_run_apr, double reversion_frac) {
    return rate_apr + reversion_frac * (long_run_apr - rate_apr);
}

struct CreditSupplyRule {
    double start_usd;               // a quarter, at 2026Q1
    double growth_frac;             // a quarter
    double sentiment_coefficient;
};

RACKRACE_HD inline CreditSupplyRule credit_supply_rule(const Parameters& p) {
    return {p.credit_supply_2026q1_usd, p.credit_supply_growth_frac, p.credit_supply_sentiment_coefficient};
}

/// Scr, dollars a quarter that the market lends to AI. quarters: since 2026Q1, negative before it.
RACKRACE_HD inline double credit_supply_usd(const CreditSupplyRule& rule, int quarters, double sentiment) {
    return rule.start_usd * pow(1.0 + rule.growth_frac, static_cast<double>(quarters)) * exp(rule.sentiment_coefficient * sentiment);
}

}  // namespace rackrace
