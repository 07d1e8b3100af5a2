// How the callbacks of one script at one firm run: by Lua in its sandbox, or compiled. Same orders, same memory, same draws; only a budget of
// instructions is counted by each in its own way.
#pragma once

#include <cstdint>
#include <optional>

#include "agents/checker/script_shape.h"
#include "agents/host/script_error.h"

namespace rackrace {

class ScriptEngine {
public:
    virtual ~ScriptEngine() = default;

    virtual bool has(Callback which) const = 0;

    /// Calls a callback of the script on the context that the engine was made with. What it wrote to memory after an error is the caller's to undo.
    virtual std::optional<ScriptError> run(Callback which) = 0;

    /// Units that the last call took.
    virtual std::int64_t budget_used() const = 0;
};

/// Which engine plays a script. `automatic`: compiled where the script is portable, else Lua.
enum class EngineChoice : std::uint8_t { automatic, lua, core };
inline constexpr const char* kEngineChoices[] = {"auto", "lua", "core"};

}  // namespace rackrace
