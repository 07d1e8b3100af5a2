// A world of borrowers for tests of P6 and P15: the small world of phase_world.h with a chip supplier, firms that earn, and spend enough to borrow.
#pragma once

#include "engine/market/credit_phase.h"
#include "tests/engine/phase_world.h"

namespace rackrace::test {

inline constexpr int kMaker = 3;  // the supplier

/// Four firms: each earns 1 B$ a quarter and spends 10 B$, so that only what a test sets limits it. Credit supply 100 B$ a quarter.
struct MoneyWorld : PhaseWorld {
    MoneyWorld() : PhaseWorld(PowerRule::auction, 4) {
        Parameters& p = scenario->parameters;
        p.credit_supply_2026q1_usd = 100e9;
        p.credit_supply_growth_frac = 0.0;
        world->policy_rate_apr = 0.005;  // cash earns nothing
        firm(kMaker).role = scenario->firms[kMaker].role = Role::supplier;
        scenario->firms[kMaker].supplier_slot = 0;
        scenario->supplier_count = 1;
        world->suppliers[0].firm = kMaker;
        scenario->products[0].vendor = kMaker;
        for (int f = 0; f < 4; ++f) {
            firm(f).equity_value_usd = 20e9;
            firm(f).terminal_value_usd = 100e9;  // so that shares are sold on the market's value
            firm(f).venture_t = -1;
            for (Flows& flows : firm(f).history) {
                flows.ebitda_ai = flows.revenue = Usd{1'000'000'000};
                flows.net_outflow = Usd{9'000'000'000};
            }
        }
    }
    void ask(int f, DebtKind kind, double usd, double max_apr = 0.18, int tenor_q = 20) {
        int k = 0;
        while (order(f).borrow[k].amount.value != 0) ++k;
        order(f).borrow[k] = {to_usd(usd), max_apr, 0, static_cast<std::int16_t>(tenor_q), static_cast<std::int16_t>(kind)};
    }
    void raise() { raise_money(*scenario, *world, orders.data(), *ledger); }
    const Deal& told(int f, int k = 0) const { return ledger->deals.borrow[f][k]; }
    /// What a loan would cost with nobody else in the market.
    double quote(int f, DebtKind kind, double usd) const {
        const auto alone = std::make_unique<World>(*world);
        const auto book = std::make_unique<Ledger>(*ledger);
        std::vector<Orders> orders_alone(kMaxFirms);
        orders_alone[static_cast<std::size_t>(f)].borrow[0] = {to_usd(usd), 0.18, 0, 20, static_cast<std::int16_t>(kind)};
        raise_money(*scenario, *alone, orders_alone.data(), *book);
        return book->deals.borrow[f][0].price;
    }
    void next_quarter() {
        fill_histories(*scenario, *world, *ledger, take_rolls(*scenario, *world));
        open_quarter();
    }
    const Tranche* loan(int f, DebtKind kind) const {
        for (const Tranche& tranche : world->firms[f].debt)
            if (tranche.kind == kind) return &tranche;
        return nullptr;
    }
    Usd owed(int f) const { return -account(f, Account::debt); }
    /// 10 chips at 1,000 $ with servers of 100 $ that shipped, 2,000 $ of them paid as deposit.
    void ship(int f) {
        scenario->products[0].system_usd_chip = 100.0;
        firm(f).orders[0][0] = {10, 0, 1000.0, Usd{2000}};
        firm(f).holdings[0].warehouse += 10;
        post(*world, *ledger, Kind::chip_deposit, f, kMaker, Usd{2000});
    }
};

}  // namespace rackrace::test
