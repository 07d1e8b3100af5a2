// Views in Lua, read where they lie: a record or list is a small object that points into the view's struct and reads a field when asked, by the
// struct's table. So nothing is copied for a callback, and nothing can be written.
#pragma once

#include <cstddef>
#include <lua.hpp>
#include <string>
#include <vector>

#include "agents/field_binding.h"

namespace rackrace {

/// Every object of ours begins with what it is.
enum class ObjectKind : std::uint32_t { record, list, memory, memory_array, rng };

struct RecordObject {
    ObjectKind kind;
    const RecordBinding* binding;
    const std::byte* base;
};

struct ListObject {
    ObjectKind kind;
    const FieldBinding* field;
    const std::byte* base;
    const std::int32_t* count;               // nullptr: the whole length
    const char* record_name;
};

struct MemoryArray {
    ObjectKind kind;
    std::int32_t length;
    double* items;
};

/// Pushes the object for the struct at `base`, which stays there.
void push_record(lua_State* state, const RecordBinding& binding, const void* base);

/// Pushes the object of one field of a struct, a list or a record.
void push_field_object(lua_State* state, const RecordBinding& binding, const FieldBinding& field, const void* base);

/// Length of a list of a view or of a memory array; -1 for anything else.
int array_length(lua_State* state, int index);

/// The struct behind a record of type T; nullptr for anything else.
const void* record_at(lua_State* state, int index, const RecordInfo& info);
template <class T>
const T* record_at(lua_State* state, int index) { return static_cast<const T*>(record_at(state, index, describe<T>())); }

/// Pushes a metatable made once a VM by `make`, which finds an empty table on top; `key` is an address that stands for it.
void push_metatable(lua_State* state, const void* key, void (*make)(lua_State*, const void* key));

/// Order of two texts by bytes: below 0, 0, above 0.
int compare_texts(lua_State* state, int left, int right);

}  // namespace rackrace
