#include "agents/checker/call_graph.h"

#include <algorithm>

#include "agents/checker/walk.h"

namespace rackrace {

using namespace lua;

namespace {

/// Functions and locals as one graph: node f is Function f, node functions + l is Local l.
class Edges {
public:
    Edges(const Ast& ast, const Names& names) : names_(names), functions_(ast.functions().size()), to_(functions_ + ast.locals().size()) {
        Walker<Edges>(*this).function(*ast.chunk);
    }

    void stat(const Stat& stat, const Function& function) {
        if (const auto* made = as<LocalStat>(&stat)) {
            for (std::size_t i = 0; i < made->locals.size() && !made->values.empty(); ++i)
                holds(*made->locals[i], *made->values[std::min(i, made->values.size() - 1)], function);
        } else if (const auto* assigned = as<AssignStat>(&stat)) {
            for (std::size_t i = 0; i < assigned->targets.size(); ++i)
                if (const Local* local = base_local(*assigned->targets[i]))
                    holds(*local, *assigned->values[std::min(i, assigned->values.size() - 1)], function);
        } else if (const auto* named = as<FunctionStat>(&stat)) {
            if (const Local* local = base_local(*named->target)) add(node(*local), node(*named->function));
            else add(node(function), node(*named->function));
        } else if (const auto* local_function = as<LocalFunctionStat>(&stat)) {
            add(node(*local_function->local), node(*local_function->function));
        }
    }

    void expr(const Expr& expr, const Function& function) {
        if (const auto* inner = as<FunctionExpr>(&expr); inner != nullptr && function.parent != nullptr) add(node(function), node(*inner->function));
        if (as<NameExpr>(&expr) != nullptr && names_.of(expr).local != nullptr) add(node(function), node(*names_.of(expr).local));
    }

    /// Marks all that `function` reaches.
    void mark(const Function& function, Callback from, std::vector<CallbackSet>& reached) const {
        std::vector<std::size_t> open{node(function)};
        std::vector<bool> seen(to_.size());
        seen[open[0]] = true;
        while (!open.empty()) {
            const std::size_t at = open.back();
            open.pop_back();
            if (at < functions_) reached[at].add(from);
            for (const std::size_t next : to_[at])
                if (!seen[next]) {
                    seen[next] = true;
                    open.push_back(next);
                }
        }
    }

private:
    std::size_t node(const Function& function) const { return static_cast<std::size_t>(function.id); }
    std::size_t node(const Local& local) const { return functions_ + static_cast<std::size_t>(local.id); }
    void add(std::size_t from, std::size_t to) { to_[from].push_back(to); }

    /// The local under t.a[i].b.
    const Local* base_local(const Expr& target) const {
        const Expr* at = &target;
        while (const auto* index = as<Index>(at)) at = index->object;
        return as<NameExpr>(at) != nullptr ? names_.of(*at).local : nullptr;
    }

    /// A local reaches the functions written in its value and the locals that the value names.
    struct Held {
        Edges& edges;
        std::size_t holder;
        const Function& home;
        void stat(const Stat&, const Function&) {}
        void expr(const Expr& expr, const Function& function) {
            if (&function != &home) return;
            if (const auto* inner = as<FunctionExpr>(&expr)) edges.add(holder, edges.node(*inner->function));
            if (as<NameExpr>(&expr) != nullptr && edges.names_.of(expr).local != nullptr) edges.add(holder, edges.node(*edges.names_.of(expr).local));
        }
    };

    void holds(const Local& local, const Expr& value, const Function& function) {
        Held held{*this, node(local), function};
        Walker<Held>(held).expr_of(value, function);
    }

    const Names& names_;
    std::size_t functions_;
    std::vector<std::vector<std::size_t>> to_;
};

}  // namespace

CallGraph::CallGraph(const Ast& ast, const Names& names, const ScriptShape& shape) : reached_(ast.functions().size()), inside_(ast.functions().size()) {
    if (shape.is_module) {
        for (const Function& function : ast.functions()) {
            if (function.parent == nullptr) continue;
            for (const Callback from : {Callback::init, Callback::decide, Callback::operate}) reached_[static_cast<std::size_t>(function.id)].add(from);
            inside_[static_cast<std::size_t>(function.id)] = true;
        }
        return;
    }
    const Edges edges(ast, names);
    for (std::size_t i = 0; i < kCallbackNames.size(); ++i)
        if (shape.callbacks[i] != nullptr) {
            edges.mark(*shape.callbacks[i], static_cast<Callback>(i), reached_);
            inside_[static_cast<std::size_t>(shape.callbacks[i]->id)] = true;
        }
    for (const Function& function : ast.functions())  // parents come before their children
        if (function.parent != nullptr && inside_[static_cast<std::size_t>(function.parent->id)]) inside_[static_cast<std::size_t>(function.id)] = true;
}

}  // namespace rackrace
