// Recorded runs played back on the device: one market a thread, its World a local variable, the same four functions as on the host.
// Needs a build with CUDA; link-time only elsewhere.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/quarter/recorded_orders.h"

namespace rackrace {

/// A run to play again: the draws of its seed and what was ordered in it.
struct RecordedRun {
    Chance chance;
    RecordedOrders orders;  // empty: nobody orders anything
};

struct DevicePlayback {
    std::vector<std::uint64_t> state_hashes;  // [markets][quarters]
    std::vector<std::int32_t> faults;         // [markets], a Fault; 0 is none
    int quarters = 0;
    double kernel_s = 0.0;                    // by the device's own events, without copies
    std::size_t stack_bytes = 0;              // of the kernel, a thread
    std::string device;                       // name of the card
};

/// Plays `markets` markets from `opening` to the scenario's end; market i plays run i modulo their number. Refused in words: no device,
/// no room on it, runs of different length, a failed launch.
Result<DevicePlayback> play_back_on_device(const Scenario& scenario, const World& opening, std::span<const RecordedRun> runs, int markets);

}  // namespace rackrace
