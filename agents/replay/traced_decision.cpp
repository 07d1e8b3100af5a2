#include "agents/replay/traced_decision.h"

#include <algorithm>
#include <cstring>

#include "agents/host/frozen_scripts.h"
#include "agents/host/shown_value.h"
#include "engine/base/number_text.h"
#include "engine/base/quarter_index.h"
#include "engine/replay/replay_tables.h"

namespace rackrace {
namespace {

using Settings = std::map<std::string, std::string>;

std::vector<MemoryNumber> memory_numbers(const MemoryLayout& layout, const double* before, const double* after) {
    std::vector<MemoryNumber> out;
    for (const MemorySlot& slot : layout.slots)
        for (int i = 0; i < slot.size; ++i) {
            const auto shown = [&](double value) { return slot.is_flag ? ShownValue{value != 0.0 ? "true" : "false", std::nullopt, 0} : number_value(value); };
            out.push_back({slot.name + (slot.is_array ? "[" + std::to_string(i + 1) + "]" : ""), shown(before[slot.first + i]), shown(after[slot.first + i])});
        }
    return out;
}

/// What the recorded table holds of an order, as text that two can be compared by.
struct OrderText {
    std::string verb, args, script, line, answer;
    friend bool operator==(const OrderText&, const OrderText&) = default;
};

OrderText text_of(const Names& names, const DecisionLog& log, const PlacedOrder& order) {
    const bool is_refused = order.status == OrderStatus::rejected;
    return {std::string(info_of(order.verb).row.name), order_arguments(names, order), log.scripts[static_cast<std::size_t>(order.script)], order.line > 0 ? std::to_string(order.line) : "",
            is_refused ? std::string(row_of(order.answer.code).id) : order.status == OrderStatus::dropped ? "dropped" : ""};
}

OrderText text_of(const ReplayRows& rows, std::size_t row) {
    const std::string status = rows.text(row, "status");
    return {rows.text(row, "verb"), rows.text(row, "args"), rows.text(row, "script"), rows.text(row, "line"), status == "rejected" ? rows.text(row, "code") : status == "dropped" ? status : ""};
}

/// One sentence for the first order that is another one, nothing where all are the same.
void compare_orders(const Names& names, const TracedDecision& decision, const ReplayRows& recorded, std::vector<std::string>& differences) {
    const std::vector<PlacedOrder>& orders = decision.log.orders;
    for (std::size_t i = 0; i < std::min(orders.size(), recorded.rows.size()); ++i) {
        const OrderText now = text_of(names, decision.log, orders[i]), then = text_of(recorded, i);
        if (now == then) continue;
        const auto said = [](const OrderText& one) { return one.verb + " " + one.args + " of line " + one.line + (one.answer.empty() ? "" : ", " + one.answer); };
        differences.push_back("order " + std::to_string(i + 1) + " is " + said(now) + "; recorded is " + said(then));
        return;
    }
    if (orders.size() != recorded.rows.size()) differences.push_back(std::to_string(orders.size()) + " orders; recorded are " + std::to_string(recorded.rows.size()));
}

/// What of the answer hangs on who decides for the firm at this time.
void note_hands(const LuaDeciders& firms, const DecisionQuestion& question, TracedQuarter& out) {
    const Strategy& strategy = *firms.strategy(question.firm);
    out.engine = firms.engine(question.firm);
    out.has_operate = strategy.declaration().operate != nullptr;
    out.autopilot_verbs = firms.autopilot_verbs(question.firm);
    if (question.other != nullptr && !question.other->declaration().is_manual) out.other_leaves = strategy.verbs & ~question.other->verbs;
}

/// Plays until a firm's turns of a quarter and has scripts decide there beside the run.
class TurnTracer final : public Deciders, public TurnListener {
public:
    TurnTracer(const RecordedRun& run, LuaDeciders& firms, const DecisionQuestion& question, const FrozenHands& hands, TracedQuarter& out)
        : run_(run), firms_(firms), question_(question), hands_(hands), out_(out) {
        firms_.tell(this);
    }

