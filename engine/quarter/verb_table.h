// How a verb is declared: a plain struct of its arguments, a row that says what it does, and a row an argument with unit, bounds and default.
// From these tables come the Lua binding, the checker's names, the reference and the checks at the call.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

#include "engine/base/numbers.h"
#include "engine/quarter/codes.h"
#include "engine/scenario/parameters.h"
#include "engine/schema/fields.h"

namespace rackrace {

/// The two decision points of a quarter: A commits (decide), B procures and operates (operate).
enum class Stage : int { a, b };

/// In the order of strategy-api.md 3.6. The values stand in results of a Desk: new verbs go at the end of their stage's list.
enum class Verb : std::int8_t {
    offer_contract, bid_contract, set_oversell, renegotiate, break_contract, borrow, raise_equity, repay, set_payout, buy_back, bid_power, withdraw_power, order_onsite, sell_onsite, build_site, slow_site, abandon_site, lease_site, exit_lease,
    order_captive, fund_design, hire_talent, bid_firm, list_price, order_wafers, weigh_buyer, cap_buyer, offer_supply, finance_buyer,
    bid_chips, accept_supply, cancel_chips, sell_chips, buy_used_chips, retire_chips, offer_spot, bid_spot, favour_contract,
    train, serve_first, set_price, set_priority, use_in_core,
    count
};
inline constexpr int kVerbs = static_cast<int>(Verb::count);
static_assert(kVerbs <= 64, "a bit a verb in VerbMask");

/// A set of verbs, a bit each.
using VerbMask = std::uint64_t;
RACKRACE_HD constexpr VerbMask verb_bit(Verb verb) { return std::uint64_t{1} << static_cast<int>(verb); }

/// What a bound counts in: plain numbers, the list price of the product named, the mean task price of the segment named.
enum class Basis : int { plain, list_price, mean_task_price };
inline constexpr const char* kBasisTexts[] = {"", " x list price", " x mean task price"};

struct Bound {
    bool is_set = false;
    double value = 0.0;
    double Parameters::*parameter = nullptr;  // in place of value, where set
    Basis basis = Basis::plain;
};

constexpr Bound bound(double value) { return {true, value, nullptr, Basis::plain}; }
constexpr Bound bound(double Parameters::*parameter, Basis basis = Basis::plain) { return {true, 0.0, parameter, basis}; }

/// The bound in its own basis.
RACKRACE_HD constexpr double bound_value(const Parameters& p, const Bound& bound) { return bound.parameter != nullptr ? p.*bound.parameter : bound.value; }

inline constexpr int kMaxChoices = 4;

struct ArgRow {
    Unit unit = Unit::none;
    std::string_view doc;
    Bound low, high;
    Code beyond = Code::out_of_bounds;      // the answer to a value beyond its bounds
    bool is_required = true;
    double otherwise = 0.0;                 // value of an argument that was left out
    std::string_view choices[kMaxChoices];  // of Unit::kind_name: the argument is one of these words, kept as its place; the first is the default

    /// Bounds of a value, both ends allowed.
    constexpr ArgRow between(Bound least, Bound most) const {
        ArgRow row = *this;
        row.low = least;
        row.high = most;
        return row;
    }
    /// Bounds of a price.
    constexpr ArgRow price_between(Bound least, Bound most) const {
        ArgRow row = between(least, most);
        row.beyond = Code::price_out_of_band;
        return row;
    }
    /// May be left out, and is `value` then.
    constexpr ArgRow optional(double value = 0.0) const {
        ArgRow row = *this;
        row.is_required = false;
        row.otherwise = value;
        return row;
    }
    constexpr int choice_count() const {
        int count = 0;
        while (count < kMaxChoices && !choices[count].empty()) ++count;
        return count;
    }
};

template <auto Member> struct Arg {
    ArgRow row;
};

constexpr ArgRow arg_row(Unit unit, std::string_view doc) {
    ArgRow row;
    row.unit = unit;
    row.doc = doc;
    return row;
}
template <class... Word>
constexpr ArgRow one_of(std::string_view doc, Word... word) {
    static_assert(sizeof...(word) <= kMaxChoices);
    ArgRow row = arg_row(Unit::kind_name, doc);
    int i = 0;
    ((row.choices[i++] = word), ...);
    return row;
}

template <auto Member>
constexpr Arg<Member> arg(Unit unit, std::string_view doc) { return {arg_row(unit, doc)}; }
template <auto Member>
constexpr Arg<Member> arg(ArgRow row) { return {row}; }

template <auto... Member> struct ArgTable {
    ArgRow rows[sizeof...(Member)];
};
template <auto... Member>
constexpr ArgTable<Member...> arguments(Arg<Member>... arg) { return {{arg.row...}}; }

struct VerbRow {
    Verb verb;
    std::string_view name;
    Stage stage;
    RoleMask roles;
    std::string_view lever;  // of model.md section 4
    std::string_view doc;
    CodeMask codes;          // that the call can be answered with, beside bounds and role
};

/// `template <> struct VerbSchema<BidPower> { static constexpr VerbRow row; static constexpr auto args; };`
template <class Args> struct VerbSchema;

/// The answer to a call. Refused: got is 0 and allowed the number that was broken.
struct VerbAnswer {
    Code code = Code::none;
    double asked = 0.0;
    double allowed = 0.0;

    RACKRACE_HD bool ok() const { return code == Code::none; }
};

RACKRACE_HD constexpr VerbAnswer refuse(Code code, double asked, double allowed) { return {code, asked, allowed}; }

/// Answers with the first bound of a plain basis that a value is beyond; bounds of another basis are the verb's own check.
template <class Args, std::size_t Index>
RACKRACE_HD void check_bound(const Parameters& p, double value, VerbAnswer& answer) {
    constexpr ArgRow row = VerbSchema<Args>::args.rows[Index];
    if (!row.is_required && value == row.otherwise) return;
    if constexpr (row.low.is_set && row.low.basis == Basis::plain) {
        const double low = bound_value(p, row.low);
        if (answer.ok() && value < low) answer = refuse(row.beyond, value, low);
    }
    if constexpr (row.high.is_set && row.high.basis == Basis::plain) {
        const double high = bound_value(p, row.high);
        if (answer.ok() && value > high) answer = refuse(row.beyond, value, high);
    }
}

template <class Args, auto... Member, std::size_t... Index>
RACKRACE_HD VerbAnswer check_bounds_of(const Parameters& p, const Args& args, const ArgTable<Member...>&, std::index_sequence<Index...>) {
    VerbAnswer answer;
    (check_bound<Args, Index>(p, static_cast<double>(args.*Member), answer), ...);
    return answer;
}

template <auto... Member>
constexpr std::size_t arg_count(const ArgTable<Member...>&) { return sizeof...(Member); }

template <class Args>
RACKRACE_HD VerbAnswer check_bounds(const Parameters& p, const Args& args) {
    constexpr auto table = VerbSchema<Args>::args;
    return check_bounds_of(p, args, table, std::make_index_sequence<arg_count(table)>{});
}

}  // namespace rackrace
