// `rackrace view` as a person gives it: pictures without a display, a window under a virtual one, and no display at all.
#include <cstdlib>
#include <fstream>

#include "engine/base/quarter_index.h"
#include "tests/viz/window/sitting.h"

using namespace rackrace;

namespace {

constexpr const char* kNoDisplay = "env -u DISPLAY -u WAYLAND_DISPLAY RACKRACE_HOME=state";

/// Without one a test says so, and ctest tells it as skipped.
bool has_virtual_display() {
    if (std::system("command -v xvfb-run >/dev/null 2>&1") == 0) return true;
    WARN("not played: there is no xvfb-run here; it comes with the package xvfb");
    SUCCEED("skipped");
    return false;
}

std::string played() { return (played_folder() / "runs" / "played").string(); }

}  // namespace

TEST_CASE("A picture of every screen needs no display and is the same every time", "[window][program]") {
    const TemporaryFolder folder;
    for (const std::string screen : {"market", "auction", "firm", "network", "events", "ensemble", "home"}) {
        INFO(screen);
        for (const char* file : {"a.png", "b.png"}) {
            const Ran ran =
                rackrace_in(folder.path(), "view " + played() + " --force --size 1000x640 --screen " + screen + " --screenshot " + file, kNoDisplay);
            INFO(ran.err);
            REQUIRE(ran.code == ExitCode::done);
        }
        const std::string picture = read_text(folder.path() / "a.png");
        CHECK(picture.starts_with("\x89PNG"));
        CHECK(picture.find("played@2028Q3") != std::string::npos);
        CHECK(picture == read_text(folder.path() / "b.png"));
    }
    const Ran again = rackrace_in(folder.path(), "view " + played() + " --screenshot a.png", kNoDisplay);
    CHECK(again.code == ExitCode::cannot_write);
    CHECK(again.err.find("exists already") != std::string::npos);
}

TEST_CASE("A batch is drawn without a display, at a quarter and a key figure, a picture a quarter too", "[window][program]") {
    const TemporaryFolder folder;
    const std::string batch = batch_at_hand().string();
    for (const std::string words : {"", "@2026Q2", " --firm amber --key-figure cash_usd --theme light", " --screen home"}) {
        const Ran ran = rackrace_in(folder.path(), "view " + batch + words + " --force --size 1000x640 --screenshot a.png", kNoDisplay);
        INFO(words << ran.err);
        CHECK(ran.code == ExitCode::done);
        CHECK(read_text(folder.path() / "a.png").find(words == "@2026Q2" ? "made@2026Q2" : "made@2026Q3") != std::string::npos);
    }
    const Ran film = rackrace_in(folder.path(), "view " + batch + " --size 640x400 --record film", kNoDisplay);
    INFO(film.err);
    CHECK(film.code == ExitCode::done);
    CHECK(std::filesystem::exists(folder.path() / "film" / "2026Q2.png"));
    for (const auto& [words, code, part] : std::initializer_list<std::tuple<std::string, ExitCode, std::string>>{
             {"view " + batch + " --screen firm", ExitCode::bad_input, "is a batch, and this screen is of one run"},
             {"view " + batch + " --market spot-i", ExitCode::bad_input, "has no auctions"},
             {"view " + batch + " --key-figure spot_i", ExitCode::bad_input, "has no key figure of the market 'spot_i'"},
             {"view " + played() + " --key-figure spot_i_usd_h", ExitCode::wrong_usage, "--key-figure: is of batches"}}) {
        const Ran ran = rackrace_in(folder.path(), words, kNoDisplay);
        INFO(words << ": " << ran.err);
        CHECK(ran.code == code);
        CHECK(ran.err.find(part) != std::string::npos);
    }
}

