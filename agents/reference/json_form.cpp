// The reference as one JSON object, for tools.
#include <nlohmann/json.hpp>

#include "agents/checker/api_names.h"
#include "agents/checker/codes.h"
#include "agents/checker/declaration.h"
#include "agents/checker/sandbox_names.h"
#include "agents/reference/reference.h"
#include "engine/schema/unit_meaning.h"

namespace rackrace {
namespace {

using Json = nlohmann::ordered_json;

Json role_names(RoleMask mask) {
    Json names = Json::array();
    for (const Role role : roles_of(mask)) names.push_back(role_text(role));
    return names;
}

Json field_json(const ReferenceField& field) {
    Json json = {{"name", field.name}, {"type", field.type}};
    if (field.is_list()) json["list"] = {{"most", field.most}, {"fixed", field.has_fixed_length}};
    json["unit"] = unit_text(field.unit);
    json["of"] = kMomentNames[static_cast<int>(field.moment)];
    json["roles"] = role_names(field.roles);
    json["meaning"] = field.meaning;
    return json;
}

Json record_json(const ReferenceRecord& record) {
    Json fields = Json::array();
    for (const ReferenceField& field : record.fields) fields.push_back(field_json(field));
    return {{"name", "race." + record.name}, {"path", record.path}, {"roles", role_names(record.roles)}, {"fields", fields}};
}

Json bound_json(const Reference& reference, const Bound& bound) {
    Json json = {{"value", bound_value(reference.parameters, bound)}};
    if (bound.parameter != nullptr) json["parameter"] = parameter_name(bound);
    if (bound.basis != Basis::plain) json["times"] = bound.basis == Basis::list_price ? "list price" : "mean task price";
    return json;
}

Json verb_argument_json(const Reference& reference, const ArgInfo& argument) {
    const ArgRow& row = argument.row;
    Json json = {{"name", argument.name}, {"type", argument_type(argument)}, {"unit", unit_text(row.unit)}, {"required", row.is_required}, {"meaning", row.doc}};
    if (row.low.is_set) json["low"] = bound_json(reference, row.low);
    else if (is_quantity(row.unit)) json["low"] = {{"value", 0}};
    if (row.high.is_set) json["high"] = bound_json(reference, row.high);
    if (row.low.is_set || row.high.is_set) json["beyond"] = row_of(row.beyond).id;
    return json;
}

Json verb_json(const Reference& reference, const VerbInfo& verb) {
    Json arguments = Json::array();
    for (const ArgInfo& argument : verb.args) arguments.push_back(verb_argument_json(reference, argument));
    return {{"name", verb.row.name}, {"stage", verb.row.stage == Stage::a ? "A" : "B"}, {"roles", role_names(verb.row.roles)}, {"lever", verb.row.lever},
            {"meaning", verb.row.doc}, {"arguments", arguments}, {"answers", code_ids(answers_of(verb))}};
}

Json function_json(const LibraryFunction& function) {
    Json arguments = Json::array();
    for (int i = 0; i < function.argument_count(); ++i)
        arguments.push_back({{"name", function.arguments[i].name}, {"type", function.arguments[i].type}, {"required", !function.arguments[i].is_optional}});
    Json json = {{"name", function.name}, {"arguments", arguments}, {"gives", function.result}, {"unit", unit_text(function.unit)}, {"meaning", function.doc}};
    if (!function.example.empty()) json["example"] = function.example;
    return json;
}

Json functions_json(std::span<const LibraryFunction> functions) {
    Json json = Json::array();
    for (const LibraryFunction& function : functions) json.push_back(function_json(function));
    return json;
}

Json key_json(const DeclarationKey& key) {
    Json json = {{"name", key.name}, {"required", key.is_required}};
    if (const std::string_view doc = callback_doc(key.name); !doc.empty()) {
        json["called_with"] = callback_parameters(key.name);
        json["meaning"] = doc;
    } else {
        json["type"] = key.type;
        json["meaning"] = key.doc;
    }
    return json;
}

Json declaration_json() {
    Json keys = Json::array(), options = Json::array();
    for (const DeclarationKey& key : kDeclarationKeys) keys.push_back(key_json(key));
    for (const ParameterOption& option : kParameterOptions) {
        Json json = key_json(option.key);
        json["only_of_numbers"] = option.is_for_numbers;
        options.push_back(json);
    }
    return {{"keys", keys}, {"parameter_options", options}};
}

Json library_json() {
    Json race = Json::array();
    for (const LibraryGroup& group : race_groups())
        for (const LibraryFunction& function : group.functions) {
            Json json = function_json(function);
            json["group"] = group.title;
            race.push_back(json);
        }
    Json constants = Json::array(), absent = Json::array();
    for (const LibraryConstant& constant : math_constants()) constants.push_back({{"name", constant.name}, {"type", constant.integer != 0 ? "integer" : "number"}, {"meaning", constant.doc}});
    for (const AbsentName& name : absent_names()) absent.push_back({{"name", name.name}, {"why", name.why}, {"instead", name.instead}});
    return {{"globals", functions_json(base_functions())}, {"race", race}, {"math", functions_json(math_functions())}, {"math_constants", constants},
            {"table", functions_json(table_functions())}, {"rng", functions_json(rng_methods())}, {"absent", absent}};
}

}  // namespace

std::string reference_json(const Reference& reference) {
    Json records = Json::array(), verbs = Json::array(), choices = Json::array(), answers = Json::array(), messages = Json::array(), units = Json::array(),
         numbers = Json::array(), limits = Json::array();
    for (const ReferenceRecord& record : reference.records) records.push_back(record_json(record));
    for (const VerbInfo& verb : describe_verbs()) verbs.push_back(verb_json(reference, verb));
    for (const ReferenceChoice& choice : reference_choices()) choices.push_back({{"name", "race." + choice.name}, {"meaning", choice.doc}, {"values", choice.values}});
    for (const CodeRow& code : answer_codes()) answers.push_back({{"code", code.id}, {"name", code.name}, {"meaning", code.record}});
    for (const CodeEntry& entry : all_codes()) messages.push_back({{"code", entry.code}, {"severity", severity_text(entry.severity)}, {"meaning", entry.title}});
    for (const Unit unit : reference.units) units.push_back({{"unit", unit_text(unit)}, {"suffix", meaning_of(unit).suffix}, {"meaning", meaning_of(unit).meaning}});
    for (const ModelNumber& number : reference.numbers) numbers.push_back({{"name", number.name}, {"unit", unit_text(number.unit)}, {"value", number.value}});
    for (const ReferenceLimit& limit : reference_limits()) limits.push_back({{"name", limit.name}, {"value", limit.value}, {"meaning", limit.doc}});
    const Json json = {{"schema", "rackrace.api/1"}, {"api", std::to_string(kApiMajor) + "." + std::to_string(kApiMinor)}, {"roles", role_names(kAllRoles)},
                       {"declaration", declaration_json()}, {"records", records}, {"choices", choices}, {"verbs", verbs}, {"act", functions_json(act_functions())},
                       {"library", library_json()}, {"answers", answers}, {"messages", messages}, {"units", units}, {"numbers", numbers}, {"limits", limits}};
    return json.dump() + "\n";
}

}  // namespace rackrace
