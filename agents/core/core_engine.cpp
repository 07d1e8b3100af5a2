#include "agents/core/core_engine.h"

#include <algorithm>

#include "agents/host/script_effects.h"

namespace rackrace {
namespace {

/// Verbs by the table of the engine, what they leave behind by the context.
struct HostCalls {
    ScriptContext& context;
    const Program& program;
    std::string_view script;
    bool has_memory = true;

    VerbAnswer apply(Verb verb, const unsigned char* args, int line) const {
        return info_of(verb).apply(*context.scenario, *context.world, context.firm, args, line, *context.orders);
    }
    void told(Verb verb, const VerbAnswer& answer, const unsigned char* args, int line) {
        has_memory = note_call(context, info_of(verb), answer, args, script, line) && has_memory;
    }
    bool trace(int text, double value, bool is_mark, int line) {
        const TraceNote note = note_trace(context, program.texts[static_cast<std::size_t>(text)], value, is_mark, line);
        has_memory = note != TraceNote::no_memory && has_memory;
        return note == TraceNote::shown;
    }
};

/// The same, and what each instruction takes of the budget.
struct CountedCalls : HostCalls {
    std::vector<std::int64_t>& units;
    int last_pc = -1;
    std::int32_t last_fuel = 0;

    void step(int pc, std::int32_t fuel) {
        if (last_pc >= 0) units[static_cast<std::size_t>(last_pc)] += last_fuel - fuel;
        last_pc = pc;
        last_fuel = fuel;
    }
};

std::string argument_text(const Instruction& instruction) {
    const VerbInfo& verb = info_of(static_cast<Verb>(instruction.c >> 7));
    return std::string(verb.row.name) + ": '" + std::string(verb.args[static_cast<std::size_t>(instruction.c >> 3 & 15)].name) + "' ";
}

/// In the words of the sandbox, where it has some.
std::string message_of(const Program& program, const CoreFault& fault) {
    const Instruction& instruction = program.code[static_cast<std::size_t>(fault.pc)];
    const auto outside = [&](const std::string& at, const std::string& list) { return "index " + at + " is outside 1 to " + std::to_string(fault.of) + " in " + list; };
    const auto list = [&] { return program.list_names[instruction.c]; };
    switch (fault.error) {
        case CoreError::none: break;
        case CoreError::fuel: return "more than " + std::to_string(kCoreFuel) + " instructions in one decision";
        case CoreError::index: return outside(std::to_string(fault.at), list());
        case CoreError::fraction: return outside("a fraction", list());
        case CoreError::array_index: return "index " + std::to_string(fault.at) + " is outside 1 to " + std::to_string(fault.of) + " of an array of mem";
        case CoreError::array_fraction: return "an index that is a fraction is outside 1 to " + std::to_string(fault.of) + " of an array of mem";
        case CoreError::not_finite: return instruction.op == Op::trace ? "trace: the value is not a finite number" : argument_text(instruction) + "is not a finite number";
        case CoreError::negative: return argument_text(instruction) + "is below 0";
        case CoreError::not_whole: return argument_text(instruction) + "is a number, not a whole number";
        case CoreError::stage: return std::string(info_of(static_cast<Verb>(instruction.b)).row.name) + " is a verb of stage A, which is over in operate: call it in decide";
        case CoreError::zero_step: return "'for' step is zero";
        case CoreError::zero_divisor: return "attempt to perform 'n//0'";
        case CoreError::zero_modulus: return "attempt to perform 'n%0'";
        case CoreError::no_whole: return "rng:int needs a whole number between its ends";
        case CoreError::product: return "an id that is no product of obs.market.products";
        case CoreError::region: return "an id that is no region of obs.market.regions";
        case CoreError::npv_long: return "npv takes at most " + std::to_string(kDeskMemory) + " quarters";
        case CoreError::npv_short: return "npv: the array has fewer than " + std::to_string(fault.at) + " items";
    }
    return "";
}

ScriptErrorKind kind_of(CoreError error) {
    switch (error) {
        case CoreError::fuel: return ScriptErrorKind::budget;
        case CoreError::not_finite: case CoreError::negative: case CoreError::not_whole: case CoreError::stage: case CoreError::no_whole:
        case CoreError::product: case CoreError::region: case CoreError::npv_long: case CoreError::npv_short: return ScriptErrorKind::call;
        default: return ScriptErrorKind::runtime;
    }
}

}  // namespace

std::vector<std::uint64_t> pool_of(const Program& program, const std::vector<Parameter>& parameters, const std::vector<ParameterValue>& values) {
    std::vector<std::uint64_t> pool = program.pool;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (const auto* number = std::get_if<double>(&values[i])) pool[i] = std::bit_cast<std::uint64_t>(*number);
        else if (const auto* flag = std::get_if<bool>(&values[i])) pool[i] = *flag ? 1 : 0;
        else if (const auto& choices = parameters[i].choices; !choices.empty())
            pool[i] = static_cast<std::uint64_t>(std::find(choices.begin(), choices.end(), std::get<std::string>(values[i])) - choices.begin());
    }
    return pool;
}

ScriptError error_of(const Strategy& strategy, const CoreFault& fault) {
    const Program& program = *strategy.portability.program;
    return {strategy.main.name, program.lines[static_cast<std::size_t>(fault.pc)], message_of(program, fault), kind_of(fault.error)};
}

CoreEngine::CoreEngine(const Strategy& strategy, const std::vector<ParameterValue>& parameters, ScriptContext& context)
    : strategy_(strategy), program_(*strategy.portability.program), context_(context), pool_(pool_of(program_, strategy.declaration().parameters, parameters)) {}

std::optional<ScriptError> CoreEngine::run(Callback which) {
    bank_.market = *context_.market;
    bank_.view = *context_.view;
    bank_.shown = context_.shown;
    bank_.info = context_.info;
    CoreSeat seat{context_.scenario, context_.world, &bank_, context_.desk, context_.orders, context_.firm, context_.author, context_.stage, 0, kCoreFuel, {}, &context_.outlook};
    HostCalls calls{context_, program_, strategy_.main.name};
    const int entry = program_.entries[static_cast<int>(which)];
    CoreFault fault;
    if (context_.profile == nullptr) {
        fault = run_callback(program_.view(pool_.data()), entry, seat, calls);
    } else {
        context_.profile->units.resize(program_.code.size());
        CountedCalls counted{calls, context_.profile->units};
        fault = run_callback(program_.view(pool_.data()), entry, seat, counted);
        counted.step(-1, seat.fuel);
        ++context_.profile->callbacks;
        calls.has_memory = counted.has_memory;
    }
    budget_used_ = kCoreFuel - seat.fuel;
    if (fault.error != CoreError::none) return error_of(strategy_, fault);
    if (!calls.has_memory) return ScriptError{strategy_.main.name, 0, "no memory is left for the log of orders and traces", ScriptErrorKind::memory};
    return std::nullopt;
}

}  // namespace rackrace
