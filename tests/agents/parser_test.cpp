#include <catch2/catch.hpp>

#include "agents/checker/lexer.h"
#include "agents/checker/parser.h"
#include "tests/agents/checker_support.h"

using namespace rackrace;
using namespace rackrace::lua;
using checker_test::codes_of;
using checker_test::lua_accepts;
using Codes = std::vector<std::string>;

namespace {

bool accepts(std::string_view source) { return check_script("test.lua", source).is_lua; }

/// An expression with all its grouping written out.
std::string grouped(const Expr* expr) {
    constexpr std::string_view kUnary[] = {"-", "not ", "#", "~"};
    constexpr std::string_view kBinary[] = {"+", "-", "*", "/", "//", "%", "^", "..", "<<", ">>", "&", "~", "|", "==", "~=", "<", "<=", ">", ">=", "and", "or"};
    if (const auto* name = as<NameExpr>(expr)) return std::string(name->text);
    if (const auto* integer = as<IntegerLiteral>(expr)) return std::to_string(integer->value);
    if (const auto* paren = as<Paren>(expr)) return grouped(paren->inner);
    if (const auto* unary = as<Unary>(expr)) return "(" + std::string(kUnary[static_cast<int>(unary->op)]) + grouped(unary->operand) + ")";
    if (const auto* binary = as<Binary>(expr))
        return "(" + grouped(binary->left) + " " + std::string(kBinary[static_cast<int>(binary->op)]) + " " + grouped(binary->right) + ")";
    if (const auto* index = as<Index>(expr)) {
        const auto* key = as<StringLiteral>(index->key);
        return grouped(index->object) + (key != nullptr ? "." + std::string(key->value) : "[" + grouped(index->key) + "]");
    }
    if (const auto* call = as<Call>(expr)) {
        std::string out = grouped(call->callee) + "(";
        for (const Expr* argument : call->arguments) out += grouped(argument) + (argument == call->arguments.back() ? "" : ", ");
        return out + ")";
    }
    return "?";
}

std::string grouped(std::string_view text) {
    const SourceText source("test.lua", "return " + std::string(text));
    Diagnostics diagnostics(source);
    const Ast ast = parse(source, tokenize(source, diagnostics), diagnostics);
    REQUIRE_FALSE(diagnostics.has_errors());
    return grouped(as<ReturnStat>(ast.chunk->body->statements.at(0))->values.at(0));
}

std::string repeated(std::string_view text, int count) {
    std::string out;
    for (int i = 0; i < count; ++i) out += text;
    return out;
}

}  // namespace

TEST_CASE("Operators group by Lua's priorities", "[agents][parser]") {
    CHECK(grouped("a or b and c < d | e ~ f & g << h .. i + j * -k ^ l") == "(a or (b and (c < (d | (e ~ (f & (g << (h .. (i + (j * (-(k ^ l))))))))))))");
    CHECK(grouped("a .. b .. c") == "(a .. (b .. c))");
    CHECK(grouped("a ^ b ^ c") == "(a ^ (b ^ c))");
    CHECK(grouped("a - b - c") == "((a - b) - c)");
    CHECK(grouped("2 ^ -3") == "(2 ^ (-3))");
    CHECK(grouped("not a == b") == "((not a) == b)");
    CHECK(grouped("#t.x[1](2).y") == "(#t.x[1](2).y)");
    CHECK(grouped("a // b % c ~= ~d >> 1") == "(((a // b) % c) ~= ((~d) >> 1))");
    CHECK(grouped("(a + b) * c") == "((a + b) * c)");
}

