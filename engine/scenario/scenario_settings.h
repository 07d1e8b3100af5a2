// What scenario files and overrides say, before it is held against the data: texts and numbers, each with the place it came from.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/number_text.h"
#include "engine/base/result.h"

namespace rackrace {

/// Where a value stands: a file with line and column, or an override such as `--set end`.
struct Origin {
    std::string place;
    int line = 0;
    int column = 0;

    Refusal refusal(std::string fact, std::string advice) const { return {place, line, column, std::move(fact), std::move(advice)}; }
    std::string text() const { return line > 0 ? place + ":" + std::to_string(line) : place; }
};

template <class T> struct Setting {
    T value{};
    Origin origin;
};

/// [firms.NAME] or [roles.NAME]. A table that names a strategy starts with no parameters; one that does not, adds to those it inherits.
struct StrategySettings {
    std::optional<Setting<std::string>> strategy;
    std::filesystem::path folder;  // of the file that names the strategy
    std::map<std::string, Setting<std::string>> params;
    Origin origin;
};

/// A [[shocks]] table; what is left out has the default of its kind (shock_* of parameters.csv).
struct ShockSettings {
    Setting<std::string> kind, quarter;
    std::optional<Setting<double>> size;
    std::optional<Setting<int>> length_q;
    std::optional<Setting<std::string>> target;
    Origin origin;
};

/// A [[handovers]] table: a quarter, a firm, and a strategy, parameters or both.
struct HandoverSettings {
    Setting<std::string> quarter, firm;
    StrategySettings to;
    Origin origin;
};

struct ScenarioSettings {
    std::string name, about;
    std::map<std::string, Setting<std::string>> switches;  // start, end, uncertainty, packaging, shocks, rules.chips, rules.power, rules.contracts, rules.acquisitions
    std::map<std::string, Setting<double>> parameters;     // by CSV name
    std::map<std::string, StrategySettings> firms, roles;
    std::map<std::string, StrategySettings> overrides;  // of strategy parameters, by firm or role
    std::optional<Setting<std::vector<std::string>>> only;  // the firms that play; absent: all
    std::optional<Setting<std::vector<std::string>>> without_contracts;  // opening contracts that were never signed
    std::vector<ShockSettings> shocks;
    std::vector<HandoverSettings> handovers;
    std::vector<std::string> files;  // the scenario's and those it is based on
};

/// Keys of `switches`, as `run --set` and resolved files spell them; `shocks` is no key of a file, which has a list of that name.
const std::vector<std::string>& switch_names();

/// The file that `scenario` names: itself, or a file of that name in `folder`.
Result<std::filesystem::path> find_scenario_file(const std::string& scenario, const std::filesystem::path& folder);

/// Reads a scenario file and, before it, the one it is based on (beside it, then in `folder`): what the file says replaces what that says;
/// a list of shocks or handovers replaces the whole list. All defects but the first of syntax are collected.
void read_scenario_file(const std::filesystem::path& file, const std::filesystem::path& folder, ScenarioSettings& settings, Refusals& refusals);

/// One override, as `run --set KEY=VALUE` gives it; later ones win. Firms, roles and parameters are held against the data later.
void apply_override(const std::string& key, const std::string& value, ScenarioSettings& settings, Refusals& refusals);

/// Overlays the strategy of a narrower table on that of a wider one.
void overlay(StrategySettings& on, const StrategySettings& by);

}  // namespace rackrace
