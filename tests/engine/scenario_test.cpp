// Scenario files: what each switch sets, what a file inherits, how overrides are recorded, and how a bad file is refused.
#include <catch2/catch.hpp>

#include "tests/engine/scenario_data.h"

using namespace rackrace;
using namespace rackrace::test;

namespace {

const char* const kFull = R"(name = "full"
about = "Every kind of key: \"quotes\" and a tab\t."
based_on = "base-2026"
end = "2031Q4"
uncertainty = "none"
[rules]
chips = "POSTED"
[firms.coreweave]
strategy = "neocloud/ladder.lua"
params = { presold = 0.7, steps = 3, bold = true, mode = "0.70" }
[firms.nebius]
params = { presold = 0.1 }
[roles.neocloud]
strategy = "neocloud/baseline.lua"
params = { margin = 0.25 }
[parameters]
substitution_elasticity_enterprise = 1.5
wafer_start_share_nvidia_frac = 0.61
wafer_start_share_amd_frac = 0.07
[[shocks]]
kind = "SUPPLY"
quarter = "2027Q2"
target = "blackwell"
size = -0.25
length_q = 2
[[shocks]]
kind = "PLATEAU"
quarter = "2028Q1"
[[shocks]]
kind = "DELAY"
quarter = "2027Q1"
target = 3
[[shocks]]
kind = "EFFICIENCY"
quarter = "2028Q1"
target = "openai"
)";

}  // namespace

TEST_CASE("Every scenario of the library loads and changes only the switches it names", "[engine][scenario]") {
    struct Row {
        const char* name;
        ChipRule chips;
        PowerRule power;
        ContractRule contracts;
        AcquisitionRule acquisitions = AcquisitionRule::open;
    };
    const Row rows[] = {{"base-2026", ChipRule::uniform, PowerRule::auction, ContractRule::kelso_crawford},
                        {"posted-2026", ChipRule::posted, PowerRule::queue, ContractRule::kelso_crawford},
                        {"paybid-2026", ChipRule::pay_bid, PowerRule::auction, ContractRule::kelso_crawford},
                        {"vickrey-2026", ChipRule::vickrey, PowerRule::auction, ContractRule::kelso_crawford},
                        {"proportional-2026", ChipRule::proportional, PowerRule::auction, ContractRule::kelso_crawford},
                        {"queue-2026", ChipRule::uniform, PowerRule::queue, ContractRule::kelso_crawford},
                        {"prorata-2026", ChipRule::uniform, PowerRule::prorata, ContractRule::kelso_crawford},
                        {"nash-2026", ChipRule::uniform, PowerRule::auction, ContractRule::nash},
                        {"no-contracts", ChipRule::uniform, PowerRule::auction, ContractRule::none},
                        {"merger-ban", ChipRule::uniform, PowerRule::auction, ContractRule::kelso_crawford, AcquisitionRule::banned}};
    for (const Row& row : rows) {
        CAPTURE(row.name);
        auto loaded = load_scenario({row.name, kData, {}, ""});
        REQUIRE(loaded);
        Rules& rules = loaded->scenario.rules;
        CHECK(loaded->names.scenario == row.name);
        CHECK(rules.chips == row.chips);
        CHECK(rules.power == row.power);
        CHECK(rules.contracts == row.contracts);
        CHECK(rules.acquisitions == row.acquisitions);
        CHECK(rules.has_uncertainty == 1);
        rules = base_scenario().scenario.rules;
        CHECK(std::memcmp(&loaded->scenario, &base_scenario().scenario, sizeof(Scenario)) == 0);
        std::int64_t waiting_kw = 0;
        for (const RegionState& region : loaded->opening.regions) waiting_kw += region.asked_kw;
        CHECK((waiting_kw > 0) == (row.power != PowerRule::auction));  // the opening queue, in the books too
        if (row.power == PowerRule::auction) CHECK(same_bytes(*loaded, base_scenario()));
    }
}

