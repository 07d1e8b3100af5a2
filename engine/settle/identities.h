// The identities of model.md 6.4, exact in integers, checked at the close of every quarter in every build.
// Each finds the first party, product or region that breaks it and by how much; the world's fault then stops the run.
#pragma once

#include "engine/base/numbers.h"
#include "engine/market/power_connection.h"
#include "engine/scenario/scenario.h"
#include "engine/settle/backlog.h"
#include "engine/settle/broken.h"
#include "engine/settle/finite.h"
#include "engine/settle/identities_exit.h"
#include "engine/settle/identities_spot.h"
#include "engine/settle/ledger.h"

namespace rackrace {

inline constexpr std::int64_t kShareUnits = 1000000000;  // shares of a segment are stored in 1e-9

/// I1: the cash of all parties is the money of the start.
RACKRACE_HD inline Broken check_money(const World& world) {
    Usd sum{};
    RACKRACE_NO_UNROLL
    for (int party = 0; party < kParties; ++party) sum += cash_of(world, party);
    return sum.value == world.opening_money ? Broken{} : Broken{1, Subject::market, 0, sum.value - world.opening_money};
}

/// I2: each party's books balance: assets less liabilities are paid-in and retained.
RACKRACE_HD inline Broken check_balance_sheets(const World& world) {
    RACKRACE_NO_UNROLL
    for (int party = 0; party < kParties; ++party) {
        Usd sum{};
        RACKRACE_NO_UNROLL
        for (int a = 0; a < kAccounts; ++a) sum += world.balance[party][a];
        if (sum.value != 0) return {2, Subject::party, party, sum.value};
    }
    return {};
}

/// I3: every account closes at its opening plus the legs of the quarter's postings, and each kind pays what it receives.
/// A posting that left no bit in moved[] shows as well: its legs moved accounts.
RACKRACE_HD RACKRACE_APART inline Broken check_flows(const World& world, const Ledger& ledger) {
    Usd surplus[kKinds] = {};  // received less paid
    RACKRACE_NO_UNROLL
    for (int party = 0; party < kParties; ++party) {
        Usd expected[kAccounts + 2] = {};  // two more, for Account::none
        RACKRACE_NO_UNROLL
        for (int a = 0; a < kAccounts; ++a) expected[a] = ledger.opening[party][a];
        RACKRACE_NO_UNROLL
        for (IndexSet left = ledger.moved[party]; !left.is_empty();) {
            const int k = left.take_first();
            const Usd out = ledger.paid[party][k], in = ledger.received[party][k];
            surplus[k] += in - out;
            const KindRow& row = row_of(static_cast<Kind>(k));
            expected[static_cast<int>(row.payer_debit)] += out;
            expected[static_cast<int>(row.payer_credit)] -= out;
            expected[static_cast<int>(row.payee_debit)] += in;
            expected[static_cast<int>(row.payee_credit)] -= in;
        }
        RACKRACE_NO_UNROLL
        for (int a = 0; a < kAccounts; ++a)
            if (world.balance[party][a] != expected[a]) return {3, Subject::party, party, (world.balance[party][a] - expected[a]).value};
    }
    RACKRACE_NO_UNROLL
    for (int k = 0; k < kKinds; ++k)
        if (surplus[k].value != 0 && !is_internal(static_cast<Kind>(k))) return {3, Subject::kind, k, surplus[k].value};
    return {};
}

/// I4: a firm's tranches are its debt account, and all debt is owed to the investor or to a supplier that lent.
RACKRACE_HD inline Broken check_debt(const World& world) {
    Usd owed{}, lent{};
    RACKRACE_NO_UNROLL
    for (int f = 0; f < kMaxFirms; ++f) {
        Usd principal{};
        RACKRACE_NO_UNROLL
        for (int d = 0; d < kMaxTranches; ++d) principal += world.firms[f].debt[d].principal;
        const Usd account = -balance_of(world, f, Account::debt);
        if (principal != account) return {4, Subject::party, f, (principal - account).value};
        owed += account;
    }
    RACKRACE_NO_UNROLL
    for (int party = 0; party < kParties; ++party) lent += balance_of(world, party, Account::loans_made);
    return owed == lent ? Broken{} : Broken{4, Subject::party, kInvestor, (lent - owed).value};
}

/// I5: chips by product add up to the accounts; nothing is depreciated below zero.
RACKRACE_HD inline Broken check_fixed_assets(const World& world) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < kMaxFirms; ++f) {
        Usd gross{}, depreciation{};
        RACKRACE_NO_UNROLL
        for (int p = 0; p < kMaxProducts; ++p) {
            const Holding& h = world.firms[f].holdings[p];
            if ((h.installed | h.warehouse) == 0 && (h.gross.value | h.depreciation.value) == 0) continue;
            if (h.depreciation.value < 0 || h.depreciation > h.gross) return {5, Subject::party, f, (h.gross - h.depreciation).value};
            if (h.installed < 0 || h.warehouse < 0) return {5, Subject::party, f, h.installed < h.warehouse ? h.installed : h.warehouse};
            gross += h.gross;
            depreciation += h.depreciation;
        }
        if (gross != balance_of(world, f, Account::chips_gross)) return {5, Subject::party, f, (gross - balance_of(world, f, Account::chips_gross)).value};
        if (depreciation != -balance_of(world, f, Account::chips_depreciation))
            return {5, Subject::party, f, (depreciation + balance_of(world, f, Account::chips_depreciation)).value};
        const Usd sites = balance_of(world, f, Account::sites_gross) + balance_of(world, f, Account::sites_depreciation);
        const Usd onsite = balance_of(world, f, Account::onsite_gross) + balance_of(world, f, Account::onsite_depreciation);
        if (sites.value < 0 || onsite.value < 0) return {5, Subject::party, f, sites < onsite ? sites.value : onsite.value};
    }
    return {};
}

