// `rackrace verify`: holds every table of a run against its digests, then plays the run again from its folder and compares every state; a difference
// is named by quarter and table, or by quarter, firm and field. Of a batch it compares the rows.
#include <fmt/format.h>

#include <memory>
#include <optional>

#include <nlohmann/json.hpp>

#include "cli/batch/batch_folder.h"
#include "cli/batch/verify_batch.h"
#include "cli/build_info.h"
#include "cli/commands.h"
#include "cli/firms.h"
#include "cli/load_run.h"
#include "cli/progress.h"
#include "engine/base/quarter_index.h"
#include "engine/replay/address.h"
#include "engine/replay/all_alterations.h"
#include "engine/replay/state_diff.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;

/// Compares hashes at each close and keeps the first state that differs.
class HashCheck final : public QuarterListener {
public:
    explicit HashCheck(const Replay& recorded) : recorded_(recorded) {}
    void on_opening(const Scenario&, const World& world) override { compare(world, hash_world(world)); }
    void on_close(const ClosedQuarter& closed) override { compare(closed.world, closed.state_hash); }

    const World* first_different() const { return different_.get(); }
    int compared() const { return compared_; }

private:
    void compare(const World& world, std::uint64_t hash) {
        ++compared_;
        if (different_ == nullptr && hash != recorded_.state_hash(world.t)) different_ = std::make_unique<World>(world);
    }

    const Replay& recorded_;
    std::unique_ptr<World> different_;
    int compared_ = 0;
};

std::string programs(const RunRecord& recorded) {
    const BuildInfo now = build_info();
    return fmt::format("rackrace {} ({}) then, {} ({}) now", recorded.program_version, recorded.commit, now.version, now.commit);
}

ExitCode report_mismatch(Replay& replay, const World& now, const Terminal& terminal) {
    const std::string quarter = quarter_name(now.t);
    std::optional<StateDifference> difference;
    if (const auto then = replay.world_at(now.t)) difference = first_difference(*then, now, replay.names());
    if (terminal.wants_json) {
        nlohmann::ordered_json mismatch = {{"quarter", quarter}};
        if (difference)
            mismatch.update({{"firm", difference->firm},
                             {"field", difference->field},
                             {"recorded", cell_text(difference->first)},
                             {"now", cell_text(difference->second)},
                             {"places", difference->places}});
        terminal.data(nlohmann::ordered_json{{"schema", "rackrace.verify/1"}, {"same", false}, {"mismatch", mismatch}}.dump() + "\n");
        return ExitCode::answer_is_no;
    }
    std::string out = "mismatch  " + quarter;
    if (now.t == replay.quarters().front()) out += " (the opening books: the data or the scenario is another one)";
    if (difference) {
        if (!difference->firm.empty()) out += "  firm " + difference->firm;
        out += fmt::format("  field {}  recorded {}  now {}{}\n", difference->field, cell_text(difference->first), cell_text(difference->second),
                           difference->unit.empty() ? "" : "  " + difference->unit);
        out += fmt::format("{} numbers of the state differ in that quarter  ({})\n", difference->places, programs(replay.run()));
    } else {
        out += fmt::format("  state hash differs; the recorded state cannot be read by this program  ({})\n", programs(replay.run()));
    }
    terminal.data(out);
    return ExitCode::answer_is_no;
}

ExitCode report_altered(const Replay& replay, const std::vector<Alteration>& altered, const Terminal& terminal) {
    std::string out;
    nlohmann::ordered_json rows = nlohmann::ordered_json::array();
    for (const std::string& text : alteration_texts(altered)) out += "altered   " + text + "\n";
    for (const Alteration& one : altered) {
        const auto written = one.written < 0 ? nlohmann::ordered_json() : nlohmann::ordered_json(one.written);
        rows.push_back({{"table", one.table}, {"quarter", one.quarter}, {"rows_written", written}, {"rows_found", one.found}});
    }
    out += damaged_replay(replay.file(), replay.file().parent_path(), "").advice + "\n";
    terminal.data(terminal.wants_json ? nlohmann::ordered_json{{"schema", "rackrace.verify/1"}, {"same", false}, {"altered", rows}}.dump() + "\n" : out);
    return ExitCode::answer_is_no;
}

ExitCode report_length(const Replay& replay, int played, const Terminal& terminal) {
    terminal.data(fmt::format("mismatch  {} quarters recorded, {} now\n", replay.quarters().size() - 1, played - 1));
    return ExitCode::answer_is_no;
}

}  // namespace

ExitCode verify_command(const VerifyArguments& arguments, const Terminal& terminal) {
    if (const auto batch = find_batch(arguments.run); batch && is_batch(*batch)) return verify_batch(*batch, arguments, terminal);
    if (arguments.sample > 0) return terminal.refuse(Refusal{"--sample", 0, 0, "is of batches", "leave it out: a run is compared whole"}, ExitCode::wrong_usage);
    const auto folder = find_run(arguments.run);
    if (!folder) return terminal.refuse(folder.error(), ExitCode::bad_input);
    if (!fs::is_directory(*folder))
        return terminal.refuse(Refusal{folder->string(), 0, 0, "is no folder", "verify needs the run's folder: its scenario is played again"},
                               ExitCode::bad_input);
    auto replay = Replay::open(*folder);
    if (!replay) return terminal.refuse(replay.error(), ExitCode::bad_input);
    const auto altered = all_alterations(*replay);
    if (!altered) return terminal.refuse(altered.error(), ExitCode::bad_input);
    if (!altered->empty()) return report_altered(*replay, *altered, terminal);
    RunArguments again;
    again.from = folder->string();
    again.until = quarter_name(replay->run().end_t);
    auto run = load_run(again);
    if (!run) return terminal.refuse(run.error(), ExitCode::bad_input);
    if (run->seed != replay->run().seed)
        return terminal.refuse(
            Refusal{folder->string(), 0, 0, "run.json and replay.sqlite name different seeds", "the folder was mixed from two runs"},
            ExitCode::bad_input);

    auto firms = seat_firms(run->loaded, *folder);
    if (!firms) return terminal.refuse(firms.error(), ExitCode::script_refused);
    HashCheck check(*replay);
    ProgressListener progress(terminal, check);
    play_run(run->loaded.scenario, run->loaded.opening, run->seed, firms->get(), &progress);
    if (check.first_different() != nullptr) return report_mismatch(*replay, *check.first_different(), terminal);
    if (check.compared() != static_cast<int>(replay->quarters().size())) return report_length(*replay, check.compared(), terminal);
    const std::string hash = fmt::format("{:016x}", replay->run().hash).substr(0, 8);
    if (terminal.wants_json)
        terminal.data(
            nlohmann::ordered_json{{"schema", "rackrace.verify/1"}, {"same", true}, {"quarters", check.compared() - 1}, {"hash", hash}}.dump() +
            "\n");
    else if (!terminal.is_quiet) terminal.data(fmt::format("same      {} quarters, every state, every table  hash {}\n", check.compared() - 1, hash));
    return ExitCode::done;
}

}  // namespace rackrace
