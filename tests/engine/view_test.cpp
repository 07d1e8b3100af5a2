// Views: what a firm is shown, number by number, and what it is not shown.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "engine/settle/finite.h"
#include "engine/settle/news.h"
#include "tests/engine/small_market.h"

using namespace rackrace;

namespace {

void check_rows(const RecordInfo& record, const std::string& path, std::vector<std::string>& bad) {
    const auto ends_with = [](std::string_view name, std::string_view end) {
        return name.size() > end.size() && name.substr(name.size() - end.size()) == end;
    };
    const std::pair<std::string_view, Unit> suffixes[] = {{"_usd_kw_q", Unit::usd_kw_q},
                                                          {"_usd_mwh", Unit::usd_mwh},
                                                          {"_usd_h", Unit::usd_h},
                                                          {"_usd_chip", Unit::usd_chip},
                                                          {"_usd_task", Unit::usd_task},
                                                          {"_musd", Unit::musd},
                                                          {"_grid_mw", Unit::grid_mw},
                                                          {"_mw", Unit::mw},
                                                          {"_mh", Unit::mh},
                                                          {"_frac", Unit::frac},
                                                          {"_apr", Unit::apr},
                                                          {"_q", Unit::q},
                                                          {"_chips", Unit::chips},
                                                          {"_count", Unit::count}};
    for (const FieldInfo& field : record.fields) {
        const std::string place = path + std::string(field.name);
        if (field.doc.empty() || field.moment == Moment::unsaid || field.roles == 0 || (field.roles & ~kAllRoles) != 0) bad.push_back(place);
        if (field.record != nullptr) check_rows(*field.record, place + ".", bad);
        for (const auto& [suffix, unit] : suffixes) {
            if (!ends_with(field.name, suffix)) continue;
            if (field.unit != unit) bad.push_back(place + " has another unit than its name");
            break;
        }
    }
}

}  // namespace

TEST_CASE("Every field of the views says who sees it, of when it is and how it is computed", "[engine][view]") {
    std::vector<std::string> bad;
    check_rows(describe<MarketView>(), "", bad);
    check_rows(describe<FirmView>(), "", bad);
    bad.erase(std::remove(bad.begin(), bad.end(), "me.sites.grid_mw has another unit than its name"), bad.end());  // at the meter, as its list says
    CHECK(bad == std::vector<std::string>{});
    WARN("MarketView " << sizeof(MarketView) << " bytes, FirmView " << sizeof(FirmView) << " bytes, World " << sizeof(World) << " bytes");
}

TEST_CASE("Time counts from the run's start", "[engine][view]") {
    SmallMarket m;
    m.see_market();
    CHECK(m.market->time.t == 1);
    CHECK(m.market->time.year == 2026);
    CHECK(m.market->time.quarter == 3);
    CHECK(m.market->time.left_q == 26);
}

TEST_CASE("Products show what sells now, regions where power is cheap", "[engine][view]") {
    SmallMarket m;
    m.world->products[kChip].scarcity_frac = 0.3;
    m.world->regions[0].free_kw = 5'000;
    m.world->regions[1].adder_usd_kw_q = 43.8;  // 20 $/MWh over a quarter
    const MarketFigures& market = m.see_market();
    REQUIRE(market.products_count == 4);
    CHECK(market.newest_i == kChip + 1);
    CHECK(market.products[kChip].lead_q == 2);
    CHECK(market.products[kInHouse].lead_q == 3);
    CHECK(market.products[kOldChip].lead_q == 0);
    CHECK(market.products[kInHouse].captive == 1);
    CHECK(market.products[kOldChip].released == 1);
    CHECK(market.products[kNextChip].released == 0);
    CHECK(market.products[kChip].scarcity_frac == 0.3);
    CHECK(market.cheapest_region == 0);  // the other has a lower price and no free power
    CHECK(market.regions[0].free_grid_mw == 5.0);
    CHECK(market.regions[0].queue_q == 4.0);
    CHECK(market.power_usd_mwh == Approx(55.0));
    CHECK(market.policy_apr == 0.04);
    CHECK(market.task_h100e_h == Approx(1.0 / (1.6 * 0.75)));

    SECTION("with free power everywhere price and adder decide") {
        m.world->regions[1].free_kw = 1;
        CHECK(m.see_market().cheapest_region == 0);
        m.world->regions[1].adder_usd_kw_q = 0.0;
        CHECK(m.see_market().cheapest_region == 1);
    }
    SECTION("a queue is as long as what waits in it, and never shorter than the works") {
        m.scenario->rules.power = PowerRule::queue;
        CHECK(m.see_market().regions[0].queue_q == 6.0);
        m.world->firms[kNeo].sites[0].vintage[3] = 900'000;
        CHECK(m.see_market().regions[0].queue_q == 9.0);  // 900 MW, 102.5 MW a quarter by now
    }
    SECTION("a launch makes a product the newest") {
        m.world->t = 13;
        CHECK(m.see_market().newest_i == kNextChip + 1);
    }
}

