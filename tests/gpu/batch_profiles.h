// Profiles for tests of the batch: the default scenario over a few quarters, the bundled baselines, and scripts of the test's own at some firms.
#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "gpu/batch.h"

namespace rackrace::test {

inline constexpr int kBatchQuarters = 3;

inline std::filesystem::path baseline_file(const std::string& role) { return std::filesystem::path(RACKRACE_SOURCE_DIR) / "scripts/strategies" / role / "baseline.lua"; }

inline std::string baseline_text(const std::string& role) {
    std::ostringstream text;
    text << std::ifstream(baseline_file(role)).rdbuf();
    return text.str();
}

/// A strategy of a text in place of a file.
inline std::shared_ptr<const Strategy> strategy(const std::string& text, Role role) {
    const auto folder = std::filesystem::temp_directory_path() / ("rackrace-batch-" + std::to_string(std::hash<std::string>{}(text)));
    std::filesystem::create_directories(folder);
    const auto file = folder / "mine.lua";
    std::ofstream(file) << text;
    auto loaded = load_strategy(file, role).value();
    std::filesystem::remove_all(folder);
    return loaded;
}

/// A neocloud script whose decision is one line, the third of its file.
inline std::string lone_script(const std::string& body) {
    return "local race = require \"rackrace\"\nreturn race.neocloud { api = \"1.0\", name = \"Lone\", decide = function(obs, act, p, mem, rng)\n" + body + "\nend }\n";
}

/// scripts: by firm; others play the baselines. Refused: settings that do not go together.
inline Result<std::shared_ptr<const Profile>> profile(const std::map<std::string, std::shared_ptr<const Strategy>>& scripts, const std::vector<std::pair<std::string, std::string>>& sets) {
    ScenarioRequest request{"base-2026", std::filesystem::path(RACKRACE_SOURCE_DIR) / "data", sets, "2026Q4"};
    auto loaded = load_scenario(request);
    if (!loaded) return loaded.error();
    static const std::vector<std::shared_ptr<const Strategy>> baselines = [] {
        std::vector<std::shared_ptr<const Strategy>> out;
        for (int role = 0; role < kRoles; ++role) out.push_back(load_strategy(baseline_file(std::string(role_text(static_cast<Role>(role)))), static_cast<Role>(role)).value());
        return out;
    }();
    auto made = std::make_shared<Profile>();
    made->loaded = std::move(*loaded);
    made->baselines = baselines;
    for (int f = 0; f < made->loaded.scenario.firm_count; ++f) {
        const auto own = scripts.find(made->loaded.names.firms[static_cast<std::size_t>(f)]);
        made->strategies.push_back(own != scripts.end() ? own->second : baselines[static_cast<std::size_t>(made->loaded.scenario.firms[f].role)]);
    }
    return std::shared_ptr<const Profile>(made);
}

}  // namespace rackrace::test
