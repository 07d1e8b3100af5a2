// A batch's database while it grows and when it is complete. work.sqlite takes each finished run in a transaction of its own and loses none when the
// program is killed; write_tables() makes batch.sqlite and the CSV files of it, in fixed order: the same bytes whoever played the runs, in which order.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/batch/batch_tables.h"
#include "engine/base/result.h"
#include "engine/replay/batch_format.h"
#include "engine/replay/sqlite.h"

namespace rackrace {

/// The row of table `batch`.
struct BatchFacts {
    std::string name, scenario, inputs_hash;
    std::int64_t runs = 0;
    Shard shard;
    std::string program_version;
};

/// The tables of a batch's folder, complete or not, read only.
struct OpenBatch {
    std::filesystem::path folder;
    Database database;
    BatchFacts facts;
    std::int64_t finished = 0;
    bool is_complete = false;  // batch.sqlite is there, and no work.sqlite
};

class BatchStore {
public:
    /// Makes work.sqlite in `folder`.
    static Result<BatchStore> create(const std::filesystem::path& folder, const BatchFacts& facts, const BatchTables& tables);
    /// Opens it again.
    static Result<BatchStore> open(const std::filesystem::path& folder, const BatchTables& tables);

    const BatchFacts& facts() const { return facts_; }
    /// [runs of the plan] true for those that are there.
    const std::vector<bool>& finished() const { return finished_; }
    std::int64_t finished_count() const { return finished_count_; }

    /// Keeps an outcome. Refused: what cannot be written; then none of it is kept.
    Refusals add(const BatchRow& run, const std::vector<BatchRow>& quarters, const std::vector<BatchRow>& panel, const std::vector<BatchRow>& failed);

    /// Takes over all rows of a complete batch.sqlite of the same plan. Refused: a run that is there already.
    Refusals add_all_of(const std::filesystem::path& folder);

    /// Writes runs.csv, quarters.csv, panel.csv, failed.csv and batch.sqlite, each whole or not at all. work.sqlite stays: until close() the batch is not complete.
    Refusals write_tables();
    /// What write_tables() wrote, to be read while work.sqlite is still there.
    Result<OpenBatch> written_batch() const;
    /// Removes work.sqlite, which completes the batch: nothing more can be added.
    void close();

private:
    BatchStore(std::filesystem::path folder, BatchTables tables) : folder_(std::move(folder)), tables_(std::move(tables)) {}
    Refusals prepare();
    Refusals read_state();
    Refusal cannot_write(const std::string& why) const;

    std::filesystem::path folder_;
    BatchTables tables_;
    BatchFacts facts_;
    std::optional<Database> database_;
    std::vector<Statement> inserts_;  // by table
    std::vector<bool> finished_;
    std::int64_t finished_count_ = 0;
};

/// The batch of a folder, complete or not.
Result<OpenBatch> open_batch(const std::filesystem::path& folder);

/// A table as CSV, handed on row by row; a row that `take` does not take ends it. returns whether all were read and taken
bool each_csv_row(Database& database, const std::string& table, const std::string& key, const std::function<bool(const std::string&)>& take);

/// A table as CSV, row by row, into a file, which is there whole or not at all.
Refusals write_csv(Database& database, const std::string& table, const std::string& key, const std::filesystem::path& file);

}  // namespace rackrace
