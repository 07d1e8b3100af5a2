#include "engine/replay/table.h"

#include <algorithm>
#include <cstring>

#include "engine/base/quarter_index.h"
#include "engine/replay/state_path.h"

namespace rackrace {
namespace {

template <class T> T read_at(const void* place, std::size_t offset) {
    T value;
    std::memcpy(&value, static_cast<const unsigned char*>(place) + offset, sizeof value);
    return value;
}

Cell read_cell(const void* place, Storage storage, std::size_t offset) {
    switch (storage) {
        case Storage::f64: return read_at<double>(place, offset);
        case Storage::i64: return read_at<std::int64_t>(place, offset);
        case Storage::i32: return whole(read_at<std::int32_t>(place, offset));
        case Storage::i16: return whole(read_at<std::int16_t>(place, offset));
        case Storage::u8: return whole(read_at<std::uint8_t>(place, offset));
        case Storage::u32: return whole(read_at<std::uint32_t>(place, offset));
        case Storage::u64: return static_cast<std::int64_t>(read_at<std::uint64_t>(place, offset));
        case Storage::record: break;
    }
    return Cell{};
}

/// True where the name already says the unit: `left_q`, `load_kw`, `core_h100e_i`, `ebitda_forward_usd`.
bool says_unit(std::string_view name, Unit unit) {
    std::string_view suffix = unit_suffix(unit);
    if (suffix.empty()) return true;
    if (unit == Unit::it_kw || unit == Unit::grid_mw) suffix.remove_prefix(suffix.find('_') + 1);
    if (unit == Unit::usd_year) suffix = "usd";
    const std::string framed = "_" + std::string(name) + "_";
    return framed.find("_" + std::string(suffix) + "_") != std::string::npos;
}

}  // namespace

std::string_view column_type_text(ColumnType type) {
    switch (type) {
        case ColumnType::integer: return "INTEGER";
        case ColumnType::real: return "REAL";
        case ColumnType::text: return "TEXT";
        case ColumnType::blob: return "BLOB";
    }
    return "";
}

std::string_view unit_suffix(Unit unit) {
    switch (unit) {
        case Unit::usd: return "usd";
        case Unit::musd: return "musd";
        case Unit::usd_h: return "usd_h";
        case Unit::mh: return "mh";
        case Unit::usd_chip: return "usd_chip";
        case Unit::usd_kw: return "usd_kw";
        case Unit::usd_kw_q: return "usd_kw_q";
        case Unit::usd_mwh: return "usd_mwh";
        case Unit::usd_task: return "usd_task";
        case Unit::usd_year: return "usd_year";
        case Unit::h100e: return "h100e";
        case Unit::h100e_h: return "h100e_h";
        case Unit::h100e_q: return "h100e_q";
        case Unit::h100e_chip: return "h100e_chip";
        case Unit::kw: return "kw";
        case Unit::it_kw: return "it_kw";
        case Unit::mw: return "mw";
        case Unit::grid_mw: return "grid_mw";
        case Unit::kw_chip: return "kw_chip";
        case Unit::chips: return "chips";
        case Unit::wafers: return "wafers";
        case Unit::frac: return "frac";
        case Unit::apr: return "apr";
        case Unit::q: return "q";
        case Unit::oom: return "oom";
        case Unit::task_units: return "task_units";
        default: return "";  // counts, flags, ids and words: the name says all
    }
}

void add_fields(std::vector<Column>& columns, const RecordInfo& record, std::function<const void*(const Row&)> place,
                const std::vector<std::string_view>& without) {
    static const Names none;
    for (const FieldInfo& field : record.fields) {
        if (field.record != nullptr || field.rank > 1 || std::find(without.begin(), without.end(), field.name) != without.end()) continue;
        std::string name(field.name);
        const bool is_quarter = field.unit == Unit::index && name.ends_with("_t") && field.rank == 0;
        if (is_quarter) name.replace(name.size() - 1, 1, "quarter");
        if (!says_unit(name, field.unit)) name += "_" + std::string(unit_suffix(field.unit));
        const ColumnType type = is_quarter ? ColumnType::text : field.storage == Storage::f64 ? ColumnType::real : ColumnType::integer;
        for (std::size_t i = 0; i < field.count(); ++i) {
            const std::size_t offset = field.offset + i * field.size;
            const std::string label = field.rank == 0 ? name : name + "_" + index_label(none, field.name, 0, static_cast<int>(i));
            columns.push_back({label, type, std::string(unit_text(field.unit)), std::string(field.doc),
                               [place, storage = field.storage, offset, is_quarter](const Row& row) {
                                   const Cell cell = read_cell(place(row), storage, offset);
                                   return is_quarter ? quarter_cell(static_cast<int>(std::get<std::int64_t>(cell))) : cell;
                               }});
            if (is_quarter) columns.back().unit = "quarter";
        }
    }
}

std::string column_meaning(const Column& column) {
    if (!column.doc.empty()) return column.doc;
    std::string words = column.name;
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
}

Cell whole(std::int64_t value) { return value; }
Cell dollars(Usd amount) { return amount.value; }
Cell quarter_cell(int t) { return t < 0 ? Cell{} : Cell{quarter_name(t)}; }
Cell firm_cell(const RecordedQuarter& at, int party) { return index_label(at.names, "balance", 0, party); }

Column quarter_column() {
    return {"quarter", ColumnType::text, "quarter", "calendar quarter", [](const Row& row) { return quarter_cell(row.at.world.t); }};
}

}  // namespace rackrace
