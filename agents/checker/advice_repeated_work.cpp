#include <map>
#include <set>
#include <string>
#include <vector>

#include "agents/checker/advice.h"
#include "agents/checker/constants.h"
#include "agents/checker/walk.h"

namespace rackrace {

using namespace lua;

namespace {

constexpr std::size_t kMostLoops = 1000;  // a larger script is generated, and each loop is held against each other

struct ListLoop {
    const Function* function;
    std::string list;  // "rivals"
    TextRange head;    // what says the list
    TextRange body;
};

class WorkAdvice {
public:
    WorkAdvice(const AdviceInput& in, Diagnostics& diagnostics) : in_(in), diagnostics_(diagnostics) {}

    void stat(const Stat& stat, const Function& function) {
        if (const auto* loop = as<NumericForStat>(&stat)) {
            const auto* length = as<Unary>(&behind_locals(*loop->limit, in_.names));
            if (length != nullptr && length->op == UnaryOperator::length) note_loop(*length->operand, loop->limit->range, stat.range, function);
        } else if (const auto* each = as<GenericForStat>(&stat)) {
            const auto* call = each->values.size() == 1 ? as<Call>(each->values[0]) : nullptr;
            if (call != nullptr && call->arguments.size() == 1) note_loop(*call->arguments[0], call->arguments[0]->range, stat.range, function);
        } else if (const auto* made = as<LocalStat>(&stat)) {
            if (in_.graph.reached_from(function).empty()) return;
            for (std::size_t i = 0; i < made->locals.size() && i < made->values.size(); ++i)
                if (is_constant_table(*made->values[i]) && in_.names.facts(*made->locals[i]).is_single_assignment()) tables_[made->locals[i]] = made->values[i]->range;
        } else if (const auto* assigned = as<AssignStat>(&stat)) {
            for (const Expr* target : assigned->targets) written(*target);
        } else if (const auto* named = as<FunctionStat>(&stat)) {
            written(*named->target);
        } else if (const auto* returned = as<ReturnStat>(&stat)) {
            for (const Expr* value : returned->values) escapes(*value);
        }
    }

    void expr(const Expr& expr, const Function&) {
        if (const auto* call = as<Call>(&expr)) {
            if (only_reads(*call)) return;
            for (const Expr* argument : call->arguments) escapes(*argument);
        } else if (const auto* method = as<MethodCall>(&expr)) {
            for (const Expr* argument : method->arguments) escapes(*argument);
        } else if (const auto* table = as<Table>(&expr)) {
            for (const TableField& field : table->fields) escapes(*field.value);
        }
    }

    void finish() {
        for (const auto& [local, range] : tables_)
            if (!changed_.contains(local)) {
                Diagnostic& d = diagnostics_.add("P601", range, "a table of constants is built in every call", "move  local " + std::string(local->name) + " = { ... }  to the top of the file");
                d.label = "the same each time";
            }
        if (loops_.size() > kMostLoops) return;
        for (const ListLoop& inner : loops_)
            for (const ListLoop& outer : loops_) {
                const bool is_within = outer.function == inner.function && outer.body.begin < inner.body.begin && inner.body.end <= outer.body.end;
                if (!is_within || outer.list != inner.list) continue;
                Diagnostic& d = diagnostics_.add("P603", inner.head, "a loop over obs." + inner.list + " within one over the same list", "work out before the outer loop what the inner one finds");
                d.label = "again";
                d.marks.push_back({outer.head, "first"});
            }
    }

private:
    void note_loop(const Expr& list, TextRange head, TextRange body, const Function& function) {
        const auto paths = in_.values.of(list);
        if (paths.size() == 1 && paths[0].root == Root::obs && !paths[0].steps.empty()) loops_.push_back({&function, steps_text(paths[0].steps), head, body});
    }

    bool is_constant_table(const Expr& expr) const {
        const auto* table = as<Table>(&expr);
        if (table == nullptr || table->fields.empty()) return false;
        for (const TableField& field : table->fields)
            if ((field.key != nullptr && !constant_of(*field.key, in_.names)) || !constant_of(*field.value, in_.names)) return false;
        return true;
    }

    /// ipairs(t), race.each(t)
    bool only_reads(const Call& call) const {
        const auto* name = as<NameExpr>(call.callee);
        if (name != nullptr && name->text == "ipairs") return true;
        const auto paths = in_.values.of(*call.callee);
        return paths.size() == 1 && paths[0].root == Root::race && paths[0].steps.size() == 1 && paths[0].steps[0] == "each";
    }

    void written(const Expr& target) {
        if (const auto* index = as<Index>(&target)) escapes(*index->object);
    }

    void escapes(const Expr& expr) {
        for (const ValuePath& path : in_.values.of(expr))
            if (path.root == Root::own) changed_.insert(path.local);
    }

    const AdviceInput& in_;
    Diagnostics& diagnostics_;
    std::vector<ListLoop> loops_;
    std::map<const Local*, TextRange> tables_;  // of constants, by the local that holds them
    std::set<const Local*> changed_;            // whose table may be written or kept
};

}  // namespace

void advise_on_repeated_work(const AdviceInput& in, Diagnostics& diagnostics) {
    WorkAdvice advice(in, diagnostics);
    Walker<WorkAdvice>(advice).function(*in.ast.chunk);
    advice.finish();
}

}  // namespace rackrace
