// Calls of the compiler: functions of the script, laid out where they are called; verbs; helpers; draws.
#include <algorithm>
#include <utility>

#include "agents/checker/walk.h"
#include "agents/core/compiler.h"
#include "agents/host/ids.h"
#include "agents/library.h"
#include "engine/base/hash.h"
#include "engine/quarter/view.h"

namespace rackrace {
namespace {

constexpr std::size_t kMostParameters = 8, kMostResults = 4, kMostTraceName = 64, kMostLayouts = 64;

struct HelperRow {
    std::string_view name;
    Op op;
};

/// What each helper of race compiles to; arguments are those of its row in the library.
constexpr HelperRow kHelpers[] = {
    {"min", Op::smaller}, {"max", Op::larger}, {"clamp", Op::clamp}, {"pos", Op::positive}, {"abs", Op::absolute}, {"floor", Op::floor}, {"ceil", Op::ceil},
    {"sign", Op::sign}, {"round", Op::round}, {"ratio", Op::ratio}, {"lerp", Op::lerp}, {"step", Op::step}, {"smooth", Op::smooth}, {"exp", Op::exp},
    {"log", Op::log}, {"pow", Op::pow}, {"sqrt", Op::sqrt}, {"tanh", Op::tanh}, {"ema", Op::lerp}, {"grow", Op::grow}, {"annuity", Op::annuity},
    {"runway_q", Op::runway}, {"leverage", Op::leverage}, {"chips_for", Op::chips_for}, {"mh_of", Op::mh_of}, {"mw_of", Op::mw_of},
    {"grid_mw", Op::grid_mw}, {"power_cost_musd", Op::power_cost}, {"payback_q", Op::payback}, {"irr_rent", Op::irr_rent}, {"hhi", Op::concentration},
    {"share", Op::share}, {"chip_value_usd", Op::chip_value}, {"power_value_usd_kw_q", Op::power_value}};

/// Finds returns of anything but one value.
struct ReturnFinder {
    const lua::Names& names;
    bool is_found = false;

