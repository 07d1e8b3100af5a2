// `rackrace report` of a batch: its means and failures by numbers that can be reckoned by hand, and the page as a person asks for it.
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/batch/batch_report.h"
#include "engine/replay/batch_format.h"
#include "engine/replay/key_columns.h"
#include "engine/replay/sqlite.h"
#include "tests/cli/program.h"
#include "tests/temporary_folder.h"

using namespace rackrace;
namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

struct EndedRun {
    int seed = 1;
    double presold = 0.5;
    std::string chips = "POSTED";
    double spot_i_usd_h = 0.0;  // at its end; every other key figure is 0
    std::string status = "ok";
};

/// The tables of a batch that its page reads, with `failed` rows of failures.
fs::path make_rows(const fs::path& folder, const std::vector<EndedRun>& runs, int failed = 0) {
    fs::create_directories(folder);
    auto database = Database::create(folder / kBatchFile);
    REQUIRE(database);
    std::string sql = "CREATE TABLE failed (run INTEGER, number INTEGER, quarter, firm, reason); CREATE TABLE runs (run INTEGER, seed INTEGER, presold REAL, \"rules.chips\", status";
    for (const Column& figure : key_market_figures()) sql += fmt::format(", \"{}_last\"", figure.name);
    sql += ");";
    for (std::size_t i = 0; i < runs.size(); ++i) {
        sql += fmt::format("INSERT INTO runs VALUES ({}, {}, {}, '{}', '{}'", i, runs[i].seed, runs[i].presold, runs[i].chips, runs[i].status);
        for (const Column& figure : key_market_figures()) sql += fmt::format(", {}", figure.name == "spot_i_usd_h" ? runs[i].spot_i_usd_h : 0.0);
        sql += ");";
    }
    for (int i = 0; i < failed; ++i) sql += fmt::format("INSERT INTO failed VALUES (0, {}, '2027Q1', 'amber', 'x.lua:3: failure {}');", i, i);
    REQUIRE(database->execute(sql));
    return folder;
}

std::vector<PageTable> tables_of(const fs::path& folder) {
    auto tables = batch_tables_of_page(folder);
    INFO((tables ? "" : tables.error().text()));
    REQUIRE(tables);
    return std::move(*tables);
}

/// Texts of a column, by its head.
std::vector<std::string> column_of(const PageTable& table, const std::string& head) {
    const auto& heads = table.table.heads;
    std::size_t at = 0;
    while (at < heads.size() && heads[at].name != head) ++at;
    REQUIRE(at < heads.size());
    std::vector<std::string> out;
    for (const auto& row : table.table.rows) out.push_back(std::get<std::string>(row[at]));
    return out;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("Means by value average the runs of a seed first, and their interval is over seeds", "[cli][batch]") {
    const TemporaryFolder folder;
    const auto tables = tables_of(make_rows(folder.path() / "batch", {{1, 0.2, "POSTED", 1.0}, {1, 0.4, "POSTED", 3.0}, {2, 0.2, "POSTED", 4.0}, {2, 0.4, "POSTED", 4.0}, {1, 0.2, "UNIFORM", 5.0},
                                                                      {2, 0.2, "UNIFORM", 900.0, "fault"}}));
    REQUIRE(tables.size() == 2);
    CHECK(tables[0].heading == "Means by presold");
    CHECK(column_of(tables[0], "presold") == Texts{"0.2", "0.4"});
    CHECK(column_of(tables[0], "runs") == Texts{"3", "2"});  // those that were played to the end
    CHECK(tables[1].heading == "Means by rules.chips");
    CHECK(column_of(tables[1], "rules.chips") == Texts{"POSTED", "UNIFORM"});
    // seeds 2 and 4: mean 3, standard error 1, 12.706 of them at one degree of freedom; of one seed there is no interval
    CHECK(column_of(tables[1], "spot_i_usd_h") == Texts{"3 (-9.706 to 15.71)", "5"});
    CHECK(tables[1].table.heads.size() == 2 + key_market_figures().size());
}

TEST_CASE("Settings that are the same in all runs have no means, those of many values a sentence", "[cli][batch]") {
    const TemporaryFolder folder;
    std::vector<EndedRun> runs;
    for (int i = 0; i < 17; ++i) runs.push_back({1, 0.01 * i});
    const auto many = tables_of(make_rows(folder.path() / "many", runs));
    REQUIRE(many.size() == 1);
    CHECK(many[0].heading == "Means by presold");
    CHECK(many[0].words.starts_with("17 values are too many for a table"));
    CHECK(many[0].table.rows.empty());
    runs.pop_back();
    CHECK(column_of(tables_of(make_rows(folder.path() / "fewer", runs)).at(0), "runs").size() == 16);
    CHECK(tables_of(make_rows(folder.path() / "one", {{1}, {2}})).empty());
}

TEST_CASE("The page's list of failures says how many more there are", "[cli][batch]") {
    const TemporaryFolder folder;
    const PageTable failed = tables_of(make_rows(folder.path() / "batch", {{1}, {2}}, 101)).at(0);
    CHECK(failed.heading == "What failed");
    CHECK(failed.table.rows.size() == 100);
    CHECK(column_of(failed, "reason").front() == "x.lua:3: failure 0");
    CHECK(failed.words.ends_with("The first 100 of 101: failed.csv has all."));
}

TEST_CASE("The report of a batch is one page with its plan, its means and its figures", "[cli][program][batch]") {
    const TemporaryFolder folder;
    write(folder.path() / "plan.toml", "scenario = \"small\"\nseeds = [1, 2]\n[vary]\n\"end\" = \"2026Q3\"\n\"rules.chips\" = [\"UNIFORM\", \"POSTED\"]\n");
    REQUIRE(rackrace_in(folder.path(), "sweep plan.toml --out batches/hedge -q").code == ExitCode::done);
    const Ran ran = rackrace_in(folder.path(), "report hedge --json");
    INFO(ran.err);
    REQUIRE(ran.code == ExitCode::done);
    CHECK(Json::parse(ran.out).at("batch") == "hedge");
    const std::string page = read_text(folder.path() / "hedge.html");
    for (const char* part : {"<h1>hedge, 4 runs of small</h1>", "<summary>The plan</summary>", "<h2>Means by rules.chips</h2>", "<td class=\"words\">UNIFORM</td><td>2</td>", "id=\"fan-spot_i_usd_h\"",
                             "id=\"defaults\"", "rackrace verify batches/hedge"})
        CHECK(page.find(part) != std::string::npos);
    CHECK(page.find("not complete") == std::string::npos);
    CHECK(rackrace_in(folder.path(), "report hedge").code == ExitCode::cannot_write);

    fs::rename(folder.path() / "batches/hedge/batch.sqlite", folder.path() / "batches/hedge/work.sqlite");
    {
        auto database = Database::create(folder.path() / "batches/hedge/work.sqlite");
        REQUIRE(database);
        REQUIRE(database->execute("DELETE FROM runs WHERE run = 3"));
    }
    const Ran part = rackrace_in(folder.path(), "report batches/hedge --out part.html");
    INFO(part.err);
    REQUIRE(part.code == ExitCode::done);
    CHECK(read_text(folder.path() / "part.html").find("This batch is not complete: 3 of 4 runs are here") != std::string::npos);
}
