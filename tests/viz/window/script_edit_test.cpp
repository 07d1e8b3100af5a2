// A script in an editor beside the window: which file that is, what is checked of it, and how it comes to play.
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <thread>

#include "engine/base/quarter_index.h"
#include "tests/viz/window/sitting.h"
#include "viz/window/editor.h"
#include "viz/window/screens/script_panel.h"

using namespace rackrace;

namespace {

namespace fs = std::filesystem;

/// A program for VISUAL that writes what it is given into `told`, a word a line.
std::string telling_editor(const fs::path& folder) {
    const fs::path program = folder / "my editor";
    std::ofstream(program) << "#!/bin/sh\nprintf '%s\\n' \"$@\" >'" << (folder / "partial").string() << "'\nmv '" << (folder / "partial").string() << "' '" << (folder / "told").string() << "'\n";
    chmod(program.c_str(), 0755);
    return "'" + program.string() + "' --wait";
}

/// Until the file is there, at most two seconds.
std::string text_in_time(const fs::path& file) {
    for (int n = 0; n < 200 && !fs::exists(file); ++n) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return fs::exists(file) ? read_text(file) : "";
}

void append(const fs::path& file, const std::string& text) { std::ofstream(file, std::ios::app) << text; }

}  // namespace

TEST_CASE("The editor is that of VISUAL, then of EDITOR, and one that needs a terminal is known", "[window][edit]") {
    setenv("VISUAL", "", 1);
    setenv("EDITOR", "emacs -nw", 1);
    CHECK(editor_at_hand().value().needs_terminal);
    setenv("EDITOR", "emacs", 1);
    CHECK_FALSE(editor_at_hand().value().needs_terminal);
    setenv("VISUAL", "/usr/bin/nano -l", 1);
    CHECK(editor_at_hand().value().needs_terminal);
    CHECK(editor_at_hand().value().command("my script.lua") == "/usr/bin/nano -l 'my script.lua'");
    setenv("VISUAL", "code 'x", 1);
    CHECK(editor_at_hand().error().all.front().text() == "VISUAL: has a quote ' that is not closed; close it");
    unsetenv("EDITOR");
    unsetenv("VISUAL");
    setenv("RACKRACE_PATH", getenv("PATH"), 1);
    setenv("PATH", "/nowhere", 1);
    CHECK(editor_at_hand().error().all.front().text().starts_with("no editor is named; set VISUAL"));
    setenv("PATH", getenv("RACKRACE_PATH"), 1);
}

TEST_CASE("Ctrl+E gives the editor a copy of a baseline, its words unread by any shell", "[window][edit]") {
    const TemporaryFolder folder;
    Sitting at(run_at_hand());
    setenv("VISUAL", telling_editor(folder.path()).c_str(), 1);
    at.press("3");
    at.click("Edit script  Ctrl+E");
    REQUIRE(at.session.edit);
    const EditPlace& place = at.session.edit->place();
    CHECK(place.is_copy);
    CHECK(text_in_time(folder.path() / "told") == "--wait\n" + place.file.string() + "\n");
    CHECK(read_text(place.file) == read_text(place.played));
    CHECK(place.file.string().find("/strategies/neocloud/baseline.lua") != std::string::npos);
    CHECK(at.view().status.starts_with("my editor opens "));
}

TEST_CASE("A saved script is checked, the first message is on the panel and in the status line, and F8 offers a clean one", "[window][edit]") {
    Sitting at(run_at_hand());
    at.press("8");
    at.click("Edit  Ctrl+E");
    REQUIRE(at.session.edit);
    const fs::path file = at.session.edit->place().file;
    at.press("F8");
    CHECK(at.view().overlay_text.empty());  // it is what the run played
    at.press("Esc");

    const std::string played = read_text(file);
    append(file, "local wrong = = 1\n");
    at.frames(1);
    CHECK(at.view().status.find("baseline.lua:") != std::string::npos);
    CHECK(at.view().status.find("S0") != std::string::npos);
    CHECK(prepare_script(at.session).edit == at.view().status);
    CHECK(prepare_script(at.session).edit_is_wrong);
    at.press("F8");
    CHECK(at.view().overlay_text.empty());
    at.press("Esc");

    write(file, played + "-- a thought\n");
    at.frames();
    CHECK(at.view().status.ends_with("is saved and fits. F8 plays on with it at coreweave from 2028Q3."));
    CHECK_FALSE(prepare_script(at.session).edit_is_wrong);
    ForkWish asked;
    at.session.players.fork = [&](const ForkWish& wish) -> Result<fs::path> {
        asked = wish;
        return run_at_hand();
    };
    at.click("Fork from here  F8");
    CHECK(at.view().overlay_text == at.session.edit->name());
    at.press("Enter");
    CHECK(fs::equivalent(asked.script, file));
    CHECK(asked.t == quarter_index(2028, 3));
    CHECK(at.view().screen == Screen::compare);
    at.press("N");
    CHECK(edit_of_firm(at.session) == nullptr);  // another firm has a script of its own
}

