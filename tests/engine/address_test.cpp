// RUN@QUARTER#PATH.
#include <catch2/catch.hpp>

#include "engine/replay/address.h"

using namespace rackrace;

TEST_CASE("An address names a run, a quarter and a place in it", "[engine][address]") {
    const auto all = parse_address("runs/base-2026-s7-3f9c@2028Q3#firm=coreweave&order=1841");
    REQUIRE(all);
    CHECK(all->run == "runs/base-2026-s7-3f9c");
    CHECK(all->t == 18);
    CHECK(all->value("firm") == "coreweave");
    CHECK(all->value("order") == "1841");
    CHECK(all->value("field").empty());
}

TEST_CASE("Quarter and place may be left out of an address", "[engine][address]") {
    CHECK(parse_address("base")->run == "base");
    CHECK_FALSE(parse_address("base")->t);
    CHECK(parse_address("base@2032Q4")->t == 35);
    CHECK(parse_address("base#firm=meta")->value("firm") == "meta");
    CHECK_FALSE(parse_address("base#firm=meta")->t);
}

TEST_CASE("A bare dotted path is short for field=", "[engine][address]") {
    CHECK(parse_address("base#market.spot_i_usd_h")->value("field") == "market.spot_i_usd_h");
    CHECK(parse_address("base#firm=meta&cash_usd")->value("field") == "cash_usd");
}

TEST_CASE("A run's folder may have an @ in its path", "[engine][address]") { CHECK(parse_address("me@home/base@2028Q1")->run == "me@home/base"); }

TEST_CASE("What is no address is refused with the form of one", "[engine][address]") {
    for (const char* text : {"", "@2028Q1", "base@2028", "base@2028Q5", "base#firm=", "base#=meta", "base#a=1&&b=2"}) {
        INFO(text);
        const auto address = parse_address(text);
        REQUIRE_FALSE(address);
        CHECK(address.error().text().find("RUN@2028Q3#firm=coreweave") != std::string::npos);
    }
}
