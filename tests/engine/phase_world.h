// A world of three firms, one chip and two regions for tests of power, sites and the settlement: round numbers that a reader can follow.
#pragma once

#include <memory>
#include <vector>

#include "engine/market/compute_pools.h"
#include "engine/market/power_phase.h"
#include "engine/market/site_phase.h"
#include "engine/settle/close.h"
#include "tests/engine/model_parameters.h"

namespace rackrace::test {

inline constexpr int kOwner = 0, kCloud = 1, kLab = 2;  // a hyperscaler, a neocloud, a lab
inline constexpr int kNorth = 0, kSouth = 1;

/// At 2026Q2, the first quarter of the run, after P2. Nobody has anything; nothing grows, nothing is drawn by chance.
/// A grid gains 100 kW a quarter at 50 $/MWh, a kW at the rack needs 1.25 at the meter.
struct PhaseWorld {
    std::unique_ptr<Scenario> scenario = std::make_unique<Scenario>();
    std::unique_ptr<World> world = std::make_unique<World>();
    std::unique_ptr<Ledger> ledger = std::make_unique<Ledger>();
    std::unique_ptr<Chance> chance = std::make_unique<Chance>();
    std::vector<Orders> orders = std::vector<Orders>(kMaxFirms);

    explicit PhaseWorld(PowerRule rule = PowerRule::auction, int firms = 3) {
        Scenario& s = *scenario;
        World& w = *world;
        s.parameters = model_parameters();
        s.parameters.grid_addition_growth_frac = s.parameters.staff_growth_frac = 0.0;
        s.rules.power = rule;
        s.start_t = w.start_t = w.t = s.arrivals_t = 9;
        s.end_t = 35;
        s.firm_count = w.firm_count = firms;
        s.region_count = 2;
        s.product_count = 1;
        w.seed = 11;
        const Role roles[] = {Role::hyperscaler, Role::neocloud, Role::lab};
        for (int f = 0; f < firms; ++f) {
            s.firms[f].id = 100u + static_cast<unsigned>(f);
            s.firms[f].role = w.firms[f].role = roles[f % 3];
            s.firms[f].chip_life_q = 20;
            s.firms[f].supplier_slot = -1;
            Firm& firm = w.firms[f];
            firm.status = FirmStatus::healthy;
            firm.shares = firm.own_frac = firm.news_factor = 1.0;
            firm.reliability_frac = 0.95;
            firm.default_probability_apr = 0.01;
        }
        for (int r : {kNorth, kSouth}) {
            Region& region = s.regions[r];
            region = Region{};
            region.id = 7u + static_cast<unsigned>(r);
            region.grid_addition_kw_q = 100;
            region.grid_lead_q = 3;
            region.onsite_allowed = 1;
            region.onsite_cap_kw_q = 1000;
            region.onsite_lead_q = 2;
            region.labour_cap_it_kw = 1'000'000;
            region.base_power_usd_mwh = 50.0;
            region.pue_ratio = 1.25;
            region.onsite_usd_mwh = 40.0;
            region.onsite_usd_kw = 2000.0;
            w.regions[r].energy_price_usd_mwh = 50.0;
        }
        Product& chip = s.products[0];
        chip.generation = 2;
        chip.last_t = 35;
        chip.training_h100e_chip = chip.inference_h100e_chip = 1.0;
        chip.kw_chip = 1.0;
        w.policy_rate_apr = 0.04;
        w.expected_growth_frac = 0.0;
        for (int c : {0, 1}) w.spot_usd_h[c] = w.spot_ewma_usd_h[c] = 2.0;
        open_ledger(*ledger, w);
    }

    Firm& firm(int f) { return world->firms[f]; }
    Site& site(int f, int r = kNorth) { return world->firms[f].sites[r]; }
    Orders& order(int f) { return orders[static_cast<std::size_t>(f)]; }
    Usd cash(int f) const { return cash_of(*world, f); }
    Usd account(int f, Account a) const { return balance_of(*world, f, a); }
    Usd posted(int f, Kind kind) const { return paid(*ledger, f, kind); }

