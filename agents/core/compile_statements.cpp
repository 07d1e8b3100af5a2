// Statements of the compiler: locals and assignments, branches, loops, returns.
#include "agents/core/compiler.h"
#include "agents/host/memory_binding.h"

namespace rackrace {
namespace {

/// True where every way through the block ends in a return.
bool always_returns(const lua::Block& block) {
    if (block.statements.empty()) return false;
    const lua::Stat* last = block.statements.back();
    if (lua::as<lua::ReturnStat>(last) != nullptr) return true;
    if (const auto* inner = lua::as<lua::DoStat>(last)) return always_returns(*inner->body);
    const auto* branch = lua::as<lua::IfStat>(last);
    if (branch == nullptr || branch->otherwise == nullptr || !always_returns(*branch->otherwise)) return false;
    for (const lua::IfClause& clause : branch->clauses)
        if (!always_returns(*clause.body)) return false;
    return true;
}

}  // namespace

void Compiler::block(const lua::Block& block) {
    const int mark = next_;
    for (const lua::Stat* stat : block.statements) statement(*stat);
    next_ = mark;
}

void Compiler::statement(const lua::Stat& stat) {
    const int mark = next_;
    line_ = line_of(stat.range);
    dispatch(stat);
    if (lua::as<lua::LocalStat>(&stat) == nullptr) next_ = mark;  // the registers of locals stay
}

void Compiler::dispatch(const lua::Stat& stat) {
    if (const auto* node = lua::as<lua::LocalStat>(&stat)) return local_statement(*node, stat.range);
    if (const auto* node = lua::as<lua::AssignStat>(&stat)) return assignment(*node, stat.range);
    if (const auto* node = lua::as<lua::CallStat>(&stat)) return call_statement(*node);
    if (const auto* node = lua::as<lua::IfStat>(&stat)) return if_statement(*node);
    if (const auto* node = lua::as<lua::WhileStat>(&stat)) return while_statement(*node);
    if (const auto* node = lua::as<lua::RepeatStat>(&stat)) return repeat_statement(*node);
    if (const auto* node = lua::as<lua::NumericForStat>(&stat)) return numeric_for(*node, stat.range);
    if (const auto* node = lua::as<lua::GenericForStat>(&stat)) return generic_for(*node, stat.range);
    if (const auto* node = lua::as<lua::ReturnStat>(&stat)) return return_statement(*node, stat.range);
    if (const auto* node = lua::as<lua::DoStat>(&stat)) return block(*node->body);
    if (lua::as<lua::BreakStat>(&stat) != nullptr) return breaks_.back()->push_back(emit(Op::jump));
    if (lua::as<lua::GotoStat>(&stat) != nullptr || lua::as<lua::LabelStat>(&stat) != nullptr) broken("N503", stat.range, "goto", "use if, while or a function that returns");
    else broken("N505", stat.range, "a function made inside a callback", "declare it at the top of the file with `local function`");
}

/// A call whose results nobody takes.
void Compiler::call_statement(const lua::CallStat& node) {
    const auto* call = lua::as<lua::Call>(node.call);
    const lua::Function* function = call != nullptr ? script_function(*call->callee) : nullptr;
    if (function != nullptr) call_function(*function, call->arguments, node.call->range, 0, -1);
    else expr(*node.call);
}

/// The values of a list of expressions, as many as wanted; a call at its end gives several.
std::vector<CoreValue> Compiler::values_of(const std::vector<Expr*>& exprs, std::size_t wanted, TextRange range) {
    std::vector<CoreValue> values;
    for (std::size_t i = 0; i < exprs.size(); ++i) {
        const bool is_last = i + 1 == exprs.size();
        const auto* call = lua::as<lua::Call>(exprs[i]);
        const lua::Function* function = call != nullptr && is_last && wanted > values.size() + 1 ? script_function(*call->callee) : nullptr;
        if (function != nullptr) {
            for (const CoreValue& one : call_function(*function, call->arguments, exprs[i]->range, wanted - values.size(), -1)) values.push_back(one);
            continue;
        }
        bool later_calls = false;
        for (std::size_t k = i + 1; k < exprs.size(); ++k) later_calls = later_calls || calls_script(*exprs[k]);
        values.push_back(own(*exprs[i], later_calls));
    }
    if (values.size() < wanted) {
        broken("N501", range, "fewer values than names: the rest is nil", "give each a first value of its kind, 0.0 or false");
        values.resize(wanted);
    }
    return values;
}

void Compiler::local_statement(const lua::LocalStat& node, TextRange range) {
    const int slots = allocate(static_cast<int>(node.locals.size()));
    std::vector<CoreValue> values;
    if (node.locals.size() == 1 && node.values.size() == 1) values.push_back(expr(*node.values[0], slots));
    else values = values_of(node.values, node.locals.size(), range);
    for (std::size_t i = 0; i < node.locals.size(); ++i) declare(*node.locals[i], values[i], slots + static_cast<int>(i), node.locals[i]->range);
    next_ = slots + static_cast<int>(node.locals.size());
}

/// Puts a value into a register as a kind of number, or as it is.
void Compiler::store(const CoreValue& value, int slot, CoreKind kind) {
    const CoreValue kept = kind != CoreKind::whole && value.kind == CoreKind::whole ? as_real(value, slot) : value;
    if (kept.at != slot) emit(Op::move, slot, kept.at);
}

/// Binds a name. A value that cannot change while the name lives is used where it stands; any other is copied to `slot`.
void Compiler::declare(const lua::Local& local, CoreValue value, int slot, TextRange range) {
    const bool is_written = !report_.names.facts(local).writes.empty();
    CoreValue& known = locals_[static_cast<std::size_t>(local.id)];
    const auto is_fleeting = [&](int at) { return may_change(static_cast<std::uint16_t>(at)) || (at < static_cast<int>(operand(Space::pool, 0)) && at >= slot); };
    if (is_written) {
        mutable_[static_cast<std::size_t>(slot)] = true;
        value.constant.reset();
    }
    if (value.is_scalar()) {
        if (is_number(value.kind) && is_written) {
            const auto kind = learn(LearntNode::local, local.id, value.kind);
            store(value, slot, kind);
            value.kind = kind;
            value.at = static_cast<std::uint16_t>(slot);
        } else if (is_written || is_fleeting(value.at)) {
            store(value, slot, value.kind);
            value.at = static_cast<std::uint16_t>(slot);
        }
    } else if (value.kind == CoreKind::record) {
        if (is_written || (value.base >= 0 && is_fleeting(value.base))) {
            if (is_written) {
                put_record(value, slot);
                value.offset = 0;
            } else if (value.base != slot) {
                emit(Op::add_bytes, slot, value.base, zero());
            }
            value.base = slot;
        }
    } else if (is_written && value.kind != CoreKind::broken) {
        value = broken("N502", range, "'" + std::string(local.name) + "' is given " + std::string(kind_text(value.kind)) + " and changed later", "name each by a local of its own");
    }
    known = value;
}

void Compiler::assignment(const lua::AssignStat& node, TextRange range) {
    const bool is_single = node.targets.size() == 1 && node.values.size() == 1;
    bool calls = false;
    for (const Expr* value : node.values) calls = calls || calls_script(*value);
    std::vector<CoreValue> indices(node.targets.size());
    for (std::size_t i = 0; i < node.targets.size(); ++i)
        if (const auto* target = lua::as<lua::Index>(node.targets[i]); target != nullptr && lua::as<lua::StringLiteral>(target->key) == nullptr)
            indices[i] = own(*target->key, calls || !is_single);
    if (is_single) {
        const auto* name = lua::as<lua::NameExpr>(node.targets[0]);
        const lua::NameUse* use = name != nullptr ? &report_.names.of(*node.targets[0]) : nullptr;
        const CoreValue* local = use != nullptr && use->local != nullptr ? &locals_[static_cast<std::size_t>(use->local->id)] : nullptr;
        const bool has_slot = local != nullptr && local->is_scalar() && may_change(local->at);
        return assign(*node.targets[0], expr(*node.values[0], has_slot ? local->at : -1), indices[0], range);
    }
    std::vector<CoreValue> values = values_of(node.values, node.targets.size(), range);
    for (CoreValue& value : values) {  // before any is written
        int* const at_record = value.kind == CoreKind::record && value.base >= 0 ? &value.base : nullptr;
        const int from = at_record != nullptr ? *at_record : value.at;
        if ((at_record == nullptr && !value.is_scalar()) || !may_change(static_cast<std::uint16_t>(from))) continue;
        const int copy = allocate();
        if (at_record != nullptr) emit(Op::add_bytes, copy, from, zero());
        else emit(Op::move, copy, from);
        if (at_record != nullptr) *at_record = copy;
        else value.at = static_cast<std::uint16_t>(copy);
    }
    for (std::size_t i = node.targets.size(); i-- > 0;) assign(*node.targets[i], values[i], indices[i], range);  // Lua's order: from the right
}

void Compiler::assign(const Expr& target, const CoreValue& value, const CoreValue& index, TextRange range) {
    if (const auto* place = lua::as<lua::Index>(&target)) return assign_memory(*place, value, index, range);
    const auto* name = lua::as<lua::NameExpr>(&target);
    const lua::NameUse& use = report_.names.of(target);
    if (name != nullptr && use.local != nullptr) assign_local(*use.local, value, range);
    else broken("N527", target.range, "an assignment to what is no local", "keep it in mem");
}

void Compiler::assign_local(const lua::Local& local, const CoreValue& value, TextRange range) {
    if (report_.names.facts(local).is_loop_variable) {
        broken("N523", range, "the loop variable '" + std::string(local.name) + "' is changed", "copy it to a local of its own");
        return;
    }
    const CoreValue& known = locals_[static_cast<std::size_t>(local.id)];
    if (value.kind == CoreKind::broken || known.kind == CoreKind::broken) return;
    if (!known.is_like(value)) {
        broken("N502", range, "'" + std::string(local.name) + "' holds " + std::string(kind_text(known.kind)) + " and is given " + std::string(kind_text(value.kind)), "keep one kind in one local");
        return;
    }
    if (known.kind == CoreKind::record) put_record(value, known.base);
    else if (is_number(known.kind)) store(value, known.at, learn(LearntNode::local, local.id, value.kind));
    else store(value, known.at, known.kind);
}

void Compiler::assign_memory(const lua::Index& target, const CoreValue& value, const CoreValue& index, TextRange range) {
    const CoreValue object = expr(*target.object);
    if (value.kind == CoreKind::broken || object.kind == CoreKind::broken) return;
    if (object.kind == CoreKind::array) {
        if (!must_be_number(value, range, "an item of an array of mem") || !must_be_number(index, target.key->range, "the index")) return;
        emit(index.kind == CoreKind::whole ? Op::array_set_whole : Op::array_set_float, object.array, index.at, as_real(value).at);
        return;
    }
    const auto* key = lua::as<lua::StringLiteral>(target.key);
    if (object.kind != CoreKind::memory || key == nullptr) {
        broken("N509", range, "a write to what is no field of mem", "a script changes its locals and mem");
        return;
    }
    const MemoryLayout layout = lay_out(report_.declaration.memory);
    for (const MemorySlot& slot : layout.slots) {
        if (slot.name != key->value) continue;
        const bool fits = !slot.is_array && (slot.is_flag ? value.kind == CoreKind::flag : is_number(value.kind));
        if (!fits) {
            broken("N509", range, "mem." + slot.name + (slot.is_array ? " is an array" : slot.is_flag ? " holds true or false" : " holds a number") + " and is given " + std::string(kind_text(value.kind)),
                   slot.is_array ? "write its items" : "keep the kind that it was declared with");
        } else {
            emit(slot.is_flag ? Op::float_of : Op::memory_store, slot.first, slot.is_flag ? value.at : as_real(value).at);
        }
        return;
    }
    broken("N509", target.key->range, "mem has no field '" + std::string(key->value) + "'", "declare it in memory = { ... }");
}

void Compiler::if_statement(const lua::IfStat& node) {
    Jumps ends;
    for (std::size_t i = 0; i < node.clauses.size(); ++i) {
        const int mark = next_;
        Jumps otherwise;
        line_ = line_of(node.clauses[i].condition->range);
        condition(*node.clauses[i].condition, false, otherwise);
        next_ = mark;
        block(*node.clauses[i].body);
        if (i + 1 < node.clauses.size() || node.otherwise != nullptr) ends.push_back(emit(Op::jump));
        patch(otherwise, here());
    }
    if (node.otherwise != nullptr) block(*node.otherwise);
    patch(ends, here());
}

void Compiler::while_statement(const lua::WhileStat& node) {
    const int start = here(), mark = next_;
    Jumps ends;
    condition(*node.condition, false, ends);
    next_ = mark;
    breaks_.push_back(&ends);
    block(*node.body);
    breaks_.pop_back();
    patch({emit(Op::jump)}, start);
    patch(ends, here());
}

/// The condition sees the locals of the body.
void Compiler::repeat_statement(const lua::RepeatStat& node) {
    const int start = here();
    Jumps ends, again;
    breaks_.push_back(&ends);
    for (const lua::Stat* stat : node.body->statements) statement(*stat);
    breaks_.pop_back();
    line_ = line_of(node.condition->range);
    condition(*node.condition, false, again);
    patch(again, start);
    patch(ends, here());
}

void Compiler::numeric_for(const lua::NumericForStat& node, TextRange range) {
    const int first = allocate(3);  // variable, limit, step
    // each is put away before the next is worked out, as a later one may change memory
    const auto part = [&](const Expr* expr, int at) {
        CoreValue value = expr != nullptr ? this->expr(*expr, at) : scalar(CoreKind::whole, constant(std::int64_t{1}));
        if (expr == nullptr) value.constant = 1;
        if (!value.is_scalar()) return value;
        if (value.at != at) emit(Op::move, at, value.at);
        value.at = static_cast<std::uint16_t>(at);
        value.constant.reset();
        return value;
    };
    const CoreValue start = part(node.start, first), limit = part(node.limit, first + 1), step = part(node.step, first + 2);
    bool is_sound = must_be_number(start, node.start->range, "the start of a loop") && must_be_number(limit, node.limit->range, "the limit of a loop");
    is_sound = is_sound && must_be_number(step, node.step != nullptr ? node.step->range : range, "the step of a loop");
    if (is_sound && (start.kind == CoreKind::mixed || step.kind == CoreKind::mixed)) {
        broken("N520", node.start->range, "a loop over what may be an integer or a float", "write its first value as a float, 1.0, or keep it an integer");
        is_sound = false;
    }
    const bool is_whole = start.kind == CoreKind::whole && step.kind == CoreKind::whole;
    if (is_sound && is_whole && limit.kind != CoreKind::whole) emit(Op::for_limit, first + 1, first + 1, first + 2);
    if (is_sound && !is_whole)
        for (const CoreValue* value : {&start, &limit, &step})
            if (value->kind == CoreKind::whole) emit(Op::float_of, value->at, value->at);
    locals_[static_cast<std::size_t>(node.variable->id)] = is_sound ? scalar(is_whole ? CoreKind::whole : CoreKind::real, first) : CoreValue{};
    Jumps ends, none{emit(is_whole ? Op::for_whole : Op::for_float, first)};
    const int body = here();
    breaks_.push_back(&ends);
    block(*node.body);
    breaks_.pop_back();
    line_ = line_of(range);
    patch({emit(is_whole ? Op::next_whole : Op::next_float, first)}, body);
    patch(none, here());
    patch(ends, here());
}

/// for i, item in ipairs(list).
void Compiler::generic_for(const lua::GenericForStat& node, TextRange range) {
    const auto* call = node.values.size() == 1 ? lua::as<lua::Call>(node.values[0]) : nullptr;
    const auto* name = call != nullptr ? lua::as<lua::NameExpr>(call->callee) : nullptr;
    if (name == nullptr || name->text != "ipairs" || report_.names.of(*call->callee).local != nullptr || call->arguments.size() != 1) {
        broken("N504", range, "a loop that is not over numbers or ipairs", "walk a list with  for i = 1, #list do");
        return;
    }
    if (node.variables.size() > 2) {
        broken("N501", node.variables[2]->range, "a third variable of ipairs, which is nil", "ipairs gives a place and an item");
        return;
    }
    const CoreValue list = expr(*call->arguments[0]);
    if (list.kind != CoreKind::list && list.kind != CoreKind::array) {
        if (list.kind != CoreKind::broken) broken("N504", call->arguments[0]->range, "ipairs over " + std::string(kind_text(list.kind)), "ipairs walks lists of obs and arrays of mem");
        return;
    }
    const int first = allocate(3);
    emit(Op::move, first, constant(std::int64_t{1}));
    const CoreValue length = length_of(list, range, first + 1);
    if (length.at != first + 1) emit(Op::move, first + 1, length.at);
    emit(Op::move, first + 2, constant(std::int64_t{1}));
    Jumps ends, none{emit(Op::for_whole, first)};
    const int body = here();
    locals_[static_cast<std::size_t>(node.variables[0]->id)] = scalar(CoreKind::whole, first);
    breaks_.push_back(&ends);
    if (node.variables.size() > 1) {
        const int slot = allocate();
        declare(*node.variables[1], item(list, scalar(CoreKind::whole, first), range, slot), slot, node.variables[1]->range);
    }
    block(*node.body);
    breaks_.pop_back();
    line_ = line_of(range);
    patch({emit(Op::next_whole, first)}, body);
    patch(none, here());
    patch(ends, here());
}

void Compiler::return_statement(const lua::ReturnStat& node, TextRange range) {
    Layout& layout = *layouts_.back();
    if (layout.results < 0 && !node.values.empty()) {
        broken("N525", range, "a callback that returns a value", "write `return` alone: orders are given by verbs");
        return;
    }
    if (layout.results >= 0 && layout.wanted == 0) {  // nobody takes them
        for (const Expr* value : node.values) {
            const auto* call = lua::as<lua::Call>(value);
            const lua::Function* function = call != nullptr ? script_function(*call->callee) : nullptr;
            if (function != nullptr) call_function(*function, call->arguments, value->range, 0, -1);
            else expr(*value);
        }
    } else if (layout.results >= 0) {
        const std::vector<CoreValue> values = values_of(node.values, layout.wanted, range);
        for (std::size_t i = 0; i < layout.wanted; ++i) {
            const CoreValue& value = values[i];
            CoreValue& known = layout.kinds[i];
            const int slot = layout.results + static_cast<int>(i);
            if (value.kind == CoreKind::broken) continue;
            const bool is_same = known.kind == CoreKind::broken || known.is_like(value);
            if (!is_same || (!value.is_scalar() && value.kind != CoreKind::record)) {
                broken("N502", range, "a function that returns " + std::string(kind_text(value.kind)) + (is_same ? "" : " here and " + std::string(kind_text(known.kind)) + " elsewhere"),
                       "return values of one kind: numbers, flags, ids or records");
                continue;
            }
            const bool is_first = known.kind == CoreKind::broken;
            if (is_first) known = value;
            if (value.kind == CoreKind::record) put_record(value, slot);
            else if (is_number(value.kind)) store(value, slot, known.kind = learn(LearntNode::result, static_cast<int>(i), value.kind));
            else store(value, slot, value.kind);
        }
    }
    layout.ends.push_back(emit(Op::jump));
}

/// A function's body with its parameters bound; its results are in the registers of the layout.
void Compiler::body_of(const lua::Function& function, const std::vector<CoreValue>& arguments) {
    for (std::size_t i = 0; i < function.parameters.size(); ++i) declare(*function.parameters[i], arguments[i], allocate(), function.parameters[i]->range);
    if (layouts_.back()->wanted > 0 && !always_returns(*function.body))
        broken("N501", function.head, "a function whose value is used ends without `return` somewhere", "return a value at its end");
    block(*function.body);
}

}  // namespace rackrace
