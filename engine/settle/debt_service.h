// Settlement step S5: interest, then amortisation and maturities, secured debt first.
#pragma once

#include "engine/settle/borrowing_base.h"
#include "engine/settle/payments.h"

namespace rackrace {

/// What a loan costs now. Covenants in breach make the loans that have them dearer.
RACKRACE_HD inline double tranche_rate_apr(const Parameters& p, const World& world, const Firm& firm, const Tranche& tranche) {
    const double rate = tranche.is_floating != 0 ? max(0.0, world.policy_rate_apr + tranche.rate_apr) : tranche.rate_apr;
    return rate + (firm.breach_q > 0 && has_covenants(tranche) ? p.covenant_breach_penalty_apr : 0.0);
}

RACKRACE_HD inline Usd interest_of(const Scenario& scenario, const World& world, const Firm& firm, const Tranche& tranche) {
    const Parameters& p = scenario.parameters;
    return to_usd(to_double(tranche.principal) * tranche_rate_apr(p, world, firm, tranche) / p.quarters_per_year);
}

/// Interest of the quarter by tranche, on what was owed when the settlement began: money drawn in it costs nothing yet.
struct InterestDue {
    Usd amount[kMaxFirms][kMaxTranches];
};

RACKRACE_HD inline void fill_interest_due(const Scenario& scenario, const World& world, InterestDue& due) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < kMaxFirms; ++f) {
        RACKRACE_NO_UNROLL
        for (int d = 0; d < kMaxTranches; ++d) {
            const Tranche& tranche = world.firms[f].debt[d];
            due.amount[f][d] = tranche.kind != DebtKind::none ? interest_of(scenario, world, world.firms[f], tranche) : Usd{};
        }
    }
}

/// Principal due this quarter: an equal part where amortising, all of it in the last quarter. A revolver has no date.
RACKRACE_HD inline Usd principal_due(const Tranche& tranche) {
    if (tranche.kind == DebtKind::none || tranche.kind == DebtKind::revolver) return {};
    if (tranche.left_q <= 1) return tranche.principal;
    return tranche.is_amortising != 0 ? to_usd(to_double(tranche.principal) / tranche.left_q) : Usd{};
}

/// Principal that falls due in the next `horizon` settlements, amortisation and maturities.
RACKRACE_HD inline Usd principal_within(const Firm& firm, int horizon) {
    Usd sum{};
    RACKRACE_NO_UNROLL
    for (int d = 0; d < kMaxTranches; ++d) {
        const Tranche& tranche = firm.debt[d];
        if (tranche.kind == DebtKind::none || tranche.kind == DebtKind::revolver) continue;
        if (tranche.left_q <= horizon) sum += tranche.principal;
        else if (tranche.is_amortising != 0) sum += to_usd(to_double(tranche.principal) * horizon / tranche.left_q);
    }
    return sum;
}

/// A convertible at maturity becomes shares where E/shares is above its conversion price.
RACKRACE_HD inline bool converts(const Firm& firm, const Tranche& tranche) {
    return tranche.kind == DebtKind::convertible && tranche.left_q <= 1 && firm.equity_value_usd / firm.shares > tranche.conversion_price;
}

/// A new number of shares. Owners who were wiped out hold none of it.
RACKRACE_HD inline void set_shares(Firm& firm, double shares) {
    firm.shares = shares;
    if (firm.own_frac > 0.0) firm.own_frac = 1.0 / shares;
}

RACKRACE_HD inline void convert(World& world, Ledger& ledger, int f, int d) {
    Firm& firm = world.firms[f];
    Tranche& tranche = firm.debt[d];
    post(world, ledger, Kind::conversion, f, kInvestor, tranche.principal, d);
    set_shares(firm, firm.shares + to_double(tranche.principal) / tranche.conversion_price);
    tranche = Tranche{};
}

/// Pays or converts what falls due of one tranche. Unpaid principal is arrears to the lender: it leaves the tranche, so that it is owed once.
RACKRACE_HD inline void service_principal(World& world, Ledger& ledger, int f, int d, double margin_apr) {
    Tranche& tranche = world.firms[f].debt[d];
    if (tranche.kind == DebtKind::none) return;
    if (converts(world.firms[f], tranche)) {
        convert(world, ledger, f, d);
        return;
    }
    const Usd due = principal_due(tranche);
    const int creditor = creditor_of(world, tranche);
    tranche.principal -= due;
    if (tranche.kind != DebtKind::revolver) --tranche.left_q;
    if (tranche.principal.value == 0) tranche = Tranche{};
    pay(world, ledger, Kind::debt_repayment, f, creditor, due, margin_apr, d);
}

/// Pays back `amount` of a tranche at par, from cash that is there.
RACKRACE_HD inline void repay_tranche(World& world, Ledger& ledger, int f, int d, Usd amount) {
    Tranche& tranche = world.firms[f].debt[d];
    const int creditor = creditor_of(world, tranche);
    tranche.principal -= amount;
    if (tranche.principal.value == 0) tranche = Tranche{};
    post(world, ledger, Kind::debt_repayment, f, creditor, amount, d);
}

