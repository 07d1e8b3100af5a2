// Expressions of the compiler: names, fields, items, arithmetic, conditions, and `and`/`or` as choices between values.
#include <algorithm>

#include "agents/checker/constants.h"
#include "agents/checker/walk.h"
#include "agents/core/compiler.h"
#include "agents/core/lua_numbers.h"
#include "agents/host/ids.h"
#include "agents/host/memory_binding.h"
#include "engine/quarter/view.h"

namespace rackrace {
namespace {

using lua::BinaryOperator;

constexpr std::int64_t kMostWhole = std::int64_t{1} << 53;  // up to here floats hold every integer

template <class Count, class Text>
Words words_of(Count count, Text text) {
    Words words;
    for (int i = 0; i < static_cast<int>(count); ++i) words.emplace_back(text(i));
    return words;
}

const Words& words_of(Reading reading) {
    static const Words roles = words_of(kRoles, [](int i) { return role_text(static_cast<Role>(i)); });
    static const Words loans = words_of(std::size(kDebtKindNames), [](int i) { return kDebtKindNames[i]; });
    static const Words news = words_of(std::size(kNewsKindNames), [](int i) { return kNewsKindNames[i]; });
    static const Words verbs = words_of(kVerbs, [](int i) { return info_of(static_cast<Verb>(i)).row.name; });
    static const Words codes = words_of(static_cast<int>(Code::count), [](int i) { return row_of(static_cast<Code>(i)).id; });
    switch (reading) {
        case Reading::role_name: return roles;
        case Reading::loan_kind: return loans;
        case Reading::news_kind: return news;
        case Reading::verb_name: return verbs;
        default: return codes;
    }
}

bool is_logical(BinaryOperator op) { return op == BinaryOperator::logical_and || op == BinaryOperator::logical_or; }
bool is_bitwise(BinaryOperator op) { return op >= BinaryOperator::shift_left && op <= BinaryOperator::bit_or; }

const lua::Expr& without_parentheses(const lua::Expr& expr) {
    const lua::Expr* inner = &expr;
    while (const auto* paren = lua::as<lua::Paren>(inner)) inner = paren->inner;
    return *inner;
}

/// Finds calls of script functions.
struct CallFinder {
    const lua::Names& names;
    bool is_found = false;

