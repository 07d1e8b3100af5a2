#include "engine/replay/state_path.h"

#include <cmath>
#include <cstring>

#include "engine/base/hash.h"
#include "engine/scenario/csv.h"

namespace rackrace {
namespace {

std::string label_in(const std::vector<std::string>& labels, int i) {
    return static_cast<std::size_t>(i) < labels.size() ? labels[static_cast<std::size_t>(i)] : std::to_string(i);
}

std::string party_label(const Names& names, int party) { return is_firm(party) ? label_in(names.firms, party) : kOutsideNames[party - kMaxFirms]; }

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> list) {
    for (std::string_view one : list)
        if (one == word) return true;
    return false;
}

/// `firms[coreweave].cash` and `firms.coreweave.cash` as words.
std::vector<std::string> words_of(std::string_view path) {
    std::vector<std::string> words(1);
    for (char c : path) {
        if (c == '.' || c == '[') words.emplace_back();
        else if (c != ']') words.back() += c;
    }
    return words;
}

struct Finder {
    const Names& names;
    std::vector<std::string> words;
    std::vector<StateLeaf> found;
    Refusals refusals;

    Refusal unknown(const std::string& word, const std::string& where, const std::vector<std::string>& known) const {
        const std::string near = nearest_word(word, known);
        return {"", 0, 0, "no '" + word + "' in " + (where.empty() ? "the state" : where),
                near.empty() ? "see docs/replay-format.md for the fields" : "did you mean '" + near + "'?"};
    }

    void in_record(const RecordInfo& record, std::size_t offset, const std::string& path, std::size_t next_word) {
        std::vector<std::string> known;
        for (const FieldInfo& field : record.fields) {
            known.emplace_back(field.name);
            if (next_word < words.size() && words[next_word] != field.name) continue;
            in_array(field, offset + field.offset, path + (path.empty() ? "" : ".") + std::string(field.name), 0, next_word + 1);
            if (next_word < words.size()) return;
        }
        if (next_word < words.size()) refusals.add(unknown(words[next_word], path, known));
    }

    void in_array(const FieldInfo& field, std::size_t offset, const std::string& path, int dimension, std::size_t next_word) {
        if (dimension == field.rank) {
            if (field.record != nullptr) return in_record(*field.record, offset, path, next_word);
            if (next_word < words.size())
                return refusals.add({"", 0, 0, path + " is a number and has no '" + words[next_word] + "'", "end the path there"});
            found.push_back({path, &field, offset});
            return;
        }
        std::size_t stride = field.size;
        for (int d = dimension + 1; d < field.rank; ++d) stride *= static_cast<std::size_t>(field.extent[d]);
        std::vector<std::string> known;
        for (int i = 0; i < field.extent[dimension]; ++i) {
            const std::string label = index_label(names, field.name, dimension, i);
            known.push_back(label);
            if (next_word < words.size() && words[next_word] != label && words[next_word] != std::to_string(i)) continue;
            in_array(field, offset + static_cast<std::size_t>(i) * stride, path + "[" + label + "]", dimension + 1, next_word + 1);
            if (next_word < words.size()) return;
        }
        if (next_word < words.size()) refusals.add(unknown(words[next_word], path, known));
    }
};

template <class T> T read_as(const World& world, std::size_t offset) {
    T value;
    std::memcpy(&value, reinterpret_cast<const unsigned char*>(&world) + offset, sizeof value);
    return value;
}

}  // namespace

std::string index_label(const Names& names, std::string_view field, int dimension, int i) {
    if (field == "balance") return dimension == 0 ? party_label(names, i) : kAccountNames[i];
    if (field == "arrears") return dimension == 0 ? label_in(names.firms, i) : dimension == 1 ? party_label(names, i) : i == 0 ? "new" : "old";
    if (dimension == 0 && is_one_of(field, {"firms", "buyer_weight"})) return label_in(names.firms, i);
    if (dimension == 0 && is_one_of(field, {"products", "holdings", "orders", "on_order_chips"})) return label_in(names.products, i);
    if (dimension == 0 && is_one_of(field, {"regions", "sites"})) return label_in(names.regions, i);
    if (is_one_of(field, {"segments", "price_usd_task", "served_frac", "preference", "share_ppb"})) return i == 0 ? "enterprise" : "consumer";
    if (is_one_of(field, {"outside_noise", "outside_demand_h100e", "outside_supply_h100e", "spot_usd_h", "spot_ewma_usd_h"}))
        return i == 0 ? "training" : "inference";
    return std::to_string(i);
}

Result<std::vector<StateLeaf>> find_state(const Names& names, std::string_view path) {
    Finder finder{names, path.empty() ? std::vector<std::string>{} : words_of(path), {}, {}};
    finder.in_record(describe<World>(), 0, "", 0);
    if (!finder.refusals.empty()) return finder.refusals;
    return finder.found;
}

std::string first_not_finite(const World& world, const Names& names) {
    const auto leaves = find_state(names, "");
    if (!leaves) return "";
    for (const StateLeaf& leaf : *leaves)
        if (leaf.field->storage == Storage::f64 && !std::isfinite(read_as<double>(world, leaf.offset))) return leaf.path;
    return "";
}

Cell leaf_value(const World& world, const StateLeaf& leaf) {
    switch (leaf.field->storage) {
        case Storage::f64: return read_as<double>(world, leaf.offset);
        case Storage::i64: return read_as<std::int64_t>(world, leaf.offset);
        case Storage::i32: return std::int64_t{read_as<std::int32_t>(world, leaf.offset)};
        case Storage::i16: return std::int64_t{read_as<std::int16_t>(world, leaf.offset)};
        case Storage::u8: return std::int64_t{read_as<std::uint8_t>(world, leaf.offset)};
        case Storage::u32: return std::int64_t{read_as<std::uint32_t>(world, leaf.offset)};
        case Storage::u64: return static_cast<std::int64_t>(read_as<std::uint64_t>(world, leaf.offset));
        case Storage::record: break;
    }
    return Cell{};
}

std::uint64_t layout_hash(const RecordInfo& record) {
    std::uint64_t hash = hash64(record.size, record.fields.size());
    for (const FieldInfo& field : record.fields) {
        hash = hash64(hash, name_hash(field.name.data(), field.name.size()), field.offset, static_cast<int>(field.storage), field.size, field.rank);
        for (int d = 0; d < field.rank; ++d) hash = hash64(hash, field.extent[d]);
        if (field.record != nullptr) hash = hash64(hash, layout_hash(*field.record));
    }
    return hash;
}

}  // namespace rackrace
