#include "viz/window/fonts.h"

// The assembler takes the files as they are: no generated source, and no folder is needed when the program runs.
asm(R"(
    .section .rodata
    .balign 16
rackrace_text_font:
    .incbin ")" RACKRACE_FONTS R"(/Roboto-Medium.ttf"
rackrace_text_font_end:
    .balign 16
rackrace_monospace_font:
    .incbin ")" RACKRACE_FONTS R"(/Cousine-Regular.ttf"
rackrace_monospace_font_end:
    .previous
)");

extern "C" {
extern const unsigned char rackrace_text_font[], rackrace_text_font_end[];
extern const unsigned char rackrace_monospace_font[], rackrace_monospace_font_end[];
}

namespace rackrace {

std::span<const unsigned char> text_font() { return {rackrace_text_font, rackrace_text_font_end}; }
std::span<const unsigned char> monospace_font() { return {rackrace_monospace_font, rackrace_monospace_font_end}; }

}  // namespace rackrace
