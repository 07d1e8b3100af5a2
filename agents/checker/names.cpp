#include "agents/checker/names.h"

#include <set>
#include <string>
#include <utility>

namespace rackrace::lua {
namespace {

constexpr int kMaxLocals = 200;        // of one function, as in Lua
constexpr std::size_t kMaxUpvalues = 255;
constexpr int kEnvironment = -1;       // the upvalue through which globals are reached
constexpr int kHiddenOfNumericFor = 3;
constexpr int kHiddenOfGenericFor = 4;

}  // namespace

class Resolver {
public:
    Resolver(const Ast& ast, Diagnostics& diagnostics) : diagnostics_(diagnostics), upvalues_(ast.functions().size()) {
        names_.uses_.resize(ast.exprs().size());
        names_.facts_.resize(ast.locals().size());
    }

    Names run(const Ast& ast) {
        function(*ast.chunk);
        return std::move(names_);
    }

private:
    struct Scope {
        const Function* function;
        int locals = 0;  // active ones of the function, hidden ones included
    };

    LocalFacts& facts(const Local& local) { return names_.facts_[static_cast<std::size_t>(local.id)]; }

    void declare(const Local& local, int hidden = 0) {
        active_.push_back(&local);
        count(1 + hidden, local.range);
    }

    void count(int more, TextRange range) {
        scopes_.back().locals += more;
        if (scopes_.back().locals > kMaxLocals && scopes_.back().locals - more <= kMaxLocals)
            diagnostics_.add("S018", range, "this function has more than 200 local variables at once", "put some into a table, or into do ... end blocks");
    }

    void function(const Function& function) {
        scopes_.push_back({&function});
        const std::size_t outer = active_.size();
        for (const Local* parameter : function.parameters) {
            facts(*parameter).is_parameter = true;
            declare(*parameter);
        }
        block(*function.body);
        active_.resize(outer);
        scopes_.pop_back();
    }

    void block(const Block& body) {
        const std::size_t outer = active_.size();
        const int outer_locals = scopes_.back().locals;
        for (const Stat* stat : body.statements) std::visit([&](const auto& node) { this->stat(node); }, stat->node);
        active_.resize(outer);
        scopes_.back().locals = outer_locals;
    }

    /// A block whose first locals are those of its loop.
    template <class Declare>
    void loop_block(const Block& body, Declare declare_variables) {
        const std::size_t outer = active_.size();
        const int outer_locals = scopes_.back().locals;
        declare_variables();
        block(body);
        active_.resize(outer);
        scopes_.back().locals = outer_locals;
    }

    void stat(const LocalStat& node) {
        exprs(node.values);
        for (std::size_t i = 0; i < node.locals.size(); ++i) {
            assign(*node.locals[i], node.values, i);
            declare(*node.locals[i]);
        }
    }

    static bool gives_many(const Expr* value) {
        return as<Call>(value) != nullptr || as<MethodCall>(value) != nullptr || as<Varargs>(value) != nullptr;
    }

    /// What the i-th variable of an assignment gets.
    void assign(const Local& local, const std::vector<Expr*>& values, std::size_t i) {
        auto& known = facts(local).values;
        const bool last_gives_more = !values.empty() && i >= values.size() && gives_many(values.back());
        if (i < values.size()) known.push_back({values[i], nullptr, false});
        else if (last_gives_more) known.push_back({});
    }

    void stat(const AssignStat& node) {
        exprs(node.values);
        for (std::size_t i = 0; i < node.targets.size(); ++i) {
            const Expr& target = *node.targets[i];
            if (as<NameExpr>(&target) == nullptr) {
                expr(&target);
                continue;
            }
            if (const Local* local = write(target, false)) assign(*local, node.values, i);
        }
    }

    /// Resolves a name that is assigned to.
    const Local* write(const Expr& target, bool is_function) {
        const std::string_view name = as<NameExpr>(&target)->text;
        const NameUse use = resolve(target, name);
        if (use.local == nullptr) {
            names_.global_writes_.push_back({name, target.range, is_function});
            return nullptr;
        }
        facts(*use.local).writes.push_back(target.range);
        if (use.local->attribute != Attribute::none) {
            Diagnostic& d = diagnostics_.add("S011", target.range, "assignment to " + in_quotes(name) + ", which is declared constant",
                                             "use another variable, or drop the attribute");
            d.marks.push_back({use.local->range, "declared here"});
        }
        return use.local;
    }

    void stat(const CallStat& node) { expr(node.call); }
    void stat(const DoStat& node) { block(*node.body); }
    void stat(const WhileStat& node) {
        expr(node.condition);
        block(*node.body);
    }

