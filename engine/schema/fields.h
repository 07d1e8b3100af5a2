// Tables over member pointers: the one place where a struct says what its fields are called and mean.
// A table gives names, offsets, units and docs; a static check refuses a struct with a field that has no row, or with padding.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "engine/schema/visibility.h"

namespace rackrace {

/// Units as in the suffixes of strategy-api.md 3.4; `none` for counts and flags whose name says all.
enum class Unit {
    none, usd, musd, usd_h, mh, usd_chip, usd_kw, usd_kw_q, usd_mwh, usd_task, usd_year,
    h100e, h100e_h, h100e_q, h100e_chip, kw, it_kw, mw, grid_mw, kw_chip, chips, wafers,
    frac, apr, q, index, id, ratio, oom, task_units, flag, hash, count, rating,
    // opaque ids and constants of views: compared, passed back, never computed with; constants are strings in Lua
    product_id, region_id, firm_id, contract_id, loan_id, project_id, agreement_id, order_id, role_name, kind_name, news_name
};

std::string_view unit_text(Unit unit);

/// True for the units of opaque ids.
constexpr bool is_id(Unit unit) { return unit >= Unit::product_id && unit <= Unit::order_id; }

template <auto Member>
constexpr std::string_view member_name() {
    // "... [with auto Member = &rackrace::MeView::cash_musd; ...]" (g++), "[Member = &rackrace::MeView::cash_musd]" (clang),
    // "... [with rackrace::Firm (rackrace::World::*Member)[20] = &rackrace::World::firms]" (nvcc)
    std::string_view text = __PRETTY_FUNCTION__;
    text.remove_prefix(text.rfind('&'));
    text = text.substr(0, text.find_first_of(";]"));
    return text.substr(text.rfind(':') + 1);
}

template <class T> struct MemberPointer;
template <class Owner_, class Type_> struct MemberPointer<Type_ Owner_::*> {
    using Owner = Owner_;
    using Type = Type_;
};

/// What a row says beside its member: unit, meaning (and formula, where it is computed), and in a view who sees it and of when it is.
struct FieldRow {
    Unit unit;
    std::string_view doc;
    RoleMask roles = kAllRoles;
    Moment moment = Moment::unsaid;
};

template <auto Member>
struct Field {
    FieldRow row;
};

template <auto Member>
constexpr Field<Member> field(Unit unit, std::string_view doc = {}) { return {{unit, doc}}; }

/// A row of a view. Rows inside a nested struct are seen by those who see the row of the struct as well.
template <auto Member>
constexpr Field<Member> field(Unit unit, RoleMask roles, Moment moment, std::string_view doc) { return {{unit, doc, roles, moment}}; }

/// The rows of a struct: members in the type, units and docs beside them.
template <auto... Member>
struct Fields {
    static constexpr std::size_t bytes = [] {  // a loop: clang bounds the depth of a fold over hundreds of parameters
        constexpr std::size_t sizes[] = {sizeof(typename MemberPointer<decltype(Member)>::Type)...};
        std::size_t sum = 0;
        for (const std::size_t size : sizes) sum += size;
        return sum;
    }();
    FieldRow rows[sizeof...(Member)];
};

template <auto... Member>
constexpr Fields<Member...> fields(Field<Member>... row) { return {{row.row...}}; }

/// Bytes that the rows cover; equal to sizeof(struct) exactly when every field has a row and there is no padding.
template <auto... Member>
constexpr std::size_t covered_bytes(const Fields<Member...>&) { return Fields<Member...>::bytes; }

/// `template <> struct Schema<MeView> { static constexpr auto rows = fields(...); };` is how a struct gets its table.
template <class T> struct Schema;

template <class T, class = void> struct HasSchema : std::false_type {};
template <class T> struct HasSchema<T, std::void_t<decltype(Schema<T>::rows)>> : std::true_type {};

enum class Storage : int { f64, i64, i32, i16, u8, u32, u64, record };

struct RecordInfo;

/// A row as data: what walkers (differences, dumps, bindings, docs) loop over.
struct FieldInfo {
    std::string_view name;
    Unit unit;
    std::string_view doc;
    std::size_t offset;
    Storage storage;
    std::size_t size;          // of one element
    int rank;                  // 0 for a scalar
    int extent[3];             // lengths, outermost first
    const RecordInfo* record;  // of a struct, else nullptr
    RoleMask roles;            // who sees it, of a view
    Moment moment;             // of when it is, of a view

    std::size_t count() const {
        std::size_t n = 1;
        for (int i = 0; i < rank; ++i) n *= static_cast<std::size_t>(extent[i]);
        return n;
    }
};

struct RecordInfo {
    std::size_t size = 0;
    std::vector<FieldInfo> fields;
};

struct Usd;

template <class T>
constexpr Storage storage_of() {
    if constexpr (std::is_same_v<T, double>) return Storage::f64;
    else if constexpr (std::is_same_v<T, Usd> || std::is_same_v<T, std::int64_t>) return Storage::i64;
    else if constexpr (std::is_same_v<T, std::int32_t>) return Storage::i32;
    else if constexpr (std::is_same_v<T, std::int16_t>) return Storage::i16;
    else if constexpr (std::is_same_v<T, std::uint32_t>) return Storage::u32;
    else if constexpr (std::is_same_v<T, std::uint64_t>) return Storage::u64;
    else if constexpr (sizeof(T) == 1) return Storage::u8;
    else if constexpr (std::is_enum_v<T>) return storage_of<std::underlying_type_t<T>>();
    else return Storage::record;
}

template <class T> const RecordInfo& describe();

template <auto Member>
FieldInfo describe_field(const FieldRow& row) {
    using Owner = typename MemberPointer<decltype(Member)>::Owner;
    using Type = typename MemberPointer<decltype(Member)>::Type;
    using Element = std::remove_all_extents_t<Type>;
    static_assert(std::rank_v<Type> <= 3);
    alignas(Owner) static const unsigned char bytes[sizeof(Owner)] = {};
    const auto* object = reinterpret_cast<const Owner*>(bytes);
    const auto offset = static_cast<std::size_t>(reinterpret_cast<const unsigned char*>(&(object->*Member)) - bytes);
    const RecordInfo* record = nullptr;
    if constexpr (storage_of<Element>() == Storage::record) record = &describe<Element>();
    return {member_name<Member>(), row.unit, row.doc, offset, storage_of<Element>(), sizeof(Element), static_cast<int>(std::rank_v<Type>),
            {static_cast<int>(std::extent_v<Type, 0>), static_cast<int>(std::extent_v<Type, 1>), static_cast<int>(std::extent_v<Type, 2>)}, record,
            row.roles, row.moment};
}

template <auto... Member>
std::vector<FieldInfo> describe_fields(const Fields<Member...>& table) {
    const auto* row = table.rows;
    return {describe_field<Member>(*row++)...};  // braces: evaluated left to right
}

/// The table of T as data; every nested struct is described too.
template <class T>
const RecordInfo& describe() {
    static const RecordInfo info{sizeof(T), describe_fields(Schema<T>::rows)};
    return info;
}

}  // namespace rackrace
