#include "agents/checker/sarif.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "agents/checker/codes.h"

namespace rackrace {
namespace {

using Json = nlohmann::ordered_json;

/// A path as a URI reference: bytes that may not stand in one are written as %XX.
std::string uri_of(std::string_view file) {
    constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    constexpr char kDigits[] = "0123456789ABCDEF";
    std::string out = file.starts_with('/') ? "file://" : "";
    for (const char letter : file) {
        const auto byte = static_cast<unsigned char>(letter);
        if (kPlain.find(letter) != std::string_view::npos) out += letter;
        else out += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
    return out;
}

Json text_json(std::string_view text) { return {{"text", text}}; }

Json region_json(TextPosition begin, TextPosition end) {
    return {{"startLine", begin.line}, {"startColumn", begin.column}, {"endLine", end.line}, {"endColumn", end.column}};
}

Json region_json(TextRange range, const SourceText& source) { return region_json(source.position(range.begin), source.position(range.end)); }

Json location_json(const std::string& uri, Json region) { return {{"physicalLocation", {{"artifactLocation", {{"uri", uri}}}, {"region", std::move(region)}}}}; }

Json rule_json(const CodeEntry& entry) {
    Json rule{{"id", entry.code}, {"shortDescription", text_json(entry.title)}, {"fullDescription", text_json(entry.why.empty() ? entry.title : entry.why)}};
    rule["help"] = text_json(explain(entry));
    rule["defaultConfiguration"] = {{"level", severity_text(entry.severity)}};
    return rule;
}

std::string message_of(const Diagnostic& diagnostic) {
    std::string out = diagnostic.what;
    if (!diagnostic.label.empty()) out += " (" + diagnostic.label + ")";
    if (!diagnostic.why.empty()) out += "\nwhy: " + diagnostic.why;
    if (!diagnostic.fix.empty()) out += "\nfix: " + diagnostic.fix;
    if (!diagnostic.still_runs().empty()) out += "\nstill runs: " + std::string(diagnostic.still_runs());
    return out;
}

Json result_json(const Diagnostic& diagnostic, const SourceText& source, std::size_t rule) {
    const std::string uri = uri_of(diagnostic.place.file);
    Json result{{"ruleId", diagnostic.code}, {"ruleIndex", rule}, {"level", severity_text(diagnostic.severity)}, {"message", text_json(message_of(diagnostic))}};
    result["locations"] = Json::array({location_json(uri, region_json(diagnostic.place.begin, diagnostic.place.end))});
    for (const Mark& mark : diagnostic.marks) {
        Json place = location_json(uri, region_json(mark.range, source));
        place["message"] = text_json(mark.label);
        result["relatedLocations"].push_back(std::move(place));
    }
    if (!diagnostic.edits.empty()) {
        Json replacements = Json::array();
        for (const Edit& edit : diagnostic.edits) replacements.push_back({{"deletedRegion", region_json(edit.range, source)}, {"insertedContent", text_json(edit.text)}});
        Json change{{"artifactLocation", {{"uri", uri}}}, {"replacements", std::move(replacements)}};
        result["fixes"] = Json::array({Json{{"description", text_json("as rackrace check --fix does")}, {"artifactChanges", Json::array({std::move(change)})}}});
    }
    return result;
}

Json result_json(const Refusal& refusal) {
    Json place = location_json(uri_of(refusal.place), Json::object());
    if (refusal.line > 0) place["physicalLocation"]["region"] = {{"startLine", refusal.line}, {"startColumn", std::max(refusal.column, 1)}};
    else place["physicalLocation"].erase("region");
    return {{"level", "error"}, {"message", text_json(refusal.fact + (refusal.advice.empty() ? "" : "\nfix: " + refusal.advice))}, {"locations", Json::array({std::move(place)})}};
}

}  // namespace

std::string sarif_text(const std::vector<CheckReport>& reports, std::string_view program_version, const Refusals& refusals) {
    std::map<std::string_view, std::size_t> place_of_rule;
    for (const CheckReport& report : reports)
        for (const Diagnostic& diagnostic : report.diagnostics) place_of_rule[diagnostic.code] = 0;
    Json rules = Json::array(), results = Json::array(), notifications = Json::array();
    for (auto& [code, place] : place_of_rule) {
        place = rules.size();
        rules.push_back(rule_json(code_entry(code)));
    }
    for (const CheckReport& report : reports) {
        for (const Diagnostic& diagnostic : report.diagnostics) results.push_back(result_json(diagnostic, *report.source, place_of_rule.at(diagnostic.code)));
        if (report.dropped > 0) notifications.push_back({{"level", "note"}, {"message", text_json(report.source->name() + ": " + std::to_string(report.dropped) + " more; mend these first")}});
    }
    for (const Refusal& one : refusals.all) results.push_back(result_json(one));
    Json invocation{{"executionSuccessful", true}};
    if (!notifications.empty()) invocation["toolExecutionNotifications"] = std::move(notifications);
    Json run{{"tool", {{"driver", {{"name", "rackrace"}, {"version", program_version}, {"rules", std::move(rules)}}}}},
             {"columnKind", "unicodeCodePoints"},
             {"invocations", Json::array({std::move(invocation)})},
             {"results", std::move(results)}};
    const Json log{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}, {"runs", Json::array({std::move(run)})}};
    return log.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace rackrace
