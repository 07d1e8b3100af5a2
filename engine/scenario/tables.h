// What the loaders of data/model share: reading a table of the folder once, cells with their bounds, names to indices.
// Every defect is a located refusal in one list, so that a person sees all of them at once. Host only.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/money.h"
#include "engine/scenario/cast.h"
#include "engine/scenario/csv.h"

namespace rackrace {

/// The folder of model tables; remembers which files were read and what is wrong with them. Rows of what left out are not there.
struct Tables {
    std::filesystem::path folder;
    std::vector<std::string> files;
    Refusals refusals;
    LeftOut left_out{};
    std::vector<std::string> without_contracts{};  // opening contracts that were never signed

    /// The table `name`, no rows if it is refused. No two rows may agree in all of `key`.
    CsvTable read(const std::string& name, const std::vector<std::string>& columns, const std::vector<std::string>& key);
};

/// A number at least `least`; `absent` where the cell is empty.
double number_at_least(const CsvCells& cells, std::string_view column, double least);
double number_or(const CsvCells& cells, std::string_view column, double absent, double least = 0.0);

/// A number in [0, 1].
double fraction(const CsvCells& cells, std::string_view column);

/// A whole number in [least, most]; the default bounds are those of chips, kW and H100e, stored in 32 bits.
std::int32_t whole_between(const CsvCells& cells, std::string_view column, std::int64_t least = 0, std::int64_t most = 2147483647);

/// Whole dollars, 0 or more and at most a quadrillion, so that sums stay far inside 64 bits; 0 where the cell is empty if `may_be_empty`.
Usd dollars(const CsvCells& cells, std::string_view column, bool may_be_empty = false);

/// Dollars of either sign, for flows.
Usd signed_dollars(const CsvCells& cells, std::string_view column);

/// A quarter in [first, last].
int quarter_between(const CsvCells& cells, std::string_view column, int first, int last);

/// Index of the cell's word in `names`; -1 and a refusal with the nearest one where it is none.
int index_of(const CsvCells& cells, std::string_view column, const std::vector<std::string>& names, std::string_view noun);

/// Index of `word`, -1 if it is none of `names`.
int find_name(const std::vector<std::string>& names, std::string_view word);

/// "did you mean 'x'?", or "use one of: ..." where nothing is near.
std::string suggestion(std::string_view word, const std::vector<std::string>& known);

/// Stable id of a name.
std::uint64_t id_of(std::string_view name);

}  // namespace rackrace
