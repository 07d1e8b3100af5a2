// The fields of the views as scripts name and read them: which are shown, and as what. The sandbox, the compiler of portable scripts and the
// reference go by these.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "engine/schema/fields.h"

namespace rackrace {

struct RecordBinding;

/// How a scalar becomes a Lua value.
enum class Reading { number, flag, id, role_name, loan_kind, news_kind, verb_name, code_name, result_ref };

struct FieldBinding {
    const FieldInfo* info = nullptr;
    std::string name;
    Reading reading = Reading::number;
    const RecordBinding* record = nullptr;   // of records and lists of records
    std::ptrdiff_t count_offset = -1;        // of `<name>_count` in the same struct; -1: the list has its whole length
    int child = 0;                           // 1, 2, ... of records and lists: where the object made for it is kept

    bool is_list() const { return info->rank > 0; }
};

struct RecordBinding {
    const RecordInfo* info = nullptr;
    std::string name;                        // for messages
    std::vector<FieldBinding> fields;        // those that scripts see
    int children = 0;
};

/// The binding of a described struct; made once, the same for all VMs. `name` is kept from the first call.
const RecordBinding& bind_record(const RecordInfo& info, const std::string& name);

/// A number as scripts read it.
double number_at(Storage storage, const std::byte* at);

/// Items that a list in the struct at `base` has now.
int list_length(const FieldBinding& field, const std::byte* base);

/// The structs whose fields are the parts of obs: what everybody sees, what the firm sees, its results.
const std::array<const RecordBinding*, 3>& observation_bindings();

/// The fields of `info`.
const RecordBinding& info_binding();

}  // namespace rackrace
