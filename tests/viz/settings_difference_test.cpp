// What two runs were given otherwise, from the scenario files in their folders.
#include "tests/viz/recorded_runs.h"
#include "viz/figures/settings_difference.h"

using namespace rackrace;

TEST_CASE("Settings are read from a scenario file as the program writes it, tables of a list each as one", "[viz][against]") {
    const TemporaryFolder folder;
    write(folder.path() / "scenario.toml",
          "# Every value\nname = \"x\"\nabout = \"y = z\"\nstart = \"2026Q2\"    # scenario.toml:4\n\n[rules]\nchips = \"UNIFORM # 1\"  # here\n\n[parameters]\nfloor_frac = 0.1   # parameters.csv has 0.2\n"
          "\n[[handovers]]\nquarter = \"2028Q3\"\nfirm = \"coreweave\"\n[handovers.params]\nshade = 0.5\n[[handovers]]\nquarter = \"2029Q1\"\n[firms.meta]\nstrategy = \"a.lua\"\n");
    const std::map<std::string, std::string> expected = {{"start", "2026Q2"}, {"rules.chips", "UNIFORM # 1"}, {"parameters.floor_frac", "0.1"},
                                                         {"handovers 1", "quarter 2028Q3, firm coreweave, params.shade 0.5"}, {"handovers 2", "quarter 2029Q1"}, {"firms.meta.strategy", "a.lua"}};
    CHECK(settings_of_file(folder.path() / "scenario.toml") == expected);
    CHECK(settings_of_file(folder.path() / "none.toml").empty());
}

TEST_CASE("A run differs from itself in no setting", "[viz][against]") { CHECK(settings_difference(played_run(), played_run()).empty()); }