TEST_CASE("A scenario says its quarters, strategies, parameters and shocks", "[engine][scenario]") {
    const DataCopy data;
    data.scenario("full", kFull);
    const auto loaded = load_scenario(data.request("full"));
    REQUIRE(loaded);
    const Scenario& scenario = loaded->scenario;
    CHECK(scenario.start_t == 9);
    CHECK(scenario.end_t == 31);
    CHECK(scenario.rules.has_uncertainty == 0);
    CHECK(scenario.rules.power == PowerRule::auction);
    CHECK(scenario.parameters.substitution_elasticity[0] == 1.5);
    CHECK(loaded->opening.suppliers[scenario.firms[index_of_name(loaded->names.firms, "nvidia")].supplier_slot].allotted_wafers[1] == 146400);

    SECTION("a firm's strategy replaces its role's, parameters alone join it") {
        CHECK(loaded->strategies.size() == 6);  // the neoclouds
        const FirmStrategy& coreweave = loaded->strategies.at("coreweave");
        CHECK(coreweave.file == "neocloud/ladder.lua");
        CHECK(coreweave.params == std::map<std::string, std::string>{{"presold", "0.7"}, {"steps", "3"}, {"bold", "true"}, {"mode", "0.70"}});
        CHECK(loaded->strategies.at("nebius").file == "neocloud/baseline.lua");
        CHECK(loaded->strategies.at("nebius").params == std::map<std::string, std::string>{{"margin", "0.25"}, {"presold", "0.1"}});
        CHECK(loaded->strategies.at("iren").params == std::map<std::string, std::string>{{"margin", "0.25"}});
    }
    SECTION("shocks come in order of time, with the defaults of their kind") {
        REQUIRE(scenario.shock_count == 4);
        CHECK(scenario.shocks[0].kind == ShockKind::delay);
        CHECK(scenario.shocks[0].target == 3);
        CHECK(scenario.shocks[0].size == 2.0);
        CHECK(scenario.shocks[1].kind == ShockKind::supply);
        CHECK(loaded->names.products[static_cast<std::size_t>(scenario.shocks[1].target)] == "blackwell");
        CHECK(scenario.shocks[1].size == -0.25);
        CHECK(scenario.shocks[1].length_q == 2);
        CHECK(scenario.shocks[2].kind == ShockKind::plateau);
        CHECK(scenario.shocks[2].size == 0.05);
        CHECK(scenario.shocks[2].length_q == kMaxQuarters - 16);
        CHECK(scenario.shocks[3].kind == ShockKind::efficiency);
        CHECK(scenario.shocks[3].length_q == 4);
    }
}

TEST_CASE("A resolved scenario loads to the same bytes", "[engine][scenario]") {
    const DataCopy data;
    data.scenario("full", kFull);
    for (const char* name : {"base-2026", "full", "posted-2026"}) {
        CAPTURE(name);
        ScenarioRequest request = data.request(name);
        request.sets = {{"task_price_2026q1_usd_task", "3.3"}, {"coreweave.presold", "0.9"}, {"rules.contracts", "NASH"}, {"rules.acquisitions", "BANNED"}};
        request.until = "2029Q4";
        const auto loaded = load_scenario(request);
        REQUIRE(loaded);
        data.scenario("resolved", loaded->resolved_toml);
        const auto again = load_scenario(data.request("resolved"));
        REQUIRE(again);
        CHECK(same_bytes(*loaded, *again));
        CHECK(again->names.scenario == name);
        REQUIRE(again->strategies.size() == loaded->strategies.size());
        for (const auto& [firm, strategy] : loaded->strategies) {
            CHECK(again->strategies.at(firm).file == strategy.file);
            CHECK(again->strategies.at(firm).params == strategy.params);
        }
    }
}

