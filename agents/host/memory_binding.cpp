#include "agents/host/memory_binding.h"

#include "agents/helpers.h"
#include "agents/host/sandbox_library.h"
#include "agents/host/view_binding.h"

namespace rackrace {
namespace {

struct MemoryObject {
    ObjectKind kind;
    const MemoryLayout* layout;
    double* numbers;
};

/// The slot that the key at 2 names; an error for any other.
const MemorySlot& slot_at(lua_State* L, const MemoryObject& memory) {
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNUMBER)
        LuaVm::of(L).fail(ScriptErrorKind::runtime, "memory has no field '%s': declare it in memory = { ... }", lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : luaL_typename(L, 2));
    const auto i = static_cast<std::size_t>(lua_tointeger(L, -1));
    lua_pop(L, 1);
    return memory.layout->slots[i];
}

int read_memory(lua_State* L) {
    const auto& memory = *static_cast<const MemoryObject*>(lua_touserdata(L, 1));
    const MemorySlot& slot = slot_at(L, memory);
    if (slot.is_array) {
        const auto child = static_cast<int>(&slot - memory.layout->slots.data()) + 1;
        lua_getiuservalue(L, 1, child);
    } else if (slot.is_flag) {
        lua_pushboolean(L, memory.numbers[slot.first] != 0.0);
    } else {
        lua_pushnumber(L, memory.numbers[slot.first]);
    }
    return 1;
}

int write_memory(lua_State* L) {
    const auto& memory = *static_cast<const MemoryObject*>(lua_touserdata(L, 1));
    const MemorySlot& slot = slot_at(L, memory);
    const int type = lua_type(L, 3);
    if (slot.is_array) return LuaVm::of(L).fail(ScriptErrorKind::runtime, "mem.%s is an array: write its items", slot.name.c_str());
    if (type != (slot.is_flag ? LUA_TBOOLEAN : LUA_TNUMBER))
        return LuaVm::of(L).fail(ScriptErrorKind::runtime, "mem.%s holds a %s, not %s", slot.name.c_str(), slot.is_flag ? "flag" : "number", lua_typename(L, type));
    memory.numbers[slot.first] = slot.is_flag ? lua_toboolean(L, 3) : stored_number(lua_tonumber(L, 3));
    return 0;
}

double& item_at(lua_State* L) {
    const auto& array = *static_cast<const MemoryArray*>(lua_touserdata(L, 1));
    int is_whole = 0;
    const lua_Integer i = lua_type(L, 2) == LUA_TNUMBER ? lua_tointegerx(L, 2, &is_whole) : 0;
    if (is_whole == 0 || i < 1 || i > array.length)
        LuaVm::of(L).fail(ScriptErrorKind::runtime, "index %s is outside 1 to %d of an array of mem", luaL_tolstring(L, 2, nullptr), array.length);
    return array.items[i - 1];
}

int read_item(lua_State* L) {
    lua_pushnumber(L, item_at(L));
    return 1;
}

int write_item(lua_State* L) {
    double& item = item_at(L);
    if (lua_type(L, 3) != LUA_TNUMBER) return LuaVm::of(L).fail(ScriptErrorKind::runtime, "arrays of mem hold numbers, not %s", luaL_typename(L, 3));
    item = stored_number(lua_tonumber(L, 3));
    return 0;
}

int length_of(lua_State* L) {
    lua_pushinteger(L, array_length(L, 1));
    return 1;
}

constexpr char kArrayKey = 0;

void make_array_metatable(lua_State* L, const void*) {
    lua_pushcfunction(L, read_item);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, write_item);
    lua_setfield(L, -2, "__newindex");
    lua_pushcfunction(L, length_of);
    lua_setfield(L, -2, "__len");
}

}  // namespace

MemoryLayout lay_out(const std::vector<MemoryField>& fields) {
    MemoryLayout layout;
    for (const MemoryField& field : fields) {
        layout.slots.push_back({field.name, field.is_flag, field.is_array, static_cast<int>(layout.initial.size()), field.size});
        layout.initial.insert(layout.initial.end(), static_cast<std::size_t>(field.size), field.initial);
    }
    return layout;
}

void push_memory(lua_State* L, const MemoryLayout& layout, double* numbers) {
    const auto count = static_cast<int>(layout.slots.size());
    auto* memory = static_cast<MemoryObject*>(lua_newuserdatauv(L, sizeof(MemoryObject), count));
    *memory = {ObjectKind::memory, &layout, numbers};
    lua_createtable(L, 0, 2);
    lua_createtable(L, 0, count);
    for (int i = 0; i < count; ++i) {
        const MemorySlot& slot = layout.slots[static_cast<std::size_t>(i)];
        lua_pushinteger(L, i);
        lua_setfield(L, -2, slot.name.c_str());
        if (!slot.is_array) continue;
        auto* array = static_cast<MemoryArray*>(lua_newuserdatauv(L, sizeof(MemoryArray), 0));
        *array = {ObjectKind::memory_array, slot.size, numbers + slot.first};
        push_metatable(L, &kArrayKey, make_array_metatable);
        lua_setmetatable(L, -2);
        lua_setiuservalue(L, -4, i + 1);
    }
    lua_pushvalue(L, -1);
    lua_pushcclosure(L, read_memory, 1);
    lua_setfield(L, -3, "__index");
    lua_pushcclosure(L, write_memory, 1);
    lua_setfield(L, -2, "__newindex");
    lua_setmetatable(L, -2);
}

void push_parameters(lua_State* L, const std::vector<Parameter>& parameters, const std::vector<ParameterValue>& values) {
    lua_createtable(L, 0, static_cast<int>(parameters.size()));
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        if (const auto* number = std::get_if<double>(&values[i])) lua_pushnumber(L, *number);
        else if (const auto* flag = std::get_if<bool>(&values[i])) lua_pushboolean(L, *flag);
        else lua_pushstring(L, std::get<std::string>(values[i]).c_str());
        lua_setfield(L, -2, parameters[i].name.c_str());
    }
    push_read_only(L, "p");
}

}  // namespace rackrace
