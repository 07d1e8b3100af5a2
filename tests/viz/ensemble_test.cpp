// Figures of batches, by numbers that can be reckoned by hand; and what is no batch, refused in words.
#include <catch2/catch.hpp>

#include "engine/base/quarter_index.h"
#include "tests/viz/figure_checks.h"
#include "tests/viz/made_batches.h"
#include "viz/figures/fan_threads.h"
#include "viz/figures/figure_layout.h"
#include "viz/figures/statistics.h"
#include "viz/figures/svg.h"

using namespace rackrace;
namespace fs = std::filesystem;

namespace {

const Series& series_of(const FigureModel& figure, const std::string& id) {
    for (const FigurePanel& panel : figure.panels)
        for (const Series& series : panel.series)
            if (series.id == id) return series;
    static const Series missing;
    INFO("series " << id);
    REQUIRE(false);
    return missing;
}

std::string refusal(Ensemble& ensemble, const std::string& name, const EnsembleRequest& request = {}) {
    const auto figure = build_ensemble_figure(ensemble, name, request);
    return figure ? "" : figure.error().text();
}

std::string refusal_of(const fs::path& folder) {
    const auto opened = Ensemble::open(folder);
    return opened ? "" : opened.error().text();
}

}  // namespace

TEST_CASE("Quantiles lie between the two nearest values, ranks are shared by equal ones", "[viz][ensemble]") {
    CHECK(quantiles_of({4.0, 1.0, 3.0, 2.0}, std::vector<double>{0.0, 0.25, 0.5, 1.0}) == std::vector<double>{1.0, 1.75, 2.5, 4.0});
    CHECK(quantiles_of({7.0}, std::vector<double>{0.025, 0.975}) == std::vector<double>{7.0, 7.0});
    CHECK(std::isnan(quantiles_of({}, std::vector<double>{0.5}).front()));
    CHECK(ranks_of(std::vector<double>{7.0, 3.0, 9.0, 7.0}) == std::vector<double>{2.5, 1.0, 4.0, 2.5});
}

TEST_CASE("A rank correlation is one less six times the squared differences of ranks over n (n^2 - 1)", "[viz][ensemble]") {
    const std::vector<double> a = {10.0, 20.0, 30.0, 40.0, 50.0};
    CHECK(rank_correlation(a, std::vector<double>{2.0, 1.0, 4.0, 3.0, 5.0}) == Approx(1.0 - 6.0 * 4.0 / (5.0 * 24.0)));
    CHECK(rank_correlation(a, std::vector<double>{1.0, 8.0, 27.0, 64.0, 125.0}) == Approx(1.0));
    CHECK(rank_correlation(a, std::vector<double>{5.0, 4.0, 3.0, 2.0, 1.0}) == Approx(-1.0));
    CHECK(std::isnan(rank_correlation(a, std::vector<double>(5, 3.0))));
}

TEST_CASE("A batch that is not complete opens with the runs that are there, and says how many were planned", "[viz][ensemble]") {
    const TemporaryFolder folder;
    const fs::path batch = make_batch(folder.path() / "batch", rising_runs(5));
    fs::rename(batch / kBatchFile, batch / kBatchWorkFile);
    CHECK(opened_batch(batch).is_complete());
    {
        auto database = Database::create(batch / kBatchWorkFile);
        REQUIRE(database);
        REQUIRE(database->execute("UPDATE batch SET runs=16, shard='2/2'"));
    }
    Ensemble part = opened_batch(batch);
    CHECK_FALSE(part.is_complete());
    CHECK(part.planned() == 8);
    CHECK(ensemble_figure(part, "fan").title == "spot_i_usd_h, 5 of 8 runs");
}

