// What the contract and money markets of stage A made of each order: the working paper from which firms are told. No part of the state.
#pragma once

#include "engine/quarter/codes.h"
#include "engine/world/capacities.h"

namespace rackrace {

/// got: H100e of a contract, $ of money. price: $/h of a contract, yearly rate of a loan, share of the company given for equity.
struct Deal {
    double got = 0.0;
    double price = 0.0;
    Code code = Code::none;  // none where the order was filled in full, or was none
};

/// By firm and slot of its orders.
struct Deals {
    Deal offer_contract[kMaxFirms][kMaxOffers];
    Deal bid_contract[kMaxFirms][kMaxRequests];
    Deal borrow[kMaxFirms][kMaxRaises];
    Deal raise_equity[kMaxFirms];
    Deal buy_back[kMaxFirms];
    Deal bid_firm[kMaxFirms][kMaxFirmBids];
};

/// F01 for nothing, F02 for a part, none for all of it.
RACKRACE_HD inline Code fill_code(double asked, double got) { return got >= asked ? Code::none : got > 0.0 ? Code::partial : Code::unfilled; }

}  // namespace rackrace
