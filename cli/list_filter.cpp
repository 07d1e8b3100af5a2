#include "cli/list_filter.h"

#include <algorithm>
#include <charconv>

#include "agents/checker/nearest_name.h"

namespace rackrace {
namespace {

using Json = nlohmann::ordered_json;

struct ListField {
    const char* name;
    bool is_number;
};
constexpr ListField kFields[] = {{"name", false}, {"scenario", false}, {"seed", true},   {"status", false},      {"quarters", true}, {"hash", false},
                                 {"runs", true},  {"budget", true},    {"finished", true}, {"shard", false}, {"inputs_hash", false}, {"path", false}};

const ListField* find_field(const std::string& name) {
    const auto field = std::find_if(std::begin(kFields), std::end(kFields), [&](const ListField& one) { return name == one.name; });
    return field == std::end(kFields) ? nullptr : &*field;
}

/// Those that `ls` prints; a batch that cannot be read says why.
bool is_status(const std::string& word) {
    return word == "ok" || word == "fault" || word == "complete" || word == "open" || word.starts_with("cannot be read");
}

Refusal unknown_field(const std::string& option, const std::string& name) {
    std::vector<std::string> known;
    std::string list;
    for (const ListField& field : kFields) {
        known.emplace_back(field.name);
        list += (list.empty() ? "" : ", ") + known.back();
    }
    const std::string near = nearest_name(name, known);
    return {option, 0, 0, "no field is called '" + name + "'", (near.empty() ? "" : "did you mean '" + near + "'? ") + "known are " + list};
}

Result<ListCondition> parse_condition(const std::string& part) {
    const std::size_t at = part.find_first_of("=!<>");
    const bool is_unequal = at != std::string::npos && part.compare(at, 2, "!=") == 0;
    if (at == std::string::npos || at == 0 || (part[at] == '!' && !is_unequal))
        return Refusal{"--where", 0, 0, "'" + part + "' is no condition", "write key=value, key!=value, key<number or key>number, joined by commas"};
    const std::string value = part.substr(at + (is_unequal ? 2 : 1));
    ListCondition out{part.substr(0, at), Comparison::equal, value, 0};
    if (is_unequal) out.comparison = Comparison::unequal;
    else if (part[at] == '<') out.comparison = Comparison::below;
    else if (part[at] == '>') out.comparison = Comparison::above;
    const ListField* field = find_field(out.key);
    if (field == nullptr) return unknown_field("--where", out.key);
    const bool is_size = out.comparison == Comparison::below || out.comparison == Comparison::above;
    if (!field->is_number && is_size)
        return Refusal{"--where", 0, 0, "'" + part + "' compares sizes, and " + out.key + " is text", "ask for = or !="};
    if (out.key == "status" && !is_status(value))
        return Refusal{"--where", 0, 0, "no status is called '" + value + "'", "runs are ok or fault, batches and searches complete or open"};
    if (!field->is_number) return out;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), out.number);
    if (error != std::errc{} || end != value.data() + value.size())
        return Refusal{"--where", 0, 0, out.key + " is compared with '" + value + "'", "give a whole number from 0"};
    return out;
}

bool fulfils_one(const ListCondition& one, const Json& line) {
    const auto found = line.find(one.key);
    if (found == line.end()) return false;
    if (found->is_string()) return (found->get_ref<const std::string&>() == one.text) == (one.comparison == Comparison::equal);
    const auto number = found->get<std::uint64_t>();
    switch (one.comparison) {
        case Comparison::equal: return number == one.number;
        case Comparison::unequal: return number != one.number;
        case Comparison::below: return number < one.number;
        case Comparison::above: return number > one.number;
    }
    return false;
}

}  // namespace

Result<std::vector<ListCondition>> parse_conditions(const std::string& where) {
    std::vector<ListCondition> out;
    for (std::size_t from = 0; !where.empty() && from <= where.size();) {
        const std::size_t comma = std::min(where.find(',', from), where.size());
        const auto one = parse_condition(where.substr(from, comma - from));
        if (!one) return one.error();
        out.push_back(*one);
        from = comma + 1;
    }
    return out;
}

Result<ListOrder> parse_order(const std::string& sort) {
    const bool is_falling = sort.starts_with("-");
    const std::string key = sort.substr(is_falling ? 1 : 0);
    if (!sort.empty() && find_field(key) == nullptr) return unknown_field("--sort", key);
    return ListOrder{key, is_falling};
}

bool fulfils(const std::vector<ListCondition>& conditions, const Json& line) {
    return std::all_of(conditions.begin(), conditions.end(), [&](const ListCondition& one) { return fulfils_one(one, line); });
}

bool goes_before(const ListOrder& order, const Json& a, const Json& b) {
    const auto first = a.find(order.key), second = b.find(order.key);
    if (first == a.end() || second == b.end()) return first != a.end() && second == b.end();
    return order.is_falling ? *second < *first : *first < *second;
}

}  // namespace rackrace
