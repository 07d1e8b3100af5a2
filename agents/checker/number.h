// Numerals of Lua 5.4: decimal and hexadecimal, integer (hex wraps around, decimal overflow turns real) and real.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

namespace rackrace::lua {

/// The value of a numeral, nothing where it is malformed. Same bits as Lua's own conversion, in every locale.
std::optional<std::variant<std::int64_t, double>> parse_numeral(std::string_view text);

}  // namespace rackrace::lua
