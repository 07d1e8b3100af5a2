// Trying out one script at one firm, the others at their baselines: a scenario loaded once and played for seed after seed.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "agents/host/lua_deciders.h"
#include "engine/base/result.h"
#include "engine/scenario/load_scenario.h"

namespace rackrace {

/// What is played: every firm at its role's baseline, and where `script` is set one firm at that. Safe to play from several threads.
struct Trial {
    LoadedScenario loaded;
    std::vector<std::shared_ptr<const Strategy>> baselines;  // [kRoles]
    int firm = 0;
    std::shared_ptr<const Strategy> script;                  // nullptr: the baseline of the firm's role

    Role role() const { return loaded.scenario.firms[firm].role; }
    /// Refused: a script, read from `file`, of another role than the firm's.
    Refusals fit(const Strategy& strategy, const std::string& file) const;
    /// Refused: parameters that do not fit the script.
    Result<std::unique_ptr<LuaDeciders>> seat(EngineChoice engine = EngineChoice::automatic) const;
};

/// The scenario with all baselines. firm: its name; empty: the first firm of `role`. Refused: scenarios and firms that are none, and baselines
/// that the checker refuses.
Result<Trial> make_trial(const std::string& scenario, const std::string& firm, Role role);

/// The firm that stands for a role where none is named: of those that play, the first of the role in the table of firms. Empty where there is none.
std::string usual_firm(const LoadedScenario& loaded, Role role);

/// The role that a script declares, and the script, checked. Refused: all that the checker refuses.
Result<std::shared_ptr<const Strategy>> read_script(const std::filesystem::path& file);

}  // namespace rackrace
