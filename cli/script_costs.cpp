#include "cli/script_costs.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "agents/host/lua_vm.h"

namespace rackrace {
namespace {

constexpr std::size_t kProfileLines = 20;  // without --all

double mean(std::int64_t sum, std::int64_t callbacks) { return static_cast<double>(sum) / std::max<double>(1.0, static_cast<double>(callbacks)); }

/// A line of the script without what it is indented by.
std::string_view shown_line(const Strategy& strategy, int line) {
    const std::string_view text = strategy.report.source->line_text(line);
    return text.substr(std::min(text.size(), text.find_first_not_of(" \t")));
}

}  // namespace

std::int64_t ScriptCosts::units() const { return std::accumulate(played.units.begin(), played.units.end(), played.units_by_lua); }

double ScriptCosts::units_a_callback() const { return mean(units(), played.callbacks); }

double ScriptCosts::bytes_a_callback() const { return mean(by_lua.bytes, by_lua.callbacks); }

std::vector<LineCost> ScriptCosts::lines() const {
    std::map<int, std::int64_t> by_line;
    for (std::size_t pc = 0; pc < played.units.size(); ++pc)
        if (played.units[pc] > 0) by_line[strategy->portability.program->lines[pc]] += played.units[pc];
    std::vector<LineCost> out;
    for (const auto& [line, units] : by_line) out.push_back({line, units});
    std::stable_sort(out.begin(), out.end(), [](const LineCost& a, const LineCost& b) { return a.units > b.units; });
    return out;
}

std::string units_text(const ScriptCosts& costs) {
    const bool is_unseen = costs.units() == 0 && costs.played.callbacks > 0;
    return is_unseen ? fmt::format("<{}", LuaVm::kStep) : fmt::format("{:.0f}", costs.units_a_callback());
}

std::string budgets_text(const ScriptCosts& costs) {
    return fmt::format("{} {}, {} units of {} each in the mean\n  by Lua each asks for {:.0f} bytes in the mean, {} at most; {} may be alive at once\n", costs.played.callbacks,
                       costs.played.callbacks == 1 ? "callback" : "callbacks", units_text(costs), kCoreFuel, costs.bytes_a_callback(), costs.by_lua.most_bytes, LuaVm::kMemoryBytes);
}

std::string lines_text(const ScriptCosts& costs, bool shows_all) {
    const std::vector<LineCost> lines = costs.lines();
    const std::int64_t all = costs.units();
    const auto head = [&](std::int64_t units) { return fmt::format("{:6.1f}%  {:10.1f}", 100.0 * static_cast<double>(units) / static_cast<double>(all), mean(units, costs.played.callbacks)); };
    std::string out = "  share  a callback  line\n";
    std::int64_t shown = 0;
    for (std::size_t i = 0; i < lines.size() && (shows_all || i < kProfileLines); ++i) {
        shown += lines[i].units;
        out += fmt::format("{}  {:4}  {}\n", head(lines[i].units), lines[i].line, shown_line(*costs.strategy, lines[i].line));
    }
    if (shown < all) out += fmt::format("{}        {} more lines: --all\n", head(all - shown), lines.size() - kProfileLines);
    return out;
}

void add_costs(nlohmann::ordered_json& json, const ScriptCosts& costs) {
    json["callbacks"] = costs.played.callbacks;
    json["units"] = costs.units() == 0 && costs.played.callbacks > 0 ? nlohmann::ordered_json() : nlohmann::ordered_json(costs.units());
    json["budget"] = kCoreFuel;
    json["memory"] = {{"callbacks", costs.by_lua.callbacks}, {"bytes", costs.by_lua.bytes}, {"most_bytes", costs.by_lua.most_bytes}, {"budget_bytes", LuaVm::kMemoryBytes}};
    json["lines"] = nlohmann::ordered_json::array();
    for (const LineCost& line : costs.lines()) json["lines"].push_back({{"line", line.line}, {"units", line.units}});
}

}  // namespace rackrace
