// Why a contract was signed: the offer and the request that met, what they asked, and what it became since.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>

#include "engine/base/quarter_index.h"
#include "viz/figures/figure_model.h"
#include "viz/figures/placed_order.h"
#include "viz/figures/why_book.h"
#include "viz/figures/why_credit.h"

namespace rackrace {
namespace {

std::vector<std::size_t> rows_of_contract(const ReplayStore& store, const std::string& number) {
    const Columns& contracts = store.table("contracts");
    std::vector<std::size_t> out;
    for (std::size_t row = 0; row < contracts.rows(); ++row)
        if (fmt::format("{:.0f}", contracts.number(row, "contract")) == number) out.push_back(row);
    return out;
}

/// The rule of the contract market as the run's scenario.toml names it; empty where the folder holds none.
std::string rule_of(const ReplayStore& store) {
    std::ifstream file(store.folder() / "scenario.toml");
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with("contracts")) continue;
        const std::size_t from = line.find('"'), to = line.find('"', from + 1);
        if (from != std::string::npos && to != std::string::npos) return line.substr(from + 1, to - from - 1);
    }
    return "";
}

std::string rule_text(const std::string& rule) {
    if (rule == "KC") return "rule KC: asks rise while several want the same compute, and each lot goes to the offer that its buyer likes best";
    if (rule == "NASH") return "rule NASH: pairs by the largest surplus first, the price between ask and cap";
    if (rule == "POSTED") return "rule POSTED: offers stand at their ask, and buyers choose";
    return rule.empty() ? "the rule is not in the run's folder" : "rule " + rule;
}

/// Orders of one side of the contract market in a quarter.
std::vector<std::size_t> orders_in(const ReplayStore& store, int t, const char* verb, const std::string& firm) {
    const Columns& orders = store.table("orders");
    std::vector<std::size_t> out;
    const auto [first, end] = orders.rows_of(t);
    for (std::size_t row = first; row < end; ++row)
        if (orders.text(row, "verb") == verb && orders.text(row, "status") == "accepted" && (firm.empty() || orders.text(row, "firm") == firm)) out.push_back(row);
    return out;
}

/// Rows of table `fills` of one side in a quarter, those of a firm first or alone.
std::vector<std::size_t> fills_in(const ReplayStore& store, int t, const char* verb) {
    const Columns& fills = store.table("fills");
    std::vector<std::size_t> out;
    const auto [first, end] = fills.rows_of(t);
    for (std::size_t row = first; row < end; ++row)
        if (fills.text(row, "verb") == verb) out.push_back(row);
    return out;
}

std::string fill_text(const ReplayStore& store, std::size_t row, bool is_offer) {
    const Columns& fills = store.table("fills");
    const double got = fills.number(row, "got"), price = fills.number(row, "price");
    std::string out = fmt::format("{} {} {} Mh a quarter, {} {}", fills.text(row, "firm"), is_offer ? "offered" : "asked for", short_number(fills.number(row, "asked")),
                                  is_offer ? "sold" : "got", short_number(got));
    if (price > 0.0) out += is_offer ? ", price at the end " + price_text(price) + " $/h" : " at " + price_text(price) + " $/h on average";
    if (is_offer && !fills.text(row, "subject").empty()) out += ", generation " + fills.text(row, "subject") + " or newer";
    return out;
}

/// An order of a party to the contract, with what it got.
Reason party_reason(const ReplayStore& store, std::size_t order, bool is_offer) {
    const Columns& orders = store.table("orders");
    const nlohmann::json args = arguments_of(store, order);
    const double limit = number_argument(args, is_offer ? "min_usd_h" : "max_usd_h"), mh = number_argument(args, "mh");
    Reason reason;
    reason.text = fmt::format("{}: {} {} {} Mh a quarter for {:.0f} quarters at {} $/h or {} (order {:.0f}, {})", is_offer ? "ask" : "cap", orders.text(order, "firm"),
                              is_offer ? "offered" : "asked for", short_number(mh), number_argument(args, "tenor_q"), price_text(limit), is_offer ? "more" : "less",
                              orders.number(order, "order_id"), place_of(store, order));
    reason.address = order_address(store, order);
    reason.script = line_of(store, order) > 0 ? orders.text(order, "script") : "";
    reason.line = line_of(store, order);
    return reason;
}

