// Many worlds: cells in, outcomes out. A cell is a profile (what everybody plays, in which scenario) and a seed. Cells are independent, so an
// outcome depends on its cell alone, never on workers, order or place in the batch. Memory does not grow with the number of cells.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "agents/host/script_engine.h"
#include "agents/host/strategy.h"
#include "engine/base/result.h"
#include "engine/replay/batch_format.h"
#include "engine/replay/run_files.h"
#include "engine/scenario/load_scenario.h"

namespace rackrace {

/// Everything of a cell but chance: a scenario setting, and for each firm a strategy with its parameters (`loaded.strategies`).
struct Profile {
    LoadedScenario loaded;
    std::vector<std::shared_ptr<const Strategy>> strategies;  // [firm_count]; nullptr: the firm orders nothing
    std::vector<std::shared_ptr<const Strategy>> baselines;   // [kRoles]: the autopilot; nullptr: none
    EngineChoice engine = EngineChoice::automatic;            // lua: cards and compiled scripts have no part in it. The outcome is the same
};

struct BatchCell {
    std::int64_t profile = 0;
    std::uint64_t seed = 0;
};

struct CellFailure {
    int t = -1;     // -1: before the first quarter
    int firm = -1;  // -1: not of a firm
    std::string reason;
};
inline constexpr std::size_t kMaxCellFailures = 50;  // of a cell that are told; a script that fails in every call of a run fails this often

/// The key figures (key_columns.h) at each close, in quarters played; not a number where a figure is empty.
struct Panel {
    std::vector<double> market;  // [quarter][figure]
    std::vector<double> firms;   // [quarter][firm][figure]
};

struct Outcome {
    std::int64_t cell = 0;
    OutcomeStatus status = OutcomeStatus::ok;
    int start_t = 0, last_t = -1;       // first and last quarter played
    int script_errors = 0;              // callbacks that failed
    int rejections = 0;                 // orders refused or cut
    std::uint64_t state_hash = 0;       // of the world at the end
    std::vector<double> value_usd;      // [firm] owners' value at the end
    std::vector<FigureChange> metrics;  // [key market figure]
    std::vector<CellFailure> failures;  // the first kMaxCellFailures
    Panel panel;                        // empty unless asked for
};

struct Batch {
    std::int64_t cells = 0;
    std::function<BatchCell(std::int64_t)> cell;
    /// Makes a profile; called from all workers at once, each keeps one at a time: cells of one profile are best neighbours.
    std::function<Result<std::shared_ptr<const Profile>>(std::int64_t)> profile;
    bool wants_panel = false;
};

class Device;

/// Who plays a batch: threads of the CPU, and cards (device.h) beside them on the same queue.
struct Crew {
    int workers = 0;               // threads; 0: as many as the machine has
    std::vector<Device*> devices{};
    std::int64_t verified = 0;     // about so many of a device's cells are played on the CPU too, and compared bit by bit
};

/// What cards did in a batch.
struct DeviceUse {
    std::int64_t cells = 0;
    std::int64_t verified = 0, differing = 0;
    Refusals refusals{};  // of cards; the CPU played their cells
};

struct BatchEnd {
    std::int64_t handed_over = 0;  // outcomes that the sink took
    bool is_complete = false;      // false: the sink ended it
    int most_waiting = 0;          // outcomes that waited for the sink at any time, at most kWaitingPerWorker times the threads
    DeviceUse devices{};
};
inline constexpr int kWaitingPerWorker = 2;

/// Takes an outcome, in the order in which cells end; always on the caller's thread. false: play no more cells.
using OutcomeSink = std::function<bool(Outcome&&)>;

/// Plays the cells. Returns when all outcomes are handed over, or after the sink's false, when the cells in play have ended. Who plays a cell changes nothing of
/// its outcome.
BatchEnd play_batch(const Batch& batch, const Crew& crew, const OutcomeSink& sink);

/// One cell, on the caller's thread.
Outcome play_cell(const Profile& profile, std::int64_t cell, std::uint64_t seed, bool wants_panel);

}  // namespace rackrace
