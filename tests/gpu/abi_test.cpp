// The number by which a device's code for another layout of the market is refused: what moves it, and that tables of fields say where fields lie.
#include <catch2/catch.hpp>

#include <string>
#include <utility>
#include <vector>

#include "gpu/abi.h"

namespace rackrace {
namespace {

struct Chips {
    std::int32_t ordered;
    std::int32_t installed;
    double price_usd;
};
struct Swapped {  // the fields of Chips, two of a size in each other's place
    std::int32_t installed;
    std::int32_t ordered;
    double price_usd;
};
struct Counted {  // the fields of Chips, a number of another kind in the place of one
    std::int32_t ordered;
    std::int32_t installed;
    std::int64_t price_usd;
};
struct Same {
    std::int32_t ordered;
    std::int32_t installed;
    double price_usd;
};

template <class Inner> struct Fleet {
    Inner products[2];
};

}  // namespace

template <> struct Schema<Chips> {
    static constexpr auto rows = fields(field<&Chips::ordered>(Unit::chips), field<&Chips::installed>(Unit::chips), field<&Chips::price_usd>(Unit::usd));
};
template <> struct Schema<Swapped> {
    static constexpr auto rows = fields(field<&Swapped::installed>(Unit::chips), field<&Swapped::ordered>(Unit::chips), field<&Swapped::price_usd>(Unit::usd));
};
template <> struct Schema<Counted> {
    static constexpr auto rows = fields(field<&Counted::ordered>(Unit::chips), field<&Counted::installed>(Unit::chips), field<&Counted::price_usd>(Unit::usd));
};
template <> struct Schema<Same> {
    static constexpr auto rows = fields(field<&Same::ordered>(Unit::chips), field<&Same::installed>(Unit::chips), field<&Same::price_usd>(Unit::usd));
};
template <class Inner> struct Schema<Fleet<Inner>> {
    static constexpr auto rows = fields(field<&Fleet<Inner>::products>(Unit::none));
};

namespace {

using FieldNames = std::vector<std::string>;

/// Of a struct and those in it: rows that do not lie where the rows before them end.
FieldNames displaced(const RecordInfo& record) {
    FieldNames names;
    std::size_t offset = 0;
    for (const FieldInfo& field : record.fields) {
        if (field.offset != offset) names.emplace_back(field.name);
        if (field.record != nullptr)
            for (std::string& inner : displaced(*field.record)) names.push_back(std::move(inner));
        offset += field.size * field.count();
    }
    return names;
}

}  // namespace

TEST_CASE("Fields that change places, kind or size are another layout, however deep they lie", "[gpu][abi]") {
    CHECK(kAbiOf<Chips> == kAbiOf<Same>);
    CHECK(kAbiOf<Chips> != kAbiOf<Swapped>);
    CHECK(kAbiOf<Chips> != kAbiOf<Counted>);
    CHECK(kAbiOf<Fleet<Chips>> == kAbiOf<Fleet<Same>>);
    CHECK(kAbiOf<Fleet<Chips>> != kAbiOf<Fleet<Swapped>>);
    CHECK(kAbiOf<Chips> != kAbiOf<Fleet<Chips>>);
}

TEST_CASE("Tables name the fields of what host and device exchange in the order in which they lie", "[gpu][abi]") {
    CHECK(displaced(describe<World>()) == FieldNames{"next_contract_id", "is_recorded", "news", "news_count", "news_left_out"});  // of MarketHistory: abi_hash has their offsets
    CHECK(displaced(describe<Orders>()).empty());
    CHECK(displaced(describe<Desk>()).empty());
    CHECK(displaced(describe<Parameters>()).empty());
    CHECK(displaced(describe<MarketView>()).empty());
    CHECK(displaced(describe<FirmView>()).empty());
}

}  // namespace rackrace
