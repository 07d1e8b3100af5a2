// P9: new chips are sold, newest generation first: supply agreements, then sealed bids cut to the money behind them, then the list price moves.
#pragma once

#include "engine/market/buying_power.h"
#include "engine/market/chip_priority.h"
#include "engine/market/chip_sale.h"
#include "engine/market/list_price.h"
#include "engine/market/power_ahead.h"
#include "engine/market/supply_agreements.h"

namespace rackrace {

/// Free power of a buyer at the delivery of what is sold now, less what waits for it: chips in the warehouse and on order. Below 0: too little.
RACKRACE_HD inline double free_kw_at_delivery(const Scenario& scenario, const World& world, int f) {
    const Firm& firm = world.firms[f];
    double waiting_kw = 0.0;
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        const ChipOrder(&orders)[kOrderSlots] = firm.orders[p];
        if ((firm.holdings[p].warehouse | orders[1].chips | orders[2].chips) == 0) continue;
        waiting_kw += firm.holdings[p].warehouse * scenario.products[p].kw_chip;
        RACKRACE_NO_UNROLL
        for (int k = 1; k < kOrderSlots; ++k) waiting_kw += orders[k].chips * scenario.products[p].kw_chip;
    }
    const int lag = static_cast<int>(scenario.parameters.chip_sale_lag_q);
    return usable_it_kw_ahead(scenario, world, f, lag) - installed_it_kw(scenario, firm) - waiting_kw;
}

/// A supplier's chips that a firm runs.
RACKRACE_HD inline std::int64_t installed_of_supplier(const Scenario& scenario, const World& world, int slot, int f) {
    std::int64_t chips = 0;
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p)
        if (scenario.products[p].vendor == world.suppliers[slot].firm) chips += world.firms[f].holdings[p].installed;
    return chips;
}

/// What a supplier knows of a buyer at the start of the sale, but for the chips installed, which only POSTED asks for.
RACKRACE_HD inline BuyerStanding standing_of(const Scenario& scenario, const World& world, int slot, int f, double free_kw) {
    const Firm& firm = world.firms[f];
    BuyerStanding buyer;
    buyer.loyalty_frac = firm.loyalty_frac[slot];
    buyer.ready_frac = readiness(scenario.parameters, max(0.0, free_kw), firm.award_mean_it_kw[slot]);
    buyer.buyer_weight_frac = world.suppliers[slot].buyer_weight[f];
    return buyer;
}

/// In-house chips bought this quarter count among a firm's purchases: their deposits are all it paid before the sale. A firm's lines have
/// one vendor.
RACKRACE_HD inline void count_in_house(const Scenario& scenario, const Ledger& ledger, SaleAccounts& accounts) {
    const double deposit_frac = scenario.parameters.chip_deposit_frac;
    if (!(deposit_frac > 0.0)) return;
    std::uint32_t counted = 0;  // bit by firm
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        const Product& product = scenario.products[p];
        if (product.buyers != Buyers::captive) continue;
        RACKRACE_NO_UNROLL
        for (std::uint32_t owners = product.buyer_mask & ~counted; owners != 0; owners &= owners - 1) {
            const int f = lowest_bit(owners);
            accounts.bought[f][scenario.firms[product.vendor].supplier_slot] = to_usd(to_double(paid(ledger, f, Kind::chip_deposit)) / deposit_frac);
        }
        counted |= product.buyer_mask;
    }
}

