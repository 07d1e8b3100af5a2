// `rackrace test`: the cases kept beside a strategy, each played in its runs and judged turn by turn.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <map>

#include <nlohmann/json.hpp>

#include "agents/host/script_cases.h"
#include "cli/commands.h"
#include "cli/golden_orders.h"
#include "cli/trial.h"
#include "engine/base/command_words.h"
#include "engine/base/quarter_index.h"
#include "engine/quarter/verbs.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr const char* kEnding = ".test.lua";

/// A case that was played: how much it looked at, and the first thing that was wrong.
struct Verdict {
    std::string name, file;
    int turns = 0, orders = 0;
    double seconds = 0.0;
    std::string failure, where;   // empty: it holds
    std::string golden;           // the file of a golden case
    Json placed = Json::array();  // the orders of a golden case
    bool is_written = false;      // the golden file, now
    ExitCode unwritten = ExitCode::done;  // why it is not, where it was to be: bad_input, what is there is none; cannot_write
    bool has_failed() const { return !failure.empty(); }
};

/// Plays one seed of a case: tells the script what the case sets, and judges each turn.
class Judge final : public Deciders, public TurnListener {
public:
    Judge(ScriptCases& cases, std::size_t one, const Trial& trial, LuaDeciders& firms, std::uint64_t seed, Verdict& verdict)
        : cases_(cases), one_(one), case_(cases.cases()[one]), trial_(trial), firms_(firms), seed_(seed), verdict_(verdict) {
        firms_.tell(this);
        if (!case_.at.empty()) at_ = *parse_quarter(case_.at);
    }

    void decide(const Scenario& scenario, const World& world, Orders* orders) override { firms_.decide(scenario, world, orders); }
    void hear(const Deals& deals) override { firms_.hear(deals); }
    void operate(const Scenario& scenario, const World& world, Orders* orders) override {
        firms_.operate(scenario, world, orders);
        if (is_looked_at(world)) check_verbs(world);
    }
    void close(const Scenario& scenario, const World& world, const Orders* orders) override {
        firms_.close(scenario, world, orders);
        is_past_ = at_ >= 0 && world.t >= at_;
    }
    bool is_stopped() const override { return verdict_.has_failed() || is_past_; }

    void before(const Turn& turn) override {
        if (turn.firm != trial_.firm) return;
        *market_ = turn.market;
        for (const ObservationOverride& one : case_.overrides)
            if (!apply_override(one, turn.market, turn.view) && is_looked_at(turn.world)) fail("obs." + one.path + " is not there to be set", turn.world, stage_name(turn));
        shown_.results_count = unseen_results(turn.desk, Author::script, shown_.results);
    }

    void after(const Turn& turn) override {
        if (turn.firm != trial_.firm) return;
        if (is_played(turn.stage) && is_looked_at(turn.world) && !verdict_.has_failed()) judge(turn);
        turn.market = *market_;
    }

private:
    static std::string stage_name(const Turn& turn) { return kStageNames[static_cast<int>(turn.stage)]; }
    bool is_looked_at(const World& world) const { return at_ < 0 || world.t == at_; }
    bool is_played(Stage stage) const { return stage == Stage::a || trial_.script->declaration().operate != nullptr; }

    bool is_mine(const PlacedOrder& order) const { return order.firm == trial_.firm && order.author == Author::script; }

    void judge(const Turn& turn) {
        ++verdict_.turns;
        for (const PlacedOrder& order : firms_.log()->orders) {
            if (!is_mine(order) || order.stage != turn.stage) continue;
            ++verdict_.orders;
            if (!case_.golden.empty()) verdict_.placed.push_back(golden_order(seed_, turn.world.t, order, trial_.loaded.names));
        }
        for (const ScriptFailure& failure : firms_.failures())
            if (failure.firm == turn.firm && failure.author == Author::script) return fail(failure.error.text(), turn.world, stage_name(turn));
        if (const auto error = cases_.judge(one_, trial_.loaded.scenario, turn, shown_, *firms_.log())) fail(error->text(), turn.world, stage_name(turn));
    }

    /// What the case expects of a quarter's calls, once both stages are over.
    void check_verbs(const World& world) {
        const auto& orders = firms_.log()->orders;
        const auto is_called = [&](Verb verb, bool accepted) {
            return std::any_of(orders.begin(), orders.end(), [&](const PlacedOrder& order) { return is_mine(order) && order.verb == verb && (!accepted || order.answer.ok()); });
        };
        for (const Verb verb : case_.expects)
            if (!is_called(verb, true)) fail(std::string(info_of(verb).row.name) + (is_called(verb, false) ? " was refused" : " was not called"), world, "the quarter");
        for (const Verb verb : case_.never)
            if (is_called(verb, false)) fail(std::string(info_of(verb).row.name) + " was called", world, "the quarter");
    }

