// Means and paired differences with the interval of Student's t.
#include <catch2/catch.hpp>

#include <cmath>

#include "game/paired.h"

using namespace rackrace;

TEST_CASE("The interval of a mean is that of Student's t", "[game][interval]") {
    // 1, 2, 3: deviation 1, standard error 1 / sqrt(3), t of two degrees 4.3027.
    const MeanInterval three = mean_interval({1.0, 2.0, 3.0});
    CHECK(three.mean == Approx(2.0));
    CHECK(three.standard_error == Approx(0.57735));
    CHECK(three.half_width == Approx(4.30265 * 0.57735));
    CHECK(three.low() == Approx(2.0 - 2.48413).epsilon(1e-4));
    CHECK(three.n == 3);
}

TEST_CASE("One sample has no interval, none has no mean", "[game][interval]") {
    CHECK(mean_interval({7.0}).mean == 7.0);
    CHECK(std::isinf(mean_interval({7.0}).half_width));
    CHECK(mean_interval({}).n == 0);
}

TEST_CASE("Differences that are all the same have an interval of no width and no effect where they are 0", "[game][interval]") {
    CHECK(paired_difference({2.0, 2.0}).half_width == 0.0);
    CHECK(paired_difference({0.0, 0.0}).effect == 0.0);
    CHECK(paired_difference({1.0, 3.0}).effect == Approx(2.0 / std::sqrt(2.0)));
}
