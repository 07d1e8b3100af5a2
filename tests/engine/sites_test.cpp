// Sites: cost and delay of building, and the price of leaving.
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/market/building.h"
#include "engine/market/exits.h"
#include "tests/engine/model_parameters.h"

using namespace rackrace;

TEST_CASE("A site costs 12.5 M$ a MW, more and later where builders are short", "[engine][sites]") {
    const Parameters& p = model_parameters();
    CHECK(site_cost_usd(p, 1000.0, 0.5) == 12'500'000.0);
    CHECK(site_cost_usd(p, 1000.0, 2.0) == 18'750'000.0);
    CHECK(slip_probability(p, 0.5) == Approx(0.04));
    CHECK(slip_probability(p, 9.0) == Approx(0.16));
    CHECK(building_congestion(300, 200) == 1.5);
    CHECK(building_congestion(0, 0) == 0.0);
}

TEST_CASE("Specialists build in six quarters what others build in eight", "[engine][sites]") {
    const Parameters& p = model_parameters();
    CHECK(building_quarters(p, Role::hyperscaler) == 8);
    CHECK(building_quarters(p, Role::neocloud) == 6);
}

TEST_CASE("Instalments are equal to the dollar and add up to the cost", "[engine][sites]") {
    const Usd cost{1001};
    Usd spent;
    for (int left = 8; left > 0; --left) {
        const Usd due = building_instalment(cost, spent, left);
        CHECK(due >= Usd{125});
        CHECK(due <= Usd{126});
        spent += due;
    }
    CHECK(spent == cost);
    CHECK(building_instalment(cost, spent, 0) == Usd{0});
}

TEST_CASE("Pausing costs 2% of what was spent a quarter, abandoning saves 20% of it", "[engine][sites]") {
    const Parameters& p = model_parameters();
    CHECK(pause_cost(p, Usd{1000}) == Usd{20});
    CHECK(project_salvage(p, Usd{1000}) == Usd{200});
}

TEST_CASE("Leaving a lease costs half of the present value of its rent", "[engine][sites]") {
    const Parameters& p = model_parameters();
    CHECK(annuity_q(p, 0) == 0.0);
    CHECK(annuity_q(p, 4) == Approx((1.0 - 1.0 / 1.1) / (std::pow(1.1, 0.25) - 1.0)));
    CHECK(lease_exit_fee_usd(p, 450.0, 1066, 36) == Approx(5728289.261325104));
    CHECK(onsite_sale_proceeds(p, Usd{921446158}) == Usd{460723079});
    CHECK(grid_forfeit_usd(p, 10) == 500.0);
}
