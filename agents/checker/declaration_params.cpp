// The params and memory tables of a declaration.
#include <algorithm>
#include <cmath>

#include "agents/checker/declaration.h"
#include "agents/checker/nearest_name.h"

namespace rackrace {

using namespace lua;

namespace {

const std::vector<std::string> kConstructors{"range", "int", "choice", "flag", "fixed"};

std::string_view form_of(std::string_view constructor) {
    if (constructor == "range") return "race.range(min, max, default [, opt])";
    if (constructor == "int") return "race.int(min, max, default [, opt])";
    if (constructor == "choice") return "race.choice({ \"a\", \"b\" }, \"a\" [, opt])";
    if (constructor == "flag") return "race.flag(true [, opt])";
    return "race.fixed(value [, opt])";
}

/// The literal name of race.<name>(...), and the call; nothing for any other expression.
std::pair<const StringLiteral*, const Call*> race_call(const Expr& expr, const Names& names) {
    const Expr& value = behind_locals(expr, names);
    const auto* call = as<Call>(&value);
    const auto* member = call != nullptr ? as<Index>(call->callee) : nullptr;
    if (member == nullptr || !is_race_library(*member->object, names)) return {nullptr, nullptr};
    return {as<StringLiteral>(member->key), call};
}

class ParameterReader {
public:
    ParameterReader(const Names& names, Diagnostics& diagnostics) : names_(names), diagnostics_(diagnostics) {}

    std::optional<Parameter> read(std::string_view name, const TableField& field) {
        const auto [constructor, call] = race_call(*field.value, names_);
        if (constructor == nullptr || std::find(kConstructors.begin(), kConstructors.end(), constructor->value) == kConstructors.end()) {
            const std::string fix = constructor != nullptr ? did_you_mean(constructor->value, kConstructors)
                                                           : "write  " + std::string(name) + " = race.range(min, max, default), or race.int, race.choice, race.flag, race.fixed";
            diagnostics_.add("A217", field.value->range, "parameter " + in_quotes(name) + " is not declared by race.range, int, choice, flag or fixed", fix);
            return std::nullopt;
        }
        made_ = {};
        made_.name = name;
        made_.range = field.key->range;
        const bool good = read_values(constructor->value, *call);
        return good ? std::optional(made_) : std::nullopt;
    }

private:
    bool refuse(std::string_view code, TextRange range, const std::string& what, const std::string& fix) {
        diagnostics_.add(code, range, "parameter " + in_quotes(made_.name) + ": " + what, fix);
        return false;
    }

    bool read_values(std::string_view constructor, const Call& call) {
        const std::size_t values = constructor == "range" || constructor == "int" ? 3 : constructor == "choice" ? 2 : 1;
        const auto& arguments = call.arguments;
        if (arguments.size() < values || arguments.size() > values + 1)
            return refuse("A218", call.arguments_range,
                          "race." + std::string(constructor) + " takes " + std::to_string(values) + (values == 1 ? " value" : " values") + " and options, not " +
                              std::to_string(arguments.size()),
                          "write  " + std::string(form_of(constructor)));
        bool good = true;
        if (constructor == "range" || constructor == "int") good = read_bounds(constructor == "int", call);
        else if (constructor == "choice") good = read_choice(call);
        else if (constructor == "flag") good = read_flag(*arguments[0]);
        else good = read_fixed(*arguments[0]);
        if (arguments.size() == values + 1) good &= read_options(*arguments[values]);
        return good;
    }

