#include "viz/figures/describe.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace rackrace {
namespace {

constexpr std::size_t kSeriesTold = 10;  // of a panel; the table has all
constexpr std::size_t kKeysTold = 8;

std::string whole_text(double value) {
    std::string text = fmt::format("{:.0f}", value);
    for (std::size_t at = text.size(), first = value < 0.0 ? 1 : 0; at > first + 3;) text.insert(at -= 3, ",");
    return text;
}

/// The marks of a series that are told: where it starts and ends, and where it is lowest and highest.
struct Course {
    const Datum *first = nullptr, *last = nullptr, *low = nullptr, *high = nullptr;
};

Course course_of(const Series& series) {
    Course out;
    for (const Datum& datum : series.data) {
        if (!std::isfinite(datum.value)) continue;
        if (out.first == nullptr) out.first = out.low = out.high = &datum;
        out.last = &datum;
        if (datum.value < out.low->value) out.low = &datum;
        if (datum.value > out.high->value) out.high = &datum;
    }
    return out;
}

/// "spot I fell from 1.26 to 0.33 $/h between 2026Q2 and 2032Q4; lowest 0.21 in 2031Q2, highest 1.53 in 2028Q2."
std::string line_sentence(const FigurePanel& panel, const Series& series) {
    const auto [first, last, low, high] = course_of(series);
    if (first == nullptr) return series.name + " has no value in these quarters.";
    const auto number = [&](const Datum* datum) { return short_number(datum->value / panel.measure.shown_scale); };
    const auto when = [&](const Datum* datum) { return key_text(panel.key, datum->key); };
    const std::string unit = panel.measure.shown_unit.empty() ? "" : " " + panel.measure.shown_unit;
    if (first == last) return fmt::format("{} is {}{} in {}.", series.name, number(first), unit, when(first));
    if (low->value == high->value) return fmt::format("{} is {}{} from {} to {}.", series.name, number(first), unit, when(first), when(last));
    const char* verb = last->value > first->value ? "rose" : last->value < first->value ? "fell" : "went";
    std::string out =
        fmt::format("{} {} from {} to {}{} between {} and {}", series.name, verb, number(first), number(last), unit, when(first), when(last));
    const bool has_low = low->value<std::min(first->value, last->value), has_high = high->value> std::max(first->value, last->value);
    if (has_low) out += fmt::format("; lowest {} in {}", number(low), when(low));
    if (has_high) out += fmt::format("{} highest {} in {}", has_low ? "," : ";", number(high), when(high));
    return out + ".";
}

/// Bars and surfaces: their sum at every key where they are few; else at the first, the highest and the last, with the largest part of that.
std::string stack_sentence(const FigurePanel& panel, const std::vector<const Series*>& stack) {
    std::map<double, double> sums;
    for (const Series* series : stack)
        for (const Datum& datum : series->data)
            if (std::isfinite(datum.value)) sums[datum.key] += datum.value;
    if (sums.empty()) return "nothing.";
    const auto told = [&](const std::pair<const double, double>& sum) {
        return shown_text(panel.measure, sum.second) + " in " + key_text(panel.key, sum.first);
    };
    std::string out;
    if (sums.size() <= kKeysTold) {
        for (const auto& sum : sums) out += (out.empty() ? "" : ", ") + told(sum);
        return out + ".";
    }
    const auto high = std::max_element(sums.begin(), sums.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    out = told(*sums.begin()) + ", " + told(*sums.rbegin());
    if (high->second > std::max(sums.begin()->second, sums.rbegin()->second)) out += ", at most " + told(*high);
    const Series* largest = nullptr;
    double most = 0.0;
    for (const Series* series : stack)
        for (const Datum& datum : series->data)
            if (datum.key == sums.rbegin()->first && datum.value > most) {
                most = datum.value;
                largest = series;
            }
    if (largest != nullptr && stack.size() > 1)
        out += fmt::format("; the largest part at the end is {} with {}", largest->name, shown_text(panel.measure, most));
    return out + ".";
}

/// "close of 2028Q2 412 M$; rent +188 M$; ...", of marks without a label with the name of their series: "meta owners' value 1,201 B$; ..."
std::string rows_sentence(const FigurePanel& panel) {
    std::string out;
    for (std::size_t row = 0; row < panel.key.categories.size(); ++row)
        for (const Series& series : panel.series)
            for (const Datum& datum : series.data)
                if (datum.key == static_cast<double>(row) && std::isfinite(datum.value))
                    out += fmt::format("{}{} {}", out.empty() ? "" : "; ", panel.key.categories[row],
                                       datum.label.empty() ? series.name + " " + shown_text(panel.measure, datum.value) : datum.label + " " + panel.measure.shown_unit);
    return out + ".";
}

/// The course of a line, quantities that its steps span, or how many marks it has.
std::string list_sentence(const FigurePanel& panel, const Series& series) {
    if (series.shape == MarkShape::line) return line_sentence(panel, series);
    if (series.shape == MarkShape::edge) {
        double all = 0.0;
        for (const Datum& datum : series.data) all += datum.weight;
        return fmt::format("{}: {}, together {}; the largest is {} with {}.", series.name, series.data.size(), shown_text(panel.measure, all), series.data.front().label,
                           shown_text(panel.measure, series.data.front().weight));
    }
    if (series.shape == MarkShape::mark && panel.key.kind == AxisKind::place) {
        std::string names;
        for (const Datum& datum : series.data) names += (names.empty() ? "" : ", ") + datum.label;
        return fmt::format("{}: {}.", series.name, names);
    }
    if (series.shape == MarkShape::mark) {
        const std::string first = key_text(panel.key, series.data.front().key), last = key_text(panel.key, series.data.back().key);
        return fmt::format("{}: {}, {}.", series.name, series.data.size(), first == last ? "in " + first : "from " + first + " to " + last);
    }
    if (series.shape == MarkShape::bar) {
        const auto most = std::max_element(series.data.begin(), series.data.end(), [](const Datum& a, const Datum& b) { return a.value < b.value; });
        return fmt::format("{}: {} bars, the highest {} from {} to {}.", series.name, series.data.size(), shown_text(panel.measure, most->value), shown_text(panel.key, most->key), shown_text(panel.key, most->key_end));
    }
    if (series.shape == MarkShape::post) return fmt::format("{}: {}.", series.name, shown_text(panel.key, series.data.front().key));
    if (series.shape == MarkShape::level) return fmt::format("{}: {}.", series.name, shown_text(panel.measure, series.data.front().value));
    return fmt::format("{}: {} steps of together {}, from {} to {}.", series.name, series.data.size(),
                       shown_text(panel.key, series.data.back().key_end), shown_text(panel.measure, series.data.front().value),
                       shown_text(panel.measure, series.data.back().value));
}

std::string panel_sentences(const FigureModel& figure, const FigurePanel& panel) {
    if (panel.is_horizontal) return " " + rows_sentence(panel);
    std::string out;
    std::vector<const Series*> stack;
    std::size_t told = 0;
    for (const Series& series : panel.series) {
        if (!figure.is_list && (series.shape == MarkShape::area || series.shape == MarkShape::bar)) stack.push_back(&series);
        else if (series.shape != MarkShape::band && !series.data.empty() && told++ < kSeriesTold)
            out += " " + (figure.is_list ? list_sentence(panel, series) : line_sentence(panel, series));
    }
    if (stack.size() == 1 && panel.key.kind == AxisKind::quarter && stack[0]->data.size() > 2) out += " " + line_sentence(panel, *stack[0]);
    else if (!stack.empty()) out += " " + (panel.title.empty() ? "Together: " : panel.title + ": ") + stack_sentence(panel, stack);
    return out;
}

}  // namespace

std::string check_text(const SumCheck& check) {
    if (check.holds()) return fmt::format("{}: {} {}, the same as in the books.", check.what, whole_text(check.drawn), check.unit);
    return fmt::format("{}: {} {} as drawn, {} in the books.", check.what, whole_text(check.drawn), check.unit, whole_text(check.recorded));
}

std::string description_of(const FigureModel& figure) {
    std::string out = figure.title + ".";
    if (!figure.empty_text.empty()) out += " " + figure.empty_text;
    for (const std::string& fault : figure.faults) out += " Warning: " + fault + ".";
    for (const FigurePanel& panel : figure.panels) out += panel_sentences(figure, panel);
    for (const std::string& finding : figure.findings) out += " " + finding;
    for (const SumCheck& check : figure.checks) out += " Sum check: " + check_text(check);
    return out;
}

}  // namespace rackrace
