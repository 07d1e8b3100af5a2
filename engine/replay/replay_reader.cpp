#include "engine/replay/replay_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include "engine/base/command_words.h"
#include "engine/base/quarter_index.h"
#include "engine/quarter/run.h"
#include "engine/replay/other_folder.h"
#include "engine/replay/replay_tables.h"
#include "engine/replay/state_path.h"
#include "engine/replay/zero_runs.h"
#include "engine/scenario/csv.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;

const Cell kNothing;

/// Bytes that the header of a SQLite file says it has; 0 where the header is none.
std::uint64_t bytes_promised(const fs::path& file) {
    std::array<unsigned char, 100> header{};
    std::ifstream in(file, std::ios::binary);
    in.read(reinterpret_cast<char*>(header.data()), header.size());
    if (in.gcount() < static_cast<std::streamsize>(header.size()) || std::memcmp(header.data(), "SQLite format 3", 16) != 0) return 0;
    const std::uint64_t page = header[16] * 256u + header[17];
    const std::uint64_t pages = header[28] * 0x1000000ull + header[29] * 0x10000u + header[30] * 0x100u + header[31];
    return (page == 1 ? 65536 : page) * pages;
}

std::uint64_t parse_hex(const std::string& text) { return std::strtoull(text.c_str(), nullptr, 16); }

bool has_blobs(const Table& table) {
    return std::any_of(table.columns.begin(), table.columns.end(), [](const Column& column) { return column.type == ColumnType::blob; });
}

std::string did_you_mean(const std::string& word, const std::vector<std::string>& known) {
    const std::string near = nearest_word(word, known);
    return near.empty() ? "docs/replay-format.md lists them" : "did you mean '" + near + "'?";
}

int quarter_at(const Cell& cell) {
    const auto* text = std::get_if<std::string>(&cell);
    return text == nullptr ? -1 : parse_quarter(*text).value_or(-1);
}

/// "rackrace 1.4.0", as far as a file of a newer format tells it.
std::string writer_of(Database& database) {
    auto statement = database.prepare("SELECT program_version FROM runs");
    if (!statement || statement->step() != Step::row) return "a newer rackrace";
    return "rackrace " + cell_text(statement->cell(0));
}

}  // namespace

int ReplayRows::column(std::string_view name) const {
    const auto at = std::find(columns.begin(), columns.end(), name);
    return at == columns.end() ? -1 : static_cast<int>(at - columns.begin());
}

const Cell& ReplayRows::cell(std::size_t row, std::string_view name) const {
    const int i = column(name);
    return i < 0 || row >= rows.size() ? kNothing : rows[row][static_cast<std::size_t>(i)];
}

double ReplayRows::number(std::size_t row, std::string_view name) const {
    const Cell& value = cell(row, name);
    if (const auto* whole_number = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole_number);
    const auto* real_number = std::get_if<double>(&value);
    return real_number == nullptr ? 0.0 : *real_number;
}

std::string ReplayRows::text(std::size_t row, std::string_view name) const { return cell_text(cell(row, name)); }

std::vector<std::string> visited_columns(const Table& table, bool with_blobs) {
    std::vector<std::string> out;
    for (const Column& column : table.columns)
        if (with_blobs || column.type != ColumnType::blob) out.push_back(column.name);
    return out;
}

Refusal damaged_replay(const fs::path& file, const fs::path& folder, const std::string& fact) {
    const bool can_be_made_again = fs::exists(folder / "scenario.toml") && fs::exists(folder / "run.json");
    return {file.string(), 0, 0, fact,
            can_be_made_again ? "make it again with: rackrace run --from " + quoted_word(folder.string()) + " --force --out " + quoted_word(folder.string())
                              : "the run's folder, with scenario.toml and run.json, would let it be made again"};
}

Refusal Replay::damaged(const std::string& fact) const { return damaged_replay(file_, file_.parent_path(), fact); }

Result<Replay> Replay::open(const fs::path& run) {
    Replay replay;
    std::error_code error;
    replay.file_ = fs::is_directory(run, error) ? run / "replay.sqlite" : run;
    if (const auto other = other_folder(run)) return *other;
    if (!fs::exists(replay.file_, error))
        return Refusal{run.string(), 0, 0, "holds no run: there is no " + replay.file_.string(), "name a run's folder or its replay.sqlite"};
    const std::uint64_t promised = bytes_promised(replay.file_), size = fs::file_size(replay.file_, error);
    if (promised == 0) return replay.damaged("is no SQLite file");
    if (size < promised) return replay.damaged(fmt::format("is cut: {} of {} bytes are there", size, promised));
    auto database = Database::open_read_only(replay.file_);
    if (!database) return database.error();
    replay.database_ = std::move(*database);
    for (const auto part : {&Replay::check_format, &Replay::read_digests, &Replay::read_run, &Replay::read_names})
        if (Refusals refusals = (replay.*part)(); !refusals.empty()) return refusals;
    return replay;
}

