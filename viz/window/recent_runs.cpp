#include "viz/window/recent_runs.h"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <sstream>

#include "engine/base/quarter_index.h"
#include "viz/figures/ensemble_parts.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostRecent = 10;

fs::path from_environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

fs::path list_file() {
    const fs::path folder = state_folder();
    return folder.empty() ? folder : folder / "recent-runs.tsv";
}

std::string now_text() {
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &local);
    return text;
}

}  // namespace

fs::path state_folder() {
    if (const fs::path own = from_environment("RACKRACE_HOME"); !own.empty()) return own;
    if (const fs::path state = from_environment("XDG_STATE_HOME"); !state.empty()) return state / "rackrace";
    const fs::path home = from_environment("HOME");
    return home.empty() ? home : home / ".local" / "state" / "rackrace";
}

std::vector<RecentRun> recent_runs() {
    std::vector<RecentRun> out;
    std::ifstream in(list_file());
    for (std::string line; std::getline(in, line) && out.size() < kMostRecent;) {
        std::istringstream cells(line);
        RecentRun run;
        std::string folder;
        if (!std::getline(cells, folder, '\t') || !std::getline(cells, run.title, '\t') || !std::getline(cells, run.state, '\t') ||
            !std::getline(cells, run.opened, '\t'))
            continue;
        run.folder = folder;
        std::error_code error;
        if (fs::exists(run.folder, error)) out.push_back(std::move(run));
    }
    return out;
}

namespace {

/// Puts it first, in the place of what the list says of this folder.
void remember(const fs::path& named, const std::string& title, const std::string& state) {
    std::error_code error;
    const fs::path file = list_file(), folder = fs::absolute(named, error).lexically_normal();
    if (file.empty() || error || folder.string().find_first_of("\t\n") != std::string::npos) return;
    std::vector<RecentRun> runs = recent_runs();
    runs.erase(std::remove_if(runs.begin(), runs.end(), [&](const RecentRun& run) { return run.folder == folder; }), runs.end());
    runs.insert(runs.begin(), RecentRun{folder, title, state, now_text()});
    runs.resize(std::min(runs.size(), kMostRecent));
    fs::create_directories(file.parent_path(), error);
    std::ofstream out(file);
    for (const RecentRun& run : runs) out << run.folder.string() << '\t' << run.title << '\t' << run.state << '\t' << run.opened << '\n';
}

}  // namespace

void remember_run(const ReplayStore& store) {
    const std::string end = quarter_name(store.last_t());
    const int failed = store.run().script_errors;
    const std::string errors = failed > 0 ? std::to_string(failed) + (failed == 1 ? " script error, " : " script errors, ") : "";
    const std::string state = !store.run().fault.empty() ? "STOPPED at " : store.warnings().empty() ? "to " : "with a warning, to ";
    remember(store.folder(), store.run().scenario + " seed " + std::to_string(store.run().seed), errors + state + end);
}

void remember_batch(const Ensemble& ensemble) {
    remember(ensemble.folder(), ensemble.scenario() + ", " + count_text(ensemble), (ensemble.is_complete() ? "to " : "partial, to ") + quarter_name(ensemble.last_t()));
}

}  // namespace rackrace
