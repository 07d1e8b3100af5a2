#include "cli/saved_run.h"

#include <fmt/format.h>

#include "cli/fault_report.h"
#include "cli/firms.h"
#include "cli/interpreted.h"
#include "cli/progress.h"
#include "cli/signals.h"
#include "engine/base/quarter_index.h"

namespace rackrace {

namespace {

/// The firms of a run that an interruption ends after the stage in play.
class InterruptibleFirms final : public Deciders {
public:
    explicit InterruptibleFirms(Deciders& firms) : firms_(firms) {}
    void decide(const Scenario& scenario, const World& world, Orders* orders) override { firms_.decide(scenario, world, orders); }
    void hear(const Deals& deals) override { firms_.hear(deals); }
    void operate(const Scenario& scenario, const World& world, Orders* orders) override { firms_.operate(scenario, world, orders); }
    void close(const Scenario& scenario, const World& world, const Orders* orders) override { firms_.close(scenario, world, orders); }
    const DecisionLog* log() const override { return firms_.log(); }
    bool is_stopped() const override {
        if (received_signal() != 0) is_interrupted_ = true;
        return is_interrupted_ || firms_.is_stopped();
    }
    bool is_interrupted() const { return is_interrupted_; }

private:
    Deciders& firms_;
    mutable bool is_interrupted_ = false;  // a signal that comes after the last stage interrupts nothing
};

}  // namespace

std::variant<SavedRun, PlayRefusal> play_and_save(const RunArguments& arguments, LoadedRun& run, const Terminal& terminal) {
    const EngineChoice engine = arguments.engine == "lua" ? EngineChoice::lua : arguments.engine == "core" ? EngineChoice::core : EngineChoice::automatic;
    auto firms = seat_firms(run.loaded, arguments.from, engine);
    if (!firms) {
        const Refusals said = refused_parameters(arguments, run.loaded);
        return PlayRefusal{said.empty() ? firms.error() : said, ExitCode::script_refused};
    }
    run.record.engines = count_engines(run.loaded, **firms);
    tell_interpreted(interpreted_scripts(strategies_of(run.loaded, **firms)), terminal);
    if (arguments.on_error == "abort") (*firms)->abort_on_error();

    const SignalGuard guard;  // before anything is made: what is begun goes again
    SavePlace place;
    place.folder = arguments.out;
    place.replace = arguments.is_forced;
    auto writer = ReplayWriter::begin(place, run.record, run.loaded.names, run.loaded.resolved_toml);
    if (!writer) return PlayRefusal{writer.error(), ExitCode::cannot_write};
    freeze_scripts(run.loaded, **firms, arguments.from, **writer);
    ProgressListener progress(terminal, **writer);
    World& world = run.loaded.opening;
    SavedRun saved;
    saved.engines = engines_text(run.loaded, **firms);  // before handovers change who plays
    InterruptibleFirms playing(**firms);
    saved.outcome = play_run(run.loaded.scenario, world, run.seed, &playing, &progress);
    const double played_s = progress.seconds();
    if ((playing.is_interrupted() || (*firms)->is_stopped()) && terminal.progress == Progress::bar) terminal.note("\n");
    if (playing.is_interrupted()) return PlayRefusal{Refusal{"", 0, 0, "interrupted in " + quarter_name(world.t), "nothing was saved: play it again"}, interruption()};
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
    return terminal.refuse(fault_report(saved.writer->record(), saved.outcome, run.loaded.opening, run.loaded.names, saved.folder), ExitCode::invariant_broken);
}

}  // namespace rackrace