TEST_CASE("O plays a thread's run again from its seed, as the batch had it, and opens it", "[window][program]") {
    const TemporaryFolder folder;
    std::ofstream(folder.path() / "plan.toml") << "scenario = \"small\"\nseeds = [3, 4]\n[vary]\nend = \"2026Q3\"\n\"rules.chips\" = [\"POSTED\", \"UNIFORM\"]\n";
    const Ran sweep = rackrace_in(folder.path(), "sweep plan.toml --out batch");
    INFO(sweep.err);
    REQUIRE(sweep.code == ExitCode::done);
    std::ofstream(folder.path() / "keys.txt") << "Enter\nO\nwait 60\n";
    const Ran ran = rackrace_in(folder.path(), "view batch --script keys.txt --announce --screenshot s.png", kNoDisplay);
    INFO(ran.err);
    CHECK(ran.code == ExitCode::done);
    REQUIRE(std::filesystem::exists(folder.path() / "runs"));
    const auto run = std::filesystem::directory_iterator(folder.path() / "runs")->path().filename().string();
    CHECK(run.starts_with("small-s"));
    CHECK(ran.err.find("At " + run + "@2026Q3.") != std::string::npos);
    CHECK(read_text(folder.path() / "s.png").find(run + "@2026Q3") != std::string::npos);
}

TEST_CASE("A film has a picture a quarter", "[window][program]") {
    const TemporaryFolder folder;
    const Ran ran = rackrace_in(folder.path(), "view " + played() + " --size 640x400 --record film", kNoDisplay);
    INFO(ran.err);
    REQUIRE(ran.code == ExitCode::done);
    for (const int t : played_run().quarters()) CHECK(std::filesystem::file_size(folder.path() / "film" / (quarter_name(t) + ".png")) > 1000);
    const Ran again = rackrace_in(folder.path(), "view " + played() + " --size 640x400 --record film", kNoDisplay);
    CHECK(again.code == ExitCode::cannot_write);
    CHECK(again.err.find("film/2026Q1.png: exists already; give --force") != std::string::npos);
    std::filesystem::remove(folder.path() / "film/2026Q1.png");
    CHECK(rackrace_in(folder.path(), "view " + played() + " --size 640x400 --record film", kNoDisplay).code == ExitCode::cannot_write);
    CHECK_FALSE(std::filesystem::exists(folder.path() / "film/2026Q1.png"));
    CHECK(rackrace_in(folder.path(), "view " + played() + " --size 640x400 --record film --force", kNoDisplay).code == ExitCode::done);
}

TEST_CASE("A script presses keys, and the status line is spoken", "[window][program]") {
    const TemporaryFolder folder;
    std::ofstream(folder.path() / "keys.txt") << "# to a firm in a quarter\n3\nF\ntype nebius\nEnter\nG\ntype 27q3\nEnter\nclick 5 Events\n";
    const Ran ran = rackrace_in(folder.path(), "view " + played() + " --script keys.txt --announce --screenshot s.png", kNoDisplay);
    INFO(ran.err);
    CHECK(ran.code == ExitCode::done);
    for (const char* sentence : {"Firm, 2028Q3.\n", "nebius, 2028Q3.\n", "At 2027Q3.\n", "Events, 2027Q3.\n"})
        CHECK(ran.err.find(sentence) != std::string::npos);
    std::ofstream(folder.path() / "wrong.txt") << "click Nothing of this name\n";
    const Ran wrong = rackrace_in(folder.path(), "view " + played() + " --script wrong.txt --screenshot t.png", kNoDisplay);
    CHECK(wrong.code == ExitCode::bad_input);
    CHECK(wrong.err.find("wrong.txt:1: nothing of label 'Nothing of this name' is drawn") != std::string::npos);
}

TEST_CASE("Without a display the window says what to do instead", "[window][program]") {
    const TemporaryFolder folder;
    const Ran ran = rackrace_in(folder.path(), "view " + played(), kNoDisplay);
    CHECK(ran.code == ExitCode::not_available);
    for (const char* part : {"display: there is none", "rackrace plot", "--screenshot", "xvfb-run"}) CHECK(ran.err.find(part) != std::string::npos);
}

