// One chip product: list price and price paid, the orders of the firms that are open for it, and what its sales asked, offered and gave.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/base/quarter_index.h"
#include "viz/figures/builders.h"
#include "viz/figures/figure_parts.h"

namespace rackrace {
namespace {

/// The product with the most chips sold over the run; the first by name where none sold.
std::string best_seller(const ReplayStore& store) {
    const Columns& products = store.table("products");
    std::map<std::string, double> sold;
    for (std::size_t row = 0; row < products.rows(); ++row) sold[products.text(row, "product")] += products.number(row, "sold_chips");
    const auto best = std::max_element(sold.begin(), sold.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    return best == sold.end() ? "" : best->first;
}

/// A column of the product by quarter: while it is on sale and, of counts, wherever there are any.
Series product_series(const ReplayStore& store, const std::string& product, const std::string& column, std::string name, MarkShape shape, int look) {
    const Columns& products = store.table("products");
    const std::string words = column == "list_usd_chip" ? "list price" : column == "cleared_usd_chip" ? "mean price paid" : "chips " + name;
    double before = kNoValue;
    Series series{column, std::move(name), shape, look};
    for (std::size_t row = 0; row < products.rows(); ++row) {
        if (products.text(row, "product") != product) continue;
        const int t = products.quarter(row), last = products.quarter(row, "last_quarter");
        const bool is_on_sale = t >= products.quarter(row, "first_quarter") && (last < 0 || t <= last);
        const bool is_price = column.ends_with("_usd_chip"), has_sold = products.number(row, "sold_chips") > 0.0;
        Datum datum;
        datum.key = t;
        if (is_price ? is_on_sale && (column != "cleared_usd_chip" || has_sold) : is_on_sale || products.number(row, column) > 0.0)
            datum.value = products.number(row, column);
        datum.reason = course_text(fmt::format("{} of {}", words, product), is_price ? "$/chip" : "chips", t, datum.value, before);
        before = datum.value;
        datum.address = store.address(t, "product=" + product + "&field=" + column);
        series.data.push_back(std::move(datum));
    }
    return series;
}

Series ordered_series(const ReplayStore& store, const std::string& product, int quarters_ahead, int look) {
    const std::string column = "ordered_" + std::to_string(quarters_ahead) + "_chips";
    const Columns& holdings = store.table("holdings");
    std::map<int, double> chips;
    for (std::size_t row = 0; row < holdings.rows(); ++row)
        if (holdings.text(row, "product") == product) chips[holdings.quarter(row)] += holdings.number(row, column);
    const std::string name = quarters_ahead == 0 ? "shipped" : fmt::format("due in {} q", quarters_ahead);
    return quarter_series(
        store, column, name, MarkShape::bar, look, [&](int t) { return chips[t] > 0.0 ? chips[t] : kNoValue; },
        quarters_ahead == 0 ? "chips shipped and not yet paid, all firms" : fmt::format("chips that all firms have on order for delivery in {} {}", quarters_ahead, quarters_ahead == 1 ? "quarter" : "quarters"), "chips", "");
}

/// "Of 205,131 chips open in 2028Q3: alphabet 48 %, amazon 30 %, meta 12 %."
std::string allocation_text(const ReplayStore& store, const std::string& product, int t) {
    const Columns& holdings = store.table("holdings");
    const auto [first, end] = holdings.rows_of(t);
    std::vector<std::pair<double, std::string>> firms;
    double all = 0.0;
    for (std::size_t row = first; row < end; ++row) {
        if (holdings.text(row, "product") != product) continue;
        double open = 0.0;
        for (const char* column : {"ordered_0_chips", "ordered_1_chips", "ordered_2_chips"}) open += holdings.number(row, column);
        all += open;
        if (open > 0.0) firms.emplace_back(open, holdings.text(row, "firm"));
    }
    if (firms.empty()) return "No order for " + product + " is open in " + quarter_name(t) + ".";
    std::stable_sort(firms.begin(), firms.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::string out = fmt::format("Of {} chips open in {}:", short_number(all), quarter_name(t));
    for (std::size_t i = 0; i < std::min<std::size_t>(firms.size(), 4); ++i)
        out += fmt::format("{} {} {:.0f} %", i == 0 ? "" : ",", firms[i].second, 100.0 * firms[i].first / all);
    return out + ".";
}

}  // namespace

Result<FigureModel> build_chip_queue(const ReplayStore& store, const FigureScope& scope) {
    const std::string product = scope.market.empty() ? best_seller(store) : scope.market;
    if (std::find(store.products().begin(), store.products().end(), product) == store.products().end())
        return Refusal{product, 0, 0, "is no chip", "give --market with a product, such as " + best_seller(store)};
    FigureModel figure = start_figure(store, "chip-queue", "Chip queue: " + product, "prices, open orders, and the quarter's sale");
    FigurePanel price = quarter_panel("price", "price of a chip", "$/chip");
    price.series.push_back(product_series(store, product, "list_usd_chip", "list", MarkShape::step, 1));
    price.series.push_back(product_series(store, product, "cleared_usd_chip", "paid", MarkShape::line, 0));
    FigurePanel open = quarter_panel("open", "orders open, by delivery", "chips");
    for (int ahead = 0; ahead < 3; ++ahead) open.series.push_back(ordered_series(store, product, ahead, ahead));
    stack_series(open);
    FigurePanel sale = quarter_panel("sale", "asked, offered and sold", "chips");
    sale.series.push_back(product_series(store, product, "sold_chips", "sold", MarkShape::bar, 0));
    sale.series.push_back(product_series(store, product, "offered_chips", "offered", MarkShape::step, 2));
    sale.series.push_back(product_series(store, product, "asked_chips", "asked", MarkShape::line, 1));
    figure.panels = {std::move(price), std::move(open), std::move(sale)};
    const int t = scope.is_at_quarter ? scope.t : [&] {
        int busiest = store.last_t();
        double most = 0.0;
        for (int at : store.quarters())
            if (const double open_chips = stacked_sum(figure.panels[1], at); open_chips > most) {
                most = open_chips;
                busiest = at;
            }
        return busiest;
    }();
    for (FigurePanel& panel : figure.panels)
        std::erase_if(panel.series, [](const Series& series) {
            return std::none_of(series.data.begin(), series.data.end(), [](const Datum& datum) { return std::isfinite(datum.value); });
        });
    figure.findings.push_back(allocation_text(store, product, t));
    figure.notes.push_back(
        "Asked: bid for at or above the reserve. Orders of firms only; the rest of the world takes its part of the output beside the sale.");
    return finish_figure(std::move(figure));
}

}  // namespace rackrace
