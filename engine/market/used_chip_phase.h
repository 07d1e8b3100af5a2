// P10: used chips change hands in a double auction of firms' offers and bids, the dealer's stock and the dealer's own bid. Posts sales,
// moves chips and their books. What the dealer buys at scrap value is scrapped.
#pragma once

#include "engine/market/shipment.h"
#include "engine/market/spot_auction.h"
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
            const std::int32_t asked = orders[f].retire_chips[p];
            if (asked <= 0 || !is_active(world.firms[f])) continue;
            Holding& h = world.firms[f].holdings[p];
            const std::int32_t out = asked < h.installed ? asked : h.installed;
            h.installed -= out;
            h.warehouse += out;
        }
    }
}

/// What a firm offers of a product: its order. The estate of a liquidated firm sells what it is left with in equal parts, at any price.
RACKRACE_HD inline ChipStep offered_chips(const Scenario& scenario, const World& world, const Orders* orders, int f, int p) {
    const Firm& firm = world.firms[f];
    if (firm.status != FirmStatus::liquidated) return is_active(firm) ? orders[f].sell_chips[p] : ChipStep{};
    const int sales = static_cast<int>(scenario.parameters.chapter_11_q + scenario.parameters.liquidation_q) - firm.estate_q + 1;
    ChipStep all{};
    all.chips = sales > 1 ? (firm.holdings[p].warehouse + sales - 1) / sales : firm.holdings[p].warehouse;
    return all;
}

/// What a firm asks for.
RACKRACE_HD inline ChipStep wanted_chips(const World& world, const Orders* orders, int f, int p) {
    return is_active(world.firms[f]) ? orders[f].buy_used_chips[p] : ChipStep{};
}

/// Removes sold chips from a firm's warehouse and their part of the group from its books, which hold the chips paid for.
RACKRACE_HD inline void dispose_chips(World& world, Ledger& ledger, int f, int p, std::int64_t chips) {
    Holding& h = world.firms[f].holdings[p];
    const std::int64_t owned = owned_chips(world.firms[f], p);
    const double part = static_cast<double>(chips) / static_cast<double>(owned);
    const Usd gross = chips >= owned ? h.gross : to_usd(to_double(h.gross) * part);
    const Usd depreciation = chips >= owned ? h.depreciation : min_usd(gross, to_usd(to_double(h.depreciation) * part));
    h.warehouse -= to_int32(chips);
    h.gross -= gross;
    h.depreciation -= depreciation;
    post(world, ledger, Kind::chip_depreciation_disposal, f, f, depreciation, p);
    post(world, ledger, Kind::chip_disposal, f, f, gross - depreciation, p);
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

/// After the trades of a quarter: what was on offer for kDealerAges quarters is scrapped, the rest grows older, what was bought now waits for
/// the next quarter.
RACKRACE_HD inline void age_dealer_stock(World& world, Ledger& ledger, int p, std::int64_t bought, Usd bought_for) {
    ProductState& state = world.products[p];
    const std::int64_t old = state.dealer_chips[kDealerAges - 1];
    if (old > 0) {
        post(world, ledger, Kind::dealer_write_down, kInvestor, kInvestor, take_dealer_chips(state, old), p);
        state.total_scrapped += old;
    }
    RACKRACE_NO_UNROLL
    for (int age = kDealerAges - 1; age > 0; --age) state.dealer_chips[age] = state.dealer_chips[age - 1];
    state.dealer_chips[0] = to_int32(bought);
    state.dealer_cost += bought_for;
}

/// The book of one product. Rows of firms stand in the order of their ties, the dealer is last.
struct UsedBook {
    SpotOrders asks, bids;
    double dealer_bid_usd_chip = 0.0;
    bool is_scrapped = false;  // what the dealer buys: it pays scrap value
    bool is_offered = false;   // some firm offers chips
};

/// The firms with an order for used chips of a product, by falling tie, so that nothing depends on their index. returns their number
RACKRACE_HD inline int firms_by_tie(const Scenario& scenario, const World& world, const Orders* orders, int p, std::uint64_t* tie, int* order) {
    int count = 0;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        if (offered_chips(scenario, world, orders, f, p).chips <= 0 && wanted_chips(world, orders, f, p).chips <= 0) continue;
        tie[f] = tie_of(scenario, world, TieMarket::used_chip, p, f);
        int at = count++;
        RACKRACE_NO_UNROLL
        for (; at > 0 && tie[order[at - 1]] < tie[f]; --at) order[at] = order[at - 1];
        order[at] = f;
    }
    return count;
}

