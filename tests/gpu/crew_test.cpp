// Cards beside the CPU on one queue, with cards that are the CPU in disguise: what they cannot play, refuse or get wrong.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstring>
#include <map>

#include "gpu/cell_player.h"
#include "gpu/device.h"
#include "gpu/device_image.h"
#include "gpu/outcomes.h"
#include "tests/gpu/batch_profiles.h"

using namespace rackrace;

namespace {

/// Plays on the CPU. refuses_after: chunks that it plays before it refuses, -1 for ever; wrong: the cell whose state it gets wrong, -1 for none.
class Disguised final : public Device {
public:
    Disguised(int cells_at_once, int refuses_after, std::int64_t wrong) : refuses_after_(refuses_after), wrong_(wrong) {
        facts_.name = "disguised";
        facts_.cells_at_once = cells_at_once;
    }
    const DeviceFacts& facts() const override { return facts_; }
    double kernel_s() const override { return 0.0; }

    Result<std::vector<Outcome>> play(const std::vector<DeviceCell>& cells, bool wants_panel) override {
        if (refuses_after_ == 0) return Refusal{"disguised", 0, 0, "fell off the bus", "play on the CPU"};
        --refuses_after_;
        std::vector<Outcome> out;
        for (const DeviceCell& cell : cells) {
            if (!is_portable(*cell.profile)) return Refusal{"disguised", 0, 0, "got a script in Lua", "none"};
            out.push_back(player_.play(*cell.profile, cell.number, cell.seed, wants_panel));
            if (cell.number == wrong_) ++out.back().state_hash;
        }
        return out;
    }

private:
    CellPlayer player_;
    DeviceFacts facts_;
    int refuses_after_;
    std::int64_t wrong_;
};

/// Cell i has seed i + 1; every third plays a script that is not portable.
Batch mixed_batch(std::int64_t cells) {
    static const auto portable = test::profile({}, {}).value();
    static const auto in_lua = [] {
        const std::string text = test::lone_script("local unused = {}");
        return test::profile({{"coreweave", test::strategy(text, Role::neocloud)}}, {}).value();
    }();
    return {cells, [](std::int64_t i) { return BatchCell{i % 3 == 2 ? 1 : 0, static_cast<std::uint64_t>(i) + 1}; },
            [](std::int64_t profile) { return Result<std::shared_ptr<const Profile>>(profile == 0 ? portable : in_lua); }, true};
}

std::map<std::int64_t, Outcome> play(const Batch& batch, const Crew& crew, BatchEnd& end) {
    std::map<std::int64_t, Outcome> out;
    end = play_batch(batch, crew, [&](Outcome&& outcome) {
        const std::int64_t cell = outcome.cell;
        return out.emplace(cell, std::move(outcome)).second;
    });
    CHECK(end.is_complete);
    return out;
}

bool are_same(const std::map<std::int64_t, Outcome>& a, const std::map<std::int64_t, Outcome>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) { return x.first == y.first && are_equal(x.second, y.second); });
}

/// What a profile's image leaves behind after two quarters in one launch and the rest in another.
Outcome play_image(const DeviceProfile& image, const Profile& profile, std::uint64_t seed) {
    auto world = std::make_unique<World>(*image.opening);
    const auto chance = std::make_unique<Chance>(draw_chance(*image.scenario, seed));
    const auto table = std::make_unique<CoreTable>();
    const auto ledger = std::make_unique<Ledger>();
    std::vector<Orders> orders(kMaxFirms);
    world->seed = seed;
    ledger->list = nullptr;
    open_table(*table);
    CellEnd end{};
    for (const int quarters : {2, kMaxQuarters}) play_quarters({*image.scenario, *image.cast, *table}, *world, *chance, *ledger, orders.data(), quarters, nullptr, end);
    return outcome_of(profile, 5, end, table->failures, nullptr);
}

