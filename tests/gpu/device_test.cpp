// Cells on a card. Where none answers the cases say so and check the refusal; the launch alone is left out.
#include <catch2/catch.hpp>

#include "gpu/cell_player.h"
#include "gpu/device.h"
#include "gpu/outcomes.h"
#include "tests/gpu/batch_profiles.h"

using namespace rackrace;

namespace {

/// nullptr where there is no card, in words.
std::unique_ptr<Device> card() {
    auto devices = open_devices();
    if (devices) return std::move(devices->cards.front());
    WARN("not played: " << devices.error().text());
    CHECK_FALSE(devices.error().all.front().advice.empty());
    return nullptr;
}

std::shared_ptr<const Casting> casting_of(const Profile& profile) {
    auto casting = Casting::make(profile.loaded, profile.strategies, profile.baselines);
    REQUIRE(casting);
    return std::move(*casting);
}

/// Cells that the card ends with another outcome than the host, in any bit; figures by quarter are compared where they are wanted.
int count_different(Device& device, const std::vector<DeviceCell>& cells, bool wants_panel) {
    const auto outcomes = device.play(cells, wants_panel);
    if (!outcomes) FAIL(outcomes.error().text());
    CellPlayer player;
    int different = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) different += are_equal((*outcomes)[i], player.play(*cells[i].profile, cells[i].number, cells[i].seed, wants_panel)) ? 0 : 1;
    return different;
}

}  // namespace

TEST_CASE("Cells of several profiles give on a card what they give on the host, bit by bit", "[gpu][device]") {
    const auto device = card();
    if (device == nullptr) return;
    const std::vector<std::shared_ptr<const Profile>> profiles = {test::profile({}, {}).value(), test::profile({}, {{"rules.chips", "POSTED"}}).value(), test::lone_profile(test::kEndless),
                                                                  test::lone_profile(test::kOutOfRange), test::lone_profile(test::kNoNumber), test::wrong_books()};
    std::vector<std::shared_ptr<const Casting>> castings;
    for (const auto& profile : profiles) castings.push_back(casting_of(*profile));
    std::vector<DeviceCell> cells;
    for (std::int64_t i = 0; i < 150; ++i) {
        const auto profile = i % 4 == 1 ? static_cast<std::size_t>(i / 4) % profiles.size() : 0;
        cells.push_back({profiles[profile], castings[profile], i, static_cast<std::uint64_t>(i % 50) + 1});
    }
    for (const bool wants_panel : {false, true}) CHECK(count_different(*device, cells, wants_panel) == 0);
}

TEST_CASE("Whole runs of every strategy that comes with the program give on a card what they give on the host, bit by bit", "[gpu][device][whole]") {
    const auto device = card();
    if (device == nullptr) return;
    std::vector<DeviceCell> cells;
    for (const auto& profile : test::profiles_of_all(test::kWholeRun)) {
        const auto casting = casting_of(*profile);
        for (std::uint64_t seed = 1; seed <= 4; ++seed) cells.push_back({profile, casting, static_cast<std::int64_t>(cells.size()), seed});
    }
    CHECK(cells.size() > 4);
    CHECK(count_different(*device, cells, true) == 0);
}

TEST_CASE("More cells than a card has room for are refused in words", "[gpu][device]") {
    const auto device = card();
    if (device == nullptr) return;
    const auto profile = test::profile({}, {}).value();
    const auto refused = device->play(std::vector<DeviceCell>(static_cast<std::size_t>(device->facts().cells_at_once) + 1, DeviceCell{profile, casting_of(*profile), 0, 1}), false);
    REQUIRE_FALSE(refused);
    CHECK_THAT(refused.error().text(), Catch::Contains("more cells than it has room for"));
}
