// P9: new chips are sold, newest generation first: supply agreements, then sealed bids cut to the money behind them, then the list price moves.
#pragma once

#include "engine/market/chip_backing.h"
#include "engine/market/chip_priority.h"
#include "engine/market/chip_sale.h"
#include "engine/market/newest_product.h"
#include "engine/market/supply_phase.h"
#include "engine/settle/backlog.h"
#include "engine/settle/debt_service.h"
#include "engine/settle/investment_payments.h"

namespace rackrace {

/// Money that a firm owes in the buying_power_horizon_q quarters from this one on: open chip orders, instalments, interest and
/// amortisation, rent, take-or-pay as a buyer.
RACKRACE_HD inline Usd open_balances(const Scenario& scenario, const World& world, int f) {
    const Parameters& p = scenario.parameters;
    const Firm& firm = world.firms[f];
    const int horizon = static_cast<int>(p.buying_power_horizon_q);
    double chips = 0.0, rent = 0.0;
    Usd sum{};
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.product_count; ++i) {
        RACKRACE_NO_UNROLL
        for (int slot = 0; slot < kOrderSlots; ++slot) {
            const ChipOrder& order = firm.orders[i][slot];
            chips += order.chips * (order.price_usd_chip + scenario.products[i].system_usd_chip);
            sum -= order.deposit;
        }
    }
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) {
        rent += horizon * firm.sites[r].lease_kw * firm.sites[r].lease_rent_usd_kw_q;
        RACKRACE_NO_UNROLL
        for (int k = 0; k < kArrivalQuarters; ++k) {
            RACKRACE_NO_UNROLL
            for (int ahead = 0; ahead < horizon; ++ahead) sum += instalment_due(scenario, scenario.arrivals[f][r][k], k, world.t + ahead);
        }
    }
    RACKRACE_NO_UNROLL
    for (int d = 0; d < kMaxTranches; ++d) {
        const Tranche& tranche = firm.debt[d];
        const double service = to_double(interest_of(scenario, world, tranche)) + to_double(principal_due(tranche));
        sum += tranche.left_q == horizon && tranche.is_amortising == 0 ? tranche.principal : to_usd(horizon * service);
    }
    RACKRACE_NO_UNROLL
    for (int c = 0; c < kMaxContracts; ++c) {
        const Contract& contract = world.contracts[c];
        if (contract.id == 0 || contract.buyer != f) continue;
        RACKRACE_NO_UNROLL
        for (int ahead = 0; ahead < horizon; ++ahead) sum += takeorpay_due(p, contract, world.t + ahead);
    }
    return sum + to_usd(chips) + to_usd(rent);
}

/// BP of 5.3 at the start of the sale. Receipts less operating cost of the last quarter are its EBITDA.
RACKRACE_HD inline Usd buying_power_of(const Scenario& scenario, const World& world, int f) {
    const Firm& firm = world.firms[f];
    BuyingFunds funds{};
    funds.cash = cash_of(world, f);
    funds.undrawn_credit = undrawn_revolver(firm) + firm.undrawn_contract_backed;
    funds.receipts_last_q = firm.history[0].ebitda_ai + firm.history[0].ebitda_core;
    funds.cash_cost_q = firm.cash_costs;
    funds.open_balances = open_balances(scenario, world, f);
    return buying_power(scenario.parameters, funds);
}

/// What a supplier knows of a buyer when a product is sold.
RACKRACE_HD inline BuyerStanding standing_of(const Scenario& scenario, const World& world, int slot, int f) {
    const Firm& firm = world.firms[f];
    BuyerStanding buyer;
    double waiting_kw = 0.0;
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        if (scenario.products[p].vendor == world.suppliers[slot].firm) buyer.installed_chips += firm.holdings[p].installed;
        waiting_kw += firm.holdings[p].warehouse * scenario.products[p].kw_chip;
        RACKRACE_NO_UNROLL
        for (int k = 0; k < kOrderSlots; ++k) waiting_kw += firm.orders[p][k].chips * scenario.products[p].kw_chip;
    }
    const double free_kw = usable_it_kw(scenario, firm) - installed_it_kw(scenario, firm) - waiting_kw;
    buyer.loyalty_frac = firm.loyalty_frac[slot];
    buyer.ready_frac = readiness(scenario.parameters, max(0.0, free_kw), firm.award_mean_it_kw[slot]);
    buyer.buyer_weight_frac = world.suppliers[slot].buyer_weight[f];
    return buyer;
}

/// Money and purchases of the quarter's sale, carried from product to product.
struct SaleAccounts {
    Usd buying_power[kMaxFirms] = {};
    Usd committed[kMaxFirms] = {};                       // exposure of what is sold already
    Usd bought[kMaxFirms][kMaxSuppliers] = {};
    double awarded_it_kw[kMaxFirms][kMaxSuppliers] = {};
};

