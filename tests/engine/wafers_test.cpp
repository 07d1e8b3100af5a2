// Wafers: the guarantee, the shared rest, the yield, and that asking for more than one's share gains nothing.
#include "engine/market/wafers.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "tests/engine/model_parameters.h"

using namespace rackrace;

namespace {

constexpr std::uint64_t kTie[kMaxSuppliers] = {11, 7, 23, 5, 17};

WaferRequests random_requests(std::mt19937_64& draw) {
    const auto pick = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(draw); };
    WaferRequests requests;
    requests.count = pick(1, kMaxSuppliers);
    requests.capacity = pick(1000, 5000);
    std::int64_t last = 0;
    for (int s = 0; s < requests.count; ++s) {
        requests.request[s] = pick(0, 4000);
        requests.last[s] = pick(0, 1500);
        requests.mean_allotment[s] = pick(0, 1500);
        last += requests.last[s];
    }
    requests.capacity_last = static_cast<double>(last + pick(0, 500));
    return requests;
}

}  // namespace

TEST_CASE("A supplier keeps 85% of its last allotment, grown by a tenth at most, the rest goes to whoever still asks", "[engine][wafers]") {
    const WaferRequests requests{{2000, 0}, {600, 400}, {600, 400}, 2, 1000, 1400};
    const WaferAllotment allotment = allot_wafers(model_parameters(), requests, kTie);
    CHECK(allotment.guaranteed[0] == 561);
    CHECK(allotment.wafers[0] == 1400);
    CHECK(allotment.wafers[1] == 0);
}

TEST_CASE("Allotments never exceed the capacity, leave nothing that is asked for, and padding a short one gains nothing", "[engine][wafers][random]") {
    const Parameters& p = model_parameters();
    std::mt19937_64 draw(1);
    for (int trial = 0; trial < 2000; ++trial) {
        WaferRequests requests = random_requests(draw);
        const WaferAllotment allotment = allot_wafers(p, requests, kTie);
        std::int64_t asked = 0, given = 0;
        for (int s = 0; s < requests.count; ++s) {
            asked += requests.request[s];
            given += allotment.wafers[s];
        }
        REQUIRE(given == std::min(asked, static_cast<std::int64_t>(requests.capacity)));
        if (allotment.wafers[0] == requests.request[0]) continue;
        requests.request[0] *= 10;
        REQUIRE(allot_wafers(p, requests, kTie).wafers[0] == allotment.wafers[0]);
    }
}

TEST_CASE("Yield starts low and matures, chips round down, wafers for a request round up", "[engine][wafers]") {
    const Parameters& p = model_parameters();
    CHECK(package_yield(p, 0.55, 0.76, 0) == Approx(0.55));
    CHECK(package_yield(p, 0.55, 0.76, 4) == Approx(0.7315795905));
    CHECK(package_yield(p, 1.0, 1.0, 8) == 1.0);
    CHECK(chips_from_wafers(163489, 0.25, 9, 1.0) == 367850);
    CHECK(wafers_for_chips(100, 18, 0.55) == 11);
    CHECK(chips_from_wafers(wafers_for_chips(100, 18, 0.55), 1.0, 18, 0.55) >= 100);
}

TEST_CASE("Wafers left out of the mix cost 40% of the newest product's chips", "[engine][wafers]") {
    CHECK(unused_wafer_charge(model_parameters(), 1000, 0.9, 10000.0, 18.0) == Usd{100 * 4000 * 18});
    CHECK(unused_wafer_charge(model_parameters(), 1000, 1.0, 10000.0, 18.0) == Usd{0});
}
