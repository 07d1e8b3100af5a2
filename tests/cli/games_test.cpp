// Tournaments, payoff tables and searches as a person gives the commands, on a world of two hyperscalers and two quarters.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <sstream>

#include <nlohmann/json.hpp>

#include "cli/batch/disk_room.h"
#include "cli/search/search_result.h"
#include "engine/replay/sqlite.h"
#include "tests/cli/program.h"
#include "tests/temporary_folder.h"

using namespace rackrace;
namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

const char* const kWorld =
    "name = \"pair\"\nabout = \"Two hyperscalers, two quarters.\"\nbased_on = \"base-2026\"\nend = \"2026Q3\"\nonly = [\"coreweave\", \"meta\", \"microsoft\", \"nvidia\", \"openai\"]\n";

/// Bids for chips: `chips` thousands by default, in lots, at a multiple of the list price.
std::string buyer(const std::string& name, double chips) {
    return "local race = require \"rackrace\"\nreturn race.hyperscaler {\n  api = \"1.0\", name = \"" + name + "\",\n  params = { thousands = race.range(0.0, 40.0, " + std::to_string(chips) +
           "), over_list = race.range(0.5, 2.0, 1.0), lots = race.int(1, 4, 1) },\n  decide = function(obs, act, p, mem, rng)\n    local mkt = obs.market\n    if mkt.newest_i < 1 then return end\n"
           "    local chip = mkt.products[mkt.newest_i]\n    local chips = race.floor(1000.0 * p.thousands) * p.lots\n"
           "    if chips >= 8 then act.bid_chips { product = chip.id, chips = chips, max_usd_chip = p.over_list * chip.list_usd_chip } end\n  end,\n}\n";
}

/// A folder with the world and three strategies of a hyperscaler.
struct Ring {
    TemporaryFolder folder;
    fs::path path = folder.path();

    Ring() {
        write(path / "pair.toml", kWorld);
        write(path / "ring/few.lua", buyer("Few", 1.0));
        write(path / "ring/many.lua", buyer("Many", 20.0));
        write(path / "ring/none.lua", buyer("None", 0.0));
        write(path / "ring/few.test.lua", "no strategy, but the cases of one\n");
    }
    Ran run(const std::string& words, const std::string& environment = "") const { return rackrace_in(path, words, environment); }
};

const char* const kTournament = "tournament ring --scenario pair.toml --seeds 3";

const char* const kSearchPlan =
    "scenario = \"pair.toml\"\nseeds = { first = 1, count = 2 }\nsample = { method = \"sobol\", points = 4 }\n[vary]\nmeta.thousands = { from = 0.0, to = 40.0 }\n"
    "meta.lots = { from = 1, to = 3 }\n[profiles]\nmeta = \"ring/few.lua\"\n[search]\nrefine = \"subplex\"\nbudget = 16\nfresh = { first = 101, count = 3 }\n";

std::ptrdiff_t lines(const fs::path& file) {
    const std::string text = read_text(file);
    return std::count(text.begin(), text.end(), '\n');
}

/// Means of a column of runs.csv by the strategies of field and seat.
std::map<std::pair<std::string, std::string>, double> means_of(const fs::path& runs, const std::string& column) {
    std::map<std::pair<std::string, std::string>, double> out;
    std::stringstream text(read_text(runs));
    std::string line;
    std::vector<std::string> heads;
    while (std::getline(text, line)) {
        std::vector<std::string> cells;
        std::stringstream row(line);
        for (std::string cell; std::getline(row, cell, ',');) cells.push_back(cell);
        if (heads.empty()) {
            heads = cells;
            continue;
        }
        const auto at = [&](const std::string& head) { return cells.at(static_cast<std::size_t>(std::find(heads.begin(), heads.end(), head) - heads.begin())); };
        out[{at("strategy.hyperscaler"), at("strategy.meta")}] += std::stod(at(column)) / 3.0;
    }
    return out;
}

}  // namespace

