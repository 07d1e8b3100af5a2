#include "engine/scenario/resolved_toml.h"

#include <algorithm>
#include <charconv>

#include "engine/base/quarter_index.h"

namespace rackrace {
namespace {

std::string toml_text(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) {
            out += c;
            continue;
        }
        constexpr char digits[] = "0123456789ABCDEF";
        out += "\\u00";
        out += digits[static_cast<unsigned char>(c) >> 4];
        out += digits[c & 15];
    }
    return out + "\"";
}

std::string key_text(const std::string& key) {
    const bool is_bare = !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
    return is_bare ? key : toml_text(key);
}

/// A strategy parameter without quotes where that reads back as the same text.
std::string param_text(const std::string& text) {
    if (text == "true" || text == "false") return text;
    double number = 0.0;
    std::int64_t whole = 0;
    const char* const end = text.data() + text.size();
    if (const auto read = std::from_chars(text.data(), end, whole); read.ec == std::errc{} && read.ptr == end && std::to_string(whole) == text)
        return text;
    const auto read = std::from_chars(text.data(), end, number);
    const bool is_plain = read.ec == std::errc{} && read.ptr == end && number - number == 0.0 && number_text(number) == text;
    return is_plain && text.find_first_of(".e") != std::string::npos ? text : toml_text(text);
}

/// `key = value`, and the comment from one column on.
std::string line(const std::string& key, const std::string& value, std::string comment) {
    for (char& c : comment)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
    std::string out = key + " = " + value;
    if (!comment.empty()) out += std::string(out.size() < 56 ? 56 - out.size() : 1, ' ') + "# " + comment;
    return out + "\n";
}

std::string switch_line(const ScenarioSettings& settings, const std::string& name, const std::string& value) {
    const auto at = settings.switches.find(name);
    const auto dot = name.find('.');
    return line(dot == std::string::npos ? name : name.substr(dot + 1), toml_text(value),
                at == settings.switches.end() ? "default" : at->second.origin.text());
}

std::string names_line(const std::string& key, const std::optional<Setting<std::vector<std::string>>>& names, const std::string& note) {
    if (!names) return "";
    std::string list;
    for (const std::string& name : names->value) list += (list.empty() ? "" : ", ") + toml_text(name);
    return line(key, "[" + list + "]", names->origin.text() + note);
}

std::string parameter_lines(const ScenarioSettings& settings, const ParameterFile& file, const CsvTable& sources) {
    std::string out = "\n[parameters]\n";
    Parameters values = file.parameters;
    for (const CsvRow& row : sources.rows) {
        const std::string& name = sources.cell(row, "name");
        const auto other = file.other.find(name);
        const double* const slot = find_parameter(values, name);
        if ((slot == nullptr && other == file.other.end()) || name == "horizon_start_t" || name == "horizon_end_t") continue;
        const auto own = settings.parameters.find(name);
        out += line(name, number_text(slot != nullptr ? *slot : other->second),
                    own == settings.parameters.end() ? sources.place + ": " + sources.cell(row, "status") + ", " + sources.cell(row, "source")
                                                     : own->second.origin.text() + "; " + sources.place + " has " + sources.cell(row, "value"));
    }
    return out;
}

std::string shock_lines(const LoadedScenario& loaded) {
    std::string out;
    for (int i = 0; i < loaded.scenario.shock_count; ++i) {
        const Shock& shock = loaded.scenario.shocks[i];
        const std::string_view noun = shock_target_noun(shock.kind);
        const auto target = static_cast<std::size_t>(shock.target);
        out += "\n[[shocks]]\n" + line("kind", toml_text(kShockKindNames[static_cast<int>(shock.kind)]), "");
        out += line("quarter", toml_text(quarter_name(shock.start_t)), "") + line("size", number_text(shock.size), "") +
               line("length_q", std::to_string(shock.length_q), "");
        if (shock.target < 0) continue;
        out += line("target",
                    noun == "firm"      ? toml_text(loaded.names.firms[target])
                    : noun == "product" ? toml_text(loaded.names.products[target])
                    : noun == "region"  ? toml_text(loaded.names.regions[target])
                                        : std::to_string(shock.target),
                    "");
    }
    return out;
}

std::string strategy_lines(const FirmStrategy& strategy) {
    std::string out = strategy.file.empty() ? "" : line("strategy", toml_text(strategy.file), "");
    for (const auto& [name, value] : strategy.params) out += line("params." + key_text(name), param_text(value), "");
    return out;
}

std::string handover_lines(const LoadedScenario& loaded) {
    std::string out;
    for (const Handover& handover : loaded.handovers)
        out += "\n[[handovers]]\n" + line("quarter", toml_text(quarter_name(handover.t)), "") +
               line("firm", toml_text(loaded.names.firms[static_cast<std::size_t>(handover.firm)]), "") + strategy_lines(handover.strategy);
    return out;
}

}  // namespace

std::string_view shock_target_noun(ShockKind kind) {
    switch (kind) {
        case ShockKind::efficiency:
        case ShockKind::repudiate: return "firm";
        case ShockKind::export_halt:
        case ShockKind::supply: return "product";
        case ShockKind::power: return "region";
        case ShockKind::delay: return "generation";
        case ShockKind::none:
        case ShockKind::plateau:
        case ShockKind::rate:
        case ShockKind::credit: break;
    }
    return "";
}

std::string resolved_toml(const ScenarioSettings& settings, const ParameterFile& file, const CsvTable& sources, const LoadedScenario& loaded) {
    const Scenario& scenario = loaded.scenario;
    std::string out = "# Every value of this scenario, and where it comes from. Loading this file gives the same run again.\n";
    out += line("name", toml_text(settings.name), "") + line("about", toml_text(settings.about), "");
    out += switch_line(settings, "start", quarter_name(scenario.start_t)) + switch_line(settings, "end", quarter_name(scenario.end_t));
    out += switch_line(settings, "uncertainty", scenario.rules.has_uncertainty != 0 ? "default" : "none");
    const auto packaging = settings.switches.find("packaging");
    if (packaging != settings.switches.end()) out += switch_line(settings, "packaging", packaging->second.value);
    out += names_line("only", settings.only, "; the parameters below are those of all firms");  // loading shrinks them again
    out += names_line("without_contracts", settings.without_contracts, "") + "\n[rules]\n";
    out += switch_line(settings, "rules.chips", kChipRuleNames[static_cast<int>(scenario.rules.chips)]);
    out += switch_line(settings, "rules.power", kPowerRuleNames[static_cast<int>(scenario.rules.power)]);
    out += switch_line(settings, "rules.contracts", kContractRuleNames[static_cast<int>(scenario.rules.contracts)]);
    out += switch_line(settings, "rules.acquisitions", kAcquisitionRuleNames[static_cast<int>(scenario.rules.acquisitions)]);
    for (const auto& [firm, strategy] : loaded.strategies) out += "\n[firms." + key_text(firm) + "]\n" + strategy_lines(strategy);
    return out + parameter_lines(settings, file, sources) + shock_lines(loaded) + handover_lines(loaded);
}

}  // namespace rackrace
