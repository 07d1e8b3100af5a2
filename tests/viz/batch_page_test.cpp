// The page of a batch: what stands on it, and what it says where runs are missing.
#include "tests/viz/made_batches.h"
#include "viz/figures/batch_page.h"

using namespace rackrace;
namespace fs = std::filesystem;

namespace {

std::string page_of(const fs::path& batch, const std::vector<PageTable>& tables = {}) {
    Ensemble ensemble = opened_batch(batch);
    const auto page = batch_page(ensemble, tables);
    INFO((page ? "" : page.error().text()));
    REQUIRE(page);
    return *page;
}

bool says(const std::string& page, const std::string& part) { return page.find(part) != std::string::npos; }

std::size_t count_of(const std::string& page, const std::string& part) {
    std::size_t count = 0;
    for (std::size_t at = page.find(part); at != std::string::npos; at = page.find(part, at + 1)) ++count;
    return count;
}

/// Runs of three numbers and two words.
std::vector<MadeRun> varied_runs(int count) {
    std::vector<MadeRun> runs = rising_runs(count);
    for (int i = 0; i < count; ++i) {
        runs[static_cast<std::size_t>(i)].presold = 0.25 * (1 + i % 3);
        if (i % 2 == 1) runs[static_cast<std::size_t>(i)].chips = "UNIFORM";
    }
    return runs;
}

}  // namespace

TEST_CASE("The page of a batch says what was swept and has every figure of batches with its words and table", "[viz][report]") {
    const TemporaryFolder folder;
    const std::string page = page_of(make_batch(folder.path() / "made", varied_runs(24)));
    CHECK(page.starts_with("<!DOCTYPE html>"));
    for (const char* part : {"<h1>made, 24 runs of small</h1>", "<td class=\"words\">0.25 to 0.75, 3 values</td>", "<td class=\"words\">POSTED, UNIFORM</td>", "<td class=\"words\">6 different settings</td>",
                             "<td class=\"words\">100 to 123</td>", "rackrace run small --seed 100 --set presold=0.25 --set rules.chips=POSTED"})
        CHECK(says(page, part));
    for (const EnsembleKind& kind : ensemble_kinds()) CHECK(says(page, std::string("<h2>") + kind.name + "</h2>"));
    for (const Column& column : key_market_figures()) CHECK(says(page, "<figure id=\"fan-" + column.name + "\">"));
    for (const char* id : {"histogram-spot_i_usd_h", "histogram-owners_value_usd", "drivers-spot_i_usd_h", "defaults"}) CHECK(count_of(page, "<figure id=\"" + std::string(id) + "\">") == 1);
    CHECK(count_of(page, "<figcaption>") == count_of(page, "<figure "));
    CHECK(count_of(page, "<details><summary>Table") >= key_market_figures().size());
    for (const char* part : {"src=", "<script", "@import", "url(http", "href=", "class=\"warning\">"}) CHECK_FALSE(says(page, part));
}

TEST_CASE("The page of a batch puts tables of its caller before the figures, and words where they have no rows", "[viz][report]") {
    const TemporaryFolder folder;
    PageTable means{"Means by <chips>", "Over seeds.", {}, 1}, bare{"Means by presold", "Too many values.", {}, 1};
    means.table.heads = {{"rule", ""}, {"spot", "$/h"}};
    means.table.rows = {{std::string("A & B"), std::string("1.5 (1 to 2)")}};
    const std::string page = page_of(make_batch(folder.path() / "made", varied_runs(4)), {means, bare});
    const std::size_t at = page.find("<h2>Means by &lt;chips&gt;</h2>\n<p>Over seeds.</p>\n<div class=\"scroll\"><table>");
    REQUIRE(at != std::string::npos);
    CHECK(says(page, "<td class=\"words\">A &amp; B</td><td>1.5 (1 to 2)</td>"));
    CHECK(says(page, "<h2>Means by presold</h2>\n<p>Too many values.</p>\n<h2>"));
    CHECK(at < page.find("<h2>fan</h2>"));
}

TEST_CASE("The page of a batch warns of runs that are missing and of those that failed", "[viz][report]") {
    const TemporaryFolder folder;
    std::vector<MadeRun> runs = varied_runs(5);
    runs[4].status = "fault";
    const fs::path batch = make_batch(folder.path() / "made", runs);
    {
        auto database = Database::create(batch / kBatchFile);
        REQUIRE(database);
        REQUIRE(database->execute("UPDATE batch SET runs=16, shard='2/2'"));
    }
    const std::string page = page_of(batch);
    CHECK(says(page, "<p class=\"warning\">This batch is not complete: 5 of 8 runs are here"));
    CHECK(says(page, "<p class=\"warning\">This is part 2/2 of a batch.</p>"));
    CHECK(says(page, "<p class=\"warning\">1 run was not played to the end and is in no figure.</p>"));
}

TEST_CASE("A batch with nothing to draw has a page that says so once", "[viz][report]") {
    const TemporaryFolder folder;
    std::vector<MadeRun> runs = varied_runs(2);
    for (MadeRun& run : runs) run.status = "refused";
    const std::string page = page_of(make_batch(folder.path() / "made", runs));
    CHECK(count_of(page, "<figure ") == 1);
    CHECK(says(page, "No run of this batch was played to its end"));
    CHECK_FALSE(says(page, "to see one run whole"));
}
