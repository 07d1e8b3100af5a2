// `rackrace watch`: on each save of a script, check it, play it against its role's baseline on the same seeds, and say what it is worth.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>

#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/counted.h"
#include "cli/trial.h"
#include "engine/settle/kinds.h"
#include "game/paired.h"
#include "gpu/every_core.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr auto kLook = std::chrono::milliseconds(150);  // between two looks at the files
constexpr int kAccountsShown = 5;

/// The end of one run for the firm.
struct End {
    double value_usd = 0.0;
    double balance_usd[kAccounts] = {};
    int script_errors = 0;
    std::string error;  // the first
};

/// Accounts that stand on the credit side, shown as what they hold: debt owed, income kept, wear.
bool is_credit(Account account) {
    return account >= Account::debt || account == Account::chips_depreciation || account == Account::sites_depreciation || account == Account::onsite_depreciation;
}

End play(const Trial& trial, std::uint64_t seed) {
    End end;
    auto firms = trial.seat();
    if (!firms) {
        end.error = firms.error().text();
        return end;
    }
    const auto world = std::make_unique<World>(trial.loaded.opening);
    play_run(trial.loaded.scenario, *world, seed, firms->get(), nullptr);
    end.value_usd = world->firms[trial.firm].value_usd;
    for (int a = 0; a < kAccounts; ++a) end.balance_usd[a] = to_double(world->balance[trial.firm][a]) * (is_credit(static_cast<Account>(a)) ? -1.0 : 1.0);
    for (const ScriptFailure& failure : (*firms)->failures()) {
        if (failure.firm != trial.firm) continue;
        ++end.script_errors;
        if (end.error.empty()) end.error = failure.error.text();
    }
    return end;
}

std::vector<End> play_all(const Trial& trial, int seeds, int threads) {
    std::vector<End> ends(static_cast<std::size_t>(seeds));
    for_each_index(seeds, threads, [&](int i) { ends[static_cast<std::size_t>(i)] = play(trial, static_cast<std::uint64_t>(i) + 1); });
    return ends;
}

struct Score {
    PairedDifference value;             // $ over the baseline
    double baseline_usd = 0.0;          // mean
    int better = 0, worse = 0;          // seeds
    double moved_usd[kAccounts] = {};   // mean
    std::vector<int> most_moved;        // accounts
    int script_errors = 0;
    std::string error;
};

Score score_of(const std::vector<End>& script, const std::vector<End>& baseline) {
    Score out;
    std::vector<double> differences;
    const auto n = static_cast<double>(script.size());
    for (std::size_t i = 0; i < script.size(); ++i) {
        differences.push_back(script[i].value_usd - baseline[i].value_usd);
        out.better += differences.back() > 0.0;
        out.worse += differences.back() < 0.0;
        out.baseline_usd += baseline[i].value_usd / n;
        for (int a = 0; a < kAccounts; ++a) out.moved_usd[a] += (script[i].balance_usd[a] - baseline[i].balance_usd[a]) / n;
        out.script_errors += script[i].script_errors;
        if (out.error.empty()) out.error = script[i].error;
    }
    out.value = paired_difference(differences);
    for (int a = 0; a < kAccounts; ++a)
        if (out.moved_usd[a] != 0.0) out.most_moved.push_back(a);
    std::stable_sort(out.most_moved.begin(), out.most_moved.end(), [&](int a, int b) { return std::fabs(out.moved_usd[a]) > std::fabs(out.moved_usd[b]); });
    if (out.most_moved.size() > kAccountsShown) out.most_moved.resize(kAccountsShown);
    return out;
}

std::string musd(double usd) { return fmt::format("{:+.1f} M$", usd / 1e6); }

std::string score_text(const Score& score, int seeds) {
    const PairedDifference& value = score.value;
    const bool has_interval = value.n > 1;
    std::string out = "  score    " + musd(value.mean) + " of owners' value over the baseline";
    if (score.baseline_usd > 0.0) out += fmt::format(", {:+.1f} % of {:.1f} M$", 100.0 * value.mean / score.baseline_usd, score.baseline_usd / 1e6);
    if (has_interval) out += fmt::format("\n  95 %     {} to {}: {}", musd(value.mean - value.half_width), musd(value.mean + value.half_width),
                                         value.mean - value.half_width > 0.0 ? "better" : value.mean + value.half_width < 0.0 ? "worse" : "no clear difference");
    out += fmt::format("\n  seeds    better on {}, worse on {}, equal on {}\n", score.better, score.worse, seeds - score.better - score.worse);
    for (const int a : score.most_moved) out += fmt::format("  {:<19} {:>14}\n", kAccountNames[a], musd(score.moved_usd[a]));
    if (score.most_moved.empty()) out += "  no account moved: the script plays as the baseline does\n";
    return out;
}

