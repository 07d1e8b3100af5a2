// A market for chips that a reader can follow: three buyers, two suppliers, one region; every yield is 1, so a wafer makes 10 chips.
#pragma once

#include <memory>
#include <vector>

#include "engine/market/chip_sale_phase.h"
#include "engine/market/installation.h"
#include "engine/market/production.h"
#include "engine/market/supply_phase.h"
#include "engine/market/used_chip_phase.h"
#include "engine/settle/identities.h"
#include "engine/settle/investment_payments.h"
#include "tests/engine/model_parameters.h"

namespace rackrace {

/// Alder is a hyperscaler, Birch a neocloud, Cedar a lab; Dyer sells to all, Elm too and makes in-house chips for Alder and Birch.
enum ChipFirm : int { kAlder, kBirch, kCedar, kDyer, kElm, kChipFirms };
/// Dyer's chip of generation 2 and its successor of generation 3; Elm's of generation 2; the in-house line; one that is only traded used.
enum ChipProduct : int { kChip, kSuccessor, kRival, kInHouse, kOldChip, kChipProducts };

inline constexpr std::int64_t kMillionUsd = 1'000'000;

/// At 2026Q2 nobody has chips; everybody has cash and power, all chips but the successor sell. List 10,000 $, server 2,000 $, cost 4,000 $.
struct ChipMarket {
    std::unique_ptr<Scenario> scenario = std::make_unique<Scenario>();
    std::unique_ptr<World> world = std::make_unique<World>();
    std::unique_ptr<Ledger> ledger = std::make_unique<Ledger>();
    std::unique_ptr<Chance> chance = std::make_unique<Chance>();
    std::vector<Orders> orders = std::vector<Orders>(kMaxFirms);
    int place[kChipFirms] = {kAlder, kBirch, kCedar, kDyer, kElm};  // index of each firm

    ChipMarket() { build(); }
    explicit ChipMarket(const std::vector<int>& places) {
        for (int f = 0; f < kChipFirms; ++f) place[f] = places[static_cast<std::size_t>(f)];
        build();
    }

    void build() {
        Scenario& s = *scenario;
        World& w = *world;
        s.parameters = model_parameters();
        s.parameters.yield_initial_frac = s.parameters.yield_mature_frac = 1.0;
        s.start_t = w.start_t = w.t = 9;
        s.end_t = 35;
        s.arrivals_t = 9;
        s.firm_count = w.firm_count = kChipFirms;
        s.product_count = kChipProducts;
        s.region_count = 1;
        s.supplier_count = 2;
        s.regions[0].pue_ratio = 1.0;
        s.regions[0].id = 1;
        w.seed = 7;
        w.spot_ewma_usd_h[1] = 1.5;
        for (double& wafers : s.packaging_wafers) wafers = 1000.0;
        const Role roles[] = {Role::hyperscaler, Role::neocloud, Role::lab, Role::supplier, Role::supplier};
        for (int f = 0; f < kChipFirms; ++f) {
            const int i = place[f];
            s.firms[i].id = 100u + static_cast<unsigned>(f);
            s.firms[i].role = w.firms[i].role = roles[f];
            s.firms[i].supplier_slot = f == kDyer ? 0 : f == kElm ? 1 : -1;
            s.firms[i].chip_life_q = 20;
            w.firms[i].status = FirmStatus::healthy;
            w.firms[i].shares = w.firms[i].own_frac = 1.0;
            if (f < kDyer) w.firms[i].sites[0].shell_kw = w.firms[i].sites[0].grid_kw = 100'000;
            balance_of(w, i, Account::cash) = Usd{1000 * kMillionUsd};
            balance_of(w, i, Account::paid_in) = Usd{-1000 * kMillionUsd};
        }
        w.suppliers[0].firm = place[kDyer];
        w.suppliers[1].firm = place[kElm];
        for (int slot = 0; slot < 2; ++slot) {
            w.suppliers[slot].buyer_cap_frac = 1.0;
            for (double& weight : w.suppliers[slot].buyer_weight) weight = 0.5;
            w.suppliers[slot].allotted_wafers[kPastWafers] = -1;
        }
        add_product(kChip, kDyer, 2, 5, Buyers::all, 2.0);
        add_product(kSuccessor, kDyer, 3, 12, Buyers::all, 8.0);
        add_product(kRival, kElm, 2, 5, Buyers::all, 2.0);
        add_product(kInHouse, kElm, 2, 5, Buyers::captive, 2.0);
        add_product(kOldChip, kElm, 1, 0, Buyers::used_only, 0.5);
        s.products[kInHouse].buyer_mask = 1u << place[kAlder] | 1u << place[kBirch];
        for (int party = 0; party < kParties; ++party) w.opening_money += cash_of(w, party).value;
        open_ledger(*ledger, w);
    }
    void add_product(int p, int vendor, int generation, int first_t, Buyers buyers, double perf) {
        Product& product = scenario->products[p];
        ProductState& state = world->products[p];
        product.id = 50u + static_cast<unsigned>(p);
        product.vendor = place[vendor];
        product.generation = generation;
        product.first_t = state.first_t = first_t;
        product.last_t = state.last_t = 30;
        product.buyers = buyers;
        product.training_h100e_chip = product.inference_h100e_chip = perf;
        product.kw_chip = 1.0;
        product.list_usd_chip = state.list_usd_chip = 10'000.0;
        product.system_usd_chip = 2'000.0;
        product.unit_cost_usd_chip = 4'000.0;
        product.packages_per_wafer = 10.0;
        state.price_multiplier = 1.0;
        state.resale_usd_chip = 9'000.0;
        state.age_q = first_t <= world->t ? world->t - first_t : -1;
    }

