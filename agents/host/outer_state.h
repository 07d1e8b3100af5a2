// What callbacks can reach beside their arguments: outer variables and the tables in them. They are read only once the file is loaded; this
// keeps a copy, finds a change after a callback and takes it back. The checker refuses such writes before a run; here is the second look.
#pragma once

#include <lua.hpp>
#include <optional>
#include <string>

namespace rackrace {

class OuterState {
public:
    explicit OuterState(lua_State* state) : state_(state) {}

    /// Copies what the function on top reaches; adds to what was copied before.
    void copy_from_top();

    /// A message about the first change since, all changes taken back; nothing where there is none.
    std::optional<std::string> restore();

private:
    void visit_top();
    void copy_function(int index);
    void copy_table(int index);
    void open();

    lua_State* state_;
    int count_ = 0;   // objects copied
    int walked_ = 0;  // of them, those whose contents were visited
};

}  // namespace rackrace
