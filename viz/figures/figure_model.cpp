#include "viz/figures/figure_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/base/number_text.h"
#include "engine/base/quarter_index.h"

namespace rackrace {
namespace {

TableCell number_cell(double value) { return std::isfinite(value) ? TableCell{value} : TableCell{}; }
TableCell text_cell(const std::string& text) { return text.empty() ? TableCell{} : TableCell{text}; }

const char* key_name(const FigureAxis& key) { return key.kind == AxisKind::quarter ? "quarter" : key.label.empty() ? "key" : key.label.c_str(); }

FigureTable table_by_mark(const FigureModel& figure) {
    FigureTable table;
    for (const FigurePanel& panel : figure.panels) {
        const bool is_place = panel.key.kind == AxisKind::place;
        const bool is_lane = panel.measure.kind == AxisKind::category, has_ends = panel.key.kind == AxisKind::number;
        if (table.heads.empty()) {
            table.heads = {{"series", ""}, {is_place ? "who" : key_name(panel.key), panel.key.unit}};
            if (has_ends) table.heads.push_back({std::string(key_name(panel.key)) + " to", panel.key.unit});
            table.heads.push_back({is_lane ? "kind" : panel.measure.label, panel.measure.unit});
            table.heads.push_back({"reason", ""});
            table.heads.push_back({"address", ""});
        }
        for (const Series& series : panel.series)
            for (const Datum& datum : series.data) {
                auto& row = table.rows.emplace_back();
                row.push_back(series.name);
                if (has_ends) {
                    row.push_back(number_cell(datum.key));
                    row.push_back(number_cell(datum.key_end));
                } else row.push_back(is_place ? TableCell{datum.label} : TableCell{key_text(panel.key, datum.key)});
                row.push_back(is_lane ? TableCell{key_text(panel.measure, datum.value)} : number_cell(is_place ? datum.weight : datum.value));
                row.push_back(text_cell(datum.reason));
                row.push_back(text_cell(datum.address));
            }
    }
    return table;
}

FigureTable table_by_key(const FigureModel& figure) {
    FigureTable table;
    if (figure.panels.empty()) return table;
    const FigureAxis& key = figure.panels.front().key;
    table.heads.push_back({key_name(key), key.kind == AxisKind::number ? key.unit : ""});
    std::map<double, std::size_t> rows;  // by key
    for (const FigurePanel& panel : figure.panels)
        for (const Series& series : panel.series)
            for (const Datum& datum : series.data) rows.emplace(datum.key, 0);
    for (auto& [at, row] : rows) {
        row = table.rows.size();
        table.rows.push_back({key.kind == AxisKind::number ? number_cell(at) : TableCell{key_text(key, at)}});
    }
    for (const FigurePanel& panel : figure.panels)
        for (const Series& series : panel.series) {
            const bool is_band = series.shape == MarkShape::band;
            const std::string name = (figure.panels.size() > 1 ? panel.title + ": " : "") + series.name;
            table.heads.push_back({is_band ? name + ", from" : name, panel.measure.unit});
            if (is_band) table.heads.push_back({name + ", to", panel.measure.unit});
            for (auto& row : table.rows) row.resize(table.heads.size());
            for (const Datum& datum : series.data) {
                auto& row = table.rows[rows[datum.key]];
                row[table.heads.size() - 1] = std::isfinite(datum.value) ? number_cell(is_band ? datum.base + datum.value : datum.value) : text_cell(datum.gap);
                if (is_band) row[table.heads.size() - 2] = number_cell(datum.base);
            }
        }
    return table;
}

}  // namespace

std::string key_text(const FigureAxis& key, double at) {
    const int index = static_cast<int>(at);
    if (key.kind == AxisKind::quarter) return quarter_name(index);
    if (key.kind == AxisKind::number) return number_text(at);
    return index >= 0 && static_cast<std::size_t>(index) < key.categories.size() ? key.categories[static_cast<std::size_t>(index)] : "";
}

FigureTable table_of(const FigureModel& figure) { return figure.is_list ? table_by_mark(figure) : table_by_key(figure); }

std::string short_number(double value) {
    if (!std::isfinite(value)) return "";
    const double size = std::abs(value);
    std::string text = size >= 1000.0 ? fmt::format("{:.0f}", value) : fmt::format("{:.{}f}", value, size >= 100.0 ? 1 : size >= 10.0 ? 2 : 3);
    if (text.find('.') != std::string::npos) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.back() == '.') text.pop_back();
    }
    if (text == "-0") return "0";
    for (std::size_t at = std::min(text.size(), text.find('.')), first = value < 0.0 ? 1 : 0; at > first + 3;) text.insert(at -= 3, ",");
    return text;
}

std::string shown_text(const FigureAxis& axis, double value) {
    if (!std::isfinite(value)) return "no value";
    return short_number(value / axis.shown_scale) + (axis.shown_unit.empty() ? "" : " " + axis.shown_unit);
}

std::string signed_text(const FigureAxis& axis, double value) {
    const std::string text = short_number(value / axis.shown_scale);
    return value > 0.0 ? "+" + text : text;
}

}  // namespace rackrace
