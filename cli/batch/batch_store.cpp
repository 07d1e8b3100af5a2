#include "cli/batch/batch_store.h"

#include <fmt/format.h>

#include <fstream>

#include "cli/cells.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;

constexpr const char* kNoRoom = "check that the folder can be written and that the disk has room; finished runs are kept";

std::string quoted(const std::string& name) { return "\"" + name + "\""; }

std::string create_sql(const BatchTable& table) {
    std::string columns;
    for (const BatchColumn& column : table.columns) columns += fmt::format("{} {}, ", quoted(column.name), column_type_text(column.type));
    return fmt::format("CREATE TABLE {} ({}PRIMARY KEY ({})) WITHOUT ROWID;", quoted(table.name), columns, table.key);
}

std::string insert_sql(const BatchTable& table) {
    std::string marks;
    for (std::size_t i = 0; i < table.columns.size(); ++i) marks += i == 0 ? "?" : ",?";
    return "INSERT INTO " + quoted(table.name) + " VALUES (" + marks + ")";
}

bool insert(Statement& statement, const BatchRow& row) {
    for (std::size_t i = 0; i < row.size(); ++i) statement.bind(static_cast<int>(i) + 1, row[i]);
    const bool is_in = statement.step() == Step::done;
    statement.reset();
    return is_in;
}

std::string cell_of(Statement& statement, int column) { return cell_text(statement.cell(column)); }

Result<BatchFacts> read_facts(Database& database, const fs::path& file) {
    const Refusal damaged{file.string(), 0, 0, "is no batch of this program", "name a folder that rackrace sweep made; sweep the plan anew where it is damaged"};
    const auto id = database.pragma("application_id"), version = database.pragma("user_version");
    if (!id || !version || *id != kBatchApplicationId || *version != kBatchVersion) return damaged;
    auto row = database.prepare("SELECT name, scenario, inputs_hash, runs, shard, program_version FROM batch");
    if (!row || row->step() != Step::row) return damaged;
    BatchFacts facts{cell_of(*row, 0), cell_of(*row, 1), cell_of(*row, 2), 0, {}, cell_of(*row, 5)};
    const Cell runs = row->cell(3);
    const auto shard = parse_shard(cell_of(*row, 4));
    if (!std::holds_alternative<std::int64_t>(runs) || !shard) return damaged;
    facts.runs = std::get<std::int64_t>(runs);
    facts.shard = *shard;
    return facts;
}

}  // namespace

Result<BatchStore> BatchStore::create(const fs::path& folder, const BatchFacts& facts, const BatchTables& tables) {
    BatchStore store(folder, tables);
    auto database = Database::open_durable(folder / kBatchWorkFile);
    if (!database) return database.error();
    store.database_ = std::move(*database);
    std::string sql = fmt::format("PRAGMA application_id={}; PRAGMA user_version={}; BEGIN;", kBatchApplicationId, kBatchVersion);
    for (const BatchTable* table : tables.all()) sql += create_sql(*table);
    if (!store.database_->execute(sql + "COMMIT")) return store.cannot_write(store.database_->error());
    if (Refusals refusals = store.prepare(); !refusals.empty()) return refusals;
    if (!insert(store.inserts_[0], {facts.name, facts.scenario, facts.inputs_hash, facts.runs, facts.shard.text(), facts.program_version}))
        return store.cannot_write(store.database_->error());
    store.facts_ = facts;
    store.finished_.assign(static_cast<std::size_t>(facts.runs), false);
    return store;
}

Result<BatchStore> BatchStore::open(const fs::path& folder, const BatchTables& tables) {
    BatchStore store(folder, tables);
    auto database = Database::open_durable(folder / kBatchWorkFile);
    if (!database) return database.error();
    store.database_ = std::move(*database);
    if (Refusals refusals = store.read_state(); !refusals.empty()) return refusals;
    if (Refusals refusals = store.prepare(); !refusals.empty()) return refusals;
    return store;
}

Refusals BatchStore::read_state() {
    const auto facts = read_facts(*database_, folder_ / kBatchWorkFile);
    if (!facts) return facts.error();
    facts_ = *facts;
    finished_.assign(static_cast<std::size_t>(facts_.runs), false);
    finished_count_ = 0;
    auto rows = database_->prepare("SELECT run FROM runs");
    if (!rows) return rows.error();
    while (rows->step() == Step::row) {
        const Cell run = rows->cell(0);
        const auto* number = std::get_if<std::int64_t>(&run);
        if (number == nullptr || *number < 0 || *number >= facts_.runs) continue;
        finished_[static_cast<std::size_t>(*number)] = true;
        ++finished_count_;
    }
    return {};
}

Refusals BatchStore::prepare() {
    for (const BatchTable* table : tables_.all()) {
        auto statement = database_->prepare(insert_sql(*table));
        if (!statement) return cannot_write(database_->error());
        inserts_.push_back(std::move(*statement));
    }
    return {};
}

Refusal BatchStore::cannot_write(const std::string& why) const { return {(folder_ / kBatchWorkFile).string(), 0, 0, "cannot be written: " + why, kNoRoom}; }

