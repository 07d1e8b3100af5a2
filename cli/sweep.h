// Playing a plan into a batch's folder: what `sweep` and `resume` share with commands that read the batch afterwards.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/batch/plan.h"
#include "cli/interpreted.h"
#include "cli/terminal.h"

namespace rackrace {

/// The folder where the batch is complete, with code done, or invariant_broken where a card got a bit wrong; else what went wrong, which is said already, and no folder.
struct Swept {
    ExitCode code = ExitCode::done;
    std::filesystem::path folder = {};
    double seconds = 0.0;
    std::optional<std::vector<InterpretedScript>> interpreted = {};  // of runs that were played now
};

struct SweepRequest {
    SweepArguments arguments;
    std::string command;   // as it is noted in the folder
    bool goes_on = false;  // a batch of the same plan and inputs that is there already is gone on with
};

/// Checks the plan and what it names, makes the batch's folder and plays its runs.
Swept sweep_plan(const Plan& plan, const SweepRequest& request, const Terminal& terminal);

/// Plays what is left of a batch.
Swept resume_batch(const std::filesystem::path& folder, const CrewRequest& crew, const Terminal& terminal);

}  // namespace rackrace
