// A firm's principal by the quarter ahead in which it falls due, by kind of debt: loans that are repaid in parts stand with each part.
#include <fmt/format.h>

#include <cmath>

#include "engine/base/money.h"
#include "engine/base/quarter_index.h"
#include "engine/world/firm.h"
#include "viz/figures/builders.h"
#include "viz/figures/figure_parts.h"
#include "viz/figures/ladder_parts.h"

namespace rackrace {
namespace {

struct Loan {
    std::string kind, rate, creditor, address;
    Usd principal;
    int slot = 0, left_q = 0;
    bool is_amortising = false;
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
        return fmt::format("loan {}: {} $ of {} $ to {} at {}", loan.slot, part.value, loan.principal.value, loan.creditor, loan.rate);
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

}  // namespace

Result<FigureModel> build_debt_ladder(const ReplayStore& store, const FigureScope& scope) {
    const std::string quarter = quarter_name(scope.t);
    FigureModel figure = start_figure(store, "debt-ladder", fmt::format("Debt of {} falling due after {}", scope.firm, quarter),
                                      "principal by the quarter in which it falls due, by kind");
    FigurePanel panel = quarter_panel("due", "principal due", "$");
    const std::vector<Loan> loans = loans_of(store, scope);
    for (int kind = 1; kind < static_cast<int>(std::size(kDebtKindNames)); ++kind) {
        Series series{id_of(kDebtKindNames[kind]), kDebtKindNames[kind], MarkShape::bar, kind - 1};
        for (char& letter : series.name)
            if (letter == '_') letter = ' ';
        for (const Loan& loan : loans)
            if (loan.kind == kDebtKindNames[kind]) add_parts(loan, scope.t, series);
        if (!series.data.empty()) panel.series.push_back(std::move(series));
    }
    double all = 0.0;
    for (const Series& series : panel.series)
        for (const Datum& datum : series.data) all += datum.value;
    figure.checks.push_back({fmt::format("debt of {} in {}", scope.firm, quarter), all, store.of_firm(scope.t, scope.firm, "debt_usd"), 0.0, "$"});
    if (panel.series.empty()) {
        figure.empty_text = "No debt: " + scope.firm + " owes lenders nothing in " + quarter + ".";
        return finish_figure(std::move(figure));
    }
    finish_rungs(panel);
    figure.panels.push_back(std::move(panel));
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
