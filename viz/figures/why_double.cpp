// Why a double auction cleared where it did: between which ask and which bid, what was offered and wanted at the price of the quarter before,
// who sold and who bought, what was rationed. Spot hours of both grades, and used chips.
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "engine/base/quarter_index.h"
#include "viz/figures/figure_model.h"
#include "viz/figures/why_book.h"

namespace rackrace {
namespace {

/// The orders that bound the price: of those at the same bound the one with the largest part.
struct PriceBound {
    double price = 0.0;
    const BookRow* row = nullptr;
    bool is_served = false;
};

/// Asks under the least price count as asks at it.
double counted(const Book& book, const BookRow& row) { return row.is_ask ? std::max(row.price, book.floor) : row.price; }

bool can_trade(const Book& book, const BookRow& row) { return row.entered > 0.0 && (row.is_ask || row.price >= book.floor); }

void take(PriceBound& bound, const BookRow& row, double price, bool is_served, double sign) {
    const double gap = bound.row == nullptr ? 1.0 : sign * (price - bound.price);
    if (gap < 0.0 || (gap == 0.0 && row.entered <= bound.row->entered)) return;
    bound = {price, &row, is_served};
}

/// The lowest price that the orders allow: the dearest ask that sold, or the best bid that was turned away, an order filled in part being both.
PriceBound low_bound(const Book& book) {
    PriceBound low;
    for (const BookRow& row : book.rows) {
        if (!can_trade(book, row)) continue;
        if (row.is_ask ? row.filled > 0.0 : row.filled < row.entered) take(low, row, counted(book, row), row.is_ask, 1.0);
    }
    return low;
}

/// The highest: the lowest bid that bought, or the cheapest ask that was turned away.
PriceBound high_bound(const Book& book) {
    PriceBound high;
    for (const BookRow& row : book.rows) {
        if (!can_trade(book, row)) continue;
        if (row.is_ask ? row.filled < row.entered : row.filled > 0.0) take(high, row, counted(book, row), !row.is_ask, -1.0);
    }
    return high;
}

std::string with_order(const std::string& party, const std::string& order) { return order.empty() ? party : party + " (" + order + ")"; }

std::string bound_text(const ReplayStore& store, const Book& book, const PriceBound& bound) {
    const char* side = bound.row->is_ask ? "ask" : "bid";
    const std::string order = order_text(store, book, *bound.row);
    return fmt::format("{}{} {} ({}{}{})",
                       bound.is_served     ? ""
                       : bound.row->is_ask ? "unsold "
                                           : "unserved ",
                       side, price_text(bound.price), bound.row->party, order.empty() ? "" : ", ", order);
}

Reason bound_reason(const ReplayStore& store, const Book& book, const BookUnits& measure, const PriceBound& bound, bool is_low) {
    const BookRow& row = *bound.row;
    const std::string told = row.is_ask ? fmt::format("{} offered {}{} at {} or more and sold {}", row.party,
                                                      row.source == "left_over" ? "training hours left over, " : "", with_unit(measure, row.entered),
                                                      price_text(row.price), amount_text(measure, row.filled))
                                        : fmt::format("{} bid for {} at {} or less and got {}", row.party, with_unit(measure, row.entered),
                                                      price_text(row.price), amount_text(measure, row.filled));
    return row_reason(store, book, row, fmt::format("no price {} {}: {}", is_low ? "under" : "over", price_text(bound.price), told));
}

Reason clearing_reason(const ReplayStore& store, const Book& book, const BookUnits& measure, double last_price) {
    const PriceBound low = low_bound(book), high = high_bound(book);
    Reason reason;
    if (book.quantity > 0.0 && (low.row == nullptr || high.row == nullptr)) {
        reason.text = unrecorded_text(book);
    } else if (book.quantity > 0.0 && low.row == high.row) {
        const auto same = std::count_if(book.rows.begin(), book.rows.end(), [&](const BookRow& row) {
            return row.is_ask == low.row->is_ask && row.filled > 0.0 && counted(book, row) == low.price;
        });
        const char* side = low.row->is_ask ? "ask" : "bid";
        const std::string of = with_order(low.row->party, order_text(store, book, *low.row));
        reason.text = fmt::format("cleared at {} inside {} at {}, filled in part: {} the price", with_unit(measure, book.quantity),
                                  same > 1 ? fmt::format("{} {}s", same, side) : fmt::format("the {} of {}", side, of), price_text(low.price),
                                  same > 1 ? "they set" : "it sets");
    } else if (book.quantity > 0.0) {
        reason.text = fmt::format("cleared at {} between {} and {}", with_unit(measure, book.quantity), bound_text(store, book, low),
                                  bound_text(store, book, high));
        if (low.price == high.price) reason.text += ", which leave one price";
        else if (book.price == book.floor) reason.text += ": the least price of the market";
        else reason.text += ": the price is the midpoint";
    } else {
        reason.text = low.row != nullptr && high.row != nullptr
                          ? fmt::format("nothing traded: the best bid was {}, the lowest ask {}", price_text(low.price), price_text(high.price))
                      : low.row != nullptr  ? fmt::format("nothing traded: nobody offered, the best bid was {}", price_text(low.price))
                      : high.row != nullptr ? fmt::format("nothing traded: nobody bid, the lowest ask was {}", price_text(high.price))
                                            : std::string("nothing was offered and nothing bid for");
        if (book.market != "used_chips")
            reason.text += book.price == last_price
                               ? fmt::format("; the price of the quarter before, {}, is kept", price_text(last_price))
                               : fmt::format("; the price of the quarter before, {}, is moved to the nearer of them", price_text(last_price));
    }
    if (low.row != nullptr) reason.behind.push_back(bound_reason(store, book, measure, low, true));
    if (high.row != nullptr && (high.row != low.row || high.price != low.price))
        reason.behind.push_back(bound_reason(store, book, measure, high, false));
    return reason;
}

/// What is offered at a price or under it, what is wanted at it or over it.
double offered_at(const Book& book, const BookRow& row, double price) {
    return row.is_ask && can_trade(book, row) && counted(book, row) <= price ? row.entered : 0.0;
}
double wanted_at(const Book& book, const BookRow& row, double price) {
    return !row.is_ask && can_trade(book, row) && row.price >= price ? row.entered : 0.0;
}

/// Both quarters' orders at one price: what has changed is the orders, not the price they are judged at.
Reason shift_reason(const ReplayStore& store, const Book& book, const Book& last, const BookUnits& measure, double at_price) {
    const auto offered_by = [&](const BookRow& row) { return offered_at(book, row, at_price); };
    const auto wanted_by = [&](const BookRow& row) { return wanted_at(book, row, at_price); };
    const double offered = split_of(measure, book, last, offered_by).now, wanted = split_of(measure, book, last, wanted_by).now,
                 excess = offered - wanted;
    const std::string at = last.is_there ? fmt::format("at {}'s {} {}", quarter_name(last.t), price_text(at_price), measure.price_unit)
                                         : fmt::format("at {} {}", price_text(at_price), measure.price_unit);
    Reason reason;
    if (last.is_there && at_price != book.price)
        reason.text =
            excess > 0.0   ? fmt::format("{} this quarter's orders offer {} more than they want, so the price fell", at, with_unit(measure, excess))
            : excess < 0.0 ? fmt::format("{} this quarter's orders want {} more than they offer, so the price rose", at, with_unit(measure, -excess))
                           : fmt::format("{} this quarter's orders offer as much as they want; the price is one of those that fit", at);
    else reason.text = fmt::format("{} orders offer {} and want {}", at, with_unit(measure, offered), with_unit(measure, wanted));
    reason.behind.push_back(split_reason(store, "offered", measure, book, last, offered_by));
    reason.behind.push_back(split_reason(store, "wanted", measure, book, last, wanted_by));
    return reason;
}

/// Orders at the margin that got a part of what they asked.
void add_rationing(const ReplayStore& store, const Book& book, const BookUnits& measure, Why& why) {
    for (const bool is_ask : {true, false}) {
        Reason reason;
        double asked = 0.0, filled = 0.0, price = 0.0;
        for (const BookRow& row : book.rows) {
            if (row.is_ask != is_ask || !(row.filled > 0.0 && row.filled < row.entered)) continue;
            asked += row.entered;
            filled += row.filled;
            price = row.price;
            reason.behind.push_back(
                row_reason(store, book, row,
                           fmt::format("filled in part: {} {} {} of {} at {}", row.party, is_ask ? "sold" : "got", amount_text(measure, row.filled),
                                       with_unit(measure, row.entered), price_text(row.price))));
        }
        if (reason.behind.empty()) continue;
        if (reason.behind.size() == 1) {
            why.reasons.push_back(std::move(reason.behind[0]));
            continue;
        }
        reason.text = fmt::format("{} {}s at {} shared {} of {} pro rata", reason.behind.size(), is_ask ? "ask" : "bid", price_text(price),
                                  amount_text(measure, filled), with_unit(measure, asked));
        why.reasons.push_back(std::move(reason));
    }
}

/// The outside's orders are steps around a price: between which, and how much in all.
void add_outside(const Book& book, const BookUnits& measure, Why& why) {
    for (const bool is_ask : {true, false}) {
        double low = std::numeric_limits<double>::infinity(), high = 0.0, all = 0.0, filled = 0.0;
        for (const BookRow& row : book.rows) {
            if (row.is_ask != is_ask || row.source != "outside") continue;
            low = std::min(low, row.price);
            high = std::max(high, row.price);
            all += row.entered;
            filled += row.filled;
        }
        if (all > 0.0)
            why.reasons.push_back({fmt::format("the outside {} {} in steps from {} to {} {} around the price of the quarter before and {} {}",
                                               is_ask ? "offers" : "bids for", with_unit(measure, all), price_text(low), price_text(high),
                                               measure.price_unit, is_ask ? "sold" : "bought", amount_text(measure, filled))});
    }
}

double largest_side(const Book& book) {
    double asks = 0.0, bids = 0.0;
    for (const BookRow& row : book.rows) (row.is_ask ? asks : bids) += row.filled;
    return std::max({asks, bids, book.quantity, 1.0});
}

void add_trades(const ReplayStore& store, const Book& book, const Book& last, const BookUnits& measure, Why& why) {
    for (const bool is_ask : {true, false})
        why.reasons.push_back(split_reason(store, is_ask ? "sold" : "bought", measure, book, last,
                                           [&](const BookRow& row) { return row.is_ask == is_ask ? row.filled : 0.0; }));
}

}  // namespace

std::optional<ClearingRange> clearing_range(const Book& book) {
    const PriceBound low = low_bound(book), high = high_bound(book);
    if (book.rule != "DOUBLE" || book.quantity <= 0.0 || low.row == nullptr || high.row == nullptr) return std::nullopt;
    return ClearingRange{low.price, high.price, low.row, high.row};
}

Why explain_spot(const ReplayStore& store, int t, bool is_training) {
    const std::string column = is_training ? "spot_t_usd_h" : "spot_i_usd_h", market = is_training ? "spot_t" : "spot_i";
    const double now = store.of_market(t, column), before = store.of_market(t - 1, column);
    Why why{store.address(t, "market." + column), price_title(column, "$/h", t, now, before)};
    const Book book = read_book(store, t, market, "hours"), last = book_before(store, t, market, "hours");
    if (!book.is_there) {
        why.reasons.push_back({"the opening books say so: no auction was held before the first quarter of the run"});
        return why;
    }
    if (!is_whole(book)) {
        why.reasons.push_back({unrecorded_text(book)});
        return why;
    }
    const BookUnits measure = measure_of(store, market, largest_side(book));
    why.reasons.push_back(clearing_reason(store, book, measure, before));
    why.reasons.push_back(shift_reason(store, book, last, measure, last.is_there ? before : now));
    add_trades(store, book, last, measure, why);
    add_rationing(store, book, measure, why);
    add_outside(book, measure, why);
    add_cuts(store, book, why);
    return why;
}

Why explain_resale(const ReplayStore& store, int t, const std::string& product) {
    const Columns& products = store.table("products");
    const std::size_t row = row_named(products, t, "product", product);
    const double now = products.number(row, "resale_usd_chip"),
                 before = value_at(products, row_named(products, t - 1, "product", product), "resale_usd_chip");
    Why why{store.address(t, "product=" + product + "&field=resale_usd_chip"), price_title(product + " resale_usd_chip", "$/chip", t, now, before)};
    const Book book = read_book(store, t, "used_chips", product), last = book_before(store, t, "used_chips", product);
    if (book.is_there && !is_whole(book)) {
        why.reasons.push_back({unrecorded_text(book)});
        return why;
    }
    const double scrap = store.parameter("scrap_value_frac") * products.number(row, "list_usd_chip");
    const BookUnits measure = measure_of(store, "used_chips", book.quantity);
    const bool is_offered =
        std::any_of(book.rows.begin(), book.rows.end(), [](const BookRow& one) { return one.is_ask && one.source == "order" && one.entered > 0.0; });
    if (book.is_there) {
        why.reasons.push_back(clearing_reason(store, book, measure, before));
        const PriceBound low = low_bound(book);
        if (book.quantity > 0.0 && low.row != nullptr && low.row->source == "dealer" && !low.row->is_ask)
            why.reasons.back().behind.push_back(
                {"the dealer bids for one chip more than are offered, and the less the more are thrown on the market: what goes to it costs its "
                 "bid"});
    }
    if (!book.is_there || (!is_offered && book.quantity == 0.0))
        why.reasons.push_back({fmt::format("{}: the resale value is what the dealer would pay for the first chip, {} of its value in use, "
                                           "and no less than scrap at {} $/chip",
                                           book.is_there ? "no firm offered chips and the dealer's found no buyer" : "nothing was for sale",
                                           price_text(store.parameter("dealer_bid_ratio")), price_text(scrap)),
                               store.address(t, "product=" + product)});
    else if (now != book.price)
        why.reasons.push_back({fmt::format("the clearing price of {} is raised to scrap value, {} of the list price", price_text(book.price),
                                           price_text(store.parameter("scrap_value_frac"))),
                               store.address(t, "product=" + product)});
    if (!book.is_there) return why;
    add_trades(store, book, last, measure, why);
    add_rationing(store, book, measure, why);
    add_cuts(store, book, why);
    return why;
}

}  // namespace rackrace
