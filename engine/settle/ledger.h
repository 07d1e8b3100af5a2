// The only thing that moves money. A posting names its kind, payer, payee and amount; the table of kinds says which accounts move.
// The Ledger is the working paper of one quarter: opening balances and turnover by kind, from which identity I3 recomputes every account.
#pragma once

#include <cstdint>
#include <cstring>

#include "engine/base/index_set.h"
#include "engine/base/money.h"
#include "engine/market/deals.h"
#include "engine/settle/kinds.h"
#include "engine/world/world.h"

namespace rackrace {

struct Posting {
    Kind kind;
    std::uint8_t payer, payee;
    std::uint8_t stage;          // phase number of model.md section 3
    std::int32_t reference;      // contract id, product, region or tranche: what the kind is about
    Usd amount;
};

/// Where postings are written when a replay is wanted. `dropped` counts those beyond the capacity.
struct PostingList {
    Posting* items = nullptr;
    int capacity = 0;
    int count = 0;
    int dropped = 0;
};

static_assert(kKinds <= kIndexSetSize);

struct Ledger {
    Usd opening[kParties][kAccounts];
    Usd paid[kParties][kKinds];      // this quarter, as payer
    Usd received[kParties][kKinds];  // as payee
    IndexSet moved[kParties];        // kinds that the party paid or received; the other entries of its two rows are 0
    double opening_own_frac[kMaxFirms];     // share of the first owners
    Usd last_arrears[kMaxFirms][kParties];  // by firm and creditor: the part of the old arrears that is from last quarter
    std::int32_t phase;
    std::int32_t postings;
    PostingList* list;               // nullptr in batches and on the device
    Deals deals;                     // what the contract and money markets made of the orders
};

/// Starts a quarter: remembers the balances and clears the turnover.
RACKRACE_HD inline void open_ledger(Ledger& ledger, const World& world) {
    static_assert(sizeof(ledger.opening) == sizeof(world.balance));
    std::memcpy(&ledger.opening, &world.balance, sizeof(ledger.opening));
    RACKRACE_NO_UNROLL
    for (int party = 0; party < kParties; ++party) {
        RACKRACE_NO_UNROLL
        for (Usd& amount : ledger.paid[party]) amount = Usd{};
        RACKRACE_NO_UNROLL
        for (Usd& amount : ledger.received[party]) amount = Usd{};
        ledger.moved[party] = IndexSet{};
    }
    RACKRACE_NO_UNROLL
    for (int f = 0; f < kMaxFirms; ++f) ledger.opening_own_frac[f] = world.firms[f].own_frac;
    ledger.postings = 0;
    ledger.phase = 0;
    ledger.deals = Deals{};
}

/// Moves `amount` by the four legs of `row`. Only post() and the mutation test call it.
RACKRACE_HD inline void move_legs(World& world, const KindRow& row, int payer, int payee, Usd amount) {
    if (row.payer_debit != Account::none) balance_of(world, payer, row.payer_debit) += amount;
    if (row.payer_credit != Account::none) balance_of(world, payer, row.payer_credit) -= amount;
    if (row.payee_debit != Account::none) balance_of(world, payee, row.payee_debit) += amount;
    if (row.payee_credit != Account::none) balance_of(world, payee, row.payee_credit) -= amount;
}

/// Enters `amount` in the turnover of both sides. Only post() and the mutation test call it.
RACKRACE_HD inline void add_turnover(Ledger& ledger, Kind kind, int payer, int payee, Usd amount) {
    ledger.paid[payer][static_cast<int>(kind)] += amount;
    ledger.moved[payer].add(static_cast<int>(kind));
    if (is_internal(kind)) return;
    ledger.received[payee][static_cast<int>(kind)] += amount;
    ledger.moved[payee].add(static_cast<int>(kind));
}

RACKRACE_HD inline void list_posting(Ledger& ledger, Kind kind, int payer, int payee, Usd amount, std::int32_t reference) {
    if (ledger.list == nullptr) return;
    PostingList& list = *ledger.list;
    if (list.count == list.capacity) {
        ++list.dropped;
        return;
    }
    list.items[list.count++] = {kind, static_cast<std::uint8_t>(payer), static_cast<std::uint8_t>(payee), static_cast<std::uint8_t>(ledger.phase), reference, amount};
}

/// Posts one transaction. 0 is no transaction; a negative amount is a bug: it is listed, moves nothing and sets the world's fault.
/// A kind inside one firm is posted with payer = payee.
RACKRACE_HD RACKRACE_APART inline void post(World& world, Ledger& ledger, Kind kind, int payer, int payee, Usd amount, std::int32_t reference = 0) {
    if (amount.value == 0) return;
    if (amount.value < 0) {
        if (world.fault != Fault::none) return;
        world.fault = Fault::negative_posting;
        world.fault_where = static_cast<std::int32_t>(kind);
        world.fault_about = Subject::party;
        world.fault_who = static_cast<std::int16_t>(payer);
        world.fault_value = amount.value;
        list_posting(ledger, kind, payer, payee, amount, reference);
        return;
    }
    move_legs(world, row_of(kind), payer, payee, amount);
    add_turnover(ledger, kind, payer, payee, amount);
    ++ledger.postings;
    list_posting(ledger, kind, payer, payee, amount, reference);
}

RACKRACE_HD inline Usd paid(const Ledger& ledger, int party, Kind kind) { return ledger.paid[party][static_cast<int>(kind)]; }
RACKRACE_HD inline Usd received(const Ledger& ledger, int party, Kind kind) { return ledger.received[party][static_cast<int>(kind)]; }

/// A party's quarter by flow class: what came in less what went out.
struct NetFlows {
    Usd by_flow[kFlows];

    RACKRACE_HD Usd operator[](Flow flow) const { return by_flow[static_cast<int>(flow)]; }
};

RACKRACE_HD inline NetFlows net_flows(const Ledger& ledger, int party) {
    NetFlows net{};
    RACKRACE_NO_UNROLL
    for (IndexSet left = ledger.moved[party]; !left.is_empty();) {
        const int k = left.take_first();
        const Usd in = ledger.received[party][k], out = ledger.paid[party][k];
        const KindRow& row = row_of(static_cast<Kind>(k));
        net.by_flow[static_cast<int>(row.payee_flow)] += in;
        net.by_flow[static_cast<int>(row.payer_flow)] -= out;
    }
    return net;
}

}  // namespace rackrace
