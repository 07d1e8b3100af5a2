#include "agents/core/casting.h"

#include "agents/core/core_engine.h"
#include "agents/host/firm_script.h"
#include "engine/scenario/handovers.h"

namespace rackrace {

Result<const CoreScript*> Casting::seat(std::shared_ptr<const Strategy> strategy, const std::map<std::string, std::string>& settings) {
    const auto parameters = strategy->parameters(settings);
    if (!parameters) return parameters.error();
    if (!strategy->is_portable()) return not_portable(*strategy);
    auto made = std::make_unique<Seated>();
    const Program& program = *strategy->portability.program;
    made->pool = pool_of(program, strategy->declaration().parameters, *parameters);
    made->script = {program.view(made->pool.data()), {program.entries[0], program.entries[1], program.entries[2]}, strategy->memory.initial.data()};
    made->strategy = std::move(strategy);
    seated_.push_back(std::move(made));
    return &seated_.back()->script;
}

Result<std::unique_ptr<Casting>> Casting::make(const LoadedScenario& loaded, const std::vector<std::shared_ptr<const Strategy>>& strategies, const std::vector<std::shared_ptr<const Strategy>>& baselines) {
    if (!loaded.handovers.empty()) return handovers_refusal(loaded);
    std::unique_ptr<Casting> casting(new Casting);
    Refusals refusals;
    const auto seat = [&](const std::shared_ptr<const Strategy>& strategy, const std::map<std::string, std::string>& settings) -> const CoreScript* {
        const auto seated = casting->seat(strategy, settings);
        if (seated) return *seated;
        refusals.add(seated.error());
        return nullptr;
    };
    for (int f = 0; f < loaded.scenario.firm_count; ++f) {
        const auto& strategy = strategies[static_cast<std::size_t>(f)];
        const Role role = loaded.scenario.firms[f].role;
        const auto& baseline = baselines[static_cast<std::size_t>(role)];
        if (strategy == nullptr) continue;
        const auto named = loaded.strategies.find(loaded.names.firms[static_cast<std::size_t>(f)]);
        CoreFirm& firm = casting->cast_.firms[f];
        firm.info = info_of(loaded.scenario, f);
        firm.script = seat(strategy, named != loaded.strategies.end() ? named->second.params : std::map<std::string, std::string>{});
        if (baseline == nullptr) continue;
        firm.administrator = seat(baseline, {});
        firm.role_verbs = verbs_of(role);
        firm.autopilot_verbs = strategy->declaration().is_manual ? VerbMask{0} : firm.role_verbs & ~strategy->verbs & baseline->verbs;
        if (firm.autopilot_verbs != 0) firm.autopilot = firm.administrator;
    }
    if (!refusals.empty()) return refusals;
    return casting;
}

}  // namespace rackrace
