// What `ls` is asked to show: conditions on the fields that `ls --json` prints, and the field that orders them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/base/result.h"

namespace rackrace {

enum class Comparison { equal, unequal, below, above };

/// One condition of --where. Numbers are whole and from 0, as all that are printed.
struct ListCondition {
    std::string key;
    Comparison comparison = Comparison::equal;
    std::string text;          // of a field that is text
    std::uint64_t number = 0;  // of a field that is a number
};

struct ListOrder {
    std::string key;  // empty: as the folders stand
    bool is_falling = false;
};

/// "status=open,runs>100". Refused: what is no condition, unknown fields and statuses, numbers that are none, < and > of
/// text. Empty: no condition.
Result<std::vector<ListCondition>> parse_conditions(const std::string& where);

/// "seed" or "-seed". Refused: unknown fields.
Result<ListOrder> parse_order(const std::string& sort);

/// True where all conditions hold. A run or batch that has no such field, as a batch has no seed, fulfils none on it, != neither.
bool fulfils(const std::vector<ListCondition>& conditions, const nlohmann::ordered_json& line);

/// Whether a goes before b. What has no such field comes last, whatever the direction.
bool goes_before(const ListOrder& order, const nlohmann::ordered_json& a, const nlohmann::ordered_json& b);

}  // namespace rackrace
