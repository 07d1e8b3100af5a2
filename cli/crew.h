// Who plays a batch: the threads, and the cards that --device asks for.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cli/arguments.h"
#include "gpu/batch.h"
#include "gpu/device.h"

namespace rackrace {

struct OpenCrew {
    Crew crew;
    std::vector<std::unique_ptr<Device>> devices;  // that `crew` points to
    std::string note;                              // the cards that play, a line each, then those that cannot
    std::string no_card;                           // of auto: why none does where one would be quicker, "no card: ..."; empty where nobody would ask
};

/// Where cards come from; a test has its own.
struct Cards {
    bool are_built_in = has_cuda();
    std::function<Result<OpenDevices>()> open = open_devices;
};

/// auto: cards where they are quicker than the threads for so many cells; where none answers, the threads. Refused: cuda without a card.
Result<OpenCrew> open_crew(const CrewRequest& request, std::int64_t cells, const Cards& cards = {});

/// Cards that play and those that cannot, with `between` them: "NVIDIA H200: 132 multiprocessors, 66048 markets at once, stacks reserve 70.1 of 139.8 GiB,
/// driver 13.0, runtime 13.0, sm_90; not card 1: there is no code for it".
std::string cards_text(const OpenDevices& open, std::string_view between);

}  // namespace rackrace
