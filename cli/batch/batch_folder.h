// A batch's folder: made whole with plan, frozen inputs and an empty database before the first run, found again by name, played to its end.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "cli/batch/batch_store.h"
#include "cli/batch/inputs.h"
#include "cli/batch/plan.h"

namespace rackrace {

/// A folder that is, or will be, a batch's.
struct BatchPlace {
    std::filesystem::path folder;
    bool replace = false;
};

/// batches/NAME-HASH, of a part batches/NAME-HASH-2of4; or `out` where it is given.
std::filesystem::path batch_folder(const std::string& out, const std::string& name, const std::string& short_hash, const Shard& shard);

/// Makes the folder under a temporary name, lets `fill` write into it, and renames it. Refused: a folder that is there without `replace`, or that is no
/// batch; what cannot be written.
Refusals make_batch_folder(const BatchPlace& place, const std::function<Refusals(const std::filesystem::path&)>& fill);

/// Writes a small text file of a batch.
Refusals write_batch_text(const std::filesystem::path& file, const std::string& text);
/// Writes command.txt: the command that made the folder, and the program.
Refusals write_command(const std::filesystem::path& folder, const std::string& command);

/// The folder that a word names: itself, or a folder of that name in batches/. Refused with the nearest name there.
Result<std::filesystem::path> find_batch(const std::string& batch);

/// The plan that a batch's folder keeps, under the batch's name.
Result<Plan> plan_of(const std::filesystem::path& folder, const std::string& name);

/// A plan with the inputs that were frozen when it was begun.
struct BegunPlan {
    Plan plan;
    Inputs inputs;
};

/// "batch", "sweep", "a batch of its own": what was begun, the command that begins one, where that puts a changed plan, and what is asked for now.
struct BegunWords {
    std::string_view what, command, anew, asked = "finish";
};

/// What a folder was begun with, to go on with it. Refused: a plan or inputs that were changed since, another version of the program.
Result<BegunPlan> begun_plan(const std::filesystem::path& folder, const std::string& name, const std::string& inputs_hash, const std::string& program_version, const BegunWords& words);

/// For what takes whole batches only.
Refusal unfinished_batch(const OpenBatch& batch);

/// "hedge-77ab02 has 7 of 384 runs: it is not complete; rackrace resume hedge-77ab02 plays the rest", to be said by what reads it as it is. Empty of a complete batch.
std::string missing_runs_text(const OpenBatch& batch);

/// The firms of a batch, from the columns of its table runs.
std::vector<std::string> firms_of(OpenBatch& batch);

/// Completes a batch whose runs are all there: batch.sqlite, the CSV files, panel.nc where the program can.
Refusals complete_batch(BatchStore& store, const BatchTables& tables, const std::filesystem::path& folder);

}  // namespace rackrace
