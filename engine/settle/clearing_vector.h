// Bills among firms that owe each other are paid at once, so that no result depends on who pays first: the greatest payments that cash and
// receipts allow, each payer treating its creditors alike. Posts nothing; the settlement step does.
#pragma once

#include <cstdint>

#include "engine/base/host_device.h"
#include "engine/base/money.h"
#include "engine/base/numbers.h"
#include "engine/scenario/parameters.h"
#include "engine/world/capacities.h"

namespace rackrace {

inline constexpr int kMaxPayers = kMaxFirms + 1;  // the firms, and the customer sector for outside buyers and sellers of compute

struct ClearingBills {
    int count = 0;
    Usd dues[kMaxPayers][kMaxPayers] = {};  // [debtor][creditor], >= 0, before netting; the diagonal is ignored
    Usd cash[kMaxPayers] = {};              // with the undrawn revolver; below 0 counts as 0
    bool always_pays[kMaxPayers] = {};      // the outside
    std::uint64_t id[kMaxPayers] = {};      // stable ids: the order of elimination and of sums, so that indices have no say
};

struct ClearingPayments {
    Usd due[kMaxPayers] = {};  // after netting of each pair
    Usd paid[kMaxPayers] = {};
    Usd payment[kMaxPayers][kMaxPayers] = {};  // [debtor][creditor]; what is due and not here becomes arrears
    Usd gap[kMaxPayers] = {};                  // paid above cash and receipts by rounding: drawn on the revolver, beyond its limit if need be
    bool is_short[kMaxPayers] = {};
};

/// The bills in order of stable id, as numbers: what the payments are computed on.
struct ClearingSystem {
    int count = 0;
    int row[kMaxPayers] = {};                 // index in the bills
    double net[kMaxPayers][kMaxPayers] = {};  // due of one to the other after netting: one of each pair is 0
    double due[kMaxPayers] = {};
    double cash[kMaxPayers] = {};
    double paid[kMaxPayers] = {};    // not yet rounded
    bool is_short[kMaxPayers] = {};  // D
};

/// Whether everybody can pay all it owes if everybody else does: then the vector is known, nobody is short and each bill is paid in full.
RACKRACE_HD inline bool can_all_pay(const ClearingBills& bills) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < bills.count; ++f) {
        if (bills.always_pays[f]) continue;
        Usd left = max_usd(Usd{}, bills.cash[f]);
        RACKRACE_NO_UNROLL
        for (int g = 0; g < bills.count; ++g) left += bills.dues[g][f] - bills.dues[f][g];
        if (left.value < 0) return false;
    }
    return true;
}

RACKRACE_HD RACKRACE_APART inline ClearingSystem net_bills(const ClearingBills& bills) {
    ClearingSystem system;
    system.count = bills.count;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < bills.count; ++f) {
        int at = f;
        RACKRACE_NO_UNROLL
        for (; at > 0 && bills.id[system.row[at - 1]] > bills.id[f]; --at) system.row[at] = system.row[at - 1];
        system.row[at] = f;
    }
    RACKRACE_NO_UNROLL
    for (int f = 0; f < system.count; ++f) {
        RACKRACE_NO_UNROLL
        for (int g = 0; g < system.count; ++g) {
            const Usd owed = bills.dues[system.row[f]][system.row[g]], owing = bills.dues[system.row[g]][system.row[f]];
            system.net[f][g] = f != g && owed > owing ? to_double(owed - owing) : 0.0;
            system.due[f] += system.net[f][g];
        }
        system.cash[f] = bills.always_pays[system.row[f]] ? kInfinity : max(0.0, to_double(bills.cash[system.row[f]]));
        system.paid[f] = system.due[f];
    }
    return system;
}

/// Adds to D the payers that cannot pay in full at the present payments. returns whether D grew.
RACKRACE_HD RACKRACE_APART inline bool add_short_payers(const Parameters& p, ClearingSystem& system) {
    bool grew = false;
    bool is_new[kMaxPayers] = {};
    RACKRACE_NO_UNROLL
    for (int f = 0; f < system.count; ++f) {
        if (system.is_short[f] || system.due[f] <= 0.0) continue;
        double means = system.cash[f];
        RACKRACE_NO_UNROLL
        for (int g = 0; g < system.count; ++g)
            if (system.net[g][f] > 0.0) means += system.paid[g] * (system.net[g][f] / system.due[g]);
        // half a dollar at most: what is missing by less is rounding of the sums, and becomes a gap
        is_new[f] = system.due[f] - means > min(0.5, p.payment_fraction_precision * system.due[f]);
        grew = grew || is_new[f];
    }
    RACKRACE_NO_UNROLL
    for (int f = 0; f < system.count; ++f) system.is_short[f] = system.is_short[f] || is_new[f];
    return grew;
}