    void stat(const RepeatStat& node) {
        const std::size_t outer = active_.size();
        const int outer_locals = scopes_.back().locals;
        for (const Stat* inner : node.body->statements) std::visit([&](const auto& n) { this->stat(n); }, inner->node);
        expr(node.condition);
        active_.resize(outer);
        scopes_.back().locals = outer_locals;
    }

    void stat(const IfStat& node) {
        for (const IfClause& clause : node.clauses) {
            expr(clause.condition);
            block(*clause.body);
        }
        if (node.otherwise != nullptr) block(*node.otherwise);
    }

    void stat(const NumericForStat& node) {
        for (const Expr* bound : {node.start, node.limit, node.step}) expr(bound);
        facts(*node.variable).is_loop_variable = true;
        facts(*node.variable).values.push_back({});
        loop_block(*node.body, [&] { declare(*node.variable, kHiddenOfNumericFor); });
    }

    void stat(const GenericForStat& node) {
        exprs(node.values);
        const Expr* list = listed_by(node);
        for (std::size_t i = 0; i < node.variables.size(); ++i) {
            LocalFacts& variable = facts(*node.variables[i]);
            variable.is_loop_variable = true;
            variable.values.push_back(i == 1 && list != nullptr ? Assigned{list, nullptr, true} : Assigned{});
        }
        loop_block(*node.body, [&] {
            count(kHiddenOfGenericFor, node.variables[0]->range);
            for (const Local* variable : node.variables) declare(*variable);
        });
    }

    /// The list of  for i, x in ipairs(list)  and  for k, v in race.each(list).
    static const Expr* listed_by(const GenericForStat& node) {
        const auto* call = node.values.size() == 1 ? as<Call>(node.values[0]) : nullptr;
        if (call == nullptr || call->arguments.size() != 1) return nullptr;
        const auto* name = as<NameExpr>(call->callee);
        const auto* member = as<Index>(call->callee);
        const auto* key = member != nullptr ? as<StringLiteral>(member->key) : nullptr;
        const bool lists = (name != nullptr && name->text == "ipairs") || (key != nullptr && key->value == "each");
        return lists ? call->arguments[0] : nullptr;
    }

    void stat(const FunctionStat& node) {
        if (as<NameExpr>(node.target) != nullptr) {
            if (const Local* local = write(*node.target, true)) facts(*local).values.push_back({nullptr, node.function, false});
        } else {
            expr(node.target);
        }
        function(*node.function);
    }

    void stat(const LocalFunctionStat& node) {
        facts(*node.local).values.push_back({nullptr, node.function, false});
        declare(*node.local);
        function(*node.function);
    }

    void stat(const ReturnStat& node) { exprs(node.values); }
    void stat(const BreakStat&) {}
    void stat(const GotoStat&) {}
    void stat(const LabelStat&) {}

    void exprs(const std::vector<Expr*>& list) {
        for (const Expr* one : list) expr(one);
    }

    /// Chains lean left without bound: their left side is a loop.
    void expr(const Expr* next) {
        while (next != nullptr) {
            if (const auto* name = as<NameExpr>(next))
                if (const NameUse use = resolve(*next, name->text); use.local != nullptr) ++facts(*use.local).reads;
            next = std::visit([&](const auto& node) { return inner(node); }, next->node);
        }
    }

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

    NameUse resolve(const Expr& at, std::string_view name) {
        NameUse use;
        for (std::size_t i = active_.size(); i-- > 0 && use.local == nullptr;)
            if (active_[i]->name == name) use.local = active_[i];
        const Function* here = scopes_.back().function;
        if (use.local != nullptr) use.kind = use.local->owner == here ? NameKind::local : NameKind::upvalue;
        if (use.kind == NameKind::upvalue) facts(*use.local).is_captured = true;
        if (use.kind != NameKind::local) capture(use.local, at.range);
        names_.uses_[static_cast<std::size_t>(at.id)] = use;
        return use;
    }

    /// An upvalue of the function and of every function between it and the owner.
    void capture(const Local* local, TextRange range) {
        const int id = local != nullptr ? local->id : kEnvironment;
        for (std::size_t i = scopes_.size(); i-- > 0;) {
            const Function* function = scopes_[i].function;
            if (local != nullptr && function == local->owner) return;
            auto& held = upvalues_[static_cast<std::size_t>(function->id)];
            if (!held.insert(id).second) return;
            if (held.size() == kMaxUpvalues + 1)
                diagnostics_.add("S018", range, "this function uses more than 255 variables of the functions around it", "put some into a table");
        }
    }

    Diagnostics& diagnostics_;
    Names names_;
    std::vector<const Local*> active_;
    std::vector<Scope> scopes_;
    std::vector<std::set<int>> upvalues_;  // by Function id
};

Names resolve_names(const Ast& ast, Diagnostics& diagnostics) { return Resolver(ast, diagnostics).run(ast); }

}  // namespace rackrace::lua
