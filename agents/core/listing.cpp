// Programs for people: every line of the script with the instructions that it became.
#include <algorithm>
#include <bit>
#include <cstdio>

#include "agents/core/compile.h"
#include "agents/field_binding.h"
#include "agents/host/memory_binding.h"
#include "engine/base/number_text.h"
#include "engine/quarter/verbs.h"

namespace rackrace {
namespace {

/// A word of the pool: a float where it reads as one that a person would write, else an integer.
std::string constant_text(std::uint64_t word) {
    const auto whole = static_cast<std::int64_t>(word);
    if (whole > -(std::int64_t{1} << 32) && whole < (std::int64_t{1} << 32)) return std::to_string(whole);
    return number_text(std::bit_cast<double>(word));
}

/// The field of a struct that begins at a byte: "market.hist.util_frac[2]".
std::string field_at(const RecordBinding& record, int byte) {
    for (const FieldBinding& field : record.fields) {
        const int beyond = byte - static_cast<int>(field.info->offset), size = static_cast<int>(field.info->size);
        if (beyond < 0 || beyond >= size * static_cast<int>(field.info->count())) continue;
        const std::string name = field.name + (field.is_list() ? "[" + std::to_string(beyond / size + 1) + "]" : "");
        return field.record != nullptr ? name + "." + field_at(*field.record, beyond % size) : name;
    }
    return "+" + std::to_string(byte);
}

class Names {
public:
    Names(const Program& program, const CheckReport& report) : program_(program), parameters_(report.declaration.parameters), memory_(lay_out(report.declaration.memory)) {}

    std::string instruction(std::size_t at) const {
        const Instruction& instruction = program_.code[at];
        const OpRow& row = row_of(instruction.op);
        const std::uint16_t operands[] = {instruction.a, instruction.b, instruction.c};
        std::string text(row.name);
        if (instruction.op == Op::argument) return text + " " + operand(instruction.b) + " as " + argument(instruction.c);
        for (int i = 0; i < 3; ++i)
            if (const std::string one = shaped(row.shape[static_cast<std::size_t>(i)], operands[i]); !one.empty()) text += " " + one;
        if (row.is_long()) text += " " + shaped(row.shape[4], program_.code[at + 1].a);
        return text;
    }

private:
    std::string operand(std::uint16_t at) const {
        const Space space = space_at(8 * at);
        const int word = at - byte_of(space) / 8;
        switch (space) {
            case Space::frame: return word < program_.memory ? memory(word) : "r" + std::to_string(word - program_.memory);
            case Space::pool: return word < program_.parameters ? "p." + parameters_[static_cast<std::size_t>(word)].name : constant_text(program_.pool[static_cast<std::size_t>(word)]);
            case Space::market: return field_at(*observation_bindings()[0], 8 * word);
            case Space::firm: return field_at(*observation_bindings()[1], 8 * word);
            case Space::results: return field_at(*observation_bindings()[2], 8 * word);
            case Space::info: return field_at(info_binding(), 8 * word);
            case Space::count: break;
        }
        return "";
    }

    std::string memory(int word) const {
        for (const MemorySlot& slot : memory_.slots)
            if (word >= slot.first && word < slot.first + slot.size) return "mem." + slot.name + (slot.is_array ? "[" + std::to_string(word - slot.first + 1) + "]" : "");
        return "";
    }

    /// Of records behind an index only the byte in their item is known here: it is small.
    static std::string place(std::uint16_t at) {
        if (at < byte_of(Space::market)) return "+" + std::to_string(at);
        constexpr const char* kNames[] = {"", "", "market", "firm", "results", "info"};
        const Space space = space_at(at);
        return std::string(kNames[static_cast<int>(space)]) + "+" + std::to_string(at - byte_of(space));
    }

    static std::string argument(std::uint16_t code) {
        const VerbInfo& verb = info_of(static_cast<Verb>(code >> 7));
        return std::string(verb.row.name) + "." + std::string(verb.args[static_cast<std::size_t>(code >> 3 & 15)].name);
    }

    std::string shaped(char shape, std::uint16_t value) const {
        switch (shape) {
            case 'd': case 'u': case 'w': return operand(value);
            case 'j': return "-> " + std::to_string(value);
            case 'p': return place(value);
            case 'l': return program_.list_names[value];
            case 'm': return memory(program_.arrays[value].first).substr(0, memory(program_.arrays[value].first).find('['));
            case 'v': return std::string(info_of(static_cast<Verb>(value)).row.name);
            case 't': return "\"" + program_.texts[value] + "\"";
            case 's': return "stream " + std::to_string(value);
            default: return "";
        }
    }

    const Program& program_;
    const std::vector<Parameter>& parameters_;
    MemoryLayout memory_;
};

}  // namespace

std::string listing(const Program& program, const CheckReport& report) {
    const SourceText& source = *report.source;
    const Names names(program, report);
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
        char number[32];
        std::snprintf(number, sizeof number, "%8zu  ", at);
        out += number + names.instruction(at) + "\n";
    }
    return out;
}

}  // namespace rackrace