    int at(int f) const { return place[f]; }
    Firm& firm(int f) { return world->firms[place[f]]; }
    Orders& order(int f) { return orders[static_cast<std::size_t>(place[f])]; }
    ProductState& product(int p) { return world->products[p]; }
    Usd cash(int f) const { return cash_of(*world, place[f]); }
    ChipOrder& due(int f, int p, int slot) { return firm(f).orders[p][slot]; }

    /// Sets the cash of a firm at the start of a test.
    void set_cash(int f, std::int64_t usd) {
        world->opening_money += usd - cash(f).value;
        balance_of(*world, place[f], Account::paid_in) += cash(f) - Usd{usd};
        balance_of(*world, place[f], Account::cash) = Usd{usd};
        open_ledger(*ledger, *world);
    }
    /// Finished chips with their vendor, at cost.
    void stock(int p, std::int32_t chips) {
        ProductState& state = product(p);
        state.inventory_chips += chips;
        state.total_opening += chips;
        const Usd cost{chips * 4000ll};
        state.inventory_cost += cost;
        balance_of(*world, scenario->products[p].vendor, Account::inventory) += cost;
        balance_of(*world, scenario->products[p].vendor, Account::paid_in) -= cost;
        open_ledger(*ledger, *world);
    }
    /// Chips that a firm owns, at 12,000 $ each and a quarter of it depreciated.
    void own(int f, int p, std::int32_t installed, std::int32_t warehouse) {
        Holding& h = firm(f).holdings[p];
        h.installed += installed;
        h.warehouse += warehouse;
        product(p).total_opening += installed + warehouse;
        const Usd gross{(installed + warehouse) * 12'000ll}, depreciation{(installed + warehouse) * 3'000ll};
        h.gross += gross;
        h.depreciation += depreciation;
        balance_of(*world, place[f], Account::chips_gross) += gross;
        balance_of(*world, place[f], Account::chips_depreciation) -= depreciation;
        balance_of(*world, place[f], Account::paid_in) -= gross - depreciation;
        open_ledger(*ledger, *world);
    }
    void bid(int f, int p, double usd_chip, std::int32_t chips, int step = 0) { order(f).bid_chips[p][step] = {usd_chip, chips, 0}; }

    /// P0 to P3: a new quarter; what was due ships and goes into free racks.
    void open() {
        ++world->t;
        open_ledger(*ledger, *world);
        orders.assign(kMaxFirms, Orders{});
        make_chips(*scenario, *world, *ledger);
        ship_chips(*scenario, *world);
        for (int f = 0; f < kChipFirms; ++f) install_chips(*scenario, world->firms[f]);
    }
    void plan() { plan_supply(*scenario, *world, orders.data(), *chance, *ledger); }
    void sell() { sell_new_chips(*scenario, *world, orders.data(), *ledger); }
    void trade_used() { trade_used_chips(*scenario, *world, orders.data(), *ledger); }
    void pay() {
        const double margin[kMaxFirms] = {};
        pay_investment(*scenario, *world, *ledger, take_rolls(*scenario, *world), margin);
    }
    /// Chips, deposits, fixed assets, money and every balance sheet.
    bool books_hold() const {
        return check_chips(*scenario, *world).identity == 0 && check_orders(*scenario, *world).identity == 0 && check_fixed_assets(*world).identity == 0 &&
               check_money(*world).identity == 0 && check_balance_sheets(*world).identity == 0 && check_flows(*world, *ledger).identity == 0 &&
               world->fault == Fault::none;
    }
};

}  // namespace rackrace
