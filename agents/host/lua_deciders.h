// The firms of a run, played by Lua scripts: one strategy a firm, the autopilot beside it for the levers that it leaves out, a Desk for both.
// Orders and Desks depend on the scenario, the world and the scripts only, never on each other's order.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "agents/host/firm_script.h"
#include "agents/host/scenario_scripts.h"
#include "engine/quarter/results.h"
#include "engine/quarter/run.h"
#include "engine/scenario/load_scenario.h"

namespace rackrace {

/// A callback that failed: the firm held.
struct ScriptFailure {
    int firm = 0;
    int t = 0;
    Stage stage = Stage::a;
    Author author = Author::script;
    bool is_administrator = false;  // the baseline that runs a firm in chapter 11; its author is autopilot
    ScriptError error;
};

/// A firm's turn: what it sees. References hold during the call only.
struct Turn {
    int firm;
    Stage stage;
    const World& world;
    MarketView& market;
    FirmView& view;
    const Desk& desk;
};

/// Told of every turn of every firm: obs shows a turn, tests judge it.
class TurnListener {
public:
    virtual ~TurnListener() = default;
    /// Before the firm decides. It sees what is changed in the views in place of the truth; a changed market is put back in `after`: it is that of all.
    virtual void before(const Turn&) {}
    virtual void after(const Turn&) {}
};

class LuaDeciders : public Deciders {
public:
    /// Reads, checks and loads the scripts of a scenario (scenario_scripts.h). All refusals of all files are collected.
    static Result<std::unique_ptr<LuaDeciders>> start(const LoadedScenario& loaded, const std::filesystem::path& scripts, EngineChoice engine = EngineChoice::automatic);

    /// The same with the strategies at hand: [firm_count], nullptr for a firm that nobody plays. baselines [kRoles], nullptr: no autopilot. Refused too: a scenario
    /// with handovers, whose scripts are not at hand.
    static Result<std::unique_ptr<LuaDeciders>> start(const LoadedScenario& loaded, const std::vector<std::shared_ptr<const Strategy>>& strategies,
                                                      const std::vector<std::shared_ptr<const Strategy>>& baselines, EngineChoice engine = EngineChoice::automatic);

    void decide(const Scenario& scenario, const World& world, Orders* orders) override;
    void hear(const Deals& deals) override { *deals_ = deals; }
    void operate(const Scenario& scenario, const World& world, Orders* orders) override;
    void close(const Scenario& scenario, const World& world, const Orders* orders) override;

    const DecisionLog* log() const override { return &log_; }

    /// From now on the first script error ends the run, in place of a firm that holds.
    void abort_on_error() { aborts_ = true; }
    bool is_stopped() const override { return aborts_ && !failures_.empty(); }

    /// nullptr: nobody listens.
    void tell(TurnListener* listener) { listener_ = listener; }

    /// From now on `profile` takes what the firm's own callbacks cost, until a handover; it outlives this.
    void take_profile(int firm, ScriptProfile& profile) { seats_[static_cast<std::size_t>(firm)].script->take_profile(profile); }
    /// The same of what decides from a handover of the scenario on, before its quarter has come.
    void take_successor_profile(std::size_t handover, ScriptProfile& profile) { successors_[handover].hands.script->take_profile(profile); }

    /// [kMaxFirms]
    const Desk* desks() const { return desks_.data(); }
    /// Of all Desks: the second hash of a quarter.
    std::uint64_t desks_hash() const { return hash_desks(desks_.data(), kMaxFirms); }

    const std::vector<ScriptFailure>& failures() const { return failures_; }
    const TraceNames& trace_names() const { return trace_names_; }
    /// What decides for the firm at this time; nullptr for a firm that nobody plays.
    const Strategy* strategy(int firm) const;
    /// What decides from a handover of the scenario on, until its quarter has come; nullptr afterwards.
    const Strategy* successor(std::size_t handover) const { return successors_[handover].hands.script ? &successors_[handover].hands.script->strategy() : nullptr; }
    /// What runs the firm's own script: lua or core.
    EngineChoice engine(int firm) const;
    /// The verbs that the autopilot plays at a firm.
    VerbMask autopilot_verbs(int firm) const { return seats_[static_cast<std::size_t>(firm)].autopilot_verbs; }

private:
    /// A firm's script, with the autopilot beside it for the verbs that it leaves out.
    struct Hands {
        std::unique_ptr<FirmScript> script;
        std::unique_ptr<FirmScript> autopilot;
        VerbMask autopilot_verbs = 0;
    };
    struct FirmSeat : Hands {
        std::unique_ptr<FirmScript> administrator;  // runs the firm in chapter 11: the role's baseline, started with the estate
        std::unique_ptr<FirmView> view = std::make_unique<FirmView>();
    };
    /// The hands that take over with a quarter.
    struct Successor {
        int t = 0, firm = 0;
        bool keeps_memory = false;  // the same script goes on
        Hands hands;
    };

    LuaDeciders() : desks_(kMaxFirms), seats_(kMaxFirms) {}
    static Result<std::unique_ptr<LuaDeciders>> seat_all(const LoadedScenario& loaded, const ScenarioScripts& scripts, EngineChoice engine);
    Refusals prepare_successors(const LoadedScenario& loaded, const ScenarioScripts& scripts);
    /// frozen: the script's path in a run's folder.
    Result<Hands> hands(int firm, const std::shared_ptr<const Strategy>& strategy, const std::map<std::string, std::string>& params, const std::string& frozen);
    void hand_over(int t);
    void note_memory(int firm, Author author, const FirmScript& script);
    void play(const Scenario& scenario, const World& world, Stage stage, Orders* orders);
    void play_firm(const World& world, Stage stage, int firm, Orders& orders);
    void administer(const World& world, Stage stage, int firm, Orders& orders);
    /// Verbs whose orders are not the script's: the autopilot's, all under an administrator.
    static VerbMask verbs_of_others(const FirmSeat& seat) { return seat.administrator != nullptr ? ~VerbMask{0} : seat.autopilot_verbs; }
    Seat place_of(int firm, Author author, VerbMask levers, std::string frozen_path);
    bool run(FirmScript& script, const World& world, Stage stage, Author author, int firm, Orders& orders, VerbMask& used);

    std::vector<Desk> desks_;
    std::vector<FirmSeat> seats_;
    std::vector<Successor> successors_;  // in the order of the scenario's handovers
    std::vector<std::shared_ptr<const Strategy>> baselines_;  // by role; nullptr: no autopilot and no administrator
    std::unique_ptr<Scenario> scenario_;  // of the run: scripts hold on to it
    std::unique_ptr<MarketView> market_ = std::make_unique<MarketView>();
    std::unique_ptr<Deals> deals_ = std::make_unique<Deals>();   // of the quarter so far
    TraceNames trace_names_;
    std::vector<ScriptFailure> failures_;
    DecisionLog log_;
    TurnListener* listener_ = nullptr;
    bool aborts_ = false;
    EngineChoice engine_ = EngineChoice::automatic;
};

}  // namespace rackrace
