#include "tests/agents/core_support.h"

#include <cstring>

namespace rackrace::host_test {

Played play_script(int firm, const std::string& text, EngineChoice engine, int quarters, std::shared_ptr<const Program> program) {
    ScriptedMarket market;
    market.engine = engine;
    market.seat(firm, text);
    if (program != nullptr) market.replace_program(firm, std::move(program));
    Played played;
    if (const std::string refused = market.start(); !refused.empty()) {
        played.failures = refused;
        return played;
    }
    for (int q = 0; q < quarters; ++q) {
        if (q > 0) market.next_quarter();
        market.decide();
        market.operate();
    }
    const Orders& orders = market.orders[static_cast<std::size_t>(firm)];
    played.orders.resize(sizeof orders);
    std::memcpy(played.orders.data(), &orders, sizeof orders);
    played.desk = market.desk(firm);
    for (const ScriptFailure& failure : market.deciders->failures()) {
        played.failures += failure.error.text() + "\n";
        played.failed_lines.push_back(failure.error.line);
    }
    return played;
}

std::string difference(const Played& lua, const Played& core) {
    if (lua.failed_lines != core.failed_lines) return "lua failed: " + lua.failures + "core failed: " + core.failures;
    if (lua.orders != core.orders) return "the orders differ";
    for (int i = 0; i < kDeskMemory; ++i)
        if (std::memcmp(&lua.desk.memory[i], &core.desk.memory[i], sizeof(double)) != 0)
            return "memory " + std::to_string(i) + ": " + std::to_string(lua.desk.memory[i]) + " by Lua, " + std::to_string(core.desk.memory[i]) + " compiled";
    for (int i = 0; i < lua.desk.trace_count; ++i)
        if (std::memcmp(&lua.desk.trace_value[i], &core.desk.trace_value[i], sizeof(double)) != 0)
            return "trace " + std::to_string(i) + ": " + std::to_string(lua.desk.trace_value[i]) + " by Lua, " + std::to_string(core.desk.trace_value[i]) + " compiled";
    if (std::memcmp(&lua.desk, &core.desk, sizeof(Desk)) != 0) return "the desks differ";
    return "";
}

std::string reasons(const std::string& text) {
    const auto strategy = unchecked_strategy("script.lua", text);
    std::string out;
    for (const Diagnostic& reason : strategy->portability.reasons) out += (out.empty() ? "" : " ") + std::string(reason.code);
    if (out.empty() && !strategy->is_portable())
        for (const Diagnostic& defect : strategy->report.diagnostics) out += (out.empty() ? "" : " ") + std::string(defect.code);
    return out;
}

std::string twin(Role role, const std::string& decide, const std::string& keys) {
    const std::string text = script_with(role, keys + "decide = function(obs, act, p, mem, rng)\n" + decide + "\n  end,");
    if (const std::string kept_off = reasons(text); !kept_off.empty()) return "not portable: " + kept_off;
    const int firm = static_cast<int>(role);  // of SmallMarket: a firm a role, in that order
    return difference(play_script(firm, text, EngineChoice::lua), play_script(firm, text, EngineChoice::core));
}

}  // namespace rackrace::host_test
