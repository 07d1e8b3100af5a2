// What programs that were killed outright left behind: a run, a batch or a search grows in a hidden folder .NAME-PID.partial and is renamed when it is whole.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace rackrace {

/// The partial folders in `places` whose program does not run on this machine, by name. They are told and never removed: where folders are shared, another machine
/// may be writing.
std::vector<std::filesystem::path> leftovers_in(const std::vector<std::string>& places);

/// "runs/.small-s1-4711.partial was left by a program that does not run here any more; delete it"
std::string leftover_text(const std::filesystem::path& folder);

}  // namespace rackrace
