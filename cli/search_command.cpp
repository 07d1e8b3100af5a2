// `rackrace search`: the best parameters of one firm's script against a fixed field, found on some seeds and checked on others.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include <nlohmann/json.hpp>

#include "cli/batch/batch_folder.h"
#include "cli/batch/disk_room.h"
#include "cli/batch/profiles.h"
#include "cli/build_info.h"
#include "cli/commands.h"
#include "cli/counted.h"
#include "cli/interpreted.h"
#include "cli/progress.h"
#include "cli/search/search_result.h"
#include "cli/signals.h"
#include "engine/base/command_words.h"
#include "engine/base/hash.h"
#include "engine/base/quarter_index.h"
#include "engine/scenario/tables.h"
#include "gpu/every_core.h"
#include "viz/figures/svg.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr double kBytesPerRun = 120.0;  // of search.sqlite with its index: the point as text, the seed, the payoff

/// Runs of the default, the budget and the check: a climb may end before its budget does.
std::int64_t runs_of(const SearchTask& task) {
    const auto seeds = static_cast<std::int64_t>(task.plan.seeds.size());
    return task.points() * seeds + seeds + 2 * static_cast<std::int64_t>(task.fresh.size());
}

/// The plan without what the search varies: everybody at the default.
Plan field_plan(const SearchTask& task) {
    Plan plan = task.plan;
    std::vector<Axis> fixed;
    for (std::size_t a = 0; a < plan.axes.size(); ++a)
        if (std::find(task.varied.begin(), task.varied.end(), a) == task.varied.end()) fixed.push_back(plan.axes[a]);
    plan.axes = std::move(fixed);
    plan.method = SampleMethod::none;
    return plan;
}

/// Refused: scripts that changed their mind about parameters, settings that do not go together.
Result<std::shared_ptr<const Profile>> field_of(const SearchTask& task, const Inputs& inputs) {
    const Plan plan = field_plan(task);
    const auto design = Design::make(plan);
    if (!design) return design.error();
    const auto maker = ProfileMaker::make(plan, *design, inputs);
    if (!maker) return maker.error();
    return (*maker)->profile(0);
}

std::vector<InterpretedScript> interpreted_in(const Profile& field) {
    std::vector<const Strategy*> all;
    for (const auto* strategies : {&field.strategies, &field.baselines})
        for (const auto& strategy : *strategies) all.push_back(strategy.get());
    return interpreted_scripts(all);
}

/// Writes what was found beside the log and tells it.
ExitCode tell(const SearchResult& result, const fs::path& folder, const Terminal& terminal) {
    Refusals wrong = write_batch_text(folder / "evaluations.csv", evaluations_csv(result));
    wrong.add(write_batch_text(folder / kSearchText, search_text(result)));
    wrong.add(write_batch_text(folder / kSearchResult, search_json(result, folder.string())));
    wrong.add(write_batch_text(folder / "search.svg", figure_svg(search_figure(result), *find_style("light"))));
    if (!wrong.empty()) return terminal.refuse(wrong, ExitCode::cannot_write);
    terminal.data(terminal.wants_json ? search_json(result, folder.string()) : search_text(result) + search_saved_text(folder.string()));
    const auto& tried = result.outcome.tried;
    const auto broken = std::count_if(tried.begin(), tried.end(), [](const TriedPoint& one) { return !one.is_whole; });
    if (broken > 0) terminal.note(fmt::format("{} points had runs without a payoff: they cannot win; table runs of search.sqlite says which\n", broken));
    return broken > 0 ? ExitCode::partly_failed : ExitCode::done;
}

