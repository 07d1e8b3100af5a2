#include "agents/host/act_library.h"

#include <cstring>

#include "agents/host/ids.h"
#include "agents/host/sandbox_library.h"
#include "agents/host/script_effects.h"
#include "agents/library.h"

namespace rackrace {
namespace {

constexpr std::size_t kMaxTraceName = 64;

/// A message names at most this much of an argument.
struct Name {
    char text[48];
    explicit Name(std::string_view name) {
        const std::size_t length = name.size() < sizeof text ? name.size() : sizeof text - 1;
        std::memcpy(text, name.data(), length);
        text[length] = '\0';
    }
};

/// The words of an argument for a message, without memory of its own: the message leaves by a long jump.
struct Choices {
    char text[96] = {};
    explicit Choices(const ArgRow& row) {
        const std::string words = choices_text(row);
        std::memcpy(text, words.data(), words.size() < sizeof text ? words.size() : sizeof text - 1);
    }
};

ScriptContext& acting(lua_State* L) {
    ScriptContext& context = context_of(L);
    if (!context.can_act) LuaVm::of(L).fail(ScriptErrorKind::call, "verbs belong to decide and operate");
    return context;
}

[[noreturn]] void wrong_type(lua_State* L, const VerbInfo& verb, const ArgInfo& arg, const char* wanted) {
    const char* got = lua_type(L, -1) == LUA_TLIGHTUSERDATA ? "another id" : lua_type(L, -1) == LUA_TUSERDATA ? "a record" : luaL_typename(L, -1);
    LuaVm::of(L).fail(ScriptErrorKind::call, "%s: '%s' is %s, not %s", Name(verb.row.name).text, Name(arg.name).text, got, wanted);
    __builtin_unreachable();
}

double read_number(lua_State* L, const VerbInfo& verb, const ArgInfo& arg) {
    if (lua_type(L, -1) != LUA_TNUMBER) wrong_type(L, verb, arg, "a number");
    const double value = lua_tonumber(L, -1);
    if (!is_finite(value)) LuaVm::of(L).fail(ScriptErrorKind::call, "%s: '%s' is not a finite number", Name(verb.row.name).text, Name(arg.name).text);
    if (value < 0.0 && is_quantity(arg.row.unit)) LuaVm::of(L).fail(ScriptErrorKind::call, "%s: '%s' is %f, below 0", Name(verb.row.name).text, Name(arg.name).text, value);
    return value == 0.0 ? 0.0 : value;  // -0.0 too
}

/// Ids, flags and words as the number that the struct of arguments holds.
std::int32_t read_reference(lua_State* L, const VerbInfo& verb, const ArgInfo& arg) {
    if (is_id(arg.row.unit)) {
        const auto id = read_id(L, -1);
        if (!id || id->kind != arg.row.unit) wrong_type(L, verb, arg, Name(unit_text(arg.row.unit)).text);
        return id->value;
    }
    if (arg.row.unit == Unit::flag) {
        if (lua_type(L, -1) != LUA_TBOOLEAN) wrong_type(L, verb, arg, "true or false");
        return lua_toboolean(L, -1);
    }
    if (arg.row.unit == Unit::kind_name) {
        std::size_t length = 0;
        const char* word = lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, &length) : nullptr;
        for (int i = 0; word != nullptr && i < arg.choice_count(); ++i)
            if (std::string_view(word, length) == arg.row.choices[i]) return i;
        LuaVm::of(L).fail(ScriptErrorKind::call, "%s: '%s' is not %s", Name(verb.row.name).text, Name(arg.name).text, Choices(arg.row).text);
    }
    const double value = read_number(L, verb, arg);
    if (value != std::floor(value)) wrong_type(L, verb, arg, "a whole number");
    return to_int32(to_int64(value));
}

void set_argument(const ArgInfo& arg, double value, unsigned char* args) {
    if (arg.storage == Storage::f64) {
        std::memcpy(args + arg.offset, &value, sizeof value);
    } else {
        const std::int32_t whole = to_int32(to_int64(value));
        std::memcpy(args + arg.offset, &whole, sizeof whole);
    }
}

/// Reads the table at 1 into the struct of arguments. returns how many were given
int read_arguments(lua_State* L, const VerbInfo& verb, unsigned char* args) {
    int given = 0;
    for (const ArgInfo& arg : verb.args) {
        lua_pushlstring(L, arg.name.data(), arg.name.size());
        if (lua_rawget(L, 1) == LUA_TNIL) {
            if (arg.row.is_required) LuaVm::of(L).fail(ScriptErrorKind::call, "%s needs '%s'", Name(verb.row.name).text, Name(arg.name).text);
            set_argument(arg, arg.row.otherwise, args);
        } else if (arg.storage == Storage::f64) {
            set_argument(arg, read_number(L, verb, arg), args);
            ++given;
        } else {
            set_argument(arg, read_reference(L, verb, arg), args);
            ++given;
        }
        lua_pop(L, 1);
    }
    return given;
}

/// More entries than arguments: names the one that the verb does not know.
void refuse_unknown(lua_State* L, const VerbInfo& verb, int given) {
    int entries = 0;
    for (lua_pushnil(L); lua_next(L, 1) != 0; lua_pop(L, 1)) ++entries;
    if (entries == given) return;
    for (lua_pushnil(L); lua_next(L, 1) != 0; lua_pop(L, 1)) {
        bool is_known = false;
        for (const ArgInfo& arg : verb.args) is_known = is_known || (lua_type(L, -2) == LUA_TSTRING && arg.name == lua_tostring(L, -2));
        if (!is_known) LuaVm::of(L).fail(ScriptErrorKind::call, "%s has no argument '%s'", Name(verb.row.name).text, lua_type(L, -2) == LUA_TSTRING ? Name(lua_tostring(L, -2)).text : "[number]");
    }
}

/// The file and line that called the function that runs.
struct CallPlace {
    std::string_view script;
    int line = 0;
};

CallPlace place_of_call(lua_State* L) {
    lua_Debug call;
    if (lua_getstack(L, 1, &call) == 0 || lua_getinfo(L, "Sl", &call) == 0) return {};
    return {call.source[0] == '@' ? call.source + 1 : call.source, call.currentline};
}

int call_verb(lua_State* L) {
    const auto& verb = *static_cast<const VerbInfo*>(lua_touserdata(L, lua_upvalueindex(1)));
    ScriptContext& context = acting(L);
    LuaVm& vm = LuaVm::of(L);
    if (lua_gettop(L) != 1 || lua_type(L, 1) != LUA_TTABLE || is_read_only(L, 1))
        return vm.fail(ScriptErrorKind::call, "%s takes one table of named arguments", Name(verb.row.name).text);
    if (verb.row.stage == Stage::a && context.stage == Stage::b)
        return vm.fail(ScriptErrorKind::call, "%s is a verb of stage A, which is over in operate: call it in decide", Name(verb.row.name).text);
    alignas(8) unsigned char args[kMaxArgsBytes] = {};
    refuse_unknown(L, verb, read_arguments(L, verb, args));
    const CallPlace place = place_of_call(L);
    const VerbAnswer answer = verb.apply(*context.scenario, *context.world, context.firm, args, place.line, *context.orders);
    if (!note_call(context, verb, answer, args, place.script, place.line)) return vm.fail(ScriptErrorKind::memory, "no memory is left for the log of orders");
    lua_pushboolean(L, answer.ok());
    return 1;
}

int add_trace(lua_State* L, double value, bool is_mark) {
    ScriptContext& context = acting(L);
    std::size_t length = 0;
    const char* name = lua_type(L, 1) == LUA_TSTRING ? lua_tolstring(L, 1, &length) : nullptr;
    if (name == nullptr || length == 0 || length > kMaxTraceName) return LuaVm::of(L).fail(ScriptErrorKind::call, "%s needs a name of 1 to %d letters", is_mark ? "mark" : "trace", static_cast<int>(kMaxTraceName));
    const TraceNote note = note_trace(context, {name, length}, value, is_mark, place_of_call(L).line);
    if (note == TraceNote::no_memory) return LuaVm::of(L).fail(ScriptErrorKind::memory, "no memory is left for the traces");
    lua_pushboolean(L, note == TraceNote::shown);
    return 1;
}

int trace_of(lua_State* L) {
    if (lua_gettop(L) != 2 || lua_type(L, 2) != LUA_TNUMBER) return LuaVm::of(L).fail(ScriptErrorKind::call, "trace takes a name and a number");
    const double value = lua_tonumber(L, 2);
    if (!is_finite(value)) return LuaVm::of(L).fail(ScriptErrorKind::call, "trace: the value is not a finite number");
    return add_trace(L, value == 0.0 ? 0.0 : value, false);
}

int mark_of(lua_State* L) { return add_trace(L, 1.0, true); }

int budget_of(lua_State* L) {
    acting(L);
    lua_pushnumber(L, static_cast<double>(LuaVm::of(L).budget_left()));
    return 1;
}

constexpr LibraryFunction kFunctions[] = {
    {"trace", trace_of, {{"name", "string"}, {"value"}}, "boolean", Unit::none, "shows a number in the replay under a literal name; false where a quarter has as many as it can", "act.trace(\"short_mh\", short_mh)"},
    {"mark", mark_of, {{"name", "string"}}, "boolean", Unit::none, "puts a flag with a literal name on the timeline; counts as a trace", "act.mark(\"squeeze\")"},
    {"budget", budget_of, {}, "number", Unit::none, "units left of the decision's budget, to the last look", "if act.budget() < 20000 then return end"}};

}  // namespace

void push_act(lua_State* L) {
    lua_createtable(L, 0, kVerbs + static_cast<int>(std::size(kFunctions)));
    for (const VerbInfo& verb : describe_verbs()) {
        lua_pushlstring(L, verb.row.name.data(), verb.row.name.size());
        lua_pushlightuserdata(L, const_cast<VerbInfo*>(&verb));
        lua_pushcclosure(L, call_verb, 1);
        lua_rawset(L, -3);
    }
    set_functions(L, kFunctions);
    push_read_only(L, "act");
}

std::span<const LibraryFunction> act_functions() { return kFunctions; }

}  // namespace rackrace