/// Of several orders of one firm the one whose limit allows the price, nearest to it.
std::size_t nearest_order(const ReplayStore& store, const std::vector<std::size_t>& orders, bool is_offer, double price) {
    std::size_t best = orders.front();
    double nearest = 1e300;
    for (const std::size_t order : orders) {
        const double limit = number_argument(arguments_of(store, order), is_offer ? "min_usd_h" : "max_usd_h");
        const double gap = is_offer ? price - limit : limit - price;
        if (gap < -1e-9 || gap >= nearest) continue;
        nearest = gap;
        best = order;
    }
    return best;
}

void add_side(const ReplayStore& store, int t, const std::string& firm, bool is_offer, double price, Why& why) {
    const char* verb = is_offer ? "offer_contract" : "bid_contract";
    const std::vector<std::size_t> orders = orders_in(store, t, verb, firm);
    if (orders.empty()) {
        why.reasons.push_back({fmt::format("{}: {}", is_offer ? "ask" : "cap",
                                           firm == "customer" ? "an outside buyer, whose requests are not recorded" : firm + " placed no order that is recorded")});
        return;
    }
    const std::size_t order = nearest_order(store, orders, is_offer, price);
    Reason reason = party_reason(store, order, is_offer);
    const double limit = number_argument(arguments_of(store, order), is_offer ? "min_usd_h" : "max_usd_h");
    reason.behind.push_back({is_offer ? fmt::format("price {} = ask {} + {} that bids added", price_text(price), price_text(limit), price_text(price - limit))
                                      : fmt::format("price {} = cap {} - {} that it did not have to pay", price_text(price), price_text(limit), price_text(limit - price))});
    for (const std::size_t row : fills_in(store, t, verb))
        if (store.table("fills").text(row, "firm") == firm) reason.behind.push_back({fill_text(store, row, is_offer)});
    why.reasons.push_back(std::move(reason));
}

void add_rivals(const ReplayStore& store, int t, const std::string& firm, bool is_offer, Why& why) {
    Reason reason;
    int others = 0;
    for (const std::size_t row : fills_in(store, t, is_offer ? "offer_contract" : "bid_contract")) {
        if (store.table("fills").text(row, "firm") == firm) continue;
        ++others;
        reason.behind.push_back({fill_text(store, row, is_offer)});
    }
    reason.text = fmt::format("{} other {} of firms in {}", others, is_offer ? "offers" : "requests", quarter_name(t));
    if (others > 0) why.reasons.push_back(std::move(reason));
}

/// Why a seller did not serve all that it owed in a quarter: what it had, what waits, and what the gap costs.
Reason shortage_reason(const ReplayStore& store, std::size_t row) {
    const Columns& contracts = store.table("contracts");
    const int t = contracts.quarter(row);
    const std::string& seller = contracts.text(row, "seller");
    const auto of = [&](const char* column) { return store.of_firm(t, seller, column); };
    double due = 0.0, missing = 0.0;
    int count = 0;
    for (auto [one, end] = contracts.rows_of(t); one < end; ++one) {
        if (contracts.text(one, "seller") != seller) continue;
        due += contracts.number(one, "due_now_h100e");
        missing += contracts.number(one, "short_now_h100e");
        count += contracts.number(one, "due_now_h100e") > 0.0;
    }
    Reason reason{fmt::format("{} owed {} H100e by {} contract{} and had {} of its own and {} by contract: {} short in all", seller, short_number(due), count, count == 1 ? "" : "s", short_number(of("pool_h100e")),
                              short_number(of("received_h100e")), short_number(missing)),
                  store.address(t, "firm=" + seller)};
    reason.behind.push_back({"a contract is served by its generation or a newer one, favoured ones first, the rest of a generation pro rata"});
    reason.behind.push_back({fmt::format("{} of its chips wait for power or shell, {} are on order; usable power {} MW, drawn by chips in racks {} MW", short_number(of("warehouse_chips")), short_number(of("ordered_chips")),
                                         short_number(of("usable_it_kw") / 1e3), short_number(of("installed_it_kw") / 1e3))});
    const double hours = store.parameter("hours_per_quarter"), gap = contracts.number(row, "short_now_h100e");
    reason.behind.push_back({fmt::format("damages {} = {} x {} H100e x {} hours x {} $/h", musd_text(store.parameter("shortfall_damages_ratio") * gap * hours * contracts.number(row, "price_usd_h")),
                                         store.parameter("shortfall_damages_ratio"), short_number(gap), hours, price_text(contracts.number(row, "price_usd_h")))});
    return reason;
}

