#include "tests/agents/host_support.h"

#include <fstream>
#include <sstream>

namespace rackrace::host_test {

std::string script_with(Role role, const std::string& keys) {
    return "local race = require \"rackrace\"\nreturn race." + std::string(role_text(role)) + " {\n  api = \"1.0\", name = \"Test\",\n" + keys + "\n}\n";
}

std::string script_of(Role role, const std::string& body) { return script_with(role, "decide = function(obs, act, p, mem, rng) " + body + "\n  end,"); }

std::string hostile(const std::string& name) {
    std::ifstream in(std::string(RACKRACE_SOURCE_DIR) + "/tests/agents/hostile/" + name + ".lua", std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

ScriptedMarket::ScriptedMarket() : orders(kMaxFirms), strategies_(4), baselines_(kRoles) {
    market.scenario->products[kInHouse].buyer_mask = 1u << kHyper | 1u << kLab;
    loaded_.names.firms = {"hyper", "neo", "lab", "vendor"};
}

void ScriptedMarket::seat(int firm, const std::string& text, const std::string& name) { strategies_[static_cast<std::size_t>(firm)] = unchecked_strategy(name, text); }
void ScriptedMarket::baseline(Role role, const std::string& text) { baselines_[static_cast<std::size_t>(role)] = unchecked_strategy("baseline.lua", text); }
void ScriptedMarket::set(int firm, const std::string& parameter, const std::string& value) {
    loaded_.strategies[loaded_.names.firms[static_cast<std::size_t>(firm)]].params[parameter] = value;
}

std::string ScriptedMarket::start() {
    loaded_.scenario = *market.scenario;
    auto started = LuaDeciders::start(loaded_, strategies_, baselines_, engine);
    if (!started) return started.error().text();
    deciders = std::move(*started);
    return "";
}

void ScriptedMarket::decide() {
    orders.assign(kMaxFirms, Orders{});
    deciders->decide(*market.scenario, *market.world, orders.data());
}
void ScriptedMarket::operate() { deciders->operate(*market.scenario, *market.world, orders.data()); }
void ScriptedMarket::close() { deciders->close(*market.scenario, *market.world, orders.data()); }

std::vector<std::string> ScriptedMarket::codes(int firm) const {
    std::vector<std::string> out;
    for (int i = 0; i < desk(firm).result_count; ++i) out.emplace_back(row_of(desk(firm).results[i % kDeskResults].code).id);
    return out;
}

std::vector<double> ScriptedMarket::traces(int firm) const { return {desk(firm).trace_value, desk(firm).trace_value + desk(firm).trace_count}; }

std::string ScriptedMarket::failure() const {
    std::string out;
    for (const ScriptFailure& failure : deciders->failures()) out += (out.empty() ? "" : "\n") + failure.error.text();
    return out;
}

std::string answer_of(ScriptedMarket& market, int firm, const std::string& call) {
    market.seat(firm, script_of(market.market.scenario->firms[firm].role, "act." + call));
    if (const std::string refused = market.start(); !refused.empty()) return refused;
    market.decide();
    if (const std::string failed = market.failure(); !failed.empty()) return failed;
    std::string out;
    for (const std::string& code : market.codes(firm)) out += (out.empty() ? "" : " ") + code;
    return out;
}

}  // namespace rackrace::host_test
