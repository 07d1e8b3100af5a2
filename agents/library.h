// All functions that a script finds, beside verbs and views: each is one row with what it takes, gives and means, and the C++ function behind
// it. The sandbox is filled from these rows, the checker knows their names, and the reference prints them; there is no second list.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/schema/fields.h"

struct lua_State;

namespace rackrace {

/// Types are written as editor definitions write them: "number", "race.Product|race.ProductId", "T[]".
struct LibraryArgument {
    std::string_view name;
    std::string_view type = "number";
    bool is_optional = false;
};

inline constexpr int kMaxLibraryArguments = 4;

struct LibraryFunction {
    std::string_view name;
    int (*call)(lua_State*);        // nullptr: made for each script by who knows its files
    LibraryArgument arguments[kMaxLibraryArguments];  // ended by one without a name
    std::string_view result;        // types, separated by commas; empty where it gives nothing
    Unit unit = Unit::none;         // of a number given
    std::string_view doc;
    std::string_view example = {};  // in Lua; one with == is true
    std::string_view generic = {};  // type variables of the row: "T"
    std::string_view overload = {}; // a second way to call it, as a type

    int argument_count() const {
        int count = 0;
        while (count < kMaxLibraryArguments && !arguments[count].name.empty()) ++count;
        return count;
    }
};

struct LibraryConstant {
    std::string_view name;
    double number;
    std::int64_t integer;           // in place of the number, where it is not 0
    std::string_view doc;
};

/// Functions that belong together in the reference.
struct LibraryGroup {
    std::string_view title;
    std::span<const LibraryFunction> functions;
};

std::span<const LibraryFunction> base_functions();    // ipairs, type, ...
std::span<const LibraryFunction> math_functions();
std::span<const LibraryConstant> math_constants();
std::span<const LibraryFunction> table_functions();
std::span<const LibraryGroup> race_groups();          // helpers first, the constructors of a declaration last
std::span<const LibraryFunction> rng_methods();       // called with a colon
std::span<const LibraryFunction> act_functions();     // beside the verbs

std::vector<std::string> names_of(std::span<const LibraryFunction> functions);

/// Of all groups.
std::vector<std::string> race_names();
/// nullptr where race has no such function.
const LibraryFunction* find_race_function(std::string_view name);

/// The tables of functions that a script finds as globals.
inline constexpr std::string_view kLibraryNames[] = {"race", "math", "table"};

}  // namespace rackrace
