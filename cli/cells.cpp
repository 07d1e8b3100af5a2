#include "cli/cells.h"

#include <fmt/format.h>

namespace rackrace {

using Json = nlohmann::ordered_json;

Json cell_json(const Cell& cell) {
    if (const auto* whole_number = std::get_if<std::int64_t>(&cell)) return *whole_number;
    if (const auto* number = std::get_if<double>(&cell)) return *number;
    if (std::holds_alternative<std::monostate>(cell)) return nullptr;
    return cell_text(cell);
}

Json row_json(const ReplayRows& rows, std::size_t row) {
    Json out = Json::object();
    for (std::size_t i = 0; i < rows.columns.size(); ++i) out[rows.columns[i]] = cell_json(rows.rows[row][i]);
    return out;
}

Json rows_json(const ReplayRows& rows) {
    Json out = Json::array();
    for (std::size_t row = 0; row < rows.rows.size(); ++row) out.push_back(row_json(rows, row));
    return out;
}

std::string brief_text(const Cell& cell) {
    if (const auto* number = std::get_if<double>(&cell))
        return *number == 0.0 || (*number < 1e5 && *number > -1e5) ? fmt::format("{:.5g}", *number)
                                                                   : brief_text(Cell{static_cast<std::int64_t>(*number)});
    const auto* whole_number = std::get_if<std::int64_t>(&cell);
    if (whole_number == nullptr) return cell_text(cell);
    std::string digits = std::to_string(*whole_number);
    for (std::size_t at = digits.size(), first = *whole_number < 0 ? 1 : 0; at > first + 3;) digits.insert(at -= 3, ",");
    return digits;
}

std::string csv_text(const Cell& cell) {
    const std::string text = cell_text(cell);
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string out = "\"";
    for (char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

std::string csv_table(const ReplayRows& rows) {
    std::string out;
    for (std::size_t i = 0; i < rows.columns.size(); ++i) out += (i == 0 ? "" : ",") + rows.columns[i];
    out += "\n";
    for (const auto& row : rows.rows) {
        for (std::size_t i = 0; i < row.size(); ++i) out += (i == 0 ? "" : ",") + csv_text(row[i]);
        out += "\n";
    }
    return out;
}

}  // namespace rackrace