Refusals Replay::check_format() {
    const auto application = database_.pragma("application_id"), version = database_.pragma("user_version");
    if (!application || !version) return damaged("cannot be read: " + database_.error());
    if (*application != kReplayApplicationId)
        return Refusal{file_.string(), 0, 0, "is a SQLite file, but no replay of rackrace", "name a run's folder"};
    if (*version > kReplayVersion)
        return Refusal{file_.string(), 0, 0,
                       fmt::format("was written by {} in format {}, this program reads up to {}", writer_of(database_), *version, kReplayVersion),
                       "open it with that version, or play it again beside it with: rackrace run --from " + quoted_word(file_.parent_path().string())};
    if (*version < kReplayVersion) return damaged(fmt::format("has the older format {}, this program reads {}", *version, kReplayVersion));
    for (const Table& table : replay_tables()) {
        auto statement = database_.prepare("SELECT * FROM " + table.name + " LIMIT 0");
        if (!statement) return damaged("has no readable table '" + table.name + "': " + statement.error().all[0].fact);
        for (int i = 0; i < statement->columns(); ++i)
            if (i >= static_cast<int>(table.columns.size()) || statement->column_name(i) != table.columns[static_cast<std::size_t>(i)].name)
                return damaged("table '" + table.name + "' has an unexpected column '" + statement->column_name(i) + "'");
        if (statement->columns() != static_cast<int>(table.columns.size())) return damaged("table '" + table.name + "' lacks columns");
    }
    return {};
}

Refusals Replay::read_digests() {
    const auto stored = found_rows(kDigestsTable);
    if (!stored) return stored.error();
    const ReplayRows& rows = stored->rows;
    for (std::size_t i = 0; i < rows.rows.size(); ++i) {
        const std::string table = rows.text(i, "of_table");
        const RowsDigest digest{static_cast<std::int64_t>(rows.number(i, "rows")), parse_hex(rows.text(i, "digest"))};
        if (find_table(table) == nullptr) return damaged("has a digest of a table '" + table + "' that no replay has");
        if (digest_text(digest) == rows.text(i, "digest")) digests_[table][rows.text(i, "quarter")] = digest;  // else as if there were none
    }
    return {};
}

Refusals Replay::read_run() {
    const auto found = found_rows("runs");
    if (!found) return found.error();
    const ReplayRows* runs = &found->rows;
    if (runs->rows.empty()) return damaged("has no row in table 'runs': the run was not finished");
    if (!found->altered.empty()) return damaged(alteration_texts(found->altered).front());
    run_.scenario = runs->text(0, "scenario");
    const auto* seed = std::get_if<std::int64_t>(&runs->cell(0, "seed"));
    run_.seed = seed == nullptr ? 0 : static_cast<std::uint64_t>(*seed);
    run_.start_t = quarter_at(runs->cell(0, "start_quarter"));
    run_.end_t = quarter_at(runs->cell(0, "end_quarter"));
    run_.last_t = quarter_at(runs->cell(0, "last_quarter"));
    run_.firms = static_cast<int>(runs->number(0, "firms"));
    run_.status = runs->text(0, "status");
    run_.fault = runs->text(0, "fault");
    run_.hash = parse_hex(runs->text(0, "hash"));
    run_.layout = parse_hex(runs->text(0, "layout"));
    run_.script_errors = static_cast<int>(runs->number(0, "script_errors"));
    run_.program_version = runs->text(0, "program_version");
    run_.commit = runs->text(0, "commit_id");
    run_.build = runs->text(0, "build");
    run_.machine = runs->text(0, "machine");
    const auto all = found_rows("quarters");
    if (!all) return all.error();
    const ReplayRows* quarters = &all->rows;
    for (std::size_t i = 0; i < quarters->rows.size(); ++i) {
        quarters_.push_back(quarter_at(quarters->cell(i, "quarter")));
        hashes_.push_back(parse_hex(quarters->text(i, "state_hash")));
        if (quarters_.back() < 0) return damaged("has a row in table 'quarters' without a quarter");
    }
    if (quarters_.empty()) return damaged("holds no quarter");
    const auto missing = [&](std::string fact) { return damaged(all->altered.empty() ? std::move(fact) : alteration_texts(all->altered).front()); };
    if (quarters_.back() != run_.last_t && quarters_.size() > 1)
        return missing(fmt::format("has quarters up to {}, but its run closed {}", quarter_name(quarters_.back()), quarter_name(run_.last_t)));
    for (std::size_t i = 1; i < quarters_.size(); ++i)
        if (quarters_[i] != quarters_[i - 1] + 1)
            return missing(fmt::format("has no quarter {} between {} and {}", quarter_name(quarters_[i - 1] + 1), quarter_name(quarters_[i - 1]), quarter_name(quarters_[i])));
    return {};
}