TEST_CASE("Overrides come after the file, the last one wins, and each is recorded with its origin", "[engine][scenario]") {
    const DataCopy data;
    data.scenario("full", kFull);
    ScenarioRequest request = data.request("full");
    request.sets = {{"rules.chips", "VICKREY"}, {"rules.chips", "PAYBID"},    {"quantity_stickiness_frac", "0.5"},
                    {"neocloud.margin", "0.5"}, {"coreweave.presold", "0.8"}, {"uncertainty", "default"}};
    request.until = "2027Q4";
    const auto loaded = load_scenario(request);
    REQUIRE(loaded);
    CHECK(loaded->scenario.rules.chips == ChipRule::pay_bid);
    CHECK(loaded->scenario.rules.has_uncertainty == 1);
    CHECK(loaded->scenario.end_t == 15);
    CHECK(loaded->scenario.parameters.quantity_stickiness_frac == 0.5);
    CHECK(loaded->strategies.at("coreweave").params.at("presold") == "0.8");
    CHECK(loaded->strategies.at("coreweave").params.at("margin") == "0.5");
    CHECK(loaded->strategies.at("iren").params.at("margin") == "0.5");
    const std::string& text = loaded->resolved_toml;
    CHECK_THAT(text, Catch::Contains("chips = \"PAYBID\"") && Catch::Contains("# --set rules.chips") && Catch::Contains("# --until"));
    CHECK_THAT(text, Catch::Contains("# --set quantity_stickiness_frac; parameters.csv has 0.75"));
    CHECK_THAT(text, Catch::Contains("# full.toml:17; parameters.csv has 1.4"));
    CHECK_THAT(text, Catch::Contains("# base-2026.toml:3"));
    CHECK(loaded->input_files.size() == 18);
}

TEST_CASE("A scenario's own growth of packaging bends the path where the table ends", "[engine][scenario]") {
    const auto loaded = load_scenario({"base-2026", kData, {{"packaging_growth_frac", "0.04"}}, ""});
    REQUIRE(loaded);
    CHECK(loaded->scenario.packaging_wafers[11] == 300000.0);
    CHECK(loaded->scenario.packaging_wafers[12] == 312000.0);
    CHECK(loaded->scenario.packaging_wafers[13] == 324480.0);
    CHECK(base_scenario().scenario.packaging_wafers[12] == 304500.0);
}

