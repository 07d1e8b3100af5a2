// P10: used chips change hands. A double auction among firms and the dealer's stock; what finds no firm goes to the dealer at its curve,
// and what is worth less than scrap is scrapped. Posts sales, moves chips and their books.
#pragma once

#include "engine/market/spot_auction.h"
#include "engine/market/tie_hash.h"
#include "engine/quarter/orders.h"
#include "engine/settle/resale.h"
#include "engine/settle/ledger.h"

namespace rackrace {

/// Takes chips out of service into the warehouse, at most what is installed.
RACKRACE_HD inline void retire_chips(const Scenario& scenario, World& world, const Orders* orders) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        RACKRACE_NO_UNROLL
        for (int p = 0; p < scenario.product_count; ++p) {
            Holding& h = world.firms[f].holdings[p];
            const std::int32_t asked = orders[f].retire_chips[p];
            const std::int32_t out = asked < h.installed ? (asked > 0 ? asked : 0) : h.installed;
            h.installed -= out;
            h.warehouse += out;
        }
    }
}

/// Removes sold or scrapped chips from a firm's warehouse and their part of the group from its books.
RACKRACE_HD inline void dispose_chips(World& world, Ledger& ledger, int f, int p, std::int64_t chips) {
    Holding& h = world.firms[f].holdings[p];
    const double held = static_cast<double>(h.installed) + h.warehouse;
    const bool is_last = static_cast<double>(chips) >= held;
    const Usd gross = is_last ? h.gross : to_usd(to_double(h.gross) * static_cast<double>(chips) / held);
    Usd depreciation = is_last ? h.depreciation : to_usd(to_double(h.depreciation) * static_cast<double>(chips) / held);
    depreciation = min_usd(depreciation, gross);
    h.warehouse -= to_int32(chips);
    h.gross -= gross;
    h.depreciation -= depreciation;
    post(world, ledger, Kind::chip_depreciation_disposal, f, f, depreciation, p);
    post(world, ledger, Kind::chip_disposal, f, f, gross - depreciation, p);
}

/// Money of a trade: the unit price times the units, rounded once.
RACKRACE_HD inline Usd trade_value(double usd_chip, std::int64_t chips) { return to_usd(usd_chip * static_cast<double>(chips)); }

/// The book of one product: firms' offers and the dealer's stock against firms' bids. Rows of firms come first, the dealer is last.
struct UsedBook {
    SpotOrders asks, bids;
    std::int64_t offered = 0;    // by firms
};

RACKRACE_HD inline void fill_used_book(const Scenario& scenario, const World& world, const Orders* orders, int p, double fundamental, UsedBook& book) {
    std::uint64_t tie[kMaxFirms];
    fill_ties(scenario, world, TieMarket::used_chip, p, tie);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        const ChipStep &sell = orders[f].sell_chips[p], &buy = orders[f].buy_used_chips[p];
        const std::int32_t held = world.firms[f].holdings[p].warehouse;
        const std::int64_t chips = sell.chips < held ? sell.chips : held;
        if (chips > 0 && sell.usd_chip >= 0.0) {
            add_order(book.asks, {f, sell.usd_chip, chips, tie[f]});
            book.offered += chips;
        }
        if (buy.chips <= 0 || !(buy.usd_chip > 0.0) || world.firms[f].role == Role::supplier) continue;
        const std::int64_t affordable = floor_to_int64(max(0.0, to_double(cash_of(world, f))) / buy.usd_chip);
        add_order(book.bids, {f, buy.usd_chip, buy.chips < affordable ? buy.chips : affordable, tie[f]});
    }
    std::int64_t stock = 0;
    RACKRACE_NO_UNROLL
    for (int age = 0; age < kDealerAges; ++age) stock += world.products[p].dealer_chips[age];
    add_order(book.asks, {kInvestor, dealer_ask_usd_chip(scenario.parameters, fundamental), stock, 0});
}

/// The dealer's chips leave, the oldest first; their part of its cost goes with them.
RACKRACE_HD inline Usd take_dealer_chips(ProductState& state, std::int64_t chips) {
    std::int64_t stock = 0;
    RACKRACE_NO_UNROLL
    for (int age = 0; age < kDealerAges; ++age) stock += state.dealer_chips[age];
    const Usd cost = chips >= stock ? state.dealer_cost : to_usd(to_double(state.dealer_cost) * static_cast<double>(chips) / static_cast<double>(stock));
    state.dealer_cost -= cost;
    RACKRACE_NO_UNROLL
    for (int age = kDealerAges - 1; age >= 0 && chips > 0; --age) {
        const std::int64_t out = chips < state.dealer_chips[age] ? chips : state.dealer_chips[age];
        state.dealer_chips[age] -= to_int32(out);
        chips -= out;
    }
    return cost;
}

/// What the dealer holds a quarter longer; after dealer_holding_q quarters it is scrapped.
RACKRACE_HD inline void age_dealer_stock(World& world, Ledger& ledger, int p) {
    ProductState& state = world.products[p];
    const std::int64_t old = state.dealer_chips[kDealerAges - 1];
    if (old > 0) {
        const Usd cost = take_dealer_chips(state, old);
        post(world, ledger, Kind::dealer_write_down, kInvestor, kInvestor, cost, p);
        state.total_scrapped += old;
    }
    RACKRACE_NO_UNROLL
    for (int age = kDealerAges - 1; age > 0; --age) state.dealer_chips[age] = state.dealer_chips[age - 1];
    state.dealer_chips[0] = 0;
}

