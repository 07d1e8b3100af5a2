#include "viz/figures/catalogue.h"

#include <algorithm>

#include "engine/base/quarter_index.h"
#include "engine/scenario/csv.h"
#include "viz/figures/builders.h"

namespace rackrace {
namespace {

std::string mean_or_list(const std::string& word, const std::vector<std::string>& known, const std::string& list) {
    const std::string near = nearest_word(word, known);
    return near.empty() ? list : "did you mean '" + near + "'?";
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
    return out;
}

Refusals check_firm(const ReplayStore& store, const FigureKind& kind, const std::string& firm) {
    if (firm.empty() && kind.wants_firm)
        return Refusal{kind.name, 0, 0, "is of one firm and none is named", "give --firm with one of " + joined(store.firms())};
    if (!firm.empty() && std::find(store.firms().begin(), store.firms().end(), firm) == store.firms().end())
        return Refusal{store.run_id(), 0, 0, "has no firm '" + firm + "'",
                       mean_or_list(firm, store.firms(), "its firms are " + joined(store.firms()))};
    if (!firm.empty() && !kind.wants_firm && !kind.may_have_firm) return Refusal{kind.name, 0, 0, "is of no single firm", "leave the firm out"};
    return {};
}

Refusals check_market(const ReplayStore& store, const FigureKind& kind, const std::string& market) {
    if (market.empty()) return {};
    if (!kind.takes_market) return Refusal{kind.name, 0, 0, "is of no single market", "leave --market out"};
    std::vector<std::string> known = store.products();
    known.insert(known.end(), store.regions().begin(), store.regions().end());
    known.insert(known.end(), {"spot-t", "spot-i"});
    if (std::find(known.begin(), known.end(), market) != known.end()) return {};
    return Refusal{store.run_id(), 0, 0, "has no market '" + market + "'",
                   mean_or_list(market, known, "a market is a product, a region, spot-t or spot-i")};
}

Refusals check_quarter(const ReplayStore& store, int t) {
    if (store.has_quarter(t)) return {};
    return Refusal{store.run_id(), 0, 0, "holds no quarter " + quarter_name(t),
                   "it goes from " + quarter_name(store.opening_t()) + " to " + quarter_name(store.last_t())};
}

}  // namespace

const std::vector<FigureKind>& figure_kinds() {
    static const std::vector<FigureKind> kinds = {
        {"prices", "spot prices of training and inference hours, and what the firms sold there", false, false, false, build_prices},
        {"chip-prices", "list prices and prices paid of the chips that sold most", false, false, false, build_chip_prices},
        {"capacity", "compute of the firms by role, stacked, with what their customers asked", false, false, false, build_capacity},
        {"demand", "supply, demand and what was not served; how much of the compute worked", false, false, false, build_demand},
        {"chip-queue", "a chip's prices, the orders open for it, and what was asked, offered and sold", false, false, true, build_chip_queue},
        {"auction", "bids and offers of one market in one quarter: a chip, a region's power, spot-t or spot-i", false, true, true, build_auction},
        {"binding", "what held the firms back, by number of firms", false, false, false, build_binding},
        {"events", "what happened, in lanes by kind", false, false, false, build_events, true},
        {"payoffs", "what each firm came to: owners' value, NPV of free cash flow, accounting profit", false, true, false, build_payoffs},
        {"firm", "a firm's money, compute and value, small and together", true, false, false, build_firm},
        {"cash-bridge", "a firm's cash from one quarter to the next, by cause", true, true, false, build_cash_bridge},
        {"equity-bridge", "a firm's book equity from one quarter to the next, by cause", true, true, false, build_equity_bridge},
        {"fleet", "a firm's chips in racks by generation, stacked", true, false, false, build_fleet},
        {"contracts", "a firm's capacity contracts by the quarter in which they end", true, true, false, build_contracts},
        {"contract-ladder", "a firm's take-or-pay money by the quarter ahead and counterparty", true, true, false, build_contract_ladder},
        {"debt-ladder", "a firm's principal by the quarter in which it falls due, by kind", true, true, false, build_debt_ladder},
        {"network", "who owes whom compute by contract, and who sold chips to whom, between the firms", false, true, false, build_network},
        {"exposure", "which firms hang most on one other firm, by contract and loan", false, true, false, build_exposure},
        {"traces", "numbers and flags that a firm's script shows with act.trace and act.mark", true, false, false, build_traces},
        {"debt", "a firm's debt by maturity, secured or not", true, true, false, build_debt},
    };
    return kinds;
}

Result<FigureModel> build_figure(const ReplayStore& store, const std::string& name, const FigureRequest& request) {
    const FigureKind* kind = nullptr;
    std::vector<std::string> known;
    for (const FigureKind& one : figure_kinds()) {
        if (one.name == name) kind = &one;
        known.push_back(one.name);
    }
    if (kind == nullptr) return Refusal{name, 0, 0, "is no figure", mean_or_list(name, known, "figures are " + joined(known))};
    FigureScope scope;
    scope.t = request.at.value_or(store.last_t());
    scope.is_at_quarter = request.at.has_value();
    scope.since = request.since.value_or(scope.t - 1);
    scope.firm = request.firm;
    scope.market = request.market;
    Refusals refusals = check_firm(store, *kind, scope.firm);
    refusals.add(check_market(store, *kind, scope.market));
    refusals.add(check_quarter(store, scope.t));
    if (request.since) refusals.add(check_quarter(store, scope.since));
    if (refusals.empty() && request.since && scope.since >= scope.t)
        refusals.add(Refusal{quarter_name(scope.since), 0, 0, "is not before " + quarter_name(scope.t), "a bridge goes from --since to --at"});
    if (!refusals.empty()) return refusals;
    auto figure = store.of_unaltered([&] { return kind->build(store, scope); });
    if (figure && scope.is_at_quarter && !kind->is_of_quarter) figure->cursor_t = scope.t;
    return figure;
}

}  // namespace rackrace
