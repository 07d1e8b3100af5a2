// `rackrace plot` and `rackrace report` as a person gives them.
#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "tests/engine/sealed.h"
#include "tests/viz/recorded_runs.h"
#include "viz/figures/ensemble_catalogue.h"
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
    CHECK(rackrace_in(played_folder(), "plot played prices --at 2041Q1").code == ExitCode::bad_input);  // as show, why and view leave
    CHECK(rackrace_in(played_folder(), "plot played fleet --firm corewave").code == ExitCode::bad_input);
    CHECK(rackrace_in(played_folder(), "plot played fleet").code == ExitCode::wrong_usage);
    const Ran of_firm = rackrace_in(played_folder(), "plot played prices --firm openai");
    CHECK(of_firm.code == ExitCode::wrong_usage);
    CHECK(of_firm.err.find("prices: is of no single firm; leave the firm out") != std::string::npos);
    CHECK(list.out.find("in lanes by kind (--firm)\n") != std::string::npos);
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

TEST_CASE("Plot writes what a firm's script traced, and asks for the firm", "[viz][program]") {
    const TemporaryFolder folder;
    const std::string run = (played_folder() / "runs" / "played").string();
    FigureRequest request;
    request.firm = "coreweave";
    const FigureModel figure = figure_of(played_run(), "traces", request);
    REQUIRE_FALSE(figure.panels.empty());
    for (const std::string ending : {"svg", "csv", "json"}) CHECK(rackrace_in(folder.path(), "plot " + run + " traces --firm coreweave --out t." + ending).code == ExitCode::done);
    CHECK(read_text(folder.path() / "t.svg").find(">" + figure.panels[0].title + "<") != std::string::npos);
    CHECK(read_text(folder.path() / "t.csv") == figure_csv(figure, true));
    CHECK(read_text(folder.path() / "t.json") == figure_json(figure));
    const Ran of_none = rackrace_in(folder.path(), "plot " + run + " traces");
    CHECK(of_none.code == ExitCode::wrong_usage);
    CHECK(of_none.err.find("traces: is of one firm and none is named; give --firm with one of ") != std::string::npos);
}

