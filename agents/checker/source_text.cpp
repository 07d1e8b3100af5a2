#include "agents/checker/source_text.h"

#include <algorithm>

namespace rackrace {
namespace {

constexpr int kTabStop = 4;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// Length promised by a first byte, 0 where it cannot start a sequence.
std::size_t promised_length(unsigned char c) {
    if (c < 0x80) return 1;
    if (c >= 0xC2 && c < 0xE0) return 2;
    if (c >= 0xE0 && c < 0xF0) return 3;
    return c >= 0xF0 && c < 0xF5 ? 4 : 0;
}

}  // namespace

bool is_code_point(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const std::size_t length = promised_length(byte(at));
    if (length == 0 || at + length > text.size()) return false;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(at + i) & 0xC0) != 0x80) return false;
    if (byte(at) == 0xE0) return byte(at + 1) >= 0xA0;
    if (byte(at) == 0xED) return byte(at + 1) < 0xA0;
    if (byte(at) == 0xF0) return byte(at + 1) >= 0x90;
    if (byte(at) == 0xF4) return byte(at + 1) < 0x90;
    return true;
}

std::size_t code_point_length(std::string_view text, std::size_t at) {
    return is_code_point(text, at) ? promised_length(static_cast<unsigned char>(text[at])) : 1;
}

SourceText::SourceText(std::string_view name, std::string_view text) : name_(name), text_(text), line_starts_{0} {
    for (std::size_t i = 0; i < text_.size(); ++i) {
        const char c = text_[i];
        if (c != '\n' && c != '\r') continue;
        const char next = i + 1 < text_.size() ? text_[i + 1] : '\0';
        if ((next == '\n' || next == '\r') && next != c) ++i;  // "\r\n" and "\n\r" are one break, as in Lua
        line_starts_.push_back(static_cast<std::uint32_t>(i + 1));
    }
}

int SourceText::line(std::uint32_t offset) const {
    const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
    return static_cast<int>(after - line_starts_.begin());
}

TextPosition SourceText::position(std::uint32_t offset) const {
    const int at_line = line(offset);
    int column = 1;
    for (std::size_t i = line_starts_[static_cast<std::size_t>(at_line - 1)]; i < offset && i < text_.size(); ++column)
        i += code_point_length(text_, i);
    return {at_line, column};
}

TextRange SourceText::line_range(int line) const {
    if (line < 1 || static_cast<std::size_t>(line) > line_starts_.size()) return {};
    const auto index = static_cast<std::size_t>(line);
    const std::uint32_t begin = line_starts_[index - 1];
    std::uint32_t end = index < line_starts_.size() ? line_starts_[index] : static_cast<std::uint32_t>(text_.size());
    while (end > begin && (text_[end - 1] == '\n' || text_[end - 1] == '\r')) --end;
    return {begin, end};
}

std::string_view SourceText::line_text(int line) const { return text(line_range(line)); }

int SourceText::indentation(int line) const {
    int column = 0;
    for (const char c : line_text(line)) {
        if (!is_blank(c)) break;
        column = c == '\t' ? (column / kTabStop + 1) * kTabStop : column + 1;
    }
    return column;
}

bool SourceText::is_first_on_line(std::uint32_t offset) const {
    const std::uint32_t begin = line_range(line(offset)).begin;
    const std::string_view before = text({begin, offset});
    return std::all_of(before.begin(), before.end(), is_blank);
}

DisplayLine display_line(std::string_view line) {
    DisplayLine shown;
    int column = 0;
    for (std::size_t i = 0; i < line.size();) {
        const std::size_t length = code_point_length(line, i);
        const auto c = static_cast<unsigned char>(line[i]);
        shown.column.insert(shown.column.end(), length, column);
        if (c == '\t') {
            const int stop = (column / kTabStop + 1) * kTabStop;
            shown.text.append(static_cast<std::size_t>(stop - column), ' ');
            column = stop;
        } else {
            const bool plain = c >= 0x20 && c != 0x7F && (c < 0x80 || length > 1);
            const bool control = length == 2 && c == 0xC2 && static_cast<unsigned char>(line[i + 1]) < 0xA0;
            shown.text += plain && !control ? line.substr(i, length) : kReplacement;
            ++column;
        }
        i += length;
    }
    shown.column.push_back(column);
    return shown;
}

std::string in_quotes(std::string_view text) {
    constexpr int kMaxQuoted = 40;
    std::string out = "'";
    const std::string shown = display_line(text.substr(0, 4 * kMaxQuoted)).text;
    int count = 0;
    for (std::size_t i = 0; i < shown.size(); ++count) {
        if (count == kMaxQuoted) return out + "...'";
        const std::size_t length = code_point_length(shown, i);
        out += shown.substr(i, length);
        i += length;
    }
    return out + "'";
}

}  // namespace rackrace
