// What the scenario's shocks do (model.md 5.16): pure functions of scenario and quarter, so a world keeps nothing about them.
// A shock is a surprise: who looks ahead says from which quarter (now_t), and sees what has begun by then, with its length. Without shocks
// every ratio is exactly 1 and every addition 0.
#pragma once

#include "engine/base/host_device.h"
#include "engine/base/numbers.h"
#include "engine/scenario/scenario.h"

namespace rackrace {

/// Whether a shock of this kind works in quarter t, as known in now_t.
RACKRACE_HD inline bool is_in_force(const Shock& shock, ShockKind kind, int t, int now_t) {
    return shock.kind == kind && shock.start_t <= now_t && shock.start_t <= t && t < shock.start_t + shock.length_q;
}

/// A shock without a target aims at all.
RACKRACE_HD inline bool is_aimed_at(const Shock& shock, int target) { return shock.target < 0 || shock.target == target; }

/// Added to the policy rate in quarter t by RATE, per year.
RACKRACE_HD inline double rate_addition_apr(const Scenario& scenario, int t) {
    double sum = 0.0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.shock_count; ++i)
        if (is_in_force(scenario.shocks[i], ShockKind::rate, t, t)) sum += scenario.shocks[i].size;
    return sum;
}

/// What RATE leaves in quarter t of the value of a dollar earned `quarters` later: it is discounted at the added rate while that lasts, t
/// included. The length is known.
RACKRACE_HD inline double rate_discount(const Scenario& scenario, int t, int quarters) {
    double exponent = 0.0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.shock_count; ++i) {
        const Shock& shock = scenario.shocks[i];
        if (!is_in_force(shock, ShockKind::rate, t, t)) continue;
        const int left_q = shock.start_t + shock.length_q - t;
        exponent += shock.size * (quarters < left_q ? quarters : left_q) / scenario.parameters.quarters_per_year;
    }
    return exponent == 0.0 ? 1.0 : exp(-exponent);
}

/// What CREDIT adds to sentiment in quarter t, its first one; below 0.
RACKRACE_HD inline double sentiment_step(const Scenario& scenario, int t) {
    double sum = 0.0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.shock_count; ++i)
        if (scenario.shocks[i].kind == ShockKind::credit && scenario.shocks[i].start_t == t) sum += scenario.shocks[i].size;
    return sum;
}

/// Multiplies the market supply of AI credit (Scr) in quarter t, beside what sentiment does to it. In [0, 1]; 1 without CREDIT.
RACKRACE_HD inline double credit_supply_factor(const Scenario& scenario, int t) {
    double ratio = 1.0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.shock_count; ++i)
        if (is_in_force(scenario.shocks[i], ShockKind::credit, t, t)) ratio *= clamp(1.0 + scenario.parameters.shock_credit_supply_size_frac, 0.0, 1.0);
    return ratio;
}

/// The firm that enters distress in quarter t by REPUDIATE; -1 for none. Of several, the first by index.
RACKRACE_HD inline int repudiating_firm(const Scenario& scenario, int t) {
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.shock_count; ++i)
        if (scenario.shocks[i].kind == ShockKind::repudiate && scenario.shocks[i].start_t == t) return scenario.shocks[i].target;
    return -1;
}

/// Part of a product's output that SUPPLY leaves in quarter t. In [0, ...): a size above 0 would add.
RACKRACE_HD inline double output_ratio(const Scenario& scenario, int product, int t, int now_t) {
    double ratio = 1.0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.shock_count; ++i) {
        const Shock& shock = scenario.shocks[i];
        if (is_in_force(shock, ShockKind::supply, t, now_t) && is_aimed_at(shock, product)) ratio *= max(0.0, 1.0 + shock.size);
    }
    return ratio;
}

/// Share of a product's output that the rest of the world asks for in quarter t, at the launch list: the table's, less the shares of output
/// that EXPORT stops. A size below 0 opens a market.
RACKRACE_HD inline double row_share_frac(const Scenario& scenario, int product, int t, int now_t) {
    const double share = scenario.products[product].row_share_frac;
    double stopped = 0.0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.shock_count; ++i) {
        const Shock& shock = scenario.shocks[i];
        if (is_in_force(shock, ShockKind::export_halt, t, now_t) && is_aimed_at(shock, product)) stopped += shock.size;
    }
    return stopped == 0.0 ? share : clamp(share - stopped, 0.0, 1.0);
}

