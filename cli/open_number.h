// Numbers that may not be known, in tables and JSON: an empty cell, or null.
#pragma once

#include <cmath>
#include <string>

#include <nlohmann/json.hpp>

#include "engine/base/number_text.h"

namespace rackrace {

inline std::string csv_number(double value) { return std::isfinite(value) ? number_text(value) : ""; }
inline nlohmann::ordered_json number_or_null(double value) { return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json(); }

}  // namespace rackrace
