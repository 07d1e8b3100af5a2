// What `ls` shows of runs and batches: all, those that fulfil conditions, in an order.
#include <catch2/catch.hpp>
#include <unistd.h>

#include <fstream>

#include <nlohmann/json.hpp>

#include "cli/list_filter.h"
#include "tests/cli/program.h"
#include "tests/temporary_folder.h"

using namespace rackrace;
namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

bool holds(const std::string& where, const Json& line) {
    const auto conditions = parse_conditions(where);
    REQUIRE(conditions);
    return fulfils(*conditions, line);
}

std::string refusal(const std::string& where) {
    const auto conditions = parse_conditions(where);
    REQUIRE_FALSE(conditions);
    return conditions.error().all.front().text();
}

}  // namespace

TEST_CASE("Conditions of ls hold for texts as they are and for whole numbers", "[cli][ls]") {
    const Json run = {{"name", "a-b"}, {"scenario", "small"}, {"seed", std::uint64_t{18446744073709551615u}}, {"quarters", 8}};
    CHECK(holds("", run));
    CHECK(holds("scenario=small", run));
    CHECK_FALSE(holds("scenario!=small", run));
    CHECK(holds("scenario!=base-2026,quarters=8", run));
    CHECK_FALSE(holds("scenario=small,quarters=9", run));
    CHECK(holds("quarters=08,quarters!=7,quarters<9,quarters>7", run));
    CHECK_FALSE(holds("quarters<8", run));
    CHECK_FALSE(holds("quarters>8", run));
    CHECK(holds("seed=18446744073709551615", run));
    CHECK(holds("seed>18446744073709551614", run));
    CHECK_FALSE(holds("finished!=3", run));
    CHECK(holds("name!=", run));
}

TEST_CASE("Conditions of ls that ask for nothing known are refused", "[cli][ls]") {
    CHECK(refusal("sceario=small")
              .starts_with("--where: no field is called 'sceario'; did you mean 'scenario'? known are name, scenario, seed, status, quarters, "));
    CHECK(refusal("x=1").starts_with("--where: no field is called 'x'; known are name, "));
    CHECK(refusal("seed") == "--where: 'seed' is no condition; write key=value, key!=value, key<number or key>number, joined by commas");
    CHECK(refusal("seed!1").find("is no condition") != std::string::npos);
    CHECK(refusal("=1").find("is no condition") != std::string::npos);
    CHECK(refusal("seed=1,").find("'' is no condition") != std::string::npos);
    CHECK(refusal("seed=-1") == "--where: seed is compared with '-1'; give a whole number from 0");
    CHECK(refusal("quarters>=3").find("'=3'") != std::string::npos);
    CHECK(refusal("status=done") == "--where: no status is called 'done'; runs are ok or fault, batches and searches complete or open");
    CHECK(refusal("name<b") == "--where: 'name<b' compares sizes, and name is text; ask for = or !=");
    CHECK(parse_order("-sed").error().all.front().text().starts_with("--sort: no field is called 'sed'; did you mean 'seed'? known are "));
    CHECK_FALSE(parse_order("-"));
}

TEST_CASE("Ls shows the runs and batches that are asked for, in the order that is asked for", "[cli][program][ls]") {
    const TemporaryFolder folder;
    for (const std::string words : {"1 --until 2026Q4", "10 --until 2026Q3", "2 --until 2026Q3"})
        REQUIRE(rackrace_in(folder.path(), "run small --seed " + words).code == ExitCode::done);
    std::ofstream(folder.path() / "plan.toml") << "scenario = \"small\"\nseeds = { first = 1, count = 2 }\n[vary]\n\"end\" = \"2026Q3\"\n";
    REQUIRE(rackrace_in(folder.path(), "sweep plan.toml").code == ExitCode::done);

    const auto seeds = [&](const std::string& options) {
        const Ran ran = rackrace_in(folder.path(), "ls --json " + options);
        INFO(ran.err);
        REQUIRE(ran.code == ExitCode::done);
        std::string out;
        const Json json = Json::parse(ran.out);
        for (const Json& run : json.at("runs")) out += run.at("seed").dump() + " ";
        return out;
    };
    CHECK(seeds("--sort seed") == "1 2 10 ");
    CHECK(seeds("--sort -seed") == "10 2 1 ");
    CHECK(seeds("--where 'quarters<3,scenario=small' --sort -seed") == "10 2 ");
    CHECK(seeds("--where runs=2").empty());

    const Ran text = rackrace_in(folder.path(), "ls --sort runs");
    CHECK(text.out.starts_with("batch  batches/plan-"));
    CHECK(std::count(text.out.begin(), text.out.end(), '\n') == 4);
    CHECK(rackrace_in(folder.path(), "ls --where status=complete,finished=2").out.starts_with("batch  batches/plan-"));
    CHECK(rackrace_in(folder.path(), "ls --where seed=3").out == "no run, batch or search that --where asks for\n");
    CHECK(rackrace_in(folder.path(), "ls none-there").code == ExitCode::bad_input);
    const Ran wrong = rackrace_in(folder.path(), "ls --where quaters=2");
    CHECK(wrong.code == ExitCode::wrong_usage);
    CHECK(wrong.err.find("did you mean 'quarters'?") != std::string::npos);
    CHECK(rackrace_in(folder.path(), "ls --sort name,seed").code == ExitCode::wrong_usage);
    fs::create_directories(folder.path() / "runs/foreign");
    std::ofstream(folder.path() / "runs/foreign/run.json") << "{\"seed\": \"x\"}";
    CHECK(seeds("--sort seed") == "1 2 10 ");

    // every field that is printed can be asked for
    const Json all = Json::parse(rackrace_in(folder.path(), "ls --json").out);
    for (const Json& line : {all.at("runs").at(0), all.at("batches").at(0)})
        for (const auto& [key, value] : line.items()) {
            CAPTURE(key);
            CHECK(parse_order(key));
            CHECK(holds(key + "=" + (value.is_string() ? value.get<std::string>() : value.dump()), line));
        }
}

TEST_CASE("Ls and doctor name what a killed program left, and not what one that runs is writing", "[cli][program][ls]") {
    const TemporaryFolder folder;
    fs::create_directories(folder.path() / "runs" / (".small-s1-" + std::to_string(getpid()) + ".partial"));
    fs::create_directories(folder.path() / "runs/.small-s2-2147483646.partial");  // beyond any process
    const std::string said = "runs/.small-s2-2147483646.partial was left by a program that does not run here any more; delete it";
    CHECK(rackrace_in(folder.path(), "ls").err == said + "\n");
    CHECK(rackrace_in(folder.path(), "doctor").out.find("leftovers " + said + "\n") != std::string::npos);
}