/// Accounts at the start of the sale: the money behind bids and how suppliers rank their buyers, which no award of the quarter moves.
RACKRACE_HD RACKRACE_APART inline void open_accounts(const Scenario& scenario, World& world, const Ledger& ledger, SaleAccounts& accounts) {
    count_in_house(scenario, ledger, accounts);
    const ComputeDues compute = compute_dues(scenario.parameters, world);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        world.firms[f].was_money_bound = world.firms[f].was_chip_bound = 0;
        if (world.firms[f].role == Role::supplier || !is_active(world.firms[f])) continue;  // suppliers buy no chips
        accounts.buying_power[f] = buying_power_of(scenario, world, compute, f);
        const double free_kw = free_kw_at_delivery(scenario, world, f);
        RACKRACE_NO_UNROLL
        for (int slot = 0; slot < scenario.supplier_count; ++slot) {
            BuyerStanding buyer = standing_of(scenario, world, slot, f, free_kw);
            accounts.score_bonus_frac[slot][f] = score_bonus(scenario.parameters, buyer);
            if (scenario.rules.chips != ChipRule::posted) continue;
            buyer.installed_chips = installed_of_supplier(scenario, world, slot, f);
            accounts.weight[slot][f] = allocation_weight(scenario.parameters, buyer);
        }
    }
}

/// The bids of a product, cut to the supplier's cap and to their backing. Marks the firms that money bound.
RACKRACE_HD RACKRACE_APART inline void collect_bids(const Scenario& scenario, World& world, const Orders* orders, const SaleAccounts& accounts, int p, ChipSale& sale) {
    const Product& facts = scenario.products[p];
    const int slot = scenario.firms[facts.vendor].supplier_slot;
    const std::int64_t most = max_units(world.suppliers[slot].buyer_cap_frac, sale.supply);
    sale.count = scenario.firm_count;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        sale.score_bonus_frac[f] = accounts.score_bonus_frac[slot][f];
        sale.weight[f] = accounts.weight[slot][f];
        if (world.firms[f].role == Role::supplier || !is_active(world.firms[f])) continue;
        ChipBid& bid = sale.bids[f];
        RACKRACE_NO_UNROLL
        for (int k = 0; k < kMaxSteps; ++k) {
            const ChipStep& step = orders[f].bid_chips[p][k];
            if (step.chips <= 0 || !(step.usd_chip > 0.0)) continue;
            bid.price_usd_chip[bid.steps] = min(step.usd_chip, scenario.parameters.bid_cap_list_ratio * world.products[p].list_usd_chip);
            bid.units[bid.steps++] = step.chips;
        }
        if (bid.steps == 0) continue;
        const std::int64_t wished = units_at_or_above(bid, sale.reserve_usd_chip);
        const std::int64_t allowed = wished < most ? wished : most;
        cut_bid(bid, most, facts.system_usd_chip, accounts.buying_power[f], accounts.committed[f]);
        // The deposit is due now: what cash and the revolver pay of it bounds the bid as well.
        cut_bid(bid, most, 0.0, Usd{floor_to_int64(to_double(means_of(world, f)) / scenario.parameters.chip_deposit_frac)}, Usd{});
        if (units_at_or_above(bid, sale.reserve_usd_chip) < allowed) world.firms[f].was_money_bound = 1;
    }
}

/// The list price of a product after its sale of this quarter.
RACKRACE_HD inline double list_price_after(const Scenario& scenario, const World& world, int p, double reserve_usd_chip) {
    const ProductState& state = world.products[p];
    ListPriceNews news;
    news.list_usd_chip = state.list_usd_chip;
    news.mean_price_usd_chip = state.cleared_usd_chip;
    news.reserve_usd_chip = reserve_usd_chip;
    news.sold = state.sold_chips;
    news.on_sale = state.offered_chips;
    news.unit_cost_usd_chip = scenario.products[p].unit_cost_usd_chip;
    news.launch_list_usd_chip = scenario.products[p].list_usd_chip;
    const int newest = newest_on_sale(scenario, world, scenario.products[p].vendor);
    news.successor_sells = newest >= 0 && is_newer(scenario, world, newest, p);
    news.follows_market = scenario.rules.chips != ChipRule::posted && scenario.rules.chips != ChipRule::proportional;
    return next_list_price(scenario.parameters, news);
}

