#include "agents/checker/argument_check.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "agents/checker/constants.h"
#include "agents/checker/field_tree.h"
#include "agents/checker/id_check.h"
#include "agents/checker/nearest_name.h"
#include "agents/checker/verb_check.h"

namespace rackrace {

using namespace lua;

namespace {

/// What a value surely is when the script runs.
enum class Given { unknown, number, flag, text, record, list, table, function };
constexpr std::string_view kGivenTexts[] = {"", "a number", "true or false", "a text", "a record", "a list", "a table", "a function"};

Given kind_of_constant(const Constant& constant) {
    return std::holds_alternative<double>(constant) ? Given::number : std::holds_alternative<bool>(constant) ? Given::flag : Given::text;
}

Given kind_of_result(BinaryOperator op) {
    if (op == BinaryOperator::logical_and || op == BinaryOperator::logical_or) return Given::unknown;
    return is_comparison(op) ? Given::flag : op == BinaryOperator::concat ? Given::text : Given::number;
}

class ArgumentCheck {
public:
    ArgumentCheck(const Names& names, const Values& values, const ApiNames& api, const Declaration& declaration, Diagnostics& diagnostics)
        : names_(names), values_(values), api_(api), declaration_(declaration), diagnostics_(diagnostics), fields_(field_tree(api.fields)) {
        for (const ApiField& field : api.fields) units_[field.path] = field.unit;
    }

    void run() {
        for (const VerbUse& use : declaration_.verbs)
            for (const auto& [argument, value] : given_arguments(use, api_, names_))
                if (argument->unit != Unit::none) check(use.verb, *argument, *value);
    }

private:
    /// True where the expression is the same at every call: of obs, p, mem and what loops take from them, not of what a function is handed.
    bool is_plain(const Expr& expr) const {
        const Expr& value = behind_locals(expr, names_);
        if (const auto* index = as<Index>(&value)) return is_plain(*index->object);
        const Local* local = as<NameExpr>(&value) == nullptr ? nullptr : names_.of(value).local;
        if (local == nullptr || !names_.facts(*local).is_single_assignment()) return false;
        const bool is_of_callback = local->owner == declaration_.decide || local->owner == declaration_.operate;
        return names_.facts(*local).is_loop_variable || (names_.facts(*local).is_parameter && is_of_callback);
    }

    Given kind_of_field(const std::vector<std::string_view>& steps) const {
        const FieldNode* node = fields_.at(steps, steps.size());
        if (node == nullptr) return Given::unknown;  // told as A201
        if (!node->is_value()) return node->child(kElement) != nullptr ? Given::list : Given::record;
        const auto unit = units_.find(steps_text(steps));
        if (unit == units_.end() || is_id(unit->second)) return Given::unknown;
        switch (unit->second) {
            case Unit::none: case Unit::id: return Given::unknown;
            case Unit::flag: return Given::flag;
            case Unit::role_name: case Unit::kind_name: case Unit::news_name: return Given::text;
            default: return Given::number;
        }
    }

    Given kind_of_parameter(std::string_view name) const {
        const Parameter* parameter = declaration_.find_parameter(name);
        return parameter == nullptr ? Given::unknown : kind_of_constant(parameter->default_value);
    }

    Given kind_of_memory(const std::vector<std::string_view>& steps) const {
        const MemoryField* field = declaration_.find_memory(steps[0]);
        if (field == nullptr) return Given::unknown;
        if (field->is_array) return steps.size() == 1 ? Given::list : Given::number;
        return field->is_flag ? Given::flag : Given::number;
    }

    Given kind_of(const Expr& expr) const {
        const Expr& value = behind_locals(expr, names_);
        if (const auto constant = constant_of(value, names_)) return kind_of_constant(*constant);
        if (as<Table>(&value) != nullptr) return Given::table;
        if (function_behind(value, names_) != nullptr) return Given::function;
        if (const auto* unary = as<Unary>(&value)) return unary->op == UnaryOperator::logical_not ? Given::flag : Given::number;
        if (const auto* binary = as<Binary>(&value)) return kind_of_result(binary->op);
        const std::vector<ValuePath> paths = values_.of(value);
        if (paths.size() != 1 || paths[0].steps.empty() || !is_plain(value)) return Given::unknown;
        switch (paths[0].root) {
            case Root::obs: return kind_of_field(paths[0].steps);
            case Root::params: return paths[0].steps.size() == 1 ? kind_of_parameter(paths[0].steps[0]) : Given::unknown;
            case Root::memory: return kind_of_memory(paths[0].steps);
            default: return Given::unknown;
        }
    }

    void check(const std::string& verb, const ApiArgument& argument, const Expr& value) {
        const Given given = kind_of(value);
        if (given == Given::unknown) return;
        const auto mistaken = [&](const std::string& wanted, const std::string& fix) {
            tell("A227", verb, argument, value.range, "is " + wanted + ", and this is " + std::string(kGivenTexts[static_cast<int>(given)]), fix);
        };
        if (is_id(argument.unit)) {
            if (given == Given::record) mistaken(id_text(argument.unit), "give its id, as in  " + argument.name + " = x.id");
            else if (given != Given::number) mistaken(id_text(argument.unit), "take the id from obs, as in  " + argument.name + " = x.id");
        } else if (!argument.words.empty()) {
            if (given != Given::text) mistaken("one of " + argument.about, "write one of these words");
            else check_word(verb, argument, value);
        } else if (argument.unit == Unit::flag) {
            if (given != Given::flag) mistaken("true or false", "write true or false");
        } else if (given != Given::number) {
            mistaken("a number", "give it a number");
        } else if (const auto number = number_of(value, names_)) {
            check_number(verb, argument, value.range, *number);
        }
    }

    void check_word(const std::string& verb, const ApiArgument& argument, const Expr& value) {
        const auto constant = constant_of(value, names_);
        if (!constant) return;
        const std::string& word = std::get<std::string>(*constant);
        if (std::find(argument.words.begin(), argument.words.end(), word) == argument.words.end())
            tell("A227", verb, argument, value.range, "is never " + in_quotes(word), did_you_mean(word, argument.words));
    }

    void check_number(const std::string& verb, const ApiArgument& argument, TextRange range, double number) {
        if (argument.is_amount && number < 0.0) tell("A227", verb, argument, range, "is an amount, and this is below 0", "give it at least 0, or leave the call out");
        else if (argument.is_whole && number != std::floor(number)) tell("A227", verb, argument, range, "is a whole number, and this has a fraction", "write a whole number");
        else if (argument.least && number < *argument.least) tell("A210", verb, argument, range, "is never below " + number_text(*argument.least), "give it at least " + number_text(*argument.least));
        else if (argument.most && number > *argument.most) tell("A210", verb, argument, range, "is never above " + number_text(*argument.most), "give it at most " + number_text(*argument.most));
    }

    void tell(std::string_view code, const std::string& verb, const ApiArgument& argument, TextRange range, const std::string& what, const std::string& fix) {
        diagnostics_.add(code, range, in_quotes(argument.name) + " of " + in_quotes(verb) + " " + what, fix);
    }

    const Names& names_;
    const Values& values_;
    const ApiNames& api_;
    const Declaration& declaration_;
    Diagnostics& diagnostics_;
    FieldNode fields_;
    std::map<std::string, Unit, std::less<>> units_;  // of obs, by path
};

}  // namespace

void check_arguments(const Names& names, const Values& values, const ApiNames& api, const Declaration& declaration, Diagnostics& diagnostics) {
    ArgumentCheck(names, values, api, declaration, diagnostics).run();
}

}  // namespace rackrace