TEST_CASE("What is no batch of this version is refused with its place", "[viz][ensemble]") {
    const TemporaryFolder folder;
    CHECK(refusal_of(folder.path() / "nowhere").find("nowhere: is no batch; name a folder that rackrace sweep made") != std::string::npos);
    const fs::path batch = make_batch(folder.path() / "batch", rising_runs(2));
    CHECK(refusal_of(batch).empty());
    std::ofstream(batch / kBatchWorkFile) << "no database";
    CHECK(refusal_of(batch).find("work.sqlite: cannot be read: file is not a database; where the batch is being played, wait for its end") != std::string::npos);
    fs::remove(batch / kBatchWorkFile);
    for (const auto& [sql, part] : std::initializer_list<std::pair<const char*, const char*>>{
             {"PRAGMA user_version=7", "batch.sqlite: is a batch of format 7, this program reads format 2"},
             {"PRAGMA application_id=3", "batch.sqlite: is no batch of this program"},
             {"DROP TABLE quarters", "no such table: quarters"},
             {"DROP TABLE runs", "no such table: runs"},
             {"ALTER TABLE runs RENAME COLUMN status TO stat", "table runs has no column status"},
             {"DELETE FROM batch", "table batch has no row"},
             {"UPDATE runs SET seed = NULL", "a run without number or seed"}}) {
        const fs::path changed = make_batch(folder.path() / "changed", rising_runs(2));
        REQUIRE(Database::create(changed / kBatchFile)->execute(sql));
        INFO(sql << ": " << refusal_of(changed));
        CHECK(refusal_of(changed).find(part) != std::string::npos);
        fs::remove_all(changed);
    }
    fs::resize_file(batch / kBatchFile, 5000);
    CHECK(refusal_of(batch).find("sweep its plan anew") != std::string::npos);
}

TEST_CASE("A fan has the quantiles of each quarter by itself, the median, the mean and three runs", "[viz][ensemble]") {
    const TemporaryFolder folder;
    Ensemble ensemble = opened_batch(make_batch(folder.path() / "batch", rising_runs(21)));  // 1 to 21 $/h, then 2 to 42
    const FigureModel figure = ensemble_figure(ensemble, "fan");
    check_figure(figure);
    CHECK(figure.title == "spot_i_usd_h, 21 runs");
    CHECK(panel_title(figure.panels.front()) == "pointwise quantiles, not a path, $/h");
    const auto band = [&](const std::string& id, std::size_t q) {
        const Datum& datum = series_of(figure, id).data[q];
        return std::pair{datum.base, datum.base + datum.value};
    };
    CHECK(band("band95", 0) == std::pair{1.5, 20.5});  // 0.025 of 20 steps above 1
    CHECK(band("band80", 0) == std::pair{3.0, 19.0});
    CHECK(band("band50", 0) == std::pair{6.0, 16.0});
    CHECK(band("band50", 1) == std::pair{12.0, 32.0});
    CHECK(series_of(figure, "median").data[0].value == 11.0);
    CHECK(series_of(figure, "mean").data[1].value == 22.0);
    const Datum& thread = series_of(figure, "run-2").data[1];  // the third lowest of 21 at the end
    CHECK(thread.value == 6.0);
    CHECK(thread.reason == "run 2 (seed 102), alone: rackrace run small --seed 102 --set presold=0.5 --set rules.chips=POSTED");
    CHECK(thread.address == "batch@2026Q3#run=2");
    CHECK(figure.findings.front() == "In 2026Q3 half of 21 runs have spot_i_usd_h between 12 and 32 $/h, 95 % between 3 and 41 $/h.");
}

