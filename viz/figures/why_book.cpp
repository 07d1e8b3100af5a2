#include "viz/figures/why_book.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/base/quarter_index.h"
#include "engine/quarter/verbs.h"
#include "viz/figures/figure_model.h"

namespace rackrace {
namespace {

constexpr std::size_t kPartsShown = 4;

/// How the orders of a market are written: the verb, the argument that names the market, that of the price.
struct Wording {
    const char* verb;
    const char* subject_key;
    std::string subject;
    const char* price_key;  // nullptr: a firm has one order there
};

Wording wording_of(const Book& book, const BookRow& row) {
    if (book.market == "chips") return {"bid_chips", "product", book.subject, "max_usd_chip"};
    if (book.market == "power") return {"bid_power", "region", book.subject, nullptr};
    if (book.market == "used_chips") return {row.is_ask ? "sell_chips" : "buy_used_chips", "product", book.subject, nullptr};
    const bool is_training = book.market == "spot_t" || row.source == "left_over";
    return {row.is_ask ? "offer_spot" : "bid_spot", "grade", is_training ? "training" : "inference", nullptr};
}

/// A number of shown units, as many as `decimals` say.
std::string shown(const BookUnits& measure, double shown_units) {
    if (measure.decimals == 0) return short_number(std::abs(shown_units) < 0.5 ? 0.0 : std::round(shown_units));
    const std::string text = fmt::format("{:.{}f}", shown_units, measure.decimals);
    return text.find_first_not_of("-0.") == std::string::npos ? text.substr(text.starts_with('-')) : text;
}

double rounded(const BookUnits& measure, double whole) {
    const double power = std::pow(10.0, measure.decimals);
    return std::round(whole * measure.scale * power);  // in the last digit that is shown
}

std::string signed_digits(const BookUnits& measure, double digits) {
    return (digits > 0.0 ? "+" : "") + shown(measure, digits / std::pow(10.0, measure.decimals));
}

}  // namespace

void add_part(Split& split, const std::string& of, double now, double last) {
    if (now == 0.0 && last == 0.0) return;
    split.now += now;
    split.last += last;
    auto at = std::find_if(split.parts.begin(), split.parts.end(), [&](const Split::Part& part) { return part.of == of; });
    if (at == split.parts.end()) at = split.parts.insert(split.parts.end(), {of});
    at->now += now;
    at->last += last;
}

void sort_parts(Split& split) {
    std::stable_sort(split.parts.begin(), split.parts.end(), [](const Split::Part& a, const Split::Part& b) {
        const double one = std::abs(a.now - a.last), other = std::abs(b.now - b.last);
        return one != other ? one > other : a.of < b.of;
    });
}

Book read_book(const ReplayStore& store, int t, const std::string& market, const std::string& subject) {
    Book book;
    book.t = t;
    book.market = market;
    book.subject = subject;
    const Columns& auctions = store.table("auctions");
    const auto is_ours = [&](const Columns& table, std::size_t row) {
        return table.text(row, "market") == market && table.text(row, "subject") == subject;
    };
    const auto [first, end] = auctions.rows_of(t);
    for (std::size_t row = first; row < end; ++row) {
        if (!is_ours(auctions, row)) continue;
        const auto number = [&](const char* column) { return std::isfinite(auctions.number(row, column)) ? auctions.number(row, column) : 0.0; };
        book.is_there = true;
        book.rule = auctions.text(row, "rule");
        book.price = number("price");
        book.quantity = number("quantity");
        book.supply = number("supply");
        book.floor = number("floor");
        book.buyer_most = number("buyer_most");
        book.rejected_score = number("rejected_score");
    }
    const Columns& orders = store.table("auction_orders");
    const auto [from, to] = orders.rows_of(t);
    for (std::size_t row = from; row < to && book.is_there; ++row)
        if (is_ours(orders, row))
            book.rows.push_back({orders.text(row, "side") == "ask", orders.text(row, "party"), orders.text(row, "source"), orders.text(row, "cut"),
                                 orders.number(row, "price"), orders.number(row, "score"), orders.number(row, "asked"), orders.number(row, "entered"),
                                 orders.number(row, "filled"), orders.number(row, "paid")});
    return book;
}

bool is_whole(const Book& book) {
    double bought = 0.0, offered = 0.0;
    for (const BookRow& row : book.rows) (row.is_ask ? offered : bought) += row.is_ask ? row.entered : row.filled;
    return bought == book.quantity && (book.rule != "DOUBLE" || offered == book.supply);
}

Book book_before(const ReplayStore& store, int t, const std::string& market, const std::string& subject) {
    Book book = read_book(store, t - 1, market, subject);
    return is_whole(book) ? book : Book{};
}

std::string unrecorded_text(const Book& book) {
    const bool is_spot = book.market.starts_with("spot_");
    const std::string unit = is_spot ? "H100e" : book.market == "power" ? "kW" : "chips";
    return fmt::format("{} traded at {}: the orders of this auction are not recorded, or not all of them, and without them the price has no reason",
                       counted(short_number(book.quantity), unit), price_text(book.price));
}

BookUnits measure_of(const ReplayStore& store, const std::string& market, double largest) {
    BookUnits out{"chips", "chips", 1.0, 0, "$/chip"};
    if (market == "power") out = {"MW", "kW", 1e-3, 0, "$/kW-quarter"};
    if (market.starts_with("spot_")) {
        const double mh = store.parameter("hours_per_quarter") / 1e6;
        const bool is_large = largest * mh >= 1000.0;
        out = {is_large ? "Gh" : "Mh", "H100e", is_large ? mh / 1e3 : mh, 0, "$/h"};
    }
    const double size = largest * out.scale;
    if (out.scale != 1.0) out.decimals = size >= 1000.0 ? 0 : size >= 100.0 ? 1 : size >= 10.0 ? 2 : 3;
    return out;
}

std::string price_text(double price) { return std::abs(price) >= 1000.0 ? short_number(price) : fmt::format("{:.4g}", price); }
std::string amount_text(const BookUnits& measure, double whole) { return shown(measure, whole * measure.scale); }
std::string with_unit(const BookUnits& measure, double whole) { return counted(amount_text(measure, whole), measure.unit); }
std::string counted(const std::string& number, const std::string& unit) {
    if (unit.empty()) return number;
    return number + " " + (number == "1" && (unit == "chips" || unit == "wafers" || unit == "quarters") ? unit.substr(0, unit.size() - 1) : unit);
}

std::string change_text(double now, double last) {
    if (!std::isfinite(last) || last == 0.0) return "";
    const double percent = 100.0 * (now / last - 1.0);
    return fmt::format("{}{:.1f} %", percent > 0.0 ? "+" : "", std::abs(percent) < 0.05 ? 0.0 : percent);
}

std::string price_title(const std::string& name, const std::string& unit, int t, double now, double last) {
    std::string out = fmt::format("{} {} {}", name, price_text(now), unit);
    if (!std::isfinite(last)) return out;
    const std::string change = change_text(now, last);
    return out + fmt::format(" ({}: {}{})", quarter_name(t - 1), price_text(last), change.empty() ? "" : ", " + change);
}

Split split_of(const BookUnits& measure, const Book& now, const Book& last, const std::function<double(const BookRow&)>& value) {
    Split split{measure.whole_unit};
    for (const BookRow& row : now.rows) add_part(split, row.party, value(row), 0.0);
    for (const BookRow& row : last.rows) add_part(split, row.party, 0.0, value(row));
    sort_parts(split);
    return split;
}

std::string split_text(const std::string& what, const BookUnits& measure, const Split& split, int last_t) {
    std::string out = what + " " + with_unit(measure, split.now);
    const bool has_last = last_t >= 0;
    if (has_last) out += fmt::format(" ({}: {})", quarter_name(last_t), amount_text(measure, split.last));
    double rest = rounded(measure, split.now) - rounded(measure, split.last);
    std::size_t shown_parts = 0, others = 0;
    std::string parts;
    for (const Split::Part& part : split.parts) {
        const double digits = rounded(measure, part.now - part.last);
        if (shown_parts == kPartsShown || digits == 0.0) {
            others += part.now != part.last ? 1 : 0;
            continue;
        }
        parts += fmt::format("{}{} {}", parts.empty() ? "   " : ", ", part.of,
                             has_last ? signed_digits(measure, digits) : amount_text(measure, part.now));
        rest -= digits;
        ++shown_parts;
    }
    const std::string rest_text = has_last ? signed_digits(measure, rest) : shown(measure, rest / std::pow(10.0, measure.decimals));
    if (rest != 0.0 && others > 0) parts += fmt::format("{}{} other{} {}", parts.empty() ? "   " : ", ", others, others == 1 ? "" : "s", rest_text);
    else if (rest != 0.0) parts += fmt::format("{}(rounding {})", parts.empty() ? "   " : " ", rest_text);
    return out + parts;
}

const VerbInfo* verb_named(const std::string& name) {
    const auto& verbs = describe_verbs();
    const auto at = std::find_if(verbs.begin(), verbs.end(), [&](const VerbInfo& verb) { return verb.row.name == name; });
    return at == verbs.end() ? nullptr : &*at;
}

nlohmann::json arguments_of(const ReplayStore& store, std::size_t order_row) {
    const auto args = nlohmann::json::parse(store.table("orders").text(order_row, "args"), nullptr, false);
    return args.is_object() ? args : nlohmann::json::object();
}

std::string text_argument(const nlohmann::json& args, const std::string& name) {
    const auto at = args.find(name);
    return at != args.end() && at->is_string() ? at->get<std::string>() : "";
}

double number_argument(const nlohmann::json& args, const std::string& name) {
    const auto at = args.find(name);
    return at != args.end() && at->is_number() ? at->get<double>() : 0.0;
}

std::vector<std::size_t> orders_behind(const ReplayStore& store, const Book& book, const BookRow& row) {
    std::vector<std::size_t> out;
    if (row.source != "order" && row.source != "left_over") return out;
    const Wording wording = wording_of(book, row);
    const Columns& orders = store.table("orders");
    const auto [first, end] = orders.rows_of(book.t);
    for (std::size_t at = first; at < end; ++at) {
        if (orders.text(at, "firm") != row.party || orders.text(at, "verb") != wording.verb || orders.text(at, "status") != "accepted") continue;
        const auto args = arguments_of(store, at);
        if (text_argument(args, wording.subject_key) != wording.subject) continue;
        if (wording.price_key == nullptr || number_argument(args, wording.price_key) == row.price) out.push_back(at);
    }
    return out;
}

std::string order_text(const ReplayStore& store, const Book& book, const BookRow& row) {
    return order_text(store, orders_behind(store, book, row));
}

std::string order_text(const ReplayStore& store, const std::vector<std::size_t>& behind) {
    if (behind.empty()) return "";
    const Columns& orders = store.table("orders");
    return fmt::format("order {:.0f}, {}{}", orders.number(behind[0], "order_id"), place_of(store, behind[0]),
                       behind.size() == 1 ? "" : fmt::format(" and {} more", behind.size() - 1));
}

Reason row_reason(const ReplayStore& store, const Book& book, const BookRow& row, std::string text) {
    Reason reason{std::move(text)};
    const auto behind = orders_behind(store, book, row);
    if (behind.empty()) return reason;
    reason.text += "   " + order_text(store, behind);
    reason.address = order_address(store, behind[0]);
    reason.line = line_of(store, behind[0]);
    if (reason.line > 0) reason.script = store.table("orders").text(behind[0], "script");
    return reason;
}

Reason split_reason(const ReplayStore& store, const std::string& what, const BookUnits& measure, const Book& now, const Book& last,
                    const std::function<double(const BookRow&)>& value) {
    Split split = split_of(measure, now, last, value);
    Reason reason{split_text(what, measure, split, last.is_there ? last.t : -1)};
    for (const Split::Part& part : split.parts) {
        std::string text = fmt::format("{} {}{}", part.of, with_unit(measure, part.now),
                                       last.is_there ? fmt::format(" ({}: {})", quarter_name(last.t), amount_text(measure, part.last)) : "");
        std::vector<const BookRow*> rows;
        for (const BookRow& row : now.rows)
            if (row.party == part.of && value(row) > 0.0) rows.push_back(&row);
        if (rows.empty()) {
            reason.behind.push_back({text});
            continue;
        }
        const auto [low, high] =
            std::minmax_element(rows.begin(), rows.end(), [](const BookRow* a, const BookRow* b) { return a->price < b->price; });
        if (rows[0]->source != "outside")
            text += fmt::format(", {} at {}{}", rows[0]->is_ask ? "asked" : "bid", price_text((*low)->price),
                                (*low)->price == (*high)->price ? "" : " to " + price_text((*high)->price));
        reason.behind.push_back(row_reason(store, now, *rows[0], text));
    }
    reason.split = std::move(split);
    return reason;
}

namespace {

double lost(const BookRow& row) { return row.asked - row.entered; }

/// What a firm's orders on the other side lost where they met its own.
double lost_to_own(const Book& book, const BookRow& row) {
    double sum = 0.0;
    for (const BookRow& other : book.rows)
        if (other.is_ask != row.is_ask && other.party == row.party && other.cut == "own_orders") sum += lost(other);
    return sum;
}

}  // namespace

std::string cut_text(const Book& book, const BookRow& row, const BookUnits& measure) {
    const std::string sum = fmt::format("{} of {}", amount_text(measure, row.entered), with_unit(measure, row.asked));
    if (row.cut == "price_floor")
        return fmt::format("none of {} stood in the auction: {} is under {} {} {}", with_unit(measure, row.asked), price_text(row.price),
                           book.market == "chips" ? "the reserve of" : "the least price of", price_text(book.floor), measure.price_unit);
    if (row.cut == "buyer_share")
        return fmt::format("{} stood in the auction: one buyer may take at most {}{}", sum, with_unit(measure, book.buyer_most),
                           row.entered < book.buyer_most ? ", its dearer steps counted" : "");
    if (row.cut == "buying_power") return sum + " stood in the auction: the firm's buying power, after what it bought before, backs no more";
    if (row.cut == "deposit") return sum + " stood in the auction: cash and credit for the deposit reach no further";
    const double own = lost_to_own(book, row);
    const std::string also = own > 0.0 ? ", less what met its own order on the other side" : "";
    if (row.cut == "cash") return sum + " stood in the auction: the cash in hand pays no more at the price bid" + also;
    if (row.cut == "own_orders")
        return fmt::format("{} stood in the auction: {} met the firm's own order on the other side", sum,
                           own > 0.0 && own < lost(row) ? "most of the rest" : "the rest");
    if (row.cut == "compute")
        return sum +
               (book.market == "used_chips" ? " stood in the auction: no more were in the warehouse"
                                            : " stood in the auction: the firm's fleet, less its contracts, has no more of this grade") +
               also;
    return "";
}

void add_cuts(const ReplayStore& store, const Book& book, Why& why) {
    Reason reason;
    for (const BookRow& row : book.rows)
        if (!row.cut.empty())
            reason.behind.push_back(row_reason(store, book, row, row.party + ": " + cut_text(book, row, measure_of(store, book.market, row.asked))));
    if (reason.behind.empty()) return;
    reason.text = fmt::format("{} order{} cut before the clearing", reason.behind.size(), reason.behind.size() == 1 ? " was" : "s were");
    why.reasons.push_back(std::move(reason));
}

std::size_t row_named(const Columns& table, int t, const std::string& column, const std::string& name) {
    const auto [first, end] = table.rows_of(t);
    for (std::size_t row = first; row < end; ++row)
        if (table.text(row, column) == name) return row;
    return table.rows();
}

double value_at(const Columns& table, std::size_t row, const std::string& column) {
    return row == table.rows() ? kNoValue : table.number(row, column);
}

}  // namespace rackrace