/// I6: every chip ever made, or there at the start, is with its vendor, a firm, the dealer, the rest of the world, or scrapped.
RACKRACE_HD inline Broken check_chips(const Scenario& scenario, const World& world) {
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        const ProductState& product = world.products[p];
        std::int64_t there = product.inventory_chips + product.total_row + product.total_scrapped;
        RACKRACE_NO_UNROLL
        for (int age = 0; age < kDealerAges; ++age) there += product.dealer_chips[age];
        RACKRACE_NO_UNROLL
        for (int f = 0; f < scenario.firm_count; ++f) there += world.firms[f].holdings[p].installed + world.firms[f].holdings[p].warehouse;
        const std::int64_t made = product.total_opening + product.total_made;
        if (there != made || product.inventory_chips < 0) return {6, Subject::product, p, there - made};
    }
    return {};
}

/// I7: chips on order are those awarded, less those that shipped and were cancelled; deposits that buyers paid on open orders are what suppliers
/// hold for them. Shipped chips wait in slot 0 for their payment.
RACKRACE_HD inline Broken check_orders(const Scenario& scenario, const World& world) {
    Usd held[kMaxFirms] = {};
    std::int64_t on_order[kMaxProducts] = {};
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        Usd mine{};
        RACKRACE_NO_UNROLL
        for (int p = 0; p < scenario.product_count; ++p) {
            Usd deposits{};
            RACKRACE_NO_UNROLL
            for (int slot = 0; slot < kOrderSlots; ++slot) {
                const ChipOrder& order = world.firms[f].orders[p][slot];
                if (order.chips < 0) return {7, Subject::party, f, order.chips};
                deposits += order.deposit;
                if (slot > 0) on_order[p] += order.chips;
            }
            mine += deposits;
            held[scenario.products[p].vendor] += deposits;
        }
        if (mine != balance_of(world, f, Account::chip_deposits)) return {7, Subject::party, f, (mine - balance_of(world, f, Account::chip_deposits)).value};
    }
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f)
        if (held[f] != -balance_of(world, f, Account::deposits_held)) return {7, Subject::party, f, (held[f] + balance_of(world, f, Account::deposits_held)).value};
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p)
        if (on_order[p] != world.on_order_chips[p]) return {7, Subject::product, p, on_order[p] - world.on_order_chips[p]};
    return {};
}

/// I8: grid power is what the exogenous path brought, held or free, neither below 0; no firm runs chips beyond its usable power and shell.
RACKRACE_HD inline Broken check_power(const Scenario& scenario, const World& world) {
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) {
        std::int64_t held = world.regions[r].free_kw;
        RACKRACE_NO_UNROLL
        for (int f = 0; f < scenario.firm_count; ++f) {
            const Site& site = world.firms[f].sites[r];
            held += site.grid_kw;
            if (site.grid_kw < 0 || site.onsite_kw < 0 || site.shell_kw < 0 || site.lease_kw < 0) return {8, Subject::party, f, r};
        }
        if (held != world.regions[r].exogenous_kw || world.regions[r].free_kw < 0) return {8, Subject::region, r, held - world.regions[r].exogenous_kw};
    }
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        const double over = installed_it_kw(scenario, world.firms[f]) - usable_it_kw(scenario, world.firms[f]);
        if (over > 1e-6) return {8, Subject::party, f, ceil_to_int64(over)};
    }
    return {};
}

