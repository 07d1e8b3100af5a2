#include "viz/window/live_window.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "viz/window/backend/glfw_window.h"
#include "viz/window/recent_runs.h"
#include "viz/window/saved_look.h"
#include "viz/window/script_actions.h"
#include "viz/window/speaker.h"
#include "viz/window/ui.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr double kFrame_s = 1.0 / 60.0;
constexpr double kSlow_s = 0.05;      // a frame that takes longer is drawn without smooth edges
constexpr int kSlowFrames = 20;       // after so many of them
constexpr double kReading_s = 0.03;   // of a frame, while a run is being opened
constexpr double kUnhurried_s = 1e9;  // where nobody waits for a frame
constexpr double kWatch_s = 0.25;     // between two looks at a script that is edited

double seconds_since(Clock::time_point then) { return std::chrono::duration<double>(Clock::now() - then).count(); }

/// Keeps time: how long the next frame may wait, how fast they come, and whether this machine is too slow for smooth edges.
class Pace {
public:
    double frames_per_s() const { return cost_s_ <= 0.0 ? 0.0 : 1.0 / std::max(cost_s_, kFrame_s); }
    void begin() { began_ = Clock::now(); }
    void end() {
        const double cost = seconds_since(began_);
        cost_s_ = cost_s_ <= 0.0 ? cost : 0.9 * cost_s_ + 0.1 * cost;
        slow_ = cost > kSlow_s ? slow_ + 1 : 0;
        if (cost < kFrame_s) std::this_thread::sleep_for(std::chrono::duration<double>(kFrame_s - cost));  // where the display does not wait itself
    }
    bool is_slow() const { return slow_ >= kSlowFrames; }

private:
    Clock::time_point began_;
    double cost_s_ = 0.0;
    int slow_ = 0;
};

/// What a person does beside keys and clicks: drops a run on the window, keeps theme, size and tiles, opens another run.
void serve(Session& session, GlfwWindow& window, fs::path& remembered) {
    for (const std::string& path : window.take_dropped())
        if (const Refusals refusals = session.begin_open(path); !refusals.empty()) session.view.status = refusals.all.front().text();
    if (session.view.wants_layout_saved) {
        session.view.wants_layout_saved = false;
        const Refusals refusals = save_look({session.view.theme, session.view.scale, window.width(), window.height(), session.view.tilings});
        session.view.status = refusals.empty() ? "Theme, size and places of tiles are kept for the next time." : refusals.all.front().text();
    }
    if (session.has_any() && session.folder() != remembered) {
        remembered = session.folder();
        if (session.has_run()) remember_run(session.store());
        else remember_batch(session.ensemble());
    }
}

WindowOutcome run_window(Session& session, Ui& ui, GlfwWindow& window, const WindowRequest& request, KeyScript& script, Speaker& speaker) {
    Pace pace;
    fs::path remembered;
    auto last = Clock::now();
    int drawn = 0, owed = kSettling;
    bool is_entering = session.opening().has_value();  // the run that was asked for: if it is refused, there is nothing to show
    Clock::time_point looked{};
    while (!window.was_closed() && !session.view.wants_close && (request.frames == 0 || drawn < request.frames)) {
        const bool is_busy = owed > 0 || request.frames > 0 || !script.is_done() || session.opening();
        window.wait(is_busy ? 0.0 : session.view.is_playing ? kFrame_s : session.edit ? kWatch_s : -1.0);
        const int t = session.view.t;
        session.advance(request.is_dt_fixed ? kFrame_s : seconds_since(last));
        last = Clock::now();
        if (!script.is_done() && drawn > 0)
            if (Refusals refusals = script.advance(ui.labels()); !refusals.empty()) return {WindowEnd::bad_input, refusals};
        if (ui.has_input() || window.take_exposed()) owed = kSettling;
        if (seconds_since(looked) >= kWatch_s) {
            looked = Clock::now();
            if (watch_edit(session)) owed = kSettling;
        }
        if (session.view.t != t) owed = std::max(owed, 1);
        serve(session, window, remembered);
        if (owed == 0 && !is_busy) continue;
        owed = std::max(0, owed - 1);
        pace.begin();
        window.begin_frame();
        ui.draw(session, pace.frames_per_s());
        window.end_frame();
        pace.end();
        if (session.opening()) {
            owed = kSettling;
            if (Refusals refusals = session.read_on(kReading_s); !refusals.empty() && is_entering) return {WindowEnd::bad_input, refusals};
        }
        if (!is_entering) ++drawn;
        is_entering = is_entering && session.opening();
        if (pace.is_slow() && !ui.is_static()) {
            ui.be_static();
            session.view.status = "Drawing is slow on this machine: lines are drawn without smooth edges.";
        }
        speaker.listen(session.view);
    }
    return {};
}

}  // namespace

WindowOutcome show_window(Session& session, const WindowRequest& request, KeyScript script, const WindowListener& listener) {
    const auto kept = saved_look();
    const SavedLook look = kept.value_or(SavedLook{});
    const auto or_else = [](int asked, int known, int own) { return asked > 0 ? asked : known > 0 ? known : own; };
    Ui ui;
    const auto window = GlfwWindow::open(or_else(request.width, look.width, kWindowWidth), or_else(request.height, look.height, kWindowHeight));
    if (!window) {  // a run or a place that is wrong anyway is the better reason
        Refusals refusals = session.read_on(kUnhurried_s);
        return refusals.empty() ? WindowOutcome{WindowEnd::not_available, window.error()} : WindowOutcome{WindowEnd::bad_input, refusals};
    }
    session.view.theme = request.theme.value_or(look.theme);
    session.view.tilings = look.tilings;
    session.view.scale = request.scale > 0.0 ? request.scale : kept ? look.scale : std::clamp((*window)->scale(), kSmallestScale, kLargestScale);
    Speaker speaker(listener);
    return run_window(session, ui, **window, request, script, speaker);
}

}  // namespace rackrace
