// RUN@QUARTER#PATH: the address of a run, a quarter, a row or a number, the same in every command.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/result.h"

namespace rackrace {

struct Address {
    std::string run;
    std::optional<int> t;
    std::vector<std::pair<std::string, std::string>> keys;  // firm=coreweave & field=cash_usd; a bare path is its field

    std::string value(std::string_view key) const;  // empty where there is none
};

/// Refused: no run, a quarter that is none, a pair without a value.
Result<Address> parse_address(std::string_view text);

/// The folder or file that RUN names: itself, or a folder of that name in runs/. Refused with the nearest name there.
Result<std::filesystem::path> find_run(const std::string& run);

}  // namespace rackrace
