#include "viz/window/step_actions.h"

#include <fmt/format.h>

#include <algorithm>

#include "viz/window/screen_actions.h"

namespace rackrace {
namespace {

/// The steps of what is shown; nullptr, with the reason in the status line, where there is nothing to do yet.
const Stepping* steps_at_hand(Session& session) {
    ViewState& view = session.view;
    const bool was_there = view.screen == Screen::strategy;
    if (!was_there) enter_screen(session, Screen::strategy);
    const Stepping& stepping = session.stepping();
    if (!stepping.is_empty() && was_there) return &stepping;
    view.status = stepping.is_empty() ? stepping.empty_text : "F11 goes to the next line that ran, Shift+F11 back.";
    return nullptr;
}

void go(Session& session, const Stepping& stepping, std::size_t to) {
    ViewState& view = session.view;
    if (to == view.step) {
        view.status = to == 0 ? "The first line that ran." : "The last line that ran.";
        return;
    }
    view.step = to;
    const TracedStep& step = stepping.step(to);
    const std::string& callback = std::string(kCallbackNames[static_cast<std::size_t>(stepping.trace(to).which)]);
    const std::int64_t all = stepping.trace(to).passes_of(step.file, step.line);
    if (step.is_gap()) view.status = fmt::format("{} more runs of lines {} to {} stand here and are not listed.", step.skipped, step.line, step.last_line);
    else view.status = fmt::format("{}, line {}{}.", callback, step.line, all > 1 ? fmt::format(", pass {} of {}", step.pass, all) : "");
}

}  // namespace

void step_decision(Session& session, bool into, int direction) {
    const Stepping* stepping = steps_at_hand(session);
    if (stepping == nullptr) return;
    go(session, *stepping, into ? step_into(*stepping, session.view.step, direction) : step_over(*stepping, session.view.step, direction));
}

void run_to_marked_line(Session& session) {
    const Stepping* stepping = steps_at_hand(session);
    if (stepping == nullptr) return;
    ViewState& view = session.view;
    const int line = view.marked_line > 0 ? view.marked_line : stepping->step(view.step).line;
    const auto to = run_to_line(*stepping, view.step, line);
    if (to) go(session, *stepping, *to);
    else view.status = fmt::format("Line {} does not run after this one.", line);
}

void move_mark(Session& session, int by) {
    const Stepping* stepping = steps_at_hand(session);
    if (stepping == nullptr) return;
    ViewState& view = session.view;
    const TracedStep& step = stepping->step(view.step);
    const int last = static_cast<int>(stepping->trace(view.step).files[static_cast<std::size_t>(step.file)].lines.size());
    view.marked_line = std::clamp((view.marked_line > 0 ? view.marked_line : step.line) + by, 1, std::max(1, last));
    view.status = fmt::format("F9 runs to line {}.", view.marked_line);
}

}  // namespace rackrace
