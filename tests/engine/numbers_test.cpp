// Our own exp, log, pow and rounding against the platform's and by their own laws.
#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "engine/base/money.h"
#include "engine/base/numbers.h"

using namespace rackrace;

TEST_CASE("exp and log agree with the platform to two units in the last place", "[engine][numbers]") {
    std::mt19937_64 bits(1);
    std::uniform_real_distribution<double> wide(-700.0, 700.0), near(-2.0, 2.0), exponent(-300.0, 300.0);
    double worst_exp = 0.0, worst_log = 0.0;
    for (int i = 0; i < 200000; ++i) {
        const double x = i % 2 ? wide(bits) : near(bits);
        worst_exp = std::max(worst_exp, std::abs(rackrace::exp(x) / std::exp(x) - 1.0));
        const double y = i % 2 ? std::pow(10.0, exponent(bits)) : 1.0 + 0.4 * near(bits) / 2.0;
        if (std::log(y) != 0.0) worst_log = std::max(worst_log, std::abs(rackrace::log(y) / std::log(y) - 1.0));
    }
    CHECK(worst_exp < 5e-16);
    CHECK(worst_log < 5e-16);
}

TEST_CASE("exp and log have their limits", "[engine][numbers]") {
    CHECK(rackrace::exp(0.0) == 1.0);
    CHECK(rackrace::exp(-800.0) == 0.0);
    CHECK(rackrace::exp(800.0) == kInfinity);
    CHECK(rackrace::log(1.0) == 0.0);
    CHECK(rackrace::log(0.0) == -kInfinity);
    CHECK(rackrace::log(-1.0) != rackrace::log(-1.0));
    CHECK(rackrace::pow(0.0, 2.0) == 0.0);
    CHECK(rackrace::pow(7.0, 0.0) == 1.0);
    CHECK(rackrace::pow(2.0, 10.0) == Approx(1024.0).epsilon(1e-14));
    CHECK(rackrace::exp(-745.0) > 0.0);
}

TEST_CASE("Rounding goes half away from zero and conversions are checked", "[engine][numbers]") {
    CHECK(round_half_away(2.5) == 3.0);
    CHECK(round_half_away(-2.5) == -3.0);
    CHECK(round_half_away(0.49999999999999994) == 0.0);
    CHECK(round_half_away(4503599627370497.0) == 4503599627370497.0);
    CHECK(to_int64(kInfinity) == std::numeric_limits<std::int64_t>::max());
    CHECK(to_int64(-1e300) == std::numeric_limits<std::int64_t>::min());
    CHECK(to_int64(kInfinity - kInfinity) == 0);
    CHECK(to_usd(1.5) == Usd{2});
    CHECK(to_usd(-0.5) == Usd{-1});
}
