// Visits every statement and expression of a tree once, outer before inner, telling the function each stands in.
#pragma once

#include <utility>
#include <variant>

#include "agents/checker/ast.h"

namespace rackrace::lua {

/// Visitor has  void stat(const Stat&, const Function&)  and  void expr(const Expr&, const Function&).
/// The left side of a chain is walked in a loop: its length is unbounded, everything else nests at most 200 deep.
template <class Visitor>
class Walker {
public:
    explicit Walker(Visitor& visitor) : visitor_(visitor) {}

    void function(const Function& function) {
        const Function* const outer = std::exchange(function_, &function);
        block(*function.body);
        function_ = outer;
    }

    /// An expression that stands in `function`.
    void expr_of(const Expr& expr, const Function& function) {
        const Function* const outer = std::exchange(function_, &function);
        this->expr(&expr);
        function_ = outer;
    }

private:
    void block(const Block& block) {
        for (const Stat* stat : block.statements) {
            visitor_.stat(*stat, *function_);
            std::visit([&](const auto& node) { children(node); }, stat->node);
        }
    }

    void optional_block(const Block* body) {
        if (body != nullptr) block(*body);
    }

    void exprs(const std::vector<Expr*>& list) {
        for (const Expr* one : list) expr(one);
    }

    void children(const LocalStat& node) { exprs(node.values); }
    void children(const AssignStat& node) { exprs(node.targets), exprs(node.values); }
    void children(const CallStat& node) { expr(node.call); }
    void children(const DoStat& node) { block(*node.body); }
    void children(const WhileStat& node) { expr(node.condition), block(*node.body); }
    void children(const RepeatStat& node) { block(*node.body), expr(node.condition); }
    void children(const IfStat& node) {
        for (const IfClause& clause : node.clauses) expr(clause.condition), block(*clause.body);
        optional_block(node.otherwise);
    }
    void children(const NumericForStat& node) { expr(node.start), expr(node.limit), expr(node.step), optional_block(node.body); }
    void children(const GenericForStat& node) { exprs(node.values), optional_block(node.body); }
    void children(const FunctionStat& node) { expr(node.target), function(*node.function); }
    void children(const LocalFunctionStat& node) { function(*node.function); }
    void children(const ReturnStat& node) { exprs(node.values); }
    void children(const BreakStat&) {}
    void children(const GotoStat&) {}
    void children(const LabelStat&) {}

    void expr(const Expr* next) {
        while (next != nullptr) {
            visitor_.expr(*next, *function_);
            next = std::visit([&](const auto& node) { return inner(node); }, next->node);
        }
    }

    /// Walks all children but one, and returns that one.
    template <class Leaf>
    const Expr* inner(const Leaf&) { return nullptr; }
    const Expr* inner(const Index& node) { return expr(node.key), node.object; }
    const Expr* inner(const Call& node) { return exprs(node.arguments), node.callee; }
    const Expr* inner(const MethodCall& node) { return exprs(node.arguments), node.object; }
    const Expr* inner(const FunctionExpr& node) { return function(*node.function), nullptr; }
    const Expr* inner(const Unary& node) { return node.operand; }
    const Expr* inner(const Binary& node) { return expr(node.right), node.left; }
    const Expr* inner(const Paren& node) { return node.inner; }
    const Expr* inner(const Table& node) {
        for (const TableField& field : node.fields) expr(field.key), expr(field.value);
        return nullptr;
    }

    Visitor& visitor_;
    const Function* function_ = nullptr;
};

}  // namespace rackrace::lua
