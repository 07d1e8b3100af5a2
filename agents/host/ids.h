// Opaque ids in Lua: light userdata that hold a kind and a value. They compare with == and nothing else: arithmetic on them is an error.
#pragma once

#include <cstdint>
#include <lua.hpp>
#include <optional>

#include "engine/schema/fields.h"

namespace rackrace {

struct Id {
    Unit kind;
    std::int32_t value;
};

inline void push_id(lua_State* state, Unit kind, std::int32_t value) {
    const std::uint64_t word = static_cast<std::uint64_t>(kind) << 32 | static_cast<std::uint32_t>(value);
    lua_pushlightuserdata(state, reinterpret_cast<void*>(static_cast<std::uintptr_t>(word)));
}

inline std::optional<Id> read_id(lua_State* state, int index) {
    if (lua_type(state, index) != LUA_TLIGHTUSERDATA) return std::nullopt;
    const auto word = static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(lua_touserdata(state, index)));
    return Id{static_cast<Unit>(word >> 32), static_cast<std::int32_t>(static_cast<std::uint32_t>(word))};
}

}  // namespace rackrace
