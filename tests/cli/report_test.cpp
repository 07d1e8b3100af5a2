// The report of a run on one screen, and what is printed where an identity broke.
#include <catch2/catch.hpp>

#include <limits>
#include <memory>
#include <sstream>

#include "cli/fault_report.h"
#include "cli/report.h"
#include "engine/replay/replay_writer.h"
#include "tests/engine/synthetic_run.h"
#include "tests/golden.h"
#include "tests/temporary_folder.h"

using namespace rackrace;

namespace {

Result<Report> report_of_the_tiny_run(const std::filesystem::path& parent) {
    SavePlace place;
    place.parent = parent;
    auto writer = ReplayWriter::begin(place, synthetic::record(), synthetic::names(), "");
    const RunOutcome outcome = synthetic::play(**writer);
    auto replay = Replay::open(*(*writer)->finish(outcome, *synthetic::world(4)));
    return make_report(*replay);
}

}  // namespace

TEST_CASE("The report of a tiny run reads as it did", "[cli][report]") {
    const TemporaryFolder folder;
    const auto report = report_of_the_tiny_run(folder.path());
    REQUIRE(report);
    const std::string text = report_text(*report);
    CHECK(golden("tests/cli/data/report.txt", text) == text);
}

TEST_CASE("The report sums flows over a year, takes stocks at its end and the means of prices", "[cli][report]") {
    const TemporaryFolder folder;
    const auto report = report_of_the_tiny_run(folder.path());
    REQUIRE(report);
    REQUIRE(report->years.size() == 2);  // 2026Q2 to Q4, 2027Q1
    const ReportYear& first = report->years[0];
    CHECK(first.quarters == 3);
    CHECK(first.spot_t_usd_h == Approx(1.5));
    CHECK(first.supply_gh == Approx(8e6 * 2190.0 / 1e9));
    CHECK(first.made_million_chips == Approx(0.36));
    CHECK(first.capex_busd == Approx(3 * 12.0));
    REQUIRE(report->firms.size() == 3);
    CHECK(report->firms[1].arrears == std::vector<std::pair<std::string, std::string>>{{"2026Q3", "2026Q4"}});
    CHECK(report->firms[1].most_arrears_busd == Approx(0.4));
    CHECK(report->firms[0].last_value_busd == Approx(120.0));
}

TEST_CASE("The report is at most a hundred columns wide and forty lines long", "[cli][report]") {
    const TemporaryFolder folder;
    auto report = report_of_the_tiny_run(folder.path());
    REQUIRE(report);
    while (report->firms.size() < 17) report->firms.push_back(report->firms[1]);
    for (ReportFirm& firm : report->firms) firm.arrears.clear();
    while (report->years.size() < 7) report->years.push_back(report->years[0]);
    std::istringstream lines(report_text(*report));
    int count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
        INFO(line);
        CHECK(line.size() <= 100);
    }
    CHECK(count <= 40);
}

TEST_CASE("A broken identity is reported with its posting, seed, quarter and the command that replays it", "[cli][report]") {
    RunRecord run = synthetic::record();
    run.last_t = 15;
    run.fault = "identity I2 is off by 12 at basalt";
    RunOutcome outcome;
    outcome.suspect = Posting{Kind::chip_balance, 1, kFoundry, 14, 3, Usd{2500}};
    const auto last = std::make_unique<World>();
    const std::string text = fault_report(run, outcome, *last, synthetic::names(), "runs/tiny-s7-abcd").text();
    for (const char* part : {"tiny seed 7 2027Q4: identity I2 is off by 12 at basalt", "the last posting that touched it: chip_balance of 2500 $ by basalt to foundry, phase P14, reference 3",
                             "rackrace run --from runs/tiny-s7-abcd --until 2027Q4"})
        CHECK(text.find(part) != std::string::npos);
    CHECK(fault_report(run, outcome, *last, synthetic::names(), "my runs/tiny").text().find("rackrace run --from 'my runs/tiny' --until 2027Q4") != std::string::npos);
}

TEST_CASE("A number that is none is reported by its place, without a posting", "[cli][report]") {
    RunRecord run = synthetic::record();
    run.fault = "identity I16: a value is not a finite number";
    const auto last = std::make_unique<World>();
    last->fault = Fault::not_a_number;
    last->firms[1].know_how = std::numeric_limits<double>::quiet_NaN();
    const std::string text = fault_report(run, RunOutcome{}, *last, synthetic::names(), "runs/tiny-s7-abcd").text();
    INFO(text);
    CHECK(text.find("identity I16: a value is not a finite number: firms[basalt].know_how; this is a bug") != std::string::npos);
    CHECK(text.find("no posting moves it") != std::string::npos);
}
