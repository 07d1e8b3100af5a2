// Delivery of capacity contracts: passing on, sharing a shortfall, and what stays in the pools.
#include <algorithm>
#include <catch2/catch.hpp>
#include <memory>
#include <random>
#include <vector>

#include "engine/market/contract_delivery.h"

using namespace rackrace;

namespace {

struct Supply {
    std::int64_t pools[kMaxFirms][kMaxGenerations] = {};
    Commitments commitments;
    int add(int seller, int buyer, int generation, std::int64_t due, bool is_favoured = false) {
        commitments.rows[commitments.count] = {seller, buyer, generation, is_favoured, due};
        return commitments.count++;
    }
    Deliveries deliver() const { return deliver_contracts(commitments, pools); }
};

Supply random_supply(std::mt19937_64& draw) {
    const auto pick = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(draw); };
    Supply supply;
    const int firms = pick(2, kMaxFirms), rows = pick(1, kMaxContracts);
    for (int f = 0; f < firms; ++f)
        for (int g = 0; g < kMaxGenerations; ++g) supply.pools[f][g] = pick(0, 2) == 0 ? pick(0, 900) : 0;
    for (int c = 0; c < rows; ++c) {
        const int seller = pick(0, firms - 1), buyer = pick(0, firms);
        supply.add(seller, buyer == seller || buyer == firms ? static_cast<int>(kCustomer) : buyer, pick(0, kMaxGenerations - 1), pick(0, 300),
                   pick(0, 4) == 0);
    }
    return supply;
}

}  // namespace

TEST_CASE("A commitment takes the oldest chips that may serve it, so that the newest stay free", "[engine][contracts]") {
    Supply supply;
    supply.pools[0][1] = 100;
    supply.pools[0][3] = 100;
    const int old = supply.add(0, kCustomer, 1, 150);
    const Deliveries deliveries = supply.deliver();
    CHECK(deliveries.delivered[old] == 150);
    CHECK(deliveries.own_left[0][1] == 0);
    CHECK(deliveries.own_left[0][3] == 50);
}

TEST_CASE("A shortfall serves favoured contracts first and shares the rest pro rata", "[engine][contracts]") {
    Supply supply;
    supply.pools[0][2] = 100;
    const int favoured = supply.add(0, kCustomer, 2, 40, true), large = supply.add(0, kCustomer, 2, 100), small = supply.add(0, kCustomer, 2, 50);
    const Deliveries deliveries = supply.deliver();
    CHECK(deliveries.delivered[favoured] == 40);
    CHECK(deliveries.delivered[large] == 40);
    CHECK(deliveries.delivered[small] == 20);
}

TEST_CASE("A seller passes on what it buys, down a chain, and its own chips go first", "[engine][contracts]") {
    Supply supply;
    supply.pools[0][2] = 80;
    supply.pools[1][2] = 50;
    const int first = supply.add(0, 1, 2, 100), second = supply.add(1, 2, 2, 110), last = supply.add(2, kCustomer, 2, 60);
    const Deliveries deliveries = supply.deliver();
    CHECK(deliveries.delivered[first] == 80);
    CHECK(deliveries.delivered[second] == 110);
    CHECK(deliveries.delivered[last] == 60);
    CHECK(deliveries.own_left[1][2] == 0);
    CHECK(deliveries.contracted_left[1][2] == 20);
    CHECK(deliveries.contracted_left[2][2] == 50);
}

TEST_CASE("Firms without chips that sell to each other deliver nothing", "[engine][contracts]") {
    Supply supply;
    const int there = supply.add(0, 1, 2, 100), back = supply.add(1, 0, 2, 100);
    const Deliveries deliveries = supply.deliver();
    CHECK(deliveries.delivered[there] == 0);
    CHECK(deliveries.delivered[back] == 0);
}

