// A run as one HTML page that needs nothing else: the story, the figures with their tables, the firms, how it was run and how to run it again.
#pragma once

#include <string>

#include "engine/base/result.h"
#include "viz/figures/replay_store.h"

namespace rackrace {

/// Refused where a figure of the page is, or a table was altered.
Result<std::string> report_page(const ReplayStore& store);

}  // namespace rackrace
