#include "viz/figures/placed_order.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdint>

namespace rackrace {

std::size_t order_row(const ReplayStore& store, const std::string& number) {
    const Columns& orders = store.table("orders");
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), id);
    if (error != std::errc{} || end != number.data() + number.size() || std::to_string(id) != number) return orders.rows();
    const auto& ids = orders.numbers("order_id");
    std::size_t row = 0;
    while (row < ids.size() && ids[row] != static_cast<double>(id)) ++row;
    return row;
}

std::size_t fill_row(const ReplayStore& store, std::size_t order_row) {
    const Columns &orders = store.table("orders"), &fills = store.table("fills");
    const double n = orders.number(order_row, "fill");
    const auto [first, end] = fills.rows_of(orders.quarter(order_row));
    for (std::size_t row = first; std::isfinite(n) && row < end; ++row)
        if (fills.number(row, "n") == n && fills.text(row, "firm") == orders.text(order_row, "firm")) return row;
    return fills.rows();
}

std::string order_address(const ReplayStore& store, std::size_t order_row) {
    const Columns& orders = store.table("orders");
    return store.address(orders.quarter(order_row),
                         fmt::format("firm={}&order={:.0f}", orders.text(order_row, "firm"), orders.number(order_row, "order_id")));
}

int line_of(const ReplayStore& store, std::size_t order_row) {
    const Columns& orders = store.table("orders");
    const double line = orders.number(order_row, "line");
    return orders.text(order_row, "script").empty() || !(line >= 1.0 && line < 1e9) ? 0 : static_cast<int>(line);
}

std::string place_of(const ReplayStore& store, std::size_t order_row) {
    const int line = line_of(store, order_row);
    return line == 0 ? "a line that is not recorded" : fmt::format("{}:{}", store.table("orders").text(order_row, "script"), line);
}

}  // namespace rackrace