    bool read_bounds(bool is_integer, const Call& call) {
        double values[3] = {};
        for (std::size_t i = 0; i < 3; ++i) {
            const Expr& argument = *call.arguments[i];
            const auto value = number_of(argument, names_);
            if (!value) return refuse("A218", argument.range, "this is " + std::string(value_kind(argument, names_)) + ", not a literal number", "write a number");
            if (is_integer && std::floor(*value) != *value)
                return refuse("A218", argument.range, number_text(*value) + " is no whole number", "use race.range, or write a whole number");
            values[i] = *value;
        }
        made_.kind = is_integer ? ParameterKind::integer : ParameterKind::range;
        made_.min = values[0];
        made_.max = values[1];
        made_.default_value = values[2];
        if (made_.min > made_.max)
            return refuse("A218", call.arguments_range, "min " + number_text(made_.min) + " is above max " + number_text(made_.max), "the order is min, max, default");
        if (values[2] < made_.min || values[2] > made_.max)
            return refuse("A218", call.arguments[2]->range,
                          "default " + number_text(values[2]) + " lies outside " + number_text(made_.min) + " to " + number_text(made_.max),
                          "the order is min, max, default");
        return true;
    }

    bool read_choice(const Call& call) {
        made_.kind = ParameterKind::choice;
        const auto* options = as<Table>(&behind_locals(*call.arguments[0], names_));
        if (options == nullptr || options->fields.empty())
            return refuse("A218", call.arguments[0]->range, "the choices are not a list", "write  " + std::string(form_of("choice")));
        for (const TableField& field : options->fields) {
            const auto value = constant_of(*field.value, names_);
            if (field.key != nullptr || !value || !std::holds_alternative<std::string>(*value))
                return refuse("A218", field.range, "this choice is not a literal text", "write  " + std::string(form_of("choice")));
            if (std::find(made_.choices.begin(), made_.choices.end(), std::get<std::string>(*value)) != made_.choices.end())
                return refuse("A222", field.range, "choice " + in_quotes(std::get<std::string>(*value)) + " stands twice", "keep one");
            made_.choices.push_back(std::get<std::string>(*value));
        }
        const auto chosen = constant_of(*call.arguments[1], names_);
        if (!chosen || !std::holds_alternative<std::string>(*chosen))
            return refuse("A218", call.arguments[1]->range, "the default is not a literal text", "name one of the choices");
        const std::string& word = std::get<std::string>(*chosen);
        if (std::find(made_.choices.begin(), made_.choices.end(), word) == made_.choices.end())
            return refuse("A218", call.arguments[1]->range, "default " + in_quotes(word) + " is none of the choices", did_you_mean(word, made_.choices));
        made_.default_value = word;
        return true;
    }

    bool read_flag(const Expr& argument) {
        made_.kind = ParameterKind::flag;
        const auto value = constant_of(argument, names_);
        if (!value || !std::holds_alternative<bool>(*value))
            return refuse("A218", argument.range, "the default is " + std::string(value_kind(argument, names_)) + ", not true or false", "write true or false");
        made_.default_value = *value;
        return true;
    }

    bool read_fixed(const Expr& argument) {
        made_.kind = ParameterKind::fixed;
        const auto value = constant_of(argument, names_);
        if (!value) return refuse("A218", argument.range, "this is " + std::string(value_kind(argument, names_)) + ", not a literal", "write a number, a text, true or false");
        made_.default_value = *value;
        return true;
    }

    bool read_options(const Expr& argument) {
        const auto* options = as<Table>(&behind_locals(argument, names_));
        if (options == nullptr)
            return refuse("A219", argument.range, "the options are " + std::string(value_kind(argument, names_)) + ", not a table", "write  { doc = \"...\" }");
        bool good = true;
        for (const auto& [key, field] : named_fields(*options, "of the options", diagnostics_)) good &= read_option(key, *field);
        return good;
    }

