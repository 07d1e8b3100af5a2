// The letters of the window, compiled into the program: Roboto for text, Cousine for tables and scripts. Digits of both are equally wide.
#pragma once

#include <span>

namespace rackrace {

std::span<const unsigned char> text_font();
std::span<const unsigned char> monospace_font();

}  // namespace rackrace
