// Messages as SARIF 2.1.0 (OASIS, 2020), the form that code hosts and editors read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agents/checker/check.h"
#include "engine/base/result.h"

namespace rackrace {

/// A log of one run over all the reports, with a rule for each code that occurs. Repairs are its fixes; files are URIs relative to where the check ran,
/// or file: URIs where they were given with a whole path. Messages beyond those that are kept are counted in a notification. `refusals` of files that
/// are no scripts are results without a rule.
std::string sarif_text(const std::vector<CheckReport>& reports, std::string_view program_version, const Refusals& refusals = {});

}  // namespace rackrace
