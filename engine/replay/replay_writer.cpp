#include "engine/replay/replay_writer.h"

#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <set>

#include "engine/base/file_text.h"
#include "engine/base/quarter_index.h"
#include "engine/replay/key_columns.h"
#include "engine/replay/replay_tables.h"
#include "engine/replay/state_path.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;

constexpr const char* kNoRoom = "check that the folder can be written and that the disk has room";

std::string insert_statement(const Table& table) {
    std::string marks;
    for (std::size_t i = 0; i < table.columns.size(); ++i) marks += i == 0 ? "?" : ",?";
    return "INSERT INTO " + table.name + " VALUES (" + marks + ")";
}

/// Only a run's folder or an empty one is ever replaced: --force on anything else would delete what is no run.
bool is_replaceable(const fs::path& folder) { return fs::is_directory(folder) && (fs::exists(folder / "run.json") || fs::is_empty(folder)); }

bool is_warning(const Event& event) {
    for (const char* kind : {"default", "liquidated", "arrears_begun", "arrears_overdue", "slot_refused"})
        if (event.kind == kind) return true;
    return false;
}

}  // namespace

Result<std::unique_ptr<ReplayWriter>> ReplayWriter::begin(SavePlace place, RunRecord run, Names names, std::string resolved_toml) {
    std::unique_ptr<ReplayWriter> writer(new ReplayWriter(std::move(place), std::move(run), std::move(names), std::move(resolved_toml)));
    Refusals refusals = writer->open();
    if (!refusals.empty()) return refusals;
    return writer;
}

ReplayWriter::ReplayWriter(SavePlace place, RunRecord run, Names names, std::string resolved_toml)
    : place_(std::move(place)), run_(std::move(run)), names_(std::move(names)), resolved_toml_(std::move(resolved_toml)) {}

ReplayWriter::~ReplayWriter() {
    inserts_.clear();
    database_.reset();
    std::error_code ignored;
    if (!temporary_.empty()) fs::remove_all(temporary_, ignored);
}

Refusals ReplayWriter::open() {
    if (!place_.folder.empty() && fs::exists(place_.folder) && !place_.replace)
        return Refusal{place_.folder.string(), 0, 0, "exists already", "give --force to replace it, or another --out"};
    if (!place_.folder.empty() && fs::exists(place_.folder) && !is_replaceable(place_.folder))
        return Refusal{place_.folder.string(), 0, 0, "is no run's folder, so it is not replaced", "name a new folder, or that of a run"};
    const fs::path parent = place_.folder.empty() ? place_.parent : fs::absolute(place_.folder).lexically_normal().parent_path();
    std::error_code error;
    fs::create_directories(parent, error);
    const fs::path temporary = parent / fmt::format(".{}-s{}-{}.partial", run_.scenario, run_.seed, getpid());
    if (!error) fs::remove_all(temporary, error);
    if (!error) fs::create_directory(temporary, error);
    if (error) return Refusal{temporary.string(), 0, 0, "cannot be made: " + error.message(), kNoRoom};
    temporary_ = temporary;

    auto database = Database::create(temporary_ / "replay.sqlite");
    if (!database) return database.error();
    database_ = std::move(*database);
    run_.layout = layout_hash(describe<World>());
    std::string sql =
        fmt::format("PRAGMA page_size=8192; PRAGMA application_id={}; PRAGMA user_version={}; BEGIN;", kReplayApplicationId, kReplayVersion);
    for (const Table& table : replay_tables()) sql += create_statement(table) + ";";
    if (!database_->execute(sql + "COMMIT"))
        return Refusal{(temporary_ / "replay.sqlite").string(), 0, 0, "cannot be written: " + database_->error(), kNoRoom};
    for (const Table& table : replay_tables()) {
        auto insert = database_->prepare(insert_statement(table));
        if (!insert) return insert.error();
        inserts_.emplace_back(std::move(*insert));
    }
    return {};
}

