// A run played into a folder, for commands that make one.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "cli/arguments.h"
#include "cli/load_run.h"
#include "cli/terminal.h"
#include "engine/quarter/run.h"
#include "engine/replay/replay_writer.h"

namespace rackrace {

struct SavedRun {
    std::filesystem::path folder;
    std::unique_ptr<ReplayWriter> writer;  // its record and metrics are those of the run
    RunOutcome outcome;
    std::string engines;                   // engines_text
    std::vector<std::string> failures;     // "coreweave 2027Q1: ladder.lua:31: ..." for each callback that failed
};

struct PlayRefusal {
    Refusals refusals;
    ExitCode code;
};

/// Seats the firms, plays and saves. Refused: scripts, the first that fails where `arguments` abort on one, a place that cannot be written, an
/// interruption; then there is no folder.
std::variant<SavedRun, PlayRefusal> play_and_save(const RunArguments& arguments, LoadedRun& run, const Terminal& terminal);

/// Tells of scripts that failed, five at most, and of an identity that broke. run: as play_and_save left it. is_strict: scripts that failed count.
ExitCode tell_faults(const SavedRun& saved, const LoadedRun& run, bool is_strict, const Terminal& terminal);

}  // namespace rackrace
