// The strategies that come with the program, seated: casts that let every one of them play, for tests of Lua against the compiled form and of a card against the host.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "agents/host/strategy.h"
#include "engine/scenario/load_scenario.h"

namespace rackrace::test {

inline std::shared_ptr<const Strategy> read_strategy(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::stringstream text;
    text << in.rdbuf();
    return unchecked_strategy(file.lexically_relative(RACKRACE_SOURCE_DIR).string(), text.str());
}

/// Files under scripts/strategies by role, those of the audit that are written for it among them, baselines apart.
inline std::map<Role, std::vector<std::filesystem::path>> bundled_strategies() {
    std::map<Role, std::vector<std::filesystem::path>> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(std::filesystem::path(RACKRACE_SOURCE_DIR) / "scripts/strategies")) {
        const std::filesystem::path& file = entry.path();
        if (file.extension() != ".lua" || file.filename() == "baseline.lua" || file.stem().extension() == ".test") continue;
        files[read_strategy(file)->declaration().role.value()].push_back(file);
    }
    for (auto& [role, of_role] : files) std::sort(of_role.begin(), of_role.end());
    return files;
}

struct Seat {
    std::string firm;
    Role role;
    std::filesystem::path file;
};
using Cast = std::vector<Seat>;  // firms of base-2026 without a seat play their baselines

/// Casts that seat every strategy at least once, as many of them side by side as there are firms of their role; the first has baselines alone.
inline std::vector<Cast> casts_of_all() {
    const auto loaded = load_scenario({"base-2026", std::filesystem::path(RACKRACE_SOURCE_DIR) / "data", {}, ""});
    if (!loaded) throw std::runtime_error(loaded.error().text());
    std::vector<Cast> casts(1);
    for (const auto& [role, files] : bundled_strategies()) {
        std::vector<std::string> firms;
        for (int f = 0; f < loaded->scenario.firm_count; ++f)
            if (loaded->scenario.firms[f].role == role) firms.push_back(loaded->names.firms[static_cast<std::size_t>(f)]);
        for (std::size_t i = 0; i < files.size(); ++i) {
            const std::size_t cast = 1 + i / firms.size();
            if (cast == casts.size()) casts.emplace_back();
            casts[cast].push_back({firms[i % firms.size()], role, files[i]});
        }
    }
    return casts;
}

}  // namespace rackrace::test
