#include "viz/figures/why_number.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/base/quarter_index.h"
#include "engine/replay/replay_tables.h"
#include "viz/figures/figure_parts.h"
#include "viz/figures/why_credit.h"

namespace rackrace {
namespace {

const Column* find_column(std::string_view table, const std::string& name) {
    const auto& columns = find_table(table)->columns;
    const auto at = std::find_if(columns.begin(), columns.end(), [&](const Column& column) { return column.name == name; });
    return at == columns.end() ? nullptr : &*at;
}

std::string unit_of(std::string_view table, const std::string& column) {
    const Column* found = find_column(table, column);
    return found == nullptr ? "" : found->unit;
}

/// Where the orders of a vendor set the number: the last one up to t, with its line.
void add_vendor_order(const ReplayStore& store, int t, const std::string& vendor, const std::string& product, Why& why) {
    const Columns& orders = store.table("orders");
    for (; t > store.opening_t(); --t)
        for (auto [row, end] = orders.rows_of(t); row < end; ++row) {
            if (orders.text(row, "verb") != "list_price" || orders.text(row, "firm") != vendor || orders.text(row, "status") == "rejected") continue;
            if (text_argument(arguments_of(store, row), "product") != product) continue;
            Reason reason{fmt::format("{} set the price of its product in {}, {}", vendor, quarter_name(t), order_text(store, {row})), order_address(store, row)};
            reason.line = line_of(store, row);
            if (reason.line > 0) reason.script = orders.text(row, "script");
            return why.reasons.push_back(std::move(reason));
        }
    why.reasons.push_back({fmt::format("{} set no price of it by an order: list prices follow the launch, the sales and the successor", vendor)});
}

/// What firms got in an auction, or asked of it.
void add_buyers(const ReplayStore& store, int t, const std::string& market, const std::string& subject, const std::string& column, Why& why) {
    const Book book = read_book(store, t, market, subject);
    if (!is_whole(book) || book.rows.empty()) return;
    const Book last = book_before(store, t, market, subject);
    const bool is_fill = column.starts_with("sold") || column.starts_with("won");
    double most = 0.0;
    for (const BookRow& row : book.rows) most = std::max(most, row.entered);
    why.reasons.push_back(split_reason(store, is_fill ? "went to" : "stood in the auction", measure_of(store, market, most), book, last,
                                       [&](const BookRow& row) { return row.is_ask ? 0.0 : is_fill ? row.filled : row.entered; }));
}

}  // namespace

std::vector<std::string> column_names(std::string_view table) {
    std::vector<std::string> out;
    for (const Column& column : find_table(table)->columns) out.push_back(column.name);
    return out;
}

std::string number_title(const std::string& name, const std::string& unit, int t, double now, double last) {
    std::string out = name + " " + text_in_unit(unit, now);
    if (!std::isfinite(last) || !std::isfinite(now)) return out;
    const bool has_ratio = unit == "$" || unit == "Mh" || unit == "H100e" || unit == "chips" || unit.ends_with("kW") || unit.starts_with("$/");
    const std::string change = has_ratio && now > 0.0 && last > 0.0 ? change_text(now, last) : "";
    return out + fmt::format(" ({}: {}{})", quarter_name(t - 1), text_in_unit(unit, last), change.empty() ? "" : ", " + change);
}

Reason meaning_reason(std::string_view table, const std::string& column) {
    const Column* found = find_column(table, column);
    return {fmt::format("{} (table {})", found == nullptr ? column : column_meaning(*found), table)};
}

Reason input_reason(const ReplayStore& store, int t, const std::string& firm, const std::string& column) {
    const bool is_market = firm.empty();
    const std::string table = is_market ? "quarters" : "firms";
    const auto value = [&](int at) { return is_market ? store.of_market(at, column) : store.of_firm(at, firm, column); };
    return {number_title(column, unit_of(table, column), t, value(t), value(t - 1)), store.address(t, is_market ? "market." + column : "firm=" + firm + "&field=" + column)};
}

BookUnits measure_of_unit(const std::string& unit, double largest) {
    FigureAxis axis = measure_axis("", unit);
    choose_unit(axis, largest);
    BookUnits out{axis.shown_unit, unit, 1.0 / axis.shown_scale, 0, ""};
    const double size = largest * out.scale;
    const bool is_whole_unit = axis.shown_scale == 1.0 && (unit == "$" || unit == "chips" || unit == "count");
    if (unit == "count") out.unit.clear();
    if (!is_whole_unit) out.decimals = size >= 1000.0 ? 0 : size >= 100.0 ? 1 : size >= 10.0 ? 2 : size >= 1.0 ? 3 : 4;
    return out;
}

void Parts::add(const std::string& of, double now, double last, const std::string& address) {
    if (!std::isfinite(now)) now = 0.0;
    if (!std::isfinite(last)) last = 0.0;
    if (now != 0.0 || last != 0.0) parts.push_back({of, now, last, address});
}

Reason parts_reason(const std::string& what, const Parts& parts, int last_t) {
    Split split{parts.unit};
    for (const Parts::Part& part : parts.parts) add_part(split, part.of, part.now, last_t < 0 ? 0.0 : part.last);
    sort_parts(split);
    const BookUnits measure = measure_of_unit(parts.unit, std::max(std::abs(split.now), std::abs(split.last)));
    Reason reason{split_text(what, measure, split, last_t)};
    for (const Split::Part& one : split.parts) {
        const BookUnits own = measure_of_unit(parts.unit, std::max(std::abs(one.now), std::abs(one.last)));
        const auto part = std::find_if(parts.parts.begin(), parts.parts.end(), [&](const Parts::Part& other) { return other.of == one.of; });
        reason.behind.push_back({fmt::format("{} {}{}", one.of, with_unit(own, one.now), last_t < 0 ? "" : fmt::format(" ({}: {})", quarter_name(last_t), amount_text(own, one.last))), part->address});
    }
    reason.split = std::move(split);
    return reason;
}

Why explain_row_number(const ReplayStore& store, int t, const std::string& table, const std::string& name, const std::string& column) {
    const bool is_product = table == "products";
    const Columns& rows = store.table(table);
    const std::string key = is_product ? "product" : "region", price = is_product ? "cleared_usd_chip" : "adder_usd_kw_q";
    const std::size_t row = row_named(rows, t, key, name);
    Why why;
    why.address = store.address(t, key + "=" + name + "&field=" + column);
    const double now = value_at(rows, row, column), last = value_at(rows, row_named(rows, t - 1, key, name), column);
    const std::string word = row == rows.rows() ? "" : rows.text(row, column);
    why.title = word.empty() ? number_title(column + " of " + name, unit_of(table, column), t, now, last) : column + " of " + name + " " + word;
    why.reasons.push_back(meaning_reason(table, column));
    if (is_product && (column == "list_usd_chip" || column == "price_multiplier")) add_vendor_order(store, t, rows.text(row, "vendor"), name, why);
    if (column == "sold_chips" || column == "asked_chips") add_buyers(store, t, "chips", name, column, why);
    if (column == "won_kw") add_buyers(store, t, "power", name, column, why);
    why.reasons.push_back({fmt::format("the {} of the quarter, by the orders that met: why asks for {}", is_product ? "sale" : "lot", key + "=" + name + "&field=" + price),
                           store.address(t, key + "=" + name + "&field=" + price)});
    return why;
}

Why explain_quarter(const ReplayStore& store, int t) {
    Why why;
    why.address = store.address(t, "");
    const Columns& events = store.table("events");
    const auto [first, end] = events.rows_of(t);
    why.title = fmt::format("{}: {} events", quarter_name(t), end - first);
    for (const char* column : {"spot_t_usd_h", "spot_i_usd_h", "supply_mh", "unmet_mh"}) why.reasons.push_back(input_reason(store, t, "", column));
    for (std::size_t row = first; row < end; ++row) {
        const std::string &firm = events.text(row, "firm"), &subject = events.text(row, "subject");
        const auto is_one_of = [](const std::vector<std::string>& all, const std::string& one) { return std::find(all.begin(), all.end(), one) != all.end(); };
        const std::string path = is_one_of(store.firms(), firm)          ? "firm=" + firm
                                 : is_one_of(store.products(), subject) ? "product=" + subject
                                 : is_one_of(store.regions(), subject)  ? "region=" + subject
                                                                        : "";
        why.reasons.push_back({events.text(row, "sentence"), path.empty() ? "" : store.address(t, path)});
    }
    return why;
}

}  // namespace rackrace
