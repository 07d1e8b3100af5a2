// The reference as editor definitions (LuaCATS): classes of what a callback is given, by role, and the functions of the sandbox.
#include <algorithm>
#include <map>

#include "agents/checker/api_names.h"
#include "agents/checker/declaration.h"
#include "agents/host/ids.h"
#include "agents/reference/reference.h"

namespace rackrace {
namespace {

/// Roles that share something: "owner", "seller", "supplier"; all of them have no name.
std::string group_name(RoleMask mask) {
    if (mask == kAllRoles) return "";
    if (mask == kOwners) return "owner";
    if (mask == kProductSellers) return "seller";
    std::string name;
    for (const Role role : roles_of(mask)) name += (name.empty() ? "" : "_") + std::string(role_text(role));
    return name;
}

/// "race.owner.Me"; of all roles "race.Me".
std::string class_name(RoleMask mask, const std::string& name) {
    const std::string group = group_name(mask);
    return "race." + (group.empty() ? "" : group + ".") + name;
}

/// "# M$, at the call: cash/1e6"
std::string remark(std::string_view unit, std::string_view second, std::string_view meaning) {
    std::string head(unit);
    if (!second.empty()) head += (head.empty() ? "" : ", ") + std::string(second);
    return " # " + (head.empty() ? "" : head + (meaning.empty() ? "" : ": ")) + std::string(meaning);
}

class MetaWriter {
public:
    explicit MetaWriter(const Reference& reference) : reference_(reference) {}

    std::string run() {
        line("---@meta rackrace");
        line();
        line("-- Editor definitions of what a strategy of rackrace can use. Printed by `rackrace api --format meta`: change the program's tables, not this file.");
        line("-- luacheck: ignore");
        line();
        types();
        line();
        for (const ReferenceRecord& record : reference_.records) add_record(record);
        for (const VerbInfo& verb : describe_verbs()) add_arguments(verb);
        add_acts();
        add_rng();
        add_declarations();
        add_library("race", "helpers, and the constructors of a declaration");
        for (const LibraryGroup& group : race_groups())
            for (const LibraryFunction& function : group.functions) add_function(function, "race.");
        add_library("math", "without chance; the same bits on every machine");
        for (const LibraryConstant& constant : math_constants()) {
            line("---" + std::string(constant.doc));
            line(std::string("---@type ") + (constant.integer != 0 ? "integer" : "number"));
            line("math." + std::string(constant.name) + " = " + (constant.integer != 0 ? "0" : "0.0"));
            line();
        }
        for (const LibraryFunction& function : math_functions()) add_function(function, "math.");
        add_library("table", "each charges the budget by what it moves");
        for (const LibraryFunction& function : table_functions()) add_function(function, "table.");
        for (const LibraryFunction& function : base_functions()) add_function(function, "");
        line("return race");
        return std::move(text_);
    }

private:
    void line(const std::string& text = "") { text_ += text + "\n"; }

    void types() {
        for (int unit = 0; unit <= static_cast<int>(Unit::kind_name); ++unit)
            if (is_id(static_cast<Unit>(unit))) line("---@class race." + type_name(unit_text(static_cast<Unit>(unit))) + ": userdata # opaque: compare with ==, give to verbs and helpers");
        line();
        std::string reference = "---@alias race.Reference ";
        for (int unit = 0; unit <= static_cast<int>(Unit::kind_name); ++unit)
            if (is_id(static_cast<Unit>(unit))) reference += "race." + type_name(unit_text(static_cast<Unit>(unit))) + "|";
        line(reference + "string|number|nil # what the order was about");
        for (const ReferenceChoice& choice : reference_choices()) {
            if (choice.name == "ResultCode") continue;
            std::string text = "---@alias race." + choice.name + " ";
            for (std::size_t i = 0; i < choice.values.size(); ++i) text += (i == 0 ? "\"" : "|\"") + choice.values[i] + "\"";
            line(text + " # " + choice.doc);
        }
        line("---@alias race.ResultCode");
        for (const CodeRow& code : answer_codes()) line("---| \"" + std::string(code.id) + "\" # " + std::string(code.name) + (code.name.empty() ? "" : ": ") + std::string(code.record));
        line("---@alias race.Params table<string, any> # p: the values of the declared params, read only");
        line("---@alias race.Memory table<string, any> # mem: the declared memory");
    }

