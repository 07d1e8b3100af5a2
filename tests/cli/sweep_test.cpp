// Batches as a person plays them: a plan in, a folder of tables out, the same bytes whoever played which run when.
#include <catch2/catch.hpp>

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <random>
#include <sstream>
#include <thread>

#include <nlohmann/json.hpp>

#include "cli/batch/design.h"
#include "engine/replay/sqlite.h"
#include "game/paired.h"
#include "tests/cli/program.h"
#include "tests/temporary_folder.h"

using namespace rackrace;
namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

/// 2 rules x 3 points x `seeds` seeds over two quarters.
std::string small_plan(int seeds = 1) {
    return "scenario = \"base-2026\"\nseeds = { first = 1, count = " + std::to_string(seeds) +
           " }\nsample = { method = \"sobol\", points = 3 }\n[vary]\n\"end\" = \"2026Q3\"\n"
           "\"rules.chips\" = [\"UNIFORM\", \"POSTED\"]\n\"substitution_elasticity_enterprise\" = { from = 1.2, to = 1.6 }\n";
}

/// Buys chips that pay back in time; its parameters are what the plans vary.
const char* const kLadder =
    "local race = require \"rackrace\"\nreturn race.neocloud {\n  api = \"1.0\", name = \"Ladder\",\n"
    "  params = { presold = race.range(0.3, 1.0, 0.7), wait_q = race.int(0, 4, 1) },\n  decide = function(obs, act, p, mem, rng)\n"
    "    local chip = obs.market.products[obs.market.newest_i]\n"
    "    if obs.market.newest_i < 1 then return end\n"
    "    act.bid_chips { product = chip.id, chips = race.floor(2000 * p.presold), max_usd_chip = chip.list_usd_chip }\n  end,\n}\n";

/// The same, but no compiled script: a table that nobody needs.
std::string interpreted_ladder() {
    const std::string text = kLadder, head = "decide = function(obs, act, p, mem, rng)\n";
    return std::string(text).insert(text.find(head) + head.size(), "    local unused = {}\n");
}

const char* const kCompared[] = {"batch.sqlite", "runs.csv", "quarters.csv", "panel.csv", "failed.csv"};

/// Names of the files that differ.
std::string differing(const fs::path& a, const fs::path& b) {
    std::string out;
    for (const char* file : kCompared)
        if (!fs::exists(a / file) || read_text(a / file) != read_text(b / file)) out += std::string(file) + " ";
    return out + (read_text(a / "panel.nc") != read_text(b / "panel.nc") ? "panel.nc" : "");
}

std::ptrdiff_t lines(const fs::path& file) {
    const std::string text = read_text(file);
    return std::count(text.begin(), text.end(), '\n');
}

fs::path swept(const fs::path& folder, const std::string& plan, const std::string& name, const std::string& more = "") {
    write(folder / "plan.toml", plan);
    const Ran ran = rackrace_in(folder, "sweep plan.toml --out " + name + " " + more);
    INFO(ran.err);
    REQUIRE(ran.code == ExitCode::done);
    return folder / name;
}

/// `runs` runs of four firms, over eight quarters or one.
std::string tiny_plan(int runs, const std::string& more = "") { return "scenario = \"small\"\nseeds = { first = 1, count = " + std::to_string(runs) + " }\n" + more; }
const char* const kOneQuarter = "[vary]\nend = \"2026Q2\"\n";

/// The program as a process of its own, silent.
pid_t started(const fs::path& folder, std::vector<std::string> words) {
    words.insert(words.begin(), {RACKRACE_PROGRAM, "-q"});
    const pid_t child = fork();
    if (child != 0) return child;
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const int nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO);
    if (chdir(folder.c_str()) == 0) execv(arguments[0], arguments.data());
    _exit(127);
}

/// Waits until `is_so` or the process has ended; true: is_so, and the process may still run.
bool wait_until(pid_t process, const std::function<bool()>& is_so) {
    for (int i = 0; i < 120'000; ++i) {
        if (is_so()) return true;
        siginfo_t ended{};
        if (waitid(P_PID, static_cast<id_t>(process), &ended, WEXITED | WNOHANG | WNOWAIT) != 0 || ended.si_pid != 0) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return false;
}

/// How much a file holds and when it was written last.
std::pair<std::uintmax_t, fs::file_time_type> state_of(const fs::path& file) {
    std::error_code size, time;
    const std::pair out(fs::file_size(file, size), fs::last_write_time(file, time));
    return size || time ? std::pair<std::uintmax_t, fs::file_time_type>() : out;
}

/// Starts the program and kills it `after_s` after it has written the first of its runs. false: it was done by then.
bool kill_after(const fs::path& folder, const std::vector<std::string>& words, double after_s) {
    const fs::path log = folder / "killed/work.sqlite-wal";
    const auto before = state_of(log);
    const pid_t process = started(folder, words);
    const bool is_at_it = wait_until(process, [&] { return state_of(log).first > 0 && state_of(log) != before; });
    if (is_at_it) std::this_thread::sleep_for(std::chrono::duration<double>(after_s));
    kill(process, SIGKILL);
    int status = 0;
    waitpid(process, &status, 0);
    return is_at_it && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

/// Peak memory of a batch in KiB, read while it plays: what wait() tells of a child begins with its parent's.
[[maybe_unused]] long peak_kib(const fs::path& folder, const std::string& plan, const std::string& name) {
    write(folder / (name + ".toml"), plan);
    const pid_t process = started(folder, {"sweep", name + ".toml", "--threads", "2", "--out", name});
    long peak = 0;
    wait_until(process, [&] {
        std::istringstream status(read_text("/proc/" + std::to_string(process) + "/status"));
        bool is_program = false;  // before, it is a copy of this test
        for (std::string line; std::getline(status, line); is_program = is_program || line == "Name:\trackrace")
            if (is_program && line.starts_with("VmHWM:")) peak = std::max(peak, std::strtol(line.c_str() + 6, nullptr, 10));
        return false;
    });
    int status = 0;
    waitpid(process, &status, 0);
    CHECK(status == 0);
    return peak;
}

}  // namespace

TEST_CASE("A dry run says how many runs, which first, from which inputs, how long and how much, and writes nothing", "[cli][sweep]") {
    const TemporaryFolder folder;
    write(folder.path() / "hedge.toml", small_plan(2));
    const Ran ran = rackrace_in(folder.path(), "sweep hedge.toml --dry-run --threads 2");
    CHECK(ran.code == ExitCode::done);
    CHECK(ran.err.empty());
    CHECK(ran.out.starts_with("would run   12 = 3 (sobol) x 2 (rules.chips) x 2 seeds           first: end=2026Q3 rules.chips=UNIFORM substitution_elasticity_enterprise=1.4 seed=1\n"));
    CHECK(ran.out.find("inputs      frozen: 4 scripts, 1 scenario, ") != std::string::npos);
    CHECK(ran.out.find("estimate    12 x ") != std::string::npos);
    CHECK(ran.out.find(" / 2 threads = ") != std::string::npos);
    CHECK(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()) == 1);
}

