// Which functions of a script each callback can reach: by calling, by naming, by tables that hold them.
#pragma once

#include <vector>

#include "agents/checker/ast.h"
#include "agents/checker/names.h"
#include "agents/checker/script_shape.h"

namespace rackrace {

class CallGraph {
public:
    CallGraph(const lua::Ast& ast, const lua::Names& names, const ScriptShape& shape);

    /// Empty for what runs at load time only. Errs towards more: a function that is named counts as called.
    CallbackSet reached_from(const lua::Function& function) const { return reached_[static_cast<std::size_t>(function.id)]; }

    /// True where the function is a callback, written inside one, or of a module: its locals are new in each call.
    bool is_inside_callback(const lua::Function& function) const { return inside_[static_cast<std::size_t>(function.id)]; }

private:
    std::vector<CallbackSet> reached_;  // by Function id
    std::vector<bool> inside_;          // by Function id
};

}  // namespace rackrace