TEST_CASE("A tournament plays every strategy in a field of every strategy and ranks what the seat is worth", "[cli][games]") {
    const Ring ring;
    const Ran ran = ring.run(std::string(kTournament) + " --json");
    INFO(ran.err);
    REQUIRE(ran.code == ExitCode::done);
    const Json json = Json::parse(ran.out);
    CHECK(json.at("schema") == "rackrace.tournament/1");
    CHECK(json.at("firm") == "meta");
    CHECK(json.at("seeds") == 3);
    REQUIRE(json.at("standings").size() == 3);
    CHECK(json.at("duels").size() == 3);
    const fs::path batch = ring.path / json.at("path").get<std::string>();
    CHECK(batch.filename().string().starts_with("tournament-hyperscaler-"));
    CHECK(lines(batch / "runs.csv") == 1 + 3 * 3 * 3);
    CHECK(lines(batch / "panel.csv") == 1);  // a row a run is all it needs

    const auto means = means_of(batch / "runs.csv", "value_usd.meta");
    double last = 1e300;
    for (const Json& row : json.at("standings")) {
        const std::string own = "ring/" + row.at("strategy").get<std::string>() + ".lua";
        double score = 0.0;
        for (const char* field : {"ring/few.lua", "ring/many.lua", "ring/none.lua"}) score += means.at({field, own}) / 3.0;
        CHECK(row.at("score_usd").at("mean").get<double>() == Approx(score));
        CHECK(row.at("score_usd").at("mean").get<double>() <= last);
        last = row.at("score_usd").at("mean").get<double>();
        CHECK(row.at("wins").get<int>() + row.at("losses").get<int>() + row.at("unclear").get<int>() == 2);
        CHECK(row.at("rank_low").get<int>() <= row.at("rank").get<int>());
        CHECK(row.at("rank_high").get<int>() >= row.at("rank").get<int>());
    }
    const Json& duel = json.at("duels").at(0);
    CHECK(duel.at("difference_usd").at("mean").get<double>() == Approx(means.at({"ring/many.lua", "ring/few.lua"}) - means.at({"ring/few.lua", "ring/many.lua"})).margin(1.0));
    CHECK(read_text(batch / "standings.svg").find("</svg>") != std::string::npos);
    CHECK(lines(batch / "standings.csv") == 1 + 3);
    CHECK(lines(batch / "duels.csv") == 1 + 3);
    CHECK(lines(batch / "payoffs.csv") == 1 + 9);
    CHECK(read_text(batch / "payoffs.nfg").starts_with("NFG 1 R \"tournament-hyperscaler\" { \"hyperscaler\" \"meta\" } { 3 3 }\n\n"));
}

TEST_CASE("A dry run of a tournament says what would be played and makes nothing", "[cli][games]") {
    const Ring ring;
    const Ran dry = ring.run(std::string(kTournament) + " --dry-run");
    CHECK(dry.code == ExitCode::done);
    CHECK(dry.err.find("is no batch") == std::string::npos);
    CHECK(dry.out.find("x 3 seeds") != std::string::npos);
    CHECK_FALSE(fs::exists(ring.path / "batches"));
}

TEST_CASE("Tournaments and searches say which script Lua plays", "[cli][games]") {
    const Ring ring;
    std::string text = buyer("Few", 1.0);
    text.insert(text.find("    local mkt"), "    local unused = {}\n");
    write(ring.path / "ring/few.lua", text);
    write(ring.path / "hedge.toml", kSearchPlan);
    for (const std::string& words : {kTournament + std::string(" --dry-run"), std::string("search hedge.toml --dry-run")}) {
        const Ran ran = ring.run(words);
        CHECK(ran.code == ExitCode::done);
        CHECK(ran.err.find("few.lua runs by Lua: line 6, N") != std::string::npos);
    }
}

TEST_CASE("A tournament that was stopped goes on by the same command and ends as if it had not been", "[cli][games]") {
    const Ring ring;
    const std::string words = "tournament ring --scenario pair.toml --seeds 6 --out ";
    REQUIRE(ring.run(words + "whole").code == ExitCode::done);
    const Ran full = ring.run(words + "broken --threads 1", "ulimit -f 300;");  // a full disk leaves what a kill leaves
    INFO(full.err);
    REQUIRE(full.code == ExitCode::cannot_write);
    const int kept = Json::parse(ring.run("ls . --json").out).at("batches").at(0).at("finished").get<int>();
    CHECK(kept > 0);
    CHECK(kept < 54);
    const Ran again = ring.run(words + "broken");
    CHECK(again.code == ExitCode::done);
    for (const char* file : {"runs.csv", "standings.csv", "duels.csv", "payoffs.csv", "payoffs.json", "payoffs.nfg"}) CHECK(read_text(ring.path / "whole" / file) == read_text(ring.path / "broken" / file));
    const Ran told = ring.run("tournament broken");
    CHECK(told.code == ExitCode::done);
    CHECK(told.err.find("is complete already") != std::string::npos);
    CHECK(told.out == again.out);
}