Refusals BatchStore::add(const BatchRow& run, const std::vector<BatchRow>& quarters, const std::vector<BatchRow>& panel, const std::vector<BatchRow>& failed) {
    bool is_in = database_->execute("BEGIN") && insert(inserts_[1], run);
    const std::vector<BatchRow>* rows[] = {&quarters, &panel, &failed};
    for (std::size_t i = 0; i < 3; ++i)
        for (const BatchRow& row : *rows[i]) is_in = is_in && insert(inserts_[i + 2], row);
    if (!is_in || !database_->execute("COMMIT")) {
        const Refusal refusal = cannot_write(database_->error());
        database_->execute("ROLLBACK");
        return refusal;
    }
    finished_[static_cast<std::size_t>(std::get<std::int64_t>(run[0]))] = true;
    ++finished_count_;
    return {};
}

Refusals BatchStore::add_all_of(const fs::path& folder) {
    auto attach = database_->prepare("ATTACH ?1 AS part");
    if (!attach) return cannot_write(database_->error());
    attach->bind(1, Cell{(folder / kBatchFile).string()});
    if (attach->step() != Step::done) return Refusal{(folder / kBatchFile).string(), 0, 0, "cannot be read: " + database_->error(), "check the path"};
    std::string sql = "BEGIN;";
    for (const char* table : {"runs", "quarters", "panel", "failed"}) sql += fmt::format("INSERT INTO {0} SELECT * FROM part.{0};", table);
    const bool is_in = database_->execute(sql + "COMMIT");
    const std::string why = database_->error();
    if (!is_in) database_->execute("ROLLBACK");
    attach = Result<Statement>(Refusals{});
    database_->execute("DETACH part");
    if (!is_in) return Refusal{folder.string(), 0, 0, "cannot be joined: " + why, "each part of a batch is named once, and the disk needs room for all"};
    return read_state();
}

Refusals BatchStore::write_tables() {
    for (const BatchTable* table : {&tables_.runs, &tables_.quarters, &tables_.panel, &tables_.failed})
        if (Refusals refusals = write_csv(*database_, table->name, table->key, folder_ / (table->name + ".csv")); !refusals.empty()) return refusals;
    const fs::path file = folder_ / kBatchFile, partial = file.string() + ".partial";
    std::error_code error;
    fs::remove(partial, error);
    std::string why = database_->copy_to(partial) ? "" : database_->error();
    if (why.empty()) fs::rename(partial, file, error);
    if (error) why = error.message();
    if (why.empty()) return {};
    fs::remove(partial, error);
    return Refusal{file.string(), 0, 0, "cannot be written: " + why, kNoRoom};
}

Result<OpenBatch> BatchStore::written_batch() const {
    auto database = Database::open_read_only(folder_ / kBatchFile);
    if (!database) return database.error();
    return OpenBatch{folder_, std::move(*database), facts_, finished_count_, true};
}

void BatchStore::close() {
    inserts_.clear();
    database_.reset();
    std::error_code ignored;
    for (const char* end : {"", "-wal", "-shm"}) fs::remove(folder_ / (std::string(kBatchWorkFile) + end), ignored);
}

Result<OpenBatch> open_batch(const fs::path& folder) {
    std::error_code error;
    const bool is_complete = !fs::exists(folder / kBatchWorkFile, error);
    const fs::path file = folder / (is_complete ? kBatchFile : kBatchWorkFile);
    if (!is_batch(folder)) return Refusal{folder.string(), 0, 0, "is no batch", "name a folder that rackrace sweep made; rackrace ls lists them"};
    auto database = is_complete ? Database::open_read_only(file) : Database::open_durable(file);
    if (!database) return database.error();
    OpenBatch out{folder, std::move(*database), {}, 0, is_complete};
    const auto facts = read_facts(out.database, file);
    if (!facts) return facts.error();
    out.facts = *facts;
    auto count = out.database.prepare("SELECT count(*) FROM runs");
    if (count && count->step() == Step::row) out.finished = std::get<std::int64_t>(count->cell(0));
    return out;
}

bool each_csv_row(Database& database, const std::string& table, const std::string& key, const std::function<bool(const std::string&)>& take) {
    auto rows = database.prepare("SELECT * FROM " + quoted(table) + " ORDER BY " + key);
    if (!rows) return false;
    const auto row_of = [&](const auto& cell) {
        std::string row;
        for (int i = 0; i < rows->columns(); ++i) row += (i == 0 ? "" : ",") + csv_text(cell(i));
        return row + "\n";
    };
    if (!take(row_of([&](int i) { return Cell{rows->column_name(i)}; }))) return false;
    Step step;
    while ((step = rows->step()) == Step::row)
        if (!take(row_of([&](int i) { return rows->cell(i); }))) return false;
    return step == Step::done;
}

Refusals write_csv(Database& database, const std::string& table, const std::string& key, const fs::path& file) {
    const fs::path partial = file.string() + ".partial";
    std::ofstream out(partial, std::ios::binary);
    const bool is_whole = each_csv_row(database, table, key, [&](const std::string& row) { return static_cast<bool>(out << row); });
    out.close();
    std::error_code error;
    if (out && is_whole) fs::rename(partial, file, error);
    if (out && is_whole && !error) return {};
    fs::remove(partial, error);
    return Refusal{file.string(), 0, 0, "cannot be written", kNoRoom};
}

}  // namespace rackrace