    void stat(const lua::Stat& stat, const lua::Function&) {
        const auto* node = lua::as<lua::ReturnStat>(&stat);
        if (node == nullptr) return;
        const auto* call = node->values.size() == 1 ? lua::as<lua::Call>(node->values.front()) : nullptr;
        is_found = is_found || node->values.size() != 1 || (call != nullptr && function_behind(*call->callee, names) != nullptr);
    }
    void expr(const lua::Expr&, const lua::Function&) {}
};

bool any_calls(const std::vector<bool>& calls, std::size_t from) { return std::find(calls.begin() + static_cast<std::ptrdiff_t>(from), calls.end(), true) != calls.end(); }

/// Functions of math that race has too, and how many arguments they take there.
constexpr std::pair<std::string_view, std::size_t> kOfMathAndRace[] = {{"abs", 1}, {"ceil", 1}, {"exp", 1}, {"floor", 1}, {"log", 1}, {"max", 2}, {"min", 2}, {"sqrt", 1}};

/// math.max(a, b) as race.max(a, b); nothing where race has no such function of as many arguments.
std::vector<Edit> as_race_call(const lua::Index& callee, std::string_view name, std::size_t arguments) {
    for (const auto& [shared, count] : kOfMathAndRace)
        if (shared == name && count == arguments && lua::as<lua::NameExpr>(callee.object) != nullptr) return {{callee.object->range, "race"}};
    return {};
}

}  // namespace

/// True where every return gives one value, known without looking into further functions.
bool Compiler::gives_one(const lua::Function& function) const {
    ReturnFinder finder{report_.names};
    lua::Walker<ReturnFinder> walker(finder);
    walker.function(function);
    return !finder.is_found;
}

const lua::Function* Compiler::script_function(const Expr& callee) const { return function_behind(callee, report_.names); }

CoreValue Compiler::call(const lua::Call& node, const Expr& whole, int slot) {
    const int line = line_;
    line_ = line_of(whole.range);
    CoreValue value;
    if (const lua::Function* function = script_function(*node.callee)) {
        const auto results = call_function(*function, node.arguments, whole.range, 1, slot);
        if (!results.empty()) value = results.front();
    } else if (const auto* callee = lua::as<lua::Index>(node.callee)) {
        const CoreValue object = expr(*callee->object);
        const auto* name = lua::as<lua::StringLiteral>(callee->key);
        if (object.kind == CoreKind::act && name != nullptr) value = verb_call(name->value, node, whole.range, slot);
        else if (object.kind == CoreKind::race && name != nullptr) value = helper_call(name->value, node, whole.range, slot);
        else if (object.kind == CoreKind::math && name != nullptr) value = broken("N511", whole.range, "math." + std::string(name->value), "race has the functions that give the same bits everywhere", as_race_call(*callee, name->value, node.arguments.size()));
        else if (object.kind != CoreKind::broken) value = broken("N505", whole.range, "a function that is no local function of the file", "declare it at the top of the file with `local function`");
    } else {
        const auto* name = lua::as<lua::NameExpr>(node.callee);
        const lua::Local* local = name != nullptr ? report_.names.of(*node.callee).local : nullptr;
        const bool is_of_file = local != nullptr && local->owner == report_.ast.chunk;
        value = broken(is_of_file ? "N521" : local != nullptr ? "N505" : "N511", whole.range, "a call of " + std::string(name != nullptr ? "'" + std::string(name->text) + "'" : "what is worked out"), "call local functions of the file, verbs and race.*");
    }
    line_ = line;
    return value;
}

/// Lays the function out here. `slot`: where a single result should go, if it can.
std::vector<CoreValue> Compiler::call_function(const lua::Function& function, const std::vector<Expr*>& arguments, TextRange range, std::size_t wanted, int slot) {
    const auto refuse = [&](std::string_view code, std::string what, std::string fix) {
        broken(code, range, std::move(what), std::move(fix));
        return std::vector<CoreValue>(wanted);
    };
    for (const Layout* open : layouts_)
        if (open->function == &function) return refuse("N506", "a function that calls itself", "use a loop");
    if (!may_lay_out()) return std::vector<CoreValue>(wanted);  // told already; calls within calls grow without end
    if (layouts_.size() > kMostLayouts) return refuse("N522", "calls more than " + std::to_string(kMostLayouts) + " deep", "call functions from fewer others");
    if (function.parent != report_.ast.chunk) return refuse("N505", "a function made inside another", "declare it at the top of the file with `local function`");
    if (function.is_vararg) return refuse("N507", "a function with any number of arguments", "name each argument");
    if (function.parameters.size() > kMostParameters || wanted > kMostResults) return refuse("N525", "more than 8 arguments or 4 results", "pass obs, mem or a record instead");
    const int line = line_, mark = next_;
    const int results = wanted > 0 ? allocate(static_cast<int>(wanted)) : 0;
    const Words* const outer_expected = std::exchange(expected_, nullptr);
    std::vector<CoreValue> values = values_of(arguments, function.parameters.size(), range);
    for (CoreValue& value : values) {  // the function may write to memory
        if (!value.is_scalar() || !may_change(value.at)) continue;
        const int copy = allocate();
        emit(Op::move, copy, value.at);
        value.at = static_cast<std::uint16_t>(copy);
    }

    Layout layout{&function, wanted, results, {}, std::vector<CoreValue>(wanted)};
    const int outer_layout = layout_;
    layout_ = ++layouts_made_;
    layouts_.push_back(&layout);
    std::vector<Jumps*> outer_breaks;
    outer_breaks.swap(breaks_);
    std::vector<CoreValue> out;
    const auto* only = function.body->statements.size() == 1 ? lua::as<lua::ReturnStat>(function.body->statements.front()) : nullptr;
    if (only != nullptr && only->values.size() == 1 && wanted == 1) {  // one expression: its value, where it comes to stand
        for (std::size_t i = 0; i < function.parameters.size(); ++i) declare(*function.parameters[i], values[i], allocate(), function.parameters[i]->range);
        line_ = line_of(only->values.front()->range);
        out.push_back(expr(*only->values.front(), slot));
    } else {
        body_of(function, values);
        patch(layout.ends, here());
        next_ = mark + static_cast<int>(wanted);
        for (std::size_t i = 0; i < wanted; ++i) {
            CoreValue value = layout.kinds[i];
            value.at = static_cast<std::uint16_t>(results + static_cast<int>(i));
            value.constant.reset();
            if (is_number(value.kind)) value.kind = learnt(LearntNode::result, static_cast<int>(i));
            if (value.kind == CoreKind::record) value.base = value.at, value.offset = 0;
            out.push_back(value);
        }
    }
    expected_ = outer_expected;
    breaks_.swap(outer_breaks);
    layouts_.pop_back();
    layout_ = outer_layout;
    line_ = line;
    return out;
}

CoreValue Compiler::verb_call(std::string_view name, const lua::Call& node, TextRange range, int slot) {
    if (name == "trace" || name == "mark") return trace_call(name == "mark", node, range, slot);
    if (name == "budget") return broken("N517", range, "act.budget", "the two engines count differently: bound loops by numbers");
    const auto& verbs = describe_verbs();
    const auto verb = std::find_if(verbs.begin(), verbs.end(), [&](const VerbInfo& one) { return one.row.name == name; });
    const auto* table = node.arguments.size() == 1 ? lua::as<lua::Table>(node.arguments.front()) : nullptr;
    if (verb == verbs.end()) return broken("N530", range, "no verb '" + std::string(name) + "'", "the checker's own message says more");
    if (table == nullptr) return broken("N516", range, "a verb without a table of named arguments", "write act." + std::string(name) + " { name = value, ... }");
    std::vector<bool> calls;
    for (const lua::TableField& field : table->fields) calls.push_back(field.value != nullptr && calls_script(*field.value));
    std::vector<const CoreValue*> given(verb->args.size());
    std::vector<CoreValue> values(table->fields.size());
    std::vector<TextRange> ranges(verb->args.size(), range);
    for (std::size_t i = 0; i < table->fields.size(); ++i) {
        const lua::TableField& field = table->fields[i];
        const auto* key = lua::as<lua::StringLiteral>(field.key);
        if (key == nullptr) return broken("N516", field.range, "an argument without a literal name", "write name = value");
        const auto arg = std::find_if(verb->args.begin(), verb->args.end(), [&](const ArgInfo& one) { return one.name == key->value; });
        if (arg == verb->args.end()) return broken("N530", field.range, std::string(name) + " has no argument '" + std::string(key->value) + "'", "the checker's own message says more");
        const auto place = static_cast<std::size_t>(arg - verb->args.begin());
        const Words* const outer_expected = std::exchange(expected_, choice_words(*verb, place));
        values[i] = own(*field.value, any_calls(calls, i + 1));
        expected_ = outer_expected;
        given[place] = &values[i];
        ranges[place] = field.value->range;
    }
    for (std::size_t i = 0; i < verb->args.size(); ++i) {
        const ArgInfo& arg = verb->args[i];
        if (given[i] != nullptr) argument(*verb, static_cast<int>(i), *given[i], ranges[i]);
        else if (arg.row.is_required) broken("N530", range, std::string(name) + " needs '" + std::string(arg.name) + "'", "the checker's own message says more");
        else if (arg.storage == Storage::f64) emit(Op::argument, static_cast<int>(arg.offset), constant(arg.row.otherwise), argument_code(kArgumentFloat, static_cast<int>(i), static_cast<int>(verb->row.verb)));
        else emit(Op::argument, static_cast<int>(arg.offset), constant(std::int64_t{to_int32(to_int64(arg.row.otherwise))}), argument_code(kArgumentWord, static_cast<int>(i), static_cast<int>(verb->row.verb)));
    }
    const int at = slot >= 0 ? slot : allocate();
    emit(Op::verb, at, static_cast<int>(verb->row.verb));
    return scalar(CoreKind::flag, at);
}

/// The texts that an argument is one of; nullptr for other arguments.
const Words* Compiler::choice_words(const VerbInfo& verb, std::size_t number) {
    const ArgRow& row = verb.args[number].row;
    if (row.unit != Unit::kind_name) return nullptr;
    return &words_.try_emplace({static_cast<int>(verb.row.verb), static_cast<int>(number)}, row.choices, row.choices + row.choice_count()).first->second;
}

void Compiler::argument(const VerbInfo& verb, int number, const CoreValue& value, TextRange range) {
    const ArgInfo& arg = verb.args[static_cast<std::size_t>(number)];
    const auto code = [&](int check) { return argument_code(check, number, static_cast<int>(verb.row.verb)); };
    if (value.kind == CoreKind::broken) return;
    const auto refuse = [&](std::string_view wanted) {
        broken("N514", range, "'" + std::string(arg.name) + "' of " + std::string(verb.row.name) + " is " + std::string(kind_text(value.kind)) + ", not " + std::string(wanted), "give it " + std::string(wanted));
    };
    if (is_id(arg.row.unit)) {
        if (value.kind != CoreKind::id || value.unit != arg.row.unit) return refuse("a " + std::string(unit_text(arg.row.unit)));
        emit(Op::argument, static_cast<int>(arg.offset), value.at, code(kArgumentWord));
    } else if (arg.row.unit == Unit::flag) {
        if (value.kind != CoreKind::flag) return refuse("true or false");
        emit(Op::argument, static_cast<int>(arg.offset), value.at, code(kArgumentWord));
    } else if (arg.row.unit == Unit::kind_name) {
        for (int i = 0; value.kind == CoreKind::text && i < arg.choice_count(); ++i)
            if (value.text == arg.row.choices[i]) {
                emit(Op::argument, static_cast<int>(arg.offset), constant(std::int64_t{i}), code(kArgumentWord));
                return;
            }
        const Words* words = choice_words(verb, static_cast<std::size_t>(number));
        if (value.kind == CoreKind::word && *value.words == *words) emit(Op::argument, static_cast<int>(arg.offset), value.at, code(kArgumentWord));
        else refuse(choices_text(arg.row) + " as a literal");
    } else if (must_be_number(value, range, "'" + std::string(arg.name) + "'")) {
        const int quantity = is_quantity(arg.row.unit) ? kArgumentQuantity : 0;
        emit(Op::argument, static_cast<int>(arg.offset), as_real(value).at, code((arg.storage == Storage::f64 ? kArgumentFloat : kArgumentWhole) | quantity));
    }
}

CoreValue Compiler::trace_call(bool is_mark, const lua::Call& node, TextRange range, int slot) {
    const auto* name = !node.arguments.empty() ? lua::as<lua::StringLiteral>(node.arguments.front()) : nullptr;
    if (name == nullptr || name->value.empty() || name->value.size() > kMostTraceName || node.arguments.size() != (is_mark ? 1u : 2u))
        return broken("N516", range, is_mark ? "a mark without one literal name" : "a trace without a literal name and a number", "write act.trace(\"name\", x)");
    const std::string text(name->value);
    auto known = std::find(program_.texts.begin(), program_.texts.end(), text);
    if (known == program_.texts.end()) known = program_.texts.insert(known, text);
    const auto number = static_cast<int>(known - program_.texts.begin());
    CoreValue value;
    const auto* call = !is_mark ? lua::as<lua::Call>(node.arguments[1]) : nullptr;
    if (call != nullptr && script_function(*call->callee) != nullptr && !gives_one(*script_function(*call->callee)))
        return broken("N525", node.arguments[1]->range, "a trace of what may be several values", "put the call in parentheses: the first one counts");
    if (!is_mark) {
        value = expr(*node.arguments[1]);
        if (!must_be_number(value, node.arguments[1]->range, "the value of a trace")) return {};
        value = as_real(value);
    }
    const int at = slot >= 0 ? slot : allocate();
    emit(is_mark ? Op::mark : Op::trace, at, number, is_mark ? 0 : value.at);
    return scalar(CoreKind::flag, at);
}

/// The bytes of a product or region in the market's view: of a record, or found by its id.
CoreValue Compiler::record_operand(const Expr& source, std::string_view type, std::string_view name) {
    const bool is_product = type.find("race.ProductId") != std::string_view::npos;
    const RecordInfo& wanted = is_product ? describe<ProductView>() : describe<RegionView>();
    CoreValue value = expr(source);
    if (value.kind == CoreKind::broken) return {};
    if (value.kind == CoreKind::record && value.record->info == &wanted) {
        if (value.base < 0) return scalar(CoreKind::whole, constant(std::int64_t{value.offset}));
        if (value.offset == 0) return scalar(CoreKind::whole, value.base);
        const int at = allocate();
        put_record(value, at);
        return scalar(CoreKind::whole, at);
    }
    if (value.kind == CoreKind::id && value.unit == (is_product ? Unit::product_id : Unit::region_id)) {
        const int at = allocate();
        emit(is_product ? Op::product_of : Op::region_of, at, value.at);
        return scalar(CoreKind::whole, at);
    }
    return broken("N514", source.range, std::string(kind_text(value.kind)) + " where race." + std::string(name) + " takes a " + (is_product ? "product" : "region"),
                  is_product ? "give a record of obs.market.products or its id" : "give a record of obs.market.regions or its id");
}

CoreValue Compiler::helper_call(std::string_view name, const lua::Call& node, TextRange range, int slot) {
    const LibraryFunction* helper = find_race_function(name);
    const auto row = std::find_if(std::begin(kHelpers), std::end(kHelpers), [&](const HelperRow& one) { return one.name == name; });
    const bool is_special = name == "trend" || name == "npv" || name == "argmax";
    if (helper == nullptr || (row == std::end(kHelpers) && !is_special)) return broken("N511", range, "race." + std::string(name) + " here", "walk lists with  for i = 1, #list do");
    if (static_cast<int>(node.arguments.size()) != helper->argument_count())
        return broken("N514", range, "race." + std::string(name) + " with " + std::to_string(node.arguments.size()) + " arguments", "it takes " + std::to_string(helper->argument_count()));
    const bool reads_market = row != std::end(kHelpers) && row->op >= Op::product_of && row->op <= Op::power_value;
    if (reads_market && layouts_.front()->function == report_.declaration.init) return broken("N530", range, "race." + std::string(name) + " in init: it reads the market", "call it in decide");
    if (name == "trend") return trend_call(node, range, slot);
    if (name == "npv") return npv_call(node, range, slot);
    if (name == "argmax") return argmax_call(node, range, slot);
    std::vector<bool> calls;
    for (const Expr* argument : node.arguments) calls.push_back(calls_script(*argument));
    std::vector<std::uint16_t> operands;
    for (std::size_t i = 0; i < node.arguments.size(); ++i) {
        const Expr& source = *node.arguments[i];
        const std::string_view type = helper->arguments[i].type;
        CoreValue value;
        if (type == "number") {
            value = own(source, any_calls(calls, i + 1));
            if (!must_be_number(value, source.range, "an argument of race." + std::string(name))) return {};
            value = as_real(value);
        } else if (type == "race.Obs" || type == "race.Me") {
            value = expr(source);
            const bool fits = type == "race.Obs" ? value.kind == CoreKind::obs : value.kind == CoreKind::record && value.record->info == &describe<MeView>();
            if (!fits && value.kind != CoreKind::broken) broken("N514", source.range, "race." + std::string(name) + " takes " + (type == "race.Obs" ? "obs" : "obs.me"), "give it that");
            if (!fits) return {};
            continue;
        } else {
            value = record_operand(source, type, name);
            if (value.kind == CoreKind::broken) return {};
        }
        operands.push_back(value.at);
    }
    operands.resize(3);
    const int at = slot >= 0 ? slot : allocate();
    if (row_of(row->op).is_long()) emit_long(row->op, at, operands[0], operands[1], operands[2]);
    else emit(row->op, at, operands[0], operands[1]);
    return real_at(at);
}

/// race.trend of a list of a view or an array of memory: its ends and its length.
CoreValue Compiler::trend_call(const lua::Call& node, TextRange range, int slot) {
    const CoreValue list = expr(*node.arguments[0]);
    const bool is_numbers = list.kind == CoreKind::array || (list.kind == CoreKind::list && list.field->record == nullptr && list.field->reading == Reading::number && list.field->count_offset < 0);
    if (!is_numbers) {
        if (list.kind != CoreKind::broken) broken("N514", range, "race.trend of " + std::string(kind_text(list.kind)), "give a history of obs or an array of mem");
        return {};
    }
    const CoreValue length = length_of(list, range, -1);
    CoreValue first = scalar(CoreKind::whole, constant(std::int64_t{1})), last = length;
    first.constant = 1;
    first = item(list, first, range, -1);
    last = item(list, last, range, -1);
    const int at = slot >= 0 ? slot : allocate();
    emit_long(Op::trend, at, first.at, last.at, as_real(length).at);
    return real_at(at);
}

CoreValue Compiler::npv_call(const lua::Call& node, TextRange range, int slot) {
    const CoreValue rate = own(*node.arguments[0], calls_script(*node.arguments[1]) || calls_script(*node.arguments[2]));
    CoreValue flow = own(*node.arguments[1], calls_script(*node.arguments[2]));
    const CoreValue quarters = expr(*node.arguments[2]);
    if (!must_be_number(rate, node.arguments[0]->range, "the rate") || !must_be_number(quarters, node.arguments[2]->range, "the number of quarters")) return {};
    if (flow.kind != CoreKind::array && !must_be_number(flow, node.arguments[1]->range, "a cash flow")) return {};
    if (flow.kind != CoreKind::array) flow = as_real(flow);
    const std::uint16_t discount = as_real(rate).at, count = as_real(quarters).at;
    const int at = slot >= 0 ? slot : allocate();
    line_ = line_of(range);
    emit_long(flow.kind == CoreKind::array ? Op::npv_array : Op::npv, at, discount, flow.kind == CoreKind::array ? flow.array : flow.at, count);
    return real_at(at);
}

/// race.argmax(list, "field"): a loop.
CoreValue Compiler::argmax_call(const lua::Call& node, TextRange range, int slot) {
    const CoreValue list = expr(*node.arguments[0]);
    const auto* name = lua::as<lua::StringLiteral>(node.arguments[1]);
    if (list.kind == CoreKind::broken) return {};
    if (list.kind != CoreKind::list || list.field->record == nullptr || name == nullptr)
        return broken("N514", range, "race.argmax of what is no list of records with a literal field", "write race.argmax(obs.rivals, \"cash_musd\")");
    const int best = allocate(), most = allocate(), loop = allocate(3);
    emit(Op::move, best, zero());
    emit(Op::move, most, constant(0.0));
    emit(Op::move, loop, constant(std::int64_t{1}));
    const CoreValue length = length_of(list, range, loop + 1);
    if (length.at != loop + 1) emit(Op::move, loop + 1, length.at);
    emit(Op::move, loop + 2, constant(std::int64_t{1}));
    const Jumps none{emit(Op::for_whole, loop)};
    const int body = here();
    const CoreValue value = field_of(item(list, scalar(CoreKind::whole, loop), range, -1), name->value, range, -1);
    if (!must_be_number(value, range, "the field of argmax")) return {};
    const Jumps take{emit(Op::jump_equal_whole, 0, best, zero())}, skip{emit(Op::jump_not_less, 0, most, value.at)};
    patch(take, here());
    emit(Op::move, best, loop);
    emit(Op::move, most, value.at);
    patch(skip, here());
    patch({emit(Op::next_whole, loop)}, body);
    patch(none, here());
    if (slot >= 0) emit(Op::move, slot, best);
    return scalar(CoreKind::whole, slot >= 0 ? slot : best);
}

/// rng:uniform(a, b) and its like, of the decision's stream or of rng:stream("name").
CoreValue Compiler::draw_call(const lua::MethodCall& node, TextRange range, int slot) {
    struct Draw {
        std::string_view name;
        Op op;
        CoreKind kind;
    };
    constexpr Draw kDraws[] = {{"uniform", Op::draw_uniform, CoreKind::real}, {"normal", Op::draw_normal, CoreKind::real}, {"int", Op::draw_whole, CoreKind::real}, {"chance", Op::draw_chance, CoreKind::flag}};
    std::string_view stream;
    const Expr* object = node.object;
    if (const auto* inner = lua::as<lua::MethodCall>(object); inner != nullptr && inner->method == "stream") {
        const auto* name = inner->arguments.size() == 1 ? lua::as<lua::StringLiteral>(inner->arguments.front()) : nullptr;
        if (name == nullptr) return broken("N519", range, "a stream without a literal name", "write rng:stream(\"bids\"):uniform(0, 1)");
        stream = name->value;
        object = inner->object;
    }
    if (node.method == "stream") return broken("N519", range, "a stream that is kept", "write rng:stream(\"bids\"):uniform(0, 1) at each draw");
    const CoreValue rng = expr(*object);
    const auto draw = std::find_if(std::begin(kDraws), std::end(kDraws), [&](const Draw& one) { return one.name == node.method; });
    if (rng.kind != CoreKind::rng || draw == std::end(kDraws)) {
        if (rng.kind != CoreKind::broken) broken("N511", range, "the method '" + std::string(node.method) + "'", "rng has uniform, normal, int, chance and stream");
        return {};
    }
    const std::size_t wanted = draw->op == Op::draw_chance ? 1 : 2;
    if (node.arguments.size() != wanted) return broken("N514", range, "rng:" + std::string(node.method) + " with " + std::to_string(node.arguments.size()) + " arguments", "it takes " + std::to_string(wanted));
    std::uint16_t operands[2] = {};
    for (std::size_t i = 0; i < wanted; ++i) {
        const CoreValue value = own(*node.arguments[i], i + 1 < wanted && calls_script(*node.arguments[i + 1]));
        if (!must_be_number(value, node.arguments[i]->range, "an argument of a draw")) return {};
        operands[i] = as_real(value).at;
    }
    const std::uint64_t hash = name_hash(stream.data(), stream.size());
    auto known = std::find(program_.streams.begin(), program_.streams.end(), hash);
    if (known == program_.streams.end()) known = program_.streams.insert(known, hash);
    if (program_.streams.size() > static_cast<std::size_t>(kCoreStreams)) return broken("N522", range, "more than " + std::to_string(kCoreStreams) + " streams", "name fewer streams");
    const int at = slot >= 0 ? slot : allocate();
    emit_long(draw->op, at, operands[0], operands[1], static_cast<int>(known - program_.streams.begin()));
    return scalar(draw->kind, at);
}

}  // namespace rackrace
