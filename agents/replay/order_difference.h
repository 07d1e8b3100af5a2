// What two scripts ordered differently on the same input, argument by argument.
#pragma once

#include <string>
#include <vector>

#include "engine/quarter/decision_log.h"
#include "engine/scenario/names.h"

namespace rackrace {

struct OrderChange {
    std::string verb;
    int nth = 1;                // of the calls of the verb, which are compared in their order
    std::string argument;       // "order" where only one of the two placed it, "answer" where one was refused
    std::string first, second;  // with every digit; of "order" all arguments, in up to six digits. Empty: none
};

/// Orders in the order of placing, by verb in the order of their first call.
std::vector<OrderChange> order_differences(const Names& names, const DecisionLog& first, const DecisionLog& second);

}  // namespace rackrace
