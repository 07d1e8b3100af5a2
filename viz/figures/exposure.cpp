// Which firms hang most on one other firm in one quarter. A firm's dollars are the take-or-pay money left of its capacity contracts, sold and bought, and
// the principal of its loans, lent and borrowed, in $ at the close. Its exposure to a counterparty is the share of these dollars that are with it,
// whichever way they are owed: a seller loses its income, a buyer its compute, a lender its money. Ours: the books name no such number.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/base/quarter_index.h"
#include "viz/figures/builders.h"
#include "viz/figures/figure_parts.h"

namespace rackrace {
namespace {

/// What a firm has with one party, in dollars at the close.
struct Stake {
    double sold = 0.0;    // take-or-pay money that the party owes it for compute
    double bought = 0.0;  // the same that it owes
    double lent = 0.0;    // principal
    double borrowed = 0.0;
    double usd() const { return sold + bought + lent + borrowed; }
};
using Stakes = std::map<std::string, std::map<std::string, Stake>>;  // by firm and party

struct Exposure {
    std::string firm, party;
    Stake stake;           // with the party
    double all_usd = 0.0;  // with everybody
    double share() const { return stake.usd() / all_usd; }
};

Stakes stakes_at(const ReplayStore& store, int t) {
    Stakes out;
    const Columns &contracts = store.table("contracts"), &loans = store.table("loans");
    for (auto [row, end] = contracts.rows_of(t); row < end; ++row) {
        const std::string &seller = contracts.text(row, "seller"), &buyer = contracts.text(row, "buyer");
        const double left = contracts.number(row, "backlog_usd");
        out[seller][buyer].sold += left;
        out[buyer][seller].bought += left;
    }
    for (auto [row, end] = loans.rows_of(t); row < end; ++row) {
        const std::string &creditor = loans.text(row, "creditor"), &firm = loans.text(row, "firm");
        const double principal = loans.number(row, "principal_usd");
        out[creditor][firm].lent += principal;
        out[firm][creditor].borrowed += principal;
    }
    return out;
}

/// Of each firm that has dollars with another one, the largest such party; the highest share first, of equal ones the most dollars.
std::vector<Exposure> ranked_exposures(const ReplayStore& store, int t) {
    Stakes stakes = stakes_at(store, t);
    std::vector<Exposure> out;
    for (const std::string& firm : store.firms()) {
        Exposure one{firm, "", {}, 0.0};
        for (const auto& [party, stake] : stakes[firm]) {
            one.all_usd += stake.usd();
            const bool is_firm = std::find(store.firms().begin(), store.firms().end(), party) != store.firms().end();
            if (!is_firm || stake.usd() <= one.stake.usd()) continue;
            one.party = party;
            one.stake = stake;
        }
        if (!one.party.empty()) out.push_back(std::move(one));
    }
    std::stable_sort(out.begin(), out.end(), [](const Exposure& a, const Exposure& b) { return a.share() != b.share() ? a.share() > b.share() : a.stake.usd() > b.stake.usd(); });
    return out;
}

/// "5.1 B$ of the 6.2 B$ that iren has by contract and loan are with microsoft: is owed 4 B$ of take-or-pay, lent it 1.1 B$"
std::string reason_of(const Exposure& one) {
    std::string parts;
    for (const auto& [usd, words] : {std::pair{one.stake.sold, "is owed {} of take-or-pay"}, {one.stake.bought, "owes {} of take-or-pay"}, {one.stake.lent, "lent it {}"}, {one.stake.borrowed, "borrowed {}"}})
        if (usd > 0.0) parts += (parts.empty() ? "" : ", ") + fmt::format(fmt::runtime(words), text_in_unit("$", usd));
    return fmt::format("{} of the {} that {} has by contract and loan are with {}: {}", text_in_unit("$", one.stake.usd()), text_in_unit("$", one.all_usd), one.firm, one.party, parts);
}

FigurePanel panel_of(const ReplayStore& store, int t, const std::vector<Exposure>& ranked) {
    FigurePanel panel;
    panel.id = "exposure";
    panel.title = "share with one firm";
    panel.is_horizontal = true;
    panel.names_series = false;
    panel.measure = measure_axis("share with it", "share");
    Series series{"largest", "largest counterparty", MarkShape::bar, 0};
    std::vector<std::string> rows;
    for (const Exposure& one : ranked) {
        Datum datum{static_cast<double>(rows.size()), one.share()};
        datum.label = fmt::format("{:.0f}", 100.0 * one.share());
        datum.reason = reason_of(one);
        datum.address = store.address(t, "firm=" + one.firm);
        series.data.push_back(std::move(datum));
        rows.push_back(one.firm + " on " + one.party);
    }
    panel.key = category_axis("firm on counterparty", std::move(rows));
    panel.series.push_back(std::move(series));
    return panel;
}

/// The firm that is the largest counterparty of most others; of equally many the first.
void add_hub(const std::vector<Exposure>& ranked, FigureModel& figure) {
    std::map<std::string, int> leaning;
    for (const Exposure& one : ranked) ++leaning[one.party];
    const auto hub = std::max_element(leaning.begin(), leaning.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    if (hub->second > 1) figure.findings.push_back(fmt::format("{} is the largest counterparty of {} firms.", hub->first, hub->second));
}

}  // namespace

Result<FigureModel> build_exposure(const ReplayStore& store, const FigureScope& scope) {
    const std::string quarter = quarter_name(scope.t);
    FigureModel figure = start_figure(store, "exposure", "Exposure to one firm in " + quarter, "of a firm's take-or-pay money left and principal, owed to it and by it, the share with its largest counterparty");
    figure.is_list = true;
    const std::vector<Exposure> ranked = ranked_exposures(store, scope.t);
    if (ranked.empty()) {
        figure.empty_text = "No firm has a contract with another one or a loan of it in " + quarter + ".";
        return finish_figure(std::move(figure));
    }
    figure.panels.push_back(panel_of(store, scope.t, ranked));
    figure.findings.push_back(fmt::format("{} hangs most on one firm: {:.0f} % of its dollars are with {}.", ranked.front().firm, 100.0 * ranked.front().share(), ranked.front().party));
    add_hub(ranked, figure);
    figure.notes.push_back("Outside buyers of compute and lenders count in a firm's dollars and are no counterparty: each is many. Firms without contracts or loans among themselves are left out.");
    return finish_figure(std::move(figure));
}

}  // namespace rackrace
