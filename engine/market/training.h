// Training: compute becomes a stock of effective compute, its logarithm the capability; know-how from past runs makes compute go further.
#pragma once

#include "engine/base/host_device.h"
#include "engine/base/numbers.h"
#include "engine/scenario/parameters.h"

namespace rackrace {

/// X after a quarter, H100e-quarters: the old stock fades, this quarter's class T compute adds at efficiency ET and know-how K.
/// know_how is that of the start of the quarter: what a run teaches serves the next one.
RACKRACE_HD inline double next_effective_compute(const Parameters& p, double stock_h100e_q, double training_h100e, double efficiency,
                                                 double know_how) {
    return (1.0 - p.effective_compute_decay_frac) * stock_h100e_q + training_h100e * efficiency * exp(know_how);
}

/// Capability of a model trained on the stock, powers of ten (0: the frontier at 2026Q1). A stock under 1 counts as 1.
/// Source: scaling laws as a log-linear index, Kaplan et al. 2020; Hoffmann et al. 2022.
RACKRACE_HD inline double trained_capability_oom(const Parameters& p, double stock_h100e_q) {
    constexpr double ln10 = 2.302585092994045684;
    return log(max(1.0, stock_h100e_q) / p.effective_compute_scale_h100e_q) / ln10;
}

/// log(1 + x); 0, without the work, for nothing.
RACKRACE_HD inline double log_of_one_more(double x) { return x == 0.0 ? 0.0 : log(1.0 + x); }

/// K after a quarter: decays, grows by doing and by hiring, and catches up with the best firm's (best_know_how, before this quarter).
RACKRACE_HD inline double next_know_how(const Parameters& p, double know_how, double training_h100e, double talent_usd,
                                        double best_know_how) {
    return (1.0 - p.know_how_decay_frac) * know_how + p.know_how_learning * log_of_one_more(training_h100e / p.training_scale_h100e) +
           p.talent_learning * log_of_one_more(talent_usd / p.talent_scale_usd) + p.know_how_spillover_frac * (best_know_how - know_how);
}

/// Capability released for the next quarter: never falls, takes the model trained a quarter before, and open weights are a floor.
/// trained_before_oom: A* of the quarter before this one; open_oom: the frontier of open_weight_lag_q quarters ago.
RACKRACE_HD inline double released_capability_oom(double capability_oom, double trained_before_oom, double open_oom) {
    return max(capability_oom, max(trained_before_oom, open_oom));
}

}  // namespace rackrace
