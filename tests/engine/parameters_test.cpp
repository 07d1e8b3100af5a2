// The scalars of data/model/parameters.csv reach the engine by name, and a bad file is refused with its place.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/scenario/load_parameters.h"

using namespace rackrace;

namespace {

const std::filesystem::path kFile = std::filesystem::path(RACKRACE_SOURCE_DIR) / "data/model/parameters.csv";

std::string refused(const std::string& from, const std::string& to) {
    std::ifstream in(kFile);
    std::stringstream text;
    text << in.rdbuf();
    std::string bytes = text.str();
    const auto at = bytes.find(from);
    REQUIRE(at != std::string::npos);
    bytes.replace(at, from.size(), to);
    const auto copy = std::filesystem::temp_directory_path() / "parameters.csv";
    std::ofstream(copy) << bytes;
    const auto loaded = load_parameters(copy);
    std::filesystem::remove(copy);
    return loaded ? "" : loaded.error().text();
}

}  // namespace

TEST_CASE("Every parameter of the data reaches its field, arrays by role and segment", "[engine][parameters]") {
    const auto file = load_parameters(kFile);
    REQUIRE(file);
    const Parameters& p = file->parameters;
    CHECK(p.hours_per_quarter == 2190.0);
    CHECK(p.uptime_frac[static_cast<int>(Role::neocloud)] == 0.96);
    CHECK(p.spending_share_scale[1] == 2.3);
    CHECK(p.generation_launch_t[0] == -14.0);
    CHECK(p.rating_pd_max_apr[8] == 0.2);
    CHECK(file->other.size() == 3);
}

TEST_CASE("A bad parameter file is refused with line, fact and advice", "[engine][parameters]") {
    CHECK_THAT(refused("idle_power_frac", "idle_power_frak"), Catch::Contains("no parameter is called 'idle_power_frak'; did you mean 'idle_power_frac'?"));
    CHECK_THAT(refused("capacity_firms,NF,20", "capacity_firms,NF,21"), Catch::Contains("this program was built with 20"));
    CHECK_THAT(refused("hours_per_quarter,HQ,2190", "hours_per_quarter,HQ,2l90"), Catch::Contains("parameters.csv:2: value '2l90' is not a number"));
}
