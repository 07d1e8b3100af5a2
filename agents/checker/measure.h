// Units as the checker computes with them: products of a few bases with a power of ten, and what is not known.
// A measure is never sure beyond what the schema, a name's ending or a declaration says; `unknown` fits everything.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "agents/checker/ast.h"
#include "engine/schema/fields.h"

namespace rackrace {

enum class Base : std::uint8_t { dollar, hour, chip, power, energy, task, wafer, h100e, quarter };
inline constexpr std::size_t kBases = 9;

/// Which side of a region's transformers a power is counted on; `either` once a ratio has been applied, which may be the PUE.
enum class Meter : std::uint8_t { it, grid, either };

struct Measure {
    /// nothing: not reached yet. plain: a number without a unit, which takes that of its partner. known: bases below; all 0 is a share.
    enum class Kind : std::uint8_t { nothing, plain, known, unknown };

    Kind kind = Kind::nothing;
    std::array<std::int8_t, kBases> powers{};
    int scale = 0;                        // M$ is 6; of a plain number that is a power of ten, its exponent
    bool is_scale_free = false;           // 1e3 or the like was applied: as a change of unit or as a factor
    Meter meter = Meter::either;
    const lua::Expr* factor = nullptr;    // a bare number in it that may carry a unit of its own

    bool is_sure = false;                 // by the schema or a declaration alone: names, helpers and other numbers may be meant otherwise

    bool is_spoilt = false;               // unknown because two units met, which is said there and not again

    bool is_known() const { return kind == Kind::known; }
    bool is_share() const { return is_known() && powers == std::array<std::int8_t, kBases>{}; }
    bool is_quarters() const;

    /// Alike as a unit; which factor is not compared.
    bool says_same(const Measure& other) const;
};

Measure unknown_measure(bool is_spoilt = false);
Measure plain_measure(const lua::Expr* factor = nullptr);
Measure share_measure();

/// Of a unit of the schema; unknown for ids, flags, places in lists and what has no unit.
Measure measure_of(Unit unit);

/// Of a number that is written out: plain, and between a tenth and two no carrier of a unit.
Measure measure_of_number(double value, const lua::Expr& expr);

/// By the ending of a name: "cost_musd", "mh"; unknown where it has none, or two ("cost_musd_mw"). Never sure, and MW on either side of a meter.
Measure measure_of_name(std::string_view name);

/// Of a unit written in a declaration: "M$", "M$/MW", "usd_h", "apr"; unknown for other texts.
Measure measure_of_text(std::string_view text);

Measure multiplied(const Measure& a, const Measure& b);
Measure divided(const Measure& a, const Measure& b);

/// Of a value that is the one or the other, and of their sum: what is known of one part holds for the other.
Measure joined(const Measure& a, const Measure& b);
Measure summed(const Measure& a, const Measure& b);

/// fits: nothing to say. unclear: they differ, and a bare number in one may be why. differs: they differ.
enum class Fit : std::uint8_t { fits, unclear, differs };
Fit fit_of(const Measure& a, const Measure& b);

/// True where they differ by chips, tasks or wafers alone: a price and what one of it costs.
bool differ_by_count(const Measure& a, const Measure& b);

/// "M$", "M$/MW", "share"; "number" for a plain one.
std::string measure_text(const Measure& measure);

}  // namespace rackrace
