// The debt slots of a firm: who is owed, room for a new tranche, what two tranches of one kind become where slots run out, and what is shared among them.
// The slot that a loan happens to stand in means nothing.
#pragma once

#include "engine/base/hash.h"
#include "engine/market/pro_rata_money.h"
#include "engine/world/world.h"

namespace rackrace {

/// Who holds a tranche: the investor, or the supplier that lent for its chips.
RACKRACE_HD inline int creditor_of(const World& world, const Tranche& tranche) {
    return tranche.lender == 0 ? static_cast<int>(kInvestor) : world.suppliers[tranche.lender - 1].firm;
}

/// Covenants come with secured loans and with bonds.
RACKRACE_HD inline bool has_covenants(const Tranche& tranche) { return tranche.kind == DebtKind::bond || tranche.is_secured != 0; }

/// Tie hash of a loan among those of its firm: from what it says, not from its slot. The rate counts to 1e-6: it may come from sums in any order.
RACKRACE_HD inline std::uint64_t tie_of_loan(const World& world, const Tranche& loan) {
    return hash64(world.seed, world.t, static_cast<int>(loan.kind), loan.left_q, loan.age_q, loan.principal.value, to_int64(round_half_away(loan.rate_apr * 1e6)));
}

/// Splits `money` over the loans of a firm pro rata to `due`, leftover dollars by tie hash. due [kMaxTranches]: 0 where a loan takes no part.
RACKRACE_HD inline void share_among_loans(const World& world, const Firm& firm, const Usd* due, Usd money, Usd (&shares)[kMaxTranches]) {
    std::uint64_t tie[kMaxTranches];
    RACKRACE_NO_UNROLL
    for (int d = 0; d < kMaxTranches; ++d) tie[d] = due[d].value != 0 ? tie_of_loan(world, firm.debt[d]) : 0;
    pro_rata_money<kMaxTranches>(due, tie, kMaxTranches, money, shares);
}

/// Two tranches that differ in amount, rate and dates only.
RACKRACE_HD inline bool are_alike(const Tranche& a, const Tranche& b) {
    return a.kind == b.kind && a.lender == b.lender && a.is_floating == b.is_floating && a.is_amortising == b.is_amortising && a.is_secured == b.is_secured;
}

/// Mean of two terms weighted by money, rounded up.
RACKRACE_HD inline std::int16_t weighted_term_q(double a_usd, int a_q, double b_usd, int b_q) {
    return static_cast<std::int16_t>(ceil_to_int64((a_usd * a_q + b_usd * b_q) / (a_usd + b_usd) - 1e-9));
}

/// Takes `from`, which is like `into`, into it: rate and quarters left weighted by principal, the age of the older, the shares of both.
RACKRACE_HD inline void merge_tranches(Tranche& into, Tranche& from) {
    const double a = to_double(into.principal), b = to_double(from.principal);
    if (a + b > 0.0) {
        into.rate_apr = (into.rate_apr * a + from.rate_apr * b) / (a + b);
        into.left_q = weighted_term_q(a, into.left_q, b, from.left_q);
        if (into.conversion_price > 0.0 && from.conversion_price > 0.0) into.conversion_price = (a + b) / (a / into.conversion_price + b / from.conversion_price);
    }
    if (from.age_q > into.age_q) into.age_q = from.age_q;
    into.principal += from.principal;
    from = Tranche{};
}

/// Merges the two tranches alike that are nearest in maturity, equally near ones by tie hash. returns whether there were any
RACKRACE_HD inline bool merge_nearest(const World& world, Firm& firm) {
    int first = -1, second = -1, nearest = 0;
    std::uint64_t highest = 0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < kMaxTranches; ++i) {
        if (firm.debt[i].kind == DebtKind::none) continue;
        RACKRACE_NO_UNROLL
        for (int j = i + 1; j < kMaxTranches; ++j) {
            if (!are_alike(firm.debt[i], firm.debt[j])) continue;
            const int apart = firm.debt[i].left_q - firm.debt[j].left_q, distance = apart < 0 ? -apart : apart;
            const std::uint64_t tie = tie_of_loan(world, firm.debt[i]) ^ tie_of_loan(world, firm.debt[j]);
            if (first >= 0 && (distance > nearest || (distance == nearest && tie <= highest))) continue;
            first = i;
            second = j;
            nearest = distance;
            highest = tie;
        }
    }
    if (first < 0) return false;
    merge_tranches(firm.debt[first], firm.debt[second]);
    return true;
}

/// A free slot for a new tranche; where too few are free, the nearest in maturity merge (5.11). One is kept for the revolver, so that no
/// slot changes hands while a settlement holds interest by slot. -1 if nothing is free and nothing merges (capacity_refusals counts it).
RACKRACE_HD inline int take_slot(World& world, int f, DebtKind kind) {
    Firm& firm = world.firms[f];
    bool has_revolver = kind == DebtKind::revolver;
    RACKRACE_NO_UNROLL
    for (int d = 0; d < kMaxTranches; ++d) has_revolver = has_revolver || firm.debt[d].kind == DebtKind::revolver;
    const int needed = has_revolver ? 1 : 2;
    int slot = -1;
    bool is_tried = false;
    RACKRACE_NO_UNROLL
    while (!is_tried) {
        int free = 0;
        slot = -1;
        RACKRACE_NO_UNROLL
        for (int d = 0; d < kMaxTranches; ++d) {
            if (firm.debt[d].kind != DebtKind::none) continue;
            if (slot < 0) slot = d;
            ++free;
        }
        is_tried = free >= needed || !merge_nearest(world, firm);
    }
    if (slot < 0) ++world.capacity_refusals;
    return slot;
}

/// Puts `drawn` into the loan alike that is in its first quarter, or into a slot of its own. returns the slot; -1: nothing is drawn
RACKRACE_HD inline int add_tranche(World& world, int f, Tranche drawn) {
    RACKRACE_NO_UNROLL
    for (int d = 0; d < kMaxTranches; ++d) {
        Tranche& young = world.firms[f].debt[d];
        if (young.age_q != 0 || !are_alike(young, drawn)) continue;
        merge_tranches(young, drawn);
        return d;
    }
    const int d = take_slot(world, f, drawn.kind);
    if (d >= 0) world.firms[f].debt[d] = drawn;
    return d;
}

}  // namespace rackrace
