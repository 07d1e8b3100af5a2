#include "cli/firm_orders.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "cli/cells.h"

namespace rackrace {
namespace {

using Json = nlohmann::ordered_json;

/// The fill that an order refers to; -1 for none.
int fill_row(const FirmOrders& all, std::size_t order) {
    const Cell& n = all.orders.cell(order, "fill");
    for (std::size_t i = 0; i < all.fills.rows.size(); ++i)
        if (!std::holds_alternative<std::monostate>(n) && all.fills.cell(i, "n") == n) return static_cast<int>(i);
    return -1;
}

/// The steps of one bid are told together.
int orders_of_fill(const FirmOrders& all, int fill) {
    int count = 0;
    for (std::size_t i = 0; i < all.orders.rows.size(); ++i) count += fill_row(all, i) == fill ? 1 : 0;
    return count;
}

Json arguments_of(const FirmOrders& all, std::size_t order) {
    const Json args = Json::parse(all.orders.text(order, "args"), nullptr, false);
    return args.is_object() ? args : Json::object();
}

std::string place_text(const FirmOrders& all, std::size_t order) {
    const bool is_autopilot = all.orders.text(order, "author") == "autopilot";
    return fmt::format("{}{}:{}", is_autopilot ? "autopilot " : "", all.orders.text(order, "script"), all.orders.text(order, "line"));
}

}  // namespace

std::string arguments_text(const Json& args) {
    std::string out;
    for (const auto& [name, value] : args.items()) {
        const std::string text = value.is_string() ? value.get<std::string>() : value.is_number() ? brief_text(Cell{value.get<double>()}) : value.dump();
        out += (out.empty() ? "" : ", ") + name + " " + text;
    }
    return out;
}

FirmOrders only(const FirmOrders& all, const std::string& author, const std::string& stage) {
    FirmOrders out{{all.orders.columns, {}}, all.fills, {all.decisions.columns, {}}};
    for (const auto& [from, to] : {std::pair{&all.orders, &out.orders}, {&all.decisions, &out.decisions}})
        for (std::size_t i = 0; i < from->rows.size(); ++i)
            if (from->text(i, "author") == author && from->text(i, "stage") == stage) to->rows.push_back(from->rows[i]);
    return out;
}

Result<FirmOrders> firm_orders(Replay& replay, const std::string& quarter, const std::string& firm) {
    const std::vector<RowFilter> at = {{"quarter", quarter}, {"firm", firm}};
    auto orders = replay.rows("orders", at), fills = replay.rows("fills", at), decisions = replay.rows("decisions", at);
    for (const auto* rows : {&orders, &fills, &decisions})
        if (!*rows) return rows->error();
    return FirmOrders{std::move(*orders), std::move(*fills), std::move(*decisions)};
}

Result<FirmOrders> find_order(Replay& replay, const std::vector<RowFilter>& filters) {
    auto found = replay.rows("orders", filters);
    if (!found) return found.error();
    if (found->rows.empty()) return FirmOrders{std::move(*found), {}, {}};
    auto all = firm_orders(replay, found->text(0, "quarter"), found->text(0, "firm"));
    if (all) all->orders = std::move(*found);
    return all;
}

std::string outcome_text(const FirmOrders& all, std::size_t order) {
    const std::string status = all.orders.text(order, "status"), code = all.orders.text(order, "code");
    const std::string why = code.empty() ? "" : code + " " + all.orders.text(order, "reason");
    if (status == "rejected")
        return fmt::format("{}: asked {}, allowed {}", why, brief_text(all.orders.cell(order, "asked")), brief_text(all.orders.cell(order, "allowed")));
    const int fill = fill_row(all, order);
    if (fill < 0) return status;
    const auto number = [&](const char* column) { return brief_text(all.fills.cell(static_cast<std::size_t>(fill), column)); };
    const std::string shared = orders_of_fill(all, fill) > 1 ? "together " : "";
    return shared + fmt::format("got {} of {} at {}{}", number("got"), number("asked"), number("price"), why.empty() ? "" : " (" + why + ")");
}

std::string orders_text(const FirmOrders& all) {
    std::string out;
    for (std::size_t i = 0; i < all.decisions.rows.size(); ++i)
        if (all.decisions.text(i, "status") == "failed")
            out += fmt::format("  {} failed and the firm held: {}:{}: {}\n", all.decisions.text(i, "stage") == "A" ? "decide" : "operate",
                               all.decisions.text(i, "error_script"), all.decisions.text(i, "error_line"), all.decisions.text(i, "error"));
    std::vector<std::array<std::string, 6>> lines;
    std::array<std::size_t, 6> width{};
    for (std::size_t i = 0; i < all.orders.rows.size(); ++i) {
        lines.push_back({all.orders.text(i, "order_id"), all.orders.text(i, "stage"), all.orders.text(i, "verb"), arguments_text(arguments_of(all, i)), place_text(all, i),
                         outcome_text(all, i)});
        for (std::size_t k = 0; k < width.size(); ++k) width[k] = std::max(width[k], lines.back()[k].size());
    }
    for (const auto& line : lines)
        out += fmt::format("  {:>{}} {}  {:<{}}  {:<{}}  {:<{}}  {}\n", line[0], width[0], line[1], line[2], width[2], line[3], width[3], line[4], width[4], line[5]);
    return out;
}

Json orders_json(const FirmOrders& all) {
    Json out = Json::array();
    for (std::size_t i = 0; i < all.orders.rows.size(); ++i) {
        Json order = row_json(all.orders, i);
        order["args"] = arguments_of(all, i);
        const int fill = fill_row(all, i);
        order["fill"] = fill < 0 ? Json() : row_json(all.fills, static_cast<std::size_t>(fill));
        out.push_back(std::move(order));
    }
    return out;
}

}  // namespace rackrace
