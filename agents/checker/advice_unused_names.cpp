#include <set>
#include <string>
#include <string_view>

#include "agents/checker/advice.h"
#include "agents/checker/walk.h"

namespace rackrace {

using namespace lua;

namespace {

class UseFinder {
public:
    explicit UseFinder(const AdviceInput& in) : in_(in) {}

    std::set<std::string, std::less<>> read_parameters, read_memory, written_memory;
    bool hides_parameters = false;  // they go where reads cannot be followed
    bool hides_memory = false;

    void stat(const Stat& stat, const Function&) {
        const auto* assigned = as<AssignStat>(&stat);
        if (assigned == nullptr) return;
        for (const Expr* target : assigned->targets)
            if (as<Index>(target) != nullptr) written(*target);
    }

    void expr(const Expr& expr, const Function&) {
        if (as<Index>(&expr) != nullptr && !targets_.contains(expr.id)) read(expr);
        if (as<NameExpr>(&expr) != nullptr && !targets_.contains(expr.id)) read(expr);  // a local that stands for an array of mem
        if (const auto* call = as<Call>(&expr)) {
            const bool is_followed = !in_.values.called_functions(*call->callee).empty();
            for (const Expr* argument : call->arguments)
                if (!is_followed) hidden(*argument);
        }
        if (const auto* method = as<MethodCall>(&expr))
            for (const Expr* argument : method->arguments) hidden(*argument);
        if (const auto* table = as<Table>(&expr))
            for (const TableField& field : table->fields) hidden(*field.value);
    }

private:
    void written(const Expr& target) {
        for (const ValuePath& path : in_.values.of(target)) {
            if (path.root != Root::memory || path.steps.empty()) continue;
            if (path.steps[0] == kElement) hides_memory = true;
            else written_memory.emplace(path.steps[0]);
        }
        for (const Expr* at = &target; at != nullptr;) {
            targets_.insert(at->id);
            const auto* index = as<Index>(at);
            at = index != nullptr ? index->object : nullptr;
        }
    }

    void read(const Expr& expr) {
        for (const ValuePath& path : in_.values.of(expr)) {
            if ((path.root != Root::memory && path.root != Root::params) || path.steps.empty()) continue;
            const bool is_memory = path.root == Root::memory;
            if (path.steps[0] == kElement) (is_memory ? hides_memory : hides_parameters) = true;
            else (is_memory ? read_memory : read_parameters).emplace(path.steps[0]);
        }
    }

    /// p or mem as a whole, given away.
    void hidden(const Expr& expr) {
        for (const ValuePath& path : in_.values.of(expr)) {
            hides_parameters = hides_parameters || (path.root == Root::params && path.steps.empty());
            hides_memory = hides_memory || (path.root == Root::memory && path.steps.empty());
        }
    }

    const AdviceInput& in_;
    std::set<int> targets_;  // assigned to, with what they are fields of
};

}  // namespace

void advise_on_unused_names(const AdviceInput& in, Diagnostics& diagnostics) {
    if (!in.declaration.is_found) return;
    UseFinder use(in);
    Walker<UseFinder>(use).function(*in.ast.chunk);
    for (const Parameter& one : in.declaration.parameters)
        if (!use.hides_parameters && !use.read_parameters.contains(one.name))
            diagnostics.add("M701", one.range, "parameter " + in_quotes(one.name) + " is never read", "read it as  p." + one.name + ", or take it out");
    for (const MemoryField& one : in.declaration.memory) {
        if (use.hides_memory) return;
        if (!use.read_memory.contains(one.name))
            diagnostics.add("M702", one.range, "memory field " + in_quotes(one.name) + " is never read", "take it out, or trace what it is to show");
        else if (!use.written_memory.contains(one.name))
            diagnostics.add("M703", one.range, "memory field " + in_quotes(one.name) + " is never written", "make it a parameter, or a local at the top of the file");
    }
}

}  // namespace rackrace