std::string score_json(const Score& score, const WatchArguments& arguments) {
    Json accounts = Json::object();
    for (const int a : score.most_moved) accounts[kAccountNames[a]] = score.moved_usd[a];
    Json json = {{"schema", "rackrace.watch/1"}, {"file", arguments.file}, {"firm", arguments.firm}, {"scenario", arguments.scenario}, {"seeds", arguments.seeds},
                 {"baseline_usd", score.baseline_usd}, {"score_usd", score.value.mean}, {"better", score.better}, {"worse", score.worse}, {"accounts_usd", accounts}, {"script_errors", score.script_errors}};
    if (score.value.n > 1) json["interval_usd"] = {score.value.mean - score.value.half_width, score.value.mean + score.value.half_width};
    return json.dump() + "\n";
}

/// When the script and the files that it required were last saved.
std::vector<fs::file_time_type> saved_at(const std::string& file, const std::shared_ptr<const Strategy>& script) {
    std::error_code error;
    std::vector<fs::file_time_type> times{fs::last_write_time(file, error)};
    if (script != nullptr)
        for (const auto& [name, module] : script->modules) times.push_back(fs::last_write_time(module.name, error));
    return times;
}

/// The firm's trial with the baselines' ends, which no save of the script changes.
struct Watch {
    const WatchArguments& arguments;
    const Terminal& terminal;
    Trial trial;
    int threads;
    std::vector<End> baseline;

    ExitCode look() {
        const auto start = std::chrono::steady_clock::now();
        const auto script = read_script(arguments.file);
        if (!script) return terminal.refuse(script.error(), ExitCode::script_refused);
        if (const Refusals wrong = trial.fit(**script, arguments.file); !wrong.empty()) return terminal.refuse(wrong, ExitCode::script_refused);
        if (baseline.empty()) baseline = play_all(trial, arguments.seeds, threads);
        trial.script = *script;
        if (const auto seated = trial.seat(); !seated) return terminal.refuse(seated.error(), ExitCode::script_refused);
        const Score score = score_of(play_all(trial, arguments.seeds, threads), baseline);
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        if (terminal.wants_json) terminal.data(score_json(score, arguments));
        else terminal.data(fmt::format("{} at {} in {}, {}\n{}", (*script)->declaration().name, arguments.firm, arguments.scenario, counted(arguments.seeds, "seed"),
                                       score_text(score, arguments.seeds)));
        terminal.detail(fmt::format("checked and played in {:.2f} s\n", seconds));
        if (score.script_errors > 0) terminal.note(fmt::format("script error  {}; {} in all, the firm held\n", score.error, score.script_errors));
        return ExitCode::done;
    }
};

}  // namespace

ExitCode watch_command(const WatchArguments& arguments, const Terminal& terminal) {
    auto trial = make_trial(arguments.scenario, arguments.firm, Role::neocloud);
    if (!trial) return terminal.refuse(trial.error(), ExitCode::bad_input);
    if (!fs::is_regular_file(arguments.file)) return terminal.refuse(Refusal{arguments.file, 0, 0, "cannot be read", "check the path"}, ExitCode::bad_input);
    Watch watch{arguments, terminal, std::move(*trial), threads_or_all(arguments.threads), {}};
    if (arguments.is_once) return watch.look();
    terminal.note("watching " + arguments.file + "; Ctrl-C ends it\n");
    while (true) {
        const auto before = saved_at(arguments.file, nullptr);
        watch.look();
        const auto last = saved_at(arguments.file, watch.trial.script);
        if (last.front() != before.front()) continue;  // saved while it was played
        while (saved_at(arguments.file, watch.trial.script) == last) std::this_thread::sleep_for(kLook);
    }
}

}  // namespace rackrace
