#include "agents/host/race_library.h"

#include <algorithm>

#include "agents/helpers.h"
#include "agents/host/ids.h"
#include "agents/host/sandbox_library.h"
#include "agents/host/script_context.h"
#include "agents/host/view_binding.h"
#include "agents/library.h"

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
int abs_of(lua_State* L) { return give(L, absolute(number(L, 1))); }
int floor_of(lua_State* L) { return give(L, std::floor(number(L, 1))); }
int ceil_of(lua_State* L) { return give(L, std::ceil(number(L, 1))); }
int sign_at(lua_State* L) { return give(L, sign_of(number(L, 1))); }
int round_of(lua_State* L) { return give(L, round_half_away(number(L, 1))); }
int ratio_of(lua_State* L) { return give(L, ratio_or(number(L, 1), number(L, 2), number(L, 3))); }
int lerp_of(lua_State* L) { return give(L, lerp(number(L, 1), number(L, 2), number(L, 3))); }
int step_of(lua_State* L) { return give(L, number(L, 2) < number(L, 1) ? 0.0 : 1.0); }
int smooth_of(lua_State* L) { return give(L, smooth_step(number(L, 1), number(L, 2), number(L, 3))); }
int exp_of(lua_State* L) { return give(L, rackrace::exp(number(L, 1))); }
int log_of(lua_State* L) { return give(L, rackrace::log(number(L, 1))); }
int pow_of(lua_State* L) { return give(L, rackrace::pow(number(L, 1), number(L, 2))); }
int sqrt_of(lua_State* L) { return give(L, std::sqrt(number(L, 1))); }
int tanh_of(lua_State* L) { return give(L, rackrace::tanh(number(L, 1))); }

// --- smoothing and finance

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

/// Of a history whose latest value is first.
int trend_of(lua_State* L) {
    const int length = length_at(L, 1);
    if (length < 2) return give(L, 0.0);
    const double latest = item_at(L, 1, 1), oldest = item_at(L, 1, length);
    return give(L, mean_log_change(latest, oldest, length));
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
    return give(L, chip_value_usd(parameters(L), context.role, context.market->market, context.view->me, product_at(L, 2), number(L, 3), context_of(L).outlook));
}

