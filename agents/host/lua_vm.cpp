#include "agents/host/lua_vm.h"

#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>

namespace rackrace {

LuaVm::LuaVm() {
    state_ = lua_newstate(&LuaVm::allocate, this);
    if (state_ == nullptr) throw std::bad_alloc();
    *static_cast<LuaVm**>(lua_getextraspace(state_)) = this;
}

LuaVm::~LuaVm() {
    is_running_ = false;
    lua_close(state_);
}

void* LuaVm::allocate(void* self, void* block, std::size_t old_size, std::size_t new_size) {
    LuaVm& vm = *static_cast<LuaVm*>(self);
    const std::size_t had = block != nullptr ? old_size : 0;
    if (new_size == 0) {
        std::free(block);
        vm.used_ -= had;
        return nullptr;
    }
    if (new_size > had && vm.is_running_ && !vm.may_grow(block, old_size, new_size)) return nullptr;
    void* moved = std::realloc(block, new_size);
    if (moved == nullptr) return nullptr;
    vm.used_ += new_size - had;
    if (vm.is_running_ && new_size > had) vm.allocated_ += new_size - had;
    return moved;
}

/// A refusal makes Lua collect garbage and ask once more; what is refused then is an error without a handler, so the place is noted here.
bool LuaVm::may_grow(const void* block, std::size_t old_size, std::size_t new_size) {
    const bool is_text = block == nullptr && old_size == LUA_TSTRING;  // for a new object Lua says its type in place of the size
    const bool is_too_long = is_text && new_size > kTextBytes;
    const std::size_t had = block != nullptr ? old_size : 0;
    if (!is_too_long && used_ - had + new_size <= limit_) return true;
    kind_ = ScriptErrorKind::memory;
    is_text_too_long_ = is_too_long;
    note_place(0);
    return false;
}

/// Reading the stack of calls allocates nothing.
void LuaVm::note_place(int level) {
    lua_Debug call;
    for (; lua_getstack(state_, level, &call) != 0; ++level) {
        if (lua_getinfo(state_, "Sl", &call) == 0 || call.currentline <= 0) continue;
        const char* source = call.source[0] == '=' || call.source[0] == '@' ? call.source + 1 : call.short_src;
        std::snprintf(place_file_.data(), place_file_.size(), "%s", source);
        std::snprintf(place_short_.data(), place_short_.size(), "%s", call.short_src);
        place_line_ = call.currentline;
        return;
    }
}

void LuaVm::on_event(lua_State* state, lua_Debug* event) {
    LuaVm& vm = of(state);
    if (event->event == LUA_HOOKCOUNT) vm.charge(kStep);
    else vm.listener_->hear(state, *event);
}

void LuaVm::charge(std::int64_t units) {
    budget_left_ -= units;
    if (budget_left_ < 0 && is_running_) fail(ScriptErrorKind::budget, "the decision used up its budget of %d instructions", kBudget);
}

int LuaVm::fail(ScriptErrorKind kind, const char* format, ...) {
    kind_ = kind;
    std::va_list list;
    va_start(list, format);
    lua_pushvfstring(state_, format, list);
    va_end(list);
    return lua_error(state_);
}

/// Runs where the error was raised: keeps the place, and makes a text of an error object that is none.
int LuaVm::on_error(lua_State* state) {
    LuaVm& vm = of(state);
    vm.note_place(1);
    if (vm.listener_ != nullptr) vm.listener_->hear_error(state);
    if (lua_type(state, 1) == LUA_TSTRING) return 1;
    lua_pushfstring(state, "error raised with %s in place of a text", lua_type(state, 1) == LUA_TNIL ? "nil" : luaL_typename(state, 1));
    return 1;
}

ScriptError LuaVm::take_error(int status) {
    // A growth that was refused and then fitted after a collection was no error.
    ScriptError error{place_file_.data(), place_line_, {}, kind_ == ScriptErrorKind::memory ? ScriptErrorKind::runtime : kind_};
    const char* raw = lua_type(state_, -1) == LUA_TSTRING ? lua_tostring(state_, -1) : "";
    std::string message = raw;
    const std::string prefix = std::string(place_short_.data()) + ":" + std::to_string(place_line_) + ": ";  // what Lua itself puts before its messages
    if (message.rfind(prefix, 0) == 0) message.erase(0, prefix.size());
    if (status == LUA_ERRMEM) {
        error.kind = ScriptErrorKind::memory;
        message = is_text_too_long_ ? "a text longer than " + std::to_string(kTextBytes) + " bytes" : "the decision used up its " + std::to_string(kMemoryBytes >> 20) + " MB of memory";
    } else if (status == LUA_ERRERR) {
        message = "error while an error was handled";
    } else if (message.find("stack overflow") != std::string::npos) {
        message = "calls nested too deeply";
    }
    error.message = message.empty() ? "error without a message" : message;
    lua_pop(state_, 1);
    return error;
}

std::optional<ScriptError> LuaVm::load(std::string_view name, std::string_view text) {
    const std::string chunk = "@" + std::string(name);
    const int status = luaL_loadbufferx(state_, text.data(), text.size(), chunk.c_str(), "t");
    if (status == LUA_OK) {
        lua_getfield(state_, LUA_REGISTRYINDEX, kGlobals);
        lua_setupvalue(state_, -2, 1);  // _ENV, the only upvalue of a chunk
        return std::nullopt;
    }
    ScriptError error{std::string(name), 1, lua_tostring(state_, -1), ScriptErrorKind::syntax};
    lua_pop(state_, 1);
    // "name:3: ..." by Lua's own shortening of the name
    const std::size_t at = error.message.find(": ");
    const std::size_t colon = at == std::string::npos ? at : error.message.rfind(':', at - 1);
    if (colon != std::string::npos && colon + 1 < at && error.message.find_first_not_of("0123456789", colon + 1) == at) {
        error.line = std::atoi(error.message.c_str() + colon + 1);
        error.message.erase(0, at + 2);
    }
    if (error.message.find("binary chunk") != std::string::npos) error.message = "this is bytecode: only text is loaded";
    return error;
}

std::optional<ScriptError> LuaVm::call(int arguments, int results) {
    const int base = lua_gettop(state_) - arguments;
    lua_pushcfunction(state_, &LuaVm::on_error);
    lua_insert(state_, base);
    budget_left_ = kBudget;
    allocated_ = 0;
    kind_ = ScriptErrorKind::runtime;
    is_text_too_long_ = false;
    place_file_[0] = place_short_[0] = '\0';
    place_line_ = 0;
    if (limit_ == 0) limit_ = used_ + kMemoryBytes;
    const int events = listener_ != nullptr ? LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE : 0;
    lua_sethook(state_, &LuaVm::on_event, LUA_MASKCOUNT | events, kStep);  // starts to count anew: the same instruction is the last in every run
    is_running_ = true;
    const int status = lua_pcall(state_, arguments, results, base);
    is_running_ = false;
    lua_sethook(state_, nullptr, 0, 0);
    lua_remove(state_, base);
    if (status == LUA_OK) return std::nullopt;
    return take_error(status);
}

void LuaVm::set_baseline() {
    lua_gc(state_, LUA_GCCOLLECT);
    limit_ = used_ + kMemoryBytes;
}

}  // namespace rackrace
