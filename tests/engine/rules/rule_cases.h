// Adapters from the JSON of a rule vector to the engine's own function and back: one registration a rule, found by file name.
#pragma once

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "engine/scenario/parameters.h"

namespace rackrace::rules {

using Json = nlohmann::json;

/// Runs one case: `in` of the vector to an object shaped like its `out`.
using RunCase = std::function<Json(const Parameters&, const Json& in)>;

/// Rule name (the `rule` of the file) to its adapter. A rule without one fails the test.
std::map<std::string, RunCase>& adapters();

/// `const Registered weighted{"weighted_uniform", run_weighted_uniform};` at file scope registers an adapter.
struct Registered {
    Registered(const char* rule, RunCase run) { adapters().emplace(rule, std::move(run)); }
};

/// Tie hashes for cases whose firms are letters: any distinct numbers do, the vectors leave ties out.
inline std::uint64_t letter_tie(std::size_t i) { return 0x9E3779B97F4A7C15ull * (i + 1); }

}  // namespace rackrace::rules
