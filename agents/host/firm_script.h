// One strategy at one firm: a Lua VM of its own with what the strategy sees and may do. A callback that fails leaves nothing behind but an error:
// its orders and what it wrote to memory are dropped, and the firm holds.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "agents/host/lua_vm.h"
#include "agents/host/outer_state.h"
#include "agents/host/script_context.h"
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
};

class FirmScript {
public:
    /// Loads the strategy's file and keeps its callbacks. Refused: what fails while the file runs, and parameters that do not fit.
    static Result<std::unique_ptr<FirmScript>> start(std::shared_ptr<const Strategy> strategy, const std::map<std::string, std::string>& parameters, const Seat& seat);

    /// Calls decide (stage A) or operate (stage B; nothing happens where there is none) and fills `orders`, which arrive empty.
    /// `used`: the verbs that were accepted. Before the first callback memory takes its initial values and `init` is called.
    std::optional<ScriptError> decide(Stage stage, const World& world, Orders& orders, VerbMask& used);

    const Strategy& strategy() const { return *strategy_; }

private:
    FirmScript(std::shared_ptr<const Strategy> strategy, const Seat& seat);
    FirmScript(const FirmScript&) = delete;

    void open(const std::vector<ParameterValue>& parameters);
    std::optional<ScriptError> run_file();
    std::optional<ScriptError> keep_callbacks();
    std::optional<ScriptError> initialise();
    std::optional<ScriptError> run(const char* callback, int arguments);
    void push_kept(const char* name);
    static int require(lua_State* state);

    std::shared_ptr<const Strategy> strategy_;
    LuaVm vm_;
    ScriptContext context_;
    OuterState outer_;
};

}  // namespace rackrace
