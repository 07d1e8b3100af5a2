// The log of what firms decided: every order with the line that placed it and what became of it, enough to play the run again.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstring>

#include <nlohmann/json.hpp>

#include "engine/base/quarter_index.h"
#include "engine/replay/replay_reader.h"
#include "engine/replay/replay_writer.h"
#include "tests/agents/host_support.h"
#include "tests/temporary_folder.h"

using namespace rackrace;
using namespace rackrace::host_test;

namespace {

const std::filesystem::path kRoot = RACKRACE_SOURCE_DIR;

/// "bid_spot:4 accepted" for each order of a firm.
std::vector<std::string> orders_of(const ScriptedMarket& m, int firm) {
    std::vector<std::string> out;
    for (const PlacedOrder& order : m.deciders->log()->orders)
        if (order.firm == firm)
            out.push_back(std::string(info_of(order.verb).row.name) + ":" + std::to_string(order.line) + " " + kOrderStatusNames[static_cast<int>(order.status)]);
    return out;
}

using Lines = std::vector<std::string>;

std::int32_t number_of(const std::vector<std::string>& names, const std::string& name) {
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == name) return static_cast<std::int32_t>(i);
    return -1;
}

/// A value of an order's `args` as the number that the verb's struct holds.
double value_of(const Names& names, const ArgInfo& arg, const nlohmann::json& value) {
    if (value.is_number()) return value.get<double>();
    if (value.is_boolean()) return value.get<bool>() ? 1.0 : 0.0;
    const std::string text = value.get<std::string>();
    switch (arg.row.unit) {
        case Unit::product_id: return number_of(names.products, text);
        case Unit::region_id: return number_of(names.regions, text);
        case Unit::firm_id: return number_of(names.firms, text);
        default: return number_of({std::begin(arg.row.choices), std::end(arg.row.choices)}, text);
    }
}

/// Firms that place the accepted orders of a replay's table again, and know no script.
class RecordedDeciders : public Deciders {
public:
    explicit RecordedDeciders(Replay& replay) : replay_(replay) {}
    void decide(const Scenario& scenario, const World& world, Orders* orders) override { place(scenario, world, "A", orders); }
    void operate(const Scenario& scenario, const World& world, Orders* orders) override { place(scenario, world, "B", orders); }
    int placed = 0;
    int refused = 0;

private:
    void place(const Scenario& scenario, const World& world, const std::string& stage, Orders* orders) {
        const auto rows = replay_.rows("orders", {{"quarter", quarter_name(world.t)}, {"stage", stage}, {"status", "accepted"}});
        REQUIRE(rows);
        for (std::size_t i = 0; i < rows->rows.size(); ++i) {
            const int firm = number_of(replay_.names().firms, rows->text(i, "firm"));
            const auto& verbs = describe_verbs();
            const auto verb = std::find_if(verbs.begin(), verbs.end(), [&](const VerbInfo& one) { return one.row.name == rows->text(i, "verb"); });
            REQUIRE(verb != verbs.end());
            const auto json = nlohmann::json::parse(rows->text(i, "args"));
            alignas(8) unsigned char args[kMaxArgsBytes] = {};
            for (const ArgInfo& arg : verb->args) {
                const double value = !json.contains(arg.name) ? arg.row.otherwise : value_of(replay_.names(), arg, json.at(std::string(arg.name)));
                const auto whole_value = static_cast<std::int32_t>(value);
                if (arg.storage == Storage::f64) std::memcpy(args + arg.offset, &value, sizeof value);
                else std::memcpy(args + arg.offset, &whole_value, sizeof whole_value);
            }
            ++placed;
            if (!verb->apply(scenario, world, firm, args, 0, orders[firm]).ok()) ++refused;
        }
    }

    Replay& replay_;
};

}  // namespace

TEST_CASE("Every order has the line that placed it and what became of it", "[agents][host][log]") {
    ScriptedMarket m;
    m.seat(kNeo, script_with(Role::neocloud, "decide = function(obs, act, p, mem, rng)\n"
                                             "  act.offer_spot { mh = 2.19, min_usd_h = 1 }\n"
                                             "  act.bid_spot { mh = 2.19, max_usd_h = 1 }\n"
                                             "  act.bid_spot { mh = 0, max_usd_h = 1, grade = \"training\" }\n"  // no order
                                             "  act.bid_power { region = obs.market.regions[1].id, grid_mw = 12.5, max_usd_kw_q = 100 }\n"
                                             "  act.bid_power { region = obs.market.regions[1].id, grid_mw = 1, max_usd_kw_q = 100 }\n"
                                             "end, operate = function(obs, act, p, mem, rng)\n"
                                             "  act.offer_spot { mh = 4.38, min_usd_h = 1 }\n"
                                             "end,"));
    REQUIRE(m.start() == "");
    m.decide();
    CHECK(orders_of(m, kNeo) == Lines{"offer_spot:5 accepted", "bid_spot:6 accepted", "bid_power:8 accepted", "bid_power:9 rejected"});
    m.operate();
    CHECK(m.failure() == "");
    CHECK(orders_of(m, kNeo) == Lines{"offer_spot:5 replaced", "bid_spot:6 accepted", "bid_power:8 accepted", "bid_power:9 rejected", "offer_spot:11 accepted"});
    const DecisionLog& log = *m.deciders->log();
    CHECK(log.orders[3].answer.code == Code::duplicate);
    CHECK(log.scripts[static_cast<std::size_t>(log.orders[0].script)] == "firms/neo.lua");
    REQUIRE(log.decisions.size() == 2);
    CHECK(log.decisions[0].accepted == 3);
    CHECK(log.decisions[0].rejected == 1);
    CHECK(log.decisions[1].stage == Stage::b);

    m.close();
    CHECK(log.orders[0].fill == -1);  // replaced: no market saw it
    REQUIRE(log.orders[4].fill >= 0);
    CHECK(log.fills[static_cast<std::size_t>(log.orders[4].fill)].result.asked == Approx(4.38));
    m.next_quarter();
    m.decide();
    CHECK(log.orders.front().id == 6);  // numbers go on over the run
}

