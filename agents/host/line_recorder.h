// Fills a CallbackTrace while a callback runs, from the VM's events: C++ beside the script, which cannot see it, is charged nothing for it and decides
// the same. Locals are looked at only where a listed line may have changed them.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "agents/field_binding.h"
#include "agents/host/line_trace.h"
#include "agents/host/lua_vm.h"
#include "agents/host/script_context.h"
#include "agents/host/strategy.h"

namespace rackrace {

class LineRecorder final : public CallListener {
public:
    /// `trace` gets the lines of one call of `which`.
    LineRecorder(const Strategy& strategy, const ScriptContext& context, Callback which, const DecisionTrace& asked, CallbackTrace& trace);

    void hear(lua_State* state, lua_Debug& event) noexcept override;
    void hear_error(lua_State* state) noexcept override;
    /// After the call: what its last line did.
    void finish();

    /// A scalar field was read. record: the struct it is in, nullptr for an item of a list of numbers.
    void note_read(const FieldBinding& field, const std::byte* at, const std::byte* record) noexcept;

private:
    struct Local {
        std::string name;
        ShownValue value;
    };
    /// A call that stands.
    struct Frame {
        int number = 0;
        bool is_script = false;   // else a function of ours
        int last = -1;            // the entry of its last line; -1 before the first
        bool is_last_exact = false;  // `last` is that line alone, no gap
        std::vector<Local> locals;   // after the line before it
    };

    void enter(bool is_script);
    void leave(lua_State* state, lua_Debug& event);
    void reach(lua_State* state, lua_Debug& event);
    void settle_effects();
    void settle_locals(lua_State* state, lua_Debug& event, Frame& frame, std::vector<ValueChange>* changes);
    std::vector<ValueChange>& changes_at(int entry) { return trace_.steps[static_cast<std::size_t>(entry)].changes; }
    bool goes_on(const Frame& frame, int file, int line) const;
    bool is_listed(int file, int line) const;
    void open_step(Frame& frame, int file, int line);
    void skip(Frame& frame, int file, int line);
    int depth() const;
    int file_of(const char* source);
    int last_line_of(int file, int line) const;

    const Strategy& strategy_;
    const ScriptContext& context_;
    const DecisionTrace& asked_;
    CallbackTrace& trace_;
    std::vector<Frame> frames_;
    int frame_count_ = 0;
    int listed_ = 0;                // steps that are no gaps
    int open_ = -1;                 // the entry of the line that runs
    std::vector<double> memory_;    // before it
    std::size_t orders_ = 0, traces_ = 0, reads_ = 0;  // noted before it
    int file_ = 0, line_ = 0;       // that runs, listed or not
    std::map<const char*, int> files_;  // by the name of a chunk as Lua keeps it
    std::vector<bool> is_own_;      // of files: the strategy's own
    std::map<std::pair<const FieldBinding*, const std::byte*>, int> read_at_;  // of CallbackTrace::reads
    std::map<int, int> statements_; // of the script's own file: last line of a statement over several, by its first
};

}  // namespace rackrace