TEST_CASE("A card that was asked for and does not answer is refused before anything is made", "[cli][sweep]") {
    const TemporaryFolder folder;
    write(folder.path() / "hedge.toml", small_plan());
    const Ran ran = rackrace_in(folder.path(), "sweep hedge.toml --device cuda --out there --verify-sample 6");
    if (ran.code == ExitCode::done) {
        CHECK(ran.err.find(" 0 differ") != std::string::npos);
    } else {
        CHECK(ran.code == ExitCode::not_available);
        CHECK(ran.err.find("device: ") != std::string::npos);
        CHECK(ran.err.find("give --device cpu, or leave --device out\n") != std::string::npos);
        CHECK_FALSE(fs::exists(folder.path() / "there"));
    }
    CHECK(rackrace_in(folder.path(), "sweep hedge.toml --device tpu").code == ExitCode::wrong_usage);
    CHECK(rackrace_in(folder.path(), "sweep hedge.toml --device cpu --out cpu").code == ExitCode::done);
}

TEST_CASE("A batch is a folder of frozen inputs, one row a run, panels and what failed", "[cli][sweep]") {
    const TemporaryFolder folder;
    write(folder.path() / "hedge.toml", small_plan());
    const Ran ran = rackrace_in(folder.path(), "sweep hedge.toml --json");
    REQUIRE(ran.code == ExitCode::done);
    const Json json = Json::parse(ran.out);
    const std::string path = json.at("path");
    CHECK(path.starts_with("batches/hedge-" + json.at("inputs_hash").get<std::string>().substr(0, 6)));
    CHECK(json.at("ok") == 6);
    CHECK(json.at("failed") == 0);
    const fs::path batch = folder.path() / path;
    CHECK(read_text(batch / "plan.toml") == small_plan());
    CHECK(read_text(batch / "command.txt").starts_with("rackrace sweep hedge.toml\n"));
    CHECK(fs::exists(batch / "frozen/data/scenarios/base-2026.toml"));
    CHECK(fs::exists(batch / "frozen/scripts/strategies/lab/baseline.lua"));
    CHECK(lines(batch / "runs.csv") == 1 + 6);
    CHECK(read_text(batch / "runs.csv").starts_with("run,profile,seed,end,rules.chips,substitution_elasticity_enterprise,status,"));
    CHECK(lines(batch / "quarters.csv") == 1 + 6 * 2);
    CHECK(lines(batch / "panel.csv") == 1 + 6 * 2 * 17);
    CHECK(read_text(batch / "panel.csv").starts_with("run,quarter,firm,cash_usd,"));
    CHECK(read_text(batch / "failed.csv") == "run,number,quarter,firm,reason\n");
    CHECK_FALSE(fs::exists(batch / "work.sqlite"));
    CHECK(read_text(batch / "data-dictionary.csv").find("\npanel,cash_usd,$,INTEGER,") != std::string::npos);
}

TEST_CASE("A run of a batch ends where the same run alone ends", "[cli][sweep]") {
    const TemporaryFolder folder;
    const fs::path batch = swept(folder.path(), "scenario = \"base-2026\"\nseeds = [5]\n[vary]\nend = \"2026Q3\"\n", "batch");
    const Json run = Json::parse(rackrace_in(folder.path(), "run --seed 5 --until 2026Q3 --json").out);
    const std::string hashes = rackrace_in(folder.path(), "export " + run.at("path").get<std::string>() + " --format csv --tables quarters").out;
    const std::string row = read_text(batch / "runs.csv");
    const std::size_t last = hashes.rfind("2026Q3,");
    REQUIRE(last != std::string::npos);
    const std::size_t hash = hashes.find(',', last + 7) + 1;
    CHECK(row.find(hashes.substr(hash, 16)) != std::string::npos);
}