/// I9: for each firm and generation, own compute and what it bought are delivered, used, sold or idle.
RACKRACE_HD inline Broken check_compute(const Scenario& scenario, const World& world) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        const Firm& firm = world.firms[f];
        RACKRACE_NO_UNROLL
        for (int g = 0; g < kMaxGenerations; ++g) {
            const std::int64_t in = static_cast<std::int64_t>(firm.pool_h100e[g]) + firm.received_h100e[g];
            const std::int64_t out = static_cast<std::int64_t>(firm.delivered_h100e[g]) + firm.used_h100e[g] + firm.sold_spot_h100e[g] + firm.idle_h100e[g];
            if (in != out) return {9, Subject::party, f, in - out};
            if (firm.delivered_h100e[g] < 0 || firm.used_h100e[g] < 0 || firm.idle_h100e[g] < 0 || firm.sold_spot_h100e[g] < 0) return {9, Subject::party, f, g};
        }
    }
    return {};
}

/// I10: what sellers delivered is what buyers received, what buyers prepaid is what sellers owe, and the backlog carried forward is that of
/// the live rows.
RACKRACE_HD RACKRACE_APART inline Broken check_contracts(const Scenario& scenario, const World& world) {
    Usd prepaid[kParties] = {}, deferred[kParties] = {}, left{};
    std::int64_t sold[kParties] = {}, bought[kParties] = {};
    RACKRACE_NO_UNROLL
    for (int c = 0; c < kMaxContracts; ++c) {
        const Contract& contract = world.contracts[c];
        if (contract.id == 0) continue;
        if (contract.delivered_h100e > contract.due_h100e[0] || contract.used_h100e > contract.delivered_h100e) return {10, Subject::contract, c, contract.id};
        prepaid[contract.buyer] += contract.prepaid;
        deferred[contract.seller] += contract.prepaid;
        sold[contract.seller] += contract.delivered_h100e;
        bought[contract.buyer] += contract.delivered_h100e;
        left += contract_backlog(scenario.parameters, contract, world.t);
    }
    RACKRACE_NO_UNROLL
    for (int party = 0; party < kParties; ++party) {
        if (prepaid[party] != balance_of(world, party, Account::prepaid_compute)) return {10, Subject::party, party, prepaid[party].value};
        if (deferred[party] != -balance_of(world, party, Account::deferred_revenue)) return {10, Subject::party, party, deferred[party].value};
    }
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        RACKRACE_NO_UNROLL
        for (int g = 0; g < kMaxGenerations; ++g) {
            sold[f] -= world.firms[f].delivered_h100e[g];
            bought[f] -= world.firms[f].received_h100e[g];
        }
        if (sold[f] != 0 || bought[f] != 0) return {10, Subject::party, f, sold[f] != 0 ? sold[f] : bought[f]};
    }
    return left == world.backlog ? Broken{} : Broken{10, Subject::market, 0, (left - world.backlog).value};
}

/// I14: in each region, kW sold ahead, won or requested wait, are connected or were given back.
RACKRACE_HD inline Broken check_queue(const Scenario& scenario, const World& world) {
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) {
        const RegionState& region = world.regions[r];
        std::int64_t there = region.energised_kw + region.withdrawn_kw;
        RACKRACE_NO_UNROLL
        for (int f = 0; f < scenario.firm_count; ++f) there += waiting_kw(scenario, world.firms[f].sites[r]);
        if (there != region.asked_kw) return {14, Subject::region, r, there - region.asked_kw};
    }
    return {};
}

/// I12: shares of a segment sum to 1; adoption and served ratios are shares.
RACKRACE_HD inline Broken check_shares(const Scenario& scenario, const World& world) {
    RACKRACE_NO_UNROLL
    for (int s = 0; s < kMaxSegments; ++s) {
        std::int64_t sum = world.segments[s].outside_share_ppb;
        RACKRACE_NO_UNROLL
        for (int f = 0; f < scenario.firm_count; ++f) {
            sum += world.firms[f].share_ppb[s];
            if (world.firms[f].served_frac[s] < 0.0 || world.firms[f].served_frac[s] > 1.0) return {12, Subject::party, f, s};
        }
        if (sum != kShareUnits) return {12, Subject::segment, s, sum - kShareUnits};
        if (world.segments[s].adopted_frac < 0.0 || world.segments[s].adopted_frac > 1.0) return {12, Subject::segment, s, 0};
    }
    return {};
}

