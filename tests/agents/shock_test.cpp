// Each shock of the scenario library against its twin (the same file and seed with shocks=off: base-2026, or the rules that its row names), every firm at its baseline: it moves what it is
// there to move (model.md 5.16, last column). With RACKRACE_LONG on 20 seeds, and with RACKRACE_TABLE=FILE every pair of numbers goes to a CSV,
// of which scripts/research/shock_table.py makes docs/shocks.md.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <numeric>

#include "agents/host/lua_deciders.h"
#include "engine/replay/figures.h"
#include "engine/settle/rating.h"

using namespace rackrace;

namespace {

const std::filesystem::path kRoot = RACKRACE_SOURCE_DIR;
const bool kIsLong = std::getenv("RACKRACE_LONG") != nullptr;
const int kSeeds = kIsLong ? 20 : 2;
constexpr int kLateGeneration = 3;  // that of rubin-late

/// What the table looks at, of one quarter. Sellers: those that sell to the firm by contract in the opening books.
struct Reading {
    double ai_revenue = 0.0, spot_i = 0.0, stranded = 0.0, interest = 0.0, equity = 0.0, capex = 0.0, row_chips = 0.0, made_chips = 0.0;
    double to_firms = 0.0, cleared_ratio = 0.0, usable_kw = 0.0, shell_kw = 0.0, energised_kw = 0.0, adder = 0.0, spread = 0.0, share = 0.0;
    double lent = 0.0, fill = 0.0, energy = 0.0, late_chips = 0.0, sellers_backlog = 0.0, sellers_spread = 0.0;
    double waiting_kw = 0.0, queue_q = 0.0;
};

class Reader : public QuarterListener {
public:
    Reader(int firm, std::vector<Reading>& readings) : firm_(firm), readings_(readings) {}
    void on_opening(const Scenario&, const World& world) override {
        for (const Contract& contract : world.contracts)
            if (contract.id != 0 && contract.buyer == firm_) sells_[contract.seller] = true;
    }
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
        now.fill = figures.chip_fill_frac;
        now.queue_q = 1.0 / std::max(0.01, figures.chip_fill_frac) - 1.0;  // chips asked for in vain, in quarters of what was awarded
        now.usable_kw = figures.usable_it_kw;
        double offered = 0.0;
        for (int p = 0; p < closed.scenario.product_count; ++p) {
            const ProductState& product = world.products[p];
            now.cleared_ratio += product.offered_chips * product.cleared_usd_chip / std::max(1.0, closed.scenario.products[p].list_usd_chip);
            offered += product.offered_chips;
        }
        now.cleared_ratio /= std::max(1.0, offered);
        for (int r = 0; r < closed.scenario.region_count; ++r) {
            const RegionState& region = world.regions[r];
            now.energised_kw += static_cast<double>(region.energised_kw);
            now.waiting_kw += static_cast<double>(region.asked_kw) - static_cast<double>(region.energised_kw) - static_cast<double>(region.withdrawn_kw);
            now.adder += world.regions[r].adder_usd_kw_q / closed.scenario.region_count;
        }
        for (int f = 0; f < world.firm_count; ++f) {
            now.interest += to_double(world.firms[f].history[0].interest);
            now.capex += to_double(world.firms[f].history[0].capex);
            now.spread += unsecured_spread_apr(closed.scenario.parameters, world.firms[f].default_probability_apr, world.sentiment) / world.firm_count;
            for (const Site& site : world.firms[f].sites) now.shell_kw += site.shell_kw;
        }
        read_credit(closed, now);
        for (int p = 0; p < closed.scenario.product_count; ++p)
            if (closed.scenario.products[p].generation == kLateGeneration)
                for (int f = 0; f < world.firm_count; ++f) now.late_chips += world.firms[f].holdings[p].installed + world.firms[f].holdings[p].warehouse;
        for (int s = 0; s < kMaxSegments; ++s) now.share += world.firms[firm_].share_ppb[s] * 1e-9 / kMaxSegments;
        readings_.push_back(now);
    }

private:
    void read_credit(const ClosedQuarter& closed, Reading& now) const {
        int sellers = 0;
        for (int f = 0; f < closed.world.firm_count; ++f) {
            const Firm& firm = closed.world.firms[f];
            for (const auto& loan : closed.ledger.deals.borrow[f]) now.lent += loan.got;
            now.energy += to_double(paid(closed.ledger, f, Kind::energy) + paid(closed.ledger, f, Kind::grid_deposit_applied));
            if (!sells_[f]) continue;
            ++sellers;
            now.sellers_backlog += to_double(firm_figures(closed.scenario, closed.world, f).backlog);
            now.sellers_spread += unsecured_spread_apr(closed.scenario.parameters, firm.default_probability_apr, closed.world.sentiment);
        }
        now.sellers_spread /= std::max(1, sellers);
    }