/// What it became since: renegotiation, and how much of it was delivered in the quarter asked about.
void add_since(const ReplayStore& store, std::size_t row, Why& why) {
    const Columns& contracts = store.table("contracts");
    const int t = contracts.quarter(row), forced = contracts.quarter(row, "renegotiated_quarter");
    if (forced >= 0)
        for (auto [event, end] = store.table("events").rows_of(forced); event < end; ++event)
            if (const std::string& text = store.table("events").text(event, "sentence");
                store.table("events").text(event, "kind") == "contract_renegotiated" && text.find(fmt::format("contract {:.0f} ", contracts.number(row, "contract"))) != std::string::npos)
                why.reasons.push_back({quarter_name(forced) + ": " + text});
    const double due = contracts.number(row, "due_now_h100e"), missing = contracts.number(row, "short_now_h100e");
    why.reasons.push_back({contracts.quarter(row, "start_quarter") > t
                               ? fmt::format("in {}: delivers from {} on, {} of take-or-pay to come", quarter_name(t), contracts.text(row, "start_quarter"), musd_text(contracts.number(row, "backlog_usd")))
                               : fmt::format("in {}: {} H100e due = {} delivered + {} short; {} of take-or-pay to come", quarter_name(t), short_number(due), short_number(due - missing),
                                             short_number(missing), musd_text(contracts.number(row, "backlog_usd")))});
    if (missing > 0.0) why.reasons.push_back(shortage_reason(store, row));
}

}  // namespace

Result<Why> explain_contract(const ReplayStore& store, const Address& address) {
    const std::string number = address.value("contract");
    const Columns& contracts = store.table("contracts");
    const std::vector<std::size_t> rows = rows_of_contract(store, number);
    if (rows.empty()) return Refusal{address.run, 0, 0, "there is no contract " + number, "rackrace why RUN@QUARTER#firm=F lists the contracts of a firm with their numbers"};
    const auto at = !address.t ? rows.begin() : std::find_if(rows.begin(), rows.end(), [&](std::size_t row) { return contracts.quarter(row) == *address.t; });
    if (at == rows.end())
        return Refusal{address.run, 0, 0, fmt::format("contract {} is not in the books of {}", number, quarter_name(*address.t)),
                       fmt::format("it is from {} to {}", contracts.text(rows.front(), "quarter"), contracts.text(rows.back(), "quarter"))};
    const std::size_t signing = rows.front(), now = *at;
    const int signed_t = contracts.quarter(signing);
    const std::string &seller = contracts.text(signing, "seller"), &buyer = contracts.text(signing, "buyer");
    const double price = contracts.number(signing, "price_usd_h");
    Why why;
    why.address = store.address(contracts.quarter(now), "contract=" + number);
    why.title = fmt::format("contract {}: {} for {}, {} H100e from {} to {} at {} $/h, {:.0f} % of it taken or paid", number, seller, buyer,
                            short_number(contracts.number(signing, "quantity_h100e")), contracts.text(signing, "start_quarter"), contracts.text(signing, "end_quarter"),
                            price_text(price), 100.0 * contracts.number(signing, "takeorpay_frac"));
    if (signed_t == store.opening_t()) {
        why.reasons.push_back({"in the opening books: signed before the run, no order of it is recorded"});
    } else {
        why.reasons.push_back({fmt::format("signed in {}, {}", quarter_name(signed_t), rule_text(rule_of(store)))});
        add_side(store, signed_t, seller, true, price, why);
        add_side(store, signed_t, buyer, false, price, why);
        add_rivals(store, signed_t, seller, true, why);
        add_rivals(store, signed_t, buyer, false, why);
    }
    add_since(store, now, why);
    return why;
}

}  // namespace rackrace
