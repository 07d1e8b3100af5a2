// What a firm sees, written down: as a Lua table for people, with units as comments, and as JSON for tools. The same fields in the order of the schema.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "agents/host/observation.h"
#include "engine/scenario/names.h"

namespace rackrace {

/// Firms, products and regions by name; contracts, loans, sites, agreements and orders by number; ids of nothing are left out.
nlohmann::ordered_json observation_json(const Observation& seen, const Names& names);

/// `return { ... }`, which Lua loads. One scalar a line; a record of a list is a line, its units in a comment above the list.
std::string observation_text(const Observation& seen, const Names& names);

}  // namespace rackrace
