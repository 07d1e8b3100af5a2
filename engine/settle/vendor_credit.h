// Credit of suppliers to buyers of their chips (VENDOR): granted in stage A, drawn by the balances that the buyer owes the lender.
#pragma once

#include "engine/market/tie_hash.h"
#include "engine/quarter/orders.h"
#include "engine/settle/payments.h"

namespace rackrace {

/// Slot of a supplier's line to a buyer; -1 without one.
RACKRACE_HD inline int find_credit_line(const World& world, int supplier_slot, int buyer) {
    RACKRACE_NO_UNROLL
    for (int i = 0; i < kMaxCreditLines; ++i) {
        const CreditLine& line = world.credit_lines[i];
        if (line.left.value > 0 && line.supplier == supplier_slot && line.buyer == buyer) return i;
    }
    return -1;
}

inline constexpr int kMaxGrants = kMaxSuppliers * kMaxCreditOffers;

/// Grants of a quarter to pairs that have no line yet.
struct CreditGrants {
    CreditLine rows[kMaxGrants];
    int count;
};

/// Takes down one grant. A new one of a pair takes the place of the old.
RACKRACE_HD inline void grant_credit(World& world, const CreditLine& grant, CreditGrants& grants) {
    const int line = find_credit_line(world, grant.supplier, grant.buyer);
    if (line >= 0) {
        world.credit_lines[line] = grant;
        return;
    }
    int at = 0;
    RACKRACE_NO_UNROLL
    while (at < grants.count && (grants.rows[at].supplier != grant.supplier || grants.rows[at].buyer != grant.buyer)) ++at;
    grants.rows[at] = grant;
    if (at == grants.count) ++grants.count;
}

/// Whether one line is worth less than another; equal ones by tie hash.
RACKRACE_HD inline bool is_smaller_line(const Scenario& scenario, const World& world, const CreditLine& a, const CreditLine& b) {
    if (a.left != b.left) return a.left < b.left;
    const auto tie = [&](const CreditLine& line) {
        return hash64_with(tie_of(scenario, world, TieMarket::credit, kMaxRaises, line.buyer), scenario.firms[world.suppliers[line.supplier].firm].id);
    };
    return tie(a) < tie(b);
}

/// Puts a grant into a free slot, or where the list is full into that of the smallest line, if that is smaller (capacity_refusals counts what gives way).
RACKRACE_HD inline void open_credit_line(const Scenario& scenario, World& world, const CreditLine& grant) {
    int at = -1;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < kMaxCreditLines; ++i) {
        if (world.credit_lines[i].left.value <= 0) {
            world.credit_lines[i] = grant;
            return;
        }
        if (at < 0 || is_smaller_line(scenario, world, world.credit_lines[i], world.credit_lines[at])) at = i;
    }
    ++world.capacity_refusals;
    if (is_smaller_line(scenario, world, world.credit_lines[at], grant)) world.credit_lines[at] = grant;
}

/// P6: what suppliers grant their buyers. Lines that there are already come first, so that full lists keep the largest whoever is called first.
RACKRACE_HD inline void grant_credits(const Scenario& scenario, World& world, const Orders* orders) {
    CreditGrants grants;
    grants.count = 0;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        const int slot = scenario.firms[f].supplier_slot;
        if (slot < 0 || !may_deal(world.firms[f])) continue;
        RACKRACE_NO_UNROLL
        for (const CreditOffer& offer : orders[f].finance_buyer)
            if (offer.amount.value > 0 && offer.buyer >= 0 && offer.buyer < scenario.firm_count)
                grant_credit(world, {offer.amount, offer.apr, static_cast<std::int16_t>(slot), offer.buyer, offer.tenor_q}, grants);
    }
    RACKRACE_NO_UNROLL
    for (int i = 0; i < grants.count; ++i) open_credit_line(scenario, world, grants.rows[i]);
}

/// Whether a buyer takes money of a line: what it costs is no more than its revolver would, and it is not in chapter 11, where suppliers
/// want cash. A dear line is an offer that nobody takes.
RACKRACE_HD inline bool takes_credit(const Scenario& scenario, const World& world, const CreditLine& line) {
    const int f = line.buyer;
    if (line.left.value <= 0 || !may_deal(world.firms[f])) return false;
    return line.rate_apr <= max(0.0, world.policy_rate_apr + revolver_margin_apr(scenario, world, f));
}

/// What a vendor still lends a buyer.
RACKRACE_HD inline Usd vendor_credit_left(const Scenario& scenario, const World& world, int f, int vendor) {
    const int slot = scenario.firms[vendor].supplier_slot, line = slot < 0 ? -1 : find_credit_line(world, slot, f);
    return line >= 0 && takes_credit(scenario, world, world.credit_lines[line]) ? world.credit_lines[line].left : Usd{};
}

/// The same summed over the vendors.
RACKRACE_HD inline Usd vendor_credit_left(const Scenario& scenario, const World& world, int f) {
    Usd sum{};
    RACKRACE_NO_UNROLL
    for (const CreditLine& line : world.credit_lines)
        if (line.buyer == f && takes_credit(scenario, world, line)) sum += line.left;
    return sum;
}

/// Draws on the vendor's line for `amount` that is due to it, as far as it goes: a bullet loan at the line's rate. The money is on its way
/// back to the lender: the caller pays the bill next. returns what is drawn
RACKRACE_HD inline Usd draw_vendor_credit(const Scenario& scenario, World& world, Ledger& ledger, int f, int vendor, Usd amount) {
    const Usd drawn = min_usd(vendor_credit_left(scenario, world, f, vendor), amount);
    if (drawn.value <= 0) return {};
    const int slot = scenario.firms[vendor].supplier_slot;
    CreditLine& line = world.credit_lines[find_credit_line(world, slot, f)];
    Tranche loan{};
    loan.kind = DebtKind::vendor;
    loan.lender = static_cast<std::uint8_t>(slot + 1);
    loan.left_q = static_cast<std::int16_t>(line.term_q);
    loan.principal = drawn;
    loan.rate_apr = line.rate_apr;
    const int d = add_tranche(world, f, loan);
    if (d < 0) return {};
    line.left -= drawn;
    if (line.left.value == 0) line = CreditLine{};
    post(world, ledger, Kind::vendor_credit, vendor, f, drawn, d);
    return drawn;
}

/// Sales of the last `quarters` quarters that the buyers still owe a supplier: lenders do not take them for earnings (decision 7). A loan of
/// last quarter is one quarter old.
RACKRACE_HD inline Usd financed_sales(const Scenario& scenario, const World& world, int vendor, int quarters) {
    Usd sum{};
    const int slot = scenario.firms[vendor].supplier_slot;
    if (slot < 0 || balance_of(world, vendor, Account::loans_made).value == 0) return sum;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        RACKRACE_NO_UNROLL
        for (int d = 0; d < kMaxTranches; ++d) {
            const Tranche& tranche = world.firms[f].debt[d];
            if (tranche.kind == DebtKind::vendor && tranche.lender == slot + 1 && tranche.age_q <= quarters) sum += tranche.principal;
        }
    }
    return sum;
}

}  // namespace rackrace