void ReplayWriter::fail(const std::string& what, const std::string& why) {
    if (failures_.empty()) failures_.add({(temporary_ / what).string(), 0, 0, "cannot be written: " + why, kNoRoom});
}

RowsDigest ReplayWriter::write_rows(const Table& table, const RecordedQuarter& quarter) {
    RowsDigest digest;
    std::vector<Cell> cells;
    Statement& insert = *inserts_[static_cast<std::size_t>(&table - replay_tables().data())];
    table.rows(quarter, [&](int i, int j) {
        const Row row{quarter, i, j};
        cells.clear();
        for (const Column& column : table.columns) {
            cells.push_back(column.value(row));
            insert.bind(static_cast<int>(cells.size()), cells.back());
        }
        digest.add(cells);
        if (insert.step() == Step::failed) fail("replay.sqlite", table.name + ": " + database_->error());
        insert.reset();
    });
    return digest;
}

void ReplayWriter::write_digests(const std::vector<TableDigest>& digests, RecordedQuarter quarter) {
    quarter.digests = &digests;
    write_rows(*find_table(kDigestsTable), quarter);
}

void ReplayWriter::note_figures(const RecordedQuarter& quarter) {
    for (const Column& column : key_market_figures()) {
        FigureChange& change = metrics_[column.name];
        change.last = cell_number(column.value(Row{quarter}));
        if (hashes_.size() <= 2) change.first = change.last;  // the first quarter played comes after the opening
    }
}

/// Counts refused orders, those cut by a market, once for all that one result tells of, and failed callbacks.
void ReplayWriter::note_decisions(const DecisionLog& decisions, int t) {
    std::set<int> counted;
    for (const PlacedOrder& order : decisions.orders) {
        const Code code = answer_of(decisions, order);
        if (!is_rejection(code) || (order.status != OrderStatus::rejected && !counted.insert(order.fill).second)) continue;
        const std::string id(row_of(code).id);
        ++run_.rejections[id];
        ++run_.firm_rejections[names_.firms[static_cast<std::size_t>(order.firm)]][id];
    }
    for (const Decision& decision : decisions.decisions) {
        if (!decision.has_failed) continue;
        ++run_.script_errors;
        log_ += log_line("error", t, "script",
                         fmt::format("{}: {}:{}: {}", names_.firms[static_cast<std::size_t>(decision.firm)], decisions.scripts[static_cast<std::size_t>(decision.error_script)],
                                     decision.error_line, decision.error));
    }
}

void ReplayWriter::write_quarter(const RecordedQuarter& quarter, bool is_opening) {
    hashes_.push_back({quarter.world.t, quarter.state_hash});
    for (const Event& event : quarter.events)
        if (is_warning(event)) log_ += log_line("warning", quarter.world.t, event.kind.text, event.sentence);
    if (quarter.postings != nullptr && quarter.postings->dropped > 0)
        log_ +=
            log_line("warning", quarter.world.t, "postings_dropped", fmt::format("{} postings found no room in the list", quarter.postings->dropped));
    database_->execute("BEGIN");
    std::vector<TableDigest> digests;
    for (const Table& table : replay_tables()) {
        if (table.name == kDigestsTable || !(table.written == Written::each_quarter || (is_opening && table.written == Written::at_opening))) continue;
        digests.push_back({table.written == Written::each_quarter ? quarter_name(quarter.world.t) : "", table.name, write_rows(table, quarter)});
    }
    write_digests(digests, quarter);
    if (!database_->execute("COMMIT")) fail("replay.sqlite", database_->error());
    note_figures(quarter);
    *before_ = quarter.world;
}

void ReplayWriter::on_opening(const Scenario& scenario, const World& world) {
    scenario_ = std::make_unique<Scenario>(scenario);
    run_.start_t = world.t + 1;
    run_.last_t = world.t;
    run_.end_t = scenario.end_t;
    run_.firms = world.firm_count;
    before_ = std::make_unique<World>(world);
    chance_ = std::make_unique<Chance>(draw_chance(scenario, world.seed));
    const std::vector<Event> none;
    write_quarter({scenario, world, names_, run_, nullptr, nullptr, none, hash_world(world)}, true);
}