TEST_CASE("Under a virtual display the window draws its frames and leaves", "[window][program]") {
    if (!has_virtual_display()) return;
    const TemporaryFolder folder;
    const Ran ran = rackrace_in(folder.path(), "view " + played() + " --frames 30", "RACKRACE_HOME=state timeout 120 xvfb-run -a");
    INFO(ran.err);
    CHECK(ran.code == ExitCode::done);
    CHECK(read_text(folder.path() / "state" / "recent-runs.tsv").find("base-2026 seed 1") != std::string::npos);
}

TEST_CASE("Places of tiles that Ctrl+S keeps are there the next time, and Alt+Z puts them back", "[window][program]") {
    if (!has_virtual_display()) return;
    const TemporaryFolder folder;
    const auto sit = [&](const std::string& keys) {
        std::ofstream(folder.path() / "keys.txt") << keys << "\nwait 2\nCtrl+S\nwait 2\nCtrl+Q\n";
        const Ran ran = rackrace_in(folder.path(), "view " + played() + " --script keys.txt", "RACKRACE_HOME=state timeout 120 xvfb-run -a");
        INFO(ran.err);
        REQUIRE(ran.code == ExitCode::done);
        return read_text(folder.path() / "state" / "window.txt");
    };
    CHECK(sit("Shift+Z").find("tiles Market under 0.54 1 beside 0.55 2 3 torn 0 0.2 0.15 0.75 0.8\n") != std::string::npos);
    CHECK(sit("3\nTab\nCtrl+Left").find("torn 0 0.2 0.15 0.75 0.8\ntiles Firm under 0.65 beside 0.37 1 beside 0.51 0 2") != std::string::npos);
    CHECK(sit("Alt+Z").find("tiles Market") == std::string::npos);
}

TEST_CASE("Wrong words are refused before a window opens", "[window][program]") {
    const TemporaryFolder folder;
    for (const auto& [words, code, part] : std::initializer_list<std::tuple<std::string, ExitCode, std::string>>{
             {"view " + played() + " --size big", ExitCode::wrong_usage, "is no size of a window"},
             {"view " + played() + " --at 2028", ExitCode::wrong_usage, "is no quarter"},
             {"view --at 2028Q3", ExitCode::wrong_usage, "names no run"},
             {"view nowhere", ExitCode::bad_input, "there is no such run"},
             {"view " + played() + " --firm corewave", ExitCode::bad_input, "has no firm 'corewave'; rackrace show " + played() + " lists what it has"},
             {"view '" + played() + "#firm=nope'", ExitCode::bad_input, "has no firm 'nope'"},
             {"view '" + played() + "#junk=5'", ExitCode::bad_input, "'junk' chooses nothing"},
             {"view '" + played() + "#segment=nonsense'", ExitCode::bad_input, "has no segment 'nonsense'; it has consumer, enterprise"},
             {"view '" + played() + "#contract=999'", ExitCode::bad_input, "has no contract 999"},
             {"view '" + played() + "#market.nonsense'", ExitCode::bad_input, "has no number 'nonsense' of the market"},
             {"view '" + played() + "@2041Q1'", ExitCode::bad_input, "holds no quarter 2041Q1"},
             {"view " + played() + " --theme pink", ExitCode::wrong_usage, "--theme"},
             {"view " + played() + " --script none.txt", ExitCode::bad_input, "none.txt: cannot be read"},
             {"view " + played() + " --script .", ExitCode::bad_input, ".: cannot be read"},
             {"view " + played() + " --scale nan --screenshot x.png", ExitCode::wrong_usage, "--scale: is no number"},
             {"view " + played() + " --screenshot x.jpg", ExitCode::wrong_usage, "let the name end in .png"},
             {"view " + played() + " --size 320x320 --screenshot x.png", ExitCode::wrong_usage, "give --size 640x400 or more"},
             {"view " + played() + " --scale 2.5 --screenshot x.png", ExitCode::wrong_usage, "give --size 1600x1000 or more"}}) {
        const Ran ran = rackrace_in(folder.path(), words, kNoDisplay);
        INFO(words << ": " << ran.err);
        CHECK(ran.code == code);
        CHECK(ran.err.find(part) != std::string::npos);
    }
}

