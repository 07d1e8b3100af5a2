// Where a file's declaration stands: the table given to race.<role> and its callbacks, found by their place, not yet judged.
#pragma once

#include <array>
#include <string_view>

#include "agents/checker/ast.h"
#include "agents/checker/names.h"

namespace rackrace {

enum class Callback : std::uint8_t { init, decide, operate };

inline constexpr std::array<std::string_view, 3> kCallbackNames{"init", "decide", "operate"};
inline constexpr std::array<std::string_view, 3> kCallbackDocs{
    "once, before the first decide: sets memory that needs the scenario; no verbs, no draws",
    "once a quarter at stage A, after arrivals and installation, before the markets for power and wafers; verbs of stage B called here are standing orders",
    "once a quarter at stage B, after stage A's markets and before those for chips and hours; its orders of a lever replace the standing ones"};
inline constexpr std::array<std::string_view, 5> kDecideParameters{"obs", "act", "p", "mem", "rng"};  // and of operate
inline constexpr std::array<std::string_view, 3> kInitParameters{"info", "p", "mem"};

/// A set of callbacks, for what can be reached from each.
class CallbackSet {
public:
    constexpr void add(Callback one) { bits_ |= 1u << static_cast<unsigned>(one); }
    constexpr void add(CallbackSet more) { bits_ |= more.bits_; }
    constexpr bool has(Callback one) const { return (bits_ & 1u << static_cast<unsigned>(one)) != 0; }
    constexpr bool empty() const { return bits_ == 0; }
    friend constexpr bool operator==(CallbackSet, CallbackSet) = default;

private:
    unsigned bits_ = 0;
};

struct ScriptShape {
    bool is_module = false;                   // a file that others require: no declaration, its functions serve any callback
    const lua::Stat* returned = nullptr;      // the last `return` of the chunk
    const lua::Expr* constructor = nullptr;   // race.<role>, the callee
    const lua::StringLiteral* role = nullptr;
    const lua::Expr* table_expr = nullptr;    // the declaration
    const lua::Table* table = nullptr;        // nullptr: none was found
    std::array<const lua::Function*, 3> callbacks{};  // by Callback; nullptr where absent or no function

    const lua::Function* callback(Callback which) const { return callbacks[static_cast<std::size_t>(which)]; }
};

ScriptShape find_shape(const lua::Ast& ast, const lua::Names& names, bool is_module);

/// The argument of  require "name"  (with the global `require`), nullptr for any other expression.
const lua::StringLiteral* required_name(const lua::Expr& expr, const lua::Names& names);

/// True for the library `race` itself: the global, require "rackrace", or a local that holds only it.
bool is_race_library(const lua::Expr& expr, const lua::Names& names);

/// Follows parentheses and locals that are assigned once to the expression behind them.
const lua::Expr& behind_locals(const lua::Expr& expr, const lua::Names& names);

/// The field of a table constructor, nullptr where it has none; the last of several.
const lua::TableField* find_field(const lua::Table& table, std::string_view name);

/// The function that an expression is, or that a local or local function of that name holds; else nullptr.
const lua::Function* function_behind(const lua::Expr& expr, const lua::Names& names);

}  // namespace rackrace
