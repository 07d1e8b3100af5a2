// `rackrace sweep` and `rackrace resume`: a plan becomes a folder with frozen inputs, then its runs are played into the folder's database.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>

#include <nlohmann/json.hpp>

#include "cli/batch/batch_folder.h"
#include "cli/batch/disk_room.h"
#include "cli/batch/plan_flags.h"
#include "cli/batch/profiles.h"
#include "cli/build_info.h"
#include "cli/commands.h"
#include "cli/counted.h"
#include "cli/crew.h"
#include "cli/progress.h"
#include "cli/signals.h"
#include "cli/sweep.h"
#include "engine/base/command_words.h"
#include "engine/replay/key_columns.h"
#include "gpu/every_core.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr double kBytesPerFigure = 27.0;  // in batch.sqlite, the CSV files and panel.nc together, measured on 24 runs
constexpr std::uintmax_t kRoomToOpen = 64 << 10;  // bytes of disk

/// The runs of a shard that are not finished, as blocks of neighbours: a number among them gives a run without a list of all.
class OpenRuns {
public:
    OpenRuns(const std::vector<bool>& finished, std::int64_t begin, std::int64_t end) {
        for (std::int64_t run = begin; run < end; ++run) {
            if (finished[static_cast<std::size_t>(run)]) continue;
            if (blocks_.empty() || blocks_.back().first + (count_ - blocks_.back().offset) != run) blocks_.push_back({run, count_});
            ++count_;
        }
    }
    std::int64_t count() const { return count_; }
    std::int64_t run(std::int64_t i) const {
        const auto after = std::upper_bound(blocks_.begin(), blocks_.end(), i, [](std::int64_t at, const Block& block) { return at < block.offset; });
        return std::prev(after)->first + (i - std::prev(after)->offset);
    }

private:
    struct Block {
        std::int64_t first, offset;
    };
    std::vector<Block> blocks_;
    std::int64_t count_ = 0;
};

struct StatusCounts {
    std::int64_t ok = 0, script_errors = 0, failed = 0;
};

StatusCounts count_statuses(OpenBatch& batch) {
    StatusCounts out;
    auto rows = batch.database.prepare("SELECT status, count(*) FROM runs GROUP BY status");
    while (rows && rows->step() == Step::row) {
        const std::string status = cell_text(rows->cell(0));
        (status == "ok" ? out.ok : status == "script_errors" ? out.script_errors : out.failed) += std::get<std::int64_t>(rows->cell(1));
    }
    return out;
}

ExitCode report(const Swept& swept, bool is_strict, const Terminal& terminal) {
    const fs::path& folder = swept.folder;
    auto batch = open_batch(folder);
    if (!batch) return terminal.refuse(batch.error(), ExitCode::cannot_write);
    const StatusCounts counts = count_statuses(*batch);
    if (terminal.wants_json) {
        Json json = {{"schema", "rackrace.sweep/1"}, {"batch", batch->facts.name}, {"scenario", batch->facts.scenario}, {"inputs_hash", batch->facts.inputs_hash},
                           {"shard", batch->facts.shard.text()}, {"runs", batch->facts.runs}, {"finished", batch->finished}, {"ok", counts.ok},
                           {"script_errors", counts.script_errors}, {"failed", counts.failed}, {"path", folder.string()}};
        if (swept.interpreted) json["interpreted"] = interpreted_json(*swept.interpreted);
        terminal.data(json.dump() + "\n");
    } else {
        if (!terminal.is_quiet)
            terminal.data(fmt::format("  finished  {} of {} runs in {}: {} ok, {} with script errors, {} failed\n", batch->finished, batch->facts.runs, duration_text(swept.seconds),
                                      counts.ok, counts.script_errors, counts.failed));
        terminal.data(fmt::format("  saved     {}   inputs {}   compare: rackrace compare {} OTHER\n", folder.string(), batch->facts.inputs_hash.substr(0, 8), quoted_word(folder.string())));
    }
    if (counts.failed > 0) terminal.note(fmt::format("{} of the runs failed: see {}\n", counts.failed, (folder / "failed.csv").string()));
    return counts.failed > 0 || (is_strict && counts.script_errors > 0) ? ExitCode::partly_failed : ExitCode::done;
}

