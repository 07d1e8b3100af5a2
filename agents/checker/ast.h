// The syntax tree of a Lua 5.4 chunk: plain nodes with source ranges, all owned by one Ast, so pointers stay good while it lives.
// Expressions carry a dense id: later passes (names, types, units, compiler) keep their facts in arrays beside the tree.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "agents/checker/source_text.h"

namespace rackrace::lua {

struct Expr;
struct Function;
struct Block;

enum class Attribute : std::uint8_t { none, constant, close };

/// A local variable, parameter or loop variable, at its declaration.
struct Local {
    int id = 0;  // dense
    std::string_view name;
    TextRange range;
    Attribute attribute = Attribute::none;
    const Function* owner = nullptr;
};

enum class UnaryOperator : std::uint8_t { negate, logical_not, length, bit_not };
enum class BinaryOperator : std::uint8_t {
    add, subtract, multiply, divide, floor_divide, modulo, power, concat,
    shift_left, shift_right, bit_and, bit_xor, bit_or,
    equal, not_equal, less, less_equal, greater, greater_equal, logical_and, logical_or
};

constexpr bool is_comparison(BinaryOperator op) { return op >= BinaryOperator::equal && op <= BinaryOperator::greater_equal; }

struct Broken {};  // stands where a syntax error was reported
struct NilLiteral {};
struct BoolLiteral { bool value; };
struct IntegerLiteral { std::int64_t value; };
struct RealLiteral { double value; };
struct StringLiteral { std::string_view value; };
struct Varargs {};
struct NameExpr { std::string_view text; };

/// `object.name` (key is a StringLiteral) or `object[key]`.
struct Index {
    Expr* object;
    Expr* key;
};

struct Call {
    Expr* callee;
    std::vector<Expr*> arguments;
    TextRange arguments_range;  // with its parentheses, or the one table or string
};

struct MethodCall {
    Expr* object;
    std::string_view method;
    TextRange method_range;
    std::vector<Expr*> arguments;
};

struct FunctionExpr { Function* function; };
struct Unary { UnaryOperator op; Expr* operand; };
struct Binary { BinaryOperator op; TextRange op_range; Expr* left; Expr* right; };
struct Paren { Expr* inner; };

/// `value` (key nullptr), `name = value` (key a StringLiteral) or `[key] = value`.
struct TableField {
    Expr* key;
    Expr* value;
    TextRange range;
};

struct Table { std::vector<TableField> fields; };

using ExprNode = std::variant<Broken, NilLiteral, BoolLiteral, IntegerLiteral, RealLiteral, StringLiteral, Varargs, NameExpr, Index, Call,
                              MethodCall, FunctionExpr, Unary, Binary, Paren, Table>;

struct Expr {
    int id = 0;  // dense
    TextRange range;
    ExprNode node;
};

/// The node of an expression where it is a T, else nullptr.
template <class T>
const T* as(const Expr* expr) { return expr == nullptr ? nullptr : std::get_if<T>(&expr->node); }

struct LocalStat { std::vector<Local*> locals; std::vector<Expr*> values; };
struct AssignStat { std::vector<Expr*> targets; std::vector<Expr*> values; };
struct CallStat { Expr* call; };
struct DoStat { Block* body; };
struct WhileStat { Expr* condition; Block* body; };
struct RepeatStat { Block* body; Expr* condition; };  // the condition sees the locals of the body
struct IfClause { Expr* condition; Block* body; };
struct IfStat { std::vector<IfClause> clauses; Block* otherwise; };  // otherwise: nullptr without `else`
struct NumericForStat { Local* variable; Expr* start; Expr* limit; Expr* step; Block* body; };  // step: nullptr for 1
struct GenericForStat { std::vector<Local*> variables; std::vector<Expr*> values; Block* body; };
struct FunctionStat { Expr* target; Function* function; };  // function a.b.c() or a.b:c(): target is a NameExpr or an Index
struct LocalFunctionStat { Local* local; Function* function; };
struct ReturnStat { std::vector<Expr*> values; };
struct BreakStat {};
struct GotoStat { std::string_view label; TextRange label_range; };
struct LabelStat {
    std::string_view label;
    TextRange label_range;
    bool ends_block;  // nothing but labels and semicolons follow: the locals of the block are out of scope
};

using StatNode = std::variant<LocalStat, AssignStat, CallStat, DoStat, WhileStat, RepeatStat, IfStat, NumericForStat, GenericForStat,
                              FunctionStat, LocalFunctionStat, ReturnStat, BreakStat, GotoStat, LabelStat>;

struct Stat {
    TextRange range;
    StatNode node;
};

template <class T>
const T* as(const Stat* stat) { return stat == nullptr ? nullptr : std::get_if<T>(&stat->node); }

struct Block {
    TextRange range;
    std::vector<Stat*> statements;
};

struct Function {
    int id = 0;  // dense; the chunk is 0
    TextRange range;
    TextRange head;  // `function` to the closing parenthesis of the parameters
    const Function* parent = nullptr;
    std::vector<Local*> parameters;  // with `self` first in a method
    bool is_method = false;
    bool is_vararg = false;
    Block* body = nullptr;
};

class Ast {
public:
    Function* chunk = nullptr;

    Expr* make_expr(TextRange range, ExprNode node) {
        return &exprs_.emplace_back(Expr{static_cast<int>(exprs_.size()), range, std::move(node)});
    }
    Stat* make_stat(TextRange range, StatNode node) { return &stats_.emplace_back(Stat{range, std::move(node)}); }
    Block* make_block() { return &blocks_.emplace_back(); }
    Local* make_local(std::string_view name, TextRange range, const Function* owner) {
        return &locals_.emplace_back(Local{static_cast<int>(locals_.size()), name, range, Attribute::none, owner});
    }
    Function* make_function(const Function* parent) {
        Function& made = functions_.emplace_back();
        made.id = static_cast<int>(functions_.size()) - 1;
        made.parent = parent;
        return &made;
    }
    void keep_strings(std::deque<std::string> strings) { strings_ = std::move(strings); }

    const std::deque<Expr>& exprs() const { return exprs_; }
    const std::deque<Local>& locals() const { return locals_; }
    const std::deque<Function>& functions() const { return functions_; }

private:
    std::deque<Expr> exprs_;
    std::deque<Stat> stats_;
    std::deque<Block> blocks_;
    std::deque<Local> locals_;
    std::deque<Function> functions_;
    std::deque<std::string> strings_;  // values of string literals, viewed by the nodes
};

}  // namespace rackrace::lua
