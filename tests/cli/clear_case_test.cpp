// The rules of `rackrace clear` one by one: numbers a reader can follow, what only one rule refuses, and that order says nothing.
#include <catch2/catch.hpp>

#include "cli/clear/json_text.h"
#include "cli/clear/rule.h"
#include "engine/scenario/load_parameters.h"

using namespace rackrace;
using clear::Json;

namespace {

const Parameters& parameters() {
    static const auto loaded = load_parameters(std::filesystem::path(RACKRACE_SOURCE_DIR) / "data/model/parameters.csv");
    REQUIRE(loaded);
    return loaded->parameters;
}

Json cleared(const std::string& rule, const std::string& in) {
    const auto result = clear::clear_case(*clear::find_rule(rule), parameters(), Json::parse(in));
    INFO(rule << " " << in << (result ? "" : "\n" + result.error().text()));
    REQUIRE(result);
    return *result;
}

/// The first thing that is wrong, "" for nothing.
std::string refused(const std::string& rule, const std::string& in) {
    const auto result = clear::clear_case(*clear::find_rule(rule), parameters(), Json::parse(in));
    return result ? "" : result.error().all.at(0).place + ": " + result.error().all[0].fact;
}

}  // namespace

TEST_CASE("Each rule gives the result that its text says", "[cli][clear]") {
    SECTION("pay-as-bid: everyone pays its own price") {
        const Json out =
            cleared("chips.PAYBID", R"({"supply": 100, "reserve": 40, "bids": {"A": [[60, 70]], "B": [[50, 50]]}, "bonus": {"A": 0, "B": 0}})");
        CHECK(
            out ==
            Json::parse(
                R"({"result": {"A": {"units": 70, "price": 60, "payment": 4200}, "B": {"units": 30, "price": 50, "payment": 1500}}, "s_star": 50})"));
    }
    SECTION("Vickrey: A displaces 20 chips of B at 50 and 50 unsold at the reserve of 40, B displaces 30 unsold") {
        const Json out = cleared("chips.VICKREY", R"({"supply": 100, "reserve": 40, "bids": {"A": [[60, 70]], "B": [[50, 50]]}})");
        CHECK(out["result"]["A"]["payment"] == 20 * 50 + 50 * 40);
        CHECK(out["result"]["B"]["payment"] == 30 * 40);
    }
    SECTION("spot: 60 hours trade, and y, filled in part, sets the price from both sides") {
        const Json out = cleared("spot", R"({"asks": [["a", 1.0, 60], ["b", 1.2, 60]], "bids": [["x", 1.5, 50], ["y", 1.1, 50]], "last": 1})");
        CHECK(out == Json::parse(R"({"quantity": 60, "price": 1.1, "sold": {"a": 60, "b": 0}, "bought": {"x": 50, "y": 10}})"));
    }
    SECTION("power: half the lot each at most, and nobody is turned away") {
        const Json out = cleared("power.AUCTION", R"({"lot": 100, "bids": {"A": [80, 60], "B": [30, 20]}, "cash": {"A": 1000}})");
        CHECK(out == Json::parse(R"({"won": {"A": 10, "B": 30}, "adder": 0.0})"));  // 1000 $ are the deposit of 10 kW
    }
    SECTION("bills: 40 $ go from hand to hand") {
        const Json out = cleared("clearing-vector", R"({"n": 3, "dues": [[0, 1, 100], [1, 2, 100]], "cash": [40, 0, 0]})");
        CHECK(out == Json::parse(R"({"due": [100, 100, 0], "paid": [40, 40, 0], "short": [0, 1]})"));
    }
    SECTION("posted contracts: the lot takes the cheaper of two equal offers") {
        const Json out = cleared("contracts.POSTED", R"({"offers": {"dear": {"ask": 2, "qty": 100, "xi": 0, "rel": 1, "pd": 0},
            "cheap": {"ask": 1, "qty": 100, "xi": 0, "rel": 1, "pd": 0, "max_share": 1}}, "lots": [{"id": "l", "buyer": "b", "q": 60, "cap": 3, "T": 8, "pd": 0}]})");
        CHECK(out == Json::parse(R"({"trades": [{"lot": "l", "offer": "cheap", "q": 60, "price": 1.0}]})"));
    }
}

