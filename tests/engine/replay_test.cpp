// The replay as written and read: what went in comes out bit for bit, and nothing that is wrong with a file gets further than a refusal.
#include <catch2/catch.hpp>

#include <cstring>
#include <fstream>
#include <map>
#include <memory>
#include <random>
#include <set>

#include "engine/base/hash.h"
#include "engine/replay/all_alterations.h"
#include "engine/replay/replay_reader.h"
#include "engine/replay/replay_tables.h"
#include "engine/replay/replay_writer.h"
#include "engine/scenario/load_scenario.h"
#include "tests/engine/random_orders.h"
#include "tests/engine/sealed.h"
#include "tests/engine/synthetic_run.h"
#include "tests/golden.h"
#include "tests/temporary_folder.h"

using namespace rackrace;
using rackrace::test::RandomDeciders;
namespace fs = std::filesystem;

namespace {

fs::path record(const fs::path& parent, bool replace = false, const fs::path& folder = {}) {
    SavePlace place;
    place.parent = parent;
    place.folder = folder;
    place.replace = replace;
    auto writer = ReplayWriter::begin(place, synthetic::record(), synthetic::names(), "name = \"tiny\"\n");
    REQUIRE(writer);
    const RunOutcome outcome = synthetic::play(**writer);
    const auto saved = (*writer)->finish(outcome, *synthetic::world(4));
    REQUIRE(saved);
    return *saved;
}

bool is_same(const World& a, const World& b) { return std::memcmp(&a, &b, sizeof(World)) == 0; }

void copy_prefix(const fs::path& from, const fs::path& to, std::size_t bytes) {
    std::ofstream(to, std::ios::binary) << read_text(from).substr(0, bytes);
}

/// Reads everything that can be read. True where nothing was refused.
bool read_everything(const fs::path& file) {
    auto replay = Replay::open(file);
    if (!replay) return false;
    bool is_well = true;
    for (const Table& table : replay_tables()) is_well = replay->rows(table.name).has_value() && is_well;
    for (int t : replay->quarters()) is_well = replay->world_at(t).has_value() && is_well;
    return is_well;
}

/// Random orders, with the draws to come kept as they stand before each quarter.
class RandomByQuarter : public Deciders {
public:
    explicit RandomByQuarter(std::uint64_t seed) : draws_(seed) {}
    void decide(const Scenario& scenario, const World& world, Orders* orders) override {
        before.push_back(draws_);
        draws_.decide(scenario, world, orders);
    }
    void operate(const Scenario&, const World&, Orders*) override {}

    std::vector<RandomDeciders> before;

private:
    RandomDeciders draws_;
};

}  // namespace

TEST_CASE("A recorded run reads back: names, hashes, events and every state bit for bit", "[engine][replay]") {
    const TemporaryFolder folder;
    const fs::path saved = record(folder.path());
    auto replay = Replay::open(saved);
    REQUIRE(replay);
    CHECK(replay->run().scenario == "tiny");
    CHECK(replay->run().seed == 7);
    CHECK(replay->run().status == "ok");
    CHECK(replay->run().start_t == 9);
    CHECK(replay->run().last_t == 12);
    CHECK(replay->names().firms == synthetic::names().firms);
    CHECK(replay->names().products == synthetic::names().products);
    CHECK(replay->names().regions == synthetic::names().regions);
    CHECK(replay->quarters() == std::vector<int>{8, 9, 10, 11, 12});
    for (int q = 0; q <= 4; ++q) {
        const auto world = replay->world_at(8 + q);
        REQUIRE(world);
        CHECK(is_same(*world, *synthetic::world(q)));
        CHECK(replay->state_hash(8 + q) == hash_world(*synthetic::world(q)));
    }
    const auto events = replay->rows("events", {{"firm", "basalt"}});
    REQUIRE(events);
    std::set<std::string> kinds;
    for (std::size_t i = 0; i < events->rows.size(); ++i) kinds.insert(events->text(i, "kind"));
    CHECK(kinds ==
          std::set<std::string>{"arrears_begun", "arrears_ended", "rating_changed", "contract_signed", "contract_started", "contract_ended"});
    CHECK(replay->rows("events", {{"kind", "product_launched"}})->text(0, "subject") == "bow");
}

