// What a firm may bid for: its buying power, the cap of a buyer, and the cut of a bid to both, lowest-priced steps first.
#pragma once

#include <cstdint>

#include "engine/base/host_device.h"
#include "engine/base/money.h"
#include "engine/base/numbers.h"
#include "engine/market/chip_sale.h"
#include "engine/scenario/parameters.h"

namespace rackrace {

/// The money behind a firm's bids at the start of the chip sale.
struct BuyingFunds {
    Usd cash;
    Usd undrawn_credit;         // eligible to draw now
    Usd receipts_last_q;
    Usd operating_cost_last_q;
    Usd cash_cost_q;            // all cash costs of a quarter
    Usd open_balances;          // chip orders, building, interest, amortisation, rent and take-or-pay due within buying_power_horizon_q
};

/// The cash that a firm keeps back: half a quarter of its cash costs.
RACKRACE_HD inline Usd min_cash(const Parameters& p, Usd cash_cost_q) { return to_usd(p.min_cash_q * to_double(cash_cost_q)); }

/// BP of model.md 5.3, "Backing and payment". May be negative: then nothing is backed.
RACKRACE_HD inline Usd buying_power(const Parameters& p, const BuyingFunds& funds) {
    const Usd earned = to_usd(p.buying_power_horizon_q * to_double(funds.receipts_last_q - funds.operating_cost_last_q));
    return funds.cash + funds.undrawn_credit + earned - min_cash(p, funds.cash_cost_q) - funds.open_balances;
}

/// The most chips that one buyer may bid for: the supplier's cap, a share of what is on sale, rounded down.
RACKRACE_HD inline std::int64_t max_units(double buyer_cap_frac, std::int64_t on_sale) {
    return floor_to_int64(buyer_cap_frac * static_cast<double>(on_sale));
}

/// Highest price first. Equal prices keep their order, which only decides how one firm's own steps are listed.
RACKRACE_HD inline void sort_steps(ChipBid& bid) {
    RACKRACE_NO_UNROLL
    for (int i = 1; i < bid.steps; ++i) {
        const double price = bid.price_usd_chip[i];
        const std::int64_t units = bid.units[i];
        int at = i;
        RACKRACE_NO_UNROLL
        for (; at > 0 && bid.price_usd_chip[at - 1] < price; --at) {
            bid.price_usd_chip[at] = bid.price_usd_chip[at - 1];
            bid.units[at] = bid.units[at - 1];
        }
        bid.price_usd_chip[at] = price;
        bid.units[at] = units;
    }
}

/// Money that a unit ties up: the own bid for the chip and the server around it.
RACKRACE_HD inline double unit_exposure_usd(double bid_usd_chip, double system_usd_chip) { return bid_usd_chip + system_usd_chip; }

/// Sorts the steps by price and cuts them, from the lowest up, to `most` units and to the exposure that the buying power still covers.
/// system_usd_chip: the server that comes with each chip; committed: exposure of the products already sold this quarter.
/// A cut step keeps whole units, and nothing below it is left. Empty steps disappear.
RACKRACE_HD inline void cut_bid(ChipBid& bid, std::int64_t most, double system_usd_chip, Usd buying_power, Usd committed) {
    sort_steps(bid);
    std::int64_t units_left = most;
    double money_left = to_double(buying_power - committed);
    int kept = 0;
    bool cut = false;
    RACKRACE_NO_UNROLL
    for (int k = 0; k < bid.steps && !cut; ++k) {
        const double price = bid.price_usd_chip[k], exposure = unit_exposure_usd(price, system_usd_chip);
        std::int64_t backed = bid.units[k];
        if (exposure > 0.0 && static_cast<double>(backed) * exposure > money_left) backed = floor_to_int64(max(money_left, 0.0) / exposure);
        if (backed > units_left) backed = units_left;
        cut = backed < bid.units[k];
        if (backed <= 0) continue;
        bid.price_usd_chip[kept] = price;
        bid.units[kept] = backed;
        ++kept;
        units_left -= backed;
        money_left -= static_cast<double>(backed) * exposure;
    }
    bid.steps = kept;
}

}  // namespace rackrace