    void stat(const lua::Stat&, const lua::Function&) {}
    void expr(const lua::Expr& expr, const lua::Function&) {
        if (const auto* call = lua::as<lua::Call>(&expr)) is_found = is_found || function_behind(*call->callee, names) != nullptr;
    }
};

/// The integer that Lua's own compiler makes of an expression of literals; nothing where it leaves it to be worked out.
std::optional<std::int64_t> folded_whole(const lua::Expr& source, const lua::Names& names, const std::set<const lua::Local*>& folded) {
    const lua::Expr& expr = without_parentheses(source);
    if (const auto* literal = lua::as<lua::IntegerLiteral>(&expr)) return literal->value;
    if (const auto* unary = lua::as<lua::Unary>(&expr); unary != nullptr && unary->op == lua::UnaryOperator::negate) {
        const auto value = folded_whole(*unary->operand, names, folded);
        return value ? std::optional(static_cast<std::int64_t>(std::uint64_t{0} - static_cast<std::uint64_t>(*value))) : std::nullopt;
    }
    if (lua::as<lua::NameExpr>(&expr) != nullptr) {
        const lua::Local* local = names.of(expr).local;
        return folded.contains(local) ? folded_whole(*names.facts(*local).values.front().value, names, folded) : std::nullopt;
    }
    const auto* binary = lua::as<lua::Binary>(&expr);
    const auto left = binary != nullptr ? folded_whole(*binary->left, names, folded) : std::nullopt, right = left ? folded_whole(*binary->right, names, folded) : std::nullopt;
    if (!right) return std::nullopt;
    const auto a = static_cast<std::uint64_t>(*left), b = static_cast<std::uint64_t>(*right);
    switch (binary->op) {
        case BinaryOperator::add: return static_cast<std::int64_t>(a + b);
        case BinaryOperator::subtract: return static_cast<std::int64_t>(a - b);
        case BinaryOperator::multiply: return static_cast<std::int64_t>(a * b);
        case BinaryOperator::floor_divide: return *right != 0 ? std::optional(lua_floor_divide(*left, *right)) : std::nullopt;
        case BinaryOperator::modulo: return *right != 0 ? std::optional(lua_modulo(*left, *right)) : std::nullopt;
        default: return std::nullopt;
    }
}

Op float_op(BinaryOperator op) {
    switch (op) {
        case BinaryOperator::add: return Op::add;
        case BinaryOperator::subtract: return Op::subtract;
        case BinaryOperator::multiply: return Op::multiply;
        case BinaryOperator::divide: return Op::divide;
        case BinaryOperator::floor_divide: return Op::floor_divide;
        default: return Op::modulo;
    }
}

Op whole_op(BinaryOperator op) {
    switch (op) {
        case BinaryOperator::add: return Op::add_whole;
        case BinaryOperator::subtract: return Op::subtract_whole;
        case BinaryOperator::multiply: return Op::multiply_whole;
        case BinaryOperator::floor_divide: return Op::floor_divide_whole;
        default: return Op::modulo_whole;
    }
}

/// x ^ y as race.pow(x, y).
std::vector<Edit> as_race_pow(const lua::Binary& node, const SourceText& source) {
    const TextRange left = node.left->range, right = node.right->range, between{left.end, right.begin};
    const bool is_bare = source.text(between).find_first_not_of(" ^") == std::string_view::npos;  // else a comment or a new line, which stays
    return {{{left.begin, left.begin}, "race.pow("}, {is_bare ? between : node.op_range, is_bare ? ", " : ","}, {{right.end, right.end}, ")"}};
}

}  // namespace

bool Compiler::calls_script(const Expr& expr) const {
    CallFinder finder{report_.names};
    lua::Walker<CallFinder> walker(finder);
    walker.expr_of(expr, *report_.ast.chunk);
    return finder.is_found;
}

bool Compiler::must_be_number(const CoreValue& value, TextRange range, std::string_view where) {
    if (is_number(value.kind)) return true;
    if (value.kind != CoreKind::broken) broken("N514", range, std::string(where) + " is " + std::string(kind_text(value.kind)) + ", not a number", "use a number here");
    return false;
}

CoreValue Compiler::as_real(const CoreValue& value, int slot) {
    if (value.kind != CoreKind::whole) return value;
    if (value.constant) return real_at(constant(static_cast<double>(*value.constant)));
    const int at = slot >= 0 ? slot : allocate();
    emit(Op::float_of, at, value.at);
    return real_at(at);
}

/// The value of an expression; one that stands in memory is copied where what follows may change it.
CoreValue Compiler::own(const Expr& source, bool copies_memory) {
    CoreValue value = expr(source);
    if (!copies_memory || !value.is_scalar() || !may_change(value.at)) return value;
    const int copy = allocate();
    emit(Op::move, copy, value.at);
    value.at = static_cast<std::uint16_t>(copy);
    return value;
}

CoreValue Compiler::expr(const Expr& expr, int slot) {
    if (const auto* node = lua::as<lua::BoolLiteral>(&expr)) return scalar(CoreKind::flag, constant(std::int64_t{node->value}));
    if (const auto* node = lua::as<lua::RealLiteral>(&expr)) return real_at(constant(node->value));
    if (const auto* node = lua::as<lua::IntegerLiteral>(&expr)) {
        if (node->value > kMostWhole || node->value < -kMostWhole) return broken("N518", expr.range, "an integer beyond 2^53", "write it as a float");
        CoreValue value = scalar(CoreKind::whole, constant(node->value));
        value.constant = node->value;
        return value;
    }
    if (const auto* node = lua::as<lua::StringLiteral>(&expr)) {
        CoreValue value;
        value.kind = CoreKind::text;
        value.text = node->value;
        return value;
    }
    if (const auto* node = lua::as<lua::NameExpr>(&expr)) return name_value(expr, node->text);
    if (const auto* node = lua::as<lua::Index>(&expr)) return index(*node, expr.range, slot);
    if (const auto* node = lua::as<lua::Paren>(&expr)) return this->expr(*node->inner, slot);
    if (const auto* node = lua::as<lua::Unary>(&expr)) return unary(*node, expr, slot);
    if (const auto* node = lua::as<lua::Call>(&expr)) return call(*node, expr, slot);
    if (const auto* node = lua::as<lua::MethodCall>(&expr)) return draw_call(*node, expr.range, slot);
    if (const auto* node = lua::as<lua::Binary>(&expr)) {
        if (is_comparison(node->op)) return flag_value(expr, slot);
        if (is_logical(node->op)) return select(expr, slot);
        if (is_bitwise(node->op)) return broken("N513", node->op_range, "a bit operator", "use numbers and race.floor");
        if (node->op == BinaryOperator::concat) return broken("N510", node->op_range, "a text put together", "texts are literals here: the name of a trace, a choice");
        return arithmetic(*node, expr.range, slot);
    }
    if (lua::as<lua::NilLiteral>(&expr) != nullptr) return broken("N501", expr.range, "nil", "use a number or a flag that says so");
    if (lua::as<lua::Table>(&expr) != nullptr) return broken("N508", expr.range, "a table built inside a callback", "declare  memory = { plan = race.array(8, 0.0) }  and write mem.plan[i]");
    if (lua::as<lua::Varargs>(&expr) != nullptr) return broken("N507", expr.range, "any number of arguments", "name each argument");
    return broken("N505", expr.range, "a function made inside a callback", "declare it at the top of the file with `local function`");
}

CoreValue Compiler::name_value(const Expr& expr, std::string_view text) {
    const lua::NameUse& use = report_.names.of(expr);
    CoreValue value;
    if (is_race_library(expr, report_.names)) {
        value.kind = CoreKind::race;
        return value;
    }
    if (use.local == nullptr) {
        if (text == "math") value.kind = CoreKind::math;
        else return broken("N511", expr.range, "'" + std::string(text) + "' here", "use race.* and the loops of the language");
        return value;
    }
    if (use.local->owner != report_.ast.chunk) return locals_[static_cast<std::size_t>(use.local->id)];
    if (constant_of(expr, report_.names)) {  // of the file: what it was given, worked out here
        const lua::LocalFacts& facts = report_.names.facts(*use.local);
        return this->expr(*facts.values.front().value);
    }
    const bool is_function = function_behind(expr, report_.names) != nullptr;
    if (is_function) return broken("N505", expr.range, "a function as a value", "call it by its name");
    return broken("N527", expr.range, "'" + std::string(text) + "' of the file is no constant number, flag or text", "pass it as an argument, or keep it in mem");
}

CoreValue Compiler::index(const lua::Index& node, TextRange range, int slot) {
    const CoreValue object = expr(*node.object);
    const auto* key = lua::as<lua::StringLiteral>(node.key);
    if (object.kind == CoreKind::broken) return {};
    if (object.kind == CoreKind::list || object.kind == CoreKind::array) {
        if (key != nullptr) return broken("N514", node.key->range, "a field of a list", "take an item first: list[i]");
        return item(object, expr(*node.key), node.key->range, slot);
    }
    if (key == nullptr) return broken("N514", node.key->range, "a field whose name is worked out", "write the name of the field");
    if (object.kind == CoreKind::record) return field_of(object, key->value, range, slot);
    return root_field(object.kind, key->value, range, slot);
}

/// A field of obs, p, mem or math.
CoreValue Compiler::root_field(CoreKind root, std::string_view name, TextRange range, int slot) {
    if (root == CoreKind::obs) {
        constexpr Space kParts[] = {Space::market, Space::firm, Space::results};
        for (std::size_t part = 0; part < std::size(kParts); ++part)
            for (const FieldBinding& field : observation_bindings()[part]->fields) {
                if (field.name != name) continue;
                CoreValue value;
                value.offset = byte_of(kParts[part]);
                value.record = observation_bindings()[part];
                value.kind = CoreKind::record;
                return field_of(value, name, range, slot);
            }
    }
    if (root == CoreKind::params) {
        const auto& parameters = report_.declaration.parameters;
        for (std::size_t i = 0; i < parameters.size(); ++i) {
            if (parameters[i].name != name) continue;
            const bool is_flag = std::holds_alternative<bool>(parameters[i].default_value);
            CoreValue value = scalar(!choices_[i].empty() ? CoreKind::word : is_flag ? CoreKind::flag : CoreKind::real, operand(Space::pool, static_cast<int>(i)));
            if (value.kind == CoreKind::word) value.words = &choices_[i];
            return value;
        }
    }
    if (root == CoreKind::memory) {
        int array = 0;
        for (const MemorySlot& field : lay_out(report_.declaration.memory).slots) {
            if (field.name != name) {
                array += field.is_array ? 1 : 0;
                continue;
            }
            if (field.is_array) {
                CoreValue value;
                value.kind = CoreKind::array;
                value.array = array;
                return value;
            }
            if (!field.is_flag) return real_at(field.first);
            const int at = slot >= 0 ? slot : allocate();
            emit(Op::flag_of, at, field.first);
            return scalar(CoreKind::flag, at);
        }
    }
    if (root == CoreKind::math && name == "huge") return real_at(constant(kInfinity));
    if (root == CoreKind::math) return broken("N511", range, "math." + std::string(name), "race has the functions that give the same bits everywhere");
    if (root == CoreKind::act) return broken("N526", range, "a verb that is not called at once", "write act." + std::string(name) + " { ... }");
    return broken("N530", range, "'" + std::string(name) + "' is no field here", "the checker's own message says more");
}

CoreValue Compiler::field_of(const CoreValue& object, std::string_view name, TextRange range, int slot) {
    for (const FieldBinding& field : object.record->fields) {
        if (field.name != name) continue;
        if ((field.info->roles & role_bit(role_)) == 0) break;
        CoreValue value;
        value.offset = object.offset + static_cast<int>(field.info->offset);
        value.base = object.base;
        if (field.is_list()) {
            if (object.base >= 0) return broken("N530", range, "a list inside an item of a list", "it has no portable form yet");
            value.kind = CoreKind::list;
            value.field = &field;
            value.text = object.record->name;
            return value;
        }
        if (field.record != nullptr) {
            value.kind = CoreKind::record;
            value.record = field.record;
            return value;
        }
        return load(field, value.offset, value.base, range, slot);
    }
    return broken("N530", range, "'" + std::string(name) + "' is no field here", "the checker's own message says more");
}

/// A scalar of a view. Doubles at a fixed place are operands themselves.
CoreValue Compiler::load(const FieldBinding& field, int offset, int base, TextRange range, int slot) {
    const Storage storage = field.info->storage;
    if (field.reading == Reading::result_ref) return broken("N524", range, "what a result is about: an id, a text or a number", "compare the verb of the result, and keep ids apart");
    if (storage == Storage::f64 && base < 0) return real_at(offset / 8);
    if (storage != Storage::f64 && storage != Storage::i32 && storage != Storage::u8) return broken("N530", range, "a number of this size", "it has no portable form yet");
    const int at = slot >= 0 ? slot : allocate();
    const int from = base >= 0 ? base : zero();
    if (storage == Storage::f64) {
        emit(Op::load_f64, at, from, offset);
        return real_at(at);
    }
    if (field.reading == Reading::number) {
        emit(Op::load_i32, at, from, offset);
        return real_at(at);
    }
    emit(storage == Storage::u8 ? Op::load_u8 : Op::load_whole, at, from, offset);
    CoreValue value = scalar(field.reading == Reading::flag ? CoreKind::flag : field.reading == Reading::id ? CoreKind::id : CoreKind::word, at);
    if (value.kind == CoreKind::id) value.unit = field.info->unit;
    if (value.kind == CoreKind::word) value.words = &words_of(field.reading);
    return value;
}

/// list[at].
CoreValue Compiler::item(const CoreValue& list, const CoreValue& at, TextRange range, int slot) {
    if (!must_be_number(at, range, "an index")) return {};
    if (list.kind == CoreKind::array) {
        const ArrayPlace array = program_.arrays[static_cast<std::size_t>(list.array)];
        if (at.constant && *at.constant >= 1 && *at.constant <= array.size) return real_at(array.first + static_cast<int>(*at.constant) - 1);
        const int to = slot >= 0 ? slot : allocate();
        emit(at.kind == CoreKind::whole ? Op::array_get_whole : Op::array_get_float, to, at.at, list.array);
        return real_at(to);
    }
    const FieldBinding& field = *list.field;
    const bool is_fixed = at.constant && field.count_offset < 0 && *at.constant >= 1 && *at.constant <= field.info->extent[0];
    int offset = list.offset, base = -1;
    if (is_fixed) {
        offset += static_cast<int>((*at.constant - 1) * static_cast<std::int64_t>(field.info->size));
    } else {
        base = field.record != nullptr && slot >= 0 ? slot : allocate();
        emit(at.kind == CoreKind::whole ? Op::index_whole : Op::index_float, base, at.at, list_place(list));
        offset = 0;
    }
    if (field.record == nullptr) return load(field, offset, base, range, slot);
    CoreValue value;
    value.kind = CoreKind::record;
    value.record = field.record;
    value.offset = offset;
    value.base = base;
    return value;
}

CoreValue Compiler::length_of(const CoreValue& list, TextRange range, int slot) {
    if (list.kind == CoreKind::broken) return {};
    if (list.kind != CoreKind::list && list.kind != CoreKind::array) return broken("N514", range, "the length of " + std::string(kind_text(list.kind)), "# is for lists");
    if (list.kind == CoreKind::array || list.field->count_offset < 0) {
        const std::int64_t length = list.kind == CoreKind::array ? program_.arrays[static_cast<std::size_t>(list.array)].size : list.field->info->extent[0];
        CoreValue value = scalar(CoreKind::whole, constant(length));
        value.constant = length;
        return value;
    }
    const int at = slot >= 0 ? slot : allocate();
    emit(Op::length, at, 0, list_place(list));
    return scalar(CoreKind::whole, at);
}

CoreValue Compiler::unary(const lua::Unary& node, const Expr& whole, int slot) {
    if (node.op == lua::UnaryOperator::logical_not) return flag_value(whole, slot);
    if (node.op == lua::UnaryOperator::bit_not) return broken("N513", whole.range, "a bit operator", "use numbers and race.floor");
    if (node.op == lua::UnaryOperator::length) return length_of(expr(*node.operand), whole.range, slot);
    const CoreValue value = expr(*node.operand);
    if (!must_be_number(value, node.operand->range, "what is negated")) return {};
    if (value.kind == CoreKind::mixed) return broken("N520", node.operand->range, "what may be an integer or a float is negated", "write its first value as a float, 0.0: an integer has no -0");
    if (value.constant) {
        CoreValue negated = scalar(CoreKind::whole, constant(-*value.constant));
        negated.constant = -*value.constant;
        return negated;
    }
    const int at = slot >= 0 ? slot : allocate();
    emit(value.kind == CoreKind::whole ? Op::negate_whole : Op::negate, at, value.at);
    return scalar(value.kind, at);
}

CoreValue Compiler::arithmetic(const lua::Binary& node, TextRange range, int slot) {
    CoreValue left = own(*node.left, calls_script(*node.right));
    if (node.op == BinaryOperator::power) {
        const auto exponent = number_of(*node.right, report_.names);
        if (!exponent || *exponent != 2.0)
            return broken("N512", node.op_range, "a power other than ^2", "use race.pow(x, y), which has the same bits everywhere", as_race_pow(node, *report_.source));
        if (!must_be_number(left, node.left->range, "the base of a power")) return {};
        left = as_real(left);
        const int at = slot >= 0 ? slot : allocate();
        emit(Op::multiply, at, left.at, left.at);
        return real_at(at);
    }
    CoreValue right = expr(*node.right);
    if (!must_be_number(left, node.left->range, "an operand") || !must_be_number(right, node.right->range, "an operand")) return {};
    const bool divides = node.op == BinaryOperator::divide;
    if (!divides && left.kind != CoreKind::real && right.kind != CoreKind::real) {
        if (left.kind == CoreKind::mixed || right.kind == CoreKind::mixed)
            return broken("N520", range, "what may be an integer or a float is computed with an integer", "write first values and steps as floats: 0.0, 1.0");
        const int at = slot >= 0 ? slot : allocate();
        emit(whole_op(node.op), at, left.at, right.at);
        return scalar(CoreKind::whole, at);
    }
    left = as_real(left);
    right = as_real(right);
    const int at = slot >= 0 ? slot : allocate();
    // Lua adds the negative of a small integer: -0.0 - 0 is 0.0 there
    const bool adds_zero = node.op == BinaryOperator::subtract && folded_whole(*node.right, report_.names, folded_) == 0;
    emit(adds_zero ? Op::add : float_op(node.op), at, left.at, right.at);
    return real_at(at);
}

/// A condition as a value.
CoreValue Compiler::flag_value(const Expr& expr, int slot) {
    Jumps otherwise;
    condition(expr, false, otherwise);
    const int at = slot >= 0 ? slot : allocate();  // written last: the condition may read it
    emit(Op::move, at, constant(std::int64_t{1}));
    const Jumps end = jump();
    patch(otherwise, here());
    emit(Op::move, at, constant(std::int64_t{0}));
    patch(end, here());
    return scalar(CoreKind::flag, at);
}

/// `a and b`, `a or b`, `a and x or b` as a value.
CoreValue Compiler::select(const Expr& expr, int slot) {
    const int at = slot >= 0 ? slot : allocate();
    Jumps otherwise;
    CoreValue chosen;
    chosen.at = static_cast<std::uint16_t>(at);
    chosen.array = expr.id;  // whose kind is learnt
    if (!select_into(expr, at, otherwise, chosen)) return {};
    chosen.array = 0;
    chosen.constant.reset();
    if (otherwise.empty()) return chosen;
    if (chosen.kind != CoreKind::flag) return broken("N514", expr.range, "a value that is false or " + std::string(kind_text(chosen.kind)), "give the other value too: a and x or y");
    const Jumps end = jump();
    patch(otherwise, here());
    emit(Op::move, at, constant(std::int64_t{0}));
    patch(end, here());
    return chosen;
}

/// Puts what the expression gives into a register, and jumps where it is false. `chosen` says what the values so far are.
bool Compiler::select_into(const Expr& source, int slot, Jumps& otherwise, CoreValue& chosen) {
    const Expr& expr = without_parentheses(source);
    const auto* binary = lua::as<lua::Binary>(&expr);
    if (binary != nullptr && binary->op == BinaryOperator::logical_and) {
        condition(*binary->left, false, otherwise);
        return select_into(*binary->right, slot, otherwise, chosen);
    }
    if (binary != nullptr && binary->op == BinaryOperator::logical_or) {
        Jumps right;
        if (!select_into(*binary->left, slot, right, chosen)) return false;
        const Jumps end = jump();
        patch(right, here());
        const bool is_sound = select_into(*binary->right, slot, otherwise, chosen);
        patch(end, here());
        return is_sound;
    }
    const auto* unary = lua::as<lua::Unary>(&expr);
    const bool is_condition = (binary != nullptr && is_comparison(binary->op)) || (unary != nullptr && unary->op == lua::UnaryOperator::logical_not);
    CoreValue value;
    if (is_condition) {
        condition(expr, false, otherwise);
        value = scalar(CoreKind::flag, constant(std::int64_t{1}));
    } else {
        value = this->expr(expr);
        if (value.kind == CoreKind::flag) {
            otherwise.push_back(emit(Op::jump_unless, 0, value.at));
            value.at = constant(std::int64_t{1});
        }
    }
    if (value.kind == CoreKind::text && expected_ != nullptr) {
        const auto found = std::find(expected_->begin(), expected_->end(), value.text);
        if (found != expected_->end()) {
            value = scalar(CoreKind::word, constant(static_cast<std::int64_t>(found - expected_->begin())));
            value.words = expected_;
        }
    }
    if (value.kind == CoreKind::broken) return false;
    const bool is_first = chosen.kind == CoreKind::broken;
    const bool is_same = is_first || chosen.is_like(value);
    if (!is_same || (!value.is_scalar() && value.kind != CoreKind::record)) {
        broken("N514", expr.range, is_same ? std::string(kind_text(value.kind)) + " chosen by and/or" : "and/or between " + std::string(kind_text(chosen.kind)) + " and " + std::string(kind_text(value.kind)),
               "choose between values of one kind, with if where they differ");
        return false;
    }
    const CoreValue before = chosen;
    if (is_first) chosen = value;
    chosen.at = static_cast<std::uint16_t>(slot);
    chosen.array = before.array;
    if (value.kind == CoreKind::record) {
        put_record(value, slot);
        chosen.base = slot;
        chosen.offset = 0;
    } else if (is_number(value.kind)) {
        chosen.kind = learn(LearntNode::selection, chosen.array, value.kind);
        store(value, slot, chosen.kind);
    } else {
        store(value, slot, value.kind);
    }
    return true;
}

/// Jumps where the condition is `when`, else goes on.
void Compiler::condition(const Expr& source, bool when, Jumps& jumps) {
    const Expr& expr = without_parentheses(source);
    const auto* unary = lua::as<lua::Unary>(&expr);
    if (unary != nullptr && unary->op == lua::UnaryOperator::logical_not) return condition(*unary->operand, !when, jumps);
    const auto* binary = lua::as<lua::Binary>(&expr);
    if (binary != nullptr && is_logical(binary->op)) {
        const bool shortcut = binary->op == BinaryOperator::logical_or;  // the value of the left side that decides alone
        if (when == shortcut) {
            condition(*binary->left, when, jumps);
            return condition(*binary->right, when, jumps);
        }
        Jumps past;
        condition(*binary->left, shortcut, past);
        condition(*binary->right, when, jumps);
        return patch(past, here());
    }
    if (binary != nullptr && is_comparison(binary->op)) return compare(*binary, expr.range, when, jumps);
    if (const auto* literal = lua::as<lua::BoolLiteral>(&expr)) {
        if (literal->value == when) jumps.push_back(emit(Op::jump));
        return;
    }
    const CoreValue value = this->expr(expr);
    if (value.kind == CoreKind::broken) return;
    if (value.kind != CoreKind::flag) {
        broken("N514", expr.range, std::string(kind_text(value.kind)) + " as a condition: always true in Lua", "compare it: x > 0.0");
        return;
    }
    jumps.push_back(emit(when ? Op::jump_if : Op::jump_unless, 0, value.at));
}

void Compiler::compare(const lua::Binary& node, TextRange range, bool when, Jumps& jumps) {
    const CoreValue left = own(*node.left, calls_script(*node.right));
    const CoreValue right = expr(*node.right);
    if (left.kind == CoreKind::broken || right.kind == CoreKind::broken) return;
    if (is_number(left.kind) && is_number(right.kind)) return compare_numbers(node.op, left, right, when, jumps);
    const bool is_equality = node.op == BinaryOperator::equal || node.op == BinaryOperator::not_equal;
    std::optional<std::uint16_t> a, b;
    const auto number_of_word = [&](const Words& words, std::string_view text) {
        const auto found = std::find(words.begin(), words.end(), text);
        return constant(found == words.end() ? std::int64_t{-1} : static_cast<std::int64_t>(found - words.begin()));
    };
    if (left.kind == CoreKind::word && right.kind == CoreKind::text) a = left.at, b = number_of_word(*left.words, right.text);
    else if (left.kind == CoreKind::text && right.kind == CoreKind::word) a = number_of_word(*right.words, left.text), b = right.at;
    else if (left.kind == right.kind && left.is_scalar() && (left.words == right.words || (left.words != nullptr && right.words != nullptr && *left.words == *right.words)) && left.unit == right.unit) a = left.at, b = right.at;
    if (!is_equality || !a) {
        broken("N514", range, "a comparison of " + std::string(kind_text(left.kind)) + " with " + std::string(kind_text(right.kind)), "numbers have an order; ids and texts of one kind are equal or not");
        return;
    }
    const bool jumps_if_equal = (node.op == BinaryOperator::equal) == when;
    jumps.push_back(emit(jumps_if_equal ? Op::jump_equal_whole : Op::jump_not_equal_whole, 0, *a, *b));
}

void Compiler::compare_numbers(BinaryOperator op, CoreValue left, CoreValue right, bool when, Jumps& jumps) {
    if (op == BinaryOperator::greater || op == BinaryOperator::greater_equal) {
        std::swap(left, right);
        op = op == BinaryOperator::greater ? BinaryOperator::less : BinaryOperator::less_equal;
    }
    if (op == BinaryOperator::not_equal) {
        op = BinaryOperator::equal;
        when = !when;
    }
    if (left.constant && right.kind != CoreKind::whole) left = as_real(left);
    if (right.constant && left.kind != CoreKind::whole) right = as_real(right);
    const bool both_whole = left.kind == CoreKind::whole && right.kind == CoreKind::whole;
    if (!both_whole && (left.kind == CoreKind::whole || right.kind == CoreKind::whole)) {  // compared as numbers, without rounding
        const int order = allocate();
        emit(left.kind == CoreKind::whole ? Op::order_whole_float : Op::order_float_whole, order, left.at, right.at);
        left = scalar(CoreKind::whole, order);
        right = scalar(CoreKind::whole, constant(std::int64_t{op == BinaryOperator::less ? -1 : 0}));
        if (op == BinaryOperator::less) op = BinaryOperator::equal;
    }
    const bool is_whole = left.kind == CoreKind::whole;
    Op jump = Op::jump;
    if (op == BinaryOperator::equal) {
        jump = is_whole ? (when ? Op::jump_equal_whole : Op::jump_not_equal_whole) : (when ? Op::jump_equal : Op::jump_not_equal);
    } else if (!is_whole) {
        jump = op == BinaryOperator::less ? (when ? Op::jump_less : Op::jump_not_less) : (when ? Op::jump_less_equal : Op::jump_not_less_equal);
    } else {
        if (!when) std::swap(left, right);  // not a < b is b <= a
        jump = (op == BinaryOperator::less) == when ? Op::jump_less_whole : Op::jump_less_equal_whole;
    }
    jumps.push_back(emit(jump, 0, left.at, right.at));
}

}  // namespace rackrace