TEST_CASE("Rows hold what the state and the ledger say, by name and in dollars", "[engine][replay]") {
    const TemporaryFolder folder;
    auto replay = Replay::open(record(folder.path()));
    REQUIRE(replay);
    const auto firm = replay->rows("firms", {{"quarter", "2026Q4"}, {"firm", "basalt"}});
    REQUIRE(firm);
    REQUIRE(firm->rows.size() == 1);
    CHECK(firm->number(0, "cash_usd") == 5e9);
    CHECK(firm->number(0, "debt_usd") == 5e9);
    CHECK(firm->text(0, "status") == "in_arrears");
    CHECK(firm->text(0, "role") == "neocloud");
    CHECK(firm->number(0, "arrears_new_usd") == 250e6);
    CHECK(firm->number(0, "arrears_old_usd") == 150e6);
    CHECK(firm->number(0, "pool_h100e") == 4e6);
    CHECK(firm->number(0, "sold_by_contract_h100e") == 600000.0);
    const auto holding = replay->rows("holdings", {{"quarter", "2026Q4"}, {"firm", "basalt"}, {"product", "axe"}});
    REQUIRE(holding);
    CHECK(holding->number(0, "installed_chips") == 200000.0);
    const auto postings = replay->rows("postings", {{"quarter", "2026Q3"}});
    REQUIRE(postings);
    REQUIRE(postings->rows.size() == 3);
    CHECK(postings->text(0, "kind") == "chip_balance");
    CHECK(postings->text(0, "payer") == "basalt");
    CHECK(postings->text(0, "payee") == "cobalt");
    CHECK(postings->number(0, "amount_usd") == 2e6);
    CHECK(postings->text(1, "payee") == "investor");
    const auto quarter = replay->rows("quarters", {{"quarter", "2026Q3"}});
    REQUIRE(quarter);
    CHECK(quarter->number(0, "firms_in_arrears") == 1.0);
    CHECK(quarter->number(0, "supply_mh") == Approx(6e6 * 2190.0 / 1e6));
    CHECK(quarter->number(0, "chip_fill_frac") == Approx(0.75));
    CHECK(replay->rows("contracts", {{"quarter", "2026Q3"}, {"contract", "2"}})->text(0, "buyer") == "customer");
}

TEST_CASE("Orders read back with their arguments by name, the line that placed them and what became of them", "[engine][replay][orders]") {
    const TemporaryFolder folder;
    auto replay = Replay::open(record(folder.path()));
    REQUIRE(replay);
    const auto orders = replay->rows("orders", {{"quarter", "2026Q3"}});
    REQUIRE(orders);
    REQUIRE(orders->rows.size() == 3);
    CHECK(orders->text(0, "firm") == "basalt");
    CHECK(orders->number(0, "order_id") == 21.0);
    CHECK(orders->text(0, "args") == R"({"region":"south","grid_mw":12.5,"max_usd_kw_q":300})");
    CHECK(orders->text(0, "script") == "firms/basalt.lua");
    CHECK(orders->number(0, "line") == 38.0);
    CHECK(orders->text(0, "status") == "accepted");
    CHECK(orders->text(0, "code") == "F02");
    CHECK(orders->text(1, "args") == R"({"mh":8,"min_usd_h":1.5,"grade":"training"})");
    CHECK(orders->text(1, "status") == "rejected");
    CHECK(orders->text(1, "reason") == "over_credit_limit");
    CHECK(orders->number(1, "asked") == 8.0);
    CHECK(orders->number(1, "allowed") == 2.5);
    CHECK(orders->text(2, "args") == R"({"buyer":"amber","weight":0.1})");
    CHECK(orders->text(2, "status") == "dropped");
    const auto fill = replay->rows("fills", {{"quarter", "2026Q3"}, {"firm", "basalt"}, {"n", orders->text(0, "fill")}});
    REQUIRE(fill);
    CHECK(fill->text(0, "subject") == "south");
    CHECK(fill->number(0, "got") == 6.25);
    CHECK(fill->number(0, "price") == 275.0);
    const auto decisions = replay->rows("decisions", {{"status", "failed"}});
    REQUIRE(decisions);
    REQUIRE(decisions->rows.size() == 1);
    CHECK(decisions->text(0, "quarter") == "2026Q3");
    CHECK(decisions->text(0, "firm") == "cobalt");
    CHECK(decisions->text(0, "error_script") == "strategies/supplier/baseline.lua");
    CHECK(decisions->number(0, "error_line") == 90.0);
    const auto traces = replay->rows("traces", {{"quarter", "2026Q3"}});
    REQUIRE(traces);
    REQUIRE(traces->rows.size() == 2);
    CHECK(traces->text(0, "name") == "need_mw");
    CHECK(traces->number(0, "value") == 12.5);
    CHECK(traces->text(1, "kind") == "mark");
    CHECK(traces->text(1, "value").empty());
}

