// The compiler's workings: values as they are known before the script runs, registers, jumps, and the walk over the tree. Functions are laid out
// anew at every call, so that what they are given is known; kinds of locals are found by walking again until nothing new is learnt.
#pragma once

#include <bit>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "agents/core/compile.h"
#include "agents/field_binding.h"
#include "engine/quarter/verbs.h"

namespace rackrace {

/// What an expression is. Numbers: `real` floats, `whole` integers, `mixed` one or the other, kept as a float.
enum class CoreKind : std::uint8_t { broken, real, whole, mixed, flag, id, word, text, record, list, array, obs, act, params, memory, rng, race, math };

std::string_view kind_text(CoreKind kind);
constexpr bool is_number(CoreKind kind) { return kind == CoreKind::real || kind == CoreKind::whole || kind == CoreKind::mixed; }

using Words = std::vector<std::string>;

struct CoreValue {
    CoreKind kind = CoreKind::broken;
    std::uint16_t at = 0;                     // the operand of a number, flag, id or word
    Unit unit = Unit::none;                   // of an id
    const Words* words = nullptr;             // of a word: those that it is one of, by number
    std::string_view text;                    // of a text
    const RecordBinding* record = nullptr;    // of a record
    const FieldBinding* field = nullptr;      // of a list
    int offset = 0;                           // of records and lists: the first byte, in the bank where there is no base
    int base = -1;                            // of a record: the operand that holds bytes to be added; -1 for none
    int array = 0;                            // of an array of memory
    std::optional<std::int64_t> constant;     // of an integer known now

    /// Of one kind: what a local, a result or a choice may hold beside the other.
    bool is_like(const CoreValue& other) const {
        return (is_number(kind) && is_number(other.kind)) ||
               (kind == other.kind && words == other.words && unit == other.unit && record == other.record);
    }
    bool is_scalar() const { return kind >= CoreKind::real && kind <= CoreKind::word; }
};

using Jumps = std::vector<int>;  // instructions whose target is not known yet

class Compiler {
public:
    Compiler(const CheckReport& report, Diagnostics& diagnostics);

    /// Walks the callbacks once more. returns true where kinds became known that the walk did not use: walk again
    bool walk();

    Program take() { return std::move(program_); }
    bool failed() const { return has_failed_; }

    /// What earlier walks learnt: kinds of locals, results and selections, by layout and node.
    enum class LearntNode { local, selection, result };
    using Kinds = std::map<std::tuple<int, LearntNode, int>, CoreKind>;
    Kinds kinds;

private:
    using Expr = lua::Expr;
    struct Layout;  // of a function that is laid out

    // compile.cpp: program, pool, registers, jumps, reasons
    void callback(Callback which);
    void seed(const lua::Function& function, Callback which);
    CoreValue broken(std::string_view code, TextRange range, std::string what, std::string fix = {}, std::vector<Edit> edits = {});
    int emit(Op op, int a = 0, int b = 0, int c = 0);
    void refuse_size();
    bool may_lay_out();
    int emit_long(Op op, int a, int b, int c, int d);
    int here() const { return static_cast<int>(program_.code.size()); }
    void patch(const Jumps& jumps, int target);
    Jumps jump();
    int allocate(int words = 1);
    std::uint16_t pool_word(std::uint64_t word);
    std::uint16_t constant(double value) { return pool_word(std::bit_cast<std::uint64_t>(value)); }
    std::uint16_t constant(std::int64_t value) { return pool_word(static_cast<std::uint64_t>(value)); }
    std::uint16_t zero() { return constant(std::int64_t{0}); }
    CoreValue real_at(int at) const { return scalar(CoreKind::real, at); }
    CoreValue scalar(CoreKind kind, int at) const;
    CoreKind learn(LearntNode node, int id, CoreKind kind);
    CoreKind learnt(LearntNode node, int id) const;
    void put_record(const CoreValue& value, int slot);
    int list_place(const CoreValue& list);
    int line_of(TextRange range) const { return report_.source->line(range.begin); }
    bool is_memory(std::uint16_t at) const { return at < program_.memory; }
    bool may_change(std::uint16_t at) const;

    // compile_statements.cpp
    void block(const lua::Block& block);
    void statement(const lua::Stat& stat);
    void dispatch(const lua::Stat& stat);
    void call_statement(const lua::CallStat& node);
    void local_statement(const lua::LocalStat& node, TextRange range);
    void declare(const lua::Local& local, CoreValue value, int slot, TextRange range);
    void assignment(const lua::AssignStat& node, TextRange range);
    void assign(const Expr& target, const CoreValue& value, const CoreValue& index, TextRange range);
    void assign_local(const lua::Local& local, const CoreValue& value, TextRange range);
    void assign_memory(const lua::Index& target, const CoreValue& value, const CoreValue& index, TextRange range);
    void if_statement(const lua::IfStat& node);
    void while_statement(const lua::WhileStat& node);
    void repeat_statement(const lua::RepeatStat& node);
    void numeric_for(const lua::NumericForStat& node, TextRange range);
    void generic_for(const lua::GenericForStat& node, TextRange range);
    void return_statement(const lua::ReturnStat& node, TextRange range);
    std::vector<CoreValue> values_of(const std::vector<Expr*>& exprs, std::size_t wanted, TextRange range);
    void store(const CoreValue& value, int slot, CoreKind kind);