/// Books an award: the part that comes from stock ships next quarter, the rest after the lag.
RACKRACE_HD inline void book_award(const Scenario& scenario, World& world, Ledger& ledger, SaleAccounts& accounts, int f, int p, std::int64_t from_stock,
                                   std::int64_t chips, double price_usd_chip) {
    const Product& facts = scenario.products[p];
    const int slot = scenario.firms[facts.vendor].supplier_slot, lag = static_cast<int>(scenario.parameters.chip_sale_lag_q);
    place_order(scenario, world, ledger, f, p, static_cast<int>(scenario.parameters.inventory_ship_lag_q), from_stock, price_usd_chip);
    place_order(scenario, world, ledger, f, p, lag, chips - from_stock, price_usd_chip);
    accounts.committed[f] += to_usd(unit_exposure_usd(price_usd_chip, facts.system_usd_chip) * static_cast<double>(chips));
    accounts.bought[f][slot] += to_usd(price_usd_chip * static_cast<double>(chips));
    accounts.awarded_it_kw[f][slot] += facts.kw_chip * static_cast<double>(chips);
}

/// Chips of a product that nobody holds a claim to: stock and allotted output up to the lag, less all open orders. `stock`: the part of
/// it that can ship next quarter.
struct OnSale {
    std::int64_t chips;
    std::int64_t stock;
};

RACKRACE_HD inline OnSale chips_on_sale(const Scenario& scenario, const World& world, int p) {
    const int lag = static_cast<int>(scenario.parameters.chip_sale_lag_q);
    std::int64_t next = world.products[p].inventory_chips + allotted_output(scenario, world, p, 1), later = 0;
    RACKRACE_NO_UNROLL
    for (int ahead = 2; ahead <= lag; ++ahead) later += allotted_output(scenario, world, p, ahead);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        next -= world.firms[f].orders[p][1].chips;
        RACKRACE_NO_UNROLL
        for (int slot = 2; slot < kOrderSlots; ++slot) later -= world.firms[f].orders[p][slot].chips;
    }
    const std::int64_t all = next + later, free = all > 0 ? all : 0;
    return {free, next < 0 ? 0 : (next < free ? next : free)};
}

/// Tier 1: supply agreements that deliver in lag quarters, pro rata where the chips fall short. Cut to what the buyer's deposit covers.
RACKRACE_HD inline void serve_agreements(const Scenario& scenario, World& world, Ledger& ledger, SaleAccounts& accounts, int p) {
    const Parameters& parameters = scenario.parameters;
    const int due_t = world.t + static_cast<int>(parameters.chip_sale_lag_q);
    const OnSale on_sale = chips_on_sale(scenario, world, p);
    std::int64_t due[kMaxAgreements] = {}, served[kMaxAgreements] = {};
    std::uint64_t tie[kMaxAgreements] = {};
    std::int64_t stock = on_sale.stock;
    RACKRACE_NO_UNROLL
    for (int a = 0; a < kMaxAgreements; ++a) {
        const SupplyAgreement& agreement = world.agreements[a];
        if (agreement.chips_q == 0 || agreement.is_accepted == 0 || due_t < agreement.first_t || due_t > agreement.last_t) continue;
        const int product = agreement.product >= 0 ? agreement.product : newest_on_sale(scenario, world, agreement.supplier);
        if (product != p || scenario.products[p].vendor != agreement.supplier) continue;
        due[a] = agreement.chips_q;
        tie[a] = hash64(world.seed, world.t, scenario.firms[agreement.buyer].id, scenario.firms[agreement.supplier].id, a);
    }
    pro_rata<kMaxAgreements>(due, tie, kMaxAgreements, on_sale.chips, served);
    RACKRACE_NO_UNROLL
    for (int a = 0; a < kMaxAgreements; ++a) {
        if (served[a] == 0) continue;
        const SupplyAgreement& agreement = world.agreements[a];
        const double price = world.products[p].list_usd_chip * (1.0 - agreement.discount_frac);
        const std::int64_t backed = deposit_backs(scenario, world, agreement.buyer, price);
        const std::int64_t chips = served[a] < backed ? served[a] : backed;
        const std::int64_t from_stock = chips < stock ? chips : stock;
        book_award(scenario, world, ledger, accounts, agreement.buyer, p, from_stock, chips, price);
        stock -= from_stock;
    }
}

/// The bids of a product, cut to the supplier's cap and to their backing. Marks the firms that money bound.
RACKRACE_HD inline void collect_bids(const Scenario& scenario, World& world, const Orders* orders, const SaleAccounts& accounts, int p, ChipSale& sale) {
    const Product& facts = scenario.products[p];
    const int slot = scenario.firms[facts.vendor].supplier_slot;
    const std::int64_t most = max_units(world.suppliers[slot].buyer_cap_frac, sale.supply);
    sale.count = scenario.firm_count;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        const BuyerStanding buyer = standing_of(scenario, world, slot, f);
        sale.score_bonus_frac[f] = score_bonus(scenario.parameters, buyer);
        sale.weight[f] = allocation_weight(scenario.parameters, buyer);
        if (world.firms[f].role == Role::supplier) continue;
        ChipBid& bid = sale.bids[f];
        RACKRACE_NO_UNROLL
        for (int k = 0; k < kMaxSteps; ++k) {
            const ChipStep& step = orders[f].bid_chips[p][k];
            if (step.chips <= 0 || !(step.usd_chip > 0.0)) continue;
            bid.price_usd_chip[bid.steps] = min(step.usd_chip, scenario.parameters.bid_cap_list_ratio * world.products[p].list_usd_chip);
            bid.units[bid.steps++] = step.chips;
        }
        if (bid.steps == 0) continue;
        // The deposit is due now: what cash and the revolver pay of it bounds the bid as well.
        const Usd deposits = to_usd(to_double(means_of(world, f)) / scenario.parameters.chip_deposit_frac);
        const Usd power = min_usd(accounts.buying_power[f] - accounts.committed[f], deposits);
        const std::int64_t wished = units_at_or_above(bid, sale.reserve_usd_chip);
        const std::int64_t allowed = wished < most ? wished : most;
        cut_bid(bid, most, facts.system_usd_chip, power, Usd{});
        if (units_at_or_above(bid, sale.reserve_usd_chip) < allowed) world.firms[f].was_money_bound = 1;
    }
}

