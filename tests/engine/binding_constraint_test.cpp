// The bottleneck of a firm's quarter, first match first.
#include "engine/market/binding_constraint.h"

#include <catch2/catch.hpp>

#include "tests/engine/model_parameters.h"

using namespace rackrace;

TEST_CASE("The binding constraint is demand, then power or shell, then money, then chips", "[engine][metrics]") {
    const Parameters& p = model_parameters();
    ConstraintSigns signs{1.0, 0.0, 100.0, 90.0, 110.0, true, true, true};
    CHECK(binding_constraint(p, signs) == BindingConstraint::power);
    SECTION("idle compute goes first") {
        signs.utilisation_frac = 0.89;
        CHECK(binding_constraint(p, signs) == BindingConstraint::demand);
    }
    SECTION("less shell than power") {
        signs.shell_kw = 80.0;
        CHECK(binding_constraint(p, signs) == BindingConstraint::shell);
    }
    SECTION("with room on the sites it is money, then chips, then demand") {
        signs.free_kw = 4.0;
        CHECK(binding_constraint(p, signs) == BindingConstraint::money);
        signs.bids_cut = false;
        CHECK(binding_constraint(p, signs) == BindingConstraint::money);
        signs.credit_refused = false;
        CHECK(binding_constraint(p, signs) == BindingConstraint::chips);
        signs.bid_unfilled = false;
        CHECK(binding_constraint(p, signs) == BindingConstraint::demand);
    }
}
