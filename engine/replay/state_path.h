// Places in a World as text: `firms[coreweave].holdings[blackwell].installed`. Names come from the schema and from the scenario, so a path
// means the same in every run whatever the order of the rows. Indices without a name are numbers from 0.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/replay/sqlite.h"
#include "engine/scenario/names.h"
#include "engine/schema/fields.h"
#include "engine/world/world.h"

namespace rackrace {

/// A single number of the state: where it is and what it is called.
struct StateLeaf {
    std::string path;
    const FieldInfo* field;
    std::size_t offset;  // in the World
};

/// What index `i` of a field is called: a firm, product, region, segment, party or account; else the number.
std::string index_label(const Names& names, std::string_view field, int dimension, int i);

/// All numbers under a path, in the order of memory. `firms.coreweave.capability_oom` and the bracketed form mean the same; a path that
/// ends early means everything below it. Refused: a word that no field or index has, with the nearest one.
Result<std::vector<StateLeaf>> find_state(const Names& names, std::string_view path);

/// The path of the first number of a state that is not finite; empty where all are.
std::string first_not_finite(const World& world, const Names& names);

Cell leaf_value(const World& world, const StateLeaf& leaf);

/// Changes whenever a field of the record is added, moved, renamed or retyped: bytes of one layout are read by that layout only.
std::uint64_t layout_hash(const RecordInfo& record);

}  // namespace rackrace
