// A market of four firms, four products and two regions for tests of the views: small numbers that can be worked out by hand.
#pragma once

#include <memory>

#include "engine/quarter/view.h"
#include "engine/settle/market_history.h"
#include "tests/engine/model_parameters.h"

namespace rackrace {

enum : int { kHyper, kNeo, kLab, kVendor };
enum : int { kOldChip, kChip, kNextChip, kInHouse };

/// In 2026Q3, the second quarter of the run, with one record of the market.
struct SmallMarket {
    std::unique_ptr<Scenario> scenario = std::make_unique<Scenario>();
    std::unique_ptr<World> world = std::make_unique<World>();
    std::unique_ptr<MarketView> market = std::make_unique<MarketView>();
    std::unique_ptr<FirmView> view = std::make_unique<FirmView>();

    SmallMarket() {
        scenario->parameters = model_parameters();
        scenario->start_t = 9;
        scenario->end_t = 35;
        scenario->firm_count = 4;
        scenario->product_count = 4;
        scenario->region_count = 2;
        scenario->supplier_count = 1;
        scenario->arrivals_t = 9;
        world->t = 10;
        add_products();
        add_regions();
        add_firms();
        world->spot_usd_h[0] = 1.5;
        world->spot_usd_h[1] = 1.2;
        world->spot_ewma_usd_h[0] = 1.6;
        world->kappa = 1.25;
        world->policy_rate_apr = 0.04;
        world->inference_efficiency = 1.6;
        world->frontier_oom[0] = 0.4;
        for (SegmentState& segment : world->segments) segment.mean_price_usd_task = 3.0;
        world->next_contract_id = 1;
        record_market(*scenario, *world, take_rolls(*scenario, *world));
    }

    void add_products() {
        const auto add = [&](int p, Buyers buyers, int generation, int first_t, double perf_t, double perf_i, double kw) {
            Product& product = scenario->products[p];
            product.vendor = kVendor;
            product.buyers = buyers;
            product.generation = generation;
            product.first_t = world->products[p].first_t = first_t;
            product.last_t = world->products[p].last_t = 35;
            product.training_h100e_chip = perf_t;
            product.inference_h100e_chip = perf_i;
            product.kw_chip = kw;
            product.system_usd_chip = 10'000.0;
            product.unit_cost_usd_chip = 8'000.0;
            world->products[p].list_usd_chip = 40'000.0;
            world->products[p].price_multiplier = 1.1;
            world->products[p].resale_usd_chip = 20'000.0;
        };
        add(kOldChip, Buyers::used_only, 1, 0, 1.0, 1.0, 1.0);
        add(kChip, Buyers::all, 2, 4, 4.0, 6.0, 2.0);
        add(kNextChip, Buyers::all, 3, 13, 8.0, 12.0, 3.0);
        add(kInHouse, Buyers::captive, 3, 6, 3.0, 3.0, 1.0);
    }

    void add_regions() {
        for (int r = 0; r < 2; ++r) {
            scenario->regions[r].pue_ratio = 1.25;
            scenario->regions[r].grid_addition_kw_q = 100'000;
            scenario->regions[r].grid_lead_q = 6;
            scenario->regions[r].onsite_usd_mwh = 90.0;
            world->regions[r].exogenous_kw = 1'000'000;
        }
        world->regions[0].energy_price_usd_mwh = 60.0;
        world->regions[1].energy_price_usd_mwh = 50.0;
    }

    void add_firms() {
        const Role roles[] = {Role::hyperscaler, Role::neocloud, Role::lab, Role::supplier};
        for (int f = 0; f < 4; ++f) {
            world->firms[f].role = scenario->firms[f].role = roles[f];
            world->firms[f].status = FirmStatus::healthy;
            world->firms[f].rating = static_cast<std::int16_t>(f + 1);
            scenario->firms[f].supplier_slot = f == kVendor ? 0 : -1;
            scenario->firms[f].chip_life_q = 20;
            for (double& served : world->firms[f].served_frac) served = 1.0;
        }
        world->suppliers[0].firm = kVendor;
    }

    Contract& add_contract(int slot, int id, int seller, int buyer, std::int32_t quantity) {
        Contract& contract = world->contracts[slot];
        contract.id = id;
        contract.seller = static_cast<std::int16_t>(seller);
        contract.buyer = static_cast<std::int16_t>(buyer);
        contract.generation = 2;
        contract.start_t = 8;
        contract.end_t = 17;
        contract.quantity_h100e = quantity;
        contract.price_usd_h = 1.0;
        contract.takeorpay_frac = 0.8;
        contract.first_frac = 1.0;
        return contract;
    }

    const MarketFigures& see_market() {
        observe(*scenario, *world, *market);
        return market->market;
    }
    const FirmView& see(int f) {
        see_market();
        observe(*scenario, *world, *market, f, *view);
        return *view;
    }
};

/// Hours of an H100e in a quarter, in millions.
inline constexpr double kMh = 2190.0 / 1e6;

inline Tranche loan(DebtKind kind, std::int64_t musd, double rate_apr, int left_q) {
    Tranche tranche{};
    tranche.kind = kind;
    tranche.is_floating = kind == DebtKind::project;
    tranche.left_q = static_cast<std::int16_t>(left_q);
    tranche.principal = Usd{musd * 1'000'000};
    tranche.rate_apr = rate_apr;
    return tranche;
}

}  // namespace rackrace
