// Places in a world by name, the first difference of two worlds, and the packing of stored states.
#include <catch2/catch.hpp>

#include <memory>
#include <random>

#include "engine/replay/state_diff.h"
#include "engine/replay/state_path.h"
#include "engine/replay/zero_runs.h"
#include "tests/engine/synthetic_run.h"

using namespace rackrace;

TEST_CASE("A path finds a number by the names of the scenario, dotted or bracketed", "[engine][replay]") {
    const auto world = synthetic::world(3);
    for (const char* path : {"firms[basalt].holdings[axe].installed", "firms.basalt.holdings.axe.installed", "firms.1.holdings.0.installed"}) {
        const auto found = find_state(synthetic::names(), path);
        REQUIRE(found);
        REQUIRE(found->size() == 1);
        CHECK(found->front().path == "firms[basalt].holdings[axe].installed");
        CHECK(leaf_value(*world, found->front()) == Cell{std::int64_t{200000}});
    }
    CHECK(find_state(synthetic::names(), "balance.basalt.cash")->size() == 1);
    CHECK(find_state(synthetic::names(), "balance.basalt")->size() == kAccounts);
    CHECK(find_state(synthetic::names(), "spot_usd_h.training")->front().path == "spot_usd_h[training]");
}

TEST_CASE("A path that leads nowhere is refused with the nearest name", "[engine][replay]") {
    const auto refusal = [](const char* path) { return find_state(synthetic::names(), path).error().text(); };
    CHECK(refusal("firms.basalts.rating").find("'basalt'") != std::string::npos);
    CHECK(refusal("firms.basalt.ratin").find("'rating'") != std::string::npos);
    CHECK(refusal("frms").find("'firms'") != std::string::npos);
    CHECK(refusal("seed.more").find("is a number") != std::string::npos);
}

TEST_CASE("Every byte of a world lies under exactly one name", "[engine][replay]") {
    const auto leaves = find_state(synthetic::names(), "");
    REQUIRE(leaves);
    std::vector<int> covered(sizeof(World));
    for (const StateLeaf& leaf : *leaves)
        for (std::size_t i = 0; i < leaf.field->size; ++i) ++covered[leaf.offset + i];
    CHECK(std::all_of(covered.begin(), covered.end(), [](int times) { return times == 1; }));
}

TEST_CASE("The first difference of two worlds is named with its firm, field and both values", "[engine][replay]") {
    const auto first = synthetic::world(3), second = std::make_unique<World>(*first);
    CHECK_FALSE(first_difference(*first, *second, synthetic::names()));
    second->firms[1].holdings[0].installed += 8;
    second->firms[2].rating = 9;
    const auto difference = first_difference(*first, *second, synthetic::names());
    REQUIRE(difference);
    CHECK(difference->path == "firms[basalt].holdings[axe].installed");
    CHECK(difference->firm == "basalt");
    CHECK(difference->field == "holdings[axe].installed");
    CHECK(difference->first == Cell{std::int64_t{200000}});
    CHECK(difference->second == Cell{std::int64_t{200008}});
    CHECK(difference->unit == "chips");
    CHECK(difference->places == 2);
    balance_of(*second, kUtility, Account::cash) = Usd{5};
    CHECK(first_difference(*first, *second, synthetic::names())->path == "balance[utility][cash]");
    balance_of(*second, 0, Account::debt) += Usd{5};
    CHECK(first_difference(*first, *second, synthetic::names())->firm == "amber");
    CHECK(first_difference(*first, *second, synthetic::names())->field == "balance[debt]");
}

TEST_CASE("The hash of a layout moves with every name, place and type in it", "[engine][replay]") {
    const std::uint64_t now = layout_hash(describe<Contract>());
    RecordInfo other = describe<Contract>();
    std::swap(other.fields[1], other.fields[2]);
    CHECK(layout_hash(other) != now);
    other = describe<Contract>();
    other.fields[3].storage = Storage::u8;
    CHECK(layout_hash(other) != now);
    other = describe<Contract>();
    other.fields[3].name = "generatio";
    CHECK(layout_hash(other) != now);
}

TEST_CASE("Packed bytes unpack to themselves, and damaged packing unpacks to nothing", "[engine][replay]") {
    std::mt19937_64 random(3);
    for (int i = 0; i < 300; ++i) {
        std::vector<unsigned char> bytes(random() % 700);
        const unsigned density = 1 + static_cast<unsigned>(random() % 6);
        for (unsigned char& byte : bytes) byte = random() % density == 0 ? static_cast<unsigned char>(random()) : 0;
        const auto packed = pack_zero_runs(bytes.data(), bytes.size());
        const auto unpacked = unpack_zero_runs(packed, bytes.size());
        REQUIRE(unpacked);
        CHECK(*unpacked == bytes);
        CHECK_FALSE(unpack_zero_runs(packed, bytes.size() + 1));
        if (!packed.empty()) {
            auto damaged = packed;
            damaged.resize(random() % damaged.size());
            CHECK_FALSE(unpack_zero_runs(damaged, bytes.size()));
            damaged = packed;
            damaged[random() % damaged.size()] = static_cast<unsigned char>(random());
            unpack_zero_runs(damaged, bytes.size());  // anything, but within bounds
        }
    }
    const auto world = synthetic::world(4);
    CHECK(pack_zero_runs(reinterpret_cast<const unsigned char*>(world.get()), sizeof(World)).size() < sizeof(World) / 20);
}
