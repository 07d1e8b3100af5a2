// Settlement step S6, buyers of chips: what shipped this quarter is paid or goes back.
#pragma once

#include "engine/market/chip_return.h"
#include "engine/settle/signed_money.h"

namespace rackrace {

/// What is due for the first `chips` of an order that shipped: the supplier's price less their part of the deposit, and the servers.
struct ShipmentBill {
    Usd deposit;
    Usd balance;
    Usd integration;
};

RACKRACE_HD inline ShipmentBill shipment_bill(const ChipOrder& order, double system_usd_chip, std::int64_t chips) {
    ShipmentBill bill{};
    bill.deposit = chips == order.chips ? order.deposit : to_usd(to_double(order.deposit) * static_cast<double>(chips) / order.chips);
    bill.balance = max_usd(Usd{}, to_usd(order.price_usd_chip * static_cast<double>(chips)) - bill.deposit);
    bill.integration = to_usd(system_usd_chip * static_cast<double>(chips));
    return bill;
}

/// The most chips of an order whose bill `means` covers.
RACKRACE_HD inline std::int64_t payable_chips(const ChipOrder& order, double system_usd_chip, Usd means) {
    const ShipmentBill all = shipment_bill(order, system_usd_chip, order.chips);
    const Usd total = all.balance + all.integration;
    if (means >= total) return order.chips;
    std::int64_t chips = floor_to_int64(to_double(means) / to_double(total) * order.chips);
    RACKRACE_NO_UNROLL
    for (; chips > 0; --chips) {  // rounded parts may ask for a dollar more
        const ShipmentBill bill = shipment_bill(order, system_usd_chip, chips);
        if (means >= bill.balance + bill.integration) break;
    }
    return chips;
}

/// Takes `unpaid` chips of an order back into the supplier's inventory, from the warehouse first, with their deposit as its income.
/// Chips that are there no more stay with the order: they are owed.
RACKRACE_HD inline void return_unpaid(const Scenario& scenario, World& world, Ledger& ledger, int f, int product, std::int64_t unpaid) {
    Holding& holding = world.firms[f].holdings[product];
    ChipOrder& order = world.firms[f].orders[product][0];
    ChipStock stock{holding.warehouse, holding.installed};
    const std::int64_t back = return_chips(stock, unpaid);
    holding.warehouse = to_int32(stock.warehouse);
    holding.installed = to_int32(stock.installed);
    world.products[product].inventory_chips += to_int32(back);
    world.products[product].returned_chips += to_int32(back);
    const Usd kept = shipment_bill(order, 0.0, order.chips - back).deposit, lost = order.deposit - kept;
    post(world, ledger, Kind::chip_deposit_forfeited, f, scenario.products[product].vendor, lost, product);
    order.deposit = kept;
    order.chips -= to_int32(back);
}

/// Pays for the chips of one product that shipped this quarter: balance to the supplier, integration to the system makers, signed money
/// first. returns the chips paid for
RACKRACE_HD RACKRACE_APART inline std::int64_t pay_shipment(const Scenario& scenario, World& world, Ledger& ledger, int f, int product, double margin_apr) {
    Firm& firm = world.firms[f];
    ChipOrder& order = firm.orders[product][0];
    if (order.chips == 0) return 0;
    const int vendor = scenario.products[product].vendor;
    const double system = scenario.products[product].system_usd_chip;
    const std::int64_t payable = payable_chips(order, system, means_of(world, f) + firm.undrawn_contract_backed);
    if (payable < order.chips) return_unpaid(scenario, world, ledger, f, product, order.chips - payable);
    const std::int64_t chips = order.chips;
    const ShipmentBill bill = shipment_bill(order, system, chips);
    draw_contract_backed(scenario, world, ledger, f, bill.balance + bill.integration);
    post(world, ledger, Kind::chip_deposit_applied, f, vendor, bill.deposit, product);
    pay(world, ledger, Kind::chip_balance, f, vendor, bill.balance, margin_apr, product);
    pay(world, ledger, Kind::integration, f, kSystem, bill.integration, margin_apr, product);
    firm.holdings[product].gross += bill.deposit + bill.balance + bill.integration;
    order = ChipOrder{};
    return chips;
}

}  // namespace rackrace
