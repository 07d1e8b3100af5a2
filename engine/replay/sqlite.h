// SQLite behind four verbs: open, execute, bind, step. Every failure is kept as text and none is thrown. The only file pair that knows sqlite3.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace rackrace {

struct Blob {
    std::vector<unsigned char> bytes;
    friend bool operator==(const Blob&, const Blob&) = default;
};

/// One value of a table: nothing, a whole number, a number, text or bytes.
using Cell = std::variant<std::monostate, std::int64_t, double, std::string, Blob>;

/// "12", "0.35" (shortest form that reads back the same), the text; nothing for an empty cell, "(N bytes)" for a blob.
std::string cell_text(const Cell& cell);

enum class Step { row, done, failed };

class Statement {
public:
    void bind(int index, const Cell& cell);  // from 1
    Step step();
    void reset();
    int columns() const;
    std::string column_name(int column) const;
    Cell cell(int column) const;
    void read(int column, Cell& out) const;  // the same, into the room that `out` has

private:
    friend class Database;
    struct Finalise {
        void operator()(sqlite3_stmt* statement) const;
    };
    std::unique_ptr<sqlite3_stmt, Finalise> statement_;
};

class Database {
public:
    static Result<Database> create(const std::filesystem::path& file);  // a new file, without a journal: it is renamed when complete
    /// A file that is written bit by bit and keeps every finished transaction when the program is killed. Made where there is none; one process at a time.
    static Result<Database> open_durable(const std::filesystem::path& file);
    /// For one thread at a time.
    static Result<Database> open_read_only(const std::filesystem::path& file);

    bool execute(const std::string& sql);  // false: error() says why
    Result<Statement> prepare(const std::string& sql);
    Result<std::int64_t> pragma(const std::string& name);  // its whole number
    std::string error() const;
    /// A compact copy in fixed order; refused where `file` exists.
    bool copy_to(const std::filesystem::path& file);

private:
    struct Close {
        void operator()(sqlite3* database) const;
    };
    std::unique_ptr<sqlite3, Close> database_;
};

}  // namespace rackrace
