// Everything in a replay that is not as the run wrote it.
#pragma once

#include <vector>

#include "engine/replay/replay_reader.h"

namespace rackrace {

/// Every table against its digests, in the order of replay_tables(). Refused: a table that cannot be read.
Result<std::vector<Alteration>> all_alterations(Replay& replay);

}  // namespace rackrace