TEST_CASE("Offers of one generation are told one by one, each by its own result", "[agents][host][log]") {
    ScriptedMarket m;
    m.market.world->firms[kHyper].reliability_frac = 1.0;
    m.seat(kHyper, script_of(Role::hyperscaler, "act.offer_contract { mh = 2.19, min_usd_h = 1.5, tenor_q = 12, gen = 1 } act.offer_contract { mh = 4.38, min_usd_h = 2, tenor_q = 12, gen = 1 }"));
    REQUIRE(m.start() == "");
    m.decide();
    m.operate();
    const DecisionLog& log = *m.deciders->log();
    REQUIRE(orders_of(m, kHyper) == Lines{"offer_contract:4 accepted", "offer_contract:4 accepted"});
    REQUIRE(log.orders[0].fill >= 0);
    REQUIRE(log.orders[1].fill >= 0);
    CHECK(log.fills[static_cast<std::size_t>(log.orders[0].fill)].result.asked == Approx(2.19));
    CHECK(log.fills[static_cast<std::size_t>(log.orders[1].fill)].result.asked == Approx(4.38));
}

TEST_CASE("An offer without generation has its result, and one that rounds to nothing has none", "[agents][host][log]") {
    ScriptedMarket m;
    m.market.world->firms[kHyper].reliability_frac = 1.0;
    m.market.world->firms[kHyper].holdings[kChip].installed = 1000;
    m.seat(kHyper, script_of(Role::hyperscaler, "act.offer_contract { mh = 0.0005, min_usd_h = 3, tenor_q = 12 } act.offer_contract { mh = 2.19, min_usd_h = 1.5, tenor_q = 12 } "
                                                "act.offer_contract { mh = 4.38, min_usd_h = 2, tenor_q = 12 }"));
    REQUIRE(m.start() == "");
    m.decide();
    m.operate();
    const DecisionLog& log = *m.deciders->log();
    REQUIRE(log.orders.size() == 3);
    CHECK(log.orders[0].fill == -1);
    REQUIRE(log.orders[1].fill >= 0);
    REQUIRE(log.orders[2].fill >= 0);
    CHECK(log.fills[static_cast<std::size_t>(log.orders[1].fill)].result.asked == Approx(2.19));
    CHECK(log.fills[static_cast<std::size_t>(log.orders[2].fill)].result.asked == Approx(4.38));
}

TEST_CASE("A decision that fails keeps its orders in the log as dropped, and its line", "[agents][host][log]") {
    ScriptedMarket m;
    m.seat(kNeo, script_of(Role::neocloud, "act.trace(\"x\", 1) act.offer_spot { mh = 2.19, min_usd_h = 1 }\n error(\"no\")"), "broken.lua");
    m.seat(kHyper, script_of(Role::hyperscaler, "act.trace(\"y\", 2) act.mark(\"seen\")"));
    REQUIRE(m.start() == "");
    m.decide();
    const DecisionLog& log = *m.deciders->log();
    CHECK(orders_of(m, kNeo) == Lines{"offer_spot:4 dropped"});
    REQUIRE(log.decisions.size() == 2);
    const Decision& failed = log.decisions[1];
    CHECK(failed.has_failed);
    CHECK(failed.error == "no");
    CHECK(failed.error_line == 5);
    CHECK(log.scripts[static_cast<std::size_t>(failed.error_script)] == "firms/neo.lua");
    REQUIRE(log.traces.size() == 2);  // those of the failed decision are dropped
    CHECK(log.traces[0].name == "y");
    CHECK(log.traces[0].value == 2.0);
    CHECK(log.traces[1].is_mark);
    CHECK_FALSE(m.deciders->is_stopped());
    m.deciders->abort_on_error();
    CHECK(m.deciders->is_stopped());
}

