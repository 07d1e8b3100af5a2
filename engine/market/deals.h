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
    std::int32_t captive_chips[kMaxProducts][kMaxCaptiveOwners];     // from stock and asked of the foundry, by place among the line's owners
    std::int32_t used_chips_sold[kMaxFirms][kMaxProducts];
    std::int32_t used_chips_bought[kMaxFirms][kMaxProducts];
};

/// F01 for nothing, F02 for a part, none for all of it.
RACKRACE_HD inline Code fill_code(double asked, double got) { return got >= asked ? Code::none : got > 0.0 ? Code::partial : Code::unfilled; }

}  // namespace rackrace
