#include "viz/window/pictures.h"

#include <imgui.h>

#include <cmath>

#include "engine/base/quarter_index.h"
#include "viz/figures/figure_layout.h"
#include "viz/figures/figure_painter.h"
#include "viz/figures/svg.h"
#include "viz/window/backend/kept_contexts.h"
#include "viz/window/backend/offscreen_window.h"
#include "viz/window/script_actions.h"
#include "viz/window/speaker.h"
#include "viz/window/ui.h"
#include "viz/window/window_canvas.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;

constexpr double kFrame_s = 1.0 / 60.0;
constexpr double kUnhurried_s = 1e9;  // nobody waits for a frame

std::vector<std::pair<std::string, std::string>> picture_texts(const Session& session) {
    std::vector<std::pair<std::string, std::string>> out = {{"Software", "rackrace"}};
    if (!session.has_any()) return out;
    out.emplace_back("Source", session.address(session.view.t, ""));
    out.emplace_back("Description", footer_text(session.provenance()));
    return out;
}

struct Studio {
    Session& session;
    Ui& ui;
    OffscreenWindow& window;
    void frame() const {
        window.begin_frame();
        ui.draw(session, 0.0);
        window.end_frame();
        session.read_on(kUnhurried_s);
        watch_edit(session);
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
    if (!studio.session.has_any())
        return {WindowEnd::wrong_words, Refusal{folder.string(), 0, 0, "there is no run to record", "name one: rackrace view RUN --record FOLDER"}};
    const auto file_of = [&](int t) { return folder / (quarter_name(t) + ".png"); };
    std::error_code error;
    for (const int t : studio.session.quarters())
        if (!request.is_forced && fs::exists(file_of(t), error))
            return {WindowEnd::cannot_write, Refusal{file_of(t).string(), 0, 0, "exists already", "give --force to replace it, or another --record"}};
    fs::create_directories(folder, error);
    for (const int t : studio.session.quarters()) {
        studio.session.seek(t);
        studio.session.view.status = "At " + quarter_name(t) + ".";
        if (Refusals refusals = take_picture(studio, file_of(t), listener); !refusals.empty()) return {WindowEnd::cannot_write, refusals};
    }
    return {};
}

}  // namespace

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

WindowOutcome draw_png(const FigureModel& figure, const FigureStyle& style, bool has_footer, const fs::path& file) {
    LayoutOptions plan;
    plan.notes = picture_notes(figure, has_footer);
    const FigureLayout layout = prepare_figure(figure, style, plan);
    const ImVec2 size{static_cast<float>(std::lround(style.width)), static_cast<float>(std::ceil(layout.height))};
    const KeptContexts kept;
    Ui ui;
    const auto window = OffscreenWindow::open(static_cast<int>(size.x), static_cast<int>(size.y));
    if (!window) return {WindowEnd::not_available, window.error()};
    for (int n = 0; n < kSettling; ++n) {
        (*window)->begin_frame();
        ImGui::NewFrame();
        ImDrawList& list = *ImGui::GetBackgroundDrawList();
        list.AddRectFilled({0.0F, 0.0F}, size, packed(style.theme->ground));
        WindowCanvas canvas(list, {0.0F, 0.0F}, *style.theme, style.line);
        paint_figure(layout, style, canvas);
        ImGui::Render();
        (*window)->end_frame();
    }
    Refusals refusals = write_png((*window)->image(), file, {{"Title", figure.title}, {"Software", "rackrace"}, {"Description", footer_text(figure.from)}});
    return {refusals.empty() ? WindowEnd::closed : WindowEnd::cannot_write, refusals};
}

}  // namespace rackrace
