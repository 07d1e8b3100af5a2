#include "viz/figures/scale.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/numbers.h"
#include "engine/base/quarter_index.h"

namespace rackrace {
namespace {

/// 1, 2, 2.5 or 5 times a power of ten, the smallest that is at least `size`. By steps, so that every machine gives the same.
double round_step(double size, bool is_whole, int& decimals) {
    if (is_whole) size = std::max(size, 1.0);
    double power = 1.0;
    decimals = 0;
    while (power * 10.0 <= size) power *= 10.0;
    while (power > size) {
        power /= 10.0;
        ++decimals;
    }
    for (const double factor : {1.0, 2.0, 2.5, 5.0, 10.0})
        if (power * factor >= size && !(is_whole && factor == 2.5)) {
            if (factor == 2.5 && power <= 1.0) ++decimals;
            if (factor == 10.0 && decimals > 0) --decimals;
            return power * factor;
        }
    return power * 10.0;
}

std::string year_and_quarter(int t) { return std::to_string(year_of(t)) + " Q" + std::to_string(quarter_of(t)); }

}  // namespace

double Scale::at(double value) const {
    if (!is_log) return from + (value - low) / (high - low) * (to - from);
    return value > low ? from + log(value / low) / log(high / low) * (to - from) : from;
}

double Scale::back(double place) const {
    const double share = (place - from) / (to - from);
    return is_log ? low * exp(share * log(high / low)) : low + share * (high - low);
}

std::vector<Tick> number_ticks(const FigureAxis& axis, double low, double high, int count) {
    double first = low / axis.shown_scale, last = high / axis.shown_scale;
    if (!(last > first)) last = first + 1.0;
    int decimals = 0;
    const double step = round_step((last - first) / std::max(1, count), axis.unit.empty() && axis.shown_scale == 1.0, decimals);
    std::vector<Tick> ticks;
    for (double i = std::floor(first / step + 1e-9); (i - 1.0) * step < last - 1e-9 * step || ticks.size() < 2; i += 1.0) {
        std::string text = fmt::format("{:.{}f}", i * step, decimals);
        if (std::abs(i * step) >= 1000.0) text = short_number(i * step);
        if (i == 0.0) text = "0";
        ticks.push_back({i * step * axis.shown_scale, text});
    }
    return ticks;
}

std::vector<Tick> ratio_ticks(const FigureAxis& axis, double low, double high, int count) {
    const double first = low / axis.shown_scale, last = high / axis.shown_scale;
    double power = 1.0;
    while (power > first) power /= 10.0;
    while (power * 10.0 <= first) power *= 10.0;
    double powers = 1.0;
    for (double at = power; at < last; at *= 10.0) powers += 1.0;
    std::vector<double> factors = {1.0, 2.0, 5.0};
    if (3.0 * powers > 2.0 * count) factors = {1.0};
    std::vector<Tick> ticks;
    for (; ticks.empty() || ticks.back().value < high * (1.0 - 1e-9) || ticks.size() < 2; power *= 10.0)
        for (const double factor : factors) ticks.push_back({power * factor * axis.shown_scale, short_number(power * factor)});
    while (ticks.size() > 2 && ticks[1].value <= low * (1.0 + 1e-9)) ticks.erase(ticks.begin());
    while (ticks.size() > 2 && ticks[ticks.size() - 2].value >= high * (1.0 - 1e-9)) ticks.pop_back();
    return ticks;
}

std::vector<Tick> quarter_ticks(double low, double high, double places, double letters) {
    const int first = static_cast<int>(std::ceil(low)), last = static_cast<int>(std::floor(high));
    const double each = places / std::max(1.0, high - low);
    std::vector<Tick> ticks;
    const bool names_all = each >= 5.2 * letters, names_years = last - first >= 4;
    const int year_step = std::max(1, static_cast<int>(std::ceil(3.2 * letters / (4.0 * each))));
    int named = 0;
    for (int t = first; t <= last; ++t) {
        Tick tick{static_cast<double>(t), ""};
        if (names_all) tick.text = year_and_quarter(t);
        else if (names_years && quarter_of(t) == 1 && named++ % year_step == 0) tick.text = std::to_string(year_of(t));
        else if (!names_years && (t == first || (t == last && each * (last - first) >= 5.2 * letters))) tick.text = year_and_quarter(t);
        if (!tick.text.empty() || each >= 4.0) ticks.push_back(std::move(tick));
    }
    return ticks;
}

}  // namespace rackrace
