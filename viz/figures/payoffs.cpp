// What each firm came to at a close, by the three payoffs of firm_payoffs.h: a bar for owners' value, by which the firms are ranked, and a sign each for
// the NPV of free cash flow and accounting profit. Many firms stand in two halves, each on a scale of its own, so that the small ones are seen.
#include <fmt/format.h>

#include <cmath>

#include "engine/base/quarter_index.h"
#include "viz/figures/builders.h"
#include "viz/figures/figure_parts.h"
#include "viz/figures/firm_payoffs.h"

namespace rackrace {
namespace {

constexpr std::size_t kRowsTogether = 10;  // a slide holds no more in letters that can be read, with names and notes

std::string usd(double value) { return text_in_unit("$", value); }

std::string percent(double frac) { return short_number(100.0 * frac) + " %"; }

/// ", acquired 2032Q1 by meta"; empty for a firm that is there.
std::string fate_of(const ReplayStore& store, int t, const FirmPayoff& one) {
    const std::string absence = absence_of(store, t, one.firm);
    return absence.empty() ? "" : ", " + absence;
}

Datum value_datum(const ReplayStore& store, int t, const FirmPayoff& one) {
    Datum datum;
    datum.value = one.value_usd;
    datum.reason = fmt::format("owners' value of {} in {}: {} paid out so far + {} for the first owners' part of what is there, both discounted at {} a year{}", one.firm, quarter_name(t),
                               usd(one.paid_out_usd), usd(one.value_usd - one.paid_out_usd), percent(one.rate_apr), fate_of(store, t, one));
    datum.address = store.address(t, "firm=" + one.firm + "&field=value_usd");
    return datum;
}

Datum npv_datum(const ReplayStore& store, int t, const FirmPayoff& one) {
    Datum datum;
    datum.value = one.npv_usd();
    datum.address = store.address(t, "firm=" + one.firm + "&field=net_outflow_usd");
    datum.reason = fmt::format("NPV of free cash flow of {}, at {} a year: {} of free cash flow + {} of terminal value ({} in {}, {}) less {} of net debt in {}{}", one.firm, percent(one.rate_apr), usd(one.free_cash_usd),
                               usd(one.discount * one.terminal_usd), usd(one.terminal_usd), quarter_name(t), one.is_broken_up ? "broken up" : "normal free cash flow for ever", usd(one.net_debt_usd),
                               quarter_name(store.opening_t()), fate_of(store, t, one));
    return datum;
}

Datum profit_datum(const ReplayStore& store, int t, const FirmPayoff& one) {
    const auto equity = [&](int at) { return usd(store.of_firm(at, one.firm, "book_equity_usd")); };
    Datum datum;
    datum.value = one.profit_usd;
    datum.reason = fmt::format("accounting profit of {} up to {}: book equity went from {} in {} to {}, with {} of new shares, {} paid out and bought back{}", one.firm, quarter_name(t), equity(store.opening_t()),
                               quarter_name(store.opening_t()), equity(t), usd(one.issued_usd), usd(one.returned_usd), fate_of(store, t, one));
    datum.address = store.address(t, "firm=" + one.firm + "&field=book_equity_usd");
    return datum;
}

/// The firms from `first` to before `end`; `first` counts from 0.
FigurePanel panel_of(const ReplayStore& store, int t, const std::vector<FirmPayoff>& ranked, std::size_t first, std::size_t end) {
    FigurePanel panel;
    panel.id = first == 0 ? "firms" : "more-firms";
    panel.title = end - first == ranked.size() ? "by owners' value" : fmt::format("by owners' value, {} to {}", first + 1, end);
    panel.is_horizontal = true;
    panel.names_series = first == 0;
    panel.measure = measure_axis("payoff", "$");
    panel.measure.shown_unit = "B$";
    panel.measure.shown_scale = 1e9;
    Series value{"value", "owners' value", MarkShape::bar, 0}, npv{"npv", "NPV of free cash flow", MarkShape::mark, 1}, profit{"profit", "accounting profit", MarkShape::mark, 2};
    std::vector<std::string> rows;
    for (std::size_t i = first; i < end; ++i) {
        value.data.push_back(value_datum(store, t, ranked[i]));
        if (std::isfinite(ranked[i].terminal_usd)) npv.data.push_back(npv_datum(store, t, ranked[i]));
        profit.data.push_back(profit_datum(store, t, ranked[i]));
        for (Series* series : {&value, &npv, &profit})
            if (!series->data.empty()) series->data.back().key = static_cast<double>(rows.size());
        rows.push_back(ranked[i].firm);
    }
    panel.key = category_axis("firm", std::move(rows));
    panel.series = {std::move(value), std::move(profit)};
    if (!npv.data.empty()) panel.series.insert(panel.series.begin() + 1, std::move(npv));
    return panel;
}

/// Income and what owners put in and took out against the books of all firms.
SumCheck equity_check(const ReplayStore& store, int t, const std::vector<FirmPayoff>& all) {
    SumCheck check;
    check.what = fmt::format("book equity of the firms in {} with profit, new shares and what owners got up to {}", quarter_name(store.opening_t()), quarter_name(t));
    check.unit = "$";
    for (const FirmPayoff& one : all) {
        check.drawn += store.of_firm(store.opening_t(), one.firm, "book_equity_usd") + one.profit_usd + one.issued_usd - one.returned_usd;
        check.recorded += store.of_firm(t, one.firm, "book_equity_usd");
    }
    return check;
}

void add_notes(const ReplayStore& store, int t, const std::vector<FirmPayoff>& ranked, FigureModel& figure) {
    const std::string opening = quarter_name(store.opening_t()), quarter = quarter_name(t);
    if (std::isfinite(ranked.front().terminal_usd))
        figure.notes.push_back(fmt::format("NPV of free cash flow: cash before interest and financing, discounted to {}, + the terminal value of operations, as if the run ended in {}, - debt and arrears less cash in {}.",
                                           opening, quarter, opening));
    else
        figure.notes.push_back(fmt::format("No NPV of free cash flow: its terminal value takes {:.0f} quarters, the run has {} up to {}.", store.parameter("terminal_window_q"), t - store.opening_t() + 1, quarter));
    figure.notes.push_back("Accounting profit: change of book equity before new shares, buy-backs and payouts; not discounted.");
    std::string unsure;
    for (const FirmPayoff& one : ranked)
        if (one.is_broken_up && !one.knows_leases) unsure += (unsure.empty() ? "" : ", ") + one.firm;
    if (!unsure.empty()) figure.notes.push_back("Terminal value of " + unsure + ", broken up: leases outside the model, which this replay does not tell, are not taken off.");
}

}  // namespace

Result<FigureModel> build_payoffs(const ReplayStore& store, const FigureScope& scope) {
    const std::vector<FirmPayoff> ranked = firm_payoffs(store, scope.t);
    FigureModel figure = start_figure(store, "payoffs", fmt::format("Payoffs of the firms, {} to {}", quarter_name(store.opening_t()), quarter_name(scope.t)), "what each firm came to, ranked by owners' value");
    figure.is_list = true;
    if (ranked.empty()) {
        figure.empty_text = "No firm is founded in " + quarter_name(scope.t) + ".";
        return finish_figure(std::move(figure));
    }
    const std::size_t half = ranked.size() > kRowsTogether ? (ranked.size() + 1) / 2 : ranked.size();
    figure.panels.push_back(panel_of(store, scope.t, ranked, 0, half));
    if (half < ranked.size()) {
        figure.panels.push_back(panel_of(store, scope.t, ranked, half, ranked.size()));
        figure.columns = 2;
    }
    figure.checks.push_back(equity_check(store, scope.t, ranked));
    figure.findings.push_back(fmt::format("{} is worth most to its owners: {}.", ranked.front().firm, usd(ranked.front().value_usd)));
    add_notes(store, scope.t, ranked, figure);
    return finish_figure(std::move(figure));
}

}  // namespace rackrace