TEST_CASE("Requests are split into lots as in a run", "[cli][clear]") {
    const std::string offers = R"({"offers": {"o": {"ask": 1, "qty": 100, "xi": 0, "rel": 1, "pd": 0}}, )";
    const std::string request = R"("requests": [{"buyer": "b", "q": 7, "cap": 2, "T": 8, "pd": 0}])";
    const std::string lots = R"("lots": [{"id": "b.0", "buyer": "b", "q": 7, "cap": 2, "T": 8, "pd": 0}])";
    const Json out = cleared("contracts.KC", offers + request + "}");
    CHECK(out["held"]["o"] == Json{"b.0"});
    CHECK(out["bought"]["o"]["b"] == 7);
    CHECK(cleared("contracts.KC", offers + lots + "}") == out);
    CHECK(cleared("contracts.KC", offers + lots + ", " + request + "}") == out);
    CHECK(refused("contracts.KC", offers + R"("lots": [], )" + request + "}") == "lots: are not what the requests are split into");
    CHECK(refused("contracts.KC", offers + R"("lots": null})") == "lots: is missing");
}

TEST_CASE("The order of orders, firms and lots says nothing", "[cli][clear]") {
    CHECK(cleared("spot", R"({"asks": [["a", 1, 3], ["b", 1, 3], ["c", 1, 3]], "bids": [["x", 2, 4]], "last": 1})")["sold"]["a"] ==
          cleared("spot", R"({"asks": [["c", 1, 3], ["b", 1, 3], ["a", 1, 3]], "bids": [["x", 2, 4]], "last": 1})")["sold"]["a"]);
    for (const char* firm : {"A", "B", "C"})
        CHECK(cleared("chips.PROPORTIONAL", R"({"supply": 4, "price": 1, "bids": {"A": [[1, 3]], "B": [[1, 3]], "C": [[1, 3]]}})")["result"][firm] ==
              cleared("chips.PROPORTIONAL", R"({"supply": 4, "price": 1, "bids": {"C": [[1, 3]], "B": [[1, 3]], "A": [[1, 3]]}})")["result"][firm]);
}

TEST_CASE("More lots on equal terms than a request holds are as many requests", "[cli][clear]") {
    std::string lots;
    for (int i = 0; i < 20; ++i)
        lots += std::string(i > 0 ? "," : "") + R"({"id": "l)" + std::to_string(i) + R"(", "buyer": "b", "q": 5, "cap": 2, "T": 8, "pd": 0})";
    const Json out = cleared("contracts.KC", R"({"offers": {"o": {"ask": 1, "qty": 100, "xi": 0, "rel": 1, "pd": 0}}, "lots": [)" + lots + "]}");
    CHECK(out["held"]["o"].size() == 20);
    CHECK(out["bought"]["o"]["b"] == 100);
}

