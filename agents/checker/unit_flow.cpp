#include "agents/checker/unit_flow.h"

#include <algorithm>

#include "agents/checker/constants.h"
#include "agents/checker/walk.h"

namespace rackrace {

using namespace lua;

namespace {

using Kind = Measure::Kind;

constexpr int kMaxPasses = 64;  // units only lose sureness from pass to pass, so few are needed

struct NamedRule {
    std::string_view name;
    HelperRule rule;
};

constexpr NamedRule kRules[] = {
    {"min", HelperRule::alike}, {"max", HelperRule::alike}, {"clamp", HelperRule::alike}, {"pos", HelperRule::first}, {"abs", HelperRule::first},
    {"floor", HelperRule::first}, {"ceil", HelperRule::first}, {"round", HelperRule::first}, {"sign", HelperRule::plain}, {"ratio", HelperRule::quotient},
    {"lerp", HelperRule::blend}, {"ema", HelperRule::blend}, {"step", HelperRule::compare}, {"smooth", HelperRule::compare}, {"exp", HelperRule::plain},
    {"log", HelperRule::plain}, {"tanh", HelperRule::plain}, {"grow", HelperRule::first}, {"pow", HelperRule::open}, {"sqrt", HelperRule::open}, {"npv", HelperRule::open}};

HelperRule rule_of(std::string_view name, HelperRule otherwise) {
    for (const NamedRule& one : kRules)
        if (one.name == name) return one.rule;
    return otherwise;
}

struct ReturnCollector {
    std::vector<std::vector<const Expr*>>& returns;

