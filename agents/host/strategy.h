// A strategy's files as they are read and checked once, before any firm plays it: the script, the files beside it that it requires, and what it
// declares. The same for every firm that plays it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "agents/checker/check.h"
#include "agents/core/compile.h"
#include "agents/host/memory_binding.h"
#include "engine/base/result.h"
#include "engine/quarter/verb_table.h"

namespace rackrace {

struct StrategyFile {
    std::string name;            // as messages call it
    std::string text;
    std::uint64_t hash = 0;      // of its bytes: part of the run
};

struct Strategy {
    StrategyFile main;
    std::map<std::string, StrategyFile> modules;  // by the name that require is given
    CheckReport report;
    MemoryLayout memory;
    VerbMask verbs = 0;                           // that its callbacks use: the levers it plays

    Compiled portability;                         // as a program of the core engine, or why it is none

    bool is_portable() const { return portability.program != nullptr; }
    const Declaration& declaration() const { return report.declaration; }

    /// The values of the parameters: defaults, and what `settings` say. Refused: unknown names, values out of range, fixed parameters.
    Result<std::vector<ParameterValue>> parameters(const std::map<std::string, std::string>& settings) const;
};

/// The verbs that a role may call: all its levers.
VerbMask verbs_of(Role role);

/// What the checker knows of the API beyond the script: verbs and observation fields, as their tables say.
const ApiNames& api_names();

/// Reads and checks a script and the files that it requires, for a firm of a role. Every defect of the checker is a refusal.
Result<std::shared_ptr<const Strategy>> load_strategy(const std::filesystem::path& file, Role role);

/// The same without a file and without refusing what the checker finds: for trying out what the sandbox does at run time.
/// Nothing is required but rackrace.
std::shared_ptr<Strategy> unchecked_strategy(const std::string& name, const std::string& text);

}  // namespace rackrace
