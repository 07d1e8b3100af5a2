#include "cli/progress.h"

#include <fmt/format.h>

#include "engine/base/quarter_index.h"

namespace rackrace {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kPlainLineEvery{10};
constexpr std::chrono::milliseconds kBarEvery{50};
constexpr int kBarWidth = 14;

std::string bar(std::int64_t done, std::int64_t all) {
    const std::int64_t filled = all > 0 ? kBarWidth * done / all : kBarWidth;
    return fmt::format("[{:-<{}}]", std::string(static_cast<std::size_t>(filled), '#'), kBarWidth);
}

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
        terminal_.note(fmt::format("\r  quarter   {}/{}  {}  {:.2f} s{}", played_, quarters_, bar(played_, quarters_), seconds(), is_last ? "\n" : ""));
        last_line_ = now;
    }
    if (terminal_.progress == Progress::plain && !is_last && now - last_line_ >= kPlainLineEvery) {
        terminal_.note(fmt::format("{} closed, {} of {} quarters, {:.0f} s\n", quarter_name(t), played_, quarters_, seconds()));
        last_line_ = now;
    }
}

double BatchProgress::seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

void BatchProgress::show(std::int64_t finished) {
    const auto now = Clock::now();
    const bool is_last = finished == runs_;
    const bool is_bar = terminal_.progress == Progress::bar && (is_last || now - last_line_ >= kBarEvery);
    const bool is_plain = terminal_.progress == Progress::plain && !is_last && now - last_line_ >= kPlainLineEvery;
    if (!is_bar && !is_plain) return;
    const double rate = static_cast<double>(finished - already_) / seconds();
    const std::string pace = fmt::format("{:.3g} runs/s  {} left", rate, duration_text(static_cast<double>(runs_ - finished) / rate));
    terminal_.note(is_bar ? fmt::format("\r  runs      {}/{}  {}  {}        {}", finished, runs_, bar(finished, runs_), pace, is_last ? "\n" : "")
                          : fmt::format("{} of {} runs, {}\n", finished, runs_, pace));
    last_line_ = now;
}

std::string duration_text(double seconds) {
    if (seconds < 10.0) return fmt::format("{:.1f} s", seconds);
    if (seconds < 120.0) return fmt::format("{:.0f} s", seconds);
    return seconds < 7200.0 ? fmt::format("{:.0f} min", seconds / 60.0) : fmt::format("{:.1f} h", seconds / 3600.0);
}

}  // namespace rackrace
