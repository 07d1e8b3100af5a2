// Digests: a number a quarter and table, stored beside the rows, by which a reader knows that they are the rows that the run wrote. They find damage
// and edits; who edits rows on purpose can store a digest that fits.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/replay/sqlite.h"
#include "engine/replay/table.h"

namespace rackrace {

inline constexpr std::string_view kDigestsTable = "digests";

/// Of the rows of a table in one quarter. Rows add up, so that their order counts for nothing: their key is among their cells.
struct RowsDigest {
    std::int64_t rows = 0;
    std::uint64_t sum = 0;

    void add(const std::vector<Cell>& row);  // all columns, in their order
    friend bool operator==(const RowsDigest&, const RowsDigest&) = default;
};

/// As it is stored: 16 hexadecimal digits.
std::string digest_text(const RowsDigest& digest);

using DigestsByQuarter = std::map<std::string, RowsDigest>;  // "" where a table is written once

/// A row of table `digests`.
struct TableDigest {
    std::string quarter, table;
    RowsDigest digest;
};

Table digests_table();

/// Rows of a table in a quarter that are not those that the run wrote.
struct Alteration {
    std::string table, quarter;  // no quarter where a table is written once
    std::int64_t written = 0;    // rows; -1: no digest is stored
    std::int64_t found = 0;
};

/// `quarter`: the only one that was looked at; empty: all.
std::vector<Alteration> alterations_between(const std::string& table, const DigestsByQuarter& stored, const DigestsByQuarter& found, const std::string& quarter);

/// "table 'events' was altered in 2028Q3: 3 rows are there, 4 were written": a sentence a table.
std::vector<std::string> alteration_texts(const std::vector<Alteration>& alterations);

}  // namespace rackrace
