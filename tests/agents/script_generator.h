// Random portable scripts: every statement, operator, helper, draw and verb of the subset, in scopes that hold together. The same number gives the
// same script.
#pragma once

#include <cstdint>
#include <string>

#include "engine/world/capacities.h"

namespace rackrace::host_test {

std::string generate_script(Role role, std::uint64_t number);

}  // namespace rackrace::host_test
