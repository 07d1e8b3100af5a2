// The seeds of a plan.
#include <catch2/catch.hpp>

#include <vector>

#include "cli/batch/seeds.h"

using namespace rackrace;

TEST_CASE("Seeds of a range are those of its list, by place and in turn", "[cli][batch]") {
    Seeds range, list;
    range.set_range(7, 3);
    for (const std::uint64_t seed : {7, 8, 9}) list.add(seed);
    for (const Seeds* seeds : {&range, &list}) {
        CHECK(seeds->size() == 3);
        CHECK(seeds->front() == 7);
        CHECK((*seeds)[1] == 8);
        CHECK(seeds->back() == 9);
        CHECK(std::vector<std::uint64_t>(seeds->begin(), seeds->end()) == std::vector<std::uint64_t>{7, 8, 9});
    }
    range.add(40);  // a list begins
    CHECK(std::vector<std::uint64_t>(range.begin(), range.end()) == std::vector<std::uint64_t>{40});
    CHECK(Seeds().empty());
}
