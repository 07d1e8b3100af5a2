// One Lua state behind limits: text chunks only, a budget of instructions for each call, memory by an allocator of ours, every failure a located
// ScriptError. What scripts find in it is put there by the files beside this one. Errors inside are longjmps: functions that Lua calls
// keep no C++ object alive across a call of the API.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <lua.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "agents/host/script_error.h"

namespace rackrace {

/// Told what a call does, event by event (LUA_HOOKCALL, LUA_HOOKTAILCALL, LUA_HOOKRET, LUA_HOOKLINE before the line): for debuggers. It is C++ beside the
/// script, and what it looks at is charged to nobody. It leaves the stack as it was and calls nothing that may raise an error.
class CallListener {
public:
    virtual ~CallListener() = default;
    virtual void hear(lua_State* state, lua_Debug& event) noexcept = 0;
    /// An error was raised, and the calls that it will end still stand. Not told where the memory limit raised it.
    virtual void hear_error(lua_State* state) noexcept = 0;
};

class LuaVm {
public:
    static constexpr int kBudget = 200'000;                    // units of a call: instructions, and elements that library functions move
    static constexpr std::size_t kMemoryBytes = 4u << 20;      // of a call, beyond what stood before the first one
    static constexpr std::size_t kTextBytes = 4u << 10;        // of one text made in a call: longer ones would cost without limit
    static constexpr int kStep = 500;                          // instructions between two looks at the budget

    LuaVm();
    ~LuaVm();
    LuaVm(const LuaVm&) = delete;
    LuaVm& operator=(const LuaVm&) = delete;

    lua_State* state() const { return state_; }
    static LuaVm& of(lua_State* state) { return **static_cast<LuaVm**>(lua_getextraspace(state)); }

    /// Pushes the function that a text is; its globals are the table at registry[kGlobals]. An error is not pushed.
    std::optional<ScriptError> load(std::string_view name, std::string_view text);

    /// Calls the function below its arguments under the limits. On an error nothing is left of them.
    std::optional<ScriptError> call(int arguments, int results);

    /// Whom the next calls tell what they do; nullptr: nobody.
    void listen(CallListener* listener) { listener_ = listener; }

    /// The memory limit counts from now on, beyond what is alive.
    void set_baseline();

    // For functions that Lua calls; those that return int do not return.

    /// Takes units off the budget; an error when it is used up.
    void charge(std::int64_t units);
    /// What is left, to the last look.
    std::int64_t budget_left() const { return budget_left_ > 0 ? budget_left_ : 0; }
    /// What the last call took, to the last look.
    std::int64_t budget_used() const { return kBudget - budget_left(); }
    /// Bytes that the last call asked for; those that it gave back count too.
    std::size_t allocated() const { return allocated_; }
    /// An error of a kind with a message of at most 200 characters; %s and %d as in lua_pushfstring.
    int fail(ScriptErrorKind kind, const char* format, ...);

    /// Whatever the callbacks run on; the host's business.
    void* context = nullptr;

private:
    static void* allocate(void* self, void* block, std::size_t old_size, std::size_t new_size);
    static void on_event(lua_State* state, lua_Debug* event);
    static int on_error(lua_State* state);
    bool may_grow(const void* block, std::size_t old_size, std::size_t new_size);
    void note_place(int level);
    ScriptError take_error(int status);

    lua_State* state_ = nullptr;
    std::size_t used_ = 0, limit_ = 0;
    std::size_t allocated_ = 0;
    bool is_running_ = false;
    std::int64_t budget_left_ = 0;
    ScriptErrorKind kind_ = ScriptErrorKind::runtime;
    bool is_text_too_long_ = false;
    CallListener* listener_ = nullptr;
    // Where the last error was raised: plain memory, so that it can be noted from within Lua.
    std::array<char, 512> place_file_{};
    std::array<char, LUA_IDSIZE> place_short_{};
    int place_line_ = 0;
};

/// Registry keys of what every sandbox has.
inline constexpr const char* kGlobals = "rackrace.globals";

}  // namespace rackrace