TEST_CASE("Workers, kills and resumes leave no trace in a batch", "[cli][sweep]") {
    const TemporaryFolder folder;
    const bool is_long = std::getenv("RACKRACE_LONG") != nullptr;
    const int wanted_kills = is_long ? 20 : 3;
    const int runs = is_long ? 504 : 500;
    const std::string plan = is_long ? small_plan(84) : tiny_plan(500, "panel = false\n");
    const auto start = std::chrono::steady_clock::now();
    const fs::path whole = swept(folder.path(), plan, "whole", "--threads 1");
    const double whole_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    CHECK(lines(whole / "runs.csv") == 1 + runs);
    CHECK(differing(whole, swept(folder.path(), plan, "two", "--threads 2")).empty());

    const auto listed = [&] { return Json::parse(rackrace_in(folder.path(), "ls . --json").out).at("batches"); };
    std::vector<std::string> words = {"sweep", "plan.toml", "--threads", "1", "--out", "killed"};
    std::mt19937 random(1);
    std::uniform_real_distribution<double> moment_s(0.0, 0.4 * whole_s / wanted_kills);  // all kills together come long before the end
    int finished = 0;
    for (int kills = 0; kills < wanted_kills; ++kills) {
        REQUIRE(kill_after(folder.path(), words, moment_s(random)));
        words = {"resume", "killed", "--threads", "1"};
        const Json batch = listed().at(0);
        CHECK(batch.at("status") == "open");
        CHECK(batch.at("finished").get<int>() >= finished);
        finished = batch.at("finished");
    }
    CHECK(finished > 0);
    CHECK(finished < runs);
    CHECK(listed().size() == 3);
    CHECK(rackrace_in(folder.path(), "sweep plan.toml --out killed").err.find("rackrace resume killed") != std::string::npos);
    CHECK(rackrace_in(folder.path(), "resume killed --threads 2").code == ExitCode::done);
    CHECK(differing(whole, folder.path() / "killed").empty());
    CHECK(rackrace_in(folder.path(), "resume killed").err.find("is complete already") != std::string::npos);
}

#ifndef RACKRACE_IS_SANITIZED  // a sanitizer keeps what was freed
TEST_CASE("A batch of 2,000 runs takes at most 8 MiB more memory than one of 100", "[cli][sweep]") {
    const TemporaryFolder folder;
    const long few = peak_kib(folder.path(), tiny_plan(100, kOneQuarter), "few"), many = peak_kib(folder.path(), tiny_plan(2000, kOneQuarter), "many");
    CHECK(lines(folder.path() / "many/runs.csv") == 1 + 2000);
    CHECK(few > 8 * 1024);
    CHECK(many < few + 8 * 1024);  // pages that SQLite keeps, and the index of panel.nc
}
#endif

TEST_CASE("A folder that a person may not write to is refused with its place, and nothing is made there", "[cli][sweep]") {
    const TemporaryFolder folder;
    write(folder.path() / "plan.toml", tiny_plan(2, kOneQuarter));
    fs::create_directory(folder.path() / "theirs");
    fs::permissions(folder.path() / "theirs", fs::perms::owner_read | fs::perms::owner_exec);
    std::string as_other;
    if (geteuid() == 0) {  // root may write anywhere; in a user namespace without a mapping it is the owner and no more
        as_other = "unshare --user";
        if (std::system("unshare --user true 2>/dev/null") != 0) {
            WARN("not played: root can give up its rights only in a user namespace");
            SUCCEED();
            return;
        }
    }
    const auto refused = [&](const std::string& words) {
        const Ran ran = rackrace_in(folder.path(), words, as_other);
        INFO(words << " said: " << ran.err);
        CHECK(ran.code == ExitCode::cannot_write);
        CHECK(ran.err.find("theirs/") != std::string::npos);
        CHECK(ran.err.find(" cannot be made: Permission denied; check that the folder can be written") != std::string::npos);
    };
    refused("sweep plan.toml --out theirs/b");
    swept(folder.path(), tiny_plan(2, kOneQuarter), "b");
    refused("merge b --out theirs/b");
    CHECK(fs::is_empty(folder.path() / "theirs"));
}

TEST_CASE("The parts that machines played are joined to the batch that one would have made", "[cli][sweep]") {
    const TemporaryFolder folder;
    const fs::path whole = swept(folder.path(), small_plan(2), "whole");
    for (const char* i : {"1", "2", "3", "4"}) swept(folder.path(), small_plan(2), std::string("part") + i, std::string("--shard ") + i + "/4");  // 3 runs each
    CHECK(lines(folder.path() / "part2/runs.csv") == 1 + 3);
    const auto merge = [&](const std::string& words) { return rackrace_in(folder.path(), "merge " + words); };
    CHECK(merge("part3 part1 part4 part2 --out joined").code == ExitCode::done);
    CHECK(differing(whole, folder.path() / "joined").empty());
    CHECK(read_text(folder.path() / "joined/command.txt").starts_with("rackrace merge part3 part1 part4 part2 --out joined\nrackrace "));
    CHECK(lines(folder.path() / "joined/command.txt") == 2);  // the command and the program
    CHECK(merge("part1 part2 part2 part3 part4 --out x").err.find("part 2/4 holds runs that another part holds too; ") != std::string::npos);
    CHECK(merge("part1 part3 part4 --out x").err.find("runs 3 to 5 of 12 are in none of the parts; ") != std::string::npos);
    CHECK(merge("part1 part3 part4 --out x").code == ExitCode::bad_input);
    swept(folder.path(), small_plan(3), "other", "--shard 2/4");
    CHECK(merge("part1 other part3 part4 --out x").err.find("comes from another plan") != std::string::npos);
    CHECK_FALSE(fs::exists(folder.path() / "x"));
    CHECK(merge("part1 part2 part3 part4 --out joined").code == ExitCode::cannot_write);
    const Ran joined = merge("part1 part2 part3 part4 --out joined --force --json");
    CHECK(joined.code == ExitCode::done);
    CHECK(Json::parse(joined.out).at("runs") == 12);
    CHECK(Json::parse(joined.out).at("path") == "joined");
}

