// Book depreciation and impairment of a group of assets. Economic depreciation, used in payoffs, is the fall of the resale value instead.
#pragma once

#include <cstdint>

#include "engine/base/host_device.h"
#include "engine/base/money.h"
#include "engine/scenario/parameters.h"

namespace rackrace {

/// Straight-line charge of a quarter on a group's gross cost over its life, at most what is left of the book; 0 without cost.
RACKRACE_HD inline Usd depreciation_charge(Usd gross, Usd accumulated, double life_q) {
    const Usd net = max_usd(Usd{0}, gross - accumulated);
    return min_usd(net, to_usd(to_double(gross) / life_q));
}

/// Quarters in a row in which a group was hardly used, this one included.
RACKRACE_HD inline int next_underused_q(const Parameters& p, int underused_q, double utilisation_frac) {
    return utilisation_frac < p.impairment_utilisation_frac ? underused_q + 1 : 0;
}

/// Write-down to resale value of a group hardly used for impairment_after_q quarters whose book is far above resale; else 0. No cash.
RACKRACE_HD inline Usd impairment_write_down(const Parameters& p, Usd net_book, Usd resale, int underused_q) {
    if (underused_q < p.impairment_after_q) return Usd{0};
    return to_double(net_book) > p.impairment_book_ratio * to_double(resale) ? net_book - resale : Usd{0};
}

}  // namespace rackrace
