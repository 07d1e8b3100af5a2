// The codes of business answers: why a verb was refused at the call (R), and what a market made of an order (F). One table, for scripts,
// replays, reports and docs.
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/base/host_device.h"

namespace rackrace {

enum class Code : std::uint8_t {
    none,
    insufficient_cash,
    over_credit_limit,
    covenant,
    below_minimum,
    over_capacity,
    unknown_reference,
    not_released,
    captive,
    power_short,
    price_out_of_band,
    duplicate,
    too_many,
    out_of_bounds,
    closed_to_role,
    too_soon,
    counterparty,
    use_of_proceeds,
    unfilled,
    partial,
    count
};

struct CodeRow {
    std::string_view id;
    std::string_view name;
    std::string_view record;  // what asked and allowed say
};

/// By Code.
inline constexpr CodeRow kCodes[] = {
    {"", "", "accepted, or filled in full"},
    {"R01", "insufficient_cash", "asked and available money, after earlier orders of the quarter"},
    {"R02", "over_credit_limit", "asked money and the limit"},
    {"R03", "covenant", "headroom that would be left, and the least allowed"},
    {"R04", "below_minimum", "asked and the smallest lot"},
    {"R05", "over_capacity", "asked and what there is"},
    {"R06", "unknown_reference", "the contract, loan, site, product or firm is not there, is over, or is not this firm's"},
    {"R07", "not_released", "the quarter now and the first quarter in which it sells; after the last one, that one"},
    {"R08", "captive", "an in-house line goes to its owners by order_captive, and nothing else does"},
    {"R09", "power_short", "asked kW and the largest share of the lot"},
    {"R10", "price_out_of_band", "the price and the end of the band that it is beyond"},
    {"R11", "duplicate", "a second order where one a stage is taken"},
    {"R12", "too_many", "the number asked for and the slots there are"},
    {"R13", "out_of_bounds", "the value and the bound that it is beyond; a setting keeps its value"},
    {"R14", "closed_to_role", "the verb, or what it names, is not for this role, or not for any by the rules of the scenario"},
    {"R15", "too_soon", "quarters since the last one and the least between two"},
    {"R16", "counterparty", "the other side's standing and the least allowed"},
    {"R17", "use_of_proceeds", "cash after the issue and the most allowed"},
    {"F01", "unfilled", "asked, nothing got; the clearing price"},
    {"F02", "partial", "asked and got; the clearing price"},
};
static_assert(sizeof(kCodes) / sizeof(kCodes[0]) == static_cast<std::size_t>(Code::count));

/// A code R: refused at the call, or cut. What a market left open (F) is none.
RACKRACE_HD constexpr bool is_rejection(Code code) { return code != Code::none && code < Code::unfilled; }
static_assert(kCodes[static_cast<int>(Code::unfilled)].id == "F01" && kCodes[static_cast<int>(Code::unfilled) - 1].id == "R17");

inline const CodeRow& row_of(Code code) { return kCodes[static_cast<int>(code)]; }

/// A set of codes, a bit each.
using CodeMask = std::uint32_t;
template <class... One>
constexpr CodeMask code_mask(One... one) { return (0u | ... | (1u << static_cast<int>(one))); }

}  // namespace rackrace
