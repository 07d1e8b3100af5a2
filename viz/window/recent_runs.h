// The runs and batches that were opened last, in a file of the person's state folder. A file that cannot be read or written is no error: there is no list.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "viz/figures/ensemble.h"
#include "viz/figures/replay_store.h"

namespace rackrace {

struct RecentRun {
    std::filesystem::path folder;
    std::string title;   // "base-2026 seed 1", "base-2026, 512 runs"
    std::string state;   // "to 2032Q4", "stopped at 2030Q1"
    std::string opened;  // "2026-11-26 14:02"
};

/// Where the window keeps what is a person's: RACKRACE_HOME, or rackrace in XDG_STATE_HOME or in ~/.local/state; empty where there is none.
std::filesystem::path state_folder();

/// The latest first, at most ten, only folders that are still there.
std::vector<RecentRun> recent_runs();

void remember_run(const ReplayStore& store);
void remember_batch(const Ensemble& ensemble);

}  // namespace rackrace