    void decide(const Scenario& scenario, const World& world, Orders* orders) override { firms_.decide(scenario, world, orders); }
    void hear(const Deals& deals) override { firms_.hear(deals); }
    void operate(const Scenario& scenario, const World& world, Orders* orders) override { firms_.operate(scenario, world, orders); }
    void close(const Scenario& scenario, const World& world, const Orders* orders) override { firms_.close(scenario, world, orders); }
    bool is_stopped() const override { return is_over_; }

    void before(const Turn& turn) override {
        if (turn.world.t != question_.t) return;
        is_over_ = turn.stage == Stage::b || question_.stage == Stage::a;
        if (turn.firm != question_.firm) return;
        if (turn.world.firms[turn.firm].status == FirmStatus::chapter_11) return;
        note_hands(firms_, question_, out_);  // those of the quarter: a handover may lie before it
        const Strategy& strategy = *firms_.strategy(turn.firm);
        const bool is_called = turn.stage == Stage::a || strategy.declaration().operate != nullptr;
        if (is_called && (!question_.stage || *question_.stage == turn.stage))
            out_.decisions.push_back(decide_beside(turn, {std::shared_ptr<void>(), &strategy}, settings(), turn.desk, out_.script));
        if (question_.other != nullptr) decide_other(turn);
    }

    void after(const Turn& turn) override {
        if (turn.world.t != question_.t || turn.firm != question_.firm || out_.decisions.empty() || out_.decisions.back().stage != turn.stage) return;
        TracedDecision& decision = out_.decisions.back();
        const std::vector<MemoryNumber> now = memory_numbers(firms_.strategy(turn.firm)->memory, turn.desk.memory, turn.desk.memory);
        for (std::size_t i = 0; i < now.size(); ++i)
            if (!(now[i].after == decision.memory[i].after)) decision.differences.push_back("mem." + now[i].name + " is " + decision.memory[i].after.text + "; in the run " + now[i].after.text);
    }

    const Settings& settings() const { return hands_.params; }

    Refusals refusals;

private:
    /// `desk`: as the script finds it; a copy is left behind in `desk_after_`.
    TracedDecision decide_beside(const Turn& turn, std::shared_ptr<const Strategy> strategy, const Settings& settings, const Desk& desk, const std::string& path) {
        TracedDecision out;
        out.stage = turn.stage;
        out.trace.names = &run_.loaded.names;
        out.trace.limits = question_.limits;
        desk_after_ = desk;
        TraceNames trace_names = firms_.trace_names();
        const Seat seat{turn.firm, Author::script, &run_.loaded.scenario, &turn.market, &turn.view, &desk_after_, &trace_names, &out.log, ~VerbMask{0}, path, EngineChoice::lua};
        DeskResult shown[kDeskResults];
        out.results_shown = unseen_results(desk, Author::script, shown);
        auto script = FirmScript::start(strategy, settings, seat);
        if (!script) {
            refusals.add(script.error());
            return out;
        }
        (*script)->take_trace(out.trace);
        Orders orders{};
        VerbMask used = 0;
        out.error = (*script)->decide(turn.stage, turn.world, orders, used);
        const bool is_first = desk.is_initialised[static_cast<int>(Author::script)] == 0;
        out.memory = memory_numbers(strategy->memory, is_first ? strategy->memory.initial.data() : desk.memory, desk_after_.memory);
        return out;
    }

    /// Its memory begins as it declares, and lasts from decide to operate of the quarter.
    void decide_other(const Turn& turn) {
        Desk desk = turn.desk;
        desk.is_initialised[static_cast<int>(Author::script)] = other_has_begun_ ? 1 : 0;
        if (other_has_begun_) std::copy(std::begin(other_memory_), std::end(other_memory_), std::begin(desk.memory));
        if (turn.stage == Stage::b && question_.other->declaration().operate == nullptr) return;
        Settings known;
        const auto& declared = question_.other->declaration().parameters;
        for (const auto& [name, value] : settings())
            if (std::any_of(declared.begin(), declared.end(), [&wanted = name](const Parameter& one) { return one.name == wanted; })) known[name] = value;
            else if (!other_has_begun_) out_.unknown_settings.push_back(name);
        TracedDecision decision = decide_beside(turn, question_.other, known, desk, question_.other->main.name);
        std::copy(std::begin(desk_after_.memory), std::end(desk_after_.memory), std::begin(other_memory_));
        other_has_begun_ = true;
        if (!question_.stage || *question_.stage == turn.stage) out_.others.push_back(std::move(decision));
    }

