#include "tests/agents/core_support.h"

#include <cstring>

#include "engine/scenario/load_scenario.h"
#include "tests/engine/scenario_data.h"

namespace rackrace::host_test {
namespace {

const LoadedScenario& base() {
    static const LoadedScenario loaded = load_scenario({"base-2026", test::kData, {}, ""}).value();
    return loaded;
}

/// The first firm of a role.
std::size_t firm_of(Role role) {
    for (int f = 0; f < base().scenario.firm_count; ++f)
        if (base().scenario.firms[f].role == role) return static_cast<std::size_t>(f);
    return 0;
}

/// Keeps a firm's orders at every close.
class OrdersListener : public QuarterListener {
public:
    OrdersListener(std::size_t firm, std::vector<unsigned char>& orders) : firm_(firm), orders_(orders) {}
    void on_opening(const Scenario&, const World&) override {}
    void on_close(const ClosedQuarter& closed) override {
        const auto* bytes = reinterpret_cast<const unsigned char*>(&closed.orders[firm_]);
        orders_.insert(orders_.end(), bytes, bytes + sizeof(Orders));
    }

private:
    std::size_t firm_;
    std::vector<unsigned char>& orders_;
};

}  // namespace

Played play_script(Role role, const std::string& text, EngineChoice engine, int quarters, std::shared_ptr<const Program> program) {
    static LoadedScenario loaded = base();
    loaded.scenario.end_t = base().scenario.start_t + quarters - 1;
    const std::size_t firm = firm_of(role);
    std::vector<std::shared_ptr<const Strategy>> strategies(static_cast<std::size_t>(loaded.scenario.firm_count)), baselines(kRoles);
    const auto strategy = unchecked_strategy("script.lua", text);
    if (program != nullptr) strategy->portability.program = std::move(program);
    strategies[firm] = strategy;
    Played played;
    auto deciders = LuaDeciders::start(loaded, strategies, baselines, engine);
    if (!deciders) {
        played.failures = deciders.error().text();
        played.failed_lines = {-1};
        return played;
    }
    auto world = std::make_unique<World>(loaded.opening);
    OrdersListener listener(firm, played.orders);
    play_run(loaded.scenario, *world, 3, deciders->get(), &listener);
    played.desk = (*deciders)->desks()[firm];
    for (const ScriptFailure& failure : (*deciders)->failures()) {
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
    return difference(play_script(role, text, EngineChoice::lua), play_script(role, text, EngineChoice::core));
}

}  // namespace rackrace::host_test
