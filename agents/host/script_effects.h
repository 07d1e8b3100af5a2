// What a verb or a trace of a script leaves behind beside the firm's orders: results on its Desk, entries in the log. The same for every engine;
// nothing throws, since Lua leaves by long jumps.
#pragma once

#include <string_view>

#include "agents/host/script_context.h"
#include "engine/quarter/verbs.h"

namespace rackrace {

/// Keeps the answer to a call: the verb as used, or a rejection on the Desk; the call in the log where the lever is this author's.
/// returns false where no memory is left for the log
bool note_call(ScriptContext& context, const VerbInfo& verb, const VerbAnswer& answer, const unsigned char* args, std::string_view script, int line) noexcept;

enum class TraceNote { shown, full, no_memory };

/// Shows a number or a mark in the replay. Those of the autopilot are not shown: the firm's traces are its script's.
TraceNote note_trace(ScriptContext& context, std::string_view name, double value, bool is_mark, int line) noexcept;

}  // namespace rackrace