TEST_CASE("Memory reads back by name and item, what is 0 left out", "[engine][replay][orders]") {
    const TemporaryFolder folder;
    auto replay = Replay::open(record(folder.path()));
    REQUIRE(replay);
    CHECK(replay->rows("memory", {{"quarter", "2026Q3"}})->rows.size() == 1);
    const auto memory = replay->rows("memory", {{"quarter", "2026Q4"}});
    REQUIRE(memory);
    REQUIRE(memory->rows.size() == 2);
    CHECK(memory->text(0, "name") == "closed");
    CHECK(memory->number(0, "item") == 3.0);
    CHECK(memory->number(0, "value") == 3.0);
    CHECK(memory->text(1, "firm") == "basalt");
    CHECK(memory->text(1, "author") == "script");
    CHECK(memory->number(1, "value") == 12.5);
}

TEST_CASE("Rejections are counted by code and by firm, cuts among them, and said in run.json and log.jsonl", "[engine][replay][orders]") {
    const TemporaryFolder folder;
    const fs::path saved = record(folder.path());
    auto replay = Replay::open(saved);
    REQUIRE(replay);
    CHECK(replay->rows("runs")->text(0, "rejections") == "5");
    CHECK(replay->rows("runs")->text(0, "rejections_by_code") == "R02 3, R09 1, R11 1");
    CHECK(replay->run().script_errors == 1);
    const std::string run = read_text(saved / "run.json"), log = read_text(saved / "log.jsonl");
    CHECK(run.find("\"rejections_by_firm\": {\n  \"basalt\": {\n   \"R02\": 3,") != std::string::npos);
    CHECK(log.find("\"kind\":\"rejections\",\"text\":\"basalt: R02 3, R09 1, R11 1\"") != std::string::npos);
    CHECK(log.find("\"quarter\":\"2026Q3\",\"kind\":\"script\",\"text\":\"cobalt: strategies/supplier/baseline.lua:90: the decision used up its budget\"") != std::string::npos);
}

TEST_CASE("A run's folder says what it is beside the replay", "[engine][replay]") {
    const TemporaryFolder folder;
    const fs::path saved = record(folder.path());
    CHECK(saved.filename().string().starts_with("tiny-s7-"));
    for (const char* file : {"run.json", "scenario.toml", "replay.sqlite", "log.jsonl", "METHODS.md", "data-dictionary.csv"})
        CHECK(fs::exists(saved / file));
    CHECK(read_text(saved / "scenario.toml") == "name = \"tiny\"\n");
    CHECK(read_text(saved / "log.jsonl").find("\"arrears_begun\"") != std::string::npos);
    CHECK(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()) == 1);  // no temporary folder is left
}

TEST_CASE("Recording the same run twice gives the same bytes and one folder", "[engine][replay]") {
    const TemporaryFolder folder;
    const fs::path first = record(folder.path());
    const std::string bytes = read_text(first / "replay.sqlite");
    CHECK(record(folder.path()) == first);
    CHECK(read_text(first / "replay.sqlite") == bytes);
    const fs::path other = record(folder.path(), false, folder.path() / "other");
    CHECK(read_text(other / "replay.sqlite") == bytes);
}

TEST_CASE("A folder that is there is replaced only when asked, and only if it is a run's", "[engine][replay]") {
    const TemporaryFolder folder;
    const fs::path out = folder.path() / "out";
    record(folder.path(), false, out);
    const auto begin = [&](const fs::path& where, bool replace) {
        SavePlace place;
        place.folder = where;
        place.replace = replace;
        return ReplayWriter::begin(place, synthetic::record(), synthetic::names(), "");
    };
    CHECK_FALSE(begin(out, false));
    CHECK(record(folder.path(), true, out) == out);
    fs::create_directory(folder.path() / "thesis");
    std::ofstream(folder.path() / "thesis" / "chapter1.tex") << "text";
    CHECK_FALSE(begin(folder.path() / "thesis", true));
    CHECK(fs::exists(folder.path() / "thesis" / "chapter1.tex"));
    CHECK_FALSE(begin("/dev/null/run", false));
}

