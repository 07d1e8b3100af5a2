#include "viz/figures/letters.h"

namespace rackrace {
namespace {

constexpr const char* kEllipsis = "...";
constexpr std::size_t kLongestJoiner = 2;  // letters of "on", "of": such a word says nothing before an ellipsis

/// In letter sizes, after DejaVu Sans, one of the widest fonts that figures meet.
double letter_width(char c) {
    if (std::string_view("il.,:;'|!jI").find(c) != std::string_view::npos) return 0.31;
    if (std::string_view(" ftr()[]-/").find(c) != std::string_view::npos) return 0.38;
    if (std::string_view("mwMW%@").find(c) != std::string_view::npos) return 0.93;
    if (c >= 'A' && c <= 'Z') return 0.7;
    return 0.62;
}

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

}  // namespace

double text_width(std::string_view text, double size) {
    double width = 0.0;
    for (const char c : text)
        if (starts_letter(c)) width += letter_width(c);
    return width * size;
}

std::vector<std::string> wrap_text(std::string_view text, double width, double size) {
    std::vector<std::string> lines;
    std::string line;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        const std::string word(text.substr(at, end - at));
        at = end + 1;
        if (!line.empty() && text_width(line + " " + word, size) > width) {
            lines.push_back(line);
            line.clear();
        }
        line += (line.empty() ? "" : " ") + word;
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
