// Compiled scripts where nobody keeps a log, as batches on host and device run them: the same orders and Desk as a firm's script.
#include <catch2/catch.hpp>
#include <cstring>
#include <filesystem>
#include <memory>

#include "agents/core/plain_calls.h"
#include "agents/host/firm_script.h"
#include "agents/host/lua_deciders.h"
#include "engine/quarter/view.h"
#include "tests/engine/scenario_data.h"

using namespace rackrace;

namespace {

const std::filesystem::path kScripts = std::filesystem::path(RACKRACE_SOURCE_DIR) / "scripts";

struct Outcome {
    Orders orders[2] = {};
    Desk desk{};
};

/// Both callbacks of a strategy by FirmScript.
Outcome by_script(std::shared_ptr<const Strategy> strategy, const Scenario& scenario, const World& world, const MarketView& market, const FirmView& view, int firm) {
    Outcome out;
    TraceNames names;
    DecisionLog log;
    auto script = FirmScript::start(strategy, {}, {firm, Author::script, &scenario, &market, &view, &out.desk, &names, &log, ~VerbMask{0}, "script.lua", EngineChoice::core});
    REQUIRE(script);
    VerbMask used = 0;
    for (const Stage stage : {Stage::a, Stage::b}) REQUIRE(!(*script)->decide(stage, world, out.orders[static_cast<int>(stage)], used));
    return out;
}

/// The same by the plain calls.
Outcome by_plain_calls(const Strategy& strategy, const Scenario& scenario, const World& world, const MarketView& market, const FirmView& view, int firm) {
    Outcome out;
    const Program& program = *strategy.portability.program;
    std::copy(strategy.memory.initial.begin(), strategy.memory.initial.end(), out.desk.memory);
    out.desk.is_initialised[0] = 1;
    const auto bank = std::make_unique<CoreBank>();
    bank->market = market;
    bank->view = view;
    Outlook outlook;
    for (const Stage stage : {Stage::a, Stage::b}) {
        const int entry = program.entries[static_cast<int>(stage == Stage::a ? Callback::decide : Callback::operate)];
        if (entry < 0) continue;
        CoreSeat seat{&scenario, &world, bank.get(), &out.desk, &out.orders[static_cast<int>(stage)], firm, Author::script, stage, 0, kCoreFuel, {}, &outlook};
        REQUIRE(run_plainly(program.view(program.pool.data()), entry, seat).error == CoreError::none);
        ++out.desk.decisions;
    }
    return out;
}

}  // namespace

TEST_CASE("Plain calls give the orders, memory and rejections of a firm's script", "[agents][core]") {
    auto loaded = load_scenario({"base-2026", test::kData, {}, "2028Q2"});
    REQUIRE(loaded);
    auto firms = LuaDeciders::start(*loaded, kScripts);
    REQUIRE(firms);
    auto world = std::make_unique<World>(loaded->opening);
    play_run(loaded->scenario, *world, 1, firms->get(), nullptr);
    const auto market = std::make_unique<MarketView>();
    const auto view = std::make_unique<FirmView>();
    observe(loaded->scenario, *world, *market);
    int rejections = 0;
    for (int f = 0; f < loaded->scenario.firm_count; ++f) {
        observe(loaded->scenario, *world, *market, f, *view);
        const Role role = loaded->scenario.firms[f].role;
        const auto strategy = load_strategy(kScripts / "strategies" / role_text(role) / "baseline.lua", role).value();
        const Outcome script = by_script(strategy, loaded->scenario, *world, *market, *view, f), plain = by_plain_calls(*strategy, loaded->scenario, *world, *market, *view, f);
        INFO(loaded->names.firms[static_cast<std::size_t>(f)]);
        CHECK(std::memcmp(script.orders, plain.orders, sizeof plain.orders) == 0);
        CHECK(std::memcmp(script.desk.memory, plain.desk.memory, sizeof plain.desk.memory) == 0);
        CHECK(std::memcmp(script.desk.results, plain.desk.results, sizeof plain.desk.results) == 0);
        CHECK(std::memcmp(script.desk.trace_value, plain.desk.trace_value, sizeof plain.desk.trace_value) == 0);
        CHECK(script.desk.rejections == plain.desk.rejections);
        rejections += plain.desk.rejections;
    }
    CHECK(rejections > 0);
}

TEST_CASE("The verbs by type are those of the table, in its order", "[agents][core]") {
    std::size_t stage_a = 0;
    for (const VerbInfo& verb : describe_verbs()) stage_a += verb.row.stage == Stage::a ? 1 : 0;
    CHECK(kStageAVerbs == (VerbMask{1} << stage_a) - 1);
    for (std::size_t v = 0; v < describe_verbs().size(); ++v) CHECK(static_cast<std::size_t>(describe_verbs()[v].row.verb) == v);
}
