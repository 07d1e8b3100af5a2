// The books of a quarter's auctions as they cleared: each order with what was asked, what of it reached the market and what it got, the
// outside's steps and the dealer's orders among them. For those who record or explain a run; no part of World or of what a rule reads. Host only.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/quarter/orders.h"
#include "engine/scenario/chance.h"
#include "engine/scenario/scenario.h"
#include "engine/world/world.h"

namespace rackrace {

enum class AuctionMarket : std::uint8_t { spot_t, spot_i, chips, used_chips, power, count };
inline constexpr const char* kAuctionMarketNames[] = {"spot_t", "spot_i", "chips", "used_chips", "power"};
static_assert(sizeof(kAuctionMarketNames) / sizeof(kAuctionMarketNames[0]) == static_cast<std::size_t>(AuctionMarket::count));

/// Where a row of a book comes from. left_over: training hours that did not sell as such, offered as inference.
enum class OrderSource : std::uint8_t { order, left_over, outside, dealer, count };
inline constexpr const char* kOrderSourceNames[] = {"order", "left_over", "outside", "dealer"};
static_assert(sizeof(kOrderSourceNames) / sizeof(kOrderSourceNames[0]) == static_cast<std::size_t>(OrderSource::count));

/// What cut an order before its market cleared; the last cut of a bid for new chips or power where several did, elsewhere
/// the one that took most.
enum class OrderCut : std::uint8_t { none, price_floor, buyer_share, buying_power, deposit, cash, compute, own_orders, count };
inline constexpr const char* kOrderCutNames[] = {"", "price_floor", "buyer_share", "buying_power", "deposit", "cash", "compute", "own_orders"};
static_assert(sizeof(kOrderCutNames) / sizeof(kOrderCutNames[0]) == static_cast<std::size_t>(OrderCut::count));

struct BookOrder {
    bool is_ask = false;
    int party = 0;  // firm, or kCustomer for the outside, kInvestor for the dealer
    OrderSource source = OrderSource::order;
    double price = 0.0;        // lowest of an ask, highest of a bid
    double score = 0.0;        // chips: what the bid counts, its price times the buyer's bonus; elsewhere the price
    std::int64_t asked = 0;    // H100e, chips or kW as ordered
    std::int64_t entered = 0;  // of it, what stood in the auction
    std::int64_t filled = 0;
    double paid = 0.0;  // price of what was filled; 0 without
    OrderCut cut = OrderCut::none;
};

struct AuctionBook {
    AuctionMarket market = AuctionMarket::spot_t;
    int subject = -1;                    // product or region; -1: spot
    const char* rule = "";               // DOUBLE, or the scenario's rule
    double price = 0.0;                  // clearing price; chips: mean paid, the reserve where nothing sold
    std::int64_t quantity = 0;           // traded
    std::int64_t supply = 0;             // chips on sale, kW of the lot; what all asks offer in a double auction
    double floor = 0.0;                  // lowest price of the market: reserve of chips, least spot price
    std::int64_t buyer_most = 0;         // the largest part one buyer may bid for; 0: no such bound
    double rejected_score = 0.0;         // highest score that found no supply, 0 if none; chips and power
    std::vector<BookOrder> orders = {};  // asks, then bids; of firms by index, their dearest step first, then the outside or the dealer
};

/// Plays a quarter on a copy of the books it began with, up to the spot market, and keeps its auctions. `orders` [kMaxFirms]: those of both
/// stages. The power auctions by region, the chip sales in the order of selling, used chips where any were for sale, spot T, spot I.
std::vector<AuctionBook> auction_books(const Scenario& scenario, const World& last_close, const Orders* orders, const Chance& chance);

}  // namespace rackrace
