// Orders for new chips: an award becomes an order with its deposit; a buyer cancels what it no longer wants.
#pragma once

#include "engine/market/shipment.h"
#include "engine/quarter/orders.h"
#include "engine/settle/payments.h"

namespace rackrace {

RACKRACE_HD inline Usd chip_deposit(double price_usd_chip, std::int64_t chips, double deposit_frac) {
    return to_usd(price_usd_chip * static_cast<double>(chips) * deposit_frac);
}

/// Chips whose deposit a firm can pay now.
RACKRACE_HD inline std::int64_t deposit_backs(const World& world, int f, double price_usd_chip, double deposit_frac) {
    const double each = price_usd_chip * deposit_frac;
    return each > 0.0 ? floor_to_int64(to_double(means_of(world, f)) / each) : 0;
}

/// Adds chips to an order, due in `slot` quarters; the deposit is paid now.
RACKRACE_HD inline void place_order(const Scenario& scenario, World& world, Ledger& ledger, int f, int p, int slot, std::int64_t chips,
                                    double price_usd_chip, Usd deposit) {
    if (chips <= 0) return;
    ChipOrder more{};
    more.chips = to_int32(chips);
    more.price_usd_chip = price_usd_chip;
    more.deposit = deposit;
    merge_order(world.firms[f].orders[p][slot], more);
    world.on_order_chips[p] += more.chips;
    pay(world, ledger, Kind::chip_deposit, f, scenario.products[p].vendor, deposit, revolver_margin_apr(scenario, world, f), p);
}

/// Deposits come back on orders that are late by so much.
RACKRACE_HD inline bool cancels_free(const Parameters& p, const ChipOrder& order) { return order.slipped_q >= static_cast<int>(p.cancel_free_after_slip_q); }

/// Slots in the order in which cancelled chips leave them: those whose deposit comes back, then the latest deliveries.
struct CancelSlots {
    int slot[kOrderSlots - 1];
};

RACKRACE_HD inline CancelSlots cancel_slots(const Parameters& p, const ChipOrder* orders) {
    CancelSlots order{};
    int count = 0;
    RACKRACE_NO_UNROLL
    for (int free = 1; free >= 0; --free) {
        RACKRACE_NO_UNROLL
        for (int slot = kOrderSlots - 1; slot >= 1; --slot)
            if (cancels_free(p, orders[slot]) == (free != 0)) order.slot[count++] = slot;
    }
    return order;
}

/// Takes chips out of one order. The deposit is the supplier's income, or comes back from a supplier that is late.
RACKRACE_HD inline void cancel_order(const Scenario& scenario, World& world, Ledger& ledger, int f, int p, int slot, std::int64_t chips) {
    ChipOrder& order = world.firms[f].orders[p][slot];
    const int vendor = scenario.products[p].vendor;
    const Usd deposit = chips == order.chips ? order.deposit : to_usd(to_double(order.deposit) * static_cast<double>(chips) / order.chips);
    if (cancels_free(scenario.parameters, order))
        pay(world, ledger, Kind::chip_deposit_returned, vendor, f, deposit, revolver_margin_apr(scenario, world, vendor), p);
    else
        post(world, ledger, Kind::chip_deposit_forfeited, f, vendor, deposit, p);
    order.deposit -= deposit;
    order.chips -= to_int32(chips);
    world.on_order_chips[p] -= to_int32(chips);
    if (order.chips == 0) order = ChipOrder{};
}

/// Orders cancelled by their buyers, before the sale: their chips are on sale again.
RACKRACE_HD inline void cancel_orders(const Scenario& scenario, World& world, const Orders* orders, Ledger& ledger) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        RACKRACE_NO_UNROLL
        for (int p = 0; p < scenario.product_count; ++p) {
            std::int64_t left = orders[f].cancel_chips[p];
            if (left <= 0) continue;
            const CancelSlots order = cancel_slots(scenario.parameters, world.firms[f].orders[p]);
            RACKRACE_NO_UNROLL
            for (int k = 0; k < kOrderSlots - 1 && left > 0; ++k) {
                const std::int32_t open = world.firms[f].orders[p][order.slot[k]].chips;
                const std::int64_t chips = left < open ? left : open;
                if (chips > 0) cancel_order(scenario, world, ledger, f, p, order.slot[k], chips);
                left -= chips;
            }
        }
    }
}

/// Money and purchases of the quarter's sale, carried from product to product.
struct SaleAccounts {
    Usd buying_power[kMaxFirms] = {};
    Usd committed[kMaxFirms] = {};                       // exposure of what is sold already
    Usd bought[kMaxFirms][kMaxSuppliers] = {};           // in-house chips of the quarter included
    double awarded_it_kw[kMaxFirms][kMaxSuppliers] = {};
    double score_bonus_frac[kMaxSuppliers][kMaxFirms] = {};  // as at the start of the sale: no award of the quarter moves them
    double weight[kMaxSuppliers][kMaxFirms] = {};            // the same, filled under POSTED only
};

/// Books an award of `payment` dollars: the part that comes from stock ships next quarter, the rest after the lag. One deposit on the whole.
RACKRACE_HD inline void book_award(const Scenario& scenario, World& world, Ledger& ledger, SaleAccounts& accounts, int f, int p, std::int64_t from_stock,
                                   std::int64_t chips, Usd payment, double deposit_frac) {
    const Product& facts = scenario.products[p];
    const Parameters& parameters = scenario.parameters;
    const int slot = scenario.firms[facts.vendor].supplier_slot;
    const double price = to_double(payment) / static_cast<double>(chips);
    const Usd deposit = to_usd(to_double(payment) * deposit_frac);
    const Usd early = from_stock == chips ? deposit : min_usd(deposit, chip_deposit(price, from_stock, deposit_frac));
    place_order(scenario, world, ledger, f, p, static_cast<int>(parameters.inventory_ship_lag_q), from_stock, price, early);
    place_order(scenario, world, ledger, f, p, static_cast<int>(parameters.chip_sale_lag_q), chips - from_stock, price, deposit - early);
    accounts.committed[f] += payment + to_usd(facts.system_usd_chip * static_cast<double>(chips));
    accounts.bought[f][slot] += payment;
    accounts.awarded_it_kw[f][slot] += facts.kw_chip * static_cast<double>(chips);
}

}  // namespace rackrace
