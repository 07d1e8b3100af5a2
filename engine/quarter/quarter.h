// The heart: a quarter of the market as pure functions of (scenario, world, orders, chance). Read these bodies and you know the rules
// of the game. Phase names are those of the model's section 3.
#pragma once

#include "engine/market/chip_sale_phase.h"
#include "engine/market/compute_pools.h"
#include "engine/market/contract_phase.h"
#include "engine/market/credit_phase.h"
#include "engine/market/installation.h"
#include "engine/market/product_phase.h"
#include "engine/market/production.h"
#include "engine/market/shipment.h"
#include "engine/market/power_phase.h"
#include "engine/market/site_phase.h"
#include "engine/market/spot_phase.h"
#include "engine/market/supply_phase.h"
#include "engine/market/switch_off.h"
#include "engine/market/training_phase.h"
#include "engine/market/used_chip_phase.h"
#include "engine/quarter/firm_levers.h"
#include "engine/settle/close.h"
#include "engine/settle/distress.h"
#include "engine/settle/market_history.h"
#include "engine/settle/news.h"
#include "engine/settle/sentiment.h"

namespace rackrace {

/// Completes opening books: resale values, ratings and values that the rules themselves give, and what hangs on them.
/// Called once, on books whose histories are filled; the quarter of the books is not played.
RACKRACE_HD inline void value_opening(const Scenario& scenario, World& world) {
    value_used_chips(scenario, world);
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) world.products[p].last_resale_usd_chip = world.products[p].resale_usd_chip;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) fill_pools(scenario, world.firms[f]);
    world.backlog = Usd{};
    RACKRACE_NO_UNROLL
    for (int c = 0; c < kMaxContracts; ++c)
        if (world.contracts[c].id != 0) world.backlog += contract_backlog(scenario.parameters, world.contracts[c], world.t);
    fill_opening_queue(scenario, world);
    const Rolls rolls = take_rolls(scenario, world);
    value_firms(scenario, world, rolls);
    price_convertibles(scenario, world);
    price_opening_lines(scenario, world);
    record_market(scenario, world, rolls);
}

/// What a quarter does where a phase begins: the ledger's postings carry the number. A bench gives one of its own, which also looks at the clock.
struct LedgerPhases {
    RACKRACE_HD static void enter(Ledger& ledger, int phase) { ledger.phase = phase; }
};

/// P0 to P3: time passes, what was paid for arrives and is put to work.
template <class Phases = LedgerPhases>
RACKRACE_HD inline void open_quarter(const Scenario& scenario, World& world, const Chance& chance, Ledger& ledger) {
    open_ledger(ledger, world);
    age_arrears(scenario, world, ledger);
    advance_paths(scenario, world, chance);          // P0, P1
    Phases::enter(ledger, 2);
    make_chips(scenario, world, ledger);             // P2   foundry output before shipments: they come out of it
    ship_chips(scenario, world);
    connect_sites(scenario, world, chance, ledger);
    open_contracts(world);
    merge_contracts(scenario, world);
    Phases::enter(ledger, 3);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) install_chips(scenario, world.firms[f]);  // P3   after power has arrived
}

/// P5 to P7, stage A: firms commit themselves.
template <class Phases = LedgerPhases>
RACKRACE_HD inline void commit(const Scenario& scenario, World& world, const Orders* orders, const Chance& chance, Ledger& ledger) {
    Phases::enter(ledger, 5);
    trade_contracts(scenario, world, orders, ledger);      // P5
    Phases::enter(ledger, 6);
    raise_money(scenario, world, orders, ledger);          // P6   before power: lots are paid from cash
    Phases::enter(ledger, 7);
    sell_power(scenario, world, orders, chance, ledger);   // P7   connections given back join the lots
    change_sites(scenario, world, orders, chance, ledger); //      after power: what lost it leaves service
    plan_supply(scenario, world, orders, chance, ledger);  //      prices, design cost, in-house chips, wafers
}

/// P9 to P17, stage B: the markets act, bills are paid, firms that cannot pay fail, books close.
template <class Phases = LedgerPhases>
RACKRACE_HD inline void operate(const Scenario& scenario, World& world, const Orders* orders, const Chance& chance, Ledger& ledger) {
    set_firm_levers(scenario, world, orders);
    Phases::enter(ledger, 9);
    sell_new_chips(scenario, world, orders, ledger);     // P9   newest generation first: backing counts earlier awards
    Phases::enter(ledger, 10);
    trade_used_chips(scenario, world, orders, ledger);   // P10
    Phases::enter(ledger, 11);
    std::int64_t contracted_left[kMaxFirms][kMaxGenerations];
    deliver_compute(scenario, world, contracted_left);   // P11  contracts, then spot T, then spot I
    trade_spot(scenario, world, orders, ledger);
    Phases::enter(ledger, 12);
    const double ai_growth_frac = serve_customers(scenario, world, orders, ledger);  // P12
    count_contract_use(world, contracted_left);          // after own use: contracted compute idles first
    Phases::enter(ledger, 13);
    double released_oom[kMaxFirms];
    train_models(scenario, world, orders, ledger, released_oom);  // P13
    Rolls rolls = take_rolls(scenario, world);
    Phases::enter(ledger, 14);
    settle(scenario, world, ledger, rolls);              // P14  fixed steps S1 to S8
    Phases::enter(ledger, 15);
    test_covenants(scenario, world, ledger);             // P15  before defaults: accelerated debt is one
    resolve_distress(scenario, world, orders, ledger, rolls);  // P15  after settlement: default reads arrears
    Phases::enter(ledger, 16);
    switch_chips(scenario, world);
    fill_contract_premiums(scenario, world, rolls.contracts);  // P16
    fill_histories(scenario, world, ledger, rolls);
    update_reliability(scenario, world, rolls.contracts);
    update_sentiment(scenario, world, chance, ai_growth_frac);  // before values: they read the mood and the news
    spread_news(scenario, world, rolls.contracts, released_oom);
    value_firms(scenario, world, rolls);
    Phases::enter(ledger, 17);
    close_backlog(scenario, world, rolls.contracts);     // P17
    name_constraints(scenario, world);
    publish_news(scenario, world, orders, ledger, rolls.contracts, released_oom);  // before the record: new is what the last one has not
    record_market(scenario, world, rolls);
    check_identities(scenario, world, ledger);
}

}  // namespace rackrace
