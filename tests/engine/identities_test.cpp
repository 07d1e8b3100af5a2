// Every identity catches its break: a quarter of the real books is sound, and a number of it that is changed is named by the identity that holds it.
#include <catch2/catch.hpp>

#include <cmath>
#include <functional>
#include <limits>
#include <memory>

#include "engine/quarter/quarter.h"
#include "engine/quarter/run.h"
#include "engine/replay/events.h"
#include "tests/engine/base_books.h"
#include "tests/engine/random_orders.h"

using namespace rackrace;
using rackrace::test::base;
using rackrace::test::RandomDeciders;

namespace {

/// A world at a close, with the ledger of its quarter: quarters of random orders, so that there are contracts, loans, orders and a firm that is gone.
struct Close {
    std::unique_ptr<World> world = std::make_unique<World>(base().opening);
    std::unique_ptr<Ledger> ledger = std::make_unique<Ledger>();

    Close() {
        const auto chance = std::make_unique<Chance>(draw_chance(base().scenario, 5));
        RandomDeciders deciders(5);
        ledger->list = nullptr;
        for (int q = 0; q < 16; ++q) {
            std::vector<Orders> orders(kMaxFirms);
            open_quarter(base().scenario, *world, *chance, *ledger);
            deciders.decide(base().scenario, *world, orders.data());
            commit(base().scenario, *world, orders.data(), *chance, *ledger);
            deciders.operate(base().scenario, *world, orders.data());
            operate(base().scenario, *world, orders.data(), *chance, *ledger);
        }
    }
    /// The fault after the change.
    WorldFault after(const std::function<void(World&)>& change) const {
        auto damaged = std::make_unique<World>(*world);
        change(*damaged);
        check_identities(base().scenario, *damaged, *ledger);
        return fault_of(*damaged);
    }
};

int contract_in(const World& world) {
    for (int c = 0; c < kMaxContracts; ++c)
        if (world.contracts[c].id != 0) return c;
    FAIL("no contract");
    return 0;
}

int owner_of_chips(const World& world, int product) {
    for (int f = 0; f < world.firm_count; ++f)
        if (world.firms[f].holdings[product].installed > 0) return f;
    return -1;
}

/// A product of which somebody runs chips.
int product_in_service(const World& world) {
    for (int p = 0; p < kMaxProducts; ++p)
        if (owner_of_chips(world, p) >= 0) return p;
    FAIL("no chips");
    return 0;
}

}  // namespace

