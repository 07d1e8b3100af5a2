// What is printed where an identity broke: what, when, the posting to look at first, and the command that gets there again.
#pragma once

#include <filesystem>
#include <string>

#include "engine/base/result.h"
#include "engine/quarter/run.h"
#include "engine/replay/table.h"
#include "engine/scenario/names.h"

namespace rackrace {

/// Two located messages: what broke, with the first number that is not finite where that is it, and the posting that caused it or moved it last.
/// `folder` is where the run was saved up to and with the quarter that broke; `last` is its state.
Refusals fault_report(const RunRecord& run, const RunOutcome& outcome, const World& last, const Names& names, const std::filesystem::path& folder);

}  // namespace rackrace