Refusals Replay::read_names() {
    names_.scenario = run_.scenario;
    const std::string opening = quarter_name(quarters_.front());
    const auto fill = [&](const char* table, const char* column, std::vector<std::string>& out) -> Refusals {
        const auto found = rows(table, {{"quarter", opening}});
        if (!found) return found.error();
        out.resize(found->rows.size());
        for (std::size_t row = 0; row < out.size(); ++row) {
            const double place = found->column("i") < 0 ? static_cast<double>(row) : found->number(row, "i");  // firms are sorted by name in states too
            if (!(place >= 0.0 && place < static_cast<double>(out.size()))) return damaged("has a row in table '" + std::string(table) + "' with a wrong index");
            out[static_cast<std::size_t>(place)] = found->text(row, column);
        }
        return {};
    };
    if (Refusals refusals = fill("firms", "firm", names_.firms); !refusals.empty()) return refusals;
    if (Refusals refusals = fill("products", "product", names_.products); !refusals.empty()) return refusals;
    return fill("regions", "region", names_.regions);
}

std::uint64_t Replay::state_hash(int t) const {
    const auto at = std::find(quarters_.begin(), quarters_.end(), t);
    return at == quarters_.end() ? 0 : hashes_[static_cast<std::size_t>(at - quarters_.begin())];
}

Result<ReplayRows> Replay::rows(std::string_view name, const std::vector<RowFilter>& filters) {
    auto found = found_rows(name, filters);
    if (!found) return found.error();
    if (!found->altered.empty()) return damaged(alteration_texts(found->altered).front());
    return std::move(found->rows);
}

/// A whole quarter, or a whole table without blobs, is digested as it is read; of fewer rows the quarter or the table is read beside them.
Result<FoundRows> Replay::found_rows(std::string_view name, const std::vector<RowFilter>& filters) {
    const Table* table = find_table(name);
    if (table == nullptr) {
        std::vector<std::string> known;
        for (const Table& one : replay_tables()) known.push_back(one.name);
        return Refusal{file_.string(), 0, 0, "no table '" + std::string(name) + "'", did_you_mean(std::string(name), known)};
    }
    const std::vector<std::string> known = visited_columns(*table, true);
    std::string quarter;
    for (const RowFilter& filter : filters) {
        if (std::find(known.begin(), known.end(), filter.column) == known.end())
            return Refusal{file_.string(), 0, 0, "table '" + table->name + "' has no column '" + filter.column + "'",
                           did_you_mean(filter.column, known)};
        if (filter.column == "quarter") quarter = filter.value;
    }
    const bool is_whole = filters.empty() ? !has_blobs(*table) : filters.size() == 1 && !quarter.empty();
    FoundRows out;
    DigestsByQuarter digests;
    const bool with_blobs = !filters.empty();
    out.rows.columns = visited_columns(*table, with_blobs);
    Refusals refusals = select(*table, filters, with_blobs, is_whole ? &digests : nullptr, [&](const std::vector<Cell>& row) { out.rows.rows.push_back(row); });
    if (!refusals.empty()) return refusals;
    if (is_whole) {
        out.altered = altered_rows(table->name, digests, quarter);
        return out;
    }
    auto altered = alterations(name, quarter);
    if (!altered) return altered.error();
    out.altered = std::move(*altered);
    return out;
}

Result<std::vector<Alteration>> Replay::visit(const Table& table, const RowVisitor& visitor) {
    DigestsByQuarter digests;
    const bool is_whole = !has_blobs(table);
    if (Refusals refusals = select(table, {}, false, is_whole ? &digests : nullptr, visitor); !refusals.empty()) return refusals;
    if (is_whole) return altered_rows(table.name, digests, "");
    return alterations(table.name);
}