TEST_CASE("Forecasts follow four quarters of history and fade by half each quarter", "[engine][view]") {
    SmallMarket m;
    const double prices[] = {1.2, 1.3, 1.5, 1.6, 2.0};
    for (double price : prices) {
        m.world->spot_usd_h[1] = price;
        record_market(*m.scenario, *m.world, take_rolls(*m.scenario, *m.world));
    }
    const MarketFigures& market = m.see_market();
    const double step = std::log(2.0 / 1.2) / 4.0;
    CHECK(market.spot_i_usd_h == 2.0);
    CHECK(market.hist.spot_i_usd_h[0] == 2.0);
    CHECK(market.hist.spot_i_usd_h[3] == 1.3);
    CHECK(market.fc.spot_i_usd_h[0] == Approx(2.0 * std::exp(step)));
    CHECK(market.fc.spot_i_usd_h[1] == Approx(2.0 * std::exp(1.5 * step)));
    CHECK(market.fc.spot_i_usd_h[3] == Approx(2.0 * std::exp(1.875 * step)));
    CHECK(market.fc.spot_t_usd_h[3] == Approx(1.5));
    const double moves[] = {std::log(2.0 / 1.6), std::log(1.6 / 1.5), std::log(1.5 / 1.3), std::log(1.3 / 1.2), 0.0, 0.0, 0.0, 0.0};
    double mean = 0.0, squares = 0.0;
    for (double x : moves) {
        mean += x / 8.0;
        squares += x * x / 8.0;
    }
    CHECK(market.spot_vol_frac == Approx(std::sqrt(squares - mean * mean)));
}

TEST_CASE("Before the run history follows the opening expectations", "[engine][view]") {
    SmallMarket m;
    m.world->history = {};
    m.world->spot_i_log_change = -0.06;
    m.world->expected_growth_frac = 0.18;
    m.world->outside_demand_h100e[0] = 1000.0;
    record_market(*m.scenario, *m.world, take_rolls(*m.scenario, *m.world));
    const MarketFigures& market = m.see_market();
    CHECK(market.demand_growth_frac == Approx(0.18));
    CHECK(market.hist.spot_i_usd_h[2] == Approx(1.2 * std::exp(0.12)));
    CHECK(market.hist.spot_t_usd_h[7] == 1.5);
    CHECK(market.spot_vol_frac == Approx(0.0).margin(1e-6));
}

TEST_CASE("The market counts needs, supply and what was not served in training hours", "[engine][view]") {
    SmallMarket m;
    World& world = *m.world;
    world.firms[kHyper].holdings[kChip].installed = 100;  // kappa 1.5
    world.firms[kHyper].pool_h100e[2] = 1000;
    world.firms[kHyper].idle_h100e[2] = 100;
    world.firms[kHyper].train_frac = 0.25;
    world.firms[kHyper].core_use_frac = 0.1;
    m.scenario->firms[kHyper].core_saturation_h100e = 1000.0;
    world.firms[kLab].pool_h100e[2] = 1000;
    world.firms[kLab].share_ppb[0] = 500'000'000;
    world.firms[kLab].capability_oom = world.frontier_oom[0];
    world.firms[kLab].price_usd_task[0] = 3.0;
    world.firms[kLab].served_frac[0] = 0.75;
    world.segments[0].quantity_task_units = 1.6 * 2190.0 * 0.75 * 2000.0;  // 2,000 H100e of inference, half of them the lab's
    m.add_contract(0, 1, kNeo, kCustomer, 70).due_h100e[0] = 70;
    world.contracts[0].short_h100e[0] = 20;
    world.outside_demand_h100e[0] = 400.0;
    world.outside_supply_h100e[1] = 250.0;
    world.spot_usd_h[0] = world.spot_usd_h[1] = 2.0;  // the reference price
    record_market(*m.scenario, world, take_rolls(*m.scenario, world));
    const MarketFigures& market = m.see_market();
    const double own = 100 * 4 * 0.93, lab_need = 1000.0 / 1.25;                                    // without chips, by the fleet's kappa
    CHECK(market.demand_mh == Approx(kMh * (0.35 * own + lab_need + 70.0 + 400.0)).epsilon(1e-3));  // pools are whole H100e
    CHECK(market.supply_mh == Approx(kMh * (2000.0 + 250.0 / 1.25)));
    CHECK(market.unmet_mh == Approx(kMh * (0.25 * lab_need + 20.0)));
    CHECK(market.util_frac == Approx(0.95));
    CHECK(market.hist.util_frac[0] == Approx(0.95));
}