TEST_CASE("A script of a person's own is edited where it is, and no copy is made", "[window][edit]") {
    const TemporaryFolder folder;
    fs::copy_file(fs::path(RACKRACE_SOURCE_DIR) / "scripts/strategies/neocloud/land_grab.lua", folder.path() / "mine.lua");
    const Ran ran = rackrace_in(folder.path(), "run small -q --until 2026Q3 --strategy coreweave='" + (folder.path() / "mine.lua").string() + "' --out run");
    INFO(ran.err);
    REQUIRE(ran.code == ExitCode::done);
    Sitting at(folder.path() / "run");
    at.view().firm = "coreweave";
    at.press("Ctrl+E");
    REQUIRE(at.session.edit);
    CHECK_FALSE(at.session.edit->place().is_copy);
    CHECK(fs::equivalent(at.session.edit->place().file, folder.path() / "mine.lua"));
    append(folder.path() / "mine.lua", "-- a thought\n");
    at.press("Ctrl+E");
    CHECK_FALSE(at.session.edit->place().is_copy);  // what is edited already is gone on with
    fs::remove(folder.path() / "mine.lua");
    at.press("Ctrl+E");
    CHECK(at.session.edit->place().is_copy);
    CHECK(fs::exists(at.session.edit->place().file));
}

TEST_CASE("A file of the name that the run did not play is not taken for its script, and what is edited is of one run", "[window][edit]") {
    const TemporaryFolder folder;
    fs::copy_file(fs::path(RACKRACE_SOURCE_DIR) / "scripts/strategies/neocloud/land_grab.lua", folder.path() / "mine.lua");
    REQUIRE(rackrace_in(folder.path(), "run small -q --until 2026Q3 --strategy coreweave='" + (folder.path() / "mine.lua").string() + "' --out run").code == ExitCode::done);
    append(folder.path() / "mine.lua", "-- a thought\n");
    Sitting at(folder.path() / "run");
    at.view().firm = "coreweave";
    at.press("Ctrl+E");
    REQUIRE(at.session.edit);
    CHECK(at.session.edit->place().is_copy);
    CHECK(edit_of_firm(at.session) != nullptr);
    REQUIRE(at.session.open(run_at_hand()).empty());
    at.view().firm = "coreweave";
    CHECK(edit_of_firm(at.session) == nullptr);
}

TEST_CASE("An editor that needs a terminal is not started: its command is copied, and the file is watched all the same", "[window][edit]") {
    Sitting at(run_at_hand());
    setenv("VISUAL", "nano", 1);
    at.press("Ctrl+E");
    REQUIRE(at.session.edit);
    CHECK(std::string(ImGui::GetClipboardText()) == "nano " + at.session.edit->place().file.string());
    CHECK(at.view().status.starts_with("nano works in a terminal: copied nano "));
    append(at.session.edit->place().file, "-- a thought\n");
    at.frames(1);
    CHECK(at.view().status.find("is saved and fits") != std::string::npos);
}

TEST_CASE("An editor that is not there or fails says so", "[window][edit]") {
    Sitting at(run_at_hand());
    setenv("VISUAL", "/nowhere/editor", 1);
    at.press("Ctrl+E");
    CHECK(at.view().status.starts_with("/nowhere/editor: cannot be started: No such file or directory; set VISUAL"));
    setenv("VISUAL", "false", 1);
    at.press("Ctrl+E");
    for (int n = 0; n < 200 && at.view().status.find("status 1") == std::string::npos; ++n) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        at.frames(1);
    }
    CHECK(at.view().status.starts_with("false ended with status 1. If it works in a terminal, open one"));
}

TEST_CASE("From the decision of a firm its script is stepped through at that quarter", "[window][edit]") {
    Sitting at(run_at_hand());
    at.session.seek(quarter_index(2027, 2));
    at.press("3");
    at.click("Step through it  8");
    CHECK(at.view().screen == Screen::strategy);
    CHECK(prepare_script(at.session).heading.find("2027Q2") != std::string::npos);
}
