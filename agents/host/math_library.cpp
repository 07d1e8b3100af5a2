#include "agents/host/math_library.h"

#include <limits>

#include "agents/host/sandbox_library.h"
#include "agents/host/trigonometry.h"
#include "engine/base/numbers.h"

namespace rackrace {
namespace {

template <double (*Function)(double)>
int of_one(lua_State* L) {
    lua_pushnumber(L, Function(luaL_checknumber(L, 1)));
    return 1;
}

double square_root(double x) { return std::sqrt(x); }
double to_degrees(double x) { return x * (180.0 / kPi); }
double to_radians(double x) { return x * (kPi / 180.0); }
double arc_tangent_of(double x) { return arc_tangent(x); }

/// A number without fraction as an integer where one holds it, else as it is.
void push_whole(lua_State* L, double whole) {
    lua_Integer integer = 0;
    if (lua_numbertointeger(whole, &integer)) lua_pushinteger(L, integer);
    else lua_pushnumber(L, whole);
}

int floor_of(lua_State* L) {
    if (lua_isinteger(L, 1)) lua_settop(L, 1);
    else push_whole(L, std::floor(luaL_checknumber(L, 1)));
    return 1;
}

int ceil_of(lua_State* L) {
    if (lua_isinteger(L, 1)) lua_settop(L, 1);
    else push_whole(L, std::ceil(luaL_checknumber(L, 1)));
    return 1;
}

int abs_of(lua_State* L) {
    if (lua_isinteger(L, 1)) {
        const lua_Integer n = lua_tointeger(L, 1);
        lua_pushinteger(L, n < 0 ? static_cast<lua_Integer>(0u - static_cast<lua_Unsigned>(n)) : n);
    } else {
        const double x = luaL_checknumber(L, 1);
        lua_pushnumber(L, x < 0.0 ? -x : x == 0.0 ? 0.0 : x);
    }
    return 1;
}

int log_of(lua_State* L) {
    const double x = luaL_checknumber(L, 1);
    lua_pushnumber(L, lua_isnoneornil(L, 2) ? rackrace::log(x) : rackrace::log(x) / rackrace::log(luaL_checknumber(L, 2)));
    return 1;
}

int atan_of(lua_State* L) {
    const double y = luaL_checknumber(L, 1);
    lua_pushnumber(L, lua_isnoneornil(L, 2) ? arc_tangent_of(y) : arc_tangent(y, luaL_checknumber(L, 2)));
    return 1;
}

/// The first largest or smallest of the arguments, as it is.
template <bool Largest>
int extreme_of(lua_State* L) {
    const int count = lua_gettop(L);
    luaL_checknumber(L, 1);
    int best = 1;
    for (int i = 2; i <= count; ++i) {
        luaL_checknumber(L, i);
        if (Largest ? lua_compare(L, best, i, LUA_OPLT) : lua_compare(L, i, best, LUA_OPLT)) best = i;
    }
    lua_pushvalue(L, best);
    return 1;
}

int fmod_of(lua_State* L) {
    const double x = luaL_checknumber(L, 1), y = luaL_checknumber(L, 2);
    lua_pushnumber(L, std::fmod(x, y));  // exact, so the same everywhere
    return 1;
}

int modf_of(lua_State* L) {
    const double x = luaL_checknumber(L, 1);
    const double whole = x < 0.0 ? std::ceil(x) : std::floor(x);
    lua_pushnumber(L, whole);
    lua_pushnumber(L, x == whole ? 0.0 : x - whole);
    return 2;
}

int tointeger_of(lua_State* L) {
    int is_integer = 0;
    const lua_Integer value = lua_type(L, 1) == LUA_TNUMBER ? lua_tointegerx(L, 1, &is_integer) : 0;
    if (is_integer != 0) lua_pushinteger(L, value);
    else lua_pushnil(L);
    return 1;
}

int number_type(lua_State* L) {
    luaL_checkany(L, 1);
    if (lua_type(L, 1) == LUA_TNUMBER) lua_pushstring(L, lua_isinteger(L, 1) ? "integer" : "float");
    else lua_pushnil(L);
    return 1;
}

int ult_of(lua_State* L) {
    lua_pushboolean(L, static_cast<lua_Unsigned>(luaL_checkinteger(L, 1)) < static_cast<lua_Unsigned>(luaL_checkinteger(L, 2)));
    return 1;
}

constexpr luaL_Reg kMath[] = {
    {"abs", abs_of}, {"acos", of_one<arc_cosine>}, {"asin", of_one<arc_sine>}, {"atan", atan_of}, {"ceil", ceil_of}, {"cos", of_one<cosine>}, {"deg", of_one<to_degrees>},
    {"exp", of_one<rackrace::exp>}, {"floor", floor_of}, {"fmod", fmod_of}, {"log", log_of}, {"max", extreme_of<true>}, {"min", extreme_of<false>}, {"modf", modf_of},
    {"rad", of_one<to_radians>}, {"sin", of_one<sine>}, {"sqrt", of_one<square_root>},
    {"tan", of_one<tangent>}, {"tointeger", tointeger_of}, {"type", number_type}, {"ult", ult_of}, {nullptr, nullptr}};

}  // namespace

void push_math(lua_State* L) {
    lua_createtable(L, 0, 25);
    set_functions(L, kMath);
    lua_pushnumber(L, kPi);
    lua_setfield(L, -2, "pi");
    lua_pushnumber(L, kInfinity);
    lua_setfield(L, -2, "huge");
    lua_pushinteger(L, LUA_MAXINTEGER);
    lua_setfield(L, -2, "maxinteger");
    lua_pushinteger(L, LUA_MININTEGER);
    lua_setfield(L, -2, "mininteger");
}

}  // namespace rackrace
