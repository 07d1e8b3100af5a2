// A firm's capacity contracts in one quarter, by the quarter in which they end: what it sells and what it buys, stacked by counterparty.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/base/quarter_index.h"
#include "viz/figures/builders.h"
#include "viz/figures/figure_parts.h"

namespace rackrace {
namespace {

constexpr std::size_t kPartnersShown = 6;

struct Held {
    std::string partner;
    int end = 0;
    double h100e = 0.0;
    std::string reason, address;
};

std::vector<Held> contracts_of(const ReplayStore& store, const FigureScope& scope, const std::string& side, const std::string& other) {
    const Columns& contracts = store.table("contracts");
    std::vector<Held> out;
    const auto [first, end] = contracts.rows_of(scope.t);
    for (std::size_t row = first; row < end; ++row) {
        if (contracts.text(row, side) != scope.firm) continue;
        const int start = contracts.quarter(row, "start_quarter");
        Held held{contracts.text(row, other), contracts.quarter(row, "end_quarter"), contracts.number(row, "quantity_h100e"), "", ""};
        const double id = contracts.number(row, "contract");
        held.reason = fmt::format("contract {:.0f}: {:.0f} H100e at {:.2f} $/h, {}", id, held.h100e, contracts.number(row, "price_usd_h"),
                                  start > scope.t ? "not delivering before " + quarter_name(start) : "delivering since " + quarter_name(start));
        held.address = store.address(scope.t, fmt::format("contract={:.0f}", id));
        out.push_back(std::move(held));
    }
    return out;
}

/// Counterparties by their H100e, the most first.
std::vector<std::string> partners_of(const std::vector<Held>& contracts) {
    std::map<std::string, double> h100e;
    for (const Held& held : contracts) h100e[held.partner] += held.h100e;
    std::vector<std::pair<double, std::string>> sorted;
    for (const auto& [partner, sum] : h100e) sorted.emplace_back(sum, partner);
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<std::string> out;
    for (const auto& [sum, partner] : sorted) out.push_back(partner);
    return out;
}

/// One bar a counterparty and quarter: contracts that end together are one, with all their reasons.
FigurePanel ladder(const std::vector<Held>& contracts, const std::string& id, const std::string& title) {
    FigurePanel panel = quarter_panel(id, title, "H100e");
    const std::vector<std::string> partners = partners_of(contracts);
    for (std::size_t i = 0; i < partners.size(); ++i) {
        const bool is_rest = i >= kPartnersShown;
        if (i <= kPartnersShown) {
            const std::string name = is_rest ? "others" : partners[i];
            panel.series.push_back({id_of(id + "-" + name), name, MarkShape::bar, is_rest ? kRestLook : static_cast<int>(i)});
        }
        Series& series = panel.series.back();
        for (const Held& held : contracts) {
            if (held.partner != partners[i]) continue;
            auto at = std::find_if(series.data.begin(), series.data.end(), [&](const Datum& datum) { return datum.key == held.end; });
            if (at == series.data.end()) {
                Datum datum;
                datum.key = held.end;
                datum.value = 0.0;
                datum.address = held.address;
                at = series.data.insert(series.data.end(), std::move(datum));
            }
            at->value += held.h100e;
            at->reason += (at->reason.empty() ? "" : "; ") + held.reason;
        }
    }
    for (Series& series : panel.series)
        std::sort(series.data.begin(), series.data.end(), [](const Datum& a, const Datum& b) { return a.key < b.key; });
    stack_series(panel);
    return panel;
}

}  // namespace

Result<FigureModel> build_contracts(const ReplayStore& store, const FigureScope& scope) {
    const std::string quarter = quarter_name(scope.t);
    FigureModel figure =
        start_figure(store, "contracts", fmt::format("Contracts of {} in {}", scope.firm, quarter), "full quantity by the last quarter of delivery");
    const std::vector<Held> sold = contracts_of(store, scope, "seller", "buyer"), bought = contracts_of(store, scope, "buyer", "seller");
    if (!sold.empty()) figure.panels.push_back(ladder(sold, "sold", "sold, by buyer"));
    if (!bought.empty()) figure.panels.push_back(ladder(bought, "bought", "bought, by seller"));
    if (figure.panels.empty())
        figure.empty_text = "No contracts at this quarter: " + scope.firm + " neither sells nor buys by contract in " + quarter + ".";
    return finish_figure(std::move(figure));
}

}  // namespace rackrace
