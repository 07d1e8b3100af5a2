// Where a run's folder keeps the scripts that it plays, as paths under its scripts/: written by a run, played again from there, and named by
// what records orders.
#pragma once

#include <string>
#include <string_view>

#include "agents/checker/api_names.h"
#include "engine/schema/fields.h"

namespace rackrace {

/// A role's baseline, which the autopilot plays too.
inline std::string frozen_baseline(Role role) { return "strategies/" + std::string(role_text(role)) + "/baseline.lua"; }

/// The script of a firm that names one.
inline std::string frozen_firm_script(std::string_view firm) { return "firms/" + std::string(firm) + ".lua"; }

/// A file that such a script requires, by the name that `require` is given.
inline std::string frozen_module(std::string_view module) {
    std::string path = "firms/" + std::string(module) + ".lua";
    for (std::size_t i = 6; i + 4 < path.size(); ++i)
        if (path[i] == '.') path[i] = '/';
    return path;
}

}  // namespace rackrace
