// What a firm sees, written down: as a Lua table for people, with units as comments, and as JSON for tools. The same fields in the order of the schema.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "agents/host/observation.h"
#include "engine/scenario/names.h"

namespace rackrace {

/// Name or number of what an id points at; null for none.
nlohmann::ordered_json id_json(const Names& names, Unit kind, std::int32_t value);

/// A scalar of a record as it stands in the JSON below. record: the struct that it is in, of the reference of a result.
nlohmann::ordered_json scalar_json(const Names& names, const FieldBinding& field, const std::byte* at, const std::byte* record);

/// Firms, products and regions by name; contracts, loans, sites, agreements and orders by number; ids of nothing are left out.
nlohmann::ordered_json observation_json(const Observation& seen, const Names& names);

/// `return { ... }`, which Lua loads. One scalar a line; a record of a list is a line, its units in a comment above the list.
std::string observation_text(const Observation& seen, const Names& names);

}  // namespace rackrace
