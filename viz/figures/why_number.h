// The reasons behind the numbers of a close that no market set: a firm's money and goods, the market's sums, a product's and a region's columns. Money
// and goods are split to the dollar and the piece, beside last quarter's; what has no exact split names the recorded numbers that it comes from.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "viz/figures/replay_store.h"
#include "viz/figures/why.h"
#include "viz/figures/why_book.h"

namespace rackrace {

// By what is asked. The names are the run's, the quarter is stored, the column is one of the table.
Why explain_firm_number(const ReplayStore& store, int t, const std::string& firm, const std::string& column);
Why explain_market_number(const ReplayStore& store, int t, const std::string& column);
/// Of table products or regions.
Why explain_row_number(const ReplayStore& store, int t, const std::string& table, const std::string& name, const std::string& column);
/// Prices and events of a quarter, each with its address.
Why explain_quarter(const ReplayStore& store, int t);

/// Dollars of a firm that its postings add up to: what moved a balance, what a flow is made of. Nothing for other columns.
std::vector<Reason> money_reasons(const ReplayStore& store, int t, const std::string& firm, const std::string& column);

/// Names of the columns of a table of the replay.
std::vector<std::string> column_names(std::string_view table);

/// "cash_usd of coreweave 412 M$ (2028Q2: 386.2 M$, +6.7 %)", or the word that the column holds. `unit` is the column's.
std::string number_title(const std::string& name, const std::string& unit, int t, double now, double last);
/// "own compute of all firms, in training hours (table quarters)"
Reason meaning_reason(std::string_view table, const std::string& column);

/// A number and last quarter's, with its address.
Reason input_reason(const ReplayStore& store, int t, const std::string& firm, const std::string& column);

/// How numbers of the size of `largest` in a column's unit are shown.
BookUnits measure_of_unit(const std::string& unit, double largest);

/// A number that is the sum of those of others: how it is shown, its parts by what they are of, and their addresses.
struct Parts {
    struct Part {
        std::string of;
        double now = 0.0, last = 0.0;
        std::string address = {};
    };
    std::string unit;
    std::vector<Part> parts = {};
    void add(const std::string& of, double now, double last, const std::string& address = {});
};
/// The largest movers in a line, all of them behind it. last_t is -1 where nothing is known of the quarter before.
Reason parts_reason(const std::string& what, const Parts& parts, int last_t);

}  // namespace rackrace
