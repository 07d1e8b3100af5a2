// Words of a command: read from a line, and written so that a shell reads them as they are.
#include <catch2/catch.hpp>

#include "engine/base/command_words.h"

using namespace rackrace;

TEST_CASE("Words of a command are parted by blanks and kept together by quotes, and nothing in them is run", "[engine][words]") {
    CHECK(words_of("code --wait 'my file' \"it's\" a\\ b $(rm) ''").value() == std::vector<std::string>{"code", "--wait", "my file", "it's", "a b", "$(rm)", ""});
    CHECK(words_of("  ").value().empty());
    CHECK_FALSE(words_of("gedit 'open"));
    CHECK_FALSE(words_of("gedit \\"));
    for (const std::string word : {"plain.lua", "with blanks", "it's", "$(rm -rf .)", ""}) CHECK(words_of(quoted_word(word)).value() == std::vector<std::string>{word});
}

TEST_CASE("A word is put in quotes only where a shell would cut or change it", "[engine][words]") {
    CHECK(quoted_word("runs/base-2026-s7-3f9c@2028Q3") == "runs/base-2026-s7-3f9c@2028Q3");
    CHECK(quoted_word("my runs/base") == "'my runs/base'");
    CHECK(quoted_word("base#run=0") == "'base#run=0'");
    CHECK(quoted_word("~/it's") == R"('~/it'\''s')");
}
