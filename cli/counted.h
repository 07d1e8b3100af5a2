// A number with its noun, as a sentence has it.
#pragma once

#include <concepts>
#include <string>
#include <string_view>

namespace rackrace {

/// "1 seed", "12 seeds".
template <std::integral Number> std::string counted(Number number, std::string_view noun) { return std::to_string(number) + " " + std::string(noun) + (number == 1 ? "" : "s"); }

}  // namespace rackrace