    void fail(const std::string& what, const World& world, const std::string& when) {
        if (verdict_.has_failed()) return;
        verdict_.failure = what;
        verdict_.where = fmt::format("{} of {}, seed {}", when, quarter_name(world.t), seed_);
    }

    ScriptCases& cases_;
    std::size_t one_;
    const ScriptCase& case_;
    const Trial& trial_;
    LuaDeciders& firms_;
    std::uint64_t seed_;
    Verdict& verdict_;
    ShownResults shown_{};
    std::unique_ptr<MarketView> market_ = std::make_unique<MarketView>();
    int at_ = -1;
    bool is_past_ = false;
};

Result<Verdict> play_case(ScriptCases& cases, std::size_t one, const std::shared_ptr<const Strategy>& script, const std::string& file) {
    const ScriptCase& asked = cases.cases()[one];
    const auto start = std::chrono::steady_clock::now();
    Verdict verdict;
    verdict.name = asked.name;
    verdict.file = fmt::format("{}:{}", file, asked.line);
    if (!asked.golden.empty()) verdict.golden = (fs::path(file).parent_path() / asked.golden).lexically_normal().string();
    auto trial = make_trial(asked.scenario, asked.firm, *script->declaration().role);
    if (!trial) return trial.error();
    if (trial->role() != *script->declaration().role)
        return Refusal{verdict.file, 0, 0, asked.firm + " is no " + std::string(role_text(*script->declaration().role)), "name a firm of the script's role"};
    const Scenario& scenario = trial->loaded.scenario;
    if (!asked.at.empty() && (*parse_quarter(asked.at) < scenario.start_t || *parse_quarter(asked.at) > scenario.end_t))
        return Refusal{verdict.file, 0, 0, "at is " + asked.at + ", outside the scenario", fmt::format("{} is played from {} to {}", asked.scenario, quarter_name(scenario.start_t), quarter_name(scenario.end_t))};
    trial->script = script;
    trial->loaded.strategies[trial->loaded.names.firms[static_cast<std::size_t>(trial->firm)]].params = asked.params;
    auto world = std::make_unique<World>();
    for (int seed = 1; seed <= asked.seeds && !verdict.has_failed(); ++seed) {
        auto firms = trial->seat();
        if (!firms) return firms.error();
        *world = trial->loaded.opening;
        Judge judge(cases, one, *trial, **firms, static_cast<std::uint64_t>(seed), verdict);
        play_run(scenario, *world, static_cast<std::uint64_t>(seed), &judge, nullptr);
    }
    verdict.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return verdict;
}

/// Writes the orders of a golden case; a case whose file is not written fails.
void update_golden(Verdict& verdict) {
    std::error_code error;
    const bool is_other = fs::is_regular_file(verdict.golden, error) && !read_golden(verdict.golden);
    const auto written = write_golden(verdict.golden, verdict.placed);
    if (written) {
        verdict.is_written = *written;
        return;
    }
    verdict.failure = written.error().all.front().text();
    verdict.where = verdict.file;
    verdict.unwritten = is_other ? ExitCode::bad_input : ExitCode::cannot_write;
}

/// Compares the orders of a golden case with those of its file.
void compare_golden(Verdict& verdict, const std::string& script) {
    const auto golden = read_golden(verdict.golden);
    const std::string updating = fmt::format("`rackrace test {} --update-golden` writes it", quoted_word(script));
    if (!golden) {
        const Refusal& why = golden.error().all.front();
        verdict.failure = Refusal{why.place, 0, 0, why.fact, why.advice.empty() ? updating : why.advice}.text();
        verdict.where = verdict.file;
    } else if (const auto difference = first_difference(verdict.placed, *golden)) {
        verdict.failure = Refusal{verdict.golden, 0, 0, difference->fact, updating + " anew if this is meant"}.text();
        verdict.where = difference->where;
    }
}

/// The script and its cases, from the name of either.
struct Pair {
    fs::path script, cases;
};
Result<Pair> pair_of(const std::string& file) {
    Pair pair;
    if (file.ends_with(kEnding)) pair = {file.substr(0, file.size() - std::string(kEnding).size()) + ".lua", file};
    else if (file.ends_with(".lua")) pair = {file, file.substr(0, file.size() - 4) + kEnding};
    else return Refusal{file, 0, 0, "is no Lua file", "name a strategy, whose cases are in NAME.test.lua beside it"};
    if (!fs::is_regular_file(pair.script)) return Refusal{pair.script.string(), 0, 0, "cannot be read", "check the path"};
    if (!fs::is_regular_file(pair.cases)) return Refusal{pair.cases.string(), 0, 0, "is not there: the strategy has no cases", "write some; rackrace new strategy shows how"};
    return pair;
}

