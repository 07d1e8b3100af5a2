#include "cli/trial.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "agents/checker/nearest_name.h"
#include "agents/host/frozen_scripts.h"
#include "cli/build_info.h"
#include "engine/scenario/csv.h"
#include "engine/scenario/tables.h"

namespace rackrace {

Result<std::unique_ptr<LuaDeciders>> Trial::seat(EngineChoice engine) const {
    std::vector<std::shared_ptr<const Strategy>> strategies;
    for (int f = 0; f < loaded.scenario.firm_count; ++f)
        strategies.push_back(f == firm && script != nullptr ? script : baselines[static_cast<std::size_t>(loaded.scenario.firms[f].role)]);
    return LuaDeciders::start(loaded, strategies, baselines, engine);
}

Result<Trial> make_trial(const std::string& scenario, const std::string& firm, Role role) {
    auto loaded = load_scenario({scenario, data_folder(), {}, ""});
    if (!loaded) return loaded.error();
    Trial trial{std::move(*loaded), {}, -1, nullptr};
    const auto& names = trial.loaded.names.firms;
    for (std::size_t f = 0; f < names.size() && trial.firm < 0; ++f)
        if (firm.empty() ? trial.loaded.scenario.firms[f].role == role : names[f] == firm) trial.firm = static_cast<int>(f);
    if (trial.firm < 0)
        return Refusal{scenario, 0, 0, firm.empty() ? "has no " + std::string(role_text(role)) : "no firm is called '" + firm + "' there", firm.empty() ? "name another scenario" : did_you_mean(firm, names)};
    for (int r = 0; r < kRoles; ++r) {
        auto baseline = load_strategy(scripts_folder() / frozen_baseline(static_cast<Role>(r)), static_cast<Role>(r));
        if (!baseline) return baseline.error();
        trial.baselines.push_back(*baseline);
    }
    return trial;
}

std::string usual_firm(const LoadedScenario& loaded, Role role) {
    const auto is_table = [](const std::string& file) { return std::filesystem::path(file).filename() == "firms_2026q1.csv"; };
    const auto file = std::find_if(loaded.input_files.begin(), loaded.input_files.end(), is_table);
    const auto table = file == loaded.input_files.end() ? Result<CsvTable>(Refusals{}) : read_csv(*file, {"firm", "role"});
    if (!table) return {};
    for (const CsvRow& row : table->rows)
        if (table->cell(row, "role") == role_text(role) && find_name(loaded.names.firms, table->cell(row, "firm")) >= 0) return table->cell(row, "firm");
    return {};
}

Refusals Trial::fit(const Strategy& strategy, const std::string& file) const {
    const Role declared = strategy.declaration().role.value();
    if (declared == role()) return {};
    const std::string& name = loaded.names.firms[static_cast<std::size_t>(firm)];
    return Refusal{file, 0, 0, "is a script of a " + std::string(role_text(declared)) + ", " + name + " is a " + std::string(role_text(role())), "name a firm of its role"};
}

Result<std::shared_ptr<const Strategy>> read_script(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return Refusal{file.string(), 0, 0, "cannot be read", "check the path"};
    std::stringstream text;
    text << in.rdbuf();
    const CheckReport report = check_script(file.string(), text.str(), {&api_names(), false});
    return load_strategy(file, report.declaration.role.value_or(Role::neocloud));  // without a role the checker's errors are what is refused
}

}  // namespace rackrace
