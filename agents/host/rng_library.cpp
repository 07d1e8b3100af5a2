#include "agents/host/rng_library.h"

#include "agents/host/sandbox_library.h"
#include "agents/host/script_context.h"
#include "agents/host/view_binding.h"
#include "agents/library.h"
#include "engine/base/random.h"

namespace rackrace {
namespace {

struct RngObject {
    ObjectKind kind;
    std::uint64_t stream;  // hash of its name
};

const RngObject& rng_at(lua_State* L) {
    const void* object = lua_type(L, 1) == LUA_TUSERDATA ? lua_touserdata(L, 1) : nullptr;
    if (object == nullptr || *static_cast<const ObjectKind*>(object) != ObjectKind::rng)
        LuaVm::of(L).fail(ScriptErrorKind::call, "draws are methods: write rng:uniform(a, b)");
    return *static_cast<const RngObject*>(object);
}

/// Key of a stream in this decision: its name, the stage, and whose decision it is.
std::uint64_t key_of(const ScriptContext& context, std::uint64_t stream) {
    return hash64(stream, static_cast<int>(context.stage), static_cast<int>(context.author));
}

/// The next draw of a stream, in (0, 1).
double next_uniform(lua_State* L) {
    const RngObject& rng = rng_at(L);
    ScriptContext& context = context_of(L);
    if (!context.can_act) LuaVm::of(L).fail(ScriptErrorKind::call, "draws belong to decide and operate");
    const std::uint64_t key = key_of(context, rng.stream);
    int i = 0;
    while (i < context.stream_count && context.streams[i].key != key) ++i;
    if (i == kMaxStreams) LuaVm::of(L).fail(ScriptErrorKind::call, "more than %d streams in one decision", kMaxStreams);
    if (i == context.stream_count) context.streams[context.stream_count++] = {key, 0};
    return uniform01(context.world->seed, Stream::script, context.world->t, context.scenario->firms[context.firm].id, key, context.streams[i].count++);
}

int uniform_of(lua_State* L) {
    const double low = luaL_checknumber(L, 2), high = luaL_checknumber(L, 3);
    lua_pushnumber(L, low + (high - low) * next_uniform(L));
    return 1;
}

int normal_of(lua_State* L) {
    const double mean = luaL_checknumber(L, 2), deviation = luaL_checknumber(L, 3);
    lua_pushnumber(L, mean + deviation * normal_quantile(next_uniform(L)));
    return 1;
}

/// Both ends included, each equally likely.
int int_of(lua_State* L) {
    const double low = std::ceil(luaL_checknumber(L, 2)), high = std::floor(luaL_checknumber(L, 3));
    if (!(low <= high) || !is_finite(high - low)) return LuaVm::of(L).fail(ScriptErrorKind::call, "rng:int needs a whole number between its ends");
    lua_pushnumber(L, whole_between(low, high, next_uniform(L)));
    return 1;
}

int chance_of(lua_State* L) {
    const double probability = luaL_checknumber(L, 2);
    lua_pushboolean(L, next_uniform(L) < probability);
    return 1;
}

void push_stream(lua_State* L, std::uint64_t stream);

int stream_of(lua_State* L) {
    rng_at(L);
    std::size_t length = 0;
    const char* name = luaL_checklstring(L, 2, &length);
    push_stream(L, name_hash(name, length));
    return 1;
}

int refuse_write(lua_State* L) { return LuaVm::of(L).fail(ScriptErrorKind::runtime, "rng is read only"); }

constexpr LibraryFunction kMethods[] = {
    {"uniform", uniform_of, {{"low"}, {"high"}}, "number", Unit::none, "between the two, all alike", "rng:uniform(-0.1, 0.1)"},
    {"normal", normal_of, {{"mean"}, {"sd"}}, "number", Unit::none, "normal with this mean and standard deviation", "rng:normal(0, 1)"},
    {"int", int_of, {{"low"}, {"high"}}, "integer", Unit::none, "a whole number, both ends included, all alike", "rng:int(1, 6)"},
    {"chance", chance_of, {{"probability"}}, "boolean", Unit::none, "true with this probability", "rng:chance(0.5)"},
    {"stream", stream_of, {{"name", "string"}}, "race.Rng", Unit::none, "a stream of its own: draws of one move no draws of another", "rng:stream(\"bids\"):uniform(0, 1)"}};
constexpr char kRngKey = 0;

void make_metatable(lua_State* L, const void*) {
    lua_createtable(L, 0, 5);
    set_functions(L, kMethods);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, refuse_write);
    lua_setfield(L, -2, "__newindex");
}

void push_stream(lua_State* L, std::uint64_t stream) {
    auto* rng = static_cast<RngObject*>(lua_newuserdatauv(L, sizeof(RngObject), 0));
    *rng = {ObjectKind::rng, stream};
    push_metatable(L, &kRngKey, make_metatable);
    lua_setmetatable(L, -2);
}

}  // namespace

std::span<const LibraryFunction> rng_methods() { return kMethods; }

void push_rng(lua_State* L) { push_stream(L, name_hash("", 0)); }

}  // namespace rackrace
