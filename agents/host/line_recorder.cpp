#include "agents/host/line_recorder.h"

#include <algorithm>
#include <cstring>

#include "agents/checker/walk.h"
#include "agents/host/ids.h"
#include "agents/host/observed_field.h"
#include "agents/host/shown_value.h"

namespace rackrace {
namespace {

/// The statements that run in one go and stand on several lines: a call with a table of arguments. Lua comes back to their first line to end them.
struct LongStatements {
    const SourceText& source;
    std::map<int, int>& last_by_first;

    template <class... One>
    static bool is_any(const lua::Stat& stat) { return (std::holds_alternative<One>(stat.node) || ...); }

    void stat(const lua::Stat& stat, const lua::Function&) {
        if (!is_any<lua::LocalStat, lua::AssignStat, lua::CallStat, lua::ReturnStat>(stat)) return;
        const int first = source.line(stat.range.begin), last = source.line(stat.range.end > stat.range.begin ? stat.range.end - 1 : stat.range.end);
        if (last > first) last_by_first[first] = std::max(last_by_first[first], last);
    }
    void expr(const lua::Expr&, const lua::Function&) {}
};

/// Of places in lists, flags and ids the value says all.
std::string unit_shown(const FieldBinding& field) {
    const Unit unit = field.info->unit;
    return is_id(unit) || unit == Unit::index || unit == Unit::flag ? "" : std::string(unit_text(unit));
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        out.emplace_back(text.substr(0, end > 0 && text[end - 1] == '\r' ? end - 1 : end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

}  // namespace

LineRecorder::LineRecorder(const Strategy& strategy, const ScriptContext& context, Callback which, const DecisionTrace& asked, CallbackTrace& trace)
    : strategy_(strategy), context_(context), asked_(asked), trace_(trace) {
    trace_.which = which;
    const double* numbers = memory_of(*context.desk, context.author);
    memory_.assign(numbers, numbers + kDeskMemory);
    orders_ = context.log->orders.size();
    traces_ = context.log->traces.size();
    if (strategy.report.ast.chunk == nullptr) return;
    LongStatements visitor{*strategy.report.source, statements_};
    lua::Walker walker(visitor);
    walker.function(*strategy.report.ast.chunk);
}

void LineRecorder::hear(lua_State* L, lua_Debug& event) noexcept {
    try {
        switch (event.event) {
            case LUA_HOOKLINE: return reach(L, event);
            case LUA_HOOKRET: return leave(L, event);
            case LUA_HOOKTAILCALL:
                if (!frames_.empty()) frames_.pop_back();
                [[fallthrough]];
            case LUA_HOOKCALL: {
                if (lua_getinfo(L, "S", &event) != 0) enter(std::strcmp(event.what, "C") != 0);
                return;
            }
            default: return;
        }
    } catch (...) {  // no memory for more: the trace ends here, the decision does not
    }
}

void LineRecorder::hear_error(lua_State* L) noexcept {
    try {
        settle_effects();
        for (std::size_t f = frames_.size(); f-- > 0;) {
            if (!frames_[f].is_script) continue;
            lua_Debug call;
            for (int level = 0; lua_getstack(L, level, &call) != 0; ++level)
                if (lua_getinfo(L, "S", &call) != 0 && std::strcmp(call.what, "C") != 0) {
                    if (frames_[f].last >= 0) settle_locals(L, call, frames_[f], &changes_at(frames_[f].last));
                    return;
                }
            return;
        }
    } catch (...) {
    }
}

void LineRecorder::finish() { settle_effects(); }

void LineRecorder::enter(bool is_script) {
    Frame frame;
    frame.number = is_script ? frame_count_++ : -1;
    frame.is_script = is_script;
    frames_.push_back(std::move(frame));
}

void LineRecorder::leave(lua_State* L, lua_Debug& event) {
    if (frames_.empty()) return;
    Frame& frame = frames_.back();
    if (frame.is_script && frame.is_last_exact) settle_locals(L, event, frame, &changes_at(frame.last));
    frames_.pop_back();
}

void LineRecorder::reach(lua_State* L, lua_Debug& event) {
    if (frames_.empty() || lua_getinfo(L, "Sl", &event) == 0) return;
    Frame& frame = frames_.back();
    const int file = file_ = file_of(event.source), line = line_ = event.currentline;
    if (goes_on(frame, file, line)) return;
    settle_effects();
    ++trace_.lines_run;
    ++trace_.passes[{file, line}];
    const bool is_first = frame.last < 0, lists = is_listed(file, line);
    if (!is_first && (frame.is_last_exact || lists)) settle_locals(L, event, frame, &changes_at(frame.last));
    if (!lists) return skip(frame, file, line);
    open_step(frame, file, line);
    const bool is_callback = frame.number == 0;  // what that is called with is no news
    if (is_first) settle_locals(L, event, frame, is_callback ? nullptr : &changes_at(open_));
}

/// Lua comes to each line of a long statement, and back to its first: one step.
bool LineRecorder::goes_on(const Frame& frame, int file, int line) const {
    if (frame.last < 0 || !frame.is_last_exact) return false;
    const TracedStep& step = trace_.steps[static_cast<std::size_t>(frame.last)];
    return step.last_line > step.line && step.file == file && line >= step.line && line <= step.last_line;
}

bool LineRecorder::is_listed(int file, int line) const { return listed_ < asked_.limits.steps && trace_.passes_of(file, line) <= asked_.limits.passes; }

/// Memory, orders, traces and reads since the line began are its.
void LineRecorder::settle_effects() {
    if (open_ < 0) return;
    TracedStep& step = trace_.steps[static_cast<std::size_t>(open_)];
    const double* now = memory_of(*context_.desk, context_.author);
    for (const MemorySlot& slot : strategy_.memory.slots)
        for (int i = 0; i < slot.size; ++i) {
            const auto number = static_cast<std::size_t>(slot.first + i);
            if (std::memcmp(&memory_[number], &now[number], sizeof(double)) == 0) continue;
            const auto shown = [&](double value) { return slot.is_flag ? ShownValue{value != 0.0 ? "true" : "false", std::nullopt, 0} : number_value(value); };
            step.changes.push_back({-1, static_cast<int>(number), "mem." + slot.name + (slot.is_array ? "[" + std::to_string(i + 1) + "]" : ""), shown(memory_[number]), shown(now[number])});
            memory_[number] = now[number];
        }
    for (; orders_ < context_.log->orders.size(); ++orders_) step.orders.push_back(static_cast<int>(orders_));
    for (; traces_ < context_.log->traces.size(); ++traces_) step.traces.push_back(static_cast<int>(traces_));
    for (; reads_ < trace_.reads.size(); ++reads_) step.reads.push_back(static_cast<int>(reads_));
}

/// Compares the locals of a call with those that were known, and tells `changes`, where there is one, what differs.
void LineRecorder::settle_locals(lua_State* L, lua_Debug& event, Frame& frame, std::vector<ValueChange>* changes) {
    const auto tell = [&](std::size_t slot, const std::string& name, const ShownValue& before, const ShownValue& after) {
        const bool is_passed_on = before.text.empty() && std::find(kDecideParameters.begin(), kDecideParameters.end(), name) != kDecideParameters.end();  // obs to a function: no news
        if (changes != nullptr && !is_passed_on && !(before == after)) changes->push_back({frame.number, static_cast<int>(slot), name, before, after});
    };
    std::size_t slot = 0;
    for (const char* name = nullptr; (name = lua_getlocal(L, &event, static_cast<int>(slot) + 1)) != nullptr; ++slot) {
        Local now{name, name[0] == '(' ? ShownValue{} : shown_value(L, -1, context_, *asked_.names)};  // Lua's own have no value for people
        lua_pop(L, 1);
        if (slot >= frame.locals.size()) frame.locals.emplace_back();
        Local& known = frame.locals[slot];
        if (known.name == now.name) {
            tell(slot, now.name, known.value, now.value);
        } else {
            tell(slot, known.name, known.value, {});
            tell(slot, now.name, {}, now.value);
        }
        known = std::move(now);
    }
    for (std::size_t gone = slot; gone < frame.locals.size(); ++gone) tell(gone, frame.locals[gone].name, frame.locals[gone].value, {});
    frame.locals.resize(slot);
}

/// Calls of the script around the one that runs.
int LineRecorder::depth() const {
    return static_cast<int>(std::count_if(frames_.begin(), frames_.end(), [](const Frame& one) { return one.is_script; })) - 1;
}

void LineRecorder::open_step(Frame& frame, int file, int line) {
    TracedStep step;
    step.file = file;
    step.line = line;
    step.last_line = last_line_of(file, line);
    step.frame = frame.number;
    step.depth = depth();
    step.pass = static_cast<int>(trace_.passes_of(file, line));
    frame.last = open_ = static_cast<int>(trace_.steps.size());
    frame.is_last_exact = true;
    trace_.steps.push_back(std::move(step));
    ++listed_;
}

void LineRecorder::skip(Frame& frame, int file, int line) {
    if (trace_.steps.empty() || !trace_.steps.back().is_gap()) {
        TracedStep gap;
        gap.file = file;
        gap.line = gap.last_line = line;
        gap.frame = frame.number;
        gap.depth = depth();
        trace_.steps.push_back(std::move(gap));
    }
    TracedStep& gap = trace_.steps.back();
    ++gap.skipped;
    gap.depth = std::min(gap.depth, depth());
    if (file == gap.file) {
        gap.line = std::min(gap.line, line);
        gap.last_line = std::max(gap.last_line, line);
    }
    frame.last = open_ = static_cast<int>(trace_.steps.size()) - 1;
    frame.is_last_exact = false;
}

/// Files in the order in which their lines ran; told apart by the text that Lua keeps of each.
int LineRecorder::file_of(const char* source) {
    if (const auto known = files_.find(source); known != files_.end()) return known->second;
    const std::string name = source[0] == '@' ? source + 1 : source;
    const std::string* text = &strategy_.main.text;
    for (const auto& [module, file] : strategy_.modules)
        if (file.name == name) text = &file.text;
    trace_.files.push_back({context_.log->scripts[static_cast<std::size_t>(context_.script_of(name))], lines_of(*text)});
    is_own_.push_back(name == strategy_.main.name);
    return files_[source] = static_cast<int>(trace_.files.size()) - 1;
}

int LineRecorder::last_line_of(int file, int line) const {
    const auto found = statements_.find(line);
    return is_own_[static_cast<std::size_t>(file)] && found != statements_.end() ? found->second : line;
}

void LineRecorder::note_read(const FieldBinding& field, const std::byte* at, const std::byte* record) noexcept {
    try {
        if (const auto known = read_at_.find({&field, at}); known != read_at_.end()) {
            ++trace_.reads[static_cast<std::size_t>(known->second)].times;
            return;
        }
        if (trace_.reads.size() >= kMaxListedReads) {
            ++trace_.unlisted_reads;
            return;
        }
        read_at_[{&field, at}] = static_cast<int>(trace_.reads.size());
        trace_.reads.push_back({observed_path(context_, field, at), observed_value(*asked_.names, field, at, record), unit_shown(field), file_, line_, 1});
    } catch (...) {
    }
}

}  // namespace rackrace
