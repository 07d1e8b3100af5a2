// One strategy at one firm: an engine that runs its callbacks on what the firm sees and may do. A callback that fails leaves nothing behind but an
// error: its orders and what it wrote to memory are dropped, and the firm holds.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "agents/host/script_context.h"
#include "agents/host/script_engine.h"
#include "agents/host/strategy.h"

namespace rackrace {

/// Where a script sits: views and Desk of its firm, at addresses that stay.
struct Seat {
    int firm;
    Author author;
    const Scenario* scenario;
    const MarketView* market;
    const FirmView* view;
    Desk* desk;
    TraceNames* trace_names;
    DecisionLog* log;
    VerbMask levers;          // those that are this author's
    std::string frozen_path;  // of the strategy's own file (frozen_scripts.h)
    EngineChoice engine;
};

/// What `init` of a firm's script is told.
InfoView info_of(const Scenario& scenario, int firm);

/// The first line that keeps a script off the core engine, as a refusal.
Refusal not_portable(const Strategy& strategy);

class FirmScript {
public:
    /// Refused: parameters that do not fit, what fails while the file is loaded, and a script that is not portable where the core engine must run it.
    static Result<std::unique_ptr<FirmScript>> start(std::shared_ptr<const Strategy> strategy, const std::map<std::string, std::string>& parameters, const Seat& seat);

    /// Calls decide (stage A) or operate (stage B; nothing happens where there is none) and fills `orders`, which arrive empty.
    /// `used`: the verbs that were accepted. Before the first callback memory takes its initial values and `init` is called.
    std::optional<ScriptError> decide(Stage stage, const World& world, Orders& orders, VerbMask& used);

    /// From now on `profile` takes what callbacks cost; it outlives this.
    void take_profile(ScriptProfile& profile) { context_.profile = &profile; }

    /// From now on `trace` takes what callbacks of an interpreted script do, line by line; it outlives this.
    void take_trace(DecisionTrace& trace) { context_.trace = &trace; }

    const Strategy& strategy() const { return *strategy_; }
    EngineChoice engine() const { return engine_choice_; }  // lua or core

private:
    FirmScript(std::shared_ptr<const Strategy> strategy, const Seat& seat);
    FirmScript(const FirmScript&) = delete;

    std::optional<ScriptError> initialise();

    std::shared_ptr<const Strategy> strategy_;
    ScriptContext context_;
    std::unique_ptr<ScriptEngine> engine_;
    EngineChoice engine_choice_ = EngineChoice::lua;
};

}  // namespace rackrace
