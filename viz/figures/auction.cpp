// One market in one quarter: what firms bid and offered, as steps in the order of price, with the price and the quantity that it gave.
#include <fmt/format.h>

#include <algorithm>

#include <nlohmann/json.hpp>

#include "engine/base/quarter_index.h"
#include "viz/figures/builders.h"
#include "viz/figures/figure_parts.h"

namespace rackrace {
namespace {

using Json = nlohmann::json;

struct Order {
    std::string firm, where;
    double id = 0.0, quantity = 0.0, price = 0.0;
    std::string outcome;
};

/// How a market's orders are written: the verb, the argument that names the market, those of quantity and price.
struct Book {
    const char* verb;
    const char* subject_key;
    std::string subject;
    const char* quantity_key;
    double quantity_scale;  // to the unit of the figure
    const char* price_key;
};

std::string outcome_of(const ReplayStore& store, std::size_t row, int t) {
    const Columns& orders = store.table("orders");
    const Columns& fills = store.table("fills");
    const double n = orders.number(row, "fill");
    const auto [first, end] = fills.rows_of(t);
    for (std::size_t fill = first; fill < end; ++fill)
        if (fills.text(fill, "firm") == orders.text(row, "firm") && fills.number(fill, "n") == n)
            return fmt::format("all its orders here together got {} of {}{}{}", short_number(fills.number(fill, "got")),
                               short_number(fills.number(fill, "asked")), orders.text(row, "code").empty() ? "" : ": ", orders.text(row, "reason"));
    return "nothing was told";
}

/// Accepted orders of the book; rejected ones never reached the market.
std::vector<Order> orders_of(const ReplayStore& store, int t, const Book& book) {
    const Columns& orders = store.table("orders");
    std::vector<Order> out;
    const auto [first, end] = orders.rows_of(t);
    for (std::size_t row = first; row < end; ++row) {
        if (orders.text(row, "verb") != book.verb || orders.text(row, "status") != "accepted") continue;
        const Json args = Json::parse(orders.text(row, "args"), nullptr, false);
        if (!args.is_object() || args.value(book.subject_key, "") != book.subject) continue;
        Order order{orders.text(row, "firm"), "", orders.number(row, "order_id"), 0.0, 0.0, outcome_of(store, row, t)};
        order.where = fmt::format("{}:{:.0f}", orders.text(row, "script"), orders.number(row, "line"));
        order.quantity = book.quantity_scale * args.value(book.quantity_key, 0.0);
        order.price = args.value(book.price_key, 0.0);
        if (order.quantity > 0.0) out.push_back(std::move(order));
    }
    return out;
}

/// Steps beside each other: bids from the highest price, offers from the lowest; equal prices in the order of placing.
Series steps(const ReplayStore& store, int t, std::vector<Order> orders, bool is_bid, const std::string& unit) {
    std::stable_sort(orders.begin(), orders.end(),
                     [&](const Order& a, const Order& b) { return a.price != b.price ? (a.price > b.price) == is_bid : a.id < b.id; });
    Series series{is_bid ? "bids" : "offers", is_bid ? "bids" : "offers", MarkShape::step, is_bid ? 0 : 1};
    double at = 0.0;
    for (const Order& order : orders) {
        Datum datum;
        datum.key = at;
        datum.value = order.price;
        datum.key_end = at += order.quantity;
        datum.reason = fmt::format("{} {} {} {} at {} {}; {}; {}", order.firm, is_bid ? "bids for" : "offers", short_number(order.quantity), unit,
                                   is_bid ? "up to" : "no less than", short_number(order.price), order.where, order.outcome);
        datum.address = store.address(t, fmt::format("firm={}&order={:.0f}", order.firm, order.id));
        series.data.push_back(std::move(datum));
    }
    return series;
}

Series line_at(std::string id, std::string name, MarkShape shape, int look, double key, double value, std::string reason, std::string address) {
    Series series{std::move(id), std::move(name), shape, look};
    series.is_thin = true;
    series.data.push_back({key, value, 0.0, kNoValue, "", std::move(reason), std::move(address)});
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

void add_count(FigureModel& figure, const FigurePanel& panel) {
    std::size_t bids = 0, offers = 0;
    for (const Series& series : panel.series) {
        if (series.id == "bids") bids = series.data.size();
        if (series.id == "offers") offers = series.data.size();
    }
    figure.findings.push_back(fmt::format("{} bids and {} offers of firms.", bids, offers));
}

FigureModel chip_auction(const ReplayStore& store, const FigureScope& scope, FigureModel figure, const std::string& product) {
    const Columns& products = store.table("products");
    const auto [first, end] = products.rows_of(scope.t);
    std::size_t row = first;
    while (row < end && products.text(row, "product") != product) ++row;
    FigurePanel panel = curve_panel("chips", "$/chip");
    panel.series.push_back(
        steps(store, scope.t, orders_of(store, scope.t, {"bid_chips", "product", product, "chips", 1.0, "max_usd_chip"}), true, "chips"));
    if (panel.series.front().data.empty()) {
        figure.empty_text = "No bids for " + product + " in " + quarter_name(scope.t) + ".";
        return figure;
    }
    const std::string path = "product=" + product + "&field=";
    const double reserve = products.number(row, "list_usd_chip") * products.number(row, "price_multiplier");
    panel.series.push_back(line_at("offered", "on sale", MarkShape::post, 1, products.number(row, "offered_chips"), kNoValue,
                                   "table products, offered_chips", store.address(scope.t, path + "offered_chips")));
    panel.series.push_back(line_at("reserve", "reserve", MarkShape::level, kRestLook, kNoValue, reserve, "list price times the vendor's multiplier",
                                   store.address(scope.t, path + "price_multiplier")));
    panel.series.push_back(line_at("cleared", "mean paid", MarkShape::level, 2, kNoValue, products.number(row, "cleared_usd_chip"),
                                   "table products, cleared_usd_chip", store.address(scope.t, path + "cleared_usd_chip")));
    add_count(figure, panel);
    figure.findings.push_back(fmt::format("{} chips sold of {} on sale; {} were asked at or above the reserve.",
                                          short_number(products.number(row, "sold_chips")), short_number(products.number(row, "offered_chips")),
                                          short_number(products.number(row, "asked_chips"))));
    figure.notes.push_back(
        "Bids in the order of their price. The sale also weighs the buyer's standing with the vendor and cuts bids to what a firm can pay, so awards "
        "can differ from this order.");
    figure.panels.push_back(std::move(panel));
    return figure;
}

FigureModel power_auction(const ReplayStore& store, const FigureScope& scope, FigureModel figure, const std::string& region) {
    const Columns& regions = store.table("regions");
    const auto [first, end] = regions.rows_of(scope.t);
    std::size_t row = first;
    while (row < end && regions.text(row, "region") != region) ++row;
    FigurePanel panel = curve_panel("kW", "$/kW-quarter");
    panel.series.push_back(
        steps(store, scope.t, orders_of(store, scope.t, {"bid_power", "region", region, "grid_mw", 1e3, "max_usd_kw_q"}), true, "kW"));
    if (panel.series.front().data.empty()) {
        figure.empty_text = "No bids for power in " + region + " in " + quarter_name(scope.t) + ".";
        return figure;
    }
    const std::string path = "region=" + region + "&field=";
    panel.series.push_back(line_at("offered", "lot", MarkShape::post, 1, regions.number(row, "lot_kw"), kNoValue, "table regions, lot_kw",
                                   store.address(scope.t, path + "lot_kw")));
    panel.series.push_back(line_at("cleared", "adder", MarkShape::level, 2, kNoValue, regions.number(row, "adder_usd_kw_q"),
                                   "table regions, adder_usd_kw_q", store.address(scope.t, path + "adder_usd_kw_q")));
    add_count(figure, panel);
    figure.findings.push_back(
        fmt::format("{} kW won of a lot of {}.", short_number(regions.number(row, "won_kw")), short_number(regions.number(row, "lot_kw"))));
    figure.notes.push_back("No firm gets more than its part of a lot, so a bid above the adder can be cut.");
    figure.panels.push_back(std::move(panel));
    return figure;
}

FigureModel spot_auction(const ReplayStore& store, const FigureScope& scope, FigureModel figure, bool is_training) {
    const std::string grade = is_training ? "training" : "inference", column = is_training ? "spot_t_usd_h" : "spot_i_usd_h";
    FigurePanel panel = curve_panel("Mh", "$/h");
    panel.series.push_back(steps(store, scope.t, orders_of(store, scope.t, {"bid_spot", "grade", grade, "mh", 1.0, "max_usd_h"}), true, "Mh"));
    panel.series.push_back(steps(store, scope.t, orders_of(store, scope.t, {"offer_spot", "grade", grade, "mh", 1.0, "min_usd_h"}), false, "Mh"));
    const std::size_t bids = panel.series[0].data.size(), offers = panel.series[1].data.size();
    if (bids + offers == 0) {
        figure.empty_text = "No firm bid or offered " + grade + " hours in " + quarter_name(scope.t) + ".";
        return figure;
    }
    std::erase_if(panel.series, [](const Series& series) { return series.data.empty(); });
    panel.series.push_back(line_at("cleared", "cleared", MarkShape::level, 2, kNoValue, store.of_market(scope.t, column), "table quarters, " + column,
                                   store.address(scope.t, "market." + column)));
    add_count(figure, panel);
    if (bids == 0 || offers == 0)
        figure.findings.push_back(fmt::format("One side of the firms is empty: {} offers, {} bids; they trade with the outside.", offers, bids));
    figure.notes.push_back("Orders of firms alone: the curves of outside buyers and sellers, against which they trade too, are not in the replay.");
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
