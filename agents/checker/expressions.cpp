// Expressions of the parser: precedence climbing with Lua's own table, tables and function bodies with their recovery.
#include <array>
#include <utility>

#include "agents/checker/parser_core.h"

namespace rackrace::lua {
namespace {

struct BinaryRow {
    TokenKind token;
    BinaryOperator op;
    int left, right;  // priorities; right below left: groups to the right
};

constexpr int kUnaryPriority = 12;

constexpr std::array<BinaryRow, 21> kBinary{{
    {TokenKind::kw_or, BinaryOperator::logical_or, 1, 1},        {TokenKind::kw_and, BinaryOperator::logical_and, 2, 2},
    {TokenKind::less, BinaryOperator::less, 3, 3},               {TokenKind::greater, BinaryOperator::greater, 3, 3},
    {TokenKind::less_equal, BinaryOperator::less_equal, 3, 3},   {TokenKind::greater_equal, BinaryOperator::greater_equal, 3, 3},
    {TokenKind::not_equal, BinaryOperator::not_equal, 3, 3},     {TokenKind::equal, BinaryOperator::equal, 3, 3},
    {TokenKind::pipe, BinaryOperator::bit_or, 4, 4},             {TokenKind::tilde, BinaryOperator::bit_xor, 5, 5},
    {TokenKind::ampersand, BinaryOperator::bit_and, 6, 6},       {TokenKind::shift_left, BinaryOperator::shift_left, 7, 7},
    {TokenKind::shift_right, BinaryOperator::shift_right, 7, 7}, {TokenKind::concat, BinaryOperator::concat, 9, 8},
    {TokenKind::plus, BinaryOperator::add, 10, 10},              {TokenKind::minus, BinaryOperator::subtract, 10, 10},
    {TokenKind::star, BinaryOperator::multiply, 11, 11},         {TokenKind::slash, BinaryOperator::divide, 11, 11},
    {TokenKind::double_slash, BinaryOperator::floor_divide, 11, 11}, {TokenKind::percent, BinaryOperator::modulo, 11, 11},
    {TokenKind::caret, BinaryOperator::power, 14, 13},
}};

const BinaryRow* binary_row(TokenKind kind) {
    for (const BinaryRow& row : kBinary)
        if (row.token == kind) return &row;
    return nullptr;
}

}  // namespace

Expr* Parser::expression() { return operation(0); }

/// Reads operators whose left priority is above `limit`.
Expr* Parser::operation(int limit) {
    const Level level(*this);
    const std::uint32_t begin = now().range.begin;
    Expr* left = nullptr;
    const auto unary = [&](UnaryOperator op) {
        take();
        Expr* operand = operation(kUnaryPriority);
        left = ast_.make_expr(since(begin), Unary{op, operand});
    };
    switch (now().kind) {
        case TokenKind::kw_not: unary(UnaryOperator::logical_not); break;
        case TokenKind::minus: unary(UnaryOperator::negate); break;
        case TokenKind::tilde: unary(UnaryOperator::bit_not); break;
        case TokenKind::hash: unary(UnaryOperator::length); break;
        default: left = simple_expression();
    }
    for (const BinaryRow* row = binary_row(now().kind); row != nullptr && row->left > limit; row = binary_row(now().kind)) {
        const Token op = take();
        Expr* right = operation(row->right);
        left = ast_.make_expr({left->range.begin, right->range.end}, Binary{row->op, op.range, left, right});
    }
    return left;
}

Expr* Parser::simple_expression() {
    const Token token = now();
    const auto literal = [&](ExprNode node) {
        take();
        return ast_.make_expr(token.range, std::move(node));
    };
    switch (token.kind) {
        case TokenKind::integer: return literal(IntegerLiteral{token.integer});
        case TokenKind::real: return literal(RealLiteral{token.real});
        case TokenKind::string: return literal(StringLiteral{token.text});
        case TokenKind::kw_nil: return literal(NilLiteral{});
        case TokenKind::kw_true: return literal(BoolLiteral{true});
        case TokenKind::kw_false: return literal(BoolLiteral{false});
        case TokenKind::ellipsis:
            if (!function_->is_vararg)
                diagnostics_.add("S016", token.range, "'...' stands in a function without '...' among its parameters",
                                 "name the parameters, or end them with ...");
            return literal(Varargs{});
        case TokenKind::left_brace: return table();
        case TokenKind::kw_function: {
            const Token opener = take();
            Function* function = function_body(opener, false);
            return ast_.make_expr(function->range, FunctionExpr{function});
        }
        default: return suffixed_expression();
    }
}

Expr* Parser::primary_expression() {
    if (is(TokenKind::name)) return name_expression(take());
    if (is(TokenKind::left_paren)) {
        const Token opener = take();
        Expr* inner = expression();
        expect_close(TokenKind::right_paren, opener);
        return ast_.make_expr(since(opener.range.begin), Paren{inner});
    }
    fail_without_value();
}

Expr* Parser::suffixed_expression() {
    Expr* expr = primary_expression();
    for (;;) {
        const std::uint32_t begin = expr->range.begin;
        switch (now().kind) {
            case TokenKind::dot: {
                take();
                const Token name = expect_name("behind the point");
                Expr* key = ast_.make_expr(name.range, StringLiteral{name.text});
                expr = ast_.make_expr(since(begin), Index{expr, key});
                break;
            }
            case TokenKind::left_bracket: {
                const Token opener = take();
                Expr* key = expression();
                expect_close(TokenKind::right_bracket, opener);
                expr = ast_.make_expr(since(begin), Index{expr, key});
                break;
            }
            case TokenKind::colon: {
                take();
                const Token name = expect_name("behind the colon");
                std::vector<Expr*> values = arguments();
                expr = ast_.make_expr(since(begin), MethodCall{expr, name.text, name.range, std::move(values)});
                break;
            }
            case TokenKind::left_paren: case TokenKind::left_brace: case TokenKind::string: {
                const std::uint32_t arguments_begin = now().range.begin;
                std::vector<Expr*> values = arguments();
                expr = ast_.make_expr(since(begin), Call{expr, std::move(values), since(arguments_begin)});
                break;
            }
            default: return expr;
        }
    }
}

std::vector<Expr*> Parser::arguments() {
    if (is(TokenKind::string)) {
        const Token text = take();
        return {ast_.make_expr(text.range, StringLiteral{text.text})};
    }
    if (is(TokenKind::left_brace)) return {table()};
    if (!is(TokenKind::left_paren))
        fail("S007", now().range, "the arguments of a method call expected, not " + shown(now()), "call it: object:method(...); a field is object.field");
    const Token opener = take();
    std::vector<Expr*> values;
    if (!is(TokenKind::right_paren)) values = expression_list();
    expect_close(TokenKind::right_paren, opener);
    return values;
}

std::vector<Expr*> Parser::expression_list() {
    std::vector<Expr*> values{expression()};
    while (accept(TokenKind::comma)) values.push_back(expression());
    return values;
}

TableField Parser::table_field() {
    const std::uint32_t begin = now().range.begin;
    Expr* key = nullptr;
    if (is(TokenKind::name) && ahead().kind == TokenKind::assign) {
        const Token name = take();
        key = ast_.make_expr(name.range, StringLiteral{name.text});
        take();
    } else if (is(TokenKind::left_bracket)) {
        const Token opener = take();
        key = expression();
        expect_close(TokenKind::right_bracket, opener);
        expect(TokenKind::assign, "behind the key of a field");
    }
    Expr* value = expression();
    return {key, value, since(begin)};
}

Expr* Parser::table() {
    const Token opener = take();
    Table made;
    while (!is(TokenKind::right_brace)) {
        const Checkpoint start = checkpoint();
        try {
            made.fields.push_back(table_field());
        } catch (const Abandon&) {
            if (!skip_broken_field(start)) throw;
        }
        if (accept(TokenKind::comma) || accept(TokenKind::semicolon)) continue;
        const bool field_follows = (is(TokenKind::name) && ahead().kind == TokenKind::assign) || is(TokenKind::left_bracket);
        if (!field_follows || at_ == start.at) break;
        const TextRange end{previous().range.end - 1, previous().range.end};
        report("S007", end, "a comma is missing behind this field", "separate fields by commas");
    }
    expect_close(TokenKind::right_brace, opener);
    return ast_.make_expr(since(opener.range.begin), std::move(made));
}

void Parser::parameters(Function& function) {
    const Token opener = expect(TokenKind::left_paren, "before the parameters of a function");
    if (!is(TokenKind::right_paren)) {
        do {
            if (accept(TokenKind::ellipsis)) {
                function.is_vararg = true;
            } else {
                const Token name = expect_name("as a parameter");
                function.parameters.push_back(ast_.make_local(name.text, name.range, &function));
            }
        } while (!function.is_vararg && accept(TokenKind::comma));
    }
    expect_close(TokenKind::right_paren, opener);
}

Function* Parser::function_body(const Token& opener, bool is_method) {
    Function* function = ast_.make_function(function_);
    function->is_method = is_method;
    function->range.begin = opener.range.begin;
    if (is_method) function->parameters.push_back(ast_.make_local("self", opener.range, function));
    Function* const outer = std::exchange(function_, function);
    const bool outer_in_brackets = std::exchange(in_brackets_, brackets_ > 0);
    parameters(*function);
    function->head = since(opener.range.begin);
    function->body = block();
    expect_end(opener, TokenKind::kw_end);
    function->range = since(opener.range.begin);
    function_ = outer;
    in_brackets_ = outer_in_brackets;
    return function;
}

}  // namespace rackrace::lua
