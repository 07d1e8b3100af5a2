// What is printed where an identity broke: what, when, the posting to look at first, and the command that gets there again.
#pragma once

#include <filesystem>
#include <string>

#include "engine/base/result.h"
#include "engine/quarter/run.h"
#include "engine/replay/table.h"
#include "engine/scenario/names.h"

namespace rackrace {

/// Two located messages. `folder` is where the run was saved up to and with the quarter that broke.
Refusals fault_report(const RunRecord& run, const RunOutcome& outcome, const Names& names, const std::filesystem::path& folder);

}  // namespace rackrace
