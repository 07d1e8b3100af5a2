// Vectors of the exogenous paths, their noise, generation pools and training. Each case names one rule by the inputs it has.
#include <vector>

#include "engine/market/generation_pool.h"
#include "engine/market/paths.h"
#include "engine/market/training.h"
#include "tests/engine/rules/rule_cases.h"

namespace rackrace::rules {
namespace {

Json run_world_draws(const Parameters& p, const Json& in) {
    if (in.contains("n") && in.at("n").is_array()) {
        const double normal[4] = {in["n"][0], in["n"][1], in["n"][2], in["n"][3]};
        const WorldPath world = world_path(p, normal);
        const int forward = static_cast<int>(p.horizon_start_t + p.grid_works_q);
        return {{"wallet_factor", world.wallet_ratio},
                {"gI", world.inference_efficiency_log_growth_frac},
                {"grid_growth_q", grid_addition_growth_frac(p, world, forward, forward)},
                {"omega_growth_q", packaging_growth_frac(p, world, static_cast<int>(p.packaging_growth_start_t) + 1)}};
    }
    if (in.contains("gI"))
        return {{"gI", efficiency_growth_frac(p, in.at("gI"), in.at("e"))}, {"gT", efficiency_growth_frac(p, in.at("gT"), in.at("e"))}};
    if (in.contains("e_last"))
        return {{"e", next_efficiency_noise(p, in.at("e_last"), in.at("n"))}, {"ea", next_adoption_noise(p, in.at("ea_last"), in.at("n"))}};
    if (in.contains("a")) {
        const double ratio = adoption_noise_ratio(p, in.at("e"));
        return {{"a", in.at("a").get<double>() * ratio}, {"b", in.at("b").get<double>() * ratio}};
    }
    return {{"dG", in.at("dG").get<double>() * grid_noise_ratio(p, in.at("n"))}};
}

Json run_paths_and_pools(const Parameters& p, const Json& in) {
    if (in.contains("r")) return {{"r_next", next_policy_rate_apr(in.at("r"), in.at("r_long"), p.policy_rate_reversion_frac)}};
    if (in.contains("Scr0")) {
        const CreditSupplyRule rule = {in.at("Scr0"), in.at("growth"), p.credit_supply_sentiment_coefficient};
        return {{"Scr", credit_supply_usd(rule, in.at("quarters_since_2026Q1"), in.at("Sig"))}};
    }
    const std::vector<std::int64_t> chips = in.at("installed");
    const std::vector<double> h100e_chip = in.at("perfT");
    return {{"M", generation_pool_h100e(chips.data(), h100e_chip.data(), static_cast<int>(chips.size()), in.at("uptime"))}};
}

Json run_training(const Parameters& p, const Json& in) {
    if (in.contains("Astar_lag")) return {{"A_next", released_capability_oom(in.at("A"), in.at("Astar_lag"), in.at("Atop_open"))}};
    Json out = Json::object();
    if (in.contains("X")) {
        const double stock = next_effective_compute(p, in.at("X"), in.at("H_train"), in.at("ET"), in.at("K"));
        out["X"] = stock;
        out["Astar"] = trained_capability_oom(p, stock);
    }
    if (in.contains("Kmax")) out["K"] = next_know_how(p, in.at("K"), in.at("H_train"), in.at("talent"), in.at("Kmax"));
    return out;
}

const Registered all[] = {{"world_draws", run_world_draws}, {"paths_and_pools", run_paths_and_pools}, {"training", run_training}};

}  // namespace
}  // namespace rackrace::rules
