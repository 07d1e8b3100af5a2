// The rules and their fields, for people and as JSON: what `rackrace clear --list` prints.
#pragma once

#include <string>
#include <vector>

#include "cli/clear/rule.h"

namespace rackrace::clear {

std::string list_text(const std::vector<Rule>& rules);
Json list_json(const std::vector<Rule>& rules);

}  // namespace rackrace::clear
