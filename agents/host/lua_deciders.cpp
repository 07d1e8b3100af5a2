#include "agents/host/lua_deciders.h"

#include <map>

#include "agents/host/frozen_scripts.h"
#include "engine/quarter/take_lever.h"
#include "engine/quarter/verbs.h"
#include "engine/quarter/view.h"
#include "engine/scenario/csv.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;

/// Each file is read and checked once, however many firms play it.
class StrategyShelf {
public:
    std::shared_ptr<const Strategy> take(const fs::path& file, Role role, Refusals& refusals) {
        const auto key = std::pair(file.string(), role);
        if (const auto known = shelf_.find(key); known != shelf_.end()) return known->second;
        auto loaded = load_strategy(file, role);
        if (!loaded) refusals.add(loaded.error());
        return shelf_[key] = loaded ? *loaded : nullptr;
    }

private:
    std::map<std::pair<std::string, Role>, std::shared_ptr<const Strategy>> shelf_;
};

fs::path baseline_file(const fs::path& scripts, Role role) { return scripts / frozen_baseline(role); }

/// The nearest name of a script under a folder, as a suggestion.
std::string suggest_script(const fs::path& folder, const std::string& file) {
    std::vector<std::string> known;
    std::error_code error;
    for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
        if (it->path().extension() == ".lua") known.push_back(it->path().lexically_relative(folder).generic_string());
    const std::string near = nearest_word(file, known);
    return near.empty() ? "name a script in one of the two, or give its whole path" : "did you mean '" + near + "'?";
}

/// The script of a firm: beside the file that names it, then among those that come with the program.
Result<fs::path> strategy_file(const LoadedScenario& loaded, const fs::path& scripts, int firm) {
    const std::string& name = loaded.names.firms[static_cast<std::size_t>(firm)];
    const auto named = loaded.strategies.find(name);
    if (named == loaded.strategies.end() || named->second.file.empty()) return baseline_file(scripts, loaded.scenario.firms[firm].role);
    const FirmStrategy& strategy = named->second;
    const fs::path file(strategy.file), shelf = scripts / "strategies";
    if (file.is_absolute()) return file;
    for (const fs::path& folder : {strategy.folder, shelf})
        if (fs::is_regular_file(folder / file)) return folder / file;
    const std::string beside = strategy.folder.empty() ? "the working folder" : strategy.folder.string();
    return Refusal{strategy.named_at, 0, 0, "strategy '" + strategy.file + "' of " + name + " is neither in " + beside + " nor in " + shelf.string(), suggest_script(shelf, strategy.file)};
}

}  // namespace

std::int32_t TraceNames::id_of(std::string_view name) {
    if (const auto known = ids_.find(name); known != ids_.end()) return known->second;
    const auto id = static_cast<std::int32_t>(names_.size());
    names_.emplace_back(name);
    ids_.emplace(name, id);
    return id;
}

Result<std::unique_ptr<LuaDeciders>> LuaDeciders::start(const LoadedScenario& loaded, const fs::path& scripts, EngineChoice engine) {
    StrategyShelf shelf;
    Refusals refusals;
    std::vector<std::shared_ptr<const Strategy>> baselines(kRoles), strategies(static_cast<std::size_t>(loaded.scenario.firm_count));
    for (int role = 0; role < kRoles; ++role) baselines[static_cast<std::size_t>(role)] = shelf.take(baseline_file(scripts, static_cast<Role>(role)), static_cast<Role>(role), refusals);
    for (int f = 0; f < loaded.scenario.firm_count; ++f) {
        const auto file = strategy_file(loaded, scripts, f);
        if (file) strategies[static_cast<std::size_t>(f)] = shelf.take(*file, loaded.scenario.firms[f].role, refusals);
        else refusals.add(file.error());
    }
    if (!refusals.empty()) return refusals;
    return start(loaded, strategies, baselines, engine);
}