/// Contract-backed debt above its borrowing base falls due over abl_cure_q quarters: each quarter such a part of what is above now, of all such
/// loans alike. Not in chapter 11.
RACKRACE_HD RACKRACE_APART inline void cure_base(const Scenario& scenario, World& world, Ledger& ledger, int f, double margin_apr) {
    const Parameters& p = scenario.parameters;
    Firm& firm = world.firms[f];
    const Usd drawn = principal_of(firm, DebtKind::contract_backed);
    if (drawn.value == 0 || !may_deal(firm)) return;
    const NettedReceipts net = netted_receipts(scenario, world, f, quarter_discount(p));
    const Usd due = to_usd(max(0.0, to_double(drawn) - base_of_firm_usd(scenario, world, f, net, Usd{})) / p.abl_cure_q);
    if (due.value == 0) return;
    Usd lent[kMaxTranches] = {}, parts[kMaxTranches];
    RACKRACE_NO_UNROLL
    for (int d = 0; d < kMaxTranches; ++d)
        if (firm.debt[d].kind == DebtKind::contract_backed) lent[d] = firm.debt[d].principal;
    share_among_loans(world, firm, lent, due, parts);
    RACKRACE_NO_UNROLL
    for (int d = 0; d < kMaxTranches; ++d) {
        if (parts[d].value == 0) continue;
        Tranche& tranche = firm.debt[d];
        tranche.principal -= parts[d];
        if (tranche.principal.value == 0) tranche = Tranche{};
        pay(world, ledger, Kind::debt_repayment, f, kInvestor, parts[d], margin_apr, d);
    }
}

/// A firm's tranches in the order of service: secured debt first, within a rank by tie hash. A firm in chapter 11 serves only that, a liquidated one none.
struct ServiceOrder {
    int tranche[kMaxTranches];
    int count;
};

RACKRACE_HD inline ServiceOrder service_order(const World& world, const Firm& firm) {
    ServiceOrder order;
    std::uint64_t ties[kMaxTranches];
    order.count = 0;
    RACKRACE_NO_UNROLL
    for (int secured = 1; secured >= (is_bankrupt(firm) ? 1 : 0); --secured) {
        if (!is_active(firm)) break;
        const int first = order.count;
        RACKRACE_NO_UNROLL
        for (int d = 0; d < kMaxTranches; ++d) {
            const Tranche& tranche = firm.debt[d];
            if (tranche.kind == DebtKind::none || (tranche.is_secured != 0) != (secured != 0)) continue;
            const std::uint64_t tie = tie_of_loan(world, tranche);
            int at = order.count++;
            RACKRACE_NO_UNROLL
            for (; at > first && ties[at - 1] < tie; --at) {
                ties[at] = ties[at - 1];
                order.tranche[at] = order.tranche[at - 1];
            }
            ties[at] = tie;
            order.tranche[at] = d;
        }
    }
    return order;
}

/// What the lenders of one kind did not get in this settlement counts towards default: an unsecured coupon may defer once, nothing secured may.
/// `owed`: arrears before.
RACKRACE_HD inline void count_missed(const Parameters& p, World& world, int f, bool is_secured, Usd owed) {
    if (!(arrears_of(world, f) > owed)) return;
    Firm& firm = world.firms[f];
    firm.missed_coupons = static_cast<std::int16_t>(is_secured ? static_cast<int>(p.default_missed_coupons) : firm.missed_coupons + 1);
}

/// S5 of one firm. Fees are those of signed money that is not drawn. What is drawn meanwhile has no date and owes nothing yet.
RACKRACE_HD inline void service_firm(const Scenario& scenario, World& world, Ledger& ledger, int f, const InterestDue& interest, double margin_apr) {
    const Parameters& p = scenario.parameters;
    pay_arrears(world, ledger, f, kInvestor, margin_apr);
    Firm& firm = world.firms[f];
    const ServiceOrder order = service_order(world, firm);
    const int missed = firm.missed_coupons;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < order.count; ++i) {
        const int d = order.tranche[i];
        const Usd owed = arrears_of(world, f);
        pay(world, ledger, Kind::interest, f, creditor_of(world, firm.debt[d]), interest.amount[f][d], margin_apr, d);
        if (firm.missed_coupons == missed) count_missed(p, world, f, firm.debt[d].is_secured != 0, owed);
    }
    if (firm.missed_coupons == missed) firm.missed_coupons = 0;  // all paid: a coupon that was missed alone is forgiven
    const double undrawn = to_double(firm.undrawn_contract_backed);
    pay(world, ledger, Kind::fee, f, kInvestor, to_usd(undrawn * p.abl_commitment_fee_apr / p.quarters_per_year), margin_apr);
    RACKRACE_NO_UNROLL
    for (int i = 0; i < order.count; ++i) {
        const Usd owed = arrears_of(world, f);
        const bool is_secured = firm.debt[order.tranche[i]].is_secured != 0;
        service_principal(world, ledger, f, order.tranche[i], margin_apr);
        if (is_secured) count_missed(p, world, f, true, owed);
    }
    const Usd owed = arrears_of(world, f);
    if (!is_bankrupt(firm)) cure_base(scenario, world, ledger, f, margin_apr);
    count_missed(p, world, f, true, owed);
}

/// S5 for all firms. Suppliers come last: by then they have what their buyers pay on vendor credit, whoever is first in the list.
RACKRACE_HD RACKRACE_APART inline void service_debt(const Scenario& scenario, World& world, Ledger& ledger, const InterestDue& interest,
                                    const double* margin_apr) {
    RACKRACE_NO_UNROLL
    for (int suppliers = 0; suppliers <= 1; ++suppliers) {
        RACKRACE_NO_UNROLL
        for (int f = 0; f < scenario.firm_count; ++f)
            if ((world.firms[f].role == Role::supplier) == (suppliers != 0)) service_firm(scenario, world, ledger, f, interest, margin_apr[f]);
    }
}

}  // namespace rackrace
