// What a firm does with the compute that contracts and the spot market left it: training, its core business, its customers; the rest idles.
// Called in P12, once the needs of customers are known. Keeps I9: every H100e of a generation is delivered, used, sold or idle.
#pragma once

#include "engine/market/compute_draw.h"
#include "engine/market/generation_pool.h"
#include "engine/quarter/orders.h"
#include "engine/scenario/scenario.h"
#include "engine/world/world.h"

namespace rackrace {

/// The value a firm sets; the kept one where it sets none or one out of bounds (NaN is out of bounds).
RACKRACE_HD inline double bounded_setting(const Orders& orders, FirmSetting setting, double low, double high, double kept) {
    const double value = setting_or(orders, setting, kept);
    return value >= low && value <= high ? value : kept;
}

/// Hyperscalers and labs train models and sell products made of them; the others rent out what they own.
RACKRACE_HD inline bool builds_models(Role role) { return role == Role::hyperscaler || role == Role::lab; }

/// A core business that compute can lift.
RACKRACE_HD inline bool has_core(const FirmFacts& facts) { return facts.core_saturation_h100e > 0.0; }

/// The firm's settings of this quarter; they are kept until set anew.
RACKRACE_HD inline void take_settings(const Scenario& scenario, const Orders& orders, int f, Firm& firm) {
    firm.train_frac = bounded_setting(orders, FirmSetting::train, 0.0, 1.0, firm.train_frac);
    firm.segment_priority_frac = bounded_setting(orders, FirmSetting::segment_priority, 0.0, 1.0, firm.segment_priority_frac);
    firm.serves_training_first = bounded_setting(orders, FirmSetting::serve_training_first, 0.0, 1.0, firm.serves_training_first) >= 0.5;
    if (has_core(scenario.firms[f]))
        firm.core_use_frac = bounded_setting(orders, FirmSetting::core_use, 0.0, scenario.parameters.core_use_max_frac, firm.core_use_frac);
}

/// What one H100e of the fleet in service is worth in inference: what a buyer on the spot market gets.
RACKRACE_HD RACKRACE_APART inline void update_fleet_kappa(const Scenario& scenario, World& world) {
    std::int64_t chips[kMaxProducts] = {};
    double training[kMaxProducts] = {}, inference[kMaxProducts] = {};
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        training[p] = scenario.products[p].training_h100e_chip;
        inference[p] = scenario.products[p].inference_h100e_chip;
        RACKRACE_NO_UNROLL
        for (int f = 0; f < scenario.firm_count; ++f)
            if (world.firms[f].holdings[p].is_off == 0) chips[p] += world.firms[f].holdings[p].installed;
    }
    world.kappa = inference_ratio(chips, training, inference, scenario.product_count);
}

/// A buyer without chips of a generation uses its sellers' chips: their kappa of it, weighted by what they deliver.
RACKRACE_HD RACKRACE_APART inline void fill_rented_kappa(const Scenario& scenario, World& world) {
    double delivered[kMaxFirms][kMaxGenerations] = {}, worth[kMaxFirms][kMaxGenerations] = {};
    RACKRACE_NO_UNROLL
    for (int c = 0; c < kMaxContracts; ++c) {
        const Contract& contract = world.contracts[c];
        if (contract.id == 0 || !is_firm(contract.buyer) || !is_firm(contract.seller) || contract.delivered_h100e == 0) continue;
        delivered[contract.buyer][contract.generation] += contract.delivered_h100e;
        worth[contract.buyer][contract.generation] += contract.delivered_h100e * world.firms[contract.seller].kappa[contract.generation];
    }
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        RACKRACE_NO_UNROLL
        for (int g = 0; g < kMaxGenerations; ++g)
            if (world.firms[f].pool_h100e[g] == 0 && delivered[f][g] > 0.0) world.firms[f].kappa[g] = worth[f][g] / delivered[f][g];
    }
}

/// A firm's own compute in the order in which inference and the core draw on it: first what was bought spot and would be lost, then own
/// generations, the oldest first, last the training hours that were bought to train.
struct OwnStocks {
    static constexpr int kSpotI = 0, kSpotFree = 1, kFirstGeneration = 2, kSpotTraining = kFirstGeneration + kMaxGenerations, kCount = kSpotTraining + 1;
    std::int64_t left[kCount];
    double kappa[kCount];
};