std::string xml_text(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '&') out += "&amp;";
        else if (c == '<') out += "&lt;";
        else if (c == '>') out += "&gt;";
        else if (c == '"') out += "&quot;";
        else if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') out += c;
    }
    return out;
}

std::string junit_text(const std::vector<Verdict>& verdicts) {
    const auto failed = std::count_if(verdicts.begin(), verdicts.end(), [](const Verdict& one) { return one.has_failed(); });
    std::string out = fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n<testsuite name=\"rackrace\" tests=\"{}\" failures=\"{}\">\n", verdicts.size(), failed);
    for (const Verdict& one : verdicts) {
        out += fmt::format("<testcase classname=\"{}\" name=\"{}\" time=\"{:.3f}\"", xml_text(one.file.substr(0, one.file.rfind(':'))), xml_text(one.name), one.seconds);
        if (one.has_failed()) out += fmt::format("><failure message=\"{}\">{}</failure></testcase>\n", xml_text(one.failure), xml_text(one.where));
        else if (one.is_written) out += fmt::format("><system-out>{} written</system-out></testcase>\n", xml_text(one.golden));
        else out += "/>\n";
    }
    return out + "</testsuite>\n</testsuites>\n";
}

std::string verdict_text(const Verdict& one) {
    const std::string looked = fmt::format("{} decisions, {} orders{}", one.turns, one.orders, one.is_written ? ", " + one.golden + " written" : "");
    if (!one.has_failed()) return fmt::format("  ok    {:<48} {}\n", one.name, looked);
    return fmt::format("  fail  {:<48} {}\n        {}\n        in {}\n", one.name, looked, one.failure, one.where);
}

Json verdict_json(const Verdict& one) {
    Json out{{"file", one.file},         {"name", one.name},       {"ok", !one.has_failed()}, {"decisions", one.turns},
             {"orders", one.orders},     {"failure", one.failure}, {"where", one.where}};
    if (!one.golden.empty()) out.update({{"golden", one.golden}, {"written", one.is_written}});
    return out;
}

}  // namespace

ExitCode test_command(const TestArguments& arguments, const Terminal& terminal) {
    std::vector<Verdict> verdicts;
    auto json = Json::array();
    for (const std::string& file : arguments.files) {
        const auto pair = pair_of(file);
        if (!pair) return terminal.refuse(pair.error(), ExitCode::bad_input);
        const auto script = read_script(pair->script);
        if (!script) return terminal.refuse(script.error(), ExitCode::script_refused);
        auto cases = ScriptCases::load(pair->cases);
        if (!cases) return terminal.refuse(cases.error(), ExitCode::script_refused);
        if (!terminal.wants_json) terminal.data(pair->cases.string() + "\n");
        for (std::size_t one = 0; one < (*cases)->cases().size(); ++one) {
            auto verdict = play_case(**cases, one, *script, pair->cases.string());
            if (!verdict) return terminal.refuse(verdict.error(), ExitCode::script_refused);
            if (!verdict->golden.empty() && !verdict->has_failed()) {
                if (arguments.is_updating_golden) update_golden(*verdict);
                else compare_golden(*verdict, file);
            }
            if (!terminal.wants_json) terminal.data(verdict_text(*verdict));
            json.push_back(verdict_json(*verdict));
            verdicts.push_back(*verdict);
        }
    }
    const auto failed = std::count_if(verdicts.begin(), verdicts.end(), [](const Verdict& one) { return one.has_failed(); });
    if (!arguments.junit.empty()) {
        std::ofstream out(arguments.junit, std::ios::binary);
        out << junit_text(verdicts);
        if (!out.flush()) return terminal.refuse(Refusal{arguments.junit, 0, 0, "cannot be written", "check the folder and its permissions"}, ExitCode::cannot_write);
    }
    if (terminal.wants_json) terminal.data(Json{{"schema", "rackrace.test/1"}, {"ok", failed == 0}, {"cases", json}}.dump() + "\n");
    else terminal.data(failed == 0 ? fmt::format("every case holds: {}\n", verdicts.size()) : fmt::format("cases that fail: {} of {}\n", failed, verdicts.size()));
    const auto unwritten = std::find_if(verdicts.begin(), verdicts.end(), [](const Verdict& one) { return one.unwritten != ExitCode::done; });
    if (unwritten != verdicts.end()) return unwritten->unwritten;
    return failed == 0 ? ExitCode::done : ExitCode::answer_is_no;
}

}  // namespace rackrace
