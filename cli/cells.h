// Cells of a replay as text and JSON, the same in every command.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "engine/replay/replay_reader.h"

namespace rackrace {

nlohmann::ordered_json cell_json(const Cell& cell);
nlohmann::ordered_json row_json(const ReplayRows& rows, std::size_t row);
nlohmann::ordered_json rows_json(const ReplayRows& rows);  // an array of objects

/// Numbers a person reads: dollars with separators of thousands, others in up to five digits.
std::string brief_text(const Cell& cell);

/// A cell of a CSV file: quoted where it must be, numbers in the shortest form that reads back the same.
std::string csv_text(const Cell& cell);
std::string csv_table(const ReplayRows& rows);

}  // namespace rackrace