TEST_CASE("Strategies are crossed, found beside the plan, and frozen with their modules", "[cli][sweep]") {
    const TemporaryFolder folder;
    write(folder.path() / "ladder.lua", kLadder);
    const std::string head = "scenario = \"base-2026\"\nseeds = [1, 2]\n[vary]\nend = \"2026Q3\"\n";
    const fs::path batch = swept(folder.path(), head + "coreweave.presold = [0.4, 0.8]\n[profiles]\ncoreweave = \"ladder.lua\"\n", "own");
    CHECK(lines(batch / "runs.csv") == 1 + 4);
    CHECK(read_text(batch / "runs.csv").find(",0.4,ladder.lua,ok,") != std::string::npos);
    CHECK(read_text(batch / "frozen/inputs.csv").find("plan_script,ladder.lua,scripts/") != std::string::npos);
    const fs::path crossed = swept(folder.path(), head + "[profiles]\nneocloud = [\"neocloud/baseline.lua\", \"ladder.lua\"]\n", "crossed");
    CHECK(lines(crossed / "runs.csv") == 1 + 4);
    CHECK(read_text(crossed / "runs.csv").find(",neocloud/baseline.lua,ok,") != std::string::npos);
    CHECK(read_text(crossed / "runs.csv").find(",ladder.lua,ok,") != std::string::npos);
}

TEST_CASE("A batch says which scripts Lua plays, and at which line of them why", "[cli][sweep]") {
    const TemporaryFolder folder;
    write(folder.path() / "ladder.lua", interpreted_ladder());
    write(folder.path() / "plan.toml", "scenario = \"base-2026\"\nseeds = [1, 2]\n[vary]\nend = \"2026Q3\"\n[profiles]\ncoreweave = [\"neocloud/baseline.lua\", \"ladder.lua\"]\nnebius = \"ladder.lua\"\n");
    const std::string said = "ladder.lua runs by Lua: line 6, N";
    const Ran dry = rackrace_in(folder.path(), "sweep plan.toml --dry-run --json");
    INFO(dry.err);
    CHECK(dry.err.find(said) != std::string::npos);
    CHECK(dry.err.find(said) == dry.err.rfind(said));  // once a script, however many firms play it
    const Json interpreted = Json::parse(dry.out).at("interpreted");
    REQUIRE(interpreted.size() == 1);
    CHECK(interpreted.at(0).at("script").get<std::string>().ends_with("ladder.lua"));
    CHECK(interpreted.at(0).at("line") == 6);
    const Ran swept = rackrace_in(folder.path(), "sweep plan.toml --json");
    CHECK(swept.err == dry.err);
    CHECK(Json::parse(swept.out).at("interpreted") == interpreted);
}

TEST_CASE("A script that fails in play is told with run, quarter, firm and line", "[cli][sweep]") {
    const TemporaryFolder folder;
    write(folder.path() / "failing.lua",
          "local race = require \"rackrace\"\nreturn race.neocloud {\n  api = \"1.0\", name = \"Failing\",\n  decide = function(obs, act, p, mem, rng)\n"
          "    if obs.me.cash_musd > -1e12 then error(\"on purpose\") end\n  end,\n}\n");
    const std::string plan = "scenario = \"base-2026\"\nseeds = [1]\n[vary]\nend = \"2026Q3\"\n[profiles]\ncoreweave = \"failing.lua\"\n";
    const fs::path batch = swept(folder.path(), plan, "batch");
    CHECK(read_text(batch / "failed.csv").find("\n0,0,2026Q2,coreweave,") != std::string::npos);
    CHECK(read_text(batch / "failed.csv").find("coreweave.lua:5: ") != std::string::npos);
    CHECK(read_text(batch / "runs.csv").find(",script_errors,2026Q2,2026Q3,2,") != std::string::npos);
    CHECK(rackrace_in(folder.path(), "sweep plan.toml --out strict --strict").code == ExitCode::partly_failed);
}

TEST_CASE("Compare pairs runs by setting and seed", "[cli][sweep]") {
    const TemporaryFolder folder;
    const std::string head = "seeds = [1, 2, 3]\n[vary]\nend = \"2026Q3\"\n";
    swept(folder.path(), "scenario = \"base-2026\"\n" + head, "base");
    swept(folder.path(), "scenario = \"posted-2026\"\n" + head, "posted");
    const Json same = Json::parse(rackrace_in(folder.path(), "compare base base --json").out);
    CHECK(same.at("pairs") == 3);
    for (const Json& figure : same.at("figures")) CHECK(figure.at("difference") == 0.0);
    const Json other = Json::parse(rackrace_in(folder.path(), "compare base posted --json").out);
    bool differs = false;
    for (const Json& figure : other.at("figures")) {
        CHECK(figure.at("low") <= figure.at("difference"));
        CHECK(figure.at("seeds") == 3);
        differs = differs || figure.at("difference") != 0.0;
    }
    CHECK(differs);
    swept(folder.path(), "scenario = \"base-2026\"\nseeds = [9]\n[vary]\nend = \"2026Q3\"\n", "elsewhere");
    CHECK(rackrace_in(folder.path(), "compare base elsewhere").code == ExitCode::bad_input);
}

