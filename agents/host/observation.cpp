#include "agents/host/observation.h"

#include "agents/host/sandbox_library.h"

namespace rackrace {
namespace {

/// Sets the objects of a struct's fields in the table on top: the parts of obs.
template <class T>
void set_parts(lua_State* L, const T& view, Role role) {
    const RecordBinding& binding = bind_record(describe<T>(), "obs");
    for (const FieldBinding& field : binding.fields) {
        if ((field.info->roles & role_bit(role)) == 0) continue;
        push_field_object(L, binding, field, &view);
        lua_setfield(L, -2, field.name.c_str());
    }
}

}  // namespace

void push_observation(lua_State* L, const Observation& seen) {
    lua_createtable(L, 0, 16);
    set_parts(L, seen.market, seen.role);
    set_parts(L, seen.view, seen.role);
    set_parts(L, seen.shown, seen.role);
    push_read_only(L, "obs");
}

}  // namespace rackrace
