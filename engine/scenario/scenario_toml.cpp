#include <algorithm>
#include <charconv>
#include <fstream>
#include <set>
#include <sstream>

#include "engine/base/quarter_index.h"
#include "engine/scenario/scenario_settings.h"
#include "engine/scenario/tables.h"
#include "engine/scenario/toml.h"

namespace rackrace {
namespace {

Origin origin_of(const std::string& place, const toml::source_region& source) {
    return {place, static_cast<int>(source.begin.line), static_cast<int>(source.begin.column)};
}

/// One file while it is read: its place for messages and what is wrong with it.
struct Reader {
    std::string place;
    std::filesystem::path folder;
    Refusals& refusals;

    Origin at(const toml::node& node) const { return origin_of(place, node.source()); }
    Origin at(const toml::key& key) const { return origin_of(place, key.source()); }
    void refuse(const Origin& origin, std::string fact, std::string advice) const {
        refusals.add(origin.refusal(std::move(fact), std::move(advice)));
    }

    void unknown(const toml::key& key, const std::vector<std::string>& known) const {
        refuse(at(key), "no key is called '" + std::string(key.str()) + "' here", suggestion(key.str(), known));
    }
    std::optional<Setting<std::string>> text(const toml::key& key, const toml::node& node, const std::string& example) const {
        if (const auto value = node.value_exact<std::string>()) return Setting<std::string>{*value, at(node)};
        refuse(at(node), std::string(key.str()) + " is not a text", "write it in quotes, as " + std::string(key.str()) + " = \"" + example + "\"");
        return std::nullopt;
    }
    std::optional<Setting<double>> number(const toml::key& key, const toml::node& node) const {
        const auto value = node.is_number() ? node.value<double>() : std::nullopt;
        if (value && *value - *value == 0.0) return Setting<double>{*value, at(node)};
        refuse(at(node), std::string(key.str()) + " is not a finite number", "write digits with a decimal point, without quotes");
        return std::nullopt;
    }
    const toml::table* table(const toml::key& key, const toml::node& node) const {
        if (const auto* found = node.as_table()) return found;
        refuse(at(node), std::string(key.str()) + " is not a table", "write [" + std::string(key.str()) + "] and its keys below");
        return nullptr;
    }
};

void read_rules(const Reader& in, const toml::table& rules, ScenarioSettings& settings) {
    for (auto&& [key, node] : rules) {
        const std::string name = "rules." + std::string(key.str());
        if (find_name(switch_names(), name) < 0) in.unknown(key, {"chips", "power", "contracts", "acquisitions"});
        else if (auto value = in.text(key, node, "UNIFORM")) settings.switches[name] = *value;
    }
}

void read_parameters(const Reader& in, const toml::table& parameters, ScenarioSettings& settings) {
    for (auto&& [key, node] : parameters) {
        if (auto value = in.number(key, node)) settings.parameters[std::string(key.str())] = {value->value, in.at(key)};
    }
}

/// Strategy parameters are numbers, texts or flags; kept as text, the script knows their types.
void read_params(const Reader& in, const toml::table& params, StrategySettings& strategy) {
    for (auto&& [key, node] : params) {
        std::string text;
        if (node.is_integer()) text = std::to_string(**node.as_integer());
        else if (node.is_floating_point()) text = number_text(**node.as_floating_point());
        else if (node.is_boolean()) text = **node.as_boolean() ? "true" : "false";
        else if (node.is_string()) text = **node.as_string();
        else {
            in.refuse(in.at(node), std::string(key.str()) + " is neither number, text nor flag", "give one value");
            continue;
        }
        strategy.params[std::string(key.str())] = {text, in.at(node)};
    }
}

/// The keys strategy and params. returns false for another key
bool read_strategy_key(const Reader& in, const toml::key& key, const toml::node& value, StrategySettings& strategy) {
    if (key.str() == "strategy") {
        strategy.strategy = in.text(key, value, "neocloud/ladder.lua");
        strategy.folder = in.folder;
        if (strategy.strategy && strategy.strategy->value.empty())
            in.refuse(strategy.strategy->origin, "strategy is empty", "name a script, or leave the key out for the role's baseline");
    } else if (key.str() != "params") {
        return false;
    } else if (const auto* params = in.table(key, value)) {
        read_params(in, *params, strategy);
    }
    return true;
}

void read_strategies(const Reader& in, const toml::table& tables, std::map<std::string, StrategySettings>& into) {
    for (auto&& [name, node] : tables) {
        const auto* one = in.table(name, node);
        if (one == nullptr) continue;
        StrategySettings strategy;
        strategy.origin = in.at(name);
        for (auto&& [key, value] : *one)
            if (!read_strategy_key(in, key, value, strategy)) in.unknown(key, {"strategy", "params"});
        overlay(into[std::string(name.str())], strategy);
    }
}

/// Refuses what is missing of `needed`.
bool has_keys(const Reader& in, const toml::table& one, const std::string& what, std::initializer_list<const char*> needed) {
    bool has_all = true;
    for (const char* key : needed) {
        if (one.contains(key)) continue;
        has_all = false;
        in.refuse(in.at(one), what + " has no " + key, std::string("add ") + key);
    }
    return has_all;
}

std::optional<ShockSettings> read_shock(const Reader& in, const toml::table& one) {
    ShockSettings shock;
    shock.origin = in.at(one);
    for (auto&& [key, node] : one) {
        const std::string_view name = key.str();
        if (name == "kind") shock.kind = in.text(key, node, "PLATEAU").value_or(Setting<std::string>{"", in.at(node)});
        else if (name == "quarter") shock.quarter = in.text(key, node, "2028Q1").value_or(Setting<std::string>{"", in.at(node)});
        else if (name == "size") shock.size = in.number(key, node);
        else if (name == "length_q") {
            const auto value = node.value_exact<std::int64_t>();
            if (value && *value >= 1 && *value <= 400) shock.length_q = Setting<int>{static_cast<int>(*value), in.at(node)};
            else in.refuse(in.at(node), "length_q is not a whole number of quarters", "write 1 or more, without quotes");
        } else if (name == "target") {
            if (node.is_integer()) shock.target = Setting<std::string>{std::to_string(**node.as_integer()), in.at(node)};
            else shock.target = in.text(key, node, "openai");
        } else in.unknown(key, {"kind", "quarter", "size", "length_q", "target"});
    }
    if (!has_keys(in, one, "a shock", {"kind", "quarter"}) || shock.kind.value.empty() || shock.quarter.value.empty()) return std::nullopt;
    return shock;
}

std::optional<HandoverSettings> read_handover(const Reader& in, const toml::table& one) {
    HandoverSettings handover;
    handover.origin = handover.to.origin = in.at(one);
    for (auto&& [key, node] : one) {
        if (key.str() == "quarter") handover.quarter = in.text(key, node, "2028Q3").value_or(Setting<std::string>{"", in.at(node)});
        else if (key.str() == "firm") handover.firm = in.text(key, node, "coreweave").value_or(Setting<std::string>{"", in.at(node)});
        else if (!read_strategy_key(in, key, node, handover.to)) in.unknown(key, {"quarter", "firm", "strategy", "params"});
    }
    if (!has_keys(in, one, "a handover", {"quarter", "firm"}) || handover.quarter.value.empty() || handover.firm.value.empty()) return std::nullopt;
    return handover;
}

/// [[NAME]], each table read by `read`.
template <class T>
void read_list(const Reader& in, const toml::key& key, const toml::node& node, std::vector<T>& into, std::optional<T> (*read)(const Reader&, const toml::table&)) {
    const std::string name(key.str());
    const auto* list = node.as_array();
    if (list == nullptr) {
        in.refuse(in.at(key), name + " is not a list of tables", "write [[" + name + "]]");
        return;
    }
    into.clear();
    for (const toml::node& item : *list) {
        if (const auto* one = item.as_table()) {
            if (auto made = read(in, *one)) into.push_back(std::move(*made));
        } else in.refuse(in.at(item), "an item of " + name + " is not a table", "write [[" + name + "]]");
    }
}

/// A list of names, at least one: `nouns` and `example` are for the refusal.
std::optional<Setting<std::vector<std::string>>> read_names(const Reader& in, const toml::key& key, const toml::node& node, const std::string& nouns, const std::string& example) {
    Setting<std::vector<std::string>> names{{}, in.at(key)};
    const auto* list = node.as_array();
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i)
        if (const auto name = (*list)[i].value_exact<std::string>()) names.value.push_back(*name);
    if (list != nullptr && !list->empty() && names.value.size() == list->size()) return names;
    in.refuse(in.at(node), std::string(key.str()) + " is not a list of " + nouns, "write " + std::string(key.str()) + " = " + example);
    return std::nullopt;
}

void read_keys(const Reader& in, const toml::table& root, ScenarioSettings& settings) {
    const std::vector<std::string> known = {"name", "about", "based_on", "start",      "end",   "uncertainty",
                                            "packaging", "only", "without_contracts", "rules", "firms",    "roles", "parameters", "shocks", "handovers"};
    for (auto&& [key, node] : root) {
        const std::string_view name = key.str();
        if (name == "name" || name == "about") {
            if (auto value = in.text(key, node, "base-2026")) (name == "name" ? settings.name : settings.about) = value->value;
        } else if (name == "start" || name == "end" || name == "uncertainty" || name == "packaging") {
            const char* const example = name == "uncertainty" ? "default" : name == "packaging" ? "high" : "2026Q2";
            if (auto value = in.text(key, node, example)) settings.switches[std::string(name)] = *value;
        } else if (name == "only") {
            if (auto names = read_names(in, key, node, "firms", "[\"coreweave\", \"nvidia\"]")) settings.only = std::move(names);
        } else if (name == "without_contracts") {
            if (auto names = read_names(in, key, node, "contracts", "[\"crwv_meta_2026\"]")) settings.without_contracts = std::move(names);
        } else if (name == "shocks") {
            read_list(in, key, node, settings.shocks, read_shock);
        } else if (name == "handovers") {
            read_list(in, key, node, settings.handovers, read_handover);
        } else if (name == "rules" || name == "firms" || name == "roles" || name == "parameters") {
            const auto* table = in.table(key, node);
            if (table == nullptr) continue;
            if (name == "rules") read_rules(in, *table, settings);
            else if (name == "parameters") read_parameters(in, *table, settings);
            else read_strategies(in, *table, name == "firms" ? settings.firms : settings.roles);
        } else if (name != "based_on") {
            in.unknown(key, known);
        }
    }
    if (!root.contains("name")) in.refuse({in.place, 0, 0}, "has no name", "add name = \"...\" as its first line");
}

using Seen = std::set<std::filesystem::path>;

void read_file(const std::filesystem::path& file, const std::filesystem::path& folder, ScenarioSettings& settings, Refusals& refusals, Seen& seen);

void read_base(const Reader& in, const toml::table& root, const std::filesystem::path& file, const std::filesystem::path& folder,
               ScenarioSettings& settings, Refusals& refusals, Seen& seen) {
    const toml::node* node = root.get("based_on");
    if (node == nullptr) return;
    const auto base = node->value_exact<std::string>();
    if (!base) {
        in.refuse(in.at(*node), "based_on is not a text", "name a scenario, as based_on = \"base-2026\"");
        return;
    }
    const auto beside = file.parent_path() / (*base + ".toml");
    const auto found = std::filesystem::is_regular_file(beside) ? Result<std::filesystem::path>(beside) : find_scenario_file(*base, folder);
    if (!found) in.refuse(in.at(*node), found.error().all.front().fact, found.error().all.front().advice);
    else if (seen.contains(std::filesystem::weakly_canonical(*found))) in.refuse(in.at(*node), "is based on itself", "name another scenario");
    else read_file(*found, folder, settings, refusals, seen);
}

void read_file(const std::filesystem::path& file, const std::filesystem::path& folder, ScenarioSettings& settings, Refusals& refusals, Seen& seen) {
    const std::string place = file.filename().string();
    seen.insert(std::filesystem::weakly_canonical(file));
    settings.files.push_back(file.string());
    std::ifstream stream(file, std::ios::binary);
    std::stringstream bytes;
    if (stream) bytes << stream.rdbuf();
    if (!stream) {
        refusals.add({place, 0, 0, "cannot be read", "check the path and the permissions"});
        return;
    }
    const auto root = parse_toml(bytes.str(), place);
    if (!root) {
        refusals.add(root.error());
        return;
    }
    Refusals mine;
    const Reader in{place, file.parent_path(), mine};
    read_base(in, *root, file, folder, settings, refusals, seen);
    read_keys(in, *root, settings);
    std::stable_sort(mine.all.begin(), mine.all.end(), [](const Refusal& a, const Refusal& b) { return a.line < b.line; });
    refusals.add(mine);
}

}  // namespace

