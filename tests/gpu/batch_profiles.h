// Profiles for tests of the batch: the default scenario over a few quarters, the bundled baselines, scripts of the test's own or of the program at some firms, and
// profiles whose cells fail.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "gpu/batch.h"
#include "tests/bundled_casts.h"
#include "tests/temporary_folder.h"

namespace rackrace::test {

inline constexpr int kBatchQuarters = 3;
inline constexpr const char* kBatchEnd = "2026Q4";
inline constexpr const char* kWholeRun = "";  // to the end of the scenario

inline std::filesystem::path baseline_file(const std::string& role) { return std::filesystem::path(RACKRACE_SOURCE_DIR) / "scripts/strategies" / role / "baseline.lua"; }

inline std::string baseline_text(const std::string& role) {
    std::ostringstream text;
    text << std::ifstream(baseline_file(role)).rdbuf();
    return text.str();
}

/// A strategy of a text in place of a file.
inline std::shared_ptr<const Strategy> strategy(const std::string& text, Role role) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "mine.lua";
    std::ofstream(file) << text;
    return load_strategy(file, role).value();
}

/// A neocloud script whose decision is one line, the third of its file.
inline std::string lone_script(const std::string& body) {
    return "local race = require \"rackrace\"\nreturn race.neocloud { api = \"1.0\", name = \"Lone\", decide = function(obs, act, p, mem, rng)\n" + body + "\nend }\n";
}

/// scripts: by firm; others play the baselines. end: the last quarter. Refused: settings that do not go together.
inline Result<std::shared_ptr<const Profile>> profile(const std::map<std::string, std::shared_ptr<const Strategy>>& scripts, const std::vector<std::pair<std::string, std::string>>& sets,
                                                      const std::string& end = kBatchEnd) {
    ScenarioRequest request{"base-2026", std::filesystem::path(RACKRACE_SOURCE_DIR) / "data", sets, end};
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

/// A profile for each cast that seats the bundled strategies.
inline std::vector<std::shared_ptr<const Profile>> profiles_of_all(const std::string& end) {
    std::vector<std::shared_ptr<const Profile>> out;
    for (const Cast& cast : casts_of_all()) {
        std::map<std::string, std::shared_ptr<const Strategy>> scripts;
        for (const Seat& seat : cast) scripts[seat.firm] = load_strategy(seat.file, seat.role).value();
        out.push_back(profile(scripts, {}, end).value());
    }
    return out;
}

/// CoreWeave decides by one line, the third of its file.
inline std::shared_ptr<const Profile> lone_profile(const std::string& body) { return profile({{"coreweave", strategy(lone_script(body), Role::neocloud)}}, {}).value(); }

// Lines that fail in each decision.
inline constexpr const char* kEndless = "while true do end";
inline constexpr const char* kOutOfRange = "local first = obs.market.products[obs.time.t - 5].id";
inline constexpr const char* kNoNumber = "act.set_payout { frac = (1 - 1) / (1 - 1) }";

/// Number of a firm that the profile has.
inline int firm_called(const Profile& profile, const std::string& name) {
    const auto& names = profile.loaded.names.firms;
    return static_cast<int>(std::find(names.begin(), names.end(), name) - names.begin());
}

/// CoreWeave's opening books hold a dollar that nobody paid in: identity I2 breaks in the first quarter.
inline std::shared_ptr<const Profile> wrong_books() {
    auto wrong = std::make_shared<Profile>(*profile({}, {}).value());
    balance_of(wrong->loaded.opening, firm_called(*wrong, "coreweave"), Account::cash) += Usd{1};
    wrong->loaded.opening.opening_money += 1;
    return wrong;
}

}  // namespace rackrace::test
