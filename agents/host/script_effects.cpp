#include "agents/host/script_effects.h"

#include "engine/quarter/apply_verb.h"

namespace rackrace {

bool note_call(ScriptContext& context, const VerbInfo& verb, const VerbAnswer& answer, const unsigned char* args, std::string_view script, int line) noexcept {
    try {
        if ((context.levers & verb_bit(verb.row.verb)) != 0) context.log->add(verb.row.verb, answer, args, context.script_of(script), line);
    } catch (...) {
        return false;
    }
    if (answer.ok()) context.used |= verb_bit(verb.row.verb);
    note_answer(answer, verb.row.verb, reference_in(verb, args), context.author, *context.desk);
    return true;
}

TraceNote note_trace(ScriptContext& context, std::string_view name, double value, bool is_mark, int line) noexcept {
    if (context.author != Author::script) return TraceNote::shown;
    Desk& desk = *context.desk;
    if (desk.trace_count >= kDeskTraces) return TraceNote::full;
    try {
        desk.trace_name[desk.trace_count] = context.trace_names->id_of(name);
        desk.trace_value[desk.trace_count] = value;
        if (is_mark) desk.trace_is_mark |= 1u << desk.trace_count;
        ++desk.trace_count;
        context.log->traces.push_back({context.firm, context.stage, std::string(name), value, is_mark, line});
        return TraceNote::shown;
    } catch (...) {
        return TraceNote::no_memory;
    }
}

}  // namespace rackrace