/// Plays what is left of a batch, then completes it.
Swept play(const fs::path& folder, const OpenCrew& crew, const Plan& plan, const ProfileMaker& maker, const Terminal& terminal) {
    const Design& design = maker.design();
    const auto& firms = maker.base().names.firms;
    const BatchTables tables = batch_tables(plan, firms);
    auto store = BatchStore::open(folder, tables);
    if (!store) return {terminal.refuse(store.error(), ExitCode::cannot_write)};

    const Shard shard = store->facts().shard;
    const std::int64_t runs = design.runs(), all = shard.end(runs) - shard.begin(runs);
    const OpenRuns left(store->finished(), shard.begin(runs), shard.end(runs));
    if (!crew.note.empty()) terminal.detail(crew.note + "\n");
    if (!crew.no_card.empty()) terminal.note(crew.no_card + "\n");
    BatchProgress progress(terminal, all, all - left.count());
    Batch batch;
    batch.cells = left.count();
    batch.wants_panel = plan.wants_panel;
    batch.cell = [&](std::int64_t i) { return design.cell(left.run(i)); };
    batch.profile = [&](std::int64_t profile) { return maker.profile(profile); };
    Refusals failures;
    const SignalGuard guard;
    const BatchEnd end = play_batch(batch, crew.crew, [&](Outcome&& outcome) {
        outcome.cell = left.run(outcome.cell);
        const BatchCell cell = design.cell(outcome.cell);
        failures.add(store->add(run_row(plan, design.choice(cell.profile), cell, firms.size(), outcome), quarter_rows(outcome), panel_rows(firms, outcome),
                                failed_rows(firms, outcome)));
        progress.show(store->finished_count());
        return failures.empty() && received_signal() == 0;
    });
    for (const Refusal& refusal : end.devices.refusals.all) terminal.note("the CPU plays for a card: " + refusal.text() + "\n");
    if (end.devices.verified > 0)
        terminal.note(fmt::format("{} of {} runs of the card were played on the CPU too: {} differ\n", end.devices.verified, end.devices.cells, end.devices.differing));
    const std::string kept = fmt::format("{} of {} runs are finished and kept; go on: rackrace resume {}\n", store->finished_count(), all, quoted_word(folder.string()));
    if (failures.empty() && store->finished_count() == all) failures = complete_batch(*store, tables, folder);
    else if (failures.empty()) {
        terminal.note((terminal.progress == Progress::bar ? "\n" : "") + std::string("interrupted: ") + kept);
        return {interruption()};
    }
    if (!failures.empty()) {
        const ExitCode code = terminal.refuse(failures, ExitCode::cannot_write);
        terminal.note(kept);
        return {code};
    }
    return {end.devices.differing > 0 ? ExitCode::invariant_broken : ExitCode::done, folder, progress.seconds()};
}

/// What `runs` runs of a plan take on disk: a row each, and the figures of every quarter where the plan wants them.
double disk_bytes(const Plan& plan, const LoadedScenario& base, std::int64_t runs) {
    const Scenario& scenario = base.scenario;
    const auto quarters = static_cast<double>(scenario.end_t - scenario.start_t + 1), firms = static_cast<double>(scenario.firm_count);
    const auto of_market = static_cast<double>(key_market_figures().size()), of_firm = static_cast<double>(key_firm_figures().size());
    const double figures = 2.0 * of_market + firms + (plan.wants_panel ? quarters * (of_market + firms * of_firm) : 0.0);
    return static_cast<double>(runs) * figures * kBytesPerFigure;
}

/// Reports a complete batch. A card that got a bit wrong goes before all else.
ExitCode said(const Swept& swept, bool is_strict, const Terminal& terminal) {
    if (swept.folder.empty()) return swept.code;
    const ExitCode code = report(swept, is_strict, terminal);
    return swept.code != ExitCode::done ? swept.code : code;
}

