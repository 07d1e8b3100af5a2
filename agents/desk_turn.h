// What a decision does to its firm's Desk beside the script's own orders, whichever engine ran it: first memory before, what is kept or taken back after.
#pragma once

#include "engine/quarter/desk.h"

namespace rackrace {

/// Memory as declared: first_memory [kDeskMemory].
RACKRACE_HD inline void open_memory(Desk& desk, Author author, const double* first_memory) {
    RACKRACE_NO_UNROLL
    for (int i = 0; i < kDeskMemory; ++i) memory_of(desk, author)[i] = first_memory[i];
    desk.is_initialised[static_cast<int>(author)] = 1;
}

/// After a callback: a sound one is counted; of one that failed nothing is left but the count of errors, and memory that was opened. `shown_to`: results
/// that it was shown, or was too late for.
RACKRACE_HD inline void close_decision(Desk& desk, const Desk& before, Author author, const double* first_memory, bool is_sound, std::int32_t shown_to) {
    if (is_sound) {
        ++desk.decisions;
    } else {
        desk = before;
        if (before.is_initialised[static_cast<int>(author)] == 0) open_memory(desk, author, first_memory);
        ++desk.script_errors;
    }
    desk.seen_count[static_cast<int>(author)] = shown_to;
}

}  // namespace rackrace