    /// A record whose fields or records differ by role has a class a role.
    bool is_split(const ReferenceRecord& record) const {
        return std::any_of(record.fields.begin(), record.fields.end(), [&](const ReferenceField& field) { return field.roles != record.roles || holds_split(field); });
    }

    bool holds_split(const ReferenceField& field) const { return field.record >= 0 && is_split(reference_.records[static_cast<std::size_t>(field.record)]); }

    void add_field(const ReferenceField& field, const std::string& type) {
        line("---@field " + field.name + " " + type + (field.is_list() ? "[]" : "") + remark(unit_text(field.unit), kMomentNames[static_cast<int>(field.moment)], field.meaning));
    }

    void add_record(const ReferenceRecord& record) {
        std::map<RoleMask, bool, std::greater<>> masks{{record.roles, true}};
        for (const ReferenceField& field : record.fields) masks[field.roles] = true;
        for (const auto& [mask, _] : masks) {
            if (is_split(record) && roles_of(mask).size() == 1) continue;  // in the class of the role
            line("---" + record.path + (mask == kAllRoles ? "" : " of " + roles_text_of(mask)));
            line("---@class " + (mask == record.roles ? "race." + record.name : class_name(mask, record.name)));
            for (const ReferenceField& field : record.fields)
                if (field.roles == mask) add_field(field, field.type);
            line();
        }
        if (!is_split(record)) return;
        for (const Role role : roles_of(record.roles)) add_role_record(record, role, masks);
    }

    void add_role_record(const ReferenceRecord& record, Role role, const std::map<RoleMask, bool, std::greater<>>& masks) {
        std::string parents;
        for (const auto& [mask, _] : masks)
            if ((mask & role_bit(role)) != 0 && roles_of(mask).size() > 1) parents += (parents.empty() ? "" : ", ") + (mask == record.roles ? "race." + record.name : class_name(mask, record.name));
        line("---" + record.path + " of a " + std::string(role_text(role)));
        line("---@class race." + std::string(role_text(role)) + "." + record.name + ": " + parents);
        for (const ReferenceField& field : record.fields) {
            const bool is_own = field.roles == role_bit(role), is_nested = (field.roles & role_bit(role)) != 0 && holds_split(field);
            if (!is_own && !is_nested) continue;
            add_field(field, is_nested ? "race." + std::string(role_text(role)) + "." + reference_.records[static_cast<std::size_t>(field.record)].name : field.type);
        }
        line();
    }

    static std::string roles_text_of(RoleMask mask) {
        std::string text;
        for (const Role role : roles_of(mask)) text += (text.empty() ? "" : ", ") + std::string(role_text(role));
        return text;
    }

    void add_arguments(const VerbInfo& verb) {
        line("---@class race." + type_name(verb.row.name));
        for (const ArgInfo& argument : verb.args)
            line("---@field " + std::string(argument.name) + (argument.row.is_required ? " " : "? ") + argument_type(argument) +
                 remark(unit_text(argument.row.unit), allowed_text(argument.row, reference_.parameters), argument.row.doc));
        line();
    }

    static std::string act_variable(RoleMask mask) {
        std::string name = "act";
        if (const std::string group = group_name(mask); !group.empty()) name += "_" + group;
        return name;
    }

    /// Verbs by the roles that have them, then a class a role that has them all.
    void add_acts() {
        std::map<RoleMask, bool, std::greater<>> masks{{kAllRoles, true}};
        for (const VerbInfo& verb : describe_verbs()) masks[verb.row.roles] = true;
        for (const auto& [mask, _] : masks) {
            std::string parents;
            for (const auto& [other, __] : masks)
                if (roles_of(mask).size() == 1 && other != mask && (other & mask) == mask) parents += (parents.empty() ? ": " : ", ") + class_name(other, "Act");
            line("---act" + (mask == kAllRoles ? "" : " of " + roles_text_of(mask)));
            line("---@class " + class_name(mask, "Act") + parents);
            line("local " + act_variable(mask) + " = {}");
            line();
            for (const VerbInfo& verb : describe_verbs())
                if (verb.row.roles == mask) add_verb(verb, act_variable(mask));
            if (mask == kAllRoles)
                for (const LibraryFunction& function : act_functions()) add_function(function, "act.");
        }
        for (const Role role : roles_of(kAllRoles)) {
            if (masks.contains(role_bit(role))) continue;
            std::string parents;
            for (const auto& [mask, _] : masks)
                if ((mask & role_bit(role)) != 0) parents += (parents.empty() ? ": " : ", ") + class_name(mask, "Act");
            line("---act of a " + std::string(role_text(role)));
            line("---@class race." + std::string(role_text(role)) + ".Act" + parents);
            line();
        }
    }

