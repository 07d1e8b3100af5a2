#include "engine/replay/sqlite.h"

#include <fmt/format.h>
#include <sqlite3.h>

namespace rackrace {

std::string cell_text(const Cell& cell) {
    if (const auto* whole = std::get_if<std::int64_t>(&cell)) return std::to_string(*whole);
    if (const auto* number = std::get_if<double>(&cell)) return fmt::format("{}", *number);
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    if (const auto* blob = std::get_if<Blob>(&cell)) return fmt::format("({} bytes)", blob->bytes.size());
    return "";
}

void Statement::Finalise::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
void Database::Close::operator()(sqlite3* database) const { sqlite3_close(database); }

void Statement::bind(int index, const Cell& cell) {
    sqlite3_stmt* s = statement_.get();
    if (const auto* whole = std::get_if<std::int64_t>(&cell)) sqlite3_bind_int64(s, index, *whole);
    else if (const auto* number = std::get_if<double>(&cell)) sqlite3_bind_double(s, index, *number);
    else if (const auto* text = std::get_if<std::string>(&cell))
        sqlite3_bind_text(s, index, text->data(), static_cast<int>(text->size()), SQLITE_TRANSIENT);
    else if (const auto* blob = std::get_if<Blob>(&cell))
        sqlite3_bind_blob(s, index, blob->bytes.data(), static_cast<int>(blob->bytes.size()), SQLITE_TRANSIENT);
    else sqlite3_bind_null(s, index);
}

Step Statement::step() {
    switch (sqlite3_step(statement_.get())) {
        case SQLITE_ROW: return Step::row;
        case SQLITE_DONE: return Step::done;
        default: return Step::failed;
    }
}

void Statement::reset() { sqlite3_reset(statement_.get()); }
int Statement::columns() const { return sqlite3_column_count(statement_.get()); }

std::string Statement::column_name(int column) const {
    const char* name = sqlite3_column_name(statement_.get(), column);
    return name == nullptr ? "" : name;
}

Cell Statement::cell(int column) const {
    Cell out;
    read(column, out);
    return out;
}

void Statement::read(int column, Cell& out) const {
    sqlite3_stmt* s = statement_.get();
    switch (sqlite3_column_type(s, column)) {
        case SQLITE_INTEGER: out = std::int64_t{sqlite3_column_int64(s, column)}; return;
        case SQLITE_FLOAT: out = sqlite3_column_double(s, column); return;
        case SQLITE_TEXT: {
            const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(s, column));
            if (text == nullptr) break;
            if (!std::holds_alternative<std::string>(out)) out.emplace<std::string>();
            std::get<std::string>(out).assign(text, static_cast<std::size_t>(sqlite3_column_bytes(s, column)));
            return;
        }
        case SQLITE_BLOB: {
            const auto* bytes = static_cast<const unsigned char*>(sqlite3_column_blob(s, column));
            Blob& blob = out.emplace<Blob>();
            if (bytes != nullptr) blob.bytes.assign(bytes, bytes + sqlite3_column_bytes(s, column));
            return;
        }
        default: break;
    }
    out = Cell{};
}

namespace {

Refusal cannot_open(const std::filesystem::path& file, sqlite3* database, const char* advice) {
    const std::string why = database == nullptr ? "out of memory" : sqlite3_errmsg(database);
    return {file.string(), 0, 0, "cannot be opened: " + why, advice};
}

}  // namespace

Result<Database> Database::create(const std::filesystem::path& file) {
    Database out;
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    out.database_.reset(raw);
    if (code != SQLITE_OK || !out.execute("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE"))
        return cannot_open(file, raw, "check that the folder can be written and that the disk has room");
    return out;
}

Result<Database> Database::open_durable(const std::filesystem::path& file) {
    Database out;
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    out.database_.reset(raw);
    // Exclusive: no shared memory, which network file systems lack, and a second process is refused.
    if (code == SQLITE_OK && out.execute("PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; BEGIN EXCLUSIVE; COMMIT"))
        return out;
    const bool is_busy = raw != nullptr && sqlite3_errcode(raw) == SQLITE_BUSY;
    return cannot_open(file, raw, is_busy ? "another process is at it; wait for it to end" : "check that the folder can be written and that the disk has room");
}

Result<Database> Database::open_read_only(const std::filesystem::path& file) {
    Database out;
    sqlite3* raw = nullptr;
    // One thread reads it: locks around every cell would be a tenth of opening a replay.
    const int code = sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr);
    out.database_.reset(raw);
    if (code != SQLITE_OK) return cannot_open(file, raw, "check the path and that it can be read");
    return out;
}

bool Database::execute(const std::string& sql) { return sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK; }

Result<Statement> Database::prepare(const std::string& sql) {
    Statement out;
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v2(database_.get(), sql.c_str(), -1, &raw, nullptr) != SQLITE_OK) return Refusal{"", 0, 0, error(), ""};
    out.statement_.reset(raw);
    return out;
}

Result<std::int64_t> Database::pragma(const std::string& name) {
    auto statement = prepare("PRAGMA " + name);
    if (!statement) return statement.error();
    if (statement->step() != Step::row) return Refusal{"", 0, 0, error(), ""};
    const Cell cell = statement->cell(0);
    const auto* whole = std::get_if<std::int64_t>(&cell);
    return whole == nullptr ? 0 : *whole;
}

std::string Database::error() const { return database_ == nullptr ? "not open" : sqlite3_errmsg(database_.get()); }

bool Database::copy_to(const std::filesystem::path& file) {
    auto statement = prepare("VACUUM INTO ?1");
    if (!statement) return false;
    statement->bind(1, file.string());
    return statement->step() == Step::done;
}

}  // namespace rackrace
