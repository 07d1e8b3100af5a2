#include "cli/saved_run.h"

#include <fmt/format.h>

#include "cli/fault_report.h"
#include "cli/firms.h"
#include "cli/interpreted.h"
#include "cli/progress.h"

namespace rackrace {

std::variant<SavedRun, PlayRefusal> play_and_save(const RunArguments& arguments, LoadedRun& run, const Terminal& terminal) {
    const EngineChoice engine = arguments.engine == "lua" ? EngineChoice::lua : arguments.engine == "core" ? EngineChoice::core : EngineChoice::automatic;
    auto firms = seat_firms(run.loaded, arguments.from, engine);
    if (!firms) return PlayRefusal{firms.error(), ExitCode::script_refused};
    run.record.engines = count_engines(run.loaded, **firms);
    tell_interpreted(interpreted_scripts(strategies_of(run.loaded, **firms)), terminal);
    if (arguments.on_error == "abort") (*firms)->abort_on_error();

    SavePlace place;
    place.folder = arguments.out;
    place.replace = arguments.is_forced;
    auto writer = ReplayWriter::begin(place, run.record, run.loaded.names, run.loaded.resolved_toml);
    if (!writer) return PlayRefusal{writer.error(), ExitCode::cannot_write};
    freeze_scripts(run.loaded, **firms, arguments.from, **writer);
    ProgressListener progress(terminal, **writer);
    World& world = run.loaded.opening;
    SavedRun saved;
    saved.outcome = play_run(run.loaded.scenario, world, run.seed, firms->get(), &progress);
    const double played_s = progress.seconds();
    if ((*firms)->is_stopped() && terminal.progress == Progress::bar) terminal.note("\n");
    if ((*firms)->is_stopped()) return PlayRefusal{abort_report(run.loaded, **firms), ExitCode::script_refused};
    saved.failures = failure_lines(run.loaded, **firms);
    auto folder = (*writer)->finish(saved.outcome, world);
    if (!folder) return PlayRefusal{folder.error(), ExitCode::cannot_write};
    terminal.detail(fmt::format("played and recorded in {:.3f} s, saved after {:.3f} s\n", played_s, progress.seconds()));
    saved.folder = std::move(*folder);
    saved.writer = std::move(*writer);
    return saved;
}

ExitCode tell_faults(const SavedRun& saved, const LoadedRun& run, bool is_strict, const Terminal& terminal) {
    for (std::size_t i = 0; i < saved.failures.size() && i < 5; ++i) terminal.note("script error  " + saved.failures[i] + "; the firm held\n");
    if (saved.failures.size() > 5) terminal.note("and " + std::to_string(saved.failures.size() - 5) + " more: see log.jsonl\n");
    if (saved.outcome.is_complete) return is_strict && !saved.failures.empty() ? ExitCode::partly_failed : ExitCode::done;
    return terminal.refuse(fault_report(saved.writer->record(), saved.outcome, run.loaded.names, saved.folder), ExitCode::invariant_broken);
}

}  // namespace rackrace
