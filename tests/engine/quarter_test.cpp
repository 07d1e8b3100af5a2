// Whole quarters on the real books: identities hold whatever firms order, runs repeat, a run can be split, rows and engines change nothing.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <memory>
#include <sstream>

#include "engine/base/quarter_index.h"
#include "engine/quarter/recorded_orders.h"
#include "engine/scenario/load_parameters.h"
#include "engine/scenario/load_scenario.h"
#include "engine/scenario/unread_parameters.h"
#include "tests/engine/base_books.h"
#include "tests/engine/random_orders.h"

using namespace rackrace;
using rackrace::test::base;
using rackrace::test::RandomDeciders;

namespace {

std::vector<std::uint64_t> play(const Scenario& scenario, World& world, std::uint64_t seed, Deciders* deciders, int rounds = 1000) {
    Scenario part = scenario;
    if (rounds < 1000) part.end_t = world.t + rounds;
    return play_run(part, world, seed, deciders, nullptr).state_hashes;
}

void require_sound(const World& world, const char* what) {
    INFO(what << ": fault " << static_cast<int>(world.fault) << " identity " << world.fault_where << " who " << world.fault_who << " by " << world.fault_value << " in quarter " << world.t);
    REQUIRE(world.fault == Fault::none);
    REQUIRE(world.capacity_refusals == 0);
}

}  // namespace

TEST_CASE("The momentum world keeps every identity for 27 quarters", "[engine][quarter]") {
    const auto world = std::make_unique<World>(base().opening);
    CHECK(play(base().scenario, *world, 1, nullptr).size() == 27);
    require_sound(*world, "momentum");
}

TEST_CASE("Whatever firms order, every identity holds exactly", "[engine][quarter][property]") {
    const int runs = std::getenv("RACKRACE_LONG") != nullptr ? 10000 : 300;
    for (int rule = 0; rule < runs; ++rule) {
        const auto scenario = std::make_unique<Scenario>(base().scenario);
        scenario->rules.chips = static_cast<ChipRule>(rule % 5);
        scenario->rules.power = static_cast<PowerRule>(rule / 5 % 3);
        scenario->rules.contracts = static_cast<ContractRule>(rule % 4);
        scenario->rules.acquisitions = static_cast<AcquisitionRule>(rule / 4 % 2);
        const auto world = std::make_unique<World>(base().opening);
        RandomDeciders deciders(static_cast<std::uint64_t>(rule) + 1);
        play(*scenario, *world, static_cast<std::uint64_t>(rule) + 1, &deciders);
        INFO("run " << rule);
        INFO("fault " << static_cast<int>(world->fault) << " identity " << world->fault_where << " who " << world->fault_who << " by " << world->fault_value << " t " << world->t);
        REQUIRE(world->fault == Fault::none);
        REQUIRE(world->t == scenario->end_t);
    }
}

TEST_CASE("Without a contract market nothing is signed, under a ban nobody buys a failed firm, whatever firms order", "[engine][quarter][property]") {
    const auto ends = [](const char* name) {
        const auto loaded = load_scenario({name, std::filesystem::path(RACKRACE_SOURCE_DIR) / "data", {}, ""});
        REQUIRE(loaded);
        struct End {
            int contracts = 0, acquired = 0, failed = 0;
        } end;
        for (std::uint64_t seed = 1; seed <= 6; ++seed) {
            const auto world = std::make_unique<World>(loaded->opening);
            RandomDeciders deciders(seed);
            play(loaded->scenario, *world, seed, &deciders);
            REQUIRE(world->fault == Fault::none);
            end.contracts += world->next_contract_id - loaded->opening.next_contract_id;
            for (const Firm& firm : world->firms) {
                end.acquired += firm.status == FirmStatus::acquired;
                end.failed += !is_active(firm);
            }
        }
        return end;
    };
    const auto base = ends("base-2026"), no_contracts = ends("no-contracts"), merger_ban = ends("merger-ban");
    CHECK(base.contracts > 0);
    CHECK(base.acquired > 0);
    CHECK(no_contracts.contracts == 0);
    CHECK(no_contracts.acquired > 0);
    CHECK(merger_ban.contracts > 0);
    CHECK(merger_ban.acquired == 0);
    CHECK(merger_ban.failed > 0);
}

TEST_CASE("In a world of four firms every identity holds as well", "[engine][quarter][property]") {
    const auto small = load_scenario({"small", std::filesystem::path(RACKRACE_SOURCE_DIR) / "data", {}, ""});
    REQUIRE(small);
    for (int rule = 0; rule < 15; ++rule) {
        const auto scenario = std::make_unique<Scenario>(small->scenario);
        scenario->rules.chips = static_cast<ChipRule>(rule % 5);
        scenario->rules.power = static_cast<PowerRule>(rule / 5 % 3);
        scenario->rules.contracts = static_cast<ContractRule>(rule % 4);
        scenario->rules.acquisitions = static_cast<AcquisitionRule>(rule / 4 % 2);
        const auto world = std::make_unique<World>(small->opening);
        RandomDeciders deciders(static_cast<std::uint64_t>(rule) + 1);
        play(*scenario, *world, static_cast<std::uint64_t>(rule) + 1, rule == 0 ? nullptr : &deciders);
        INFO("run " << rule << " fault " << static_cast<int>(world->fault) << " identity " << world->fault_where << " t " << world->t);
        REQUIRE(world->fault == Fault::none);
        REQUIRE(world->t == scenario->end_t);
    }
}

