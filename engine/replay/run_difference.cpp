#include "engine/replay/run_difference.h"

#include <algorithm>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/base/quarter_index.h"

namespace rackrace {
namespace {

/// The accepted orders of a firm in a stage, in the order of placing.
struct PlacedOrder {
    std::string verb, author, arguments, place;
    nlohmann::ordered_json json;
};

std::vector<PlacedOrder> orders_of(const ReplayRows& rows, const std::string& firm, const std::string& stage) {
    std::vector<PlacedOrder> out;
    for (std::size_t r = 0; r < rows.rows.size(); ++r) {
        if (rows.text(r, "firm") != firm || rows.text(r, "stage") != stage || rows.text(r, "status") != "accepted") continue;
        const std::string line = rows.text(r, "line");
        PlacedOrder order{rows.text(r, "verb"), rows.text(r, "author"), rows.text(r, "args"), rows.text(r, "script") + (line.empty() ? "" : ":" + line), {}};
        order.json = nlohmann::ordered_json::parse(order.arguments, nullptr, false);
        out.push_back(std::move(order));
    }
    return out;
}

/// The arguments of `of` that `beside` lacks or has with another value; all of them where it is nullptr.
std::string arguments_text(const PlacedOrder& of, const PlacedOrder* beside) {
    std::string out;
    for (const auto& [name, value] : of.json.items()) {
        if (beside != nullptr && beside->json.contains(name) && beside->json[name] == value) continue;
        out += (out.empty() ? "" : ", ") + name + " " + (value.is_string() ? value.get<std::string>() : value.dump());
    }
    return out.empty() ? "with no more arguments" : out;
}

bool is_same(const PlacedOrder& a, const PlacedOrder& b) { return a.verb == b.verb && a.author == b.author && a.arguments == b.arguments; }

/// The first order of `a` that `b` has not, where each order of `b` answers for one of `a`. nullptr: none
const PlacedOrder* first_missing(const std::vector<PlacedOrder>& a, const std::vector<PlacedOrder>& b) {
    std::vector<bool> is_taken(b.size(), false);
    for (const PlacedOrder& order : a) {
        std::size_t k = 0;
        while (k < b.size() && (is_taken[k] || !is_same(order, b[k]))) ++k;
        if (k == b.size()) return &order;
        is_taken[k] = true;
    }
    return nullptr;
}

std::optional<OrderDifference> difference_of(const std::vector<PlacedOrder>& first, const std::vector<PlacedOrder>& second, const std::string& firm, const std::string& stage) {
    const PlacedOrder *gone = first_missing(first, second), *added = first_missing(second, first);
    if (gone == nullptr && added == nullptr) return std::nullopt;
    const bool is_changed = gone != nullptr && added != nullptr && gone->verb == added->verb;
    if (!is_changed && gone != nullptr) added = nullptr;  // the one that was dropped is told, what came in its place is another order
    const PlacedOrder& told = gone != nullptr ? *gone : *added;
    OrderDifference out{firm, stage, told.verb, told.author, "", "", "", ""};
    if (gone != nullptr) {
        out.first = arguments_text(*gone, is_changed ? added : nullptr);
        out.first_place = gone->place;
    }
    if (added != nullptr) {
        out.second = arguments_text(*added, is_changed ? gone : nullptr);
        out.second_place = added->place;
    }
    return out;
}

Result<std::optional<OrderDifference>> first_order_difference(Replay& first, Replay& second, int t) {
    const std::vector<RowFilter> of_quarter = {{"quarter", quarter_name(t)}};
    const auto a = first.rows("orders", of_quarter), b = second.rows("orders", of_quarter);
    if (!a) return a.error();
    if (!b) return b.error();
    std::vector<std::string> firms = first.names().firms;
    for (const std::string& firm : second.names().firms)
        if (std::find(firms.begin(), firms.end(), firm) == firms.end()) firms.push_back(firm);
    for (const char* stage : {"A", "B"})
        for (const std::string& firm : firms)
            if (auto found = difference_of(orders_of(*a, firm, stage), orders_of(*b, firm, stage), firm, stage)) return found;
    return std::optional<OrderDifference>{};
}

}  // namespace

Result<std::optional<RunDifference>> first_difference(Replay& first, Replay& second) {
    const std::vector<int>&a = first.quarters(), &b = second.quarters();
    std::size_t k = 0;
    while (k < a.size() && k < b.size() && a[k] == b[k] && first.state_hash(a[k]) == second.state_hash(b[k])) ++k;
    if (k == a.size() && k == b.size()) return std::optional<RunDifference>{};
    RunDifference out;
    if (first.run().seed != second.run().seed) out.seeds = {first.run().seed, second.run().seed};
    if (k > 0) out.same_until_t = a[k - 1];
    out.is_length = k == a.size() || k == b.size();
    out.t = k < a.size() ? a[k] : b[k];
    if (out.seeds || out.is_length || a[k] != b[k]) return std::optional(out);
    auto order = first_order_difference(first, second, out.t);
    if (!order) return order.error();
    out.order = std::move(*order);
    if (out.order) return std::optional(out);
    const auto then = first.world_at(out.t), now = second.world_at(out.t);
    if (!then) return then.error();
    if (!now) return now.error();
    out.state = first_difference(*then, *now, first.names());
    return std::optional(out);
}

std::string difference_text(const RunDifference& difference) {
    if (difference.seeds) return "other draws from the start: seed " + std::to_string(difference.seeds->first) + " and seed " + std::to_string(difference.seeds->second);
    const std::string quarter = quarter_name(difference.t);
    std::string out = difference.same_until_t ? "the same until " + quarter_name(*difference.same_until_t) + "; " : "";
    if (difference.is_length) return out + "one of the two ends there";
    out += (difference.same_until_t ? "first difference in " + quarter : "other opening books") + ": ";
    if (const auto& order = difference.order) {
        out += order->firm + " " + order->verb + " ";
        if (order->first_place.empty()) return out + "(" + order->second + ") is new (" + order->second_place + ")";
        if (order->second_place.empty()) return out + "(" + order->first + ") is gone (" + order->first_place + ")";
        return out + order->first + " -> " + order->second + " (" + order->second_place + ")";
    }
    if (!difference.state) return out + "no order, and no number of the state that has a name";
    const StateDifference& state = *difference.state;
    return out + state.path + " " + cell_text(state.first) + " -> " + cell_text(state.second) + (state.unit.empty() ? "" : " " + state.unit) + (difference.same_until_t ? ", with the same orders" : "");
}

}  // namespace rackrace
