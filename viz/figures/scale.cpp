#include "viz/figures/scale.h"

#include <fmt/format.h>

#include <algorithm>

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
