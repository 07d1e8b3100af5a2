// Trying out one script at one firm, the others at their baselines: a scenario loaded once and played for seed after seed.
#pragma once

#include <filesystem>
#include <functional>
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
    /// Refused: parameters that do not fit the script.
    Result<std::unique_ptr<LuaDeciders>> seat() const;
};

/// The scenario with all baselines. firm: its name; empty: the first firm of `role`. Refused: scenarios and firms that are none, and baselines
/// that the checker refuses.
Result<Trial> make_trial(const std::string& scenario, const std::string& firm, Role role);

/// The firm that stands for a role where none is named: meta, coreweave, openai or nvidia, else the first of the role. Empty where there is none.
std::string usual_firm(const LoadedScenario& loaded, Role role);

/// Calls play(i) for i = 0 to seeds - 1 on up to `threads` threads: seed i + 1 by index, so the order in which threads end changes nothing.
void for_each_seed(int seeds, int threads, const std::function<void(int)>& play);

/// threads, or as many as the machine has where that is 0.
int threads_or_all(int threads);

/// The role that a script declares, and the script, checked. Refused: all that the checker refuses.
Result<std::shared_ptr<const Strategy>> read_script(const std::filesystem::path& file);

}  // namespace rackrace
