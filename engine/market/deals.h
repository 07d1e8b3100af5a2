// What markets made of each order where the state does not show it: the working paper from which firms are told. No part of the state.
#pragma once

#include <cstdint>

#include "engine/base/money.h"
#include "engine/quarter/codes.h"
#include "engine/world/capacities.h"

namespace rackrace {

/// got: H100e of a contract, $ of money. price: $/h of a contract, yearly rate of a loan, share of the company given for equity.
struct Deal {
    double got = 0.0;
    double price = 0.0;
    Code code = Code::none;  // none where the order was filled in full, or was none
};

/// What came of a buyer's threat to leave a contract.
struct Threat {
    double usd_h = 0.0;             // price of the contract after it
    std::int32_t contract = 0;      // id; 0 where nobody threatened
    std::int32_t was_believed = 0;
};

/// By firm and slot of its orders, unless said otherwise.
struct Deals {
    Deal offer_contract[kMaxFirms][kMaxOffers];
    Deal bid_contract[kMaxFirms][kMaxRequests];
    Deal borrow[kMaxFirms][kMaxRaises];
    Deal raise_equity[kMaxFirms];
    Deal buy_back[kMaxFirms];
    Deal bid_firm[kMaxFirms][kMaxFirmBids];
    Threat renegotiate[kMaxContracts];                               // by slot of the contract as the firms had decided
    Usd repaid[kMaxFirms][kMaxTranches];
    Usd talent[kMaxFirms];
    Usd new_chips_paid[kMaxFirms][kMaxProducts];                     // for the next
    std::int32_t new_chips[kMaxFirms][kMaxProducts];                 // that bids won
    std::int32_t power_kw[kMaxFirms][kMaxRegions];                   // that bids won, or that joined the queue
    std::int32_t captive_chips[kMaxProducts][kMaxCaptiveOwners];     // from stock and out of the wafers allotted, by place among the line's owners
    std::int64_t spot_sold_h100e[kMaxFirms][2];                      // of its offer of training, sold as either class; of its own offer of inference
    double training_offer_usd_h[kMaxFirms];                          // what an hour of its offer of training sold for in the mean, as either class
    std::int32_t spot_bought_h100e[kMaxFirms][2];                    // training, inference
    std::int32_t used_chips_sold[kMaxFirms][kMaxProducts];
    std::int32_t used_chips_bought[kMaxFirms][kMaxProducts];
};

/// F01 for nothing, F02 for a part, none for all of it.
RACKRACE_HD inline Code fill_code(double asked, double got) { return got >= asked ? Code::none : got > 0.0 ? Code::partial : Code::unfilled; }

}  // namespace rackrace