TEST_CASE("Report writes nothing under a name that is no page's", "[viz][program]") {
    const Ran ran = rackrace_in(played_folder(), "report played --out story.pdf");
    CHECK(ran.code == ExitCode::wrong_usage);
    CHECK(ran.err.find("story.pdf: is no name of a page: a report is HTML; let the name end in .html") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(played_folder() / "story.pdf"));
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

namespace {

/// Two rules with six seeds over two quarters of scenario small, in batches/many of the folder that is returned.
const std::filesystem::path& swept_folder() {
    static const TemporaryFolder folder;
    static const bool is_swept = [] {
        write(folder.path() / "plan.toml", "scenario = \"small\"\nseeds = { first = 1, count = 6 }\n[vary]\nend = \"2026Q3\"\n\"rules.chips\" = [\"UNIFORM\", \"POSTED\"]\n");
        const Ran ran = rackrace_in(folder.path(), "sweep plan.toml --out batches/many");
        INFO(ran.err);
        REQUIRE(ran.code == ExitCode::done);
        return true;
    }();
    REQUIRE(is_swept);
    return folder.path();
}

}  // namespace

TEST_CASE("Plot lists the figures of a batch with its key figures", "[viz][program]") {
    const Ran list = rackrace_in(swept_folder(), "plot many");
    CHECK(list.code == ExitCode::done);
    for (const EnsembleKind& kind : ensemble_kinds()) CHECK(list.out.find(std::string("  ") + kind.name + " ") != std::string::npos);
    CHECK(list.out.find("key figures of the market: spot_t_usd_h, spot_i_usd_h, ") != std::string::npos);
    CHECK(list.out.find(", firms_in_default\nwith --firm: ") != std::string::npos);
    const Json json = Json::parse(rackrace_in(swept_folder(), "plot many --json").out);
    CHECK(json.at("figures").size() == ensemble_kinds().size());
    CHECK(json.at("key_figures").at("firm").front() == "cash_usd");
}

TEST_CASE("Every figure of a batch is said in words, and written as SVG, CSV and JSON", "[viz][program]") {
    const TemporaryFolder folder;
    const std::string batch = (swept_folder() / "batches" / "many").string();
    for (const EnsembleKind& kind : ensemble_kinds()) {
        INFO(kind.name);
        const std::string plot = "plot " + batch + " " + kind.name;
        const Ran words = rackrace_in(folder.path(), plot + " --describe");
        CHECK(words.code == ExitCode::done);
        CHECK(words.out.find("12 runs") != std::string::npos);
        for (const std::string ending : {".svg", ".csv", ".json"}) CHECK(rackrace_in(folder.path(), plot + " --out " + kind.name + ending).code == ExitCode::done);
        CHECK(read_text(folder.path() / (std::string(kind.name) + ".svg")).find("| small | seed 1 to 6 | many | 2026Q2-2026Q3 |") != std::string::npos);
        CHECK(Json::parse(read_text(folder.path() / (std::string(kind.name) + ".json"))).at("from").at("run") == "many");
    }
    const Json fan = Json::parse(rackrace_in(folder.path(), "plot " + batch + "@2026Q2 fan --firm coreweave --key-figure cash_usd --json").out);
    CHECK(fan.at("title") == "cash_usd of coreweave, 12 runs");
    CHECK(fan.at("panels").at(0).at("series").size() == 12);
}

TEST_CASE("The command that a thread names plays the run of the batch", "[viz][program]") {
    const Json fan = Json::parse(rackrace_in(swept_folder(), "plot many fan --json").out);
    const Json& last = fan.at("panels").at(0).at("series").at(11).at("data").back();
    const std::string reason = last.at("reason"), command = reason.substr(reason.find("rackrace run") + 9);
    CHECK(command == "run small --seed 6 --set end=2026Q3 --set rules.chips=POSTED");
    const Json run = Json::parse(rackrace_in(swept_folder(), command + " --json").out);
    CHECK(run.at("metrics").at("spot_i_usd_h").at("last").get<double>() == last.at("value").get<double>());
}

TEST_CASE("The address of a thread is one that show takes, with the row and the command of its run", "[viz][program]") {
    const Json fan = Json::parse(rackrace_in(swept_folder(), "plot many fan --json").out);
    const Json& last = fan.at("panels").at(0).at("series").at(11).at("data").back();
    CHECK(last.at("address") == "many@2026Q3#run=11");
    const Json row = Json::parse(rackrace_in(swept_folder(), "show 'many@2026Q3#run=11' --json").out);
    CHECK(row.at("rows").at(0).at("spot_i_usd_h").get<double>() == last.at("value").get<double>());
    CHECK(row.at("command") == "rackrace run small --seed 6 --set end=2026Q3 --set rules.chips=POSTED");
    const Ran run = rackrace_in(swept_folder(), "show 'many#run=11'");
    CHECK(run.code == ExitCode::done);
    CHECK(run.out.find("spot_i_usd_h_last") != std::string::npos);
    CHECK(run.out.ends_with("  alone: rackrace run small --seed 6 --set end=2026Q3 --set rules.chips=POSTED\n"));
    CHECK(rackrace_in(swept_folder(), "show many").out.find("12 runs, 0 failed\n  varied    rules.chips\n") != std::string::npos);
    const Ran wrong = rackrace_in(swept_folder(), "show 'many#run=12'");
    CHECK(wrong.code == ExitCode::bad_input);
    CHECK(wrong.err.find("has no run '12' that was played to its end") != std::string::npos);
    CHECK(rackrace_in(swept_folder(), "show 'many#firm=coreweave'").err.find("of a batch, only a run is shown") != std::string::npos);
    const Ran quarter = rackrace_in(swept_folder(), "show many@2040Q1");
    CHECK(quarter.code == ExitCode::wrong_usage);
    CHECK(quarter.out.empty());
    CHECK(quarter.err.find("many@2040Q1: is a quarter of every run; write many@2040Q1#run=N") != std::string::npos);
}

TEST_CASE("Figures of a batch asked of a run, and of a run asked of a batch, are refused in words that help", "[viz][program]") {
    for (const auto& [folder, words, part] : std::initializer_list<std::tuple<std::filesystem::path, std::string, std::string>>{
             {played_folder(), "plot played fan", "fan: is a figure of a batch, and played is one run; play many first, rackrace sweep PLAN"},
             {played_folder(), "plot played prices --key-figure cash_usd", "--key-figure: is of batches, and played is one run"},
             {swept_folder(), "plot many prices", "prices: is a figure of one run, and many is a batch; play one of its runs alone, such as rackrace run small --seed 1"},
             {swept_folder(), "plot many histo", "histo: is no figure"},
             {swept_folder(), "plot many fan --market spot-i", "--market: is of figures of one run"},
             {swept_folder(), "plot many fan --key-figure spot_i_usd", "did you mean 'spot_i_usd_h'?"}}) {
        const Ran ran = rackrace_in(folder, words);
        INFO(words << ": " << ran.err);
        CHECK(ran.code == ExitCode::wrong_usage);
        CHECK(ran.err.find(part) != std::string::npos);
    }
    for (const auto& [words, part] : std::initializer_list<std::pair<std::string, std::string>>{
             {"plot 'many#run=12' fan", "many: has no run '12' that was played to its end"},
             {"plot many fan --firm corewave", "did you mean 'coreweave'?"},
             {"plot many drivers --at 2030Q1", "holds no quarter 2030Q1"}}) {
        const Ran ran = rackrace_in(swept_folder(), words);
        INFO(words << ": " << ran.err);
        CHECK(ran.code == ExitCode::bad_input);  // the batch lacks what is named, as a run would
        CHECK(ran.err.find(part) != std::string::npos);
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
                             "<figcaption>", "<details><summary>Table", "id=\"payoffs\""})
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

TEST_CASE("Of an altered replay no command shows a number of that table, and verify names it", "[viz][program]") {
    const TemporaryFolder folder;
    std::filesystem::copy(played_folder() / "runs" / "played", folder.path() / "played", std::filesystem::copy_options::recursive);
    change(folder.path() / "played" / "replay.sqlite", "UPDATE quarters SET spot_i_usd_h=99 WHERE quarter='2027Q1'");
    const std::string fact = "table 'quarters' was altered in 2027Q1: a cell is not as it was written";
    for (const std::string command : {"plot played prices", "show played@2027Q1", "show played", "show 'played#market.spot_i_usd_h'", "why 'played@2027Q1#market.spot_i_usd_h'", "report played", "export played --format csv --tables quarters"}) {
        const Ran ran = rackrace_in(folder.path(), command);
        INFO(command << "\n" << ran.out << ran.err);
        CHECK(ran.code == ExitCode::bad_input);
        CHECK(ran.out.empty());
        CHECK(ran.err.find("played/replay.sqlite: " + fact + "; make it again with: rackrace run --from ") != std::string::npos);
    }
    CHECK(rackrace_in(folder.path(), "show played@2027Q2").code == ExitCode::done);
    CHECK(rackrace_in(folder.path(), "export played --format csv --out tables").code == ExitCode::bad_input);
    CHECK_FALSE(std::filesystem::exists(folder.path() / "tables"));
    CHECK(rackrace_in(folder.path(), "export played --format sqlite --out copy.sqlite").err.find("warning  " + fact + "; the copy has it as it is\n") != std::string::npos);
    const Ran fleet = rackrace_in(folder.path(), "plot played fleet --firm coreweave");
    CHECK(fleet.code == ExitCode::done);
    CHECK(fleet.err.find("warning  played: " + fact + "; this figure does not read it\n") != std::string::npos);
    const Ran verified = rackrace_in(folder.path(), "verify played");
    CHECK(verified.code == ExitCode::answer_is_no);
    CHECK(verified.out.starts_with("altered   " + fact + "\n"));
    const Json json = Json::parse(rackrace_in(folder.path(), "verify played --json").out);
    CHECK(json.at("same") == false);
    CHECK(json.at("altered") == Json::array({{{"table", "quarters"}, {"quarter", "2027Q1"}, {"rows_written", 1}, {"rows_found", 1}}}));
}
