// `mem` and `p` in Lua: memory reads and writes the numbers of the Desk where they lie, in the shape that the script declared; parameters are
// fixed for the run.
#pragma once

#include <lua.hpp>
#include <string>
#include <variant>
#include <vector>

#include "agents/checker/declaration.h"

namespace rackrace {

/// A field of memory and where its numbers begin.
struct MemorySlot {
    std::string name;
    bool is_flag;
    bool is_array;
    int first;
    int size;
};

struct MemoryLayout {
    std::vector<MemorySlot> slots;
    std::vector<double> initial;  // of all numbers, in order
};

MemoryLayout lay_out(const std::vector<MemoryField>& fields);

/// Pushes `mem` over kMaxMemoryNumbers numbers that stay at their address.
void push_memory(lua_State* state, const MemoryLayout& layout, double* numbers);

using ParameterValue = std::variant<double, bool, std::string>;

/// Pushes `p`. [declared] values in the order of the parameters.
void push_parameters(lua_State* state, const std::vector<Parameter>& parameters, const std::vector<ParameterValue>& values);

}  // namespace rackrace