/// Offers and bids of the firms. Offers come out of the warehouse, bids are cut to the cash behind them; a firm does not trade with itself.
RACKRACE_HD RACKRACE_APART inline void add_firm_orders(const Scenario& scenario, const World& world, const Orders* orders, int p, UsedBook& book) {
    std::uint64_t tie[kMaxFirms];
    int order[kMaxFirms];
    const int count = firms_by_tie(scenario, world, orders, p, tie, order);
    RACKRACE_NO_UNROLL
    for (int i = 0; i < count; ++i) {
        const int f = order[i];
        const ChipStep sell = offered_chips(scenario, world, orders, f, p), buy = wanted_chips(world, orders, f, p);
        const std::int64_t owned = owned_chips(world.firms[f], p), stored = world.firms[f].holdings[p].warehouse;
        const std::int64_t held = owned < stored ? owned : stored;
        if (sell.usd_chip >= 0.0) add_order(book.asks, {f, sell.usd_chip, sell.chips < held ? sell.chips : held, tie[f]});
        if (!(buy.usd_chip > 0.0) || world.firms[f].role == Role::supplier) continue;
        const std::int64_t affordable = floor_to_int64(max(0.0, to_double(cash_of(world, f))) / buy.usd_chip);
        add_order(book.bids, {f, buy.usd_chip, buy.chips < affordable ? buy.chips : affordable, tie[f]});
    }
    net_own_orders(book.asks, book.bids);
}

/// The dealer's side: its stock at its ask, and one bid for all that firms offer. The bid falls with the chips offered at no more than its
/// highest; asks above that are nothing it could buy. It bids for one chip more than there are, so the price of a chip that goes to the
/// dealer is its bid. Under scrap value it pays that and scraps; stock that is not worth more is not offered either.
RACKRACE_HD RACKRACE_APART inline void add_dealer_orders(const Scenario& scenario, const World& world, int p, double fundamental, UsedBook& book) {
    const Parameters& parameters = scenario.parameters;
    const ProductState& state = world.products[p];
    const double highest = dealer_bid_usd_chip(parameters, fundamental, 0.0, 1.0);
    std::int64_t installed = 0, stock = 0, pressing = 0, all = 0;
    RACKRACE_NO_UNROLL
    for (int age = 0; age < kDealerAges; ++age) stock += state.dealer_chips[age];
    RACKRACE_NO_UNROLL
    for (int a = 0; a < book.asks.count; ++a) {
        all += book.asks.rows[a].quantity;
        if (book.asks.rows[a].price_usd_h <= highest) pressing += book.asks.rows[a].quantity;
    }
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count && pressing > 0; ++f) installed += world.firms[f].holdings[p].installed;
    const double bid = dealer_bid_usd_chip(parameters, fundamental, static_cast<double>(pressing), dealer_depth_chips(parameters, installed));
    const double scrap = scrap_value_usd_chip(parameters, state.list_usd_chip);
    book.is_offered = all > 0;
    book.is_scrapped = bid < scrap;
    book.dealer_bid_usd_chip = max(bid, scrap);
    const double ask = dealer_ask_usd_chip(parameters, fundamental);
    if (ask > book.dealer_bid_usd_chip) add_order(book.asks, {kInvestor, ask, stock, 0});
    add_order(book.bids, {kInvestor, book.dealer_bid_usd_chip, all + 1, 0});
}

/// One seller and one buyer, `price` dollars for all `chips`. What the dealer buys is for the caller to keep.
RACKRACE_HD inline void trade_pair(World& world, Ledger& ledger, int p, int seller, int buyer, std::int64_t chips, Usd price) {
    if (is_firm(seller)) {
        ledger.deals.used_chips_sold[seller][p] += to_int32(chips);
        dispose_chips(world, ledger, seller, p, chips);
        post(world, ledger, is_firm(buyer) ? Kind::used_chip_sale : Kind::dealer_purchase, buyer, seller, price, p);
    } else {
        const Usd cost = take_dealer_chips(world.products[p], chips);
        post(world, ledger, Kind::dealer_sale, buyer, kInvestor, price, p);
        // The dealer's gain or loss: its stock leaves at cost, not at the price.
        if (price < cost) post(world, ledger, Kind::dealer_write_down, kInvestor, kInvestor, cost - price, p);
        else post(world, ledger, Kind::dealer_gain, kInvestor, kInvestor, price - cost, p);
    }
    if (!is_firm(buyer)) return;
    ledger.deals.used_chips_bought[buyer][p] += to_int32(chips);
    world.firms[buyer].holdings[p].warehouse += to_int32(chips);
    world.firms[buyer].holdings[p].gross += price;
}

