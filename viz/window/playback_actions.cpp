#include "viz/window/playback_actions.h"

#include <algorithm>

#include "engine/base/quarter_index.h"
#include "viz/figures/figure_layout.h"

namespace rackrace {
namespace {

constexpr double kSpeeds[] = {0.5, 1.0, 2.0, 4.0, 8.0};

}  // namespace

void step_quarters(Session& session, int quarters) {
    ViewState& view = session.view;
    view.is_playing = false;
    const int before = view.t;
    session.seek(view.t + quarters);
    view.status = "At " + quarter_name(view.t) + (view.t != before ? "." : quarters > 0 ? ", where it ends." : ", where it begins.");
}

void play_or_pause(Session& session) {
    ViewState& view = session.view;
    view.is_playing = !view.is_playing;
    if (view.is_playing && view.t == session.last_t() && !view.is_looping) session.seek(session.first_t());
    view.status = (view.is_playing ? "Plays from " : "Paused at ") + quarter_name(view.t) + ".";
}

void change_speed(Session& session, int direction) {
    const auto end = std::end(kSpeeds);
    auto at = std::find(std::begin(kSpeeds), end, session.view.quarters_per_s);
    if (at == end) at = std::begin(kSpeeds) + 2;
    const auto place = std::clamp<std::ptrdiff_t>(at - std::begin(kSpeeds) + direction, 0, end - std::begin(kSpeeds) - 1);
    session.view.quarters_per_s = kSpeeds[place];
    session.view.status = "Speed " + short_number(session.view.quarters_per_s) + " quarters a second.";
}

void set_loop(Session& session, bool is_start) {
    ViewState& view = session.view;
    QuarterRange loop = view.loop.value_or(QuarterRange{session.first_t(), session.last_t()});
    (is_start ? loop.from : loop.to) = view.t;
    if (loop.from > loop.to) (is_start ? loop.to : loop.from) = is_start ? session.last_t() : session.first_t();
    view.loop = loop;
    view.is_looping = true;
    view.status = "Loops from " + quarter_name(loop.from) + " to " + quarter_name(loop.to) + ".";
}

void switch_loop(Session& session) {
    ViewState& view = session.view;
    view.is_looping = !view.is_looping;
    if (!view.loop) view.loop = QuarterRange{session.first_t(), session.last_t()};
    view.status = view.is_looping ? "Loops from " + quarter_name(view.loop->from) + " to " + quarter_name(view.loop->to) + "." : "Does not loop.";
}

}  // namespace rackrace