TEST_CASE("The same seed and orders give the same bytes, another seed does not", "[engine][quarter]") {
    const auto one = std::make_unique<World>(base().opening), two = std::make_unique<World>(base().opening), other = std::make_unique<World>(base().opening);
    RandomDeciders a(5), b(5), c(5);
    CHECK(play(base().scenario, *one, 9, &a) == play(base().scenario, *two, 9, &b));
    CHECK(std::memcmp(one.get(), two.get(), sizeof(World)) == 0);
    CHECK(play(base().scenario, *other, 10, &c).front() != hash_world(*one));
}

TEST_CASE("A parameter that no rule reads leaves every state as it was, and a scenario that changes one is refused", "[engine][quarter][scenario]") {
    const auto states = [](const Scenario& scenario) {
        const auto world = std::make_unique<World>(base().opening);
        RandomDeciders deciders(12);
        return play(scenario, *world, 11, &deciders);
    };
    const auto as_read = states(base().scenario);
    const std::filesystem::path data = std::filesystem::path(RACKRACE_SOURCE_DIR) / "data";
    for (const UnreadParameter& unread : kUnreadParameters) {
        CAPTURE(unread.name);
        const auto changed = std::make_unique<Scenario>(base().scenario);
        double* const slot = find_parameter(changed->parameters, unread.name);
        REQUIRE(slot != nullptr);
        const std::string same = number_text(*slot);
        *slot = *slot == 0.0 ? 1.0 : 1.1 * *slot;
        CHECK(states(*changed) == as_read);
        const std::string name(unread.name);
        CHECK(load_scenario({"base-2026", data, {{name, same}}, ""}));
        const auto refused = load_scenario({"base-2026", data, {{name, number_text(*slot)}}, ""});
        REQUIRE_FALSE(refused);
        CHECK_THAT(refused.error().text(), Catch::Contains("no rule reads '" + name + "'; ") && Catch::Contains(unread.advice));
    }
    const auto read = std::make_unique<Scenario>(base().scenario);
    *find_parameter(read->parameters, "chapter_11_q") = 3.0;
    *find_parameter(read->parameters, "idle_power_frac") *= 1.1;
    CHECK(states(*read) != as_read);
}

TEST_CASE("A run split at any quarter by saving and loading the state ends in the same bytes", "[engine][quarter]") {
    const auto whole = std::make_unique<World>(base().opening);
    RandomDeciders all(3);
    play(base().scenario, *whole, 4, &all);
    for (int split = 1; split < 27; ++split) {
        CAPTURE(split);
        const auto saved = std::make_unique<World>(base().opening);
        RandomDeciders deciders(3);
        play(base().scenario, *saved, 4, &deciders, split);
        std::vector<unsigned char> bytes(sizeof(World));
        std::memcpy(bytes.data(), saved.get(), sizeof(World));
        const auto loaded = std::make_unique<World>();
        std::memcpy(loaded.get(), bytes.data(), sizeof(World));
        play(base().scenario, *loaded, 4, &deciders);
        CHECK(hash_world(*loaded) == hash_world(*whole));
    }
}

TEST_CASE("A run played back from its recorded orders passes through the same states", "[engine][quarter]") {
    const auto first = std::make_unique<World>(base().opening), again = std::make_unique<World>(base().opening);
    RandomDeciders deciders(6);
    RecordedOrders recorded;
    OrderRecorder recorder(deciders, recorded);
    const RunOutcome run = play_run(base().scenario, *first, 5, &recorder, nullptr);
    REQUIRE(recorded.quarters() == 27);
    OrderPlayback playback(recorded);
    CHECK(play_run(base().scenario, *again, 5, &playback, nullptr).state_hashes == run.state_hashes);
}

TEST_CASE("Sizes of the state stay within their bounds", "[engine][quarter]") {
    WARN("World " << sizeof(World) << " of " << 144 * 1024 << " bytes, Firm " << sizeof(Firm) << ", Orders " << sizeof(Orders) << " of 4096, Ledger "
                  << sizeof(Ledger) << ", Scenario " << sizeof(Scenario));
    CHECK(sizeof(World) <= 144 * 1024);
    CHECK(sizeof(Orders) <= 4096);
}

TEST_CASE("State hashes are the recorded ones, on every compiler and optimisation", "[engine][quarter][hash]") {
    const auto file = std::filesystem::path(RACKRACE_SOURCE_DIR) / "tests/data/golden/state_hashes.txt";
    std::ostringstream now;
    now << "# State hashes of base-2026: quarter, momentum world of seed 1, random orders 5 of seed 9. RACKRACE_UPDATE_GOLDEN=1 rewrites.\n";
    const auto momentum = std::make_unique<World>(base().opening), random = std::make_unique<World>(base().opening);
    RandomDeciders deciders(5);
    const auto one = play(base().scenario, *momentum, 1, nullptr), two = play(base().scenario, *random, 9, &deciders);
    for (std::size_t q = 0; q < one.size(); ++q)
        now << quarter_name(base().scenario.start_t + static_cast<int>(q)) << std::hex << " " << one[q] << " " << two[q] << std::dec << "\n";
    if (std::getenv("RACKRACE_UPDATE_GOLDEN") != nullptr) std::ofstream(file) << now.str();
    std::stringstream recorded;
    recorded << std::ifstream(file).rdbuf();
    CHECK(recorded.str() == now.str());
}
