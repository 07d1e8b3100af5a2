// A plan file as it is written: scenario, seeds, what varies, who plays what; each with its place for messages. Nothing is looked up here but the file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "agents/host/script_engine.h"
#include "cli/batch/seeds.h"
#include "engine/base/result.h"
#include "engine/scenario/scenario_settings.h"

namespace rackrace {

/// A key of [vary]: a list of values that is crossed with everything else, or a range that the sample fills.
struct Axis {
    std::string key;
    Origin at;
    std::vector<std::string> values;  // of a list, as `run --set` takes them
    bool is_range = false;
    bool is_whole = false;            // both ends are whole numbers: so are the values between
    double from = 0.0, to = 0.0;
};

/// A key of [profiles]: a firm or a role with the strategies that are crossed.
struct StrategyAxis {
    std::string owner;
    Origin at;
    std::vector<Setting<std::string>> options;
};

enum class SampleMethod { none, grid, lhs, sobol };
inline constexpr const char* kSampleMethodNames[] = {"none", "grid", "lhs", "sobol"};

/// Table [search], which `rackrace search` alone reads.
struct SearchKeys {
    Origin at;                         // line 0 where there is no such table
    std::string refine;                // "subplex": climbs from the best point of the sample; empty: the sample alone
    Origin refine_at;
    std::int64_t budget = 0;           // runs of sample and climb together; 0: those of the sample
    Origin budget_at;
    Setting<std::string> objective;    // an expression (cli/search/objective.h); empty: owners' value
    Seeds fresh;  // seeds that the winner is checked on; empty: chosen by the search
    Origin fresh_at;
};

struct Plan {
    std::string name;              // the file's, without .toml
    std::string text;              // the whole file
    std::filesystem::path folder;  // of the file: strategies and scenarios are looked for there first
    Setting<std::string> scenario;
    Seeds seeds;  // no seed twice
    SampleMethod method = SampleMethod::none;
    int points = 0;                // grid: of each range; lhs, sobol: of all ranges together
    std::uint64_t sample_seed = 1; // of lhs
    Origin sample_at, method_at, points_at;
    std::vector<Axis> axes;             // in the order of the file
    std::vector<StrategyAxis> profiles; // roles first, then firms, each in the order of the file
    bool wants_panel = true;            // false: a row a run and no figures by quarter
    EngineChoice engine = EngineChoice::automatic;
    Origin engine_at;                   // line 0 where the plan does not say
    SearchKeys search;
};

inline constexpr int kMaxSeeds = 1'000'000;
inline constexpr int kMaxPoints = 1'000'000;

/// True for TOML with a key that plans have and scenarios do not.
bool is_plan(const std::string& text);

/// All defects but the first of syntax are collected.
Result<Plan> read_plan(const std::filesystem::path& file);

/// The same of a text that is in no file yet; `file` is where it would be.
Result<Plan> parse_plan(const std::filesystem::path& file, std::string text);

}  // namespace rackrace
