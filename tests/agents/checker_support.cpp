#include "tests/agents/checker_support.h"

#include <algorithm>
#include <fstream>
#include <lua.hpp>
#include <sstream>

#include "agents/host/strategy.h"

namespace rackrace::checker_test {
namespace {

std::vector<ApiArgument> arguments(std::initializer_list<std::string> names) {
    std::vector<ApiArgument> out;
    for (const std::string& name : names) {
        const bool is_optional = name.back() == '?';
        out.push_back({is_optional ? name.substr(0, name.size() - 1) : name, !is_optional, {}});
    }
    return out;
}

std::vector<ApiField> fields(RoleSet roles, std::string_view prefix, std::initializer_list<std::string_view> names) {
    std::vector<ApiField> out;
    for (const std::string_view name : names) out.push_back({std::string(prefix) + std::string(name), roles, {}});
    return out;
}

ApiNames make_sample() {
    const RoleSet owners{Role::hyperscaler, Role::neocloud, Role::lab};
    const RoleSet supplier{Role::supplier};
    ApiNames api;
    api.verbs = {
        {"offer_contract", owners, VerbStage::a, arguments({"mh", "min_usd_h", "tenor_q", "min_tenor_q?", "prepay_frac?"}), false},
        {"bid_contract", owners, VerbStage::a, arguments({"mh", "max_usd_h", "tenor_q"}), false},
        {"borrow", RoleSet::all(), VerbStage::a, arguments({"kind", "musd", "max_apr", "tenor_q"}), false},
        {"repay", RoleSet::all(), VerbStage::a, arguments({"loan", "musd"}), false},
        {"bid_power", owners, VerbStage::a, arguments({"region", "grid_mw", "max_usd_kw_q"}), false},
        {"bid_chips", owners, VerbStage::b, arguments({"product", "chips", "max_usd_chip"}), false},
        {"offer_spot", owners, VerbStage::b, arguments({"mh", "min_usd_h", "grade?"}), false},
        {"list_price", supplier, VerbStage::a, arguments({"product", "usd_chip"}), false},
        {"order_wafers", supplier, VerbStage::a, arguments({"product", "wafers"}), false},
        {"weigh_buyer", supplier, VerbStage::a, arguments({"buyer", "weight"}), false},
        {"cap_buyer", supplier, VerbStage::a, arguments({"frac"}), false},
        {"trace", RoleSet::all(), VerbStage::either, arguments({"name", "value"}), true},
        {"mark", RoleSet::all(), VerbStage::either, arguments({"name"}), true},
    };
    const auto add = [&](std::vector<ApiField> more) { api.fields.insert(api.fields.end(), more.begin(), more.end()); };
    add(fields(RoleSet::all(), "me.", {"id", "cash_musd", "debt_musd", "rating"}));
    add(fields(owners, "me.", {"capacity_mh", "contracted_mh", "rented_mh", "arriving_mh", "unit_cost_usd_h", "cash_cost_usd_h", "power_coming_mw[]", "sites[].shell_mw"}));
    add(fields({Role::hyperscaler, Role::lab}, "me.", {"demand_mh"}));
    add(fields(supplier, "me.lines[].", {"product", "price_usd_chip", "unit_cost_usd_chip", "available_chips", "ordered_chips", "wafer_run_rate"}));
    add(fields(RoleSet::all(), "market.", {"contract_usd_h", "power_usd_mwh", "policy_apr", "demand_growth_frac", "newest_i", "cheapest_region", "hist.util_frac[]"}));
    add(fields(RoleSet::all(), "market.products[].", {"id", "list_usd_chip", "system_usd_chip", "lead_q"}));
    add(fields(RoleSet::all(), "rivals[].", {"id", "rating", "cash_musd"}));
    api.fields.push_back({"market.spot_t_usd_h", RoleSet::all(), "$/h, last clearing"});
    return api;
}

}  // namespace

std::vector<std::string> codes(const CheckReport& report) {
    std::vector<std::string> out;
    for (const Diagnostic& diagnostic : report.diagnostics) out.emplace_back(diagnostic.code);
    return out;
}

std::vector<std::string> codes_of(std::string_view source, const CheckOptions& options) { return codes(check_script("test.lua", source, options)); }

std::string with_decide(std::string_view body) {
    return "local race = require \"rackrace\"\nreturn race.neocloud {\n  api = \"1.0\", name = \"Test\",\n  decide = function(obs, act, p, mem, rng)\n" +
           std::string(body) + "\n  end,\n}\n";
}

std::string with_keys(std::string_view keys) {
    return "local race = require \"rackrace\"\nreturn race.neocloud {\n  api = \"1.0\", name = \"Test\",\n" + std::string(keys) +
           "\n  decide = function(obs, act, p, mem, rng) end,\n}\n";
}

std::string with_market(std::string_view body, std::string_view keys) {
    return "local race = require \"rackrace\"\nreturn race.neocloud {\n  api = \"1.0\", name = \"Test\",\n" + std::string(keys) +
           "\n  decide = function(obs, act, p, mem, rng)\n    local me, mkt = obs.me, obs.market\n    local chip, region = mkt.products[1], mkt.regions[1]\n" + std::string(body) +
           "\n  end,\n}\n";
}

const CheckOptions& real_options() {
    static const CheckOptions options{&api_names(), false};
    return options;
}

const ApiNames& sample_api() {
    static const ApiNames api = make_sample();
    return api;
}

bool lua_accepts(std::string_view source) {
    lua_State* state = luaL_newstate();
    const bool accepted = luaL_loadbufferx(state, source.data(), source.size(), "=test", "t") == LUA_OK;
    lua_close(state);
    return accepted;
}

std::string read_text(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::stringstream bytes;
    bytes << in.rdbuf();
    return bytes.str();
}

std::vector<std::filesystem::path> bundled_scripts() {
    std::vector<std::filesystem::path> files;
    for (const char* folder : {"scripts/strategies", "scripts/templates", "scripts/examples"})
        for (const auto& entry : std::filesystem::recursive_directory_iterator(std::filesystem::path(RACKRACE_SOURCE_DIR) / folder))
            if (entry.path().extension() == ".lua" && entry.path().stem().extension() != ".test") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

std::vector<std::filesystem::path> example_scripts() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(RACKRACE_SOURCE_DIR) / "scripts/examples"))
        if (entry.path().extension() == ".lua") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace rackrace::checker_test