TEST_CASE("A tournament that cannot be is refused before its first run", "[cli][games]") {
    const Ring ring;
    write(ring.path / "mixed/a.lua", buyer("A", 1.0));
    write(ring.path / "mixed/b.lua", "local race = require \"rackrace\"\nreturn race.lab { api = \"1.0\", name = \"B\", decide = function(obs, act, p, mem, rng) end }\n");
    write(ring.path / "wrong/a.lua", buyer("A", 1.0));
    write(ring.path / "wrong/b.lua", "local race = require \"rackrace\"\nreturn race.hyperscaler { api = \"1.0\", name = \"B\", decide = function(obs, act) act.fly() end }\n");
    fs::create_directory(ring.path / "empty");
    const auto [words, code, said] = GENERATE_COPY(table<std::string, ExitCode, std::string>({
        {"tournament rinq --scenario pair.toml", ExitCode::bad_input, "rinq: is neither here nor in "},
        {"tournament empty --scenario pair.toml", ExitCode::bad_input, "empty: has no scripts; name a folder"},
        {"tournament wrong --scenario pair.toml", ExitCode::script_refused, "wrong/b.lua:2:"},
        {"tournament mixed --scenario pair.toml", ExitCode::bad_input, "mixed/b.lua: is of a lab, mixed/a.lua of a hyperscaler; name the seat"},
        {"tournament mixed --scenario pair.toml --firm meta", ExitCode::bad_input, "mixed: has only 1 strategy of a hyperscaler; a tournament needs two"},
        {"tournament ring --scenario pair.toml --firm metta", ExitCode::bad_input, "--firm metta: no firm of pair.toml is called so; did you mean 'meta'?"},
        {"tournament ring --scenario small", ExitCode::bad_input, "small: has 1 hyperscaler: there is nobody to play against"},
        {"tournament ring --scenario pare.toml", ExitCode::bad_input, "pare.toml: "},
        {"tournament ring --scenario pair.toml --seeds 0", ExitCode::wrong_usage, "--seeds"},
    }));
    const Ran ran = ring.run(words);
    INFO(words << " said: " << ran.err);
    CHECK(ran.code == code);
    CHECK(ran.out.empty());
    CHECK(ran.err.find(said) != std::string::npos);
    CHECK_FALSE(fs::exists(ring.path / "batches"));
}

TEST_CASE("What would not fit on the disk is refused before the first run", "[cli][games]") {
    const Ring ring;
    write(ring.path / "huge.toml", "scenario = \"base-2026\"\nseeds = { first = 1, count = 1000000 }\nsample = { method = \"sobol\", points = 1000 }\n[vary]\nidle_power_frac = { from = 0.2, to = 0.3 }\n");
    for (const std::string options : {"", " --dry-run", " --dry-run --json"}) {
        const Ran ran = ring.run("sweep huge.toml" + options);
        INFO(options << ": " << ran.err);
        CHECK(ran.code == ExitCode::cannot_write);
        CHECK(ran.out.empty());
        CHECK(ran.err.find("1000000000 runs take ") != std::string::npos);
        CHECK(ran.err.find("panel = false") != std::string::npos);
    }
    CHECK(ring.run("sweep huge.toml --dry-run --shard 1/2").err.find("500000000 runs take ") != std::string::npos);  // a part takes its share
    CHECK_FALSE(fs::exists(ring.path / "batches"));
}

