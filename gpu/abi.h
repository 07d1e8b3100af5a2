// The layout of everything that host and device exchange as bytes, as one number that each side computes from its own headers.
#pragma once

#include <cstddef>

#include "engine/base/hash.h"
#include "engine/schema/fields.h"
#include "gpu/cell.h"

namespace rackrace {

// Each compiler writes member pointers its own way: where host and device read other names off them, every card would be refused.
static_assert(member_name<&World::t>() == "t" && member_name<&World::arrears>() == "arrears" && member_name<&World::firms>() == "firms");

template <class T> constexpr std::uint64_t abi_of();

// Variables, not calls: each is worked out by itself, so that clang's bound on the steps of one constant is far.
template <class T> inline constexpr std::uint64_t kAbiOf = abi_of<T>();
template <auto Member> inline constexpr std::uint64_t kNameHash = name_hash(member_name<Member>().data(), member_name<Member>().size());

template <class T, auto... Member>
constexpr std::uint64_t abi_of_rows(const Fields<Member...>*) {
    constexpr std::uint64_t names[] = {kNameHash<Member>...};
    constexpr std::uint64_t sizes[] = {sizeof(typename MemberPointer<decltype(Member)>::Type)...};
    constexpr std::uint64_t elements[] = {kAbiOf<std::remove_all_extents_t<typename MemberPointer<decltype(Member)>::Type>>...};
    std::uint64_t hash = sizeof(T);
    for (std::size_t i = 0; i < sizeof...(Member); ++i) hash = hash64(hash, names[i], sizes[i], elements[i]);
    return hash;
}

/// Of a struct with a table of fields: name, size and layout of each in the table's order, nested structs too. Of another type: its size and storage.
/// A table names all bytes of its struct, and in their order but for the news of MarketHistory (tests/gpu/abi_test.cpp), so names and sizes say where each field lies.
template <class T>
constexpr std::uint64_t abi_of() {
    if constexpr (HasSchema<T>::value) return abi_of_rows<T>(static_cast<const std::remove_const_t<decltype(Schema<T>::rows)>*>(nullptr));
    else return hash64(sizeof(T), static_cast<int>(storage_of<T>()));
}

constexpr std::uint64_t abi_hash() {
    constexpr std::uint64_t words[] = {
        kAbiOf<World>, kAbiOf<Orders>, kAbiOf<Desk>, kAbiOf<Parameters>, kAbiOf<MarketView>, kAbiOf<FirmView>,
        offsetof(MarketHistory, news_count), offsetof(MarketHistory, news_left_out), offsetof(MarketHistory, next_contract_id), offsetof(MarketHistory, is_recorded), offsetof(MarketHistory, news),
        sizeof(Scenario), sizeof(Chance), sizeof(Ledger), sizeof(CoreCast), sizeof(CoreScript), sizeof(CoreTable), sizeof(CellEnd), sizeof(KeyFigures), sizeof(Instruction), sizeof(ListPlace),
        offsetof(Scenario, parameters), offsetof(CoreTable, failures), static_cast<std::uint64_t>(Op::count),
        kMaxFirms, kMaxProducts, kMaxRegions, kMaxContracts, kMaxQuarters, kDeskMemory, kCoreFrame, kCoreFuel};
    std::uint64_t hash = 0;
    for (const std::uint64_t word : words) hash = hash64_with(hash, word);
    return hash;
}

}  // namespace rackrace
