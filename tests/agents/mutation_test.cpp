// Thousands of damaged copies of the example strategies: the checker always ends, never fails, and agrees with Lua on what is Lua.
// RACKRACE_MUTATIONS=60000 tries more of them.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <random>

#include "agents/host/strategy.h"
#include "tests/agents/checker_support.h"

using namespace rackrace;

namespace {

using Random = std::mt19937;

std::size_t below(Random& random, std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random); }

/// One change: a byte replaced, removed or doubled, a piece moved, a word of Lua put in.
void damage(std::string& text, Random& random) {
    static const std::vector<std::string> kPieces{"end",  "then", "do",   "function", "local ", "=",  "==", "(",      ")",  "{",   "}",     "[[",       "]]",   "--",    "\"",  "'", ",", ";",
                                                  "..",   "...",  "goto", "::x::",    "break",  "\\", "\n", "return", "if ", "for ", "while ", "repeat ", "until", "0x",    "1e", "~", "//",
                                                  "<const>", "[=[", "not ", "and ",   "or ",    "nil", "#", "goto x ", "x", "5"};
    const std::size_t at = below(random, text.size() + 1);
    const std::size_t length = std::min<std::size_t>(below(random, 12) + 1, text.size() - at);
    switch (below(random, 6)) {
        case 0: if (at < text.size()) text[at] = static_cast<char>(below(random, 256)); break;
        case 1: text.erase(at, length); break;
        case 2: text.insert(at, text.substr(at, length)); break;
        case 3: text.insert(at, kPieces[below(random, kPieces.size())]); break;
        case 4: text.insert(below(random, text.size() + 1), text.substr(below(random, text.size() + 1), below(random, 40))); break;
        default: text.replace(at, length, kPieces[below(random, kPieces.size())]);
    }
}

}  // namespace

TEST_CASE("Damaged strategies are accepted exactly where Lua accepts them", "[agents][mutation]") {
    const char* more = std::getenv("RACKRACE_MUTATIONS");
    const int count = more != nullptr ? std::atoi(more) : 2000;
    int accepted = 0;
    for (const auto& file : checker_test::example_scripts()) {
        const std::string original = checker_test::read_text(file);
        Random random(20260);
        for (int i = 0; i < count; ++i) {
            std::string text = original;
            for (std::size_t changes = below(random, 4) + 1; changes > 0; --changes) damage(text, random);
            const CheckReport report = check_script("damaged.lua", text, {i % 3 == 0 ? &checker_test::sample_api() : &api_names(), i % 7 == 0});
            const bool real = checker_test::lua_accepts(text);
            accepted += real ? 1 : 0;
            if (report.is_lua != real) {
                INFO(file.filename().string() << " damaged, try " << i << ", Lua " << (real ? "accepts" : "refuses") << ":\n" << text << "\n" << report.text());
                CHECK(report.is_lua == real);
            }
            if (!report.is_lua) CHECK(report.has_errors());
            CHECK(report.diagnostics.size() <= Diagnostics::kMaxMessages);
            if (i % 20 == 0) CHECK_FALSE(report.text().empty());
        }
    }
    CHECK(accepted > count / 10);
}

TEST_CASE("Random words of Lua are accepted exactly where Lua accepts them", "[agents][mutation]") {
    static const std::vector<std::string> kWords{"x", "f", "a.b", "1", "'s'", "nil", "...", "(", ")", "{", "}", "[", "]", "=", ",", ";", "+", "-", "..", "==", "and", "not", "#", "local", "function",
                                                 "end", "if", "then", "else", "for", "in", "do", "while", "repeat", "until", "return", "break", "goto", "::", ":", "<const>", "f()", "x =", "end", "end"};
    Random random(7);
    for (int i = 0; i < 20000; ++i) {
        std::string text;
        for (std::size_t words = below(random, 10) + 1; words > 0; --words) text += kWords[below(random, kWords.size())] + " ";
        const CheckReport report = check_script("words.lua", text);
        INFO(text << "\n" << report.text());
        REQUIRE(report.is_lua == checker_test::lua_accepts(text));
    }
}
