// One strategy at one firm in a Lua VM of its own: what it sees and may do as tables, its callbacks kept from the file that ran once.
#pragma once

#include <memory>
#include <vector>

#include "agents/host/lua_vm.h"
#include "agents/host/outer_state.h"
#include "agents/host/script_context.h"
#include "agents/host/script_engine.h"
#include "agents/host/strategy.h"

namespace rackrace {

class LuaEngine : public ScriptEngine {
public:
    /// Loads the strategy's file and keeps its callbacks. Refused: what fails while the file runs. Strategy and context outlive the engine.
    static Result<std::unique_ptr<LuaEngine>> start(const Strategy& strategy, const std::vector<ParameterValue>& parameters, ScriptContext& context);

    bool has(Callback which) const override;
    std::optional<ScriptError> run(Callback which) override;
    std::int64_t budget_used() const override { return vm_.budget_used(); }

private:
    LuaEngine(const Strategy& strategy, ScriptContext& context);
    LuaEngine(const LuaEngine&) = delete;

    void open(const std::vector<ParameterValue>& parameters);
    std::optional<ScriptError> run_file();
    std::optional<ScriptError> keep_callbacks();
    void note_costs(ScriptProfile& profile) const;
    std::optional<ScriptError> call_traced(Callback which, int arguments);
    void push_kept(const char* name) const;
    static int require(lua_State* state);

    const Strategy& strategy_;
    ScriptContext& context_;
    LuaVm vm_;
    OuterState outer_;
};

}  // namespace rackrace
