#include "engine/replay/batch_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <system_error>

namespace rackrace {

bool is_batch(const std::filesystem::path& folder) {
    std::error_code error;
    return std::filesystem::exists(folder / "plan.toml", error) &&
           (std::filesystem::exists(folder / kBatchFile, error) || std::filesystem::exists(folder / kBatchWorkFile, error));
}

bool is_played_out(std::string_view status) {
    return status == kOutcomeStatusNames[static_cast<int>(OutcomeStatus::ok)] || status == kOutcomeStatusNames[static_cast<int>(OutcomeStatus::script_errors)];
}

std::vector<std::string> varied_columns(const std::vector<std::string>& columns) {
    const auto seed = std::find(columns.begin(), columns.end(), "seed"), status = std::find(columns.begin(), columns.end(), "status");
    if (seed == columns.end() || status < seed) return {};
    return {seed + 1, status};
}

Result<Shard> parse_shard(const std::string& text) {
    Shard shard;
    const char* end = text.data() + text.size();
    const auto [slash, error] = std::from_chars(text.data(), end, shard.index);
    const bool has_slash = error == std::errc{} && slash != end && *slash == '/';
    const auto [at, wrong] = has_slash ? std::from_chars(slash + 1, end, shard.count) : std::from_chars_result{end, std::errc::invalid_argument};
    if (wrong != std::errc{} || at != end) return Refusal{"--shard " + text, 0, 0, "is no part of a batch", "write i/n, such as 2/4 for the second of four"};
    if (shard.count < 1 || shard.index < 1 || shard.index > shard.count)
        return Refusal{"--shard " + text, 0, 0, fmt::format("there is no part {} of {}", shard.index, shard.count), "parts are counted from 1 to n"};
    return shard;
}

}  // namespace rackrace