TEST_CASE("The payoff table of a batch says who gets what and who would leave, as text, CSV, JSON and .nfg", "[cli][games]") {
    const Ring ring;
    write(ring.path / "duel.toml",
          "scenario = \"pair.toml\"\nseeds = [1, 2]\n[vary]\nmicrosoft.lots = [1, 3]\nrules.chips = [\"UNIFORM\", \"PAYBID\"]\n[profiles]\nmeta = [\"ring/few.lua\", \"ring/many.lua\"]\nmicrosoft = \"ring/many.lua\"\n");
    REQUIRE(ring.run("sweep duel.toml --out duel").code == ExitCode::done);
    const Ran open = ring.run("payoffs duel");
    CHECK(open.code == ExitCode::bad_input);
    CHECK(open.err.find("rules.chips is nobody's choice: each value is a game of its own; pick one: --where rules.chips=VALUE") != std::string::npos);
    const Ran ran = ring.run("payoffs duel --where rules.chips=UNIFORM --json");
    INFO(ran.err);
    REQUIRE(ran.code == ExitCode::done);
    const Json json = Json::parse(ran.out);
    CHECK(json.at("players") == Json::parse(R"([{"name": "meta", "strategies": ["few", "many"]}, {"name": "microsoft", "strategies": ["lots=1", "lots=3"]}])"));
    REQUIRE(json.at("profiles").size() == 4);
    // Regret by hand: the larger of what the two could gain alone.
    const auto mean = [&](int profile, int player) { return json.at("profiles").at(profile).at("players").at(player).at("payoff_usd").at("mean").get<double>(); };
    CHECK(json.at("profiles").at(0).at("regret_usd").get<double>() == Approx(std::max({0.0, mean(1, 0) - mean(0, 0), mean(2, 1) - mean(0, 1)})).margin(1.0));
    CHECK(json.at("profiles").at(3).at("regret_usd").get<double>() == Approx(std::max({0.0, mean(2, 0) - mean(3, 0), mean(1, 1) - mean(3, 1)})).margin(1.0));

    CHECK(ring.run("payoffs duel --where rules.chips=UNIFORM --format nfg").out.starts_with("NFG 1 R \"duel\" { \"meta\" \"microsoft\" } { 2 2 }\n\n"));
    CHECK(Json::parse(ring.run("payoffs duel --where rules.chips=PAYBID --format json").out).at("type") == "samplegame.1");
    CHECK(ring.run("payoffs duel --where rules.chips=UNIFORM --format csv --out table.csv").code == ExitCode::done);
    CHECK(lines(ring.path / "table.csv") == 1 + 4);
    CHECK(ring.run("payoffs duel --where rules.chips=UNIFORM --format csv --out table.csv").code == ExitCode::cannot_write);
    CHECK(ring.run("payoffs duel --where rules.chips=UNIFORM").out.find("pure equilibria of the mean table") != std::string::npos);
    CHECK(ring.run("payoffs duel --where rules.chps=UNIFORM").err.find("the plan does not vary rules.chps; did you mean 'rules.chips'?") != std::string::npos);
    CHECK(ring.run("payoffs duel --where rules.chips=POSTED").err.find("no profile has what --where asks for") != std::string::npos);
}

TEST_CASE("A role's payoff is the sum over its firms that play as it does", "[cli][games]") {
    const Ring ring;
    write(ring.path / "role.toml", "scenario = \"pair.toml\"\nseeds = [1]\n[profiles]\nhyperscaler = [\"ring/few.lua\", \"ring/many.lua\"]\n");
    REQUIRE(ring.run("sweep role.toml --out role").code == ExitCode::done);
    CHECK(ring.run("payoffs role").out.find(": 1 player, 2 profiles, 1 seed; ") != std::string::npos);
    const Json json = Json::parse(ring.run("payoffs role --json").out);
    std::stringstream rows(read_text(ring.path / "role/runs.csv"));
    std::string head, first;
    std::getline(rows, head);
    std::getline(rows, first);
    const auto cell = [](const std::string& line, std::ptrdiff_t n) {
        std::stringstream row(line);
        std::string out;
        for (std::ptrdiff_t i = 0; i <= n; ++i) std::getline(row, out, ',');
        return out;
    };
    const auto at = [&](const std::string& name) { return std::count(head.begin(), head.begin() + static_cast<std::ptrdiff_t>(head.find(name)), ','); };
    const double sum = std::stod(cell(first, at("value_usd.meta"))) + std::stod(cell(first, at("value_usd.microsoft")));
    CHECK(json.at("profiles").at(0).at("players").at(0).at("payoff_usd").at("mean").get<double>() == Approx(sum));
}

