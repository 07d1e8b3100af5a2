// Scopes of Lua: every name resolved to its declaration, and for every local what is assigned to it and where.
#pragma once

#include <string_view>
#include <vector>

#include "agents/checker/ast.h"
#include "agents/checker/diagnostic.h"

namespace rackrace::lua {

enum class NameKind { local, upvalue, global };

struct NameUse {
    NameKind kind = NameKind::global;
    const Local* local = nullptr;  // nullptr for a global
};

/// One thing that a local is given: the value of an expression, a function, or something this analysis cannot name.
struct Assigned {
    const Expr* value = nullptr;
    const Function* function = nullptr;  // of `local function` and `function f()`
    bool is_element = false;             // an element of the list `value`, by a loop over ipairs(value) or race.each(value)

    bool is_unknown() const { return value == nullptr && function == nullptr; }
};

struct LocalFacts {
    std::vector<Assigned> values;   // declaration first; a `local x` without value has none there
    std::vector<TextRange> writes;  // assignments after the declaration
    int reads = 0;
    bool is_parameter = false;
    bool is_loop_variable = false;
    bool is_captured = false;       // used by an inner function

    bool is_single_assignment() const { return writes.empty(); }
};

struct GlobalWrite {
    std::string_view name;
    TextRange range;
    bool is_function = false;  // function name() ... end
};

class Names {
public:
    /// Of a NameExpr.
    const NameUse& of(const Expr& name) const { return uses_[static_cast<std::size_t>(name.id)]; }
    const LocalFacts& facts(const Local& local) const { return facts_[static_cast<std::size_t>(local.id)]; }
    const std::vector<GlobalWrite>& global_writes() const { return global_writes_; }

private:
    friend class Resolver;
    std::vector<NameUse> uses_;      // by Expr id; only those of names mean something
    std::vector<LocalFacts> facts_;  // by Local id
    std::vector<GlobalWrite> global_writes_;
};

/// Resolves all names. Reports S011 (assignment to a constant) and S018 (too many locals or upvalues).
Names resolve_names(const Ast& ast, Diagnostics& diagnostics);

}  // namespace rackrace::lua
