#include "agents/host/outer_state.h"

#include "agents/host/sandbox_library.h"

namespace rackrace {
namespace {

// In the registry: objects by number, their copies by the same number, and the set of those known.
constexpr char kObjects = 0, kCopies = 0, kKnown = 0;

void make_table_once(lua_State* L, const void* key) {
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, key) == LUA_TNIL) {
        lua_createtable(L, 0, 0);
        lua_rawsetp(L, LUA_REGISTRYINDEX, key);
    }
    lua_pop(L, 1);
}

void push_of(lua_State* L, const void* key, int i) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, key);
    lua_rawgeti(L, -1, i);
    lua_remove(L, -2);
}

/// Compares an upvalue with its copy and puts the copy back where they differ. returns its name, nullptr where nothing changed
const char* restore_upvalue(lua_State* L, int function, int copy, int i) {
    const char* name = lua_getupvalue(L, function, i);
    lua_rawgeti(L, copy, i);
    if (lua_rawequal(L, -1, -2) != 0) {
        lua_pop(L, 2);
        return nullptr;
    }
    lua_setupvalue(L, function, i);
    lua_pop(L, 1);
    return name;
}

/// The same for a table. returns true where something changed
bool restore_table(lua_State* L, int table, int copy) {
    bool has_changed = false;
    for (lua_pushnil(L); lua_next(L, copy) != 0; lua_pop(L, 1)) {
        lua_pushvalue(L, -2);
        lua_rawget(L, table);
        const bool same = lua_rawequal(L, -1, -2) != 0;
        lua_pop(L, 1);
        if (same) continue;
        has_changed = true;
        lua_pushvalue(L, -2);
        lua_pushvalue(L, -2);
        lua_rawset(L, table);
    }
    for (lua_pushnil(L); lua_next(L, table) != 0; lua_pop(L, 1)) {
        lua_pushvalue(L, -2);
        const bool is_known = lua_rawget(L, copy) != LUA_TNIL;
        lua_pop(L, 1);
        if (is_known) continue;
        has_changed = true;
        lua_pushvalue(L, -2);
        lua_pushnil(L);
        lua_rawset(L, table);  // to nil: allowed while walking
    }
    return has_changed;
}

}  // namespace

void OuterState::open() {
    for (const void* key : {static_cast<const void*>(&kObjects), static_cast<const void*>(&kCopies), static_cast<const void*>(&kKnown)}) make_table_once(state_, key);
}

/// Pops a value; a function or table of the script that is not known yet joins the objects.
void OuterState::visit_top() {
    lua_State* L = state_;
    const bool is_function = lua_isfunction(L, -1) && lua_iscfunction(L, -1) == 0;
    const bool is_table = lua_istable(L, -1) && !is_read_only(L, -1);
    if (!is_function && !is_table) return lua_pop(L, 1);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &kKnown);
    lua_pushvalue(L, -2);
    if (lua_rawget(L, -2) == LUA_TNIL) {
        lua_pushvalue(L, -3);
        lua_pushboolean(L, 1);
        lua_rawset(L, -4);
        lua_rawgetp(L, LUA_REGISTRYINDEX, &kObjects);
        lua_pushvalue(L, -4);
        lua_rawseti(L, -2, ++count_);
        lua_pop(L, 1);
    }
    lua_pop(L, 3);
}

void OuterState::copy_function(int index) {
    lua_State* L = state_;
    const int copy = lua_gettop(L);
    for (int i = 1; lua_getupvalue(L, index, i) != nullptr; ++i) {
        lua_pushvalue(L, -1);
        lua_rawseti(L, copy, i);
        visit_top();
    }
}

void OuterState::copy_table(int index) {
    lua_State* L = state_;
    const int copy = lua_gettop(L);
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1)) {
        lua_pushvalue(L, -2);
        lua_pushvalue(L, -2);
        lua_rawset(L, copy);
        lua_pushvalue(L, -1);
        visit_top();
        lua_pushvalue(L, -2);
        visit_top();
    }
}

void OuterState::copy_from_top() {
    lua_State* L = state_;
    open();
    lua_pushvalue(L, -1);
    visit_top();
    while (walked_ < count_) {
        const int i = ++walked_;
        push_of(L, &kObjects, i);
        const int object = lua_gettop(L);
        lua_createtable(L, 0, 0);
        if (lua_isfunction(L, object)) copy_function(object);
        else copy_table(object);
        lua_rawgetp(L, LUA_REGISTRYINDEX, &kCopies);
        lua_rotate(L, -2, 1);
        lua_rawseti(L, -2, i);
        lua_settop(L, object - 1);
    }
}

std::optional<std::string> OuterState::restore() {
    lua_State* L = state_;
    std::optional<std::string> message;
    for (int i = 1; i <= count_; ++i) {
        push_of(L, &kObjects, i);
        const int object = lua_gettop(L);
        push_of(L, &kCopies, i);
        if (lua_istable(L, object)) {
            if (restore_table(L, object, object + 1) && !message) message = "a table made when the file was loaded was changed";
        } else {
            lua_Debug function;
            lua_pushvalue(L, object);
            lua_getinfo(L, ">u", &function);
            for (int u = 1; u <= function.nups; ++u)
                if (const char* name = restore_upvalue(L, object, object + 1, u); name != nullptr && !message) message = "outer variable '" + std::string(name) + "' was changed";
        }
        lua_settop(L, object - 1);
    }
    if (message) *message += ": what lasts from quarter to quarter is declared in memory";
    return message;
}

}  // namespace rackrace
