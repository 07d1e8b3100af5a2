// CSV tables of data/, read whole: text cells by column name, each row with its line, every defect a located refusal.
// Splitting and quoting are fast-cpp-csv-parser's; encoding, headers, keys and numbers are checked here.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace rackrace {

struct CsvRow {
    int line = 0;
    std::vector<std::string> cells;  // in the order of the columns asked for
};

/// A table with the columns that were asked for (the file may have more). `place` is the file name for messages.
struct CsvTable {
    std::string place;
    std::vector<std::string> columns;
    std::vector<CsvRow> rows;

    int column(std::string_view name) const;
    const std::string& cell(const CsvRow& row, std::string_view name) const;
};

/// Reads `file`. Refused: missing or unreadable file, not UTF-8, NUL bytes, missing or repeated column, ragged row, open quote.
Result<CsvTable> read_csv(const std::filesystem::path& file, const std::vector<std::string>& columns);

/// Reads typed cells of one row and collects what is wrong with them.
class CsvCells {
public:
    CsvCells(const CsvTable& table, const CsvRow& row, Refusals& refusals) : table_(table), row_(row), refusals_(refusals) {}

    const std::string& text(std::string_view column) const { return table_.cell(row_, column); }
    bool empty(std::string_view column) const { return text(column).empty(); }
    double number(std::string_view column) const;                    // finite, no thousands separators
    double number_or(std::string_view column, double absent) const;  // absent where the cell is empty
    std::int64_t whole(std::string_view column) const;
    std::int64_t whole_or(std::string_view column, std::int64_t absent) const;
    int quarter(std::string_view column) const;                      // "2026Q2" -> 9
    void refuse(std::string fact, std::string advice) const;
    int line() const { return row_.line; }

private:
    const CsvTable& table_;
    const CsvRow& row_;
    Refusals& refusals_;
};

/// Refuses a table in which two rows have equal cells in all of `columns`.
void refuse_duplicates(const CsvTable& table, const std::vector<std::string>& columns, Refusals& refusals);

/// The nearest of the known words for a "did you mean", empty if none is near.
std::string nearest_word(std::string_view word, const std::vector<std::string>& known);

/// Line and byte of the first sequence that is not UTF-8 (or of a NUL byte), {0, 0} where all is well.
std::pair<int, int> first_bad_byte(std::string_view bytes);

}  // namespace rackrace
