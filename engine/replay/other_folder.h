// A folder that holds no run but a batch or a search, refused by what it is.
#pragma once

#include <filesystem>
#include <optional>

#include "engine/base/result.h"

namespace rackrace {

inline constexpr const char* kSearchFile = "search.sqlite";  // of a search, beside its plan.toml

/// Nothing where the folder is neither a batch nor a search.
std::optional<Refusal> other_folder(const std::filesystem::path& folder);

}  // namespace rackrace