/// Carries out the trades at the clearing price, sellers and buyers paired in the order of the book; a buyer's parts add up to its chips times
/// the price, rounded once. The dealer's purchases are scrapped or join its stock.
RACKRACE_HD RACKRACE_APART inline void settle_used_trades(World& world, Ledger& ledger, int p, const UsedBook& book, const SpotClearing& clearing) {
    std::int64_t bought = 0, ask_left = book.asks.count > 0 ? clearing.sold[0] : 0;
    Usd bought_for{};
    int a = 0;
    RACKRACE_NO_UNROLL
    for (int b = 0; b < book.bids.count; ++b) {
        std::int64_t want = clearing.bought[b], got = 0;
        Usd paid_usd{};
        const int buyer = book.bids.rows[b].party;
        RACKRACE_NO_UNROLL
        while (want > 0 && a < book.asks.count) {
            if (ask_left == 0) {
                ask_left = ++a < book.asks.count ? clearing.sold[a] : 0;
                continue;
            }
            const std::int64_t chips = want < ask_left ? want : ask_left;
            got += chips;
            const Usd price = to_usd(clearing.price_usd_h * static_cast<double>(got)) - paid_usd;
            trade_pair(world, ledger, p, book.asks.rows[a].party, buyer, chips, price);
            paid_usd += price;
            want -= chips;
            ask_left -= chips;
        }
        if (is_firm(buyer)) continue;
        bought += got;
        bought_for += paid_usd;
    }
    if (book.is_scrapped) {
        post(world, ledger, Kind::dealer_write_down, kInvestor, kInvestor, bought_for, p);
        world.products[p].total_scrapped += bought;
        bought = 0;
        bought_for = Usd{};
    }
    age_dealer_stock(world, ledger, p, bought, bought_for);
}

/// The book of a product as it goes into the auction.
RACKRACE_HD inline void fill_used_book(const Scenario& scenario, const World& world, const Orders* orders, int p, double fundamental, UsedBook& book) {
    add_firm_orders(scenario, world, orders, p, book);
    add_dealer_orders(scenario, world, p, fundamental, book);
}

/// P10 for one product. Sets the resale value: the clearing price where firms offered chips or traded, else what the dealer would pay.
RACKRACE_HD RACKRACE_APART inline void trade_used_product(const Scenario& scenario, World& world, const Orders* orders, Ledger& ledger, int p, double fundamental) {
    ProductState& state = world.products[p];
    UsedBook book;
    fill_used_book(scenario, world, orders, p, fundamental, book);
    state.last_resale_usd_chip = state.resale_usd_chip;
    if (book.asks.count == 0) {  // nothing is for sale
        age_dealer_stock(world, ledger, p, 0, Usd{});
        state.resale_usd_chip = resale_usd_chip(scenario.parameters, fundamental, state.list_usd_chip, false, 0.0);
        return;
    }
    const SpotClearing clearing = clear_spot(scenario.parameters, book.asks, book.bids, state.resale_usd_chip);
    settle_used_trades(world, ledger, p, book, clearing);
    state.resale_usd_chip = resale_usd_chip(scenario.parameters, fundamental, state.list_usd_chip, book.is_offered || clearing.quantity > 0,
                                            clearing.price_usd_h);
}

/// P10 for every product.
RACKRACE_HD RACKRACE_APART inline void trade_used_chips(const Scenario& scenario, World& world, const Orders* orders, Ledger& ledger) {
    ResaleBasis basis;
    fill_resale_basis(scenario, world, basis);
    retire_chips(scenario, world, orders);
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) trade_used_product(scenario, world, orders, ledger, p, fundamental_of(scenario, world, basis, p));
}

}  // namespace rackrace
