// Exogenous paths, generation pools and training by example.
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/base/quarter_index.h"
#include "engine/base/random.h"
#include "engine/market/generation_pool.h"
#include "engine/market/paths.h"
#include "engine/market/training.h"
#include "engine/scenario/chance.h"
#include "tests/engine/model_parameters.h"

using namespace rackrace;

TEST_CASE("Without draws a world is the tables' world", "[engine][paths]") {
    const Parameters& p = model_parameters();
    const double none[kWorldDraws] = {};
    const WorldPath world = world_path(p, none);
    CHECK(world.wallet_ratio == 1.0);
    CHECK(world.inference_efficiency_log_growth_frac == p.inference_efficiency_log_growth_frac);
    CHECK(packaging_growth_frac(p, world, quarter_index(2026, 4)) == 0.0);
    CHECK(packaging_growth_frac(p, world, quarter_index(2027, 1)) == p.packaging_growth_frac);
    CHECK(efficiency_growth_frac(p, 0.2, 0.0) == 0.2);
    CHECK(adoption_noise_ratio(p, 0.0) == 1.0);
}

TEST_CASE("Draws of a world are clipped, and its grid differs only after the quarters sold ahead", "[engine][paths]") {
    const Parameters& p = model_parameters();
    const double wild[kWorldDraws] = {9.0, -9.0, 1.0, -9.0};
    const WorldPath world = world_path(p, wild);
    CHECK(world.wallet_ratio == Approx(std::exp(0.7)));
    CHECK(world.inference_efficiency_log_growth_frac == Approx(0.12));
    CHECK(packaging_growth_frac(p, world, quarter_index(2030, 1)) == Approx(0.0).margin(1e-15));
    const int first_forward = quarter_index(2027, 2);
    CHECK(grid_addition_growth_frac(p, world, quarter_index(2027, 1), first_forward) == Approx(0.025));
    CHECK(grid_addition_growth_frac(p, world, quarter_index(2027, 2), first_forward) == Approx(0.035));
    CHECK(grid_addition_growth_frac(p, world, quarter_index(2030, 1), first_forward) == Approx(0.01));
}

TEST_CASE("A launch slips twice at most, and a second time only after the first", "[engine][paths]") {
    const Parameters& p = model_parameters();
    REQUIRE(p.launch_slip_max_q == kMaxLaunchSlips);
    const double both[] = {0.1, 0.1}, first[] = {0.1, 0.9}, neither[] = {0.9, 0.1}, at_the_edge[] = {0.2, 0.0};
    CHECK(launch_slip_q(p, both, kMaxLaunchSlips) == 2);
    CHECK(launch_slip_q(p, first, kMaxLaunchSlips) == 1);
    CHECK(launch_slip_q(p, neither, kMaxLaunchSlips) == 0);
    CHECK(launch_slip_q(p, at_the_edge, kMaxLaunchSlips) == 0);
}

TEST_CASE("The noises of efficiency and adoption settle at their own deviation", "[engine][paths]") {
    const Parameters& p = model_parameters();
    const int quarters = 40000;
    double efficiency = 0.0, adoption = 0.0, efficiency_square = 0.0, adoption_square = 0.0;
    for (int t = 0; t < quarters; ++t) {
        efficiency = next_efficiency_noise(p, efficiency, standard_normal(1, Stream::paths, t, 0, 0, 0));
        adoption = next_adoption_noise(p, adoption, standard_normal(1, Stream::paths, t, 1, 0, 0));
        efficiency_square += efficiency * efficiency;
        adoption_square += adoption * adoption;
    }
    CHECK(adoption_square / quarters == Approx(1.0).epsilon(0.05));
    CHECK(efficiency_square / quarters == Approx(0.09 / (1.0 - 0.36)).epsilon(0.05));
}

TEST_CASE("The policy rate returns to its long run, credit grows and moves with sentiment", "[engine][paths]") {
    const Parameters& p = model_parameters();
    double rate = p.policy_rate_2026q1_apr;
    for (int t = 0; t < 100; ++t) rate = next_policy_rate_apr(rate, p.policy_rate_long_run_apr, p.policy_rate_reversion_frac);
    CHECK(rate == Approx(p.policy_rate_long_run_apr));
    const CreditSupplyRule credit = credit_supply_rule(p);
    CHECK(credit_supply_usd(credit, 0, 0.0) == 80e9);
    CHECK(credit_supply_usd(credit, -1, 0.0) == Approx(80e9 / 1.02));
    CHECK(credit_supply_usd(credit, 4, -0.8) < credit_supply_usd(credit, 4, 0.0));
    CHECK(next_wallet_usd_year(p, 9e11) == Approx(9.09e11));
}

TEST_CASE("A generation pool is rounded down once and worth kappa times as much for inference", "[engine][paths]") {
    const std::int64_t chips[] = {1000, 501};
    const double training[] = {1.0, 2.5}, inference[] = {1.0, 5.0};
    CHECK(generation_pool_h100e(chips, training, 2, 0.93) == 2094);  // 2094.825
    CHECK(generation_pool_h100e(chips, training, 0, 0.93) == 0);
    CHECK(inference_ratio(chips, training, inference, 2) == Approx(3505.0 / 2252.5));
    CHECK(inference_ratio(chips, training, inference, 0) == 1.0);
}

TEST_CASE("A generation trains frontier models for sixteen quarters from its launch", "[engine][paths]") {
    const Parameters& p = model_parameters();
    CHECK(is_training_grade(p, 1, quarter_index(2026, 4)));
    CHECK_FALSE(is_training_grade(p, 1, quarter_index(2027, 1)));
    CHECK(is_training_grade(p, 5, quarter_index(2026, 1)));
}

TEST_CASE("A million H100e with know-how 0.3 lifts the frontier by about 0.22 powers of ten a quarter", "[engine][training]") {
    const Parameters& p = model_parameters();
    const double stock = p.effective_compute_scale_h100e_q;  // the frontier at 2026Q1: A = 0
    CHECK(trained_capability_oom(p, stock) == 0.0);
    CHECK(trained_capability_oom(p, 10.0 * stock) == Approx(1.0));
    const double efficiency = std::exp(p.training_efficiency_log_growth_frac);
    const double rise = trained_capability_oom(p, next_effective_compute(p, stock, 1e6, efficiency, 0.3));
    CHECK(rise == Approx(0.22).margin(0.02));
}

TEST_CASE("Released capability never falls and open weights are its floor", "[engine][training]") {
    CHECK(released_capability_oom(0.5, 0.3, 0.1) == 0.5);
    CHECK(released_capability_oom(0.5, 0.7, 0.1) == 0.7);
    CHECK(released_capability_oom(0.5, 0.3, 0.9) == 0.9);
}

TEST_CASE("Know-how grows by doing and hiring, spills over and fades", "[engine][training]") {
    const Parameters& p = model_parameters();
    CHECK(next_know_how(p, 0.3, 0.0, 0.0, 0.3) == Approx(0.27));
    CHECK(next_know_how(p, 0.3, 1e6, 0.0, 0.3) == Approx(0.27 + 0.05 * std::log(2.0)));
    CHECK(next_know_how(p, 0.3, 0.0, 1e9, 0.3) == Approx(0.27 + 0.02 * std::log(2.0)));
    CHECK(next_know_how(p, 0.2, 0.0, 0.0, 0.3) == Approx(0.18 + 0.008));
}
