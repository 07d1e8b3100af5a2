#include "agents/host/lua_deciders.h"

#include <algorithm>
#include <map>

#include "agents/host/frozen_scripts.h"
#include "agents/host/scenario_scripts.h"
#include "engine/quarter/take_lever.h"
#include "engine/quarter/verbs.h"
#include "engine/quarter/view.h"
#include "engine/scenario/handovers.h"

namespace rackrace {
namespace {

bool is_same_script(const Strategy& a, const Strategy& b) {
    return a.main.text == b.main.text && std::equal(a.modules.begin(), a.modules.end(), b.modules.begin(), b.modules.end(),
                                                    [](const auto& x, const auto& y) { return x.first == y.first && x.second.text == y.second.text; });
}

}  // namespace

std::int32_t TraceNames::id_of(std::string_view name) {
    if (const auto known = ids_.find(name); known != ids_.end()) return known->second;
    const auto id = static_cast<std::int32_t>(names_.size());
    names_.emplace_back(name);
    ids_.emplace(name, id);
    return id;
}

Result<std::unique_ptr<LuaDeciders>> LuaDeciders::start(const LoadedScenario& loaded, const std::filesystem::path& scripts, EngineChoice engine) {
    const auto found = find_scripts(loaded, scripts);
    if (!found) return found.error();
    return seat_all(loaded, *found, engine);
}

Result<std::unique_ptr<LuaDeciders>> LuaDeciders::start(const LoadedScenario& loaded, const std::vector<std::shared_ptr<const Strategy>>& strategies,
                                                        const std::vector<std::shared_ptr<const Strategy>>& baselines, EngineChoice engine) {
    if (!loaded.handovers.empty()) return handovers_refusal(loaded);
    return seat_all(loaded, {strategies, baselines, {}}, engine);
}

Result<std::unique_ptr<LuaDeciders>> LuaDeciders::seat_all(const LoadedScenario& loaded, const ScenarioScripts& scripts, EngineChoice engine) {
    std::unique_ptr<LuaDeciders> deciders(new LuaDeciders);
    deciders->engine_ = engine;
    deciders->scenario_ = std::make_unique<Scenario>(loaded.scenario);
    deciders->baselines_ = scripts.baselines;
    Refusals refusals;
    for (int f = 0; f < loaded.scenario.firm_count; ++f) {
        const auto& strategy = scripts.strategies[static_cast<std::size_t>(f)];
        if (strategy == nullptr) continue;
        const auto named = loaded.strategies.find(loaded.names.firms[static_cast<std::size_t>(f)]);
        auto hands = deciders->hands(f, strategy, named != loaded.strategies.end() ? named->second.params : std::map<std::string, std::string>{}, frozen_script(loaded, f, scripts.plays_baseline(loaded, f)));
        if (hands) static_cast<Hands&>(deciders->seats_[static_cast<std::size_t>(f)]) = std::move(*hands);
        else refusals.add(hands.error());
    }
    refusals.add(deciders->prepare_successors(loaded, scripts));
    if (!refusals.empty()) return refusals;
    return deciders;
}

Refusals LuaDeciders::prepare_successors(const LoadedScenario& loaded, const ScenarioScripts& scripts) {
    struct Before {
        std::shared_ptr<const Strategy> script;
        std::string frozen;
    };
    std::map<int, Before> before;  // by firm
    Refusals refusals;
    for (std::size_t i = 0; i < loaded.handovers.size(); ++i) {
        const Handover& handover = loaded.handovers[i];
        const int f = handover.firm;
        Before& at = before.try_emplace(f, Before{scripts.strategies[static_cast<std::size_t>(f)], frozen_script(loaded, f, scripts.plays_baseline(loaded, f))}).first->second;
        const bool keeps_memory = !handover.has_own_script || is_same_script(*at.script, *scripts.successors[i]);
        if (handover.has_own_script) at = {scripts.successors[i], frozen_handover(loaded, handover)};
        auto taking_over = hands(f, at.script, handover.strategy.params, at.frozen);
        if (taking_over) successors_.push_back({handover.t, f, keeps_memory, std::move(*taking_over)});
        else refusals.add(taking_over.error());
    }
    return refusals;
}

Seat LuaDeciders::place_of(int firm, Author author, VerbMask levers, std::string frozen_path) {
    const auto i = static_cast<std::size_t>(firm);
    return {firm, author, scenario_.get(), market_.get(), seats_[i].view.get(), &desks_[i], &trace_names_, &log_, levers, std::move(frozen_path), engine_};
}

Result<LuaDeciders::Hands> LuaDeciders::hands(int firm, const std::shared_ptr<const Strategy>& strategy, const std::map<std::string, std::string>& params, const std::string& frozen) {
    const Role role = scenario_->firms[firm].role;
    const auto& baseline = baselines_[static_cast<std::size_t>(role)];
    Hands out;
    auto script = FirmScript::start(strategy, params, place_of(firm, Author::script, ~VerbMask{0}, frozen));
    if (!script) return script.error();
    out.script = std::move(*script);
    if (baseline == nullptr || strategy->declaration().is_manual) return out;
    const VerbMask left = verbs_of(role) & ~strategy->verbs & baseline->verbs;
    if (left == 0) return out;
    auto autopilot = FirmScript::start(baseline, {}, place_of(firm, Author::autopilot, left, frozen_baseline(role)));
    if (!autopilot) return autopilot.error();
    out.autopilot = std::move(*autopilot);
    out.autopilot_verbs = left;
    return out;
}

/// The hands whose quarter has come take their seats. The autopilot's memory goes on: its script is the role's.
void LuaDeciders::hand_over(int t) {
    for (Successor& successor : successors_) {
        if (successor.t != t) continue;
        const auto f = static_cast<std::size_t>(successor.firm);
        static_cast<Hands&>(seats_[f]) = std::move(successor.hands);
        if (!successor.keeps_memory) desks_[f].is_initialised[static_cast<int>(Author::script)] = 0;
    }
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
}

void LuaDeciders::decide(const Scenario& scenario, const World& world, Orders* orders) {
    hand_over(world.t);
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
        if (seat.script != nullptr) report_stage_a(scenario, *deals_, orders[f], world, f, verbs_of_others(seat), desk);
        log_.add_results(f, desk, from);
    }
    play(scenario, world, Stage::b, orders);
}

