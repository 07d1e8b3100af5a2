#include "engine/quarter/auction_books.h"

#include <algorithm>
#include <limits>
#include <memory>

#include "engine/quarter/quarter.h"

namespace rackrace {
namespace {

constexpr Usd kAnyMoney{std::numeric_limits<std::int64_t>::max()};

std::unique_ptr<Ledger> empty_ledger() { return std::make_unique<Ledger>(); }

/// The bids for every region's lot, as stage A takes them.
std::vector<AuctionBook> power_books(const Scenario& scenario, const World& world, const Orders* orders, const Chance& chance) {
    std::vector<AuctionBook> books;
    if (scenario.rules.power != PowerRule::auction) return books;
    const auto then = std::make_unique<World>(world);
    const auto ledger = empty_ledger();
    give_back_connections(scenario, *then, orders, *ledger);
    std::int64_t lot_kw[kMaxRegions] = {};
    fill_lots(scenario, *then, chance, lot_kw);
    PowerBids bids[kMaxRegions];
    collect_power_bids(scenario, *then, orders, lot_kw, bids);
    for (int r = 0; r < scenario.region_count; ++r) {
        std::uint64_t tie[kMaxFirms];
        fill_ties(scenario, *then, TieMarket::grid, r, tie);
        const PowerLot lot = sell_power_lot(bids[r], lot_kw[r], tie);
        AuctionBook book{AuctionMarket::power, r, kPowerRuleNames[static_cast<int>(scenario.rules.power)]};
        book.price = book.rejected_score = lot.adder_usd_kw_q;
        book.supply = lot_kw[r];
        book.buyer_most = max_lot_kw(scenario.parameters, lot_kw[r]);
        for (int f = 0; f < scenario.firm_count; ++f) {
            const std::int64_t asked = orders[f].bid_power[r].kw;
            if (asked <= 0) continue;
            BookOrder row{false, f};
            row.price = row.score = bids[r].max_adder_usd_kw_q[f];
            row.asked = asked;
            row.entered = bids[r].kw[f];
            row.filled = lot.won_kw[f];
            row.paid = row.filled > 0 ? lot.adder_usd_kw_q : 0.0;
            if (row.entered < std::min(asked, book.buyer_most)) row.cut = OrderCut::deposit;
            else if (row.entered < asked) row.cut = OrderCut::buyer_share;
            book.quantity += row.filled;
            book.orders.push_back(row);
        }
        books.push_back(std::move(book));
    }
    return books;
}

std::int64_t units_at(const ChipBid& bid, double price) {
    std::int64_t units = 0;
    for (int k = 0; k < bid.steps; ++k) units += bid.price_usd_chip[k] == price ? bid.units[k] : 0;
    return units;
}

/// A firm's bid before any cut, the dearest step first; steps at one price are one.
ChipBid whole_bid(const Scenario& scenario, const World& world, const Orders& orders, int p) {
    ChipBid bid;
    const double highest = scenario.parameters.bid_cap_list_ratio * world.products[p].list_usd_chip;
    for (const ChipStep& step : orders.bid_chips[p]) {
        if (step.chips <= 0 || !(step.usd_chip > 0.0)) continue;
        const double price = min(step.usd_chip, highest);
        int k = 0;
        while (k < bid.steps && bid.price_usd_chip[k] != price) ++k;
        bid.price_usd_chip[k] = price;
        bid.units[k] += step.chips;
        bid.steps = std::max(bid.steps, k + 1);
    }
    sort_steps(bid);
    return bid;
}

/// The last of the cuts of collect_bids that took from the step at `price`; `kept` of it are left.
OrderCut cut_of(const ChipBid& whole, double price, std::int64_t kept, std::int64_t most, double system_usd_chip, Usd backing) {
    ChipBid bid = whole;
    cut_bid(bid, most, 0.0, kAnyMoney, Usd{});
    const std::int64_t shared = units_at(bid, price);
    cut_bid(bid, most, system_usd_chip, backing, Usd{});
    const std::int64_t backed = units_at(bid, price);
    if (kept < backed) return OrderCut::deposit;
    if (backed < shared) return OrderCut::buying_power;
    return kept < units_at(whole, price) ? OrderCut::buyer_share : OrderCut::none;
}

/// Chips that the auction gave a firm's step.
std::int64_t filled_at(const RankedSteps<kMaxChipSteps>& steps, const std::int64_t* accepted, int f, double price) {
    for (int i = 0; i < steps.count; ++i)
        if (steps.items[i].firm == f && steps.items[i].bid == price) return accepted[i];
    return 0;
}

void add_chip_bids(const Scenario& scenario, const World& world, const Orders* orders, const SaleAccounts& accounts, int p, const ChipSale& sale,
                   const ChipAwards& awards, const std::uint64_t* tie, AuctionBook& book) {
    const ChipRule rule = scenario.rules.chips;
    const bool is_posted = rule == ChipRule::posted || rule == ChipRule::proportional,
               is_scored = rule == ChipRule::uniform || rule == ChipRule::pay_bid;
    const auto acceptance = std::make_unique<ChipAcceptance>();
    const auto accepted = std::make_unique<std::int64_t[]>(kMaxChipSteps);
    ChipAwards same;
    accept_chip_bids(sale, tie, is_scored, same, *acceptance);
    accept_highest_first(acceptance->steps, tie, sale.supply, accepted.get());
    for (int f = 0; f < scenario.firm_count; ++f) {
        if (world.firms[f].role == Role::supplier) continue;
        const ChipBid whole = whole_bid(scenario, world, orders[f], p);
        std::int64_t posted_left = awards.units[f];
        for (int k = 0; k < whole.steps; ++k) {
            BookOrder row{false, f};
            row.price = whole.price_usd_chip[k];
            row.score = row.price * (is_scored ? 1.0 + sale.score_bonus_frac[f] : 1.0);
            row.asked = whole.units[k];
            row.entered = row.price >= sale.reserve_usd_chip ? units_at(sale.bids[f], row.price) : 0;
            row.filled = is_posted ? std::min(posted_left, row.entered) : filled_at(acceptance->steps, accepted.get(), f, row.price);
            posted_left -= row.filled;
            row.paid = row.filled == 0 ? 0.0 : rule == ChipRule::pay_bid ? row.price : awards.price_usd_chip[f];
            row.cut = row.price < sale.reserve_usd_chip ? OrderCut::price_floor
                                                        : cut_of(whole, row.price, row.entered, book.buyer_most, scenario.products[p].system_usd_chip,
                                                                 accounts.buying_power[f] - accounts.committed[f]);
            book.orders.push_back(row);
        }
    }
}

AuctionBook chip_book(const Scenario& scenario, World& world, const Orders* orders, const SaleAccounts& accounts, int p) {
    const auto sale = std::make_unique<ChipSale>();
    sale->supply = chips_on_sale(scenario, world, p).chips;
    sale->reserve_usd_chip = world.products[p].list_usd_chip * world.products[p].price_multiplier;
    collect_bids(scenario, world, orders, accounts, p, *sale);
    std::uint64_t tie[kMaxFirms];
    fill_ties(scenario, world, TieMarket::chip_sale, p, tie);
    ChipAwards awards;
    clear_chips(scenario.rules.chips, *sale, tie, awards);
    AuctionBook book{AuctionMarket::chips, p, kChipRuleNames[static_cast<int>(scenario.rules.chips)]};
    book.supply = sale->supply;
    book.floor = sale->reserve_usd_chip;
    book.buyer_most = max_units(world.suppliers[scenario.firms[scenario.products[p].vendor].supplier_slot].buyer_cap_frac, sale->supply);
    book.rejected_score = awards.best_rejected_score;
    Usd payment{};
    for (int f = 0; f < scenario.firm_count; ++f) {
        book.quantity += awards.units[f];
        payment += awards.payment[f];
    }
    book.price = book.quantity > 0 ? to_double(payment) / static_cast<double>(book.quantity) : book.floor;
    add_chip_bids(scenario, world, orders, accounts, p, *sale, awards, tie, book);
    return book;
}

/// P9 as sell_new_chips plays it, with the book of each sale before it is held.
void sell_and_note(const Scenario& scenario, World& world, const Orders* orders, Ledger& ledger, std::vector<AuctionBook>& books) {
    const auto accounts = std::make_unique<SaleAccounts>();
    take_agreements(world, orders);
    cancel_orders(scenario, world, orders, ledger);
    open_accounts(scenario, world, ledger, *accounts);
    for (int g = kMaxGenerations - 1; g >= 0; --g)
        for (int p = 0; p < scenario.product_count; ++p) {
            if (scenario.products[p].generation != g || !is_offered(scenario, world, p)) continue;
            serve_agreements(scenario, world, ledger, *accounts, p);
            books.push_back(chip_book(scenario, world, orders, *accounts, p));
            auction_product(scenario, world, orders, ledger, *accounts, p);
        }
    update_standing(scenario, world, *accounts);
}

OrderSource source_of(int party) { return is_firm(party) ? OrderSource::order : party == kInvestor ? OrderSource::dealer : OrderSource::outside; }

/// One side of a double auction, row by row: as it came, without the firms' trades with themselves, as it cleared, and what it got.
void add_side(const SpotOrders& before, const SpotOrders& netted, const SpotOrders& after, const std::int64_t* filled, bool is_ask, double price,
              AuctionBook& book) {
    for (int i = 0; i < before.count; ++i) {
        BookOrder row{is_ask, before.rows[i].party, source_of(before.rows[i].party)};
        row.price = row.score = before.rows[i].price_usd_h;
        row.asked = before.rows[i].quantity;
        row.entered = after.rows[i].quantity;
        row.filled = filled[i];
        row.paid = filled[i] > 0 ? price : 0.0;
        const std::int64_t own = before.rows[i].quantity - netted.rows[i].quantity, unpaid = netted.rows[i].quantity - after.rows[i].quantity;
        if (own > 0 || unpaid > 0) row.cut = unpaid > own ? OrderCut::cash : OrderCut::own_orders;
        book.orders.push_back(row);
    }
}

/// What the script offered or bid where less or nothing of it reached the book: the row says so if that is most of what it lost, and is made
/// where there is none.
void note_order(AuctionBook& book, bool is_ask, int f, double price, std::int64_t asked, OrderCut cut) {
    if (asked <= 0) return;
    for (BookOrder& row : book.orders) {
        if (row.is_ask != is_ask || row.party != f || row.source != OrderSource::order) continue;
        if (asked - row.asked > row.asked - row.entered) row.cut = cut;
        row.asked = asked;
        return;
    }
    BookOrder row{is_ask, f};
    row.price = row.score = price;
    row.asked = asked;
    row.cut = cut;
    book.orders.push_back(row);
}

/// Asks before bids, firms before the others, by index, the dearest first.
void sort_rows(AuctionBook& book) {
    std::stable_sort(book.orders.begin(), book.orders.end(), [](const BookOrder& a, const BookOrder& b) {
        if (a.is_ask != b.is_ask) return a.is_ask;
        if (a.party != b.party) return a.party < b.party;
        return a.source != b.source ? a.source < b.source : a.price > b.price;
    });
}

AuctionBook spot_book(const Scenario& scenario, const World& world, const Orders* orders, ComputeClass cls, const std::uint64_t* tie,
                      SpotOrders& asks, const std::int64_t* left_over) {
    const int c = static_cast<int>(cls);
    SpotOrders bids;
    add_firm_bids(scenario, world, orders, cls, tie, bids);
    add_outside_orders(scenario, world, cls, asks, bids);
    const SpotOrders asks_before = asks, bids_before = bids;
    SpotOrders asks_netted = asks, bids_netted = bids;
    net_own_orders(asks_netted, bids_netted);
    SpotTrades trades;
    const SpotClearing clearing = clear_class(scenario, world, cls, asks, bids, trades);
    AuctionBook book{cls == ComputeClass::training ? AuctionMarket::spot_t : AuctionMarket::spot_i, -1, "DOUBLE"};
    book.price = clearing.price_usd_h;
    book.quantity = clearing.quantity;
    book.floor = scenario.parameters.spot_price_min_usd_h;
    add_side(asks_before, asks_netted, asks, clearing.sold, true, book.price, book);
    for (int i = 0; i < asks.count; ++i)
        if (left_over[i] != 0) book.orders[static_cast<std::size_t>(i)].source = OrderSource::left_over;
    add_side(bids_before, bids_netted, bids, clearing.bought, false, book.price, book);
    for (const BookOrder& row : book.orders) book.supply += row.is_ask ? row.entered : 0;
    for (int f = 0; f < scenario.firm_count; ++f) {
        const SpotStep &offer = orders[f].offer_spot[c], &bid = orders[f].bid_spot[c];
        note_order(book, true, f, offer.usd_h, spot_order_h100e(offer), OrderCut::compute);
        note_order(book, false, f, bid.usd_h, spot_order_h100e(bid), OrderCut::price_floor);
    }
    sort_rows(book);
    return book;
}

/// P11, spot, as trade_spot plays it, with both books.
void trade_spot_and_note(const Scenario& scenario, World& world, const Orders* orders, Ledger& ledger, std::vector<AuctionBook>& books) {
    update_fleet_kappa(scenario, world);
    fill_rented_kappa(scenario, world);
    std::uint64_t tie[kMaxFirms];
    SpotOrder unsold[kMaxFirms] = {};
    SetAside training = {}, aside = {}, own = {};
    SpotOrders training_asks, inference_asks;
    std::int64_t left_over[kMaxSpotOrders] = {};
    fill_ties(scenario, world, TieMarket::spot, static_cast<int>(ComputeClass::training), tie);
    add_training_asks(scenario, world, orders, tie, aside, training_asks);
    books.push_back(spot_book(scenario, world, orders, ComputeClass::training, tie, training_asks, left_over));
    trade_training(scenario, world, orders, ledger, training, unsold);
    fill_ties(scenario, world, TieMarket::spot, static_cast<int>(ComputeClass::inference), tie);
    add_inference_asks(scenario, world, orders, tie, unsold, training, own, left_over, inference_asks);
    books.push_back(spot_book(scenario, world, orders, ComputeClass::inference, tie, inference_asks, left_over));
}

/// The orders of the firms for used chips by side, as if each had no orders on the other: nothing of them is netted.
struct OneSided {
    std::vector<Orders> sells, buys;
};

OneSided one_sided(const Scenario& scenario, const Orders* orders) {
    OneSided out{{orders, orders + kMaxFirms}, {orders, orders + kMaxFirms}};
    for (int f = 0; f < kMaxFirms; ++f)
        for (int p = 0; p < scenario.product_count; ++p) {
            out.sells[f].buy_used_chips[p] = ChipStep{};
            out.buys[f].sell_chips[p] = ChipStep{};
        }
    return out;
}

/// The book of a product before firms' trades with themselves; the dealer's orders are those of the book as it stands.
UsedBook before_netting(const Scenario& scenario, const World& world, const OneSided& orders, int p, const UsedBook& used) {
    UsedBook whole = used, sells, buys;
    add_firm_orders(scenario, world, orders.sells.data(), p, sells);
    add_firm_orders(scenario, world, orders.buys.data(), p, buys);
    std::copy_n(sells.asks.rows, sells.asks.count, whole.asks.rows);
    std::copy_n(buys.bids.rows, buys.bids.count, whole.bids.rows);
    return whole;
}

AuctionBook used_book(const Scenario& scenario, const World& world, const Orders* orders, int p, const UsedBook& before, const UsedBook& used) {
    const SpotClearing clearing = clear_spot(scenario.parameters, used.asks, used.bids, world.products[p].resale_usd_chip);
    AuctionBook book{AuctionMarket::used_chips, p, "DOUBLE"};
    book.price = clearing.price_usd_h;
    book.quantity = clearing.quantity;
    book.floor = scenario.parameters.spot_price_min_usd_h;
    add_side(before.asks, used.asks, used.asks, clearing.sold, true, book.price, book);
    add_side(before.bids, used.bids, used.bids, clearing.bought, false, book.price, book);
    for (const BookOrder& row : book.orders) book.supply += row.is_ask ? row.entered : 0;
    for (int f = 0; f < scenario.firm_count; ++f) {
        const ChipStep &sell = orders[f].sell_chips[p], &buy = orders[f].buy_used_chips[p];
        if (sell.usd_chip >= 0.0) note_order(book, true, f, sell.usd_chip, sell.chips, OrderCut::compute);
        if (buy.usd_chip > 0.0 && world.firms[f].role != Role::supplier) note_order(book, false, f, buy.usd_chip, buy.chips, OrderCut::cash);
    }
    sort_rows(book);
    return book;
}

/// P10 as trade_used_chips plays it, with a book of each product for sale.
void trade_used_and_note(const Scenario& scenario, World& world, const Orders* orders, Ledger& ledger, std::vector<AuctionBook>& books) {
    ResaleBasis basis;
    fill_resale_basis(scenario, world, basis);
    retire_chips(scenario, world, orders);
    const OneSided sides = one_sided(scenario, orders);
    for (int p = 0; p < scenario.product_count; ++p) {
        const double fundamental = fundamental_of(scenario, world, basis, p);
        const auto used = std::make_unique<UsedBook>();
        fill_used_book(scenario, world, orders, p, fundamental, *used);
        if (used->asks.count > 0) books.push_back(used_book(scenario, world, orders, p, before_netting(scenario, world, sides, p, *used), *used));
        trade_used_product(scenario, world, orders, ledger, p, fundamental);
    }
}

}  // namespace

std::vector<AuctionBook> auction_books(const Scenario& scenario, const World& last_close, const Orders* orders, const Chance& chance) {
    const auto world = std::make_unique<World>(last_close);
    const auto ledger = empty_ledger();
    open_quarter(scenario, *world, chance, *ledger);
    const auto funded = std::make_unique<World>(*world);
    const auto funded_ledger = std::make_unique<Ledger>(*ledger);
    trade_contracts(scenario, *funded, orders, *funded_ledger);  // P5 and P6 before lots: deposits are paid from what they bring
    raise_money(scenario, *funded, orders, *funded_ledger);
    std::vector<AuctionBook> books = power_books(scenario, *funded, orders, chance);
    commit(scenario, *world, orders, chance, *ledger);
    set_firm_levers(scenario, *world, orders);
    sell_and_note(scenario, *world, orders, *ledger, books);
    trade_used_and_note(scenario, *world, orders, *ledger, books);
    std::int64_t contracted_left[kMaxFirms][kMaxGenerations];
    deliver_compute(scenario, *world, contracted_left);
    trade_spot_and_note(scenario, *world, orders, *ledger, books);
    return books;
}

}  // namespace rackrace