const std::vector<std::string>& switch_names() {
    static const std::vector<std::string> names = {"start", "end", "uncertainty", "packaging", "shocks", "rules.chips", "rules.power", "rules.contracts", "rules.acquisitions"};
    return names;
}

void overlay(StrategySettings& on, const StrategySettings& by) {
    if (by.strategy) {
        on.strategy = by.strategy;
        on.folder = by.folder;
        on.params.clear();
    }
    for (const auto& [name, value] : by.params) on.params[name] = value;
    on.origin = by.origin;
}

Result<std::filesystem::path> find_scenario_file(const std::string& scenario, const std::filesystem::path& folder) {
    const std::filesystem::path file(scenario);
    if (file.extension() == ".toml" || file.has_parent_path()) {
        if (std::filesystem::is_regular_file(file)) return file;
        return Refusal{scenario, 0, 0, "there is no such file", "check the path"};
    }
    const auto named = folder / (scenario + ".toml");
    if (std::filesystem::is_regular_file(named)) return named;
    std::vector<std::string> known;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error))
        if (entry.path().extension() == ".toml") known.push_back(entry.path().stem().string());
    std::sort(known.begin(), known.end());
    if (known.empty()) return Refusal{"", 0, 0, "no scenario is called '" + scenario + "': " + folder.string() + " has none", "name a file"};
    const std::string near = nearest_word(scenario, known);
    return Refusal{"", 0, 0, "no scenario is called '" + scenario + "'", near.empty() ? "name a file, or one of those in " + folder.string() : "did you mean '" + near + "'?"};
}

