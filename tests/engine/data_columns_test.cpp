// data/model/columns.csv against the tables it describes: every number of data/model has a unit, a status, a source and a confidence, there or in its row.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <sstream>

#include "engine/scenario/csv.h"
#include "tests/engine/scenario_data.h"

using namespace rackrace;
using namespace rackrace::test;

namespace {

const std::filesystem::path kModel = kData / "model";

std::vector<std::string> header_of(const std::filesystem::path& table) {
    std::istringstream line(read_text(table).substr(0, read_text(table).find('\n')));
    std::vector<std::string> names;
    for (std::string name; std::getline(line, name, ',');) names.push_back(name);
    return names;
}

/// The columns of every table, by file name.
const std::map<std::string, std::vector<std::string>>& tables() {
    static const auto found = [] {
        std::map<std::string, std::vector<std::string>> by_file;
        for (const auto& entry : std::filesystem::directory_iterator(kModel))
            if (entry.path().extension() == ".csv" && entry.path().filename() != "columns.csv") by_file[entry.path().filename().string()] = header_of(entry.path());
        return by_file;
    }();
    return found;
}

bool has_column(const std::string& file, const std::string& column) {
    const auto table = tables().find(file);
    return table != tables().end() && std::find(table->second.begin(), table->second.end(), column) != table->second.end();
}

struct Described {
    std::string file, column, unit, status, source, confidence;
    int line = 0;
};

std::vector<Described> described() {
    const auto read = read_csv(kModel / "columns.csv", {"file", "column", "unit", "status", "source", "confidence"});
    REQUIRE(read);
    std::vector<Described> rows;
    for (const CsvRow& row : read->rows) rows.push_back({row.cells[0], row.cells[1], row.cells[2], row.cells[3], row.cells[4], row.cells[5], row.line});
    return rows;
}

}  // namespace

TEST_CASE("Every column of every model table stands once in columns.csv, and nothing else does", "[engine][data]") {
    std::set<std::pair<std::string, std::string>> seen;
    for (const Described& row : described()) {
        CAPTURE(row.line, row.file, row.column);
        CHECK(has_column(row.file, row.column));
        CHECK(seen.insert({row.file, row.column}).second);
    }
    CHECK(tables().size() == 16);
    for (const auto& [file, columns] : tables())
        for (const std::string& column : columns) {
            CAPTURE(file, column);
            CHECK(seen.contains({file, column}));
        }
}

TEST_CASE("Every number says its unit, status, source and confidence, in columns.csv or in its row", "[engine][data]") {
    const std::set<std::string> statuses = {"fact", "derived", "assumed", "by_row", "label"}, confidences = {"high", "medium", "low", "by_status"};
    const std::set<std::string> unnamed_units = {"id", "text", "quarter", "flag", "i", "by_row"};  // the others are how the column's name ends
    for (const Described& row : described()) {
        CAPTURE(row.line, row.file, row.column, row.unit, row.status, row.confidence);
        CHECK(statuses.contains(row.status));
        CHECK_FALSE(row.source.empty());
        CHECK((unnamed_units.contains(row.unit) || row.column == row.unit || row.column.ends_with("_" + row.unit)));
        CHECK((row.status == "label" ? row.confidence.empty() : confidences.contains(row.confidence)));
        CHECK((row.status == "by_row") == (row.confidence == "by_status"));
        if (row.status != "by_row") continue;
        const std::string named = row.source.substr(0, row.source.find(':'));  // the column that says it
        REQUIRE(has_column(row.file, named));
        std::vector<std::string> columns = {row.column, named};
        if (row.unit == "by_row") columns.insert(columns.end(), {"unit", "status"});
        const auto table = read_csv(kModel / row.file, columns);
        REQUIRE(table);
        for (const CsvRow& cells : table->rows)
            if (!cells.cells[0].empty()) CHECK(std::count(cells.cells.begin(), cells.cells.end(), std::string()) == 0);
    }
}
