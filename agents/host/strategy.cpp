#include "agents/host/strategy.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>

#include "agents/checker/nearest_name.h"
#include "agents/host/observation.h"
#include "agents/library.h"
#include "engine/base/hash.h"
#include "engine/base/number_text.h"
#include "engine/quarter/verbs.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;

RoleSet role_set(RoleMask mask) {
    RoleSet set;
    for (const Role role : {Role::hyperscaler, Role::neocloud, Role::lab, Role::supplier})
        if ((mask & role_bit(role)) != 0) set.add(role);
    return set;
}

std::string about_argument(const ArgRow& row) {
    std::string text(unit_text(row.unit));
    if (row.unit == Unit::kind_name) text = choices_text(row);
    const std::string bounds = bounds_text(row);
    if (!bounds.empty()) text += ", " + bounds;
    return text;
}

ApiArgument api_argument(const ArgInfo& arg) {
    const ArgRow& row = arg.row;
    ApiArgument made{std::string(arg.name), row.is_required, about_argument(row), row.unit};
    const auto fixed = [](const Bound& bound) { return bound.is_set && bound.parameter == nullptr && bound.basis == Basis::plain ? std::optional(bound.value) : std::nullopt; };
    made.least = fixed(row.low);
    made.most = fixed(row.high);
    made.is_amount = is_quantity(row.unit);
    made.is_whole = arg.storage != Storage::f64;
    for (int i = 0; i < row.choice_count(); ++i) made.words.emplace_back(row.choices[i]);
    return made;
}

void add_fields(const RecordBinding& record, const std::string& path, RoleMask roles, ApiNames& api) {
    for (const FieldBinding& field : record.fields) {
        const std::string here = path + field.name + (field.is_list() ? "[]" : "");
        const RoleMask seen = roles & field.info->roles;
        if (field.record != nullptr) add_fields(*field.record, here + ".", seen, api);
        else api.fields.push_back({here, role_set(seen), std::string(unit_text(field.info->unit)) + ", " + std::string(field.info->doc), field.info->unit});
    }
}

ApiNames make_api_names() {
    ApiNames api;
    for (const VerbInfo& verb : describe_verbs()) {
        ApiVerb& made = api.verbs.emplace_back();
        made.name = verb.row.name;
        made.roles = role_set(verb.row.roles);
        made.stage = verb.row.stage == Stage::a ? VerbStage::a : VerbStage::b;
        for (const ArgInfo& arg : verb.args) made.arguments.push_back(api_argument(arg));
    }
    for (const LibraryFunction& function : act_functions()) {
        ApiVerb& made = api.verbs.emplace_back();
        made.name = function.name;
        made.is_positional = true;
        for (int i = 0; i < function.argument_count(); ++i) made.arguments.push_back({std::string(function.arguments[i].name), !function.arguments[i].is_optional, "", Unit::none});
    }
    for (const RecordBinding* part : observation_bindings()) add_fields(*part, "", kAllRoles, api);
    return api;
}

Result<StrategyFile> read_file(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return Refusal{file.string(), 0, 0, "cannot be read", "check the path"};
    std::stringstream text;
    text << in.rdbuf();
    StrategyFile out{file.string(), text.str(), 0};
    out.hash = name_hash(out.text.data(), out.text.size());
    return out;
}

Refusals refusals_of(const CheckReport& report) {
    Refusals out;
    for (const Diagnostic& diagnostic : report.diagnostics)
        if (diagnostic.severity == Severity::error)
            out.add({diagnostic.place.file, diagnostic.place.begin.line, diagnostic.place.begin.column, std::string(diagnostic.code) + " " + diagnostic.what, diagnostic.fix});
    return out;
}

/// Files that scripts of a folder may require: below it, whatever links say.
Result<fs::path> module_file(const fs::path& folder, const std::string& name) {
    std::string path = name;
    std::replace(path.begin(), path.end(), '.', '/');
    const fs::path file = folder / (path + ".lua");
    std::error_code error;
    const fs::path real = fs::weakly_canonical(file, error), root = fs::weakly_canonical(folder, error);
    const bool is_below = std::mismatch(root.begin(), root.end(), real.begin(), real.end()).first == root.end();
    if (error || !is_below || !fs::is_regular_file(real, error))
        return Refusal{file.string(), 0, 0, "required as '" + name + "', but there is no such file beside the script", "require names files beside the script: \"lib.credit\" is lib/credit.lua"};
    return file;
}

VerbMask verbs_of(const Declaration& declaration, bool counts_unreached) {
    VerbMask mask = 0;
    for (const VerbInfo& verb : describe_verbs())
        for (const VerbUse& use : declaration.verbs)
            if (use.verb == verb.row.name && (counts_unreached || !use.callbacks.empty())) mask |= verb_bit(verb.row.verb);
    return mask;
}

bool is_library(const std::string& name) { return name == "rackrace"; }

