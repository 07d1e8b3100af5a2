// `rackrace plot` and `rackrace report` as a person gives them.
#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "tests/viz/recorded_runs.h"
#include "viz/figures/exports.h"

using namespace rackrace;
using Json = nlohmann::json;

TEST_CASE("Plot lists the figures, and refuses one that is not there with the nearest", "[viz][program]") {
    const Ran list = rackrace_in(played_folder(), "plot played");
    CHECK(list.code == ExitCode::done);
    for (const FigureKind& kind : figure_kinds()) CHECK(list.out.find(std::string("  ") + kind.name + " ") != std::string::npos);
    CHECK(Json::parse(rackrace_in(played_folder(), "plot played --json").out).at("figures").size() == figure_kinds().size());
    const Ran wrong = rackrace_in(played_folder(), "plot played pricess");
    CHECK(wrong.code == ExitCode::wrong_usage);
    CHECK(wrong.err.find("did you mean 'prices'?") != std::string::npos);
    CHECK(rackrace_in(played_folder(), "plot plaed prices").code == ExitCode::bad_input);
    CHECK(rackrace_in(played_folder(), "plot played prices --at 2028").code == ExitCode::wrong_usage);
}

TEST_CASE("The help of plot and report opens with three examples", "[viz][program]") {
    for (const std::string command : {"plot", "report"}) {
        const Ran help = rackrace_in(played_folder(), command + " --help");
        CHECK(help.code == ExitCode::done);
        CHECK(help.out.starts_with("Examples:\n  rackrace " + command + " "));
    }
}

TEST_CASE("Plot writes SVG, CSV and JSON by the ending, and nothing over what is there", "[viz][program]") {
    const TemporaryFolder folder;
    const std::string run = (played_folder() / "runs" / "played").string();
    CHECK(rackrace_in(folder.path(), "plot " + run + " prices --out p.svg --style slide").code == ExitCode::done);
    CHECK(read_text(folder.path() / "p.svg").find("width=\"1280\" height=\"720\"") != std::string::npos);
    CHECK(rackrace_in(folder.path(), "plot " + run + " prices --out p.svg").code == ExitCode::cannot_write);
    CHECK(rackrace_in(folder.path(), "plot " + run + " prices --out p.svg --force --clean").code == ExitCode::done);
    CHECK(rackrace_in(folder.path(), "plot " + run + " prices --out p.csv").code == ExitCode::done);
    CHECK(read_text(folder.path() / "p.csv") == figure_csv(figure_of(played_run(), "prices"), true));
    CHECK(rackrace_in(folder.path(), "plot " + run + " prices --out p.json").code == ExitCode::done);
    CHECK(read_text(folder.path() / "p.json") == figure_json(figure_of(played_run(), "prices")));
    // Drawn by the window, where that is built; drivers of OpenGL leave with memory of their own.
    const Ran png = rackrace_in(folder.path(), "plot " + run + " prices --out p.png", "LSAN_OPTIONS=detect_leaks=0");
    CHECK((png.code == ExitCode::done || png.code == ExitCode::not_available));
    CHECK(png.err.find(png.code == ExitCode::done ? "wrote p.png" : "PNG cannot be drawn") != std::string::npos);
    CHECK(rackrace_in(folder.path(), "plot " + run + " prices --out p.bmp").code == ExitCode::wrong_usage);
}

TEST_CASE("Plot takes quarter and firm from an address, and says the figure in words and numbers", "[viz][program]") {
    const Ran words = rackrace_in(played_folder(), "plot 'played@2027Q4#firm=coreweave' cash-bridge --describe");
    CHECK(words.code == ExitCode::done);
    CHECK(words.out.starts_with("Cash of coreweave, 2027Q3 to 2027Q4. close of 2027Q3 "));
    CHECK(words.out.find("the same as in the books.") != std::string::npos);
    const Ran numbers = rackrace_in(played_folder(), "plot played prices");
    CHECK(numbers.out.find("\n  2028Q3 ") != std::string::npos);
    CHECK(numbers.err.find("--out prices.svg") != std::string::npos);
    CHECK(Json::parse(rackrace_in(played_folder(), "plot played prices --json").out).at("id") == "prices");
}

TEST_CASE("The addresses of figures are those that show takes", "[viz][program]") {
    for (const FigureModel& figure : all_figures(played_run())) {
        std::string address;
        for (const FigurePanel& panel : figure.panels)
            for (const Series& series : panel.series)
                if (!series.data.empty() && !series.data.back().address.empty()) address = series.data.back().address;
        if (address.empty()) continue;
        const Ran ran = rackrace_in(played_folder(), "show '" + address + "'");
        INFO(figure.id << " " << address << " " << ran.err);
        CHECK(ran.code == ExitCode::done);
    }
}

TEST_CASE("The report is one page that needs nothing from elsewhere", "[viz][program]") {
    const TemporaryFolder folder;
    const std::string run = (played_folder() / "runs" / "played").string();
    const Ran ran = rackrace_in(folder.path(), "report " + run);
    REQUIRE(ran.code == ExitCode::done);
    const std::string page = read_text(folder.path() / "played.html");
    CHECK(page.starts_with("<!DOCTYPE html>"));
    CHECK(page.find("17 firms played base-2026 with seed 1 from 2026Q2 to 2028Q3") != std::string::npos);
    for (const char* part : {"src=", "<script", "@import", "url(http", "href="}) CHECK(page.find(part) == std::string::npos);
    for (const char* part : {"name=\"viewport\"", "prefers-color-scheme:dark", "@media print", "The scenario with every value", "State hashes",
                             "<figcaption>", "<details><summary>Table"})
        CHECK(page.find(part) != std::string::npos);
    CHECK(page.find("hyperscaler with the most revenue") != std::string::npos);
    CHECK(rackrace_in(folder.path(), "report " + run).code == ExitCode::cannot_write);
    CHECK(rackrace_in(folder.path(), "report " + run + " --force").code == ExitCode::done);
    CHECK(read_text(folder.path() / "played.html") == page);
}

TEST_CASE("A damaged run is refused by plot and report with the command that makes it again", "[viz][program]") {
    const TemporaryFolder folder;
    const std::filesystem::path run = record_tiny(folder.path());
    std::filesystem::resize_file(run / "replay.sqlite", 5000);
    for (const std::string& words : {"plot " + run.string() + " prices", "report " + run.string()}) {
        const Ran ran = rackrace_in(folder.path(), words);
        CHECK(ran.code == ExitCode::bad_input);
        CHECK(ran.err.find("rackrace run --from") != std::string::npos);
    }
}
