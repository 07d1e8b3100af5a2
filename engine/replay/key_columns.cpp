#include "engine/replay/key_columns.h"

#include <limits>

#include "engine/replay/replay_tables.h"

namespace rackrace {
namespace {

std::vector<Column> columns_of(const Table& table, const std::vector<std::string_view>& names) {
    std::vector<Column> out;
    for (std::string_view name : names)
        for (const Column& column : table.columns)
            if (column.name == name) out.push_back(column);
    return out;
}

}  // namespace

const std::vector<Column>& key_market_figures() {
    static const std::vector<Column> columns = columns_of(*find_table("quarters"), {"spot_t_usd_h", "spot_i_usd_h", "supply_mh", "ai_revenue_usd", "capex_usd",
                                                                                    "frontier_oom", "owners_value_usd", "firms_in_arrears", "firms_in_default"});
    return columns;
}

const std::vector<Column>& key_firm_figures() {
    static const std::vector<Column> columns =
        columns_of(*find_table("firms"), {"cash_usd", "debt_usd", "revenue_usd", "ebitda_usd", "capex_usd", "pool_h100e", "util_frac", "value_usd"});
    return columns;
}

double cell_number(const Cell& cell) {
    if (const auto* whole_number = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*whole_number);
    const auto* number = std::get_if<double>(&cell);
    return number != nullptr ? *number : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace rackrace
