// Random portable scripts by both engines, and a proof that the comparison sees a wrong instruction.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <set>

#include "engine/base/hash.h"
#include "tests/agents/core_support.h"
#include "tests/agents/script_generator.h"

using namespace rackrace;
using namespace rackrace::host_test;

namespace {

Role role_of(std::uint64_t number) { return static_cast<Role>(number % kRoles); }

/// Which operand is the place of a record, '-' for none; 'd' where the result is one. Given any other number the operation, or what follows it, would
/// read beyond the views.
char place_in(Op op) {
    switch (op) {
        case Op::add_bytes: case Op::product_of: case Op::region_of: return 'd';
        case Op::chips_for: case Op::mh_of: case Op::mw_of: case Op::grid_mw: return 'c';
        case Op::payback: case Op::irr_rent: case Op::chip_value: case Op::power_value: return 'b';
        default: return '-';
    }
}

/// The operations that take their operands from the same places. None becomes a load of a double: where other fields stand, none lies straight.
std::vector<Op> alternatives(Op op) {
    std::vector<Op> out;
    for (int i = 0; i < static_cast<int>(Op::count); ++i) {
        const Op other = static_cast<Op>(i);
        if (other != op && row_of(other).shape == row_of(op).shape && place_in(other) == place_in(op) && other != Op::operands && other != Op::load_f64) out.push_back(other);
    }
    return out;
}

std::string first_reason(const std::string& text) {
    const auto strategy = unchecked_strategy("script.lua", text);
    const auto& reasons = strategy->portability.reasons.empty() ? strategy->report.diagnostics : strategy->portability.reasons;
    return render(reasons.front(), *strategy->report.source);
}

/// Where operations that mostly agree part: at equal numbers, at zeros of two signs, below 0, at NaN.
constexpr const char* kEdges[] = {
    "local h, z = 0.5, 0.0 if h < 0.5 or mem.on then mem.x = 1 end if h <= 0.5 or mem.on then mem.y = 1 end if -h < -0.25 or mem.on then mem.a[1] = 1 end if -0.25 <= -h or mem.on then mem.a[2] = 1 end",
    "local z = 0.0 if z == -z or mem.on then mem.x = 1 end if z ~= -z or mem.on then mem.y = 1 end local nan = z / z if nan == nan or mem.on then mem.a[1] = 1 end if nan ~= nan or mem.on then mem.a[2] = 1 end",
    "local n = 0 for i = -2, 2 do if i == -1 or i == 2 then n = n + 10 end if i ~= 0 or mem.on then n = n + 1 end if i < 0 or mem.on then n = n + 100 end if i <= 0 or mem.on then n = n + 1000 end end mem.x = n",
    "mem.on = true if mem.on == (mem.x == 0.0) then mem.y = 1 end",
    "mem.x = race.runway_q(obs.me) mem.y = race.leverage(obs.me) mem.a[1] = race.hhi(obs) mem.a[2] = race.share(obs)"};

struct Compared {
    Role role;
    std::string text;
    std::shared_ptr<const Program> program;
    Played lua;
};

}  // namespace

TEST_CASE("The generator gives the same scripts by every compiler", "[agents][core][fuzz]") {
    std::string all;
    for (std::uint64_t number = 0; number < 200; ++number) all += generate_script(role_of(number), number);
    CHECK(name_hash(all.data(), all.size()) == 0x9b5616d0f01aad40u);  // changes with the generator alone
}

TEST_CASE("Random portable scripts give the same orders, memory and errors by Lua and compiled", "[agents][core][fuzz]") {
    const std::uint64_t scripts = std::getenv("RACKRACE_LONG") != nullptr ? 200'000 : 500;
    int failed = 0;
    for (std::uint64_t number = 0; number < scripts; ++number) {
        const std::string text = generate_script(role_of(number), number);
        const std::string kept_off = reasons(text);
        const Role role = role_of(number);
        const Played lua = play_script(role, text, EngineChoice::lua), core = play_script(role, text, EngineChoice::core);
        const std::string differs = kept_off.empty() ? difference(lua, core) : "not portable: " + first_reason(text);
        failed += lua.failed_lines.empty() ? 0 : 1;
        if (differs.empty()) continue;
        FAIL_CHECK("script " << number << ": " << differs << "\n" << text);
        break;
    }
    CHECK(failed * 2 < static_cast<int>(scripts));  // most play to their end
    CHECK(failed > 0);
}

TEST_CASE("Each operation that random scripts use, taken for another, is seen by the comparison", "[agents][core][mutation]") {
    std::vector<Compared> corpus;
    const auto add = [&](Role role, const std::string& text) {
        Compared one{role, text, nullptr, {}};
        one.program = unchecked_strategy("script.lua", one.text)->portability.program;
        REQUIRE(one.program != nullptr);
        one.lua = play_script(role, one.text, EngineChoice::lua, 1);
        corpus.push_back(std::move(one));
    };
    for (const char* edge : kEdges) add(Role::hyperscaler, script_with(Role::hyperscaler, "memory = { x = 0.0, y = 0.0, on = false, a = race.array(4, 0.0) },\ndecide = function(obs, act, p, mem, rng) " + std::string(edge) + "\nend,"));
    for (std::uint64_t number = 0; number < 160; ++number) add(role_of(number), generate_script(role_of(number), number));
    std::set<Op> used;
    for (const Compared& one : corpus)
        for (const Instruction& instruction : one.program->code) used.insert(instruction.op);
    CHECK(used.size() > 60);
    for (const Op op : used) {
        if (place_in(op) == 'd') continue;
        for (const Op other : alternatives(op)) {
            if (op == Op::load_whole && other == Op::load_u8) continue;  // the same for ids below 256
            bool is_seen = false;
            for (const Compared& one : corpus) {
                auto wrong = std::make_shared<Program>(*one.program);
                bool is_changed = false;
                for (Instruction& instruction : wrong->code)
                    if (instruction.op == op) instruction.op = other, is_changed = true;
                if (!is_changed) continue;
                is_seen = !difference(one.lua, play_script(one.role, one.text, EngineChoice::core, 1, wrong)).empty();
                if (is_seen) break;
            }
            INFO(row_of(op).name << " taken for " << row_of(other).name);
            CHECK(is_seen);
        }
    }
}
