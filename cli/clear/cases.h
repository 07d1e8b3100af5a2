// The cases that `rackrace clear` is given: one JSON object, or an array of them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/clear/field.h"

namespace rackrace::clear {

struct Cases {
    std::vector<Json> all;
    bool is_list = false;  // an array was given, so an array is printed
};

/// Refused: bytes that are not UTF-8, text that is not JSON, a name twice in one object, anything but objects. `place`: for messages.
Result<Cases> read_cases(std::string_view text, const std::string& place);

/// Place of a message about something in a case: "cases.json: case 2: bids.A".
std::string case_place(const std::string& place, std::size_t index, const std::string& path);

}  // namespace rackrace::clear
