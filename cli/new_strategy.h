// A strategy and its tests from the role's template, and what editors want beside them; for the command and for the window.
#pragma once

#include <filesystem>
#include <variant>
#include <vector>

#include "cli/arguments.h"
#include "cli/exit_codes.h"
#include "engine/base/result.h"

namespace rackrace {

struct NewFiles {
    std::filesystem::path script;
    std::vector<std::filesystem::path> written;  // the script first; settings of editors that were there already stay and are not named
};

struct NewRefusal {
    Refusal refusal;
    ExitCode code;
};

/// Refused before anything is written: a name that is none, a role without a template, files that are there without is_forced. Then: what cannot be written.
std::variant<NewFiles, NewRefusal> write_strategy(const NewArguments& arguments);

}  // namespace rackrace
