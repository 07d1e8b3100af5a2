// What the tables of a replay are made of: columns as data (name, type, unit, meaning) with the function that takes the value from a
// recorded quarter. The database, its documentation, the data dictionary and the check of a reader all come from these columns.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/quarter/auction_books.h"
#include "engine/quarter/decision_log.h"
#include "engine/quarter/run.h"
#include "engine/replay/events.h"
#include "engine/replay/figures.h"
#include "engine/replay/sqlite.h"
#include "engine/scenario/names.h"
#include "engine/schema/fields.h"

namespace rackrace {

/// Facts of a run as a whole. Those of the program come from outside: the engine does not know how it was built.
struct RunRecord {
    std::string scenario, program_version, commit, build, machine;
    std::uint64_t seed = 0;
    std::map<std::string, int> engines;     // how many firms each decides: {"neutral", 17}
    std::map<std::string, int> rejections;  // orders refused or cut, by code
    std::map<std::string, std::map<std::string, int>> firm_rejections;  // by firm, then by code
    int script_errors = 0;                  // callbacks that failed
    std::string fork_of;                    // of a fork: the run that it left, by its folder's name, and its hash; empty for another run
    // filled when the run has ended
    int start_t = 0, end_t = 0, last_t = 0;
    int firms = 0;
    std::string status = "ok";  // or "fault"
    std::string fault;          // what broke, for a person
    std::uint64_t hash = 0;     // of all state hashes
    std::uint64_t layout = 0;   // of the stored worlds
};

struct TableDigest;

/// What the rows of one quarter are taken from. At the opening there is no ledger and no posting.
struct RecordedQuarter {
    const Scenario& scenario;
    const World& world;
    const Names& names;
    const RunRecord& run;
    const Ledger* ledger;
    const PostingList* postings;
    const std::vector<Event>& events;
    std::uint64_t state_hash;
    const DecisionLog* decisions = nullptr;
    const std::vector<AuctionBook>* books = nullptr;  // of the quarter's auctions
    const std::vector<TableDigest>* digests = nullptr;  // of the rows of all other tables
    QuarterFigures market = quarter_figures(scenario, world);
    std::vector<FirmFigures> firms = all_firm_figures(scenario, world);  // by firm
};

/// A row: the recorded quarter and up to two indices; what they count is the table's business.
struct Row {
    const RecordedQuarter& at;
    int i = 0;
    int j = 0;
};

enum class ColumnType { integer, real, text, blob };
std::string_view column_type_text(ColumnType type);

struct Column {
    std::string name;
    ColumnType type;
    std::string unit;
    std::string doc;
    std::function<Cell(const Row&)> value;
};

enum class Written { at_opening, each_quarter, at_end };  // each_quarter includes the opening

struct Table {
    std::string name;
    std::string doc;
    std::string key;  // columns of the primary key, as in SQL
    Written written;
    std::vector<Column> columns;
    std::function<void(const RecordedQuarter&, const std::function<void(int, int)>&)> rows;  // calls back for every row, in fixed order
};

/// Columns from a struct's schema: one a scalar field, one an element of a short array. Names get their unit's suffix where they lack it,
/// quarter indices become quarter names. `place` gives the struct of a row; fields in `without` are left out.
void add_fields(std::vector<Column>& columns, const RecordInfo& record, std::function<const void*(const Row&)> place,
                const std::vector<std::string_view>& without);

/// The suffix that a column name of this unit carries; empty for counts, flags and words.
std::string_view unit_suffix(Unit unit);

/// What a column holds, for a person: its doc, or where it has none the words of its name.
std::string column_meaning(const Column& column);

Cell whole(std::int64_t value);
Cell dollars(Usd amount);
Cell quarter_cell(int t);                              // nothing for a negative t
Cell firm_cell(const RecordedQuarter& at, int party);  // a firm or an outside sector by name
Column quarter_column();

}  // namespace rackrace