TEST_CASE("A batch that is no game has no payoff table", "[cli][games]") {
    const Ring ring;
    const auto [plan, said] = GENERATE_COPY(table<std::string, std::string>({
        {"[vary]\nmeta.lots = [2]\n[profiles]\nmeta = \"ring/few.lua\"\n", "nobody chooses: no firm or role has several strategies"},
        {"sample = { method = \"lhs\", points = 2 }\n[vary]\nmeta.lots = { from = 1, to = 3 }\n[profiles]\nmeta = \"ring/few.lua\"\n", "meta.lots is sampled, not crossed"},
    }));
    write(ring.path / "plan.toml", "scenario = \"pair.toml\"\nseeds = [1]\n" + plan);
    REQUIRE(ring.run("sweep plan.toml --out b").code == ExitCode::done);
    const Ran ran = ring.run("payoffs b");
    INFO(ran.err);
    CHECK(ran.code == ExitCode::bad_input);
    CHECK(ran.err.find(said) != std::string::npos);
    CHECK(ring.run("tournament b").err.find("is a batch, but no tournament") != std::string::npos);
}

TEST_CASE("A search tries the default, a sample and a climb, and checks the winner on fresh seeds", "[cli][games]") {
    const Ring ring;
    write(ring.path / "hedge.toml", kSearchPlan);
    const Ran dry = ring.run("search hedge.toml --dry-run");
    CHECK(dry.out.starts_with("would search  thousands, lots of meta: 4 points of the sample, then up to 4 of a climb, 2 seeds each: 16 runs\n"));
    CHECK(dry.out.find("\nestimate      24 x ") != std::string::npos);
    CHECK(dry.out.find(" MB\n") != std::string::npos);
    CHECK(Json::parse(ring.run("search hedge.toml --dry-run --json").out).at("runs") == 24);
    CHECK_FALSE(fs::exists(ring.path / "searches"));
    const Ran ran = ring.run("search hedge.toml --json");
    INFO(ran.err);
    REQUIRE(ran.code == ExitCode::done);
    const Json json = Json::parse(ran.out);
    CHECK(json.at("schema") == "rackrace.search/2");
    CHECK(json.at("points").get<int>() >= 4);
    CHECK(json.at("points").get<int>() <= 8);
    CHECK(json.at("fresh_gain").at("n") == 3);
    CHECK(json.at("winner_payoff").at("mean").get<double>() >= json.at("default_payoff").at("mean").get<double>());
    CHECK(json.at("fresh_gain").at("mean").get<double>() == Approx(json.at("fresh_winner_payoff").at("mean").get<double>() - json.at("fresh_default_payoff").at("mean").get<double>()).margin(1.0));
    const fs::path folder = ring.path / json.at("path").get<std::string>();
    CHECK(lines(folder / "evaluations.csv") == 1 + 1 + json.at("points").get<int>() + 2);
    CHECK(read_text(folder / "evaluations.csv").starts_with("point,stage,meta.thousands,meta.lots,runs,failed,payoff,"));
    CHECK(read_text(folder / "evaluations.csv").find("\n1,sample,20,2,2,0,") != std::string::npos);  // the first Sobol point is the middle
    CHECK(read_text(folder / "search.svg").find("</svg>") != std::string::npos);
    const Ran told = ring.run("search " + json.at("path").get<std::string>() + " --json");
    CHECK(told.out == ran.out);

    const std::string name = folder.filename().string();
    CHECK(ring.run("show " + name + " --json").out == ran.out);
    CHECK(ring.run("show searches/" + name).out == ring.run("search " + name).out);
    CHECK(ring.run("show " + name + "@2026Q3").code == ExitCode::wrong_usage);
    const Json listed = Json::parse(ring.run("ls --json").out).at("searches");
    REQUIRE(listed.size() == 1);
    CHECK(listed.at(0).at("status") == "complete");
    CHECK(listed.at(0).at("budget") == 16);
    CHECK(listed.at(0).at("scenario") == "pair.toml");
    CHECK(ring.run("ls --where budget=16").out.starts_with("search searches/hedge-"));
    fs::remove(folder / "result.json");
    fs::remove(folder / "result.txt");
    CHECK(ring.run("show " + name).err.find("has not ended; go on with it: rackrace search ") != std::string::npos);
    CHECK(ring.run("ls").out.find("  open  ") != std::string::npos);
}

TEST_CASE("What the disk has no room for is refused with both numbers", "[cli][games]") {
    CHECK(check_disk({"there", 3, 1.0, "less"}).empty());
    const Refusals full = check_disk({"there", 3, 1e21, "take fewer"});
    REQUIRE_FALSE(full.empty());
    CHECK(full.text().starts_with("there: 3 runs take 1e+12 GB, the disk has "));
    CHECK(full.text().ends_with(" GB free; take fewer\n"));
}