TEST_CASE("A bad scenario file is refused with place, fact and advice", "[engine][scenario][hostile]") {
    struct Row {
        const char* text;
        const char* message;
    };
    const Row rows[] = {
        {"about = \"no name\"\n", "bad.toml: has no name; add name"},
        {"name = \"bad\"\nstrat = \"2026Q2\"\n", "bad.toml:2:1: no key is called 'strat' here; did you mean 'start'?"},
        {"name = \"bad\"\nstart = \"2026Q3\"\n", "bad.toml:2:9: start cannot be '2026Q3'; write 2026Q2: the opening books are those of 2026Q1"},
        {"name = \"bad\"\nend = \"2040Q1\"\n", "end cannot be '2040Q1'; write 2026Q2 to 2032Q4"},
        {"name = \"bad\"\nend = 2032\n", "bad.toml:2:7: end is not a text; write it in quotes, as end = \"2026Q2\""},
        {"name = \"bad\"\nuncertainty = \"lots\"\n", "uncertainty cannot be 'lots'"},
        {"name = \"bad\"\nname = \"bad\"\n", "bad.toml:2:"},
        {"name = \"bad\"\n[rules\n", "bad.toml:2:"},
        {"name = \"bad\"\n[\n[rules]\n", "bad.toml:2: this line is not TOML"},
        {"name = \"bad\"\nabout = \"never closed\n", "bad.toml:2:"},
        {"name = \"b\xff\"\n", "bad.toml:1:10: this byte is not UTF-8 text"},
        {"name = \"bad\"\nrules = 3\n", "bad.toml:2:9: rules is not a table"},
        {"name = \"bad\"\n[rules]\nchips = \"UNIFROM\"\n", "bad.toml:3:9: rules.chips cannot be 'UNIFROM'; did you mean 'UNIFORM'?"},
        {"name = \"bad\"\n[rules]\nchip = \"UNIFORM\"\n", "bad.toml:3:1: no key is called 'chip' here; did you mean 'chips'?"},
        {"name = \"bad\"\n[parameters]\nidle_power_frak = 0.3\n",
         "bad.toml:3:1: no parameter is called 'idle_power_frak'; did you mean 'idle_power_frac'?"},
        {"name = \"bad\"\n[parameters]\nidle_power_frac = \"0.3\"\n", "bad.toml:3:19: idle_power_frac is not a finite number"},
        {"name = \"bad\"\n[parameters]\nidle_power_frac = nan\n", "idle_power_frac is not a finite number"},
        {"name = \"bad\"\n[parameters]\ncapacity_firms = 30\n", "bad.toml:3:1: 'capacity_firms' cannot be overridden"},
        {"name = \"bad\"\n[parameters]\nchip_sale_lag_q = 3\n", "bad.toml:3:1: chip_sale_lag_q is 3; it must be whole, 1 to 2"},
        {"name = \"bad\"\n[parameters]\ngrid_works_q = 5\nlease_lead_q = 4\n", "lease_lead_q is 4; it must be whole, 1 to 3"},
        {"name = \"bad\"\n[parameters]\ngrid_works_q = 2.5\n", "grid_works_q is 2.5; it must be whole, 1 to 4"},
        {"name = \"bad\"\n[parameters]\nhorizon_end_t = 30\n", "set start or end"},
        {"name = \"bad\"\n[firms.coreweaves]\nstrategy = \"x.lua\"\n", "bad.toml:2:8: no firm is called 'coreweaves'; did you mean 'coreweave'?"},
        {"name = \"bad\"\n[roles.cloud]\nstrategy = \"x.lua\"\n", "no role is called 'cloud'"},
        {"name = \"bad\"\n[firms.iren]\nstratgy = \"x.lua\"\n", "bad.toml:3:1: no key is called 'stratgy' here; did you mean 'strategy'?"},
        {"name = \"bad\"\n[firms.iren]\nparams = { a = [1] }\n", "a is neither number, text nor flag"},
        {"name = \"bad\"\n[[shocks]]\nkind = \"PLATEAU\"\n", "bad.toml:2:1: a shock has no quarter; add quarter"},
        {"name = \"bad\"\n[[shocks]]\nkind = \"PLATEU\"\nquarter = \"2028Q1\"\n", "no shock is called 'PLATEU'; did you mean 'PLATEAU'?"},
        {"name = \"bad\"\n[[shocks]]\nkind = \"RATE\"\nquarter = \"2026Q1\"\n", "bad.toml:4:11: quarter cannot be '2026Q1'; write 2026Q2 to 2032Q4"},
        {"name = \"bad\"\n[[shocks]]\nkind = \"RATE\"\nquarter = \"2028Q1\"\ntarget = \"pjm\"\n", "RATE takes no target"},
        {"name = \"bad\"\n[[shocks]]\nkind = \"POWER\"\nquarter = \"2028Q1\"\ntarget = \"ercto\"\n",
         "bad.toml:5:10: no region is called 'ercto'; did you mean 'ercot'?"},
        {"name = \"bad\"\n[[shocks]]\nkind = \"REPUDIATE\"\nquarter = \"2028Q1\"\n", "REPUDIATE has no target"},
        {"name = \"bad\"\nshocks = 1\n", "shocks is not a list of tables"},
        {"name = \"bad\"\nbased_on = \"base-2027\"\n", "bad.toml:2:12: no scenario is called 'base-2027'; did you mean 'base-2026'?"},
        {"name = \"bad\"\nbased_on = \"bad\"\n", "bad.toml:2:12: is based on itself"},
        {"", "bad.toml: has no name"},
    };
    const DataCopy data;
    for (const Row& row : rows) {
        CAPTURE(row.text);
        data.scenario("bad", row.text);
        CHECK_THAT(data.refused("bad"), Catch::Contains(row.message));
    }
}

