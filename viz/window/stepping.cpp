#include "viz/window/stepping.h"

#include <algorithm>

namespace rackrace {

Stepping stepping_of(TracedQuarter quarter) {
    Stepping out;
    out.quarter = std::make_shared<const TracedQuarter>(std::move(quarter));
    const auto& decisions = out.quarter->decisions;
    for (std::size_t d = 0; d < decisions.size(); ++d)
        for (std::size_t c = 0; c < decisions[d].trace.callbacks.size(); ++c)
            for (std::size_t s = 0; s < decisions[d].trace.callbacks[c].steps.size(); ++s) out.places.push_back({d, c, s});
    if (out.places.empty()) out.empty_text = "No line of a script ran.";
    return out;
}

std::size_t failed_step(const Stepping& stepping, std::size_t nth) {
    for (std::size_t at = 0; at < stepping.places.size(); ++at) {
        const bool is_last = at + 1 == stepping.places.size() || stepping.places[at + 1].decision != stepping.places[at].decision;
        if (stepping.decision(at).error && is_last && nth-- == 0) return at;
    }
    return 0;
}

std::size_t step_into(const Stepping& stepping, std::size_t at, int direction) {
    if (direction < 0) return at > 0 ? at - 1 : 0;
    return std::min(at + 1, stepping.places.size() - 1);
}

std::size_t step_over(const Stepping& stepping, std::size_t at, int direction) {
    const auto is_inside = [&](std::size_t other) {
        const StepPlace &a = stepping.places[at], &b = stepping.places[other];
        return a.decision == b.decision && a.callback == b.callback && stepping.step(other).depth > stepping.step(at).depth;
    };
    std::size_t next = step_into(stepping, at, direction);
    while (is_inside(next)) {
        const std::size_t further = step_into(stepping, next, direction);
        if (further == next) break;
        next = further;
    }
    return next;
}

std::optional<std::size_t> run_to_line(const Stepping& stepping, std::size_t at, int line) {
    const auto file_at = [&](std::size_t place) { return stepping.trace(place).files[static_cast<std::size_t>(stepping.step(place).file)].name; };
    const std::string file = file_at(at);
    for (std::size_t next = at + 1; next < stepping.places.size(); ++next) {
        const TracedStep& step = stepping.step(next);
        if (!step.is_gap() && step.line <= line && line <= step.last_line && file_at(next) == file) return next;
    }
    return std::nullopt;
}

}  // namespace rackrace
