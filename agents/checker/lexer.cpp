#include "agents/checker/lexer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "agents/checker/number.h"

namespace rackrace::lua {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_hex_digit(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_line_break(char c) { return c == '\n' || c == '\r'; }
int hex_value(char c) { return is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10; }

constexpr std::array<std::pair<std::string_view, TokenKind>, 22> kKeywords{{
    {"and", TokenKind::kw_and},       {"break", TokenKind::kw_break},   {"do", TokenKind::kw_do},         {"else", TokenKind::kw_else},
    {"elseif", TokenKind::kw_elseif}, {"end", TokenKind::kw_end},       {"false", TokenKind::kw_false},   {"for", TokenKind::kw_for},
    {"function", TokenKind::kw_function}, {"goto", TokenKind::kw_goto}, {"if", TokenKind::kw_if},         {"in", TokenKind::kw_in},
    {"local", TokenKind::kw_local},   {"nil", TokenKind::kw_nil},       {"not", TokenKind::kw_not},       {"or", TokenKind::kw_or},
    {"repeat", TokenKind::kw_repeat}, {"return", TokenKind::kw_return}, {"then", TokenKind::kw_then},     {"true", TokenKind::kw_true},
    {"until", TokenKind::kw_until},   {"while", TokenKind::kw_while},
}};

/// Longest first: the first that matches is the token.
constexpr std::array<std::pair<std::string_view, TokenKind>, 33> kSymbols{{
    {"...", TokenKind::ellipsis},     {"..", TokenKind::concat},        {"==", TokenKind::equal},        {"~=", TokenKind::not_equal},
    {"<=", TokenKind::less_equal},    {">=", TokenKind::greater_equal}, {"<<", TokenKind::shift_left},   {">>", TokenKind::shift_right},
    {"//", TokenKind::double_slash},  {"::", TokenKind::double_colon},  {"+", TokenKind::plus},          {"-", TokenKind::minus},
    {"*", TokenKind::star},           {"/", TokenKind::slash},          {"%", TokenKind::percent},       {"^", TokenKind::caret},
    {"#", TokenKind::hash},           {"&", TokenKind::ampersand},      {"~", TokenKind::tilde},         {"|", TokenKind::pipe},
    {"<", TokenKind::less},           {">", TokenKind::greater},        {"=", TokenKind::assign},        {"(", TokenKind::left_paren},
    {")", TokenKind::right_paren},    {"{", TokenKind::left_brace},     {"}", TokenKind::right_brace},   {"[", TokenKind::left_bracket},
    {"]", TokenKind::right_bracket},  {";", TokenKind::semicolon},      {":", TokenKind::colon},         {",", TokenKind::comma},
    {".", TokenKind::dot},
}};

class Lexer {
public:
    Lexer(const SourceText& source, Diagnostics& diagnostics) : text_(source.text()), source_(source), diagnostics_(diagnostics) {}

    Tokens run() {
        check_encoding();
        while (skip_blanks_and_comments()) read_token();
        push({TokenKind::end_of_file, {here(), here()}, {}});
        return std::move(tokens_);
    }

private:
    char at(std::size_t i) const { return i < text_.size() ? text_[i] : '\0'; }
    bool ended() const { return next_ >= text_.size(); }
    std::uint32_t here() const { return static_cast<std::uint32_t>(next_); }
    TextRange since(std::uint32_t begin) const { return {begin, here()}; }
    void push(Token token) { tokens_.all.push_back(token); }

    /// One message for the first bad byte; the lexer then reads on as Lua would.
    void check_encoding() {
        constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
        tokens_.is_text = text_.substr(0, 1) != "\x1B" && text_.substr(0, 3) != kByteOrderMark;
        if (text_.substr(0, 1) == "\x1B") {
            diagnostics_.add("S006", {0, 1}, "this is a compiled chunk, not a script", "give the Lua source instead");
            next_ = text_.size();
            return;
        }
        if (text_.substr(0, 3) == kByteOrderMark) {
            diagnostics_.add("S006", {0, 3}, "the file starts with a byte order mark", "save it as UTF-8 without one");
            next_ = 3;
        }
        for (std::size_t i = next_; i < text_.size(); i += code_point_length(text_, i)) {
            if (text_[i] != '\0' && is_code_point(text_, i)) continue;
            const auto begin = static_cast<std::uint32_t>(i);
            diagnostics_.add("S006", {begin, begin + 1}, text_[i] == '\0' ? "a NUL byte stands here" : "this byte is not UTF-8 text",
                             "save the file as UTF-8; bytes in a string are written \\xNN");
            return;
        }
    }

    /// False at the end of the text.
    bool skip_blanks_and_comments() {
        while (!ended()) {
            const char c = text_[next_];
            if (c == ' ' || (c >= '\t' && c <= '\r')) {
                ++next_;
            } else if (c == '-' && at(next_ + 1) == '-') {
                const std::uint32_t begin = here();
                next_ += 2;
                const int level = long_bracket_level();
                if (level >= 0) read_long_bracket(begin, level, "comment");
                else while (!ended() && !is_line_break(text_[next_])) ++next_;
            } else {
                return true;
            }
        }
        return false;
    }

    /// Equal signs of a long bracket that opens here; -1 where none does.
    int long_bracket_level() const {
        if (at(next_) != '[') return -1;
        std::size_t i = next_ + 1;
        while (at(i) == '=') ++i;
        return at(i) == '[' ? static_cast<int>(i - next_ - 1) : -1;
    }

    /// Reads to the closing bracket of the level; returns the text between, its line breaks as "\n".
    std::string read_long_bracket(std::uint32_t begin, int level, const std::string& noun) {
        const std::string closer = "]" + std::string(static_cast<std::size_t>(level), '=') + "]";
        next_ += static_cast<std::size_t>(level) + 2;
        const std::size_t content = next_;
        const std::size_t close = text_.find(closer, next_);
        if (close == std::string_view::npos) {
            diagnostics_.add("S002", {begin, begin + static_cast<std::uint32_t>(level) + 2}, "this long " + noun + " is never closed",
                             "close it with " + closer);
            next_ = text_.size();
            return {};
        }
        next_ = close + closer.size();
        std::string value;
        for (std::size_t i = content + break_length(content); i < close;) {  // a break right behind the bracket is no part of it
            const std::size_t length = break_length(i);
            value += length > 0 ? '\n' : text_[i];
            i += std::max<std::size_t>(length, 1);
        }
        return value;
    }

    /// 0 where no line break stands, 2 for a pair of different ones.
    std::size_t break_length(std::size_t i) const {
        if (!is_line_break(at(i))) return 0;
        return is_line_break(at(i + 1)) && at(i + 1) != at(i) ? 2 : 1;
    }

    void read_token() {
        const char c = text_[next_];
        const std::uint32_t begin = here();
        if (is_letter(c)) return read_word(begin);
        if (is_digit(c) || (c == '.' && is_digit(at(next_ + 1)))) return read_numeral(begin);
        if (c == '"' || c == '\'') return read_string(begin);
        if (c == '[') {
            if (const int level = long_bracket_level(); level >= 0) {
                const std::size_t close = text_.find("]" + std::string(static_cast<std::size_t>(level), '=') + "]", next_);
                tokens_.strings.push_back(read_long_bracket(begin, level, "string"));
                Token token{TokenKind::string, since(begin), tokens_.strings.back()};
                token.is_broken = close == std::string_view::npos;
                return push(token);
            }
            if (at(next_ + 1) == '=') return refuse_long_bracket(begin);
        }
        for (const auto& [symbol, kind] : kSymbols) {
            if (text_.substr(next_, symbol.size()) != symbol) continue;
            next_ += symbol.size();
            return push({kind, since(begin), {}});
        }
        next_ += code_point_length(text_, next_);
        push({TokenKind::unknown, since(begin), source_.text(since(begin))});
    }

    void refuse_long_bracket(std::uint32_t begin) {
        ++next_;
        while (at(next_) == '=') ++next_;
        diagnostics_.add("S002", since(begin), "this opens neither a long string nor an index",
                         "a long string opens with as many = as it closes: [=[ text ]=]");
        push({TokenKind::left_bracket, since(begin), {}});
    }

    void read_word(std::uint32_t begin) {
        while (is_letter(at(next_)) || is_digit(at(next_))) ++next_;
        const std::string_view word = source_.text(since(begin));
        push({keyword_or_name(word), since(begin), word});
    }

    void read_numeral(std::uint32_t begin) {
        const bool hex = text_[next_] == '0' && (at(next_ + 1) | 0x20) == 'x';
        const char exponent = hex ? 'p' : 'e';
        next_ += hex ? 2 : 1;
        for (;;) {
            if ((at(next_) | 0x20) == exponent) {
                ++next_;
                if (at(next_) == '+' || at(next_) == '-') ++next_;
            } else if (is_hex_digit(at(next_)) || at(next_) == '.') {
                ++next_;
            } else {
                break;
            }
        }
        while (is_letter(at(next_)) || is_digit(at(next_))) ++next_;  // letters that touch a numeral belong to the mistake
        const std::string_view numeral = source_.text(since(begin));
        const auto value = parse_numeral(numeral);
        if (!value)
            diagnostics_.add("S003", since(begin), in_quotes(numeral) + " is not a number",
                             "write digits with one point, an exponent as 1e6, hexadecimal as 0x1F; no separators, no unit");
        Token token{TokenKind::integer, since(begin), numeral};
        if (value && std::holds_alternative<double>(*value)) {
            token.kind = TokenKind::real;
            token.real = std::get<double>(*value);
        } else if (value) {
            token.integer = std::get<std::int64_t>(*value);
        }
        push(token);
    }

    void read_string(std::uint32_t begin) {
        const char quote = text_[next_++];
        std::string value;
        bool is_broken = false;
        for (;;) {
            if (ended() || is_line_break(text_[next_])) {
                diagnostics_.add("S002", since(begin), "this string is not closed on its line",
                                 std::string("close it with ") + quote + ", or write a line break in it as \\n");
                is_broken = true;
                break;
            }
            const char c = text_[next_++];
            if (c == quote) break;
            if (c == '\\') read_escape(value);
            else value += c;
        }
        tokens_.strings.push_back(std::move(value));
        Token token{TokenKind::string, since(begin), tokens_.strings.back()};
        token.is_broken = is_broken;
        push(token);
    }

    void refuse_escape(std::uint32_t begin, const std::string& what, const std::string& fix) {
        diagnostics_.add("S005", {begin, std::max(here(), begin + 2)}, what, fix);
    }

    /// The part behind a backslash.
    void read_escape(std::string& value) {
        constexpr std::string_view kLetters = "abfnrtv\\\"'";
        constexpr std::string_view kValues = "\a\b\f\n\r\t\v\\\"'";
        const std::uint32_t begin = here() - 1;
        if (ended()) return;  // the caller says that the string is not closed
        const char c = text_[next_];
        if (const std::size_t letter = kLetters.find(c); letter != std::string_view::npos) {
            value += kValues[letter];
            ++next_;
        } else if (is_line_break(c)) {
            next_ += break_length(next_);
            value += '\n';
        } else if (c == 'z') {
            ++next_;
            while (!ended() && (text_[next_] == ' ' || (text_[next_] >= '\t' && text_[next_] <= '\r'))) ++next_;
        } else if (c == 'x') {
            read_hex_escape(begin, value);
        } else if (c == 'u') {
            read_code_point_escape(begin, value);
        } else if (is_digit(c)) {
            int byte = 0;
            for (int i = 0; i < 3 && is_digit(at(next_)); ++i) byte = byte * 10 + (text_[next_++] - '0');
            if (byte > 255) refuse_escape(begin, "\\" + std::to_string(byte) + " is larger than a byte", "a decimal escape goes up to \\255");
            value += static_cast<char>(byte);
        } else {
            next_ += code_point_length(text_, next_);
            refuse_escape(begin, in_quotes(source_.text(since(begin))) + " is not an escape", "write \\\\ for a backslash");
        }
    }

    void read_hex_escape(std::uint32_t begin, std::string& value) {
        ++next_;
        int byte = 0;
        for (int i = 0; i < 2; ++i) {
            if (!is_hex_digit(at(next_))) return refuse_escape(begin, "\\x needs two hexadecimal digits", "e.g. \\x1F");
            byte = byte * 16 + hex_value(text_[next_++]);
        }
        value += static_cast<char>(byte);
    }

    void read_code_point_escape(std::uint32_t begin, std::string& value) {
        constexpr std::uint64_t kLargest = 0x7FFFFFFF;
        ++next_;
        if (at(next_) != '{' || !is_hex_digit(at(next_ + 1)))
            return refuse_escape(begin, "\\u needs a code point in braces", "e.g. \\u{20AC}");
        ++next_;
        std::uint64_t code = 0;
        while (is_hex_digit(at(next_))) code = std::min(code * 16 + static_cast<std::uint64_t>(hex_value(text_[next_++])), kLargest + 1);
        if (code > kLargest) return refuse_escape(begin, "this code point is too large", "the largest is \\u{7FFFFFFF}");
        if (at(next_) != '}') return refuse_escape(begin, "\\u{ is not closed", "e.g. \\u{20AC}");
        ++next_;
        append_utf8(static_cast<std::uint32_t>(code), value);
    }

    /// The original UTF-8, up to six bytes, as Lua writes it.
    static void append_utf8(std::uint32_t code, std::string& value) {
        if (code < 0x80) {
            value += static_cast<char>(code);
            return;
        }
        std::string tail;
        std::uint32_t first_limit = 0x3F;  // what still fits beside the length bits of the first byte
        do {
            tail.insert(tail.begin(), static_cast<char>(0x80 | (code & 0x3F)));
            code >>= 6;
            first_limit >>= 1;
        } while (code > first_limit);
        value += static_cast<char>((~first_limit << 1) | code);
        value += tail;
    }

    std::string_view text_;
    const SourceText& source_;
    Diagnostics& diagnostics_;
    std::size_t next_ = 0;
    Tokens tokens_;
};

}  // namespace

TokenKind keyword_or_name(std::string_view word) {
    const auto found = std::find_if(kKeywords.begin(), kKeywords.end(), [&](const auto& k) { return k.first == word; });
    return found == kKeywords.end() ? TokenKind::name : found->second;
}

std::string_view token_text(TokenKind kind) {
    for (const auto& [word, keyword] : kKeywords)
        if (keyword == kind) return word;
    for (const auto& [symbol, symbol_kind] : kSymbols)
        if (symbol_kind == kind) return symbol;
    switch (kind) {
        case TokenKind::end_of_file: return "the end of the file";
        case TokenKind::name: return "a name";
        case TokenKind::string: return "a string";
        default: return "a number";
    }
}

Tokens tokenize(const SourceText& source, Diagnostics& diagnostics) { return Lexer(source, diagnostics).run(); }

}  // namespace rackrace::lua
