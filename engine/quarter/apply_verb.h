// Every verb behind one function, for host and device: what the table of verbs.h is to the host, by types instead of pointers.
#pragma once

#include "engine/quarter/apply_b.h"
#include "engine/quarter/apply_deals.h"
#include "engine/quarter/desk.h"

namespace rackrace {

template <class... Args> struct VerbList {};

/// The arguments of all verbs, in the order of Verb.
using AllVerbs = VerbList<OfferContract, BidContract, SetOversell, Renegotiate, BreakContract, Borrow, RaiseEquity, Repay, SetPayout, BuyBack, BidPower, WithdrawPower, OrderOnsite, SellOnsite, BuildSite, SlowSite,
                          AbandonSite, LeaseSite, ExitLease, OrderCaptive, FundDesign, HireTalent, BidFirm, ListPrice, OrderWafers, WeighBuyer, CapBuyer, OfferSupply, FinanceBuyer, BidChips, AcceptSupply, CancelChips,
                          SellChips, BuyUsedChips, RetireChips, OfferSpot, BidSpot, FavourContract, Train, ServeFirst, SetPrice, SetPriority, UseInCore>;

/// A unit of what a result can be about: ids, places and words.
constexpr bool is_reference(Unit unit) {
    switch (unit) {
        case Unit::product_id: case Unit::region_id: case Unit::firm_id: case Unit::contract_id: case Unit::loan_id: case Unit::project_id:
        case Unit::agreement_id: case Unit::index: case Unit::kind_name: return true;
        default: return false;
    }
}

/// What an answered call leaves on the Desk: nothing where it was accepted, else a rejection.
RACKRACE_HD inline void note_answer(const VerbAnswer& answer, Verb verb, std::int32_t reference, Author author, Desk& desk) {
    if (answer.ok()) return;
    record(desk, {answer.asked, 0.0, answer.allowed, reference, verb, answer.code, author, 0});
    ++desk.rejections;
}

/// Takes the argument where none was taken before and a result can be about it.
template <bool kIsReference, class Value>
RACKRACE_HD void take_reference(Value value, bool& is_found, std::int32_t& reference) {
    if constexpr (kIsReference) {
        if (!is_found) reference = static_cast<std::int32_t>(value);
        is_found = true;
    }
}

/// The value of the first argument that a result can be about; -1 without one.
template <class Args, auto... Member, std::size_t... Index>
RACKRACE_HD std::int32_t reference_of(const Args& args, const ArgTable<Member...>&, std::index_sequence<Index...>) {
    constexpr auto table = VerbSchema<Args>::args;
    std::int32_t reference = -1;
    bool is_found = false;
    (take_reference<is_reference(table.rows[Index].unit)>(args.*Member, is_found, reference), ...);
    return reference;
}

/// Calls one verb where its number is `verb`. returns whether it was
template <class Args>
RACKRACE_HD bool apply_if(const Scenario& scenario, const World& world, int f, Verb verb, const void* bytes, int line, Orders& orders, VerbAnswer& answer, std::int32_t& reference) {
    if (VerbSchema<Args>::row.verb != verb) return false;
    const Args& args = *static_cast<const Args*>(bytes);
    constexpr auto table = VerbSchema<Args>::args;
    answer = apply(scenario, world, f, args, line, orders);
    reference = reference_of(args, table, std::make_index_sequence<arg_count(table)>{});
    return true;
}

template <class... Args>
RACKRACE_HD VerbAnswer apply_of(VerbList<Args...>, const Scenario& scenario, const World& world, int f, Verb verb, const void* args, int line, Orders& orders, std::int32_t& reference) {
    VerbAnswer answer;
    (apply_if<Args>(scenario, world, f, verb, args, line, orders, answer, reference) || ...);
    return answer;
}

/// Calls a verb with its struct of arguments. `reference`: what a result of it is about.
RACKRACE_HD RACKRACE_APART inline VerbAnswer apply_verb(const Scenario& scenario, const World& world, int f, Verb verb, const void* args, int line, Orders& orders, std::int32_t& reference) {
    return apply_of(AllVerbs{}, scenario, world, f, verb, args, line, orders, reference);
}

}  // namespace rackrace
