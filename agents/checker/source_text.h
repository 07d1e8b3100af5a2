// A script's text with its lines: byte offsets become lines and columns, and lines become text fit for a terminal.
// Nodes and tokens keep views into `text`, so a SourceText stays at one address while they live.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rackrace {

/// Bytes [begin, end) of a source.
struct TextRange {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    friend constexpr bool operator==(TextRange, TextRange) = default;
};

/// Line and column from 1; columns count code points (a tab is one, a byte that is not UTF-8 is one).
struct TextPosition {
    int line = 1;
    int column = 1;
};

class SourceText {
public:
    SourceText(std::string_view name, std::string_view text);
    SourceText(const SourceText&) = delete;
    SourceText& operator=(const SourceText&) = delete;

    const std::string& name() const { return name_; }
    std::string_view text() const { return text_; }
    std::string_view text(TextRange range) const { return text().substr(range.begin, range.end - range.begin); }

    int line(std::uint32_t offset) const;
    TextPosition position(std::uint32_t offset) const;

    /// A line without its line break; empty outside the file.
    std::string_view line_text(int line) const;
    TextRange line_range(int line) const;

    /// Display columns (tabs to the next multiple of four) before the first character of a line that is no blank.
    int indentation(int line) const;

    /// True where only blanks stand before the offset on its line.
    bool is_first_on_line(std::uint32_t offset) const;

private:
    std::string name_;
    std::string text_;
    std::vector<std::uint32_t> line_starts_;
};

/// What a line looks like on a terminal: tabs expanded, control characters and bytes that are not UTF-8 shown as U+FFFD.
struct DisplayLine {
    std::string text;
    std::vector<int> column;  // [bytes + 1] display column of each byte of the line, from 0
};

DisplayLine display_line(std::string_view line);

/// Text of a script between quotes, fit for a message: one line, at most 40 code points.
std::string in_quotes(std::string_view text);

/// Bytes of the UTF-8 sequence that starts at `at`; 1 where none starts there.
std::size_t code_point_length(std::string_view text, std::size_t at);

/// True where a whole UTF-8 sequence starts at `at` (no overlong forms, no surrogates, nothing above U+10FFFF).
bool is_code_point(std::string_view text, std::size_t at);

}  // namespace rackrace
