// What an expression stands for: obs.market.products[], act, a table of the file, ... followed through locals, helper
// functions' parameters and results, loops over lists. Flow-insensitive: a local stands for everything it is ever given.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "agents/checker/ast.h"
#include "agents/checker/names.h"
#include "agents/checker/script_shape.h"

namespace rackrace {

enum class Root : std::uint8_t { obs, act, params, memory, rng, info, race, module, library, own };

inline constexpr std::string_view kElement = "[]";  // a step of a path: some item of a list

/// A root and the fields taken from it; "[]" is an index that is no literal name.
struct ValuePath {
    Root root = Root::own;
    const lua::Local* local = nullptr;  // of `own`: the local that holds what was made in the file
    std::string_view name;              // of `module` and `library`
    std::vector<std::string_view> steps;

    friend bool operator==(const ValuePath&, const ValuePath&) = default;
};

/// "market.products[].lead_q"
std::string steps_text(const std::vector<std::string_view>& steps);

/// "obs", "p", "mem", "math", the local's name.
std::string root_text(const ValuePath& path);

class Values {
public:
    Values(const lua::Ast& ast, const lua::Names& names, const ScriptShape& shape);

    /// All that the expression may stand for; empty for numbers, texts, new tables and what cannot be followed.
    std::vector<ValuePath> of(const lua::Expr& expr) const { return evaluate(expr).paths; }

    /// The functions that a call may reach; empty where they are not known.
    std::vector<const lua::Function*> called_functions(const lua::Expr& callee) const;

private:
    using Functions = std::vector<const lua::Function*>;

    struct Value {
        std::vector<ValuePath> paths;
        bool fresh = false;  // or something made here
    };

    struct Site {
        const lua::Call* call = nullptr;
        const lua::MethodCall* method_call = nullptr;
    };

    void collect(const lua::Ast& ast);
    void seed(const ScriptShape& shape);
    void seed_module(const lua::Ast& ast);
    bool refine(const lua::Ast& ast);
    Value value_of(const lua::Local& local, const lua::LocalFacts& facts) const;
    Value argument_of(const lua::Local& parameter) const;
    Value evaluate(const lua::Expr& expr) const;
    Value evaluate_base(const lua::Expr& expr) const;
    Value evaluate_call(const lua::Expr& expr, const lua::Call& call) const;
    const Functions* member_functions(const lua::Expr& object, std::string_view key) const;
    void note_member(const lua::Expr& object, const lua::Expr* key, const lua::Function* function);
    bool add(Value& known, const Value& more) const;

    const lua::Names& names_;
    std::vector<Value> locals_;   // by Local id
    std::vector<Value> returns_;  // by Function id
    std::vector<bool> seeded_;    // by Local id: what the caller of a callback gives
    std::vector<std::vector<const lua::Expr*>> return_exprs_;     // by Function id
    std::vector<std::vector<Site>> sites_;                        // by Function id
    std::map<std::pair<int, std::string_view>, Functions> members_;  // functions kept in fields of a local's table

    friend struct ValueCollector;
};

}  // namespace rackrace
