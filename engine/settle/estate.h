// The estate of a firm in default: what it is worth, what is claimed from it, and how its creditors are paid (model.md 5.15). A claim is a
// tranche of debt or a row of arrears; what a creditor does not get is written off on both sides.
#pragma once

#include "engine/market/power_connection.h"
#include "engine/market/used_chips.h"
#include "engine/settle/broken_up.h"
#include "engine/settle/debt_service.h"
#include "engine/settle/payments.h"
#include "engine/settle/tranches.h"
#include "engine/settle/valuation.h"
#include "engine/settle/waterfall.h"

namespace rackrace {

/// Values of an estate in dollars: what secures its loans, broken up, and as a going concern.
struct EstateValue {
    double chips_usd;        // secure contract-backed and other secured debt
    double sites_usd;        // secure project debt
    double liquidation_usd;
    double going_concern_usd;
};

/// A firm's chips thrown on the market over liquidation_q quarters: resale less the dealer's discount, not below scrap.
RACKRACE_HD inline double fire_sale_usd(const Scenario& scenario, const World& world, int f) {
    const Parameters& p = scenario.parameters;
    double sum = 0.0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.product_count; ++i) {
        const Holding& h = world.firms[f].holdings[i];
        const double chips = static_cast<double>(h.installed) + h.warehouse;
        if (chips == 0.0) continue;
        std::int64_t installed = 0;
        RACKRACE_NO_UNROLL
        for (int g = 0; g < scenario.firm_count; ++g) installed += world.firms[g].holdings[i].installed;
        const double depth = dealer_depth_chips(p, installed), offered = chips / p.liquidation_q;
        const double pressure = depth > 0.0 ? min(1.0, offered / depth) : 1.0;
        const double price = world.products[i].resale_usd_chip * (1.0 - p.dealer_discount_max_frac * pressure);
        sum += chips * max(price, scrap_value_usd_chip(p, world.products[i].list_usd_chip));
    }
    return sum;
}

/// EBITDA_fwd is that of the last close, AI revenue that of the quarter settled now.
RACKRACE_HD inline EstateValue value_estate(const Scenario& scenario, const World& world, const Ledger& ledger, int f) {
    const Parameters& p = scenario.parameters;
    const Firm& firm = world.firms[f];
    EstateValue value{};
    value.chips_usd = fire_sale_usd(scenario, world, f);
    value.sites_usd = p.site_liquidation_frac * site_book_usd(world, f);
    value.liquidation_usd = broken_up_usd(scenario, world, f, value.chips_usd, max(0.0, to_double(cash_of(world, f))));
    value.going_concern_usd = going_concern_value_usd(p, firm.role, firm.ebitda_forward_usd, p.quarters_per_year * to_double(received(ledger, f, Kind::ai_revenue)),
                                                      world.sentiment);
    return value;
}

/// What secures a tranche: project loans share the sites, other secured ones the chips, each by principal.
RACKRACE_HD inline Usd collateral_of(const Firm& firm, const Tranche& tranche, double chips_usd, double sites_usd) {
    if (tranche.is_secured == 0) return {};
    const bool on_sites = tranche.kind == DebtKind::project;
    double lent = 0.0;
    RACKRACE_NO_UNROLL
    for (int d = 0; d < kMaxTranches; ++d)
        if (firm.debt[d].is_secured != 0 && (firm.debt[d].kind == DebtKind::project) == on_sites) lent += to_double(firm.debt[d].principal);
    return lent > 0.0 ? to_usd((on_sites ? sites_usd : chips_usd) * to_double(tranche.principal) / lent) : Usd{};
}

/// A bill that the estate does not pay: posted whole, and owed to the creditor as a claim.
RACKRACE_HD inline void file_claim(World& world, Ledger& ledger, Kind kind, int f, int creditor, Usd amount, std::int32_t reference) {
    post(world, ledger, kind, f, creditor, amount, reference);
    post(world, ledger, Kind::arrears, f, creditor, amount, reference);
    world.arrears[f][creditor][0] += amount;
}

/// Pays `amount` on a tranche and writes off the rest of it.
RACKRACE_HD inline void close_tranche(World& world, Ledger& ledger, int f, int d, Usd amount) {
    Tranche& tranche = world.firms[f].debt[d];
    const int lender = creditor_of(world, tranche);
    post(world, ledger, Kind::debt_repayment, f, lender, amount, d);
    post(world, ledger, Kind::debt_write_off, f, lender, tranche.principal - amount, d);
    tranche = Tranche{};
}

RACKRACE_HD inline Usd owed_to(const World& world, int f, int party) { return world.arrears[f][party][0] + world.arrears[f][party][1]; }

/// Pays `amount` on the arrears to a party and writes off the rest.
RACKRACE_HD inline void close_arrears(World& world, Ledger& ledger, int f, int party, Usd amount) {
    post(world, ledger, Kind::arrears_payment, f, party, amount);
    post(world, ledger, Kind::claim_write_off, f, party, owed_to(world, f, party) - amount);
    world.arrears[f][party][0] = world.arrears[f][party][1] = Usd{};
}

