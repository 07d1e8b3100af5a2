// Climbing, on hills that have one top.
#include <catch2/catch.hpp>

#include "game/local_search.h"

using namespace rackrace;

namespace {

/// Highest at (0.3, 0.8).
double hill(const std::vector<double>& at) { return -(at[0] - 0.3) * (at[0] - 0.3) - 2.0 * (at[1] - 0.8) * (at[1] - 0.8); }

}  // namespace

TEST_CASE("Climbing reaches the top of a hill, asking the same questions each time", "[game][search]") {
    std::vector<std::vector<double>> asked[2];
    std::vector<double> best = {0.5, 0.5};
    for (auto& questions : asked)
        climb({0.5, 0.5}, 300, [&](const std::vector<double>& at) -> std::optional<double> {
            questions.push_back(at);
            for (double share : at) CHECK((share >= 0.0 && share <= 1.0));
            if (hill(at) > hill(best)) best = at;
            return hill(at);
        });
    CHECK(asked[0] == asked[1]);
    CHECK(asked[0].empty() != has_local_search());
    if (asked[0].empty()) return;
    CHECK(best[0] == Approx(0.3).margin(0.01));
    CHECK(best[1] == Approx(0.8).margin(0.01));
    CHECK(asked[0].front() == std::vector<double>{0.5, 0.5});
    CHECK(asked[0].size() <= 300);
}

TEST_CASE("Climbing ends when it is told to stop, and after so many questions", "[game][search]") {
    int asked = 0;
    climb({0.5, 0.5}, 300, [&](const std::vector<double>& at) { return ++asked == 7 ? std::nullopt : std::optional(hill(at)); });
    CHECK(asked == (has_local_search() ? 7 : 0));
    asked = 0;
    climb({0.5, 0.5}, 12, [&](const std::vector<double>& at) { return ++asked, std::optional(hill(at)); });
    CHECK(asked <= 12);
}
