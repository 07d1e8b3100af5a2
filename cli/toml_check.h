// A scenario or a plan, checked as `run`, `sweep` and `search` check it before they play, without playing a quarter.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace rackrace {

struct TomlCheck {
    std::string_view kind;     // "plan" or "scenario"
    std::string about;         // of one without defects: "4 firms, 2026Q2-2028Q1"
    Refusals refusals;         // each with its place
    bool are_scripts = false;  // the refusals are those of scripts that it names
};

/// Reads everything that the file names: data tables, strategies and the files that they require.
TomlCheck check_toml(const std::filesystem::path& file);

}  // namespace rackrace