TEST_CASE("A point of a search pays what a run with its parameters pays", "[cli][games]") {
    const Ring ring;
    write(ring.path / "one.toml", "scenario = \"pair.toml\"\nseeds = [5]\n[vary]\nmeta.thousands = [3.0, 30.0]\n[profiles]\nmeta = \"ring/few.lua\"\n");
    REQUIRE(ring.run("search one.toml --out found").code == ExitCode::done);
    REQUIRE(ring.run("sweep one.toml --out swept").code == ExitCode::done);
    const std::string evaluations = read_text(ring.path / "found/evaluations.csv"), runs = read_text(ring.path / "swept/runs.csv");
    const std::string head = runs.substr(0, runs.find('\n'));
    const auto column = std::count(head.begin(), head.begin() + static_cast<std::ptrdiff_t>(head.find("value_usd.meta")), ',');
    std::stringstream row(runs.substr(head.size() + 1));
    std::string cell;
    for (std::ptrdiff_t i = 0; i <= column; ++i) std::getline(row, cell, ',');
    CHECK(evaluations.find("\n1,sample,3,1,0," + cell + ",") != std::string::npos);
}

TEST_CASE("A search maximises the objective that it is given, over the figures that a sweep records", "[cli][games]") {
    const Ring ring;
    write(ring.path / "one.toml", "scenario = \"pair.toml\"\nseeds = [5]\n[vary]\nmeta.thousands = [3.0, 30.0]\n[profiles]\nmeta = \"ring/few.lua\"\n");
    REQUIRE(ring.run("sweep one.toml --out swept").code == ExitCode::done);
    // Summed by hand from the batch's figures by quarter, for the point of the second value.
    std::stringstream rows(read_text(ring.path / "swept/panel.csv"));
    std::string line;
    std::getline(rows, line);
    const auto place = [&](const std::string& column) { return std::count(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(("," + line + ",").find("," + column + ",")), ','); };
    const auto run = place("run"), firm = place("firm"), capex = place("capex_usd"), cash = place("cash_usd");
    double spent = 0.0, left = 0.0;
    while (std::getline(rows, line)) {
        std::vector<std::string> cells;
        std::stringstream in(line);
        for (std::string cell; std::getline(in, cell, ',');) cells.push_back(cell);
        if (cells[static_cast<std::size_t>(run)] != "1" || cells[static_cast<std::size_t>(firm)] != "meta") continue;
        spent += std::stod(cells[static_cast<std::size_t>(capex)]);
        left = std::stod(cells[static_cast<std::size_t>(cash)]);
    }
    REQUIRE(spent > 0.0);
    const Ran ran = ring.run("search one.toml --out found --objective '-(2 * sum(capex_usd) - cash_usd) / 4' --json");
    INFO(ran.err);
    REQUIRE(ran.code == ExitCode::done);
    std::stringstream found(read_text(ring.path / "found/evaluations.csv"));
    while (std::getline(found, line) && !line.starts_with("2,sample,30,1,0,")) {}
    CHECK(std::stod(line.substr(std::string("2,sample,30,1,0,").size())) == Approx(-(2.0 * spent - left) / 4.0));
    CHECK(Json::parse(ran.out).at("objective") == "-(2 * sum(capex_usd) - cash_usd) / 4");
    CHECK(ring.run("search found").out.find("seeds; -(2 * sum(capex_usd) - cash_usd) / 4, 95 % intervals") != std::string::npos);
    CHECK(ring.run("search found --objective cash_usd").err.find("is a search with another objective; leave --objective out") != std::string::npos);
    CHECK(ring.run("search one.toml --out found").code == ExitCode::cannot_write);
    // a figure by quarter, of the market, and what is no number
    CHECK(ring.run("search one.toml --objective 'least(market.spot_i_usd_h) - most(market.spot_i_usd_h)'").code == ExitCode::done);
    CHECK(ring.run("search one.toml --objective 'cash_usd / (capex_usd - capex_usd)'").code == ExitCode::partly_failed);
}

