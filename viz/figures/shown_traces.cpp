#include "viz/figures/shown_traces.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "engine/base/quarter_index.h"
#include "viz/figures/figure_parts.h"

namespace rackrace {
namespace {

constexpr std::string_view kAddressLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.";

std::string callback_of(const Columns& rows, std::size_t row) { return rows.text(row, "stage") == "A" ? "decide" : "operate"; }

/// The one file that a callback's orders of the firm come from, by quarter and callback; empty where there are several.
std::map<std::pair<int, std::string>, std::string> scripts_of(const ReplayStore& store, const std::string& firm) {
    const Columns& orders = store.table("orders");
    std::map<std::pair<int, std::string>, std::string> out;
    for (std::size_t row = 0; row < orders.rows(); ++row) {
        if (orders.text(row, "firm") != firm || orders.text(row, "author") != "script") continue;
        const std::string& script = orders.text(row, "script");
        const auto [at, is_new] = out.try_emplace({orders.quarter(row), callback_of(orders, row)}, script);
        if (!is_new && at->second != script) at->second.clear();
    }
    return out;
}

}  // namespace

std::vector<ShownTrace> shown_traces(const ReplayStore& store, const std::string& firm) {
    const Columns& rows = store.table("traces");
    const auto scripts = scripts_of(store, firm);
    std::vector<ShownTrace> out;
    for (std::size_t row = 0; row < rows.rows(); ++row) {
        if (rows.text(row, "firm") != firm) continue;
        ShownTrace one{rows.quarter(row), rows.text(row, "name"), callback_of(rows, row), rows.number(row, "value"), rows.text(row, "kind") == "mark", ""};
        const auto script = scripts.find({one.t, one.callback});
        one.place = fmt::format("from {}, line {:.0f}{}", one.callback, rows.number(row, "line"), script == scripts.end() || script->second.empty() ? "" : " (its orders: " + script->second + ")");
        out.push_back(std::move(one));
    }
    return out;
}

std::vector<std::string> names_of(const std::vector<ShownTrace>& shown) {
    std::vector<std::string> names;
    for (const ShownTrace& one : shown)
        if (std::find(names.begin(), names.end(), one.name) == names.end()) names.push_back(one.name);
    return names;
}

std::string trace_path(const std::string& firm, const std::string& name) {
    return "firm=" + firm + (name.find_first_not_of(kAddressLetters) == std::string::npos ? "&trace=" + name : "");
}

std::string trace_text(const std::string& firm, const ShownTrace& one, double before) {
    return one.is_mark ? fmt::format("mark {} of {} in {}", one.name, firm, quarter_name(one.t)) : course_text(one.name + " of " + firm, "", one.t, one.value, before);
}

}  // namespace rackrace
