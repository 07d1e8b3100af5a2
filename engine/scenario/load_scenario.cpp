#include "engine/scenario/load_scenario.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <tuple>

#include "engine/base/quarter_index.h"
#include "engine/market/used_chips.h"
#include "engine/quarter/run.h"
#include "engine/scenario/cast.h"
#include "engine/scenario/load_books.h"
#include "engine/scenario/load_facts.h"
#include "engine/scenario/handovers.h"
#include "engine/scenario/load_parameters.h"
#include "engine/scenario/resolved_toml.h"
#include "engine/scenario/scenario_settings.h"
#include "engine/scenario/tables.h"
#include "engine/scenario/unread_parameters.h"
#include "engine/settle/firm_rating.h"

namespace rackrace {
namespace {

constexpr const char* kParameterFile = "parameters.csv";

/// Parameters that are lengths of fixed arrays of a world, or indices into them.
struct Bound {
    const char* name;
    int least, most;
};
constexpr Bound kBounds[] = {
    {"chip_sale_lag_q", 1, kOrderSlots - 1},
    {"inventory_ship_lag_q", 1, kOrderSlots - 1},
    {"grid_works_q", 1, kGridSlots},
    {"lease_lead_q", 1, kLeaseSlots},
    {"lease_term_max_q", 1, kMaxLeaseQuarters},
    {"pipeline_lease_q", 1, kMaxLeaseQuarters},
    {"wafer_lead_q", 1, kWaferSlots - 1},
    {"open_weight_lag_q", 0, kFrontierLags - 1},
    {"grid_adder_term_q", 1, kMaxCohorts},
    {"dealer_holding_q", 1, 4},
    {"used_chip_horizon_q", 0, kMaxRentQuarters},
    {"launch_slip_max_q", 0, 2},
    {"shortfall_window_q", 1, 4},
    {"ebitda_window_q", 1, kHistoryQuarters},
    {"ebitda_backlog_window_q", 0, kNextQuarters},
    {"runway_window_q", 1, kHistoryQuarters},
    {"revolver_window_q", 1, kHistoryQuarters},
    {"payout_window_q", 1, kHistoryQuarters},
    {"terminal_window_q", 1, kHistoryQuarters},
    {"arrears_default_q", 2, 2},
};

/// Levers keep what they open with until a script sets them, so it has to lie where a script's values may.
struct Range {
    const char* name;
    double least, most;
};
constexpr Range kRanges[] = {
    {"train_neutral_frac", 0.0, 1.0},
    {"segment_priority_neutral_frac", 0.0, 1.0},
    {"payout_neutral_frac", 0.0, 1.0},
    {"buyer_weight_neutral_frac", 0.0, 1.0},
    {"core_use_neutral_ratio", 0.0, kInfinity},
    {"core_use_max_frac", 0.0, 1.0},
    {"oversell_min_ratio", 0.0, kInfinity},
    {"buyer_cap_min_frac", 0.0, 1.0},
    {"opening_shares", 1.0, kInfinity},
    {"rent_decline_frac", -1.0, 1.0},
    {"rent_trend_persistence_frac", 0.0, 0.999},
};

/// Each at most the one behind it.
constexpr const char* kRising[][3] = {
    {"oversell_min_ratio", "oversell_neutral_ratio", "oversell_max_ratio"},
    {"buyer_cap_min_frac", "buyer_cap_neutral_frac", "buyer_cap_max_frac"},
};

template <std::size_t N> std::vector<std::string> list_of(const char* const (&names)[N], std::size_t skip = 0) { return {names + skip, names + N}; }

void apply_parameters(const ScenarioSettings& settings, ParameterFile& file, Refusals& refusals) {
    std::vector<std::string> known = file.names;
    for (const auto& [name, value] : file.other) known.push_back(name);
    for (const auto& [name, setting] : settings.parameters) {
        if (name == "horizon_start_t" || name == "horizon_end_t") {
            refusals.add(setting.origin.refusal("'" + name + "' follows from the scenario's quarters", "set start or end"));
        } else if (name.starts_with("capacity_")) {
            refusals.add(setting.origin.refusal("'" + name + "' cannot be overridden", "array sizes are fixed when the program is built"));
        } else if (double* const slot = find_parameter(file.parameters, name)) {
            const UnreadParameter* const unread = find_unread(name);
            if (unread != nullptr && setting.value != *slot) refusals.add(setting.origin.refusal("no rule reads '" + name + "'", unread->advice));  // resolved files name it with its value
            *slot = setting.value;
        } else if (const auto other = file.other.find(name); other != file.other.end()) {
            other->second = setting.value;
        } else {
            refusals.add(setting.origin.refusal("no parameter is called '" + name + "'", suggestion(name, known)));
        }
    }
}

/// Where a parameter was set: by the scenario, or in the table.
Origin origin_of(const ScenarioSettings& settings, const char* name) {
    const auto own = settings.parameters.find(name);
    return own == settings.parameters.end() ? Origin{kParameterFile} : own->second.origin;
}

void check_ranges(const ScenarioSettings& settings, ParameterFile& file, Refusals& refusals) {
    const auto value_of = [&](const char* name) { return *find_parameter(file.parameters, name); };
    const auto refuse = [&](const char* name, const std::string& advice) { refusals.add(origin_of(settings, name).refusal(std::string(name) + " is " + number_text(value_of(name)), advice)); };
    for (const Bound& bound : kBounds) {
        const double value = value_of(bound.name);
        if (value >= bound.least && value <= bound.most && value == std::floor(value)) continue;
        refuse(bound.name, "it must be whole, " + std::to_string(bound.least) + " to " + std::to_string(bound.most) + ": array sizes are fixed when the program is built");
    }
    for (const Range& range : kRanges) {
        const double value = value_of(range.name);
        if (value >= range.least && value <= range.most) continue;
        refuse(range.name, "it must be at least " + number_text(range.least) + (range.most < kInfinity ? ", at most " + number_text(range.most) : ""));
    }
    for (const auto& rising : kRising)
        for (int i = 0; i < 2; ++i)
            if (!(value_of(rising[i]) <= value_of(rising[i + 1]))) {
                const bool is_first_given = settings.parameters.count(rising[i]) != 0;
                const char *name = rising[is_first_given ? i : i + 1], *other = rising[is_first_given ? i + 1 : i];
                refuse(name, std::string("it must be ") + (is_first_given ? "at most " : "at least ") + other + ", " + number_text(value_of(other)));
            }
}

/// The position of a switch's word in `words`; `words[0]` is the default.
int switch_index(const ScenarioSettings& settings, const std::string& name, const std::vector<std::string>& words, Refusals& refusals) {
    const auto at = settings.switches.find(name);
    if (at == settings.switches.end()) return 0;
    const int i = find_name(words, at->second.value);
    if (i >= 0) return i;
    refusals.add(at->second.origin.refusal(name + " cannot be '" + at->second.value + "'", suggestion(at->second.value, words)));
    return 0;
}

int switch_quarter(const ScenarioSettings& settings, const std::string& name, int absent, int first, int last, const std::string& reason,
                   Refusals& refusals) {
    const auto at = settings.switches.find(name);
    const Setting<std::string> given = at == settings.switches.end() ? Setting<std::string>{quarter_name(absent), {kParameterFile}} : at->second;
    const auto t = parse_quarter(given.value);
    if (t && *t >= first && *t <= last) return *t;
    const std::string allowed = first == last ? quarter_name(first) : quarter_name(first) + " to " + quarter_name(last);
    if (t) refusals.add(given.origin.refusal(name + " cannot be '" + given.value + "'", "write " + allowed + ": " + reason));
    else refusals.add(given.origin.refusal(name + " cannot be '" + given.value + "', which is no quarter", "write " + allowed));
    return first;
}

void resolve_switches(const ScenarioSettings& settings, const Parameters& file_parameters, Scenario& scenario, Refusals& refusals) {
    scenario.start_t = switch_quarter(settings, "start", static_cast<int>(file_parameters.horizon_start_t), kBooksQuarter + 1, kBooksQuarter + 1,
                                      "the opening books are those of " + quarter_name(kBooksQuarter), refusals);
    scenario.end_t = switch_quarter(settings, "end", static_cast<int>(file_parameters.horizon_end_t), scenario.start_t, kLastPathQuarter,
                                    "not before the start nor beyond the paths", refusals);
    scenario.rules.has_uncertainty = switch_index(settings, "uncertainty", {"default", "none"}, refusals) == 0;
    scenario.rules.chips = static_cast<ChipRule>(switch_index(settings, "rules.chips", list_of(kChipRuleNames), refusals));
    scenario.rules.power = static_cast<PowerRule>(switch_index(settings, "rules.power", list_of(kPowerRuleNames), refusals));
    scenario.rules.contracts = static_cast<ContractRule>(switch_index(settings, "rules.contracts", list_of(kContractRuleNames), refusals));
    scenario.rules.acquisitions = static_cast<AcquisitionRule>(switch_index(settings, "rules.acquisitions", list_of(kAcquisitionRuleNames), refusals));
    scenario.parameters.horizon_start_t = scenario.start_t;
    scenario.parameters.horizon_end_t = scenario.end_t;
}

/// Who plays, and what leaves with the others. returns false where that is not known
bool resolve_cast(const ScenarioSettings& settings, const ParameterFile& parameters, Tables& tables, Refusals& refusals) {
    if (!settings.only) return true;
    const CsvTable firms = tables.read("firms_2026q1.csv", {"firm", "role", "grid_kw", "share_enterprise_frac", "share_consumer_frac"}, {"firm"});
    const CsvTable products = tables.read("products.csv", {"product", "vendor", "buyers"}, {"product"});
    if (firms.rows.empty() && !tables.refusals.empty()) return false;  // nobody is known, which is no fault of the names
    const auto& [kept, origin] = *settings.only;
    std::vector<std::string> known, suppliers;
    for (const CsvRow& row : firms.rows) {
        known.push_back(firms.cell(row, "firm"));
        if (firms.cell(row, "role") == kRoleNames[static_cast<int>(Role::supplier)]) suppliers.push_back(known.back());
    }
    bool has_supplier = false, knows_all = tables.refusals.empty();
    for (const std::string& firm : kept) {
        has_supplier = has_supplier || find_name(suppliers, firm) >= 0;
        if (find_name(known, firm) >= 0) continue;
        knows_all = false;
        refusals.add(origin.refusal("no firm is called '" + firm + "'", suggestion(firm, known)));
    }
    if (!has_supplier) refusals.add(origin.refusal("only names no supplier", suggestion("", suppliers)));
    tables.left_out = find_left_out(kept, firms, products, parameters.other);
    return knows_all && has_supplier;
}

void resolve_contracts(const ScenarioSettings& settings, Tables& tables, Refusals& refusals) {
    if (!settings.without_contracts) return;
    std::vector<std::string> known;
    const CsvTable contracts = tables.read("contracts_2026q1.csv", {"contract"}, {"contract"});
    for (const CsvRow& row : contracts.rows) known.push_back(contracts.cell(row, "contract"));
    const auto& [names, origin] = *settings.without_contracts;
    for (const std::string& name : names)
        if (find_name(known, name) < 0) refusals.add(origin.refusal("no opening contract is called '" + name + "'", suggestion(name, known)));
    tables.without_contracts = names;
}

/// Size and length of a shock that gives none, from its kind's parameters. Permanent kinds last to the end of the arrays.
void set_shock_defaults(const Parameters& p, Shock& shock) {
    const int for_good = kMaxQuarters - shock.start_t;
    double length = 1.0;
    switch (shock.kind) {
        case ShockKind::plateau:
            shock.size = p.shock_plateau_size_frac;
            length = for_good;
            break;
        case ShockKind::efficiency:  // owned by one firm for a while, else public for good
            shock.size = p.shock_efficiency_size_ratio;
            length = shock.target >= 0 ? p.shock_efficiency_owned_q : for_good;
            break;
        case ShockKind::rate:
            shock.size = p.shock_rate_size_apr;
            length = p.shock_rate_duration_q;
            break;
        case ShockKind::credit:
            shock.size = p.shock_credit_sentiment_size;
            length = p.shock_credit_duration_q;
            break;
        case ShockKind::export_halt:
            shock.size = p.shock_export_size_frac;
            length = p.shock_export_duration_q;
            break;
        case ShockKind::supply:
            shock.size = p.shock_supply_size_frac;
            length = p.shock_supply_duration_q;
            break;
        case ShockKind::delay: shock.size = p.shock_delay_size_q; break;
        case ShockKind::power:
            shock.size = p.shock_power_size_frac;
            length = p.shock_power_duration_q;
            break;
        case ShockKind::none:
        case ShockKind::repudiate: break;
    }
    shock.length_q = static_cast<std::int32_t>(length);
}

int shock_target(const ShockSettings& settings, ShockKind kind, const Names& names, Refusals& refusals) {
    const std::string noun(shock_target_noun(kind));
    if (!settings.target) {
        if (kind == ShockKind::repudiate) refusals.add(settings.origin.refusal("REPUDIATE has no target", "name the buyer, as target = \"openai\""));
        return -1;
    }
    const Origin& origin = settings.target->origin;
    const std::string& word = settings.target->value;
    if (noun.empty()) {
        refusals.add(origin.refusal(settings.kind.value + " takes no target", "delete it"));
        return -1;
    }
    const std::vector<std::string> generations = {"0", "1", "2", "3", "4", "5"};
    const auto& known = noun == "firm" ? names.firms : noun == "product" ? names.products : noun == "region" ? names.regions : generations;
    const int i = find_name(known, word);
    if (i < 0) refusals.add(origin.refusal("no " + noun + " is called '" + word + "'", suggestion(word, known)));
    return i;
}

void resolve_shocks(const ScenarioSettings& settings, const Names& names, Scenario& scenario, Refusals& refusals) {
    if (switch_index(settings, "shocks", {"on", "off"}, refusals) == 1) return;  // the twin of a scenario with shocks
    const std::vector<std::string> kinds = list_of(kShockKindNames, 1);
    std::vector<Shock> shocks;
    for (const ShockSettings& one : settings.shocks) {
        Shock shock{};
        const int kind = find_name(kinds, one.kind.value);
        if (kind < 0) refusals.add(one.kind.origin.refusal("no shock is called '" + one.kind.value + "'", suggestion(one.kind.value, kinds)));
        const auto t = parse_quarter(one.quarter.value);
        if (!t || *t < scenario.start_t || *t > kLastPathQuarter)
            refusals.add(one.quarter.origin.refusal("quarter cannot be '" + one.quarter.value + "'",
                                                    "write " + quarter_name(scenario.start_t) + " to " + quarter_name(kLastPathQuarter)));
        if (kind < 0 || !t) continue;
        shock.kind = static_cast<ShockKind>(kind + 1);
        shock.start_t = *t;
        shock.target = shock_target(one, shock.kind, names, refusals);
        set_shock_defaults(scenario.parameters, shock);
        if (one.size) shock.size = one.size->value;
        if (one.length_q) shock.length_q = one.length_q->value;
        shocks.push_back(shock);
    }
    if (shocks.size() > kMaxShocks) {
        refusals.add(settings.shocks[kMaxShocks].origin.refusal("more than " + std::to_string(kMaxShocks) + " shocks", "delete some"));
        return;
    }
    std::sort(shocks.begin(), shocks.end(), [](const Shock& a, const Shock& b) {
        return std::tie(a.start_t, a.kind, a.target, a.size, a.length_q) < std::tie(b.start_t, b.kind, b.target, b.size, b.length_q);
    });
    scenario.shock_count = static_cast<std::int32_t>(shocks.size());
    std::copy(shocks.begin(), shocks.end(), scenario.shocks);
}

/// A role's table, then the firm's, then the script that the request names for the role, then that for the firm, then the overrides of both.
void resolve_strategies(const ScenarioSettings& settings, const ScenarioRequest& request, LoadedScenario& loaded, Refusals& refusals) {
    std::map<std::string, StrategySettings> named;
    for (const auto& [owner, script] : request.strategies) {
        const Origin origin{"--strategy " + owner, 0, 0};
        named[owner] = {Setting<std::string>{script, origin}, "", {}, origin};
    }
    const std::vector<std::string> roles = list_of(kRoleNames);
    std::vector<std::string> owners = loaded.names.firms;
    owners.insert(owners.end(), roles.begin(), roles.end());
    for (const auto& [name, table] : settings.firms)
        if (find_name(loaded.names.firms, name) < 0)
            refusals.add(table.origin.refusal("no firm is called '" + name + "'", suggestion(name, loaded.names.firms)));
    for (const auto& [name, table] : settings.roles)
        if (find_name(roles, name) < 0) refusals.add(table.origin.refusal("no role is called '" + name + "'", suggestion(name, roles)));
    for (const auto* tables : {&std::as_const(named), &settings.overrides})
        for (const auto& [name, table] : *tables)
            if (find_name(owners, name) < 0) refusals.add(table.origin.refusal("no firm or role is called '" + name + "'", suggestion(name, owners)));

    for (int f = 0; f < loaded.scenario.firm_count; ++f) {
        const std::string& firm = loaded.names.firms[static_cast<std::size_t>(f)];
        const std::string& role = roles[static_cast<std::size_t>(loaded.scenario.firms[f].role)];
        StrategySettings all;
        bool is_mentioned = false;
        for (const auto& [tables, name] :
             {std::pair{&settings.roles, &role}, {&settings.firms, &firm}, {&named, &role}, {&named, &firm}, {&settings.overrides, &role}, {&settings.overrides, &firm}}) {
            const auto at = tables->find(*name);
            if (at == tables->end()) continue;
            is_mentioned = true;
            overlay(all, at->second);
        }
        if (!is_mentioned) continue;
        FirmStrategy& strategy = loaded.strategies[firm];
        if (all.strategy) {
            strategy.file = all.strategy->value;
            strategy.folder = all.folder;
            strategy.named_at = all.strategy->origin.text();
        }
        for (const auto& [name, value] : all.params) strategy.params[name] = value.value;
    }
}

}  // namespace

Result<LoadedScenario> load_scenario(const ScenarioRequest& request) {
    const auto scenarios = request.data_folder / "scenarios", model = request.data_folder / "model";
    const auto file = find_scenario_file(request.scenario, scenarios);
    if (!file) return file.error();
    Refusals refusals;
    ScenarioSettings settings;
    read_scenario_file(*file, scenarios, settings, refusals);
    for (const auto& [key, value] : request.sets) apply_override(key, value, settings, refusals);
    settings.handovers.insert(settings.handovers.end(), request.handovers.begin(), request.handovers.end());
    if (!request.until.empty()) settings.switches["end"] = {request.until, {"--until"}};

    auto parameters = load_parameters(model / kParameterFile);
    const auto sources = read_csv(model / kParameterFile, {"name", "value", "status", "source"});
    if (!parameters || !sources) {
        refusals.add(!parameters ? parameters.error() : sources.error());
        return refusals;
    }
    const Parameters file_parameters = parameters->parameters;
    apply_parameters(settings, *parameters, refusals);
    check_ranges(settings, *parameters, refusals);

    const auto loaded = std::make_unique<LoadedScenario>();  // on the heap: 200 KiB; all zero, unused slots too
    Scenario& scenario = loaded->scenario;
    scenario.parameters = parameters->parameters;
    resolve_switches(settings, file_parameters, scenario, refusals);
    Tables tables{model, {}, {}, {}, {}};
    if (!resolve_cast(settings, *parameters, tables, refusals)) {
        refusals.add(tables.refusals);
        return refusals;
    }
    resolve_contracts(settings, tables, refusals);
    const bool is_packaging_high = switch_index(settings, "packaging", {"slow", "high"}, refusals) == 1;
    load_facts(tables, file_parameters, is_packaging_high, scenario, loaded->names);
    shrink_world(tables.left_out, scenario);
    if (tables.refusals.empty()) {
        load_books(tables, parameters->other, scenario, loaded->opening, loaded->names);
        resolve_shocks(settings, loaded->names, scenario, refusals);
        resolve_strategies(settings, request, *loaded, refusals);
        resolve_handovers(settings, *loaded, refusals);
    }
    refusals.add(tables.refusals);
    if (!refusals.empty()) return refusals;

    open_state(scenario, loaded->opening);
    complete_opening(scenario, loaded->opening);
    loaded->names.scenario = settings.name;
    loaded->input_files = settings.files;
    loaded->input_files.push_back((model / kParameterFile).string());
    loaded->input_files.insert(loaded->input_files.end(), tables.files.begin(), tables.files.end());
    loaded->resolved_toml = resolved_toml(settings, *parameters, *sources, *loaded);
    return std::move(*loaded);
}

}  // namespace rackrace