/// wanted_training: H100e that the firm means to train on; spot hours of training serve it first.
RACKRACE_HD inline OwnStocks own_stocks(const World& world, const Firm& firm, std::int64_t wanted_training) {
    OwnStocks own;
    std::int64_t free = firm.spot_bought_t_h100e;
    const std::int64_t kept = draw(free, wanted_training);
    own.left[OwnStocks::kSpotI] = firm.spot_bought_i_h100e;
    own.kappa[OwnStocks::kSpotI] = 1.0;
    own.left[OwnStocks::kSpotFree] = free;
    own.left[OwnStocks::kSpotTraining] = kept;
    own.kappa[OwnStocks::kSpotFree] = own.kappa[OwnStocks::kSpotTraining] = world.kappa;
    RACKRACE_NO_UNROLL
    for (int g = 0; g < kMaxGenerations; ++g) {
        own.left[OwnStocks::kFirstGeneration + g] = firm.idle_h100e[g];
        own.kappa[OwnStocks::kFirstGeneration + g] = firm.kappa[g];
    }
    return own;
}

/// Training draws on the spot hours bought for it, then on class T, the newest first: older chips are for inference.
RACKRACE_HD inline std::int64_t draw_training(const Parameters& p, int t, OwnStocks& own, std::int64_t wanted) {
    std::int64_t given = draw(own.left[OwnStocks::kSpotTraining], wanted);
    RACKRACE_NO_UNROLL
    for (int g = kMaxGenerations - 1; g >= 0; --g)
        if (is_training_grade(p, g, t)) given += draw(own.left[OwnStocks::kFirstGeneration + g], wanted - given);
    return given;
}

/// H100e of class T that a firm has for itself, spot hours included.
RACKRACE_HD inline std::int64_t own_training_grade(const Parameters& p, int t, const Firm& firm) {
    std::int64_t sum = firm.spot_bought_t_h100e;
    RACKRACE_NO_UNROLL
    for (int g = 0; g < kMaxGenerations; ++g)
        if (is_training_grade(p, g, t)) sum += firm.idle_h100e[g];
    return sum;
}

/// Puts a firm's own compute to use: `train` x class T trains and `coreUse` x the whole (in inference H100e) serves the core, before
/// customers or after them as the firm has set. need_h100e_i: of its customers. Fills training, core, used and idle of the firm.
/// returns H100e of inference for its customers, at most their need rounded up
RACKRACE_HD inline std::int64_t use_compute(const Scenario& scenario, World& world, int f, double need_h100e_i) {
    const Parameters& p = scenario.parameters;
    Firm& firm = world.firms[f];
    const double train = builds_models(firm.role) ? firm.train_frac : 0.0;
    const std::int64_t wanted_training = floor_to_int64(train * static_cast<double>(own_training_grade(p, world.t, firm)));
    OwnStocks own = own_stocks(world, firm, wanted_training);
    const double core = has_core(scenario.firms[f]) ? firm.core_use_frac : 0.0;
    const std::int64_t wanted_core = floor_to_int64(core * static_cast<double>(inference_worth(own.left, own.kappa, OwnStocks::kCount)));
    const std::int64_t wanted_inference = ceil_to_int64(need_h100e_i);
    std::int64_t served = 0;
    if (firm.serves_training_first == 0) served = draw_inference(own.left, own.kappa, OwnStocks::kCount, wanted_inference);
    firm.training_h100e = to_int32(draw_training(p, world.t, own, wanted_training));
    firm.core_h100e_i = to_int32(draw_inference(own.left, own.kappa, OwnStocks::kCount, wanted_core));
    if (firm.serves_training_first != 0) served = draw_inference(own.left, own.kappa, OwnStocks::kCount, wanted_inference);
    RACKRACE_NO_UNROLL
    for (int g = 0; g < kMaxGenerations; ++g) {
        const std::int32_t left = to_int32(own.left[OwnStocks::kFirstGeneration + g]);
        firm.used_h100e[g] = firm.idle_h100e[g] - left;
        firm.idle_h100e[g] = left;
    }
    firm.spot_idle_t_h100e = to_int32(own.left[OwnStocks::kSpotFree] + own.left[OwnStocks::kSpotTraining]);
    firm.spot_idle_i_h100e = to_int32(own.left[OwnStocks::kSpotI]);
    return served;
}

}  // namespace rackrace
