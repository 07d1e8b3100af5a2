// The quarter's bill of one capacity contract: take-or-pay on what was delivered, the rest on what was used, prepayment drawn first;
// and the seller's damages for what it did not deliver.
#pragma once

#include <cstdint>

#include "engine/base/host_device.h"
#include "engine/base/money.h"
#include "engine/scenario/parameters.h"

namespace rackrace {

struct ContractBill {
    Usd bill;       // takeorpay + usage
    Usd takeorpay;  // owed whether the buyer used it or not
    Usd usage;
    Usd from_prepayment;  // revenue without cash: drawn from the prepaid balance
    Usd cash;             // due from buyer to seller in settlement step S3
    Usd damages;          // due from seller to buyer in the same step
};

/// price_usd_h >= 0; takeorpay_frac in [0, 1]; H100e with 0 <= used <= delivered <= due; prepaid: balance before the bill, >= 0.
/// Billed on delivered, not on due: else selling air would cost only 1 - takeorpay of its price.
RACKRACE_HD inline ContractBill bill_contract(const Parameters& p, double price_usd_h, double takeorpay_frac, std::int64_t due,
                                              std::int64_t delivered, std::int64_t used, Usd prepaid) {
    const double usd_h100e = price_usd_h * p.hours_per_quarter;
    const double taken = takeorpay_frac * static_cast<double>(delivered);
    ContractBill out;
    out.bill = to_usd(usd_h100e * (taken + (1.0 - takeorpay_frac) * static_cast<double>(used)));
    out.takeorpay = min_usd(out.bill, to_usd(usd_h100e * taken));
    out.usage = out.bill - out.takeorpay;
    out.from_prepayment = min_usd(prepaid, out.bill);
    out.cash = out.bill - out.from_prepayment;
    out.damages = to_usd(p.shortfall_damages_ratio * usd_h100e * static_cast<double>(due - delivered));
    return out;
}

/// Part of what a buyer used of its contracts of one generation that falls on one of them: pro rata to delivered, rounded down.
/// used_of_all <= delivered_of_all; products of two must fit in 63 bits.
RACKRACE_HD inline std::int64_t used_of_contract(std::int64_t used_of_all, std::int64_t delivered, std::int64_t delivered_of_all) {
    return delivered_of_all > 0 ? used_of_all * delivered / delivered_of_all : 0;
}

/// Whether the shortfall of the last shortfall_window_q quarters, as a share of what was due in them, lets the buyer leave without a fee.
RACKRACE_HD inline bool may_leave_free(const Parameters& p, std::int64_t short_of_window, std::int64_t due_of_window) {
    return static_cast<double>(short_of_window) > p.shortfall_exit_frac * static_cast<double>(due_of_window);
}

}  // namespace rackrace
