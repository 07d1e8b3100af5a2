#include "engine/scenario/csv.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <fstream>
#include <libfccp/csv.h>
#include <sstream>
#include <utility>

#include "engine/base/quarter_index.h"

namespace rackrace {
namespace {

constexpr int kMaxColumns = 32;  // the widest table of data/ has 26

Result<std::string> read_bytes(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return Refusal{file.string(), 0, 0, "cannot be read", "check the path and the permissions"};
    std::stringstream bytes;
    bytes << in.rdbuf();
    return bytes.str();
}

/// One line into cells with the library's own splitter: commas, double quotes, "" for a quote.
std::vector<std::string> split(std::string line) {
    using Quote = io::double_quote_escape<',', '"'>;
    std::vector<std::string> cells;
    char* rest = line.data();
    while (rest != nullptr) {
        char* begin = nullptr;
        char* end = nullptr;
        io::detail::chop_next_column<Quote>(rest, begin, end);
        io::trim_chars<' ', '\t'>::trim(begin, end);
        Quote::unescape(begin, end);
        cells.emplace_back(begin, end);
    }
    return cells;
}

}  // namespace

std::pair<int, int> first_bad_byte(std::string_view bytes) {
    int line = 1;
    std::size_t line_start = 0;
    for (std::size_t i = 0; i < bytes.size();) {
        const auto c = static_cast<unsigned char>(bytes[i]);
        std::size_t length = c < 0x80 ? 1 : c >= 0xC2 && c < 0xE0 ? 2 : c >= 0xE0 && c < 0xF0 ? 3 : c >= 0xF0 && c < 0xF5 ? 4 : 0;
        bool good = c != 0 && length > 0 && i + length <= bytes.size();
        for (std::size_t k = 1; good && k < length; ++k) good = (static_cast<unsigned char>(bytes[i + k]) & 0xC0) == 0x80;
        if (good && length == 3) {
            const auto d = static_cast<unsigned char>(bytes[i + 1]);
            good = !(c == 0xE0 && d < 0xA0) && !(c == 0xED && d >= 0xA0);
        }
        if (!good) return {line, static_cast<int>(i - line_start) + 1};
        if (c == '\n') {
            ++line;
            line_start = i + 1;
        }
        i += length;
    }
    return {0, 0};
}

int CsvTable::column(std::string_view name) const {
    const auto at = std::find(columns.begin(), columns.end(), name);
    return at == columns.end() ? -1 : static_cast<int>(at - columns.begin());
}

const std::string& CsvTable::cell(const CsvRow& row, std::string_view name) const {
    return row.cells.at(static_cast<std::size_t>(column(name)));
}

Result<CsvTable> read_csv(const std::filesystem::path& file, const std::vector<std::string>& columns) {
    auto bytes = read_bytes(file);
    if (!bytes) return bytes.error();
    CsvTable table{file.filename().string(), columns, {}};
    if (const auto [line, column] = first_bad_byte(*bytes); line > 0)
        return Refusal{table.place, line, column, "this byte is not UTF-8 text", "save the file as UTF-8"};
    if (bytes->empty()) return Refusal{table.place, 0, 0, "is empty", "restore its header and rows"};

    Refusals refusals;
    std::vector<int> where(columns.size(), -1);
    std::size_t header_cells = 0;
    try {
        io::LineReader lines(table.place, bytes->data(), bytes->data() + bytes->size());
        bool header = true;
        while (char* line = lines.next_line()) {
            const int number = static_cast<int>(lines.get_file_line());
            const auto cells = split(line);
            if (header) {
                header = false;
                header_cells = cells.size();
                if (header_cells > kMaxColumns)
                    return Refusal{table.place, number, 0, "has over 32 columns", "is this the right file?"};
                for (std::size_t i = 0; i < columns.size(); ++i) {
                    const auto count = std::count(cells.begin(), cells.end(), columns[i]);
                    if (count == 1) where[i] = static_cast<int>(std::find(cells.begin(), cells.end(), columns[i]) - cells.begin());
                    else if (count == 0) {
                        const std::string near = nearest_word(columns[i], cells);
                        refusals.add({table.place, number, 0, "column '" + columns[i] + "' is missing",
                                      near.empty() ? "add it" : "did you mean to rename '" + near + "'?"});
                    } else refusals.add({table.place, number, 0, "column '" + columns[i] + "' stands twice", "keep one"});
                }
                if (!refusals.empty()) return refusals;
                continue;
            }
            if (cells.size() == 1 && cells[0].empty()) {
                refusals.add({table.place, number, 0, "the line is empty", "delete it"});
                continue;
            }
            if (cells.size() != header_cells) {
                refusals.add({table.place, number, 0, "has " + std::to_string(cells.size()) + " cells, the header has " + std::to_string(header_cells),
                              "check its commas and quotes; was the file cut short?"});
                continue;
            }
            CsvRow row{number, {}};
            for (int w : where) row.cells.push_back(cells[static_cast<std::size_t>(w)]);
            table.rows.push_back(std::move(row));
        }
    } catch (const io::error::escaped_string_not_closed&) {
        refusals.add({table.place, static_cast<int>(table.rows.size()) + 2, 0, "a quote is not closed", "close it on the same line"});
    } catch (const io::error::base& problem) {
        refusals.add({table.place, 0, 0, problem.what(), "mend the line it names"});
    }
    if (!refusals.empty()) return refusals;
    if (bytes->back() != '\n') return Refusal{table.place, static_cast<int>(table.rows.size()) + 1, 0, "the last line does not end", "was the file cut short? end it with a line feed"};
    return table;
}

void CsvCells::refuse(std::string fact, std::string advice) const {
    refusals_.add({table_.place, row_.line, 0, std::move(fact), std::move(advice)});
}

double CsvCells::number(std::string_view column) const {
    const std::string& cell = text(column);
    double value = 0.0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (error != std::errc{} || end != cell.data() + cell.size() || value - value != 0.0) {
        refuse(std::string(column) + " '" + cell + "' is not a number", "write digits with a decimal point and no separators");
        return 0.0;
    }
    return value;
}

double CsvCells::number_or(std::string_view column, double absent) const { return empty(column) ? absent : number(column); }

std::int64_t CsvCells::whole(std::string_view column) const {
    const std::string& cell = text(column);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (error != std::errc{} || end != cell.data() + cell.size()) {
        refuse(std::string(column) + " '" + cell + "' is not a whole number", "write digits only");
        return 0;
    }
    return value;
}

std::int64_t CsvCells::whole_or(std::string_view column, std::int64_t absent) const { return empty(column) ? absent : whole(column); }

int CsvCells::quarter(std::string_view column) const {
    if (const auto t = parse_quarter(text(column))) return *t;
    refuse(std::string(column) + " '" + text(column) + "' is not a quarter", "write it as 2026Q2");
    return 0;
}

void refuse_duplicates(const CsvTable& table, const std::vector<std::string>& columns, Refusals& refusals) {
    std::map<std::vector<std::string>, int> seen;
    for (const CsvRow& row : table.rows) {
        std::vector<std::string> key;
        std::string shown;
        for (const std::string& column : columns) {
            key.push_back(table.cell(row, column));
            shown += (shown.empty() ? "" : ", ") + key.back();
        }
        const auto [at, fresh] = seen.emplace(std::move(key), row.line);
        if (!fresh) refusals.add({table.place, row.line, 0, shown + " stands already in line " + std::to_string(at->second), "keep one row"});
    }
}

std::string nearest_word(std::string_view word, const std::vector<std::string>& known) {
    std::string best;
    std::size_t best_distance = word.size() / 3 + 2;
    for (const std::string& candidate : known) {
        std::vector<std::size_t> row(candidate.size() + 1);
        for (std::size_t j = 0; j <= candidate.size(); ++j) row[j] = j;
        for (std::size_t i = 1; i <= word.size(); ++i) {
            std::size_t diagonal = row[0];
            row[0] = i;
            for (std::size_t j = 1; j <= candidate.size(); ++j) {
                const std::size_t keep = row[j];
                row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (word[i - 1] == candidate[j - 1] ? 0u : 1u)});
                diagonal = keep;
            }
        }
        if (row.back() < best_distance) {
            best_distance = row.back();
            best = candidate;
        }
    }
    return best;
}

}  // namespace rackrace
