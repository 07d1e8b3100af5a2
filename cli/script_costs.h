// What the callbacks of a script took of their budgets over a run: units line by line where it is compiled, bytes where Lua plays the same.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "agents/host/script_context.h"
#include "agents/host/strategy.h"

namespace rackrace {

struct LineCost {
    int line = 0;
    std::int64_t units = 0;
};

/// One script at one firm, played twice: as the run plays it, and by Lua.
struct ScriptCosts {
    const Strategy* strategy = nullptr;
    ScriptProfile played, by_lua;

    std::int64_t units() const;  // of all callbacks, by the engine that plays it
    double units_a_callback() const;
    double bytes_a_callback() const;
    /// Lines that took anything, the dearest first; none of a script that Lua plays.
    std::vector<LineCost> lines() const;
};

/// Of a callback in the mean: "1297", or "<500" of a script that Lua plays and that ends before Lua looks at its budget.
std::string units_text(const ScriptCosts& costs);

/// "54 callbacks, 1297 units of 200000 each in the mean", then the bytes on a line of their own.
std::string budgets_text(const ScriptCosts& costs);

/// A table: share, units a callback, line, and the line itself. The 20 dearest, or all.
std::string lines_text(const ScriptCosts& costs, bool shows_all);

/// Adds callbacks, units, memory and lines.
void add_costs(nlohmann::ordered_json& json, const ScriptCosts& costs);

}  // namespace rackrace
