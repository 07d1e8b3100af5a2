#include "agents/checker/values.h"

#include <algorithm>

#include "agents/checker/walk.h"

namespace rackrace {

using namespace lua;

namespace {

constexpr std::size_t kMaxSteps = 8;   // deeper than any observation
constexpr std::size_t kMaxChain = 32;  // a longer chain of fields is not followed to its root
constexpr std::size_t kMaxPaths = 16;  // of one local: more say nothing more
constexpr int kMaxPasses = 64;         // longest chain of helpers that is followed
constexpr std::array<std::string_view, 9> kLibraries{"math", "table", "string", "os", "io", "debug", "coroutine", "utf8", "package"};

bool add_path(std::vector<ValuePath>& known, ValuePath path) {
    if (known.size() >= kMaxPaths || std::find(known.begin(), known.end(), path) != known.end()) return false;
    known.push_back(std::move(path));
    return true;
}

void append_step(std::vector<ValuePath>& paths, std::string_view step) {
    for (ValuePath& path : paths)
        if (path.steps.size() < kMaxSteps) path.steps.push_back(step);
}

std::optional<Root> conventional_root(std::string_view parameter) {
    if (parameter == "obs") return Root::obs;
    if (parameter == "act") return Root::act;
    if (parameter == "p") return Root::params;
    if (parameter == "mem") return Root::memory;
    if (parameter == "rng") return Root::rng;
    if (parameter == "info") return Root::info;
    return std::nullopt;
}

}  // namespace

std::string steps_text(const std::vector<std::string_view>& steps) {
    std::string out;
    for (const std::string_view step : steps) {
        if (!out.empty() && step != kElement) out += '.';
        out += step;
    }
    return out;
}

std::string root_text(const ValuePath& path) {
    switch (path.root) {
        case Root::obs: return "obs";
        case Root::act: return "act";
        case Root::params: return "p";
        case Root::memory: return "mem";
        case Root::rng: return "rng";
        case Root::info: return "info";
        case Root::race: return "race";
        case Root::module: case Root::library: return std::string(path.name);
        case Root::own: return path.local != nullptr ? std::string(path.local->name) : std::string();
    }
    return {};
}

/// Call sites, returned expressions and functions in fields, gathered in one walk.
struct ValueCollector {
    Values& values;

    void stat(const Stat& stat, const Function& function) {
        if (const auto* returned = as<ReturnStat>(&stat); returned != nullptr && !returned->values.empty())
            values.return_exprs_[static_cast<std::size_t>(function.id)].push_back(returned->values[0]);
        if (const auto* named = as<FunctionStat>(&stat))
            if (const auto* member = as<Index>(named->target)) values.note_member(*member->object, member->key, named->function);
        if (const auto* assigned = as<AssignStat>(&stat))
            for (std::size_t i = 0; i < assigned->targets.size() && i < assigned->values.size(); ++i)
                if (const auto* member = as<Index>(assigned->targets[i]))
                    values.note_member(*member->object, member->key, function_behind(*assigned->values[i], values.names_));
    }

