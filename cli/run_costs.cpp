#include "cli/run_costs.h"

#include <algorithm>

#include "agents/host/frozen_scripts.h"
#include "cli/build_info.h"
#include "engine/base/quarter_index.h"
#include "engine/replay/replay_reader.h"

namespace rackrace {
namespace {

/// Who decides for a firm when: at the start, and from each handover on.
std::deque<HandsCosts> hands_of(const LoadedScenario& loaded, const ScenarioScripts& scripts) {
    std::deque<HandsCosts> out;
    for (int f = 0; f < loaded.scenario.firm_count; ++f) {
        const auto strategy_at = [&](int t) {
            const Strategy* strategy = scripts.strategies[static_cast<std::size_t>(f)].get();
            for (std::size_t i = 0; i < loaded.handovers.size(); ++i)
                if (loaded.handovers[i].firm == f && loaded.handovers[i].t <= t && loaded.handovers[i].has_own_script) strategy = scripts.successors[i].get();
            return strategy;
        };
        const auto add = [&](int t) { out.push_back({f, t, frozen_hands(loaded, f, t, scripts.plays_baseline(loaded, f)).script, {strategy_at(t), {}, {}}}); };
        add(loaded.scenario.start_t);
        for (const Handover& handover : loaded.handovers) {
            if (handover.firm != f) continue;
            if (handover.t == loaded.scenario.start_t) out.pop_back();
            add(handover.t);
        }
    }
    return out;
}

/// Plays the run and lets `profile` of every firm's hands take what they cost. returns the hash of the last state
Result<std::uint64_t> play(const RecordedRun& run, EngineChoice engine, std::deque<HandsCosts>& hands, ScriptProfile ScriptCosts::*profile) {
    auto firms = seat_recorded(run, engine);
    if (!firms) return firms.error();
    for (HandsCosts& one : hands) {
        const auto& handovers = run.loaded.handovers;
        const auto at = std::find_if(handovers.begin(), handovers.end(), [&](const Handover& handover) { return handover.firm == one.firm && handover.t == one.from_t; });
        if (at == handovers.end()) (*firms)->take_profile(one.firm, one.costs.*profile);
        else (*firms)->take_successor_profile(static_cast<std::size_t>(at - handovers.begin()), one.costs.*profile);
    }
    const auto world = std::make_unique<World>(run.loaded.opening);
    const RunOutcome outcome = play_run(run.loaded.scenario, *world, run.seed, firms->get(), nullptr);
    return outcome.state_hashes.empty() ? 0 : outcome.state_hashes.back();
}

}  // namespace

Result<RunCosts> run_costs(const std::filesystem::path& folder) {
    auto replay = Replay::open(folder);
    if (!replay) return replay.error();
    auto run = load_recorded(folder, data_folder(), quarter_name(replay->run().end_t));
    if (!run) return run.error();
    auto scripts = find_scripts(run->loaded, folder / "scripts");
    if (!scripts) return scripts.error();
    RunCosts out{std::move(*run), std::move(*scripts), {}, true};
    out.hands = hands_of(out.run.loaded, out.scripts);
    const auto played = play(out.run, EngineChoice::automatic, out.hands, &ScriptCosts::played);
    if (!played) return played.error();
    const auto by_lua = play(out.run, EngineChoice::lua, out.hands, &ScriptCosts::by_lua);
    if (!by_lua) return by_lua.error();
    out.is_as_recorded = *played == replay->state_hash(replay->run().last_t);
    return out;
}

}  // namespace rackrace
