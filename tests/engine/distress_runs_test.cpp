// Whole runs on the real books in which firms fail by the dozen: identities hold through defaults, sales, reorganisations and liquidations.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <memory>
#include <random>

#include "engine/quarter/run.h"
#include "engine/settle/distress.h"
#include "tests/engine/scenario_data.h"

using namespace rackrace;

namespace {

/// Firms that spend what they have and bid for those that failed; what is left of one orders on, as recorded orders would.
class Gamblers : public Deciders {
public:
    explicit Gamblers(std::uint64_t seed) : bits_(seed) {}

    void decide(const Scenario& scenario, const World& world, Orders* orders) override {
        for (int f = 0; f < scenario.firm_count; ++f) {
            Orders& order = orders[f];
            for (int r = 0; r < scenario.region_count; ++r) {
                if (chance(0.3)) order.bid_power[r] = {5000.0 * unit(), whole(300'000), 1};
                if (chance(0.2)) order.build_site_kw[r] = whole(300'000);
                if (chance(0.2)) order.lease_site[r] = {whole(100'000), 20 + whole(40)};
                if (chance(0.1)) order.order_onsite_kw[r] = whole(50'000);
            }
            for (int p = 0; p < scenario.product_count; ++p) {
                if (chance(0.3)) order.bid_chips[p][0] = {200'000.0 * unit(), whole(100'000), 1};
                if (chance(0.3)) order.order_captive_chips[p] = whole(50'000);
                if (chance(0.5)) order.order_wafers[p] = whole(50'000);
                if (chance(0.1)) order.buy_used_chips[p] = {50'000.0 * unit(), whole(50'000), 1};
                if (chance(0.1)) order.sell_chips[p] = {10'000.0 * unit(), whole(50'000), 1};
            }
            for (int c = 0; c < 2; ++c) {
                order.offer_spot[c] = {unit(), 1e6 * unit()};
                order.bid_spot[c] = {3.0 * unit(), 1e6 * unit()};
            }
            order.settings_given = 1u << static_cast<int>(FirmSetting::payout);
            order.settings[static_cast<int>(FirmSetting::payout)] = unit();
            bid_for_estates(scenario, world, f, order);
        }
    }
    void operate(const Scenario&, const World&, Orders*) override {}

private:
    void bid_for_estates(const Scenario& scenario, const World& world, int f, Orders& order) {
        int slot = 0;
        for (int target = 0; target < scenario.firm_count && slot < kMaxFirmBids; ++target)
            if (target != f && world.firms[target].status == FirmStatus::chapter_11 && chance(0.03))
                order.bid_firm[slot++] = {Usd{static_cast<std::int64_t>(to_double(means_of(world, f)) * unit())}, target, 1};
        if (chance(0.02)) order.bid_firm[kMaxFirmBids - 1] = {Usd{1000}, whole(25) - 2, 1};
    }
    double unit() { return std::uniform_real_distribution<double>(0.0, 1.0)(bits_); }
    bool chance(double p) { return unit() < p; }
    std::int32_t whole(int most) { return static_cast<std::int32_t>(most * unit() * unit()); }
    std::mt19937_64 bits_;
};

/// What became of firms in a run, counted at each close.
struct Outcomes : QuarterListener {
    std::unique_ptr<World> before = std::make_unique<World>();
    int defaults = 0, acquired = 0, reorganised = 0, liquidated = 0;

    void on_opening(const Scenario&, const World& world) override { *before = world; }
    void on_close(const ClosedQuarter& closed) override {
        for (int f = 0; f < closed.world.firm_count; ++f) {
            const FirmStatus then = before->firms[f].status, now = closed.world.firms[f].status;
            if (then == now) continue;
            defaults += now == FirmStatus::chapter_11;
            acquired += now == FirmStatus::acquired;
            liquidated += now == FirmStatus::liquidated;
            reorganised += then == FirmStatus::chapter_11 && now == FirmStatus::healthy;
        }
        *before = closed.world;
    }
};

}  // namespace

TEST_CASE("However many firms fail, every identity holds", "[engine][distress][property]") {
    const int runs = std::getenv("RACKRACE_LONG") != nullptr ? 300 : 24;
    Outcomes outcomes;
    for (int run = 0; run < runs; ++run) {
        const auto scenario = std::make_unique<Scenario>(test::base_scenario().scenario);
        const auto world = std::make_unique<World>(test::base_scenario().opening);
        scenario->rules.power = static_cast<PowerRule>(run % 3);
        scenario->parameters.merger_share_max_frac = run % 2 == 0 ? 1.0 : scenario->parameters.merger_share_max_frac;
        for (int f = 0; f < scenario->firm_count; ++f) world->firms[f].accelerated = (f + run) % 4 == 0;
        Gamblers gamblers(static_cast<std::uint64_t>(run) + 1);
        play_run(*scenario, *world, static_cast<std::uint64_t>(run) + 1, &gamblers, &outcomes);
        INFO("run " << run << " fault " << static_cast<int>(world->fault) << " identity " << world->fault_where << " who " << world->fault_who << " by " << world->fault_value << " t " << world->t);
        REQUIRE(world->fault == Fault::none);
        REQUIRE(world->t == scenario->end_t);
    }
    CAPTURE(outcomes.defaults, outcomes.acquired, outcomes.reorganised, outcomes.liquidated);
    CHECK(outcomes.defaults >= runs);
    CHECK(outcomes.acquired > 0);
    CHECK(outcomes.reorganised > 0);
    CHECK(outcomes.liquidated > 0);
}
