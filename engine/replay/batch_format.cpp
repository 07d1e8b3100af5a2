#include "engine/replay/batch_format.h"

#include <algorithm>
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

}  // namespace rackrace
