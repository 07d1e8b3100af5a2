#include "engine/quarter/run.h"

#include <algorithm>
#include <iterator>
#include <memory>

#include "engine/base/hash.h"
#include "engine/quarter/quarter.h"

namespace rackrace {
namespace {

constexpr int kPostingRoom = 1 << 15;  // a quarter posts a few thousand

bool touches(const Posting& posting, int party) { return posting.payer == party || posting.payee == party; }

/// Identities of a party that postings move: books, accounts, debt, fixed assets, deposits, prepaid money, ownership, what a firm that left still holds.
bool is_of_books(int identity) {
    constexpr int kOfBooks[] = {2, 3, 4, 5, 7, 10, 13, 15};
    return std::find(std::begin(kOfBooks), std::end(kOfBooks), identity) != std::end(kOfBooks);
}

/// Whether the fault of the world is about what the posting moved.
bool concerns(const World& world, const Posting& posting) {
    const int who = world.fault_who;
    if (world.fault == Fault::negative_posting) return posting.amount.value < 0;
    switch (world.fault_about) {
        case Subject::party: return is_of_books(world.fault_where) && touches(posting, who);
        case Subject::kind: return static_cast<int>(posting.kind) == who;
        case Subject::contract: return touches(posting, world.contracts[who].seller) && touches(posting, world.contracts[who].buyer);
        default: return false;  // what no posting moves: chips, kW, shares of a segment, numbers that are none
    }
}

/// Where to look first: the negative posting, or the last that moved what broke.
std::optional<Posting> suspect(const World& world, const PostingList& list) {
    for (int i = list.count - 1; i >= 0; --i)
        if (concerns(world, list.items[i])) return list.items[i];
    return std::nullopt;
}

}  // namespace

Chance draw_chance(const Scenario& scenario, std::uint64_t seed) {
    std::uint64_t regions[kMaxRegions] = {}, products[kMaxProducts] = {};
    for (int r = 0; r < scenario.region_count; ++r) regions[r] = scenario.regions[r].id;
    for (int p = 0; p < scenario.product_count; ++p) products[p] = scenario.products[p].id;
    return draw_chance(seed, regions, scenario.region_count, products, scenario.product_count);
}

void complete_opening(const Scenario& scenario, World& opening) { value_opening(scenario, opening); }

std::uint64_t hash_world(const World& world) { return hash_words(reinterpret_cast<const std::uint64_t*>(&world), sizeof(World) / 8); }

RunOutcome play_run(const Scenario& scenario, World& world, std::uint64_t seed, Deciders* deciders, QuarterListener* listener) {
    const auto chance = std::make_unique<Chance>(draw_chance(scenario, seed));
    const auto ledger = std::make_unique<Ledger>();
    std::vector<Posting> postings(kPostingRoom);
    std::vector<Orders> orders(kMaxFirms);
    PostingList list{postings.data(), kPostingRoom, 0, 0};
    ledger->list = &list;
    world.seed = seed;
    RunOutcome outcome;
    if (listener != nullptr) listener->on_opening(scenario, world);
    while (world.t < scenario.end_t) {
        list.count = list.dropped = 0;
        orders.assign(kMaxFirms, Orders{});
        open_quarter(scenario, world, *chance, *ledger);
        if (deciders != nullptr) deciders->decide(scenario, world, orders.data());
        if (deciders != nullptr && deciders->is_stopped()) return outcome;
        commit(scenario, world, orders.data(), *chance, *ledger);
        if (deciders != nullptr) {
            deciders->hear(ledger->deals);
            deciders->operate(scenario, world, orders.data());
        }
        if (deciders != nullptr && deciders->is_stopped()) return outcome;
        operate(scenario, world, orders.data(), *chance, *ledger);
        if (deciders != nullptr) {
            deciders->hear(ledger->deals);
            deciders->close(scenario, world, orders.data());
        }
        outcome.state_hashes.push_back(hash_world(world));
        const DecisionLog* log = deciders != nullptr ? deciders->log() : nullptr;
        if (listener != nullptr) listener->on_close({scenario, world, *ledger, list, orders.data(), outcome.state_hashes.back(), log});
        if (world.fault != Fault::none) {
            outcome.suspect = suspect(world, list);
            return outcome;
        }
    }
    outcome.is_complete = true;
    return outcome;
}

}  // namespace rackrace