/// I13: the first owners hold a share of the company of at most 1, which only a buy-back raises; nothing of one that is wound up or taken over. by: in 1e-9.
RACKRACE_HD inline Broken check_ownership(const Scenario& scenario, const World& world, const Ledger& ledger) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        const double own = world.firms[f].own_frac, before = ledger.opening_own_frac[f];
        const bool may_rise = before > 0.0 && paid(ledger, f, Kind::share_buy_back).value > 0;
        const bool is_sound = own >= 0.0 && own <= 1.0 && (own <= before || may_rise) && (own == 0.0 || !is_gone(scenario.parameters, world.firms[f]));
        if (!is_sound) return {13, Subject::party, f, floor_to_int64((own - before) * static_cast<double>(kShareUnits))};
    }
    return {};
}

/// I16, second half: every lever that an active firm keeps from quarter to quarter stands within its bounds. by: place of the lever in the list below.
RACKRACE_HD inline Broken check_levers(const Scenario& scenario, const World& world) {
    const Parameters& p = scenario.parameters;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        const Firm& firm = world.firms[f];
        if (!is_active(firm)) continue;
        const double levers[] = {firm.train_frac, firm.segment_priority_frac, firm.payout_frac, firm.core_use_frac, firm.oversell_ratio};
        const double low[] = {0.0, 0.0, 0.0, 0.0, p.oversell_min_ratio}, high[] = {1.0, 1.0, 1.0, p.core_use_max_frac, p.oversell_max_ratio};
        RACKRACE_NO_UNROLL
        for (int i = 0; i < 5; ++i)
            if (!(levers[i] >= low[i] && levers[i] <= high[i])) return {16, Subject::party, f, i};
    }
    RACKRACE_NO_UNROLL
    for (int s = 0; s < scenario.supplier_count; ++s) {
        const SupplierState& supplier = world.suppliers[s];
        if (!(supplier.buyer_cap_frac >= p.buyer_cap_min_frac && supplier.buyer_cap_frac <= p.buyer_cap_max_frac)) return {16, Subject::party, supplier.firm, 5};
        RACKRACE_NO_UNROLL
        for (int f = 0; f < scenario.firm_count; ++f)
            if (!(supplier.buyer_weight[f] >= 0.0 && supplier.buyer_weight[f] <= 1.0)) return {16, Subject::party, supplier.firm, 6};
    }
    return {};
}

/// All identities, the first broken one wins: it becomes the world's fault.
RACKRACE_HD RACKRACE_APART inline void check_identities(const Scenario& scenario, World& world, const Ledger& ledger) {
    if (world.fault != Fault::none) return;
    Broken broken = check_money(world);
    if (broken.identity == 0) broken = check_balance_sheets(world);
    if (broken.identity == 0) broken = check_flows(world, ledger);
    if (broken.identity == 0) broken = check_debt(world);
    if (broken.identity == 0) broken = check_fixed_assets(world);
    if (broken.identity == 0) broken = check_chips(scenario, world);
    if (broken.identity == 0) broken = check_orders(scenario, world);
    if (broken.identity == 0) broken = check_power(scenario, world);
    if (broken.identity == 0) broken = check_compute(scenario, world);
    if (broken.identity == 0) broken = check_contracts(scenario, world);
    if (broken.identity == 0) broken = check_spot(scenario, world, ledger);
    if (broken.identity == 0) broken = check_shares(scenario, world);
    if (broken.identity == 0) broken = check_ownership(scenario, world, ledger);
    if (broken.identity == 0) broken = check_queue(scenario, world);
    if (broken.identity == 0) broken = check_exits(scenario, world);
    const bool is_finite = broken.identity != 0 || is_finite_record(world);
    if (broken.identity == 0) broken = is_finite ? check_levers(scenario, world) : Broken{16};
    if (broken.identity == 0) return;
    world.fault = is_finite ? Fault::identity : Fault::not_a_number;
    world.fault_where = broken.identity;
    world.fault_about = broken.about;
    world.fault_who = static_cast<std::int16_t>(broken.who);
    world.fault_value = broken.by;
}

}  // namespace rackrace
