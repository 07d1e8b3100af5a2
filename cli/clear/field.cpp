#include "cli/clear/field.h"

#include <algorithm>

#include "cli/clear/json_text.h"
#include "engine/base/number_text.h"
#include "engine/scenario/csv.h"

namespace rackrace::clear {
namespace {

/// A value in a message: numbers and short texts as they are, others by their kind.
std::string found(const Json& value) {
    constexpr std::size_t longest = 40;
    if (value.is_null() || value.is_boolean() || value.is_number()) return "is " + json_text(value);
    if (value.is_string()) return value.get_ref<const std::string&>().size() <= longest ? "is the text " + json_text(value) : "is a long text";
    return value.is_array() ? "is a list" : "is an object";
}

void check_number(const Field& field, const Json& value, const std::string& path, Refusals& wrong) {
    const bool is_whole = field.shape == Shape::whole;
    const bool fits = is_whole ? value.is_number_integer() : value.is_number();
    if (fits && value.get<double>() >= field.low && value.get<double>() <= field.high) return;
    const auto limit = [&](double x) { return is_whole ? std::to_string(static_cast<std::int64_t>(x)) : number_text(x); };
    wrong.add({path, 0, 0, found(value),
               std::string(is_whole ? "give a whole number, without point or exponent," : "give a number") + " from " + limit(field.low) + " to " +
                   limit(field.high) + (field.unit.empty() ? "" : " (" + field.unit + ")")});
}

bool has_size(const Field& field, const Json& value, const std::string& path, Refusals& wrong) {
    if (value.size() <= static_cast<std::size_t>(field.most)) return true;
    wrong.add({path, 0, 0, has_entries(value.size()), "the engine holds at most " + std::to_string(field.most)});
    return false;
}

void check_by_name(const Field& field, const Json& value, const std::string& path, Refusals& wrong) {
    if (!value.is_object()) return wrong.add({path, 0, 0, found(value), "give an object, " + shape_text(field)});
    if (!has_size(field, value, path, wrong)) return;
    for (const auto& [name, entry] : value.items()) {
        if (name.empty()) wrong.add({path, 0, 0, "has an empty name", "name the " + field.key});
        check_value(field.parts[0], entry, inside(path, name), wrong);
    }
}

void check_list(const Field& field, const Json& value, const std::string& path, Refusals& wrong) {
    if (!value.is_array()) return wrong.add({path, 0, 0, found(value), "give a list, " + shape_text(field)});
    if (!has_size(field, value, path, wrong)) return;
    for (std::size_t i = 0; i < value.size(); ++i) check_value(field.parts[0], value[i], inside(path, i), wrong);
}

void check_row(const Field& field, const Json& value, const std::string& path, Refusals& wrong) {
    if (!value.is_array() || value.size() != field.parts.size())
        return wrong.add({path, 0, 0, value.is_array() ? has_entries(value.size()) : found(value), "give " + shape_text(field)});
    for (std::size_t i = 0; i < value.size(); ++i) check_value(field.parts[i], value[i], inside(path, i), wrong);
}

void check_record(const Field& field, const Json& value, const std::string& path, Refusals& wrong) {
    if (!value.is_object()) return wrong.add({path, 0, 0, found(value), "give an object, " + shape_text(field)});
    for (const Field& part : field.parts) {
        const auto at = value.find(part.name);
        if (at != value.end()) check_value(part, *at, inside(path, part.name), wrong);
        else if (!part.is_optional) wrong.add({inside(path, part.name), 0, 0, "is missing", "give " + shape_text(field)});
    }
    for (const auto& [name, entry] : value.items()) {
        if (std::any_of(field.parts.begin(), field.parts.end(), [&word = name](const Field& part) { return part.name == word; })) continue;
        std::vector<std::string> known;
        for (const Field& part : field.parts) known.push_back(part.name);
        const std::string near = nearest_word(name, known);
        wrong.add({inside(path, name), 0, 0, "is no field here", near.empty() ? "give " + shape_text(field) : "did you mean '" + near + "'?"});
    }
}

/// A part inside the text of its container: the names alone.
std::string part_text(const Field& part) {
    const bool is_scalar = part.shape == Shape::whole || part.shape == Shape::number || part.shape == Shape::name;
    return is_scalar ? part.name : shape_text(part);
}

}  // namespace

Field units(std::string name, std::string unit, std::string meaning) {
    return {std::move(name), Shape::whole, std::move(unit), std::move(meaning), 0.0, static_cast<double>(kMostUnits), 0, "", false, {}};
}
Field price(std::string name, std::string unit, std::string meaning) {
    return {std::move(name), Shape::number, std::move(unit), std::move(meaning), 0.0, kMostPrice, 0, "", false, {}};
}
Field usd(std::string name, std::string meaning) {
    return {std::move(name), Shape::whole, "$", std::move(meaning), 0.0, static_cast<double>(kMostUsd), 0, "", false, {}};
}
Field frac(std::string name, std::string unit, std::string meaning, double low, double high) {
    return {std::move(name), Shape::number, std::move(unit), std::move(meaning), low, high, 0, "", false, {}};
}
Field whole(std::string name, std::string unit, std::string meaning, int low, int high) {
    return {
        std::move(name), Shape::whole, std::move(unit), std::move(meaning), static_cast<double>(low), static_cast<double>(high), 0, "", false, {}};
}
Field named(std::string name, std::string meaning) { return {std::move(name), Shape::name, "", std::move(meaning), 0.0, 0.0, 0, "", false, {}}; }
Field list_of(std::string name, std::string meaning, int most, Field entry) {
    std::string unit = entry.unit;
    return {std::move(name), Shape::list, std::move(unit), std::move(meaning), 0.0, 0.0, most, "", false, {std::move(entry)}};
}
Field by_name(std::string name, std::string meaning, std::string key, int most, Field entry) {
    std::string unit = entry.unit;
    return {std::move(name), Shape::by_name, std::move(unit), std::move(meaning), 0.0, 0.0, most, std::move(key), false, {std::move(entry)}};
}
Field row_of(std::vector<Field> parts) { return {"", Shape::row, "", "", 0.0, 0.0, 0, "", false, std::move(parts)}; }
Field record_of(std::vector<Field> parts) { return {"", Shape::record, "", "", 0.0, 0.0, 0, "", false, std::move(parts)}; }
Field optional(Field field) {
    field.is_optional = true;
    return field;
}

std::string shape_text(const Field& field) {
    const auto joined = [&](bool with_marks) {
        std::string out;
        for (const Field& part : field.parts)
            out += (out.empty() ? "" : ", ") + (with_marks ? part.name : part_text(part)) + (with_marks && part.is_optional ? "?" : "");
        return out;
    };
    switch (field.shape) {
        case Shape::whole: return "whole number";
        case Shape::number: return "number";
        case Shape::name: return "name";
        case Shape::list: return "[" + part_text(field.parts[0]) + ", ...]";
        case Shape::by_name: return "{" + field.key + ": " + part_text(field.parts[0]) + ", ...}";
        case Shape::row: return "[" + joined(false) + "]";
        case Shape::record: return "{" + joined(true) + "}";
    }
    return "";
}

std::string has_entries(std::size_t count) { return "has " + std::to_string(count) + (count == 1 ? " entry" : " entries"); }

std::string inside(const std::string& path, const std::string& name) {
    const bool is_plain = !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
    return path + (path.empty() ? "" : ".") + (is_plain ? name : json_text(Json(name)));
}
std::string inside(const std::string& path, std::size_t place) { return path + "[" + std::to_string(place) + "]"; }

void check_value(const Field& field, const Json& value, const std::string& path, Refusals& wrong) {
    if (field.is_optional && value.is_null()) return;
    switch (field.shape) {
        case Shape::whole:
        case Shape::number: return check_number(field, value, path, wrong);
        case Shape::name:
            if (!value.is_string() || value.get_ref<const std::string&>().empty()) wrong.add({path, 0, 0, found(value), "give a name"});
            return;
        case Shape::list: return check_list(field, value, path, wrong);
        case Shape::by_name: return check_by_name(field, value, path, wrong);
        case Shape::row: return check_row(field, value, path, wrong);
        case Shape::record: return check_record(field, value, path, wrong);
    }
}

bool is_given(const Json& record, const char* name) {
    const auto at = record.find(name);
    return at != record.end() && !at->is_null();
}

}  // namespace rackrace::clear
