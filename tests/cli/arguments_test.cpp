// The command line as words in and plain data, help or a complaint out.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "cli/arguments.h"

using namespace rackrace;

namespace {

ParsedArguments parse(std::vector<const char*> words) {
    words.insert(words.begin(), "rackrace");
    return parse_arguments(static_cast<int>(words.size()), words.data());
}

RunArguments run_of(const ParsedArguments& parsed) {
    REQUIRE(parsed.arguments);
    return std::get<RunArguments>(parsed.arguments->command);
}

}  // namespace

TEST_CASE("Run without words plays the default scenario with seed 1", "[cli][arguments]") {
    const RunArguments run = run_of(parse({"run"}));
    CHECK(run.scenario == "base-2026");
    CHECK(run.seed == 1);
    CHECK(run.until.empty());
    CHECK_FALSE(run.is_dry_run);
    CHECK_FALSE(run.is_forced);
}

TEST_CASE("Every option of run arrives", "[cli][arguments]") {
    const RunArguments run = run_of(parse({"run", "posted-2026", "--seed", "18446744073709551615", "--until", "2029Q4", "--set",
                                           "rules.chips=VICKREY", "--set", "a=b=c", "--out", "x", "--dry-run", "--force"}));
    CHECK(run.scenario == "posted-2026");
    CHECK(run.seed == 18446744073709551615u);
    CHECK(run.until == "2029Q4");
    CHECK(run.sets == std::vector<std::pair<std::string, std::string>>{{"rules.chips", "VICKREY"}, {"a", "b=c"}});
    CHECK(run.out == "x");
    CHECK(run.is_dry_run);
    CHECK(run.is_forced);
}

TEST_CASE("Options of every command stand before or after it", "[cli][arguments]") {
    for (const auto& words : {std::vector<const char*>{"--json", "-q", "-C", "here", "--progress", "none", "--no-color", "run"},
                              std::vector<const char*>{"run", "--json", "-q", "-C", "here", "--progress", "none", "--no-color"}}) {
        const ParsedArguments parsed = parse(words);
        REQUIRE(parsed.arguments);
        CHECK(parsed.arguments->wants_json);
        CHECK(parsed.arguments->is_quiet);
        CHECK(parsed.arguments->no_colour);
        CHECK(parsed.arguments->folder == "here");
        CHECK(parsed.arguments->progress == "none");
    }
}

TEST_CASE("Help opens with three examples, for the program and for each command", "[cli][arguments]") {
    for (const std::string command : {"", "run", "show", "why", "verify", "export", "api", "new", "test", "watch", "obs", "clear", "payoffs", "tournament", "search", "doctor", "version"}) {
        const ParsedArguments parsed = command.empty() ? parse({"--help"}) : parse({command.c_str(), "--help"});
        INFO(command);
        CHECK(parsed.code == ExitCode::done);
        REQUIRE(parsed.help.starts_with("Examples:\n"));
        const std::string examples = parsed.help.substr(0, parsed.help.find("\n\n"));
        CHECK(std::count(examples.begin(), examples.end(), '\n') == 3);
        CHECK(parsed.help.find("Usage: rackrace " + command) != std::string::npos);
    }
}

TEST_CASE("What other programs answer to, help and --version, is answered too", "[cli][arguments]") {
    const ParsedArguments version = parse({"--version"});
    REQUIRE(version.arguments);
    CHECK(std::holds_alternative<VersionArguments>(version.arguments->command));
    CHECK(parse({"help"}).help == parse({"--help"}).help);
    CHECK(parse({"help", "show"}).help == parse({"show", "--help"}).help);
    CHECK(parse({"help", "show"}).help.starts_with("Examples:\n  rackrace show "));
}

