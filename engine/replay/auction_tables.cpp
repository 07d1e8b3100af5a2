// The tables of the auctions: what each cleared at, and every order as it stood in it. Taken from the books that engine/quarter/auction_books.h
// keeps of a quarter; empty at the opening.
#include "engine/quarter/auction_books.h"
#include "engine/replay/replay_tables.h"

namespace rackrace {
namespace {

constexpr auto integer = ColumnType::integer;
constexpr auto real = ColumnType::real;
constexpr auto text = ColumnType::text;

constexpr const char* kQuantity = "of the market: H100e, chips or kW";
constexpr const char* kPrice = "of the market: $/h, $/chip or $/kW-quarter";

const AuctionBook& book_of(const Row& r) { return (*r.at.books)[static_cast<std::size_t>(r.i)]; }
const BookOrder& order_of(const Row& r) { return book_of(r).orders[static_cast<std::size_t>(r.j)]; }

Cell market_cell(const Row& r) { return Cell{std::string(kAuctionMarketNames[static_cast<int>(book_of(r).market)])}; }

/// Not empty for spot hours, which have no subject: it is part of a key.
Cell subject_cell(const Row& r) {
    const AuctionBook& book = book_of(r);
    const auto at = static_cast<std::size_t>(book.subject);
    switch (book.market) {
        case AuctionMarket::chips:
        case AuctionMarket::used_chips: return Cell{r.at.names.products[at]};
        case AuctionMarket::power: return Cell{r.at.names.regions[at]};
        default: return Cell{std::string("hours")};
    }
}

Cell party_cell(const Row& r) {
    const BookOrder& order = order_of(r);
    return is_firm(order.party) ? firm_cell(r.at, order.party) : Cell{std::string(kOrderSourceNames[static_cast<int>(order.source)])};
}

void add_key_columns(std::vector<Column>& c) {
    c.push_back(quarter_column());
    c.push_back({"market", text, "word", "spot_t, spot_i, chips (new ones), used_chips, power", market_cell});
    c.push_back({"subject", text, "id", "product or region; hours for spot", subject_cell});
}

Table auctions_table() {
    Table table{"auctions",
                "Every auction of a quarter, as it cleared. Used chips only of products that were for sale; power only where it is auctioned.",
                "quarter, market, subject",
                Written::each_quarter,
                {},
                [](const RecordedQuarter& at, const std::function<void(int, int)>& row) {
                    for (int b = 0; at.books != nullptr && b < static_cast<int>(at.books->size()); ++b) row(b, 0);
                }};
    auto& c = table.columns;
    add_key_columns(c);
    c.push_back({"rule", text, "word", "DOUBLE: asks and bids at one price; else the scenario's rule", [](const Row& r) { return Cell{std::string(book_of(r).rule)}; }});
    c.push_back({"price", real, kPrice, "of the clearing; of new chips the mean paid, the reserve where nothing sold", [](const Row& r) { return book_of(r).price; }});
    c.push_back({"quantity", integer, kQuantity, "traded", [](const Row& r) { return whole(book_of(r).quantity); }});
    c.push_back({"supply", integer, kQuantity, "chips on sale after supply agreements, the lot, or what all asks offer", [](const Row& r) { return whole(book_of(r).supply); }});
    c.push_back({"floor", real, kPrice, "the reserve of new chips, the least price of a double auction", [](const Row& r) { return book_of(r).floor; }});
    c.push_back({"buyer_most", integer, kQuantity, "the largest part that one buyer may bid for; nothing where none is set",
                 [](const Row& r) { return book_of(r).market == AuctionMarket::chips || book_of(r).market == AuctionMarket::power ? whole(book_of(r).buyer_most) : Cell{}; }});
    c.push_back({"rejected_score", real, kPrice, "the highest score that found no supply, 0 for none; nothing in a double auction",
                 [](const Row& r) { return book_of(r).market == AuctionMarket::chips || book_of(r).market == AuctionMarket::power ? Cell{book_of(r).rejected_score} : Cell{}; }});
    return table;
}

Table auction_orders_table() {
    Table table{"auction_orders",
                "The book of every auction: the orders of firms by party and price, the steps of a bid at one price together, with what cut them before "
                "the clearing; the outside's steps, and the dealer's orders.",
                "quarter, market, subject, n",
                Written::each_quarter,
                {},
                [](const RecordedQuarter& at, const std::function<void(int, int)>& row) {
                    for (int b = 0; at.books != nullptr && b < static_cast<int>(at.books->size()); ++b)
                        for (int n = 0; n < static_cast<int>((*at.books)[static_cast<std::size_t>(b)].orders.size()); ++n) row(b, n);
                }};
    auto& c = table.columns;
    add_key_columns(c);
    c.push_back({"n", integer, "index", "asks before bids, firms before the others", [](const Row& r) { return whole(r.j); }});
    c.push_back({"side", text, "word", "ask or bid", [](const Row& r) { return Cell{std::string(order_of(r).is_ask ? "ask" : "bid")}; }});
    c.push_back({"party", text, "id", "firm, outside or dealer", party_cell});
    c.push_back({"source", text, "word", "order: of a script; left_over: training hours that found no buyer, offered as inference; outside; dealer",
                 [](const Row& r) { return Cell{std::string(kOrderSourceNames[static_cast<int>(order_of(r).source)])}; }});
    c.push_back({"price", real, kPrice, "lowest of an ask, highest of a bid", [](const Row& r) { return order_of(r).price; }});
    c.push_back({"score", real, kPrice, "by which bids for new chips are ranked: the price times the buyer's bonus; elsewhere the price", [](const Row& r) { return order_of(r).score; }});
    c.push_back({"asked", integer, kQuantity, "as ordered", [](const Row& r) { return whole(order_of(r).asked); }});
    c.push_back({"entered", integer, kQuantity, "of it, what stood in the auction", [](const Row& r) { return whole(order_of(r).entered); }});
    c.push_back({"filled", integer, kQuantity, "of it, what traded", [](const Row& r) { return whole(order_of(r).filled); }});
    c.push_back({"paid", real, kPrice, "the price of what traded; nothing without", [](const Row& r) { return order_of(r).filled > 0 ? Cell{order_of(r).paid} : Cell{}; }});
    c.push_back({"cut", text, "word",
                 "what cut it before the clearing, the last cut of a bid for new chips or power where several did, elsewhere the one that took most: price_floor, below the reserve or the least price; buyer_share, the largest part "
                 "of one buyer; buying_power; deposit; cash; compute, the firm has not so much; own_orders, traded with its own order on the other side",
                 [](const Row& r) { return order_of(r).cut == OrderCut::none ? Cell{} : Cell{std::string(kOrderCutNames[static_cast<int>(order_of(r).cut)])}; }});
    return table;
}

}  // namespace

std::vector<Table> auction_tables() { return {auctions_table(), auction_orders_table()}; }

}  // namespace rackrace
