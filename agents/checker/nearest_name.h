// "Did you mean": the known name that a mistyped or half-remembered one most likely stands for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rackrace {

/// The nearest by edits; else the nearest of those that begin with the same word (spot_price -> spot_t_usd_h). Empty if none.
std::string nearest_name(std::string_view word, const std::vector<std::string>& known);

/// Advice: "did you mean 'x'?", else what is known.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& known);

}  // namespace rackrace
