// A firm's principal by the quarter ahead in which it falls due, by kind of debt: loans that are repaid in parts stand with each part.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/base/money.h"
#include "engine/base/quarter_index.h"
#include "engine/world/firm.h"
#include "viz/figures/builders.h"
#include "viz/figures/figure_parts.h"
#include "viz/figures/ladder_parts.h"
#include "viz/figures/why_credit.h"

namespace rackrace {
namespace {

struct Loan {
    std::string kind, rate, creditor, address;
    Usd principal;
    int slot = 0, left_q = 0;
    bool is_amortising = false, is_secured = false;
};

std::vector<Loan> loans_of(const ReplayStore& store, const FigureScope& scope) {
    const Columns& loans = store.table("loans");
    std::vector<Loan> out;
    const auto [first, end] = loans.rows_of(scope.t);
    for (std::size_t row = first; row < end; ++row) {
        if (loans.text(row, "firm") != scope.firm) continue;
        Loan loan;
        loan.kind = loans.text(row, "kind");
        loan.creditor = loans.text(row, "creditor");
        loan.slot = static_cast<int>(loans.number(row, "slot"));
        loan.left_q = static_cast<int>(loans.number(row, "left_q"));
        loan.principal = Usd{static_cast<std::int64_t>(loans.number(row, "principal_usd"))};
        loan.is_secured = loans.number(row, "is_secured") > 0.0;
        loan.is_amortising = loans.number(row, "is_amortising") > 0.0;
        loan.rate = fmt::format("{:.2f} % a year{}", 100.0 * loans.number(row, "rate_apr"),
                                loans.number(row, "is_floating") > 0.0 ? " over the policy rate" : "");
        loan.address = store.address(scope.t, fmt::format("firm={}&loan={}", scope.firm, loan.slot));
        out.push_back(std::move(loan));
    }
    return out;
}

/// The parts of one loan, as the settlement of each quarter would take them. A revolver has no date and stands at the quarter itself.
void add_parts(const Loan& loan, int t, Series& series) {
    const auto told = [&](Usd part) {
        return fmt::format("{} loan {}: {} $ of {} $ to {} at {}", loan.is_secured ? "secured" : "unsecured", loan.slot, part.value, loan.principal.value, loan.creditor, loan.rate);
    };
    Usd owed = loan.principal;
    if (loan.kind == "revolver") return add_rung(series, t, to_double(owed), told(owed) + ", without a date", loan.address);
    for (int left = std::max(1, loan.left_q), due = t + 1; left >= 1; --left, ++due) {
        const Usd part = left == 1 ? owed : loan.is_amortising ? to_usd(to_double(owed) / left) : Usd{};
        if (part.value == 0) continue;
        owed -= part;
        add_rung(series, due, to_double(part), told(part), loan.address);
    }
}

/// A look of its own for each kind; one that a firm owes secured and unsecured has the grey one for the rarer of them, unsecured.
int look_of(const std::vector<Loan>& loans, int kind, bool is_secured) {
    const bool has_both = !is_secured && std::any_of(loans.begin(), loans.end(), [&](const Loan& loan) { return loan.kind == kDebtKindNames[kind] && loan.is_secured; });
    return has_both ? kRestLook : kind - 1;
}

/// How far the tightest covenant was from its limit, up to the quarter. The panel has a line at zero, under which it is broken.
void add_headroom(const ReplayStore& store, const FigureScope& scope, FigureModel& figure) {
    FigurePanel panel = quarter_panel("headroom", "covenant headroom, share of the limit", "share");
    panel.height_share = 0.6;
    panel.names_series = false;
    Series headroom = quarter_series(
        store, "headroom", "headroom", MarkShape::line, 0, [&](int t) { return t > scope.t ? kNoValue : covenant_headroom_frac(store, t, scope.firm); },
        "headroom of the tightest covenant of " + scope.firm + ", of its limit", "share", "firm=" + scope.firm + "&field=breach_q");
    std::erase_if(headroom.data, [&](const Datum& datum) { return datum.key > scope.t; });
    if (std::none_of(headroom.data.begin(), headroom.data.end(), [](const Datum& datum) { return std::isfinite(datum.value); })) {
        figure.notes.push_back("No covenant of its loans was tested up to the quarter.");
        return;
    }
    panel.series.push_back(std::move(headroom));
    figure.panels.push_back(std::move(panel));
    figure.notes.push_back("Headroom: under zero a covenant is broken; (value - limit) / limit of a floor, (limit - value) / limit of a ceiling, the smallest of those tested; L is that of the close.");
}

}  // namespace

Result<FigureModel> build_debt_ladder(const ReplayStore& store, const FigureScope& scope) {
    const std::string quarter = quarter_name(scope.t);
    FigureModel figure = start_figure(store, "debt-ladder", fmt::format("Debt of {} falling due after {}", scope.firm, quarter),
                                      "principal by the quarter in which it falls due, by kind, secured above unsecured");
    FigurePanel panel = quarter_panel("due", "principal due", "$");
    const std::vector<Loan> loans = loans_of(store, scope);
    for (const bool is_secured : {false, true})
        for (int kind = 1; kind < static_cast<int>(std::size(kDebtKindNames)); ++kind) {
            std::string name = kDebtKindNames[kind];
            std::replace(name.begin(), name.end(), '_', ' ');
            Series series{id_of(kDebtKindNames[kind] + std::string(is_secured ? "-secured" : "-unsecured")), name + (is_secured ? ", secured" : ", unsecured"), MarkShape::bar,
                          look_of(loans, kind, is_secured)};
            for (const Loan& loan : loans)
                if (loan.kind == kDebtKindNames[kind] && loan.is_secured == is_secured) add_parts(loan, scope.t, series);
            if (!series.data.empty()) panel.series.push_back(std::move(series));
        }
    double all = 0.0, secured = 0.0;
    for (const Series& series : panel.series)
        for (const Datum& datum : series.data) {
            all += datum.value;
            if (series.id.ends_with("-secured")) secured += datum.value;
        }
    figure.checks.push_back({fmt::format("debt of {} in {}", scope.firm, quarter), all, store.of_firm(scope.t, scope.firm, "debt_usd"), 0.0, "$"});
    if (panel.series.empty()) {
        figure.empty_text = "No debt: " + scope.firm + " owes lenders nothing in " + quarter + ".";
        return finish_figure(std::move(figure));
    }
    finish_rungs(panel);
    figure.panels.push_back(std::move(panel));
    add_headroom(store, scope, figure);
    figure.findings.push_back(fmt::format("Of {} owed {} are secured.", text_in_unit("$", all), text_in_unit("$", secured)));
    const std::string status = store.table("firms").text(store.firm_row(scope.t, scope.firm), "status");
    if (status == "chapter_11" || status == "liquidated")
        figure.findings.push_back(fmt::format("{} is {}: what is unsecured is not served.", scope.firm, status == "liquidated" ? status : "in chapter 11"));
    if (const double broken = store.of_firm(scope.t, scope.firm, "breach_q"); broken > 0.0)
        figure.findings.push_back(fmt::format("A covenant is broken for {} in a row: why asks for firm={}&field=breach_q.", broken == 1.0 ? "the first quarter" : fmt::format("{:.0f} quarters", broken), scope.firm));
    if (store.of_firm(scope.t, scope.firm, "accelerated") > 0.0) figure.findings.push_back("Lenders called these loans: all of it is due now.");
    figure.notes.push_back("As the loans stand: a revolver has no date and stands at the quarter itself.");
    return finish_figure(std::move(figure));
}

}  // namespace rackrace
