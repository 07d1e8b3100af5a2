#include "viz/figures/figure_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/base/quarter_index.h"
#include "engine/replay/replay_tables.h"

namespace rackrace {
namespace {

struct ShownUnit {
    const char* unit;
    const char* shown;
    double scale;
};
/// Of each unit the steps in which it is shown, the largest first; units that are not listed are shown as they are.
constexpr ShownUnit kShownUnits[] = {
    {"$", "B$", 1e9},
    {"$", "M$", 1e6},
    {"$", "k$", 1e3},
    {"Mh", "Gh", 1e3},
    {"kW", "GW", 1e6},
    {"kW", "MW", 1e3},
    {"IT kW", "IT GW", 1e6},
    {"IT kW", "IT MW", 1e3},
    {"chips", "million chips", 1e6},
    {"chips", "thousand chips", 1e3},
    {"H100e", "million H100e", 1e6},
    {"H100e", "thousand H100e", 1e3},
    {"$/chip", "k$/chip", 1e3},
};

double largest_size(const FigurePanel& panel) {
    double size = 0.0;
    for (const Series& series : panel.series)
        for (const Datum& datum : series.data) {
            const bool is_place = panel.measure.kind == AxisKind::place;
            for (const double end : {is_place ? datum.weight : datum.base, is_place ? datum.weight : datum.base + datum.value})
                if (std::isfinite(end)) size = std::max(size, std::abs(end));
        }
    return size;
}

double largest_key(const FigurePanel& panel) {
    double size = 0.0;
    for (const Series& series : panel.series)
        for (const Datum& datum : series.data)
            for (double end : {datum.key, datum.key_end})
                if (std::isfinite(end)) size = std::max(size, std::abs(end));
    return size;
}

void drop_infinite(FigureModel& figure) {
    for (FigurePanel& panel : figure.panels)
        for (Series& series : panel.series)
            for (Datum& datum : series.data) {
                if (!std::isinf(datum.value) && std::isfinite(datum.base)) continue;
                figure.faults.push_back(fmt::format("{} is not finite at {}", series.name, key_text(panel.key, datum.key)));
                datum.value = kNoValue;
                datum.base = 0.0;
            }
}

}  // namespace

Provenance provenance_of(const ReplayStore& store) {
    const RunRecord& run = store.run();
    return {store.run_id(),
            run.scenario,
            std::to_string(run.seed),
            run.program_version,
            fmt::format("{:016x}", run.hash),
            quarter_name(store.opening_t()),
            quarter_name(store.last_t())};
}

FigureModel start_figure(const ReplayStore& store, std::string id, std::string title, std::string subtitle) {
    FigureModel figure;
    figure.id = std::move(id);
    figure.title = std::move(title);
    figure.subtitle = std::move(subtitle);
    figure.from = provenance_of(store);
    for (const std::string& warning : store.warnings()) figure.notes.push_back("This run " + warning + ".");
    return figure;
}

FigureAxis quarter_axis() {
    FigureAxis axis;
    axis.kind = AxisKind::quarter;
    axis.label = "quarter";
    return axis;
}

FigureAxis measure_axis(std::string label, std::string unit, bool starts_at_zero) {
    FigureAxis axis;
    axis.label = std::move(label);
    axis.unit = std::move(unit);
    axis.starts_at_zero = starts_at_zero;
    return axis;
}

FigureAxis category_axis(std::string label, std::vector<std::string> categories) {
    FigureAxis axis;
    axis.kind = AxisKind::category;
    axis.label = std::move(label);
    axis.categories = std::move(categories);
    return axis;
}

FigurePanel quarter_panel(std::string id, std::string title, std::string unit, bool starts_at_zero) {
    FigurePanel panel;
    panel.id = std::move(id);
    panel.measure = measure_axis(title, std::move(unit), starts_at_zero);
    panel.title = std::move(title);
    panel.key = quarter_axis();
    return panel;
}

Series quarter_series(const ReplayStore& store, std::string id, std::string name, MarkShape shape, int look, const std::function<double(int)>& value,
                      const std::string& what, const std::string& unit, const std::string& path) {
    Series series;
    series.id = std::move(id);
    series.name = std::move(name);
    series.shape = shape;
    series.look = look;
    double before = kNoValue;
    for (int t : store.quarters()) {
        Datum datum;
        datum.key = t;
        datum.value = value(t);
        datum.reason = course_text(what, unit, t, datum.value, before);
        before = datum.value;
        if (!path.empty()) datum.address = store.address(t, path);
        series.data.push_back(std::move(datum));
    }
    return series;
}

std::string absence_of(const ReplayStore& store, int t, const std::string& firm) {
    const std::size_t row = store.firm_row(t, firm);
    const std::string status = row == store.table("firms").rows() ? "absent" : store.table("firms").text(row, "status");
    if (status == "absent") return "not founded";
    if (status != "acquired" && status != "liquidated") return "";
    const std::string kind = status == "acquired" ? status : "default";
    const Columns& events = store.table("events");
    std::string out = status;
    for (std::size_t at = 0; at < events.rows(); ++at)
        if (events.quarter(at) <= t && events.text(at, "firm") == firm && events.text(at, "kind") == kind)
            out = kind == "default" ? "defaulted " + events.text(at, "quarter") : fmt::format("acquired {} by {}", events.text(at, "quarter"), events.text(at, "subject"));
    return out;
}

void leave_gaps(const ReplayStore& store, const std::string& firm, Series& series) {
    for (Datum& datum : series.data) {
        if (std::isfinite(datum.value) && datum.value != 0.0) continue;
        datum.gap = absence_of(store, static_cast<int>(datum.key), firm);
        if (datum.gap.empty()) continue;
        datum.value = kNoValue;
        datum.reason = firm + ": " + datum.gap;
    }
}

std::string course_text(const std::string& what, const std::string& unit, int t, double now, double before) {
    if (!std::isfinite(now)) return "";
    return fmt::format("{}: {} in {}{}", what, text_in_unit(unit, now), quarter_name(t), std::isfinite(before) ? fmt::format(", {} in {}", text_in_unit(unit, before), quarter_name(t - 1)) : "");
}

Series market_series(const ReplayStore& store, std::string name, MarkShape shape, int look, const std::string& column) {
    const auto& columns = find_table("quarters")->columns;
    const auto known = std::find_if(columns.begin(), columns.end(), [&](const Column& one) { return one.name == column; });
    const std::string doc = column_meaning(*known);
    return quarter_series(
        store, column, std::move(name), shape, look, [&](int t) { return store.of_market(t, column); }, doc, known->unit, "market." + column);
}

void stack_series(FigurePanel& panel) {
    std::map<double, double> above, below;
    for (Series& series : panel.series) {
        if (series.shape != MarkShape::area && series.shape != MarkShape::bar) continue;
        for (Datum& datum : series.data) {
            if (!std::isfinite(datum.value)) continue;
            double& top = datum.value < 0.0 ? below[datum.key] : above[datum.key];
            datum.base = top;
            top += datum.value;
        }
    }
}

double stacked_sum(const FigurePanel& panel, double key) {
    double sum = 0.0;
    for (const Series& series : panel.series)
        if (series.shape == MarkShape::area || series.shape == MarkShape::bar)
            for (const Datum& datum : series.data)
                if (datum.key == key && std::isfinite(datum.value)) sum += datum.value;
    return sum;
}

void check_stack(FigureModel& figure, const FigurePanel& panel, const std::string& what, const std::function<double(double)>& recorded,
                 double tolerance_frac) {
    std::map<double, bool> keys;
    for (const Series& series : panel.series)
        for (const Datum& datum : series.data) keys[datum.key] = true;
    SumCheck check;
    for (const auto& [key, is_there] : keys) {
        const double books = recorded(key);
        check = {what + " in " + key_text(panel.key, key), stacked_sum(panel, key), books, tolerance_frac * std::abs(books), panel.measure.unit};
        if (!check.holds()) break;
    }
    if (!keys.empty()) figure.checks.push_back(std::move(check));
}

void choose_unit(FigureAxis& axis, double size) {
    if ((axis.kind != AxisKind::number && axis.kind != AxisKind::place) || !axis.shown_unit.empty()) return;
    axis.shown_unit = axis.unit;
    if (axis.unit == "share") {
        axis.shown_unit = "%";
        axis.shown_scale = 0.01;
        return;
    }
    for (const ShownUnit& step : kShownUnits)
        if (axis.unit == step.unit && size >= step.scale) {
            axis.shown_unit = step.shown;
            axis.shown_scale = step.scale;
            return;
        }
}

std::string text_in_unit(const std::string& unit, double value) {
    if (unit == "per year") return short_number(100.0 * value) + " % a year";
    if (unit == "count" || unit == "index" || unit == "ratio" || unit == "flag" || unit == "rating" || unit == "id") return shown_text(measure_axis("", ""), value);
    FigureAxis axis = measure_axis("", unit);
    choose_unit(axis, std::abs(value));
    return shown_text(axis, value);
}

FigureModel finish_figure(FigureModel figure) {
    drop_infinite(figure);
    for (FigurePanel& panel : figure.panels) {
        choose_unit(panel.measure, largest_size(panel));
        choose_unit(panel.key, largest_key(panel));
    }
    for (const SumCheck& check : figure.checks)
        if (!check.holds())
            figure.faults.push_back(
                fmt::format("sums differ: {} is {:.0f} {} as drawn, {:.0f} in the books", check.what, check.drawn, check.unit, check.recorded));
    return figure;
}

std::string id_of(std::string_view text) {
    std::string id;
    for (const char c : text) id += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ? c : '-';
    return id;
}

}  // namespace rackrace