/// Makes an image of profiles for another address than where it is made, plays it there when what it was made of is gone, and compares with the profiles themselves.
/// Returns its size in bytes.
std::size_t play_from_image(const std::vector<std::shared_ptr<const Profile>>& profiles) {
    std::vector<const Profile*> given;
    std::vector<std::unique_ptr<Casting>> castings;
    std::vector<const Casting*> cast;
    for (const auto& profile : profiles) {
        auto casting = Casting::make(profile->loaded, profile->strategies, profile->baselines);
        if (!casting) FAIL(casting.error().text());
        castings.push_back(std::move(*casting));
        cast.push_back(castings.back().get());
        given.push_back(profile.get());
    }
    const std::size_t size = DeviceImage(0, given, cast).bytes().size();
    std::vector<std::uint64_t> there(size / 8 + 2);
    const DeviceImage image(reinterpret_cast<std::uintptr_t>(there.data()), given, cast);
    std::memcpy(there.data(), image.bytes().data(), size);
    castings.clear();
    for (std::size_t i = 0; i < profiles.size(); ++i) {
        INFO("profile " << i);
        CHECK(is_portable(*profiles[i]));  // else it is played by Lua here and not at all on a card
        CHECK(are_equal(play_image(image.profiles()[i], *profiles[i], 9), play_cell(*profiles[i], 5, 9, false)));
    }
    return size;
}

}  // namespace

TEST_CASE("Whoever plays a cell, card or CPU, and however chunks fall, its outcome is the same", "[gpu][crew]") {
    const Batch batch = mixed_batch(18);
    BatchEnd end;
    const auto on_cpu = play(batch, {1, {}, 0}, end);
    CHECK(end.devices.cells == 0);
    for (const int at_once : {2, 7, 64}) {
        Disguised card(at_once, -1, -1);
        CHECK(are_same(on_cpu, play(batch, {1, {&card}, 0}, end)));
        CHECK(end.devices.refusals.empty());
    }
}

TEST_CASE("What a card refuses the CPU plays, and the batch says why", "[gpu][crew]") {
    const Batch batch = mixed_batch(18);
    BatchEnd end;
    const auto on_cpu = play(batch, {1, {}, 0}, end);
    Disguised card(4, 0, -1), second(4, 1, -1);
    CHECK(are_same(on_cpu, play(batch, {1, {&card, &second}, 0}, end)));
    if (!end.devices.refusals.empty()) CHECK_THAT(end.devices.refusals.text(), Catch::Contains("fell off the bus"));
    CHECK(end.devices.cells <= 4);
}

TEST_CASE("A card that gets a bit wrong is found out where its cells are verified", "[gpu][crew]") {
    const auto portable = test::profile({}, {}).value();
    const Batch batch{40, [](std::int64_t i) { return BatchCell{0, static_cast<std::uint64_t>(i) + 1}; }, [&](std::int64_t) { return Result<std::shared_ptr<const Profile>>(portable); }, false};
    BatchEnd end;
    Disguised card(40, -1, 20);
    const auto outcomes = play(batch, {1, {&card}, 40}, end);
    if (end.devices.cells < 21) return;  // the CPU was quicker than the card's thread
    CHECK(end.devices.verified == end.devices.cells);
    CHECK(end.devices.differing == 1);
    CHECK(outcomes.at(20).status == OutcomeStatus::fault);
    CHECK_THAT(outcomes.at(20).failures.at(0).reason, Catch::StartsWith("the device ends with state"));
}

TEST_CASE("A device's image of profiles plays as the profiles do, and has equal parts once", "[gpu][crew]") {
    const auto plain = test::profile({}, {}).value(), posted = test::profile({}, {{"rules.chips", "POSTED"}}).value();
    CHECK(play_from_image({plain, posted, plain}) < 2 * sizeof(World) + 3 * sizeof(Scenario) + 1'000'000);
}

TEST_CASE("A device's image of every strategy that comes with the program plays as they do", "[gpu][crew]") {
    const auto profiles = test::profiles_of_all(test::kBatchEnd);
    CHECK(profiles.size() > 1);
    play_from_image(profiles);
}

TEST_CASE("A device's image of profiles whose cells fail fails as they do", "[gpu][crew]") {
    play_from_image({test::lone_profile(test::kEndless), test::lone_profile(test::kOutOfRange), test::lone_profile(test::kNoNumber), test::wrong_books()});
}

TEST_CASE("A card's chunks end where they would hold too many profiles, and no cell is lost there", "[gpu][crew]") {
    const Batch batch{3000, [](std::int64_t i) { return BatchCell{i / 2, 1}; }, [](std::int64_t) { return Result<std::shared_ptr<const Profile>>(Refusal{"plan.toml", 1, 0, "cannot be made", "none"}); }, false};
    BatchEnd end;
    Disguised card(10'000, -1, -1);
    const auto outcomes = play(batch, {1, {&card}, 0}, end);
    CHECK(outcomes.size() == 3000);
    CHECK(std::all_of(outcomes.begin(), outcomes.end(), [](const auto& one) { return one.second.status == OutcomeStatus::refused; }));
}
