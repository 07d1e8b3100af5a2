#include "agents/host/shown_value.h"

#include <cstdio>
#include <cstring>

#include "agents/checker/source_text.h"
#include "agents/host/ids.h"
#include "agents/host/observation_text.h"
#include "agents/host/observed_field.h"
#include "agents/host/view_binding.h"
#include "engine/base/hash.h"

namespace rackrace {
namespace {

constexpr std::size_t kShownBytes = 60;  // of a text

std::string quoted(lua_State* L, int index) {
    std::size_t size = 0;
    const char* text = lua_tolstring(L, index, &size);
    std::string shown = display_line({text, std::min(size, kShownBytes)}).text;
    return "\"" + shown + (size > kShownBytes ? "..." : "") + "\"";
}

std::string id_text(const Names& names, Id id) {
    const nlohmann::ordered_json value = id_json(names, id.kind, id.value);
    if (value.is_null()) return "no " + std::string(unit_text(id.kind));
    return value.is_string() ? value.get<std::string>() : std::string(unit_text(id.kind)) + " " + value.dump();
}

std::string count_text(lua_Unsigned count) { return std::to_string(count) + (count == 1 ? " item" : " items"); }

std::string array_text(const double* items, int count) {
    std::string out = "{";
    for (int i = 0; i < count && i < kShownItems; ++i) out += (i > 0 ? ", " : "") + number_value(items[i]).text;
    return out + (count > kShownItems ? ", ... " + count_text(static_cast<lua_Unsigned>(count)) : "") + "}";
}

ShownValue object_value(lua_State* L, int index, const ScriptContext& context) {
    const void* object = lua_touserdata(L, index);
    switch (*static_cast<const ObjectKind*>(object)) {
        case ObjectKind::record: {
            const auto* record = static_cast<const RecordObject*>(object);
            const std::string path = observed_path(context, *record->binding, record->base);
            return {path.empty() ? record->binding->name : path, std::nullopt, 0};
        }
        case ObjectKind::list: {
            const auto* list = static_cast<const ListObject*>(object);
            return {observed_path(context, *list->field, list->base) + ": " + count_text(static_cast<lua_Unsigned>(array_length(L, index))), std::nullopt, 0};
        }
        case ObjectKind::memory: return {"mem", std::nullopt, 0};
        case ObjectKind::memory_array: {
            const auto* array = static_cast<const MemoryArray*>(object);
            return {array_text(array->items, array->length), std::nullopt, name_hash(reinterpret_cast<const char*>(array->items), static_cast<std::size_t>(array->length) * sizeof(double))};
        }
        case ObjectKind::rng: return {"rng", std::nullopt, 0};
    }
    return {"object", std::nullopt, 0};
}

/// A value inside a table: tables in it are not opened.
std::string item_text(lua_State* L, int index, const ScriptContext& context, const Names& names) {
    if (lua_type(L, index) != LUA_TTABLE) return shown_value(L, index, context, names).text;
    const lua_Unsigned length = lua_rawlen(L, index);
    return length > 0 ? "{" + count_text(length) + "}" : "{...}";
}

/// What tells one item from another: numbers by their bits, texts and objects by where they are.
std::uint64_t print_of(lua_State* L, int index) {
    std::uint64_t word = 0;
    if (lua_type(L, index) == LUA_TNUMBER) {
        const double number = lua_tonumber(L, index);
        std::memcpy(&word, &number, sizeof word);
    } else if (lua_type(L, index) == LUA_TBOOLEAN) {
        word = lua_toboolean(L, index) != 0 ? 1 : 2;
    } else {
        word = reinterpret_cast<std::uintptr_t>(lua_topointer(L, index));
    }
    return word;
}

/// The list part, then named entries in the order of the table, which is the same in every process only for few of them: what is shown is sorted.
ShownValue table_value(lua_State* L, int table, const ScriptContext& context, const Names& names) {
    if (lua_getmetatable(L, table) != 0) {  // ours: race, act, p
        lua_pop(L, 1);
        return {"table", std::nullopt, 0};
    }
    const lua_Unsigned length = lua_rawlen(L, table);
    std::map<std::string, std::string> named;
    std::uint64_t print = 0;
    int entries = 0, names_seen = 0;
    for (lua_pushnil(L); lua_next(L, table) != 0; lua_pop(L, 1)) {
        print += (print_of(L, -2) * 0x9E3779B97F4A7C15u) ^ (print_of(L, -1) * 0xC2B2AE3D27D4EB4Fu);  // a sum: the order of entries is no change
        const bool is_item = lua_isinteger(L, -2) != 0 && lua_tointeger(L, -2) >= 1 && static_cast<lua_Unsigned>(lua_tointeger(L, -2)) <= length;
        if (!is_item && ++names_seen <= kComparedEntries) named[lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "[" + shown_value(L, -2, context, names).text + "]"] = item_text(L, lua_gettop(L), context, names);
        if (++entries >= kComparedEntries) {
            lua_pop(L, 2);
            break;
        }
    }
    std::string out = "{";
    int shown = 0;
    for (lua_Unsigned i = 1; i <= length && shown < kShownItems; ++i, ++shown) {
        lua_rawgeti(L, table, static_cast<lua_Integer>(i));
        out += (shown > 0 ? ", " : "") + item_text(L, lua_gettop(L), context, names);
        lua_pop(L, 1);
    }
    if (length > kShownItems) out += ", ... " + count_text(length);
    for (auto entry = named.begin(); entry != named.end() && shown < 2 * kShownItems; ++entry, ++shown) out += (out.size() > 1 ? ", " : "") + entry->first + " = " + entry->second;
    if (named.size() > 2 * static_cast<std::size_t>(kShownItems)) out += ", ...";
    return {out + "}", std::nullopt, print ^ length};
}

}  // namespace

ShownValue number_value(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.6g", value);
    return {text, value, 0};
}

ShownValue shown_value(lua_State* L, int index, const ScriptContext& context, const Names& names) {
    index = lua_absindex(L, index);
    switch (lua_type(L, index)) {
        case LUA_TNIL: return {"nil", std::nullopt, 0};
        case LUA_TBOOLEAN: return {lua_toboolean(L, index) != 0 ? "true" : "false", std::nullopt, 0};
        case LUA_TNUMBER: {
            ShownValue out = number_value(lua_tonumber(L, index));
            if (lua_isinteger(L, index) != 0) out.text = std::to_string(lua_tointeger(L, index));
            return out;
        }
        case LUA_TSTRING: return {quoted(L, index), std::nullopt, 0};
        case LUA_TLIGHTUSERDATA: {
            const auto id = read_id(L, index);
            return {id ? id_text(names, *id) : "id", std::nullopt, 0};
        }
        case LUA_TUSERDATA: return object_value(L, index, context);
        case LUA_TTABLE: return table_value(L, index, context, names);
        default: return {luaL_typename(L, index), std::nullopt, 0};
    }
}

}  // namespace rackrace
