// Letters measured with a table of widths, so that a layout needs no font and is the same on every machine.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rackrace {

/// Width of a text in letters of `size`, a little more than most sans-serif fonts need.
double text_width(std::string_view text, double size);

/// Broken at spaces into lines of at most `width`; a longer word has a line of its own.
std::vector<std::string> wrap_text(std::string_view text, double width, double size);

/// The text, or as many of its first words as fit `width` with an ellipsis after them, none like "on" last; of a first word that is too long its beginning.
std::string shortened(std::string_view text, double width, double size);

}  // namespace rackrace
