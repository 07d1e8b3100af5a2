// The first place where two worlds differ, by name: what a failed comparison reports instead of two hashes.
#pragma once

#include <optional>
#include <string>

#include "engine/replay/sqlite.h"
#include "engine/scenario/names.h"
#include "engine/world/world.h"

namespace rackrace {

struct StateDifference {
    std::string path;   // firms[coreweave].holdings[blackwell].installed
    std::string firm;   // coreweave; empty where the place belongs to no firm
    std::string field;  // the path without the firm: holdings[blackwell].installed
    std::string unit;
    Cell first, second;
    int places = 0;  // numbers that differ in all
};

/// In the order of the World's fields; nothing where the two are equal. Bits are compared: -0.0 differs from 0.0.
std::optional<StateDifference> first_difference(const World& first, const World& second, const Names& names);

}  // namespace rackrace