TEST_CASE("Unknown words are wrong usage and get the nearest known one", "[cli][arguments]") {
    const auto complaint = [](const std::vector<const char*>& words) {
        const ParsedArguments parsed = parse(words);
        CHECK(parsed.code == ExitCode::wrong_usage);
        CHECK_FALSE(parsed.arguments);
        return parsed.complaint;
    };
    CHECK(complaint({"rnu"}).find("did you mean 'run'?") != std::string::npos);
    CHECK(complaint({"verfy", "x"}).find("did you mean 'verify'?") != std::string::npos);
    CHECK(complaint({"run", "--sed", "3"}).find("did you mean '--seed'?") != std::string::npos);
    CHECK(complaint({"show", "x", "--jsno"}).find("did you mean '--json'?") != std::string::npos);
    CHECK(complaint({}).find("name a command") != std::string::npos);
    CHECK(complaint({"run", "a", "b"}).find("unknown word 'b'") != std::string::npos);
    CHECK(complaint({"run", "--seed", "-1"}).find("no seed") != std::string::npos);
    CHECK(complaint({"run", "--seed", "1.5"}).find("no seed") != std::string::npos);
    CHECK(complaint({"run", "--seed", "18446744073709551616"}).find("'18446744073709551616' is no seed; give a whole number from 0 to 18446744073709551615") != std::string::npos);
    CHECK(complaint({"profile", "x.lua", "--seed", "99999999999999999999"}).find("no seed") != std::string::npos);
    CHECK(complaint({"run", "--set", "end"}).find("KEY=VALUE") != std::string::npos);
    CHECK(complaint({"run", "--seed", "3", "--from", "x"}).find("--from") != std::string::npos);
    CHECK(complaint({"export", "x", "--format", "xls"}).find("csv") != std::string::npos);
    CHECK(complaint({"export", "x"}).find("--format") != std::string::npos);
    CHECK(complaint({"show"}).find("ADDRESS") != std::string::npos);
}

TEST_CASE("Tables to export are a list with commas", "[cli][arguments]") {
    const ParsedArguments parsed = parse({"export", "x", "--format", "csv", "--tables", "firms,quarters"});
    REQUIRE(parsed.arguments);
    CHECK(std::get<ExportArguments>(parsed.arguments->command).tables == std::vector<std::string>{"firms", "quarters"});
}

namespace {

/// A variable of the environment while it lives.
class Variable {
public:
    Variable(const char* name, const char* value) : name_(name) { setenv(name, value, 1); }
    ~Variable() { unsetenv(name_); }
    Variable(const Variable&) = delete;

private:
    const char* name_;
};

}  // namespace

TEST_CASE("A flag goes before the environment, the environment before the default", "[cli][arguments]") {
    const auto threads_of = [](const std::vector<const char*>& words) {
        const ParsedArguments parsed = parse(words);
        REQUIRE(parsed.arguments);
        return std::get<SweepArguments>(parsed.arguments->command).crew.threads;
    };
    CHECK(threads_of({"sweep", "plan.toml"}) == 0);
    CHECK(threads_of({"--threads", "3", "sweep", "plan.toml"}) == 3);
    const Variable threads("RACKRACE_THREADS", "2"), seed("RACKRACE_SEED", "9"), scenario("RACKRACE_SCENARIO", "small"), engine("RACKRACE_ENGINE", "lua");
    CHECK(threads_of({"sweep", "plan.toml"}) == 2);
    CHECK(threads_of({"sweep", "plan.toml", "--threads", "5"}) == 5);
    CHECK(threads_of({"--threads", "3", "sweep", "plan.toml"}) == 3);
    CHECK(run_of(parse({"run"})).seed == 9);
    CHECK(run_of(parse({"run"})).scenario == "small");
    CHECK(run_of(parse({"run"})).engine == "lua");
    CHECK(run_of(parse({"run", "posted-2026", "--seed", "4", "--engine", "auto", "--threads", "2"})).seed == 4);
    CHECK(run_of(parse({"run", "--from", "x"})).from == "x");  // whose seed goes before that of the environment
    CHECK(parse({"run", "--from", "x", "--seed", "9"}).code == ExitCode::wrong_usage);
}

TEST_CASE("A variable that no option would take is wrong usage where it counts", "[cli][arguments]") {
    const Variable seed("RACKRACE_SEED", "-1"), device("RACKRACE_DEVICE", "tpu");
    const ParsedArguments run = parse({"run"});
    CHECK(run.code == ExitCode::wrong_usage);
    CHECK(run.complaint.find("RACKRACE_SEED=-1: ") != std::string::npos);
    CHECK(run_of(parse({"run", "--seed", "2"})).seed == 2);
    CHECK(parse({"version"}).arguments);
    CHECK(parse({"sweep", "plan.toml"}).complaint.find("RACKRACE_DEVICE=tpu: ") != std::string::npos);
}
