#include "engine/replay/run_difference.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
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

std::string value_text(const nlohmann::ordered_json& value, bool has_all_digits) {
    if (value.is_string()) return value.get<std::string>();
    return value.is_number_float() && !has_all_digits ? fmt::format("{:.6g}", value.get<double>()) : value.dump();
}

/// The arguments in which two orders differ; nullptr for an order that is not there.
std::vector<PartingOrder::Argument> differing(const PlacedOrder* first, const PlacedOrder* second) {
    std::vector<PartingOrder::Argument> out;
    const auto add = [&](const std::string& name) {
        const auto* a = first != nullptr && first->json.contains(name) ? &first->json[name] : nullptr;
        const auto* b = second != nullptr && second->json.contains(name) ? &second->json[name] : nullptr;
        if (a != nullptr && b != nullptr && *a == *b) return;
        const bool has_all_digits = a != nullptr && b != nullptr && value_text(*a, false) == value_text(*b, false);
        out.push_back({name, a == nullptr ? "" : value_text(*a, has_all_digits), b == nullptr ? "" : value_text(*b, has_all_digits)});
    };
    if (first != nullptr)
        for (const auto& [name, value] : first->json.items()) add(name);
    if (second != nullptr)
        for (const auto& [name, value] : second->json.items())
            if (first == nullptr || !first->json.contains(name)) add(name);
    return out;
}

std::string arguments_text(const PartingOrder& order) {
    const bool is_changed = !order.first_place.empty() && !order.second_place.empty();
    std::string out;
    for (const auto& [name, first, second] : order.arguments) {
        out += (out.empty() ? "" : ", ") + name + " ";
        if (!is_changed) out += first + second;
        else out += (first.empty() ? "none" : first) + " -> " + (second.empty() ? "none" : second);
    }
    return out;
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

std::optional<PartingOrder> difference_of(const std::vector<PlacedOrder>& first, const std::vector<PlacedOrder>& second, const std::string& firm, const std::string& stage) {
    const PlacedOrder *gone = first_missing(first, second), *added = first_missing(second, first);
    if (gone == nullptr && added == nullptr) return std::nullopt;
    const bool is_changed = gone != nullptr && added != nullptr && gone->verb == added->verb;
    if (!is_changed && gone != nullptr) added = nullptr;  // the one that was dropped is told, what came in its place is another order
    const PlacedOrder& told = gone != nullptr ? *gone : *added;
    return PartingOrder{firm, stage, told.verb, told.author, differing(gone, added), gone != nullptr ? gone->place : "", added != nullptr ? added->place : ""};
}

Result<std::optional<PartingOrder>> first_order_difference(Replay& first, Replay& second, int t) {
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
    return std::optional<PartingOrder>{};
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
        out += order->firm + " " + order->verb + (order->arguments.empty() ? "" : ": " + arguments_text(*order));
        if (order->first_place.empty()) return out + ", a new order (" + order->second_place + ")";
        if (order->second_place.empty()) return out + ", not ordered any more (" + order->first_place + ")";
        return out + " (" + order->second_place + ")";
    }
    if (!difference.state) return out + "no order, and no number of the state that has a name";
    const StateDifference& state = *difference.state;
    return out + state.path + " " + cell_text(state.first) + " -> " + cell_text(state.second) + (state.unit.empty() ? "" : " " + state.unit) + (difference.same_until_t ? ", with the same orders" : "");
}

}  // namespace rackrace
