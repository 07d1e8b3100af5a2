// The ways through a recorded decision: into functions and over them, on and back, and to a line.
#include <catch2/catch.hpp>

#include "viz/window/stepping.h"

using namespace rackrace;

namespace {

TracedStep line(int number, int depth, int pass = 1) {
    TracedStep out;
    out.line = out.last_line = number;
    out.depth = out.frame = depth;
    out.pass = pass;
    return out;
}

/// Line 9 calls a function of lines 2 and 3, which calls one of line 5; line 10 is the last of decide. Then operate of line 20.
Stepping decision() {
    TracedQuarter quarter;
    quarter.decisions.resize(2);
    CallbackTrace decide, operate;
    decide.files = operate.files = {{"firms/neo.lua", {}}};
    decide.steps = {line(8, 0), line(9, 0), line(2, 1), line(5, 2), line(3, 1), line(10, 0)};
    operate.steps = {line(20, 0)};
    quarter.decisions[0].trace.callbacks = {decide};
    quarter.decisions[1].trace.callbacks = {operate};
    return stepping_of(std::move(quarter));
}

}  // namespace

TEST_CASE("A decision is stepped through into functions and over them, on and back", "[window][stepping]") {
    const Stepping stepping = decision();
    REQUIRE(stepping.places.size() == 7);
    CHECK(stepping.step(1).line == 9);
    CHECK(step_into(stepping, 1, 1) == 2);
    CHECK(step_over(stepping, 1, 1) == 5);   // line 10
    CHECK(step_over(stepping, 2, 1) == 4);   // line 3, over line 5
    CHECK(step_over(stepping, 4, 1) == 5);   // out of the function
    CHECK(step_over(stepping, 5, -1) == 1);  // back over all of it
    CHECK(step_into(stepping, 5, -1) == 4);
    CHECK(step_into(stepping, 5, 1) == 6);   // on into operate
    CHECK(step_into(stepping, 6, 1) == 6);
    CHECK(step_over(stepping, 6, 1) == 6);
    CHECK(step_into(stepping, 0, -1) == 0);
}

TEST_CASE("Running to a line stops where it runs next, and says where it does not", "[window][stepping]") {
    const Stepping stepping = decision();
    CHECK(run_to_line(stepping, 0, 3) == 4u);
    CHECK(run_to_line(stepping, 0, 20) == 6u);
    CHECK_FALSE(run_to_line(stepping, 4, 3));
    CHECK_FALSE(run_to_line(stepping, 0, 4));
    CHECK(stepping_of({}).is_empty());
    CHECK_FALSE(stepping_of({}).empty_text.empty());
}