/// Plays what is left of a search whose folder is there. knows_scripts: which of them Lua plays has been told, by the names that people gave them.
ExitCode go_on(const fs::path& folder, const SearchArguments& arguments, bool knows_scripts, const Terminal& terminal) {
    auto store = SearchStore::open(folder);
    if (!store) return terminal.refuse(store.error(), ExitCode::bad_input);
    const SearchFacts facts = store->facts();
    if (!arguments.objective.empty() && arguments.objective != facts.objective)
        return terminal.refuse(Refusal{folder.string(), 0, 0, "is a search with another objective", "leave --objective out, or search the plan: it gets a folder of its own"}, ExitCode::bad_input);
    const auto begun = begun_plan(folder, facts.name, facts.inputs_hash, facts.program_version, {"search", "search", "a folder of its own"});
    if (!begun) return terminal.refuse(begun.error(), ExitCode::bad_input);
    const auto task = search_task(begun->plan, arguments.budget > 0 ? arguments.budget : facts.budget, facts.objective);
    if (!task) return terminal.refuse(task.error(), ExitCode::bad_input);
    std::error_code ignored;
    if (task->budget != facts.budget)  // what was found with another budget is not what this one ends with
        for (const char* file : {kSearchResult, kSearchText}) fs::remove(folder / file, ignored);
    if (const Refusals wrong = store->keep_budget(task->budget); !wrong.empty()) return terminal.refuse(wrong, ExitCode::cannot_write);
    const auto field = field_of(*task, begun->inputs);
    if (!field) return terminal.refuse(field.error(), ExitCode::script_refused);
    if (!knows_scripts) tell_interpreted(interpreted_in(**field), terminal);

    const std::int64_t all = runs_of(*task);
    BatchProgress progress(terminal, all, store->runs());
    const SignalGuard guard;
    const auto found = search(*task, {*field, arguments.threads, [&](std::int64_t runs) { progress.show(runs); }}, *store);
    const std::string kept = fmt::format("{} of about {} runs are finished and kept; go on: rackrace search {}\n", store->runs(), all, quoted_word(folder.string()));
    if (!found) {
        const ExitCode code = terminal.refuse(found.error(), ExitCode::cannot_write);
        terminal.note(kept);
        return code;
    }
    if (!found->is_complete) {
        terminal.note((terminal.progress == Progress::bar ? "\n" : "") + std::string("interrupted: ") + kept);
        return interruption();
    }
    const Scenario& scenario = (*field)->loaded.scenario;
    return tell({*task, *found, facts.inputs_hash, facts.program_version, quarter_name(scenario.start_t), quarter_name(scenario.end_t)}, folder, terminal);
}

/// Who plays a search, and how long, when a run takes so long. The sample is one batch, a climb goes from point to point: there the seeds of one are all that is played at once.
struct SearchTime {
    std::string threads;  // "16 threads, the climb on 8"
    double seconds = 0.0;
};
SearchTime search_time(const SearchTask& task, int threads, double run_s) {
    const auto seeds = static_cast<std::int64_t>(task.plan.seeds.size()), climb = task.plan.search.refine.empty() ? 0 : task.points() - static_cast<std::int64_t>(task.sample.size());
    const std::int64_t alone = runs_of(task) - climb * seeds, climbing = std::min<std::int64_t>(threads, seeds);
    SearchTime out{counted(threads, "thread"), run_s * (static_cast<double>(alone) / threads + static_cast<double>(climb * seeds) / static_cast<double>(climbing))};
    if (climb > 0 && climbing < threads) out.threads += fmt::format(", the climb on {}", climbing);
    return out;
}

/// One run of the field, timed: what all of them will take.
ExitCode say_what_would_run(const SearchTask& task, const Profile& field, const Inputs& inputs, int asked_threads, const Terminal& terminal) {
    const auto start = std::chrono::steady_clock::now();
    play_cell(field, 0, task.plan.seeds.front(), false);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    const SearchTime time = search_time(task, threads_or_all(asked_threads), seconds);
    const std::int64_t runs = runs_of(task);
    const double disk = kBytesPerRun * static_cast<double>(runs);
    std::string parameters;
    for (std::size_t i = 0; i < task.varied.size(); ++i) parameters += (i == 0 ? "" : ", ") + task.parameter(i);
    if (terminal.wants_json) {
        terminal.data(Json{{"schema", "rackrace.search/2"}, {"status", "not run"}, {"search", task.plan.name}, {"firm", task.firm}, {"objective", task.objective.text()}, {"points", task.sample.size()}, {"budget", task.budget}, {"runs", runs},
                           {"seeds", task.plan.seeds.size()}, {"fresh_seeds", task.fresh.size()}, {"inputs_hash", fmt::format("{:016x}", inputs.hash)}, {"seconds", time.seconds}, {"disk_bytes", disk},
                           {"interpreted", interpreted_json(interpreted_in(field))}}
                          .dump() +
                      "\n");
        return ExitCode::done;
    }
    terminal.data(fmt::format("would search  {} of {}: {} points of the sample{}, {} seeds each: {} runs\nobjective     {}\n"
                              "then check    default and winner on {} fresh seeds, from {}\ninputs        frozen: {}  (hash {})\n",
                              parameters, task.firm, task.sample.size(), task.plan.search.refine.empty() ? "" : fmt::format(", then up to {} of a climb", task.points() - static_cast<std::int64_t>(task.sample.size())),
                              task.plan.seeds.size(), task.budget, task.objective.text(), task.fresh.size(), task.fresh.front(), inputs.count_text(), inputs.short_hash()) +
                  fmt::format("estimate      {} x {:.2f} s / {} = {}        disk {:.3g} MB\n", runs, seconds, time.threads, duration_text(time.seconds), disk / 1e6));
    return ExitCode::done;
}