TEST_CASE("A batch is exported as CSV and as one cube of netCDF", "[cli][sweep]") {
    const TemporaryFolder folder;
    const fs::path batch = swept(folder.path(), small_plan(), "batch");
    CHECK(rackrace_in(folder.path(), "export batch --format csv --out tables --tables runs,panel").code == ExitCode::done);
    CHECK(read_text(folder.path() / "tables/panel.csv") == read_text(batch / "panel.csv"));
    CHECK_FALSE(fs::exists(folder.path() / "tables/failed.csv"));
    const Ran printed = rackrace_in(folder.path(), "export batch --format csv --tables runs");
    CHECK(printed.code == ExitCode::done);
    CHECK(printed.out == read_text(batch / "runs.csv"));
    CHECK_FALSE(fs::exists(folder.path() / "batch-csv"));
    const Ran cube = rackrace_in(folder.path(), "export batch --format netcdf --out cube.nc");
    if (cube.code == ExitCode::not_available) return;
    CHECK(cube.code == ExitCode::done);
    CHECK(read_text(folder.path() / "cube.nc") == read_text(batch / "panel.nc"));
    CHECK(rackrace_in(folder.path(), "export batch --format netcdf --out cube.nc").code == ExitCode::cannot_write);
    CHECK(rackrace_in(folder.path(), "export batch --format sqlite").code == ExitCode::wrong_usage);
}

TEST_CASE("What a batch is not exported to is left as it was", "[cli][sweep]") {
    const TemporaryFolder folder;
    swept(folder.path(), "scenario = \"small\"\nseeds = [1]\n[vary]\nend = \"2026Q2\"\n", "batch");
    const auto refused = [&](const std::string& words, ExitCode code, const std::string& said) {
        const Ran ran = rackrace_in(folder.path(), "export batch --out there " + words);
        INFO(words << " said: " << ran.err);
        CHECK(ran.code == code);
        CHECK(ran.err.find(said) != std::string::npos);
    };
    refused("--format csv --tables runz", ExitCode::wrong_usage, "batch: a batch has no table 'runz'; did you mean 'runs'?");
    refused("--format csv --tables runs,firms", ExitCode::wrong_usage, "a batch has no table 'firms'; use one of: batch, runs, quarters, panel, failed");
    refused("--format netcdf --tables runs", ExitCode::wrong_usage, "--tables chooses csv tables");
    CHECK_FALSE(fs::exists(folder.path() / "there"));
    write(folder.path() / "there/runs.csv", "mine");  // the second of the tables
    refused("--format csv", ExitCode::cannot_write, "there/runs.csv: exists already; give --force");
    CHECK_FALSE(fs::exists(folder.path() / "there/batch.csv"));
    CHECK(read_text(folder.path() / "there/runs.csv") == "mine");
    CHECK(rackrace_in(folder.path(), "export batch --out there --format csv --force").code == ExitCode::done);
    CHECK(read_text(folder.path() / "there/runs.csv") == read_text(folder.path() / "batch/runs.csv"));
}

TEST_CASE("A batch that is not complete says so wherever it is read", "[cli][sweep]") {
    const TemporaryFolder folder;
    const fs::path batch = swept(folder.path(), "scenario = \"small\"\nseeds = [1, 2]\n[vary]\nend = \"2026Q2\"\n\"rules.chips\" = [\"UNIFORM\", \"POSTED\"]\n", "b");
    swept(folder.path(), read_text(folder.path() / "plan.toml"), "whole");
    fs::rename(batch / "batch.sqlite", batch / "work.sqlite");
    for (const std::string table : {"runs", "quarters", "panel"}) REQUIRE(Database::open_durable(batch / "work.sqlite")->execute("DELETE FROM " + table + " WHERE run > 1"));
    const std::string said = "b has 2 of 4 runs: it is not complete; rackrace resume b plays the rest\n";
    const auto done = [&](const std::string& words) {
        Ran ran = rackrace_in(folder.path(), words);
        INFO(words << " said: " << ran.err);
        CHECK(ran.code == ExitCode::done);
        return ran;
    };
    const Ran shown = done("show b");
    INFO(shown.out);
    CHECK(shown.out.find(": 2 of 4 runs, 0 failed\n  open      " + said + "  varied    rules.chips\n") != std::string::npos);  // not yet in the runs that are there
    const Json json = Json::parse(done("show b --json").out);
    CHECK(json.at("status") == "open");
    CHECK(json.at("planned") == 4);
    CHECK(json.at("runs") == 2);
    CHECK(done("compare whole b").err == "note: " + said);
    CHECK(done("compare whole whole").err.empty());
    CHECK(done("export b --format csv --out tables").err.starts_with("note: " + said));
    CHECK(done("export b --format csv --out some -q").err.empty());
    done("resume b");
    CHECK(done("show b").out.find(": 4 runs, 0 failed\n  varied    rules.chips\n") != std::string::npos);
    CHECK(done("compare whole b").err.empty());
}

TEST_CASE("Verify plays a batch again and names the run whose row was altered", "[cli][sweep]") {
    const TemporaryFolder folder;
    const fs::path batch = swept(folder.path(), small_plan(2), "b");
    const auto verify = [&](const std::string& options) { return rackrace_in(folder.path(), "verify b " + options); };
    CHECK(verify("").out.starts_with("same      12 of 12 runs, every cell of their rows  inputs "));
    CHECK(Json::parse(verify("--sample 5 --json --threads 2").out).at("compared") == 5);

    const auto alter = [&](const std::string& sql) { REQUIRE(Database::open_durable(batch / "batch.sqlite")->execute(sql)); };
    alter("UPDATE runs SET state_hash = '0123456789abcdef', rejections = rejections + 1 WHERE run = 3");
    alter("UPDATE panel SET cash_usd = cash_usd + 1 WHERE run = 8 AND quarter = '2026Q3' AND firm = 'nvidia'");
    alter("DELETE FROM quarters WHERE run = 10");
    const Ran ran = verify("");
    INFO(ran.out);
    CHECK(ran.code == ExitCode::answer_is_no);
    CHECK(ran.out.starts_with("mismatch  run 3  seed 2  end=2026Q3 rules.chips=POSTED substitution_elasticity_enterprise="));
    CHECK(ran.out.find("  state_hash  recorded 0123456789abcdef  now ") != std::string::npos);
    CHECK(ran.out.find(", and 1 more cells\nmismatch  run 8  seed 1  ") != std::string::npos);
    CHECK(ran.out.find("  cash_usd of nvidia in 2026Q3  recorded ") != std::string::npos);
    CHECK(ran.out.find("  the rows of table quarters  recorded 0  now 2\n3 of 12 runs that were played again differ") != std::string::npos);
    const Json json = Json::parse(verify("--json").out);
    CHECK(json.at("same") == false);
    REQUIRE(json.at("different").size() == 3);
    CHECK(json.at("different").at(0).at("run") == 3);
    CHECK(json.at("different").at(1).at("table") == "panel");
    CHECK(verify("--sample 1").code == ExitCode::done);  // run 0
}

