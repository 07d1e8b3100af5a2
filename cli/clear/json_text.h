// JSON as text: integers as they are, other numbers in the shortest form that reads back the same, always with a point or an exponent.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace rackrace::clear {

/// On one line. Not finite numbers, which JSON has not, are null.
std::string json_text(const nlohmann::ordered_json& value);

}  // namespace rackrace::clear
