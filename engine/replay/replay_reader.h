// Opens a recorded run, from its folder or from replay.sqlite alone, and gives rows, hashes and whole states. Whatever is wrong with the
// file (cut, altered, another format, newer) is a located refusal with the command that makes the run again. Rows are held against their digests when
// they are read, so that a table that was altered keeps nobody from the others.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/replay/digests.h"
#include "engine/replay/sqlite.h"
#include "engine/replay/table.h"
#include "engine/scenario/names.h"
#include "engine/world/world.h"

namespace rackrace {

/// Rows of one table, in the order of its key.
struct ReplayRows {
    std::vector<std::string> columns;
    std::vector<std::vector<Cell>> rows;

    int column(std::string_view name) const;                         // -1 where there is none
    const Cell& cell(std::size_t row, std::string_view name) const;  // empty where there is none
    double number(std::size_t row, std::string_view name) const;     // 0 where it is none
    std::string text(std::size_t row, std::string_view name) const;
};

/// Takes the rows of a table one by one; a row's room is used for the next.
using RowVisitor = std::function<void(const std::vector<Cell>&)>;

/// Rows as they stand in the file, and what is wrong with the quarters that they are from.
struct FoundRows {
    ReplayRows rows;
    std::vector<Alteration> altered;
};

/// column = value, as text or number.
struct RowFilter {
    std::string column;
    std::string value;
};

/// Of a table, in their order: all but blobs, unless those are wanted.
std::vector<std::string> visited_columns(const Table& table, bool with_blobs = false);

/// What is wrong with a replay, and the command that makes it again where `folder` still holds what that needs.
Refusal damaged_replay(const std::filesystem::path& file, const std::filesystem::path& folder, const std::string& fact);

class Replay {
public:
    /// Refused too: other rows than were written where they say which run this is: table runs, the opening's firms, products and regions; a quarter that
    /// is missing.
    static Result<Replay> open(const std::filesystem::path& run);

    const std::filesystem::path& file() const { return file_; }
    const RunRecord& run() const { return run_; }
    const Names& names() const { return names_; }
    /// Quarters stored, the opening first.
    const std::vector<int>& quarters() const { return quarters_; }
    std::uint64_t state_hash(int t) const;  // 0 for a quarter that is not stored

    /// Refused: an unknown table or column, with the nearest one; a table that was altered, in the quarter that the filters name or else in any. The stored
    /// worlds' bytes are left out unless a filter is there.
    Result<ReplayRows> rows(std::string_view table, const std::vector<RowFilter>& filters = {});
    /// The same, where the table was altered too.
    Result<FoundRows> found_rows(std::string_view table, const std::vector<RowFilter>& filters = {});
    /// All rows that found_rows() would give of a table that exists, with the columns of visited_columns() and without being kept; what was altered.
    Result<std::vector<Alteration>> visit(const Table& table, const RowVisitor& visitor);
    /// What is altered in a quarter of a table, or where that is empty in all of it.
    Result<std::vector<Alteration>> alterations(std::string_view table, const std::string& quarter = "");
    /// The state at the close of quarter t, checked against its hash. Refused: a quarter not stored, another layout of World, damage.
    Result<World> world_at(int t);
    /// A compact copy of the whole database in fixed order.
    Result<std::filesystem::path> copy_to(const std::filesystem::path& file);

private:
    Refusals check_format();
    Refusals read_digests();
    Refusals read_run();
    Refusals read_names();
    Refusal damaged(const std::string& fact) const;
    Refusals select(const Table& table, const std::vector<RowFilter>& filters, bool with_blobs, DigestsByQuarter* found, const RowVisitor& visitor);
    std::vector<Alteration> altered_rows(const std::string& table, const DigestsByQuarter& found, const std::string& quarter) const;

    std::filesystem::path file_;
    Database database_;
    RunRecord run_;
    Names names_;
    std::vector<int> quarters_;
    std::vector<std::uint64_t> hashes_;  // by quarter stored
    std::map<std::string, DigestsByQuarter> digests_;  // by table
};

}  // namespace rackrace
