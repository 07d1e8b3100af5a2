// Draws: their moments, their independence, the same numbers always, and that a draw follows what it is of and not its row.
#include "engine/base/random.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "engine/scenario/chance.h"

using namespace rackrace;

namespace {

struct Moments {
    double mean = 0.0, variance = 0.0, fourth = 0.0;
};

Moments moments_of(const std::vector<double>& values) {
    Moments m;
    const double n = static_cast<double>(values.size());
    for (double v : values) m.mean += v / n;
    for (double v : values) {
        const double square = (v - m.mean) * (v - m.mean);
        m.variance += square / n;
        m.fourth += square * square / n;
    }
    return m;
}

double correlation(const std::vector<double>& x, const std::vector<double>& y) {
    const Moments mx = moments_of(x), my = moments_of(y);
    double sum = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) sum += (x[i] - mx.mean) * (y[i] - my.mean);
    return sum / static_cast<double>(x.size()) / std::sqrt(mx.variance * my.variance);
}

void check_is_normal(const std::vector<double>& values) {
    const Moments m = moments_of(values);
    const double n = static_cast<double>(values.size());
    CHECK(std::abs(m.mean) < 4.0 / std::sqrt(n));
    CHECK(std::abs(m.variance - 1.0) < 4.0 * std::sqrt(2.0 / n));
    CHECK(std::abs(m.fourth - 3.0) < 4.0 * std::sqrt(96.0 / n));
}

constexpr std::uint64_t kRegions[] = {11, 22, 33, 44}, kProducts[] = {101, 102, 103};

Chance draws_of(std::uint64_t seed) { return draw_chance(seed, kRegions, 4, kProducts, 3); }

}  // namespace

TEST_CASE("Uniforms of rules fill the open unit interval evenly", "[engine][random]") {
    std::vector<double> values;
    int tenths[10] = {};
    for (std::uint64_t i = 0; i < 100000; ++i) {
        const double u = uniform01(7, Stream::slips, 9, i, 0, 0);
        REQUIRE(u > 0.0);
        REQUIRE(u < 1.0);
        values.push_back(u);
        ++tenths[static_cast<int>(u * 10.0)];
    }
    const Moments m = moments_of(values);
    CHECK(m.mean == Approx(0.5).margin(0.004));
    CHECK(m.variance == Approx(1.0 / 12.0).margin(0.001));
    double chi_square = 0.0;
    for (int count : tenths) chi_square += (count - 10000.0) * (count - 10000.0) / 10000.0;
    CHECK(chi_square < 27.9);  // 9 degrees of freedom, 0.1%
}

TEST_CASE("The normal quantile inverts the normal distribution", "[engine][random]") {
    CHECK(normal_quantile(0.5) == 0.0);
    CHECK(normal_quantile(0.975) == Approx(1.959963984540054).epsilon(1e-14));
    double worst = 0.0;
    for (double x = -8.0; x <= 8.0; x += 0.0078125) {
        const double below = 0.5 * std::erfc(-x / std::sqrt(2.0));
        // above 0 the probability itself is rounded near 1, and its own error moves the quantile by rounding / density
        const double rounding = 2e-16 / (0.3989422804014327 * std::exp(-0.5 * x * x));
        if (below < 1.0) worst = std::max(worst, std::abs(normal_quantile(below) - x) - (x > 0.0 ? rounding : 0.0));
    }
    CHECK(worst < 1e-12);
    for (double probability : {1e-3, 1e-9, 1e-30, 1e-300}) {
        const double x = normal_quantile(probability);
        CHECK(0.5 * std::erfc(-x / std::sqrt(2.0)) == Approx(probability).epsilon(1e-11));
    }
    for (double probability : {0.01, 0.2, 0.4}) CHECK(normal_quantile(probability) == Approx(-normal_quantile(1.0 - probability)).epsilon(1e-14));
}

TEST_CASE("Normals of rules have normal moments and streams do not move together", "[engine][random]") {
    std::vector<double> finance, slips, next_seed, next_quarter;
    for (std::uint64_t i = 0; i < 50000; ++i) {
        finance.push_back(standard_normal(1, Stream::finance, 3, i, 0, 0));
        slips.push_back(standard_normal(1, Stream::slips, 3, i, 0, 0));
        next_seed.push_back(standard_normal(2, Stream::finance, 3, i, 0, 0));
        next_quarter.push_back(standard_normal(1, Stream::finance, 4, i, 0, 0));
    }
    check_is_normal(finance);
    check_is_normal(slips);
    const double bound = 4.0 / std::sqrt(50000.0);
    CHECK(std::abs(correlation(finance, slips)) < bound);
    CHECK(std::abs(correlation(finance, next_seed)) < bound);
    CHECK(std::abs(correlation(finance, next_quarter)) < bound);
}

