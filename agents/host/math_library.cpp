#include "agents/host/math_library.h"

#include <limits>

#include "agents/host/sandbox_library.h"
#include "agents/host/trigonometry.h"
#include "agents/library.h"
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

constexpr LibraryFunction kMath[] = {
    {"abs", abs_of, {{"x"}}, "number", Unit::none, "x without its sign", "math.abs(-3) == 3"},
    {"acos", of_one<arc_cosine>, {{"x"}}, "number", Unit::none, "angle in radians, 0 to pi", "math.acos(1) == 0"},
    {"asin", of_one<arc_sine>, {{"x"}}, "number", Unit::none, "angle in radians, -pi/2 to pi/2", "math.asin(0) == 0"},
    {"atan", atan_of, {{"y"}, {"x", "number", true}}, "number", Unit::none, "angle of the point (x, y) in radians; x is 1 where it is left out", "math.atan(0) == 0"},
    {"ceil", ceil_of, {{"x"}}, "integer", Unit::none, "the next whole number above or at x", "math.ceil(2.1) == 3"},
    {"cos", of_one<cosine>, {{"x"}}, "number", Unit::none, "of an angle in radians", "math.cos(0) == 1"},
    {"deg", of_one<to_degrees>, {{"x"}}, "number", Unit::none, "degrees of an angle in radians", "math.deg(0) == 0"},
    {"exp", of_one<rackrace::exp>, {{"x"}}, "number", Unit::none, "e^x", "math.exp(0) == 1"},
    {"floor", floor_of, {{"x"}}, "integer", Unit::none, "the next whole number below or at x", "math.floor(2.7) == 2"},
    {"fmod", fmod_of, {{"x"}, {"y"}}, "number", Unit::none, "rest of x/y, with the sign of x", "math.fmod(-7, 3) == -1"},
    {"log", log_of, {{"x"}, {"base", "number", true}}, "number", Unit::none, "logarithm, natural where no base is given", "math.log(1) == 0"},
    {"max", extreme_of<true>, {{"x"}, {"..."}}, "number", Unit::none, "the largest", "math.max(2, 5, 3) == 5"},
    {"min", extreme_of<false>, {{"x"}, {"..."}}, "number", Unit::none, "the smallest", "math.min(2, 5, 3) == 2"},
    {"modf", modf_of, {{"x"}}, "number, number", Unit::none, "whole part and fraction", "math.modf(2.5) == 2"},
    {"rad", of_one<to_radians>, {{"x"}}, "number", Unit::none, "radians of an angle in degrees", "math.rad(0) == 0"},
    {"sin", of_one<sine>, {{"x"}}, "number", Unit::none, "of an angle in radians", "math.sin(0) == 0"},
    {"sqrt", of_one<square_root>, {{"x"}}, "number", Unit::none, "square root", "math.sqrt(9) == 3"},
    {"tan", of_one<tangent>, {{"x"}}, "number", Unit::none, "of an angle in radians", "math.tan(0) == 0"},
    {"tointeger", tointeger_of, {{"x", "any"}}, "integer?", Unit::none, "the integer that x is, else nil", "math.tointeger(3.0) == 3"},
    {"type", number_type, {{"x", "any"}}, "\"integer\"|\"float\"|nil", Unit::none, "which kind of number x is; nil for no number", "math.type(3.0) == \"float\""},
    {"ult", ult_of, {{"m", "integer"}, {"n", "integer"}}, "boolean", Unit::none, "m < n where both count without sign", "math.ult(1, -1) == true"}};

constexpr LibraryConstant kConstants[] = {{"pi", kPi, 0, "3.14159..."},
                                          {"huge", kInfinity, 0, "above every number"},
                                          {"maxinteger", 0.0, LUA_MAXINTEGER, "the largest integer"},
                                          {"mininteger", 0.0, LUA_MININTEGER, "the smallest integer"}};

}  // namespace

void push_math(lua_State* L) {
    lua_createtable(L, 0, 25);
    set_functions(L, kMath);
    for (const LibraryConstant& constant : kConstants) {
        if (constant.integer != 0) lua_pushinteger(L, constant.integer);
        else lua_pushnumber(L, constant.number);
        lua_setfield(L, -2, constant.name.data());
    }
}

std::span<const LibraryFunction> math_functions() { return kMath; }
std::span<const LibraryConstant> math_constants() { return kConstants; }

}  // namespace rackrace
