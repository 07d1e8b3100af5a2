// Settlement step S6, buyers of chips: what shipped this quarter is paid or goes back.
#pragma once

#include "engine/market/chip_return.h"
#include "engine/settle/signed_money.h"
#include "engine/settle/vendor_credit.h"

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

/// The most chips of an order whose bill is covered: the supplier's balance by its own credit and `means`, the servers by `means`.
RACKRACE_HD inline std::int64_t payable_chips(const ChipOrder& order, double system_usd_chip, Usd means, Usd vendor_credit) {
    const ShipmentBill all = shipment_bill(order, system_usd_chip, order.chips);
    const auto is_covered = [&](const ShipmentBill& bill) { return means >= max_usd(Usd{}, bill.balance - vendor_credit) + bill.integration; };
    if (is_covered(all)) return order.chips;
    const double both = to_double(means + vendor_credit) / to_double(all.balance + all.integration), servers = to_double(means) / max(1.0, to_double(all.integration));
    std::int64_t chips = floor_to_int64(min(1.0, min(both, servers)) * order.chips);
    RACKRACE_NO_UNROLL
    for (; chips > 0; --chips)  // rounded parts may ask for a dollar more
        if (is_covered(shipment_bill(order, system_usd_chip, chips))) break;
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

/// Pays for the chips of one product that shipped this quarter: balance to the supplier, integration to the system makers; the supplier's
/// credit first, then signed money. returns the chips paid for
RACKRACE_HD RACKRACE_APART inline std::int64_t pay_shipment(const Scenario& scenario, World& world, Ledger& ledger, int f, int product, double margin_apr) {
    Firm& firm = world.firms[f];
    ChipOrder& order = firm.orders[product][0];
    if (order.chips == 0) return 0;
    const int vendor = scenario.products[product].vendor;
    const double system = scenario.products[product].system_usd_chip;
    const std::int64_t payable = payable_chips(order, system, means_of(world, f) + drawable_contract_backed(firm), vendor_credit_left(scenario, world, f, vendor));
    if (payable < order.chips) return_unpaid(scenario, world, ledger, f, product, order.chips - payable);
    const std::int64_t chips = order.chips;
    const ShipmentBill bill = shipment_bill(order, system, chips);
    const Usd lent = draw_vendor_credit(scenario, world, ledger, f, vendor, bill.balance);
    draw_contract_backed(world, ledger, f, bill.balance - lent + bill.integration);
    post(world, ledger, Kind::chip_deposit_applied, f, vendor, bill.deposit, product);
    pay(world, ledger, Kind::chip_balance, f, vendor, bill.balance, margin_apr, product);
    pay(world, ledger, Kind::integration, f, kSystem, bill.integration, margin_apr, product);
    firm.holdings[product].gross += bill.deposit + bill.balance + bill.integration;
    order = ChipOrder{};
    return chips;
}

}  // namespace rackrace
