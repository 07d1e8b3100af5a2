#include "cli/clear/rule_list.h"

#include <fmt/format.h>

namespace rackrace::clear {
namespace {

bool holds_parts(const Field& field) { return field.shape == Shape::row || field.shape == Shape::record; }

/// The innermost entry of lists and maps: the row or record whose parts want lines of their own.
const Field& entry_of(const Field& field) { return field.shape == Shape::list || field.shape == Shape::by_name ? entry_of(field.parts[0]) : field; }

void add_lines(const Field& field, std::size_t indent, std::string& out) {
    const std::string label = std::string(indent, ' ') + field.name + (field.is_optional ? "?" : "");
    const std::string facts = field.unit.empty() ? field.meaning : field.meaning.empty() ? field.unit : field.unit + ", " + field.meaning;
    out += fmt::format("{:<20} {:<38} {}\n", label, shape_text(field), facts);
    const Field& entry = entry_of(field);
    if (!holds_parts(entry)) return;
    for (const Field& part : entry.parts) add_lines(part, indent + 2, out);
}

Json field_json(const Field& field) {
    Json out = {{"field", field.name},
                {"shape", shape_text(field)},
                {"unit", field.unit.empty() ? Json() : Json(field.unit)},
                {"meaning", field.meaning},
                {"optional", field.is_optional}};
    const Field& entry = entry_of(field);
    const auto limit = [&](double x) { return entry.shape == Shape::whole ? Json(static_cast<std::int64_t>(x)) : Json(x); };
    if (entry.shape == Shape::whole || entry.shape == Shape::number) out["range"] = {limit(entry.low), limit(entry.high)};
    if (field.most > 0) out["most_entries"] = field.most;
    if (holds_parts(entry))
        for (const Field& part : entry.parts) out["parts"].push_back(field_json(part));
    return out;
}

}  // namespace

std::string list_text(const std::vector<Rule>& rules) {
    std::string out;
    for (const Rule& rule : rules) {
        out += fmt::format("{}{}\n  {}\n", out.empty() ? "" : "\n", rule.name, rule.meaning);
        for (const auto& [heading, fields] : {std::pair{"reads", &rule.reads}, std::pair{"prints", &rule.prints}}) {
            out += fmt::format("  {}\n", heading);
            for (const Field& field : fields->parts) add_lines(field, 4, out);
        }
    }
    return out + "\nA field marked ? may be left out, or null. Cases are counted from 0 in messages.\n";
}

Json list_json(const std::vector<Rule>& rules) {
    Json all = Json::array();
    for (const Rule& rule : rules) {
        Json one = {{"rule", rule.name}, {"meaning", rule.meaning}};
        for (const auto& [heading, fields] : {std::pair{"reads", &rule.reads}, std::pair{"prints", &rule.prints}})
            for (const Field& field : fields->parts) one[heading].push_back(field_json(field));
        all.push_back(one);
    }
    return {{"schema", "rackrace.clear/1"}, {"rules", all}};
}

}  // namespace rackrace::clear
