#include "agents/reference/reference.h"

#include <algorithm>
#include <set>

#include "agents/checker/api_names.h"
#include "agents/checker/declaration.h"
#include "agents/checker/script_shape.h"
#include "agents/host/ids.h"
#include "agents/host/lua_vm.h"
#include "agents/host/observation.h"
#include "agents/host/script_context.h"
#include "engine/base/number_text.h"
#include "engine/schema/unit_meaning.h"

namespace rackrace {
namespace {

std::string value_type(const FieldBinding& field) {
    switch (field.reading) {
        case Reading::number: return field.info->storage == Storage::f64 ? "number" : "integer";
        case Reading::flag: return "boolean";
        case Reading::id: return "race." + type_name(unit_text(field.info->unit));
        case Reading::role_name: return "race.Role";
        case Reading::loan_kind: return "race.LoanKind";
        case Reading::news_kind: return "race.NewsKind";
        case Reading::verb_name: return "race.VerbName";
        case Reading::code_name: return "race.ResultCode";
        case Reading::result_ref: return "race.Reference";
    }
    return "any";
}

/// "products" -> "Product": a list is named after its items; news has no singular.
std::string record_name(const FieldBinding& field) {
    std::string name = type_name(field.name);
    if (field.is_list() && name.back() == 's' && name != "News") name.pop_back();
    return name;
}

class Gatherer {
public:
    explicit Gatherer(Reference& made) : made_(made) {}

    /// Adds a record of the fields of some bindings, and what it holds. returns its place
    int add(const std::string& name, const std::string& path, RoleMask roles, const std::vector<const RecordBinding*>& parts) {
        const std::size_t place = made_.records.size();
        made_.records.push_back({name, path, roles, {}});
        for (const RecordBinding* part : parts)
            for (const FieldBinding& field : part->fields) {
                const ReferenceField made = read(field, path, roles);
                made_.records[place].fields.push_back(made);  // by place: what it holds was added behind it
            }
        return static_cast<int>(place);
    }

private:
    ReferenceField read(const FieldBinding& field, const std::string& path, RoleMask roles) {
        ReferenceField made;
        made.name = field.name;
        made.unit = field.info->unit;
        made.meaning = field.info->doc;
        made.roles = field.info->roles & roles;
        made.moment = field.info->moment;
        made.most = field.is_list() ? field.info->extent[0] : 0;
        made.has_fixed_length = field.is_list() && field.count_offset < 0;
        if (field.record == nullptr) {
            made.type = value_type(field);
        } else {
            made.record = add(record_name(field), path + "." + field.name + (field.is_list() ? "[i]" : ""), made.roles, {field.record});
            made.type = "race." + made_.records[static_cast<std::size_t>(made.record)].name;
        }
        return made;
    }

    Reference& made_;
};

bool names_word(std::string_view text, std::string_view word) {
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; };
    for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || !is_letter(text[at - 1])) && (end == text.size() || !is_letter(text[end]))) return true;
    }
    return false;
}

/// All texts that may name a number of the model.
std::vector<std::string> texts_of(const Reference& reference) {
    std::vector<std::string> texts;
    for (const ReferenceRecord& record : reference.records)
        for (const ReferenceField& field : record.fields) texts.emplace_back(field.meaning);
    for (const VerbInfo& verb : describe_verbs()) {
        texts.emplace_back(verb.row.doc);
        for (const ArgInfo& arg : verb.args) texts.push_back(std::string(arg.row.doc) + " " + bounds_text(arg.row));
    }
    for (const LibraryGroup& group : race_groups())
        for (const LibraryFunction& function : group.functions) texts.emplace_back(function.doc);
    return texts;
}

std::vector<ModelNumber> numbers_of(const Reference& reference) {
    const std::vector<std::string> texts = texts_of(reference);
    std::vector<ModelNumber> numbers;
    const auto* bytes = reinterpret_cast<const unsigned char*>(&reference.parameters);
    for (const FieldInfo& field : describe<Parameters>().fields) {
        if (field.rank > 0 || std::none_of(texts.begin(), texts.end(), [&](const std::string& text) { return names_word(text, field.name); })) continue;
        numbers.push_back({field.name, field.unit, *reinterpret_cast<const double*>(bytes + field.offset)});
    }
    return numbers;
}

std::vector<Unit> units_of(const Reference& reference) {
    std::set<Unit> named;
    for (const ReferenceRecord& record : reference.records)
        for (const ReferenceField& field : record.fields) named.insert(field.unit);
    for (const VerbInfo& verb : describe_verbs())
        for (const ArgInfo& arg : verb.args) named.insert(arg.row.unit);
    for (const LibraryGroup& group : race_groups())
        for (const LibraryFunction& function : group.functions) named.insert(function.unit);
    for (const ModelNumber& number : reference.numbers) named.insert(number.unit);
    std::vector<Unit> units;
    for (const Unit unit : named)
        if (!meaning_of(unit).meaning.empty()) units.push_back(unit);
    return units;
}

}  // namespace

Reference make_reference(const Parameters& parameters) {
    Reference made;
    made.parameters = parameters;
    Gatherer gatherer(made);
    const auto& parts = observation_bindings();
    gatherer.add("Obs", "obs", kAllRoles, {parts.begin(), parts.end()});
    gatherer.add("Info", "info", kAllRoles, {&info_binding()});
    made.numbers = numbers_of(made);
    made.units = units_of(made);
    return made;
}