/// Tier 2: the sealed sale of one product by the scenario's rule.
RACKRACE_HD inline void auction_product(const Scenario& scenario, World& world, const Orders* orders, Ledger& ledger, SaleAccounts& accounts, int p) {
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
        book_award(scenario, world, ledger, accounts, f, p, from_stock[f], awards.units[f], to_double(awards.payment[f]) / static_cast<double>(awards.units[f]));
        sold += awards.units[f];
        payment += awards.payment[f];
    }
    state.offered_chips = to_int32(on_sale.chips);
    state.sold_chips = to_int32(sold);
    state.asked_chips = to_int32(sold + unfilled);
    state.scarcity_frac = sold + unfilled > 0 ? static_cast<double>(unfilled) / static_cast<double>(sold + unfilled) : 0.0;
    state.cleared_usd_chip = sold > 0 ? to_double(payment) / static_cast<double>(sold) : sale.reserve_usd_chip;

    ListPriceNews news;
    news.list_usd_chip = state.list_usd_chip;
    news.mean_price_usd_chip = state.cleared_usd_chip;
    news.reserve_usd_chip = sale.reserve_usd_chip;
    news.sold = sold;
    news.on_sale = on_sale.chips;
    news.unit_cost_usd_chip = scenario.products[p].unit_cost_usd_chip;
    news.launch_list_usd_chip = scenario.products[p].list_usd_chip;
    const int newest = newest_on_sale(scenario, world, scenario.products[p].vendor);
    news.successor_sells = newest >= 0 && is_newer(scenario, world, newest, p);
    news.follows_market = scenario.rules.chips != ChipRule::posted && scenario.rules.chips != ChipRule::proportional;
    state.list_usd_chip = next_list_price(scenario.parameters, news);
}

/// Orders cancelled by their buyers: the latest deliveries first. The deposit is lost, but comes back after cancel_free_after_slip_q
/// quarters of slip.
RACKRACE_HD inline void cancel_orders(const Scenario& scenario, World& world, const Orders* orders, Ledger& ledger) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        RACKRACE_NO_UNROLL
        for (int p = 0; p < scenario.product_count; ++p) {
            std::int64_t left = orders[f].cancel_chips[p];
            RACKRACE_NO_UNROLL
            for (int slot = kOrderSlots - 1; slot >= 1 && left > 0; --slot) {
                ChipOrder& order = world.firms[f].orders[p][slot];
                if (order.chips == 0) continue;
                const std::int64_t chips = left < order.chips ? left : order.chips;
                const Usd deposit = chips == order.chips ? order.deposit : to_usd(to_double(order.deposit) * static_cast<double>(chips) / order.chips);
                const bool is_free = order.slipped_q >= static_cast<int>(scenario.parameters.cancel_free_after_slip_q);
                const int vendor = scenario.products[p].vendor;
                if (is_free) post(world, ledger, Kind::chip_deposit_returned, vendor, f, deposit, p);
                else post(world, ledger, Kind::chip_deposit_forfeited, f, vendor, deposit, p);
                order.deposit -= deposit;
                order.chips -= to_int32(chips);
                if (order.chips == 0) order = ChipOrder{};
                left -= chips;
            }
        }
    }
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
RACKRACE_HD inline void sell_new_chips(const Scenario& scenario, World& world, const Orders* orders, Ledger& ledger) {
    cancel_orders(scenario, world, orders, ledger);
    SaleAccounts accounts;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        world.firms[f].was_money_bound = world.firms[f].was_chip_bound = 0;
        accounts.buying_power[f] = buying_power_of(scenario, world, f);
    }
    RACKRACE_NO_UNROLL
    for (int g = kMaxGenerations - 1; g >= 0; --g) {
        RACKRACE_NO_UNROLL
        for (int p = 0; p < scenario.product_count; ++p) {
            if (scenario.products[p].generation != g || scenario.products[p].buyers != Buyers::all || !is_on_sale(scenario, world, p, world.t)) continue;
            serve_agreements(scenario, world, ledger, accounts, p);
            auction_product(scenario, world, orders, ledger, accounts, p);
        }
    }
    update_standing(scenario, world, accounts);
}

}  // namespace rackrace