TEST_CASE("Every part of a key changes the draw", "[engine][random]") {
    const double draw = uniform01(1, Stream::script, 2, 3, 4, 5);
    CHECK(draw == uniform01(1, Stream::script, 2, 3, 4, 5));
    CHECK(draw != uniform01(2, Stream::script, 2, 3, 4, 5));
    CHECK(draw != uniform01(1, Stream::finance, 2, 3, 4, 5));
    CHECK(draw != uniform01(1, Stream::script, 3, 3, 4, 5));
    CHECK(draw != uniform01(1, Stream::script, 2, 4, 3, 5));
    CHECK(draw != uniform01(1, Stream::script, 2, 3, 4, 6));
}

TEST_CASE("The draws of many seeds are standard normal and independent", "[engine][random][chance]") {
    std::vector<double> world, wallet, grid_of_first, grid_of_second, efficiency, adoption, outside_t, outside_i, sentiment, slip;
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        const Chance chance = draws_of(seed);
        wallet.push_back(chance.world[0]);
        world.insert(world.end(), chance.world, chance.world + kWorldDraws);
        slip.push_back(chance.launch_slip[0][0]);
        slip.push_back(chance.launch_slip[1][1]);
        for (const QuarterChance& quarter : chance.quarter) {
            grid_of_first.push_back(quarter.grid[0]);
            grid_of_second.push_back(quarter.grid[1]);
            efficiency.push_back(quarter.efficiency);
            adoption.push_back(quarter.adoption);
            outside_t.push_back(quarter.outside_demand[0]);
            outside_i.push_back(quarter.outside_demand[1]);
            sentiment.push_back(quarter.sentiment);
        }
    }
    for (const auto* values : {&world, &wallet, &grid_of_first, &efficiency, &adoption, &outside_t, &sentiment}) check_is_normal(*values);
    const double bound = 4.0 / std::sqrt(static_cast<double>(efficiency.size()));
    CHECK(std::abs(correlation(grid_of_first, grid_of_second)) < bound);
    CHECK(std::abs(correlation(efficiency, adoption)) < bound);
    CHECK(std::abs(correlation(outside_t, outside_i)) < bound);
    CHECK(std::abs(correlation(sentiment, outside_t)) < bound);
    std::vector<double> today(efficiency.begin(), efficiency.end() - 1), tomorrow(efficiency.begin() + 1, efficiency.end());
    CHECK(std::abs(correlation(today, tomorrow)) < bound);
    const Moments uniform = moments_of(slip);
    CHECK(uniform.mean == Approx(0.5).margin(0.03));
    CHECK(uniform.variance == Approx(1.0 / 12.0).margin(0.01));
}

TEST_CASE("A seed gives the same numbers on every machine and in every version", "[engine][random][chance]") {
    const Chance chance = draws_of(2026);
    CHECK(chance.world[0] == 0x1.b716e7362b947p-1);
    CHECK(chance.world[3] == -0x1.182a65453989ap-1);
    CHECK(chance.launch_slip[1][0] == 0x1.b2293b11ff43p-2);
    CHECK(chance.launch_slip[1][1] == 0x1.9f86bbf1e8b83p-2);
    CHECK(chance.quarter[9].efficiency == 0x1.69497936db94fp-2);
    CHECK(chance.quarter[9].adoption == 0x1.0bba70d11d707p-2);
    CHECK(chance.quarter[9].grid[1] == -0x1.dbd994be8be14p-5);
    CHECK(chance.quarter[35].outside_demand[1] == -0x1.31b3dd237cacap-1);
    CHECK(chance.quarter[39].sentiment == 0x1.8de7550ab4d34p-1);
    CHECK(uniform01(2026, Stream::finance, 9, 1, 2, 3) == 0x1.aac44945b9c74p-3);
    CHECK(standard_normal(2026, Stream::finance, 9, 1, 2, 3) == -0x1.9fc4af5fe32ep-1);
}

TEST_CASE("A draw follows its region or product, not its row, and the others stay when one joins", "[engine][random][chance]") {
    const Chance chance = draws_of(5);
    const std::uint64_t regions[] = {44, 33, 22, 11, 55}, products[] = {103, 99, 101};
    const Chance permuted = draw_chance(5, regions, 5, products, 3);
    for (int t = 0; t < kMaxQuarters; ++t) {
        for (int r = 0; r < 4; ++r) REQUIRE(permuted.quarter[t].grid[3 - r] == chance.quarter[t].grid[r]);
        REQUIRE(permuted.quarter[t].grid[4] != 0.0);
        REQUIRE(permuted.quarter[t].efficiency == chance.quarter[t].efficiency);
        REQUIRE(permuted.quarter[t].sentiment == chance.quarter[t].sentiment);
    }
    for (int k = 0; k < kMaxLaunchSlips; ++k) {
        CHECK(permuted.launch_slip[0][k] == chance.launch_slip[2][k]);
        CHECK(permuted.launch_slip[2][k] == chance.launch_slip[0][k]);
    }
    for (int i = 0; i < kWorldDraws; ++i) CHECK(permuted.world[i] == chance.world[i]);
}