void ReplayWriter::on_close(const ClosedQuarter& closed) {
    run_.last_t = closed.world.t;
    std::vector<Event> events = shocks_beginning(closed.scenario, closed.world.t, names_);
    const std::vector<Event> found = events_between(*before_, closed.world, names_);
    events.insert(events.end(), found.begin(), found.end());
    if (closed.decisions != nullptr) note_decisions(*closed.decisions, closed.world.t);
    std::vector<AuctionBook> books;
    if (closed.orders != nullptr) books = auction_books(closed.scenario, *before_, closed.orders, *chance_);
    write_quarter({closed.scenario, closed.world, names_, run_, &closed.ledger, &closed.postings, events, closed.state_hash, closed.decisions, &books}, false);
}

void ReplayWriter::write_text(const char* file, const std::string& text) {
    std::ofstream out(temporary_ / file, std::ios::binary);
    out << text;
    out.close();
    if (!out) fail(file, "the write failed");
}

void ReplayWriter::add_file(const std::string& path, const std::string& text) { files_[path] = text; }

Result<fs::path> ReplayWriter::finish(const RunOutcome& outcome, const World& last) {
    run_.hash = run_hash(outcome.state_hashes);
    if (!outcome.is_complete) {
        run_.status = "fault";
        run_.fault = fault_sentence(last, names_);
        log_ += log_line("error", last.t, "fault", run_.fault);
    }
    for (const auto& [firm, codes] : run_.firm_rejections) log_ += log_line("info", run_.last_t, "rejections", firm + ": " + codes_text(codes));
    const std::vector<Event> none;
    const RecordedQuarter end{*scenario_, last, names_, run_, nullptr, nullptr, none, 0};
    database_->execute("BEGIN");
    write_digests({{"", "runs", write_rows(*find_table("runs"), end)}}, end);
    if (!database_->execute("COMMIT")) fail("replay.sqlite", database_->error());
    inserts_.clear();
    database_.reset();
    write_text("scenario.toml", resolved_toml_);
    write_text("log.jsonl", log_);
    write_text("METHODS.md", methods_text(run_, *scenario_));
    write_text("data-dictionary.csv", data_dictionary_csv());
    for (const auto& [path, text] : files_) {
        std::error_code error;
        fs::create_directories((temporary_ / path).parent_path(), error);
        write_text(path.c_str(), text);
    }
    write_text("run.json", run_json(run_, hashes_, metrics_));
    if (!failures_.empty()) return failures_;
    return move_into_place();
}

Result<fs::path> ReplayWriter::move_into_place() {
    std::error_code error;
    fs::path target = place_.folder;
    const std::string hash = fmt::format("{:016x}", run_.hash);
    for (std::size_t digits = 4; target.empty() && digits <= 16; digits *= 2) {
        const fs::path named = place_.parent / fmt::format("{}-s{}-{}", run_.scenario, run_.seed, hash.substr(0, digits));
        if (!fs::exists(named) || place_.replace) target = named;
        else if (file_text(named / "run.json") == file_text(temporary_ / "run.json")) return named;
    }
    if (target.empty()) return Refusal{place_.parent.string(), 0, 0, "holds this run already, written by another program", "give --force or --out"};
    if (fs::exists(target) && !place_.replace)
        return Refusal{target.string(), 0, 0, "exists already", "give --force to replace it, or another --out"};
    if (fs::exists(target) && !is_replaceable(target))
        return Refusal{target.string(), 0, 0, "is no run's folder, so it is not replaced", "give another --out"};
    if (place_.replace) fs::remove_all(target, error);
    fs::rename(temporary_, target, error);
    if (error) return Refusal{target.string(), 0, 0, "cannot be made: " + error.message(), kNoRoom};
    temporary_.clear();
    return target;
}

}  // namespace rackrace
