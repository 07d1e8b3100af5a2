// Values that a script fixes when it loads: literals, arithmetic on them, and file-level locals that hold such.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "agents/checker/ast.h"
#include "agents/checker/names.h"
#include "engine/base/number_text.h"

namespace rackrace {

using Constant = std::variant<double, bool, std::string>;

/// The constant that an expression is; nothing where it has to run to be known, for nil, and for numbers that are not finite.
std::optional<Constant> constant_of(const lua::Expr& expr, const lua::Names& names);

/// The same where it must be a number.
std::optional<double> number_of(const lua::Expr& expr, const lua::Names& names);

}  // namespace rackrace