/// The six digits of a search's folder: an objective of the command line makes another search of the same plan.
std::string short_hash(const Inputs& inputs, const std::string& objective) {
    if (objective.empty()) return inputs.short_hash();
    return fmt::format("{:016x}", hash64(inputs.hash, name_hash(objective.data(), objective.size()))).substr(0, 6);
}

/// A file, or a name in the data folder's plans. Refused with the nearest name there.
Result<fs::path> plan_file(const std::string& word) {
    std::error_code error;
    if (fs::exists(word, error)) return fs::path(word);
    const fs::path shelf = data_folder() / "plans";
    if (const fs::path named = shelf / (word + ".toml"); fs::exists(named, error)) return named;
    std::vector<std::string> known;
    for (fs::directory_iterator it(shelf, error), end; !error && it != end; it.increment(error))
        if (it->path().extension() == ".toml") known.push_back(it->path().stem().string());
    std::sort(known.begin(), known.end());
    return Refusal{word, 0, 0, "is no file, no search, and no plan in " + shelf.string(), suggestion(word, known)};
}

}  // namespace

ExitCode search_command(const SearchArguments& arguments, const Terminal& terminal) {
    if (const auto folder = find_search(arguments.plan)) return go_on(*folder, arguments, false, terminal);
    const auto file = plan_file(arguments.plan);
    if (!file) return terminal.refuse(file.error(), ExitCode::bad_input);
    const auto plan = read_plan(*file);
    if (!plan) return terminal.refuse(plan.error(), ExitCode::bad_input);
    const auto task = search_task(*plan, arguments.budget, arguments.objective);
    if (!task) return terminal.refuse(task.error(), ExitCode::bad_input);
    const auto inputs_found = find_inputs(*plan, data_folder(), scripts_folder());
    if (const auto* wrong = std::get_if<PlanRefusals>(&inputs_found)) return terminal.refuse(wrong->refusals, wrong->are_scripts ? ExitCode::script_refused : ExitCode::bad_input);
    const Inputs& inputs = std::get<Inputs>(inputs_found);
    const auto field = field_of(*task, inputs);
    if (!field) return terminal.refuse(field.error(), ExitCode::bad_input);
    tell_interpreted(interpreted_in(**field), terminal);
    const fs::path folder = arguments.out.empty() ? fs::path("searches") / (plan->name + "-" + short_hash(inputs, arguments.objective)) : fs::path(arguments.out).lexically_normal();
    const std::int64_t runs = runs_of(*task);
    if (const Refusals full = check_disk({folder, runs, kBytesPerRun * static_cast<double>(runs), "give a lower --budget, fewer points or seeds, or --out on another disk"}); !full.empty())
        return terminal.refuse(full, ExitCode::cannot_write);
    if (arguments.is_dry_run) return say_what_would_run(*task, **field, inputs, arguments.threads, terminal);
    const SearchFacts facts{plan->name, fmt::format("{:016x}", inputs.hash), build_info().version, task->budget, arguments.objective};
    if (is_search(folder)) {
        const auto begun = SearchStore::open(folder);
        if (!begun) return terminal.refuse(begun.error(), ExitCode::bad_input);
        if (begun->facts().inputs_hash != facts.inputs_hash || begun->facts().objective != facts.objective)
            return terminal.refuse(Refusal{folder.string(), 0, 0, "is another search", "give another --out, or delete it"}, ExitCode::cannot_write);
    } else {
        const Refusals refusals = make_batch_folder({folder, false}, [&](const fs::path& made) {
            Refusals wrong = freeze(inputs, made);
            wrong.add(write_batch_text(made / "plan.toml", plan->text));
            wrong.add(write_command(made, fmt::format("rackrace search {} --budget {}{}", quoted_word(arguments.plan), task->budget, arguments.objective.empty() ? "" : " --objective " + quoted_word(arguments.objective))));
            if (!wrong.empty()) return wrong;
            const auto store = SearchStore::create(made, facts);
            return store ? Refusals{} : store.error();
        });
        if (!refusals.empty()) return terminal.refuse(refusals, ExitCode::cannot_write);
    }
    return go_on(folder, arguments, true, terminal);
}

}  // namespace rackrace