TEST_CASE("The price of contracts is told only where three were signed together", "[engine][view]") {
    SmallMarket m;
    CHECK(m.see_market().contract_usd_h == 1.6);  // none yet: the EWMA of spot T
    for (int id = 1; id <= 3; ++id) m.add_contract(id, id, kNeo, kLab, 1000 * id).price_usd_h = 1.0 + 0.1 * id;
    m.world->next_contract_id = 4;
    record_market(*m.scenario, *m.world, take_rolls(*m.scenario, *m.world));
    CHECK(m.see_market().contract_usd_h == Approx(1.2));
    m.add_contract(4, 4, kNeo, kLab, 5000).price_usd_h = 9.0;
    m.add_contract(5, 5, kNeo, kHyper, 5000).price_usd_h = 9.0;
    m.world->next_contract_id = 6;
    record_market(*m.scenario, *m.world, take_rolls(*m.scenario, *m.world));
    CHECK(m.see_market().contract_usd_h == Approx(1.2));
}

TEST_CASE("What became public of a quarter is news in the next, failures first and contracts last", "[engine][view][news]") {
    SmallMarket m;
    World& world = *m.world;
    const auto orders = std::make_unique<Orders[]>(kMaxFirms);
    const auto ledger = std::make_unique<Ledger>();
    double released_oom[kMaxFirms] = {};
    const auto close = [&] {
        const Rolls rolls = take_rolls(*m.scenario, world);
        publish_news(*m.scenario, world, orders.get(), *ledger, rolls.contracts, released_oom);
        record_market(*m.scenario, world, rolls);
        ++world.t;
        m.see_market();
    };
    using Line = std::tuple<std::string, int, double>;
    const auto lines = [&] {
        std::vector<Line> out;
        for (int i = 0; i < m.market->news_count; ++i) out.emplace_back(kNewsKindNames[m.market->news[i].kind], m.market->news[i].firm, m.market->news[i].size);
        return out;
    };
    m.see_market();
    CHECK(m.market->news_count == 0);

    world.products[kNextChip].first_t = 10;
    balance_of(world, kNeo, Account::debt) = Usd{-7'400'000'000};
    world.firms[kNeo].breach_q = 1;
    released_oom[kLab] = 0.25;
    world.firms[kLab].venture_t = 10;
    ledger->deals.raise_equity[kLab].got = 5e9;
    m.scenario->shock_count = 3;
    m.scenario->shocks[0] = {ShockKind::rate, 10, 4, -1, 0.03};
    m.scenario->shocks[1] = {ShockKind::export_halt, 10, 4, kChip, 0.15};
    m.scenario->shocks[2] = {ShockKind::efficiency, 10, 2, kLab, 4.0};  // the lab's own until 2026Q4 + 1
    m.add_contract(0, 1, kNeo, kLab, 1000);
    m.add_contract(1, 2, kHyper, kLab, 3000);
    world.next_contract_id = 3;
    close();
    CHECK(lines() == std::vector<Line>{{"breach", kNeo, 7400.0}, {"rate", -1, 0.03}, {"export", kVendor, 0.15}, {"launch", kVendor, 40'000.0}, {"release", kLab, 0.25},
                                       {"round", kLab, 5000.0}, {"contract", kHyper, 3000 * kMh}, {"contract", kNeo, 1000 * kMh}});

    released_oom[kLab] = 0.0;
    world.firms[kNeo].status = FirmStatus::chapter_11;
    world.firms[kNeo].breach_q = 2;
    close();
    CHECK(lines() == std::vector<Line>{{"default", kNeo, 7400.0}});

    world.firms[kNeo].status = FirmStatus::acquired;
    world.firms[kNeo].taken_by = kHyper + 1;
    orders[kHyper].bid_firm[1] = {Usd{6'000'000'000}, kNeo, 0};
    ledger->deals.bid_firm[kHyper][1].got = 6e9;
    close();
    CHECK(lines() == std::vector<Line>{{"acquired", kNeo, 6000.0}, {"efficiency", kLab, 4.0}});

    for (int id = 3; id < 23; ++id) m.add_contract(id, id, kHyper, kLab, 100 * id);
    world.next_contract_id = 23;
    close();
    CHECK(m.market->news_count == 16);
    CHECK(m.market->news_left_out == 4);
    CHECK(m.market->news[0].size == Approx(2200 * kMh));
    CHECK(m.market->news[15].size == Approx(700 * kMh));
    close();
    CHECK(m.market->news_count == 0);
    CHECK(m.market->news_left_out == 0);
}

TEST_CASE("Leases show from their signing on, as coming until they begin", "[engine][view]") {
    SmallMarket m;
    Site& site = m.world->firms[kNeo].sites[1];
    site.lease_kw = 5'000;
    const std::int32_t coming_kw[] = {1'000, 0, 2'500};
    std::copy(std::begin(coming_kw), std::end(coming_kw), site.lease_coming_kw);
    m.see(kNeo);
    CHECK(m.view->me.sites[1].leased_mw == 5.0);
    CHECK(m.view->me.sites[1].lease_coming_mw == 3.5);
    CHECK(m.view->me.sites[0].lease_coming_mw == 0.0);
}

TEST_CASE("What a firm may not see is not in its views", "[engine][view]") {
    SmallMarket m;
    World& world = *m.world;
    m.add_contract(0, 1, kHyper, kLab, 1000);
    m.see(kNeo);
    const auto market = std::make_unique<MarketView>(*m.market);
    const auto view = std::make_unique<FirmView>(*m.view);
    balance_of(world, kLab, Account::cash) += Usd{5'000'000'000};  // raised in stage A
    balance_of(world, kLab, Account::debt) -= Usd{5'000'000'000};
    world.contracts[0].price_usd_h = 7.0;
    m.add_contract(1, 2, kHyper, kLab, 3000);
    world.next_contract_id = 3;
    world.firms[kLab].orders[kChip][2] = {800, 0, 41'000.0, Usd{}};
    world.firms[kLab].holdings[kChip].warehouse = 50;
    world.firms[kLab].sites[0].won_kw[3] = 10'000;
    world.firms[kLab].train_frac = 0.9;
    world.firms[kLab].next_capability_oom = 3.0;
    world.firms[kLab].debt[0] = loan(DebtKind::bond, 5000, 0.09, 20);
    world.suppliers[0].buyer_weight[kNeo] = 0.1;
    world.products[kNextChip].wafers[3] = 1000;
    world.agreements[0] = {500, kVendor, kLab, kChip, 12, 19, 0, 0.05};
    world.products[kNextChip].first_t = 14;  // a launch that slips is not known before its quarter
    m.see(kNeo);
    CHECK(std::memcmp(market.get(), m.market.get(), sizeof(MarketView)) == 0);
    CHECK(std::memcmp(view.get(), m.view.get(), sizeof(FirmView)) == 0);
}

TEST_CASE("Looking changes nothing and an empty world has finite views", "[engine][view]") {
    SmallMarket m;
    const bool is_empty = GENERATE(false, true);
    if (is_empty) *m.world = World{};
    else m.add_contract(0, 1, kNeo, kLab, 1000);
    const auto before = std::make_unique<World>(*m.world);
    for (int f = 0; f < 4; ++f) {
        m.see(f);
        CHECK(is_finite_record(*m.market));
        CHECK(is_finite_record(*m.view));
    }
    CHECK(std::memcmp(before.get(), m.world.get(), sizeof(World)) == 0);
}
