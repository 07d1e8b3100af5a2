#include "agents/checker/id_check.h"

#include <algorithm>
#include <map>
#include <string>

#include "agents/checker/constants.h"
#include "agents/checker/verb_check.h"
#include "agents/checker/walk.h"
#include "agents/library.h"

namespace rackrace {

using namespace lua;

namespace {

constexpr std::string_view kAdvice = "compare it with == or ~=, or pass it on; to order or to count, take a figure of what it names";

class IdCheck {
public:
    IdCheck(const Names& names, const Values& values, const ApiNames& api, const Declaration& declaration, Diagnostics& diagnostics)
        : names_(names), values_(values), api_(api), declaration_(declaration), diagnostics_(diagnostics) {
        for (const ApiField& field : api.fields)
            if (is_id(field.unit)) ids_[field.path] = field.unit;
    }

    void run(const Ast& ast) {
        if (ids_.empty()) return;
        Walker<IdCheck>(*this).function(*ast.chunk);
        for (const VerbUse& use : declaration_.verbs)
            for (const auto& [argument, value] : given_arguments(use, api_, names_)) given(use, *argument, *value);
    }

    void stat(const Stat&, const Function&) {}
    void expr(const Expr& expr, const Function&) {
        if (const auto* binary = as<Binary>(&expr)) operation(*binary);
        if (const auto* unary = as<Unary>(&expr); unary != nullptr && unary->op == UnaryOperator::negate) counted(*unary->operand);
        if (const auto* call = as<Call>(&expr)) helper(*call);
    }

private:
    /// A local that is given a number somewhere, as -1 for none, may be that number.
    bool may_be_number(const Expr& expr) const {
        const Expr& inner = as<Paren>(&expr) != nullptr ? *as<Paren>(&expr)->inner : expr;
        const Local* local = as<NameExpr>(&inner) == nullptr ? nullptr : names_.of(inner).local;
        if (local == nullptr) return false;
        const auto& given = names_.facts(*local).values;
        return std::any_of(given.begin(), given.end(), [&](const Assigned& one) { return one.value != nullptr && as<NilLiteral>(one.value) == nullptr && values_.of(*one.value).empty(); });
    }

    /// Unit::none where it is no id, may be something else too, or may be ids of two kinds.
    Unit id_of(const Expr& expr) const {
        if (may_be_number(expr)) return Unit::none;
        const std::vector<ValuePath> paths = values_.of(expr);
        Unit kind = Unit::none;
        for (const ValuePath& path : paths) {
            const auto found = path.root == Root::obs ? ids_.find(steps_text(path.steps)) : ids_.end();
            if (found == ids_.end() || (kind != Unit::none && kind != found->second)) return Unit::none;
            kind = found->second;
        }
        return kind;
    }

    void counted(const Expr& expr) {
        if (const Unit kind = id_of(expr); kind != Unit::none)
            diagnostics_.add("A207", expr.range, "this is " + id_text(kind) + ", not a number to compute with", std::string(kAdvice));
    }

    void unequal(const Expr& expr, Unit kind) {
        diagnostics_.add("A207", expr.range, "this is " + id_text(kind) + ", and it is compared with a number", "compare it with the id of something in obs").why = "an id never equals a number.";
    }

    void mixed(const Expr& one, Unit kind, const std::string& with) {
        diagnostics_.add("A207", one.range, "this is " + id_text(kind) + ", and " + with, "take the id that is meant").why = "ids of different kinds are never equal, and no verb takes one for the other.";
    }

    void operation(const Binary& binary) {
        switch (binary.op) {
            case BinaryOperator::logical_and: case BinaryOperator::logical_or: case BinaryOperator::concat: return;
            case BinaryOperator::equal: case BinaryOperator::not_equal: {
                const Unit left = id_of(*binary.left), right = id_of(*binary.right);
                if (left != Unit::none && right != Unit::none && left != right) mixed(*binary.left, left, "it is compared with " + id_text(right));
                if (left != Unit::none && number_of(*binary.right, names_)) unequal(*binary.left, left);
                if (right != Unit::none && number_of(*binary.left, names_)) unequal(*binary.right, right);
                return;
            }
            default: counted(*binary.left); counted(*binary.right);
        }
    }

    /// Functions of math are about numbers, and so are arguments of race where their row says so.
    void helper(const Call& call) {
        const std::vector<ValuePath> callee = values_.of(*call.callee);
        if (callee.size() != 1 || callee[0].steps.size() != 1) return;
        const bool is_math = callee[0].root == Root::library && callee[0].name == "math";
        const LibraryFunction* row = callee[0].root == Root::race ? find_race_function(callee[0].steps[0]) : nullptr;
        for (std::size_t i = 0; i < call.arguments.size(); ++i)
            if (is_math || (row != nullptr && i < static_cast<std::size_t>(row->argument_count()) && row->arguments[i].type == "number")) counted(*call.arguments[i]);
    }

    void given(const VerbUse& use, const ApiArgument& argument, const Expr& value) {
        if (is_id(argument.unit) && number_of(value, names_)) {
            diagnostics_.add("A207", value.range, argument.name + " of " + use.verb + " is " + id_text(argument.unit) + ", and this is a number", "take the id from obs, as in  " + argument.name + " = x.id").why = "ids are no numbers, so the callback ends there.";
            return;
        }
        const Unit kind = id_of(value);
        if (kind == Unit::none || kind == argument.unit) return;
        if (is_id(argument.unit)) mixed(value, kind, argument.name + " of " + use.verb + " is " + id_text(argument.unit));
        else counted(value);
    }

    const Names& names_;
    const Values& values_;
    const ApiNames& api_;
    const Declaration& declaration_;
    Diagnostics& diagnostics_;
    std::map<std::string, Unit, std::less<>> ids_;  // of obs, by path
};

}  // namespace

std::string id_text(Unit id) {
    const std::string text(unit_text(id));
    return (std::string_view("aeiou").find(text[0]) == std::string_view::npos ? "a " : "an ") + text;
}

void check_ids(const Ast& ast, const Names& names, const Values& values, const ApiNames& api, const Declaration& declaration, Diagnostics& diagnostics) {
    IdCheck(names, values, api, declaration, diagnostics).run(ast);
}

}  // namespace rackrace