/// Tier 2: the sealed sale of one product by the scenario's rule.
RACKRACE_HD RACKRACE_APART inline void auction_product(const Scenario& scenario, World& world, const Orders* orders, Ledger& ledger, SaleAccounts& accounts, int p) {
    ProductState& state = world.products[p];
    const OnSale on_sale = chips_on_sale(scenario, world, p);
    ChipSale sale;
    sale.supply = on_sale.chips;
    sale.reserve_usd_chip = state.list_usd_chip * state.price_multiplier;
    collect_bids(scenario, world, orders, accounts, p, sale);
    std::uint64_t tie[kMaxFirms];
    fill_ties(scenario, world, TieMarket::chip_sale, p, tie);
    ChipAwards awards;
    clear_chips(scenario.rules.chips, sale, tie, awards);

    std::int64_t sold = 0, unfilled = 0, from_stock[kMaxFirms] = {};
    Usd payment{};
    pro_rata<kMaxFirms>(awards.units, tie, scenario.firm_count, on_sale.stock, from_stock);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        unfilled += awards.unfilled[f];
        if (awards.unfilled[f] > 0) world.firms[f].was_chip_bound = 1;
        if (awards.units[f] == 0) continue;
        book_award(scenario, world, ledger, accounts, f, p, from_stock[f], awards.units[f], awards.payment[f], scenario.parameters.chip_deposit_frac);
        ledger.deals.new_chips[f][p] = to_int32(awards.units[f]);
        ledger.deals.new_chips_paid[f][p] = awards.payment[f];
        sold += awards.units[f];
        payment += awards.payment[f];
    }
    state.offered_chips = to_int32(on_sale.chips);
    state.sold_chips = to_int32(sold);
    state.asked_chips = to_int32(sold + unfilled);
    state.scarcity_frac = sold + unfilled > 0 ? static_cast<double>(unfilled) / static_cast<double>(sold + unfilled) : 0.0;
    state.cleared_usd_chip = sold > 0 ? to_double(payment) / static_cast<double>(sold) : sale.reserve_usd_chip;
    state.list_usd_chip = list_price_after(scenario, world, p, sale.reserve_usd_chip);
}

/// Loyalty and mean awards after the quarter's sales. A firm that bought nothing keeps its loyalty.
RACKRACE_HD inline void update_standing(const Scenario& scenario, World& world, const SaleAccounts& accounts) {
    const double window = scenario.parameters.readiness_window_q;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        Usd all{};
        RACKRACE_NO_UNROLL
        for (int s = 0; s < scenario.supplier_count; ++s) all += accounts.bought[f][s];
        RACKRACE_NO_UNROLL
        for (int s = 0; s < scenario.supplier_count; ++s) {
            Firm& firm = world.firms[f];
            firm.award_mean_it_kw[s] += (accounts.awarded_it_kw[f][s] - firm.award_mean_it_kw[s]) / window;
            if (all.value > 0) firm.loyalty_frac[s] = next_loyalty(scenario.parameters, firm.loyalty_frac[s], to_double(accounts.bought[f][s]) / to_double(all));
        }
    }
}

/// P9. Newest generation first, in slot order inside one: backing counts the awards before.
RACKRACE_HD RACKRACE_APART inline void sell_new_chips(const Scenario& scenario, World& world, const Orders* orders, Ledger& ledger) {
    SaleAccounts accounts;
    take_agreements(world, orders);
    cancel_orders(scenario, world, orders, ledger);
    open_accounts(scenario, world, ledger, accounts);
    RACKRACE_NO_UNROLL
    for (int g = kMaxGenerations - 1; g >= 0; --g) {
        RACKRACE_NO_UNROLL
        for (int p = 0; p < scenario.product_count; ++p) {
            if (scenario.products[p].generation != g || !is_offered(scenario, world, p)) continue;
            serve_agreements(scenario, world, ledger, accounts, p);
            auction_product(scenario, world, orders, ledger, accounts, p);
        }
    }
    update_standing(scenario, world, accounts);
}

}  // namespace rackrace
