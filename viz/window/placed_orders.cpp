#include "viz/window/placed_orders.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

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

/// What the markets told a firm in a quarter. One fill may tell of several orders: of a bid's steps.
struct Told {
    std::map<double, std::size_t> rows;  // of table fills, by number
    std::map<double, int> orders;        // that a fill tells of, by its number
};

Told told_to(const ReplayStore& store, int t, const std::string& firm) {
    Told out;
    const Columns &fills = store.table("fills"), &orders = store.table("orders");
    const auto [first_fill, end_fill] = fills.rows_of(t);
    for (std::size_t row = first_fill; row < end_fill; ++row)
        if (fills.text(row, "firm") == firm) out.rows.try_emplace(fills.number(row, "n"), row);
    const auto [first, end] = orders.rows_of(t);
    for (std::size_t row = first; row < end; ++row)
        if (orders.text(row, "firm") == firm)
            if (const double fill = orders.number(row, "fill"); std::isfinite(fill)) ++out.orders[fill];
    return out;
}

/// Empty where no market told of it.
std::string fill_text(const ReplayStore& store, std::size_t row, const Told& told) {
    const double number = store.table("orders").number(row, "fill");
    const auto fill = std::isfinite(number) ? told.rows.find(number) : told.rows.end();
    if (fill == told.rows.end()) return "";
    const Columns& fills = store.table("fills");
    const double price = fills.number(fill->second, "price");
    const char* together = told.orders.at(number) < 2 ? "" : "told with another order: ";
    return fmt::format("{}got {} of {}{}", together, short_number(fills.number(fill->second, "got")), short_number(fills.number(fill->second, "asked")),
                       price > 0.0 ? " at " + short_number(price) : "");
}

std::string outcome_text(const ReplayStore& store, std::size_t row, const Told& told) {
    const Columns& orders = store.table("orders");
    const std::string& status = orders.text(row, "status");
    const std::string& code = orders.text(row, "code");
    const std::string why = code.empty() ? "" : code + " " + orders.text(row, "reason");
    if (status == "rejected")
        return fmt::format("rejected: {}, {} where {} is allowed", why, short_number(orders.number(row, "asked")),
                           short_number(orders.number(row, "allowed")));
    const std::string filled = fill_text(store, row, told);
    return (filled.empty() ? status : filled) + (why.empty() ? "" : " (" + why + ")");
}

PlacedText text_of(const ReplayStore& store, std::size_t row, const Told& told) {
    const Columns& orders = store.table("orders");
    PlacedText out;
    out.firm = orders.text(row, "firm");
    out.verb = orders.text(row, "verb");
    out.author = orders.text(row, "author");
    out.stage = orders.text(row, "stage");
    out.arguments = arguments_text(orders.text(row, "args"));
    out.outcome = outcome_text(store, row, told);
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
    const Told told = told_to(store, t, firm);
    const auto [first, end] = orders.rows_of(t);
    for (std::size_t row = first; row < end; ++row)
        if (orders.text(row, "firm") == firm) out.push_back(text_of(store, row, told));
    return out;
}

std::optional<PlacedText> order_at(const ReplayStore& store, const std::string& address) {
    const auto parsed = parse_address(address);
    if (!parsed || !parsed->t || parsed->value("order").empty()) return std::nullopt;
    const Columns& orders = store.table("orders");
    const std::size_t row = order_row(store, parsed->value("order"));
    if (row == orders.rows() || orders.quarter(row) != *parsed->t || orders.text(row, "firm") != parsed->value("firm")) return std::nullopt;
    return text_of(store, row, told_to(store, *parsed->t, parsed->value("firm")));
}

std::vector<ScriptLine> lines_around(const std::vector<std::string>& script, int line, int around) {
    std::vector<ScriptLine> out;
    if (line <= 0) return out;
    const int last = std::min(line + around, static_cast<int>(script.size()));
    for (int number = std::max(1, line - around); number <= last; ++number) out.push_back({number, script[static_cast<std::size_t>(number - 1)]});
    return out;
}

}  // namespace rackrace
