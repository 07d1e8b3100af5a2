#include "agents/host/observed_field.h"

#include "agents/host/observation_text.h"
#include "agents/host/shown_value.h"

namespace rackrace {
namespace {

/// A record or field by the binding that it was read with: an address alone may be that of a record and of its first field.
struct Target {
    const void* binding;
    const std::byte* at;
};

/// Adds the rest of the path to `path`, the record `here` at `base` being reached.
bool find(const RecordBinding& here, const std::byte* base, const Target& target, std::string& path) {
    if (&here == target.binding && base == target.at) return true;
    for (const FieldBinding& field : here.fields) {
        const std::byte* const first = base + field.info->offset;
        if (target.at < first || target.at >= first + field.info->size * field.info->count()) continue;
        const auto item = static_cast<std::size_t>(target.at - first) / field.info->size;
        const std::string step = "." + field.name, place = field.is_list() ? "[" + std::to_string(item + 1) + "]" : "";
        if (&field == target.binding) {
            path += step + (field.record == nullptr ? place : "");
            return true;
        }
        if (field.record == nullptr) continue;
        const std::size_t known = path.size();
        path += step + place;
        if (find(*field.record, first + item * field.info->size, target, path)) return true;
        path.resize(known);
    }
    return false;
}

std::string find(const ScriptContext& context, const Target& target) {
    const std::byte* const parts[] = {reinterpret_cast<const std::byte*>(context.market), reinterpret_cast<const std::byte*>(context.view),
                                      reinterpret_cast<const std::byte*>(&context.shown)};
    for (std::size_t i = 0; i < std::size(parts); ++i) {
        std::string path = "obs";
        if (find(*observation_bindings()[i], parts[i], target, path)) return path;
    }
    std::string path = "info";
    return find(info_binding(), reinterpret_cast<const std::byte*>(&context.info), target, path) ? path : "";
}

}  // namespace

std::string observed_path(const ScriptContext& context, const RecordBinding& record, const std::byte* at) { return find(context, {&record, at}); }
std::string observed_path(const ScriptContext& context, const FieldBinding& field, const std::byte* at) { return find(context, {&field, at}); }

ShownValue observed_value(const Names& names, const FieldBinding& field, const std::byte* at, const std::byte* record) {
    const nlohmann::ordered_json value = scalar_json(names, field, at, record);
    if (value.is_number_float()) return number_value(value.get<double>());
    return {value.is_null() ? "nil" : value.dump(), std::nullopt, 0};
}

}  // namespace rackrace
