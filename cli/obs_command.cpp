// `rackrace obs`: what a firm's script saw in a quarter. The run is played again from its folder up to there, as verify does.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "agents/host/observation_text.h"
#include "cli/commands.h"
#include "cli/firms.h"
#include "cli/load_run.h"
#include "engine/base/command_words.h"
#include "engine/base/quarter_index.h"
#include "engine/replay/address.h"
#include "engine/replay/replay_reader.h"
#include "engine/scenario/tables.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;

/// Plays until a firm's turn and writes down what it sees there.
class TurnTaker final : public Deciders, public TurnListener {
public:
    TurnTaker(LuaDeciders& firms, const LoadedScenario& loaded, int firm, int t, Stage stage, bool wants_json)
        : firms_(firms), loaded_(loaded), firm_(firm), t_(t), stage_(stage), wants_json_(wants_json) {
        firms_.tell(this);
    }

    void decide(const Scenario& scenario, const World& world, Orders* orders) override { firms_.decide(scenario, world, orders); }
    void hear(const Deals& deals) override { firms_.hear(deals); }
    void operate(const Scenario& scenario, const World& world, Orders* orders) override { firms_.operate(scenario, world, orders); }
    void close(const Scenario& scenario, const World& world, const Orders* orders) override { firms_.close(scenario, world, orders); }
    bool is_stopped() const override { return !taken.empty(); }

    void before(const Turn& turn) override {
        if (turn.firm != firm_ || turn.world.t != t_ || turn.stage != stage_) return;
        ShownResults shown{};
        shown.results_count = unseen_results(turn.desk, Author::script, shown.results);
        const Observation seen{turn.market, turn.view, shown, loaded_.scenario.firms[firm_].role};
        taken = wants_json_ ? observation_json(seen, loaded_.names).dump() : observation_text(seen, loaded_.names);
    }

    std::string taken;

private:
    LuaDeciders& firms_;
    const LoadedScenario& loaded_;
    int firm_, t_;
    Stage stage_;
    bool wants_json_;
};

/// The last state that was played, against the recorded one.
class LastClose final : public QuarterListener {
public:
    void on_opening(const Scenario&, const World&) override {}
    void on_close(const ClosedQuarter& closed) override {
        t = closed.world.t;
        hash = closed.state_hash;
    }
    int t = -1;
    std::uint64_t hash = 0;
};

}  // namespace

ExitCode obs_command(const ObsArguments& arguments, const Terminal& terminal) {
    const auto address = parse_address(arguments.address);
    if (!address) return terminal.refuse(address.error(), ExitCode::wrong_usage);
    if (!address->t) return terminal.refuse(Refusal{arguments.address, 0, 0, "names no quarter", "write RUN@2027Q1"}, ExitCode::wrong_usage);
    const auto folder = find_run(address->run);
    if (!folder) return terminal.refuse(folder.error(), ExitCode::bad_input);
    if (!fs::is_directory(*folder)) return terminal.refuse(Refusal{folder->string(), 0, 0, "is no folder", "obs needs the run's folder: it is played again"}, ExitCode::bad_input);
    auto replay = Replay::open(*folder);
    if (!replay) return terminal.refuse(replay.error(), ExitCode::bad_input);
    RunArguments again;
    again.from = folder->string();
    again.until = quarter_name(replay->run().end_t);
    auto run = load_run(again);
    if (!run) return terminal.refuse(run.error(), ExitCode::bad_input);
    const std::string firm = arguments.firm.empty() ? address->value("firm") : arguments.firm;
    const auto& known = run->loaded.names.firms;
    const auto found = std::find(known.begin(), known.end(), firm);
    if (firm.empty()) return terminal.refuse(Refusal{"--firm", 0, 0, "is missing", "say whose view: --firm " + known.front()}, ExitCode::wrong_usage);
    if (found == known.end()) return terminal.refuse(Refusal{"--firm", 0, 0, "no firm is called '" + firm + "'", suggestion(firm, known)}, ExitCode::bad_input);
    auto firms = seat_firms(run->loaded, *folder);
    if (!firms) return terminal.refuse(firms.error(), ExitCode::script_refused);
    TurnTaker taker(**firms, run->loaded, static_cast<int>(found - known.begin()), *address->t, arguments.stage == "operate" ? Stage::b : Stage::a, terminal.wants_json);
    LastClose last;
    play_run(run->loaded.scenario, run->loaded.opening, run->seed, &taker, &last);
    const std::string quarter = quarter_name(*address->t);
    if (taker.taken.empty())
        return terminal.refuse(Refusal{arguments.address, 0, 0, firm + " has no turn in " + quarter,
                                       fmt::format("the run decides in {} to {}; a firm that left has no turn", quarter_name(replay->run().start_t), quarter_name(replay->run().end_t))},
                               ExitCode::bad_input);
    if (last.t >= 0 && last.hash != replay->state_hash(last.t)) terminal.note("note: played again, the run is another one before " + quarter + "; see rackrace verify " + quoted_word(address->run) + "\n");
    if (terminal.wants_json)
        terminal.data(fmt::format("{{\"schema\":\"rackrace.obs/1\",\"firm\":\"{}\",\"quarter\":\"{}\",\"stage\":\"{}\",\"obs\":{}}}\n", firm, quarter, arguments.stage, taker.taken));
    else terminal.data(fmt::format("-- obs of {} in {} of {}: {}, seed {}\n{}", firm, arguments.stage, quarter, run->record.scenario, run->seed, taker.taken));
    return ExitCode::done;
}

}  // namespace rackrace
