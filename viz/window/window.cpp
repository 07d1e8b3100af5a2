#include "viz/window/window.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <sstream>
#include <thread>

#include "engine/base/quarter_index.h"
#include "viz/figures/figure_parts.h"
#include "viz/figures/svg.h"
#include "viz/window/actions.h"
#include "viz/window/backend/glfw_window.h"
#include "viz/window/backend/offscreen_window.h"
#include "viz/window/key_script.h"
#include "viz/window/plot.h"
#include "viz/window/recent_runs.h"
#include "viz/window/saved_look.h"
#include "viz/window/ui.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int kSettling = 3;  // frames until what an event opened is laid out
constexpr double kFrame_s = 1.0 / 60.0;
constexpr double kSlow_s = 0.05;      // a frame that takes longer is drawn without smooth edges
constexpr int kSlowFrames = 20;       // after so many of them
constexpr double kReading_s = 0.03;   // of a frame, while a run is being opened
constexpr double kUnhurried_s = 1e9;  // where nobody waits for a frame

double seconds_since(Clock::time_point then) { return std::chrono::duration<double>(Clock::now() - then).count(); }

Result<KeyScript> read_script(const fs::path& file) {
    if (file.empty()) return KeyScript();
    std::error_code error;
    std::ifstream in(file);
    std::ostringstream text;
    if (in && !fs::is_directory(file, error)) text << in.rdbuf();
    else return Refusal{file.string(), 0, 0, "cannot be read", "name a file of keys, a line a key"};
    return KeyScript::parse(file.string(), text.str());
}

/// Says the status line where it changed.
class Speaker {
public:
    explicit Speaker(const WindowListener& listener) : listener_(listener) {}
    void listen(const ViewState& view) {
        if (view.status == last_ || !listener_.say) return;
        last_ = view.status;
        if (!last_.empty()) listener_.say(last_);
    }

private:
    const WindowListener& listener_;
    std::string last_;
};

std::vector<std::pair<std::string, std::string>> picture_texts(const Session& session) {
    std::vector<std::pair<std::string, std::string>> out = {{"Software", "rackrace"}};
    if (!session.has_run()) return out;
    out.emplace_back("Source", session.store().address(session.view.t, ""));
    out.emplace_back("Description", footer_text(provenance_of(session.store())));
    return out;
}

// --- pictures, without a display

struct Studio {
    Session& session;
    Ui& ui;
    OffscreenWindow& window;
    void frame() const {
        window.begin_frame();
        ui.draw(session, 0.0);
        window.end_frame();
        session.read_on(kUnhurried_s);
    }
};

Refusals take_picture(const Studio& studio, const fs::path& file, const WindowListener& listener) {
    for (int n = 0; n < kSettling; ++n) studio.frame();
    Refusals refusals = write_png(studio.window.image(), file, picture_texts(studio.session));
    if (refusals.empty() && listener.wrote) listener.wrote(file.string());
    return refusals;
}

WindowOutcome record(const Studio& studio, const WindowRequest& request, const WindowListener& listener) {
    const fs::path& folder = request.record;
    if (!studio.session.has_run())
        return {WindowEnd::wrong_words, Refusal{folder.string(), 0, 0, "there is no run to record", "name one: rackrace view RUN --record FOLDER"}};
    const auto file_of = [&](int t) { return folder / (quarter_name(t) + ".png"); };
    std::error_code error;
    for (const int t : studio.session.store().quarters())
        if (!request.is_forced && fs::exists(file_of(t), error))
            return {WindowEnd::cannot_write, Refusal{file_of(t).string(), 0, 0, "exists already", "give --force to replace it, or another --record"}};
    fs::create_directories(folder, error);
    for (const int t : studio.session.store().quarters()) {
        studio.session.seek(t);
        studio.session.view.status = "At " + quarter_name(t) + ".";
        if (Refusals refusals = take_picture(studio, file_of(t), listener); !refusals.empty()) return {WindowEnd::cannot_write, refusals};
    }
    return {};
}

