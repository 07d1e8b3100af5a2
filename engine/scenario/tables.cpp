#include "engine/scenario/tables.h"

#include <algorithm>

#include "engine/base/hash.h"
#include "engine/base/quarter_index.h"

namespace rackrace {
namespace {

constexpr std::int64_t kMostDollars = 1'000'000'000'000'000;

std::string plain(double x) {
    return x == static_cast<double>(static_cast<std::int64_t>(x)) ? std::to_string(static_cast<std::int64_t>(x)) : std::to_string(x);
}

std::string shown(const CsvCells& cells, std::string_view column) { return std::string(column) + " '" + cells.text(column) + "'"; }

std::int64_t whole_in(const CsvCells& cells, std::string_view column, std::int64_t least, std::int64_t most) {
    const std::int64_t value = cells.whole(column);
    if (value >= least && value <= most) return value;
    cells.refuse(shown(cells, column) + " is not between " + std::to_string(least) + " and " + std::to_string(most), "mend it");
    return std::max<std::int64_t>(least, 0);
}

}  // namespace

CsvTable Tables::read(const std::string& name, const std::vector<std::string>& columns, const std::vector<std::string>& key) {
    const auto file = folder / name;
    if (find_name(files, file.string()) < 0) files.push_back(file.string());
    auto table = read_csv(file, columns);
    if (!table) {
        refusals.add(table.error());
        return {name, columns, {}};
    }
    refuse_duplicates(*table, key, refusals);
    if (table->rows.empty()) refusals.add({name, 0, 0, "has no rows", "was the file cut short?"});
    drop_left_out(left_out, *table);
    return std::move(*table);
}

double number_at_least(const CsvCells& cells, std::string_view column, double least) {
    const double value = cells.number(column);
    if (value < least) cells.refuse(shown(cells, column) + " is below " + plain(least), "mend it");
    return value;
}

double number_or(const CsvCells& cells, std::string_view column, double absent, double least) {
    return cells.empty(column) ? absent : number_at_least(cells, column, least);
}

double fraction(const CsvCells& cells, std::string_view column) {
    const double value = number_at_least(cells, column, 0.0);
    if (value > 1.0) cells.refuse(shown(cells, column) + " is above 1", "write shares as 0.08, not 8");
    return value;
}

std::int32_t whole_between(const CsvCells& cells, std::string_view column, std::int64_t least, std::int64_t most) {
    return static_cast<std::int32_t>(whole_in(cells, column, least, most));
}

Usd dollars(const CsvCells& cells, std::string_view column, bool may_be_empty) {
    if (may_be_empty && cells.empty(column)) return {};
    return {whole_in(cells, column, 0, kMostDollars)};
}

Usd signed_dollars(const CsvCells& cells, std::string_view column) { return {whole_in(cells, column, -kMostDollars, kMostDollars)}; }

int quarter_between(const CsvCells& cells, std::string_view column, int first, int last) {
    const auto t = parse_quarter(cells.text(column));
    if (t && *t >= first && *t <= last) return *t;
    cells.refuse(shown(cells, column) + " is not a quarter from " + quarter_name(first) + " to " + quarter_name(last),
                 "write it as " + quarter_name(first));
    return first;
}

int find_name(const std::vector<std::string>& names, std::string_view word) {
    const auto at = std::find(names.begin(), names.end(), word);
    return at == names.end() ? -1 : static_cast<int>(at - names.begin());
}

std::string suggestion(std::string_view word, const std::vector<std::string>& known) {
    if (const std::string near = nearest_word(word, known); !near.empty()) return "did you mean '" + near + "'?";
    if (known.size() > 24) return "see data/model/README.md for the names";
    std::string list = "use one of:";
    for (const std::string& name : known) list += (list.back() == ':' ? " " : ", ") + name;
    return list;
}

int index_of(const CsvCells& cells, std::string_view column, const std::vector<std::string>& names, std::string_view noun) {
    const int i = find_name(names, cells.text(column));
    if (i < 0) cells.refuse("no " + std::string(noun) + " is called '" + cells.text(column) + "'", suggestion(cells.text(column), names));
    return i;
}

std::uint64_t id_of(std::string_view name) { return name_hash(name.data(), name.size()); }

}  // namespace rackrace
