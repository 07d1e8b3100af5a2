#include "cli/progress.h"

#include <fmt/format.h>

#include "engine/base/quarter_index.h"

namespace rackrace {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kPlainLineEvery{10};
constexpr std::chrono::milliseconds kBarEvery{50};
constexpr int kBarWidth = 14;

}  // namespace

void ProgressListener::on_opening(const Scenario& scenario, const World& world) {
    quarters_ = scenario.end_t - world.t;
    next_.on_opening(scenario, world);
}

void ProgressListener::on_close(const ClosedQuarter& closed) {
    next_.on_close(closed);
    ++played_;
    show(closed.world.t, played_ == quarters_ || closed.world.fault != Fault::none);
}

double ProgressListener::seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

void ProgressListener::show(int t, bool is_last) {
    const auto now = Clock::now();
    if (terminal_.progress == Progress::bar && (is_last || now - last_line_ >= kBarEvery)) {
        const int filled = quarters_ > 0 ? kBarWidth * played_ / quarters_ : kBarWidth;
        terminal_.note(fmt::format("\r  quarter   {}/{}  [{:-<{}}]  {:.2f} s{}", played_, quarters_,
                                   std::string(static_cast<std::size_t>(filled), '#'), kBarWidth, seconds(), is_last ? "\n" : ""));
        last_line_ = now;
    }
    if (terminal_.progress == Progress::plain && !is_last && now - last_line_ >= kPlainLineEvery) {
        terminal_.note(fmt::format("{} closed, {} of {} quarters, {:.0f} s\n", quarter_name(t), played_, quarters_, seconds()));
        last_line_ = now;
    }
}

}  // namespace rackrace
