#include "agents/host/lua_engine.h"

#include <algorithm>
#include <span>

#include "agents/host/act_library.h"
#include "agents/host/line_recorder.h"
#include "agents/host/observation.h"
#include "agents/host/race_library.h"
#include "agents/host/rng_library.h"
#include "agents/host/sandbox_library.h"
#include "agents/host/view_binding.h"

namespace rackrace {

namespace {

const char* callback_name(Callback which) { return kCallbackNames[static_cast<std::size_t>(which)].data(); }

}  // namespace

LuaEngine::LuaEngine(const Strategy& strategy, ScriptContext& context) : strategy_(strategy), context_(context), outer_(vm_.state()) { vm_.context = &context_; }

/// Keeps the value on top in the registry under a name of ours.
static void keep_top(lua_State* L, const char* name) { lua_setfield(L, LUA_REGISTRYINDEX, (std::string("rackrace.") + name).c_str()); }

void LuaEngine::push_kept(const char* name) const { lua_getfield(vm_.state(), LUA_REGISTRYINDEX, (std::string("rackrace.") + name).c_str()); }

void LuaEngine::open(const std::vector<ParameterValue>& parameters) {
    lua_State* L = vm_.state();
    open_sandbox(vm_);
    push_race(vm_);
    lua_pushvalue(L, -1);
    keep_top(L, "race");
    add_global(vm_, "race");
    lua_createtable(L, 0, 0);
    keep_top(L, "modules");
    lua_pushlightuserdata(L, this);
    lua_pushcclosure(L, &LuaEngine::require, 1);
    add_global(vm_, "require");

    push_observation(L, {*context_.market, *context_.view, context_.shown, context_.role});
    keep_top(L, "obs");
    push_act(L);
    keep_top(L, "act");
    push_parameters(L, strategy_.declaration().parameters, parameters);
    keep_top(L, "p");
    push_memory(L, strategy_.memory, memory_of(*context_.desk, context_.author));
    keep_top(L, "mem");
    push_rng(L);
    keep_top(L, "rng");
    push_record(L, info_binding(), &context_.info);
    keep_top(L, "info");
}

/// require "rackrace", or a file that was read with the strategy; each runs once, while the strategy's file runs.
int LuaEngine::require(lua_State* L) {
    auto* self = static_cast<LuaEngine*>(lua_touserdata(L, lua_upvalueindex(1)));
    const char* name = luaL_checkstring(L, 1);
    lua_settop(L, 1);
    if (std::string_view(name) == "rackrace") {
        lua_getfield(L, LUA_REGISTRYINDEX, "rackrace.race");
        return 1;
    }
    lua_getfield(L, LUA_REGISTRYINDEX, "rackrace.modules");
    if (lua_getfield(L, 2, name) != LUA_TNIL) {
        if (lua_isboolean(L, -1)) return self->vm_.fail(ScriptErrorKind::runtime, "'%s' requires itself", name);
        return 1;
    }
    lua_pop(L, 1);
    const StrategyFile* file = nullptr;
    for (const auto& [known, module] : self->strategy_.modules)
        if (known == name) file = &module;
    if (file == nullptr || self->context_.is_running) return self->vm_.fail(ScriptErrorKind::runtime, "'%s' is no file beside the script, or is required too late", name);
    lua_pushboolean(L, 1);
    lua_setfield(L, 2, name);
    lua_pushfstring(L, "@%s", file->name.c_str());
    if (luaL_loadbufferx(L, file->text.data(), file->text.size(), lua_tostring(L, -1), "t") != LUA_OK) return lua_error(L);
    lua_getfield(L, LUA_REGISTRYINDEX, kGlobals);
    lua_setupvalue(L, -2, 1);
    lua_call(L, 0, 1);
    lua_pushvalue(L, -1);
    lua_setfield(L, 2, name);
    return 1;
}

std::optional<ScriptError> LuaEngine::run_file() {
    if (auto error = vm_.load(strategy_.main.name, strategy_.main.text)) return error;
    if (auto error = vm_.call(0, 1)) return error;
    return keep_callbacks();
}

/// The declaration is on top: its functions are kept, and what they reach is copied.
std::optional<ScriptError> LuaEngine::keep_callbacks() {
    lua_State* L = vm_.state();
    ScriptError error{strategy_.main.name, 1, "the file returns no declaration with a function decide", ScriptErrorKind::runtime};
    if (!lua_istable(L, -1) || is_read_only(L, -1)) {
        lua_pop(L, 1);
        return error;
    }
    for (const std::string_view name : kCallbackNames) {
        const char* callback = name.data();
        lua_pushstring(L, callback);
        lua_rawget(L, -2);
        if (lua_isfunction(L, -1) && lua_iscfunction(L, -1) == 0) outer_.copy_from_top();
        keep_top(L, callback);
    }
    lua_pop(L, 1);
    push_kept("decide");
    const bool can_decide = lua_isfunction(L, -1);
    lua_pop(L, 1);
    vm_.set_baseline();
    if (can_decide) return std::nullopt;
    return error;
}

Result<std::unique_ptr<LuaEngine>> LuaEngine::start(const Strategy& strategy, const std::vector<ParameterValue>& parameters, ScriptContext& context) {
    std::unique_ptr<LuaEngine> engine(new LuaEngine(strategy, context));
    engine->open(parameters);
    if (const auto error = engine->run_file()) return Refusal{error->file, error->line, 0, error->message, "mend the script: it fails while it is loaded"};
    return engine;
}

bool LuaEngine::has(Callback which) const {
    push_kept(callback_name(which));
    const bool is_function = lua_isfunction(vm_.state(), -1);
    lua_pop(vm_.state(), 1);
    return is_function;
}

/// Of the call that just ended.
void LuaEngine::note_costs(ScriptProfile& profile) const {
    const auto bytes = static_cast<std::int64_t>(vm_.allocated());
    ++profile.callbacks;
    profile.units_by_lua += vm_.budget_used();
    profile.bytes += bytes;
    profile.most_bytes = std::max(profile.most_bytes, bytes);
}

/// Calls the function below its arguments and records what it does.
std::optional<ScriptError> LuaEngine::call_traced(Callback which, int arguments) {
    LineRecorder recorder(strategy_, context_, which, *context_.trace, context_.trace->callbacks.emplace_back());
    context_.recorder = &recorder;
    vm_.listen(&recorder);
    auto error = vm_.call(arguments, 0);
    vm_.listen(nullptr);
    context_.recorder = nullptr;
    recorder.finish();
    return error;
}

/// Calls a kept callback; what it changed outside is taken back and told.
std::optional<ScriptError> LuaEngine::run(Callback which) {
    lua_State* L = vm_.state();
    const bool is_start = which == Callback::init;
    for (const std::string_view argument : is_start ? std::span<const std::string_view>(kInitParameters) : std::span<const std::string_view>(kDecideParameters)) push_kept(argument.data());
    const auto arguments = static_cast<int>(is_start ? kInitParameters.size() : kDecideParameters.size());
    push_kept(callback_name(which));
    lua_Debug function;
    lua_pushvalue(L, -1);
    lua_getinfo(L, ">S", &function);
    lua_insert(L, -arguments - 1);
    context_.is_running = true;
    auto error = context_.trace != nullptr ? call_traced(which, arguments) : vm_.call(arguments, 0);
    context_.is_running = false;
    if (context_.profile != nullptr) note_costs(*context_.profile);
    const auto changed = outer_.restore();
    if (!error && changed) error = ScriptError{function.source[0] == '@' ? function.source + 1 : strategy_.main.name, function.linedefined, *changed, ScriptErrorKind::state};
    return error;
}

}  // namespace rackrace
