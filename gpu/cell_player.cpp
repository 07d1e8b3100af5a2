#include "gpu/cell_player.h"

#include "agents/core/casting.h"
#include "agents/host/lua_deciders.h"
#include "engine/replay/events.h"
#include "gpu/outcomes.h"

namespace rackrace {
namespace {

/// Fills an outcome while a run is played.
class OutcomeRecorder final : public QuarterListener {
public:
    OutcomeRecorder(bool wants_panel, Outcome& outcome) : wants_panel_(wants_panel), outcome_(outcome) {}

    void on_opening(const Scenario&, const World& world) override {
        outcome_.start_t = world.t + 1;
        outcome_.metrics.assign(kKeyMarketFigures, {});
    }

    void on_close(const ClosedQuarter& closed) override {
        KeyFigures figures;
        take_key_figures(closed.scenario, closed.world, figures);
        for (int i = 0; i < kKeyMarketFigures; ++i) {
            FigureChange& metric = outcome_.metrics[static_cast<std::size_t>(i)];
            metric.last = figures.market[i];
            if (closed.world.t == outcome_.start_t) metric.first = figures.market[i];
        }
        if (wants_panel_) add_panel_row(outcome_.panel, figures, closed.world.firm_count);
        note_decisions(*closed.decisions, closed.world.t);
        outcome_.last_t = closed.world.t;
        outcome_.state_hash = closed.state_hash;
    }

private:
    void note_decisions(const DecisionLog& log, int t) {
        for (const Fill& fill : log.fills) outcome_.rejections += is_rejection(fill.result.code) ? 1 : 0;
        for (const Decision& decision : log.decisions) {
            if (!decision.has_failed) continue;
            ++outcome_.script_errors;
            const std::string& script = log.scripts[static_cast<std::size_t>(decision.error_script)];
            add_failure(outcome_, {t, decision.firm, script + ":" + std::to_string(decision.error_line) + ": " + decision.error});
        }
    }

    bool wants_panel_;
    Outcome& outcome_;
};

}  // namespace

struct CellPlayer::Room {
    World world;
    Ledger ledger;
    Chance chance;
    CoreTable table;
    Orders orders[kMaxFirms];
    KeyFigures panel[kMaxQuarters];
};

CellPlayer::CellPlayer() : room_(std::make_unique<Room>()) {}
CellPlayer::~CellPlayer() = default;

Outcome CellPlayer::play(const Profile& profile, std::int64_t cell, std::uint64_t seed, bool wants_panel) {
    return is_portable(profile) ? play_table(profile, cell, seed, wants_panel) : play_as_run(profile, cell, seed, wants_panel);
}

Outcome CellPlayer::play_table(const Profile& profile, std::int64_t cell, std::uint64_t seed, bool wants_panel) {
    const auto casting = Casting::make(profile.loaded, profile.strategies, profile.baselines);
    if (!casting) return refused_outcome(cell, casting.error());
    const Scenario& scenario = profile.loaded.scenario;
    Room& room = *room_;
    room.world = profile.loaded.opening;
    room.world.seed = seed;
    room.chance = draw_chance(scenario, seed);
    room.ledger.list = nullptr;
    open_table(room.table);
    CellEnd end{};
    play_quarters({scenario, (*casting)->cast(), room.table}, room.world, room.chance, room.ledger, room.orders, kMaxQuarters, wants_panel ? room.panel : nullptr, end);
    return outcome_of(profile, cell, end, room.table.failures, wants_panel ? room.panel : nullptr);
}

Outcome CellPlayer::play_as_run(const Profile& profile, std::int64_t cell, std::uint64_t seed, bool wants_panel) {
    auto deciders = LuaDeciders::start(profile.loaded, profile.strategies, profile.baselines, profile.engine);
    if (!deciders) return refused_outcome(cell, deciders.error());
    Outcome outcome;
    outcome.cell = cell;
    OutcomeRecorder recorder(wants_panel, outcome);
    World& world = room_->world;
    world = profile.loaded.opening;
    const RunOutcome run = play_run(profile.loaded.scenario, world, seed, deciders->get(), &recorder);
    for (int f = 0; f < world.firm_count; ++f) outcome.value_usd.push_back(world.firms[f].value_usd);
    for (int f = 0; f < kMaxFirms; ++f) outcome.rejections += (*deciders)->desks()[f].rejections;
    if (outcome.script_errors > 0) outcome.status = OutcomeStatus::script_errors;
    if (!run.is_complete) end_with_fault(outcome, world.t, fault_sentence(world, profile.loaded.names));
    return outcome;
}

Outcome play_cell(const Profile& profile, std::int64_t cell, std::uint64_t seed, bool wants_panel) { return CellPlayer().play(profile, cell, seed, wants_panel); }

}  // namespace rackrace