    bool read_option(std::string_view key, const TableField& field) {
        const bool is_number = made_.kind == ParameterKind::range || made_.kind == ParameterKind::integer;
        const auto value = constant_of(*field.value, names_);
        const auto* text = value ? std::get_if<std::string>(&*value) : nullptr;
        if (key == "doc" || key == "unit") {
            if (text == nullptr) return refuse("A219", field.value->range, in_quotes(key) + " is not a literal text", "write it between quotes");
            (key == "doc" ? made_.doc : made_.unit) = *text;
            return true;
        }
        if (key == "scale" && is_number) {
            if (text == nullptr || (*text != "log" && *text != "linear"))
                return refuse("A219", field.value->range, "the scale is neither \"log\" nor \"linear\"", "write  scale = \"log\"");
            made_.is_log_scale = *text == "log";
            if (made_.is_log_scale && made_.min <= 0.0)
                return refuse("A219", field.value->range, "a log scale needs min above 0, not " + number_text(made_.min), "raise min, or drop the scale");
            return true;
        }
        if (key == "step" && is_number) {
            const auto* step = value ? std::get_if<double>(&*value) : nullptr;
            if (step == nullptr || *step <= 0.0) return refuse("A219", field.value->range, "the step is not a number above 0", "write  step = 0.05");
            made_.step = *step;
            return true;
        }
        std::vector<std::string> known;
        for (const ParameterOption& option : kParameterOptions)
            if (is_number || !option.is_for_numbers) known.emplace_back(option.key.name);
        return refuse("A219", field.key->range, "there is no option " + in_quotes(key) + " here", did_you_mean(key, known));
    }

    const Names& names_;
    Diagnostics& diagnostics_;
    Parameter made_;
};

std::optional<MemoryField> read_memory_field(std::string_view name, const TableField& field, const Names& names, Diagnostics& diagnostics) {
    MemoryField made{std::string(name), false, false, 1, 0.0, field.key->range};
    const std::string subject = "memory field " + in_quotes(name);
    if (const auto value = constant_of(*field.value, names); value && !std::holds_alternative<std::string>(*value)) {
        made.is_flag = std::holds_alternative<bool>(*value);
        made.initial = made.is_flag ? static_cast<double>(std::get<bool>(*value)) : std::get<double>(*value);
        return made;
    }
    const auto [constructor, call] = race_call(*field.value, names);
    if (constructor == nullptr || constructor->value != "array") {
        diagnostics.add("A220", field.value->range, subject + " is " + std::string(value_kind(*field.value, names)) + ", not a number, a flag or race.array",
                        "write 0.0, false or  race.array(8, 0.0)");
        return std::nullopt;
    }
    const auto& arguments = call->arguments;
    const auto size = !arguments.empty() ? number_of(*arguments[0], names) : std::nullopt;
    const auto initial = arguments.size() == 2 ? number_of(*arguments[1], names) : std::nullopt;
    if (!size || !initial || std::floor(*size) != *size || *size < 1.0) {
        diagnostics.add("A220", call->arguments_range, subject + ": race.array takes a whole length of 1 or more and a number", "write  race.array(8, 0.0)");
        return std::nullopt;
    }
    made.is_array = true;
    made.size = static_cast<int>(std::min(*size, 1e6));
    made.initial = *initial;
    return made;
}

}  // namespace

std::string_view parameter_kind_text(ParameterKind kind) {
    switch (kind) {
        case ParameterKind::range: return "range";
        case ParameterKind::integer: return "int";
        case ParameterKind::choice: return "choice";
        case ParameterKind::flag: return "flag";
        case ParameterKind::fixed: return "fixed";
    }
    return "";
}

std::vector<Parameter> read_parameters(const Table& table, const Names& names, Diagnostics& diagnostics) {
    std::vector<Parameter> parameters;
    ParameterReader reader(names, diagnostics);
    for (const auto& [name, field] : named_fields(table, "of params", diagnostics))
        if (auto made = reader.read(name, *field)) parameters.push_back(std::move(*made));
    return parameters;
}

std::vector<MemoryField> read_memory(const Table& table, const Names& names, Diagnostics& diagnostics) {
    std::vector<MemoryField> memory;
    std::int64_t total = 0;
    for (const auto& [name, field] : named_fields(table, "of memory", diagnostics)) {
        const auto made = read_memory_field(name, *field, names, diagnostics);
        if (!made) continue;
        const bool fitted = total <= kMaxMemoryNumbers;
        total += made->size;
        if (fitted && total > kMaxMemoryNumbers)
            diagnostics.add("A221", field->range, "memory takes " + std::to_string(total) + " numbers with " + in_quotes(name) + ", and 128 is the most",
                            "shorten the arrays; a flag and an item count as one each");
        memory.push_back(*made);
    }
    return memory;
}

}  // namespace rackrace
