// Settlement step S3: contract bills, prepayments drawn, damages, and what is owed from before, all at once by the clearing vector.
#pragma once

#include "engine/market/contract_billing.h"
#include "engine/market/live_contracts.h"
#include "engine/settle/clearing_vector.h"
#include "engine/settle/payments.h"

namespace rackrace {

/// Row of a party in the clearing bills: firms by index, the customer sector (outside buyers and sellers) last.
RACKRACE_HD inline int payer_row(int party) { return is_firm(party) ? party : kMaxFirms; }
RACKRACE_HD inline int payer_party(int row) { return row < kMaxFirms ? row : static_cast<int>(kCustomer); }

/// Posts every bill and damage whole and adds it to the dues; what is left of a prepayment after the last quarter goes back to the buyer. What cannot be paid comes back as arrears when the vector is known.
RACKRACE_HD RACKRACE_APART inline void post_contract_bills(const Scenario& scenario, World& world, Ledger& ledger, const LiveContracts& live, ClearingBills& bills) {
    RACKRACE_NO_UNROLL
    for (int i = 0; i < live.count; ++i) {
        Contract& contract = world.contracts[live.slot[i]];
        const ContractBill bill = bill_contract(scenario.parameters, contract.price_usd_h, contract.takeorpay_frac, contract.due_h100e[0],
                                                contract.delivered_h100e, contract.used_h100e, contract.prepaid);
        post(world, ledger, Kind::prepayment_draw, contract.buyer, contract.seller, bill.from_prepayment, contract.id);
        post(world, ledger, Kind::contract_bill, contract.buyer, contract.seller, bill.cash, contract.id);
        post(world, ledger, Kind::damages, contract.seller, contract.buyer, bill.damages, contract.id);
        contract.prepaid -= bill.from_prepayment;
        const Usd left = world.t >= contract.end_t ? contract.prepaid : Usd{};
        post(world, ledger, Kind::prepayment_returned, contract.seller, contract.buyer, left, contract.id);
        contract.prepaid -= left;
        if (is_firm(contract.seller)) world.firms[contract.seller].history[0].takeorpay_receipts += bill.takeorpay;
        bills.dues[payer_row(contract.buyer)][payer_row(contract.seller)] += bill.cash;
        bills.dues[payer_row(contract.seller)][payer_row(contract.buyer)] += bill.damages + left;
    }
}

/// Splits what stays unpaid between two parties: payments go to the oldest first, so the unpaid part is this quarter's first.
/// `gross` is this quarter's bills, `old` the arrears that joined them; both are posted as paid already.
RACKRACE_HD inline void book_unpaid(World& world, Ledger& ledger, int debtor, int creditor, Usd unpaid, Usd gross) {
    if (unpaid.value <= 0) return;
    post(world, ledger, Kind::arrears, debtor, creditor, unpaid);
    const Usd young = min_usd(unpaid, gross);
    world.arrears[debtor][creditor][0] += young;
    world.arrears[debtor][creditor][1] += unpaid - young;
}

/// What is owed from before joins the dues: posted as paid, like the bills, and the same to come back as arrears.
RACKRACE_HD inline void add_old_arrears(const Scenario& scenario, World& world, Ledger& ledger, ClearingBills& bills) {
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.firm_count; ++i) {
        if (arrears_of(world, i).value == 0 || is_bankrupt(world.firms[i])) continue;
        RACKRACE_NO_UNROLL
        for (int j = 0; j < kMaxPayers; ++j) {
            Usd& old = world.arrears[i][payer_party(j)][1];
            post(world, ledger, Kind::arrears_payment, i, payer_party(j), old);
            bills.dues[i][j] += old;
            old = Usd{};
        }
    }
}

/// The clearing vector of `bills`, and as arrears what it leaves unpaid. this_quarter: the dues without the old arrears.
RACKRACE_HD RACKRACE_APART inline void book_shortfalls(const Scenario& scenario, World& world, Ledger& ledger, const ClearingBills& bills,
                                                       const Usd (&this_quarter)[kMaxPayers][kMaxPayers]) {
    const ClearingPayments payments = clear_bills(scenario.parameters, bills);
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.firm_count; ++i) {
        if (!payments.is_short[i]) continue;
        RACKRACE_NO_UNROLL
        for (int j = 0; j < kMaxPayers; ++j) {
            const Usd net = max_usd(Usd{}, bills.dues[i][j] - bills.dues[j][i]);
            book_unpaid(world, ledger, i, payer_party(j), net - payments.payment[i][j], this_quarter[i][j]);
        }
    }
}

/// S3. margin_apr [firm]: of a revolver draw.
RACKRACE_HD RACKRACE_APART inline void settle_contracts(const Scenario& scenario, World& world, Ledger& ledger, const LiveContracts& live,
                                                        const double* margin_apr) {
    ClearingBills bills;
    bills.count = kMaxPayers;
    RACKRACE_NO_UNROLL
    for (int row = 0; row < kMaxPayers; ++row) {
        bills.id[row] = row < scenario.firm_count ? scenario.firms[row].id : static_cast<std::uint64_t>(row);
        bills.cash[row] = row < scenario.firm_count ? means_of(world, row) : Usd{};
    }
    bills.always_pays[kMaxFirms] = true;
    post_contract_bills(scenario, world, ledger, live, bills);
    Usd this_quarter[kMaxPayers][kMaxPayers];
    RACKRACE_NO_UNROLL
    for (int i = 0; i < kMaxPayers; ++i) {
        RACKRACE_NO_UNROLL
        for (int j = 0; j < kMaxPayers; ++j) this_quarter[i][j] = bills.dues[i][j];
    }
    add_old_arrears(scenario, world, ledger, bills);
    if (!can_all_pay(bills)) book_shortfalls(scenario, world, ledger, bills, this_quarter);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f)
        if (cash_of(world, f).value < 0) draw_revolver(world, ledger, f, -cash_of(world, f), margin_apr[f]);
}

}  // namespace rackrace
