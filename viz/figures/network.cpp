// Who owes whom compute by contract and who sold chips to whom in one quarter: firms in columns by role, the same places in every quarter.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/base/quarter_index.h"
#include "viz/figures/builders.h"
#include "viz/figures/figure_parts.h"

namespace rackrace {
namespace {

constexpr const char* kColumnRoles[] = {"supplier", "hyperscaler", "neocloud", "lab", "outside"};
constexpr const char* kHeads[] = {"suppliers", "hyperscalers", "neoclouds", "labs", "outside"};
constexpr double kColumns[] = {0.02, 0.26, 0.52, 0.76, 0.98};
constexpr double kHeadPlace = 0.96, kHighest = 0.86, kLowest = 0.03, kApart = 0.012;  // of the height

struct Place {
    std::string name;
    double x = 0.0, y = 0.0;
    bool is_failed = false;
};

/// Money between two parties, of one kind.
struct Tie {
    std::string from, to, reason, address;
    double usd = 0.0, largest_usd = 0.0;
    int count = 0;
};
using Ties = std::map<std::pair<std::string, std::string>, Tie>;

void add_tie(Ties& ties, const std::string& from, const std::string& to, double usd, const std::string& reason, const std::string& address) {
    Tie& tie = ties[{from, to}];
    tie.from = from;
    tie.to = to;
    tie.usd += usd;
    ++tie.count;
    if (tie.address.empty() || usd > tie.largest_usd) {
        tie.largest_usd = usd;
        tie.address = address;
    }
    tie.reason += (tie.reason.empty() ? "" : "; ") + reason;
}

Ties contracts_at(const ReplayStore& store, int t, bool is_delivering) {
    const Columns& contracts = store.table("contracts");
    Ties out;
    const auto [first, end] = contracts.rows_of(t);
    for (std::size_t row = first; row < end; ++row) {
        const int start = contracts.quarter(row, "start_quarter");
        const double left = contracts.number(row, "backlog_usd"), id = contracts.number(row, "contract");
        if ((start <= t) != is_delivering || left <= 0.0) continue;
        add_tie(out, contracts.text(row, "seller"), contracts.text(row, "buyer"), left,
                fmt::format("contract {:.0f}: {:.0f} H100e at {:.2f} $/h, {} to {}", id, contracts.number(row, "quantity_h100e"),
                            contracts.number(row, "price_usd_h"), quarter_name(start), quarter_name(contracts.quarter(row, "end_quarter"))),
                store.address(t, fmt::format("contract={:.0f}", id)));
    }
    return out;
}

/// Cash paid for chips in the quarter: deposits, balances, and sales to the rest of the world.
Ties chips_paid_in(const ReplayStore& store, int t) {
    const Columns& postings = store.table("postings");
    Ties out;
    const auto [first, end] = postings.rows_of(t);
    for (std::size_t row = first; row < end; ++row) {
        const std::string& kind = postings.text(row, "kind");
        const double usd = postings.number(row, "amount_usd");
        if ((kind != "chip_deposit" && kind != "chip_balance" && kind != "row_sale") || usd <= 0.0) continue;
        const std::string &buyer = postings.text(row, "payer"), &supplier = postings.text(row, "payee");
        const bool is_firm = std::find(store.firms().begin(), store.firms().end(), buyer) != store.firms().end();
        const std::string what = kind == "chip_deposit" ? "deposit" : kind == "chip_balance" ? "balance at delivery" : "sale";
        add_tie(out, supplier, buyer, usd, fmt::format("{} {} $", what, short_number(usd)), store.address(t, "firm=" + (is_firm ? buyer : supplier)));
    }
    return out;
}

/// What suppliers lent to buyers of their chips.
Ties vendor_loans_at(const ReplayStore& store, int t) {
    const Columns& loans = store.table("loans");
    Ties out;
    const auto [first, end] = loans.rows_of(t);
    for (std::size_t row = first; row < end; ++row) {
        const std::string &creditor = loans.text(row, "creditor"), &firm = loans.text(row, "firm");
        if (creditor == "investor") continue;
        const double usd = loans.number(row, "principal_usd");
        add_tie(out, creditor, firm, usd, fmt::format("loan {:.0f}: {} $ at {:.2f} % a year", loans.number(row, "slot"), short_number(usd), 100.0 * loans.number(row, "rate_apr")),
                store.address(t, fmt::format("firm={}&loan={:.0f}", firm, loans.number(row, "slot"))));
    }
    return out;
}

bool is_there(const std::string& status) { return status != "absent" && status != "acquired"; }

/// Firms in the columns of their roles, and the sectors that some tie ends at: where they stand depends on the run alone.
std::vector<Place> places_at(const ReplayStore& store, int t, const std::vector<Ties>& all) {
    std::vector<Place> out;
    for (std::size_t column = 0; column < std::size(kColumnRoles); ++column) {
        std::vector<std::string> names;
        if (std::string_view(kColumnRoles[column]) == "outside") names = {"customer", "row"};
        for (const std::string& firm : store.firms())
            if (store.role_of(firm) == kColumnRoles[column]) names.push_back(firm);
        for (std::size_t i = 0; i < names.size(); ++i) {
            const double y = names.size() == 1 ? 0.5 * (kHighest + kLowest)
                                               : kHighest - (kHighest - kLowest) * static_cast<double>(i) / static_cast<double>(names.size() - 1);
            const double stagger = names.size() > 4 && i % 2 == 1 ? 0.04 : 0.0;  // ties within a column pass beside, not through
            Place place{names[i], kColumns[column] + stagger, y};
            const bool has_tie = std::any_of(all.begin(), all.end(), [&](const Ties& ties) {
                return std::any_of(ties.begin(), ties.end(), [&](const auto& one) { return one.second.from == place.name || one.second.to == place.name; });
            });
            const std::size_t row = store.firm_row(t, place.name);
            if (row < store.table("firms").rows()) {
                const std::string& status = store.table("firms").text(row, "status");
                if (!is_there(status) && !has_tie) continue;
                place.is_failed = status == "chapter_11" || status == "liquidated";
            } else if (!has_tie) continue;
            out.push_back(std::move(place));
        }
    }
    return out;
}

/// Firms by their ids, sectors in words.
std::string shown_name(const std::string& party) { return party == "row" ? "rest of world" : party; }

Series edges(const Ties& ties, const std::vector<Place>& places, const char* id, const char* name, const char* verb, int look, double shift) {
    Series series{id, name, MarkShape::edge, look};
    const auto place_of = [&](const std::string& party) { return std::find_if(places.begin(), places.end(), [&](const Place& one) { return one.name == party; }); };
    for (const auto& [pair, tie] : ties) {
        const auto from = place_of(tie.from), to = place_of(tie.to);
        if (from == places.end() || to == places.end()) continue;
        Datum datum;
        datum.key = from->x;
        datum.base = from->y + shift;
        datum.key_end = to->x;
        datum.value = to->y + shift;
        datum.weight = tie.usd;
        datum.label = shown_name(tie.from) + " to " + shown_name(tie.to);
        datum.reason =
            fmt::format("{} {} {}, {} $ in {}: {}", shown_name(tie.from), verb, shown_name(tie.to), short_number(tie.usd), tie.count, tie.reason);
        datum.address = tie.address;
        series.data.push_back(std::move(datum));
    }
    std::stable_sort(series.data.begin(), series.data.end(), [](const Datum& a, const Datum& b) { return a.weight > b.weight; });
    return series;
}

Series nodes(const ReplayStore& store, int t, const std::vector<Place>& places, const std::vector<Ties>& all, bool is_failed) {
    Series series{is_failed ? "failed" : "firms", is_failed ? "in chapter 11 or liquidated" : "firm", MarkShape::mark, is_failed ? 1 : 0};
    series.is_named = is_failed;
    for (const Place& place : places) {
        if (place.is_failed != is_failed) continue;
        double sells = 0.0, buys = 0.0;
        for (std::size_t i = 0; i < 2; ++i)  // contracts
            for (const auto& [pair, tie] : all[i]) {
                if (tie.from == place.name) sells += tie.usd;
                if (tie.to == place.name) buys += tie.usd;
            }
        Datum datum;
        datum.key = place.x;
        datum.value = place.y;
        datum.label = shown_name(place.name);
        datum.weight = sells + buys;
        datum.reason = fmt::format("{}: is owed {} $ of take-or-pay, owes {} $", datum.label, short_number(sells), short_number(buys));
        if (store.firm_row(t, place.name) < store.table("firms").rows()) datum.address = store.address(t, "firm=" + place.name);
        series.data.push_back(std::move(datum));
    }
    return series;
}

double total(const Ties& ties) {
    double sum = 0.0;
    for (const auto& [pair, tie] : ties) sum += tie.usd;
    return sum;
}

}  // namespace

Result<FigureModel> build_network(const ReplayStore& store, const FigureScope& scope) {
    const int t = scope.t;
    const std::string quarter = quarter_name(t);
    FigureModel figure = start_figure(store, "network", "Contracts and supply in " + quarter, "take-or-pay money left, and cash paid for chips in the quarter; width by money");
    figure.is_list = true;
    const std::vector<Ties> all = {contracts_at(store, t, true), contracts_at(store, t, false), chips_paid_in(store, t), vendor_loans_at(store, t)};
    FigurePanel panel;
    panel.id = "ties";
    panel.height_share = 1.8;
    panel.key.kind = panel.measure.kind = AxisKind::place;
    panel.measure.label = "money";
    panel.measure.unit = "$";
    const std::vector<Place> places = places_at(store, t, all);
    panel.series.push_back(edges(all[2], places, "chips", "chips, paid in the quarter", "sold chips to", 6, -kApart));
    panel.series.push_back(edges(all[0], places, "delivering", "contracts, delivering", "sells compute to", 0, 0.0));
    panel.series.push_back(edges(all[1], places, "signed", "contracts, not yet delivering", "will sell compute to", 3, -2.0 * kApart));
    panel.series.push_back(edges(all[3], places, "vendor", "lent by a supplier to its buyer", "lends to", 4, -3.0 * kApart));
    const double left = total(all[0]) + total(all[1]);
    std::erase_if(panel.series, [](const Series& series) { return series.data.empty(); });
    if (panel.series.empty()) {
        figure.empty_text = "No contracts at this quarter, and no chips paid for in " + quarter + ".";
        return finish_figure(std::move(figure));
    }
    for (const bool is_failed : {false, true})
        if (Series series = nodes(store, t, places, all, is_failed); !series.data.empty()) panel.series.push_back(std::move(series));
    Series heads{"roles", "roles", MarkShape::mark, kRestLook};
    heads.is_named = false;
    for (std::size_t column = 0; column < std::size(kColumnRoles); ++column) {
        Datum datum;
        datum.key = kColumns[column];
        datum.value = kHeadPlace;
        datum.label = kHeads[column];
        datum.reason = "column of the " + std::string(kHeads[column]);
        heads.data.push_back(std::move(datum));
    }
    panel.series.push_back(std::move(heads));
    figure.checks.push_back({"take-or-pay left in " + quarter, left, store.of_market(t, "backlog_usd"), 0.0, "$"});
    if (!all[3].empty()) figure.findings.push_back("Suppliers lend to buyers of their own chips: financing in a circle.");
    figure.notes.push_back("The sign of a line stands at the buyer's end.");
    figure.panels.push_back(std::move(panel));
    return finish_figure(std::move(figure));
}

}  // namespace rackrace
