// From a scenario file and the tables of data/model to what a run needs: the scenario, the opening world, the names, the strategies.
// Host only. Takes files and overrides, gives plain data or located refusals; draws no chance and posts nothing.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "engine/scenario/names.h"
#include "engine/scenario/scenario.h"
#include "engine/scenario/scenario_settings.h"
#include "engine/world/world.h"

namespace rackrace {

struct ScenarioRequest {
    std::string scenario;               // a name in scenarios/ of the data folder, or a file
    std::filesystem::path data_folder;  // holds model/ and scenarios/
    // In order, after the file: a parameter by its CSV name, rules.chips, rules.power, rules.contracts, rules.acquisitions, uncertainty, start, end,
    // or firm.parameter of its strategy (a role stands for its firms).
    std::vector<std::pair<std::string, std::string>> sets;
    std::string until;  // last quarter played, as 2030Q4; empty: as the file says
    std::vector<HandoverSettings> handovers{};  // beside those of the file
    std::vector<std::pair<std::string, std::string>> strategies{};  // firm and script, as --strategy names it from the working folder; in place of the file's
};

/// What a firm plays. An empty file is its role's baseline. Values are texts: their types are the script's business.
struct FirmStrategy {
    std::string file;              // as it was named: looked for in `folder`, then among the strategies that come with the program
    std::filesystem::path folder;  // of the scenario file that names it; empty: the working folder
    std::string named_at;          // place of the naming, for messages
    std::map<std::string, std::string> params;
};

/// From a quarter on a firm is in other hands: another script decides for it, or the same with other parameters. What a fork of a run is.
struct Handover {
    int t = 0;  // the first quarter that the new hands decide
    int firm = 0;
    bool has_own_script = false;  // false: the script of before goes on
    FirmStrategy strategy;        // all of its parameters; its file only where it has a script of its own
};

struct LoadedScenario {
    Scenario scenario;
    World opening;  // books of the quarter before scenario.start_t; seed 0
    Names names;
    std::map<std::string, FirmStrategy> strategies;  // by firm id, only firms that the scenario or an override mentions
    std::vector<Handover> handovers;                 // by quarter, then firm; of a firm one a quarter
    std::vector<std::string> input_files;            // every file read
    std::string resolved_toml;                       // every default written out; loading it again gives the same scenario and world bytes
};

/// Bytes of scenario and world depend on what the tables say, never on the order of their rows.
Result<LoadedScenario> load_scenario(const ScenarioRequest& request);

}  // namespace rackrace
