// Own compute of the firms, stacked by role, and what the sellers' customers asked of it.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/base/quarter_index.h"
#include "viz/figures/builders.h"
#include "viz/figures/figure_parts.h"
#include "viz/figures/why_book.h"

namespace rackrace {
namespace {

constexpr const char* kStackedRoles[][2] = {{"hyperscaler", "hyperscalers"}, {"neocloud", "neoclouds"}, {"lab", "labs"}, {"supplier", "suppliers"}};

constexpr std::size_t kFew = 3;  // firms and generations that a hover names

double pool_mh(const ReplayStore& store, int t, const std::string& role) {
    double h100e = 0.0;
    for (const std::string& firm : store.firms())
        if (store.role_of(firm) == role) h100e += store.of_firm(t, firm, "pool_h100e");
    return h100e * store.parameter("hours_per_quarter") / 1e6;
}

/// "; meta 5.1 Gh, alphabet 3.2 Gh and 2 more; chips: generation 4 61 %, generation 3 30 %, mean age 4.1 quarters": who and what is behind a role's surface.
std::string holders_text(const ReplayStore& store, int t, const std::string& role) {
    const double mh = store.parameter("hours_per_quarter") / 1e6;
    std::vector<std::pair<double, std::string>> firms, generations;
    std::map<int, double> chips;
    double all = 0.0, age_q = 0.0;
    for (const std::string& firm : store.firms())
        if (const double pool = store.of_firm(t, firm, "pool_h100e"); store.role_of(firm) == role && pool > 0.0) firms.emplace_back(mh * pool, firm);
    if (firms.empty()) return "";
    const Columns &holdings = store.table("holdings"), &products = store.table("products");
    for (auto [row, end] = holdings.rows_of(t); row < end; ++row) {
        const double installed = holdings.number(row, "installed_chips");
        if (store.role_of(holdings.text(row, "firm")) != role || !(installed > 0.0)) continue;
        const std::size_t product = row_named(products, t, "product", holdings.text(row, "product"));
        chips[static_cast<int>(products.number(product, "generation"))] += installed;
        age_q += std::max(0.0, products.number(product, "age_q")) * installed;
        all += installed;
    }
    for (const auto& [generation, some] : chips) generations.emplace_back(some / all, fmt::format("generation {}", generation));
    const auto list = [](std::vector<std::pair<double, std::string>>& some, const auto& told) {
        std::stable_sort(some.begin(), some.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
        std::string out;
        for (std::size_t i = 0; i < std::min(some.size(), kFew); ++i) out += (i == 0 ? "" : ", ") + some[i].second + " " + told(some[i].first);
        return out + (some.size() > kFew ? fmt::format(" and {} more", some.size() - kFew) : "");
    };
    std::string out = "; " + list(firms, [](double value) { return text_in_unit("Mh", value); });
    if (all > 0.0) out += fmt::format("; chips: {}, mean age {:.1f} quarters", list(generations, [](double share) { return fmt::format("{:.0f} %", 100.0 * share); }), age_q / all);
    return out;
}

}  // namespace

Result<FigureModel> build_capacity(const ReplayStore& store, const FigureScope&) {
    FigureModel figure = start_figure(store, "capacity", "Compute by role", "own compute of the firms, in training hours of an H100");
    FigurePanel panel = quarter_panel("stack", "compute a quarter", "Mh");
    int look = 0;
    for (const auto& [role, name] : kStackedRoles) {
        Series series = quarter_series(
            store, role, name, MarkShape::area, look, [&store, role = std::string(role)](int t) { return pool_mh(store, t, role); },
            std::string("own compute of the ") + name, "Mh", "market.supply_mh");
        for (Datum& datum : series.data) datum.reason += holders_text(store, static_cast<int>(datum.key), role);
        const bool is_empty = std::all_of(series.data.begin(), series.data.end(), [](const Datum& datum) { return datum.value == 0.0; });
        if (is_empty) continue;
        panel.series.push_back(std::move(series));
        ++look;
    }
    if (panel.series.empty()) {
        figure.empty_text = "No capacity online in this run.";
        return figure;
    }
    stack_series(panel);
    check_stack(
        figure, panel, "compute of all roles", [&](double t) { return store.of_market(static_cast<int>(t), "supply_mh"); }, 1e-9);
    Series asked = market_series(store, "asked by customers", MarkShape::line, 3, "asked_mh");
    asked.data.erase(asked.data.begin());  // nobody has asked at the opening: the figure there is of the books
    panel.series.push_back(std::move(asked));
    figure.panels.push_back(std::move(panel));
    figure.notes.push_back(
        "Asked by customers: inference that the sellers' customers ask, in training hours of the fleet; training and core work come on top of it.");
    return finish_figure(std::move(figure));
}

}  // namespace rackrace
