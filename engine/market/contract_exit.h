// Ways out of a capacity contract: the buyer's fee for ending it, and the price after a renegotiation that the buyer can force.
#pragma once

#include "engine/base/host_device.h"
#include "engine/base/numbers.h"
#include "engine/market/annuity.h"
#include "engine/scenario/parameters.h"

namespace rackrace {

/// Share of the remaining value that a buyer owes for leaving; courts enforce only part of what was agreed.
RACKRACE_HD inline double termination_share(const Parameters& p, double takeorpay_frac) {
    return p.enforcement_frac * p.termination_fee_frac * takeorpay_frac;
}

/// The buyer's fee in dollars, not yet rounded.
RACKRACE_HD inline double termination_fee_usd(const Parameters& p, double price_usd_h, double takeorpay_frac, double quantity_h100e,
                                              int quarters_left) {
    return termination_share(p, takeorpay_frac) * price_usd_h * quantity_h100e * p.hours_per_quarter * annuity_q(p, quarters_left);
}

/// What the same compute would cost the buyer now (Sx): spot T while the generation is class T, else spot I times the seller's kappa of it.
RACKRACE_HD inline double replacement_price_usd_h(bool is_class_t, double spot_t_ewma_usd_h, double spot_i_ewma_usd_h, double kappa_ratio) {
    return is_class_t ? spot_t_ewma_usd_h : spot_i_ewma_usd_h * kappa_ratio;
}

struct Renegotiation {
    double price_usd_h;
    bool has_changed;  // then the buyer's reputation suffers
};

/// Price after the buyer threatens to walk away: only a threat that pays is believed, and half of its gain is given. Gains of walking are
/// per H100e-hour, since quantity and annuity cancel. A buyer in breach or chapter 11 would owe the estate's claim instead of the fee.
/// Source: hold-up, Hart & Moore 1988; take-or-pay as protection, Masten & Crocker 1985.
RACKRACE_HD inline Renegotiation renegotiate_price(const Parameters& p, double price_usd_h, double takeorpay_frac, double replacement_usd_h,
                                                   bool is_distressed) {
    const double fee_share = is_distressed ? p.estate_claim_frac : termination_share(p, takeorpay_frac);
    const double gain = price_usd_h - replacement_usd_h - fee_share * price_usd_h;
    if (!(gain > 0.0)) return {price_usd_h, false};
    return {max(0.0, price_usd_h - p.renegotiation_split_frac * gain), true};
}

}  // namespace rackrace