TEST_CASE("A fan draws the runs that were kept in the place of its own, one more, and by its name the one pointed at", "[viz][ensemble]") {
    const TemporaryFolder folder;
    Ensemble ensemble = opened_batch(make_batch(folder.path() / "batch", rising_runs(21)));
    const Courses& courses = **ensemble.courses("spot_i_usd_h", "");
    const FigureModel fan = ensemble_figure(ensemble, "fan");
    const auto count = [](const FigureModel& figure) { return figure.panels.front().series.size(); };
    const auto has_note = [](const FigureModel& figure, const std::string& note) { return std::find(figure.notes.begin(), figure.notes.end(), note) != figure.notes.end(); };
    CHECK(sample_runs(courses) == std::vector<std::size_t>{2, 10, 18});

    const FigureModel hovered = with_threads(fan, ensemble, courses, {{}, {}, 7});
    check_figure(hovered);
    CHECK(count(hovered) == count(fan) + 1);
    const Series& run = series_of(hovered, "run-7");
    CHECK(run.name == "run 7 (hover)");
    CHECK((run.is_named && !run.is_thin));
    CHECK(run.data[1].value == 16.0);
    CHECK(run.data[1].address == "batch@2026Q3#run=7");
    CHECK(series_of(hovered, "run-2").name == "run 2");
    CHECK(has_note(hovered, kSampleNote));
    const auto heads = table_of(hovered).heads;
    CHECK(std::count_if(heads.begin(), heads.end(), [](const FigureTable::Head& head) { return head.name == "run 7 (hover)" && head.unit == "$/h"; }) == 1);
    CHECK(description_of(hovered).find("run 7 (hover) rose from 8 to 16 $/h") != std::string::npos);

    const FigureModel own = with_threads(fan, ensemble, courses, {{}, {}, 10});
    CHECK(count(own) == count(fan));
    CHECK(series_of(own, "run-10").name == "run 10 (hover)");

    const FigureModel kept = with_threads(fan, ensemble, courses, {{4, 3}, 5, 4});
    check_figure(kept);
    CHECK(count(kept) == count(fan));  // three of its own are gone, three are there
    CHECK(series_of(kept, "run-4").look == 2);
    CHECK(series_of(kept, "run-4").name == "run 4 (hover)");
    CHECK(series_of(kept, "run-3").look == 3);
    CHECK(series_of(kept, "run-5").name == "run 5");
    CHECK_FALSE(has_note(kept, kSampleNote));
    CHECK(has_note(kept, "Threads are the runs that were kept."));
}

TEST_CASE("A fan without a band or the median draws all else as before", "[viz][ensemble]") {
    const TemporaryFolder folder;
    Ensemble ensemble = opened_batch(make_batch(folder.path() / "batch", rising_runs(21)));
    const Courses& courses = **ensemble.courses("spot_i_usd_h", "");
    const FigureModel fan = ensemble_figure(ensemble, "fan");
    FanThreads without;
    without.hidden = {"band95", "median"};
    const FigureModel figure = with_threads(fan, ensemble, courses, without);
    check_figure(figure);
    std::vector<std::string> ids;
    for (const Series& series : figure.panels.front().series) ids.push_back(series.id);
    CHECK(ids == std::vector<std::string>{"band80", "band50", "run-2", "run-10", "run-18", "mean"});
}

TEST_CASE("Where each run is drawn those that are kept or pointed at are told apart from the others", "[viz][ensemble]") {
    const TemporaryFolder folder;
    Ensemble ensemble = opened_batch(make_batch(folder.path() / "batch", rising_runs(9)));
    const Courses& courses = **ensemble.courses("spot_i_usd_h", "");
    CHECK(sample_runs(courses).empty());
    const FigureModel figure = with_threads(ensemble_figure(ensemble, "fan"), ensemble, courses, {{1}, {}, 8});
    check_figure(figure);
    CHECK(figure.panels.front().series.size() == 9);
    CHECK(series_of(figure, "run-1").look != kRestLook);
    CHECK(series_of(figure, "run-1").is_named);
    CHECK(series_of(figure, "run-8").name == "run 8 (hover)");
    CHECK_FALSE(series_of(figure, "run-2").is_named);
}

TEST_CASE("A run of the address is one more thread of the fan, and refused where it is not there or nothing draws it", "[viz][ensemble]") {
    const TemporaryFolder folder;
    Ensemble ensemble = opened_batch(make_batch(folder.path() / "batch", rising_runs(21)));
    CHECK(series_of(ensemble_figure(ensemble, "fan", {std::nullopt, "", "", "7"}), "run-7").name == "run 7");
    for (const char* number : {"21", "-1", "07", "one"})
        CHECK(refusal(ensemble, "fan", {std::nullopt, "", "", number}).find(std::string("batch: has no run '") + number + "' that was played to its end; runs are numbered from 0") != std::string::npos);
    CHECK(refusal(ensemble, "histogram", {std::nullopt, "", "", "7"}).find("histogram: draws no single run; leave run=7 out") != std::string::npos);
}

