#include "cli/batch/inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <tuple>

#include "agents/host/frozen_scripts.h"
#include "agents/host/lua_deciders.h"
#include "cli/cells.h"
#include "cli/counted.h"
#include "engine/base/file_text.h"
#include "engine/base/hash.h"
#include "engine/base/number_text.h"
#include "engine/scenario/csv.h"
#include "engine/scenario/handovers.h"
#include "engine/scenario/load_facts.h"
#include "engine/scenario/tables.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;

std::uint64_t text_hash(const std::string& text) { return name_hash(text.data(), text.size()); }

void complete(const Plan& plan, Inputs& inputs) {
    const auto by_name = [](const InputFile& a, const InputFile& b) { return std::tie(a.kind, a.name, a.frozen) < std::tie(b.kind, b.name, b.frozen); };
    std::sort(inputs.files.begin(), inputs.files.end(), by_name);
    inputs.hash = hash64(text_hash(plan.text));
    for (const InputFile& file : inputs.files) inputs.hash = hash64(inputs.hash, static_cast<int>(file.kind), text_hash(file.name), text_hash(file.frozen), file.hash);
}

/// The scenario of a plan: a file beside it, or what `run` takes.
std::string scenario_of(const Plan& plan) {
    const fs::path named(plan.scenario.value);
    const bool is_file = named.extension() == ".toml" || named.has_parent_path();
    return is_file && named.is_relative() ? (plan.folder / named).string() : plan.scenario.value;
}

/// Refusals of the loader that are about the plan get the plan's place.
Refusals at_plan(const Refusals& refusals, const std::string& place, const Origin& origin, const std::string& subject) {
    Refusals out;
    for (Refusal one : refusals.all) {
        if (one.place.empty() || one.place == place) one = origin.refusal(subject + one.fact, one.advice);
        out.add(one);
    }
    return out;
}

/// The values of an axis that are held against the data: all of a list, the ends of a range.
std::vector<std::string> tried_values(const Axis& axis) {
    return axis.is_range ? std::vector<std::string>{number_text(axis.from), number_text(axis.to)} : axis.values;
}

/// Every axis value alone, on the scenario.
Refusals check_axes(const Plan& plan, const std::string& scenario, const fs::path& data_folder) {
    Refusals refusals;
    for (const Axis& axis : plan.axes) {
        std::vector<std::string> values = tried_values(axis);
        if (!owner_and_parameter(axis.key).first.empty()) values.resize(1);  // here only the owner is looked up
        for (const std::string& value : values) {
            const auto loaded = load_scenario({scenario, data_folder, {{axis.key, value}}, ""});
            if (!loaded) refusals.add(at_plan(loaded.error(), "--set " + axis.key, axis.at, ""));
        }
    }
    return refusals;
}

/// Strategy parameters that vary, on every strategy that their firms may play.
Refusals check_parameters(const Plan& plan, const LoadedScenario& loaded, const std::vector<std::unique_ptr<LuaDeciders>>& seated) {
    Refusals refusals;
    std::set<std::string> told;
    for (const Axis& axis : plan.axes) {
        const auto [owner, parameter] = owner_and_parameter(axis.key);
        for (int f = 0; !owner.empty() && f < loaded.scenario.firm_count; ++f) {
            for (const auto& deciders : seated) {
                const Strategy* strategy = deciders->strategy(f);
                if (!owns(owner, loaded, f) || strategy == nullptr) continue;
                for (const std::string& value : tried_values(axis)) {
                    const auto read = strategy->parameters({{parameter, value}});
                    if (read) continue;
                    const Refusal& why = read.error().all.front();
                    const Refusal one = axis.at.refusal(fmt::format("{}: {} ({})", axis.key, why.fact, fs::path(strategy->main.name).filename().string()), why.advice);
                    if (told.insert(one.text()).second) refusals.add(one);
                }
            }
        }
    }
    return refusals;
}

/// Seats the firms often enough that every option is played once.
Refusals seat_all(const Plan& plan, const LoadedScenario& loaded, const fs::path& scripts, std::vector<std::unique_ptr<LuaDeciders>>& seated, bool& are_scripts) {
    std::size_t rounds = 1;
    for (const StrategyAxis& axis : plan.profiles) rounds = std::max(rounds, axis.options.size());
    Refusals refusals;
    std::set<std::string> told;
    const auto tell = [&](const Refusals& more) {
        for (const Refusal& one : more.all)
            if (told.insert(one.text()).second) refusals.add(one);
    };
    for (std::size_t round = 0; round < rounds; ++round) {
        std::vector<std::size_t> options;
        for (const StrategyAxis& axis : plan.profiles) options.push_back(std::min(round, axis.options.size() - 1));
        const auto playing = std::make_unique<LoadedScenario>(loaded);
        if (const Refusals wrong = assign_strategies(plan, options, *playing); !wrong.empty()) {
            tell(wrong);
            continue;
        }
        auto deciders = LuaDeciders::start(*playing, scripts, plan.engine);
        if (deciders) {
            seated.push_back(std::move(*deciders));
            continue;
        }
        are_scripts = true;
        tell(deciders.error());
    }
    return refusals;
}

