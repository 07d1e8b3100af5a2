// Scenarios that name who plays: what stays, what leaves with the others, and how a bad list is refused.
#include <catch2/catch.hpp>

#include "tests/engine/scenario_data.h"

using namespace rackrace;
using namespace rackrace::test;

namespace {

LoadedScenario small() {
    auto loaded = load_scenario({"small", kData, {}, ""});
    if (!loaded) FAIL(loaded.error().text());
    return std::move(*loaded);
}

const Firm& firm_of(const LoadedScenario& loaded, const std::string& firm) { return loaded.opening.firms[index_of_name(loaded.names.firms, firm)]; }

}  // namespace

TEST_CASE("A scenario may name the firms that play, and their books are those of the whole world", "[engine][scenario][cast]") {
    const LoadedScenario few = small();
    CHECK(few.names.firms == std::vector<std::string>{"coreweave", "microsoft", "nvidia", "openai"});
    CHECK(few.scenario.end_t - few.scenario.start_t + 1 == 8);
    for (const std::string& name : few.names.firms) {
        const Firm& firm = firm_of(few, name);
        const Firm& whole = firm_of(base_scenario(), name);
        CAPTURE(name);
        CHECK(firm.role == whole.role);
        CHECK(firm.staff_usd_q == whole.staff_usd_q);
        CHECK(std::memcmp(firm.sites, whole.sites, sizeof firm.sites) == 0);
        CHECK(few.opening.balance[index_of_name(few.names.firms, name)][static_cast<int>(Account::cash)] ==
              base_scenario().opening.balance[index_of_name(base_scenario().names.firms, name)][static_cast<int>(Account::cash)]);
    }
    CHECK(few.opening.fault == Fault::none);
}

TEST_CASE("Products leave with their makers, contracts with their sellers, and customers with the firms that they had", "[engine][scenario][cast]") {
    const LoadedScenario few = small();
    CHECK(few.names.products == std::vector<std::string>{"hopper", "blackwell", "vr200", "vr300", "feynman", "nv_2030"});
    int sold_outside = 0;
    for (const Contract& contract : few.opening.contracts) {
        if (contract.id == 0) continue;
        CHECK(is_firm(contract.seller));
        sold_outside += contract.buyer == static_cast<int>(kCustomer);
    }
    CHECK(few.names.contracts.size() == 7);  // five of coreweave, two of microsoft
    CHECK(sold_outside == 4);                // three of them to firms that left, one from the beginning
    // revenue at the opening is what it was: fewer customers, a larger part of them each
    const Parameters &p = few.scenario.parameters, &whole = base_scenario().scenario.parameters;
    CHECK(p.wallet_2026q1_usd[0] < whole.wallet_2026q1_usd[0]);
    CHECK(p.wallet_2026q1_usd[0] * firm_of(few, "openai").share_ppb[0] == Approx(whole.wallet_2026q1_usd[0] * firm_of(base_scenario(), "openai").share_ppb[0]).epsilon(1e-6));
    CHECK(few.scenario.packaging_wafers[9] == Approx(0.6 * base_scenario().scenario.packaging_wafers[9]).epsilon(1e-4));
    CHECK(few.scenario.regions[0].grid_addition_kw_q < base_scenario().scenario.regions[0].grid_addition_kw_q);
}

TEST_CASE("A resolved scenario of some firms loads to the same bytes", "[engine][scenario][cast]") {
    const DataCopy data;
    const LoadedScenario few = small();
    data.scenario("resolved", few.resolved_toml);
    const auto again = load_scenario(data.request("resolved"));
    REQUIRE(again);
    CHECK(same_bytes(few, *again));
}

TEST_CASE("Any firms with a supplier among them load", "[engine][scenario][cast]") {
    const DataCopy data;
    for (const char* only : {"\"nvidia\"", "\"amd\", \"meta\"", "\"alphabet\", \"broadcom\", \"anthropic\"", "\"nvidia\", \"amd\", \"broadcom\", \"microsoft\", \"oracle\", \"openai\", \"xai\", \"iren\""}) {
        CAPTURE(only);
        data.scenario("few", "name = \"few\"\nbased_on = \"base-2026\"\nonly = [" + std::string(only) + "]\n");
        CHECK(data.refused("few").empty());
    }
}

TEST_CASE("A bad list of firms is refused with place, fact and advice", "[engine][scenario][cast][hostile]") {
    const DataCopy data;
    const auto refused = [&](const std::string& only) {
        data.scenario("bad", "name = \"bad\"\nonly = " + only + "\n");
        return data.refused("bad");
    };
    CHECK_THAT(refused("[\"nvidia\", \"corewave\"]"), Catch::Contains("bad.toml:2:1: no firm is called 'corewave'; did you mean 'coreweave'?"));
    CHECK_THAT(refused("[\"coreweave\"]"), Catch::Contains("bad.toml:2:1: only names no supplier; use one of: nvidia, amd, broadcom"));
    CHECK_THAT(refused("\"coreweave\""), Catch::Contains("bad.toml:2:8: only is not a list of firms"));
    CHECK_THAT(refused("[]"), Catch::Contains("only is not a list of firms"));
    CHECK_THAT(refused("[1]"), Catch::Contains("only is not a list of firms"));
}