void LuaDeciders::close(const Scenario& scenario, const World& world, const Orders* orders) {
    for (int f = 0; f < scenario.firm_count; ++f) {
        const FirmSeat& seat = seats_[static_cast<std::size_t>(f)];
        Desk& desk = desks_[static_cast<std::size_t>(f)];
        const int from = desk.result_count;
        if (seat.script != nullptr) report_stage_b(scenario, *deals_, orders[f], world, f, verbs_of_others(seat), desk);
        log_.add_results(f, desk, from);
        if (seat.script != nullptr) note_memory(f, Author::script, *seat.script);
        if (const auto& beside = seat.autopilot != nullptr ? seat.autopilot : seat.administrator; beside != nullptr) note_memory(f, Author::autopilot, *beside);
    }
}

/// What the next callback will find.
void LuaDeciders::note_memory(int firm, Author author, const FirmScript& script) {
    Desk& desk = desks_[static_cast<std::size_t>(firm)];
    if (desk.is_initialised[static_cast<int>(author)] == 0) return;
    const double* numbers = memory_of(desk, author);
    for (const MemorySlot& slot : script.strategy().memory.slots)
        for (int i = 0; i < slot.size; ++i)
            if (const double value = numbers[slot.first + i]; value != 0.0) log_.memory.push_back({firm, author, slot.name, slot.is_array ? i + 1 : 0, value});
}

}  // namespace rackrace
