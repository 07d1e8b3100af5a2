// What the functions of a script's VM work on while a callback runs. Plain data at fixed addresses, owned by the FirmScript.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "agents/helpers.h"
#include "agents/host/lua_vm.h"
#include "agents/script_views.h"
#include "engine/quarter/decision_log.h"
#include "engine/quarter/desk.h"
#include "engine/quarter/orders.h"
#include "engine/quarter/view_firm.h"
#include "engine/quarter/view_market.h"
#include "engine/scenario/scenario.h"
#include "engine/world/world.h"

namespace rackrace {

/// The names of traces and marks of a run, numbered in the order in which they are first used.
class TraceNames {
public:
    std::int32_t id_of(std::string_view name);
    const std::vector<std::string>& all() const { return names_; }

private:
    std::vector<std::string> names_;
    std::map<std::string, std::int32_t, std::less<>> ids_;
};

/// Draws of one stream in one decision.
struct StreamDraws {
    std::uint64_t key;
    std::uint64_t count;
};
inline constexpr int kMaxStreams = 64;

/// What the callbacks of a script took of their budgets.
struct ScriptProfile {
    std::int64_t callbacks = 0;
    std::vector<std::int64_t> units;         // of a compiled script, by instruction of the program
    std::int64_t units_by_lua = 0;           // of an interpreted one, to the last look of each callback
    std::int64_t bytes = 0, most_bytes = 0;  // that an interpreted one asked for: all callbacks together, and the one that asked for most
};

struct DecisionTrace;
class LineRecorder;

struct ScriptContext {
    // of the firm, for good
    int firm = 0;
    Role role = Role::neocloud;
    Author author = Author::script;
    const MarketView* market = nullptr;
    const FirmView* view = nullptr;
    InfoView info{};
    ShownResults shown{};
    TraceNames* trace_names = nullptr;
    DecisionLog* log = nullptr;
    std::vector<std::pair<std::string, int>> scripts;  // number in the log of each of the strategy's files, by its name in messages; its own first
    ScriptProfile* profile = nullptr;   // where one is taken
    DecisionTrace* trace = nullptr;     // where one is taken; of interpreted scripts
    VerbMask levers = 0;                // whose calls are orders: the autopilot has only those that the script leaves out
    // of the callback
    bool is_running = false;            // a callback runs: there is a quarter to act in
    bool can_act = false;               // decide or operate
    Stage stage = Stage::a;
    const Scenario* scenario = nullptr;
    const World* world = nullptr;
    Desk* desk = nullptr;
    Orders* orders = nullptr;
    VerbMask used = 0;                  // verbs accepted
    StreamDraws streams[kMaxStreams]{};
    int stream_count = 0;
    Outlook outlook;                    // kept from callback to callback
    LineRecorder* recorder = nullptr;   // while lines are traced

    /// Where none is named: the strategy's own file.
    int script_of(std::string_view name) const {
        for (const auto& [known, script] : scripts)
            if (known == name) return script;
        return scripts.front().second;
    }
};

inline ScriptContext& context_of(lua_State* state) { return *static_cast<ScriptContext*>(LuaVm::of(state).context); }

}  // namespace rackrace