    /// Money of the owners; the opening of the quarter holds it too.
    void give_cash(int f, std::int64_t usd) {
        balance_of(*world, f, Account::cash) += Usd{usd};
        balance_of(*world, f, Account::paid_in) -= Usd{usd};
        ledger->opening[f][static_cast<int>(Account::cash)] += Usd{usd};
        ledger->opening[f][static_cast<int>(Account::paid_in)] -= Usd{usd};
        world->opening_money += usd;
    }
    /// A loan from the investor, its money spent long ago.
    Tranche& lend(int f, int slot, DebtKind kind, std::int64_t usd, double apr, int left_q) {
        Tranche& tranche = firm(f).debt[slot];
        tranche = Tranche{};
        tranche.kind = kind;
        tranche.principal = Usd{usd};
        tranche.rate_apr = apr;
        tranche.left_q = static_cast<std::int16_t>(left_q);
        const auto book = [&](int party, Account a, std::int64_t amount) {
            balance_of(*world, party, a) += Usd{amount};
            ledger->opening[party][static_cast<int>(a)] += Usd{amount};
        };
        book(f, Account::debt, -usd);
        book(f, Account::retained, usd);
        book(kInvestor, Account::loans_made, usd);
        book(kInvestor, Account::retained, -usd);
        return tranche;
    }
    void give_grid(int f, int r, std::int32_t kw) {
        site(f, r).grid_kw += kw;
        world->regions[r].exogenous_kw += kw;
    }
    /// Chips in service with shell and grid for them in one region.
    void give_chips(int f, std::int32_t chips, int r = kNorth) {
        firm(f).holdings[0].installed += chips;
        site(f, r).shell_kw += chips;
        give_grid(f, r, chips + chips / 4);
        firm(f).pool_h100e[2] = firm(f).idle_h100e[2] = firm(f).holdings[0].installed;
    }
    Contract& sell(int seller, int buyer, std::int32_t h100e, double usd_h, double takeorpay, int end_t) {
        int slot = 0;
        while (world->contracts[slot].id != 0) ++slot;
        Contract& contract = world->contracts[slot];
        contract = Contract{};
        contract.id = ++world->next_contract_id;
        contract.seller = static_cast<std::int16_t>(seller);
        contract.buyer = static_cast<std::int16_t>(buyer);
        contract.generation = 2;
        contract.start_t = 1;
        contract.end_t = static_cast<std::int16_t>(end_t);
        contract.ramp_q = 1;
        contract.first_frac = 1.0;
        contract.renegotiated_t = -1;
        contract.quantity_h100e = contract.due_h100e[0] = contract.delivered_h100e = contract.used_h100e = h100e;
        contract.price_usd_h = usd_h;
        contract.takeorpay_frac = takeorpay;
        return contract;
    }

    void open_quarter() {
        ++world->t;
        open_ledger(*ledger, *world);
        age_arrears(*scenario, *world, *ledger);
        for (Orders& order : orders) order = Orders{};
        open_contracts(*world);
        connect_sites(*scenario, *world, *chance, *ledger);
    }
    void commit() {
        sell_power(*scenario, *world, orders.data(), *chance, *ledger);
        change_sites(*scenario, *world, orders.data(), *chance, *ledger);
    }
    void settle_quarter() { settle(*scenario, *world, *ledger, take_rolls(*scenario, *world)); }

    /// The first broken identity of money, debt, books, power and queue; 0 if all hold.
    int broken() const {
        for (const Broken found : {check_money(*world), check_balance_sheets(*world), check_flows(*world, *ledger), check_debt(*world),
                                   check_fixed_assets(*world), check_power(*scenario, *world), check_queue(*scenario, *world)})
            if (found.identity != 0) return found.identity;
        return world->fault == Fault::none ? 0 : -1;
    }
};

}  // namespace rackrace::test