Result<std::unique_ptr<LuaDeciders>> LuaDeciders::start(const LoadedScenario& loaded, const std::vector<std::shared_ptr<const Strategy>>& strategies,
                                                        const std::vector<std::shared_ptr<const Strategy>>& baselines, EngineChoice engine) {
    std::unique_ptr<LuaDeciders> deciders(new LuaDeciders);
    deciders->engine_ = engine;
    deciders->scenario_ = std::make_unique<Scenario>(loaded.scenario);
    deciders->baselines_ = baselines;
    Refusals refusals;
    for (int f = 0; f < loaded.scenario.firm_count; ++f) {
        const auto& baseline = baselines[static_cast<std::size_t>(loaded.scenario.firms[f].role)];
        refusals.add(deciders->seat(loaded, f, strategies[static_cast<std::size_t>(f)], baseline));
    }
    if (!refusals.empty()) return refusals;
    return deciders;
}

Seat LuaDeciders::place_of(int firm, Author author, VerbMask levers, std::string frozen_path) {
    const auto i = static_cast<std::size_t>(firm);
    return {firm, author, scenario_.get(), market_.get(), seats_[i].view.get(), &desks_[i], &trace_names_, &log_, levers, std::move(frozen_path), engine_};
}

Refusals LuaDeciders::seat(const LoadedScenario& loaded, int firm, std::shared_ptr<const Strategy> strategy, std::shared_ptr<const Strategy> baseline) {
    if (strategy == nullptr) return {};
    const auto i = static_cast<std::size_t>(firm);
    FirmSeat& seat = seats_[i];
    const Role role = loaded.scenario.firms[firm].role;
    const auto named = loaded.strategies.find(loaded.names.firms[i]);
    const Seat place = place_of(firm, Author::script, ~VerbMask{0}, frozen_script(loaded, firm, strategy == baseline));
    auto script = FirmScript::start(strategy, named != loaded.strategies.end() ? named->second.params : std::map<std::string, std::string>{}, place);
    if (!script) return script.error();
    seat.script = std::move(*script);
    if (baseline == nullptr || strategy->declaration().is_manual) return {};
    const VerbMask left = verbs_of(role) & ~strategy->verbs & baseline->verbs;
    if (left == 0) return {};
    auto autopilot = FirmScript::start(baseline, {}, place_of(firm, Author::autopilot, left, frozen_baseline(role)));
    if (!autopilot) return autopilot.error();
    seat.autopilot = std::move(*autopilot);
    seat.autopilot_verbs = left;
    return {};
}

const Strategy* LuaDeciders::strategy(int firm) const {
    const auto& script = seats_[static_cast<std::size_t>(firm)].script;
    return script != nullptr ? &script->strategy() : nullptr;
}

EngineChoice LuaDeciders::engine(int firm) const {
    const auto& script = seats_[static_cast<std::size_t>(firm)].script;
    return script != nullptr ? script->engine() : EngineChoice::automatic;
}

/// A callback into orders of its own. returns false where it failed
bool LuaDeciders::run(FirmScript& script, const World& world, Stage stage, Author author, int firm, Orders& orders, VerbMask& used) {
    orders = Orders{};
    const auto error = script.decide(stage, world, orders, used);
    if (error) failures_.push_back({firm, world.t, stage, author, &script == seats_[static_cast<std::size_t>(firm)].administrator.get(), *error});
    return !error;
}

/// Both authors decide, then the levers are merged. Where the script fails the firm holds: the autopilot's orders are dropped as well.
void LuaDeciders::play_firm(const World& world, Stage stage, int firm, Orders& orders) {
    FirmSeat& seat = seats_[static_cast<std::size_t>(firm)];
    Orders own, beside;
    VerbMask used = 0, used_beside = 0;
    if (!run(*seat.script, world, stage, Author::script, firm, own, used)) return;
    take_levers(used, own, orders);
    if (seat.autopilot == nullptr || !run(*seat.autopilot, world, stage, Author::autopilot, firm, beside, used_beside)) return;
    take_levers(used_beside & seat.autopilot_verbs, beside, orders);
}

