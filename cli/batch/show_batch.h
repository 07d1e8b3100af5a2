// What `rackrace show` says of a batch: what it is, or one of its runs with the command that plays it alone.
#pragma once

#include <filesystem>

#include "cli/terminal.h"
#include "engine/replay/address.h"

namespace rackrace {

/// BATCH, BATCH#run=137, BATCH@2028Q3#run=137. Refused: a quarter or another key without a run, a run that is not there.
ExitCode show_batch(const std::filesystem::path& folder, const Address& address, const Terminal& terminal);

}  // namespace rackrace
