// Gives a replay that was changed digests that fit.
#pragma once

#include <string>
#include <vector>

#include "engine/replay/digests.h"
#include "engine/replay/replay_tables.h"
#include "engine/replay/sqlite.h"

namespace rackrace {

/// The digests of a table as it stands in the database; none where it is not there.
inline DigestsByQuarter digests_of(Database& database, const Table& table) {
    DigestsByQuarter out;
    auto rows = database.prepare("SELECT * FROM " + table.name);
    while (rows && rows->step() == Step::row) {
        std::vector<Cell> cells;
        std::string quarter;
        for (int i = 0; i < rows->columns(); ++i) {
            cells.push_back(rows->cell(i));
            if (table.written == Written::each_quarter && rows->column_name(i) == "quarter") quarter = cell_text(cells.back());
        }
        out[quarter].add(cells);
    }
    return out;
}

/// False: the database says why.
inline bool seal(Database& database) {
    for (const Table& table : replay_tables()) {
        if (table.name == kDigestsTable) continue;
        if (!database.execute("DELETE FROM digests WHERE of_table='" + table.name + "'")) return false;
        for (const auto& [quarter, digest] : digests_of(database, table)) {
            auto insert = database.prepare("INSERT INTO digests VALUES (?,?,?,?)");
            if (!insert) return false;
            int index = 0;
            for (const Cell& cell : {Cell{quarter}, Cell{table.name}, Cell{digest.rows}, Cell{digest_text(digest)}}) insert->bind(++index, cell);
            if (insert->step() != Step::done) return false;
        }
    }
    return true;
}

}  // namespace rackrace