    void expr(const Expr&, const Function&) {}
};

namespace {

/// A second walk, when functions in fields are known.
template <class OnSite>
struct SiteCollector {
    OnSite on_site;
    void stat(const Stat&, const Function&) {}
    void expr(const Expr& expr, const Function&) {
        if (as<Call>(&expr) != nullptr || as<MethodCall>(&expr) != nullptr) on_site(expr);
    }
};

}  // namespace

Values::Values(const Ast& ast, const Names& names, const ScriptShape& shape)
    : names_(names), locals_(ast.locals().size()), returns_(ast.functions().size()), seeded_(ast.locals().size()),
      return_exprs_(ast.functions().size()), sites_(ast.functions().size()) {
    collect(ast);
    if (shape.is_module) seed_module(ast);
    else seed(shape);
    for (int pass = 0; pass < kMaxPasses && refine(ast); ++pass) {
    }
}

void Values::note_member(const Expr& object, const Expr* key, const Function* function) {
    const auto* name = as<StringLiteral>(key);
    if (function == nullptr || name == nullptr || as<NameExpr>(&object) == nullptr) return;
    if (const Local* local = names_.of(object).local) members_[{local->id, name->value}].push_back(function);
}

void Values::collect(const Ast& ast) {
    ValueCollector collector{*this};
    Walker<ValueCollector>(collector).function(*ast.chunk);
    for (const Local& local : ast.locals())
        for (const Assigned& assigned : names_.facts(local).values)
            if (const auto* table = as<Table>(assigned.value))
                for (const TableField& field : table->fields)
                    if (const auto* name = as<StringLiteral>(field.key))
                        if (const Function* function = function_behind(*field.value, names_)) members_[{local.id, name->value}].push_back(function);

    const auto on_site = [&](const Expr& expr) {
        if (const auto* call = as<Call>(&expr)) {
            for (const Function* function : called_functions(*call->callee)) sites_[static_cast<std::size_t>(function->id)].push_back({call, nullptr});
        } else if (const auto* method = as<MethodCall>(&expr)) {
            if (const Functions* found = member_functions(*method->object, method->method))
                for (const Function* function : *found) sites_[static_cast<std::size_t>(function->id)].push_back({nullptr, method});
        }
    };
    SiteCollector<decltype(on_site)> sites{on_site};
    Walker<SiteCollector<decltype(on_site)>>(sites).function(*ast.chunk);
}

/// The parameters of the callbacks, by their place.
void Values::seed(const ScriptShape& shape) {
    for (std::size_t which = 0; which < kCallbackNames.size(); ++which) {
        const Function* function = shape.callbacks[which];
        if (function == nullptr) continue;
        const bool is_init = which == static_cast<std::size_t>(Callback::init);
        const std::size_t count = is_init ? kInitParameters.size() : kDecideParameters.size();
        for (std::size_t i = 0; i < std::min(count, function->parameters.size()); ++i) {
            const Local& parameter = *function->parameters[i];
            const std::string_view role = is_init ? kInitParameters[i] : kDecideParameters[i];
            add_path(locals_[static_cast<std::size_t>(parameter.id)].paths, {*conventional_root(role), nullptr, {}, {}});
            seeded_[static_cast<std::size_t>(parameter.id)] = true;
        }
    }
}

/// In a module parameters are known by the names that the declaration's callbacks use.
void Values::seed_module(const Ast& ast) {
    for (const Function& function : ast.functions())
        for (const Local* parameter : function.parameters)
            if (const auto root = conventional_root(parameter->name)) {
                add_path(locals_[static_cast<std::size_t>(parameter->id)].paths, {*root, nullptr, {}, {}});
                seeded_[static_cast<std::size_t>(parameter->id)] = true;
            }
}

/// One pass over all locals and results; true where something was learned.
bool Values::refine(const Ast& ast) {
    bool changed = false;
    for (const Local& local : ast.locals()) {
        Value value = value_of(local, names_.facts(local));
        if (value.fresh) add_path(value.paths, {Root::own, &local, {}, {}});
        changed |= add(locals_[static_cast<std::size_t>(local.id)], value);
    }
    for (const Function& function : ast.functions())
        for (const Expr* returned : return_exprs_[static_cast<std::size_t>(function.id)])
            changed |= add(returns_[static_cast<std::size_t>(function.id)], evaluate(*returned));
    return changed;
}

bool Values::add(Value& known, const Value& more) const {
    bool changed = more.fresh && !known.fresh;
    known.fresh |= more.fresh;
    for (const ValuePath& path : more.paths) changed |= add_path(known.paths, path);
    return changed;
}

Values::Value Values::value_of(const Local& local, const LocalFacts& facts) const {
    Value value;
    if (facts.is_parameter && !seeded_[static_cast<std::size_t>(local.id)]) value = argument_of(local);
    for (const Assigned& assigned : facts.values) {
        if (assigned.value == nullptr) {
            value.fresh = true;
            continue;
        }
        Value one = evaluate(*assigned.value);
        if (assigned.is_element) append_step(one.paths, kElement);
        add(value, one);
    }
    return value;
}

/// What the call sites give a parameter; something new where there are none.
Values::Value Values::argument_of(const Local& parameter) const {
    const Function& function = *parameter.owner;
    const auto place = std::find(function.parameters.begin(), function.parameters.end(), &parameter) - function.parameters.begin();
    Value value;
    for (const Site& site : sites_[static_cast<std::size_t>(function.id)]) {
        auto at = static_cast<std::size_t>(place);
        const auto& arguments = site.call != nullptr ? site.call->arguments : site.method_call->arguments;
        if (site.method_call != nullptr) {
            if (at == 0) {
                add(value, evaluate(*site.method_call->object));
                continue;
            }
            --at;
        }
        if (at < arguments.size()) add(value, evaluate(*arguments[at]));
    }
    if (sites_[static_cast<std::size_t>(function.id)].empty()) value.fresh = true;
    return value;
}

/// Fields are peeled off in a loop: such chains have any length.
Values::Value Values::evaluate(const Expr& expr) const {
    std::vector<std::string_view> steps;
    const Expr* base = &expr;
    while (const auto* index = as<Index>(base)) {
        const auto* name = as<StringLiteral>(index->key);
        steps.push_back(name != nullptr ? name->value : kElement);
        base = index->object;
        if (steps.size() > kMaxChain) return {};
    }
    Value value = evaluate_base(*base);
    const std::size_t count = std::min(steps.size(), kMaxSteps);
    for (std::size_t i = 0; i < count; ++i) append_step(value.paths, steps[steps.size() - 1 - i]);
    return value;
}

Values::Value Values::evaluate_base(const Expr& expr) const {
    Value value;
    const Expr* at = &expr;
    for (const auto* binary = as<Binary>(at); binary != nullptr; binary = as<Binary>(at)) {
        if (binary->op != BinaryOperator::logical_or && binary->op != BinaryOperator::logical_and) {
            value.fresh = true;
            return value;
        }
        add(value, evaluate(*binary->right));  // bounded: only left sides are long
        if (binary->op == BinaryOperator::logical_and) return value;  // its left side is false or nil where it is the result
        at = binary->left;
    }
    if (const auto* paren = as<Paren>(at)) {
        add(value, evaluate(*paren->inner));
    } else if (const auto* call = as<Call>(at)) {
        add(value, evaluate_call(*at, *call));
    } else if (as<Index>(at) != nullptr) {
        add(value, evaluate(*at));
    } else if (const auto* name = as<NameExpr>(at)) {
        if (const Local* local = names_.of(*at).local) add(value, {locals_[static_cast<std::size_t>(local->id)].paths, false});
        else if (name->text == "race") add_path(value.paths, {Root::race, nullptr, {}, {}});
        else if (std::find(kLibraries.begin(), kLibraries.end(), name->text) != kLibraries.end())
            add_path(value.paths, {Root::library, nullptr, name->text, {}});
    } else {
        value.fresh = true;
    }
    return value;
}

Values::Value Values::evaluate_call(const Expr& expr, const Call& call) const {
    Value value;
    if (const StringLiteral* module = required_name(expr, names_)) {
        const bool is_race = module->value == "rackrace";
        add_path(value.paths, {is_race ? Root::race : Root::module, nullptr, is_race ? std::string_view() : module->value, {}});
        return value;
    }
    const Functions functions = called_functions(*call.callee);
    for (const Function* function : functions) add(value, returns_[static_cast<std::size_t>(function->id)]);
    value.fresh |= functions.empty();
    return value;
}

const Values::Functions* Values::member_functions(const Expr& object, std::string_view key) const {
    const Expr* at = &object;
    while (const auto* paren = as<Paren>(at)) at = paren->inner;
    if (as<NameExpr>(at) == nullptr) return nullptr;
    const Local* local = names_.of(*at).local;
    if (local == nullptr) return nullptr;
    const auto found = members_.find({local->id, key});
    return found == members_.end() ? nullptr : &found->second;
}

std::vector<const Function*> Values::called_functions(const Expr& callee) const {
    if (const Function* function = function_behind(callee, names_)) return {function};
    Functions functions;
    const Expr& value = behind_locals(callee, names_);
    if (as<NameExpr>(&value) != nullptr && names_.of(value).local != nullptr) {
        for (const Assigned& assigned : names_.facts(*names_.of(value).local).values) {
            const Function* function = assigned.value != nullptr && !assigned.is_element ? function_behind(*assigned.value, names_) : assigned.function;
            if (function != nullptr) functions.push_back(function);
        }
    } else if (const auto* index = as<Index>(&value)) {
        if (const auto* key = as<StringLiteral>(index->key))
            if (const Functions* found = member_functions(*index->object, key->value)) functions = *found;
    }
    return functions;
}

}  // namespace rackrace