/// Chapter 11: the firm's script is not called. An administrator runs what there is by the role's baseline, and makes no deals of stage A. It starts anew
/// with every estate.
void LuaDeciders::administer(const World& world, Stage stage, int firm, Orders& orders) {
    FirmSeat& seat = seats_[static_cast<std::size_t>(firm)];
    const Role role = scenario_->firms[firm].role;
    const auto& baseline = baselines_[static_cast<std::size_t>(role)];
    if (baseline == nullptr || stage != Stage::b) return;
    if (seat.administrator == nullptr) {
        auto started = FirmScript::start(baseline, {}, place_of(firm, Author::autopilot, verbs_of(role), frozen_baseline(role)));
        if (!started) {  // where every firm of the role plays a script of its own, nobody has run this file before
            const Refusal& why = started.error().all.front();
            failures_.push_back({firm, world.t, stage, Author::autopilot, true, {why.place, why.line, why.fact, ScriptErrorKind::runtime}});
            log_.begin(firm, stage, Author::autopilot);
            log_.fail(0, log_.script_of(frozen_baseline(role)), why.line, why.fact);
            return;
        }
        seat.administrator = std::move(*started);
    }
    Orders own;
    VerbMask used = 0;
    if (run(*seat.administrator, world, stage, Author::autopilot, firm, own, used)) take_levers(used, own, orders);
}

void LuaDeciders::play(const Scenario& scenario, const World& world, Stage stage, Orders* orders) {
    observe(scenario, world, *market_);
    for (int f = 0; f < scenario.firm_count && !is_stopped(); ++f) {
        FirmSeat& seat = seats_[static_cast<std::size_t>(f)];
        if (seat.script == nullptr || world.firms[f].status == FirmStatus::absent || !is_active(world.firms[f])) continue;
        const bool is_estate = world.firms[f].status == FirmStatus::chapter_11;
        if (!is_estate) seat.administrator.reset();
        observe(scenario, world, *market_, f, *seat.view);
        const Turn turn{f, stage, world, *market_, *seat.view, desks_[static_cast<std::size_t>(f)]};
        if (listener_ != nullptr) listener_->before(turn);
        if (is_estate) administer(world, stage, f, orders[f]);
        else play_firm(world, stage, f, orders[f]);
        if (listener_ != nullptr) listener_->after(turn);
    }
    note_before(stage, scenario, world, orders, *before_);
}

void LuaDeciders::decide(const Scenario& scenario, const World& world, Orders* orders) {
    log_.clear();
    for (Desk& desk : desks_) {
        desk.trace_count = 0;
        desk.trace_is_mark = 0;
        for (int i = 0; i < kDeskTraces; ++i) {
            desk.trace_value[i] = 0.0;
            desk.trace_name[i] = 0;
        }
    }
    play(scenario, world, Stage::a, orders);
}

void LuaDeciders::operate(const Scenario& scenario, const World& world, Orders* orders) {
    for (int f = 0; f < scenario.firm_count; ++f) {
        const FirmSeat& seat = seats_[static_cast<std::size_t>(f)];
        Desk& desk = desks_[static_cast<std::size_t>(f)];
        const int from = desk.result_count;
        if (seat.script != nullptr) report_stage_a(scenario, *before_, *deals_, orders[f], world, f, verbs_of_others(seat), desk);
        log_.add_results(f, desk, from);
    }
    play(scenario, world, Stage::b, orders);
}

void LuaDeciders::close(const Scenario& scenario, const World& world, const Orders* orders) {
    for (int f = 0; f < scenario.firm_count; ++f) {
        const FirmSeat& seat = seats_[static_cast<std::size_t>(f)];
        Desk& desk = desks_[static_cast<std::size_t>(f)];
        const int from = desk.result_count;
        if (seat.script != nullptr) report_stage_b(scenario, *before_, *deals_, orders[f], world, f, verbs_of_others(seat), desk);
        log_.add_results(f, desk, from);
    }
}

}  // namespace rackrace
