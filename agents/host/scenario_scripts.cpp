#include "agents/host/scenario_scripts.h"

#include <map>

#include "agents/host/frozen_scripts.h"
#include "engine/scenario/csv.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;

/// Each file is read and checked once, however many firms play it.
class StrategyShelf {
public:
    std::shared_ptr<const Strategy> take(const fs::path& file, Role role, Refusals& refusals) {
        const auto key = std::pair(file.string(), role);
        if (const auto known = shelf_.find(key); known != shelf_.end()) return known->second;
        auto loaded = load_strategy(file, role);
        if (!loaded) refusals.add(loaded.error());
        return shelf_[key] = loaded ? *loaded : nullptr;
    }

private:
    std::map<std::pair<std::string, Role>, std::shared_ptr<const Strategy>> shelf_;
};

fs::path baseline_file(const fs::path& scripts, Role role) { return scripts / frozen_baseline(role); }

/// The nearest name of a script under a folder, as a suggestion.
std::string suggest_script(const fs::path& folder, const std::string& file) {
    std::vector<std::string> known;
    std::error_code error;
    for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
        if (it->path().extension() == ".lua") known.push_back(it->path().lexically_relative(folder).generic_string());
    const std::string near = nearest_word(file, known);
    return near.empty() ? "name a script in one of the two, or give its whole path" : "did you mean '" + near + "'?";
}

/// The script that `strategy` names for the firm `name`.
Result<fs::path> strategy_file(const FirmStrategy& strategy, const std::string& name, const fs::path& scripts) {
    const auto found = find_script(strategy.file, strategy.folder, scripts);
    if (found) return *found;
    const Refusal& why = found.error().all.front();
    return Refusal{strategy.named_at, 0, 0, "strategy '" + strategy.file + "' of " + name + " " + why.fact, why.advice};
}

}  // namespace

Result<fs::path> find_script(const std::string& file, const fs::path& beside, const fs::path& scripts) {
    const fs::path path(file), shelf = scripts / "strategies";
    if (path.is_absolute()) return path;
    for (const fs::path& folder : {beside, shelf})
        if (fs::is_regular_file(folder / path)) return folder / path;
    return Refusal{file, 0, 0, "is neither in " + (beside.empty() ? "the working folder" : beside.string()) + " nor in " + shelf.string(), suggest_script(shelf, file)};
}

Result<ScenarioScripts> find_scripts(const LoadedScenario& loaded, const fs::path& scripts) {
    StrategyShelf shelf;
    Refusals refusals;
    const auto take = [&](const Result<fs::path>& file, Role role) -> std::shared_ptr<const Strategy> {
        if (file) return shelf.take(*file, role, refusals);
        refusals.add(file.error());
        return nullptr;
    };
    ScenarioScripts out;
    for (int role = 0; role < kRoles; ++role) out.baselines.push_back(take(baseline_file(scripts, static_cast<Role>(role)), static_cast<Role>(role)));
    for (int f = 0; f < loaded.scenario.firm_count; ++f) {
        const std::string& name = loaded.names.firms[static_cast<std::size_t>(f)];
        const Role role = loaded.scenario.firms[f].role;
        const auto named = loaded.strategies.find(name);
        const bool is_named = named != loaded.strategies.end() && !named->second.file.empty();
        out.strategies.push_back(take(is_named ? strategy_file(named->second, name, scripts) : baseline_file(scripts, role), role));
    }
    for (const Handover& handover : loaded.handovers) {
        const std::string& name = loaded.names.firms[static_cast<std::size_t>(handover.firm)];
        out.successors.push_back(handover.has_own_script ? take(strategy_file(handover.strategy, name, scripts), loaded.scenario.firms[handover.firm].role) : nullptr);
    }
    if (!refusals.empty()) return refusals;
    return out;
}

}  // namespace rackrace
