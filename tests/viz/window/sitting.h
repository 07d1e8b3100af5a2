// A person at the window, without a screen: presses keys, types, clicks what has a label, and reads what the window then holds.
#pragma once

#include <catch2/catch.hpp>

#include <string>

#include <imgui.h>

#include "tests/viz/made_batches.h"
#include "tests/viz/recorded_runs.h"
#include "viz/window/backend/null_window.h"
#include "viz/window/key_events.h"
#include "viz/window/script_actions.h"
#include "viz/window/ui.h"

namespace rackrace {

class Sitting {
public:
    Sitting() { frames(); }
    explicit Sitting(const std::filesystem::path& run) {
        session.data = std::filesystem::path(RACKRACE_SOURCE_DIR) / "data";
        session.scripts = std::filesystem::path(RACKRACE_SOURCE_DIR) / "scripts";
        session.copies = copies_.path();
        setenv("VISUAL", "true", 1);  // an editor that writes nothing
        REQUIRE(session.open(run).empty());
        opened_ = session.view;
        frames();
    }
    /// As when the run had just been opened.
    void reset() {
        session.view = opened_;
        frames(2);
    }

    /// As many as an event needs until what it opened is laid out and has the focus.
    void frames(int count = 5) {
        for (int n = 0; n < count; ++n) {
            window_.begin_frame();
            ui_.draw(session, 0.0);
            window_.end_frame();
            session.read_on(reading_s);
            watch_edit(session);
        }
    }
    void press(const std::string& key) {
        INFO(key);
        REQUIRE(send_key(key));
        frames();
    }
    void type(const std::string& text) {
        send_text(text);
        frames();
    }
    void click(const std::string& label, bool is_right = false) {
        INFO("label " << label);
        const auto place = ui_.labels().find(label);
        REQUIRE(place);
        send_click(place->x(), place->y(), is_right);
        frames();
    }
    /// Takes what has the label and lets it go so many pixels from there.
    void drag(const std::string& label, float right, float down) {
        INFO("label " << label);
        const auto place = ui_.labels().find(label);
        REQUIRE(place);
        ImGuiIO& io = ImGui::GetIO();
        io.AddMousePosEvent(place->x(), place->y());
        frames(2);  // an item over another is hovered a frame later
        io.AddMouseButtonEvent(ImGuiMouseButton_Left, true);
        frames(2);
        for (const float share : {0.5F, 1.0F}) {
            io.AddMousePosEvent(place->x() + share * right, place->y() + share * down);
            frames(2);
        }
        io.AddMouseButtonEvent(ImGuiMouseButton_Left, false);
        frames();
    }
    void click_at(float x, float y) {
        send_click(x, y);
        frames();
    }
    const Labels& labels() const { return ui_.labels(); }
    ViewState& view() { return session.view; }

    Session session;
    double reading_s = 1e9;  // of every frame while a run is being opened; 0: a step

private:
    ViewState opened_;
    TemporaryFolder copies_;
    Ui ui_;
    NullWindow window_{1600, 1000};
};

/// At the run that all tests share.
inline std::filesystem::path run_at_hand() { return played_folder() / "runs" / "played"; }

/// A batch of two firms, 25 runs over 2026Q2 and 2026Q3 with prices that rise with the share sold ahead; the last run failed.
inline const std::filesystem::path& batch_at_hand() {
    static const TemporaryFolder folder;
    static const std::filesystem::path batch = [] {
        std::vector<MadeRun> runs = rising_runs(25);
        for (std::size_t i = 0; i < runs.size(); ++i) {
            runs[i].presold = 0.02 * static_cast<double>(i);
            runs[i].in_arrears[1] = static_cast<int>(i % 3);
        }
        runs[3].state_hash = "00000000000000ff";
        runs.back().status = "fault";
        return make_batch(folder.path() / "made", runs);
    }();
    return batch;
}

}  // namespace rackrace