    const RecordedRun& run_;
    LuaDeciders& firms_;
    const DecisionQuestion& question_;
    const FrozenHands& hands_;
    TracedQuarter& out_;
    Desk desk_after_{};
    double other_memory_[kDeskMemory] = {};
    bool other_has_begun_ = false;
    bool is_over_ = false;
};

/// The last state that was played, against the recorded one.
class LastClose final : public QuarterListener {
public:
    explicit LastClose(const Replay& replay) : replay_(replay) {}
    void on_opening(const Scenario&, const World& world) override { is_same = hash_world(world) == replay_.state_hash(world.t); }
    void on_close(const ClosedQuarter& closed) override { is_same = closed.state_hash == replay_.state_hash(closed.world.t); }
    bool is_same = true;

private:
    const Replay& replay_;
};

}  // namespace

std::string unchanged_text(const std::vector<MemoryNumber>& memory) {
    std::string out;
    const auto array_of = [](const MemoryNumber& number) { return number.name.substr(0, number.name.find('[')); };
    for (std::size_t i = 0; i < memory.size();) {
        const auto is_alike = [&](const MemoryNumber& other) { return other.before == other.after && other.after == memory[i].after && array_of(other) == array_of(memory[i]); };
        std::size_t end = i;
        while (end < memory.size() && is_alike(memory[end])) ++end;
        if (end > i) out += (out.empty() ? "" : ", ") + memory[i].name + (end > i + 1 ? " to " + memory[end - 1].name.substr(memory[end - 1].name.find('[')) : "") + " " + memory[i].after.text;
        i = std::max(end, i + 1);
    }
    return out;
}

Refusal no_decision(Replay& replay, const std::string& firm, int t) {
    const std::string quarter = quarter_name(t);
    Refusal out{"--at " + quarter, 0, 0, "the script of " + firm + " has no operate", "leave out --stage, or ask for --stage A"};
    const auto rows = replay.rows("firms", {{"firm", firm}});
    if (!rows) return out;
    std::string status, since;
    for (std::size_t row = 0; row < rows->rows.size() && rows->text(row, "quarter") < quarter; ++row) {
        if (rows->text(row, "status") != status) since = rows->text(row, "quarter");
        status = rows->text(row, "status");
    }
    if (status == "absent") out.fact = firm + " has not entered the market yet";
    else if (status == "chapter_11") out.fact = firm + " is in chapter 11 since the close of " + since + ": an administrator decides for it";
    else if (status == "liquidated" || status == "acquired") out.fact = firm + " is " + status + " since the close of " + since + ": nobody decides for it";
    else return out;
    out.advice = "name a quarter in which its script decides";
    return out;
}

Result<TracedQuarter> trace_decisions(const RecordedRun& run, Replay& replay, const DecisionQuestion& question) {
    auto firms = seat_recorded(run);
    if (!firms) return firms.error();
    const auto f = static_cast<std::size_t>(question.firm);
    const std::string& firm = run.loaded.names.firms[f];
    const Strategy& strategy = *(*firms)->strategy(question.firm);
    const std::string baseline = frozen_baseline(run.loaded.scenario.firms[question.firm].role);
    const bool plays_baseline = strategy.main.name == (run.folder / "scripts" / baseline).string();
    TracedQuarter out;
    const FrozenHands hands = frozen_hands(run.loaded, question.firm, question.t, plays_baseline);
    out.script = hands.script;
    note_hands(**firms, question, out);

    TurnTracer tracer(run, **firms, question, hands, out);
    LastClose last(replay);
    const auto world = std::make_unique<World>(run.loaded.opening);
    play_run(run.loaded.scenario, *world, run.seed, &tracer, &last);
    if (!tracer.refusals.empty()) return tracer.refusals;
    out.is_same_state = last.is_same;
    for (TracedDecision& decision : out.decisions) {
        const auto recorded = replay.rows("orders", {{"quarter", quarter_name(question.t)}, {"firm", firm}, {"author", "script"}, {"stage", decision.stage == Stage::a ? "A" : "B"}});
        if (!recorded) return recorded.error();
        compare_orders(run.loaded.names, decision, *recorded, decision.differences);
    }
    return out;
}

}  // namespace rackrace
