// Supply agreements (tier 1 of the chip sale): offered by a supplier in stage A, taken in whole or part by the buyer named in stage B, then
// served every quarter before the sealed sale.
#pragma once

#include "engine/market/chip_orders.h"
#include "engine/market/chip_supply.h"
#include "engine/market/newest_product.h"

namespace rackrace {

/// A slot for an offer: never used, or of an agreement whose last delivery is on order. -1 if all are in force.
RACKRACE_HD inline int free_agreement_slot(const World& world, int first_due_t) {
    RACKRACE_NO_UNROLL
    for (int a = 0; a < kMaxAgreements; ++a)
        if (world.agreements[a].chips_q == 0 || world.agreements[a].last_t < first_due_t) return a;
    return -1;
}

/// Tie hash of an agreement: from what it says, not from its slot.
RACKRACE_HD inline std::uint64_t tie_of_agreement(const Scenario& scenario, const World& world, const SupplyAgreement& agreement) {
    return hash64(world.seed, world.t, scenario.firms[agreement.buyer].id, scenario.firms[agreement.supplier].id, agreement.product, agreement.first_t,
                  agreement.last_t, agreement.chips_q, to_int64(round_half_away(agreement.discount_frac * 1e6)));
}

/// Whether one offer is worth less than another, over its term at today's list; equal ones by tie hash.
RACKRACE_HD inline bool is_smaller_agreement(const Scenario& scenario, const World& world, const SupplyAgreement& a, const SupplyAgreement& b) {
    const auto worth_usd = [&](const SupplyAgreement& agreement) {
        return static_cast<double>(agreement.chips_q) * (agreement.last_t - agreement.first_t + 1) * world.products[agreement.product].list_usd_chip * (1.0 - agreement.discount_frac);
    };
    const double worth_a = worth_usd(a), worth_b = worth_usd(b);
    return worth_a != worth_b ? worth_a < worth_b : tie_of_agreement(scenario, world, a) < tie_of_agreement(scenario, world, b);
}

/// Puts an offer into a free slot; where none is, the smallest offer of the quarter gives way (capacity_refusals counts it): what is in force stays.
RACKRACE_HD inline void list_agreement(const Scenario& scenario, World& world, const SupplyAgreement& offer) {
    int slot = free_agreement_slot(world, offer.first_t);
    if (slot < 0) {
        ++world.capacity_refusals;
        RACKRACE_NO_UNROLL
        for (int a = 0; a < kMaxAgreements; ++a)
            if (world.agreements[a].is_accepted == 0 && (slot < 0 || is_smaller_agreement(scenario, world, world.agreements[a], world.agreements[slot]))) slot = a;
        if (slot < 0 || !is_smaller_agreement(scenario, world, world.agreements[slot], offer)) return;
    }
    world.agreements[slot] = offer;
}

/// P7: offers of the quarter. The first delivery is that of this quarter's sale. An offer for a product that is not the supplier's own or not
/// sold to all, or to a firm that cannot buy, is none.
RACKRACE_HD inline void offer_agreements(const Scenario& scenario, World& world, const Orders* orders) {
    const int due_t = world.t + static_cast<int>(scenario.parameters.chip_sale_lag_q);
    RACKRACE_NO_UNROLL
    for (int s = 0; s < scenario.supplier_count; ++s) {
        const int supplier = world.suppliers[s].firm;
        RACKRACE_NO_UNROLL
        for (int k = 0; k < kMaxSupplyOffers; ++k) {
            const SupplyOffer& offer = orders[supplier].offer_supply[k];
            if (offer.chips_q <= 0 || offer.tenor_q <= 0 || offer.buyer < 0 || offer.buyer >= scenario.firm_count) continue;
            if (world.firms[offer.buyer].role == Role::supplier || !is_active(world.firms[offer.buyer]) || offer.product < 0 || offer.product >= scenario.product_count) continue;
            if (scenario.products[offer.product].vendor != supplier || scenario.products[offer.product].buyers != Buyers::all) continue;
            const int last_t = offer.tenor_q < kMaxQuarters ? due_t + offer.tenor_q - 1 : due_t + kMaxQuarters;
            list_agreement(scenario, world, {offer.chips_q, static_cast<std::int16_t>(supplier), offer.buyer, offer.product, static_cast<std::int16_t>(due_t),
                                             static_cast<std::int16_t>(last_t), 0, clamp(offer.discount_frac, 0.0, 1.0)});
        }
    }
}

/// P9, first: what buyers take of the offers is due for the whole term; what they leave is gone.
RACKRACE_HD RACKRACE_APART inline void take_agreements(World& world, const Orders* orders) {
    RACKRACE_NO_UNROLL
    for (int a = 0; a < kMaxAgreements; ++a) {
        SupplyAgreement& agreement = world.agreements[a];
        if (agreement.chips_q == 0 || agreement.is_accepted != 0) continue;
        const std::int32_t taken = orders[agreement.buyer].accept_supply_chips[a];
        if (taken <= 0) {
            agreement = SupplyAgreement{};
            continue;
        }
        if (taken < agreement.chips_q) agreement.chips_q = taken;
        agreement.is_accepted = 1;
    }
}

/// Chips of product p that an agreement delivers in quarter due_t; 0 for another product or quarter.
RACKRACE_HD inline std::int64_t agreement_due(const Scenario& scenario, const World& world, const SupplyAgreement& agreement, int p, int due_t) {
    if (agreement.chips_q == 0 || agreement.is_accepted == 0 || due_t < agreement.first_t || due_t > agreement.last_t) return 0;
    if (scenario.products[p].vendor != agreement.supplier) return 0;
    const int product = agreement.product >= 0 ? agreement.product : newest_on_sale(scenario, world, agreement.supplier);
    return product == p ? agreement.chips_q : 0;
}

/// The volumes of product p that are due after the lag, at today's list less the discount, before anything else is sold; pro rata where the
/// chips fall short. Cut to what the buyer's deposit covers. They ship in their quarter, not before: none counts as drawn from stock.
RACKRACE_HD RACKRACE_APART inline void serve_agreements(const Scenario& scenario, World& world, Ledger& ledger, SaleAccounts& accounts, int p) {
    const Parameters& parameters = scenario.parameters;
    const int due_t = world.t + static_cast<int>(parameters.chip_sale_lag_q);
    std::int64_t due[kMaxAgreements] = {}, served[kMaxAgreements] = {}, sum = 0;
    std::uint64_t tie[kMaxAgreements] = {};
    RACKRACE_NO_UNROLL
    for (int a = 0; a < kMaxAgreements; ++a) {
        const SupplyAgreement& agreement = world.agreements[a];
        sum += due[a] = agreement_due(scenario, world, agreement, p, due_t);
        if (due[a] == 0) continue;
        tie[a] = tie_of_agreement(scenario, world, agreement);
    }
    if (sum == 0) return;
    pro_rata<kMaxAgreements>(due, tie, kMaxAgreements, chips_on_sale(scenario, world, p).chips, served);
    RACKRACE_NO_UNROLL
    for (std::uint32_t left = (1u << kMaxAgreements) - 1; left != 0;) {  // by tie hash: a buyer's cash may not reach for the deposits of all
        int a = lowest_bit(left);
        RACKRACE_NO_UNROLL
        for (int b = a + 1; b < kMaxAgreements; ++b)
            if ((left >> b & 1u) != 0 && tie[b] > tie[a]) a = b;
        left &= ~(1u << a);
        if (served[a] == 0) continue;
        const SupplyAgreement& agreement = world.agreements[a];
        const double price = world.products[p].list_usd_chip * (1.0 - agreement.discount_frac);
        const std::int64_t backed = deposit_backs(world, agreement.buyer, price, parameters.lta_deposit_frac);
        const std::int64_t chips = served[a] < backed || !(price > 0.0) ? served[a] : backed;
        if (chips == 0) continue;
        const Usd payment = to_usd(price * static_cast<double>(chips));
        book_award(scenario, world, ledger, accounts, agreement.buyer, p, 0, chips, payment, parameters.lta_deposit_frac);
    }
}

}  // namespace rackrace