TEST_CASE("Verify refuses a batch of another program, one that is open or was changed, and runs to be sampled", "[cli][sweep]") {
    const TemporaryFolder folder;
    const fs::path batch = swept(folder.path(), small_plan(), "b");
    const auto verify = [&](const std::string& words) {
        const Ran ran = rackrace_in(folder.path(), "verify " + words);
        CHECK(ran.out.empty());
        CHECK((ran.code == ExitCode::bad_input || ran.code == ExitCode::wrong_usage));
        return ran.err;
    };
    const auto database = [&](const char* sql) { REQUIRE(Database::open_durable(batch / "batch.sqlite")->execute(sql)); };
    database("UPDATE batch SET program_version = '0.0.1'");
    CHECK(verify("b").find("b: was begun by rackrace 0.0.1, this is ") != std::string::npos);
    CHECK(verify("b").find("; verify it with that program, or sweep the plan anew") != std::string::npos);
    database("PRAGMA application_id = 7");
    CHECK(verify("b").find("is no batch of this program") != std::string::npos);
    fs::remove(batch / "batch.sqlite");
    CHECK(verify("b").find("b: ") != std::string::npos);
    CHECK(verify("b --sample 0").find("--sample") != std::string::npos);
    REQUIRE(rackrace_in(folder.path(), "run small --until 2026Q2 --out r").code == ExitCode::done);
    CHECK(verify("r --sample 3").find("--sample: is of batches") != std::string::npos);
}

TEST_CASE("Flags of sweep are written into the plan that the batch keeps", "[cli][sweep]") {
    const TemporaryFolder folder;
    const fs::path flagged = swept(folder.path(), small_plan(), "flagged", "--sample grid --runs 8 --engine lua");
    std::string plan = small_plan();
    plan.replace(plan.find("\"sobol\", points = 3"), 19, "\"grid\", points = 4").insert(0, "engine = \"lua\"\n");
    CHECK(read_text(flagged / "plan.toml") == plan);
    CHECK(read_text(flagged / "command.txt").starts_with("rackrace sweep plan.toml --sample grid --runs 8 --engine lua --out flagged\n"));
    CHECK(differing(flagged, swept(folder.path(), plan, "written")).empty());
    CHECK(rackrace_in(folder.path(), "verify flagged").code == ExitCode::done);

    const fs::path core = swept(folder.path(), plan, "core", "--engine core");  // same bits, other inputs
    CHECK(read_text(core / "plan.toml").starts_with("engine = \"core\"\nscenario"));
    CHECK(read_text(core / "runs.csv") == read_text(flagged / "runs.csv"));
    CHECK(read_text(core / "panel.csv") == read_text(flagged / "panel.csv"));
}

TEST_CASE("Flags of sweep that do not fit are refused with what would", "[cli][sweep]") {
    const TemporaryFolder folder;
    write(folder.path() / "ladder.lua", interpreted_ladder());
    write(folder.path() / "plan.toml", small_plan(2));
    write(folder.path() / "lists.toml", "scenario = \"base-2026\"\nseeds = [1]\n[profiles]\ncoreweave = \"ladder.lua\"\n");
    write(folder.path() / "steps.toml", "scenario = \"base-2026\"\nseeds = [1]\nsample = { points = 2, method = \"grid\" }\n[vary]\ncoreweave.wait_q = { from = 0, to = 4 }\n[profiles]\ncoreweave = \"ladder.lua\"\n");
    write(folder.path() / "odd.toml", "scenario = \"base-2026\"\nseeds = [1]\nsample = { method = \"\"\"sobol\"\"\", points = 3 }\n[vary]\nidle_power_frac = { from = 0.2, to = 0.3 }\n");
    const auto [words, code, said] = GENERATE(table<std::string, ExitCode, std::string>({
        {"plan.toml --runs 10", ExitCode::bad_input, "--runs 10: does not fit 4 runs for each point of the sample; give 8 or 12"},
        {"plan.toml --runs 3", ExitCode::bad_input, "--runs 3: does not fit 4 runs for each point of the sample; give 4 or more"},
        {"steps.toml --runs 6", ExitCode::bad_input, "--runs 6: does not fit points of a grid, with the lists, strategies and seeds of the plan; give at most 5"},
        {"lists.toml --runs 6", ExitCode::bad_input, "--runs 6: the plan has no range to sample; "},
        {"lists.toml --sample lhs", ExitCode::bad_input, "--sample lhs: the plan has no range to sample; "},
        {"lists.toml --engine core", ExitCode::script_refused, "ladder.lua:6:"},
        {"odd.toml --sample lhs", ExitCode::bad_input, "odd.toml: is written in a way that flags cannot change; "},
        {"plan.toml --runs 0", ExitCode::wrong_usage, "--runs: Value 0 not in range 1 to 1000000000"},
        {"plan.toml --verify-sample -3", ExitCode::wrong_usage, "--verify-sample: Value -3 not in range 0 to 1000000000"},
        {"plan.toml --engine jit", ExitCode::wrong_usage, "--engine"},
    }));
    const Ran ran = rackrace_in(folder.path(), "sweep " + words);
    INFO(words << " said: " << ran.err);
    CHECK(ran.code == code);
    CHECK(ran.err.find(said) != std::string::npos);
    CHECK_FALSE(fs::exists(folder.path() / "batches"));
}

