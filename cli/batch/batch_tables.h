// The tables of a batch as data: columns with type, unit and meaning. The database, its CSV files, the data dictionary and the netCDF cube come
// from these lists. Figures are the key figures of the replay's tables, under the same names.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/batch/design.h"
#include "cli/batch/plan.h"
#include "engine/replay/table.h"
#include "gpu/batch.h"

namespace rackrace {

struct BatchColumn {
    std::string name;
    ColumnType type = ColumnType::text;
    std::string unit, meaning;
};

struct BatchTable {
    std::string name, doc, key;
    std::vector<BatchColumn> columns;
};

/// batch, runs, quarters, panel, failed: in this order.
struct BatchTables {
    BatchTable batch, runs, quarters, panel, failed;

    std::vector<const BatchTable*> all() const { return {&batch, &runs, &quarters, &panel, &failed}; }
};
BatchTables batch_tables(const Plan& plan, const std::vector<std::string>& firms);

using BatchRow = std::vector<Cell>;  // a cell a column

/// The rows of an outcome, in the order of their keys. choice: of the cell's profile.
BatchRow run_row(const Plan& plan, const ProfileChoice& choice, const BatchCell& cell, std::size_t firms, const Outcome& outcome);
std::vector<BatchRow> quarter_rows(const Outcome& outcome);
std::vector<BatchRow> panel_rows(const std::vector<std::string>& firms, const Outcome& outcome);
std::vector<BatchRow> failed_rows(const std::vector<std::string>& firms, const Outcome& outcome);

/// table, column, unit, type, meaning: every column of every table, CSV.
std::string batch_dictionary_csv(const BatchTables& tables);

}  // namespace rackrace
