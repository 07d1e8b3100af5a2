#include <catch2/catch.hpp>
#include <cmath>
#include <lua.hpp>

#include "agents/checker/lexer.h"
#include "agents/checker/number.h"
#include "tests/agents/checker_support.h"

using namespace rackrace;
using namespace rackrace::lua;
using Codes = std::vector<std::string>;

namespace {

struct Read {
    SourceText source;
    Diagnostics diagnostics;
    Tokens tokens;

    explicit Read(std::string_view text) : source("test.lua", text), diagnostics(source), tokens(tokenize(source, diagnostics)) {}
};

std::string string_value(std::string_view text) {
    const Read read(text);
    REQUIRE(read.tokens.all[0].kind == TokenKind::string);
    return std::string(read.tokens.all[0].text);
}

/// What Lua itself makes of a chunk that returns one text or number.
class RealLua {
public:
    RealLua() : state_(luaL_newstate()) {}
    ~RealLua() { lua_close(state_); }
    RealLua(const RealLua&) = delete;
    RealLua& operator=(const RealLua&) = delete;

    bool run(const std::string& chunk) {
        lua_settop(state_, 0);
        return luaL_loadbufferx(state_, chunk.data(), chunk.size(), "=test", "t") == LUA_OK && lua_pcall(state_, 0, 1, 0) == LUA_OK;
    }
    std::string text() {
        std::size_t size = 0;
        const char* bytes = lua_tolstring(state_, -1, &size);
        return std::string(bytes, size);
    }
    bool is_integer() { return lua_isinteger(state_, -1) != 0; }
    std::int64_t integer() { return lua_tointeger(state_, -1); }
    double real() { return lua_tonumber(state_, -1); }

private:
    lua_State* state_;
};

}  // namespace

TEST_CASE("The lexer reads a numeral as Lua does, or refuses it as Lua does", "[agents][lexer]") {
    RealLua real;
    for (const std::string numeral :
         {"0", "3", "345", "0xff", "0xBEBADA", "0xFFFFFFFFFFFFFFFF", "0x1FFFFFFFFFFFFFFFF", "9223372036854775807", "9223372036854775808", "3.0",
          "3.1416", "314.16e-2", "0.31416E1", "34e1", "0x0.1E", "0xA23p-4", "0X1.921FB54442D18P+1", ".5", "5.", "5.e3", "0x.8", "0x8.", "1e309",
          "1e999999999999", "1e-400", "1e-320", "0e999", "0x1p-1075", "0x1p-1074", "0x1p1024", "0x1p99999999999", "0x0p99999999999", "4.9406564584124654e-324",
          "123456789012345678901234567890", "0.1", "1e22", "1e23", "8.5e-45", "00012", "0x", "0x.", "1e", "1e+", "3x", "3..2", "1..2", "0x1p", "0xg", "08",
          "1e5e5", "0b11", "1_000", "1.2.3", "0x1.8", "0x1E", "7f", "2L"}) {
        INFO(numeral);
        const bool accepted = real.run("return " + numeral);
        const auto value = parse_numeral(numeral);
        const Read read(numeral);
        CHECK(read.diagnostics.has_errors() == !value.has_value());
        REQUIRE(value.has_value() == accepted);
        if (!accepted) continue;
        REQUIRE(std::holds_alternative<std::int64_t>(*value) == real.is_integer());
        if (real.is_integer()) CHECK(std::get<std::int64_t>(*value) == real.integer());
        else CHECK(std::get<double>(*value) == real.real());
    }
}

TEST_CASE("The lexer reads a string as Lua does", "[agents][lexer]") {
    RealLua real;
    for (const std::string text :
         {R"("a\tb\n\"c\"\\")", R"('\a\b\f\r\v\'')", R"("\65\066\x41\x7a\0end")", R"("\u{48}\u{20AC}\u{10FFFF}\u{7FFFFFFF}")", "\"a\\z  \n\t b\"", "\"a\\\nb\"",
          "\"a\\\r\nb\"", "[[plain]]", "[==[a]]b]=]c]==]", "[[\nfirst]]", "[[\r\nfirst\r\nsecond\n\rthird]]", "[[\n\nblank]]", "[[]]", "[[\r]]", "\"\"", "'Zürich'"}) {
        INFO(text);
        REQUIRE(real.run("return " + text));
        CHECK(string_value(text) == real.text());
    }
}

TEST_CASE("The lexer cuts symbols by the longest match", "[agents][lexer]") {
    const Read read("...==~=<=>>//::..<-- comment\n~--[[ long\n ]] x");
    Codes kinds;
    for (const Token& token : read.tokens.all) kinds.emplace_back(token_text(token.kind));
    CHECK(kinds == Codes{"...", "==", "~=", "<=", ">>", "//", "::", "..", "<", "~", "a name", "the end of the file"});
    CHECK_FALSE(read.diagnostics.has_errors());
}

TEST_CASE("The lexer finds every defect of a file and goes on behind each", "[agents][lexer]") {
    const Read read("local a = 1_0\nlocal b = 'open\nlocal c = \"\\q\"\nlocal d = [==[ never closed\n");
    Codes found;
    for (const Diagnostic& d : read.diagnostics.all()) found.emplace_back(d.code);
    CHECK(found == Codes{"S003", "S002", "S005", "S002"});
}

TEST_CASE("Text that is not UTF-8, a NUL byte, a byte order mark and a compiled chunk are refused", "[agents][lexer]") {
    using checker_test::codes_of;
    CHECK(codes_of("-- Z\xFCrich\n" + checker_test::with_decide(""))[0] == "S006");
    CHECK(codes_of(std::string("-- a\0b\n", 7) + checker_test::with_decide("")) == Codes{"S006"});
    CHECK(codes_of("\xEF\xBB\xBF" + checker_test::with_decide("")) == Codes{"S006"});
    CHECK(codes_of("\x1BLuaT")[0] == "S006");
    CHECK_FALSE(check_script("x.lua", "\x1BLuaT").is_lua);
    CHECK(codes_of("-- overlong \xC0\xAF surrogate \xED\xA0\x80\n" + checker_test::with_decide("")) == Codes{"S006"});
    CHECK(codes_of("-- Zürich, 東京, 🚀\n" + checker_test::with_decide("")).empty());
}

TEST_CASE("Columns count code points, and a line feed pair is one line break", "[agents][lexer]") {
    const SourceText source("x.lua", "a\r\nZü\tx\n\rb\n\nc");
    CHECK(source.position(0).line == 1);
    CHECK(source.position(7).line == 2);
    CHECK(source.position(7).column == 4);
    CHECK(source.line_text(2) == "Zü\tx");
    CHECK(source.line_text(3) == "b");
    CHECK(source.line_text(5) == "c");
    CHECK(source.line_text(6).empty());
}
