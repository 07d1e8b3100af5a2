// Scripts that are not portable: which ones Lua plays, at which line of them why, in the same words wherever something is played.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "agents/host/strategy.h"
#include "cli/terminal.h"

namespace rackrace {

struct InterpretedScript {
    std::string script;  // its file
    int line = 0;        // of the first reason
    std::string code, what;

    /// "x.lua runs by Lua: line 40, N508 ...; rackrace check says more"
    std::string text() const;
};

/// Once for each file, by name. nullptr: nobody's script.
std::vector<InterpretedScript> interpreted_scripts(const std::vector<const Strategy*>& strategies);

/// A line each, on standard error.
void tell_interpreted(const std::vector<InterpretedScript>& scripts, const Terminal& terminal);

/// An array of objects with script, line, code and what.
nlohmann::ordered_json interpreted_json(const std::vector<InterpretedScript>& scripts);

}  // namespace rackrace
