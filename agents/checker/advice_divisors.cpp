#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "agents/checker/advice.h"
#include "agents/checker/constants.h"
#include "agents/checker/walk.h"

namespace rackrace {

using namespace lua;

namespace {

/// Numbers that a function compares something with: who writes `if d > 0` has thought of zero, wherever the division stands.
struct GuardFinder {
    const AdviceInput& in;
    std::set<std::pair<int, std::string_view>> found{};  // function, text of what is compared

    void stat(const Stat&, const Function&) {}
    void expr(const Expr& expr, const Function& function) {
        const auto* binary = as<Binary>(&expr);
        if (binary == nullptr || !is_comparison(binary->op)) return;
        for (const auto& [side, other] : {std::pair{binary->left, binary->right}, std::pair{binary->right, binary->left}})
            if (number_of(*other, in.names)) found.insert({function.id, in.source.text(side->range)});
    }
};

class DivisorAdvice {
public:
    DivisorAdvice(const AdviceInput& in, Diagnostics& diagnostics) : in_(in), diagnostics_(diagnostics), guards_{in} {
        Walker<GuardFinder>(guards_).function(*in.ast.chunk);
    }

    void stat(const Stat&, const Function&) {}
    void expr(const Expr& expr, const Function& function) {
        const auto* binary = as<Binary>(&expr);
        if (binary == nullptr || (binary->op != BinaryOperator::floor_divide && binary->op != BinaryOperator::modulo)) return;
        const std::string_view text = in_.source.text(binary->right->range);
        if (guards_.found.contains({function.id, text}) || !may_be_zero(*binary->right, 0)) return;
        const auto number = number_of(*binary->right, in_.names);
        const bool is_quotient = binary->op == BinaryOperator::floor_divide;
        diagnostics_.add("N515", binary->right->range, in_quotes(text) + (number ? " is zero" : " may be zero"),
                         is_quotient ? "write  race.floor(race.ratio(x, y, default)), or ask before whether it is" : "ask before whether it is, or write  race.max(1.0, y)");
    }

private:
    static constexpr int kMaxDepth = 16;  // of nested reasons why something is not zero

    bool is_above_zero(const Expr& expr) const {
        const auto number = number_of(expr, in_.names);
        return number && *number > 0.0;
    }

    /// The function of race or math that is called.
    std::string_view helper(const Call& call) const {
        for (const ValuePath& path : in_.values.of(*call.callee)) {
            const bool is_math = path.root == Root::library && path.name == "math";
            if ((path.root == Root::race || is_math) && path.steps.size() == 1) return path.steps[0];
        }
        return {};
    }

    bool may_be_zero(const Expr& expr, int depth) const {
        if (depth > kMaxDepth) return true;
        if (const auto number = number_of(expr, in_.names)) return *number == 0.0;
        const Expr& value = behind_locals(expr, in_.names);
        if (const auto* unary = as<Unary>(&value); unary != nullptr && unary->op == UnaryOperator::negate) return may_be_zero(*unary->operand, depth + 1);
        if (const auto* binary = as<Binary>(&value); binary != nullptr && binary->op == BinaryOperator::add)
            return !((is_above_zero(*binary->left) && is_length(*binary->right)) || (is_above_zero(*binary->right) && is_length(*binary->left)));
        if (const auto* call = as<Call>(&value)) return call_may_be_zero(*call);
        if (as<NameExpr>(&value) != nullptr && in_.names.of(value).local != nullptr) return !counts_from_one(*in_.names.of(value).local);
        return parameter_may_be_zero(value);
    }

    bool is_length(const Expr& expr) const {
        const auto* unary = as<Unary>(&behind_locals(expr, in_.names));
        return unary != nullptr && unary->op == UnaryOperator::length;
    }

    bool call_may_be_zero(const Call& call) const {
        const std::string_view name = helper(call);
        const auto& arguments = call.arguments;
        if (name == "max") return std::none_of(arguments.begin(), arguments.end(), [&](const Expr* one) { return is_above_zero(*one); });
        if (name == "clamp") return arguments.size() != 3 || !is_above_zero(*arguments[1]);
        return name != "exp";
    }

    bool parameter_may_be_zero(const Expr& expr) const {
        for (const ValuePath& path : in_.values.of(expr)) {
            if (path.root != Root::params || path.steps.size() != 1) return true;
            const Parameter* parameter = in_.declaration.find_parameter(path.steps[0]);
            if (parameter == nullptr) return true;
            const auto* fixed = std::get_if<double>(&parameter->default_value);
            const bool is_fixed = parameter->kind == ParameterKind::fixed && fixed != nullptr && *fixed != 0.0;
            const bool is_ranged = parameter->kind == ParameterKind::range || parameter->kind == ParameterKind::integer;
            if (!is_fixed && !(is_ranged && (parameter->min > 0.0 || parameter->max < 0.0))) return true;
        }
        return in_.values.of(expr).empty();
    }

    /// A loop variable that starts above zero and goes up.
    bool counts_from_one(const Local& local) const { return loops_.contains(&local); }

public:
    /// Loops are met before what stands in them.
    void note_loops() {
        struct Finder {
            const AdviceInput& in;
            std::set<const Local*>& loops;
            void stat(const Stat& stat, const Function&) {
                const auto* loop = as<NumericForStat>(&stat);
                if (loop == nullptr) return;
                const auto start = number_of(*loop->start, in.names);
                const auto step = loop->step != nullptr ? number_of(*loop->step, in.names) : 1.0;
                if (start && *start > 0.0 && step && *step > 0.0) loops.insert(loop->variable);
            }
            void expr(const Expr&, const Function&) {}
        } finder{in_, loops_};
        Walker<Finder>(finder).function(*in_.ast.chunk);
    }

private:
    const AdviceInput& in_;
    Diagnostics& diagnostics_;
    GuardFinder guards_;
    std::set<const Local*> loops_;
};

}  // namespace

void advise_on_divisors(const AdviceInput& in, Diagnostics& diagnostics) {
    DivisorAdvice advice(in, diagnostics);
    advice.note_loops();
    Walker<DivisorAdvice>(advice).function(*in.ast.chunk);
}

}  // namespace rackrace