TEST_CASE("The whole language is accepted", "[agents][parser]") {
    for (const std::string_view source : {
             "", ";;;", "::a:: ::b:: goto a", "return", "return;", "return 1, 2;", "local a <const>, b <close> = 1, nil", "local function f(...) return ... end",
             "function a.b.c:d(x, ...) return self, x, ... end", "for i = 1, 2 do end for i = 1, 2, 3 do break end", "for k, v in f(), g do goto next ::next:: end",
             "repeat local x = 1 until x == 1", "while true do if a then break elseif b then else end end", "do local x; do end end", "f{1, 2; 3, a = 4, [5] = 6,}",
             "f'text' f[[text]]:g{}:h()", "(f)()", "(f or g)(1)", "a.b['c'], d = 1, 2", "local t = {f = function() end, [1] = {}}", "goto done; local x; ::done::",
             "do goto l1 end ::l1::", "repeat if x then goto cont end; local y = 1; ::cont:: do end until true or nil", "x = 0x.8p1 // 3 ~ ~4", "local a <const> = 5; print(a)"}) {
        INFO(source);
        CHECK(lua_accepts(source) == accepts(source));
    }
}

TEST_CASE("What Lua refuses is refused", "[agents][parser]") {
    for (const std::string_view source : {
             "x", "x =", "= 1", "f() = 1", "(x) = 1", "a.b:c = 1", "a.b:c", "x, f() = 1, 2", "local", "local x <const", "local x <static> = 1", "local a <close>, b <close>",
             "local a <const> = 1; a = 2", "local a <const> = 1; function a() end", "local a <const> = 1; local function f() a = 2 end", "break", "while x do function f() break end end",
             "goto x", "do ::x:: end goto x", "::x:: ::x::", "::x:: do ::x:: end", "goto x; local a; ::x:: f()", "repeat goto x; local a; ::x:: until a", "function f() return ... end",
             "if x then", "if x end", "for i do end", "for i = 1 do end", "for a.b in c do end", "for i, j = 1, 2 do end", "return 1 x = 2", "end", "until x", "f(", "f(1", "f(1,)", "{}",
             "x = {1 2}", "x = {[1] 2}", "x = {a = }", "x = a..", "x = not", "x = 1 + + ", "x = function f() end", "function f(a,) end", "function f(..., a) end", "local function a.b() end",
             "goto 1", "::a:", "x = 'a\nb'", "x = \"\\400\"", "x = '\\xg0'", "x = '\\u{110000000}'", "x = [=[ ]]", "x = [=", "--[[ open", "x = 3in", "x = 0xep", "x = @", "x != y", "a.1 = 2",
             "function a:b.c() end", "x = 5 = 6", "local x = 1, = 2", "f:g", "x = {f:g}", "\"a\":b()", "do goto l1; end; local a; ::l1:: f()", "if x then else elseif y then end"}) {
        INFO(source);
        CHECK_FALSE(lua_accepts(source));
        CHECK_FALSE(accepts(source));
    }
}

TEST_CASE("Nesting ends where Lua's ends", "[agents][parser]") {
    const std::vector<std::pair<std::string, std::string>> shapes{{"(", ")"}, {"{", "}"}, {"-", ""}, {"not ", ""}, {"a ..", ""}, {"2^", ""}, {"f(", ")"}, {"function() return ", " end "}};
    for (const auto& [open, close] : shapes)
        for (const int depth : {60, 65, 66, 67, 97, 98, 99, 100, 195, 196, 197, 198, 199, 200, 201, 5000}) {
            const std::string source = "x = " + repeated(open, depth) + "1" + repeated(close, depth);
            INFO(open << " nested " << depth << " times");
            CHECK(accepts(source) == lua_accepts(source));
        }
    for (const int depth : {197, 198, 199, 200, 201}) {
        INFO(depth);
        for (const std::string& source : {repeated("do ", depth) + repeated("end ", depth), repeated("x, ", depth) + "x = 1", repeated("if x then ", depth) + repeated("end ", depth),
                                          repeated("x, ", depth) + "x = (((1)))", "do " + repeated("x, ", depth) + "x = 1 end"})
            CHECK(accepts(source) == lua_accepts(source));
        std::string labels;
        for (int i = 0; i < depth; ++i) labels += "::a" + std::to_string(i) + "::;";
        CHECK(accepts(labels) == lua_accepts(labels));
    }
    CHECK(codes_of("x = " + repeated("(", 100000)) == Codes{"S017"});
}

