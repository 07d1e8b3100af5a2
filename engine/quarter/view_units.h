// From the units of the state to those of the views: M$, Mh a quarter, MW.
#pragma once

#include "engine/base/money.h"
#include "engine/market/energy.h"

namespace rackrace {

inline constexpr double kMillion = 1e6;

RACKRACE_HD inline double to_musd(double usd) { return usd / kMillion; }
RACKRACE_HD inline double to_musd(Usd amount) { return to_double(amount) / kMillion; }

/// Million hours that a rate in H100e gives in a quarter.
RACKRACE_HD inline double to_mh(const Parameters& p, double h100e) { return h100e * p.hours_per_quarter / kMillion; }

RACKRACE_HD inline double to_mw(double kw) { return kw / kKwPerMw; }

}  // namespace rackrace