WindowOutcome draw_pictures(Session& session, const WindowRequest& request, KeyScript script, const WindowListener& listener) {
    session.view.theme = request.theme.value_or(ThemeChoice::dark);
    session.view.scale = request.scale > 0.0 ? request.scale : 1.0;
    Ui ui;
    const auto window = OffscreenWindow::open(request.width > 0 ? request.width : kWindowWidth, request.height > 0 ? request.height : kWindowHeight);
    if (!window) return {WindowEnd::not_available, window.error()};
    const Studio studio{session, ui, **window};
    Speaker speaker(listener);
    for (int n = 0; n < request.frames || !script.is_done(); ++n) {
        if (n > 0)
            if (Refusals refusals = script.advance(ui.labels()); !refusals.empty()) return {WindowEnd::bad_input, refusals};
        session.advance(kFrame_s);
        studio.frame();
        speaker.listen(session.view);
    }
    if (!request.screenshot.empty())
        if (Refusals refusals = take_picture(studio, request.screenshot, listener); !refusals.empty()) return {WindowEnd::cannot_write, refusals};
    if (!request.record.empty())
        if (WindowOutcome outcome = record(studio, request, listener); outcome.end != WindowEnd::closed) return outcome;
    speaker.listen(session.view);
    return {};
}

// --- the window on a display

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
    if (session.has_run() && session.store().folder() != remembered) {
        remembered = session.store().folder();
        remember_run(session.store());
    }
}

WindowOutcome run_window(Session& session, Ui& ui, GlfwWindow& window, const WindowRequest& request, KeyScript& script, Speaker& speaker) {
    Pace pace;
    fs::path remembered;
    auto last = Clock::now();
    int drawn = 0, owed = kSettling;
    bool is_entering = session.opening().has_value();  // the run that was asked for: if it is refused, there is nothing to show
    while (!window.was_closed() && !session.view.wants_close && (request.frames == 0 || drawn < request.frames)) {
        const bool is_busy = owed > 0 || request.frames > 0 || !script.is_done() || session.opening();
        window.wait(is_busy ? 0.0 : session.view.is_playing ? kFrame_s : -1.0);
        const int t = session.view.t;
        session.advance(seconds_since(last));
        last = Clock::now();
        if (!script.is_done() && drawn > 0)
            if (Refusals refusals = script.advance(ui.labels()); !refusals.empty()) return {WindowEnd::bad_input, refusals};
        if (ui.has_input() || window.take_exposed()) owed = kSettling;
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

}  // namespace

WindowOutcome view_window(const WindowRequest& request, const WindowListener& listener) {
    Session session;
    session.view.status = "Open a run with Ctrl+O; ? lists the keys.";
    auto script = read_script(request.script);
    if (!script) return {WindowEnd::bad_input, script.error()};
    const bool is_picture = !request.screenshot.empty() || !request.record.empty();
    if (!request.run.empty()) {
        Refusals refusals = is_picture ? session.open(request.run, request.entry) : session.begin_open(request.run, request.entry);
        if (!refusals.empty()) return {WindowEnd::bad_input, refusals};
    }
    if (is_picture) return draw_pictures(session, request, std::move(*script), listener);
    return show_window(session, request, std::move(*script), listener);
}

WindowOutcome draw_png(const FigureModel& figure, ThemeChoice theme, int width, int height, const fs::path& file) {
    Ui ui;
    const auto window = OffscreenWindow::open(width, height);
    if (!window) return {WindowEnd::not_available, window.error()};
    ViewState view;
    view.theme = theme;
    PlotStyle style;
    style.look = ui.look_of(view);
    style.has_heads = style.has_notes = true;
    for (int n = 0; n < kSettling; ++n) {
        (*window)->begin_frame();
        apply_look(style.look);
        ImGui::NewFrame();
        ImGui::SetNextWindowPos({0.0F, 0.0F});
        ImGui::SetNextWindowSize({static_cast<float>(width), static_cast<float>(height)});
        ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0.0F);
        ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.0F);
        ImGui::Begin("figure", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoSavedSettings);
        ImGui::PopStyleVar(2);
        draw_figure(figure, style);
        ImGui::End();
        ImGui::Render();
        (*window)->end_frame();
    }
    Refusals refusals =
        write_png((*window)->image(), file, {{"Title", figure.title}, {"Software", "rackrace"}, {"Description", footer_text(figure.from)}});
    return {refusals.empty() ? WindowEnd::closed : WindowEnd::cannot_write, refusals};
}

std::string window_state() { return std::string("built in (Dear ImGui ") + ImGui::GetVersion() + ")"; }
bool has_window() { return true; }

}  // namespace rackrace
