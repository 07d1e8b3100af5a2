// The cases kept beside a strategy: a Lua file that requires rackrace.test and says in which runs to look, what the script is told there in place of
// the truth, which verbs it must or must not call, and what must hold of what it sees and orders. It runs in a sandbox of its own.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agents/host/lua_deciders.h"
#include "agents/host/lua_vm.h"
#include "agents/host/observation.h"

namespace rackrace {

/// A number of obs that a case sets: where it stands in MarketView or FirmView. A place inside lists is there while they are long enough.
struct ObservationOverride {
    struct Place {
        std::ptrdiff_t count_offset;  // of the list's length in the struct; below 0: always whole
        int index;                    // from 0
    };
    std::string path;                 // as "market.products[2].list_usd_chip"
    bool is_of_market = false;
    std::size_t offset = 0;
    Storage storage = Storage::f64;
    std::vector<Place> places;
    double value = 0.0;
};

/// Sets the number in the views; false where a list is too short.
bool apply_override(const ObservationOverride& one, MarketView& market, FirmView& view);

struct ScriptCase {
    std::string name;
    int line = 0;
    std::string scenario = "small";
    std::string firm;                           // empty: the first of the script's role
    std::string at;                             // the only quarter looked at, as 2027Q1; empty: all
    int seeds = 1;                              // 1, 2, ...
    std::map<std::string, std::string> params;  // of the script
    std::vector<ObservationOverride> overrides;
    std::vector<Verb> expects, never;           // accepted in each quarter looked at; called in none
    bool has_property = false;
    std::string golden;                         // JSON file, from the cases' folder, that holds the orders placed; empty: a case of t.case
};

class ScriptCases {
public:
    /// Runs the file once. Refused: what fails there, and cases that say what cannot be.
    static Result<std::unique_ptr<ScriptCases>> load(const std::filesystem::path& file);

    const std::vector<ScriptCase>& cases() const { return cases_; }

    /// Asks the property of a case about a turn: obs, and the orders that the script placed in it. nullopt: it holds.
    std::optional<ScriptError> judge(std::size_t one, const Scenario& scenario, const Turn& turn, const ShownResults& shown, const DecisionLog& log);

private:
    ScriptCases() = default;
    std::optional<ScriptError> run_file(const std::string& name, const std::string& text);
    Refusals take_cases(const std::string& name);
    static int require(lua_State* state);

    LuaVm vm_;
    ScriptContext context_;
    std::vector<ScriptCase> cases_;
};

}  // namespace rackrace