std::string type_name(std::string_view words) {
    std::string name;
    bool is_start = true;
    for (const char c : words) {
        if (c == '_' || c == ' ') is_start = true;
        else {
            name += is_start && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
            is_start = false;
        }
    }
    return name;
}

std::string argument_type(const ArgInfo& argument) {
    const ArgRow& row = argument.row;
    if (is_id(row.unit)) return "race." + type_name(unit_text(row.unit));
    if (row.unit == Unit::flag) return "boolean";
    if (row.unit != Unit::kind_name) return argument.storage == Storage::f64 ? "number" : "integer";
    std::string type;
    for (int i = 0; i < argument.choice_count(); ++i) type += (i == 0 ? "\"" : "|\"") + std::string(row.choices[i]) + "\"";
    return type;
}

std::string allowed_text(const ArgRow& row, const Parameters& parameters) {
    const auto end = [&](const Bound& bound) { return number_text(bound_value(parameters, bound)) + kBasisTexts[static_cast<int>(bound.basis)]; };
    const bool has_one_basis = row.low.basis == row.high.basis;
    if (row.low.is_set && row.high.is_set) return (has_one_basis ? number_text(bound_value(parameters, row.low)) : end(row.low)) + " to " + end(row.high);
    if (row.low.is_set) return "at least " + end(row.low);
    if (row.high.is_set) return "at most " + end(row.high);
    return is_quantity(row.unit) ? "at least 0" : "";
}

std::vector<Role> roles_of(RoleMask mask) {
    std::vector<Role> roles;
    for (const Role role : {Role::hyperscaler, Role::neocloud, Role::lab, Role::supplier})
        if ((mask & role_bit(role)) != 0) roles.push_back(role);
    return roles;
}

CodeMask answers_of(const VerbInfo& verb) {
    const CodeMask other_roles = code_mask(Code::closed_to_role) & ~verb.row.codes;
    return verb.codes() & ~other_roles;
}

std::vector<CodeRow> answer_codes() {
    CodeMask mask = code_mask(Code::none);
    for (const VerbInfo& verb : describe_verbs()) mask |= verb.codes();
    std::vector<CodeRow> rows;
    for (int code = 0; code < static_cast<int>(Code::count); ++code)
        if ((mask >> code & 1u) != 0) rows.push_back(kCodes[code]);
    return rows;
}

std::vector<std::string_view> code_ids(CodeMask mask) {
    std::vector<std::string_view> ids;
    for (int code = 1; code < static_cast<int>(Code::count); ++code)
        if ((mask >> code & 1u) != 0) ids.push_back(kCodes[code].id);
    return ids;
}

std::vector<std::string_view> callback_parameters(std::string_view callback) {
    if (callback == kCallbackNames[0]) return {kInitParameters.begin(), kInitParameters.end()};
    return {kDecideParameters.begin(), kDecideParameters.end()};
}

std::string_view callback_doc(std::string_view callback) {
    for (std::size_t i = 0; i < kCallbackNames.size(); ++i)
        if (kCallbackNames[i] == callback) return kCallbackDocs[i];
    return {};
}

std::vector<ReferenceChoice> reference_choices() {
    ReferenceChoice roles{"Role", "role of a firm", {}}, loans{"LoanKind", "kind of a loan", {}}, news{"NewsKind", "kind of an item of news", {}}, verbs{"VerbName", "name of a verb", {}},
        codes{"ResultCode", "answer to an order; \"\" is filled in full", {}}, types{"TypeName", "what type(x) gives", {"nil", "number", "string", "boolean", "table", "function", "id"}};
    for (const Role role : roles_of(kAllRoles)) roles.values.emplace_back(role_text(role));
    for (std::size_t i = 1; i < std::size(kDebtKindNames); ++i) loans.values.emplace_back(kDebtKindNames[i]);  // not "none": a free slot
    for (std::size_t i = 1; i < std::size(kNewsKindNames); ++i) news.values.emplace_back(kNewsKindNames[i]);  // not "none": no item
    for (const VerbInfo& verb : describe_verbs()) verbs.values.emplace_back(verb.row.name);
    for (const CodeRow& code : answer_codes()) codes.values.emplace_back(code.id);
    return {roles, loans, news, verbs, codes, types};
}

std::vector<ReferenceLimit> reference_limits() {
    return {{"budget", LuaVm::kBudget, "units of work in one call: Lua instructions, and items that library functions move or compare"},
            {"memory", static_cast<long long>(LuaVm::kMemoryBytes), "bytes of tables and texts that one call makes"},
            {"text", static_cast<long long>(LuaVm::kTextBytes), "bytes of one text made by a call"},
            {"mem", kMaxMemoryNumbers, "numbers in memory: a flag and each item of an array count as one"},
            {"traces", kDeskTraces, "traces and marks a quarter; further ones are not shown"},
            {"results", kDeskResults, "results kept; of more, the latest"},
            {"streams", kMaxStreams, "streams of rng in one decision"},
            {"steps", kMaxSteps, "steps of a product's bid: calls of bid_chips a stage"},
            {"offers", kMaxSupplyOffers, "supply agreements that a supplier offers a quarter"},
            {"lot", kSmallestChipLot, "chips of one order, the least"}};
}

}  // namespace rackrace