/// Shares out the cash of an estate by priority and closes every claim. returns what is left for the owners.
RACKRACE_HD RACKRACE_APART inline Usd pay_creditors(const Scenario& scenario, World& world, Ledger& ledger, int f, double chips_usd, double sites_usd) {
    const Firm& firm = world.firms[f];
    Claims claims;
    int subject[kMaxClaims];  // tranche, or kMaxTranches + party
    RACKRACE_NO_UNROLL
    for (int d = 0; d < kMaxTranches; ++d) {
        if (firm.debt[d].kind == DebtKind::none) continue;
        subject[claims.count] = d;
        claims.rows[claims.count++] = {firm.debt[d].principal, collateral_of(firm, firm.debt[d], chips_usd, sites_usd), tie_of_loan(world, firm.debt[d])};
    }
    RACKRACE_NO_UNROLL
    for (int party = 0; party < kParties; ++party) {
        if (owed_to(world, f, party).value == 0) continue;
        const std::uint64_t id = is_firm(party) ? scenario.firms[party].id : static_cast<std::uint64_t>(party);
        subject[claims.count] = kMaxTranches + party;
        claims.rows[claims.count++] = {owed_to(world, f, party), Usd{}, hash64(world.seed, world.t, scenario.firms[f].id, id)};
    }
    const Recovery recovery = pay_by_priority(claims, cash_of(world, f));
    RACKRACE_NO_UNROLL
    for (int i = 0; i < claims.count; ++i) {
        if (subject[i] < kMaxTranches) close_tranche(world, ledger, f, subject[i], recovery.paid[i]);
        else close_arrears(world, ledger, f, subject[i] - kMaxTranches, recovery.paid[i]);
    }
    return recovery.owners;
}

/// Repays loans of one collateral out of the money that its sale brought.
RACKRACE_HD inline void repay_secured(World& world, Ledger& ledger, int f, bool on_sites, Usd proceeds) {
    const Usd money = max_usd(Usd{}, min_usd(proceeds, cash_of(world, f)));
    Usd due[kMaxTranches] = {}, shares[kMaxTranches];
    RACKRACE_NO_UNROLL
    for (int d = 0; d < kMaxTranches; ++d) {
        const Tranche& tranche = world.firms[f].debt[d];
        if (tranche.is_secured != 0 && (tranche.kind == DebtKind::project) == on_sites) due[d] = tranche.principal;
    }
    share_among_loans(world, world.firms[f], due, money, shares);
    RACKRACE_NO_UNROLL
    for (int d = 0; d < kMaxTranches; ++d)
        if (shares[d].value != 0) repay_tranche(world, ledger, f, d, shares[d]);
}

/// What creditors leave goes to the owners; after that nobody who held shares at the start holds any.
RACKRACE_HD inline void wipe_out(const Scenario& scenario, World& world, Ledger& ledger, int f, Usd left) {
    Firm& firm = world.firms[f];
    post(world, ledger, Kind::payout, f, kInvestor, left);
    firm.discounted_payouts_usd += owners_discount(scenario.parameters, firm.role, world.t - scenario.start_t + 1) * firm.own_frac * to_double(left);
    firm.own_frac = 0.0;
    firm.shares = 1.0;
}

/// What others owe a firm that leaves is owed to `heir` now, who pays for it at par.
RACKRACE_HD inline void assign_receivables(const Scenario& scenario, World& world, Ledger& ledger, int f, int heir) {
    RACKRACE_NO_UNROLL
    for (int debtor = 0; debtor < scenario.firm_count; ++debtor) {
        if (debtor == f) continue;
        const Usd owed = owed_to(world, debtor, f);
        if (owed.value == 0) continue;
        post(world, ledger, Kind::arrears_payment, debtor, f, owed);
        if (debtor != heir) {
            post(world, ledger, Kind::arrears, debtor, heir, owed);
            world.arrears[debtor][heir][0] += world.arrears[debtor][f][0];
            world.arrears[debtor][heir][1] += world.arrears[debtor][f][1];
        }
        world.arrears[debtor][f][0] = world.arrears[debtor][f][1] = Usd{};
    }
}

/// What stays of a firm that left: its name, role, what its owners got, and the customers that move in the next quarter.
RACKRACE_HD RACKRACE_APART inline void close_firm(Firm& firm, FirmStatus status) {
    Firm left{};
    left.role = firm.role;
    left.status = status;
    left.shares = left.news_factor = 1.0;
    left.discounted_payouts_usd = firm.discounted_payouts_usd;
    left.value_usd = firm.value_usd;
    left.estate_q = firm.estate_q;
    left.taken_by = firm.taken_by;
    left.venture_t = -1;
    RACKRACE_NO_UNROLL
    for (int s = 0; s < kMaxSegments; ++s) {
        left.share_ppb[s] = firm.share_ppb[s];
        left.served_frac[s] = 1.0;
    }
    RACKRACE_NO_UNROLL
    for (int g = 0; g < kMaxGenerations; ++g) left.kappa[g] = 1.0;
    firm = left;
}

}  // namespace rackrace
