#include "agents/host/race_library.h"

#include <algorithm>

#include "agents/helpers.h"
#include "agents/host/ids.h"
#include "agents/host/sandbox_library.h"
#include "agents/host/script_context.h"
#include "agents/host/view_binding.h"

namespace rackrace {
namespace {

double number(lua_State* L, int index) { return luaL_checknumber(L, index); }

int give(lua_State* L, double value) {
    lua_pushnumber(L, value);
    return 1;
}

/// The context of a callback: helpers that read the market or the model's numbers work only there.
const ScriptContext& seen(lua_State* L) {
    const ScriptContext& context = context_of(L);
    if (!context.can_act) LuaVm::of(L).fail(ScriptErrorKind::call, "this helper reads the market: it works in decide and operate");
    return context;
}

const Parameters& parameters(lua_State* L) { return seen(L).scenario->parameters; }

/// A record of market.products, or a product's id.
const ProductView& product_at(lua_State* L, int index) {
    if (const auto* record = record_at<ProductView>(L, index)) return *record;
    const MarketFigures& market = seen(L).market->market;
    const auto id = read_id(L, index);
    if (!id || id->kind != Unit::product_id || id->value < 0 || id->value >= market.products_count)
        LuaVm::of(L).fail(ScriptErrorKind::call, "argument %d is no product: give a record of obs.market.products or its id", index);
    return market.products[id->value];
}

/// A record of market.regions, or a region's id.
const RegionView& region_at(lua_State* L, int index) {
    if (const auto* record = record_at<RegionView>(L, index)) return *record;
    const MarketFigures& market = seen(L).market->market;
    const auto id = read_id(L, index);
    if (!id || id->kind != Unit::region_id || id->value < 0 || id->value >= market.regions_count)
        LuaVm::of(L).fail(ScriptErrorKind::call, "argument %d is no region: give a record of obs.market.regions or its id", index);
    return market.regions[id->value];
}

const MeView& me_at(lua_State* L, int index) {
    const auto* me = record_at<MeView>(L, index);
    if (me == nullptr) LuaVm::of(L).fail(ScriptErrorKind::call, "argument %d is not obs.me", index);
    return *me;
}

/// The whole observation: there is one.
const ScriptContext& obs_at(lua_State* L, int index) {
    lua_getfield(L, LUA_REGISTRYINDEX, "rackrace.obs");
    const bool is_obs = lua_rawequal(L, index, -1) != 0;
    lua_pop(L, 1);
    if (!is_obs) LuaVm::of(L).fail(ScriptErrorKind::call, "argument %d is not obs", index);
    return seen(L);
}

// --- numbers

template <bool Largest>
int extreme_of(lua_State* L) {
    const double a = number(L, 1), b = number(L, 2);
    return give(L, Largest ? max(a, b) : min(a, b));
}
int clamp_of(lua_State* L) { return give(L, clamp(number(L, 1), number(L, 2), number(L, 3))); }
int pos_of(lua_State* L) { return give(L, max(0.0, number(L, 1))); }
int abs_of(lua_State* L) { const double x = number(L, 1); return give(L, x < 0.0 ? -x : x); }
int floor_of(lua_State* L) { return give(L, std::floor(number(L, 1))); }
int ceil_of(lua_State* L) { return give(L, std::ceil(number(L, 1))); }
int sign_of(lua_State* L) { const double x = number(L, 1); return give(L, x > 0.0 ? 1.0 : x < 0.0 ? -1.0 : 0.0); }
int round_of(lua_State* L) { return give(L, round_half_away(number(L, 1))); }
int ratio_of(lua_State* L) { return give(L, ratio_or(number(L, 1), number(L, 2), number(L, 3))); }
int lerp_of(lua_State* L) { const double a = number(L, 1); return give(L, a + (number(L, 2) - a) * number(L, 3)); }
int step_of(lua_State* L) { return give(L, number(L, 2) < number(L, 1) ? 0.0 : 1.0); }
int smooth_of(lua_State* L) { return give(L, smooth_step(number(L, 1), number(L, 2), number(L, 3))); }
int exp_of(lua_State* L) { return give(L, rackrace::exp(number(L, 1))); }
int log_of(lua_State* L) { return give(L, rackrace::log(number(L, 1))); }
int pow_of(lua_State* L) { return give(L, rackrace::pow(number(L, 1), number(L, 2))); }
int sqrt_of(lua_State* L) { return give(L, std::sqrt(number(L, 1))); }
int tanh_of(lua_State* L) { return give(L, rackrace::tanh(number(L, 1))); }

// --- smoothing and finance

int ema_of(lua_State* L) { const double old = number(L, 1); return give(L, old + (number(L, 2) - old) * number(L, 3)); }
int grow_of(lua_State* L) { return give(L, grow(number(L, 1), number(L, 2), number(L, 3))); }

int length_at(lua_State* L, int index) {
    const int length = array_length(L, index);
    if (length >= 0) return length;
    if (lua_type(L, index) != LUA_TTABLE) LuaVm::of(L).fail(ScriptErrorKind::call, "argument %d is %s, not a list", index, luaL_typename(L, index));
    return static_cast<int>(std::min<lua_Unsigned>(lua_rawlen(L, index), 1u << 20));
}

double item_at(lua_State* L, int index, int i) {
    if (lua_geti(L, index, i) != LUA_TNUMBER) LuaVm::of(L).fail(ScriptErrorKind::call, "item %d of argument %d is %s, not a number", i, index, luaL_typename(L, -1));
    const double value = lua_tonumber(L, -1);
    lua_pop(L, 1);
    return value;
}

/// Mean log change of a history whose latest value is first; 0 with fewer than two values or values not above 0.
int trend_of(lua_State* L) {
    const int length = length_at(L, 1);
    if (length < 2) return give(L, 0.0);
    const double latest = item_at(L, 1, 1), oldest = item_at(L, 1, length);
    return give(L, latest > 0.0 && oldest > 0.0 ? rackrace::log(latest / oldest) / (length - 1) : 0.0);
}

/// sum_{k=1..q} cf_k/(1 + rate)^(k/4); cf one number a quarter, or an array of at least q.
int npv_of(lua_State* L) {
    const double rate = number(L, 1), quarters = std::floor(number(L, 3));
    const bool is_constant = lua_type(L, 2) == LUA_TNUMBER;
    if (!(quarters <= kDeskMemory)) return LuaVm::of(L).fail(ScriptErrorKind::call, "npv takes at most %d quarters", kDeskMemory);
    const int count = quarters > 0.0 ? static_cast<int>(quarters) : 0;
    if (!is_constant && length_at(L, 2) < count) return LuaVm::of(L).fail(ScriptErrorKind::call, "npv: the array has fewer than %d items", count);
    LuaVm::of(L).charge(count);
    const double discount = rackrace::pow(1.0 + rate, -0.25);
    double factor = 1.0, value = 0.0;
    for (int k = 1; k <= count; ++k) {
        factor *= discount;
        value += factor * (is_constant ? lua_tonumber(L, 2) : item_at(L, 2, k));
    }
    return give(L, value);
}

int annuity_of(lua_State* L) { return give(L, annuity_payment(number(L, 1), number(L, 2), number(L, 3))); }
int runway_of(lua_State* L) { return give(L, runway_q(me_at(L, 1))); }
int leverage_of(lua_State* L) { return give(L, leverage(parameters(L), me_at(L, 1))); }

// --- compute, choice, market, value

int chips_for_of(lua_State* L) { return give(L, chips_for(parameters(L), context_of(L).role, number(L, 1), product_at(L, 2))); }
int mh_of_of(lua_State* L) { return give(L, mh_of(parameters(L), context_of(L).role, number(L, 1), product_at(L, 2))); }
int mw_of_of(lua_State* L) { return give(L, to_mw(number(L, 1) * product_at(L, 2).kw_chip)); }
int grid_mw_of(lua_State* L) { return give(L, number(L, 1) * region_at(L, 2).pue_ratio); }
int power_cost_of(lua_State* L) { return give(L, to_musd(number(L, 1) * parameters(L).hours_per_quarter * number(L, 2))); }

template <double (*Function)(const Parameters&, Role, const ProductView&, double, double, double)>
int rent_of(lua_State* L) {
    LuaVm::of(L).charge(20);
    const Parameters& p = parameters(L);
    return give(L, Function(p, context_of(L).role, product_at(L, 1), number(L, 2), number(L, 3), mean_pue(seen(L).market->market)));
}

int argmax_of(lua_State* L) {
    const int length = length_at(L, 1);
    const char* field = luaL_checkstring(L, 2);
    LuaVm::of(L).charge(4 * length);
    int best = 0;
    double most = 0.0;
    for (int i = 1; i <= length; ++i) {
        lua_geti(L, 1, i);
        if (lua_type(L, -1) != LUA_TTABLE && lua_type(L, -1) != LUA_TUSERDATA) LuaVm::of(L).fail(ScriptErrorKind::call, "argmax: item %d is no record", i);
        lua_getfield(L, -1, field);
        if (lua_type(L, -1) != LUA_TNUMBER) LuaVm::of(L).fail(ScriptErrorKind::call, "argmax: '%s' of item %d is no number", field, i);
        const double value = lua_tonumber(L, -1);
        if (best == 0 || value > most) {
            best = i;
            most = value;
        }
        lua_pop(L, 2);
    }
    lua_pushinteger(L, best);
    return 1;
}

int hhi_of(lua_State* L) { return give(L, capacity_hhi(*obs_at(L, 1).view)); }
int share_of(lua_State* L) { return give(L, capacity_share(*obs_at(L, 1).view)); }

int chip_value_of(lua_State* L) {
    const ScriptContext& context = obs_at(L, 1);
    LuaVm::of(L).charge(100);
    return give(L, chip_value_usd(parameters(L), context.role, context.market->market, context.view->me, product_at(L, 2), number(L, 3)));
}

int power_value_of(lua_State* L) {
    const ScriptContext& context = obs_at(L, 1);
    LuaVm::of(L).charge(20);
    return give(L, power_value_usd_kw_q(parameters(L), context.role, context.market->market, context.view->me, region_at(L, 2)));
}

// --- race.each: keys of own tables in an order of their own, since Lua's differs between two runs of a script

/// Numbers by size, then texts by bytes, false before true; ids by value.
bool key_before(lua_State* L, int left, int right) {
    const int a = lua_type(L, left), b = lua_type(L, right);
    const auto rank = [](int type) { return type == LUA_TNUMBER ? 0 : type == LUA_TSTRING ? 1 : type == LUA_TBOOLEAN ? 2 : 3; };
    if (rank(a) != rank(b)) return rank(a) < rank(b);
    if (a == LUA_TNUMBER) return lua_compare(L, left, right, LUA_OPLT) != 0;
    if (a == LUA_TSTRING) return compare_texts(L, left, right) < 0;
    if (a == LUA_TBOOLEAN) return lua_toboolean(L, left) < lua_toboolean(L, right);
    return lua_touserdata(L, left) < lua_touserdata(L, right);  // light: the value of an id
}

int next_pair(lua_State* L) {
    const lua_Integer i = lua_tointeger(L, lua_upvalueindex(3)) + 1;
    lua_pushinteger(L, i);
    lua_copy(L, -1, lua_upvalueindex(3));
    if (lua_rawgeti(L, lua_upvalueindex(1), i) == LUA_TNIL) return 1;
    lua_pushvalue(L, -1);
    lua_rawget(L, lua_upvalueindex(2));
    return 2;
}

/// Pairs of an own table, sorted by insertion into place: its cost is charged, so large tables are better walked by number.
int each_of(lua_State* L) {
    LuaVm& vm = LuaVm::of(L);
    if (lua_type(L, 1) != LUA_TTABLE || is_read_only(L, 1)) return vm.fail(ScriptErrorKind::runtime, "race.each walks tables of the script; lists of obs have ipairs");
    lua_settop(L, 1);
    lua_createtable(L, 0, 0);
    lua_Integer count = 0;
    for (lua_pushnil(L); lua_next(L, 1) != 0; lua_pop(L, 1)) {
        const int type = lua_type(L, -2);
        if (type != LUA_TNUMBER && type != LUA_TSTRING && type != LUA_TBOOLEAN && type != LUA_TLIGHTUSERDATA)
            return vm.fail(ScriptErrorKind::runtime, "race.each: keys that are a %s have no order", lua_typename(L, type));
        lua_Integer low = 1, high = count + 1;  // the place after all keys that come before
        while (low < high) {
            vm.charge(1);
            const lua_Integer middle = (low + high) / 2;
            lua_rawgeti(L, 2, middle);
            if (key_before(L, -1, -3)) low = middle + 1;
            else high = middle;
            lua_pop(L, 1);
        }
        vm.charge(1 + count - (low - 1));
        for (lua_Integer i = count; i >= low; --i) {
            lua_rawgeti(L, 2, i);
            lua_rawseti(L, 2, i + 1);
        }
        lua_pushvalue(L, -2);
        lua_rawseti(L, 2, low);
        ++count;
    }
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_pair, 3);
    return 1;
}

// --- declarations: what they say is read from the text of the file before it runs

int declare(lua_State* L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    return 1;
}

int describe_value(lua_State* L) {
    lua_pushboolean(L, 1);
    return 1;
}

constexpr luaL_Reg kHelpers[] = {
    {"min", extreme_of<false>}, {"max", extreme_of<true>}, {"clamp", clamp_of}, {"pos", pos_of}, {"abs", abs_of}, {"floor", floor_of}, {"ceil", ceil_of}, {"sign", sign_of},
    {"round", round_of}, {"ratio", ratio_of}, {"lerp", lerp_of}, {"step", step_of}, {"smooth", smooth_of}, {"exp", exp_of}, {"log", log_of}, {"pow", pow_of}, {"sqrt", sqrt_of},
    {"tanh", tanh_of}, {"ema", ema_of}, {"grow", grow_of}, {"trend", trend_of}, {"npv", npv_of}, {"annuity", annuity_of}, {"runway_q", runway_of}, {"leverage", leverage_of},
    {"chips_for", chips_for_of}, {"mh_of", mh_of_of}, {"mw_of", mw_of_of}, {"grid_mw", grid_mw_of}, {"power_cost_musd", power_cost_of}, {"payback_q", rent_of<payback_q>},
    {"irr_rent", rent_of<irr_rent>}, {"argmax", argmax_of}, {"hhi", hhi_of}, {"share", share_of}, {"chip_value_usd", chip_value_of}, {"power_value_usd_kw_q", power_value_of},
    {nullptr, nullptr}};

constexpr luaL_Reg kForms[] = {{"each", each_of}, {"hyperscaler", declare}, {"neocloud", declare}, {"lab", declare}, {"supplier", declare}, {"range", describe_value},
                               {"int", describe_value}, {"choice", describe_value}, {"flag", describe_value}, {"fixed", describe_value}, {"array", describe_value}, {nullptr, nullptr}};

}  // namespace

void push_race(LuaVm& vm) {
    lua_State* L = vm.state();
    lua_createtable(L, 0, 64);
    set_functions(L, kHelpers);
    set_functions(L, kForms);
    push_read_only(L, "race");
}

std::vector<std::string> race_helper_names() {
    std::vector<std::string> names;
    for (const luaL_Reg* helper = kHelpers; helper->name != nullptr; ++helper) names.emplace_back(helper->name);
    return names;
}

}  // namespace rackrace
