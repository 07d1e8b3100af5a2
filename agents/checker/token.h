// The words of Lua 5.4: what the lexer gives and the parser takes.
#pragma once

#include <cstdint>
#include <string_view>

#include "agents/checker/source_text.h"

namespace rackrace::lua {

enum class TokenKind : std::uint8_t {
    end_of_file, name, integer, real, string,
    kw_and, kw_break, kw_do, kw_else, kw_elseif, kw_end, kw_false, kw_for, kw_function, kw_goto, kw_if, kw_in,
    kw_local, kw_nil, kw_not, kw_or, kw_repeat, kw_return, kw_then, kw_true, kw_until, kw_while,
    plus, minus, star, slash, double_slash, percent, caret, hash, ampersand, tilde, pipe, shift_left, shift_right,
    equal, not_equal, less_equal, greater_equal, less, greater, assign,
    left_paren, right_paren, left_brace, right_brace, left_bracket, right_bracket, double_colon,
    semicolon, colon, comma, dot, concat, ellipsis,
    unknown  // one character that is no word of Lua
};

struct Token {
    TokenKind kind = TokenKind::end_of_file;
    TextRange range;
    std::string_view text;     // of a name: its letters; of a string: its value after escapes
    std::int64_t integer = 0;  // of an integer
    double real = 0.0;         // of a real
    bool is_broken = false;    // a string that is never closed: what follows it means little
};

/// How a kind is written in a message: `'then'`, `a name`, `the end of the file`.
std::string_view token_text(TokenKind kind);

/// The keyword a word is, or TokenKind::name.
TokenKind keyword_or_name(std::string_view word);

}  // namespace rackrace::lua