TEST_CASE("An administrator's script that fails leaves the estate idle, and ends a run that is to end at errors", "[agents][host][log]") {
    ScriptedMarket m;
    m.seat(kNeo, script_with(Role::neocloud, "manual = true, decide = function(obs, act, p, mem, rng) end,"));  // so that the baseline does not start with the run
    m.market.world->firms[kNeo].status = FirmStatus::chapter_11;
    SECTION("in its operate") {
        m.baseline(Role::neocloud, script_with(Role::neocloud, "decide = function(obs, act, p, mem, rng) end,\n operate = function(obs, act, p, mem, rng)\n"
                                                               "  act.offer_spot { mh = 2.19, min_usd_h = 1 }\n  error(\"lost\")\nend,"));
        REQUIRE(m.start() == "");
        m.decide();
        CHECK(m.failure() == "");  // no deals of stage A
        m.operate();
        CHECK(m.failure() == "baseline.lua:7: lost");
        CHECK(orders_of(m, kNeo) == Lines{"offer_spot:6 dropped"});
    }
    SECTION("while it is loaded") {
        m.baseline(Role::neocloud, "local race = require \"rackrace\"\nlocal x = nil\nlocal y = x.field\nreturn race.neocloud { api = \"1.0\", name = \"Test\", "
                                   "decide = function(obs, act, p, mem, rng) end }\n");
        REQUIRE(m.start() == "");
        m.decide();
        m.operate();
        CHECK(m.failure().starts_with("baseline.lua:3: "));
        REQUIRE(m.deciders->log()->decisions.size() == 1);
        CHECK(m.deciders->log()->decisions[0].has_failed);
        CHECK(m.deciders->log()->decisions[0].error_line == 3);
    }
    REQUIRE(m.deciders->failures().size() == 1);
    CHECK(m.deciders->failures()[0].is_administrator);
    CHECK(m.deciders->failures()[0].firm == kNeo);
    CHECK_FALSE(m.deciders->is_stopped());
    m.deciders->abort_on_error();
    CHECK(m.deciders->is_stopped());
}

TEST_CASE("Of the autopilot the log has the levers that the script leaves out", "[agents][host][log]") {
    ScriptedMarket m;
    m.seat(kNeo, script_of(Role::neocloud, "act.offer_spot { mh = 21.9, min_usd_h = 2 }"));
    m.baseline(Role::neocloud, script_of(Role::neocloud, "act.offer_spot { mh = 2.19, min_usd_h = 1 } act.bid_spot { mh = 2.19, max_usd_h = 1 }"));
    REQUIRE(m.start() == "");
    m.decide();
    const DecisionLog& log = *m.deciders->log();
    REQUIRE(log.orders.size() == 2);
    CHECK(log.orders[0].author == Author::script);
    CHECK(log.orders[1].author == Author::autopilot);
    CHECK(log.orders[1].verb == Verb::bid_spot);
    CHECK(log.scripts[static_cast<std::size_t>(log.orders[1].script)] == "strategies/neocloud/baseline.lua");
}

TEST_CASE("A script that calls verbs without end fills no log without end", "[agents][host][log]") {
    ScriptedMarket m;
    m.seat(kNeo, script_of(Role::neocloud, "for i = 1, 3000 do act.repay { loan = obs.loans[1] and obs.loans[1].id or error(\"no loan\"), musd = 1e9 } end"));
    m.market.world->firms[kNeo].debt[0].kind = DebtKind::bond;
    m.market.world->firms[kNeo].debt[0].principal = Usd{1'000'000};
    REQUIRE(m.start() == "");
    m.decide();
    CHECK(m.failure() == "");
    const DecisionLog& log = *m.deciders->log();
    CHECK(log.orders.size() == kMaxListedCalls);
    CHECK(log.decisions[0].rejected == 3000);
    CHECK(log.decisions[0].unlisted == 3000 - kMaxListedCalls);
}

TEST_CASE("A run's orders, placed again from its replay alone, play the run again", "[agents][run][log]") {
    const auto loaded = load_scenario({"base-2026", kRoot / "data", {}, "2028Q1"});
    REQUIRE(loaded);
    auto deciders = LuaDeciders::start(*loaded, kRoot / "scripts");
    REQUIRE(deciders);
    const TemporaryFolder folder;
    SavePlace place;
    place.parent = folder.path();
    RunRecord run;
    run.scenario = "base-2026";
    run.seed = 4;
    auto writer = ReplayWriter::begin(place, run, loaded->names, loaded->resolved_toml);
    REQUIRE(writer);
    World first = loaded->opening, second = loaded->opening;
    const RunOutcome played = play_run(loaded->scenario, first, 4, deciders->get(), writer->get());
    const auto saved = (*writer)->finish(played, first);
    REQUIRE(saved);
    auto replay = Replay::open(*saved);
    REQUIRE(replay);
    CHECK(replay->names().products == loaded->names.products);
    CHECK(replay->names().regions == loaded->names.regions);
    RecordedDeciders recorded(*replay);
    const RunOutcome again = play_run(loaded->scenario, second, 4, &recorded, nullptr);
    CHECK(recorded.placed > 500);
    CHECK(recorded.refused == 0);
    CHECK(again.state_hashes == played.state_hashes);
}