    int firm_;
    bool sells_[kMaxFirms] = {};
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

/// Mean of a reading over quarters [from, to] of the run, seed by seed; 0 is 2026Q2.
struct Pairs {
    std::vector<double> twin, shocked;
    double mean(const std::vector<double>& of) const { return std::accumulate(of.begin(), of.end(), 0.0) / static_cast<double>(of.size()); }
};
Pairs compare(const std::string& scenario, const std::string& twin, double Reading::*what, int from, int to) {
    static std::map<std::string, std::vector<Reading>> played;
    const auto run = [&](const std::string& name, int seed) {
        std::vector<Reading>& found = played[name + " " + std::to_string(seed)];
        if (found.empty()) found = play(name, "on", static_cast<std::uint64_t>(seed));
        double sum = 0.0;
        for (int q = from; q <= to; ++q) sum += found.at(static_cast<std::size_t>(q)).*what;
        return sum / (to - from + 1);
    };
    Pairs pairs;
    for (int seed = 1; seed <= kSeeds; ++seed) {
        pairs.twin.push_back(run(twin, seed));
        pairs.shocked.push_back(run(scenario, seed));
    }
    return pairs;
}

constexpr int k2027 = 3, k2028 = 7;  // first quarters of 2027 and 2028 in the run

/// From how many seeds on the difference of the means has its direction: two in a short test, or only the twenty of a long one. told: not as
/// the text says, and docs/shocks.md says why.
enum class Seen { by_two, by_twenty, told };

struct Row {
    const char* scenario;
    const char* what;
    const char* unit;
    double scale;  // of the reading to the unit
    double Reading::*reading;
    int from, to;
    bool is_higher;  // by the text
    Seen seen = Seen::by_two;
    const char* twin = "base-2026";
};

// clang-format off
const Row kRows[] = {
    {"plateau-2028", "AI revenue after 4 quarters", "B$ a quarter", 1e-9, &Reading::ai_revenue, k2028 + 4, k2028 + 7, false},
    {"plateau-2028", "spot I after 4 quarters", "$/h", 1.0, &Reading::spot_i, k2028 + 4, k2028 + 7, false},
    {"plateau-2028", "stranded capital in quarters 3 to 5", "B$", 1e-9, &Reading::stranded, k2028 + 2, k2028 + 4, true},  // later it lies above and below the twin's by turns
    {"efficiency-2028", "AI revenue in the next 4 quarters", "B$ a quarter", 1e-9, &Reading::ai_revenue, k2028 + 1, k2028 + 4, false},
    {"efficiency-2028", "spot I in the next 4 quarters", "$/h", 1.0, &Reading::spot_i, k2028 + 1, k2028 + 4, false},
    {"efficiency-owned-2028", "the owner's share while it owns it", "%", 100.0, &Reading::share, k2028, k2028 + 3, true},
    {"efficiency-owned-2028", "the owner's share a year later", "%", 100.0, &Reading::share, k2028 + 4, k2028 + 7, true},
    {"rate-2027", "interest paid while it lasts", "B$ a quarter", 1e-9, &Reading::interest, k2027, k2027 + 7, true},
    {"rate-2027", "E of all firms at once", "B$", 1e-9, &Reading::equity, k2027, k2027, false},
    {"rate-2027", "chips awarded in the first 2 quarters", "million a quarter", 1e-6, &Reading::to_firms, k2027, k2027 + 1, false},
    {"rate-2027", "chips awarded within 6 quarters", "million a quarter", 1e-6, &Reading::to_firms, k2027, k2027 + 5, false, Seen::told},
    {"rate-2027", "spent on chips, sites and power within 6 quarters", "B$ a quarter", 1e-9, &Reading::capex, k2027, k2027 + 5, false},
    {"credit-2027", "debt raised in the credit market while it lasts", "B$ a quarter", 1e-9, &Reading::lent, k2027, k2027 + 3, false},
    {"credit-2027", "unsecured spread, mean of firms, while it lasts", "points", 100.0, &Reading::spread, k2027, k2027 + 3, true},
    {"export-2027", "chips of the rest of the world", "million a quarter", 1e-6, &Reading::row_chips, k2027, k2027 + 3, false},
    {"export-2027", "chip fill rate of the others", "%", 100.0, &Reading::fill, k2027, k2027 + 3, true},
    {"export-2027", "chips awarded to firms", "million a quarter", 1e-6, &Reading::to_firms, k2027, k2027 + 3, true},
    {"supply-2027", "chips made", "million a quarter", 1e-6, &Reading::made_chips, k2027, k2027 + 2, false},
    {"supply-2027", "clearing price over launch list in 2027", "ratio", 1.0, &Reading::cleared_ratio, k2027, k2027 + 3, true},
    {"supply-posted-2027", "chips made", "million a quarter", 1e-6, &Reading::made_chips, k2027, k2027 + 2, false, Seen::by_two, "posted-2026"},
    {"supply-posted-2027", "chips asked for in vain in 2027, over those awarded", "quarters", 1.0, &Reading::queue_q, k2027, k2027 + 3, true, Seen::by_twenty, "posted-2026"},
    {"delay-2027", "shells until the slip is over", "GW", 1e-6, &Reading::shell_kw, k2027 + 1, k2027 + 2, false},
    {"delay-2027", "usable IT power until the slip is over", "GW", 1e-6, &Reading::usable_kw, k2027 + 1, k2027 + 2, false},
    {"rubin-late", "chips of generation 3 held in 2027Q1 to Q3", "million", 1e-6, &Reading::late_chips, k2027, k2027 + 2, false},
    {"power-2027", "grid power energised", "GW", 1e-6, &Reading::energised_kw, k2027, k2027 + 7, false},
    {"power-2027", "adder, mean of regions", "$/kW-quarter", 1.0, &Reading::adder, k2027, k2027 + 7, true},
    {"power-queue-2027", "grid power energised", "GW", 1e-6, &Reading::energised_kw, k2027, k2027 + 7, false, Seen::by_two, "queue-2026"},
    {"power-queue-2027", "grid power that waits in queues", "GW", 1e-6, &Reading::waiting_kw, k2027, k2027 + 7, true, Seen::by_two, "queue-2026"},
    {"minimum-take-2027", "energy billed by the grids", "B$ a quarter", 1e-9, &Reading::energy, k2027, k2027 + 7, true},
    {"minimum-take-2027", "grid power energised", "GW", 1e-6, &Reading::energised_kw, k2027, k2027 + 7, false, Seen::by_twenty},
    {"minimum-take-2027", "adder, mean of regions", "$/kW-quarter", 1.0, &Reading::adder, k2027, k2027 + 7, true, Seen::told},
    {"repudiate-2028", "backlog of the opening sellers to it", "B$", 1e-9, &Reading::sellers_backlog, k2028, k2028 + 3, false},
    {"repudiate-2028", "their unsecured spread, mean", "points", 100.0, &Reading::sellers_spread, k2028, k2028 + 3, true},
    {"telecom-2028", "AI revenue after 4 quarters", "B$ a quarter", 1e-9, &Reading::ai_revenue, k2028 + 4, k2028 + 7, false},
    {"telecom-2028", "debt raised in the next 4 quarters", "B$ a quarter", 1e-9, &Reading::lent, k2028, k2028 + 3, false, Seen::told},
    {"telecom-2028", "unsecured spread, mean of firms, in the next 4 quarters", "points", 100.0, &Reading::spread, k2028, k2028 + 3, true},
};
// clang-format on

void write_pairs(std::ostream& out, const Row& row, const Pairs& pairs) {
    for (std::size_t i = 0; i < pairs.twin.size(); ++i)
        out << fmt::format("{},\"{}\",{},{},{},{}\n", row.scenario, row.what, row.unit, row.is_higher ? "higher" : "lower", pairs.twin[i] * row.scale, pairs.shocked[i] * row.scale);
}

}  // namespace

TEST_CASE("Each shock moves what it is there to move against its twin, mean over seeds", "[agents][shocks]") {
    std::ofstream table;
    if (const char* path = std::getenv("RACKRACE_TABLE"); path != nullptr) {
        table.open(path);
        table << "scenario,observable,unit,expected,twin,shocked\n";
    }
    for (const Row& row : kRows) {
        if (row.seen != Seen::by_two && !kIsLong) continue;
        const Pairs pairs = compare(row.scenario, row.twin, row.reading, row.from, row.to);
        if (table.is_open()) write_pairs(table, row, pairs);
        const double twin = pairs.mean(pairs.twin), shocked = pairs.mean(pairs.shocked);
        INFO(row.scenario << ": " << row.what << ", twin " << twin << ", shocked " << shocked);
        if (row.seen == Seen::told) continue;
        if (row.is_higher) CHECK(shocked > twin);
        else CHECK(shocked < twin);
    }
}

TEST_CASE("A scenario with its shocks off is its twin, quarter by quarter", "[agents][shocks]") {
    const std::vector<Reading> off = play("power-2027", "off", 1), base = play("base-2026", "on", 1);
    for (std::size_t q = 0; q < base.size(); ++q) CHECK(off[q].equity == base[q].equity);
}