/// One run of the plan, timed: what all of them will take.
ExitCode say_what_would_run(const SweepArguments& arguments, const Plan& plan, const ProfileMaker& maker, const Shard& shard, const Inputs& inputs, const Terminal& terminal) {
    const Design& design = maker.design();
    const std::int64_t first = shard.begin(design.runs()), runs = shard.end(design.runs()) - first;
    const BatchCell cell = design.cell(first);
    const auto start = std::chrono::steady_clock::now();
    const auto profile = maker.profile(cell.profile);
    if (!profile) return terminal.refuse(profile.error(), ExitCode::bad_input);
    play_cell(**profile, first, cell.seed, plan.wants_panel);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    const int threads = threads_or_all(arguments.crew.threads);
    const double total = seconds * static_cast<double>(runs) / static_cast<double>(std::min<std::int64_t>(threads, runs));
    const double disk = disk_bytes(plan, (*profile)->loaded, runs);
    const std::string first_text = maker.text_of(cell.profile) + (plan.axes.empty() && plan.profiles.empty() ? "" : " ") + "seed=" + std::to_string(cell.seed);
    if (terminal.wants_json) {
        const Json json = {{"schema", "rackrace.sweep/1"}, {"status", "not run"}, {"batch", plan.name}, {"scenario", plan.scenario.value}, {"runs", design.runs()},
                           {"shard", shard.text()}, {"shard_runs", runs}, {"first", first_text}, {"inputs_hash", fmt::format("{:016x}", inputs.hash)},
                           {"seconds", total}, {"disk_bytes", disk}, {"interpreted", interpreted_json(maker.interpreted())}};
        terminal.data(json.dump() + "\n");
        return ExitCode::done;
    }
    terminal.data(fmt::format("would run   {}           first: {}\n", design.count_text(), first_text));
    if (shard.count > 1) terminal.data(fmt::format("part        {}: runs {} to {}\n", shard.text(), first, first + runs - 1));
    terminal.data(fmt::format("inputs      frozen: {}  (hash {})\n", inputs.count_text(), inputs.short_hash()));
    terminal.data(fmt::format("estimate    {} x {:.2f} s / {} = {}        disk {:.3g} MB\n", runs, seconds, counted(threads, "thread"), duration_text(total), disk / 1e6));
    return ExitCode::done;
}

/// True where the folder is a batch of these inputs.
bool holds(const fs::path& folder, const std::string& inputs_hash) {
    if (!is_batch(folder)) return false;
    const auto batch = open_batch(folder);
    return batch && batch->facts.inputs_hash == inputs_hash;
}

/// Whether nothing can be written to a batch that is not complete: no permission, a disk that is mounted to be read only, or one with less room than a database
/// takes to be opened.
bool cannot_go_on_in(const fs::path& folder) {
    const fs::path file = folder / kBatchWorkFile;
    std::error_code error;
    if (!fs::exists(file, error)) return false;
    const fs::space_info space = fs::space(folder, error);
    return access(file.c_str(), W_OK) != 0 || (!error && space.available < kRoomToOpen);
}

std::string command_text(const SweepArguments& arguments) {
    std::string out = "rackrace sweep " + quoted_word(arguments.plan);
    if (!arguments.sample.empty()) out += " --sample " + arguments.sample;
    if (arguments.runs > 0) out += fmt::format(" --runs {}", arguments.runs);
    if (!arguments.engine.empty()) out += " --engine " + arguments.engine;
    if (arguments.shard != "1/1") out += " --shard " + arguments.shard;
    if (!arguments.out.empty()) out += " --out " + quoted_word(arguments.out);
    return out;
}

}  // namespace

Swept sweep_plan(const Plan& plan, const SweepRequest& request, const Terminal& terminal) {
    const SweepArguments& arguments = request.arguments;
    const auto shard = parse_shard(arguments.shard);
    if (!shard) return {terminal.refuse(shard.error(), ExitCode::wrong_usage)};
    const auto design = Design::make(plan);
    if (!design) return {terminal.refuse(design.error(), ExitCode::bad_input)};
    if (shard->count > design->runs())
        return {terminal.refuse(Refusal{"--shard " + shard->text(), 0, 0, fmt::format("the plan has {} runs only", design->runs()), "make no more parts than there are runs"},
                                ExitCode::wrong_usage)};
    const auto found = find_inputs(plan, data_folder(), scripts_folder());
    if (const auto* wrong = std::get_if<PlanRefusals>(&found)) return {terminal.refuse(wrong->refusals, wrong->are_scripts ? ExitCode::script_refused : ExitCode::bad_input)};
    const Inputs& inputs = std::get<Inputs>(found);
    const auto maker = ProfileMaker::make(plan, *design, inputs);
    if (!maker) return {terminal.refuse(maker.error(), ExitCode::script_refused)};
    const BatchFacts facts{plan.name, plan.scenario.value, fmt::format("{:016x}", inputs.hash), design->runs(), *shard, build_info().version};
    const fs::path folder = batch_folder(arguments.out, plan.name, inputs.short_hash(), *shard);
    const bool goes_on = request.goes_on && !arguments.is_forced && holds(folder, facts.inputs_hash);
    if (goes_on && !arguments.is_dry_run) return resume_batch(folder, arguments.crew, terminal);
    const LoadedScenario& base = (*maker)->base();
    const std::int64_t runs = shard->end(design->runs()) - shard->begin(design->runs());
    const Refusals full = check_disk({folder, runs, disk_bytes(plan, base, runs), "take fewer values, strategies or seeds, --out on another disk, or panel = false in the plan"});
    if (!goes_on && !full.empty()) return {terminal.refuse(full, ExitCode::cannot_write)};
    if (arguments.is_dry_run) {
        tell_interpreted((*maker)->interpreted(), terminal);
        return {say_what_would_run(arguments, plan, **maker, *shard, inputs, terminal)};
    }
    const auto crew = open_crew(arguments.crew, runs);  // before anything is made
    if (!crew) return {terminal.refuse(crew.error(), ExitCode::not_available)};
    const BatchTables tables = batch_tables(plan, base.names.firms);
    const Refusals refusals = make_batch_folder({folder, arguments.is_forced}, [&](const fs::path& made) {
        Refusals wrong = freeze(inputs, made);
        wrong.add(write_batch_text(made / "plan.toml", plan.text));
        wrong.add(write_command(made, request.command));
        wrong.add(write_batch_text(made / "data-dictionary.csv", batch_dictionary_csv(tables)));
        if (!wrong.empty()) return wrong;
        const auto store = BatchStore::create(made, facts, tables);
        return store ? Refusals{} : store.error();
    });
    if (!refusals.empty()) return {terminal.refuse(refusals, ExitCode::cannot_write)};
    const auto frozen = frozen_inputs(plan, folder);
    if (!frozen) return {terminal.refuse(frozen.error(), ExitCode::cannot_write)};
    const auto player = ProfileMaker::make(plan, *design, *frozen);
    if (!player) return {terminal.refuse(player.error(), ExitCode::script_refused)};
    terminal.detail(fmt::format("{}  {}\n", plan.name, design->count_text()));
    const auto interpreted = (*maker)->interpreted();  // by the names that people gave their files
    tell_interpreted(interpreted, terminal);
    Swept swept = play(folder, *crew, plan, **player, terminal);
    swept.interpreted = interpreted;
    return swept;
}

