// What `rackrace verify` does with a batch: its runs are played again from its frozen inputs, and every cell of their rows is compared.
#pragma once

#include <filesystem>

#include "cli/arguments.h"
#include "cli/terminal.h"

namespace rackrace {

/// All runs, or `sample` of them spread evenly. answer_is_no: some differ; each is told with what differs first. Refused: a batch that is not complete, changed plans
/// and inputs, another program's.
ExitCode verify_batch(const std::filesystem::path& folder, const VerifyArguments& arguments, const Terminal& terminal);

}  // namespace rackrace
