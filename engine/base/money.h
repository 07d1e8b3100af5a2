// Money: whole nominal US dollars, so that sums agree in any order, on host and device.
// Prices are doubles with a unit in their name; an amount becomes Usd once, when the transaction is made.
#pragma once

#include <cstdint>

#include "engine/base/host_device.h"
#include "engine/base/numbers.h"

namespace rackrace {

struct Usd {
    std::int64_t value = 0;

    friend RACKRACE_HD constexpr bool operator==(Usd a, Usd b) { return a.value == b.value; }
    friend RACKRACE_HD constexpr bool operator!=(Usd a, Usd b) { return a.value != b.value; }
    friend RACKRACE_HD constexpr bool operator<(Usd a, Usd b) { return a.value < b.value; }
    friend RACKRACE_HD constexpr bool operator>(Usd a, Usd b) { return b < a; }
    friend RACKRACE_HD constexpr bool operator<=(Usd a, Usd b) { return !(b < a); }
    friend RACKRACE_HD constexpr bool operator>=(Usd a, Usd b) { return !(a < b); }
    friend RACKRACE_HD constexpr Usd operator+(Usd a, Usd b) { return {a.value + b.value}; }
    friend RACKRACE_HD constexpr Usd operator-(Usd a, Usd b) { return {a.value - b.value}; }
    friend RACKRACE_HD constexpr Usd operator-(Usd a) { return {-a.value}; }
    RACKRACE_HD constexpr Usd& operator+=(Usd b) { value += b.value; return *this; }
    RACKRACE_HD constexpr Usd& operator-=(Usd b) { value -= b.value; return *this; }
};

/// The amount of a transaction: rounded once, half away from zero (model.md section 1). NaN gives 0, beyond int64 it saturates.
RACKRACE_HD inline Usd to_usd(double dollars) {
    if (!(dollars < kWhole && dollars > -kWhole)) return {to_int64(dollars)};
    const std::int64_t whole = static_cast<std::int64_t>(dollars);
    const double rest = dollars - static_cast<double>(whole);
    return {whole + (rest >= 0.5 ? 1 : 0) - (rest <= -0.5 ? 1 : 0)};
}

/// For ratios and prices only; never back into the ledger except through to_usd.
RACKRACE_HD constexpr double to_double(Usd amount) { return static_cast<double>(amount.value); }

RACKRACE_HD constexpr Usd min_usd(Usd a, Usd b) { return b < a ? b : a; }
RACKRACE_HD constexpr Usd max_usd(Usd a, Usd b) { return a < b ? b : a; }

}  // namespace rackrace