Swept resume_batch(const fs::path& folder, const CrewRequest& asked, const Terminal& terminal) {
    auto batch = open_batch(folder);
    if (!batch) return {terminal.refuse(batch.error(), cannot_go_on_in(folder) ? ExitCode::cannot_write : ExitCode::bad_input)};
    const BatchFacts facts = batch->facts;
    const std::int64_t left = facts.shard.end(facts.runs) - facts.shard.begin(facts.runs) - batch->finished;
    if (batch->is_complete) {
        terminal.note(folder.string() + " is complete already\n");
        return {ExitCode::done, folder};
    }
    batch = Result<OpenBatch>(Refusals{});  // closes the database: one process at a time
    const auto begun = begun_plan(folder, facts.name, facts.inputs_hash, facts.program_version, {"batch", "sweep", "a batch of its own"});
    if (!begun) return {terminal.refuse(begun.error(), ExitCode::bad_input)};
    const auto crew = open_crew(asked, left);
    if (!crew) return {terminal.refuse(crew.error(), ExitCode::not_available)};
    const auto design = Design::make(begun->plan);
    if (!design) return {terminal.refuse(design.error(), ExitCode::bad_input)};
    const auto maker = ProfileMaker::make(begun->plan, *design, begun->inputs);
    if (!maker) return {terminal.refuse(maker.error(), ExitCode::script_refused)};
    tell_interpreted((*maker)->interpreted(), terminal);
    Swept swept = play(folder, *crew, begun->plan, **maker, terminal);
    swept.interpreted = (*maker)->interpreted();
    return swept;
}

ExitCode sweep_command(const SweepArguments& arguments, const Terminal& terminal) {
    if (const auto shard = parse_shard(arguments.shard); !shard) return terminal.refuse(shard.error(), ExitCode::wrong_usage);
    auto plan = read_plan(arguments.plan);
    if (!plan) return terminal.refuse(plan.error(), ExitCode::bad_input);
    if (const Refusals wrong = apply_flags({arguments.sample, arguments.runs, arguments.engine}, *plan); !wrong.empty()) return terminal.refuse(wrong, ExitCode::bad_input);
    const Swept swept = sweep_plan(*plan, {arguments, command_text(arguments)}, terminal);
    return said(swept, arguments.is_strict, terminal);
}

ExitCode resume_command(const ResumeArguments& arguments, const Terminal& terminal) {
    const auto folder = find_batch(arguments.batch);
    if (!folder) return terminal.refuse(folder.error(), ExitCode::bad_input);
    const Swept swept = resume_batch(*folder, arguments.crew, terminal);
    return said(swept, arguments.is_strict, terminal);
}

}  // namespace rackrace
