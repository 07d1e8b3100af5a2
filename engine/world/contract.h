// A capacity contract between a seller and a buyer of compute (model.md 2.5), and a supply agreement for chips.
#pragma once

#include <cstdint>

#include "engine/base/money.h"
#include "engine/schema/fields.h"
#include "engine/world/parties.h"

namespace rackrace {

struct Contract {
    std::int32_t id;               // 1, 2, ... in order of signing; 0: the slot is free
    std::int16_t seller;
    std::int16_t buyer;            // a firm, or kCustomer for OUTSIDE
    std::int16_t generation;       // served by it or a newer one
    std::int16_t start_t;
    std::int16_t end_t;            // last quarter of delivery
    std::int16_t ramp_q;           // the full quantity is reached in this quarter of delivery
    std::int16_t renegotiated_t;   // last time; -1 never
    std::int16_t is_favoured;      // served first when short
    std::int32_t quantity_h100e;
    std::int32_t delivered_h100e;
    std::int32_t used_h100e;
    std::int32_t short_h100e[4];   // shortfall of the last four quarters, the latest first
    std::int32_t due_h100e[4];     // committed in them; [0] is this quarter's
    double price_usd_h;
    double takeorpay_frac;
    double first_frac;             // share of the quantity in the first quarter
    Usd prepaid;                   // balance not drawn
};
template <> struct Schema<Contract> {
    static constexpr auto rows = fields(
        field<&Contract::id>(Unit::id, "0 where the slot is free"),
        field<&Contract::seller>(Unit::index, "firm"),
        field<&Contract::buyer>(Unit::index, "firm, or the customer sector for an outside buyer"),
        field<&Contract::generation>(Unit::index, "served by it or a newer one"),
        field<&Contract::start_t>(Unit::index, "first quarter of delivery"),
        field<&Contract::end_t>(Unit::index, "last quarter of delivery"),
        field<&Contract::ramp_q>(Unit::q, "quarters until the full quantity"),
        field<&Contract::renegotiated_t>(Unit::index, "quarter of the last renegotiation, -1 never"),
        field<&Contract::is_favoured>(Unit::flag, "served first when the seller is short"),
        field<&Contract::quantity_h100e>(Unit::h100e, "full quantity"),
        field<&Contract::delivered_h100e>(Unit::h100e, "in this quarter"),
        field<&Contract::used_h100e>(Unit::h100e, "by the buyer, at most delivered"),
        field<&Contract::short_h100e>(Unit::h100e, "not delivered, this quarter and the three before"),
        field<&Contract::due_h100e>(Unit::h100e, "floor(quantity x ramp share), this quarter and the three before"),
        field<&Contract::price_usd_h>(Unit::usd_h, "a H100e-hour of training"),
        field<&Contract::takeorpay_frac>(Unit::frac, "paid on what is delivered whether used or not"),
        field<&Contract::first_frac>(Unit::frac, "share of the quantity in the first quarter"),
        field<&Contract::prepaid>(Unit::usd, "not yet drawn"));
};
static_assert(covered_bytes(Schema<Contract>::rows) == sizeof(Contract));

/// First quarter in which a contract delivers its full quantity.
RACKRACE_HD inline int first_full_t(const Contract& c) { return c.start_t + (c.ramp_q > 1 ? c.ramp_q - 1 : 0); }

/// Share of the quantity that quarter t delivers: 1 from the ramp's end on, before it first + (1 - first)(k-1)/(ramp-1); 0 outside.
RACKRACE_HD inline double ramp_share(const Contract& c, int t) {
    if (t < c.start_t || t > c.end_t) return 0.0;
    const int k = t - c.start_t;
    if (k >= c.ramp_q - 1) return 1.0;
    return c.first_frac + (1.0 - c.first_frac) * k / (c.ramp_q - 1);
}

/// H100e committed in quarter t, rounded down.
RACKRACE_HD inline std::int32_t committed_in(const Contract& c, int t) {
    const double share = ramp_share(c, t);
    if (share == 1.0) return c.quantity_h100e;
    return to_int32(floor_to_int64(c.quantity_h100e * share + 1e-9));  // 1e-9: 0.35 + 0.65 is a full quantity
}

inline constexpr int kMaxAgreements = 16;

/// Chips of a supplier's newest (or one) product, volumes a quarter at list less a discount.
struct SupplyAgreement {
    std::int32_t chips_q;        // 0: the slot is free
    std::int16_t supplier;
    std::int16_t buyer;
    std::int16_t product;        // -1: the supplier's newest on sale
    std::int16_t first_t;        // of delivery
    std::int16_t last_t;
    std::int16_t is_accepted;    // false: offered in stage A, not yet taken
    double discount_frac;
};
template <> struct Schema<SupplyAgreement> {
    static constexpr auto rows = fields(
        field<&SupplyAgreement::chips_q>(Unit::chips, "a quarter; 0 where the slot is free"),
        field<&SupplyAgreement::supplier>(Unit::index, "firm"),
        field<&SupplyAgreement::buyer>(Unit::index, "firm"),
        field<&SupplyAgreement::product>(Unit::index, "-1 for the newest on sale"),
        field<&SupplyAgreement::first_t>(Unit::index, "first quarter of delivery"),
        field<&SupplyAgreement::last_t>(Unit::index, "last quarter of delivery"),
        field<&SupplyAgreement::is_accepted>(Unit::flag, "taken by the buyer"),
        field<&SupplyAgreement::discount_frac>(Unit::frac, "off list"));
};
static_assert(covered_bytes(Schema<SupplyAgreement>::rows) == sizeof(SupplyAgreement));

}  // namespace rackrace
