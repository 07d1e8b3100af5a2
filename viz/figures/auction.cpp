// One market in one quarter: the orders that stood in its auction, the outside's among them, as steps in the order of price, with the price and
// the quantity that they gave.
#include <fmt/format.h>

#include <algorithm>

#include "engine/base/quarter_index.h"
#include "viz/figures/builders.h"
#include "viz/figures/figure_parts.h"
#include "viz/figures/why_book.h"

namespace rackrace {
namespace {

/// The unit of a market's steps, and what a whole unit of its book (H100e, chips, kW) is of it.
struct StepUnit {
    const char* name;
    double scale;
};

std::string fate_of(const BookRow& row, const StepUnit& unit) {
    if (row.filled <= 0.0) return "got nothing";
    return fmt::format("{} at {}", row.filled == row.entered ? "got all of it" : "got " + short_number(row.filled * unit.scale),
                       short_number(row.paid));
}

/// order: the script's order behind the row, in words; empty for the outside.
std::string step_reason(const BookRow& row, const std::string& order, const StepUnit& unit) {
    std::string out = fmt::format("{} {} {} {} at {} {}", row.party, row.is_ask ? "offers" : "bids for", short_number(row.entered * unit.scale),
                                  unit.name, row.is_ask ? "no less than" : "up to", short_number(row.price));
    if (!order.empty()) out += ", " + order;
    if (!row.cut.empty()) out += fmt::format("; asked {}", short_number(row.asked * unit.scale));
    return out + "; " + fate_of(row, unit);
}

/// The rows of a side that stood there: bids from the highest price, offers from the lowest; equal prices in the order of the book.
std::vector<const BookRow*> in_order(const Book& book, bool is_bid) {
    std::vector<const BookRow*> rows;
    for (const BookRow& row : book.rows)
        if (row.is_ask != is_bid && row.entered > 0.0) rows.push_back(&row);
    std::stable_sort(rows.begin(), rows.end(),
                     [&](const BookRow* a, const BookRow* b) { return a->price != b->price && (a->price > b->price) == is_bid; });
    return rows;
}

/// Steps beside each other: bids from the highest price, offers from the lowest; equal prices in the order of the book.
Series steps(const ReplayStore& store, const Book& book, bool is_bid, const StepUnit& unit, const std::string& market_address) {
    const std::vector<const BookRow*> rows = in_order(book, is_bid);
    Series series{is_bid ? "bids" : "offers", is_bid ? "bids" : "offers", MarkShape::step, is_bid ? 0 : 1};
    double at = 0.0;
    for (const BookRow* row : rows) {
        Datum datum;
        datum.key = at;
        datum.value = row->price;
        datum.key_end = at += row->entered * unit.scale;
        const auto behind = orders_behind(store, book, *row);
        datum.reason = step_reason(*row, order_text(store, behind), unit);
        datum.address = behind.empty() ? market_address : order_address(store, behind[0]);
        series.data.push_back(std::move(datum));
    }
    return series;
}

Series line_at(std::string id, std::string name, MarkShape shape, int look, double key, double value, std::string reason, std::string address) {
    Series series{std::move(id), std::move(name), shape, look};
    series.is_thin = true;
    series.data.push_back({key, value, 0.0, kNoValue, kNoValue, "", std::move(reason), std::move(address)});
    return series;
}

FigurePanel curve_panel(const std::string& quantity_unit, const std::string& price_unit) {
    FigurePanel panel;
    panel.id = "curves";
    panel.title = "price";
    panel.key = measure_axis("quantity", quantity_unit);
    panel.measure = measure_axis("price", price_unit);
    return panel;
}

/// How many orders stood there, and how many were cut before or never got so far.
void add_count(FigureModel& figure, const Book& book) {
    std::size_t bids = 0, offers = 0, outside = 0, cut = 0;
    for (const BookRow& row : book.rows) {
        const bool is_outside = row.source == "outside";
        outside += is_outside;
        if (!is_outside) (row.is_ask ? offers : bids) += 1;
        cut += !row.cut.empty();
    }
    std::string text = fmt::format("Orders of firms: bids {}, offers {}", bids, offers);
    if (outside > 0) text += fmt::format("; steps of the outside {}", outside);
    if (cut > 0) text += fmt::format("; cut before the clearing {}", cut);
    figure.findings.push_back(text + ".");
}

/// The parts of bids that the price would have served and that got nothing, or of a bid that was filled in part: bars under their steps.
void add_unserved(const ReplayStore& store, const Book& book, const StepUnit& unit, double price, FigurePanel& panel) {
    Series rationed{"rationed", "rationed", MarkShape::bar, 3}, unmet{"unmet", "unmet", MarkShape::bar, 4};
    double at = 0.0;
    for (const BookRow* row : in_order(book, true)) {
        const double from = at + row->filled * unit.scale, to = at += row->entered * unit.scale;
        if (row->price < price || row->filled >= row->entered) continue;
        Datum datum;
        datum.key = from;
        datum.key_end = to;
        datum.value = row->price;
        datum.reason = fmt::format("{} went without {} {} of {} at up to {}", row->party, short_number(to - from), unit.name, short_number(row->entered * unit.scale), short_number(row->price));
        if (const auto behind = orders_behind(store, book, *row); !behind.empty()) datum.address = order_address(store, behind[0]);
        (row->filled > 0.0 ? rationed : unmet).data.push_back(std::move(datum));
    }
    for (Series* series : {&rationed, &unmet})
        if (!series->data.empty()) panel.series.push_back(std::move(*series));
}

/// What buyers would have paid more and sellers taken less, at the prices that they named. `usd`: dollars of a whole unit at a price of 1.
void add_surplus(const Book& book, double usd, const char* sellers, double seller_least, FigureModel& figure) {
    double buyers = 0.0, gained = 0.0;
    for (const BookRow& row : book.rows) {
        if (!(row.filled > 0.0)) continue;
        if (row.is_ask) gained += row.filled * (row.paid - row.price) * usd;
        else {
            buyers += row.filled * (row.price - row.paid) * usd;
            if (std::isfinite(seller_least)) gained += row.filled * (row.paid - seller_least) * usd;
        }
    }
    figure.notes.push_back(fmt::format("Surplus: buyers {} under the prices that they bid, {} {}.", text_in_unit("$", buyers), sellers, text_in_unit("$", gained)));
}

/// Of a price at which several orders stand, who is served.
std::string tie_text(const Book& book) {
    if (book.rule == "DOUBLE") return "Ties: orders at the marginal price share pro rata, odd units by a hash of the run; of several prices that clear, the midpoint.";
    if (is_posted(book)) return "Ties: one price for all, so no bid outranks another; what is short is shared.";
    return "Ties: of equal scores a hash of the run decides who is served first.";
}

FigureModel chip_auction(const ReplayStore& store, const FigureScope& scope, FigureModel figure, const std::string& product) {
    const Columns& products = store.table("products");
    const auto [first, end] = products.rows_of(scope.t);
    std::size_t row = first;
    while (row < end && products.text(row, "product") != product) ++row;
    const std::string path = "product=" + product + "&field=";
    const Book book = read_book(store, scope.t, "chips", product);
    FigurePanel panel = curve_panel("chips", "$/chip");
    panel.series.push_back(steps(store, book, true, {"chips", 1.0}, store.address(scope.t, path + "cleared_usd_chip")));
    if (panel.series.front().data.empty()) {
        figure.empty_text = "No bids for " + product + " in " + quarter_name(scope.t) + ".";
        return figure;
    }
    const double reserve = products.number(row, "list_usd_chip") * products.number(row, "price_multiplier");
    panel.series.push_back(line_at("offered", "on sale", MarkShape::post, 1, products.number(row, "offered_chips"), kNoValue,
                                   fmt::format("{} chips of {} on sale in {}", short_number(products.number(row, "offered_chips")), product, quarter_name(scope.t)), store.address(scope.t, path + "offered_chips")));
    panel.series.push_back(line_at("reserve", "reserve", MarkShape::level, kRestLook, kNoValue, reserve, fmt::format("reserve of {}: the list price of {} $ times the vendor's multiplier of {}", product, short_number(products.number(row, "list_usd_chip")), short_number(products.number(row, "price_multiplier"))),
                                   store.address(scope.t, path + "price_multiplier")));
    panel.series.push_back(line_at("cleared", "mean paid", MarkShape::level, 2, kNoValue, products.number(row, "cleared_usd_chip"),
                                   fmt::format("buyers of {} paid {} $ a chip in the mean", product, short_number(products.number(row, "cleared_usd_chip"))), store.address(scope.t, path + "cleared_usd_chip")));
    add_count(figure, book);
    add_unserved(store, book, {"chips", 1.0}, reserve, panel);
    add_surplus(book, 1.0, "the vendor over the reserve", reserve, figure);
    figure.notes.push_back(tie_text(book));
    figure.findings.push_back(fmt::format("{} chips sold of {} on sale; {} were asked at or above the reserve.",
                                          short_number(products.number(row, "sold_chips")), short_number(products.number(row, "offered_chips")),
                                          short_number(products.number(row, "asked_chips"))));
    figure.notes.push_back(
        "Bids that stood in the sale, in the order of their price. The sale also weighs the buyer's standing with the vendor, so awards can differ "
        "from "
        "this order.");
    figure.panels.push_back(std::move(panel));
    return figure;
}

FigureModel power_auction(const ReplayStore& store, const FigureScope& scope, FigureModel figure, const std::string& region) {
    const Columns& regions = store.table("regions");
    const auto [first, end] = regions.rows_of(scope.t);
    std::size_t row = first;
    while (row < end && regions.text(row, "region") != region) ++row;
    const std::string path = "region=" + region + "&field=";
    const Book book = read_book(store, scope.t, "power", region);
    FigurePanel panel = curve_panel("kW", "$/kW-quarter");
    panel.series.push_back(steps(store, book, true, {"kW", 1.0}, store.address(scope.t, path + "adder_usd_kw_q")));
    if (panel.series.front().data.empty()) {
        figure.empty_text = book.is_there ? "No bids for power in " + region + " in " + quarter_name(scope.t) + "."
                            : scope.t == store.opening_t()
                                ? "No lot of power was auctioned before the first quarter of the run."
                                : "No lot of power is auctioned in this run: power is queued by the scenario's rule, and costs no adder.";
        return figure;
    }
    panel.series.push_back(line_at("offered", "lot", MarkShape::post, 1, regions.number(row, "lot_kw"), kNoValue, fmt::format("{} were sold by auction in {} in {}", text_in_unit("kW", regions.number(row, "lot_kw")), region, quarter_name(scope.t)),
                                   store.address(scope.t, path + "lot_kw")));
    panel.series.push_back(line_at("cleared", "adder", MarkShape::level, 2, kNoValue, regions.number(row, "adder_usd_kw_q"),
                                   fmt::format("winners of the lot of {} pay an adder of {} $ a kW and quarter", region, short_number(regions.number(row, "adder_usd_kw_q"))), store.address(scope.t, path + "adder_usd_kw_q")));
    add_count(figure, book);
    add_unserved(store, book, {"kW", 1.0}, regions.number(row, "adder_usd_kw_q"), panel);
    add_surplus(book, 1.0, "the utility, a quarter,", 0.0, figure);
    figure.notes.push_back(tie_text(book));
    figure.findings.push_back(
        fmt::format("{} kW won of a lot of {}.", short_number(regions.number(row, "won_kw")), short_number(regions.number(row, "lot_kw"))));
    figure.notes.push_back("Bids that stood in the auction: cut to the part of a lot that one firm may have, and to its deposit.");
    figure.panels.push_back(std::move(panel));
    return figure;
}

FigureModel spot_auction(const ReplayStore& store, const FigureScope& scope, FigureModel figure, bool is_training) {
    const std::string grade = is_training ? "training" : "inference", column = is_training ? "spot_t_usd_h" : "spot_i_usd_h";
    const Book book = read_book(store, scope.t, is_training ? "spot_t" : "spot_i", "hours");
    if (book.rows.empty()) {
        figure.empty_text = "Nobody bid or offered " + grade + " hours in " + quarter_name(scope.t) + ".";
        return figure;
    }
    const StepUnit unit{"Mh", store.parameter("hours_per_quarter") / 1e6};
    const std::string address = store.address(scope.t, "market." + column);
    FigurePanel panel = curve_panel("Mh", "$/h");
    for (const bool is_bid : {true, false}) panel.series.push_back(steps(store, book, is_bid, unit, address));
    std::erase_if(panel.series, [](const Series& series) { return series.data.empty(); });
    panel.series.push_back(
        line_at("cleared", "cleared", MarkShape::level, 2, kNoValue, store.of_market(scope.t, column), fmt::format("{} hours cleared at {} $ in {}", grade, short_number(store.of_market(scope.t, column)), quarter_name(scope.t)), address));
    panel.series.push_back(
        line_at("traded", "traded", MarkShape::post, kRestLook, book.quantity * unit.scale, kNoValue, fmt::format("{} of {} hours changed hands in {}", text_in_unit("Mh", book.quantity * unit.scale), grade, quarter_name(scope.t)), address));
    add_count(figure, book);
    if (book.quantity > 0.0) {
        add_unserved(store, book, unit, book.price, panel);
        add_surplus(book, store.parameter("hours_per_quarter"), "sellers over the prices that they asked", kNoValue, figure);
    }
    if (const auto range = clearing_range(book); range && range->low < range->high) {
        for (const double end : {range->low, range->high})
            panel.series.push_back(line_at(end == range->low ? "lowest" : "highest", end == range->low ? "lowest that clears" : "highest that clears", MarkShape::level, kRestLook, kNoValue, end,
                                           fmt::format("every price from {} to {} $ clears the market; it is the midpoint, or the least price of the market", price_text(range->low), price_text(range->high)), address));
        figure.findings.push_back(fmt::format("Every price from {} to {} $/h clears: the midpoint is taken.", price_text(range->low), price_text(range->high)));
    }
    figure.notes.push_back(tie_text(book));
    const bool has_bids = panel.series[0].id == "bids", has_offers = panel.series[has_bids ? 1 : 0].id == "offers";
    if (!has_bids || !has_offers)
        figure.findings.push_back(
            fmt::format("One side is empty: no {}. The price is carried over from {}.", has_bids ? "offers" : "bids", quarter_name(scope.t - 1)));
    figure.notes.push_back("Bids and offers that stood in the auction, those of outside buyers and sellers among them.");
    figure.panels.push_back(std::move(panel));
    return figure;
}

/// The product that most chips were bid for in the quarter; else the first one.
std::string busiest_product(const ReplayStore& store, int t) {
    const Columns& products = store.table("products");
    const auto [first, end] = products.rows_of(t);
    std::size_t best = first;
    for (std::size_t row = first; row < end; ++row)
        if (products.number(row, "asked_chips") > products.number(best, "asked_chips")) best = row;
    return first == end ? "" : products.text(best, "product");
}

}  // namespace

Result<FigureModel> build_auction(const ReplayStore& store, const FigureScope& scope) {
    const std::string market = scope.market.empty() ? busiest_product(store, scope.t) : scope.market;
    const bool is_region = std::find(store.regions().begin(), store.regions().end(), market) != store.regions().end();
    const std::string what = market == "spot-t"   ? "spot hours for training"
                             : market == "spot-i" ? "spot hours for inference"
                             : is_region          ? "power in " + market
                                                  : market;
    FigureModel figure =
        start_figure(store, "auction", fmt::format("Auction of {}, {}", what, quarter_name(scope.t)), "a step an order, as wide as its quantity");
    figure.is_list = true;
    if (market.starts_with("spot-")) figure = spot_auction(store, scope, std::move(figure), market == "spot-t");
    else if (is_region) figure = power_auction(store, scope, std::move(figure), market);
    else figure = chip_auction(store, scope, std::move(figure), market);
    return finish_figure(std::move(figure));
}

}  // namespace rackrace