/// A script with the files that it requires: in a folder of their own, so that require finds them.
void add_script(InputKind kind, const std::string& name, const Strategy& strategy, Inputs& inputs) {
    for (const InputFile& known : inputs.files)
        if (known.kind == kind && known.name == name) return;
    std::uint64_t hash = strategy.main.hash;
    for (const auto& [module, file] : strategy.modules) hash = hash64(hash, text_hash(module), file.hash);
    const std::string folder = fmt::format("scripts/{:016x}/", hash);
    const fs::path source(strategy.main.name);
    inputs.files.push_back({kind, name, folder + source.filename().string(), source, strategy.main.hash});
    for (const auto& [module, file] : strategy.modules) {
        std::string path = module;
        std::replace(path.begin(), path.end(), '.', '/');
        const std::string frozen = folder + path + ".lua";
        const auto is_known = [&](const InputFile& one) { return one.frozen == frozen; };
        if (std::none_of(inputs.files.begin(), inputs.files.end(), is_known))
            inputs.files.push_back({InputKind::module, frozen, frozen, fs::path(file.name), file.hash});
    }
}

Refusals add_data(const LoadedScenario& loaded, Inputs& inputs) {
    std::set<std::string> names;
    for (std::size_t i = 0; i < loaded.input_files.size(); ++i) {
        const fs::path file(loaded.input_files[i]);
        const bool is_scenario = file.extension() == ".toml";
        const std::string frozen = (is_scenario ? "data/scenarios/" : "data/model/") + file.filename().string();
        if (!names.insert(frozen).second) return Refusal{file.string(), 0, 0, "another scenario that it builds on has the same file name", "rename one of the two"};
        const InputKind kind = i == 0 ? InputKind::scenario : is_scenario ? InputKind::base : InputKind::data;
        inputs.files.push_back({kind, file.filename().string(), frozen, file, text_hash(file_text(file))});
    }
    return {};
}

}  // namespace

std::pair<std::string, std::string> owner_and_parameter(const std::string& key) {
    const std::size_t dot = key.find('.');
    if (dot == std::string::npos || key.starts_with("rules.")) return {};
    return {key.substr(0, dot), key.substr(dot + 1)};
}

bool owns(const std::string& owner, const LoadedScenario& loaded, int firm) {
    return owner == loaded.names.firms[static_cast<std::size_t>(firm)] || owner == kRoleNames[static_cast<int>(loaded.scenario.firms[firm].role)];
}

const StrategyAxis* strategy_axis_of(const Plan& plan, const LoadedScenario& loaded, int firm) {
    const StrategyAxis* out = nullptr;
    for (const StrategyAxis& axis : plan.profiles)
        if (owns(axis.owner, loaded, firm)) out = &axis;  // firms come after roles
    return out;
}

Refusals assign_strategies(const Plan& plan, const std::vector<std::size_t>& options, LoadedScenario& loaded) {
    Refusals refusals;
    for (std::size_t a = 0; a < plan.profiles.size(); ++a) {
        const StrategyAxis& axis = plan.profiles[a];
        bool has_firm = false;
        for (int f = 0; f < loaded.scenario.firm_count; ++f) {
            if (!owns(axis.owner, loaded, f)) continue;
            has_firm = true;
            const Setting<std::string>& option = axis.options[options[a]];
            loaded.strategies[loaded.names.firms[static_cast<std::size_t>(f)]] = {option.value, plan.folder, option.origin.text(), {}};
        }
        if (has_firm) continue;
        std::vector<std::string> known = loaded.names.firms;
        known.insert(known.end(), std::begin(kRoleNames), std::end(kRoleNames));
        refusals.add(axis.at.refusal("no firm or role is called '" + axis.owner + "'", suggestion(axis.owner, known)));
    }
    return refusals;
}

