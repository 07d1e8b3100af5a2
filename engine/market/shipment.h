// P2, second part: chips due this quarter ship from the vendor's inventory to the buyers' warehouses. Short output slips pro rata.
// Shipped chips wait in order slot 0 for payment in P14.
#pragma once

#include "engine/market/pro_rata.h"
#include "engine/market/tie_hash.h"

namespace rackrace {

/// Moves the order rings one quarter on: slot 0 is now due. Paid orders have left slot 0 in the settlement before.
/// returns the products that are due to some firm, a bit each
RACKRACE_HD inline std::uint32_t shift_orders(const Scenario& scenario, World& world) {
    std::uint32_t due = 0;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        RACKRACE_NO_UNROLL
        for (int p = 0; p < scenario.product_count; ++p) {
            ChipOrder(&slots)[kOrderSlots] = world.firms[f].orders[p];
            if (!has_orders(world.firms[f], p)) continue;
            RACKRACE_NO_UNROLL
            for (int k = 0; k + 1 < kOrderSlots; ++k) slots[k] = slots[k + 1];
            slots[kOrderSlots - 1] = ChipOrder{};
            if (slots[0].chips != 0) due |= 1u << p;
        }
    }
    return due;
}

/// Adds `more` to an order: prices weigh by chips, the longer slip counts.
RACKRACE_HD inline void merge_order(ChipOrder& order, const ChipOrder& more) {
    if (more.chips == 0) return;
    const double chips = static_cast<double>(order.chips) + more.chips;
    order.price_usd_chip = (order.price_usd_chip * order.chips + more.price_usd_chip * more.chips) / chips;
    order.chips += more.chips;
    order.deposit += more.deposit;
    if (more.slipped_q > order.slipped_q) order.slipped_q = more.slipped_q;
}

/// Ships `chips` of the order in slot 0; what is late joins next quarter's slot with its part of the deposit.
RACKRACE_HD inline void ship_order(Firm& firm, int product, std::int64_t chips) {
    ChipOrder& due = firm.orders[product][0];
    if (chips < due.chips) {
        ChipOrder late = due;
        late.chips = due.chips - to_int32(chips);
        late.deposit = to_usd(to_double(due.deposit) * late.chips / due.chips);
        late.slipped_q = due.slipped_q + 1;
        merge_order(firm.orders[product][1], late);
        due.deposit -= late.deposit;
        due.chips = to_int32(chips);
        if (chips == 0) due = ChipOrder{};
    }
    firm.holdings[product].warehouse += to_int32(chips);
}

/// Chips that a firm has paid for: all but those that shipped this quarter and still wait for payment. Only they can be sold on.
RACKRACE_HD inline std::int64_t owned_chips(const Firm& firm, int product) {
    const std::int64_t held = static_cast<std::int64_t>(firm.holdings[product].installed) + firm.holdings[product].warehouse;
    return held - firm.orders[product][0].chips;
}

/// Ships what is due of every product, pro rata over its buyers where the chips fall short.
RACKRACE_HD RACKRACE_APART inline void ship_chips(const Scenario& scenario, World& world) {
    RACKRACE_NO_UNROLL
    for (std::uint32_t left = shift_orders(scenario, world); left != 0; left &= left - 1) {
        const int p = lowest_bit(left);
        std::int64_t due[kMaxFirms] = {}, shipped[kMaxFirms] = {};
        RACKRACE_NO_UNROLL
        for (int f = 0; f < scenario.firm_count; ++f) due[f] = world.firms[f].orders[p][0].chips;
        std::uint64_t tie[kMaxFirms];
        fill_ties(scenario, world, TieMarket::shipment, p, tie);
        ProductState& product = world.products[p];
        pro_rata<kMaxFirms>(due, tie, scenario.firm_count, product.inventory_chips, shipped);
        RACKRACE_NO_UNROLL
        for (int f = 0; f < scenario.firm_count; ++f) {
            if (due[f] == 0) continue;
            ship_order(world.firms[f], p, shipped[f]);
            product.inventory_chips -= to_int32(shipped[f]);
            world.on_order_chips[p] -= to_int32(shipped[f]);
        }
    }
}

}  // namespace rackrace