TEST_CASE("Each identity catches a number of its own that is changed, and says where", "[engine][identities]") {
    const Close close;
    const World& sound = *close.world;
    REQUIRE(sound.fault == Fault::none);
    REQUIRE(close.after([](World&) {}).kind == Fault::none);
    const int c = contract_in(sound), p = product_in_service(sound), owner = owner_of_chips(sound, p);
    int active = 0;
    while (!is_active(sound.firms[active])) ++active;
    int gone = 0;
    while (gone < sound.firm_count && !is_gone(base().scenario.parameters, sound.firms[gone])) ++gone;
    REQUIRE(gone < sound.firm_count);
    struct Damage {
        int identity;
        Subject about;
        int who;
        std::function<void(World&)> change;
    };
    const Damage all[] = {
        {1, Subject::market, 0, [](World& w) { balance_of(w, 0, Account::cash) += Usd{1}; }},
        {2, Subject::party, 2, [](World& w) { balance_of(w, 2, Account::retained) += Usd{1}; }},
        {3, Subject::party, 1, [](World& w) { balance_of(w, 1, Account::inventory) += Usd{1}, balance_of(w, 1, Account::paid_in) -= Usd{1}; }},
        {4, Subject::party, 3, [](World& w) { w.firms[3].debt[0].principal += Usd{1}; }},
        {5, Subject::party, owner, [=](World& w) { w.firms[owner].holdings[p].gross += Usd{1}; }},
        {6, Subject::product, p, [=](World& w) { w.firms[owner].holdings[p].installed -= 1; }},
        {7, Subject::party, owner, [=](World& w) { w.firms[owner].orders[p][1].deposit += Usd{1}; }},
        {7, Subject::product, p, [=](World& w) { w.firms[owner].orders[p][2].chips += 1; }},
        {8, Subject::region, 0, [](World& w) { w.regions[0].free_kw += 1; }},
        {9, Subject::party, 4, [](World& w) { w.firms[4].idle_h100e[1] += 1; }},
        {10, Subject::market, 0, [](World& w) { w.backlog += Usd{1}; }},
        {10, Subject::contract, c, [=](World& w) { w.contracts[c].used_h100e = w.contracts[c].delivered_h100e + 1; }},
        {11, Subject::market, 1, [](World& w) { w.spot_sold_h100e[1] += 1; }},
        {12, Subject::segment, 1, [](World& w) { w.segments[1].outside_share_ppb += 1; }},
        {13, Subject::party, 5, [](World& w) { w.firms[5].own_frac = std::nextafter(w.firms[5].own_frac, 2.0); }},
        {14, Subject::region, 1, [](World& w) { w.regions[1].asked_kw += 1; }},
        {15, Subject::party, gone, [=](World& w) { w.firms[gone].sites[0].lease_kw += 1; }},
        {16, Subject::party, active, [=](World& w) { w.firms[active].train_frac = 1.5; }},
        {16, Subject::party, sound.suppliers[0].firm, [](World& w) { w.suppliers[0].buyer_weight[3] = -0.1; }},
    };
    for (const Damage& damage : all) {
        INFO("I" << damage.identity);
        const WorldFault fault = close.after(damage.change);
        CHECK(fault.kind == Fault::identity);
        CHECK(fault.where == damage.identity);
        CHECK(fault.about == damage.about);
        CHECK(fault.who == damage.who);
        CHECK_THAT(fault_sentence(fault, base().names), Catch::StartsWith("identity I" + std::to_string(damage.identity) + (damage.identity == 16 ? ": lever " : "")));
    }
    CHECK(fault_sentence(close.after([=](World& w) { w.firms[active].train_frac = 1.5; }), base().names) ==
          "identity I16: lever train_frac at " + base().names.firms[static_cast<std::size_t>(active)] + " is out of its bounds");
    const WorldFault none = close.after([](World& w) { w.firms[0].know_how = std::numeric_limits<double>::quiet_NaN(); });
    CHECK(none.kind == Fault::not_a_number);
    CHECK(fault_sentence(none, base().names) == "identity I16: a value is not a finite number");
}

TEST_CASE("The first owners' share rises by a buy-back alone, and is nothing where the company is gone", "[engine][identities]") {
    Close close;
    World& world = *close.world;
    int f = 0;
    while (world.firms[f].own_frac == 0.0) ++f;
    const double own = world.firms[f].own_frac;
    close.ledger->opening_own_frac[f] = 0.9 * own;
    CHECK(check_ownership(base().scenario, world, *close.ledger).identity == 13);
    add_turnover(*close.ledger, Kind::share_buy_back, f, kInvestor, Usd{1});
    CHECK(check_ownership(base().scenario, world, *close.ledger).identity == 0);
    world.firms[f].status = FirmStatus::liquidated;  // its estate is sold first
    CHECK(check_ownership(base().scenario, world, *close.ledger).identity == 0);
    world.firms[f].status = FirmStatus::acquired;
    CHECK(check_ownership(base().scenario, world, *close.ledger).identity == 13);
    world.firms[f].own_frac = 0.0;
    CHECK(check_ownership(base().scenario, world, *close.ledger).identity == 0);
    close.ledger->opening_own_frac[f] = 0.0;
    world.firms[f].own_frac = 0.1;  // wiped out before, and no buy-back brings that back
    CHECK(check_ownership(base().scenario, world, *close.ledger).identity == 13);
}

TEST_CASE("A run that a fault stops names the posting that moved what broke last, and none where no posting moves it", "[engine][identities]") {
    const auto played = [](const std::function<void(World&)>& damage) {
        auto world = std::make_unique<World>(base().opening);
        damage(*world);
        return std::pair{play_run(base().scenario, *world, 1, nullptr, nullptr), fault_of(*world)};
    };
    const auto [money, fault] = played([](World& w) { balance_of(w, 2, Account::retained) += Usd{1}; });
    CHECK_FALSE(money.is_complete);
    CHECK(money.state_hashes.size() == 1);
    CHECK(fault.where == 2);
    REQUIRE(money.suspect);
    CHECK((money.suspect->payer == 2 || money.suspect->payee == 2));
    const auto [chips, lost] = played([](World& w) { w.products[product_in_service(w)].total_made += 1; });
    CHECK(lost.where == 6);
    CHECK(lost.about == Subject::product);
    CHECK_FALSE(chips.suspect);
}
