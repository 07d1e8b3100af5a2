#include "agents/checker/parser.h"

#include <utility>

#include "agents/checker/parser_core.h"

namespace rackrace::lua {

Ast parse(const SourceText& source, Tokens tokens, Diagnostics& diagnostics) {
    return Parser(source, std::move(tokens), diagnostics).run();
}

void Parser::statements(Block& block) {
    while (!block_follows(true)) {
        const bool is_return = is(TokenKind::kw_return);
        guarded_statement(block);
        if (is_return && !block_follows(true))
            report("S001", now().range, "a statement stands behind `return`", "`return` ends its block: move it down, or write  do return end");
    }
}

void Parser::guarded_statement(Block& block) {
    const Checkpoint start = checkpoint();
    try {
        if (accept(TokenKind::semicolon)) return;
        block.statements.push_back(statement());
    } catch (const Abandon&) {
        skip_broken_statement(start);
    }
}

Block* Parser::block() {
    Block* made = ast_.make_block();
    made->range.begin = now().range.begin;
    statements(*made);
    made->range = since(made->range.begin);
    return made;
}

Stat* Parser::statement() {
    const Level level(*this);
    if (!is(TokenKind::double_colon)) label_run_ = 0;
    switch (now().kind) {
        case TokenKind::kw_if: return if_statement();
        case TokenKind::kw_while: return while_statement();
        case TokenKind::kw_do: return do_statement();
        case TokenKind::kw_for: return for_statement();
        case TokenKind::kw_repeat: return repeat_statement();
        case TokenKind::kw_function: return function_statement();
        case TokenKind::kw_local: return local_statement();
        case TokenKind::double_colon: return label_statement();
        case TokenKind::kw_return: return return_statement();
        case TokenKind::kw_goto: return goto_statement();
        case TokenKind::kw_break: {
            const Token word = take();
            return ast_.make_stat(word.range, BreakStat{});
        }
        default: return expression_statement();
    }
}

/// A condition or range of a header: an error in it does not take the block with it.
Expr* Parser::header_expression(TokenKind closer) {
    const Checkpoint start = checkpoint();
    try {
        return expression();
    } catch (const Abandon&) {
        leave_nesting(start);
        const int line = source_.line(now().range.begin);
        const auto stops = [&] { return is(closer) || starts_statement(now()) || ends_block(now()); };
        if (at_ == start.at && !stops()) take();
        while (!stops() && !is(TokenKind::comma) && source_.line(now().range.begin) == line) take();
        brackets_ = start.brackets;
        return ast_.make_expr(since(tokens_[start.at].range.begin), Broken{});
    }
}

Stat* Parser::if_statement() {
    const Token opener = take();
    IfStat made{{}, nullptr};
    const auto clause = [&] {
        Expr* condition = header_expression(TokenKind::kw_then);
        expect_in_header(TokenKind::kw_then, "after the condition");
        made.clauses.push_back({condition, block()});
    };
    clause();
    while (accept(TokenKind::kw_elseif)) clause();
    if (accept(TokenKind::kw_else)) made.otherwise = block();
    expect_end(opener, TokenKind::kw_end);
    return ast_.make_stat(since(opener.range.begin), std::move(made));
}

Stat* Parser::while_statement() {
    const Token opener = take();
    Expr* condition = header_expression(TokenKind::kw_do);
    expect_in_header(TokenKind::kw_do, "after the condition");
    Block* body = block();
    expect_end(opener, TokenKind::kw_end);
    return ast_.make_stat(since(opener.range.begin), WhileStat{condition, body});
}

Stat* Parser::do_statement() {
    const Token opener = take();
    Block* body = block();
    expect_end(opener, TokenKind::kw_end);
    return ast_.make_stat(since(opener.range.begin), DoStat{body});
}

Stat* Parser::for_statement() {
    const Token opener = take();
    std::vector<Local*> variables;
    do {
        const Token name = expect_name("as the variable of `for`");
        variables.push_back(ast_.make_local(name.text, name.range, function_));
    } while (accept(TokenKind::comma));
    if (variables.size() == 1 && accept(TokenKind::assign)) {
        NumericForStat made{variables[0], header_expression(TokenKind::kw_do), nullptr, nullptr, nullptr};
        if (!accept(TokenKind::comma)) {
            report("S007", now().range, "',' and a limit expected in `for`, not " + shown(now()), "e.g.  for i = 1, n do");
            made.limit = ast_.make_expr(now().range, Broken{});
        } else {
            made.limit = header_expression(TokenKind::kw_do);
        }
        if (accept(TokenKind::comma)) made.step = header_expression(TokenKind::kw_do);
        expect_in_header(TokenKind::kw_do, "after the range of `for`");
        made.body = block();
        expect_end(opener, TokenKind::kw_end);
        return ast_.make_stat(since(opener.range.begin), made);
    }
    GenericForStat made{std::move(variables), {}, nullptr};
    if (accept(TokenKind::kw_in)) {
        do made.values.push_back(header_expression(TokenKind::kw_do));
        while (accept(TokenKind::comma));
    } else {
        report("S007", now().range, "'=' or 'in' expected in `for`, not " + shown(now()), "e.g.  for i = 1, n do  or  for i, x in ipairs(list) do");
        while (!is(TokenKind::kw_do) && !first_on_line(now()) && !ends_block(now())) take();
    }
    expect_in_header(TokenKind::kw_do, "after the list of `for`");
    made.body = block();
    expect_end(opener, TokenKind::kw_end);
    return ast_.make_stat(since(opener.range.begin), std::move(made));
}

Stat* Parser::repeat_statement() {
    const Token opener = take();
    Block* body = block();
    expect_end(opener, TokenKind::kw_until);
    Expr* condition = previous().kind == TokenKind::kw_until ? expression() : ast_.make_expr(now().range, Broken{});
    return ast_.make_stat(since(opener.range.begin), RepeatStat{body, condition});
}

Stat* Parser::function_statement() {
    const Token opener = take();
    Expr* target = name_expression(expect_name("behind `function`"));
    bool is_method = false;
    while (!is_method && (is(TokenKind::dot) || is(TokenKind::colon))) {
        is_method = take().kind == TokenKind::colon;
        const Token name = expect_name("in the name of the function");
        Expr* key = ast_.make_expr(name.range, StringLiteral{name.text});
        target = ast_.make_expr(since(target->range.begin), Index{target, key});
    }
    Function* function = function_body(opener, is_method);
    return ast_.make_stat(since(opener.range.begin), FunctionStat{target, function});
}

Attribute Parser::attribute() {
    if (!accept(TokenKind::less)) return Attribute::none;
    const Token name = expect_name("as the attribute of a local");
    expect(TokenKind::greater, "behind the attribute");
    if (name.text == "const") return Attribute::constant;
    if (name.text == "close") return Attribute::close;
    diagnostics_.add("S010", name.range, "Lua has no attribute " + in_quotes(name.text), "the attributes are <const> and <close>");
    return Attribute::none;
}

Stat* Parser::local_function(std::uint32_t begin) {
    const Token opener = take();
    const Token name = expect_name("behind `local function`");
    if (is(TokenKind::dot) || is(TokenKind::colon))
        fail("S001", now().range, "a local function has a plain name", "write  " + std::string(name.text) + ".f = function(...) ... end");
    Local* local = ast_.make_local(name.text, name.range, function_);
    Function* function = function_body(opener, false);
    return ast_.make_stat(since(begin), LocalFunctionStat{local, function});
}

Stat* Parser::local_statement() {
    const std::uint32_t begin = take().range.begin;
    if (is(TokenKind::kw_function)) return local_function(begin);
    LocalStat made;
    bool has_close = false;
    do {
        const Token name = expect_name("behind `local`");
        Local* local = ast_.make_local(name.text, name.range, function_);
        local->attribute = attribute();
        if (local->attribute == Attribute::close && std::exchange(has_close, true))
            diagnostics_.add("S019", name.range, "a second <close> in one list", "give it its own `local` statement");
        made.locals.push_back(local);
    } while (accept(TokenKind::comma));
    if (accept(TokenKind::assign)) {
        const Checkpoint start = checkpoint();
        try {
            made.values = expression_list();
        } catch (const Abandon&) {  // the names stay declared
            skip_broken_statement(start);
            made.values.assign(1, ast_.make_expr(since(tokens_[start.at].range.begin), Broken{}));
        }
    }
    return ast_.make_stat(since(begin), std::move(made));
}

/// True where only labels and semicolons stand between here and the end of the block.
bool Parser::block_ends_after_labels() const {
    std::size_t look = at_;
    for (;;) {
        if (tokens_[look].kind == TokenKind::semicolon) {
            ++look;
        } else if (look + 2 < tokens_.size() && tokens_[look].kind == TokenKind::double_colon && tokens_[look + 1].kind == TokenKind::name &&
                   tokens_[look + 2].kind == TokenKind::double_colon) {
            look += 3;
        } else {
            return ends_block(tokens_[look]) && tokens_[look].kind != TokenKind::kw_until;
        }
    }
}

Stat* Parser::label_statement() {
    const std::uint32_t begin = take().range.begin;
    depth_ += label_run_;
    {
        const Level level(*this);  // Lua reads labels that follow inside this one
    }
    depth_ -= label_run_;
    ++label_run_;
    const Token name = expect_name("between the colons of a label");
    expect(TokenKind::double_colon, "behind the label");
    return ast_.make_stat(since(begin), LabelStat{name.text, name.range, block_ends_after_labels()});
}

Stat* Parser::return_statement() {
    const std::uint32_t begin = take().range.begin;
    ReturnStat made;
    if (!block_follows(true) && !is(TokenKind::semicolon)) made.values = expression_list();
    const TextRange range = since(begin);
    accept(TokenKind::semicolon);
    return ast_.make_stat(range, std::move(made));
}

Stat* Parser::goto_statement() {
    const std::uint32_t begin = take().range.begin;
    const Token name = expect_name("behind `goto`");
    return ast_.make_stat(since(begin), GotoStat{name.text, name.range});
}

Stat* Parser::assignment(Expr* first) {
    AssignStat made{{first}, {}};
    const auto check_target = [&](const Expr* target) {
        if (as<NameExpr>(target) != nullptr || as<Index>(target) != nullptr) return;
        fail("S009", target->range, "this cannot be assigned to", "assign to a variable or a field: x = 1, t.x = 1, t[i] = 1");
    };
    check_target(first);
    const int depth_before = depth_;
    while (accept(TokenKind::comma)) {
        Expr* target = suffixed_expression();
        check_target(target);
        made.targets.push_back(target);
        const Level level(*this);
        ++depth_;  // Lua nests the targets
    }
    expect(TokenKind::assign, "behind the variables");
    made.values = expression_list();
    depth_ = depth_before;
    return ast_.make_stat(since(first->range.begin), std::move(made));
}

Stat* Parser::expression_statement() {
    const Token first = now();
    if (!is(TokenKind::name) && !is(TokenKind::left_paren)) fail_unexpected();
    Expr* expr = suffixed_expression();
    if (is(TokenKind::assign) || is(TokenKind::comma)) return assignment(expr);
    if (as<Call>(expr) != nullptr || as<MethodCall>(expr) != nullptr) return ast_.make_stat(expr->range, CallStat{expr});
    if (first.text == "continue" && first.kind == TokenKind::name)
        fail("S008", first.range, "Lua has no `continue`", "write  goto next  and the label  ::next::  before the `end` of the loop");
    if (is(TokenKind::ellipsis) || !(first_on_line(now()) || starts_statement(now()) || ends_block(now()))) {
        if (is(TokenKind::name) && as<NameExpr>(expr) != nullptr)
            fail("S001", now().range, "unexpected " + shown(now()) + " behind " + shown(first), "is an operator, a comma or `local` missing?");
        fail("S008", {expr->range.begin, now().range.end}, "this is a value, not a statement", is(TokenKind::equal) ? "to assign, write =" : foreign_advice());
    }
    fail("S008", expr->range, "this is a value, not a statement", "call it, assign it, or remove it");
}

}  // namespace rackrace::lua
