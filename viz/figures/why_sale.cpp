// Why a sale from the highest score down cost what it did: new chips by the scenario's rule, and the forward lots of grid power.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/base/quarter_index.h"
#include "viz/figures/figure_model.h"
#include "viz/figures/why_book.h"

namespace rackrace {
namespace {

double asked_of(const BookRow& row) { return row.asked; }
double stood_of(const BookRow& row) { return row.entered; }

double sum_of(const Book& book, double (*value)(const BookRow&)) {
    double sum = 0.0;
    for (const BookRow& row : book.rows) sum += value(row);
    return sum;
}

std::string bonus_text(const BookRow& row) {
    if (row.score == row.price || row.price == 0.0) return "";
    return fmt::format(", which the vendor counts as {} ({:+.1f} % for its standing)", price_text(row.score), 100.0 * (row.score / row.price - 1.0));
}

/// What each of the winners paid, the largest first.
std::vector<Reason> winners(const ReplayStore& store, const Book& book, const BookUnits& measure) {
    std::vector<const BookRow*> rows;
    for (const BookRow& row : book.rows)
        if (row.filled > 0.0) rows.push_back(&row);
    std::stable_sort(rows.begin(), rows.end(), [](const BookRow* a, const BookRow* b) { return a->filled > b->filled; });
    std::vector<Reason> out;
    for (const BookRow* row : rows)
        out.push_back(row_reason(store, book, *row,
                                 fmt::format("{} got {} of {} at {}, having bid {}{}", row->party, amount_text(measure, row->filled),
                                             with_unit(measure, row->entered), price_text(row->paid), price_text(row->price), bonus_text(*row))));
    return out;
}

/// The rule of the sale in words, with the numbers that set the price.
Reason chip_rule(const ReplayStore& store, const Book& book, const BookUnits& measure, double multiplier, double last_list) {
    const BookRow* best = best_turned_away(book);
    const std::string reserve = price_text(book.floor);
    Reason reason;
    if (is_posted(book))
        reason.text = fmt::format("rule {}: the price is the vendor's, {}; a short supply is shared {}", book.rule, reserve,
                                  book.rule == "POSTED" ? "by the buyers' weights" : "pro rata to the orders");
    else if (book.rule == "PAYBID")
        reason.text = fmt::format("rule PAYBID: each step pays its own bid; the price is the mean of them, no less than the reserve of {}", reserve);
    else if (book.rule == "VICKREY")
        reason.text = fmt::format("rule VICKREY: each buyer pays what the others lose by its bid, no less than the reserve of {}", reserve);
    else if (book.rejected_score > book.floor)
        reason.text = fmt::format(
            "the best bid that found no chips counts {}: by rule UNIFORM each buyer pays the bid of its own that would count as much, and no less "
            "than the reserve of {}",
            price_text(book.rejected_score), reserve);
    else if (book.rejected_score > 0.0)
        reason.text = fmt::format("the best bid that found no chips counts {}, no more than the reserve of {}: every buyer pays the reserve",
                                  price_text(book.rejected_score), reserve);
    else reason.text = fmt::format("the supply served every bid, so the reserve of {} is the price", reserve);
    if (best != nullptr && book.rejected_score > 0.0)
        reason.behind.push_back(row_reason(store, book, *best,
                                           fmt::format("turned away{}: {} of {}'s {} at {}{}", best->filled > 0.0 ? " in part" : "",
                                                       amount_text(measure, best->entered - best->filled), best->party,
                                                       with_unit(measure, best->entered), price_text(best->price), bonus_text(*best))));
    if (multiplier > 0.0 && std::isfinite(last_list))
        reason.behind.push_back(
            {fmt::format("the {} is the list price of the close before ({}), {}, times the vendor's multiplier of this quarter, {}",
                         is_posted(book) ? "posted price" : "reserve", quarter_name(book.t - 1), price_text(last_list), price_text(multiplier)),
             store.address(book.t - 1, "product=" + book.subject + "&field=list_usd_chip")});
    return reason;
}

/// Bids at one score that shared what was left.
void add_shares(const ReplayStore& store, const Book& book, const BookUnits& measure, Why& why) {
    Reason reason;
    double asked = 0.0, filled = 0.0;
    for (const BookRow& row : book.rows) {
        if (row.score != book.rejected_score || row.filled == row.entered) continue;
        asked += row.entered;
        filled += row.filled;
        reason.behind.push_back(row_reason(
            store, book, row, fmt::format("{} got {} of {}", row.party, amount_text(measure, row.filled), with_unit(measure, row.entered))));
    }
    if (reason.behind.size() < 2) return;
    reason.text = fmt::format("{} bids that count {} shared {} of {} pro rata", reason.behind.size(), price_text(book.rejected_score),
                              amount_text(measure, filled), with_unit(measure, asked));
    why.reasons.push_back(std::move(reason));
}

/// The supply and the quarter's before, then what was asked and what of it stood in the sale, by firm.
void add_supply_and_bids(const ReplayStore& store, const Book& book, const Book& last, const BookUnits& measure, const char* supply, Why& why) {
    const std::string before = last.is_there ? fmt::format(" ({}: {}, sold {})", quarter_name(last.t), amount_text(measure, last.supply),
                                                           amount_text(measure, last.quantity))
                                             : "";
    why.reasons.push_back({fmt::format("{} {}, sold {}{}", supply, with_unit(measure, book.supply), amount_text(measure, book.quantity), before)});
    if (sum_of(book, asked_of) != sum_of(book, stood_of)) why.reasons.push_back(split_reason(store, "asked", measure, book, last, asked_of));
    why.reasons.push_back(split_reason(store, "stood in the sale", measure, book, last, stood_of));
}

/// The last quarter before t in which the product was put on sale, or in which chips of it sold; -1 for none.
int last_sale(const ReplayStore& store, int t, const std::string& product, bool has_sold) {
    for (int at = t - 1; at > store.opening_t(); --at) {
        const Book book = read_book(store, at, "chips", product);
        if (book.is_there && (!has_sold || book.quantity > 0.0)) return at;
    }
    return -1;
}

/// Why the price of a product stands that is not on sale in quarter t.
Reason no_sale(const ReplayStore& store, int t, const std::string& product, const std::string& path) {
    const int held = last_sale(store, t, product, false), sold = last_sale(store, t, product, true);
    if (held >= 0 && held == sold)
        return {fmt::format("no sale in {}: this is the price of the last one, in {}", quarter_name(t), quarter_name(held)),
                store.address(held, path)};
    if (held >= 0)
        return {fmt::format("no sale in {}: this is the reserve of {}, when the product was last put on sale and nothing sold; {}", quarter_name(t),
                            quarter_name(held), sold >= 0 ? "chips last sold in " + quarter_name(sold) : "none sold in this run"),
                store.address(held, path)};
    const Columns& products = store.table("products");
    const std::size_t row = row_named(products, t, "product", product);
    const int first = products.quarter(row, "first_quarter"), last = products.quarter(row, "last_quarter");
    const std::string what = first > t                   ? "no sale yet: its first quarter of sale is " + quarter_name(first)
                             : last < 0                  ? "no sale of new chips in this run: only used ones change hands"
                             : last <= store.opening_t() ? "no sale in this run: its last quarter of sale was " + quarter_name(last)
                                                         : "no open sale: it is an in-house line, whose chips go to its owners alone";
    return {what, store.address(t, "product=" + product)};
}

}  // namespace

const BookRow* best_turned_away(const Book& book) {
    const BookRow* best = nullptr;
    for (const BookRow& row : book.rows)
        if (row.filled < row.entered && (best == nullptr || row.score > best->score || (row.score == best->score && row.entered > best->entered)))
            best = &row;
    return best;
}

Why explain_chips(const ReplayStore& store, int t, const std::string& product) {
    const Columns& products = store.table("products");
    const std::size_t row = row_named(products, t, "product", product);
    const double now = products.number(row, "cleared_usd_chip"),
                 before = value_at(products, row_named(products, t - 1, "product", product), "cleared_usd_chip");
    const std::string path = "product=" + product + "&field=cleared_usd_chip";
    Why why{store.address(t, path), price_title(product + " cleared_usd_chip", "$/chip", t, now, before)};
    const Book book = read_book(store, t, "chips", product), last = book_before(store, t, "chips", product);
    if (t == store.opening_t()) {
        why.reasons.push_back({"the opening books say so: no sale was held before the first quarter of the run"});
        return why;
    }
    if (!book.is_there || !is_whole(book)) {
        why.reasons.push_back(book.is_there ? Reason{unrecorded_text(book)} : no_sale(store, t, product, path));
        return why;
    }
    const BookUnits measure = measure_of(store, "chips", std::max(book.supply, sum_of(book, asked_of)));
    if (book.quantity == 0.0)
        why.reasons.push_back({fmt::format("nothing was sold, so the reserve of {} stands for the price: {}", price_text(book.floor),
                                           book.supply == 0.0              ? "no chips were on sale"
                                           : sum_of(book, stood_of) == 0.0 ? "no bid at it or above stood in the sale"
                                                                           : "no bid was served")});
    else {
        why.reasons.push_back(chip_rule(store, book, measure, products.number(row, "price_multiplier"),
                                        value_at(products, row_named(products, t - 1, "product", product), "list_usd_chip")));
        const auto served = std::find_if(book.rows.begin(), book.rows.end(), [](const BookRow& one) { return one.filled > 0.0; });
        const bool is_one_price =
            std::all_of(served, book.rows.end(), [&](const BookRow& one) { return one.filled == 0.0 || one.paid == served->paid; });
        Reason paid{fmt::format("{} {} for {}", price_text(book.price),
                                is_one_price ? "is what every buyer paid" : "is the mean of what the buyers paid",
                                with_unit(measure, book.quantity))};
        paid.behind = winners(store, book, measure);
        why.reasons.push_back(std::move(paid));
    }
    add_supply_and_bids(store, book, last, measure, "on sale", why);
    add_shares(store, book, measure, why);
    add_cuts(store, book, why);
    return why;
}

Why explain_power(const ReplayStore& store, int t, const std::string& region) {
    const Columns& regions = store.table("regions");
    const double now = regions.number(row_named(regions, t, "region", region), "adder_usd_kw_q");
    const double before = value_at(regions, row_named(regions, t - 1, "region", region), "adder_usd_kw_q");
    Why why{store.address(t, "region=" + region + "&field=adder_usd_kw_q"), price_title(region + " adder_usd_kw_q", "$/kW-quarter", t, now, before)};
    const Book book = read_book(store, t, "power", region), last = book_before(store, t, "power", region);
    if (!book.is_there) {
        why.reasons.push_back({t == store.opening_t()
                                   ? "the opening books say so: no lot was auctioned before the first quarter of the run"
                                   : "no lot is auctioned in this run: power is queued by the scenario's rule, and costs no adder"});
        return why;
    }
    if (!is_whole(book)) {
        why.reasons.push_back({unrecorded_text(book)});
        return why;
    }
    const BookUnits measure = measure_of(store, "power", std::max(book.supply, sum_of(book, asked_of)));
    const BookRow* best = best_turned_away(book);
    if (best == nullptr || book.rejected_score == 0.0) {
        why.reasons.push_back({book.rows.empty() ? "nobody bid for the lot, so it has no adder" : "the lot served every bid, so its adder is 0"});
    } else {
        why.reasons.push_back({fmt::format("the adder of a lot is the highest bid that was turned away, in part or whole: {} of {}",
                                           price_text(book.rejected_score), best->party)});
        why.reasons.back().behind.push_back(row_reason(store, book, *best,
                                                       fmt::format("turned away{}: {} of {}'s {} at {}", best->filled > 0.0 ? " in part" : "",
                                                                   amount_text(measure, best->entered - best->filled), best->party,
                                                                   with_unit(measure, best->entered), price_text(best->price))));
    }
    if (book.quantity > 0.0) {
        Reason won{fmt::format("{} won, all at {} {}", with_unit(measure, book.quantity), price_text(book.price), measure.price_unit)};
        won.behind = winners(store, book, measure);
        why.reasons.push_back(std::move(won));
    }
    add_supply_and_bids(store, book, last, measure, "lot", why);
    add_shares(store, book, measure, why);
    add_cuts(store, book, why);
    return why;
}

}  // namespace rackrace
