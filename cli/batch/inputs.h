// The files that a batch's runs depend on: found and checked before the first run, copied into the batch's frozen/ by content, and read from there
// alone ever after. What happens to the originals later changes nothing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "cli/batch/plan.h"
#include "engine/scenario/load_scenario.h"

namespace rackrace {

/// What an input is: its kind decides who asks for it, by name.
/// plan_script: by the text that names it in [profiles]. scenario_script: by the firm that plays it. module: required by a script beside it.
enum class InputKind { scenario, base, data, baseline, plan_script, scenario_script, module };
inline constexpr const char* kInputKindNames[] = {"scenario", "base", "data", "baseline", "plan_script", "scenario_script", "module"};

struct InputFile {
    InputKind kind = InputKind::data;
    std::string name;
    std::string frozen;            // path in frozen/
    std::filesystem::path source;  // where it is read from
    std::uint64_t hash = 0;        // of its bytes
};

struct Inputs {
    std::vector<InputFile> files;  // sorted by kind and name
    std::uint64_t hash = 0;        // of the plan and all files

    std::filesystem::path data_folder;  // holds model/ and scenarios/
    /// Where a script is read from; empty where there is none.
    std::filesystem::path script(InputKind kind, const std::string& name) const;
    std::filesystem::path scenario() const;
    /// "3 scripts, 1 scenario, 16 data files"
    std::string count_text() const;
    /// The hash's first digits, as folders carry them.
    std::string short_hash() const;
};

/// Reads and checks everything that the plan names, with every value that it varies, and gives the files. All refusals are collected:
/// those of the plan with its line, those of scripts with theirs (`are_scripts`).
struct PlanRefusals {
    Refusals refusals;
    bool are_scripts = false;
};
std::variant<Inputs, PlanRefusals> find_inputs(const Plan& plan, const std::filesystem::path& data_folder, const std::filesystem::path& scripts_folder);

/// Copies the files below `batch`/frozen with a list of them, inputs.csv.
Refusals freeze(const Inputs& inputs, const std::filesystem::path& batch);

/// The inputs of a batch as frozen. Refused: a file that is missing or was changed.
Result<Inputs> frozen_inputs(const Plan& plan, const std::filesystem::path& batch);

/// Lets the firms of [profiles] play the chosen options; what the scenario gave them is dropped, parameters too.
/// Refused: an owner that is neither firm nor role.
Refusals assign_strategies(const Plan& plan, const std::vector<std::size_t>& options, LoadedScenario& loaded);

/// The strategy axis that decides what a firm plays; nullptr where the plan leaves that to the scenario.
const StrategyAxis* strategy_axis_of(const Plan& plan, const LoadedScenario& loaded, int firm);

/// "coreweave" and "presold" of "coreweave.presold"; empty for a key of the scenario.
std::pair<std::string, std::string> owner_and_parameter(const std::string& key);

/// True where `owner` is the firm or its role.
bool owns(const std::string& owner, const LoadedScenario& loaded, int firm);

}  // namespace rackrace
