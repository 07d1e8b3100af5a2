// `rackrace fork`: plays a fork of a run and says where the two part.
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/fork.h"
#include "cli/run_comparison.h"
#include "engine/base/command_words.h"

namespace rackrace {

ExitCode fork_command(const ForkArguments& arguments, const Terminal& terminal) {
    auto played = play_fork(arguments, terminal);
    if (const auto* refusal = std::get_if<PlayRefusal>(&played)) return terminal.refuse(refusal->refusals, refusal->code);
    const PlayedFork& fork = std::get<PlayedFork>(played);
    auto first = Replay::open(fork.parent), second = Replay::open(fork.saved.folder);
    if (!first) return terminal.refuse(first.error(), ExitCode::bad_input);
    if (!second) return terminal.refuse(second.error(), ExitCode::cannot_write);
    if (const ExitCode code = compare_runs(*first, *second, terminal); code != ExitCode::done) return code;
    const std::string folder = fork.saved.folder.string();
    terminal.note(fmt::format("saved {}; watch both: rackrace view {} {}\n", folder, quoted_word(fork.parent.string()), quoted_word(folder)));
    return tell_faults(fork.saved, fork.run, false, terminal);
}

}  // namespace rackrace
