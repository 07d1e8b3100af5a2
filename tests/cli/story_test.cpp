// The story of a run by years: sums, weighted means and the firms it tells of.
#include <catch2/catch.hpp>

#include <sstream>

#include "cli/story.h"
#include "engine/replay/replay_writer.h"
#include "tests/engine/synthetic_run.h"
#include "tests/golden.h"
#include "tests/temporary_folder.h"

using namespace rackrace;

namespace {

Result<Story> story_of_the_tiny_run(const std::filesystem::path& parent) {
    SavePlace place;
    place.parent = parent;
    auto writer = ReplayWriter::begin(place, synthetic::record(), synthetic::names(), "");
    const RunOutcome outcome = synthetic::play(**writer);
    auto replay = Replay::open(*(*writer)->finish(outcome, *synthetic::world(4)));
    return make_story(*replay);
}

}  // namespace

TEST_CASE("The story of a tiny run reads as it did", "[cli][story]") {
    const TemporaryFolder folder;
    const auto story = story_of_the_tiny_run(folder.path());
    REQUIRE(story);
    const std::string text = story_text(*story);
    CHECK(golden("tests/cli/data/story.txt", text) == text);
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 110);
}

TEST_CASE("A year of the story has the sums of its quarters, without the opening", "[cli][story]") {
    const TemporaryFolder folder;
    const auto story = story_of_the_tiny_run(folder.path());
    REQUIRE(story);
    REQUIRE(story->years.size() == 2);  // 2026Q2 to Q4, 2027Q1
    const StoryYear& first = story->years[0];
    CHECK(first.year == 2026);
    CHECK(first.quarters == 3);
    CHECK(story->supplier == "cobalt");
    CHECK(story->neocloud == "basalt");
    CHECK(first.supplier_busd == Approx(6.0 + 7.0 + 8.0));  // 5 + q of the quarters 1 to 3
    CHECK(first.hyperscaler_capex_busd == 0.0);             // the tiny run has none
    CHECK(first.capex_busd == Approx(3 * 12.0));
    CHECK(first.made_million_chips == Approx(0.36));
    CHECK(first.spot_t_usd_h == Approx(1.5));
    const auto json = story_json(*story);
    CHECK(json.at("supplier") == "cobalt");
    CHECK(json.at("years").size() == 2);
    CHECK(json.at("years")[0].at("capex_usd").get<double>() == Approx(36e9));
}

TEST_CASE("A story without years is its header", "[cli][story]") {
    const Story empty;
    CHECK(story_json(empty).at("years").empty());
    CHECK(story_text(empty).find("year") != std::string::npos);
}
