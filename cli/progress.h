// Shows how far a run or a batch is: one moving line on a terminal, otherwise one plain line every ten seconds.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "cli/terminal.h"
#include "engine/quarter/run.h"

namespace rackrace {

/// Passes everything on to `next` and counts the quarters that it sees.
class ProgressListener final : public QuarterListener {
public:
    ProgressListener(const Terminal& terminal, QuarterListener& next) : terminal_(terminal), next_(next) {}
    void on_opening(const Scenario& scenario, const World& world) override;
    void on_close(const ClosedQuarter& closed) override;
    /// Seconds since the opening.
    double seconds() const;

private:
    void show(int t, bool is_last);

    const Terminal& terminal_;
    QuarterListener& next_;
    int played_ = 0;
    int quarters_ = 0;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    std::chrono::steady_clock::time_point last_line_ = start_;
};

/// The runs of a batch, with rate and time left.
class BatchProgress {
public:
    /// already: runs that were finished before.
    BatchProgress(const Terminal& terminal, std::int64_t runs, std::int64_t already) : terminal_(terminal), runs_(runs), already_(already) {}
    void show(std::int64_t finished);
    double seconds() const;

private:
    const Terminal& terminal_;
    std::int64_t runs_, already_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    std::chrono::steady_clock::time_point last_line_ = start_;
};

/// "54 s", "12 min", "3.4 h"
std::string duration_text(double seconds);

}  // namespace rackrace
