// A firm's cash or book equity from one quarter's close to another's: every posting between them, gathered by cause, as floating bars. What
// is drawn sums to the closing balance to the dollar, or the figure says that it does not.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/base/quarter_index.h"
#include "viz/figures/builders.h"
#include "viz/figures/causes.h"
#include "viz/figures/figure_parts.h"

namespace rackrace {
namespace {

constexpr std::size_t kCausesShown = 14;  // what a slide holds at a size that can be read

struct Movement {
    std::string cause;
    double usd = 0.0;
    std::map<std::string, double> kinds;  // amounts by kind of posting
    int postings = 0;
};

/// The balance that a bridge follows.
struct Bridge {
    const char* id;
    const char* title;   // "Cash"
    const char* noun;    // "cash"
    const char* column;  // of table firms
    double sign;         // 1 for assets; -1 for equity, whose accounts are stored below zero
    bool (*holds)(Account account);
};

double moved(const Bridge& bridge, Account debit, Account credit, double amount) {
    return bridge.sign * ((bridge.holds(debit) ? amount : 0.0) - (bridge.holds(credit) ? amount : 0.0));
}

void add_movement(std::map<std::string, Movement>& movements, const char* cause, const std::string& kind, double usd) {
    if (usd == 0.0) return;
    Movement& movement = movements[cause];
    movement.cause = cause;
    movement.usd += usd;
    movement.kinds[kind] += usd;
    ++movement.postings;
}

/// By cause. Kinds that the table of kinds does not know are left out: the check of the sum then fails and says so.
std::map<std::string, Movement> movements_of(const ReplayStore& store, const FigureScope& scope, const Bridge& bridge) {
    std::map<std::string, Movement> out;
    const Columns& postings = store.table("postings");
    for (int t = scope.since + 1; t <= scope.t; ++t) {
        const auto [first, end] = postings.rows_of(t);
        for (std::size_t row = first; row < end; ++row) {
            const bool pays = postings.text(row, "payer") == scope.firm, receives = postings.text(row, "payee") == scope.firm;
            if (!pays && !receives) continue;
            const std::string& name = postings.text(row, "kind");
            const auto kind = kind_named(name);
            if (!kind) continue;
            const KindRow& legs = row_of(*kind);
            const double amount = postings.number(row, "amount_usd");
            if (pays) add_movement(out, cause_of(*kind).paid, name, moved(bridge, legs.payer_debit, legs.payer_credit, amount));
            if (receives) add_movement(out, cause_of(*kind).received, name, moved(bridge, legs.payee_debit, legs.payee_credit, amount));
        }
    }
    return out;
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

std::string reason_of(const Movement& movement) {
    std::string out = fmt::format("{} postings:", movement.postings);
    bool is_first = true;
    for (const auto& [kind, usd] : movement.kinds) {
        out += fmt::format("{} {} {:+.0f} $", is_first ? "" : ",", kind, usd);
        is_first = false;
    }
    return out;
}

Datum balance_datum(const ReplayStore& store, const FigureScope& scope, const Bridge& bridge, int t, std::size_t row) {
    Datum datum;
    datum.key = static_cast<double>(row);
    datum.value = store.of_firm(t, scope.firm, bridge.column);
    datum.reason = std::string("table firms, column ") + bridge.column;
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
    for (const Movement& movement : ordered(movements_of(store, scope, bridge))) {
        Datum datum;
        datum.key = static_cast<double>(rows.size());
        datum.base = level;
        datum.value = movement.usd;
        datum.reason = reason_of(movement);
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
