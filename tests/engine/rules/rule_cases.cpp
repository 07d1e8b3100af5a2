#include "tests/engine/rules/rule_cases.h"

namespace rackrace::rules {

std::map<std::string, RunCase>& adapters() {
    static std::map<std::string, RunCase> all;
    return all;
}

}  // namespace rackrace::rules
