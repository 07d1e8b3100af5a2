// The firms of a run at their scripts: seated for a run, frozen into its folder, counted when it is over.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "agents/host/lua_deciders.h"
#include "cli/arguments.h"
#include "engine/replay/replay_writer.h"

namespace rackrace {

/// Every firm with its strategy. `from`: a run's folder whose frozen scripts are played; empty: those of scripts_folder().
/// Refused: what the checker refuses of any script, all of it.
Result<std::unique_ptr<LuaDeciders>> seat_firms(const LoadedScenario& loaded, const std::filesystem::path& from, EngineChoice engine = EngineChoice::automatic);

/// Parameters of the command line that the scripts of their firms refuse, at the words that give them; nothing where the scripts cannot be read.
Refusals refused_parameters(const RunArguments& arguments, const LoadedScenario& loaded);

/// Copies every script that the run plays into its folder, the baselines of all roles among them: the autopilot may play them.
void freeze_scripts(const LoadedScenario& loaded, const LuaDeciders& firms, const std::filesystem::path& from, ReplayWriter& writer);

/// How many firms each engine plays: {"core", 16}, {"lua", 1}.
std::map<std::string, int> count_engines(const LoadedScenario& loaded, const LuaDeciders& firms);

/// "core (15), lua (2: nebius N504, oracle N508)": firms whose scripts are not portable with the first reason.
std::string engines_text(const LoadedScenario& loaded, const LuaDeciders& firms);

/// [firm_count] what plays each firm; nullptr: nobody.
std::vector<const Strategy*> strategies_of(const LoadedScenario& loaded, const LuaDeciders& firms);

/// "coreweave 2027Q1: ladder.lua:31: ..." for each callback that failed.
std::vector<std::string> failure_lines(const LoadedScenario& loaded, const LuaDeciders& firms);

/// The first callback that failed, where it ended the run: firm, quarter, line, and what to do.
Refusal abort_report(const LoadedScenario& loaded, const LuaDeciders& firms);

}  // namespace rackrace