TEST_CASE("Threads share the whole sample of a search, and find what one thread finds", "[cli][games]") {
    const Ring ring;
    write(ring.path / "hedge.toml", kSearchPlan);
    for (const char* threads : {"1", "4"}) REQUIRE(ring.run(std::string("search hedge.toml --threads ") + threads + " --out on" + threads).code == ExitCode::done);
    for (const char* file : {"evaluations.csv", "search.svg"}) CHECK(read_text(ring.path / "on1" / file) == read_text(ring.path / "on4" / file));
    CHECK(ring.run("search hedge.toml --dry-run --threads 4").out.find(" s / 4 threads, the climb on 2 = ") != std::string::npos);  // the seeds of a point
    CHECK(ring.run("search hedge.toml --dry-run --threads 2").out.find(" s / 2 threads = ") != std::string::npos);
}

TEST_CASE("A point that a sample has twice is played once and told twice", "[cli][games]") {
    const Ring ring;
    write(ring.path / "lots.toml",
          "scenario = \"pair.toml\"\nseeds = [1, 2]\nsample = { method = \"sobol\", points = 4 }\n[vary]\nmeta.lots = { from = 1, to = 2 }\n[profiles]\nmeta = \"ring/few.lua\"\n[search]\nfresh = [11]\n");
    const Ran ran = ring.run("search lots.toml --out lots --json");
    INFO(ran.err);
    REQUIRE(ran.code == ExitCode::done);
    CHECK(lines(ring.path / "lots/evaluations.csv") == 1 + 1 + 4 + 2);
    auto log = Database::open_read_only(ring.path / "lots/search.sqlite");
    REQUIRE(log);
    auto row = log->prepare("SELECT count(*) FROM runs WHERE seed < 3");
    REQUIRE(row->step() == Step::row);
    CHECK(std::get<std::int64_t>(row->cell(0)) == 3 * 2);  // the default, one lot and two, on two seeds
}

TEST_CASE("A search that was stopped goes on by the same command and finds the same", "[cli][games]") {
    const Ring ring;
    write(ring.path / "hedge.toml", kSearchPlan);
    REQUIRE(ring.run("search hedge.toml --out whole --threads 2").code == ExitCode::done);
    const std::string program = "cd '" + ring.path.string() + "' && { '" RACKRACE_PROGRAM "' -q search hedge.toml --out killed --threads 1 >/dev/null 2>&1 & p=$!; ";
    // Killed as soon as something is safe in the log.
    const std::string wait = "i=0; until [ -s killed/search.sqlite-wal ] || [ $i -gt 6000 ]; do sleep 0.002; i=$((i+1)); done; kill -9 $p; wait $p; } 2>/dev/null";
    CHECK(std::system((program + wait).c_str()) != 0);
    CHECK_FALSE(fs::exists(ring.path / "killed/result.json"));
    REQUIRE(ring.run("search hedge.toml --out killed").code == ExitCode::done);
    CHECK(read_text(ring.path / "whole/evaluations.csv") == read_text(ring.path / "killed/evaluations.csv"));
    write(ring.path / "hedge.toml", std::string(kSearchPlan) + "# another plan\n");
    CHECK(ring.run("search hedge.toml --out killed").code == ExitCode::cannot_write);
}