TEST_CASE("Runs that failed are counted and in no figure", "[viz][ensemble]") {
    const TemporaryFolder folder;
    std::vector<MadeRun> runs = rising_runs(22);
    runs.back() = {{1e6, 1e6}, 0.5, "POSTED", {0, 0}, "fault"};
    Ensemble ensemble = opened_batch(make_batch(folder.path() / "batch", runs));
    const FigureModel figure = ensemble_figure(ensemble, "fan");
    CHECK(figure.title == "spot_i_usd_h, 21 runs, 1 failed");
    CHECK(series_of(figure, "median").data[0].value == 11.0);
    CHECK(figure.notes.front() == "1 run was not played to the end and in no figure: failed.csv says why.");
}

TEST_CASE("Fewer than twenty runs are drawn each, one run says how to make more, none why", "[viz][ensemble]") {
    const TemporaryFolder folder;
    for (const int count : {2, 7, 8, 19}) {
        Ensemble ensemble = opened_batch(make_batch(folder.path() / std::to_string(count), rising_runs(count)));
        const FigureModel figure = ensemble_figure(ensemble, "fan");
        check_figure(figure);
        CHECK(figure.panels.front().series.size() == static_cast<std::size_t>(count));
        CHECK(figure.notes.front() == "Fewer than 20 runs: each is drawn, without bands.");
        CHECK(panel_title(figure.panels.front()) == "each run, $/h");
    }
    Ensemble one = opened_batch(make_batch(folder.path() / "one", rising_runs(1)));
    std::vector<MadeRun> failed = rising_runs(2);
    for (MadeRun& run : failed) run.status = "refused";
    Ensemble none = opened_batch(make_batch(folder.path() / "none", failed));
    for (const EnsembleKind& kind : ensemble_kinds()) {
        CHECK(ensemble_figure(one, kind.name).empty_text.starts_with("Only one run here. Make more: rackrace sweep"));
        check_figure(ensemble_figure(none, kind.name));
        CHECK(ensemble_figure(none, kind.name).empty_text.starts_with("No run of this batch was played to its end"));
    }
}

TEST_CASE("A batch without figures by quarter says so", "[viz][ensemble]") {
    const TemporaryFolder folder;
    const fs::path batch = make_batch(folder.path() / "batch", rising_runs(3));
    REQUIRE(Database::create(batch / kBatchFile)->execute("DELETE FROM quarters; DELETE FROM panel"));
    Ensemble ensemble = opened_batch(batch);
    CHECK(ensemble_figure(ensemble, "fan").empty_text.find("panel = false") != std::string::npos);
}

TEST_CASE("A histogram counts every run once, in bins of a round width", "[viz][ensemble]") {
    const TemporaryFolder folder;
    Ensemble ensemble = opened_batch(make_batch(folder.path() / "batch", rising_runs(21)));
    const FigureModel figure = ensemble_figure(ensemble, "histogram", {quarter_index(2026, 2), "", ""});
    check_figure(figure);
    CHECK(figure.title == "spot_i_usd_h in 2026Q2, 21 runs");
    const Series& runs = series_of(figure, "runs");
    REQUIRE(runs.data.size() == 5);  // 0 to 5 without 5, ..., 20 to 25
    const std::vector<double> counts = {4.0, 5.0, 5.0, 5.0, 2.0};
    for (std::size_t i = 0; i < counts.size(); ++i) {
        CHECK(runs.data[i].key == 5.0 * static_cast<double>(i));
        CHECK(runs.data[i].key_end == 5.0 * static_cast<double>(i + 1));
        CHECK(runs.data[i].value == counts[i]);
    }
    CHECK(runs.data[0].reason == "4 of 21 runs from 0 $/h to 5 $/h in 2026Q2");
    CHECK(series_of(figure, "median").data[0].key == 11.0);
    CHECK(figure.findings.front() == "From 1 $/h to 21 $/h, median 11 $/h.");
    SECTION("counts have a bin each, around the whole number") {
        const FigureModel arrears = ensemble_figure(ensemble, "histogram", {std::nullopt, "firms_in_arrears", ""});
        REQUIRE(series_of(arrears, "runs").data.size() == 1);
        CHECK(series_of(arrears, "runs").data[0].key == -0.5);
        CHECK(series_of(arrears, "runs").data[0].value == 21.0);
    }
}

