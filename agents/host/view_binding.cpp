#include "agents/host/view_binding.h"

#include <cstring>

#include "agents/checker/api_names.h"
#include "agents/host/ids.h"
#include "agents/host/line_recorder.h"
#include "agents/host/script_context.h"
#include "engine/quarter/verbs.h"

namespace rackrace {
namespace {

template <class T>
T load(const std::byte* from) {
    T value;
    std::memcpy(&value, from, sizeof value);
    return value;
}

/// The reference of a result in the kind that its verb names; a grade or a choice as its word.
void push_reference(lua_State* L, const std::byte* record) {
    const auto* result = reinterpret_cast<const DeskResult*>(record);
    const VerbInfo& verb = info_of(result->verb);
    if (verb.reference < 0) return lua_pushnil(L);
    const ArgRow& row = verb.args[static_cast<std::size_t>(verb.reference)].row;
    if (is_id(row.unit)) push_id(L, row.unit, result->ref);
    else if (row.unit == Unit::kind_name && result->ref >= 0 && result->ref < kMaxChoices) lua_pushlstring(L, row.choices[result->ref].data(), row.choices[result->ref].size());
    else lua_pushnumber(L, result->ref);
}

void push_scalar(lua_State* L, const FieldBinding& field, const std::byte* at, const std::byte* record) {
    const auto push_text = [L](std::string_view text) { lua_pushlstring(L, text.data(), text.size()); };
    switch (field.reading) {
        case Reading::number: return lua_pushnumber(L, number_at(field.info->storage, at));
        case Reading::flag: return lua_pushboolean(L, number_at(field.info->storage, at) != 0.0);
        case Reading::id: return push_id(L, field.info->unit, load<std::int32_t>(at));
        case Reading::role_name: return push_text(role_text(static_cast<Role>(load<std::int32_t>(at))));
        case Reading::loan_kind: return push_text(kDebtKindNames[load<std::int32_t>(at)]);
        case Reading::news_kind: return push_text(kNewsKindNames[load<std::int32_t>(at)]);
        case Reading::verb_name: return push_text(info_of(load<Verb>(at)).row.name);
        case Reading::code_name: return push_text(row_of(load<Code>(at)).id);
        case Reading::result_ref: return push_reference(L, record);
    }
}

/// The object kept in user value `slot` of the object at 1; false, with nothing pushed, before there is one.
bool push_kept(lua_State* L, int slot) {
    if (lua_getiuservalue(L, 1, slot) != LUA_TNIL) return true;
    lua_pop(L, 1);
    return false;
}

void keep(lua_State* L, int slot) {
    lua_pushvalue(L, -1);
    lua_setiuservalue(L, 1, slot);
}

int read_record(lua_State* L) {
    const auto* object = static_cast<const RecordObject*>(lua_touserdata(L, 1));
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNUMBER) {
        const char* key = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : luaL_typename(L, 2);
        return LuaVm::of(L).fail(ScriptErrorKind::runtime, "no field '%s' in %s", key, object->binding->name.c_str());
    }
    const FieldBinding& field = object->binding->fields[static_cast<std::size_t>(lua_tointeger(L, -1))];
    if ((field.info->roles & role_bit(context_of(L).role)) == 0)
        return LuaVm::of(L).fail(ScriptErrorKind::runtime, "field '%s' of %s is not for a %s", lua_tostring(L, 2), object->binding->name.c_str(), role_text(context_of(L).role).data());
    const std::byte* at = object->base + field.info->offset;
    if (field.child == 0) {
        if (LineRecorder* recorder = context_of(L).recorder; recorder != nullptr) recorder->note_read(field, at, object->base);
        push_scalar(L, field, at, object->base);
    } else if (!push_kept(L, field.child)) {
        push_field_object(L, *object->binding, field, object->base);
        keep(L, field.child);
    }
    return 1;
}

int list_length(const ListObject& list) {
    const int most = list.field->info->extent[0];
    return list.count != nullptr && *list.count < most ? *list.count : most;
}

int read_list(lua_State* L) {
    const auto* list = static_cast<const ListObject*>(lua_touserdata(L, 1));
    int is_whole = 0;
    const lua_Integer i = lua_type(L, 2) == LUA_TNUMBER ? lua_tointegerx(L, 2, &is_whole) : 0;
    const int length = list_length(*list);
    if (is_whole == 0 || i < 1 || i > length) {
        const char* key = is_whole != 0 || lua_type(L, 2) != LUA_TNUMBER ? luaL_tolstring(L, 2, nullptr) : "a fraction";
        return LuaVm::of(L).fail(ScriptErrorKind::runtime, "index %s is outside 1 to %d in %s.%s", key, length, list->record_name, list->field->name.c_str());
    }
    const std::byte* at = list->base + static_cast<std::size_t>(i - 1) * list->field->info->size;
    if (list->field->record == nullptr) {
        if (LineRecorder* recorder = context_of(L).recorder; recorder != nullptr) recorder->note_read(*list->field, at, nullptr);
        push_scalar(L, *list->field, at, nullptr);
    } else if (!push_kept(L, static_cast<int>(i))) {
        push_record(L, *list->field->record, at);
        keep(L, static_cast<int>(i));
    }
    return 1;
}

int length_of_list(lua_State* L) {
    lua_pushinteger(L, array_length(L, 1));
    return 1;
}

int refuse_write(lua_State* L) {
    const auto* object = static_cast<const RecordObject*>(lua_touserdata(L, 1));
    const char* name = object->kind == ObjectKind::record ? object->binding->name.c_str() : static_cast<const ListObject*>(lua_touserdata(L, 1))->field->name.c_str();
    return LuaVm::of(L).fail(ScriptErrorKind::runtime, "%s is read only: a script answers with verbs and mem", name);
}

void make_record_metatable(lua_State* L, const void* key) {
    const auto* binding = static_cast<const RecordBinding*>(key);
    lua_createtable(L, 0, static_cast<int>(binding->fields.size()));
    for (std::size_t i = 0; i < binding->fields.size(); ++i) {
        lua_pushstring(L, binding->fields[i].name.c_str());
        lua_pushinteger(L, static_cast<lua_Integer>(i));
        lua_rawset(L, -3);
    }
    lua_pushcclosure(L, read_record, 1);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, refuse_write);
    lua_setfield(L, -2, "__newindex");
}