    void stat(const Stat& stat, const Function& function) {
        if (const auto* returned = as<ReturnStat>(&stat); returned != nullptr && !returned->values.empty())
            returns[static_cast<std::size_t>(function.id)].push_back(returned->values[0]);
    }
    void expr(const Expr&, const Function&) {}
};

/// Hours of a quarter and a year: they turn power into energy and chips into hours, which no unit here says.
bool is_hours_of_time(double value) { return value == 2190.0 || value == 8760.0; }

}  // namespace

UnitFlow::UnitFlow(const Ast& ast, const Names& names, const Values& values, const ApiNames& api, const Declaration& declaration)
    : names_(names), values_(values), declaration_(declaration), exprs_(ast.exprs().size()), locals_(ast.locals().size()), returns_(ast.functions().size()),
      return_exprs_(ast.functions().size()) {
    for (const ApiField& field : api.fields) fields_[field.path] = measure_of(field.unit);
    for (const LibraryGroup& group : race_groups())
        for (const LibraryFunction& function : group.functions)
            helpers_[std::string(function.name)] = {function.name, rule_of(function.name, HelperRule::as_row), &function};
    ReturnCollector collector{return_exprs_};
    Walker<ReturnCollector>(collector).function(*ast.chunk);
    find_paths(ast);
    for (int pass = 0; pass < kMaxPasses && refine(ast); ++pass) {
    }
}

/// What fields stand for does not change from pass to pass.
void UnitFlow::find_paths(const Ast& ast) {
    for (const Expr& expr : ast.exprs())
        if (as<Index>(&expr) != nullptr) paths_[expr.id] = values_.of(expr);
}

Measure UnitFlow::of_path(const ValuePath& path) const {
    switch (path.root) {
        case Root::obs: {
            const auto found = fields_.find(steps_text(path.steps));
            return found == fields_.end() ? unknown_measure() : found->second;
        }
        case Root::memory: return path.steps.empty() ? unknown_measure() : measure_of_name(path.steps[0]);
        case Root::params: {
            const Parameter* parameter = path.steps.size() == 1 ? declaration_.find_parameter(path.steps[0]) : nullptr;
            if (parameter == nullptr || parameter->kind == ParameterKind::flag || parameter->kind == ParameterKind::choice) return unknown_measure();
            const Measure named = measure_of_name(parameter->name);
            if (!parameter->unit.empty()) return measure_of_text(parameter->unit);
            return named.is_known() ? named : plain_measure();
        }
        default: return unknown_measure();
    }
}

Measure UnitFlow::of_paths(const std::vector<ValuePath>& paths) const {
    Measure all;
    for (const ValuePath& path : paths) all = joined(all, of_path(path));
    return all.kind == Kind::nothing ? unknown_measure() : all;
}

bool UnitFlow::grow(Measure& known, const Measure& more) const {
    Measure made = joined(known, more);
    if (made.says_same(known)) return false;
    known = made;
    return true;
}

/// One pass over all expressions, inner ones first (their ids are smaller), then over what locals and functions are given.
bool UnitFlow::refine(const Ast& ast) {
    bool changed = false;
    for (const Expr& expr : ast.exprs()) {
        const Measure made = evaluate(expr);
        Measure& known = exprs_[static_cast<std::size_t>(expr.id)];
        changed = changed || !made.says_same(known);
        known = made;
    }
    for (const Local& local : ast.locals()) {
        Measure& known = locals_[static_cast<std::size_t>(local.id)];
        for (const Assigned& assigned : names_.facts(local).values) {
            if (assigned.is_element) {
                std::vector<ValuePath> paths = values_.of(*assigned.value);
                for (ValuePath& path : paths) path.steps.emplace_back(kElement);
                changed |= grow(known, of_paths(paths));
            } else if (assigned.value != nullptr) {
                changed |= grow(known, exprs_[static_cast<std::size_t>(assigned.value->id)]);
            } else {
                changed |= grow(known, unknown_measure());
            }
        }
    }
    for (const Function& function : ast.functions())
        for (const Expr* returned : return_exprs_[static_cast<std::size_t>(function.id)])
            changed |= grow(returns_[static_cast<std::size_t>(function.id)], exprs_[static_cast<std::size_t>(returned->id)]);
    return changed;
}

/// What a local is given, and where that says nothing its name.
Measure UnitFlow::of_local(const Local& local) const {
    const Measure given = given_to(local);
    Measure named = measure_of_name(local.name);
    if (!named.is_known()) return given;
    if (given.is_known() && given.is_sure && !given.is_scale_free && fit_of(given, named) == Fit::fits) return given;
    if (given.is_known()) named.is_sure = given.is_sure;
    if (!given.is_known() || fit_of(given, named) == Fit::fits) return named;
    return unknown_measure();  // said where it is given
}

Measure UnitFlow::evaluate(const Expr& expr) {
    if (const auto* integer = as<IntegerLiteral>(&expr)) {
        const auto value = static_cast<double>(integer->value);
        return is_hours_of_time(value) ? unknown_measure() : measure_of_number(value, expr);
    }
    if (const auto* real = as<RealLiteral>(&expr)) return is_hours_of_time(real->value) ? unknown_measure() : measure_of_number(real->value, expr);
    if (as<NameExpr>(&expr) != nullptr) {
        const Local* local = names_.of(expr).local;
        return local == nullptr ? unknown_measure() : of_local(*local);
    }
    if (as<Index>(&expr) != nullptr) {
        Measure made = of_paths(paths_[expr.id]);
        const auto& paths = paths_[expr.id];
        const bool is_bare = made.kind == Kind::plain && std::any_of(paths.begin(), paths.end(), [](const ValuePath& path) { return path.root == Root::params; });
        if (is_bare) made.factor = &expr;
        return made;
    }
    if (const auto* paren = as<Paren>(&expr)) return of(*paren->inner);
    if (const auto* unary = as<Unary>(&expr)) return unary->op == UnaryOperator::negate ? of(*unary->operand) : unary->op == UnaryOperator::length ? plain_measure() : unknown_measure();
    if (const auto* binary = as<Binary>(&expr)) return of_binary(*binary);
    if (const auto* call = as<Call>(&expr)) return of_call(expr, *call);
    if (const auto* method = as<MethodCall>(&expr)) {
        if (method->method == "uniform" && method->arguments.size() == 2) return summed(of(*method->arguments[0]), of(*method->arguments[1]));
        if (method->method == "normal" && !method->arguments.empty()) return of(*method->arguments[0]);
        return unknown_measure();
    }
    return unknown_measure();
}

Measure UnitFlow::of_binary(const Binary& binary) const {
    const Measure left = of(*binary.left), right = of(*binary.right);
    switch (binary.op) {
        case BinaryOperator::add: case BinaryOperator::subtract: case BinaryOperator::modulo: return summed(left, right);
        case BinaryOperator::multiply: return multiplied(left, right);
        case BinaryOperator::divide: case BinaryOperator::floor_divide: return divided(left, right);
        case BinaryOperator::power: {
            const auto exponent = number_of(*binary.right, names_);
            return exponent == 2.0 ? multiplied(left, left) : unknown_measure();
        }
        case BinaryOperator::logical_and: return right;  // the left side is false or nil where it is the result
        case BinaryOperator::logical_or: return summed(left, right);
        default: return unknown_measure();
    }
}

HelperCall UnitFlow::helper_of(const Call& call) const {
    const auto found = paths_.find(call.callee->id);
    if (found == paths_.end() || found->second.size() != 1 || found->second[0].steps.size() != 1) return {};
    const ValuePath& path = found->second[0];
    if (path.root == Root::race) {
        const auto helper = helpers_.find(path.steps[0]);
        return helper == helpers_.end() ? HelperCall{} : helper->second;
    }
    if (path.root == Root::library && path.name == "math") return {path.steps[0], rule_of(path.steps[0], HelperRule::open), nullptr};
    return {};
}

Measure UnitFlow::of_call(const Expr&, const Call& call) {
    const auto& arguments = call.arguments;
    const std::vector<const Function*> functions = values_.called_functions(*call.callee);
    if (!functions.empty()) {
        Measure all;
        for (const Function* function : functions) {
            for (std::size_t i = 0; i < std::min(function->parameters.size(), arguments.size()); ++i)
                grow(locals_[static_cast<std::size_t>(function->parameters[i]->id)], of(*arguments[i]));
            all = joined(all, returns_[static_cast<std::size_t>(function->id)]);
        }
        return all;
    }
    const HelperCall helper = helper_of(call);
    const auto argument = [&](std::size_t i) { return i < arguments.size() ? of(*arguments[i]) : unknown_measure(); };
    switch (helper.rule) {
        case HelperRule::as_row: {  // never sure: of a bare 1 it is so much for each
            Measure made = helper.row != nullptr && helper.row->unit != Unit::none ? measure_of(helper.row->unit) : unknown_measure();
            made.is_sure = false;
            return made;
        }
        case HelperRule::first: return argument(0);
        case HelperRule::alike: {
            Measure all = argument(0);
            for (std::size_t i = 1; i < arguments.size(); ++i) all = summed(all, argument(i));
            return all;
        }
        case HelperRule::blend: return summed(argument(0), argument(1));
        case HelperRule::quotient: return summed(divided(argument(0), argument(1)), argument(2));
        case HelperRule::compare: case HelperRule::plain: return plain_measure();
        case HelperRule::open: break;
    }
    return unknown_measure();
}

}  // namespace rackrace
