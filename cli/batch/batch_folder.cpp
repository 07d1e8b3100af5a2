#include "cli/batch/batch_folder.h"

#include <fmt/format.h>
#include <unistd.h>

#include <fstream>

#include "cli/batch/netcdf_file.h"
#include "cli/build_info.h"
#include "cli/search/search_store.h"
#include "engine/base/command_words.h"
#include "engine/scenario/csv.h"

namespace rackrace {

namespace fs = std::filesystem;

namespace {

constexpr const char* kNoRoom = "check that the folder can be written and that the disk has room";

/// "run" or "search"; empty where the folder is neither.
std::string other_kind(const fs::path& folder) {
    std::error_code error;
    return fs::exists(folder / "run.json", error) ? "run" : is_search(folder) ? "search" : "";
}

/// What to do about a folder that is in the way.
std::string advice_on(const fs::path& folder) {
    const auto batch = open_batch(folder);
    if (batch && !batch->is_complete) return fmt::format("go on with it: rackrace resume {}; or --force to replace it", quoted_word(folder.string()));
    return "give --force to replace it, or another --out";
}

}  // namespace

fs::path batch_folder(const std::string& out, const std::string& name, const std::string& short_hash, const Shard& shard) {
    if (!out.empty()) return fs::path(out).lexically_normal();
    const std::string part = shard.count > 1 ? fmt::format("-{}of{}", shard.index, shard.count) : "";
    return fs::path("batches") / (name + "-" + short_hash + part);
}

Refusals make_batch_folder(const BatchPlace& place, const std::function<Refusals(const fs::path&)>& fill) {
    std::error_code error;
    const fs::path target = place.folder.has_filename() ? place.folder : place.folder.parent_path();
    const bool is_there = fs::exists(target, error);
    if (is_there && !place.replace) return Refusal{target.string(), 0, 0, "exists already", advice_on(target)};
    if (is_there && !is_batch(target) && !(fs::is_directory(target, error) && fs::is_empty(target, error)))
        return Refusal{target.string(), 0, 0, "is no batch's folder, so it is not replaced", "name a new folder, or that of a batch"};
    const fs::path parent = fs::absolute(target).lexically_normal().parent_path();
    fs::create_directories(parent, error);
    const fs::path temporary = parent / fmt::format(".{}-{}.partial", target.filename().string(), getpid());
    if (!error) fs::remove_all(temporary, error);
    if (!error) fs::create_directory(temporary, error);
    if (error) return Refusal{temporary.string(), 0, 0, "cannot be made: " + error.message(), kNoRoom};
    Refusals refusals = fill(temporary);
    if (refusals.empty() && is_there) fs::remove_all(target, error);
    if (refusals.empty() && !error) fs::rename(temporary, target, error);
    if (error) refusals.add({target.string(), 0, 0, "cannot be made: " + error.message(), kNoRoom});
    if (!refusals.empty()) fs::remove_all(temporary, error);
    return refusals;
}

Refusals write_batch_text(const fs::path& file, const std::string& text) {
    std::ofstream out(file, std::ios::binary);
    out << text;
    out.close();
    if (!out) return Refusal{file.string(), 0, 0, "cannot be written", kNoRoom};
    return {};
}

Refusals write_command(const fs::path& folder, const std::string& command) {
    const BuildInfo built = build_info();
    return write_batch_text(folder / "command.txt", fmt::format("{}\nrackrace {} {} {}\n", command, built.version, built.commit, built.build));
}

Result<fs::path> find_batch(const std::string& batch) {
    std::error_code error;
    if (const std::string kind = other_kind(batch); !kind.empty()) return Refusal{batch, 0, 0, "is a " + kind + ", no batch", "name a batch's folder, or one in batches/"};
    if (fs::exists(batch, error)) return fs::path(batch);
    if (const fs::path in_batches = fs::path("batches") / batch; batch.find('/') == std::string::npos && fs::exists(in_batches, error)) return in_batches;
    std::vector<std::string> known;
    for (fs::directory_iterator it("batches", error), end; !error && it != end; it.increment(error))
        if (is_batch(it->path())) known.push_back(it->path().filename().string());
    for (const fs::path& folder : {fs::path("runs") / batch, fs::path("searches") / batch})
        if (!other_kind(folder).empty()) return Refusal{folder.string(), 0, 0, "is a " + other_kind(folder) + ", no batch", "name a batch's folder, or one in batches/"};
    const std::string near = nearest_word(fs::path(batch).filename().string(), known);
    return Refusal{batch, 0, 0, "there is no such batch", near.empty() ? "name a batch's folder, or one in batches/" : "did you mean 'batches/" + near + "'?"};
}

Result<Plan> plan_of(const fs::path& folder, const std::string& name) {
    auto plan = read_plan(folder / "plan.toml");
    if (plan) plan->name = name;
    return plan;
}

Refusal unfinished_batch(const OpenBatch& batch) {
    const std::string folder = batch.folder.string();
    return {folder, 0, 0, fmt::format("has {} runs only: it is not complete", batch.finished), "finish it first: rackrace resume " + quoted_word(folder)};
}

std::string missing_runs_text(const OpenBatch& batch) {
    if (batch.is_complete) return "";
    const BatchFacts& facts = batch.facts;
    const std::string folder = batch.folder.string();
    return fmt::format("{} has {} of {} runs: it is not complete; rackrace resume {} plays the rest", folder, batch.finished, facts.shard.end(facts.runs) - facts.shard.begin(facts.runs), quoted_word(folder));
}

std::vector<std::string> firms_of(OpenBatch& batch) {
    constexpr std::string_view prefix = "value_usd.";
    std::vector<std::string> firms;
    const auto runs = batch.database.prepare("SELECT * FROM runs");
    for (int i = 0; runs && i < runs->columns(); ++i)
        if (const std::string name = runs->column_name(i); name.starts_with(prefix)) firms.push_back(name.substr(prefix.size()));
    return firms;
}

Refusals complete_batch(BatchStore& store, const BatchTables& tables, const fs::path& folder) {
    if (Refusals refusals = store.write_tables(); !refusals.empty()) return refusals;
    if (has_netcdf()) {
        auto batch = store.written_batch();
        if (!batch) return batch.error();
        auto played = batch->database.prepare("SELECT 1 FROM quarters LIMIT 1");
        const bool has_figures = played && played->step() == Step::row;
        if (const Refusals refusals = has_figures ? write_netcdf(*batch, tables, folder / "panel.nc") : Refusals{}; !refusals.empty()) return refusals;
    }
    store.close();  // after all files: what one of them found no room for, resume writes
    return {};
}

Result<BegunPlan> begun_plan(const fs::path& folder, const std::string& name, const std::string& inputs_hash, const std::string& program_version, const BegunWords& words) {
    const auto plan = plan_of(folder, name);
    if (!plan) return plan.error();
    const auto inputs = frozen_inputs(*plan, folder);
    if (!inputs) return inputs.error();
    if (fmt::format("{:016x}", inputs->hash) != inputs_hash)
        return Refusal{(folder / "plan.toml").string(), 0, 0, fmt::format("was changed since the {} began", words.what), fmt::format("{} the changed plan into {}", words.command, words.anew)};
    if (program_version != build_info().version)
        return Refusal{folder.string(), 0, 0, fmt::format("was begun by rackrace {}, this is {}", program_version, build_info().version), fmt::format("{} it with that program, or {} the plan anew", words.asked, words.command)};
    return BegunPlan{*plan, *inputs};
}

}  // namespace rackrace
