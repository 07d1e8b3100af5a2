#include "cli/fork.h"

#include <fmt/format.h>

#include "engine/base/quarter_index.h"
#include "engine/replay/address.h"
#include "engine/replay/replay_reader.h"

namespace rackrace {

std::variant<PlayedFork, PlayRefusal> play_fork(const ForkArguments& arguments, const Terminal& terminal) {
    const auto address = parse_address(arguments.address);
    if (!address) return PlayRefusal{address.error(), ExitCode::wrong_usage};
    if (!address->t) return PlayRefusal{Refusal{arguments.address, 0, 0, "names no quarter", "write RUN@2028Q3: from then on the firm is in other hands"}, ExitCode::wrong_usage};
    const auto folder = find_run(address->run);
    if (!folder) return PlayRefusal{folder.error(), ExitCode::bad_input};
    if (!std::filesystem::is_directory(*folder))
        return PlayRefusal{Refusal{folder->string(), 0, 0, "is no folder", "a fork needs the run's folder: its scenario and scripts are played again"}, ExitCode::bad_input};
    const auto parent = Replay::open(*folder);
    if (!parent) return PlayRefusal{parent.error(), ExitCode::bad_input};
    const RunRecord& recorded = parent->run();
    if (*address->t < recorded.start_t || *address->t > recorded.end_t)
        return PlayRefusal{Refusal{arguments.address, 0, 0, "the run decides nothing in " + quarter_name(*address->t), "name a quarter from " + quarter_name(recorded.start_t) + " to " + quarter_name(recorded.end_t)},
                           ExitCode::bad_input};
    RunArguments again;
    again.from = folder->string();
    again.until = quarter_name(recorded.end_t);
    again.out = arguments.out;
    again.is_forced = arguments.is_forced;
    again.handovers = {arguments.to};
    again.handovers.front().quarter = quarter_name(*address->t);
    auto run = load_run(again);
    if (!run) return PlayRefusal{run.error(), ExitCode::bad_input};
    run->record.fork_of = fmt::format("{} {:016x}", folder->filename().string(), recorded.hash);
    auto played = play_and_save(again, *run, terminal);
    if (auto* refusal = std::get_if<PlayRefusal>(&played)) return std::move(*refusal);
    return PlayedFork{*folder, std::move(*run), std::move(std::get<SavedRun>(played))};
}

}  // namespace rackrace