TEST_CASE("Drivers are ranked by the size of their rank correlation, words by being there or not", "[viz][ensemble]") {
    const TemporaryFolder folder;
    // Ranks of prices 2, 1, 4, 3, 5 against presold 1 to 5: 0.8. UNIFORM has the prices 1, 3, 5 and POSTED 2, 4.
    std::vector<MadeRun> runs = {{{2.0, 5.0}, 0.1, "POSTED"}, {{1.0, 5.0}, 0.2, "UNIFORM"}, {{4.0, 5.0}, 0.3, "POSTED"}, {{3.0, 5.0}, 0.4, "UNIFORM"}, {{5.0, 5.0}, 0.5, "UNIFORM"}};
    Ensemble ensemble = opened_batch(make_batch(folder.path() / "batch", runs));
    const FigureModel figure = ensemble_figure(ensemble, "drivers", {quarter_index(2026, 2), "", ""});
    check_figure(figure);
    const FigurePanel& panel = figure.panels.front();
    CHECK(panel.key.categories == std::vector<std::string>{"presold", "rules.chips = UNIFORM"});
    CHECK(series_of(figure, "with").data[0].value == Approx(0.8));
    CHECK(series_of(figure, "with").data[0].label == "+0.80");
    CHECK(series_of(figure, "with").data[0].reason == "rises over 5 runs with 5 different values");
    CHECK(figure.findings.front() == "5 runs: by chance alone 95 % of such numbers lie within 0.98 of zero.");
    CHECK(description_of(figure).find("presold +0.80 rho") != std::string::npos);
    CHECK(ensemble_figure(ensemble, "drivers").empty_text == "spot_i_usd_h is the same in all runs in 2026Q3.");
}

TEST_CASE("Where nothing varies but the seed the drivers say so", "[viz][ensemble]") {
    const TemporaryFolder folder;
    Ensemble ensemble = opened_batch(make_batch(folder.path() / "batch", rising_runs(5)));
    CHECK(ensemble_figure(ensemble, "drivers").empty_text == "Nothing varies but the seed: these runs differ by chance alone.");
}

TEST_CASE("The share of runs with a firm in default is told at a close and up to it", "[viz][ensemble]") {
    const TemporaryFolder folder;
    std::vector<MadeRun> runs = rising_runs(4);
    runs[0].in_default[0] = 2;  // both reorganised since
    runs[1].in_default[1] = 1;
    Ensemble ensemble = opened_batch(make_batch(folder.path() / "batch", runs));
    const FigureModel figure = ensemble_figure(ensemble, "defaults");
    check_figure(figure);
    CHECK(series_of(figure, "now").data[0].value == 0.25);
    CHECK(series_of(figure, "now").data[1].value == 0.25);
    CHECK(series_of(figure, "now").data[1].reason == "1 of 4 runs at the close of 2026Q3");
    CHECK(series_of(figure, "so-far").data[1].value == 0.5);
    CHECK(figure.findings.front() == "In 50 % of the runs a firm defaults.");
    const FigureModel counts = ensemble_figure(ensemble, "fan", {std::nullopt, "firms_in_default", ""});
    CHECK(series_of(counts, "run-0").data[0].value == 2.0);
    CHECK(series_of(counts, "run-0").data[1].value == 0.0);
    CHECK(refusal(ensemble, "defaults", {std::nullopt, "cash_usd", "amber"}).find("is of firms_in_default of the market alone") != std::string::npos);
}

