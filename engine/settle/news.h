// P17: what of the quarter becomes public. Read off the books of the close and those of the last one; prices of contracts stay private, sizes do not.
#pragma once

#include "engine/market/rolls.h"
#include "engine/market/shocks.h"
#include "engine/quarter/orders.h"
#include "engine/settle/ledger.h"

namespace rackrace {

/// Items of a quarter; when full, further ones are left out: the most important kinds come first.
struct NewsSheet {
    NewsItem items[kMaxNews];
    int count = 0;
    int left_out = 0;

    RACKRACE_HD void add(NewsKind kind, int firm, double size) {
        const double units = is_in_millionths(kind) ? size * kNewsMillionths : size;
        if (count < kMaxNews) items[count++] = {kind, static_cast<std::int16_t>(firm), to_int32(to_int64(round_half_away(units)))};
        else ++left_out;
    }
};

RACKRACE_HD inline double owed_musd(const World& world, int f) { return -to_double(balance_of(world, f, Account::debt)) / 1e6; }

/// What the winner paid for a firm, M$.
RACKRACE_HD inline double paid_for_firm_musd(const Deals& deals, const Orders* orders, int f, int buyer) {
    RACKRACE_NO_UNROLL
    for (int k = 0; k < kMaxFirmBids; ++k)
        if (orders[buyer].bid_firm[k].firm == f && deals.bid_firm[buyer][k].got > 0.0) return deals.bid_firm[buyer][k].got / 1e6;
    return 0.0;
}

/// Firms that failed, and what became of those that had.
RACKRACE_HD inline void add_failures(const Scenario& scenario, const World& world, const Orders* orders, const Ledger& ledger, NewsSheet& sheet) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        const Firm& firm = world.firms[f];
        const auto was = static_cast<FirmStatus>(world.history.status[f]);
        if (firm.status == was) continue;
        if (firm.status == FirmStatus::chapter_11) sheet.add(NewsKind::failed, f, owed_musd(world, f));
        if (firm.status == FirmStatus::acquired) sheet.add(NewsKind::acquired, f, paid_for_firm_musd(ledger.deals, orders, f, firm.taken_by - 1));
        if (firm.status == FirmStatus::liquidated) sheet.add(NewsKind::liquidated, f, owed_musd(world, f));
        if (was == FirmStatus::chapter_11 && firm.status == FirmStatus::healthy) sheet.add(NewsKind::reorganised, f, owed_musd(world, f));
    }
}

/// Covenants broken in this quarter, and loans called for it.
RACKRACE_HD inline void add_breaches(const Scenario& scenario, const World& world, NewsSheet& sheet) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        const Firm& firm = world.firms[f];
        if (!is_active(firm) || is_bankrupt(firm)) continue;
        if (firm.accelerated != 0) sheet.add(NewsKind::loans_called, f, owed_musd(world, f));  // the quarter of the call: the next one is a default
        else if (firm.breach_q == 1) sheet.add(NewsKind::breach, f, owed_musd(world, f));
    }
}

/// Shocks that began in this quarter; what one firm owns is nobody's news until all have it.
RACKRACE_HD inline void add_shocks(const Scenario& scenario, const World& world, NewsSheet& sheet) {
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.shock_count; ++i) {
        const Shock& shock = scenario.shocks[i];
        const bool is_owned = shock.kind == ShockKind::efficiency && shock.target >= 0;
        if (world.t != (is_owned ? shock.start_t + shock.length_q : shock.start_t)) continue;
        const bool is_of_product = shock.kind == ShockKind::export_halt || shock.kind == ShockKind::supply;
        const bool is_of_firm = shock.kind == ShockKind::efficiency || shock.kind == ShockKind::repudiate;
        const int firm = shock.target < 0 ? -1 : is_of_firm ? shock.target : is_of_product ? scenario.products[shock.target].vendor : -1;
        const int kind = static_cast<int>(NewsKind::plateau) + static_cast<int>(shock.kind) - static_cast<int>(ShockKind::plateau);
        sheet.add(static_cast<NewsKind>(kind), firm, shock.size);
    }
}

/// Products on sale for the first time, models released, rounds closed.
RACKRACE_HD inline void add_launches(const Scenario& scenario, const World& world, const Ledger& ledger, const double* released_oom, NewsSheet& sheet) {
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p)
        if (world.products[p].first_t == world.t && world.products[p].list_usd_chip > 0.0) sheet.add(NewsKind::launch, scenario.products[p].vendor, world.products[p].list_usd_chip);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f)
        if (released_oom[f] > 0.0) sheet.add(NewsKind::release, f, released_oom[f]);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f)
        if (world.firms[f].role == Role::lab && world.firms[f].venture_t == world.t) sheet.add(NewsKind::round, f, ledger.deals.raise_equity[f].got / 1e6);
}

/// Contracts signed since the last close, the largest first and equal ones in order of signing.
RACKRACE_HD inline void add_contracts(const World& world, const LiveContracts& live, NewsSheet& sheet) {
    int signed_count = 0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < live.count; ++i) signed_count += world.contracts[live.slot[i]].id >= world.history.next_contract_id;
    sheet.left_out += signed_count > kMaxNews - sheet.count ? signed_count - (kMaxNews - sheet.count) : 0;
    int last_id = 0;
    double last_size = kInfinity;
    RACKRACE_NO_UNROLL
    while (sheet.count < kMaxNews) {
        int next = -1;
        double size = -1.0;
        RACKRACE_NO_UNROLL
        for (int i = 0; i < live.count; ++i) {
            const Contract& contract = world.contracts[live.slot[i]];
            const double own = contract.quantity_h100e;
            if (contract.id < world.history.next_contract_id || own > last_size || (own == last_size && contract.id <= last_id)) continue;
            if (own < size || (own == size && contract.id > world.contracts[next].id)) continue;
            next = live.slot[i];
            size = own;
        }
        if (next < 0) return;
        sheet.add(NewsKind::contract, world.contracts[next].seller, size);
        last_id = world.contracts[next].id;
        last_size = size;
    }
}

/// Before record_market: what is new is new against the last record. released_oom [firm]: as spread_news.
RACKRACE_HD RACKRACE_APART inline void publish_news(const Scenario& scenario, World& world, const Orders* orders, const Ledger& ledger, const LiveContracts& live, const double* released_oom) {
    NewsSheet sheet;
    add_failures(scenario, world, orders, ledger, sheet);
    add_breaches(scenario, world, sheet);
    add_shocks(scenario, world, sheet);
    add_launches(scenario, world, ledger, released_oom, sheet);
    add_contracts(world, live, sheet);
    RACKRACE_NO_UNROLL
    for (int i = 0; i < kMaxNews; ++i) world.history.news[i] = i < sheet.count ? sheet.items[i] : NewsItem{};
    world.history.news_count = static_cast<std::int16_t>(sheet.count);
    world.history.news_left_out = static_cast<std::int16_t>(sheet.left_out);
}

}  // namespace rackrace
