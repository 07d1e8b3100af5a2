// What the functions of a script's VM work on while a callback runs. Plain data at fixed addresses, owned by the FirmScript.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "agents/host/lua_vm.h"
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

/// What `init` is told.
struct InfoView {
    std::int32_t id;
    std::int32_t role;
    std::int32_t products_count;
    std::int32_t regions_count;
    double horizon_q;
    std::int32_t products[kMaxProducts];
    std::int32_t regions[kMaxRegions];
};
template <> struct Schema<InfoView> {
    static constexpr auto rows = fields(field<&InfoView::id>(Unit::firm_id, kAllRoles, Moment::fixed, "this firm"),
                                        field<&InfoView::role>(Unit::role_name, kAllRoles, Moment::fixed, "hyperscaler, neocloud, lab or supplier"),
                                        field<&InfoView::products_count>(Unit::count, kAllRoles, Moment::fixed, "length of products"),
                                        field<&InfoView::regions_count>(Unit::count, kAllRoles, Moment::fixed, "length of regions"),
                                        field<&InfoView::horizon_q>(Unit::q, kAllRoles, Moment::fixed, "quarters of the run"),
                                        field<&InfoView::products>(Unit::product_id, kAllRoles, Moment::fixed, "all products, in id order"),
                                        field<&InfoView::regions>(Unit::region_id, kAllRoles, Moment::fixed, "all regions, in id order"));
};
static_assert(covered_bytes(Schema<InfoView>::rows) == sizeof(InfoView));

/// The results that a callback is shown.
struct ShownResults {
    DeskResult results[kDeskResults];
    std::int32_t results_count;
};
template <> struct Schema<ShownResults> {
    static constexpr auto rows =
        fields(field<&ShownResults::results>(Unit::none, kAllRoles, Moment::last_quarter, "own actions resolved since the callback before, the oldest first"),
               field<&ShownResults::results_count>(Unit::count, kAllRoles, Moment::last_quarter, "length of results"));
};

/// Draws of one stream in one decision.
struct StreamDraws {
    std::uint64_t key;
    std::uint64_t count;
};
inline constexpr int kMaxStreams = 64;

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

    /// Where none is named: the strategy's own file.
    int script_of(std::string_view name) const {
        for (const auto& [known, script] : scripts)
            if (known == name) return script;
        return scripts.front().second;
    }
};

inline ScriptContext& context_of(lua_State* state) { return *static_cast<ScriptContext*>(LuaVm::of(state).context); }

}  // namespace rackrace
