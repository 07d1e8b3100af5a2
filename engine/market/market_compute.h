// Compute asked for and offered in the whole market, and by one firm: what its customers, its models and its core need.
// Reads the state only. All in H100e of training, so that firms, grades and the outside can be added up.
#pragma once

#include "engine/market/compute_use.h"
#include "engine/market/product_demand.h"
#include "engine/market/rolls.h"
#include "engine/market/shocks.h"
#include "engine/scenario/scenario.h"
#include "engine/world/world.h"

namespace rackrace {

/// What a firm's chips in service give this quarter, by generation and in all, and what one of these H100e is worth in inference: summed
/// perfI over summed perfT.
struct OwnCompute {
    double pool_h100e[kMaxGenerations];
    double h100e;
    double kappa;
};

/// What an H100e is worth in inference to a firm without own chips: that of what it rents, the fleet's if it rents nothing either.
RACKRACE_HD inline double rented_kappa(const World& world, const Firm& firm) {
    double training = 0.0, inference = 0.0;
    RACKRACE_NO_UNROLL
    for (int g = 0; g < kMaxGenerations; ++g) {
        training += firm.received_h100e[g];
        inference += firm.received_h100e[g] * firm.kappa[g];
    }
    if (inference > 0.0) return inference / training;
    return world.kappa > 0.0 ? world.kappa : 1.0;
}

/// held: held_products.
RACKRACE_HD RACKRACE_APART inline OwnCompute own_compute(const Scenario& scenario, const World& world, int f, std::uint32_t held) {
    const Firm& firm = world.firms[f];
    const double uptime = scenario.parameters.uptime_frac[static_cast<int>(firm.role)];
    OwnCompute own{};
    double training = 0.0, inference = 0.0;
    RACKRACE_NO_UNROLL
    for (; held != 0; held &= held - 1) {
        const int p = lowest_bit(held);
        const Holding& h = firm.holdings[p];
        if (h.installed == 0 || h.is_off != 0) continue;
        own.pool_h100e[scenario.products[p].generation] += h.installed * scenario.products[p].training_h100e_chip * uptime;
        training += h.installed * scenario.products[p].training_h100e_chip;
        inference += h.installed * scenario.products[p].inference_h100e_chip;
    }
    own.kappa = training > 0.0 ? inference / training : rented_kappa(world, firm);
    RACKRACE_NO_UNROLL
    for (int g = 0; g < kMaxGenerations; ++g)
        if (own.pool_h100e[g] != 0.0) own.h100e += own.pool_h100e[g] = std::floor(own.pool_h100e[g]);
    return own;
}

/// H100e that contracts bring each party this quarter, less what they take from it; whole numbers.
struct ContractedCompute {
    double h100e[kParties];
    double grade_t_h100e[kParties];  // of training grade
};

RACKRACE_HD inline ContractedCompute contracted_compute(const Scenario& scenario, const World& world, const LiveContracts& live) {
    ContractedCompute sum{};
    RACKRACE_NO_UNROLL
    for (int i = 0; i < live.count; ++i) {
        const Contract& contract = world.contracts[live.slot[i]];
        const double h100e = committed_in(contract, world.t), grade_t = is_training_grade(scenario.parameters, contract.generation, world.t) ? h100e : 0.0;
        sum.h100e[contract.buyer] += h100e;
        sum.h100e[contract.seller] -= h100e;
        sum.grade_t_h100e[contract.buyer] += grade_t;
        sum.grade_t_h100e[contract.seller] -= grade_t;
    }
    return sum;
}

/// What a firm means to use for its models and in its core by its settings, H100e of training: `train` x class T and `coreUse` x the whole
/// of what is its own this quarter, contracts bought added and contracts sold taken off.
struct OwnWants {
    double training_h100e;
    double core_h100e;
};

RACKRACE_HD inline OwnWants own_wants(const Scenario& scenario, const World& world, const ContractedCompute& contracted, int f, const OwnCompute& own) {
    const Parameters& p = scenario.parameters;
    const Firm& firm = world.firms[f];
    if (!builds_models(firm.role) && !has_core(scenario.firms[f])) return {};
    double grade_t = contracted.grade_t_h100e[f];
    RACKRACE_NO_UNROLL
    for (int g = 0; g < kMaxGenerations; ++g) grade_t += is_training_grade(p, g, world.t) ? own.pool_h100e[g] : 0.0;
    return {builds_models(firm.role) ? firm.train_frac * max(0.0, grade_t) : 0.0,
            has_core(scenario.firms[f]) ? firm.core_use_frac * max(0.0, own.h100e + contracted.h100e[f]) : 0.0};
}

/// Share of a segment's customers.
RACKRACE_HD inline double share_of_segment(const Parameters& p, const Firm& firm, int segment) {
    return firm.share_ppb[segment] * p.share_precision_frac;
}

/// H100e of inference that a firm's customers of a segment ask for: the last quantity, at the firm's price, capability and the efficiency of now.
RACKRACE_HD inline double customers_need_h100e_i(const Scenario& scenario, const World& world, int f, int segment) {
    const Parameters& p = scenario.parameters;
    const Firm& firm = world.firms[f];
    const SegmentState& market = world.segments[segment];
    const double tasks = seller_demand(market.quantity_task_units, share_of_segment(p, firm, segment), firm.price_usd_task[segment],
                                       market.mean_price_usd_task, p.usage_price_elasticity);
    if (!(tasks > 0.0)) return 0.0;
    const double efficiency = world.inference_efficiency * owned_efficiency_ratio(scenario, f, world.t);
    return inference_need_h100e(inference_rule(p), tasks, firm.capability_oom, world.frontier_oom[0], efficiency);
}

/// A curve of the outside at the last price: scale (at the reference price) x e^noise x (price/reference)^elasticity.
RACKRACE_HD inline double outside_at_last_price(const Parameters& p, double scale_h100e, double noise, double price_usd_h, double elasticity) {
    const double price = max(p.spot_price_min_usd_h, price_usd_h);
    return scale_h100e * exp(noise) * pow(price / p.spot_reference_price_usd_h, elasticity);
}

struct MarketCompute {
    double supply_h100e;
    double demand_h100e;
    double unmet_h100e;
    double util_frac;
};

/// The quarter that closes: pools and outside supply; needs and wants of firms, contracts of outside buyers and outside demand; what was not served,
/// and the share of all pools that did not idle. The need of firms is what they ask for, served or not; a contract that fails a firm shows
/// in that firm's need, so only shortfalls of outside buyers are added.
RACKRACE_HD RACKRACE_APART inline MarketCompute market_compute(const Scenario& scenario, const World& world, const Rolls& rolls) {
    const Parameters& p = scenario.parameters;
    MarketCompute out{};
    const LiveContracts& live = rolls.contracts;
    const ContractedCompute contracted = contracted_compute(scenario, world, live);
    double pools = 0.0, idle = 0.0;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        const Firm& firm = world.firms[f];
        const OwnCompute own = own_compute(scenario, world, f, rolls.held[f]);
        const OwnWants wants = own_wants(scenario, world, contracted, f, own);
        out.demand_h100e += wants.training_h100e + wants.core_h100e;
        RACKRACE_NO_UNROLL
        for (int s = 0; s < kMaxSegments; ++s) {
            const double need = customers_need_h100e_i(scenario, world, f, s) / own.kappa;
            out.demand_h100e += need;
            out.unmet_h100e += need * (1.0 - firm.served_frac[s]);
        }
        RACKRACE_NO_UNROLL
        for (int g = 0; g < kMaxGenerations; ++g) {
            pools += firm.pool_h100e[g];
            idle += firm.idle_h100e[g];
        }
    }
    RACKRACE_NO_UNROLL
    for (int i = 0; i < live.count; ++i) {
        const Contract& contract = world.contracts[live.slot[i]];
        if (is_firm(contract.buyer)) continue;
        out.demand_h100e += contract.due_h100e[0];
        out.unmet_h100e += contract.short_h100e[0];
    }
    const double kappa = world.kappa > 0.0 ? world.kappa : 1.0;
    const double asked_t =
        outside_at_last_price(p, world.outside_demand_h100e[0], world.outside_noise[0], world.spot_usd_h[0], p.outside_demand_elasticity);
    const double asked_i =
        outside_at_last_price(p, world.outside_demand_h100e[1], world.outside_noise[1], world.spot_usd_h[1], p.outside_demand_elasticity);
    const double offered_t = outside_at_last_price(p, world.outside_supply_h100e[0], 0.0, world.spot_usd_h[0], p.outside_supply_elasticity);
    const double offered_i = outside_at_last_price(p, world.outside_supply_h100e[1], 0.0, world.spot_usd_h[1], p.outside_supply_elasticity);
    out.demand_h100e += asked_t + (asked_i + world.outside_need_h100e) / kappa;
    out.supply_h100e = pools + offered_t + offered_i / kappa;
    out.util_frac = pools > 0.0 ? clamp(1.0 - idle / pools, 0.0, 1.0) : 0.0;
    return out;
}

}  // namespace rackrace
