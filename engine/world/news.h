// What of a quarter is public: a few items that every firm reads in the next one.
#pragma once

#include <cstdint>

#include "engine/schema/fields.h"

namespace rackrace {

inline constexpr int kMaxNews = 16;  // a quarter; contracts fill what the rest leaves

/// In the order in which items of a quarter are told; the kinds from plateau to repudiate are those of ShockKind.
enum class NewsKind : std::int16_t {
    none, failed, acquired, liquidated, reorganised, loans_called, breach,
    plateau, efficiency, rate, credit, export_halt, supply, delay, power, repudiate,
    launch, release, round, contract
};
/// As scripts compare them.
inline constexpr const char* kNewsKindNames[] = {"none", "default", "acquired", "liquidated", "reorganised", "loans_called", "breach",
                                                 "plateau", "efficiency", "rate", "credit", "export", "supply", "delay", "power", "repudiate",
                                                 "launch", "release", "round", "contract"};

/// Kinds whose size is a ratio or a rise: kept in millionths, the others in whole units.
inline constexpr double kNewsMillionths = 1e6;
RACKRACE_HD inline bool is_in_millionths(NewsKind kind) { return (kind >= NewsKind::plateau && kind <= NewsKind::repudiate) || kind == NewsKind::release; }

struct NewsItem {
    NewsKind kind;
    std::int16_t firm;  // -1: about no single firm
    std::int32_t size;  // whole units of the kind, or millionths
};
template <> struct Schema<NewsItem> {
    static constexpr auto rows = fields(
        field<&NewsItem::kind>(Unit::none, "none where the slot is free"),
        field<&NewsItem::firm>(Unit::index, "whom it is about, -1 for no single firm"),
        field<&NewsItem::size>(Unit::none, "M$ owed (default, liquidated, reorganised, loans_called, breach), M$ paid (acquired) or raised (round), $ a chip (launch), "
                                           "H100e (contract); in millionths powers of ten (release) and the size of the shock"));
};
static_assert(covered_bytes(Schema<NewsItem>::rows) == sizeof(NewsItem));

}  // namespace rackrace
