// A card that plays cells for a batch. What stands here needs no CUDA; a build without it has no cards and says so.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "agents/core/casting.h"
#include "gpu/batch.h"

namespace rackrace {

struct DeviceFacts {
    std::string name;                    // "NVIDIA H100 80GB HBM3"
    std::string software;                // "driver 13.0, runtime 13.0, sm_90"
    int multiprocessors = 0;
    int registers = 0;                   // of a thread of the kernel
    std::size_t stack_bytes = 0;         // of a thread of the kernel
    std::size_t reserved_bytes = 0;      // that stacks take of the card at the first launch, whatever the number of cells
    std::size_t memory_bytes = 0;        // of the card
    std::size_t bytes_per_cell = 0;      // beside its stack
    int cells_at_once = 0;               // of a launch
};

/// A cell for a device: `number` is that of the batch.
struct DeviceCell {
    std::shared_ptr<const Profile> profile;  // portable
    std::shared_ptr<const Casting> casting;  // of the profile
    std::int64_t number = 0;
    std::uint64_t seed = 0;
};

class Device {
public:
    virtual ~Device() = default;
    virtual const DeviceFacts& facts() const = 0;

    /// Outcomes in the order of the cells, at most facts().cells_at_once: the same bits as on the host. Neighbours of one profile are best. Refused: what the card
    /// answers; then none of the cells was played.
    virtual Result<std::vector<Outcome>> play(const std::vector<DeviceCell>& cells, bool wants_panel) = 0;

    /// Seconds that kernels ran so far, by the device's own events.
    virtual double kernel_s() const = 0;
};

/// Layout of what host and device exchange: a device whose code was built with another one is refused.
std::uint64_t abi_of_host();

/// Whether this program was built with CUDA.
bool has_cuda();

struct OpenDevices {
    std::vector<std::unique_ptr<Device>> cards;
    Refusals refused;  // of those that cannot play, where another can
};

/// The cards of this machine that can play. Refused in words: none, a driver too old, no room for a kernel's stacks, another layout; a build without CUDA.
Result<OpenDevices> open_devices();

}  // namespace rackrace
