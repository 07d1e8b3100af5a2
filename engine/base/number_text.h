// Numbers as people write and read them; host only.
#pragma once

#include <charconv>
#include <string>

namespace rackrace {

/// Shortest text that reads back as the same double, with a decimal point only where there is one.
inline std::string number_text(double value) {
    char text[40];
    const auto [end, error] = std::to_chars(text, text + sizeof text, value);
    return {text, end};
}

}  // namespace rackrace