TEST_CASE("Each rule refuses what its engine function could not take", "[cli][clear]") {
    CHECK(refused("chips.UNIFORM", R"({"supply": 1, "reserve": 1, "bids": {"A": [[1, 1], [1, 1], [1, 1], [1, 1], [1, 1]]}, "bonus": {"A": 0}})") ==
          "bids.A: has 5 entries");
    CHECK(refused("chips.UNIFORM", R"({"supply": 1, "reserve": 1, "bids": {"A": [[1, 1]]}, "bonus": {"A": -1}})") == "bonus.A: is -1");
    CHECK(refused("chips.VICKREY", R"({"supply": 1, "reserve": 1, "bids": {}, "bonus": {}})") == "bonus: is no field here");
    CHECK(refused("chips.VICKREY", R"({"supply": 1, "reserve": 1, "bids": {"A": [[1, 2000000000], [2, 2000000000]]}})") ==
          "bids.A: adds up to 4000000000");
    CHECK(refused("chips.VICKREY", R"({"supply": 1, "reserve": 1, "bids": {"A": [[1]]}})") == "bids.A[0]: has 1 entry");
    CHECK(refused("chips.VICKREY", R"({"supply": 1, "reserve": 1, "bids": {"": []}})") == "bids: has an empty name");
    CHECK(refused("chips.VICKREY", R"({"supply": 1, "reserve": 1, "bids": [["A", 1, 1]]})") == "bids: is a list");
    CHECK(refused("wafers", R"({"request": [1], "w_last": [1, 2], "mean4": [1], "omega_t2": 1, "omega_t3": 1})") == "w_last: has 2 entries");
    CHECK(refused("power.AUCTION", R"({"lot": 1, "bids": {"A": [1, 1]}, "cash": {"B": 1}})") == "cash.B: is not in bids");
    CHECK(refused("power.QUEUE",
                  R"({"t": 9, "lmin": 0, "free": 1, "cohorts": [{"t0": 1, "kw": {}, "ready": {}}, {"t0": 1, "kw": {}, "ready": {}}]})") ==
          "cohorts[1].t0: is that of an earlier cohort");
    CHECK(refused("power.PRORATA", R"({"t": 9, "lmin": 0, "free": 1, "cohorts": [{"t0": 1, "kw": {"A": 1}, "ready": {"A": 1.1}}]})") ==
          "cohorts[0].ready.A: is 1.1");
    CHECK(refused("spot", R"({"asks": [["a", 1, 1], ["a", 2, 1]], "bids": [], "last": 1})") == "asks[1]: repeats the id \"a\"");
    CHECK(refused("spot", R"({"asks": [["a", 1, 2000000000], ["b", 2, 2000000000]], "bids": [], "last": 1})") == "asks: adds up to 4000000000");
    CHECK(refused("spot", R"({"asks": [["a\u001b", -1, 1]], "bids": [], "last": 1})") == "asks[0][1]: is -1");
    CHECK(refused("contracts.NASH", R"({"offers": {"o": {"ask": 1, "qty": 0, "xi": 0, "rel": 1, "pd": 0}}, "lots": []})") == "offers.o.qty: is 0");
    CHECK(refused("credit", R"({"requests": [["a", 1, 0, 0], ["a", 1, 0, 0]], "Scr": 1})") == "requests[1]: repeats the id \"a\"");
    CHECK(refused("clearing-vector", R"({"n": 2, "dues": [[0, 2, 5]], "cash": [1, 1]})") == "dues[0][1]: is 2");
    CHECK(refused("clearing-vector", R"({"n": 2, "dues": [[1, 1, 5]], "cash": [1, 1]})") == "dues[0]: is owed to oneself");
    CHECK(refused("clearing-vector", R"({"n": 2, "dues": [], "cash": [1]})") == "cash: has 1 entry");
}

TEST_CASE("Every field has a meaning, and every number a unit", "[cli][clear]") {
    const auto check = [](const auto& self, const clear::Field& field, bool is_entry) -> void {
        INFO(field.name);
        const bool is_scalar = field.shape == clear::Shape::whole || field.shape == clear::Shape::number;
        if (!field.name.empty() && !is_entry) CHECK_FALSE(field.meaning.empty());
        if (is_scalar) CHECK_FALSE(field.unit.empty());
        const bool holds_entries = field.shape == clear::Shape::list || field.shape == clear::Shape::by_name;
        for (const clear::Field& part : field.parts) self(self, part, holds_entries);
    };
    for (const clear::Rule& rule : clear::all_rules()) {
        INFO(rule.name);
        CHECK_FALSE(rule.meaning.empty());
        check(check, rule.reads, true);
        check(check, rule.prints, true);
    }
}

TEST_CASE("Numbers are written in the shortest form that reads back, whole ones without a point", "[cli][clear]") {
    CHECK(clear::json_text(Json{1, 1.0, 0.1, -2.5, 1e16, 1e15, 1e-5, 0.0001, 9007199254740993}) ==
          "[1,1.0,0.1,-2.5,1e+16,1000000000000000.0,1e-05,0.0001,9007199254740993]");
    CHECK(clear::json_text(Json::parse(R"({"a\u001b": {}, "b": [], "c": null})")) == R"({"a\u001b":{},"b":[],"c":null})");
}
