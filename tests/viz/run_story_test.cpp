// The story of a run in sentences.
#include <catch2/catch.hpp>

#include "tests/viz/recorded_runs.h"
#include "viz/figures/run_story.h"

using namespace rackrace;

TEST_CASE("The story of a run has ten sentences", "[viz][story]") {
    const TemporaryFolder folder;
    const std::vector<std::string> story = run_story(opened_run(record_tiny(folder.path())));
    CHECK(story.size() == 10);
    for (const std::string& sentence : story) {
        INFO(sentence);
        CHECK(sentence.ends_with("."));
        CHECK(sentence.find(". ") == std::string::npos);
    }
}