TEST_CASE("All defects of a scenario file are reported at once, in the order of its lines", "[engine][scenario][hostile]") {
    const DataCopy data;
    data.scenario("bad", "name = \"bad\"\nzend = 1\nabuot = 2\n[rules]\npower = 3\n[[shocks]]\nkind = 5\nquarter = \"2028Q1\"\n");
    const auto loaded = load_scenario(data.request("bad"));
    REQUIRE_FALSE(loaded);
    std::vector<int> lines;
    for (const Refusal& refusal : loaded.error().all) lines.push_back(refusal.line);
    CHECK(lines == std::vector<int>{2, 3, 5, 7});
}

TEST_CASE("A bad override or name is refused", "[engine][scenario][hostile]") {
    const auto refused = [](const std::string& key, const std::string& value) {
        const auto loaded = load_scenario({"base-2026", kData, {{key, value}}, ""});
        return loaded ? std::string() : loaded.error().text();
    };
    CHECK_THAT(refused("idle_power_frac", "much"), Catch::Contains("--set idle_power_frac: 'much' is not a number"));
    CHECK_THAT(refused("idle_power_frac", "0.3x"), Catch::Contains("is not a number"));
    CHECK_THAT(refused("idle_power_fraction", "0.3"),
               Catch::Contains("no parameter is called 'idle_power_fraction'; did you mean 'idle_power_frac'?"));
    CHECK_THAT(refused("rules.chip", "POSTED"), Catch::Contains("did you mean 'rules.chips'?"));
    CHECK_THAT(refused("corewave.presold", "1"), Catch::Contains("no firm or role is called 'corewave'; did you mean 'coreweave'?"));
    CHECK_THAT(refused("chip_sale_lag_q", "3"), Catch::Contains("--set chip_sale_lag_q: chip_sale_lag_q is 3"));
    CHECK_THAT(refused("train_neutral_frac", "1.5"), Catch::Contains("--set train_neutral_frac: train_neutral_frac is 1.5; it must be at least 0, at most 1"));
    CHECK_THAT(refused("opening_shares", "0.5"), Catch::Contains("opening_shares is 0.5; it must be at least 1"));
    CHECK_THAT(refused("oversell_min_ratio", "2"), Catch::Contains("--set oversell_min_ratio: oversell_min_ratio is 2; it must be at most oversell_neutral_ratio, 1"));
    CHECK_THAT(refused("buyer_cap_max_frac", "0.05"), Catch::Contains("--set buyer_cap_max_frac: buyer_cap_max_frac is 0.05; it must be at least buyer_cap_neutral_frac, 1"));
    CHECK_THAT(refused("end", "soon"), Catch::Contains("--set end: end cannot be 'soon', which is no quarter; write 2026Q2 to 2032Q4"));
    CHECK_THAT(refused("", "1"), Catch::Contains("is no key"));
    CHECK_THAT(load_scenario({"base-2026", kData, {}, "2026Q1"}).error().text(), Catch::Contains("--until: end cannot be '2026Q1'"));
    CHECK_THAT(load_scenario({"base-2062", kData, {}, ""}).error().text(),
               Catch::Contains("no scenario is called 'base-2062'; did you mean 'base-2026'?"));
    CHECK_THAT(load_scenario({"nothing-like-it", kData, {}, ""}).error().text(), Catch::Contains("no scenario is called 'nothing-like-it'; name a file, or one of those in " + (kData / "scenarios").string()));
    CHECK_THAT(load_scenario({"nowhere/x.toml", kData, {}, ""}).error().text(), Catch::Contains("there is no such file"));
}
