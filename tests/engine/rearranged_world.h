// The same market with its rows elsewhere: firms, suppliers' slots, contracts, supply agreements, credit lines and debt moved to other places. What a rule
// makes of it must be the same up to the moves.
#pragma once

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <numeric>
#include <random>
#include <tuple>
#include <vector>

#include "engine/quarter/orders.h"
#include "engine/scenario/scenario.h"
#include "engine/settle/ledger.h"
#include "engine/world/world.h"

namespace rackrace::test {

/// Where each row stands after the move: row i at place [i].
struct Arrangement {
    std::array<int, kMaxFirms> firm;
    std::array<int, kMaxSuppliers> supplier;
    std::array<int, kMaxContracts> contract;
    std::array<int, kMaxAgreements> agreement;
    std::array<int, kMaxCreditLines> credit_line;
    std::array<std::array<int, kMaxTranches>, kMaxFirms> tranche;  // by firm before the move

    int party(int of) const { return is_firm(of) ? firm[static_cast<std::size_t>(of)] : of; }
    int firm_or_none(int of) const { return of < 0 ? of : party(of); }
};

template <std::size_t Count> void stay(std::array<int, Count>& place) { std::iota(place.begin(), place.end(), 0); }

inline Arrangement unmoved() {
    Arrangement to;
    stay(to.firm), stay(to.supplier), stay(to.contract), stay(to.agreement), stay(to.credit_line);
    for (auto& tranche : to.tranche) stay(tranche);
    return to;
}

/// Firms and suppliers among those that play, the other rows among all of their table.
inline Arrangement random_arrangement(const Scenario& scenario, std::mt19937_64& draw) {
    Arrangement to = unmoved();
    std::shuffle(to.firm.begin(), to.firm.begin() + scenario.firm_count, draw);
    std::shuffle(to.supplier.begin(), to.supplier.begin() + scenario.supplier_count, draw);
    std::shuffle(to.contract.begin(), to.contract.end(), draw);
    std::shuffle(to.agreement.begin(), to.agreement.end(), draw);
    std::shuffle(to.credit_line.begin(), to.credit_line.end(), draw);
    for (auto& tranche : to.tranche) std::shuffle(tranche.begin(), tranche.end(), draw);
    return to;
}

/// The firms and suppliers of `to` back at their places; the other rows stay where they are.
inline Arrangement firms_back(const Arrangement& to) {
    Arrangement back = unmoved();
    for (std::size_t f = 0; f < to.firm.size(); ++f) back.firm[static_cast<std::size_t>(to.firm[f])] = static_cast<int>(f);
    for (std::size_t s = 0; s < to.supplier.size(); ++s) back.supplier[static_cast<std::size_t>(to.supplier[s])] = static_cast<int>(s);
    return back;
}

template <class T, std::size_t Count> void move_rows(const T (&from)[Count], const std::array<int, Count>& place, T (&to)[Count]) {
    for (std::size_t i = 0; i < Count; ++i) to[place[i]] = from[i];
}

inline std::uint32_t moved_firms(std::uint32_t bits, const Arrangement& to) {
    std::uint32_t moved = 0;
    for (int f = 0; f < kMaxFirms; ++f) moved |= (bits >> f & 1u) << to.party(f);
    return moved;
}

inline void move_firms(const Arrangement& to, Scenario& scenario) {
    const Scenario was = scenario;
    move_rows(was.firms, to.firm, scenario.firms);
    for (FirmFacts& firm : scenario.firms)
        if (firm.supplier_slot >= 0) firm.supplier_slot = to.supplier[static_cast<std::size_t>(firm.supplier_slot)];
    for (std::size_t f = 0; f < to.firm.size(); ++f) std::memcpy(scenario.arrivals[to.firm[f]], was.arrivals[f], sizeof was.arrivals[f]);
    for (Product& product : scenario.products) {
        product.vendor = to.firm_or_none(product.vendor);
        product.buyer_mask = moved_firms(product.buyer_mask, to);
    }
    for (Shock& shock : scenario.shocks)
        if (shock.kind == ShockKind::efficiency || shock.kind == ShockKind::repudiate) shock.target = to.firm_or_none(shock.target);
}

/// Requests for in-house chips stand by the owner's place among the owners, who stand in the order of the firms.
inline void move_captive_requests(const Scenario& before, const Arrangement& to, const World& was, World& world) {
    for (int p = 0; p < before.product_count; ++p) {
        const std::uint32_t owners = before.products[p].buyer_mask, moved = moved_firms(owners, to);
        if (before.products[p].buyers != Buyers::captive) continue;
        int place = 0;
        for (int f = 0; f < kMaxFirms; ++f) {
            if ((owners >> f & 1u) == 0 || place == kMaxCaptiveOwners) continue;
            int new_place = 0;
            for (int g = 0; g < to.party(f); ++g) new_place += static_cast<int>(moved >> g & 1u);
            world.products[p].captive_request_chips[new_place] = was.products[p].captive_request_chips[place++];
        }
    }
}

inline void move_firm(const Arrangement& to, int f, const Firm& was, Firm& firm) {
    firm = was;
    move_rows(was.debt, to.tranche[static_cast<std::size_t>(f)], firm.debt);
    for (Tranche& tranche : firm.debt)
        if (tranche.lender != 0) tranche.lender = static_cast<std::uint8_t>(1 + to.supplier[tranche.lender - 1u]);
    if (firm.taken_by != 0) firm.taken_by = static_cast<std::int16_t>(1 + to.party(firm.taken_by - 1));
    move_rows(was.loyalty_frac, to.supplier, firm.loyalty_frac);
    move_rows(was.award_mean_it_kw, to.supplier, firm.award_mean_it_kw);
}

/// before: the scenario as it was.
inline void move_world(const Scenario& before, const Arrangement& to, World& world) {
    const auto copy = std::make_unique<World>(world);
    const World& was = *copy;
    for (int f = 0; f < kMaxFirms; ++f) {
        move_firm(to, f, was.firms[f], world.firms[to.party(f)]);
        for (int party = 0; party < kParties; ++party)
            for (int age = 0; age < 2; ++age) world.arrears[to.party(f)][to.party(party)][age] = was.arrears[f][party][age];
    }
    for (int party = 0; party < kParties; ++party) std::memcpy(world.balance[to.party(party)], was.balance[party], sizeof was.balance[party]);
    move_captive_requests(before, to, was, world);
    move_rows(was.suppliers, to.supplier, world.suppliers);
    for (SupplierState& supplier : world.suppliers) {
        const SupplierState here = supplier;
        supplier.firm = to.firm_or_none(here.firm);
        move_rows(here.buyer_weight, to.firm, supplier.buyer_weight);
    }
    move_rows(was.contracts, to.contract, world.contracts);
    for (Contract& contract : world.contracts) {
        if (contract.id == 0) continue;
        contract.seller = static_cast<std::int16_t>(to.party(contract.seller));
        contract.buyer = static_cast<std::int16_t>(to.party(contract.buyer));
    }
    move_rows(was.agreements, to.agreement, world.agreements);
    for (SupplyAgreement& agreement : world.agreements) {
        if (agreement.chips_q == 0) continue;
        agreement.supplier = static_cast<std::int16_t>(to.party(agreement.supplier));
        agreement.buyer = static_cast<std::int16_t>(to.party(agreement.buyer));
    }
    move_rows(was.credit_lines, to.credit_line, world.credit_lines);
    for (CreditLine& line : world.credit_lines) {
        if (line.left.value == 0) continue;
        line.supplier = static_cast<std::int16_t>(to.supplier[static_cast<std::size_t>(line.supplier)]);
        line.buyer = static_cast<std::int16_t>(to.party(line.buyer));
    }
    move_rows(was.history.cash_musd, to.firm, world.history.cash_musd);
    move_rows(was.history.debt_musd, to.firm, world.history.debt_musd);
    move_rows(was.history.status, to.firm, world.history.status);
    for (NewsItem& item : world.history.news)
        if (item.kind != NewsKind::none) item.firm = static_cast<std::int16_t>(to.firm_or_none(item.firm));
}

template <std::size_t Words> void move_slots(const std::uint64_t (&from)[Words], const std::array<int, kMaxContracts>& place, std::uint64_t (&to)[Words]) {
    for (std::uint64_t& word : to) word = 0;
    for (int c = 0; c < kMaxContracts; ++c)
        if (has_slot(from, c)) add_slot(to, place[static_cast<std::size_t>(c)]);
}

/// orders [kMaxFirms]
inline std::vector<Orders> moved_orders(const std::vector<Orders>& orders, const Arrangement& to) {
    std::vector<Orders> moved(orders.size());
    for (int f = 0; f < kMaxFirms; ++f) {
        const Orders& was = orders[static_cast<std::size_t>(f)];
        Orders& order = moved[static_cast<std::size_t>(to.party(f))];
        order = was;
        move_slots(was.renegotiate, to.contract, order.renegotiate);
        move_slots(was.break_contract, to.contract, order.break_contract);
        move_slots(was.favour_on, to.contract, order.favour_on);
        move_slots(was.favour_off, to.contract, order.favour_off);
        move_rows(was.repay, to.tranche[static_cast<std::size_t>(f)], order.repay);
        move_rows(was.accept_supply_chips, to.agreement, order.accept_supply_chips);
        move_rows(was.buyer_weight, to.firm, order.buyer_weight);
        order.buyer_weight_given = moved_firms(was.buyer_weight_given, to);
        for (FirmBid& bid : order.bid_firm) bid.firm = to.firm_or_none(bid.firm);
        for (CreditOffer& offer : order.finance_buyer) offer.buyer = static_cast<std::int16_t>(to.firm_or_none(offer.buyer));
        for (SupplyOffer& offer : order.offer_supply) offer.buyer = static_cast<std::int16_t>(to.firm_or_none(offer.buyer));
    }
    return moved;
}

inline auto key_of(const Contract& c) { return c.id == 0 ? kMaxContracts * 1000 : c.id; }
inline auto key_of(const SupplyAgreement& a) { return std::tuple(a.chips_q == 0, a.supplier, a.buyer, a.product, a.first_t, a.last_t, a.chips_q, a.discount_frac, a.is_accepted); }
inline auto key_of(const CreditLine& l) { return std::tuple(l.left.value == 0, l.supplier, l.buyer, l.left.value, l.rate_apr, l.term_q); }
inline auto key_of(const Tranche& d) {
    return std::tuple(d.kind == DebtKind::none, d.kind, d.lender, d.left_q, d.age_q, d.principal.value, d.rate_apr, d.conversion_price);
}
inline auto key_of(const NewsItem& n) { return std::tuple(n.kind == NewsKind::none, n.kind, n.firm, n.size); }

template <class T, std::size_t Count> void sort_rows(T (&rows)[Count]) {
    std::stable_sort(std::begin(rows), std::end(rows), [](const T& a, const T& b) { return key_of(a) < key_of(b); });
}

/// Agreements whose last delivery is on order leave their slots to others when those need them.
inline void forget_ended(const Scenario& scenario, World& world) {
    for (SupplyAgreement& agreement : world.agreements)
        if (agreement.last_t < world.t + static_cast<int>(scenario.parameters.chip_sale_lag_q)) agreement = SupplyAgreement{};
}

/// Rows whose place means nothing in the order of what they say.
inline void sort_tables(const Scenario& scenario, World& world) {
    forget_ended(scenario, world);
    sort_rows(world.contracts), sort_rows(world.agreements), sort_rows(world.credit_lines), sort_rows(world.history.news);
    for (Firm& firm : world.firms) sort_rows(firm.debt);
}

/// Place in `to` of each row of `from`, two tables with the same rows.
template <class T, std::size_t Count> std::array<int, Count> match_rows(const T (&from)[Count], const T (&to)[Count]) {
    const auto order = [](const T* rows) {
        std::array<int, Count> at;
        stay(at);
        std::stable_sort(at.begin(), at.end(), [rows](int a, int b) { return key_of(rows[a]) < key_of(rows[b]); });
        return at;
    };
    const auto a = order(from), b = order(to);
    std::array<int, Count> place;
    for (std::size_t i = 0; i < Count; ++i) place[static_cast<std::size_t>(a[i])] = b[i];
    return place;
}

/// A moved world with its firms back at their places; the rows of its tables stay where they are.
inline std::unique_ptr<World> moved_back(const Scenario& moved_scenario, const World& moved, const Arrangement& to) {
    auto back = std::make_unique<World>(moved);
    move_world(moved_scenario, firms_back(to), *back);
    return back;
}

/// How the tables of `moved` stand to those of `world` now, where the firms stand as in `to`: rows were added since the move.
inline Arrangement arrangement_now(const World& world, const Scenario& moved_scenario, const World& moved, const Arrangement& to) {
    const auto here = std::make_unique<World>(world), back = moved_back(moved_scenario, moved, to);
    forget_ended(moved_scenario, *here), forget_ended(moved_scenario, *back);
    Arrangement now = to;
    now.contract = match_rows(here->contracts, back->contracts);
    now.agreement = match_rows(here->agreements, back->agreements);
    now.credit_line = match_rows(here->credit_lines, back->credit_lines);
    for (std::size_t f = 0; f < to.firm.size(); ++f) now.tranche[f] = match_rows(here->firms[f].debt, back->firms[f].debt);
    return now;
}

}  // namespace rackrace::test
