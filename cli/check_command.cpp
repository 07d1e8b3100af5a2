// `rackrace check`, `params` and `explain`: what is known of scripts, scenarios, plans and codes before anything is played, for people and as JSON.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "agents/checker/codes.h"
#include "agents/checker/repair.h"
#include "agents/checker/sarif.h"
#include "agents/host/strategy.h"
#include "agents/reference/answers.h"
#include "cli/build_info.h"
#include "cli/commands.h"
#include "cli/toml_check.h"
#include "engine/scenario/csv.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;

Result<std::string> text_of_file(const std::string& file) {
    std::error_code error;
    if (fs::is_directory(file, error)) return Refusal{file, 0, 0, "is a folder", "name the files in it, such as " + (fs::path(file) / "*.lua").string()};  // a stream would read it as an empty file
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

/// One repair, as it is told: the range of the message and of its edits, before and after.
struct Repair {
    TextPosition at;
    std::string code, before, after;
};

struct Repaired {
    std::string text;
    std::vector<Repair> repairs;
};

Repair told(const Diagnostic& diagnostic, const SourceText& source) {
    TextRange all = diagnostic.range;
    for (const Edit& edit : diagnostic.edits) all = {std::min(all.begin, edit.range.begin), std::max(all.end, edit.range.end)};
    std::vector<Edit> within = diagnostic.edits;
    for (Edit& edit : within) edit.range = {edit.range.begin - all.begin, edit.range.end - all.begin};
    const std::string before(source.text(all));
    return {source.position(all.begin), std::string(diagnostic.code), in_quotes(before), in_quotes(with_edits(before, within))};
}

constexpr int kMostRounds = 50;  // one repair may uncover the next: a power within a power

/// All repairs that cannot be wrong, round by round; none of a text that is no Lua.
Repaired repaired(const std::string& file, const std::string& text) {
    Repaired made{text, {}};
    for (int round = 0; round < kMostRounds; ++round) {
        CheckReport report = check_script(file, made.text, {&api_names(), false});
        if (!report.is_lua) return {text, {}};
        add_portability(report);
        std::vector<Edit> edits;
        for (const Diagnostic& diagnostic : report.diagnostics) {
            if (diagnostic.edits.empty()) continue;
            edits.insert(edits.end(), diagnostic.edits.begin(), diagnostic.edits.end());
            made.repairs.push_back(told(diagnostic, *report.source));
        }
        if (edits.empty()) break;
        made.text = with_edits(made.text, std::move(edits));
    }
    return made;
}

std::string fixed_text(const std::string& file, const Repair& one) {
    return fmt::format("{}:{}:{}: fixed {}: {} -> {}\n", file, one.at.line, one.at.column, one.code, one.before, one.after);
}

/// Puts the text in the file's place, whole or not at all; empty, or why it could not.
std::string replace_file(const std::string& name, const std::string& text) {
    std::error_code error;
    const fs::path file = fs::canonical(name, error);  // a link stays a link
    if (error) return error.message();
    const fs::path partial = file.string() + ".partial";
    {
        std::ofstream out(partial, std::ios::binary);
        out << text;
        if (!out.flush()) error = std::make_error_code(std::errc::io_error);
    }
    if (!error) fs::permissions(partial, fs::status(file).permissions(), error);
    if (!error) fs::rename(partial, file, error);
    if (!error) return {};
    const std::string why = error.message();
    fs::remove(partial, error);
    return why;
}

/// What is known after the files so far.
struct Checked {
    bool has_errors = false;          // in scripts
    bool has_bad_input = false;       // in scenarios and plans
    bool has_refused_script = false;  // that a scenario or a plan names
    nlohmann::ordered_json json = nlohmann::ordered_json::array();
    std::vector<CheckReport> reports;  // for SARIF
    Refusals refusals;

    ExitCode code() const {
        return has_bad_input ? ExitCode::bad_input : has_refused_script ? ExitCode::script_refused : has_errors ? ExitCode::answer_is_no : ExitCode::done;
    }
};

/// returns `done` where the file was checked, whatever was found
ExitCode check_script_file(const std::string& file, const CheckArguments& arguments, const Terminal& terminal, Checked& checked) {
    auto text = text_of_file(file);
    if (!text) return terminal.refuse(text.error(), ExitCode::bad_input);
    std::vector<Repair> repairs;
    if (arguments.must_fix) {
        Repaired made = repaired(file, *text);
        const std::string why = made.repairs.empty() ? "" : replace_file(file, made.text);
        if (!why.empty()) return terminal.refuse(Refusal{file, 0, 0, "cannot be written: " + why, "nothing is changed in it"}, ExitCode::cannot_write);
        text = std::move(made.text);
        repairs = std::move(made.repairs);
    }
    CheckReport report = check_script(file, *text, {&api_names(), false});
    if (arguments.must_fix && !report.is_lua) terminal.note(file + ": has syntax errors; nothing is changed in it\n");
    const Compiled compiled = add_portability(report);
    checked.has_errors = checked.has_errors || report.has_errors() || (arguments.must_be_portable && compiled.program == nullptr);
    for (const Diagnostic& diagnostic : report.diagnostics) checked.has_errors = checked.has_errors || (arguments.is_strict && diagnostic.severity != Severity::note);
    if (terminal.wants_json) {
        auto json = nlohmann::ordered_json::parse(report.json().dump());
        json["portable"] = compiled.program != nullptr;
        if (arguments.must_fix) json["fixed"] = nlohmann::ordered_json::array();
        for (const Repair& one : repairs)
            json["fixed"].push_back({{"line", one.at.line}, {"column", one.at.column}, {"code", one.code}, {"before", one.before}, {"after", one.after}});
        checked.json.push_back(std::move(json));
        return ExitCode::done;
    }
    for (const Repair& one : repairs) (arguments.wants_sarif ? terminal.note(fixed_text(file, one)) : terminal.data(fixed_text(file, one)));
    if (arguments.wants_sarif) {
        checked.reports.push_back(std::move(report));
        return ExitCode::done;
    }
    std::string out = report.text();
    out.pop_back();
    terminal.data(out + portable_text(report, compiled) + "\n");
    if (arguments.wants_listing && compiled.program != nullptr) terminal.data("\n" + listing(*compiled.program, report));
    return ExitCode::done;
}

/// A refusal in the form of a script's message.
nlohmann::ordered_json message_json(const Refusal& one) {
    const nlohmann::ordered_json at{{"line", one.line}, {"column", one.column}}, none = nlohmann::ordered_json::array();
    return {{"file", one.place}, {"begin", at}, {"end", at}, {"code", ""}, {"severity", "error"}, {"what", one.fact}, {"why", ""}, {"fix", one.advice}, {"label", ""}, {"still_runs", ""}, {"marks", none}, {"edits", none}};
}

/// A scenario or a plan.
ExitCode check_data_file(const std::string& file, const CheckArguments& arguments, const Terminal& terminal, Checked& checked) {
    if (const auto text = text_of_file(file); !text) return terminal.refuse(text.error(), ExitCode::bad_input);
    TomlCheck found = check_toml(file);
    for (Refusal& one : found.refusals.all)
        if (one.place == fs::path(file).filename()) one.place = file;
    if (!found.refusals.empty()) (found.are_scripts ? checked.has_refused_script : checked.has_bad_input) = true;
    const std::size_t count = found.refusals.all.size();
    if (terminal.wants_json) {
        auto messages = nlohmann::ordered_json::array();
        for (const Refusal& one : found.refusals.all) messages.push_back(message_json(one));
        checked.json.push_back({{"dropped", 0}, {"files", 1}, {"messages", messages}, {"kind", found.kind}});
    } else if (arguments.wants_sarif) {
        checked.refusals.add(found.refusals);
    } else {
        const std::string told = count == 0 ? "no messages" : fmt::format("{} error{}", count, count > 1 ? "s" : "");
        terminal.data(found.refusals.text() + (count > 0 ? "\n" : "") + "1 file: " + told + ".  " + std::string(found.kind) + (found.about.empty() ? "" : ": " + found.about) + "\n");
    }
    return ExitCode::done;
}

}  // namespace

