// A firm's take-or-pay money by the quarter ahead: what its buyers owe it upwards, what it owes its sellers downwards, by counterparty.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/base/money.h"
#include "engine/base/quarter_index.h"
#include "engine/world/contract.h"
#include "viz/figures/builders.h"
#include "viz/figures/figure_parts.h"
#include "viz/figures/ladder_parts.h"

namespace rackrace {
namespace {

constexpr std::size_t kPartnersShown = 3;

/// A contract of the firm as table `contracts` has it.
struct Held {
    Contract terms{};
    std::string partner;
    bool is_sold = false;
    double backlog_usd = 0.0;
};

std::vector<Held> held_by(const ReplayStore& store, const FigureScope& scope) {
    const Columns& contracts = store.table("contracts");
    std::vector<Held> out;
    const auto [first, end] = contracts.rows_of(scope.t);
    for (std::size_t row = first; row < end; ++row) {
        const bool is_sold = contracts.text(row, "seller") == scope.firm;
        if (!is_sold && contracts.text(row, "buyer") != scope.firm) continue;
        Held deal;
        deal.is_sold = is_sold;
        deal.partner = contracts.text(row, is_sold ? "buyer" : "seller");
        deal.backlog_usd = contracts.number(row, "backlog_usd");
        deal.terms.id = static_cast<std::int32_t>(contracts.number(row, "contract"));
        deal.terms.start_t = static_cast<std::int16_t>(contracts.quarter(row, "start_quarter"));
        deal.terms.end_t = static_cast<std::int16_t>(contracts.quarter(row, "end_quarter"));
        deal.terms.ramp_q = static_cast<std::int16_t>(contracts.number(row, "ramp_q"));
        deal.terms.quantity_h100e = static_cast<std::int32_t>(contracts.number(row, "quantity_h100e"));
        deal.terms.price_usd_h = contracts.number(row, "price_usd_h");
        deal.terms.takeorpay_frac = contracts.number(row, "takeorpay_frac");
        deal.terms.first_frac = contracts.number(row, "first_frac");
        out.push_back(std::move(deal));
    }
    return out;
}

/// Counterparties by their money left, both ways, the most first: one look for each.
std::vector<std::string> partners_of(const std::vector<Held>& deals) {
    std::map<std::string, double> usd;
    for (const Held& deal : deals) usd[deal.partner] += deal.backlog_usd;
    std::vector<std::string> out;
    for (const auto& [partner, sum] : usd) out.push_back(partner);
    std::stable_sort(out.begin(), out.end(), [&](const std::string& one, const std::string& other) { return usd[one] > usd[other]; });
    return out;
}

void add_quarters(const ReplayStore& store, const FigureScope& scope, const Held& deal, Series& series) {
    const double hours = store.parameter("hours_per_quarter");
    for (int t = std::max<int>(scope.t + 1, deal.terms.start_t); t <= deal.terms.end_t; ++t) {
        const std::int32_t h100e = committed_in(deal.terms, t);
        const Usd due = to_usd(deal.terms.price_usd_h * hours * deal.terms.takeorpay_frac * h100e);
        if (due.value == 0) continue;
        add_rung(series, t, deal.is_sold ? to_double(due) : -to_double(due),
                 fmt::format("contract {} {} {}: {} H100e at {:.2f} $/h, {:.0f} % of it taken or paid", deal.terms.id, deal.is_sold ? "for" : "of", deal.partner, h100e, deal.terms.price_usd_h,
                             100.0 * deal.terms.takeorpay_frac),
                 store.address(scope.t, fmt::format("contract={}", deal.terms.id)));
    }
}

/// A series a counterparty, of the smaller ones one together; the money drawn is that of the books.
void add_side(const ReplayStore& store, const FigureScope& scope, const std::vector<Held>& deals, bool is_sold, FigureModel& figure, FigurePanel& panel) {
    const std::vector<std::string> partners = partners_of(deals);
    double drawn = 0.0, recorded = 0.0;
    bool has_side = false;
    for (std::size_t i = 0; i < partners.size(); i = i < kPartnersShown ? i + 1 : partners.size()) {
        const bool is_rest = i >= kPartnersShown;
        const std::string name = (is_sold ? "to " : "from ") + (is_rest ? std::string("others") : partners[i]);
        Series series{id_of(name), name, MarkShape::bar, is_rest ? kRestLook : static_cast<int>(i)};
        for (const Held& deal : deals) {
            const bool is_of_it = is_rest ? std::find(partners.begin() + kPartnersShown, partners.end(), deal.partner) != partners.end() : deal.partner == partners[i];
            if (deal.is_sold != is_sold || !is_of_it) continue;
            add_quarters(store, scope, deal, series);
            recorded += deal.backlog_usd;
            has_side = true;
        }
        for (const Datum& datum : series.data) drawn += std::abs(datum.value);
        if (!series.data.empty()) panel.series.push_back(std::move(series));
    }
    if (has_side) figure.checks.push_back({fmt::format("take-or-pay left that {} {}", scope.firm, is_sold ? "is owed" : "owes"), drawn, recorded, 0.0, "$"});
}

}  // namespace

Result<FigureModel> build_contract_ladder(const ReplayStore& store, const FigureScope& scope) {
    const std::string quarter = quarter_name(scope.t);
    FigureModel figure = start_figure(store, "contract-ladder", fmt::format("Take-or-pay of {} after {}", scope.firm, quarter),
                                      "what is owed to it upwards, what it owes downwards, by quarter and counterparty");
    const std::vector<Held> deals = held_by(store, scope);
    FigurePanel panel = quarter_panel("due", "sold up, bought down", "$");
    for (const bool is_sold : {true, false}) add_side(store, scope, deals, is_sold, figure, panel);
    if (panel.series.empty()) {
        figure.empty_text = deals.empty() ? "No contracts at this quarter: " + scope.firm + " neither sells nor buys by contract in " + quarter + "."
                                          : "No take-or-pay money is left after " + quarter + ": the contracts of " + scope.firm + " end with it.";
        return finish_figure(std::move(figure));
    }
    finish_rungs(panel);
    figure.panels.push_back(std::move(panel));
    figure.notes.push_back("At full delivery: what a seller does not deliver is not owed.");
    return finish_figure(std::move(figure));
}

}  // namespace rackrace