TEST_CASE("A run that is not finished leaves nothing behind", "[engine][replay]") {
    const TemporaryFolder folder;
    {
        SavePlace place;
        place.parent = folder.path();
        auto writer = ReplayWriter::begin(place, synthetic::record(), synthetic::names(), "");
        REQUIRE(writer);
        (*writer)->on_opening(*synthetic::scenario(), *synthetic::world(0));
    }
    CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("A replay cut at any of fifty places is refused with the bytes that are there", "[engine][replay]") {
    const TemporaryFolder folder;
    const fs::path whole_file = record(folder.path()) / "replay.sqlite", cut = folder.path() / "cut.sqlite";
    const std::size_t size = fs::file_size(whole_file);
    std::mt19937_64 random(1);
    for (int i = 0; i < 50; ++i) {
        copy_prefix(whole_file, cut, i == 0 ? 0 : i == 1 ? size - 1 : random() % size);
        const auto replay = Replay::open(cut);
        REQUIRE_FALSE(replay);
        CHECK(replay.error().all[0].place == cut.string());
        CHECK_FALSE(replay.error().all[0].fact.empty());
    }
    copy_prefix(whole_file, cut, size / 2);
    CHECK(Replay::open(cut).error().text().find("is cut") != std::string::npos);
}

TEST_CASE("A replay with altered bytes is refused or read, and never gives a state that was not recorded", "[engine][replay]") {
    const TemporaryFolder folder;
    const fs::path whole_file = record(folder.path()) / "replay.sqlite", altered = folder.path() / "altered.sqlite";
    const std::string bytes = read_text(whole_file);
    std::mt19937_64 random(2);
    int refused = 0;
    for (int i = 0; i < 100; ++i) {
        std::string other = bytes;
        for (int k = 0; k < 20; ++k) other[random() % other.size()] = static_cast<char>(random());
        std::ofstream(altered, std::ios::binary) << other;
        if (!read_everything(altered)) ++refused;
        auto replay = Replay::open(altered);
        if (!replay) continue;
        for (int q = 0; q <= 4; ++q)
            if (const auto world = replay->world_at(8 + q))
                CHECK((is_same(*world, *synthetic::world(q)) || replay->state_hash(8 + q) != hash_world(*synthetic::world(q))));
    }
    CHECK(refused > 0);
}

TEST_CASE("What is no replay of this program is refused by its reason", "[engine][replay]") {
    const TemporaryFolder folder;
    const fs::path saved = record(folder.path()), file = saved / "replay.sqlite";
    const auto reason = [&](const std::string& sql) {
        const fs::path copy = folder.path() / "changed.sqlite";
        fs::copy_file(file, copy, fs::copy_options::overwrite_existing);
        change(copy, sql);
        const auto replay = Replay::open(copy);
        return replay ? std::string() : replay.error().text();
    };
    CHECK(reason("PRAGMA application_id=1").find("no replay of rackrace") != std::string::npos);
    CHECK(reason("PRAGMA user_version=99").find("in format 99") != std::string::npos);
    CHECK(reason("PRAGMA user_version=1").find("has the older format 1, this program reads 7") != std::string::npos);
    CHECK(reason("DROP TABLE postings").find("'postings'") != std::string::npos);
    CHECK(reason("ALTER TABLE firms ADD COLUMN mood REAL").find("unexpected column 'mood'") != std::string::npos);
    CHECK(reason("DELETE FROM runs").find("not finished") != std::string::npos);
    CHECK(reason("SELECT 1").empty());
    std::ofstream(folder.path() / "text.sqlite")
        << "not a database, but long enough to have a header of one hundred bytes, which is what a reader looks at first of all";
    CHECK(Replay::open(folder.path() / "text.sqlite").error().text().find("no SQLite file") != std::string::npos);
    CHECK(Replay::open(folder.path() / "missing").error().text().find("holds no run") != std::string::npos);
}

TEST_CASE("A damaged replay in a run's folder names the command that makes it again", "[engine][replay]") {
    const TemporaryFolder folder;
    const fs::path saved = record(folder.path());
    fs::resize_file(saved / "replay.sqlite", 5000);
    CHECK(Replay::open(saved).error().text().find("rackrace run --from " + saved.string()) != std::string::npos);
    const fs::path moved = folder.path() / "of mine";
    fs::rename(saved, moved);
    const std::string word = "'" + moved.string() + "'";
    CHECK(Replay::open(moved).error().text().find("rackrace run --from " + word + " --force --out " + word) != std::string::npos);
}

TEST_CASE("A stored state of another layout, or one that is not its hash's, is refused", "[engine][replay]") {
    const TemporaryFolder folder;
    const fs::path file = record(folder.path()) / "replay.sqlite";
    change(file, "UPDATE quarters SET state_hash='00000000000000ff' WHERE quarter='2026Q3'");
    CHECK(Replay::open(file)->world_at(10).error().text().find("not the one whose hash") != std::string::npos);
    CHECK(Replay::open(file)->world_at(20).error().text().find("holds no quarter 2029Q1") != std::string::npos);
    change_and_seal(file, "UPDATE runs SET layout='00000000000000ff'");
    CHECK(Replay::open(file)->world_at(11).error().text().find("whose fields are not those") != std::string::npos);
}

TEST_CASE("A cell that was altered, a row that is gone and one more are named with table and quarter", "[engine][replay]") {
    const TemporaryFolder folder;
    const fs::path file = record(folder.path()) / "replay.sqlite", altered = folder.path() / "altered.sqlite";
    const auto after = [&](const Table& table, const std::string& sql) {
        fs::copy_file(file, altered, fs::copy_options::overwrite_existing);
        change(altered, sql);
        auto replay = Replay::open(altered);
        if (!replay) return replay.error().text();
        const Table& other = *find_table(table.name == "traces" ? "memory" : "traces");
        CHECK(replay->rows(other.name));
        CHECK_FALSE(replay->rows(table.name, {{table.columns[1].name, "x"}}));  // some of the rows
        if (table.written == Written::each_quarter) {
            CHECK(replay->rows(table.name, {{"quarter", "2026Q2"}}));
            CHECK_FALSE(replay->rows(table.name, {{"quarter", table.key == "quarter" && sql.starts_with("INSERT") ? "2030Q1" : "2026Q3"}}));
        }
        const auto rows = replay->rows(table.name);
        return rows ? std::string() : rows.error().text();
    };
    for (const Table& table : replay_tables()) {
        if (table.name == kDigestsTable) continue;
        const bool is_quarterly = table.written == Written::each_quarter;
        const std::string named = "table '" + table.name + "' was altered" + (is_quarterly ? " in 2026Q3: " : ": ");
        const std::string one = " WHERE (" + table.key + ")=(SELECT " + table.key + " FROM " + table.name + (is_quarterly ? " WHERE quarter='2026Q3'" : "") + " LIMIT 1)";
        std::string values;
        for (const Column& column : table.columns) values += std::string(values.empty() ? "" : ",") + (column.name != "quarter" ? "'x'" : table.key == "quarter" ? "'2030Q1'" : "'2026Q3'");
        INFO(table.name);
        const std::string more = after(table, "INSERT INTO " + table.name + " VALUES (" + values + ")");
        INFO(more);
        CHECK(more.find("table '" + table.name + "' was altered") != std::string::npos);
        if (table.name == "auctions" || table.name == "auction_orders") continue;  // no market played this run
        const std::string cell = after(table, "UPDATE " + table.name + " SET " + table.columns.back().name + "='x'" + one), gone = after(table, "DELETE FROM " + table.name + one);
        INFO(cell << "\n" << gone);
        CHECK(cell.find(named + "a cell is not as it was written") != std::string::npos);
        if (table.name != "runs") CHECK(gone.find(named) != std::string::npos);
        if (table.name == "events") CHECK(gone.find(" are there, ") != std::string::npos);
    }
}

TEST_CASE("Names and the run itself are those that were written, or the replay is refused", "[engine][replay]") {
    for (const auto& [sql, fact] : std::map<std::string, std::string>{{"UPDATE firms SET firm='granite' WHERE firm='basalt'", "table 'firms' was altered in 2026Q1"},
                                                                      {"UPDATE runs SET seed=8", "table 'runs' was altered: a cell"},
                                                                      {"INSERT INTO runs SELECT * FROM runs WHERE 0", ""}}) {
        const TemporaryFolder folder;
        const fs::path run = record(folder.path());
        change(run / "replay.sqlite", sql);
        const auto replay = Replay::open(run);
        INFO(sql);
        CHECK(replay.has_value() == fact.empty());
        if (!replay) CHECK(replay.error().text().find(fact) != std::string::npos);
        if (!replay) CHECK(replay.error().text().find("rackrace run --from " + run.string()) != std::string::npos);
    }
}

TEST_CASE("A digest that is gone or was altered is told as the table that it is of", "[engine][replay]") {
    const TemporaryFolder folder;
    const fs::path file = record(folder.path()) / "replay.sqlite";
    {
        auto whole = Replay::open(file);
        REQUIRE(whole);
        CHECK(all_alterations(*whole).value().empty());
    }
    change(file, "DELETE FROM digests WHERE of_table='events' AND quarter='2026Q3'; UPDATE digests SET digest='00000000000000ff' WHERE of_table='firms' AND quarter>'2026Q1'");
    auto replay = Replay::open(file);
    REQUIRE(replay);
    CHECK(replay->rows("events").error().text().find("table 'events' was altered in 2026Q3: no digest of it is stored") != std::string::npos);
    CHECK(replay->rows("firms").error().text().find("table 'firms' was altered in 2026Q2, 2026Q3, 2026Q4 and 1 more quarter: a cell is not as it was written;") != std::string::npos);
    CHECK(replay->rows("digests"));
    CHECK(replay->rows("loans"));
    std::map<std::string, int> quarters;  // by table
    const auto found = all_alterations(*replay);
    for (const Alteration& one : *found) ++quarters[one.table];
    CHECK(quarters == std::map<std::string, int>{{"events", 1}, {"firms", 4}});
}

TEST_CASE("Columns are named once, with their unit, and lie within what SQL takes without quotes", "[engine][replay]") {
    const std::map<std::string, std::string> parts = {{"$", "usd"},      {"$/h", "usd_h"},    {"$/chip", "usd_chip"}, {"H100e", "h100e"},
                                                      {"kW", "kw"},      {"IT kW", "kw"},     {"chips", "chips"},     {"Mh", "mh"},
                                                      {"share", "frac"}, {"per year", "apr"}, {"quarter", "quarter"}};
    for (const Table& table : replay_tables()) {
        std::set<std::string> names;
        for (const Column& column : table.columns) {
            INFO(table.name << "." << column.name << " in " << column.unit);
            CHECK(names.insert(column.name).second);
            CHECK_FALSE(column_meaning(column).ends_with(" usd"));  // a unit's suffix is no word of a sentence
            CHECK(column.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos);
            if (const auto part = parts.find(column.unit); part != parts.end())
                CHECK(("_" + column.name + "_").find("_" + part->second + "_") != std::string::npos);
        }
    }
}

TEST_CASE("docs/replay-format.md is the page that the tables give", "[engine][replay]") {
    CHECK(golden("docs/replay-format.md", replay_format_markdown()) == replay_format_markdown());
}

TEST_CASE("A run of any orders that is read from its replay at any quarter goes on to the same bytes", "[engine][replay]") {
    const auto loaded = load_scenario({"base-2026", fs::path(RACKRACE_SOURCE_DIR) / "data", {}, ""});
    REQUIRE(loaded);
    const auto whole_run = std::make_unique<World>(loaded->opening);
    const TemporaryFolder folder;
    SavePlace place;
    place.parent = folder.path();
    auto writer = ReplayWriter::begin(place, synthetic::record(), loaded->names, loaded->resolved_toml);
    REQUIRE(writer);
    RandomByQuarter deciders(3);
    const RunOutcome outcome = play_run(loaded->scenario, *whole_run, 7, &deciders, writer->get());
    REQUIRE(outcome.state_hashes.size() == 27);
    const auto saved = (*writer)->finish(outcome, *whole_run);
    REQUIRE(saved);
    auto replay = Replay::open(*saved);
    REQUIRE(replay);
    REQUIRE(replay->quarters().size() == 28);
    for (std::size_t q = 0; q < 27; ++q) {
        CAPTURE(q);
        const auto world = replay->world_at(replay->quarters()[q]);
        REQUIRE(world);
        const auto rest_run = std::make_unique<World>(*world);
        RandomDeciders rest = deciders.before[q];
        const RunOutcome played = play_run(loaded->scenario, *rest_run, 7, &rest, nullptr);
        CHECK(played.state_hashes == std::vector<std::uint64_t>(outcome.state_hashes.begin() + static_cast<std::ptrdiff_t>(q), outcome.state_hashes.end()));
        CHECK(is_same(*rest_run, *whole_run));
    }
}
