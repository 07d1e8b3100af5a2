#include "agents/checker/parser_core.h"

#include <algorithm>
#include <utility>

namespace rackrace::lua {
namespace {

constexpr int kMaxLevels = 200;  // LUAI_MAXCCALLS: what Lua accepts

}  // namespace

Parser::Level::Level(Parser& parser) : parser_(parser) {
    if (++parser.depth_ < kMaxLevels) return;
    --parser.depth_;
    parser.report("S017", parser.now().range, "this is nested more than 200 levels deep", "cut it into locals and functions");
    throw Stop{};
}

Parser::Parser(const SourceText& source, Tokens tokens, Diagnostics& diagnostics)
    : source_(source), tokens_(std::move(tokens.all)), diagnostics_(diagnostics) {
    ast_.keep_strings(std::move(tokens.strings));
}

Ast Parser::run() {
    ast_.chunk = ast_.make_function(nullptr);
    ast_.chunk->is_vararg = true;
    ast_.chunk->range = {0, static_cast<std::uint32_t>(source_.text().size())};
    ast_.chunk->body = ast_.make_block();
    ast_.chunk->body->range = ast_.chunk->range;
    function_ = ast_.chunk;
    try {
        statements(*ast_.chunk->body);
        while (!is(TokenKind::end_of_file)) {
            report("S001", now().range, shown(now()) + " closes nothing here", "remove it, or look for an `end` too many above");
            take();
            statements(*ast_.chunk->body);
        }
    } catch (const Stop&) {
    }
    return std::move(ast_);
}

Token Parser::take() {
    const Token token = now();
    switch (token.kind) {
        case TokenKind::left_paren: case TokenKind::left_brace: case TokenKind::left_bracket: ++brackets_; break;
        case TokenKind::right_paren: case TokenKind::right_brace: case TokenKind::right_bracket: --brackets_; break;
        default: break;
    }
    if (at_ + 1 < tokens_.size()) ++at_;
    return token;
}

bool Parser::accept(TokenKind kind) {
    if (!is(kind)) return false;
    take();
    return true;
}

TextRange Parser::since(std::uint32_t begin) const { return {begin, std::max(begin, previous().range.end)}; }

std::string Parser::shown(const Token& token) const {
    return token.kind == TokenKind::end_of_file ? std::string(token_text(token.kind)) : in_quotes(source_.text(token.range));
}

void Parser::report(std::string_view code, TextRange range, std::string what, std::string fix) {
    if (has_error_ && last_error_ == now().range.begin) return;  // a consequence of the one before
    has_error_ = true;
    last_error_ = now().range.begin;
    if (previous().is_broken) return;  // a consequence of the string
    diagnostics_.add(code, range, std::move(what), std::move(fix));
}

void Parser::fail(std::string_view code, TextRange range, std::string what, std::string fix) {
    report(code, range, std::move(what), std::move(fix));
    throw Abandon{};
}

void Parser::fail_unexpected() { fail("S001", now().range, "unexpected " + shown(now()), foreign_advice()); }

/// In an expression: where nothing that could be meant as a value stands, the place is behind what wants it.
void Parser::fail_without_value() {
    switch (now().kind) {
        case TokenKind::comma: case TokenKind::right_paren: case TokenKind::right_brace: case TokenKind::right_bracket:
        case TokenKind::kw_then: case TokenKind::kw_in: break;
        default:
            if (!ends_block(now()) && !starts_statement(now())) fail_unexpected();
    }
    fail("S001", previous().range, "a value is missing behind " + shown(previous()), "complete it, or remove " + shown(previous()));
}

/// What to write instead of words and symbols that people bring from other languages.
std::string Parser::foreign_advice() const {
    const auto text = [&](const Token& token) { return source_.text(token.range); };
    const auto after = [&](TokenKind a, TokenKind b) { return previous().kind == a && is(b) && previous().range.end == now().range.begin; };
    const std::string_view symbol = text(now());
    const bool before_assign = ahead().kind == TokenKind::assign && ahead().range.begin == now().range.end;
    if (before_assign && (is(TokenKind::plus) || is(TokenKind::minus) || is(TokenKind::star) || is(TokenKind::slash) || is(TokenKind::concat)))
        return "Lua has no " + std::string(symbol) + "=; write x = x " + std::string(symbol) + " ...";
    if (symbol == "!") return text(ahead()) == "=" || text(ahead()) == "==" ? "'not equal' is ~=" : "write `not`";
    if (after(TokenKind::ampersand, TokenKind::ampersand)) return "write `and`";
    if (after(TokenKind::pipe, TokenKind::pipe)) return "write `or`";
    if (after(TokenKind::plus, TokenKind::plus)) return "Lua has no ++; write x = x + 1";
    if (is(TokenKind::assign) || is(TokenKind::equal)) return "= assigns, == compares two values";
    if (symbol == "?") return "write an if, or  cond and a or b";
    if (is(TokenKind::double_slash) || is(TokenKind::hash)) return "a comment starts with --";
    if (symbol == "\xE2\x80\x9C" || symbol == "\xE2\x80\x9D" || symbol == "\xE2\x80\x98" || symbol == "\xE2\x80\x99")
        return "write straight quotes: \"text\"";
    if (is(TokenKind::left_brace)) return "blocks stand between then, do or function(...) and end";
    if (is(TokenKind::end_of_file)) return "finish the line, or remove its beginning";
    if (is(TokenKind::unknown)) return symbol.size() > 1 ? "names have letters a to z, digits and _; other letters stand in texts and comments" : "remove it";
    return "complete what stands before it, or remove it";
}

Token Parser::expect(TokenKind kind, std::string_view where) {
    if (is(kind)) return take();
    fail("S007", now().range, in_quotes(token_text(kind)) + " expected " + std::string(where) + ", not " + shown(now()), foreign_advice());
}

Token Parser::expect_name(std::string_view where) {
    if (is(TokenKind::name)) return take();
    const std::string what = "a name expected " + std::string(where) + ", not " + shown(now());
    const bool reserved = now().kind >= TokenKind::kw_and && now().kind <= TokenKind::kw_while;
    if (!reserved) fail("S007", now().range, what, is(TokenKind::unknown) ? foreign_advice() : "start it with a letter; letters, digits and _ may follow");
    report("S007", now().range, what, shown(now()) + " is a word of Lua; choose another name");
    if (ahead().kind != TokenKind::assign) throw Abandon{};
    Token meant = take();
    meant.text = source_.text(meant.range);
    return meant;
}

/// `then` and `do`: where it is missing, the parser says so and goes on behind the rest of the line.
void Parser::expect_in_header(TokenKind kind, std::string_view header) {
    if (accept(kind)) return;
    report("S007", now().range, in_quotes(token_text(kind)) + " expected " + std::string(header) + ", not " + shown(now()),
           is(TokenKind::assign) ? "= assigns; to compare, write =="
           : is(TokenKind::unknown) || is(TokenKind::ampersand) || is(TokenKind::pipe) ? foreign_advice()
                                                                                      : "write " + in_quotes(token_text(kind)) + " before the block");
    const int line = source_.line(now().range.begin);
    std::size_t look = at_;
    while (tokens_[look].kind != kind && tokens_[look].kind != TokenKind::end_of_file && source_.line(tokens_[look].range.begin) == line) ++look;
    if (tokens_[look].kind != kind || source_.line(tokens_[look].range.begin) != line) return;
    at_ = look + 1;
}

void Parser::expect_close(TokenKind closer, const Token& opener) {
    if (accept(closer)) return;
    if (!(has_error_ && last_error_ == now().range.begin)) {
        const bool at_new_line = first_on_line(now()) || is(TokenKind::end_of_file) || starts_statement(now()) || ends_block(now());
        if (!at_new_line)
            fail("S007", now().range, in_quotes(token_text(closer)) + " expected, not " + shown(now()),
                 closer == TokenKind::right_brace ? "separate fields by commas" : "separate values by commas or operators, or close with " + std::string(token_text(closer)));
        report("S004", opener.range, shown(opener) + " is never closed", "close it with " + std::string(token_text(closer)));
        if (is(TokenKind::end_of_file) || starts_statement(now()) || first_on_line(now())) {
            --brackets_;
            return;
        }
    }
    throw Abandon{};
}

/// `end` of the block that `opener` opened (`until` of a repeat). Indentation tells which block lacks its `end`.
void Parser::expect_end(const Token& opener, TokenKind closer) {
    const int opener_line = source_.line(opener.range.begin);
    if (is(closer)) {
        const bool suspicious = first_on_line(now()) && source_.line(now().range.begin) != opener_line &&
                                source_.indentation(source_.line(now().range.begin)) < source_.indentation(opener_line);
        if (suspicious && !has_suspect_) {
            has_suspect_ = true;
            suspect_ = opener;
        }
        take();
        return;
    }
    const Token& unclosed = has_suspect_ ? suspect_ : opener;
    const std::string word(token_text(unclosed.kind == TokenKind::kw_repeat ? TokenKind::kw_until : TokenKind::kw_end));
    report("S004", unclosed.range,
           shown(unclosed) + " of line " + std::to_string(source_.line(unclosed.range.begin)) + " has no " + in_quotes(word) +
               (is(TokenKind::end_of_file) ? " before the end of the file" : " before line " + std::to_string(source_.line(now().range.begin))),
           "close its block with " + in_quotes(word));
    has_suspect_ = false;
}

bool Parser::starts_statement(const Token& token) const {
    switch (token.kind) {
        case TokenKind::kw_break: case TokenKind::kw_do: case TokenKind::kw_for: case TokenKind::kw_function: case TokenKind::kw_goto:
        case TokenKind::kw_if: case TokenKind::kw_local: case TokenKind::kw_repeat: case TokenKind::kw_return: case TokenKind::kw_while:
        case TokenKind::double_colon: case TokenKind::semicolon: return true;
        default: return false;
    }
}

bool Parser::ends_block(const Token& token) const {
    switch (token.kind) {
        case TokenKind::kw_else: case TokenKind::kw_elseif: case TokenKind::kw_end: case TokenKind::kw_until: case TokenKind::end_of_file:
            return true;
        default: return false;
    }
}

/// True where a function inside a bracket meets what goes on behind it: its `end` is missing.
bool Parser::closes_outer_bracket() const {
    if (!in_brackets_) return false;
    switch (now().kind) {
        case TokenKind::comma: case TokenKind::right_paren: case TokenKind::right_brace: case TokenKind::right_bracket:
            return previous().kind == TokenKind::kw_end || first_on_line(now());
        default: return false;
    }
}

bool Parser::block_follows(bool with_until) const {
    if (is(TokenKind::kw_until)) return with_until;
    return ends_block(now()) || closes_outer_bracket();
}

void Parser::leave_nesting(const Checkpoint& start) {
    depth_ = start.depth;
    function_ = start.function;
    in_brackets_ = start.in_brackets;
}

/// Parses past a function without a name, so that its statements are checked too. False where none starts here.
bool Parser::skip_function() {
    if (!is(TokenKind::kw_function) || ahead().kind != TokenKind::left_paren) return false;
    const Checkpoint start = checkpoint();
    const Token opener = take();
    try {
        function_body(opener, false);
    } catch (const Abandon&) {
        leave_nesting(start);
    }
    return true;
}

/// After an error in a statement: on to what looks like the next one, past brackets and functions that the statement had open.
void Parser::skip_broken_statement(const Checkpoint& start) {
    leave_nesting(start);
    while (!is(TokenKind::end_of_file)) {
        if (skip_function()) continue;
        const bool moved = at_ > start.at;
        if (moved && (starts_statement(now()) || block_follows(true))) break;
        if (moved && brackets_ <= start.brackets && is(TokenKind::name) && first_on_line(now())) break;
        take();
    }
    brackets_ = start.brackets;
}

/// After an error in a field of a table: on to the next separator or the closing brace. False where neither comes.
bool Parser::skip_broken_field(const Checkpoint& start) {
    leave_nesting(start);
    while (!is(TokenKind::end_of_file)) {
        if (skip_function()) continue;
        if (starts_statement(now()) && !is(TokenKind::semicolon)) return false;
        if (ends_block(now())) return false;
        if (brackets_ <= start.brackets) {
            const bool next_field = at_ > start.at && is(TokenKind::name) && first_on_line(now()) && ahead().kind == TokenKind::assign;
            if (is(TokenKind::comma) || is(TokenKind::semicolon) || is(TokenKind::right_brace) || next_field) {
                brackets_ = start.brackets;
                return true;
            }
        }
        take();
    }
    return false;
}

}  // namespace rackrace::lua
