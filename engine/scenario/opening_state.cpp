// The opening state beside the books: what appendix C of model.md derives by rule from parameters, facts and books.
#include "engine/market/generation_pool.h"
#include "engine/market/outside_alternative.h"
#include "engine/market/product_demand.h"
#include "engine/market/product_shares.h"
#include "engine/market/site_power.h"
#include "engine/market/spending.h"
#include "engine/scenario/load_books.h"
#include "engine/scenario/load_scenario.h"

namespace rackrace {
namespace {

constexpr double kShareUnit = 1e-9;

void open_paths(const Parameters& p, World& world) {
    world.policy_rate_apr = p.policy_rate_2026q1_apr;
    world.training_efficiency = p.training_efficiency_2026q1;
    world.inference_efficiency = p.inference_efficiency_2026q1;
    world.outside_demand_h100e[0] = p.outside_demand_t_h100e;
    world.outside_demand_h100e[1] = p.outside_demand_i_h100e;
    world.outside_supply_h100e[0] = p.outside_supply_t_h100e;
    world.outside_supply_h100e[1] = p.outside_supply_i_h100e;
    world.saturation_growth = 1.0;
    world.sentiment = p.sentiment_2026q1;
    world.expected_growth_frac = p.expected_growth_2026q1_frac;
    world.ai_revenue_usd = p.ai_revenue_2026q1_usd;
    world.spot_usd_h[0] = world.spot_ewma_usd_h[0] = p.spot_t_2026q1_usd_h;
    world.spot_usd_h[1] = world.spot_ewma_usd_h[1] = p.spot_i_2026q1_usd_h;
    world.spot_i_log_change = p.spot_i_log_change_2026q1;
}

void open_products(const Scenario& scenario, World& world) {
    for (int i = 0; i < scenario.product_count; ++i) {
        const Product& product = scenario.products[i];
        ProductState& state = world.products[i];
        state.list_usd_chip = product.list_usd_chip;
        state.price_multiplier = scenario.parameters.price_multiplier_neutral_ratio;
        state.cleared_usd_chip = product.list_usd_chip * state.price_multiplier;
        state.first_t = product.first_t;
        state.last_t = product.last_t;
        state.age_q = product.buyers == Buyers::used_only || product.first_t > kBooksQuarter ? -1 : kBooksQuarter - product.first_t;
    }
}

void open_regions(const Scenario& scenario, World& world) {
    for (int r = 0; r < scenario.region_count; ++r) {
        const Region& region = scenario.regions[r];
        RegionState& state = world.regions[r];
        state.energy_price_usd_mwh = region.base_power_usd_mwh;
        state.free_kw = region.grid_free_kw;
        state.exogenous_kw = static_cast<std::int64_t>(region.grid_held_kw) + region.grid_free_kw;
    }
}

void open_suppliers(const Scenario& scenario, World& world) {
    for (int s = 0; s < scenario.supplier_count; ++s) {
        world.suppliers[s].buyer_cap_frac = scenario.parameters.buyer_cap_neutral_frac;
        for (int f = 0; f < scenario.firm_count; ++f) world.suppliers[s].buyer_weight[f] = scenario.parameters.buyer_weight_neutral_frac;
    }
}

/// Chips in service by product, of one firm or of all (firm < 0).
void chips_in_service(const Scenario& scenario, const World& world, int firm, std::int64_t* chips) {
    for (int i = 0; i < scenario.product_count; ++i) {
        chips[i] = 0;
        for (int f = 0; f < scenario.firm_count; ++f)
            if (firm < 0 || f == firm) chips[i] += world.firms[f].holdings[i].installed;
    }
}

void open_fleet(const Scenario& scenario, World& world) {
    std::int64_t chips[kMaxProducts] = {};
    double training[kMaxProducts] = {}, inference[kMaxProducts] = {};
    chips_in_service(scenario, world, -1, chips);
    for (int i = 0; i < scenario.product_count; ++i) {
        training[i] = scenario.products[i].training_h100e_chip;
        inference[i] = scenario.products[i].inference_h100e_chip;
    }
    world.kappa = inference_ratio(chips, training, inference, scenario.product_count);
}

/// Share of own compute that serves the core at the neutral setting: core_use_neutral_ratio x Z0 over the H100e (perfI) of the chips in
/// service at the role's uptime, at most core_use_max_frac; 0 without a core or without chips.
double neutral_core_use(const Scenario& scenario, const World& world, int f) {
    const Parameters& p = scenario.parameters;
    double own_h100e = 0.0;
    for (int i = 0; i < scenario.product_count; ++i)
        own_h100e += world.firms[f].holdings[i].installed * scenario.products[i].inference_h100e_chip *
                     p.uptime_frac[static_cast<int>(scenario.firms[f].role)];
    const double use = p.core_use_neutral_ratio * scenario.firms[f].core_saturation_h100e;
    return own_h100e > 0.0 ? min(p.core_use_max_frac, use / own_h100e) : 0.0;
}

/// Mean of the regions' prices weighted by usable kW; 0 without a site.
double mean_energy_price(const Scenario& scenario, const World& world, const Firm& firm) {
    double usable = 0.0, cost = 0.0;
    for (int r = 0; r < scenario.region_count; ++r) {
        const auto kw = static_cast<double>(usable_it_kw(scenario.regions[r], firm.sites[r]));
        usable += kw;
        cost += kw * world.regions[r].energy_price_usd_mwh;
    }
    return usable > 0.0 ? cost / usable : 0.0;
}

/// Loyalty to a supplier: its part of the firm's stock in H100e of the data; 0 without chips.
void open_loyalty(const Scenario& scenario, Firm& firm) {
    double all = 0.0, of_supplier[kMaxSuppliers] = {};
    for (int i = 0; i < scenario.product_count; ++i) {
        const Product& product = scenario.products[i];
        const Holding& holding = firm.holdings[i];
        const double stock = (static_cast<double>(holding.installed) + holding.warehouse) * product.data_h100e_chip;
        of_supplier[scenario.firms[product.vendor].supplier_slot] += stock;
        all += stock;
    }
    for (int s = 0; s < scenario.supplier_count; ++s) firm.loyalty_frac[s] = all > 0.0 ? of_supplier[s] / all : 0.0;
}

/// The frontier is the best released capability, and stood lower by the same step in each quarter before.
void open_frontier(const Scenario& scenario, World& world) {
    double top = -kInfinity;
    for (int f = 0; f < scenario.firm_count; ++f)
        if (scenario.firms[f].has_capability) top = max(top, world.firms[f].capability_oom);
    if (top == -kInfinity) top = scenario.parameters.frontier_capability_2026q1_oom;
    for (int lag = 0; lag < kFrontierLags; ++lag) world.frontier_oom[lag] = top - lag * scenario.parameters.frontier_capability_history_growth_oom;
}

void open_capability(const Scenario& scenario, const World& world, int f, Firm& firm) {
    const Parameters& p = scenario.parameters;
    if (!scenario.firms[f].has_capability) {  // it uses open-weight models
        firm.capability_oom = firm.next_capability_oom = world.frontier_oom[static_cast<int>(p.open_weight_lag_q)];
        return;
    }
    firm.next_capability_oom = firm.capability_oom;
    firm.effective_compute_h100e_q = p.effective_compute_scale_h100e_q * pow(10.0, firm.capability_oom);
    firm.know_how = firm.capability_oom >= p.know_how_2026q1_threshold_oom ? p.know_how_2026q1_leader : p.know_how_2026q1_follower;
}

void open_firms(const Scenario& scenario, World& world) {
    const Parameters& p = scenario.parameters;
    for (int f = 0; f < scenario.firm_count; ++f) {
        Firm& firm = world.firms[f];
        open_capability(scenario, world, f, firm);
        bool sells = scenario.firms[f].has_capability;
        for (int s = 0; s < kMaxSegments; ++s) sells = sells || firm.share_ppb[s] > 0;
        for (int s = 0; s < kMaxSegments; ++s) {
            firm.price_usd_task[s] = sells ? p.task_price_2026q1_usd_task : 0.0;
            firm.served_frac[s] = p.served_2026q1_frac;
        }
        firm.core_use_frac = neutral_core_use(scenario, world, f);
        firm.segment_priority_frac = p.segment_priority_neutral_frac;
        firm.oversell_ratio = p.oversell_neutral_ratio;
        firm.venture_t = -1;
        firm.payout_frac = p.payout_neutral_frac;
        firm.reliability_frac = p.reliability_2026q1_frac;
        firm.news_factor = 1.0;
        firm.energy_price_usd_mwh = mean_energy_price(scenario, world, firm);
        open_loyalty(scenario, firm);
    }
}

/// The sellers of a segment at the start, the outside alternative last, at `outside_price`.
ProductSellers opening_sellers(const Scenario& scenario, const World& world, int segment, double outside_price) {
    ProductSellers sellers{};
    for (int f = 0; f < scenario.firm_count; ++f) {
        const Firm& firm = world.firms[f];
        sellers.items[sellers.count++] = {firm.price_usd_task[segment], firm.share_ppb[segment] * kShareUnit, firm.capability_oom, 0.0,
                                          firm.served_frac[segment]};
    }
    const double open_oom = world.frontier_oom[static_cast<int>(scenario.parameters.open_weight_lag_q)];
    sellers.items[sellers.count++] = {outside_price, static_cast<double>(world.segments[segment].outside_share_ppb) * kShareUnit, open_oom, 0.0, 1.0};
    return sellers;
}

/// Prices and quantities are those of 2026Q1, when every task price was task_price_2026q1, the outside alternative's too; customers meet
/// its own price (5.9) from the first quarter on, so preferences are set against that one and shares do not jump.
void open_segments(Scenario& scenario, World& world) {
    const Parameters& p = scenario.parameters;
    const double open_oom = world.frontier_oom[static_cast<int>(p.open_weight_lag_q)];
    const double outside_price = outside_price_usd_task(inference_rule(p), p.outside_alternative_markup_ratio, world.spot_usd_h[1], open_oom,
                                                        world.frontier_oom[0], world.inference_efficiency);
    for (int s = 0; s < kMaxSegments; ++s) {
        SegmentState& segment = world.segments[s];
        const SpendingRule rule = spending_rule(p, s);
        const PriceIndices prices = price_indices(rule, opening_sellers(scenario, world, s, p.task_price_2026q1_usd_task));
        scenario.opening_quality_price_usd_task[s] = prices.quality_price_usd_task;
        segment.wallet_usd_year = p.wallet_2026q1_usd[s];
        segment.adopted_frac = p.adoption_2026q1_frac[s];
        segment.mean_price_usd_task = prices.price_usd_task;
        segment.quantity_task_units =
            affordable_tasks(rule, segment.wallet_usd_year, segment.adopted_frac, spending_share(rule, 1.0), prices.price_usd_task);
        segment.desired_task_units = segment.quantity_task_units;
        segment.expected_growth_frac = p.demand_growth_2026q1_frac;

        ProductSellers sellers = opening_sellers(scenario, world, s, outside_price);
        set_opening_preferences(choice_rule(p, s), sellers, world.frontier_oom[0]);
        for (int f = 0; f < scenario.firm_count; ++f) world.firms[f].preference[s] = sellers.items[f].preference;
        const ProductSeller& outside = sellers.items[sellers.count - 1];
        segment.outside_preference = outside.preference;
        world.outside_need_h100e += inference_need_h100e(inference_rule(p), segment.quantity_task_units * outside.share_frac, open_oom,
                                                         world.frontier_oom[0], world.inference_efficiency);
    }
}

}  // namespace

void open_state(Scenario& scenario, World& world) {
    world.t = kBooksQuarter;
    world.start_t = scenario.start_t;
    open_paths(scenario.parameters, world);
    open_products(scenario, world);
    open_regions(scenario, world);
    open_suppliers(scenario, world);
    open_fleet(scenario, world);
    open_frontier(scenario, world);
    open_firms(scenario, world);
    open_segments(scenario, world);
}

}  // namespace rackrace
