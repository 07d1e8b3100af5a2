#include "agents/host/firm_script.h"

#include <algorithm>

#include "agents/host/act_library.h"
#include "agents/host/frozen_scripts.h"
#include "agents/host/observation.h"
#include "agents/host/race_library.h"
#include "agents/host/rng_library.h"
#include "agents/host/sandbox_library.h"
#include "agents/host/view_binding.h"

namespace rackrace {

namespace {

constexpr const char* kCallbacks[] = {"init", "decide", "operate"};

InfoView info_of(const Seat& seat, Role role) {
    InfoView info{};
    info.id = seat.firm;
    info.role = static_cast<int>(role);
    info.horizon_q = seat.scenario->end_t - seat.scenario->start_t + 1;
    info.products_count = seat.scenario->product_count;
    info.regions_count = seat.scenario->region_count;
    for (int i = 0; i < info.products_count; ++i) info.products[i] = i;
    for (int i = 0; i < info.regions_count; ++i) info.regions[i] = i;
    return info;
}

}  // namespace

FirmScript::FirmScript(std::shared_ptr<const Strategy> strategy, const Seat& seat) : strategy_(std::move(strategy)), outer_(vm_.state()) {
    context_.firm = seat.firm;
    context_.role = seat.scenario->firms[seat.firm].role;
    context_.author = seat.author;
    context_.scenario = seat.scenario;
    context_.market = seat.market;
    context_.view = seat.view;
    context_.desk = seat.desk;
    context_.trace_names = seat.trace_names;
    context_.log = seat.log;
    context_.levers = seat.levers;
    context_.scripts.emplace_back(strategy_->main.name, seat.log->script_of(seat.frozen_path));
    for (const auto& [module, file] : strategy_->modules) context_.scripts.emplace_back(file.name, seat.log->script_of(frozen_module(module)));
    context_.info = info_of(seat, context_.role);
    vm_.context = &context_;
}

/// Keeps the value on top in the registry under a name of ours.
static void keep_top(lua_State* L, const char* name) { lua_setfield(L, LUA_REGISTRYINDEX, (std::string("rackrace.") + name).c_str()); }

void FirmScript::push_kept(const char* name) { lua_getfield(vm_.state(), LUA_REGISTRYINDEX, (std::string("rackrace.") + name).c_str()); }

void FirmScript::open(const std::vector<ParameterValue>& parameters) {
    lua_State* L = vm_.state();
    open_sandbox(vm_);
    push_race(vm_);
    lua_pushvalue(L, -1);
    keep_top(L, "race");
    add_global(vm_, "race");
    lua_createtable(L, 0, 0);
    keep_top(L, "modules");
    lua_pushlightuserdata(L, this);
    lua_pushcclosure(L, &FirmScript::require, 1);
    add_global(vm_, "require");

    push_observation(L, {*context_.market, *context_.view, context_.shown, context_.role});
    keep_top(L, "obs");
    push_act(L);
    keep_top(L, "act");
    push_parameters(L, strategy_->declaration().parameters, parameters);
    keep_top(L, "p");
    push_memory(L, strategy_->memory, memory_of(*context_.desk, context_.author));
    keep_top(L, "mem");
    push_rng(L);
    keep_top(L, "rng");
    push_record(L, info_binding(), &context_.info);
    keep_top(L, "info");
}

/// require "rackrace", or a file that was read with the strategy; each runs once, while the strategy's file runs.
int FirmScript::require(lua_State* L) {
    auto* self = static_cast<FirmScript*>(lua_touserdata(L, lua_upvalueindex(1)));
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
    for (const auto& [known, module] : self->strategy_->modules)
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

std::optional<ScriptError> FirmScript::run_file() {
    if (auto error = vm_.load(strategy_->main.name, strategy_->main.text)) return error;
    if (auto error = vm_.call(0, 1)) return error;
    return keep_callbacks();
}

/// The declaration is on top: its functions are kept, and what they reach is copied.
std::optional<ScriptError> FirmScript::keep_callbacks() {
    lua_State* L = vm_.state();
    ScriptError error{strategy_->main.name, 1, "the file returns no declaration with a function decide", ScriptErrorKind::runtime};
    if (!lua_istable(L, -1) || is_read_only(L, -1)) {
        lua_pop(L, 1);
        return error;
    }
    for (const char* callback : kCallbacks) {
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

Result<std::unique_ptr<FirmScript>> FirmScript::start(std::shared_ptr<const Strategy> strategy, const std::map<std::string, std::string>& settings, const Seat& seat) {
    const auto parameters = strategy->parameters(settings);
    if (!parameters) return parameters.error();
    std::unique_ptr<FirmScript> script(new FirmScript(std::move(strategy), seat));
    script->open(*parameters);
    if (const auto error = script->run_file()) return Refusal{error->file, error->line, 0, error->message, "mend the script: it fails while it is loaded"};
    return script;
}

/// Calls a kept callback, its arguments on top; what it changed outside is taken back and told.
std::optional<ScriptError> FirmScript::run(const char* callback, int arguments) {
    lua_State* L = vm_.state();
    push_kept(callback);
    lua_Debug function;
    lua_pushvalue(L, -1);
    lua_getinfo(L, ">S", &function);
    lua_insert(L, -arguments - 1);
    context_.is_running = true;
    auto error = vm_.call(arguments, 0);
    context_.is_running = false;
    const auto changed = outer_.restore();
    if (!error && changed) error = ScriptError{function.source[0] == '@' ? function.source + 1 : strategy_->main.name, function.linedefined, *changed, ScriptErrorKind::state};
    return error;
}

/// Memory as declared, then `init`.
std::optional<ScriptError> FirmScript::initialise() {
    std::copy(strategy_->memory.initial.begin(), strategy_->memory.initial.end(), memory_of(*context_.desk, context_.author));
    context_.desk->is_initialised[static_cast<int>(context_.author)] = 1;
    push_kept("init");
    const bool has_init = lua_isfunction(vm_.state(), -1);
    lua_pop(vm_.state(), 1);
    if (!has_init) return std::nullopt;
    for (const char* argument : {"info", "p", "mem"}) push_kept(argument);
    return run("init", 3);
}

std::optional<ScriptError> FirmScript::decide(Stage stage, const World& world, Orders& orders, VerbMask& used) {
    used = 0;
    Desk& desk = *context_.desk;
    const Desk before = desk;
    context_.world = &world;
    context_.orders = &orders;
    context_.stage = stage;
    context_.used = 0;
    context_.stream_count = 0;
    std::optional<ScriptError> error;
    if (desk.is_initialised[static_cast<int>(context_.author)] == 0) error = initialise();
    if (stage == Stage::b && strategy_->declaration().operate == nullptr) return error;
    context_.log->begin(context_.firm, stage, context_.author);
    const int shown_to = desk.result_count;
    context_.shown.results_count = unseen_results(desk, context_.author, context_.shown.results);
    if (!error) {
        for (const char* argument : {"obs", "act", "p", "mem", "rng"}) push_kept(argument);
        context_.can_act = true;
        error = run(stage == Stage::a ? "decide" : "operate", 5);
        context_.can_act = false;
    }
    if (error) {
        const auto initialised = desk.is_initialised[static_cast<int>(context_.author)];
        desk = before;
        if (before.is_initialised[static_cast<int>(context_.author)] == 0) std::copy(strategy_->memory.initial.begin(), strategy_->memory.initial.end(), memory_of(desk, context_.author));
        desk.is_initialised[static_cast<int>(context_.author)] = initialised;
        ++desk.script_errors;
        orders = Orders{};
        context_.log->fail(vm_.budget_used(), context_.script_of(error->file), error->line, error->message);
    } else {
        ++desk.decisions;
        used = context_.used;
        context_.log->end(vm_.budget_used(), used);
    }
    desk.seen_count[static_cast<int>(context_.author)] = shown_to;
    return error;
}

}  // namespace rackrace
