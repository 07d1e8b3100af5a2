// A firm's cash or book equity from one quarter's close to another's: every posting between them, gathered by cause, as floating bars. What
// is drawn sums to the closing balance to the dollar, or the figure says that it does not.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/base/quarter_index.h"
#include "viz/figures/builders.h"
#include "viz/figures/figure_parts.h"
#include "viz/figures/movements.h"

namespace rackrace {
namespace {

constexpr std::size_t kCausesShown = 14;  // what a slide holds at a size that can be read

/// The balance that a bridge follows.
struct Bridge {
    const char* id;
    const char* title;   // "Cash"
    const char* noun;    // "cash"
    const char* column;  // of table firms
    double sign;         // 1 for assets; -1 for equity, whose accounts are stored below zero
    bool (*holds)(Account account);
};

PostingSign sign_of_bridge(const Bridge& bridge) {
    return [sign = bridge.sign, of_accounts = sign_of_accounts(bridge.holds)](const KindRow& kind, bool is_payer) { return sign * of_accounts(kind, is_payer); };
}

/// What came in first, then what went out, the largest first each; beyond what can be read, the smallest are one bar.
std::vector<Movement> ordered(const std::map<std::string, Movement>& movements) {
    std::vector<Movement> all;
    for (const auto& [cause, movement] : movements)
        if (movement.usd != 0.0) all.push_back(movement);
    std::stable_sort(all.begin(), all.end(), [](const Movement& a, const Movement& b) { return std::abs(a.usd) > std::abs(b.usd); });
    if (all.size() > kCausesShown) {
        Movement rest{fmt::format("{} smaller causes", all.size() - kCausesShown + 1), 0.0, {}, 0};
        for (std::size_t i = kCausesShown - 1; i < all.size(); ++i) {
            rest.usd += all[i].usd;
            rest.postings += all[i].postings;
            for (const auto& [kind, usd] : all[i].kinds) rest.kinds[kind] += usd;
        }
        all.resize(kCausesShown - 1);
        all.push_back(std::move(rest));
    }
    std::stable_partition(all.begin(), all.end(), [](const Movement& movement) { return movement.usd > 0.0; });
    return all;
}

Datum balance_datum(const ReplayStore& store, const FigureScope& scope, const Bridge& bridge, int t, std::size_t row) {
    Datum datum;
    datum.key = static_cast<double>(row);
    datum.value = store.of_firm(t, scope.firm, bridge.column);
    datum.reason = course_text(fmt::format("{} of {} at the close", bridge.noun, scope.firm), "$", t, datum.value, store.of_firm(t - 1, scope.firm, bridge.column));
    datum.address = store.address(t, "firm=" + scope.firm + "&field=" + bridge.column);
    return datum;
}

void add_labels(FigurePanel& panel) {
    for (Series& series : panel.series)
        for (Datum& datum : series.data)
            datum.label = series.id == "balance" ? short_number(datum.value / panel.measure.shown_scale) : signed_text(panel.measure, datum.value);
}

Result<FigureModel> build_bridge(const ReplayStore& store, const FigureScope& scope, const Bridge& bridge) {
    const std::string from = quarter_name(scope.since), to = quarter_name(scope.t);
    FigureModel figure = start_figure(store, bridge.id, fmt::format("{} of {}, {} to {}", bridge.title, scope.firm, from, to),
                                      "solid: balances at the close; floating: what moved them");
    if (!store.has_quarter(scope.since)) {
        figure.empty_text = "First quarter: no previous balance to bridge from.";
        return figure;
    }
    FigurePanel panel;
    panel.id = "bridge";
    panel.is_horizontal = true;
    panel.joins_bars = true;
    panel.names_series = false;
    panel.measure = measure_axis(bridge.title, "$");
    Series balance{"balance", "balance", MarkShape::bar, kRestLook}, in{"in", "in", MarkShape::bar, 0}, out{"out", "out", MarkShape::bar, 1};
    std::vector<std::string> rows = {"close of " + from};
    balance.data.push_back(balance_datum(store, scope, bridge, scope.since, 0));
    double level = balance.data.front().value;
    for (const Movement& movement : ordered(movements_of(store, scope.firm, scope.since, scope.t, sign_of_bridge(bridge)))) {
        Datum datum;
        datum.key = static_cast<double>(rows.size());
        datum.base = level;
        datum.value = movement.usd;
        datum.reason = fmt::format("{} moved the {} of {} by {} from the close of {} to that of {}. {}", movement.cause, bridge.noun, scope.firm, text_in_unit("$", movement.usd), from, to, movement_text(movement));
        datum.address = store.address(scope.t, "firm=" + scope.firm + "&field=" + bridge.column);
        level += movement.usd;
        rows.push_back(movement.cause);
        (movement.usd > 0.0 ? in : out).data.push_back(std::move(datum));
    }
    balance.data.push_back(balance_datum(store, scope, bridge, scope.t, rows.size()));
    rows.push_back("close of " + to);
    figure.checks.push_back({fmt::format("{} of {} at the close of {} and what moved it until {}", bridge.noun, scope.firm, from, to), level,
                             balance.data.back().value, 0.0, "$"});
    panel.key = category_axis("cause", std::move(rows));
    panel.series = {std::move(balance), std::move(in), std::move(out)};
    figure.panels.push_back(std::move(panel));
    figure = finish_figure(std::move(figure));
    add_labels(figure.panels.front());
    return figure;
}

}  // namespace

Result<FigureModel> build_cash_bridge(const ReplayStore& store, const FigureScope& scope) {
    return build_bridge(store, scope, {"cash-bridge", "Cash", "cash", "cash_usd", 1.0, [](Account account) { return account == Account::cash; }});
}

Result<FigureModel> build_equity_bridge(const ReplayStore& store, const FigureScope& scope) {
    return build_bridge(store, scope, {"equity-bridge", "Book equity", "book equity", "book_equity_usd", -1.0, [](Account account) {
                                           return account == Account::paid_in || account == Account::retained;
                                       }});
}

}  // namespace rackrace
