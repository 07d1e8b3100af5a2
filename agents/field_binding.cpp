#include "agents/field_binding.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>

#include "agents/host/ids.h"
#include "agents/script_views.h"
#include "engine/quarter/view.h"

namespace rackrace {
namespace {

Reading reading_of(const RecordInfo& record, const FieldInfo& field) {
    if (&record == &describe<DeskResult>()) {
        if (field.name == "verb") return Reading::verb_name;
        if (field.name == "code") return Reading::code_name;
        if (field.name == "ref") return Reading::result_ref;
    }
    if (is_id(field.unit)) return Reading::id;
    if (field.unit == Unit::flag) return Reading::flag;
    if (field.unit == Unit::role_name) return Reading::role_name;
    if (field.unit == Unit::kind_name) return Reading::loan_kind;
    if (field.unit == Unit::news_name) return Reading::news_kind;
    return Reading::number;
}

/// Fields that the engine keeps for itself: lengths of lists, and who a result belongs to.
bool is_hidden(const RecordInfo& record, const FieldInfo& field) {
    return field.unit == Unit::count || (&record == &describe<DeskResult>() && (field.name == "author" || field.name == "spare"));
}

struct Bindings {
    std::mutex mutex;
    std::map<const RecordInfo*, std::unique_ptr<RecordBinding>> made;

    const RecordBinding& of(const RecordInfo& info, const std::string& name) {
        if (const auto found = made.find(&info); found != made.end()) return *found->second;
        auto binding = std::make_unique<RecordBinding>();
        binding->info = &info;
        binding->name = name;
        for (const FieldInfo& field : info.fields) {
            if (is_hidden(info, field)) continue;
            FieldBinding bound;
            bound.info = &field;
            bound.name = field.name;
            bound.reading = reading_of(info, field);
            for (const FieldInfo& count : info.fields)
                if (field.rank > 0 && count.name == std::string(field.name) + "_count") bound.count_offset = static_cast<std::ptrdiff_t>(count.offset);
            if (field.record != nullptr) bound.record = &of(*field.record, name + "." + std::string(field.name) + (field.rank > 0 ? "[]" : ""));
            if (field.record != nullptr || field.rank > 0) bound.child = ++binding->children;
            binding->fields.push_back(bound);
        }
        return *(made[&info] = std::move(binding));
    }
};

template <class T>
T load(const std::byte* from) {
    T value;
    std::memcpy(&value, from, sizeof value);
    return value;
}

}  // namespace

double number_at(Storage storage, const std::byte* at) {
    switch (storage) {
        case Storage::f64: return load<double>(at);
        case Storage::i64: return static_cast<double>(load<std::int64_t>(at));
        case Storage::i32: return load<std::int32_t>(at);
        case Storage::i16: return load<std::int16_t>(at);
        case Storage::u8: return load<std::uint8_t>(at);
        case Storage::u32: return load<std::uint32_t>(at);
        case Storage::u64: return static_cast<double>(load<std::uint64_t>(at));
        case Storage::record: break;
    }
    return 0.0;
}

int list_length(const FieldBinding& field, const std::byte* base) {
    const int most = field.info->extent[0];
    return field.count_offset < 0 ? most : std::min(most, load<std::int32_t>(base + field.count_offset));
}

const RecordBinding& bind_record(const RecordInfo& info, const std::string& name) {
    static Bindings bindings;
    const std::lock_guard lock(bindings.mutex);
    return bindings.of(info, name);
}

const std::array<const RecordBinding*, 3>& observation_bindings() {
    static const std::array<const RecordBinding*, 3> bindings{&bind_record(describe<MarketView>(), "obs"), &bind_record(describe<FirmView>(), "obs"),
                                                              &bind_record(describe<ShownResults>(), "obs")};
    return bindings;
}

const RecordBinding& info_binding() { return bind_record(describe<InfoView>(), "info"); }

}  // namespace rackrace
