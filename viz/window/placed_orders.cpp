#include "viz/window/placed_orders.h"

#include <fmt/format.h>

#include <algorithm>

#include <nlohmann/json.hpp>

#include "engine/replay/address.h"
#include "viz/figures/figure_model.h"
#include "viz/figures/placed_order.h"

namespace rackrace {
namespace {

std::string arguments_text(const std::string& json) {
    const auto args = nlohmann::ordered_json::parse(json, nullptr, false);
    if (!args.is_object()) return json;
    std::string out;
    for (const auto& [key, value] : args.items()) {
        const std::string text = value.is_string() ? value.get<std::string>() : value.is_number() ? short_number(value.get<double>()) : value.dump();
        out += fmt::format("{}{} {}", out.empty() ? "" : ", ", key, text);
    }
    return out;
}

/// One fill may tell of several orders: of the offers of spot hours of both grades, in training hours, and of a bid's steps.
bool is_told_together(const ReplayStore& store, std::size_t row) {
    const Columns& orders = store.table("orders");
    const std::string& firm = orders.text(row, "firm");
    const double fill = orders.number(row, "fill");
    int count = 0;
    const auto [first, end] = orders.rows_of(orders.quarter(row));
    for (std::size_t other = first; other < end; ++other) count += orders.number(other, "fill") == fill && orders.text(other, "firm") == firm;
    return count > 1;
}

/// What the markets told of it; empty where none did.
std::string fill_text(const ReplayStore& store, std::size_t row) {
    const Columns& fills = store.table("fills");
    const std::size_t fill = fill_row(store, row);
    if (fill == fills.rows()) return "";
    const double price = fills.number(fill, "price");
    const bool is_offer = store.table("orders").text(row, "verb") == "offer_spot";
    const char* together = !is_told_together(store, row) ? "" : is_offer ? "both grades together, in training hours: " : "told with another order: ";
    return fmt::format("{}got {} of {}{}", together, short_number(fills.number(fill, "got")), short_number(fills.number(fill, "asked")),
                       price > 0.0 ? " at " + short_number(price) : "");
}

std::string outcome_text(const ReplayStore& store, std::size_t row) {
    const Columns& orders = store.table("orders");
    const std::string& status = orders.text(row, "status");
    const std::string& code = orders.text(row, "code");
    const std::string why = code.empty() ? "" : code + " " + orders.text(row, "reason");
    if (status == "rejected")
        return fmt::format("rejected: {}, {} where {} is allowed", why, short_number(orders.number(row, "asked")),
                           short_number(orders.number(row, "allowed")));
    const std::string filled = fill_text(store, row);
    return (filled.empty() ? status : filled) + (why.empty() ? "" : " (" + why + ")");
}

PlacedText text_of(const ReplayStore& store, std::size_t row) {
    const Columns& orders = store.table("orders");
    PlacedText out;
    out.firm = orders.text(row, "firm");
    out.verb = orders.text(row, "verb");
    out.author = orders.text(row, "author");
    out.stage = orders.text(row, "stage");
    out.arguments = arguments_text(orders.text(row, "args"));
    out.outcome = outcome_text(store, row);
    out.is_rejected = orders.text(row, "status") == "rejected";
    out.script = orders.text(row, "script");
    out.line = line_of(store, row);
    out.address = order_address(store, row);
    return out;
}

}  // namespace

std::vector<PlacedText> orders_of(const ReplayStore& store, int t, const std::string& firm) {
    const Columns& orders = store.table("orders");
    std::vector<PlacedText> out;
    const auto [first, end] = orders.rows_of(t);
    for (std::size_t row = first; row < end; ++row)
        if (orders.text(row, "firm") == firm) out.push_back(text_of(store, row));
    return out;
}

std::optional<PlacedText> order_at(const ReplayStore& store, const std::string& address) {
    const auto parsed = parse_address(address);
    if (!parsed || !parsed->t || parsed->value("order").empty()) return std::nullopt;
    const Columns& orders = store.table("orders");
    const std::size_t row = order_row(store, parsed->value("order"));
    if (row == orders.rows() || orders.quarter(row) != *parsed->t || orders.text(row, "firm") != parsed->value("firm")) return std::nullopt;
    return text_of(store, row);
}

std::vector<ScriptLine> lines_around(const std::vector<std::string>& script, int line, int around) {
    std::vector<ScriptLine> out;
    if (line <= 0) return out;
    const int last = std::min(line + around, static_cast<int>(script.size()));
    for (int number = std::max(1, line - around); number <= last; ++number) out.push_back({number, script[static_cast<std::size_t>(number - 1)]});
    return out;
}

}  // namespace rackrace
