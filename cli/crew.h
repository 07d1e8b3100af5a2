// Who plays a batch: the threads, and the cards that --device asks for.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "gpu/batch.h"
#include "gpu/device.h"

namespace rackrace {

struct OpenCrew {
    Crew crew;
    std::vector<std::unique_ptr<Device>> devices;  // that `crew` points to
    std::string note;                              // of auto: why cards play or do not, in a line; empty where nobody would ask
};

/// auto: cards where they are quicker than the threads for so many cells; where none answers, the threads. Refused: cuda without a card.
Result<OpenCrew> open_crew(const CrewRequest& request, std::int64_t cells);

/// "NVIDIA H200: 132 multiprocessors, 66048 markets at once, stacks reserve 70.1 GiB, driver 13.0, runtime 13.0, sm_90"
std::string device_text(const DeviceFacts& facts);

}  // namespace rackrace
