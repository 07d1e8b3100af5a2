#include "cli/toml_check.h"

#include <fmt/format.h>

#include <variant>

#include "cli/batch/design.h"
#include "cli/batch/inputs.h"
#include "cli/build_info.h"
#include "cli/firms.h"
#include "cli/search/search_task.h"
#include "engine/base/file_text.h"
#include "engine/base/quarter_index.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;

TomlCheck check_scenario(const fs::path& file) {
    const auto loaded = load_scenario({file.string(), data_folder(), {}, ""});
    if (!loaded) return {"scenario", "", loaded.error()};
    const auto seated = seat_firms(*loaded, {});
    if (!seated) return {"scenario", "", seated.error(), true};
    const Scenario& scenario = loaded->scenario;
    return {"scenario", fmt::format("{} firms, {}-{}", scenario.firm_count, quarter_name(scenario.start_t), quarter_name(scenario.end_t)), {}};
}

TomlCheck check_plan(const fs::path& file) {
    const auto plan = read_plan(file);
    if (!plan) return {"plan", "", plan.error()};
    const auto design = Design::make(*plan);
    if (!design) return {"plan", "", design.error()};
    if (plan->search.at.line > 0)
        if (const auto task = search_task(*plan, 0, ""); !task) return {"plan", "", task.error()};
    const auto found = find_inputs(*plan, data_folder(), scripts_folder());
    if (const auto* wrong = std::get_if<PlanRefusals>(&found)) return {"plan", "", wrong->refusals, wrong->are_scripts};
    const Inputs& inputs = std::get<Inputs>(found);
    return {"plan", design->count_text() + ", " + inputs.count_text(), {}};
}

}  // namespace

TomlCheck check_toml(const fs::path& file) {
    return is_plan(file_text(file)) ? check_plan(file) : check_scenario(file);
}

}  // namespace rackrace
