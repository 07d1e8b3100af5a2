#include "viz/figures/price_setter.h"

#include <fmt/format.h>

#include <algorithm>

#include "viz/figures/placed_order.h"
#include "viz/figures/why_book.h"

namespace rackrace {
namespace {

constexpr const char* kSet = "Set the price";

std::string address_of(const ReplayStore& store, const Book& book, const BookRow& row) {
    const auto behind = orders_behind(store, book, row);
    return behind.empty() ? "" : order_address(store, behind[0]);
}

/// "The outside's ask at 1.346 $/h set the price"
std::string owner_text(const BookRow& row, double price, const BookUnits& measure) {
    return fmt::format("The {}'s {} at {} {} set the price", row.source == "outside" ? "outside" : row.party, row.is_ask ? "ask" : "bid", price_text(price), measure.price_unit);
}

/// Orders at the price that were filled in part or whole, on the side of the one that the price lies inside of.
std::ptrdiff_t orders_at(const Book& book, const BookRow& inside, double price) {
    return std::count_if(book.rows.begin(), book.rows.end(), [&](const BookRow& row) {
        return row.is_ask == inside.is_ask && row.filled > 0.0 && (row.is_ask ? std::max(row.price, book.floor) : row.price) == price;
    });
}

PriceSetter setter_of_double(const ReplayStore& store, const Book& book, const BookUnits& measure) {
    const auto range = clearing_range(book);
    if (!range) return {"Nothing was traded"};
    const bool is_one_price = range->low == range->high;
    const auto sharing = range->low_row == range->high_row ? orders_at(book, *range->low_row, range->low) : 1;
    const std::string set = sharing > 1 ? fmt::format("One of {} orders at {} {} that set the price", sharing, price_text(range->low), measure.price_unit) : kSet;
    for (const BookRow* row : {range->low_row, range->high_row})
        if (const std::string address = address_of(store, book, *row); !address.empty())
            return {is_one_price ? set : "One of the two orders that the price lies between", address};
    if (is_one_price) return {owner_text(*range->low_row, range->low, measure)};
    return {fmt::format("The price lies between the outside's steps at {} and {} {}", price_text(range->low), price_text(range->high), measure.price_unit)};
}

/// Buyers' bids against a reserve, or against nothing where power is sold.
PriceSetter setter_of_sale(const ReplayStore& store, const Book& book, const BookUnits& measure) {
    const bool is_power = book.market == "power";
    if (book.quantity == 0.0) return {"Nothing was sold"};
    if (is_posted(book)) return {fmt::format("The vendor's posted price of {} {} is the price", price_text(book.floor), measure.price_unit)};
    if (book.rule == "PAYBID") return {"Each bid pays its own price"};
    if (book.rule == "VICKREY") return {"Each buyer pays what the others lose by its bid"};
    const BookRow* best = best_turned_away(book);
    if (best != nullptr && book.rejected_score > (is_power ? 0.0 : book.floor)) {
        const std::string address = address_of(store, book, *best);
        return address.empty() ? PriceSetter{owner_text(*best, best->price, measure)} : PriceSetter{kSet, address};
    }
    if (is_power) return {"The lot served every bid, so it has no adder"};
    return {fmt::format("The vendor's reserve of {} {} set the price", price_text(book.floor), measure.price_unit)};
}

PriceSetter setter_of(const ReplayStore& store, int t, const std::string& market) {
    const bool is_spot = market.starts_with("spot-");
    const bool is_region = std::find(store.regions().begin(), store.regions().end(), market) != store.regions().end();
    const std::string book_market = market == "spot-t" ? "spot_t" : market == "spot-i" ? "spot_i" : is_region ? "power" : "chips";
    const Book book = read_book(store, t, book_market, is_spot ? "hours" : market);
    if (!book.is_there || !is_whole(book)) return {};
    const BookUnits measure = measure_of(store, book_market, book.quantity);
    return is_spot ? setter_of_double(store, book, measure) : setter_of_sale(store, book, measure);
}

}  // namespace

Result<PriceSetter> price_setter(const ReplayStore& store, int t, const std::string& market) {
    return store.of_unaltered([&]() -> Result<PriceSetter> { return setter_of(store, t, market); });
}

}  // namespace rackrace