constexpr char kListKey = 0;

void make_list_metatable(lua_State* L, const void*) {
    lua_pushcfunction(L, read_list);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, refuse_write);
    lua_setfield(L, -2, "__newindex");
    lua_pushcfunction(L, length_of_list);
    lua_setfield(L, -2, "__len");
}

}  // namespace

void push_metatable(lua_State* L, const void* key, void (*make)(lua_State*, const void*)) {
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, key) == LUA_TTABLE) return;
    lua_pop(L, 1);
    lua_createtable(L, 0, 3);
    make(L, key);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, key);
}

void push_record(lua_State* L, const RecordBinding& binding, const void* base) {
    auto* object = static_cast<RecordObject*>(lua_newuserdatauv(L, sizeof(RecordObject), binding.children));
    *object = {ObjectKind::record, &binding, static_cast<const std::byte*>(base)};
    push_metatable(L, &binding, make_record_metatable);
    lua_setmetatable(L, -2);
}

void push_field_object(lua_State* L, const RecordBinding& binding, const FieldBinding& field, const void* base) {
    const auto* record = static_cast<const std::byte*>(base);
    if (!field.is_list()) return push_record(L, *field.record, record + field.info->offset);
    auto* list = static_cast<ListObject*>(lua_newuserdatauv(L, sizeof(ListObject), field.record != nullptr ? field.info->extent[0] : 0));
    const auto* count = field.count_offset >= 0 ? reinterpret_cast<const std::int32_t*>(record + field.count_offset) : nullptr;
    *list = {ObjectKind::list, &field, record + field.info->offset, count, binding.name.c_str()};
    push_metatable(L, &kListKey, make_list_metatable);
    lua_setmetatable(L, -2);
}

int array_length(lua_State* L, int index) {
    if (lua_type(L, index) != LUA_TUSERDATA) return -1;
    const void* object = lua_touserdata(L, index);
    switch (*static_cast<const ObjectKind*>(object)) {
        case ObjectKind::list: return list_length(*static_cast<const ListObject*>(object));
        case ObjectKind::memory_array: return static_cast<const MemoryArray*>(object)->length;
        default: return -1;
    }
}

const void* record_at(lua_State* L, int index, const RecordInfo& info) {
    if (lua_type(L, index) != LUA_TUSERDATA) return nullptr;
    const auto* object = static_cast<const RecordObject*>(lua_touserdata(L, index));
    return object->kind == ObjectKind::record && object->binding->info == &info ? object->base : nullptr;
}

int compare_texts(lua_State* L, int left, int right) {
    std::size_t a = 0, b = 0;
    const char *x = lua_tolstring(L, left, &a), *y = lua_tolstring(L, right, &b);
    const int order = std::memcmp(x, y, a < b ? a : b);
    return order != 0 ? order : a < b ? -1 : a > b ? 1 : 0;
}

}  // namespace rackrace
