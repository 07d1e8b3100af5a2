#include "agents/host/sandbox_library.h"

#include <cstring>

#include "agents/host/ids.h"
#include "agents/host/math_library.h"
#include "agents/host/view_binding.h"

namespace rackrace {
namespace {

int refuse_write(lua_State* L) {
    LuaVm& vm = LuaVm::of(L);
    const char* what = lua_tostring(L, lua_upvalueindex(1));
    if (lua_type(L, 2) == LUA_TSTRING) return vm.fail(ScriptErrorKind::runtime, "%s is read only: '%s' cannot be set", what, lua_tostring(L, 2));
    return vm.fail(ScriptErrorKind::runtime, "%s is read only", what);
}

int refuse_missing(lua_State* L) {
    return LuaVm::of(L).fail(ScriptErrorKind::runtime, "%s has no field '%s'", lua_tostring(L, lua_upvalueindex(1)), lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : luaL_typename(L, 2));
}

int refuse_global(lua_State* L) {
    return LuaVm::of(L).fail(ScriptErrorKind::runtime, "global '%s' cannot be set: declare it with local", lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?");
}

int refuse_unknown(lua_State* L) {
    return LuaVm::of(L).fail(ScriptErrorKind::runtime, "'%s' is not available here", lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?");
}

/// The items of a list: own tables to the first nil, view and memory arrays to their length.
int next_item(lua_State* L) {
    const lua_Integer i = luaL_checkinteger(L, 2) + 1;
    const int length = array_length(L, 1);
    if (length >= 0 && i > length) return 0;
    lua_pushinteger(L, i);
    return lua_geti(L, 1, i) == LUA_TNIL ? 1 : 2;
}

int ipairs_of(lua_State* L) {
    luaL_checkany(L, 1);
    lua_pushcfunction(L, next_item);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    return 3;
}

/// As a script sees it: records and lists of the engine are tables, opaque ids are "id".
int type_of(lua_State* L) {
    luaL_checkany(L, 1);
    const int type = lua_type(L, 1);
    lua_pushstring(L, type == LUA_TUSERDATA ? "table" : type == LUA_TLIGHTUSERDATA ? "id" : lua_typename(L, type));
    return 1;
}

int assert_true(lua_State* L) {
    luaL_checkany(L, 1);
    if (lua_toboolean(L, 1) != 0) return lua_gettop(L);
    if (lua_isnoneornil(L, 2)) return LuaVm::of(L).fail(ScriptErrorKind::runtime, "assertion failed");
    lua_settop(L, 2);
    return lua_error(L);
}

int raise_error(lua_State* L) {
    lua_settop(L, 1);
    return lua_error(L);
}

/// Length of an own table; an error for anything else.
lua_Integer own_table(lua_State* L, const char* function) {
    if (lua_type(L, 1) != LUA_TTABLE || is_read_only(L, 1)) LuaVm::of(L).fail(ScriptErrorKind::runtime, "%s needs a table of the script", function);
    return static_cast<lua_Integer>(lua_rawlen(L, 1));
}

int table_insert(lua_State* L) {
    LuaVm& vm = LuaVm::of(L);
    const lua_Integer length = own_table(L, "table.insert");
    const int arguments = lua_gettop(L);
    if (arguments != 2 && arguments != 3) return vm.fail(ScriptErrorKind::runtime, "table.insert takes a table, a place if wanted, and a value");
    lua_Integer place = length + 1;
    if (arguments == 3) {
        place = luaL_checkinteger(L, 2);
        if (place < 1 || place > length + 1) return vm.fail(ScriptErrorKind::runtime, "table.insert: place %d is outside 1 to %d", static_cast<int>(place), static_cast<int>(length + 1));
    }
    vm.charge(1 + length - (place - 1));
    for (lua_Integer i = length; i >= place; --i) {
        lua_rawgeti(L, 1, i);
        lua_rawseti(L, 1, i + 1);
    }
    lua_pushvalue(L, arguments);
    lua_rawseti(L, 1, place);
    return 0;
}

int table_remove(lua_State* L) {
    LuaVm& vm = LuaVm::of(L);
    const lua_Integer length = own_table(L, "table.remove");
    const lua_Integer place = luaL_optinteger(L, 2, length);
    if (length == 0) return 0;
    if (place < 1 || place > length) return vm.fail(ScriptErrorKind::runtime, "table.remove: place %d is outside 1 to %d", static_cast<int>(place), static_cast<int>(length));
    vm.charge(1 + length - place);
    lua_rawgeti(L, 1, place);
    for (lua_Integer i = place; i < length; ++i) {
        lua_rawgeti(L, 1, i + 1);
        lua_rawseti(L, 1, i);
    }
    lua_pushnil(L);
    lua_rawseti(L, 1, length);
    return 1;
}

/// True where the value at `later` belongs before the one at `earlier`; an own order or < for numbers and texts.
bool is_before(lua_State* L, LuaVm& vm, int later, int earlier) {
    vm.charge(1);
    if (!lua_isnoneornil(L, 2)) {
        lua_pushvalue(L, 2);
        lua_pushvalue(L, later);
        lua_pushvalue(L, earlier);
        lua_call(L, 2, 1);
        const bool before = lua_toboolean(L, -1) != 0;
        lua_pop(L, 1);
        return before;
    }
    const bool numbers = lua_type(L, later) == LUA_TNUMBER && lua_type(L, earlier) == LUA_TNUMBER;
    const bool texts = lua_type(L, later) == LUA_TSTRING && lua_type(L, earlier) == LUA_TSTRING;
    if (!numbers && !texts) vm.fail(ScriptErrorKind::runtime, "table.sort: %s and %s have no order", luaL_typename(L, earlier), luaL_typename(L, later));
    if (numbers) return lua_compare(L, later, earlier, LUA_OPLT) != 0;
    return compare_texts(L, later, earlier) < 0;  // by bytes: the platform's order of texts depends on its settings
}

/// One round of a stable merge sort: pairs of runs of `width` in table `from` become runs of twice that in table `to`.
void merge_runs(lua_State* L, LuaVm& vm, int from, int to, lua_Integer length, lua_Integer width) {
    for (lua_Integer start = 1; start <= length; start += 2 * width) {
        lua_Integer left = start, right = start + width;
        const lua_Integer left_end = right <= length + 1 ? right : length + 1, right_end = start + 2 * width <= length + 1 ? start + 2 * width : length + 1;
        for (lua_Integer out = start; out < right_end; ++out) {
            bool takes_right = left >= left_end;
            if (!takes_right && right < right_end) {
                lua_rawgeti(L, from, left);
                lua_rawgeti(L, from, right);
                const int top = lua_gettop(L);
                takes_right = is_before(L, vm, top, top - 1);
                lua_settop(L, top - 2);
            }
            lua_rawgeti(L, from, takes_right ? right++ : left++);
            lua_rawseti(L, to, out);
        }
    }
}

int table_sort(lua_State* L) {
    LuaVm& vm = LuaVm::of(L);
    const lua_Integer length = own_table(L, "table.sort");
    if (!lua_isnoneornil(L, 2) && lua_type(L, 2) != LUA_TFUNCTION) return vm.fail(ScriptErrorKind::runtime, "table.sort: the order is a function(a, b), not %s", luaL_typename(L, 2));
    lua_settop(L, 2);
    vm.charge(2 * length);
    lua_createtable(L, static_cast<int>(length), 0);
    lua_createtable(L, static_cast<int>(length), 0);
    // Sorted aside: an order that fails or writes to the table leaves it as it was.
    for (lua_Integer i = 1; i <= length; ++i) {
        lua_rawgeti(L, 1, i);
        lua_rawseti(L, 3, i);
    }
    int from = 3, to = 4;
    for (lua_Integer width = 1; width < length; width *= 2) {
        vm.charge(length);
        merge_runs(L, vm, from, to, length, width);
        const int other = from;
        from = to;
        to = other;
    }
    for (lua_Integer i = 1; i <= length; ++i) {
        lua_rawgeti(L, from, i);
        lua_rawseti(L, 1, i);
    }
    return 0;
}

int table_concat(lua_State* L) {
    LuaVm& vm = LuaVm::of(L);
    const lua_Integer length = own_table(L, "table.concat");
    std::size_t separator_length = 0;
    const char* separator = luaL_optlstring(L, 2, "", &separator_length);
    const lua_Integer first = luaL_optinteger(L, 3, 1), last = luaL_optinteger(L, 4, length);
    char text[LuaVm::kTextBytes];
    std::size_t used = 0;
    for (lua_Integer i = first; i <= last; ++i) {
        const int type = lua_rawgeti(L, 1, i);
        if (type != LUA_TSTRING && type != LUA_TNUMBER) return vm.fail(ScriptErrorKind::runtime, "table.concat: item %d is %s", static_cast<int>(i), luaL_typename(L, -1));
        std::size_t size = 0;
        const char* item = lua_tolstring(L, -1, &size);
        const std::size_t gap = i > first ? separator_length : 0;
        vm.charge(1 + static_cast<std::int64_t>(size + gap) / 8);
        if (used + gap + size > sizeof text) return vm.fail(ScriptErrorKind::memory, "table.concat: a text longer than %d bytes", static_cast<int>(sizeof text));
        std::memcpy(text + used, separator, gap);
        std::memcpy(text + used + gap, item, size);
        used += gap + size;
        lua_pop(L, 1);
    }
    lua_pushlstring(L, text, used);
    return 1;
}

constexpr LibraryFunction kBase[] = {
    {"require", nullptr, {{"name", "string"}}, "any", Unit::none, "race itself by \"rackrace\", or what a file beside the script returns: \"lib.credit\" is lib/credit.lua; at the top of the file only",
     "require \"rackrace\""},
    {"ipairs", ipairs_of, {{"list", "T[]"}}, "fun(list: T[], i?: integer): integer, T", Unit::none, "walks a list from 1 to its end: own tables, lists of obs, arrays of mem",
     "for i, rival in ipairs(obs.rivals) do end", "T"},
    {"type", type_of, {{"value", "any"}}, "race.TypeName", Unit::none, "what a value is; records and lists of obs are \"table\", ids are \"id\"", "type(obs.me.id) == \"id\""},
    {"assert", assert_true, {{"value", "T?"}, {"message", "any", true}}, "T", Unit::none, "its first argument; a script error where that is false or nil", "assert(1 < 2) == true", "T"},
    {"error", raise_error, {{"message", "any"}}, "", Unit::none, "ends the decision: the firm holds, and the message is reported"}};

constexpr LibraryFunction kTable[] = {
    {"insert", table_insert, {{"list", "T[]"}, {"place", "integer"}, {"value", "T"}}, "", Unit::none, "puts a value at a place, or at the end; those behind it move up", "table.insert({ 1 }, 2)", "T",
     "fun(list: T[], value: T)"},
    {"remove", table_remove, {{"list", "T[]"}, {"place", "integer", true}}, "T?", Unit::none, "takes the value at a place, or the last one; those behind it move down", "table.remove({ 1, 2 }) == 2", "T"},
    {"sort", table_sort, {{"list", "T[]"}, {"is_before", "fun(a: T, b: T): boolean", true}}, "", Unit::none, "sorts in place, by < or an order of your own; equal ones keep their order",
     "table.sort({ 2, 1 })", "T"},
    {"concat", table_concat, {{"list", "(string|number)[]"}, {"separator", "string", true}, {"first", "integer", true}, {"last", "integer", true}}, "string", Unit::none,
     "one text of the items", "table.concat({ 1, 2 }, \"-\") == \"1-2\""}};

constexpr const char* kGlobalValues = "rackrace.global_values";

}  // namespace

void set_functions(lua_State* L, std::span<const LibraryFunction> functions) {
    for (const LibraryFunction& function : functions) {
        if (function.call == nullptr) continue;
        lua_pushlstring(L, function.name.data(), function.name.size());
        lua_pushcfunction(L, function.call);
        lua_rawset(L, -3);
    }
}

std::span<const LibraryFunction> base_functions() { return kBase; }
std::span<const LibraryFunction> table_functions() { return kTable; }

bool is_read_only(lua_State* L, int index) {
    if (lua_getmetatable(L, index) == 0) return false;
    lua_pop(L, 1);
    return true;
}

void push_read_only(lua_State* L, const char* what) {
    lua_createtable(L, 0, 1);  // of the values: what they do not have is an error with its name
    lua_pushstring(L, what);
    lua_pushcclosure(L, refuse_missing, 1);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_createtable(L, 0, 0);
    lua_createtable(L, 0, 2);
    lua_rotate(L, -3, -1);  // proxy, metatable, values
    lua_setfield(L, -2, "__index");
    lua_pushstring(L, what);
    lua_pushcclosure(L, refuse_write, 1);
    lua_setfield(L, -2, "__newindex");
    lua_setmetatable(L, -2);
}

void open_sandbox(LuaVm& vm) {
    lua_State* L = vm.state();
    lua_createtable(L, 0, 16);
    set_functions(L, kBase);
    lua_createtable(L, 0, 4);
    set_functions(L, kTable);
    push_read_only(L, "table");
    lua_setfield(L, -2, "table");
    push_math(L);
    push_read_only(L, "math");
    lua_setfield(L, -2, "math");
    lua_createtable(L, 0, 1);  // of the values: reading an unknown name is an error with the name in it
    lua_pushcfunction(L, refuse_unknown);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_pushvalue(L, -1);
    lua_setfield(L, LUA_REGISTRYINDEX, kGlobalValues);

    lua_createtable(L, 0, 0);
    lua_createtable(L, 0, 2);
    lua_rotate(L, -3, -1);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, refuse_global);
    lua_setfield(L, -2, "__newindex");
    lua_setmetatable(L, -2);
    lua_setfield(L, LUA_REGISTRYINDEX, kGlobals);
}

void add_global(LuaVm& vm, const char* name) {
    lua_State* L = vm.state();
    lua_getfield(L, LUA_REGISTRYINDEX, kGlobalValues);
    lua_rotate(L, -2, 1);
    lua_setfield(L, -2, name);
    lua_pop(L, 1);
}

}  // namespace rackrace