/// Trades among firms and out of the dealer's stock at the clearing price: each buyer pays the pool of sellers, pair by pair in row order.
RACKRACE_HD inline void settle_used_trades(World& world, Ledger& ledger, int p, const UsedBook& book, const SpotClearing& clearing) {
    int a = 0;
    std::int64_t ask_left = book.asks.count > 0 ? clearing.sold[0] : 0;
    RACKRACE_NO_UNROLL
    for (int b = 0; b < book.bids.count; ++b) {
        std::int64_t want = clearing.bought[b];
        const int buyer = book.bids.rows[b].party;
        RACKRACE_NO_UNROLL
        while (want > 0 && a < book.asks.count) {
            if (ask_left == 0) {
                ask_left = ++a < book.asks.count ? clearing.sold[a] : 0;
                continue;
            }
            const std::int64_t chips = want < ask_left ? want : ask_left;
            const int seller = book.asks.rows[a].party;
            const Usd price = trade_value(clearing.price_usd_h, chips);
            if (is_firm(seller)) {
                dispose_chips(world, ledger, seller, p, chips);
                post(world, ledger, Kind::used_chip_sale, buyer, seller, price, p);
            } else {
                const Usd cost = take_dealer_chips(world.products[p], chips);
                post(world, ledger, Kind::dealer_sale, buyer, kInvestor, price, p);
                // The dealer's gain or loss: its stock leaves at cost, not at the price.
                if (price < cost) post(world, ledger, Kind::dealer_write_down, kInvestor, kInvestor, cost - price, p);
                else post(world, ledger, Kind::dealer_gain, kInvestor, kInvestor, price - cost, p);
            }
            world.firms[buyer].holdings[p].warehouse += to_int32(chips);
            world.firms[buyer].holdings[p].gross += price;
            want -= chips;
            ask_left -= chips;
        }
    }
}

/// Offers that found no firm go to the dealer where its bid (or scrap) covers the reserve; below scrap value they are scrapped.
RACKRACE_HD inline void sell_to_dealer(World& world, Ledger& ledger, int p, const UsedBook& book, const SpotClearing& clearing,
                                       double bid_usd_chip, double scrap_usd_chip) {
    ProductState& state = world.products[p];
    const bool is_scrap = bid_usd_chip < scrap_usd_chip;
    const double price = is_scrap ? scrap_usd_chip : bid_usd_chip;
    RACKRACE_NO_UNROLL
    for (int a = 0; a < book.asks.count; ++a) {
        const SpotOrder& ask = book.asks.rows[a];
        const std::int64_t left = ask.quantity - clearing.sold[a];
        if (!is_firm(ask.party) || left == 0 || ask.price_usd_h > price) continue;
        const Usd paid_usd = trade_value(price, left);
        dispose_chips(world, ledger, ask.party, p, left);
        post(world, ledger, Kind::dealer_purchase, kInvestor, ask.party, paid_usd, p);
        if (is_scrap) {
            post(world, ledger, Kind::dealer_write_down, kInvestor, kInvestor, paid_usd, p);
            state.total_scrapped += left;
        } else {
            state.dealer_chips[0] += to_int32(left);
            state.dealer_cost += paid_usd;
        }
    }
}

/// P10 for every product. Sets the resale value: the clearing price where firms traded, else what the dealer pays for what was offered.
RACKRACE_HD inline void trade_used_chips(const Scenario& scenario, World& world, const Orders* orders, Ledger& ledger) {
    const Parameters& parameters = scenario.parameters;
    const RegionMeans means = region_means(scenario, world);
    retire_chips(scenario, world, orders);
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        ProductState& state = world.products[p];
        age_dealer_stock(world, ledger, p);
        const double fundamental = fundamental_of(scenario, world, means, p);
        UsedBook book;
        fill_used_book(scenario, world, orders, p, fundamental, book);
        std::int64_t installed = 0;
        RACKRACE_NO_UNROLL
        for (int f = 0; f < scenario.firm_count; ++f) installed += world.firms[f].holdings[p].installed;
        const double bid = dealer_bid_usd_chip(parameters, fundamental, static_cast<double>(book.offered), dealer_depth_chips(parameters, installed));
        const double scrap = scrap_value_usd_chip(parameters, state.list_usd_chip);
        const SpotClearing clearing = clear_spot(parameters, book.asks, book.bids, state.resale_usd_chip);
        settle_used_trades(world, ledger, p, book, clearing);
        sell_to_dealer(world, ledger, p, book, clearing, bid, scrap);
        const double cleared = clearing.quantity > 0 ? clearing.price_usd_h : bid;
        state.last_resale_usd_chip = state.resale_usd_chip;
        state.resale_usd_chip = resale_usd_chip(parameters, fundamental, state.list_usd_chip, book.offered > 0 || clearing.quantity > 0, cleared);
    }
}

}  // namespace rackrace