TEST_CASE("Deliveries use only what is there, whatever the contracts", "[engine][contracts]") {
    std::mt19937_64 draw(21);
    std::int64_t passed_on = 0;
    for (int run = 0; run < 400; ++run) {
        const Supply supply = random_supply(draw);
        const Deliveries deliveries = supply.deliver();
        std::int64_t own = 0, received = 0, left = 0, delivered = 0, to_outside = 0;
        for (int f = 0; f < kMaxFirms; ++f) {
            std::int64_t has = 0, sold = 0, stays = 0;
            for (int g = 0; g < kMaxGenerations; ++g) {
                REQUIRE(deliveries.own_left[f][g] >= 0);
                REQUIRE(deliveries.contracted_left[f][g] >= 0);
                REQUIRE(deliveries.own_left[f][g] <= supply.pools[f][g]);
                REQUIRE(deliveries.contracted_left[f][g] <= deliveries.received[f][g]);
                has += supply.pools[f][g] + deliveries.received[f][g];
                stays += deliveries.own_left[f][g] + deliveries.contracted_left[f][g];
                own += supply.pools[f][g];
                received += deliveries.received[f][g];
            }
            for (int c = 0; c < supply.commitments.count; ++c) sold += supply.commitments.rows[c].seller == f ? deliveries.delivered[c] : 0;
            REQUIRE(has == sold + stays);
            left += stays;
        }
        for (int c = 0; c < supply.commitments.count; ++c) {
            REQUIRE(deliveries.delivered[c] >= 0);
            REQUIRE(deliveries.delivered[c] <= supply.commitments.rows[c].due);
            delivered += deliveries.delivered[c];
            to_outside += is_firm(supply.commitments.rows[c].buyer) ? 0 : deliveries.delivered[c];
        }
        REQUIRE(own == left + to_outside);
        REQUIRE(delivered == received + to_outside);
        passed_on += received;
    }
    CHECK(passed_on > 10000);
}

TEST_CASE("More chips of a seller never lower a delivery", "[engine][contracts]") {
    std::mt19937_64 draw(22);
    for (int run = 0; run < 300; ++run) {
        Supply supply = random_supply(draw);
        const Deliveries before = supply.deliver();
        supply.pools[run % 2][run % kMaxGenerations] += 1 + run % 7;
        const Deliveries after = supply.deliver();
        for (int c = 0; c < supply.commitments.count; ++c) REQUIRE(after.delivered[c] >= before.delivered[c]);
    }
}

TEST_CASE("The order of firms and contracts changes no delivery", "[engine][contracts]") {
    std::mt19937_64 draw(23);
    for (int run = 0; run < 200; ++run) {
        const Supply supply = random_supply(draw);
        std::vector<int> firm(kMaxFirms), row(static_cast<std::size_t>(supply.commitments.count));
        for (std::size_t f = 0; f < firm.size(); ++f) firm[f] = static_cast<int>(f);
        for (std::size_t c = 0; c < row.size(); ++c) row[c] = static_cast<int>(c);
        std::shuffle(firm.begin(), firm.end(), draw);
        std::shuffle(row.begin(), row.end(), draw);
        Supply moved;
        for (std::size_t f = 0; f < firm.size(); ++f) std::copy_n(supply.pools[f], kMaxGenerations, moved.pools[firm[f]]);
        moved.commitments.count = supply.commitments.count;
        for (std::size_t c = 0; c < row.size(); ++c) {
            Commitment one = supply.commitments.rows[c];
            one.seller = firm[static_cast<std::size_t>(one.seller)];
            if (is_firm(one.buyer)) one.buyer = firm[static_cast<std::size_t>(one.buyer)];
            moved.commitments.rows[row[c]] = one;
        }
        const Deliveries before = supply.deliver(), after = moved.deliver();
        for (std::size_t c = 0; c < row.size(); ++c) REQUIRE(before.delivered[c] == after.delivered[row[c]]);
        for (std::size_t f = 0; f < firm.size(); ++f)
            for (int g = 0; g < kMaxGenerations; ++g) REQUIRE(before.own_left[f][g] == after.own_left[firm[f]][g]);
    }
}
