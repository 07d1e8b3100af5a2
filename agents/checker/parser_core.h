// Inside of the parser: the cursor over the tokens, error reports and recovery, shared by statements and expressions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agents/checker/ast.h"
#include "agents/checker/diagnostic.h"
#include "agents/checker/lexer.h"

namespace rackrace::lua {

class Parser {
public:
    Parser(const SourceText& source, Tokens tokens, Diagnostics& diagnostics);
    Ast run();

private:
    struct Abandon {};  // thrown where a statement or field cannot go on; caught by the list it stands in
    struct Stop {};     // thrown where the whole parse ends: nested too deep

    /// One level of nesting, as Lua counts them.
    class Level {
    public:
        explicit Level(Parser& parser);
        ~Level() { --parser_.depth_; }
        Level(const Level&) = delete;
        Level& operator=(const Level&) = delete;

    private:
        Parser& parser_;
    };

    /// Where a list stood before an item that may be abandoned.
    struct Checkpoint {
        std::size_t at;
        int brackets;
        int depth;
        Function* function;
        bool in_brackets;
    };
    Checkpoint checkpoint() const { return {at_, brackets_, depth_, function_, in_brackets_}; }

    // cursor (parser_core.cpp)
    const Token& now() const { return tokens_[at_]; }
    const Token& ahead() const { return tokens_[at_ + 1 < tokens_.size() ? at_ + 1 : at_]; }
    const Token& previous() const { return tokens_[at_ > 0 ? at_ - 1 : 0]; }
    bool is(TokenKind kind) const { return now().kind == kind; }
    Token take();
    bool accept(TokenKind kind);
    TextRange since(std::uint32_t begin) const;
    bool first_on_line(const Token& token) const { return source_.is_first_on_line(token.range.begin); }
    std::string shown(const Token& token) const;

    // errors and recovery (parser_core.cpp)
    void report(std::string_view code, TextRange range, std::string what, std::string fix);
    [[noreturn]] void fail(std::string_view code, TextRange range, std::string what, std::string fix);
    [[noreturn]] void fail_unexpected();
    [[noreturn]] void fail_without_value();
    std::string foreign_advice() const;
    Token expect(TokenKind kind, std::string_view where);
    Token expect_name(std::string_view where);
    void expect_in_header(TokenKind kind, std::string_view header);
    void expect_close(TokenKind closer, const Token& opener);
    void expect_end(const Token& opener, TokenKind closer);
    bool starts_statement(const Token& token) const;
    bool ends_block(const Token& token) const;
    bool closes_outer_bracket() const;
    bool block_follows(bool with_until) const;
    void skip_broken_statement(const Checkpoint& start);
    bool skip_broken_field(const Checkpoint& start);
    bool skip_function();
    void leave_nesting(const Checkpoint& start);

    // statements (parser.cpp)
    void statements(Block& block);
    void guarded_statement(Block& block);
    Block* block();
    Stat* statement();
    Stat* if_statement();
    Stat* while_statement();
    Stat* do_statement();
    Stat* for_statement();
    Stat* repeat_statement();
    Stat* function_statement();
    Stat* local_statement();
    Stat* local_function(std::uint32_t begin);
    Stat* label_statement();
    bool block_ends_after_labels() const;
    Stat* return_statement();
    Stat* goto_statement();
    Stat* expression_statement();
    Stat* assignment(Expr* first);
    Expr* header_expression(TokenKind closer);
    Attribute attribute();

    // expressions (expressions.cpp)
    Expr* expression();
    Expr* operation(int limit);
    Expr* simple_expression();
    Expr* suffixed_expression();
    Expr* primary_expression();
    Expr* table();
    TableField table_field();
    std::vector<Expr*> expression_list();
    std::vector<Expr*> arguments();
    Function* function_body(const Token& opener, bool is_method);
    void parameters(Function& function);
    Expr* name_expression(const Token& name) { return ast_.make_expr(name.range, NameExpr{name.text}); }

    const SourceText& source_;
    std::vector<Token> tokens_;
    Diagnostics& diagnostics_;
    Ast ast_;
    Function* function_ = nullptr;     // the one being parsed
    std::size_t at_ = 0;
    int depth_ = 0;
    int label_run_ = 0;                // labels in a row: Lua nests them
    int brackets_ = 0;                 // open ( { [
    bool in_brackets_ = false;         // the function being parsed stands inside a bracket
    bool has_error_ = false;
    std::uint32_t last_error_ = 0;     // where the last error was noticed: one message a place
    bool has_suspect_ = false;         // a block whose `end` is indented less than the block: the likely one without `end`
    Token suspect_;
};

}  // namespace rackrace::lua
