// Programs for people: every line of the script with the instructions that it became.
#include <bit>
#include <cstdio>

#include "agents/core/compile.h"
#include "engine/base/number_text.h"
#include "engine/quarter/verbs.h"

namespace rackrace {
namespace {

/// A word of the pool: a float where it reads as one that a person would write, else an integer.
std::string constant_text(std::uint64_t word) {
    const auto whole = static_cast<std::int64_t>(word);
    if (whole > -(std::int64_t{1} << 32) && whole < (std::int64_t{1} << 32)) return whole == 0 ? "0" : std::to_string(whole);
    return number_text(std::bit_cast<double>(word));
}

std::string operand_text(const Program& program, std::uint16_t at) {
    const int word = at & kSpaceMask;
    switch (static_cast<Space>(at >> kSpaceShift)) {
        case Space::frame: return (word < program.memory ? "mem" + std::to_string(word) : "r" + std::to_string(word - program.memory));
        case Space::pool: return word < program.parameters ? "p" + std::to_string(word) : constant_text(program.pool[static_cast<std::size_t>(word)]);
        case Space::market: return "market+" + std::to_string(8 * word);
        case Space::firm: return "firm+" + std::to_string(8 * word);
    }
    return "";
}

std::string place_text(std::uint16_t at) {
    constexpr const char* kSources[] = {"market", "firm", "results", "info"};
    return std::string(kSources[at >> kSpaceShift]) + "+" + std::to_string(at & kSpaceMask);
}

std::string argument_text(std::uint16_t code) {
    const VerbInfo& verb = info_of(static_cast<Verb>(code >> 7));
    return "as " + std::string(verb.row.name) + "." + std::string(verb.args[static_cast<std::size_t>(code >> 3 & 15)].name);
}

std::string shaped_text(const Program& program, char shape, std::uint16_t value) {
    switch (shape) {
        case 'd': case 'u': case 'w': return operand_text(program, value);
        case 'j': return "-> " + std::to_string(value);
        case 'p': return place_text(value);
        case 'l': return program.list_names[value];
        case 'm': return "mem" + std::to_string(program.arrays[value].first) + "[" + std::to_string(program.arrays[value].size) + "]";
        case 'v': return std::string(info_of(static_cast<Verb>(value)).row.name);
        case 't': return "\"" + program.texts[value] + "\"";
        case 's': return "stream " + std::to_string(value);
        default: return "";
    }
}

std::string instruction_text(const Program& program, std::size_t at) {
    const Instruction& instruction = program.code[at];
    const OpRow& row = row_of(instruction.op);
    const std::uint16_t operands[] = {instruction.a, instruction.b, instruction.c};
    std::string text(row.name);
    if (instruction.op == Op::argument) return text + " " + operand_text(program, instruction.b) + " " + argument_text(instruction.c);
    for (int i = 0; i < 3; ++i)
        if (const std::string one = shaped_text(program, row.shape[static_cast<std::size_t>(i)], operands[i]); !one.empty()) text += " " + one;
    if (row.is_long()) text += " " + shaped_text(program, row.shape[4], program.code[at + 1].a);
    return text;
}

}  // namespace

std::string listing(const Program& program, const SourceText& source) {
    std::string out = std::to_string(program.code.size()) + " instructions, " + std::to_string(program.pool.size()) + " constants and parameters, " + std::to_string(program.memory) +
                      " words of memory, " + std::to_string(program.registers) + " registers\n";
    int line = 0;
    for (std::size_t at = 0; at < program.code.size(); ++at) {
        for (const Callback which : {Callback::init, Callback::decide, Callback::operate})
            if (program.entries[static_cast<int>(which)] == static_cast<int>(at)) out += "\n" + std::string(kCallbackNames[static_cast<std::size_t>(which)]) + "\n";
        if (program.code[at].op == Op::operands) continue;
        if (program.lines[at] != line) {
            line = program.lines[at];
            out += std::to_string(line) + ": " + std::string(source.line_text(line).substr(std::min(source.line_text(line).size(), source.line_text(line).find_first_not_of(" \t")))) + "\n";
        }
        char number[16];
        std::snprintf(number, sizeof number, "%8zu  ", at);
        out += number + instruction_text(program, at) + "\n";
    }
    return out;
}

}  // namespace rackrace
