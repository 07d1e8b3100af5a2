// Columns of key figures as SQL, for batches that no market played.
#pragma once

#include <fmt/format.h>

#include <map>
#include <string>
#include <vector>

#include "engine/replay/key_columns.h"

namespace rackrace {

/// ", \"cash_usd\" INTEGER, ...", behind the keys of a table.
inline std::string columns_sql(const std::vector<Column>& columns) {
    std::string out;
    for (const Column& column : columns) out += fmt::format(", \"{}\" {}", column.name, column_type_text(column.type));
    return out;
}

/// Values of key figures as SQL: those that are named, 0 for the others.
inline std::string values_sql(const std::vector<Column>& columns, const std::map<std::string, double>& values) {
    std::string out;
    for (const Column& column : columns) out += fmt::format(", {}", values.contains(column.name) ? values.at(column.name) : 0.0);
    return out;
}

}  // namespace rackrace