    // compile_expressions.cpp
    CoreValue expr(const Expr& expr, int slot = -1);
    CoreValue own(const Expr& expr, bool copies_memory);
    CoreValue name_value(const Expr& expr, std::string_view text);
    CoreValue field_of(const CoreValue& object, std::string_view name, TextRange range, int slot);
    CoreValue root_field(CoreKind root, std::string_view name, TextRange range, int slot);
    CoreValue index(const lua::Index& node, TextRange range, int slot);
    CoreValue item(const CoreValue& list, const CoreValue& at, TextRange range, int slot);
    CoreValue load(const FieldBinding& field, int offset, int base, TextRange range, int slot);
    CoreValue length_of(const CoreValue& list, TextRange range, int slot);
    CoreValue unary(const lua::Unary& node, const Expr& whole, int slot);
    CoreValue arithmetic(const lua::Binary& node, TextRange range, int slot);
    CoreValue select(const Expr& expr, int slot);
    bool select_into(const Expr& expr, int slot, Jumps& otherwise, CoreValue& chosen);
    CoreValue flag_value(const Expr& expr, int slot);
    void condition(const Expr& expr, bool when, Jumps& jumps);
    void compare(const lua::Binary& node, TextRange range, bool when, Jumps& jumps);
    void compare_numbers(lua::BinaryOperator op, CoreValue left, CoreValue right, bool when, Jumps& jumps);
    CoreValue as_real(const CoreValue& value, int slot = -1);
    bool calls_script(const Expr& expr) const;
    bool must_be_number(const CoreValue& value, TextRange range, std::string_view where);

    // compile_calls.cpp
    CoreValue call(const lua::Call& node, const Expr& whole, int slot);
    std::vector<CoreValue> call_function(const lua::Function& function, const std::vector<Expr*>& arguments, TextRange range, std::size_t wanted, int slot);
    void body_of(const lua::Function& function, const std::vector<CoreValue>& arguments);
    CoreValue verb_call(std::string_view name, const lua::Call& node, TextRange range, int slot);
    CoreValue trace_call(bool is_mark, const lua::Call& node, TextRange range, int slot);
    const Words* choice_words(const VerbInfo& verb, std::size_t number);
    void argument(const VerbInfo& verb, int number, const CoreValue& value, TextRange range);
    CoreValue helper_call(std::string_view name, const lua::Call& node, TextRange range, int slot);
    CoreValue record_operand(const Expr& expr, std::string_view type, std::string_view name);
    CoreValue trend_call(const lua::Call& node, TextRange range, int slot);
    CoreValue npv_call(const lua::Call& node, TextRange range, int slot);
    CoreValue argmax_call(const lua::Call& node, TextRange range, int slot);
    CoreValue draw_call(const lua::MethodCall& node, TextRange range, int slot);
    const lua::Function* script_function(const Expr& callee) const;
    bool gives_one(const lua::Function& function) const;

    const CheckReport& report_;
    Diagnostics& diagnostics_;
    Role role_;
    Program program_;
    std::vector<Words> choices_;              // of the parameters that are choices, by parameter
    std::map<std::pair<int, int>, Words> words_;  // of arguments of verbs that are one of some texts
    const Words* expected_ = nullptr;         // texts chosen between here are of these
    std::vector<CoreValue> locals_;           // by Local id, of the layouts that are open
    std::map<std::uint64_t, int> pool_;       // place of a constant
    std::vector<bool> mutable_;               // by frame word: a local that is assigned again
    bool has_race_;                           // the name `race` is the library wherever it is written: repairs may use it
    std::vector<Layout*> layouts_;            // open ones, innermost last
    std::vector<Jumps*> breaks_;              // of the loops of the innermost layout
    int next_ = 0, line_ = 0, layout_ = 0, layouts_made_ = 0;
    bool has_failed_ = false, learnt_something_ = false, is_full_ = false;
    std::set<const lua::Local*> folded_;      // constants that Lua's own compiler works out: the last name of a `local` with as many values
};

struct Compiler::Layout {
    const lua::Function* function;
    std::size_t wanted;
    int results;       // first register of the results; -1: a callback, which has none
    Jumps ends;
    std::vector<CoreValue> kinds;  // of the results, without their places
};

}  // namespace rackrace
