// What verbs and traces of a compiled script come to where nobody keeps a log: the firm's orders, rejections and traces on its Desk. For batches, on
// host and device.
#pragma once

#include "agents/core/interpret.h"
#include "engine/quarter/apply_verb.h"

namespace rackrace {

struct PlainCalls {
    CoreSeat& seat;
    std::int32_t reference = -1;  // of the call that was answered last

    RACKRACE_HD VerbAnswer apply(Verb verb, const unsigned char* args, int line) {
        return apply_verb(*seat.scenario, *seat.world, seat.firm, verb, args, line, *seat.orders, reference);
    }
    RACKRACE_HD void told(Verb verb, const VerbAnswer& answer, const unsigned char*, int) { note_answer(answer, verb, reference, seat.author, *seat.desk); }

    /// Traces bear their number in the program in place of one in the run.
    RACKRACE_HD bool trace(int text, double value, bool is_mark, int) {
        if (seat.author != Author::script) return true;
        Desk& desk = *seat.desk;
        if (desk.trace_count >= kDeskTraces) return false;
        desk.trace_name[desk.trace_count] = text;
        desk.trace_value[desk.trace_count] = value;
        if (is_mark) desk.trace_is_mark |= 1u << desk.trace_count;
        ++desk.trace_count;
        return true;
    }
};

/// A callback of a program on a seat by the plain calls.
RACKRACE_HD inline CoreFault run_plainly(const CoreCode& code, int entry, CoreSeat& seat) {
    PlainCalls calls{seat};
    return run_callback(code, entry, seat, calls);
}

}  // namespace rackrace
