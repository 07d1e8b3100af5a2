#include "agents/checker/measure.h"

#include <cmath>
#include <cstdlib>
#include <iterator>

namespace rackrace {
namespace {

using Kind = Measure::Kind;

constexpr int kLeastScaleExponent = 3;  // 1e3 and more change units (kW to MW); ten and a hundred are factors
constexpr std::size_t kMaxUnitText = 40;  // letters of a declared unit that is read as a quotient
constexpr int kMostPower = 4;           // of one base: more is no unit of this market

struct Part {
    Base base;
    int power;
};

Measure known(int scale, std::initializer_list<Part> parts, Meter meter = Meter::either) {
    Measure made;
    made.kind = Kind::known;
    made.scale = scale;
    made.meter = meter;
    made.is_sure = true;
    for (const Part& part : parts) made.powers[static_cast<std::size_t>(part.base)] = static_cast<std::int8_t>(part.power);
    return made;
}

/// What somebody calls MW may be counted on either side of a meter.
Measure on_either_side(Measure measure) {
    if (measure.meter == Meter::it) measure.meter = Meter::either;
    return measure;
}

Measure of_ending(Unit unit) {
    Measure made = on_either_side(measure_of(unit));
    made.is_sure = false;
    return made;
}

std::int8_t& power_of(Measure& measure, Base base) { return measure.powers[static_cast<std::size_t>(base)]; }
int power_of(const Measure& measure, Base base) { return measure.powers[static_cast<std::size_t>(base)]; }

/// Units that messages name, the plainest first.
constexpr Unit kNamed[] = {Unit::usd, Unit::musd, Unit::usd_h, Unit::mh, Unit::usd_chip, Unit::usd_kw, Unit::usd_mwh, Unit::usd_task, Unit::h100e, Unit::h100e_chip,
                           Unit::it_kw, Unit::mw, Unit::grid_mw, Unit::kw_chip, Unit::chips, Unit::wafers, Unit::q, Unit::task_units};

struct Ending {
    std::string_view text;
    Unit unit;
};

/// Longer endings before those that they end with.
constexpr Ending kEndings[] = {{"usd_kw_q", Unit::usd_kw_q}, {"usd_mwh", Unit::usd_mwh}, {"usd_chip", Unit::usd_chip}, {"usd_task", Unit::usd_task}, {"usd_kw", Unit::usd_kw},
                               {"usd_h", Unit::usd_h}, {"h100e_h", Unit::h100e_h}, {"kw_chip", Unit::kw_chip}, {"grid_mw", Unit::grid_mw}, {"musd", Unit::musd}, {"mh", Unit::mh},
                               {"mw", Unit::mw}, {"chips", Unit::chips}, {"wafers", Unit::wafers}, {"frac", Unit::frac}, {"apr", Unit::apr}, {"q", Unit::q}};

/// Words that make a further one part of a unit: "cost_musd_mw" is no power.
constexpr std::string_view kUnitWords[] = {"usd", "musd", "h", "mh", "chip", "chips", "kw", "mw", "mwh", "task", "h100e", "frac", "per"};

bool is_unit_word(std::string_view word) {
    for (const std::string_view known : kUnitWords)
        if (word == known) return true;
    return false;
}

Measure combined(const Measure& a, const Measure& b, int sign) {
    if (a.kind == Kind::nothing || b.kind == Kind::nothing) return {};
    if (a.kind == Kind::unknown || b.kind == Kind::unknown) return unknown_measure(a.is_spoilt || b.is_spoilt);
    Measure made = a.is_known() ? a : b;
    made.factor = a.factor != nullptr ? a.factor : b.factor;
    if (!a.is_known() && !b.is_known()) {
        made.scale = a.scale + sign * b.scale;
        return made;
    }
    for (std::size_t i = 0; i < kBases; ++i) {
        const int power = (a.is_known() ? a.powers[i] : 0) + sign * (b.is_known() ? b.powers[i] : 0);
        if (std::abs(power) > kMostPower) return unknown_measure();
        made.powers[i] = static_cast<std::int8_t>(power);
    }
    const bool changes_scale = b.kind == Kind::plain && b.scale != 0 && b.factor == nullptr;  // a power of ten behind * or /
    made.is_sure = (a.is_known() && a.is_sure) && (b.is_known() ? b.is_sure : changes_scale);
    // a plain power of ten makes the number larger and the unit smaller
    const auto scale = [](const Measure& part) { return part.is_known() ? part.scale : -part.scale; };
    made.scale = scale(a) + sign * scale(b);
    made.is_scale_free = a.is_scale_free || b.is_scale_free || (!a.is_known() && a.scale != 0) || (!b.is_known() && b.scale != 0);
    const bool keeps_meter = (a.is_known() ? b : a).kind == Kind::plain && made.factor == nullptr;
    if (!keeps_meter) made.meter = Meter::either;
    // flows are by the quarter: quarters beside another base do not show
    bool has_other = false;
    for (std::size_t i = 0; i < kBases; ++i) has_other = has_other || (i != static_cast<std::size_t>(Base::quarter) && made.powers[i] != 0);
    const int quarters = power_of(made, Base::quarter);
    if (has_other) power_of(made, Base::quarter) = 0;
    else if (quarters != 0 && quarters != 1) return unknown_measure();
    return made;
}

}  // namespace

bool Measure::is_quarters() const { return is_known() && powers == measure_of(Unit::q).powers; }

bool Measure::says_same(const Measure& other) const {
    return kind == other.kind && powers == other.powers && scale == other.scale && is_scale_free == other.is_scale_free && meter == other.meter &&
           is_spoilt == other.is_spoilt && is_sure == other.is_sure && (factor == nullptr) == (other.factor == nullptr);
}

Measure unknown_measure(bool is_spoilt) {
    Measure made;
    made.kind = Kind::unknown;
    made.is_spoilt = is_spoilt;
    return made;
}

Measure plain_measure(const lua::Expr* factor) {
    Measure made;
    made.kind = Kind::plain;
    made.factor = factor;
    return made;
}

Measure share_measure() { return known(0, {}); }

Measure measure_of(Unit unit) {
    switch (unit) {
        case Unit::usd: return known(0, {{Base::dollar, 1}});
        case Unit::musd: return known(6, {{Base::dollar, 1}});
        case Unit::usd_h: return known(0, {{Base::dollar, 1}, {Base::hour, -1}});
        case Unit::mh: return known(6, {{Base::hour, 1}});
        case Unit::usd_chip: return known(0, {{Base::dollar, 1}, {Base::chip, -1}});
        case Unit::usd_kw: case Unit::usd_kw_q: return known(0, {{Base::dollar, 1}, {Base::power, -1}});
        case Unit::usd_mwh: return known(0, {{Base::dollar, 1}, {Base::energy, -1}});
        case Unit::usd_task: return known(0, {{Base::dollar, 1}, {Base::task, -1}});
        case Unit::h100e_h: return known(0, {{Base::hour, 1}, {Base::task, -1}});  // what one task-unit needs
        case Unit::h100e: return known(0, {{Base::h100e, 1}});
        case Unit::h100e_chip: return known(0, {{Base::h100e, 1}, {Base::chip, -1}});
        case Unit::kw: return known(0, {{Base::power, 1}}, Meter::grid);
        case Unit::it_kw: return known(0, {{Base::power, 1}}, Meter::it);
        case Unit::mw: return known(3, {{Base::power, 1}}, Meter::it);
        case Unit::grid_mw: return known(3, {{Base::power, 1}}, Meter::grid);
        case Unit::kw_chip: return known(0, {{Base::power, 1}, {Base::chip, -1}});
        case Unit::chips: return known(0, {{Base::chip, 1}});
        case Unit::wafers: return known(0, {{Base::wafer, 1}});
        case Unit::task_units: return known(0, {{Base::task, 1}});
        case Unit::q: return known(0, {{Base::quarter, 1}});
        case Unit::frac: case Unit::apr: case Unit::ratio: return share_measure();
        default: return unknown_measure();
    }
}

Measure measure_of_number(double value, const lua::Expr& expr) {
    const double size = std::fabs(value);
    if (size == 0.0 || (size >= 0.1 && size <= 2.0)) return plain_measure();
    Measure made = plain_measure(&expr);
    if (!std::isfinite(size)) return made;
    const int exponent = static_cast<int>(std::lround(std::log10(size)));
    if (std::abs(exponent) < kLeastScaleExponent || std::fabs(size / std::pow(10.0, exponent) - 1.0) > 1e-12) return made;
    made.scale = exponent;
    made.factor = nullptr;
    return made;
}

Measure measure_of_name(std::string_view name) {
    for (const Ending& ending : kEndings) {
        if (!name.ends_with(ending.text)) continue;
        if (name == ending.text) return name == "q" ? unknown_measure() : of_ending(ending.unit);
        std::string_view before = name.substr(0, name.size() - ending.text.size());
        if (before.back() != '_') continue;
        before.remove_suffix(1);
        const std::size_t at = before.rfind('_');
        if (is_unit_word(at == std::string_view::npos ? before : before.substr(at + 1))) return unknown_measure();
        return of_ending(ending.unit);
    }
    return unknown_measure();
}

Measure measure_of_text(std::string_view text) {
    for (int unit = 0; unit <= static_cast<int>(Unit::rating); ++unit)
        if (const Measure one = measure_of(static_cast<Unit>(unit)); one.is_known() && unit_text(static_cast<Unit>(unit)) == text) return on_either_side(one);
    if (text == "kW") return measure_of(Unit::it_kw);
    if (text == "chip") return measure_of(Unit::chips);
    if (text == "h") return known(0, {{Base::hour, 1}});
    if (text == "MWh") return known(0, {{Base::energy, 1}});
    if (text == "task") return measure_of(Unit::task_units);
    const std::size_t slash = text.size() <= kMaxUnitText ? text.rfind('/') : std::string_view::npos;
    if (slash != std::string_view::npos) return divided(measure_of_text(text.substr(0, slash)), measure_of_text(text.substr(slash + 1)));
    return measure_of_name(text);
}

Measure multiplied(const Measure& a, const Measure& b) { return combined(a, b, 1); }
Measure divided(const Measure& a, const Measure& b) { return combined(a, b, -1); }

Measure joined(const Measure& a, const Measure& b) {
    if (a.kind == Kind::nothing) return b;
    if (b.kind == Kind::nothing) return a;
    if (a.kind == Kind::unknown || b.kind == Kind::unknown) return unknown_measure(a.is_spoilt || b.is_spoilt);
    Measure made = a.is_known() ? a : b;
    if (!a.is_known() && !b.is_known()) {
        if (a.scale != b.scale) made.scale = 0;
        if (made.factor == nullptr) made.factor = a.factor != nullptr ? a.factor : b.factor;
        return made;
    }
    if (!a.is_known() || !b.is_known()) return made;
    if (a.powers != b.powers) return unknown_measure();
    if (a.scale != b.scale && !a.is_scale_free && !b.is_scale_free) return unknown_measure();
    // the surer of the two settles what the other left open
    made.scale = a.is_scale_free && !b.is_scale_free ? b.scale : a.scale;
    made.is_scale_free = a.is_scale_free && b.is_scale_free;
    made.is_sure = a.is_sure && b.is_sure;
    made.factor = a.factor != nullptr ? b.factor : nullptr;
    if (a.meter != b.meter) made.meter = Meter::either;
    return made;
}

Measure summed(const Measure& a, const Measure& b) {
    if (a.kind == Kind::nothing || b.kind == Kind::nothing) return {};
    if (a.is_spoilt || b.is_spoilt || fit_of(a, b) != Fit::fits) return unknown_measure(true);
    if (a.kind == Kind::unknown) return b.is_known() ? b : unknown_measure();
    if (b.kind == Kind::unknown) return a.is_known() ? a : unknown_measure();
    if (a.is_known() && b.is_known() && a.is_share() != b.is_share()) return a.is_share() ? b : a;  // quarters beside a share
    return joined(a, b);
}

Fit fit_of(const Measure& a, const Measure& b) {
    if (!a.is_known() || !b.is_known()) return Fit::fits;
    const bool counts_time = (a.is_share() && b.is_quarters()) || (a.is_quarters() && b.is_share());  // cash over burn is a number of quarters
    if (counts_time) return Fit::fits;
    const bool is_alike = a.powers == b.powers;
    if (is_alike && (a.is_scale_free || b.is_scale_free)) return Fit::fits;
    const bool meters_differ = a.meter != b.meter && a.meter != Meter::either && b.meter != Meter::either && power_of(a, Base::power) != 0;
    if (is_alike && a.scale == b.scale && !meters_differ) return Fit::fits;
    return a.factor != nullptr || b.factor != nullptr ? Fit::unclear : Fit::differs;
}

bool differ_by_count(const Measure& a, const Measure& b) {
    Measure without_a = a, without_b = b;
    for (const Base count : {Base::chip, Base::task, Base::wafer}) power_of(without_a, count) = power_of(without_b, count) = 0;
    return a.powers != b.powers && without_a.powers == without_b.powers && (a.scale == b.scale || a.is_scale_free || b.is_scale_free);
}

std::string measure_text(const Measure& measure) {
    if (measure.kind == Kind::plain) return "number";
    if (!measure.is_known()) return "?";
    if (measure.is_share()) return "share";
    for (const Unit unit : kNamed) {
        const Measure one = measure_of(unit);
        const bool meters_fit = one.meter == measure.meter || one.meter == Meter::either || (measure.meter == Meter::either && one.meter == Meter::it);
        if (one.powers == measure.powers && one.scale == measure.scale && meters_fit) return std::string(unit_text(unit));
    }
    constexpr std::string_view kTexts[kBases] = {"$", "h", "chip", "kW", "MWh", "task", "wafer", "H100e", "quarter"};
    std::string above, below;
    for (std::size_t i = 0; i < kBases; ++i) {
        std::string& side = measure.powers[i] > 0 ? above : below;
        if (measure.powers[i] == 0) continue;
        side += (side.empty() ? "" : " ") + std::string(kTexts[i]);
        if (std::abs(measure.powers[i]) > 1) side += "^" + std::to_string(std::abs(measure.powers[i]));
    }
    const std::string text = (above.empty() ? "1" : above) + (below.empty() ? "" : "/" + below);
    return measure.scale == 0 ? text : "1e" + std::to_string(measure.scale) + " " + text;
}

}  // namespace rackrace
