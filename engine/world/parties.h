// Who can hold money: the firms by index, then the outside sectors of model.md 2.6.
#pragma once

#include "engine/world/capacities.h"

namespace rackrace {

/// Index of a party in balances and postings: 0 to kMaxFirms-1 are firms, these follow.
enum Party : int {
    kFoundry = kMaxFirms,  // makes wafers and chips
    kSystem,               // server makers: boards, racks, network
    kUtility,              // grid power and fuel
    kBuilder,              // sites and plant
    kLandlord,
    kStaff,                // wages, upkeep, talent, design
    kCustomer,             // final demand; OUTSIDE buyers and sellers of compute settle here
    kGovernment,
    kInvestor,             // holds all shares and all debt but suppliers' vendor loans; the used-chip dealer settles here
    kRestOfWorld,          // chip buyers outside the strategic set
};
static_assert(kRestOfWorld == kParties - 1);

constexpr bool is_firm(int party) { return party >= 0 && party < kMaxFirms; }

inline constexpr const char* kOutsideNames[kOutsideParties] = {"foundry", "system", "utility", "builder", "landlord",
                                                               "staff", "customer", "government", "investor", "row"};

}  // namespace rackrace
