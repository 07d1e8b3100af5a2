// Who is to play a batch: what --device asks for, with cards that answer, refuse or are not built in.
#include <catch2/catch.hpp>

#include "cli/crew.h"

using namespace rackrace;

namespace {

class Named final : public Device {
public:
    Named() { facts_.name = "a card"; }
    const DeviceFacts& facts() const override { return facts_; }
    double kernel_s() const override { return 0.0; }
    Result<std::vector<Outcome>> play(const std::vector<DeviceCell>&, bool) override { return Refusal{"a card", 0, 0, "was not to play", ""}; }

private:
    DeviceFacts facts_;
};

Result<OpenDevices> one_card() {
    OpenDevices out;
    out.cards.push_back(std::make_unique<Named>());
    return out;
}

/// A card that plays beside one that cannot.
Result<OpenDevices> two_cards() {
    auto out = one_card();
    out->refused.add({"card 1", 0, 0, "there is no code for it", "play on the CPU"});
    return out;
}

/// Two cards that do not answer.
Result<OpenDevices> small_cards() {
    Refusals refusals;
    refusals.add({"a small card", 0, 0, "22000 MiB are free, the stacks of its kernel take 70000", "play on the CPU"});
    refusals.add({"another", 0, 0, "there is no code for it", "play on the CPU"});
    return refusals;
}

constexpr std::int64_t kMany = 100 * 4, kFew = kMany - 1;  // 100 a thread is where a card is quicker

CrewRequest asked(const std::string& device) { return {device, 4, 0}; }

}  // namespace

TEST_CASE("Auto takes a card where it is quicker than the threads, and names it", "[cli][crew]") {
    const Cards cards{true, one_card};
    const auto many = open_crew(asked("auto"), kMany, cards), few = open_crew(asked("auto"), kFew, cards), cpu = open_crew(asked("cpu"), kMany, cards);
    REQUIRE(many);
    CHECK(many->crew.devices.size() == 1);
    CHECK(many->note.starts_with("a card: "));
    CHECK(many->no_card.empty());
    REQUIRE(few);
    CHECK(few->crew.devices.empty());
    REQUIRE(cpu);
    CHECK(cpu->crew.devices.empty());
    CHECK(open_crew(asked("cuda"), 1, cards)->crew.devices.size() == 1);
}

TEST_CASE("A card that cannot play is told beside those that do", "[cli][crew]") {
    const auto open = open_crew(asked("cuda"), 1, {true, two_cards});
    REQUIRE(open);
    CHECK(open->crew.devices.size() == 1);
    CHECK(open->note.ends_with("\nnot card 1: there is no code for it"));
}

TEST_CASE("Auto says why no card plays a batch that one would play quicker, and plays it on the threads", "[cli][crew]") {
    const Cards cards{true, small_cards};
    const auto many = open_crew(asked("auto"), kMany, cards);
    REQUIRE(many);
    CHECK(many->crew.devices.empty());
    CHECK(many->no_card == "no card: a small card: 22000 MiB are free, the stacks of its kernel take 70000");
    CHECK(open_crew(asked("auto"), kFew, cards)->no_card.empty());
    CHECK(open_crew(asked("cpu"), kMany, cards)->no_card.empty());
    const auto none = [] { return Result<OpenDevices>(Refusal{"device", 0, 0, "this machine has no CUDA card", "play on the CPU"}); };
    CHECK(open_crew(asked("auto"), kMany, {true, none})->no_card == "no card: this machine has no CUDA card");
    CHECK(open_crew(asked("auto"), kMany, {false, none})->no_card.empty());  // who built it without CUDA knows
}

TEST_CASE("A card that was asked for and refuses is refused, with what to give instead", "[cli][crew]") {
    const auto refused = open_crew(asked("cuda"), 1, {true, small_cards});
    REQUIRE_FALSE(refused);
    REQUIRE(refused.error().all.size() == 2);
    CHECK(refused.error().all[0].advice == "play on the CPU: give --device cpu, or leave --device out");
}
