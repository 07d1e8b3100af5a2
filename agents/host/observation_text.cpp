#include "agents/host/observation_text.h"

#include "agents/checker/api_names.h"
#include "engine/base/number_text.h"
#include "engine/quarter/verbs.h"

namespace rackrace {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kCommentColumn = 44;

}  // namespace

Json id_json(const Names& names, Unit kind, std::int32_t value) {
    const auto name = [value](const std::vector<std::string>& known, const char* beyond) -> Json {
        if (value < 0) return nullptr;
        return static_cast<std::size_t>(value) < known.size() ? Json(known[static_cast<std::size_t>(value)]) : Json(beyond);
    };
    if (kind == Unit::product_id) return name(names.products, "none");
    if (kind == Unit::region_id) return name(names.regions, "none");
    if (kind == Unit::firm_id) return name(names.firms, "outside");
    return value < 0 ? Json(nullptr) : Json(value);
}

namespace {

Json reference_json(const Names& names, const std::byte* record) {
    const auto* result = reinterpret_cast<const DeskResult*>(record);
    const VerbInfo& verb = info_of(result->verb);
    if (verb.reference < 0) return nullptr;
    const ArgRow& row = verb.args[static_cast<std::size_t>(verb.reference)].row;
    if (row.unit == Unit::kind_name && result->ref >= 0 && result->ref < kMaxChoices) return row.choices[result->ref];
    return id_json(names, row.unit, result->ref);
}

}  // namespace

Json scalar_json(const Names& names, const FieldBinding& field, const std::byte* at, const std::byte* record) {
    const double number = number_at(field.info->storage, at);
    const auto whole = static_cast<std::int32_t>(number);
    switch (field.reading) {
        case Reading::number: return number;
        case Reading::flag: return number != 0.0;
        case Reading::id: return id_json(names, field.info->unit, whole);
        case Reading::role_name: return role_text(static_cast<Role>(whole));
        case Reading::loan_kind: return kDebtKindNames[whole];
        case Reading::news_kind: return kNewsKindNames[whole];
        case Reading::verb_name: return info_of(static_cast<Verb>(whole)).row.name;
        case Reading::code_name: return row_of(static_cast<Code>(whole)).id;
        case Reading::result_ref: return reference_json(names, record);
    }
    return nullptr;
}

namespace {

struct ObservationWriter {
    const Observation& seen;
    const Names& names;

    bool is_seen(const FieldBinding& field) const { return (field.info->roles & role_bit(seen.role)) != 0; }

    Json item_json(const FieldBinding& field, const std::byte* at, const std::byte* record) const {
        return field.record != nullptr ? record_json(*field.record, at) : scalar_json(names, field, at, record);
    }

    Json record_json(const RecordBinding& binding, const std::byte* base) const {
        Json out = Json::object();
        for (const FieldBinding& field : binding.fields) {
            if (!is_seen(field)) continue;
            const std::byte* at = base + field.info->offset;
            if (!field.is_list()) {
                out[field.name] = item_json(field, at, base);
                continue;
            }
            Json& list = out[field.name] = Json::array();
            for (int i = 0; i < list_length(field, base); ++i) list.push_back(item_json(field, at + static_cast<std::size_t>(i) * field.info->size, nullptr));
        }
        return out;
    }

    static std::string lua_scalar(const Json& value) {
        if (value.is_string()) return value.dump();
        if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
        if (value.is_number_integer()) return std::to_string(value.get<std::int64_t>());
        const double number = value.get<double>();
        if (number - number == 0.0) return number_text(number);
        return number != number ? "0/0" : number > 0.0 ? "1/0" : "-1/0";
    }

    /// On one line, whatever it holds.
    static std::string lua_inline(const Json& value) {
        if (!value.is_structured()) return lua_scalar(value);
        std::string out;
        for (const auto& [key, item] : value.items()) {
            if (item.is_null()) continue;
            out += (out.empty() ? " " : ", ") + (value.is_object() ? key + " = " : std::string()) + lua_inline(item);
        }
        return "{" + out + (out.empty() ? "}" : " }");
    }

    static std::string with_comment(std::string line, const std::string& comment) {
        if (!comment.empty()) line += std::string(line.size() < kCommentColumn ? kCommentColumn - line.size() : 1, ' ') + "-- " + comment;
        return line + "\n";
    }

    /// "product product id, chips chips": the fields of a record with their units.
    std::string units_of(const RecordBinding& record) const {
        std::string out;
        for (const FieldBinding& field : record.fields) {
            const std::string unit(unit_text(field.info->unit));
            if (is_seen(field) && !unit.empty()) out += (out.empty() ? "" : ", ") + field.name + " " + unit;
        }
        return out;
    }

    void add_record(const RecordBinding& binding, const Json& json, const std::string& indent, std::string& out) const {
        for (const FieldBinding& field : binding.fields) {
            const auto value = json.find(field.name);
            if (value == json.end() || value->is_null()) continue;
            const std::string start = indent + field.name + " = ";
            if (field.record == nullptr) {
                out += with_comment(start + lua_inline(*value) + ",", std::string(unit_text(field.info->unit)));
            } else if (!field.is_list()) {
                out += start + "{\n";
                add_record(*field.record, *value, indent + "  ", out);
                out += indent + "},\n";
            } else if (value->empty()) {
                out += start + "{},\n";
            } else {
                out += indent + "-- " + field.name + "[i]: " + units_of(*field.record) + "\n" + start + "{\n";
                for (const Json& item : *value) out += indent + "  " + lua_inline(item) + ",\n";
                out += indent + "},\n";
            }
        }
    }

    /// The structs, in the order of observation_bindings.
    std::array<const std::byte*, 3> parts() const {
        return {reinterpret_cast<const std::byte*>(&seen.market), reinterpret_cast<const std::byte*>(&seen.view), reinterpret_cast<const std::byte*>(&seen.shown)};
    }
};

}  // namespace

Json observation_json(const Observation& seen, const Names& names) {
    const ObservationWriter writer{seen, names};
    Json out = Json::object();
    const auto parts = writer.parts();
    for (std::size_t i = 0; i < parts.size(); ++i) out.update(writer.record_json(*observation_bindings()[i], parts[i]));
    return out;
}

std::string observation_text(const Observation& seen, const Names& names) {
    const ObservationWriter writer{seen, names};
    std::string out = "return {\n";
    const auto parts = writer.parts();
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const RecordBinding& binding = *observation_bindings()[i];
        writer.add_record(binding, writer.record_json(binding, parts[i]), "  ", out);
    }
    return out + "}\n";
}

}  // namespace rackrace
