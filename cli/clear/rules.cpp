// The table of rules, in the order of `rackrace clear --list`, and what runs one of them.
#include <algorithm>
#include <set>

#include "cli/clear/rule.h"
#include "engine/base/hash.h"
#include "engine/scenario/csv.h"

namespace rackrace::clear {
namespace {

std::string lower(std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

}  // namespace

const std::vector<Rule>& all_rules() {
    static const std::vector<Rule> all = [] {
        std::vector<Rule> out;
        for (const auto& some : {chip_rules(), sharing_rules(), power_rules(), spot_rules(), contract_rules(), money_rules()})
            out.insert(out.end(), some.begin(), some.end());
        return out;
    }();
    return all;
}

const Rule* find_rule(const std::string& name) {
    const auto at = std::find_if(all_rules().begin(), all_rules().end(), [&](const Rule& rule) { return rule.name == name; });
    return at == all_rules().end() ? nullptr : &*at;
}

std::string nearest_rule(const std::string& name) {
    std::vector<std::string> words;
    for (const Rule& rule : all_rules()) words.push_back(lower(rule.name));
    for (const Rule& rule : all_rules()) words.push_back(lower(rule.name.substr(rule.name.find('.') + 1)));
    const std::string near = nearest_word(lower(name), words);
    const auto at = std::find(words.begin(), words.end(), near) - words.begin();
    return near.empty() ? "" : all_rules()[static_cast<std::size_t>(at) % all_rules().size()].name;
}

Result<Json> clear_case(const Rule& rule, const Parameters& p, const Json& in) {
    Refusals wrong;
    check_value(rule.reads, in, "", wrong);
    if (wrong.empty()) rule.check(p, in, wrong);
    if (!wrong.empty()) return wrong;
    return rule.run(p, in);
}

std::uint64_t tie_of_name(const std::string& name) { return hash64(name_hash(name.data(), name.size())); }
std::uint64_t tie_of_place(std::size_t place) { return hash64(place); }

void need_same_names(const Json& in, const char* field, const char* other, const std::string& path, Refusals& wrong) {
    for (const auto& [name, entry] : in.at(field).items())
        if (!in.at(other).contains(name)) wrong.add({inside(inside(path, other), name), 0, 0, "is missing", "it is in " + inside(path, field)});
    for (const auto& [name, entry] : in.at(other).items())
        if (!in.at(field).contains(name)) wrong.add({inside(inside(path, other), name), 0, 0, "is not in " + inside(path, field), "check the name"});
}

void need_distinct(const std::vector<std::string>& names, const std::string& path, Refusals& wrong) {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < names.size(); ++i)
        if (!seen.insert(names[i]).second) wrong.add({inside(path, i), 0, 0, "repeats the id " + Json(names[i]).dump(), "give each its own"});
}

void need_same_length(const Json& in, const char* field, const char* other, Refusals& wrong) {
    if (in.at(field).size() == in.at(other).size()) return;
    wrong.add(
        {other, 0, 0, has_entries(in[other].size()), std::string("give one for each of the ") + std::to_string(in[field].size()) + " in " + field});
}

void need_total(std::int64_t total, std::int64_t most, const std::string& path, Refusals& wrong) {
    if (total > most) wrong.add({path, 0, 0, "adds up to " + std::to_string(total), "keep the sum at or under " + std::to_string(most)});
}

}  // namespace rackrace::clear
