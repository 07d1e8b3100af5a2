// What explanations share: the book of an auction as the replay holds it, the scripts' orders behind its rows, quantities in the units that
// people use, and splits whose shown parts add up to the shown change.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "viz/figures/placed_order.h"
#include "viz/figures/replay_store.h"
#include "viz/figures/why.h"

namespace rackrace {

struct VerbInfo;

/// A row of table `auction_orders`.
struct BookRow {
    bool is_ask = false;
    std::string party, source, cut;
    double price = 0.0, score = 0.0, asked = 0.0, entered = 0.0, filled = 0.0, paid = 0.0;
};

/// A row of table `auctions` with its orders.
struct Book {
    bool is_there = false;  // false: no such auction in the quarter
    int t = 0;
    std::string market, subject, rule;
    double price = 0.0, quantity = 0.0, supply = 0.0, floor = 0.0, buyer_most = 0.0, rejected_score = 0.0;
    std::vector<BookRow> rows;
};

/// One price for all, which the vendor sets: no bid outranks another.
inline bool is_posted(const Book& book) { return book.rule == "POSTED" || book.rule == "PROPORTIONAL"; }

Book read_book(const ReplayStore& store, int t, const std::string& market, const std::string& subject);

/// Whether the recorded orders are those that the auction cleared: what they bought, and offered in a double auction, adds up to its totals.
bool is_whole(const Book& book);

/// The prices at which the orders of a double auction that traded clear it: from the dearest that binds from below to the cheapest that binds from above.
struct ClearingRange {
    double low = 0.0, high = 0.0;
    const BookRow* low_row = nullptr;  // of the book: the order that binds from below, of several at one price the one with the largest part
    const BookRow* high_row = nullptr;
};
std::optional<ClearingRange> clearing_range(const Book& book);

/// Of a sale from the highest score down, the bid with the best score that found no supply, in part or whole; nullptr where all bids were served.
const BookRow* best_turned_away(const Book& book);

/// The book of the quarter before t to compare with; not there where it is not whole.
Book book_before(const ReplayStore& store, int t, const std::string& market, const std::string& subject);

/// Said of an auction whose orders are not: how much it traded at which price, and that no more is known.
std::string unrecorded_text(const Book& book);

/// How quantities and prices of a market are shown.
struct BookUnits {
    std::string unit;        // Gh, Mh, chips, MW
    std::string whole_unit;  // H100e, chips, kW
    double scale = 1.0;      // of a whole unit
    int decimals = 0;
    std::string price_unit;
};

/// Fit for quantities of the size of `largest` whole units. Spot hours are Gh from 1 Gh on, else Mh.
BookUnits measure_of(const ReplayStore& store, const std::string& market, double largest);

std::string price_text(double price);                                     // up to four digits, thousands separated
std::string amount_text(const BookUnits& measure, double whole);            // "45.10"
std::string with_unit(const BookUnits& measure, double whole);              // "45.10 Gh", "1 chip"
std::string counted(const std::string& number, const std::string& unit);  // "2 chips", "1 chip"
std::string change_text(double now, double last);                         // "-6.2 %"; empty where there is nothing to compare with

/// "spot_i_usd_h 2.41 $/h (2028Q2: 2.57, -6.2 %)"
std::string price_title(const std::string& name, const std::string& unit, int t, double now, double last);

/// The sum by party of a number of rows in two books; parts without any are left out.
Split split_of(const BookUnits& measure, const Book& now, const Book& last, const std::function<double(const BookRow&)>& value);

/// Adds to the totals and to the part of that name; the largest changes first.
void add_part(Split& split, const std::string& of, double now, double last);
void sort_parts(Split& split);

/// "offered 45.1 Gh (2028Q2: 41.2)   crusoe +2.2, meta +1.7": the largest changes and the rest, so that the shown parts add up to the shown
/// change. Without a quarter before (last_t is -1): "offered 45.1 Gh   meta 20.2, crusoe 11.0".
std::string split_text(const std::string& what, const BookUnits& measure, const Split& split, int last_t);

/// Rows of table `orders` behind a row of a book, in the order of placing; none for the outside and the dealer.
std::vector<std::size_t> orders_behind(const ReplayStore& store, const Book& book, const BookRow& row);

/// "order 1841, lib/pacer.lua:38", " and 2 more"; "outside" has none. The second is of what orders_behind gave.
std::string order_text(const ReplayStore& store, const Book& book, const BookRow& row);
std::string order_text(const ReplayStore& store, const std::vector<std::size_t>& behind);

/// A reason about a row, with the address and the script line of its first order.
Reason row_reason(const ReplayStore& store, const Book& book, const BookRow& row, std::string text);

/// The sum by party of a number of rows, with a line for every party: what its orders stood for now and before, at the prices of those counted.
Reason split_reason(const ReplayStore& store, const std::string& what, const BookUnits& measure, const Book& now, const Book& last,
                    const std::function<double(const BookRow&)>& value);

/// Why an order was cut before its market cleared, in words; empty for none.
std::string cut_text(const Book& book, const BookRow& row, const BookUnits& measure);

/// A line an order of a firm that was cut before the clearing; no reason where none was.
void add_cuts(const ReplayStore& store, const Book& book, Why& why);

/// Row at t whose column has the name; rows() of the table where there is none.
std::size_t row_named(const Columns& table, int t, const std::string& column, const std::string& name);
double value_at(const Columns& table, std::size_t row, const std::string& column);  // kNoValue for row rows()

/// nullptr for a verb that this program does not know.
const VerbInfo* verb_named(const std::string& name);

nlohmann::json arguments_of(const ReplayStore& store, std::size_t order_row);
std::string text_argument(const nlohmann::json& args, const std::string& name);  // empty where there is none, or none that is a text
double number_argument(const nlohmann::json& args, const std::string& name);     // 0 where there is none, or none that is a number

// The explanations, by what is asked.
Why explain_spot(const ReplayStore& store, int t, bool is_training);
Why explain_chips(const ReplayStore& store, int t, const std::string& product);
Why explain_resale(const ReplayStore& store, int t, const std::string& product);
Why explain_power(const ReplayStore& store, int t, const std::string& region);
Why explain_order(const ReplayStore& store, std::size_t order_row);

/// What became of a refused order: part of explain_order.
void explain_rejection(const ReplayStore& store, std::size_t order_row, Why& why);

}  // namespace rackrace
