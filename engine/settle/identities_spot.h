// Identity I11: what the spot market sold was bought, and every dollar paid was received.
#pragma once

#include "engine/scenario/scenario.h"
#include "engine/settle/broken.h"
#include "engine/settle/ledger.h"
#include "engine/world/world.h"

namespace rackrace {

/// About a firm: hours that it bought are neither used nor idle. About the market, who: 0 and 1 for the quantities of training and inference, 2 for the money.
RACKRACE_HD inline Broken check_spot(const Scenario& scenario, const World& world, const Ledger& ledger) {
    std::int64_t bought[2] = {world.spot_outside_h100e[0], world.spot_outside_h100e[1]};
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        const Firm& firm = world.firms[f];
        bought[0] += firm.spot_bought_t_h100e;
        bought[1] += firm.spot_bought_i_h100e;
        const bool fits = firm.spot_idle_t_h100e >= 0 && firm.spot_idle_t_h100e <= firm.spot_bought_t_h100e && firm.spot_idle_i_h100e >= 0 &&
                          firm.spot_idle_i_h100e <= firm.spot_bought_i_h100e;
        if (!fits) return {11, Subject::party, f, 0};
    }
    RACKRACE_NO_UNROLL
    for (int c = 0; c < 2; ++c)
        if (bought[c] != world.spot_sold_h100e[c]) return {11, Subject::market, c, bought[c] - world.spot_sold_h100e[c]};
    Usd payments{}, receipts{};
    RACKRACE_NO_UNROLL
    for (int party = 0; party < kParties; ++party) {
        payments += paid(ledger, party, Kind::spot_purchase);
        receipts += received(ledger, party, Kind::spot_purchase);
    }
    return payments == receipts ? Broken{} : Broken{11, Subject::market, 2, (payments - receipts).value};
}

}  // namespace rackrace
