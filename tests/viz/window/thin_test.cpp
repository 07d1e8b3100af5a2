// Long lines lose points, never peaks; dashes and hatches cover what they should and nothing beside it.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "viz/figures/thin.h"
#include "viz/window/strokes.h"

namespace rackrace {
namespace {

double length_of(const std::vector<Point>& points) {
    double sum = 0.0;
    for (std::size_t i = 1; i < points.size(); ++i) sum += std::hypot(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y);
    return sum;
}

/// A line of `count` points over `width` pixels, with one spike.
std::vector<Point> spiked(std::size_t count, double width, std::size_t spike) {
    std::vector<Point> out;
    for (std::size_t i = 0; i < count; ++i)
        out.push_back({width * static_cast<double>(i) / static_cast<double>(count - 1), i == spike ? -1000.0 : static_cast<double>(i % 7)});
    return out;
}

}  // namespace

TEST_CASE("A line that is not longer than its plot is wide is drawn point by point", "[viz][window][thin]") {
    const std::vector<Point> points = spiked(200, 300.0, 17);
    CHECK(thinned(points).size() == points.size());
    CHECK(thinned({}).empty());
}

TEST_CASE("A thinned line keeps its ends and every peak, wherever the peak is", "[viz][window][thin]") {
    for (const std::size_t spike : {1ul, 4999ul, 54321ul, 99998ul}) {
        const std::vector<Point> points = spiked(100'000, 500.0, spike), thin = thinned(points);
        CHECK(thin.size() <= 4 * 501);
        CHECK(thin.front().x == points.front().x);
        CHECK(thin.back().x == points.back().x);
        CHECK(std::any_of(thin.begin(), thin.end(), [](const Point& point) { return point.y == -1000.0; }));
        CHECK(std::is_sorted(thin.begin(), thin.end(), [](const Point& a, const Point& b) { return a.x < b.x; }));
    }
}

TEST_CASE("Dashes take their share of a line and go around its corners", "[viz][window][strokes]") {
    const std::vector<Point> line = {{0.0, 0.0}, {50.0, 0.0}, {50.0, 70.0}};
    CHECK(dashes(line, {}).size() == 1);
    const auto pieces = dashes(line, {10.0, 5.0});
    double drawn = 0.0;
    for (const auto& piece : pieces) {
        CHECK(length_of(piece) <= 10.0 + 1e-9);
        drawn += length_of(piece);
    }
    CHECK(pieces.size() == 8);
    CHECK(drawn == Approx(80.0));
    CHECK(std::any_of(pieces.begin(), pieces.end(), [](const auto& piece) { return piece.size() == 3; }));
}

TEST_CASE("A hatch stays inside its surface and is not the same for any two looks", "[viz][window][strokes]") {
    const std::vector<Point> top = {{0.0, 10.0}, {40.0, 30.0}, {100.0, 5.0}}, bottom = {{0.0, 60.0}, {40.0, 60.0}, {100.0, 50.0}};
    std::vector<std::size_t> counts;
    for (const Hatch hatch : {Hatch::rising, Hatch::falling, Hatch::level, Hatch::upright, Hatch::grid, Hatch::dots}) {
        const auto strokes = hatch_strokes(hatch, top, bottom, 6.0);
        CHECK(strokes.size() > 5);
        for (const auto& [from, to] : strokes)
            for (const Point& end : {from, to}) {
                CHECK((end.x >= -1e-6 && end.x <= 100.0 + 1e-6));
                const bool is_left = end.x <= 40.0;
                const double share = is_left ? end.x / 40.0 : (end.x - 40.0) / 60.0;
                const double above = is_left ? 10.0 + 20.0 * share : 30.0 - 25.0 * share, below = is_left ? 60.0 : 60.0 - 10.0 * share;
                CHECK((end.y >= above - 1e-6 && end.y <= below + 1e-6));
            }
    }
    CHECK(hatch_strokes(Hatch::none, top, bottom, 6.0).empty());
}

TEST_CASE("A level stroke that leaves a surface and comes back is two strokes", "[viz][window][strokes]") {
    const std::vector<Point> top = {{0.0, 0.0}, {50.0, 40.0}, {100.0, 0.0}}, bottom = {{0.0, 45.0}, {50.0, 45.0}, {100.0, 45.0}};
    const auto strokes = hatch_strokes(Hatch::level, top, bottom, 30.0);  // at 15: cut by the top's valley
    REQUIRE(strokes.size() == 2);
    CHECK(strokes[0].second.x < 50.0);
    CHECK(strokes[1].first.x > 50.0);
}

}  // namespace rackrace
