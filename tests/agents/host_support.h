// What the host's tests share: a small market whose firms are played by short scripts.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "agents/host/lua_deciders.h"
#include "tests/engine/small_market.h"

namespace rackrace::host_test {

/// A whole script of a role with this body of decide; its first line is line 4.
std::string script_of(Role role, const std::string& body);

/// A whole script with these further keys; the first is on line 4.
std::string script_with(Role role, const std::string& keys);

/// Reads tests/agents/hostile/<name>.lua.
std::string hostile(const std::string& name);

class ScriptedMarket {
public:
    ScriptedMarket();

    /// Unchecked scripts, so that the sandbox is what stops them.
    void seat(int firm, const std::string& text, const std::string& name = "script.lua");
    void baseline(Role role, const std::string& text);
    void set(int firm, const std::string& parameter, const std::string& value);

    /// Loads what was seated. returns the refusals, "" for none
    std::string start();

    /// Plays a stage into `orders`; a new quarter's orders begin empty.
    void decide();
    void operate();
    void close();
    void next_quarter() { ++market.world->t; }

    const Desk& desk(int firm) const { return deciders->desks()[firm]; }
    /// Codes of the results so far, "" for filled ones.
    std::vector<std::string> codes(int firm) const;
    /// Values of the traces of the last decision.
    std::vector<double> traces(int firm) const;
    /// Text of the only failure; "" for none.
    std::string failure() const;

    SmallMarket market;
    EngineChoice engine = EngineChoice::lua;
    std::unique_ptr<LuaDeciders> deciders;
    std::vector<Orders> orders;

private:
    LoadedScenario loaded_{};
    std::vector<std::shared_ptr<const Strategy>> strategies_, baselines_;
};

/// Runs one call at a firm of SmallMarket in decide. returns its codes, or the text of the error
std::string answer_of(ScriptedMarket& market, int firm, const std::string& call);

}  // namespace rackrace::host_test