TEST_CASE("Doctor tells whether the window is built, and plot draws a picture with it", "[window][program]") {
    const TemporaryFolder folder;
    CHECK(rackrace_in(folder.path(), "doctor").out.find("window    built in (Dear ImGui") != std::string::npos);
    const Ran ran = rackrace_in(folder.path(), "plot " + played() + " prices --out prices.png", kNoDisplay);
    INFO(ran.err);
    CHECK(ran.code == ExitCode::done);
    CHECK(read_text(folder.path() / "prices.png").starts_with("\x89PNG"));
}

namespace {

/// From the head of a PNG file.
int width_of_png(const std::filesystem::path& file) {
    const std::string bytes = read_text(file);
    REQUIRE(bytes.size() > 24);
    int width = 0;
    for (int i = 16; i < 20; ++i) width = 256 * width + static_cast<unsigned char>(bytes[static_cast<std::size_t>(i)]);
    return width;
}

}  // namespace

TEST_CASE("A PNG of plot is as wide as its style, twice as many pixels, or as is asked", "[window][program]") {
    const TemporaryFolder folder;
    for (const auto& [words, width] : {std::pair<const char*, int>{"", 1920}, {" --style paper", 643}, {" --style slide --scale 1", 1280}, {" --width 600 --scale 3", 1800}}) {
        const Ran ran = rackrace_in(folder.path(), "plot " + played() + " prices --force --out a.png" + words, kNoDisplay);
        INFO(words << ran.err);
        REQUIRE(ran.code == ExitCode::done);
        CHECK(width_of_png(folder.path() / "a.png") == width);
    }
    CHECK(rackrace_in(folder.path(), "plot " + played() + " prices --width 700 --out wide.svg").code == ExitCode::done);
    CHECK(read_text(folder.path() / "wide.svg").find("width=\"700\"") != std::string::npos);
    for (const auto& [words, part] : {std::pair<const char*, const char*>{" --scale 2 --out b.svg", "--scale: is of PNG"}, {" --width 700 --out b.csv", "--width: is of pictures"}, {" --width 700", "--width"}}) {
        const Ran wrong = rackrace_in(folder.path(), "plot " + played() + " prices" + words);
        INFO(words << ": " << wrong.err);
        CHECK(wrong.code == ExitCode::wrong_usage);
        CHECK(wrong.err.find(part) != std::string::npos);
    }
}

TEST_CASE("E writes a PNG while the window is drawn, which goes on as before", "[window][program]") {
    const TemporaryFolder folder;
    std::ofstream(folder.path() / "keys.txt") << "E\nclick ##.png\nwait 2\n3\n";
    const Ran ran = rackrace_in(folder.path(), "view " + played() + " --script keys.txt --announce --screenshot s.png", kNoDisplay);
    INFO(ran.err);
    REQUIRE(ran.code == ExitCode::done);
    CHECK(width_of_png(folder.path() / "played-prices-2028Q3.png") == 1920);
    CHECK(rackrace_in(folder.path(), "view " + played() + " --screen firm --screenshot plain.png", kNoDisplay).code == ExitCode::done);
    CHECK(read_text(folder.path() / "s.png").size() > 10000);
}

TEST_CASE("With --fixed-dt a window plays on by frames, not by the clock", "[window][program]") {
    if (!has_virtual_display()) return;
    const TemporaryFolder folder;
    std::ofstream(folder.path() / "keys.txt") << "Home\nSpace\nwait 70\nSpace\n";  // 2 quarters a second
    const Ran ran = rackrace_in(folder.path(), "view " + played() + " --fixed-dt --script keys.txt --frames 100 --announce", "RACKRACE_HOME=state timeout 120 xvfb-run -a");
    INFO(ran.err);
    CHECK(ran.code == ExitCode::done);
    CHECK(ran.err.find("Paused at 2026Q3.") != std::string::npos);
}
