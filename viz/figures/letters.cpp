#include "viz/figures/letters.h"

#include <algorithm>
#include <array>

namespace rackrace {
namespace {

constexpr const char* kEllipsis = "...";
constexpr std::size_t kLongestJoiner = 2;  // letters of "on", "of": such a word says nothing before an ellipsis

/// By letter, in letter sizes, after DejaVu Sans, one of the widest fonts that figures meet.
constexpr std::array<double, 256> kLetterWidths = [] {
    std::array<double, 256> widths{};
    widths.fill(0.62);
    const auto set = [&](std::string_view letters, double width) {
        for (const char c : letters) widths[static_cast<unsigned char>(c)] = width;
    };
    set("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 0.7);
    set("mwMW%@", 0.93);
    set(" ftr()[]-/", 0.38);
    set("il.,:;'|!jI", 0.31);
    return widths;
}();
double letter_width(char c) { return kLetterWidths[static_cast<unsigned char>(c)]; }

/// The first byte of a letter stands for it.
bool starts_letter(char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; }

/// As many whole letters as fit.
std::string beginning_of(std::string_view text, double width, double size) {
    double used = 0.0;
    std::size_t end = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!starts_letter(text[at])) continue;
        used += letter_width(text[at]) * size;
        if (used > width) break;
        end = at + 1;
        while (end < text.size() && !starts_letter(text[end])) ++end;
    }
    return std::string(text.substr(0, end));
}

/// Of `width` letter sizes with this text behind.
double added_width(double width, std::string_view text) {
    for (const char c : text)
        if (starts_letter(c)) width += letter_width(c);
    return width;
}

}  // namespace

double text_width(std::string_view text, double size) { return added_width(0.0, text) * size; }

std::vector<std::string> wrap_text(std::string_view text, double width, double size) {
    std::vector<std::string> lines;
    std::string line;
    double used = 0.0;  // by the line, in letter sizes
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        const std::string_view word = text.substr(at, end - at);
        at = end + 1;
        if (!line.empty()) {
            const double with_word = added_width(added_width(used, " "), word);
            if (with_word * size <= width) {
                line.append(" ").append(word);
                used = with_word;
                continue;
            }
            lines.push_back(line);
        }
        line = word;
        used = added_width(0.0, word);
    }
    if (!line.empty()) lines.push_back(line);
    return lines;
}

std::string shortened(std::string_view text, double width, double size) {
    if (text_width(text, size) <= width) return std::string(text);
    const double room = width - text_width(kEllipsis, size);
    for (std::size_t end = text.rfind(' '); end != std::string_view::npos && end > 0; end = text.rfind(' ', end - 1)) {
        const std::string_view words = text.substr(0, end);
        const std::size_t last = words.rfind(' ') + 1;  // 0 for the first word
        if (last > 0 && words.size() - last <= kLongestJoiner) continue;
        if (text_width(words, size) <= room) return std::string(words) + kEllipsis;
    }
    return beginning_of(text, room, size) + kEllipsis;
}

}  // namespace rackrace