/// Reads what a file requires and what that requires.
void load_modules(const fs::path& folder, const std::vector<std::string>& names, Strategy& strategy, Refusals& refusals) {
    for (const std::string& name : names) {
        if (is_library(name) || strategy.modules.contains(name)) continue;
        const auto file = module_file(folder, name);
        if (!file) {
            refusals.add(file.error());
            continue;
        }
        auto module = read_file(*file);
        if (!module) {
            refusals.add(module.error());
            continue;
        }
        CheckOptions options;
        options.api = &api_names();
        options.is_module = true;
        const CheckReport report = check_script(module->name, module->text, options);
        refusals.add(refusals_of(report));
        if (strategy.declaration().gives_act_to_module) strategy.verbs |= verbs_of(report.declaration, true);
        strategy.modules.emplace(name, std::move(*module));
        load_modules(folder, report.declaration.modules, strategy, refusals);
    }
}

std::shared_ptr<Strategy> check(StrategyFile file, bool judges_sense) {
    auto strategy = std::make_shared<Strategy>();
    strategy->main = std::move(file);
    CheckOptions options;
    options.api = &api_names();
    options.judges_sense = judges_sense;
    strategy->report = check_script(strategy->main.name, strategy->main.text, options);
    strategy->memory = lay_out(strategy->declaration().memory);
    strategy->memory.initial.resize(static_cast<std::size_t>(kMaxMemoryNumbers));
    strategy->verbs = verbs_of(strategy->declaration(), false);
    strategy->portability = compile(strategy->report);
    return strategy;
}

Result<double> read_number(const std::string& text, const Parameter& parameter) {
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !is_finite(value)) return Refusal{"", 0, 0, parameter.name + " = '" + text + "' is no number", "write a number"};
    if (parameter.kind == ParameterKind::integer && value != std::floor(value)) return Refusal{"", 0, 0, parameter.name + " = " + text + " is no whole number", "write a whole number"};
    if (value < parameter.min || value > parameter.max)
        return Refusal{"", 0, 0, parameter.name + " = " + text + " lies outside " + number_text(parameter.min) + " to " + number_text(parameter.max), "values out of range are not cut"};
    return value;
}

Result<ParameterValue> read_parameter(const std::string& text, const Parameter& parameter) {
    switch (parameter.kind) {
        case ParameterKind::range:
        case ParameterKind::integer: {
            const auto number = read_number(text, parameter);
            if (!number) return number.error();
            return ParameterValue(*number);
        }
        case ParameterKind::choice:
            if (std::find(parameter.choices.begin(), parameter.choices.end(), text) == parameter.choices.end())
                return Refusal{"", 0, 0, parameter.name + " = '" + text + "' is none of its choices", did_you_mean(text, parameter.choices)};
            return ParameterValue(text);
        case ParameterKind::flag:
            if (text != "true" && text != "false") return Refusal{"", 0, 0, parameter.name + " = '" + text + "' is no flag", "write true or false"};
            return ParameterValue(text == "true");
        case ParameterKind::fixed: break;
    }
    return Refusal{"", 0, 0, parameter.name + " is fixed by the script", "declare it with race.range to set it"};
}

}  // namespace

VerbMask verbs_of(Role role) {
    VerbMask mask = 0;
    for (const VerbInfo& verb : describe_verbs())
        if ((verb.row.roles & role_bit(role)) != 0) mask |= verb_bit(verb.row.verb);
    return mask;
}

const ApiNames& api_names() {
    static const ApiNames names = make_api_names();
    return names;
}

Result<std::vector<ParameterValue>> Strategy::parameters(const std::map<std::string, std::string>& settings) const {
    std::vector<ParameterValue> values;
    std::vector<std::string> known;
    Refusals refusals;
    for (const Parameter& parameter : declaration().parameters) {
        known.push_back(parameter.name);
        values.push_back(parameter.default_value);
        const auto set = settings.find(parameter.name);
        if (set == settings.end()) continue;
        if (auto value = read_parameter(set->second, parameter)) values.back() = *value;
        else refusals.add(value.error());
    }
    for (const auto& [name, value] : settings)
        if (std::find(known.begin(), known.end(), name) == known.end())
            refusals.add({"", 0, 0, "the script has no parameter '" + name + "'", known.empty() ? "it declares none" : did_you_mean(name, known)});
    for (Refusal& refusal : refusals.all) refusal.place = main.name;
    if (!refusals.empty()) return refusals;
    return values;
}

Result<std::shared_ptr<const Strategy>> load_strategy(const fs::path& file, Role role) {
    auto read = read_file(file);
    if (!read) return read.error();
    const std::shared_ptr<Strategy> strategy = check(std::move(*read), true);
    Refusals refusals = refusals_of(strategy->report);
    if (refusals.empty()) load_modules(file.parent_path(), strategy->declaration().modules, *strategy, refusals);
    if (refusals.empty() && strategy->declaration().role != role)
        refusals.add({file.string(), 0, 0, "a script of a " + std::string(role_text(*strategy->declaration().role)) + " cannot play a " + std::string(role_text(role)), "name a script of that role"});
    if (!refusals.empty()) return refusals;
    return std::shared_ptr<const Strategy>(strategy);
}

std::shared_ptr<Strategy> unchecked_strategy(const std::string& name, const std::string& text) {
    return check({name, text, name_hash(text.data(), text.size())}, false);
}

}  // namespace rackrace
