#include "cli/batch/profiles.h"

#include "engine/scenario/load_facts.h"

namespace rackrace {

Result<std::shared_ptr<const ProfileMaker>> ProfileMaker::make(const Plan& plan, const Design& design, const Inputs& inputs) {
    std::shared_ptr<ProfileMaker> maker(new ProfileMaker(plan, design, inputs));
    auto base = load_scenario({inputs.scenario().string(), inputs.data_folder, {}, ""});
    if (!base) return base.error();
    maker->base_ = std::move(*base);
    if (Refusals refusals = maker->load_scripts(); !refusals.empty()) return refusals;
    return std::shared_ptr<const ProfileMaker>(maker);
}

Refusals ProfileMaker::load_scripts() {
    Refusals refusals;
    std::map<std::pair<std::string, Role>, std::shared_ptr<const Strategy>> shelf;
    const auto load = [&](const std::filesystem::path& file, Role role) {
        const auto key = std::pair(file.string(), role);
        if (const auto known = shelf.find(key); known != shelf.end()) return known->second;
        auto strategy = load_strategy(file, role);
        if (!strategy) refusals.add(strategy.error());
        return shelf[key] = strategy ? *strategy : nullptr;
    };
    for (int role = 0; role < kRoles; ++role) baselines_.push_back(load(inputs_.script(InputKind::baseline, kRoleNames[role]), static_cast<Role>(role)));
    for (int f = 0; f < base_.scenario.firm_count; ++f) {
        const Role role = base_.scenario.firms[f].role;
        const std::string& firm = base_.names.firms[static_cast<std::size_t>(f)];
        auto& options = options_.emplace_back();
        if (const StrategyAxis* axis = strategy_axis_of(plan_, base_, f)) {
            for (const Setting<std::string>& option : axis->options) options.push_back(load(inputs_.script(InputKind::plan_script, option.value), role));
        } else if (const auto own = base_.strategies.find(firm); own != base_.strategies.end() && !own->second.file.empty()) {
            options.push_back(load(inputs_.script(InputKind::scenario_script, firm), role));
        } else {
            options.push_back(baselines_[static_cast<std::size_t>(role)]);
        }
    }
    return refusals;
}

Result<std::shared_ptr<const Profile>> ProfileMaker::profile(std::int64_t index) const {
    const ProfileChoice choice = design_.choice(index);
    ScenarioRequest request{inputs_.scenario().string(), inputs_.data_folder, {}, ""};
    for (std::size_t a = 0; a < plan_.axes.size(); ++a) request.sets.emplace_back(plan_.axes[a].key, choice.values[a]);
    auto loaded = load_scenario(request);
    if (!loaded) return loaded.error();
    auto profile = std::make_shared<Profile>();
    profile->loaded = std::move(*loaded);
    if (Refusals refusals = assign_strategies(plan_, choice.options, profile->loaded); !refusals.empty()) return refusals;
    profile->baselines = baselines_;
    profile->engine = plan_.engine;
    for (int f = 0; f < profile->loaded.scenario.firm_count; ++f) {
        const StrategyAxis* axis = strategy_axis_of(plan_, base_, f);
        const std::size_t option = axis == nullptr ? 0 : choice.options[static_cast<std::size_t>(axis - plan_.profiles.data())];
        profile->strategies.push_back(options_[static_cast<std::size_t>(f)][option]);
        if (axis == nullptr) continue;
        auto& params = profile->loaded.strategies[base_.names.firms[static_cast<std::size_t>(f)]].params;  // the strategy is new, what varies is for it
        const auto set = [&](const std::string& owner) {
            for (const auto& [key, value] : request.sets)
                if (key.starts_with(owner + ".")) params[key.substr(owner.size() + 1)] = value;
        };
        set(kRoleNames[static_cast<int>(profile->loaded.scenario.firms[f].role)]);
        set(base_.names.firms[static_cast<std::size_t>(f)]);
    }
    return std::shared_ptr<const Profile>(profile);
}

std::vector<InterpretedScript> ProfileMaker::interpreted() const {
    std::vector<const Strategy*> all;
    for (const auto& options : options_)
        for (const auto& strategy : options) all.push_back(strategy.get());
    for (const auto& strategy : baselines_) all.push_back(strategy.get());
    return interpreted_scripts(all);
}

std::string ProfileMaker::text_of(std::int64_t index) const {
    const ProfileChoice choice = design_.choice(index);
    std::string out;
    for (std::size_t a = 0; a < plan_.axes.size(); ++a) out += (out.empty() ? "" : " ") + plan_.axes[a].key + "=" + choice.values[a];
    for (std::size_t a = 0; a < plan_.profiles.size(); ++a) out += (out.empty() ? "" : " ") + plan_.profiles[a].owner + "=" + plan_.profiles[a].options[choice.options[a]].value;
    return out;
}

}  // namespace rackrace
