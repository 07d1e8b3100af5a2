// How a batch's folder is told from others and how its runs end: what those who write batches and those who read them share.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace rackrace {

inline constexpr std::int64_t kBatchApplicationId = 0x52524142;  // "RRAB"
inline constexpr std::int64_t kBatchVersion = 2;                 // user_version: raised when a table or column changes

inline constexpr const char* kBatchFile = "batch.sqlite";     // of a complete batch
inline constexpr const char* kBatchWorkFile = "work.sqlite";  // while runs are missing

/// A folder with a plan and one of the two files.
bool is_batch(const std::filesystem::path& folder);

/// script_errors: played to the end, firms held where their scripts failed. fault: an identity broke, our bug. refused: the profile could not be made.
enum class OutcomeStatus { ok, script_errors, fault, refused };
inline constexpr const char* kOutcomeStatusNames[] = {"ok", "script_errors", "fault", "refused"};
/// Whether a run of this status was played to its end.
bool is_played_out(std::string_view status);

/// Of the columns of table `runs`, those of what was varied: they stand between `seed` and `status`. A script that plays a firm or a role is in
/// "strategy.OWNER", everything else has the key that `run --set` takes.
std::vector<std::string> varied_columns(const std::vector<std::string>& columns);
inline constexpr std::string_view kStrategyColumn = "strategy.";

/// Part `index` of `count`, from 1: a block of neighbouring runs.
struct Shard {
    int index = 1, count = 1;

    std::int64_t begin(std::int64_t runs) const { return runs * (index - 1) / count; }
    std::int64_t end(std::int64_t runs) const { return runs * index / count; }
    std::string text() const { return std::to_string(index) + "/" + std::to_string(count); }
};
/// "2/4". Refused: anything else, and parts that there are not.
Result<Shard> parse_shard(const std::string& text);

}  // namespace rackrace