/// Solves for what the payers of D pay: paid_f = cash_f + sum over debtors g of paid_g x (their share to f). Columns sum to at most 1
/// off the diagonal, so elimination needs no pivoting; a pivot of 0 would be a closed circle without cash, which pays nothing.
RACKRACE_HD RACKRACE_APART inline void solve_short_payers(ClearingSystem& system) {
    int member[kMaxPayers], size = 0;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < system.count; ++f)
        if (system.is_short[f]) member[size++] = f;
    double matrix[kMaxPayers][kMaxPayers], right[kMaxPayers];
    RACKRACE_NO_UNROLL
    for (int i = 0; i < size; ++i) {
        const int f = member[i];
        right[i] = system.cash[f];
        RACKRACE_NO_UNROLL
        for (int g = 0; g < system.count; ++g)
            if (!system.is_short[g]) right[i] += system.net[g][f];
        RACKRACE_NO_UNROLL
        for (int j = 0; j < size; ++j) matrix[i][j] = (i == j ? 1.0 : 0.0) - system.net[member[j]][f] / system.due[member[j]];
    }
    RACKRACE_NO_UNROLL
    for (int k = 0; k < size; ++k) {
        RACKRACE_NO_UNROLL
        for (int i = k + 1; i < size; ++i) {
            if (matrix[i][k] == 0.0 || matrix[k][k] <= 0.0) continue;
            const double factor = matrix[i][k] / matrix[k][k];
            RACKRACE_NO_UNROLL
            for (int j = k; j < size; ++j) matrix[i][j] -= factor * matrix[k][j];
            right[i] -= factor * right[k];
        }
    }
    RACKRACE_NO_UNROLL
    for (int k = size - 1; k >= 0; --k) {
        double value = right[k];
        RACKRACE_NO_UNROLL
        for (int j = k + 1; j < size; ++j) value -= matrix[k][j] * system.paid[member[j]];
        system.paid[member[k]] = matrix[k][k] > 0.0 ? clamp(value / matrix[k][k], 0.0, system.due[member[k]]) : 0.0;
    }
}

/// The payments: the largest pay_f = min(due_f, cash_f + receipts_f), pro rata over creditors, after netting what each pair owes.
/// Starting from all paid in full, firms that are short join D and D's fractions are solved again, at most one round a payer. Fractions
/// are rounded down to payment_fraction_precision, payments to whole dollars.
/// Source: Eisenberg & Noe 2001 (clearing vector and the algorithm of fictitious defaults).
RACKRACE_HD RACKRACE_APART inline ClearingPayments clear_bills(const Parameters& p, const ClearingBills& bills) {
    ClearingSystem system = net_bills(bills);
    RACKRACE_NO_UNROLL
    while (add_short_payers(p, system)) solve_short_payers(system);
    ClearingPayments out;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < system.count; ++f) {
        const int debtor = system.row[f];
        double fraction = 1.0;
        if (system.is_short[f]) fraction = std::floor(system.paid[f] / system.due[f] / p.payment_fraction_precision) * p.payment_fraction_precision;
        out.is_short[debtor] = system.is_short[f];
        RACKRACE_NO_UNROLL
        for (int g = 0; g < system.count; ++g) {
            if (system.net[f][g] == 0.0) continue;
            const Usd payment = to_usd(fraction * system.net[f][g]);
            out.payment[debtor][system.row[g]] = payment;
            out.paid[debtor] += payment;
            out.due[debtor] += to_usd(system.net[f][g]);
        }
    }
    RACKRACE_NO_UNROLL
    for (int f = 0; f < system.count; ++f) {
        if (bills.always_pays[f]) continue;
        Usd means = max_usd(bills.cash[f], Usd{0});
        RACKRACE_NO_UNROLL
        for (int g = 0; g < system.count; ++g) means += out.payment[g][f];
        out.gap[f] = max_usd(Usd{0}, out.paid[f] - means);
    }
    return out;
}

}  // namespace rackrace
