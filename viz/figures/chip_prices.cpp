// List price and price paid of the products that sold most in the open sales of the run.
#include <algorithm>
#include <map>

#include "viz/figures/builders.h"
#include "viz/figures/figure_parts.h"

namespace rackrace {
namespace {

constexpr std::size_t kProductsShown = 5;

/// Products by chips sold over the run, the most first, those without any left out; equal ones by name.
std::vector<std::pair<double, std::string>> best_sellers(const ReplayStore& store) {
    const Columns& products = store.table("products");
    std::map<std::string, double> sold;
    for (std::size_t row = 0; row < products.rows(); ++row) sold[products.text(row, "product")] += products.number(row, "sold_chips");
    std::vector<std::pair<double, std::string>> out;
    for (const auto& [product, chips] : sold)
        if (chips > 0.0) out.emplace_back(chips, product);
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    return out;
}

/// A price of a product by quarter; where `needs_sale`, only in quarters in which it sold, else while it is on sale.
Series price_series(const ReplayStore& store, const std::string& product, const std::string& column, bool needs_sale, int look) {
    const Columns& products = store.table("products");
    Series series{id_of(product + "-" + column), product + (needs_sale ? "" : ", list"), needs_sale ? MarkShape::line : MarkShape::step, look};
    series.is_thin = !needs_sale;
    series.is_named = needs_sale;
    double before = kNoValue;
    for (std::size_t row = 0; row < products.rows(); ++row) {
        if (products.text(row, "product") != product) continue;
        const int t = products.quarter(row), last = products.quarter(row, "last_quarter");
        const bool is_on_sale = t >= products.quarter(row, "first_quarter") && (last < 0 || t <= last);
        Datum datum;
        datum.key = t;
        if (needs_sale ? products.number(row, "sold_chips") > 0.0 : is_on_sale) datum.value = products.number(row, column);
        datum.reason = course_text((needs_sale ? "mean price paid in the quarter's sale of " : "list price of ") + product, "$/chip", t, datum.value, before);
        before = datum.value;
        datum.address = store.address(t, "product=" + product + "&field=" + column);
        series.data.push_back(std::move(datum));
    }
    return series;
}

}  // namespace

Result<FigureModel> build_chip_prices(const ReplayStore& store, const FigureScope&) {
    FigureModel figure = start_figure(store, "chip-prices", "Chip prices", "the products that sold most: paid, and on the list");
    const auto best = best_sellers(store);
    if (best.empty()) {
        figure.empty_text = "No chip was sold in this run.";
        return figure;
    }
    FigurePanel panel = quarter_panel("price", "price of a chip", "$/chip");
    for (std::size_t i = 0; i < std::min(best.size(), kProductsShown); ++i) {
        panel.series.push_back(price_series(store, best[i].second, "cleared_usd_chip", true, static_cast<int>(i)));
        panel.series.push_back(price_series(store, best[i].second, "list_usd_chip", false, static_cast<int>(i)));
    }
    figure.panels.push_back(std::move(panel));
    figure.notes.push_back(
        "Marked lines: mean price paid in the quarter's sale. Thin levels: list price while the product is on sale. Captive lines are left out.");
    if (best.size() > kProductsShown)
        figure.notes.push_back(std::to_string(best.size() - kProductsShown) + " more products sold and are not drawn; they are in table products.");
    return finish_figure(std::move(figure));
}

}  // namespace rackrace