std::variant<Inputs, PlanRefusals> find_inputs(const Plan& plan, const fs::path& data_folder, const fs::path& scripts_folder) {
    const std::string scenario = scenario_of(plan);
    const auto loaded = load_scenario({scenario, data_folder, {}, ""});
    if (!loaded) return PlanRefusals{at_plan(loaded.error(), scenario, plan.scenario.origin, "")};
    if (!loaded->handovers.empty()) return PlanRefusals{at_plan(handovers_refusal(*loaded), scenario, plan.scenario.origin, "")};
    Refusals refusals = check_axes(plan, scenario, data_folder);
    std::vector<std::unique_ptr<LuaDeciders>> seated;
    bool are_scripts = false;
    const Refusals of_scripts = seat_all(plan, *loaded, scripts_folder, seated, are_scripts);
    if (of_scripts.empty()) refusals.add(check_parameters(plan, *loaded, seated));
    are_scripts = are_scripts && refusals.empty();
    refusals.add(of_scripts);
    if (!refusals.empty()) return PlanRefusals{refusals, are_scripts};

    Inputs inputs;
    inputs.data_folder = data_folder;
    if (Refusals wrong = add_data(*loaded, inputs); !wrong.empty()) return PlanRefusals{wrong};
    for (int role = 0; role < kRoles; ++role) {
        const std::string name = frozen_baseline(static_cast<Role>(role));
        const fs::path source = scripts_folder / name;
        inputs.files.push_back({InputKind::baseline, kRoleNames[role], "scripts/" + name, source, text_hash(file_text(source))});
    }
    std::size_t round = 0;
    for (const auto& deciders : seated) {
        for (int f = 0; f < loaded->scenario.firm_count; ++f) {
            const std::string& firm = loaded->names.firms[static_cast<std::size_t>(f)];
            const auto own = loaded->strategies.find(firm);
            if (const StrategyAxis* axis = strategy_axis_of(plan, *loaded, f))
                add_script(InputKind::plan_script, axis->options[std::min(round, axis->options.size() - 1)].value, *deciders->strategy(f), inputs);
            else if (own != loaded->strategies.end() && !own->second.file.empty())
                add_script(InputKind::scenario_script, firm, *deciders->strategy(f), inputs);
        }
        ++round;
    }
    complete(plan, inputs);
    return inputs;
}

Refusals freeze(const Inputs& inputs, const fs::path& batch) {
    std::string list = "kind,name,file,hash\n";
    std::error_code error;
    for (const InputFile& file : inputs.files) {
        const fs::path target = batch / "frozen" / file.frozen;
        fs::create_directories(target.parent_path(), error);
        if (!error) fs::copy_file(file.source, target, fs::copy_options::overwrite_existing, error);
        if (!error) fs::permissions(target, fs::perms::owner_write, fs::perm_options::add, error);
        if (error) return Refusal{target.string(), 0, 0, "cannot be written: " + error.message(), "check that the folder can be written and that the disk has room"};
        list += fmt::format("{},{},{},{:016x}\n", kInputKindNames[static_cast<int>(file.kind)], csv_text(Cell{file.name}), csv_text(Cell{file.frozen}), file.hash);
    }
    std::ofstream out(batch / "frozen" / "inputs.csv", std::ios::binary);
    out << list;
    out.close();
    if (!out) return Refusal{(batch / "frozen" / "inputs.csv").string(), 0, 0, "cannot be written", "check that the disk has room"};
    return {};
}

Result<Inputs> frozen_inputs(const Plan& plan, const fs::path& batch) {
    const fs::path folder = batch / "frozen";
    const auto list = read_csv(folder / "inputs.csv", {"kind", "name", "file", "hash"});
    if (!list) return list.error();
    Inputs inputs;
    inputs.data_folder = folder / "data";
    Refusals refusals;
    const std::vector<std::string> kinds(std::begin(kInputKindNames), std::end(kInputKindNames));
    for (const CsvRow& row : list->rows) {
        const int kind = find_name(kinds, list->cell(row, "kind"));
        InputFile file{static_cast<InputKind>(std::max(kind, 0)), list->cell(row, "name"), list->cell(row, "file"), folder / list->cell(row, "file"), 0};
        file.hash = text_hash(file_text(file.source));
        if (kind < 0 || fmt::format("{:016x}", file.hash) != list->cell(row, "hash"))
            refusals.add({file.source.string(), 0, 0, "is missing or was changed since the batch began", "a batch plays its frozen files only; put it back, or sweep the plan anew"});
        inputs.files.push_back(std::move(file));
    }
    if (!refusals.empty()) return refusals;
    complete(plan, inputs);
    return inputs;
}

fs::path Inputs::script(InputKind kind, const std::string& name) const {
    for (const InputFile& file : files)
        if (file.kind == kind && file.name == name) return file.source;
    return {};
}

fs::path Inputs::scenario() const {
    for (const InputFile& file : files)
        if (file.kind == InputKind::scenario) return file.source;
    return {};
}

std::string Inputs::count_text() const {
    std::set<std::string> scripts, scenarios, data;
    for (const InputFile& file : files)
        (file.kind == InputKind::data ? data : file.frozen.ends_with(".lua") ? scripts : scenarios).insert(file.frozen);
    return counted(scripts.size(), "script") + ", " + counted(scenarios.size(), "scenario") + ", " + counted(data.size(), "data file");
}

std::string Inputs::short_hash() const { return fmt::format("{:016x}", hash).substr(0, 6); }

}  // namespace rackrace
