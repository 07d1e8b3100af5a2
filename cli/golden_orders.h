// The orders that a script placed in a golden case, kept as JSON beside its tests: one order a line, with which later plays are compared.
// Each is {"seed", "quarter", "stage", "verb", "args"}, where it was refused "code" too; a list of them in the order of seeds and of placing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "engine/base/result.h"
#include "engine/quarter/decision_log.h"
#include "engine/scenario/names.h"

namespace rackrace {

/// Arguments by name: products, regions and firms by theirs, loans, projects, contracts, agreements and orders by number. Optional ones left out stay
/// out.
nlohmann::ordered_json golden_order(std::uint64_t seed, int t, const PlacedOrder& order, const Names& names);

/// The file: numbers in the shortest form that reads back the same.
std::string golden_text(const nlohmann::ordered_json& orders);

/// The orders of a file. Refused: one that is not there, a folder, or no golden file.
Result<nlohmann::ordered_json> read_golden(const std::filesystem::path& file);

/// Writes the file whole or not at all; what is in it already is left as it is. true: written. Refused: what is there and no golden file; what
/// cannot be written.
Result<bool> write_golden(const std::filesystem::path& file, const nlohmann::ordered_json& orders);

struct GoldenDifference {
    std::string where;  // "operate of 2028Q3, seed 1, order 2": counted in the decision, from 1
    std::string fact;   // both values
};

/// The first order that differs; nullopt: all are the same. Numbers are compared as numbers: 10 is 10.0.
std::optional<GoldenDifference> first_difference(const nlohmann::ordered_json& placed, const nlohmann::ordered_json& golden);

}  // namespace rackrace
