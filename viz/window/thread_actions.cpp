#include "viz/window/thread_actions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/quarter_index.h"
#include "viz/figures/fan_threads.h"
#include "viz/figures/figure_layout.h"
#include "viz/figures/figure_parts.h"
#include "viz/window/readings.h"

namespace rackrace {
namespace {

std::string number_of(const Session& session, std::size_t run) { return std::to_string(session.ensemble().runs()[run].number); }

/// Runs that have a value, the lowest first.
std::vector<std::size_t> ranked_runs(const std::vector<double>& values) {
    std::vector<std::size_t> out;
    for (std::size_t run = 0; run < values.size(); ++run)
        if (std::isfinite(values[run])) out.push_back(run);
    std::stable_sort(out.begin(), out.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    return out;
}

}  // namespace

std::optional<std::size_t> run_at_hand(const Session& session) {
    const std::optional<std::size_t> pinned = pinned_run(session);
    return pinned ? pinned : session.ensemble().find_run(session.view.hovered_run);
}

std::vector<std::string> threads_of(Session& session) {
    std::vector<std::string> out = session.view.kept_runs;
    if (out.empty())
        for (const std::size_t run : sample_runs(session.courses())) out.push_back(number_of(session, run));
    return out;
}

void hover_run(Session& session, int t, double value) {
    const Courses& courses = session.courses();
    if (t < courses.first_t || t > courses.last_t()) return;
    const std::vector<double>& values = courses.at(t);
    const std::vector<FigurePanel>& panels = session.figure("fan").panels;
    const bool is_log = session.view.is_log && !panels.empty() && can_be_log(panels.front());
    const auto height = [&](double number) { return is_log ? std::log(number) : number; };  // as the axis shows it
    const auto distance = [&](std::size_t run) {
        const double off = std::abs(height(values[run]) - height(value));
        return std::isfinite(off) ? off : std::numeric_limits<double>::infinity();
    };
    std::size_t nearest = session.ensemble().find_run(session.view.hovered_run).value_or(0);
    for (std::size_t run = 0; run < values.size(); ++run)
        if (distance(run) < distance(nearest)) nearest = run;
    if (std::isfinite(values[nearest])) session.view.hovered_run = number_of(session, nearest);
}

void pin_hovered_run(Session& session, int t) {
    ViewState& view = session.view;
    const std::optional<std::size_t> run = session.ensemble().find_run(view.hovered_run);
    const Courses& courses = session.courses();
    if (!run || t < courses.first_t || t > courses.last_t()) return;
    const std::string address = session.address(t, "run=" + view.hovered_run);
    view.pinned = view.pinned == address ? "" : address;
    view.status = view.pinned.empty() ? "Nothing is pinned." : fmt::format("{}: {} in {}. R keeps it as a thread, O plays it.", session.ensemble().run_text(*run), text_in_unit(courses.unit, courses.at(t)[*run]), quarter_name(t));
}

void step_run(Session& session, int direction) {
    ViewState& view = session.view;
    const Courses& courses = session.courses();
    const std::vector<double>& values = courses.at(view.t);
    const std::vector<std::size_t> ranked = ranked_runs(values);
    if (ranked.empty()) {
        view.status = fmt::format("No run has {} in {}.", courses.name(), quarter_name(view.t));
        return;
    }
    const std::optional<std::size_t> at_hand = run_at_hand(session);
    const auto at = at_hand ? std::find(ranked.begin(), ranked.end(), *at_hand) : ranked.end();
    const auto count = static_cast<std::ptrdiff_t>(ranked.size()), from = at == ranked.end() ? count / 2 : at - ranked.begin();
    const auto rank = std::clamp<std::ptrdiff_t>(from + direction, 0, count - 1);
    const std::size_t run = ranked[static_cast<std::size_t>(rank)];
    view.pinned = session.address(view.t, "run=" + number_of(session, run));
    view.status = fmt::format("{}: {} in {}, {} of {} from below. R keeps it as a thread, O plays it.", session.ensemble().run_text(run), text_in_unit(courses.unit, values[run]),
                              quarter_name(view.t), rank + 1, count);
}

void switch_fan_part(Session& session, const std::string& id) {
    ViewState& view = session.view;
    if (sample_runs(session.courses()).empty()) {
        view.status = fmt::format("Fewer than {} runs have a value: the fan draws each, and no bands.", kFewestForBands);
        return;
    }
    const auto part = std::find_if(std::begin(kFanParts), std::end(kFanParts), [&](const FanPart& one) { return one.id == id; });
    const bool was_hidden = view.hidden_fan_parts.erase(id) > 0;
    if (!was_hidden) view.hidden_fan_parts.insert(id);
    view.status = fmt::format("The fan {} its {}{}{}.", was_hidden ? "has" : "is without", id.starts_with("band") ? "band of " : "", part->name, was_hidden ? " again" : "");
}

void keep_run(Session& session) {
    ViewState& view = session.view;
    const std::optional<std::size_t> run = run_at_hand(session);
    if (!run) {
        view.status = kNoRunAtHand;
        return;
    }
    const std::string number = number_of(session, *run);
    std::vector<std::string> threads = threads_of(session);
    const auto at = std::find(threads.begin(), threads.end(), number);
    if (at != threads.end()) {
        threads.erase(at);
        view.status = threads.empty() ? "Run " + number + " is kept no more: the fan picks its threads itself." : "Run " + number + " is kept no more.";
    } else if (threads.size() >= kMostThreads) {
        view.status = fmt::format("{} threads are kept, as many as can be told apart: pin one of them (Enter) and let it go (R) first.", threads.size());
        return;
    } else {
        threads.push_back(number);
        view.status = fmt::format("Run {} is kept: {} thread{}.", number, threads.size(), threads.size() == 1 ? "" : "s");
    }
    view.kept_runs = std::move(threads);
}

}  // namespace rackrace
