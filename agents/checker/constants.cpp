#include "agents/checker/constants.h"

#include <cmath>

#include "agents/checker/script_shape.h"

namespace rackrace {

using namespace lua;

namespace {

std::optional<double> finite(double value) {
    if (!std::isfinite(value)) return std::nullopt;
    return value;
}

constexpr int kMaxOperators = 64;  // of one constant: more is a program, not a constant

std::optional<double> fold(const Expr& expr, const Names& names, int& operators) {
    if (++operators > kMaxOperators) return std::nullopt;
    const Expr& value = behind_locals(expr, names);
    if (const auto* integer = as<IntegerLiteral>(&value)) return static_cast<double>(integer->value);
    if (const auto* real = as<RealLiteral>(&value)) return finite(real->value);
    if (const auto* unary = as<Unary>(&value)) {
        const auto operand = fold(*unary->operand, names, operators);
        if (!operand || unary->op != UnaryOperator::negate) return std::nullopt;
        return -*operand;
    }
    const auto* binary = as<Binary>(&value);
    if (binary == nullptr) return std::nullopt;
    const auto left = fold(*binary->left, names, operators);
    const auto right = left ? fold(*binary->right, names, operators) : std::nullopt;
    if (!right) return std::nullopt;
    switch (binary->op) {
        case BinaryOperator::add: return finite(*left + *right);
        case BinaryOperator::subtract: return finite(*left - *right);
        case BinaryOperator::multiply: return finite(*left * *right);
        case BinaryOperator::divide: return finite(*left / *right);
        default: return std::nullopt;
    }
}

}  // namespace

std::optional<double> number_of(const Expr& expr, const Names& names) {
    int operators = 0;
    return fold(expr, names, operators);
}

std::optional<Constant> constant_of(const Expr& expr, const Names& names) {
    const Expr& value = behind_locals(expr, names);
    if (const auto* flag = as<BoolLiteral>(&value)) return flag->value;
    if (const auto* text = as<StringLiteral>(&value)) return std::string(text->value);
    if (const auto number = number_of(value, names)) return *number;
    return std::nullopt;
}

}  // namespace rackrace
