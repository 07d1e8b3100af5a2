// `rackrace check`, `params` and `explain`: what the checker knows of scripts and codes, for people and as JSON.
#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "agents/checker/codes.h"
#include "agents/host/strategy.h"
#include "cli/commands.h"
#include "engine/scenario/csv.h"

namespace rackrace {
namespace {

Result<std::string> text_of_file(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return Refusal{file, 0, 0, "cannot be read", "check the path"};
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

std::string constant_text(const Constant& value) {
    if (const auto* number = std::get_if<double>(&value)) return fmt::format("{}", *number);
    if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    return "";
}

/// "  portable: no (2 reasons)"; nothing for a script with errors, which is not judged.
std::string portable_text(const CheckReport& report, const Compiled& compiled) {
    if (compiled.program != nullptr) return "  portable: yes";
    if (report.has_errors()) return "";
    const std::size_t count = compiled.reasons.size();
    return count > 0 ? fmt::format("  portable: no ({} reason{})", count, count > 1 ? "s" : "") : "";
}

}  // namespace

ExitCode check_command(const CheckArguments& arguments, const Terminal& terminal) {
    bool has_errors = false;
    auto reports = nlohmann::ordered_json::array();
    for (const std::string& file : arguments.files) {
        const auto text = text_of_file(file);
        if (!text) return terminal.refuse(text.error(), ExitCode::bad_input);
        CheckReport report = check_script(file, *text, {&api_names(), false});
        const Compiled compiled = add_portability(report);
        has_errors = has_errors || report.has_errors() || (arguments.must_be_portable && compiled.program == nullptr);
        for (const Diagnostic& diagnostic : report.diagnostics) has_errors = has_errors || (arguments.is_strict && diagnostic.severity != Severity::note);
        if (terminal.wants_json) {
            auto json = nlohmann::ordered_json::parse(report.json().dump());
            json["portable"] = compiled.program != nullptr;
            reports.push_back(std::move(json));
            continue;
        }
        std::string out = report.text();
        out.pop_back();
        terminal.data(out + portable_text(report, compiled) + "\n");
        if (arguments.wants_listing && compiled.program != nullptr) terminal.data("\n" + listing(*compiled.program, report));
    }
    if (terminal.wants_json) terminal.data(nlohmann::ordered_json{{"schema", "rackrace.check/1"}, {"ok", !has_errors}, {"reports", reports}}.dump() + "\n");
    return has_errors ? ExitCode::answer_is_no : ExitCode::done;
}

ExitCode params_command(const ParamsArguments& arguments, const Terminal& terminal) {
    const auto text = text_of_file(arguments.file);
    if (!text) return terminal.refuse(text.error(), ExitCode::bad_input);
    const CheckReport report = check_script(arguments.file, *text, {&api_names(), false});
    if (report.has_errors()) {
        terminal.data(report.text());
        return ExitCode::answer_is_no;
    }
    auto json = nlohmann::ordered_json::array();
    std::string out;
    for (const Parameter& p : report.declaration.parameters) {
        const bool has_range = p.kind == ParameterKind::range || p.kind == ParameterKind::integer;
        const std::string range = has_range ? fmt::format("{} to {}", p.min, p.max) : fmt::format("{}", fmt::join(p.choices, ", "));
        out += fmt::format("  {:<16} {:<8} {:<18} default {:<8} {}{}{}\n", p.name, parameter_kind_text(p.kind), range, constant_text(p.default_value), p.doc,
                           p.unit.empty() ? "" : "  ", p.unit);
        json.push_back({{"name", p.name}, {"kind", parameter_kind_text(p.kind)}, {"range", range}, {"default", constant_text(p.default_value)}, {"doc", p.doc}});
    }
    if (terminal.wants_json) terminal.data(nlohmann::ordered_json{{"schema", "rackrace.params/1"}, {"params", json}}.dump() + "\n");
    else terminal.data(report.declaration.parameters.empty() ? "  no parameters\n" : out);
    return ExitCode::done;
}

ExitCode explain_command(const ExplainArguments& arguments, const Terminal& terminal) {
    const CodeEntry* entry = find_code(arguments.code);
    if (entry == nullptr) {
        std::vector<std::string> known;
        for (const CodeEntry& one : all_codes()) known.emplace_back(one.code);
        const std::string near = nearest_word(arguments.code, known);
        return terminal.refuse(Refusal{arguments.code, 0, 0, "is no code of the checker", near.empty() ? "codes look like B101" : "did you mean '" + near + "'?"},
                               ExitCode::wrong_usage);
    }
    if (terminal.wants_json) terminal.data(nlohmann::ordered_json{{"schema", "rackrace.explain/1"}, {"code", entry->code}, {"text", explain(*entry)}}.dump() + "\n");
    else terminal.data(explain(*entry));
    return ExitCode::done;
}

}  // namespace rackrace