    void add_verb(const VerbInfo& verb, const std::string& variable) {
        line(std::string("---Stage ") + (verb.row.stage == Stage::a ? "A" : "B") + ", lever " + std::string(verb.row.lever) + ". " + std::string(verb.row.doc));
        line("---@param order race." + type_name(verb.row.name));
        std::string answers;
        for (const std::string_view id : code_ids(answers_of(verb))) answers += " " + std::string(id);
        line("---@return boolean accepted # answers:" + answers);
        line("function " + variable + "." + std::string(verb.row.name) + "(order) end");
        line();
    }

    void add_rng() {
        line("---chance: draws depend on the run's seed, firm, quarter, stage and stream, and on nothing else");
        line("---@class race.Rng");
        line("local rng = {}");
        line();
        for (const LibraryFunction& method : rng_methods()) add_function(method, "rng:");
    }

    void add_declarations() {
        for (const char* opaque : {"Parameter", "Array", "Declaration"}) line("---@class race." + std::string(opaque));
        line();
        line("---@class race.ParameterOptions");
        for (const ParameterOption& option : kParameterOptions)
            if (!option.is_for_numbers) add_key(option.key, std::string(option.key.type), std::string(option.key.doc));
        line();
        line("---@class race.NumberOptions: race.ParameterOptions");
        for (const ParameterOption& option : kParameterOptions)
            if (option.is_for_numbers) add_key(option.key, std::string(option.key.type), std::string(option.key.doc));
        line();
        for (const Role role : roles_of(kAllRoles)) {
            line("---@class race." + std::string(role_text(role)) + ".Declaration");
            for (const DeclarationKey& key : kDeclarationKeys) {
                const std::string_view doc = callback_doc(key.name);
                add_key(key, doc.empty() ? std::string(key.type) : callback_type(key.name, role), std::string(doc.empty() ? key.doc : doc));
            }
            line();
        }
    }

    void add_key(const DeclarationKey& key, const std::string& type, const std::string& doc) {
        line("---@field " + std::string(key.name) + (key.is_required ? " " : "? ") + type + " # " + doc);
    }

    static std::string callback_type(std::string_view callback, Role role) {
        const std::string of_role = "race." + std::string(role_text(role));
        const std::map<std::string_view, std::string> types{{"obs", of_role + ".Obs"}, {"act", of_role + ".Act"}, {"p", "race.Params"},
                                                            {"mem", "race.Memory"},    {"rng", "race.Rng"},       {"info", "race.Info"}};
        std::string text;
        for (const std::string_view parameter : callback_parameters(callback)) text += (text.empty() ? "fun(" : ", ") + std::string(parameter) + ": " + types.at(parameter);
        return text + ")";
    }

    void add_library(const std::string& name, const std::string& about) {
        line("---" + about);
        line("---@class " + name + (name == "race" ? "" : "lib"));
        line(name + " = {}");
        line();
    }

    void add_function(const LibraryFunction& function, const std::string& prefix) {
        line("---" + std::string(function.doc));
        if (!function.example.empty()) {
            line("---");
            line("---`" + std::string(function.example) + "`");
        }
        if (!function.generic.empty()) line("---@generic " + std::string(function.generic));
        std::string names;
        for (int i = 0; i < function.argument_count(); ++i) {
            const LibraryArgument& argument = function.arguments[i];
            line("---@param " + std::string(argument.name) + (argument.is_optional ? "? " : " ") + std::string(argument.type));
            names += (i == 0 ? "" : ", ") + std::string(argument.name);
        }
        const std::string_view unit = unit_text(function.unit);
        if (!function.result.empty()) line("---@return " + std::string(function.result) + (unit.empty() ? "" : " # " + std::string(unit)));
        if (!function.overload.empty()) line("---@overload " + std::string(function.overload));
        line("function " + prefix + std::string(function.name) + "(" + names + ") end");
        line();
    }

    const Reference& reference_;
    std::string text_;
};

}  // namespace

std::string reference_meta(const Reference& reference) { return MetaWriter(reference).run(); }

}  // namespace rackrace
