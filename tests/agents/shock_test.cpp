// Each shock of the scenario library against its twin (the same file and seed with shocks=off), every firm at its baseline: it moves what it is
// there to move (model.md 5.16, last column). REPUDIATE and the credit market's side of CREDIT need distress and the credit market to be played.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>

#include "agents/host/lua_deciders.h"
#include "engine/replay/figures.h"
#include "engine/settle/rating.h"

using namespace rackrace;

namespace {

const std::filesystem::path kRoot = RACKRACE_SOURCE_DIR;
const int kSeeds = std::getenv("RACKRACE_LONG") != nullptr ? 10 : 2;

/// What the table looks at, of one quarter.
struct Reading {
    double ai_revenue = 0.0, spot_i = 0.0, stranded = 0.0, interest = 0.0, equity = 0.0, capex = 0.0, row_chips = 0.0, made_chips = 0.0;
    double to_firms = 0.0, cleared_ratio = 0.0, usable_kw = 0.0, shell_kw = 0.0, energised_kw = 0.0, adder = 0.0, spread = 0.0, share = 0.0;
};

class Reader : public QuarterListener {
public:
    Reader(int firm, std::vector<Reading>& readings) : firm_(firm), readings_(readings) {}
    void on_opening(const Scenario&, const World&) override {}
    void on_close(const ClosedQuarter& closed) override {
        const World& world = closed.world;
        const QuarterFigures figures = quarter_figures(closed.scenario, world);
        Reading now;
        now.ai_revenue = world.ai_revenue_usd;
        now.spot_i = world.spot_usd_h[1];
        now.stranded = to_double(figures.stranded_capital);
        now.equity = figures.equity_value_usd;
        now.row_chips = static_cast<double>(figures.row_chips);
        now.made_chips = static_cast<double>(figures.made_chips);
        now.to_firms = static_cast<double>(figures.sold_chips);
        now.usable_kw = figures.usable_it_kw;
        double offered = 0.0;
        for (int p = 0; p < closed.scenario.product_count; ++p) {
            const ProductState& product = world.products[p];
            now.cleared_ratio += product.offered_chips * product.cleared_usd_chip / std::max(1.0, closed.scenario.products[p].list_usd_chip);
            offered += product.offered_chips;
        }
        now.cleared_ratio /= std::max(1.0, offered);
        for (int r = 0; r < closed.scenario.region_count; ++r) {
            now.energised_kw += static_cast<double>(world.regions[r].energised_kw);
            now.adder += world.regions[r].adder_usd_kw_q / closed.scenario.region_count;
        }
        for (int f = 0; f < world.firm_count; ++f) {
            now.interest += to_double(world.firms[f].history[0].interest);
            now.capex += to_double(world.firms[f].history[0].capex);
            now.spread += unsecured_spread_apr(closed.scenario.parameters, world.firms[f].default_probability_apr, world.sentiment) / world.firm_count;
            for (const Site& site : world.firms[f].sites) now.shell_kw += site.shell_kw;
        }
        for (int s = 0; s < kMaxSegments; ++s) now.share += world.firms[firm_].share_ppb[s] * 1e-9 / kMaxSegments;
        readings_.push_back(now);
    }

private:
    int firm_;
    std::vector<Reading>& readings_;
};

std::vector<Reading> play(const std::string& scenario, const char* shocks, std::uint64_t seed) {
    const auto loaded = load_scenario({scenario, kRoot / "data", {{"shocks", shocks}}, "2029Q4"});
    if (!loaded) throw std::runtime_error(loaded.error().text());
    auto deciders = LuaDeciders::start(*loaded, kRoot / "scripts");
    if (!deciders) throw std::runtime_error(deciders.error().text());
    int lab = 0;
    while (loaded->names.firms[static_cast<std::size_t>(lab)] != "openai") ++lab;
    const auto world = std::make_unique<World>(loaded->opening);
    std::vector<Reading> readings;
    Reader reader(lab, readings);
    const RunOutcome outcome = play_run(loaded->scenario, *world, seed, deciders->get(), &reader);
    REQUIRE(outcome.is_complete);
    REQUIRE(world->capacity_refusals == 0);
    return readings;
}

/// Mean over the seeds of a reading, summed over quarters [from, to] of the run; 0 is 2026Q2.
struct Pair {
    double twin = 0.0, shocked = 0.0;
};
Pair compare(const std::string& scenario, double Reading::*what, int from, int to) {
    static std::map<std::string, std::vector<Reading>> played;  // the twin of every scenario is base-2026
    const auto run = [&](const std::string& name, int seed) -> const std::vector<Reading>& {
        std::vector<Reading>& found = played[name + " " + std::to_string(seed)];
        if (found.empty()) found = play(name, "on", static_cast<std::uint64_t>(seed));
        return found;
    };
    Pair pair;
    for (int seed = 1; seed <= kSeeds; ++seed)
        for (int q = from; q <= to; ++q) {
            pair.twin += run("base-2026", seed).at(static_cast<std::size_t>(q)).*what / (kSeeds * (to - from + 1));
            pair.shocked += run(scenario, seed).at(static_cast<std::size_t>(q)).*what / (kSeeds * (to - from + 1));
        }
    return pair;
}

constexpr int k2027 = 3, k2028 = 7;  // first quarters of 2027 and 2028 in the run

struct Row {
    const char* scenario;
    const char* what;
    double Reading::*reading;
    int from, to;
    bool is_higher;
};

const Row kRows[] = {
    {"plateau-2028", "AI revenue after 4 quarters", &Reading::ai_revenue, k2028 + 4, k2028 + 7, false},
    {"plateau-2028", "spot I after 4 quarters", &Reading::spot_i, k2028 + 4, k2028 + 7, false},
    {"plateau-2028", "stranded capital in quarters 3 to 5", &Reading::stranded, k2028 + 2, k2028 + 4, true},  // later fewer chips were bought
    {"efficiency-2028", "AI revenue in the next 4 quarters", &Reading::ai_revenue, k2028 + 1, k2028 + 4, false},
    {"efficiency-2028", "spot I in the next 4 quarters", &Reading::spot_i, k2028 + 1, k2028 + 4, false},
    {"efficiency-owned-2028", "the owner's share while it owns it", &Reading::share, k2028, k2028 + 3, true},
    {"efficiency-owned-2028", "the owner's share a year later", &Reading::share, k2028 + 4, k2028 + 7, true},
    {"rate-2027", "interest paid while it lasts", &Reading::interest, k2027, k2027 + 7, true},
    {"rate-2027", "E at once", &Reading::equity, k2027, k2027, false},
    {"rate-2027", "spent on chips, sites and power within 6 quarters", &Reading::capex, k2027, k2027 + 5, false},
    {"credit-2027", "spread while it lasts", &Reading::spread, k2027, k2027 + 3, true},
    {"export-2027", "ROW chips", &Reading::row_chips, k2027, k2027 + 3, false},
    {"export-2027", "chips awarded to firms", &Reading::to_firms, k2027, k2027 + 3, true},
    {"supply-2027", "chips made", &Reading::made_chips, k2027, k2027 + 2, false},
    {"supply-2027", "clearing price over launch list in 2027", &Reading::cleared_ratio, k2027, k2027 + 3, true},
    {"delay-2027", "shells until the slip is over", &Reading::shell_kw, k2027 + 1, k2027 + 2, false},
    {"delay-2027", "usable kW until the slip is over", &Reading::usable_kw, k2027 + 1, k2027 + 2, false},
    {"power-2027", "kW energised", &Reading::energised_kw, k2027, k2027 + 7, false},
    {"power-2027", "adder", &Reading::adder, k2027, k2027 + 7, true},
    {"telecom-2028", "AI revenue after 4 quarters", &Reading::ai_revenue, k2028 + 4, k2028 + 7, false},
    {"telecom-2028", "spread in the next 4 quarters", &Reading::spread, k2028, k2028 + 3, true},
};

}  // namespace

TEST_CASE("Each shock moves what it is there to move against its twin, mean over seeds", "[agents][shocks]") {
    for (const Row& row : kRows) {
        const Pair pair = compare(row.scenario, row.reading, row.from, row.to);
        INFO(row.scenario << ": " << row.what << ", twin " << pair.twin << ", shocked " << pair.shocked);
        if (std::getenv("RACKRACE_TABLE") != nullptr) WARN(row.scenario << " | " << row.what << " | " << pair.twin << " | " << pair.shocked);
        if (row.is_higher) CHECK(pair.shocked > pair.twin);
        else CHECK(pair.shocked < pair.twin);
    }
}

TEST_CASE("A scenario with its shocks off is its twin, quarter by quarter", "[agents][shocks]") {
    const std::vector<Reading> off = play("power-2027", "off", 1), base = play("base-2026", "on", 1);
    for (std::size_t q = 0; q < base.size(); ++q) CHECK(off[q].equity == base[q].equity);
}