Result<std::vector<Alteration>> Replay::alterations(std::string_view name, const std::string& quarter) {
    const Table& table = *find_table(name);
    DigestsByQuarter found;
    std::vector<RowFilter> filters;
    if (!quarter.empty()) filters.push_back({"quarter", quarter});
    if (Refusals refusals = select(table, filters, true, &found, [](const std::vector<Cell>&) {}); !refusals.empty()) return refusals;
    return altered_rows(table.name, found, quarter);
}

std::vector<Alteration> Replay::altered_rows(const std::string& table, const DigestsByQuarter& found, const std::string& quarter) const {
    if (table == kDigestsTable) return {};
    const auto stored = digests_.find(table);
    return alterations_between(table, stored == digests_.end() ? DigestsByQuarter{} : stored->second, found, quarter);
}

/// `found`: takes the digests of the rows, which have all columns then but blobs that the table has not; nullptr: not wanted.
Refusals Replay::select(const Table& table, const std::vector<RowFilter>& filters, bool with_blobs, DigestsByQuarter* found, const RowVisitor& visitor) {
    const std::vector<std::string> columns = visited_columns(table, with_blobs);
    std::string selected, where;
    for (const std::string& column : columns) selected += (selected.empty() ? "" : ",") + column;
    for (const RowFilter& filter : filters) where += (where.empty() ? " WHERE " : " AND ") + filter.column + "=?";  // a column's type affinity turns "12" into 12
    auto statement = database_.prepare("SELECT " + selected + " FROM " + table.name + where + " ORDER BY " + table.key);
    if (!statement) return damaged("cannot be read at table '" + table.name + "': " + statement.error().all[0].fact);
    for (std::size_t i = 0; i < filters.size(); ++i) statement->bind(static_cast<int>(i) + 1, filters[i].value);
    const auto quarter_column = std::find(columns.begin(), columns.end(), "quarter");
    const int quarter = table.written == Written::each_quarter && quarter_column != columns.end() ? static_cast<int>(quarter_column - columns.begin()) : -1;
    DigestsByQuarter::iterator of_quarter;
    std::vector<Cell> row(columns.size());
    std::size_t rows = 0;
    Step step = statement->step();
    for (; step == Step::row; step = statement->step()) {
        ++rows;
        for (std::size_t i = 0; i < row.size(); ++i) statement->read(static_cast<int>(i), row[i]);
        visitor(row);
        if (found == nullptr) continue;
        const auto* text = quarter < 0 ? nullptr : std::get_if<std::string>(&row[static_cast<std::size_t>(quarter)]);
        if (found->empty() || (text != nullptr && of_quarter->first != *text)) of_quarter = found->try_emplace(text == nullptr ? "" : *text).first;
        of_quarter->second.add(row);
    }
    if (step == Step::failed)
        return damaged("cannot be read at table '" + table.name + "', row " + std::to_string(rows + 1) + ": " + database_.error());
    return {};
}

Result<World> Replay::world_at(int t) {
    const std::string quarter = quarter_name(t);
    if (std::find(quarters_.begin(), quarters_.end(), t) == quarters_.end())
        return Refusal{file_.string(), 0, 0, "holds no quarter " + quarter,
                       "it goes from " + quarter_name(quarters_.front()) + " to " + quarter_name(quarters_.back())};
    if (run_.layout != layout_hash(describe<World>()))
        return Refusal{file_.string(), 0, 0, "stores states of rackrace " + run_.program_version + ", whose fields are not those of this program",
                       "read its tables, or run the scenario again"};
    const auto found = rows("worlds", {{"quarter", quarter}});
    if (!found) return found.error();
    const auto* packed = std::get_if<Blob>(&found->cell(0, "packed"));
    const auto bytes = packed == nullptr ? std::nullopt : unpack_zero_runs(packed->bytes, sizeof(World));
    if (!bytes) return damaged("has a damaged state of " + quarter);
    World world;
    std::memcpy(static_cast<void*>(&world), bytes->data(), sizeof world);
    if (hash_world(world) != state_hash(t)) return damaged("holds a state of " + quarter + " that is not the one whose hash it names");
    return world;
}

Result<fs::path> Replay::copy_to(const fs::path& file) {
    if (!database_.copy_to(file))
        return Refusal{file.string(), 0, 0, "cannot be written: " + database_.error(), "check the folder and the room on the disk"};
    return file;
}

}  // namespace rackrace