/// Whether POWER has begun by quarter now_t in a region.
RACKRACE_HD inline bool has_power_shock(const Scenario& scenario, int region, int now_t) {
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.shock_count; ++i) {
        const Shock& shock = scenario.shocks[i];
        if (shock.kind == ShockKind::power && shock.start_t <= now_t && is_aimed_at(shock, region)) return true;
    }
    return false;
}

/// Part of a region's grid addition that POWER leaves in quarter t. In [0, 1]; sizes above 0 are minimum takes.
RACKRACE_HD inline double grid_addition_ratio(const Scenario& scenario, int region, int t, int now_t) {
    double ratio = 1.0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.shock_count; ++i) {
        const Shock& shock = scenario.shocks[i];
        if (is_in_force(shock, ShockKind::power, t, now_t) && is_aimed_at(shock, region)) ratio *= clamp(1.0 + shock.size, 0.0, 1.0);
    }
    return ratio;
}

/// Share of connected grid kW that is billed at least in quarter t; a POWER of size above 0 raises it by its size, to 1 at most.
RACKRACE_HD inline double minimum_take_frac(const Scenario& scenario, int region, int t) {
    double take = scenario.parameters.minimum_take_frac;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.shock_count; ++i) {
        const Shock& shock = scenario.shocks[i];
        if (is_in_force(shock, ShockKind::power, t, t) && is_aimed_at(shock, region) && shock.size > 0.0) take = min(1.0, take + shock.size);
    }
    return take;
}

/// Highest share of customers who would adopt in quarter t: PLATEAU lets it grow by its size at most. No such shock: no bound.
RACKRACE_HD inline double plateau_cap_frac(const Scenario& scenario, int t, double adopted_frac) {
    double cap = kInfinity;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.shock_count; ++i)
        if (is_in_force(scenario.shocks[i], ShockKind::plateau, t, t)) cap = min(cap, adopted_frac * (1.0 + scenario.shocks[i].size));
    return cap;
}

/// Part of the wallets that PLATEAU leaves in quarter t, in its first shock_plateau_wallet_cut_q quarters.
RACKRACE_HD inline double wallet_ratio(const Scenario& scenario, int t) {
    const Parameters& p = scenario.parameters;
    double ratio = 1.0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.shock_count; ++i) {
        const Shock& shock = scenario.shocks[i];
        const bool is_cut = is_in_force(shock, ShockKind::plateau, t, t) && t - shock.start_t < p.shock_plateau_wallet_cut_q;
        if (is_cut) ratio *= 1.0 - clamp(p.shock_plateau_wallet_cut_frac, 0.0, 1.0);
    }
    return ratio;
}

/// Jump of public efficiency, of training and of inference, on entering quarter t: EFFICIENCY that is public at once, or whose owner has
/// had it for its length.
RACKRACE_HD inline double public_efficiency_ratio(const Scenario& scenario, int t) {
    double ratio = 1.0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.shock_count; ++i) {
        const Shock& shock = scenario.shocks[i];
        const int public_t = shock.target < 0 ? shock.start_t : shock.start_t + shock.length_q;
        if (shock.kind == ShockKind::efficiency && public_t == t) ratio *= shock.size;
    }
    return ratio;
}

/// Efficiency of a firm over the public one in quarter t: above 1 while it owns an EFFICIENCY.
RACKRACE_HD inline double owned_efficiency_ratio(const Scenario& scenario, int firm, int t) {
    double ratio = 1.0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.shock_count; ++i) {
        const Shock& shock = scenario.shocks[i];
        if (is_in_force(shock, ShockKind::efficiency, t, t) && shock.target == firm) ratio *= shock.size;
    }
    return ratio;
}

/// Quarters by which DELAY, in its first quarter t, moves the launches of a generation that are still to come.
RACKRACE_HD inline int launch_delay_q(const Scenario& scenario, int generation, int t) {
    int delay_q = 0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.shock_count; ++i) {
        const Shock& shock = scenario.shocks[i];
        if (shock.kind == ShockKind::delay && shock.start_t == t && shock.target == generation) delay_q += static_cast<int>(shock.size);
    }
    return delay_q;
}

/// Whether nobody builds in quarter t, as known in now_t: DELAY without a generation halts all sites for its size in quarters.
RACKRACE_HD inline bool is_building_halted(const Scenario& scenario, int t, int now_t) {
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.shock_count; ++i) {
        const Shock& shock = scenario.shocks[i];
        const bool is_halt = shock.kind == ShockKind::delay && shock.target < 0 && shock.start_t <= now_t;
        if (is_halt && shock.start_t <= t && t < shock.start_t + static_cast<int>(shock.size)) return true;
    }
    return false;
}

}  // namespace rackrace