void read_scenario_file(const std::filesystem::path& file, const std::filesystem::path& folder, ScenarioSettings& settings, Refusals& refusals) {
    Seen seen;
    read_file(file, folder, settings, refusals, seen);
}

void apply_override(const std::string& key, const std::string& value, ScenarioSettings& settings, Refusals& refusals) {
    const Origin origin{"--set " + key, 0, 0};
    const auto dot = key.find('.');
    if (find_name(switch_names(), key) >= 0) {
        settings.switches[key] = {value, origin};
    } else if (key.starts_with("rules.")) {
        refusals.add(origin.refusal("no market rule is called '" + key + "'", suggestion(key, switch_names())));
    } else if (dot == 0 || dot + 1 == key.size() || key.empty()) {
        refusals.add(origin.refusal("is no key", "write a parameter, rules.chips, start, end or firm.parameter"));
    } else if (dot != std::string::npos) {
        StrategySettings one;
        one.params[key.substr(dot + 1)] = {value, origin};
        one.origin = origin;
        overlay(settings.overrides[key.substr(0, dot)], one);
    } else {
        double number = 0.0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
        if (error != std::errc{} || end != value.data() + value.size() || number - number != 0.0)
            refusals.add(origin.refusal("'" + value + "' is not a number", "write digits with a decimal point"));
        else settings.parameters[key] = {number, origin};
    }
}

}  // namespace rackrace
