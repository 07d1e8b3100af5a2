// Where a firm, a contract or a loan stands in its table means nothing: whole quarters on the real books, played beside the same books with all rows moved.
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/quarter/quarter.h"
#include "engine/replay/state_path.h"
#include "tests/engine/base_books.h"
#include "tests/engine/random_orders.h"
#include "tests/engine/rearranged_world.h"

using namespace rackrace;
using namespace rackrace::test;

namespace {

/// Sums of fractions over firms or rows are added in another order: the last bits may differ.
constexpr double kSumNoise = 1e-9;

bool is_same(const Cell& a, const Cell& b) {
    if (!std::holds_alternative<double>(a)) return a == b;
    const double x = std::get<double>(a), y = std::get<double>(b);
    return std::fabs(x - y) <= kSumNoise * std::max(1.0, std::max(std::fabs(x), std::fabs(y)));
}

/// The places where two worlds differ, with what stands there.
std::string differences(const World& world, const World& other) {
    static const auto leaves = find_state(base().names, "");
    std::string text;
    if (std::memcmp(&world, &other, sizeof(World)) == 0) return text;
    for (const StateLeaf& leaf : *leaves) {
        const Cell a = leaf_value(world, leaf), b = leaf_value(other, leaf);
        if (!is_same(a, b)) text += leaf.path + ": " + cell_text(a) + " and " + cell_text(b) + "\n";
    }
    return text;
}

bool is_same(const Deal& a, const Deal& b) { return a.code == b.code && is_same(Cell{a.got}, Cell{b.got}) && is_same(Cell{a.price}, Cell{b.price}); }

/// Firms that were told another outcome.
int told_otherwise(const Deals& deals, const Deals& moved, const Arrangement& to) {
    int count = 0;
    for (int f = 0; f < kMaxFirms; ++f) {
        const int g = to.party(f);
        bool same = is_same(deals.raise_equity[f], moved.raise_equity[g]) && is_same(deals.buy_back[f], moved.buy_back[g]);
        for (int k = 0; k < kMaxOffers; ++k) same = same && is_same(deals.offer_contract[f][k], moved.offer_contract[g][k]);
        for (int k = 0; k < kMaxRequests; ++k) same = same && is_same(deals.bid_contract[f][k], moved.bid_contract[g][k]);
        for (int k = 0; k < kMaxRaises; ++k) same = same && is_same(deals.borrow[f][k], moved.borrow[g][k]);
        for (int k = 0; k < kMaxFirmBids; ++k) same = same && is_same(deals.bid_firm[f][k], moved.bid_firm[g][k]);
        count += same ? 0 : 1;
    }
    return count;
}

/// One market and its moved twin.
struct Twins {
    const Scenario& scenario;
    std::unique_ptr<World> world = std::make_unique<World>(base().opening);
    std::unique_ptr<Ledger> ledger = std::make_unique<Ledger>(), moved_ledger = std::make_unique<Ledger>();
    std::unique_ptr<Scenario> moved_scenario = std::make_unique<Scenario>();
    std::unique_ptr<World> moved = std::make_unique<World>();
    Chance chance;
    Arrangement to = unmoved();
    std::vector<Orders> orders = std::vector<Orders>(kMaxFirms), other_orders;

    Twins(const Scenario& of, std::uint64_t seed) : scenario(of), chance(draw_chance(of, seed)) { world->seed = seed; }

    /// Moves all rows anew and opens the quarter in both.
    void open(std::mt19937_64& draw) {
        to = random_arrangement(scenario, draw);
        *moved_scenario = scenario;
        move_firms(to, *moved_scenario);
        *moved = *world;
        move_world(scenario, to, *moved);
        open_quarter(scenario, *world, chance, *ledger);
        open_quarter(*moved_scenario, *moved, chance, *moved_ledger);
        orders.assign(kMaxFirms, Orders{});
    }
    void pass_orders() {
        to = arrangement_now(*world, *moved_scenario, *moved, to);
        other_orders = moved_orders(orders, to);
    }
    void commit_both() {
        pass_orders();
        commit(scenario, *world, orders.data(), chance, *ledger);
        commit(*moved_scenario, *moved, other_orders.data(), chance, *moved_ledger);
    }
    void operate_both() {
        pass_orders();
        operate(scenario, *world, orders.data(), chance, *ledger);
        operate(*moved_scenario, *moved, other_orders.data(), chance, *moved_ledger);
    }
    std::string differences() const {
        const auto back = moved_back(*moved_scenario, *moved, to), here = std::make_unique<World>(*world);
        sort_tables(scenario, *here), sort_tables(scenario, *back);
        return ::differences(*here, *back);
    }
};

/// Some firms want the same as another of their role, so that claims are equal.
void copy_orders(const Scenario& scenario, std::vector<Orders>& orders, std::mt19937_64& draw) {
    for (int f = 0; f < scenario.firm_count; ++f) {
        const int g = static_cast<int>(draw() % static_cast<unsigned>(scenario.firm_count));
        if (draw() % 2 == 0 && scenario.firms[f].role == scenario.firms[g].role) orders[static_cast<std::size_t>(f)] = orders[static_cast<std::size_t>(g)];
    }
}

}  // namespace

TEST_CASE("Whatever firms order, moving the rows of firms, contracts, agreements, credit lines and debt moves the outcome and changes nothing else", "[engine][quarter][property]") {
    const int runs = std::getenv("RACKRACE_LONG") != nullptr ? 200 : 8;
    int refusals = 0, failed = 0, agreed = 0;
    for (int run = 0; run < runs; ++run) {
        const auto scenario = std::make_unique<Scenario>(base().scenario);
        scenario->rules.chips = static_cast<ChipRule>(run % 5);
        scenario->rules.power = static_cast<PowerRule>(run % 3);
        scenario->rules.contracts = static_cast<ContractRule>(run % 3);
        const auto seed = static_cast<std::uint64_t>(run) + 1;
        Twins twins(*scenario, seed);
        RandomDeciders deciders(seed);
        std::mt19937_64 draw(seed);
        while (twins.world->t < scenario->end_t) {
            twins.open(draw);
            deciders.decide(*scenario, *twins.world, twins.orders.data());
            copy_orders(*scenario, twins.orders, draw);
            INFO("run " << run << " quarter " << twins.world->t);
            twins.commit_both();
            if (const std::string found = twins.differences(); !found.empty()) FAIL("after stage A\n" << found);
            REQUIRE(told_otherwise(twins.ledger->deals, twins.moved_ledger->deals, twins.to) == 0);
            twins.operate_both();
            if (const std::string found = twins.differences(); !found.empty()) FAIL("at the close\n" << found);
            REQUIRE(told_otherwise(twins.ledger->deals, twins.moved_ledger->deals, twins.to) == 0);
            REQUIRE(twins.world->fault == Fault::none);
            for (const SupplyAgreement& agreement : twins.world->agreements) agreed += agreement.chips_q != 0 && agreement.first_t == twins.world->t + 2;
        }
        refusals += twins.world->capacity_refusals;
        for (const Firm& firm : twins.world->firms) failed += !is_active(firm);
    }
    CHECK(refusals > 100);  // full tables are part of it
    CHECK(failed > 10);
    CHECK(agreed > 20);
}