int power_value_of(lua_State* L) {
    const ScriptContext& context = obs_at(L, 1);
    LuaVm::of(L).charge(20);
    return give(L, power_value_usd_kw_q(parameters(L), context.role, context.market->market, context.view->me, region_at(L, 2), context_of(L).outlook));
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

// What each takes, gives and means. A product is a record of market.products or its id, a region the same of market.regions.

constexpr std::string_view kProduct = "race.Product|race.ProductId", kRegion = "race.Region|race.RegionId", kObs = "race.Obs", kMe = "race.Me";

constexpr LibraryFunction kNumbers[] = {
    {"min", extreme_of<false>, {{"a"}, {"b"}}, "number", Unit::none, "the smaller one", "race.min(2, 3) == 2"},
    {"max", extreme_of<true>, {{"a"}, {"b"}}, "number", Unit::none, "the larger one", "race.max(2, 3) == 3"},
    {"clamp", clamp_of, {{"x"}, {"low"}, {"high"}}, "number", Unit::none, "x, at least low and at most high", "race.clamp(1.4, 0, 1) == 1"},
    {"pos", pos_of, {{"x"}}, "number", Unit::none, "max(0, x)", "race.pos(-3) == 0"},
    {"abs", abs_of, {{"x"}}, "number", Unit::none, "x without its sign", "race.abs(-3) == 3"},
    {"floor", floor_of, {{"x"}}, "number", Unit::none, "the next whole number below or at x", "race.floor(2.7) == 2"},
    {"ceil", ceil_of, {{"x"}}, "number", Unit::none, "the next whole number above or at x", "race.ceil(2.1) == 3"},
    {"sign", sign_at, {{"x"}}, "number", Unit::none, "-1, 0 or 1", "race.sign(-3) == -1"},
    {"round", round_of, {{"x"}}, "number", Unit::none, "the nearest whole number, halves away from zero", "race.round(-2.5) == -3"},
    {"ratio", ratio_of, {{"a"}, {"b"}, {"default"}}, "number", Unit::none, "a/b, and default where b is 0", "race.ratio(6, 0, 1) == 1"},
    {"lerp", lerp_of, {{"a"}, {"b"}, {"x"}}, "number", Unit::none, "a + (b - a) x: a at 0, b at 1", "race.lerp(10, 20, 0.25) == 12.5"},
    {"step", step_of, {{"edge"}, {"x"}}, "number", Unit::none, "0 below the edge, 1 from it on", "race.step(5, 5) == 1"},
    {"smooth", smooth_of, {{"a"}, {"b"}, {"x"}}, "number", Unit::none, "0 up to a, 1 from b on, between them s^2 (3 - 2 s) with s = (x - a)/(b - a)", "race.smooth(0, 10, 5) == 0.5"},
    {"exp", exp_of, {{"x"}}, "number", Unit::none, "e^x", "race.exp(0) == 1"},
    {"log", log_of, {{"x"}}, "number", Unit::none, "natural logarithm", "race.log(1) == 0"},
    {"pow", pow_of, {{"x"}, {"y"}}, "number", Unit::none, "x^y", "race.pow(2, 10) == 1024"},
    {"sqrt", sqrt_of, {{"x"}}, "number", Unit::none, "square root", "race.sqrt(9) == 3"},
    {"tanh", tanh_of, {{"x"}}, "number", Unit::none, "hyperbolic tangent", "race.tanh(0) == 0"}};

constexpr LibraryFunction kSmoothing[] = {
    {"ema", lerp_of, {{"old"}, {"new"}, {"weight"}}, "number", Unit::none, "old + (new - old) weight", "race.ema(10, 20, 0.25) == 12.5"},
    {"grow", grow_of, {{"x"}, {"rate_frac"}, {"q"}}, "number", Unit::none, "x (1 + rate)^q; 0 where the rate is -1 or less", "race.grow(100, 0.5, 2) == 225"},
    {"trend", trend_of, {{"hist", "number[]"}}, "number", Unit::frac,
     "mean log change of a history, a quarter: ln(first/last item)/(length - 1), the first being the latest; 0 with fewer than two items or an end not above 0",
     "race.trend(obs.market.hist.spot_i_usd_h) < 1"}};

constexpr LibraryFunction kFinance[] = {
    {"npv", npv_of, {{"rate_apr"}, {"cf", "number|number[]"}, {"q"}}, "number", Unit::none,
     "value today of q quarters of cash: sum over k = 1 to q of cf[k]/(1 + rate)^(k/4); cf is one number a quarter, or an array of at least q", "race.npv(0, 10, 4) == 40"},
    {"annuity", annuity_of, {{"musd"}, {"apr"}, {"q"}}, "number", Unit::musd, "payment a quarter that repays musd in q quarters: r musd/(1 - (1 + r)^-q), r = (1 + apr)^(1/4) - 1",
     "race.annuity(100, 0, 4) == 25"},
    {"runway_q", runway_of, {{"me", kMe}}, "number", Unit::q, "quarters that the cash lasts at last quarter's burn: cash_musd/burn_musd, 0 to 40; 40 without burn",
     "race.runway_q(obs.me) >= 0"},
    {"leverage", leverage_of, {{"me", kMe}}, "number", Unit::ratio,
     "(debt_musd - leverage_cash_frac x cash_musd)/(4 ebitda_musd), at least 0 and at most leverage_max_ratio; the most without ebitda", "race.leverage(obs.me) >= 0"}};

constexpr LibraryFunction kCompute[] = {
    {"chips_for", chips_for_of, {{"mh"}, {"product", kProduct}}, "number", Unit::chips, "chips that give mh training hours a quarter: mh/mh_of(1, product), rounded up",
     "race.chips_for(race.mh_of(100, chip), chip) == 100"},
    {"mh_of", mh_of_of, {{"chips"}, {"product", kProduct}}, "number", Unit::mh, "training hours of chips a quarter: chips x perf_t_chip x uptime of the role x 2190/1e6",
     "race.mh_of(100, chip) > 0"},
    {"mw_of", mw_of_of, {{"chips"}, {"product", kProduct}}, "number", Unit::mw, "IT load of chips: chips x kw_chip/1000", "race.mw_of(1000, chip) == chip.kw_chip"},
    {"grid_mw", grid_mw_of, {{"mw"}, {"region", kRegion}}, "number", Unit::grid_mw, "at the meter of an IT load: mw x pue_ratio of the region", "race.grid_mw(10, region) == 10 * region.pue_ratio"},
    {"power_cost_musd", power_cost_of, {{"mw"}, {"usd_mwh"}}, "number", Unit::musd, "energy of a constant load in a quarter: mw x 2190 x usd_mwh/1e6", "race.power_cost_musd(100, 50) == 10.95"},
    {"payback_q", rent_of<payback_q>, {{"product", kProduct}, {"usd_h"}, {"usd_mwh"}}, "number", Unit::q,
     "quarters in which a chip's rent pays its price: (list + system)/(usd_h x training hours - energy at full load and mean PUE - upkeep), 0 to 40; 40 without gain",
     "race.payback_q(chip, 2.0, 60) > 0"},
    {"irr_rent", rent_of<irr_rent>, {{"product", kProduct}, {"usd_h"}, {"usd_mwh"}}, "number", Unit::apr,
     "yearly rate at which 20 quarters of that rent, falling rent_decline_frac a quarter, pay list + system: -1 to 10", "race.irr_rent(chip, 2.0, 60) >= -1"}};

constexpr LibraryFunction kMarket[] = {
    {"hhi", hhi_of, {{"obs", kObs}}, "number", Unit::frac, "concentration: sum over firms of (capacity_mh/that of all)^2; 0 without", "race.hhi(obs) <= 1"},
    {"share", share_of, {{"obs", kObs}}, "number", Unit::frac, "own capacity_mh over that of all firms; 0 without", "race.share(obs) <= 1"},
    {"chip_value_usd", chip_value_of, {{"obs", kObs}, {"product", kProduct}, {"nth"}}, "number", Unit::usd_chip,
     "what the firm's nth further chip is worth to it, at most to pay the supplier: sum over used_chip_horizon_q quarters k of use from delivery on of max(0, spot I then x "
     "perf_i_chip x uptime x 2190 x use - energy - upkeep - used_chip_shell_rent_frac of a shell's rent)/(1 + used_chip_discount_apr)^(k/4), less system_usd_chip; spot I "
     "moves by its damped trend; use = need over compute at delivery, at most 1; at least 0", "race.chip_value_usd(obs, chip, 1) >= 0"},
    {"power_value_usd_kw_q", power_value_of, {{"obs", kObs}, {"region", kRegion}}, "number", Unit::usd_kw_q,
     "what a kW at the meter earns above its costs in a quarter with the newest chips, grid_works_q ahead: (rent at spot I then - energy of the region - upkeep - annuity of "
     "list + system - shell rent) of a chip/(kw_chip x pue_ratio); at least 0, and 0 where nothing sells", "race.power_value_usd_kw_q(obs, region) >= 0"}};

constexpr LibraryFunction kLists[] = {
    {"argmax", argmax_of, {{"list", "any[]"}, {"field", "string"}}, "integer", Unit::index, "place of the first record whose field is largest, 0 for an empty list",
     "race.argmax(obs.market.products, \"gen\") > 0"},
    {"each", each_of, {{"t", "table<K, V>"}}, "fun(): K, V", Unit::none,
     "walks a table of the script: numbers by size, then texts by their bytes, false before true, ids last; lists of obs have ipairs", "for key, value in race.each({ a = 1 }) do end", "K, V"}};

constexpr std::string_view kOptions = "race.ParameterOptions", kNumberOptions = "race.NumberOptions";

constexpr LibraryFunction kForms[] = {
    {"hyperscaler", declare, {{"declaration", "race.hyperscaler.Declaration"}}, "race.Declaration", Unit::none, "declares a strategy of a hyperscaler"},
    {"neocloud", declare, {{"declaration", "race.neocloud.Declaration"}}, "race.Declaration", Unit::none, "declares a strategy of a neocloud"},
    {"lab", declare, {{"declaration", "race.lab.Declaration"}}, "race.Declaration", Unit::none, "declares a strategy of a lab"},
    {"supplier", declare, {{"declaration", "race.supplier.Declaration"}}, "race.Declaration", Unit::none, "declares a strategy of a chip supplier"},
    {"range", describe_value, {{"min"}, {"max"}, {"default"}, {"options", kNumberOptions, true}}, "race.Parameter", Unit::none, "a parameter that is a number",
     "step = race.range(0.0, 0.10, 0.02)"},
    {"int", describe_value, {{"min", "integer"}, {"max", "integer"}, {"default", "integer"}, {"options", kNumberOptions, true}}, "race.Parameter", Unit::none,
     "a parameter that is a whole number", "tenor_q = race.int(4, 24, 12, { doc = \"contract length\" })"},
    {"choice", describe_value, {{"texts", "string[]"}, {"default", "string"}, {"options", kOptions, true}}, "race.Parameter", Unit::none, "a parameter that is one of some texts",
     "style = race.choice({ \"bold\", \"shy\" }, \"shy\")"},
    {"flag", describe_value, {{"default", "boolean"}, {"options", kOptions, true}}, "race.Parameter", Unit::none, "a parameter that is true or false", "hedges = race.flag(false)"},
    {"fixed", describe_value, {{"value", "number|string|boolean"}, {"options", kOptions, true}}, "race.Parameter", Unit::none, "a constant with its doc; no sweep or search changes it",
     "lot_chips = race.fixed(8)"},
    {"array", describe_value, {{"length", "integer"}, {"value"}}, "race.Array", Unit::none, "memory that is a list of numbers, all of this value at first", "fill = race.array(16, 1.0)"}};

constexpr LibraryGroup kGroups[] = {{"Numbers", kNumbers}, {"Smoothing", kSmoothing}, {"Finance", kFinance}, {"Compute and power", kCompute},
                                    {"Market and value", kMarket}, {"Lists", kLists}, {"Declaration", kForms}};

}  // namespace

void push_race(LuaVm& vm) {
    lua_State* L = vm.state();
    lua_createtable(L, 0, 64);
    for (const LibraryGroup& group : kGroups) set_functions(L, group.functions);
    push_read_only(L, "race");
}

std::span<const LibraryGroup> race_groups() { return kGroups; }

std::vector<std::string> names_of(std::span<const LibraryFunction> functions) {
    std::vector<std::string> names;
    for (const LibraryFunction& function : functions) names.emplace_back(function.name);
    return names;
}

std::vector<std::string> race_names() {
    std::vector<std::string> names;
    for (const LibraryGroup& group : kGroups)
        for (const LibraryFunction& function : group.functions) names.emplace_back(function.name);
    return names;
}

const LibraryFunction* find_race_function(std::string_view name) {
    for (const LibraryGroup& group : kGroups)
        for (const LibraryFunction& function : group.functions)
            if (function.name == name) return &function;
    return nullptr;
}

}  // namespace rackrace