TEST_CASE("A search that cannot be is refused before its first run, with place and advice", "[cli][games]") {
    const Ring ring;
    const std::string head = "scenario = \"pair.toml\"\nseeds = [1]\n", few = "[profiles]\nmeta = \"ring/few.lua\"\n", sampled = "sample = { method = \"sobol\", points = 4 }\n[vary]\n";
    const std::string lots = sampled + "meta.lots = { from = 1, to = 3 }\n";
    const auto [plan, code, said] = GENERATE_COPY(table<std::string, ExitCode, std::string>({
        {head + few, ExitCode::bad_input, "bad.toml: varies nothing; give parameters of one firm a range"},
        {head + lots + "microsoft.lots = [1, 2]\n" + few, ExitCode::bad_input, "bad.toml:6:11: microsoft.lots is of microsoft, other keys of meta; a search"},
        {head + sampled + "hyperscaler.lots = { from = 1, to = 3 }\n" + few, ExitCode::bad_input, "hyperscaler is a role; a best response is that of one firm"},
        {head + lots + "rules.chips = [\"UNIFORM\", \"POSTED\"]\n" + few, ExitCode::bad_input, "rules.chips is no parameter of a script; "},
        {head + lots + "[profiles]\nmeta = [\"ring/few.lua\", \"ring/many.lua\"]\n", ExitCode::bad_input, "meta has several strategies; in a search"},
        {head + lots + few + "[search]\nbudget = 2\nrefine = \"subplex\"\n", ExitCode::bad_input, "bad.toml:9:10: the sample alone takes 4 runs; raise the budget"},
        {head + lots + few + "[search]\nbudget = 20\n", ExitCode::bad_input, "the sample takes 4 runs and nothing would use the others; add refine"},
        {head + lots + few + "[search]\nfresh = [1, 2]\n", ExitCode::bad_input, "bad.toml:9:1: seed 1 is not fresh: the search plays it; name seeds"},
        {head + lots + few + "[search]\nobjective = 1\n", ExitCode::bad_input, "bad.toml:9:13: objective is not a text; write objective"},
        {head + lots + few + "[search]\nobjective = \"cash_usd - detb_usd\"\n", ExitCode::bad_input, "bad.toml:9:13: objective, character 12: no figure is called 'detb_usd'; did you mean 'debt_usd'?"},
        {head + lots + few + "[search]\nobjective = \"sun(cash_usd)\"\n", ExitCode::bad_input, "objective, character 1: no function is called 'sun'; did you mean 'sum'?"},
        {head + lots + few + "[search]\nobjective = \"2 * (cash_usd\"\n", ExitCode::bad_input, "objective, character 14: a bracket is not closed; write )"},
        {head + lots + few + "[search]\nobjective = \"cash_usd 2\"\n", ExitCode::bad_input, "objective, character 10: '2' follows what is whole; put an operator"},
        {head + lots + few + "[search]\nobjective = \"cash_usd /\"\n", ExitCode::bad_input, "objective, character 11: here a figure, a number or ( is missing"},
        {head + lots + few + "[search]\nfresh = []\n", ExitCode::bad_input, "there are no seeds"},
        {head + lots + few + "[search]\nrefine = \"subplx\"\n", ExitCode::bad_input, "no way to climb is called 'subplx'; did you mean 'subplex'?"},
        {head + sampled + "meta.lots = { from = 1, to = 9 }\n" + few, ExitCode::bad_input, "lots = 9 lies outside 1 to 4 (few.lua)"},
        {head + sampled + "meta.lats = { from = 1, to = 3 }\n" + few, ExitCode::bad_input, "the script has no parameter 'lats' (few.lua); did you mean 'lots'?"},
        {head + lots + "[profiles]\nmeta = \"ring/fw.lua\"\n", ExitCode::script_refused, "strategy 'ring/fw.lua' of meta is neither in"},
        {"scenario = \"pair.toml\"\nseeds = []\n" + lots + few, ExitCode::bad_input, "bad.toml:2:1: there are no seeds; write"},
    }));
    write(ring.path / "bad.toml", plan);
    const Ran ran = ring.run("search bad.toml");
    INFO(plan << "said: " << ran.err);
    CHECK(ran.code == code);
    CHECK(ran.out.empty());
    CHECK(ran.err.find(said) != std::string::npos);
    CHECK_FALSE(fs::exists(ring.path / "searches"));
}

TEST_CASE("A search whose plan is nowhere names the nearest of those that come with the program", "[cli][games]") {
    const TemporaryFolder folder;
    const Ran ran = rackrace_in(folder.path(), "search baseline-corewave");
    CHECK(ran.code == ExitCode::bad_input);
    CHECK(ran.err.starts_with("rackrace: baseline-corewave: is no file, no search, and no plan in "));
    CHECK(ran.err.ends_with("; did you mean 'baseline-coreweave'?\n"));
}

TEST_CASE("A winner beats the default only where its interval on fresh seeds lies above 0", "[cli][games]") {
    SearchOutcome outcome;
    outcome.tried.resize(2);
    outcome.winner = 1;
    outcome.tried[1].gain = paired_difference({5.0, 5.1, 5.2});  // on the seeds that chose it
    outcome.fresh_gain = paired_difference({4.0, -5.0, 1.0});
    CHECK(verdict_of(outcome) == SearchVerdict::not_told_apart);
    outcome.fresh_gain = paired_difference({4.0, 5.0, 6.0});
    CHECK(verdict_of(outcome) == SearchVerdict::beats);
    outcome.fresh_gain = paired_difference({-4.0, -5.0, -6.0});
    CHECK(verdict_of(outcome) == SearchVerdict::loses);
    outcome.fresh_gain = paired_difference({4.0});
    CHECK(verdict_of(outcome) == SearchVerdict::not_told_apart);
    outcome.winner = 0;
    CHECK(verdict_of(outcome) == SearchVerdict::none);
}