TEST_CASE("A key figure of a firm is picked by name, and what is not there is refused with the nearest", "[viz][ensemble]") {
    const TemporaryFolder folder;
    Ensemble ensemble = opened_batch(make_batch(folder.path() / "batch", rising_runs(21)));
    const FigureModel figure = ensemble_figure(ensemble, "fan", {std::nullopt, "cash_usd", "amber"});
    CHECK(figure.title == "cash_usd of amber, 21 runs");
    CHECK(figure.panels.front().measure.shown_unit == "k$");
    CHECK(series_of(figure, "median").data[0].value == 11e3);
    CHECK(ensemble_figure(ensemble, "fan", {std::nullopt, "", "basalt"}).title == "value_usd of basalt, 21 runs");
    CHECK(refusal(ensemble, "fann").find("fann: is no figure; did you mean 'fan'?") != std::string::npos);
    CHECK(refusal(ensemble, "prices").find("prices: is a figure of one run, and batch is a batch; play one of its runs alone, such as rackrace run small --seed 100") != std::string::npos);
    CHECK(refusal(ensemble, "fan", {std::nullopt, "spot_i_usd", ""}).find("has no key figure of the market 'spot_i_usd'; did you mean 'spot_i_usd_h'?") != std::string::npos);
    CHECK(refusal(ensemble, "fan", {std::nullopt, "cash_usd", ""}).find("has no key figure of the market 'cash_usd'; it is one of firms: give --firm too") != std::string::npos);
    CHECK(refusal(ensemble, "fan", {std::nullopt, "spot_i_usd_h", "amber"}).find("has no key figure of firms 'spot_i_usd_h'; it is one of the market: leave --firm out") != std::string::npos);
    CHECK(refusal(ensemble, "fan", {std::nullopt, "cash", "amber"}).find("has no key figure of firms 'cash'") != std::string::npos);
    CHECK(refusal(ensemble, "fan", {std::nullopt, "", "ambr"}).find("has no firm 'ambr'; did you mean 'amber'?") != std::string::npos);
    CHECK(refusal(ensemble, "histogram", {quarter_index(2030, 1), "", ""}).find("holds no quarter 2030Q1; it goes from 2026Q2 to 2026Q3") != std::string::npos);
}

TEST_CASE("The key figures that stand where nobody picks one are key figures", "[viz][ensemble]") {
    const auto has = [](const std::vector<Column>& columns, std::string_view name) { return std::any_of(columns.begin(), columns.end(), [&](const Column& one) { return one.name == name; }); };
    CHECK(has(key_market_figures(), kFirstMarketFigure));
    CHECK(has(key_firm_figures(), kFirstFirmFigure));
    for (const EnsembleKind& kind : ensemble_kinds())
        if (kind.key_figure != nullptr) CHECK(kind.key_figure == std::string_view("firms_in_default"));
}

TEST_CASE("Every figure of a batch is drawn in every style", "[viz][ensemble]") {
    const TemporaryFolder folder;
    std::vector<MadeRun> runs = rising_runs(24);
    for (std::size_t i = 0; i < runs.size(); ++i) {
        runs[i].presold = 0.01 * static_cast<double>(i * i);
        runs[i].in_default[1] = i % 3 == 0 ? 1 : 0;
    }
    Ensemble ensemble = opened_batch(make_batch(folder.path() / "batch", runs));
    for (const EnsembleKind& kind : ensemble_kinds()) {
        const FigureModel figure = ensemble_figure(ensemble, kind.name);
        check_figure(figure);
        CHECK(figure.faults.empty());
        for (const std::string_view style : style_names()) {
            INFO(kind.name << " " << style);
            const std::string svg = figure_svg(figure, *find_style(style));
            CHECK(svg.find("seed 100 to 123") != std::string::npos);
            CHECK(svg.find("nan") == std::string::npos);
        }
    }
}