ExitCode check_command(const CheckArguments& arguments, const Terminal& terminal) {
    if (arguments.wants_sarif && terminal.wants_json) return terminal.refuse(Refusal{"--sarif", 0, 0, "does not go with --json", "ask for one of the two forms"}, ExitCode::wrong_usage);
    Checked checked;
    for (const std::string& file : arguments.files) {
        const ExitCode code = fs::path(file).extension() == ".toml" ? check_data_file(file, arguments, terminal, checked) : check_script_file(file, arguments, terminal, checked);
        if (code != ExitCode::done) return code;
    }
    if (terminal.wants_json) terminal.data(nlohmann::ordered_json{{"schema", "rackrace.check/1"}, {"ok", checked.code() == ExitCode::done}, {"reports", checked.json}}.dump() + "\n");
    if (arguments.wants_sarif) terminal.data(sarif_text(checked.reports, build_info().version, checked.refusals));
    return checked.code();
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
    const CodeEntry* const entry = find_code(arguments.code);
    const auto answer = find_answer(arguments.code);
    if (entry == nullptr && !answer) {
        std::vector<std::string> known;
        for (const CodeEntry& one : all_codes()) known.emplace_back(one.code);
        for (const std::string_view id : answer_ids()) known.emplace_back(id);
        const std::string near = nearest_word(arguments.code, known);
        return terminal.refuse(Refusal{arguments.code, 0, 0, "is no code of a message or of an answer", near.empty() ? "messages have codes like B101, answers to orders like R01" : "did you mean '" + near + "'?"},
                               ExitCode::wrong_usage);
    }
    const std::string text = entry != nullptr ? explain(*entry) : explain(*answer);
    if (!terminal.wants_json) {
        terminal.data(text);
        return ExitCode::done;
    }
    nlohmann::ordered_json json{{"schema", "rackrace.explain/1"}, {"code", entry != nullptr ? entry->code : row_of(*answer).id}};
    if (answer) json.update({{"name", row_of(*answer).name}, {"verbs", verbs_answered(*answer)}});
    json["text"] = text;
    terminal.data(json.dump() + "\n");
    return ExitCode::done;
}

}  // namespace rackrace