TEST_CASE("A bad plan is refused before its first run, with place, fact and advice", "[cli][sweep]") {
    const TemporaryFolder folder;
    write(folder.path() / "ladder.lua", kLadder);
    write(folder.path() / "broken.lua", "local race = require \"rackrace\"\nreturn race.neocloud { api = \"1.0\", name = \"Broken\", decide = function(obs, act) act.fly() end }\n");
    const std::string head = "scenario = \"base-2026\"\nseeds = [1]\n";
    const auto [plan, code, said] = GENERATE_COPY(table<std::string, ExitCode, std::string>({
        {"scenaro = \"base-2026\"\nseeds = [1]\n", ExitCode::bad_input, "bad.toml:1:1: no key is called 'scenaro' here; did you mean 'scenario'?"},
        {"scenario = \"base-2062\"\nseeds = [1]\n", ExitCode::bad_input, "bad.toml:1:12: no scenario is called 'base-2062'; did you mean 'base-2026'?"},
        {"scenario = \"base-2026\"\n", ExitCode::bad_input, "bad.toml: has no seeds; add seeds"},
        {"scenario = \"base-2026\"\nseeds = []\n", ExitCode::bad_input, "bad.toml:2:1: there are no seeds; write"},
        {"scenario = \"base-2026\"\nseeds = { first = 1, count = 0 }\n", ExitCode::bad_input, "bad.toml:2:30: count cannot be '0'; write"},
        {"scenario = \"base-2026\"\nseeds = [3, 3]\n", ExitCode::bad_input, "bad.toml:2:13: seed 3 is there twice; keep it once"},
        {"scenario = \"base-2026\"\nseeds = [1\n", ExitCode::bad_input, "; mend the TOML; docs/batches.md lists every kind of key"},
        {head + "[vary]\n\"substitution_elasticity_enterprize\" = [1.4]\n", ExitCode::bad_input,
         "bad.toml:4:1: no parameter is called 'substitution_elasticity_enterprize'; did you mean 'substitution_elasticity_enterprise'?"},
        {head + "[vary]\nrules.chips = [\"UNIFORM\", \"POSTD\"]\n", ExitCode::bad_input, "bad.toml:4:7: rules.chips cannot be 'POSTD'; did you mean 'POSTED'?"},
        {head + "[vary]\ncorewave.presold = [0.5]\n", ExitCode::bad_input, "bad.toml:4:10: no firm or role is called 'corewave'; did you mean 'coreweave'?"},
        {head + "[vary]\nend = []\n", ExitCode::bad_input, "bad.toml:4:1: end has no values; give"},
        {head + "[vary]\nidle_power_frac = { from = 0.2, to = 0.3 }\n", ExitCode::bad_input, "bad.toml:4:1: idle_power_frac is a range, but the plan has no sample; add"},
        {head + "sample = { method = \"sobol\", points = 4 }\n", ExitCode::bad_input, "bad.toml:3:1: there is no range to sample; delete sample"},
        {head + "sample = { method = \"sobl\", points = 4 }\n", ExitCode::bad_input, "bad.toml:3:21: no sample is called 'sobl'; did you mean 'sobol'?"},
        {head + "sample = { method = \"lhs\", points = 4 }\n[vary]\nidle_power_frac = { from = 0.3, to = 0.2 }\n", ExitCode::bad_input, "bad.toml:5:1: the range of idle_power_frac is empty; from must"},
        {head + "[vary]\ncoreweave.presold = [0.5, 3.0]\n[profiles]\ncoreweave = \"ladder.lua\"\n", ExitCode::bad_input,
         "bad.toml:4:11: coreweave.presold: presold = 3 lies outside 0.3 to 1 (ladder.lua); "},
        {head + "[vary]\ncoreweave.presolt = [0.5]\n[profiles]\ncoreweave = \"ladder.lua\"\n", ExitCode::bad_input, "the script has no parameter 'presolt' (ladder.lua); did you mean 'presold'?"},
        {head + "[profiles]\ncorewave = \"ladder.lua\"\n", ExitCode::bad_input, "bad.toml:4:1: no firm or role is called 'corewave'; did you mean 'coreweave'?"},
        {head + "[profiles]\ncoreweave = \"lader.lua\"\n", ExitCode::script_refused, "bad.toml:4: strategy 'lader.lua' of coreweave is neither in"},
        {head + "[profiles]\ncoreweave = \"broken.lua\"\n", ExitCode::script_refused, "broken.lua:2:"},
        {head + "[profiles]\nlab = \"ladder.lua\"\n", ExitCode::script_refused, "a script of a neocloud cannot play a lab"},
    }));
    write(folder.path() / "bad.toml", plan);
    const Ran ran = rackrace_in(folder.path(), "sweep bad.toml");
    INFO(plan << "said: " << ran.err);
    CHECK(ran.code == code);
    CHECK(ran.out.empty());
    CHECK(ran.err.starts_with("rackrace: "));
    CHECK(ran.err.find(said) != std::string::npos);
    CHECK_FALSE(fs::exists(folder.path() / "batches"));
}

