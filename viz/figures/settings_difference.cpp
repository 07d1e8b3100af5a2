#include "viz/figures/settings_difference.h"

#include <fmt/format.h>

#include <fstream>
#include <set>

#include "viz/figures/figure_model.h"

namespace rackrace {
namespace {

using Settings = std::map<std::string, std::string>;

/// A value without the remark behind it and without quotes.
std::string value_of(const std::string& text) {
    if (text.starts_with('"')) return text.substr(1, text.find('"', 1) - 1);
    std::string value = text.substr(0, text.find(" #"));
    value.erase(value.find_last_not_of(" \t\r") + 1);
    return value;
}

Settings parameters_of(const ReplayStore& store) {
    Settings out;
    const Columns& params = store.table("params");
    for (std::size_t row = 0; row < params.rows(); ++row) {
        const double i = params.number(row, "i");
        out["parameters." + params.text(row, "name") + (i > 0.0 ? fmt::format(" {:.0f}", i) : "")] = short_number(params.number(row, "value"));
    }
    return out;
}

}  // namespace

std::map<std::string, std::string> settings_of_file(const std::filesystem::path& file) {
    Settings out;
    std::map<std::string, int> of_list;  // tables of a list so far
    std::string head, list, table;       // "rules.", "handovers", "handovers 1"
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("[[")) {
            list = line.substr(2, line.find(']') - 2);
            table = fmt::format("{} {}", list, ++of_list[list]);
            head = "";
        } else if (line.starts_with('[')) {
            const std::string name = line.substr(1, line.find(']') - 1);
            if (list.empty() || !name.starts_with(list + ".")) table = list = "";
            head = (table.empty() ? name : name.substr(list.size() + 1)) + ".";
        } else if (const std::size_t is = line.find(" = "); is != std::string::npos && !line.starts_with('#')) {
            const std::string key = head + line.substr(0, is), value = value_of(line.substr(is + 3));
            if (table.empty()) out[key] = value;
            else out[table] += (out[table].empty() ? "" : ", ") + key + " " + value;
        }
    }
    out.erase("name");  // told as the scenario
    out.erase("about");
    return out;
}

std::vector<std::string> settings_difference(const ReplayStore& first, const ReplayStore& second) {
    std::vector<std::string> out;
    if (first.run().scenario != second.run().scenario) out.push_back("scenario " + first.run().scenario + " -> " + second.run().scenario);
    if (first.run().seed != second.run().seed) out.push_back(fmt::format("seed {} -> {}", first.run().seed, second.run().seed));
    Settings before = settings_of_file(first.folder() / "scenario.toml"), now = settings_of_file(second.folder() / "scenario.toml");
    if (before.empty() || now.empty()) before = parameters_of(first), now = parameters_of(second);
    std::set<std::string> keys;
    for (const Settings* settings : {&before, &now})
        for (const auto& [key, value] : *settings) keys.insert(key);
    const auto text = [](const Settings& settings, const std::string& key) {
        const auto at = settings.find(key);
        return at == settings.end() ? std::string("none") : at->second;
    };
    for (const std::string& key : keys)
        if (text(before, key) != text(now, key)) out.push_back(key + ": " + text(before, key) + " -> " + text(now, key));
    return out;
}

}  // namespace rackrace
