#include "agents/core/compile.h"

#include <algorithm>

#include "agents/checker/repair.h"
#include "agents/checker/walk.h"
#include "agents/core/compiler.h"
#include "agents/host/memory_binding.h"

namespace rackrace {
namespace {

constexpr int kMostWalks = 2000;  // each walk but the last widens a kind, so they end; scripts settle in two or three
constexpr int kMostLaidOut = 20'000;  // functions in a walk

/// A parameter as the word that stands for its default, and its choices.
std::uint64_t default_word(const Parameter& parameter, Words& choices) {
    if (const auto* number = std::get_if<double>(&parameter.default_value)) return std::bit_cast<std::uint64_t>(*number);
    if (const auto* flag = std::get_if<bool>(&parameter.default_value)) return *flag ? 1 : 0;
    const std::string& text = std::get<std::string>(parameter.default_value);
    choices = parameter.choices.empty() ? Words{text} : parameter.choices;
    return static_cast<std::uint64_t>(std::find(choices.begin(), choices.end(), text) - choices.begin());
}

/// Finds the constants that Lua's own compiler works out.
struct ConstantFinder {
    std::set<const lua::Local*>& found;

    void stat(const lua::Stat& stat, const lua::Function&) {
        const auto* node = lua::as<lua::LocalStat>(&stat);
        if (node != nullptr && node->locals.size() == node->values.size() && !node->locals.empty() && node->locals.back()->attribute == lua::Attribute::constant) found.insert(node->locals.back());
    }
    void expr(const lua::Expr&, const lua::Function&) {}
};

}  // namespace

std::string_view kind_text(CoreKind kind) {
    switch (kind) {
        case CoreKind::real: case CoreKind::whole: case CoreKind::mixed: return "a number";
        case CoreKind::flag: return "true or false";
        case CoreKind::id: return "an id";
        case CoreKind::word: case CoreKind::text: return "a text";
        case CoreKind::record: return "a record";
        case CoreKind::list: case CoreKind::array: return "a list";
        default: return "no value";
    }
}

Compiler::Compiler(const CheckReport& report, Diagnostics& diagnostics)
    : report_(report), diagnostics_(diagnostics), role_(report.declaration.role.value_or(Role::neocloud)), locals_(report.ast.locals().size()), mutable_(kCoreFrame), has_race_(names_race_library(report.ast, report.names)) {
    ConstantFinder finder{folded_};
    lua::Walker<ConstantFinder>(finder).function(*report.ast.chunk);
    const auto& parameters = report.declaration.parameters;
    choices_.resize(parameters.size());
    for (std::size_t i = 0; i < parameters.size(); ++i) program_.pool.push_back(default_word(parameters[i], choices_[i]));
    program_.parameters = static_cast<int>(parameters.size());
    for (const MemorySlot& slot : lay_out(report.declaration.memory).slots) {
        if (slot.is_array) program_.arrays.push_back({slot.first, slot.size});
        program_.memory = slot.first + slot.size;
    }
}

bool Compiler::walk() {
    for (const Callback which : {Callback::init, Callback::decide, Callback::operate}) callback(which);
    return learnt_something_;
}

void Compiler::callback(Callback which) {
    const Declaration& declaration = report_.declaration;
    const lua::Function* function = which == Callback::init ? declaration.init : which == Callback::decide ? declaration.decide : declaration.operate;
    if (function == nullptr) return;
    next_ = program_.memory;
    program_.entries[static_cast<int>(which)] = here();
    layout_ = ++layouts_made_;
    Layout layout{function, 0, -1, {}, {}};
    layouts_.push_back(&layout);
    seed(*function, which);
    block(*function->body);
    layouts_.pop_back();
    patch(layout.ends, here());
    emit(Op::end);
}

/// The arguments of a callback, by their places.
void Compiler::seed(const lua::Function& function, Callback which) {
    constexpr CoreKind kOfQuarter[] = {CoreKind::obs, CoreKind::act, CoreKind::params, CoreKind::memory, CoreKind::rng}, kOfStart[] = {CoreKind::record, CoreKind::params, CoreKind::memory};
    const bool is_start = which == Callback::init;
    if (function.is_vararg) broken("N507", function.head, "a callback with any number of arguments");
    for (std::size_t i = 0; i < function.parameters.size(); ++i) {
        CoreValue& value = locals_[static_cast<std::size_t>(function.parameters[i]->id)];
        value = {};
        if (i >= (is_start ? std::size(kOfStart) : std::size(kOfQuarter))) continue;
        value.kind = is_start ? kOfStart[i] : kOfQuarter[i];
        if (value.kind != CoreKind::record) continue;
        value.record = &info_binding();
        value.offset = byte_of(Space::info);
    }
}

CoreValue Compiler::broken(std::string_view code, TextRange range, std::string what, std::string fix, std::vector<Edit> edits) {
    has_failed_ = true;
    Diagnostic& made = diagnostics_.add(code, range, std::move(what), std::move(fix));
    if (has_race_) made.edits = std::move(edits);
    return {};
}

int Compiler::emit(Op op, int a, int b, int c) {
    if (here() >= kMaxCoreCode) {
        refuse_size();
        return here() - 1;
    }
    program_.code.push_back({op, static_cast<std::uint16_t>(a), static_cast<std::uint16_t>(b), static_cast<std::uint16_t>(c)});
    program_.lines.push_back(line_);
    return here() - 1;
}

/// Once: what follows is not laid out.
void Compiler::refuse_size() {
    if (!is_full_) broken("N522", report_.ast.chunk->range, "more than " + std::to_string(kMaxCoreCode) + " instructions or " + std::to_string(kMostLaidOut) + " calls of functions", "call large helper functions from fewer places");
    is_full_ = true;
}

bool Compiler::may_lay_out() {
    if (here() >= kMaxCoreCode || layouts_made_ >= kMostLaidOut) refuse_size();
    return !is_full_;
}

int Compiler::emit_long(Op op, int a, int b, int c, int d) {
    const int at = emit(op, a, b, c);
    emit(Op::operands, d);
    return at;
}

Jumps Compiler::jump() { return {emit(Op::jump)}; }

/// The loops keep their target in c, all others in a.
void Compiler::patch(const Jumps& jumps, int target) {
    for (const int at : jumps) {
        Instruction& instruction = program_.code[static_cast<std::size_t>(at)];
        const bool is_loop = row_of(instruction.op).shape[2] == 'j';
        (is_loop ? instruction.c : instruction.a) = static_cast<std::uint16_t>(target);
    }
}

int Compiler::allocate(int words) {
    if (next_ + words > kCoreFrame) {
        broken("N522", report_.ast.chunk->range, "more than " + std::to_string(kCoreFrame) + " numbers in memory and locals", "use fewer locals at a time");
        next_ = program_.memory;
    }
    const int at = next_;
    next_ += words;
    for (int i = at; i < next_; ++i) mutable_[static_cast<std::size_t>(i)] = false;
    program_.registers = std::max(program_.registers, next_ - program_.memory);
    return at;
}

std::uint16_t Compiler::pool_word(std::uint64_t word) {
    const auto [known, is_new] = pool_.try_emplace(word, static_cast<int>(program_.pool.size()));
    if (known->second >= kCorePool) {
        broken("N522", report_.ast.chunk->range, "more than " + std::to_string(kCorePool) + " different numbers", "keep long tables of numbers out of the script");
        return 0;
    }
    if (is_new) program_.pool.push_back(word);
    return operand(Space::pool, known->second);
}

CoreValue Compiler::scalar(CoreKind kind, int at) const {
    CoreValue value;
    value.kind = kind;
    value.at = static_cast<std::uint16_t>(at);
    return value;
}

CoreKind Compiler::learnt(LearntNode node, int id) const {
    const auto known = kinds.find({layout_, node, id});
    return known != kinds.end() ? known->second : CoreKind::broken;
}

/// Widens what is known of a node by a kind of number. returns what it is now
CoreKind Compiler::learn(LearntNode node, int id, CoreKind kind) {
    CoreKind& known = kinds[{layout_, node, id}];
    const CoreKind wide = known == CoreKind::broken || known == kind ? kind : CoreKind::mixed;
    learnt_something_ = learnt_something_ || wide != known;
    known = wide;
    return wide;
}

/// The place of a record in a register.
void Compiler::put_record(const CoreValue& value, int slot) { emit(Op::add_bytes, slot, value.base >= 0 ? value.base : zero(), constant(std::int64_t{value.offset})); }

bool Compiler::may_change(std::uint16_t at) const {
    return at < operand(Space::pool, 0) && (at < program_.memory || mutable_[at]);
}

int Compiler::list_place(const CoreValue& list) {
    const FieldInfo& info = *list.field->info;
    const ListPlace place{list.offset, static_cast<std::int32_t>(info.size), info.extent[0],
                          list.field->count_offset < 0 ? -1 : list.offset - static_cast<std::int32_t>(info.offset) + static_cast<std::int32_t>(list.field->count_offset)};
    for (std::size_t i = 0; i < program_.lists.size(); ++i)
        if (program_.lists[i].first == place.first) return static_cast<int>(i);
    program_.lists.push_back(place);
    program_.list_names.push_back(list.text.empty() ? std::string(list.field->name) : std::string(list.text) + "." + list.field->name);
    return static_cast<int>(program_.lists.size()) - 1;
}

Compiled compile(const CheckReport& report) {
    Compiled compiled;
    if (report.has_errors() || !report.declaration.is_found || report.declaration.decide == nullptr) return compiled;
    Compiler::Kinds kinds;
    for (int walks = 1;; ++walks) {
        Diagnostics reasons(*report.source);
        Compiler compiler(report, reasons);
        compiler.kinds = std::move(kinds);
        const bool is_settled = !compiler.walk();
        if (!is_settled && walks < kMostWalks) {
            kinds = std::move(compiler.kinds);
            continue;
        }
        if (is_settled && !compiler.failed()) compiled.program = std::make_shared<Program>(compiler.take());
        compiled.reasons = reasons.take_sorted();
        return compiled;
    }
}

Compiled add_portability(CheckReport& report) {
    Compiled compiled = compile(report);
    report.diagnostics.insert(report.diagnostics.end(), compiled.reasons.begin(), compiled.reasons.end());
    std::stable_sort(report.diagnostics.begin(), report.diagnostics.end(), [](const Diagnostic& a, const Diagnostic& b) { return a.range.begin < b.range.begin; });
    return compiled;
}

}  // namespace rackrace
