#include "agents/checker/script_shape.h"

namespace rackrace {

using namespace lua;

namespace {

constexpr int kMaxAliases = 16;  // local a = b; local c = a; ...: further ones are not followed

}  // namespace

const Expr& behind_locals(const Expr& expr, const Names& names) {
    const Expr* at = &expr;
    for (int i = 0; i < kMaxAliases; ++i) {
        if (const auto* paren = as<Paren>(at)) {
            at = paren->inner;
            continue;
        }
        if (as<NameExpr>(at) == nullptr) break;
        const Local* local = names.of(*at).local;
        if (local == nullptr) break;
        const LocalFacts& facts = names.facts(*local);
        if (!facts.is_single_assignment() || facts.values.size() != 1 || facts.values[0].value == nullptr || facts.values[0].is_element) break;
        at = facts.values[0].value;
    }
    return *at;
}

const StringLiteral* required_name(const Expr& expr, const Names& names) {
    const auto* call = as<Call>(&expr);
    if (call == nullptr || call->arguments.size() != 1) return nullptr;
    const auto* name = as<NameExpr>(call->callee);
    if (name == nullptr || name->text != "require" || names.of(*call->callee).local != nullptr) return nullptr;
    return as<StringLiteral>(call->arguments[0]);
}

bool is_race_library(const Expr& expr, const Names& names) {
    const Expr& value = behind_locals(expr, names);
    if (const auto* name = as<NameExpr>(&value)) return name->text == "race" && names.of(value).local == nullptr;
    const StringLiteral* module = required_name(value, names);
    return module != nullptr && module->value == "rackrace";
}

const TableField* find_field(const Table& table, std::string_view name) {
    const TableField* found = nullptr;
    for (const TableField& field : table.fields)
        if (const auto* key = as<StringLiteral>(field.key); key != nullptr && key->value == name) found = &field;
    return found;
}

const Function* function_behind(const Expr& expr, const Names& names) {
    const Expr& value = behind_locals(expr, names);
    if (const auto* function = as<FunctionExpr>(&value)) return function->function;
    if (as<NameExpr>(&value) == nullptr || names.of(value).local == nullptr) return nullptr;
    const LocalFacts& facts = names.facts(*names.of(value).local);
    return facts.is_single_assignment() && facts.values.size() == 1 ? facts.values[0].function : nullptr;
}

ScriptShape find_shape(const Ast& ast, const Names& names, bool is_module) {
    ScriptShape shape;
    shape.is_module = is_module;
    for (const Stat* stat : ast.chunk->body->statements)
        if (as<ReturnStat>(stat) != nullptr) shape.returned = stat;
    const auto* returned = as<ReturnStat>(shape.returned);
    if (is_module || returned == nullptr || returned->values.size() != 1) return shape;
    const auto* call = as<Call>(&behind_locals(*returned->values[0], names));
    const auto* member = call != nullptr ? as<Index>(call->callee) : nullptr;
    if (member == nullptr || !is_race_library(*member->object, names)) return shape;
    shape.constructor = call->callee;
    shape.role = as<StringLiteral>(member->key);
    if (call->arguments.size() != 1) return shape;
    shape.table_expr = &behind_locals(*call->arguments[0], names);
    shape.table = as<Table>(shape.table_expr);
    if (shape.table == nullptr) return shape;
    for (std::size_t i = 0; i < kCallbackNames.size(); ++i)
        if (const TableField* field = find_field(*shape.table, kCallbackNames[i])) shape.callbacks[i] = function_behind(*field->value, names);
    return shape;
}

}  // namespace rackrace