TEST_CASE("Chains that lean left may be as long as a file", "[agents][parser]") {
    for (const std::string_view link : {" + 1", ".a", "()", "[1]", ":b()", " or x", "'s'"}) {
        const std::string source = "local x x = x" + repeated(link, 50000);
        INFO(link);
        CHECK(accepts(source));
    }
}

TEST_CASE("Locals and upvalues are limited like Lua's", "[agents][parser]") {
    const auto locals = [](int count) {
        std::string out;
        for (int i = 0; i < count; ++i) out += "local a" + std::to_string(i) + "\n";
        return out;
    };
    for (const int count : {199, 200, 201}) CHECK(accepts(locals(count)) == lua_accepts(locals(count)));
    for (const int count : {195, 196, 197, 198}) {
        CHECK(accepts(locals(count) + "for i = 1, 2 do end") == lua_accepts(locals(count) + "for i = 1, 2 do end"));
        CHECK(accepts(locals(count) + "for i in f do end") == lua_accepts(locals(count) + "for i in f do end"));
    }
    const auto upvalues = [&](int count) {
        std::string inner;
        for (int i = 0; i < count; ++i) inner += "f(" + std::string(i < 190 ? "a" : "b") + std::to_string(i < 190 ? i : i - 190) + ")\n";
        std::string middle;
        for (int i = 0; i < 100; ++i) middle += "local b" + std::to_string(i) + "\n";
        return locals(190) + "function g()\n" + middle + "function h()\n" + inner + "end end";
    };
    for (const int count : {253, 254, 255, 256}) CHECK(accepts(upvalues(count)) == lua_accepts(upvalues(count)));
}

TEST_CASE("One mistake gives one message, and all statements behind it are read", "[agents][parser]") {
    CHECK(codes_of("local x = = 3\nlocal y = 4 +\nlocal z = os.time()\n") == Codes{"S001", "S001", "B101"});
    CHECK(codes_of("if x = 3 then f() end\nif then g() end\nwhile x h() end\n") == Codes{"S007", "S001", "S007"});
    CHECK(codes_of("f(a, b c, d)\ng(1\nlocal x = )\n") == Codes{"S007", "S004", "S001"});
    CHECK(codes_of("for i = 1 do f() end\nfor i 1, 3 do f() end\nlocal 3 = 4\nreturn 1\n") == Codes{"S007", "S007", "S007"});
}

TEST_CASE("An error in a field of the declaration leaves the other fields readable", "[agents][parser]") {
    const std::string source =
        "return race.lab {\n"
        "  api = \"1.0\"\n"            // comma missing
        "  name = ,\n"                 // value missing
        "  params = { a = race.range(0, 1, 0.5 0.1) },\n"
        "  decide = function(obs, act)\n    local x = * 2\n    act.mark(\"a\")\n  end,\n"
        "  operate = function(obs, act)\n    x = = 1\n  end,\n}\n";
    CHECK(codes_of(source) == Codes{"S007", "S001", "S007", "S001", "S001"});
}

TEST_CASE("A missing end is reported once, at the block that lacks it", "[agents][parser]") {
    const std::string source =
        "return race.lab {\n"
        "  decide = function(obs, act)\n"
        "    if obs.me.rating > 3 then\n"
        "      act.mark(\"low\")\n"
        "    for i = 1, 3 do f(i) end\n"
        "  end,\n"
        "  operate = function(obs, act)\n"
        "  end,\n"
        "}\n";
    const CheckReport report = check_script("test.lua", source);
    REQUIRE(checker_test::codes(report) == Codes{"S004"});
    CHECK(report.diagnostics[0].place.begin.line == 3);
    CHECK(report.diagnostics[0].what.find("'if' of line 3") != std::string::npos);
}

TEST_CASE("At most fifty messages are kept, the rest is counted", "[agents][parser]") {
    const CheckReport report = check_script("test.lua", repeated("x = = 1\n", 80));
    CHECK(report.diagnostics.size() == 50);
    CHECK(report.dropped == 30);
}