TEST_CASE("What cannot be written is refused, and finished runs are kept", "[cli][sweep]") {
    const TemporaryFolder folder;
    const fs::path whole = swept(folder.path(), small_plan(3), "whole");
    const auto sweep = [&](const std::string& words, const std::string& environment = "") { return rackrace_in(folder.path(), "sweep plan.toml " + words, environment); };
    CHECK(sweep("--out whole").code == ExitCode::cannot_write);
    CHECK(sweep("--out /dev/null/x").code == ExitCode::cannot_write);
    CHECK(sweep("--shard 5/4").code == ExitCode::wrong_usage);
    CHECK(sweep("--shard 0/4").code == ExitCode::wrong_usage);
    CHECK(sweep("--shard two").code == ExitCode::wrong_usage);
    CHECK(sweep("--shard 1/1000").code == ExitCode::wrong_usage);
    CHECK(rackrace_in(folder.path(), "sweep nothing.toml").code == ExitCode::bad_input);
    fs::create_directory(folder.path() / "mine");
    write(folder.path() / "mine/notes.txt", "not to be lost");
    CHECK(sweep("--out mine --force").code == ExitCode::cannot_write);
    CHECK(fs::exists(folder.path() / "mine/notes.txt"));

    // A limit on the size of files stands for a full disk.
    const Ran full = sweep("--out full --threads 1", "ulimit -f 300;");
    INFO(full.err);
    CHECK(full.code == ExitCode::cannot_write);
    CHECK(full.err.find("full/work.sqlite: cannot be written: ") != std::string::npos);
    CHECK(full.err.find("rackrace resume full") != std::string::npos);
    CHECK(rackrace_in(folder.path(), "resume full").code == ExitCode::done);
    CHECK(differing(whole, folder.path() / "full").empty());
}

TEST_CASE("A batch goes on only with the inputs that it began with", "[cli][sweep]") {
    const TemporaryFolder folder;
    write(folder.path() / "plan.toml", small_plan(3));
    const Ran full = rackrace_in(folder.path(), "sweep plan.toml --out b --threads 1", "ulimit -f 300;");
    REQUIRE(full.code == ExitCode::cannot_write);
    const fs::path script = folder.path() / "b/frozen/scripts/strategies/lab/baseline.lua";
    const std::string text = read_text(script);
    write(script, text + "\n");
    const Ran changed = rackrace_in(folder.path(), "resume b");
    CHECK(changed.code == ExitCode::bad_input);
    CHECK(changed.err.find("lab/baseline.lua: is missing or was changed since the batch began; ") != std::string::npos);
    write(script, text);
    write(folder.path() / "b/plan.toml", small_plan(2));
    CHECK(rackrace_in(folder.path(), "resume b").err.find("b/plan.toml: was changed since the batch began; ") != std::string::npos);
    CHECK(rackrace_in(folder.path(), "resume nothing").code == ExitCode::bad_input);
}

TEST_CASE("Each cell of a Latin hypercube is met once, in an order of its key", "[cli][sweep]") {
    const std::vector<double> shares = latin_hypercube(1, "coreweave.presold", 16);
    std::vector<int> cells;
    for (double share : shares) cells.push_back(static_cast<int>(share * 16));
    std::sort(cells.begin(), cells.end());
    for (int i = 0; i < 16; ++i) CHECK(cells[static_cast<std::size_t>(i)] == i);
    CHECK(shares == latin_hypercube(1, "coreweave.presold", 16));
    CHECK(shares != latin_hypercube(2, "coreweave.presold", 16));
    CHECK(shares != latin_hypercube(1, "coreweave.floor_x", 16));
}

TEST_CASE("Sobol points begin at the middle and fill every quarter alike", "[cli][sweep]") {
    const auto points = sobol_points(15, 2);
    CHECK(points[0] == std::vector<double>{0.5, 0.5});
    int quarters[4] = {1, 0, 0, 0};  // the origin, which is left out
    for (const auto& point : points) ++quarters[(point[0] >= 0.5 ? 2 : 0) + (point[1] >= 0.5 ? 1 : 0)];
    for (int quarter : quarters) CHECK(quarter == 4);
}

TEST_CASE("Values of a range have no digits that reckoning alone left", "[cli][sweep]") {
    const auto values = [](const std::string& sample) {
        const auto plan = parse_plan("plan.toml", "scenario = \"small\"\nseeds = [1]\nsample = " + sample + "\n[vary]\ncoreweave.shade = { from = 0.3, to = 1.0 }\n");
        REQUIRE(plan);
        const auto design = Design::make(*plan);
        REQUIRE(design);
        std::vector<std::string> out;
        for (std::int64_t profile = 0; profile < design->profiles(); ++profile) out.push_back(design->choice(profile).values[0]);
        return out;
    };
    CHECK(values("{ method = \"sobol\", points = 1 }") == std::vector<std::string>{"0.65"});
    CHECK(values("{ method = \"grid\", points = 8 }") == std::vector<std::string>{"0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1"});
}

TEST_CASE("Intervals of paired differences are those of Student's t", "[cli][sweep]") {
    CHECK(t_quantile_975(1) == Approx(12.706204736));
    CHECK(t_quantile_975(2) == Approx(4.302652730));
    CHECK(t_quantile_975(9) == Approx(2.262157163));
    CHECK(t_quantile_975(30) == Approx(2.042272456));
    const PairedDifference difference = paired_difference({1.0, 2.0, 3.0, 4.0});
    CHECK(difference.mean == Approx(2.5));
    CHECK(difference.half_width == Approx(3.182446305 * 1.290994449 / 2.0));
    CHECK(difference.effect == Approx(2.5 / 1.290994449));
    CHECK(paired_difference({3.0}).n == 1);
}
