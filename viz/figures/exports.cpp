#include "viz/figures/exports.h"

#include <fmt/format.h>

#include <algorithm>

#include <nlohmann/json.hpp>

#include "engine/base/number_text.h"
#include "viz/figures/describe.h"
#include "viz/figures/svg.h"

namespace rackrace {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kWidestCell = 60;

std::string head_text(const FigureTable::Head& head) { return head.unit.empty() ? head.name : head.name + " (" + head.unit + ")"; }

std::string cell_text(const TableCell& cell) {
    if (const auto* number = std::get_if<double>(&cell)) return number_text(*number);
    const auto* text = std::get_if<std::string>(&cell);
    return text == nullptr ? "" : *text;
}

std::string quoted(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

Json number_json(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json axis_json(const FigureAxis& axis) {
    constexpr const char* kinds[] = {"quarter", "category", "number", "place"};
    Json out = {{"kind", kinds[static_cast<int>(axis.kind)]}, {"label", axis.label}, {"unit", axis.unit}};
    if (axis.kind == AxisKind::number || axis.kind == AxisKind::place) {
        out["shown_unit"] = axis.shown_unit;
        out["shown_scale"] = axis.shown_scale;
    }
    if (axis.kind == AxisKind::category) out["categories"] = axis.categories;
    return out;
}

Json datum_json(const FigurePanel& panel, const Datum& datum) {
    const bool is_number = panel.key.kind == AxisKind::number || panel.key.kind == AxisKind::place;
    Json out = {{"key", is_number ? number_json(datum.key) : Json(key_text(panel.key, datum.key))}};
    if (std::isfinite(datum.key_end)) out["key_end"] = datum.key_end;
    if (panel.measure.kind == AxisKind::category) out["value"] = key_text(panel.measure, datum.value);
    else out["value"] = number_json(datum.value);
    if (datum.base != 0.0) out["base"] = datum.base;
    if (std::isfinite(datum.weight)) out["weight"] = datum.weight;
    if (!datum.label.empty()) out["label"] = datum.label;
    if (!datum.reason.empty()) out["reason"] = datum.reason;
    if (!datum.address.empty()) out["address"] = datum.address;
    if (!datum.gap.empty()) out["gap"] = datum.gap;
    return out;
}

Json panel_json(const FigurePanel& panel) {
    constexpr const char* shapes[] = {"line", "step", "area", "bar", "band", "mark", "edge", "level", "post"};
    Json out = {
        {"id", panel.id}, {"title", panel.title}, {"key", axis_json(panel.key)}, {"measure", axis_json(panel.measure)}, {"series", Json::array()}};
    for (const Series& series : panel.series) {
        Json one = {{"id", series.id},
                    {"name", series.name},
                    {"shape", shapes[static_cast<int>(series.shape)]},
                    {"look", series.look},
                    {"data", Json::array()}};
        for (const Datum& datum : series.data) one["data"].push_back(datum_json(panel, datum));
        out["series"].push_back(std::move(one));
    }
    return out;
}

}  // namespace

std::string figure_csv(const FigureModel& figure, bool has_footer) {
    const FigureTable table = table_of(figure);
    std::string out = has_footer ? "# " + figure.title + " | " + footer_text(figure.from) + "\n" : "";
    for (std::size_t i = 0; i < table.heads.size(); ++i) out += (i == 0 ? "" : ",") + quoted(head_text(table.heads[i]));
    out += "\n";
    for (const auto& row : table.rows) {
        for (std::size_t i = 0; i < row.size(); ++i) out += (i == 0 ? "" : ",") + quoted(cell_text(row[i]));
        out += "\n";
    }
    return out;
}

std::string figure_json(const FigureModel& figure) {
    const Provenance& from = figure.from;
    Json out = {{"schema", "rackrace.figure/1"}, {"id", figure.id}, {"title", figure.title}, {"subtitle", figure.subtitle}};
    out["from"] = {{"run", from.run},
                   {"scenario", from.scenario},
                   {"seed", from.seed},
                   {"version", from.version},
                   {"hash", from.hash},
                   {"first_quarter", from.first_quarter},
                   {"last_quarter", from.last_quarter}};
    out["description"] = description_of(figure);
    out["panels"] = Json::array();
    for (const FigurePanel& panel : figure.panels) out["panels"].push_back(panel_json(panel));
    out["notes"] = figure.notes;
    out["findings"] = figure.findings;
    out["checks"] = Json::array();
    for (const SumCheck& check : figure.checks)
        out["checks"].push_back({{"what", check.what},
                                 {"drawn", number_json(check.drawn)},
                                 {"recorded", number_json(check.recorded)},
                                 {"unit", check.unit},
                                 {"holds", check.holds()}});
    out["faults"] = figure.faults;
    if (!figure.empty_text.empty()) out["empty_text"] = figure.empty_text;
    return out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string figure_table_text(const FigureModel& figure) {
    const FigureTable table = table_of(figure);
    std::vector<std::size_t> widths;
    const auto brief = [](const TableCell& cell) {
        const auto* number = std::get_if<double>(&cell);
        std::string text = number != nullptr ? short_number(*number) : cell_text(cell);
        if (text.size() > kWidestCell) text = text.substr(0, kWidestCell - 3) + "...";
        return text;
    };
    for (std::size_t i = 0; i < table.heads.size(); ++i) {
        widths.push_back(head_text(table.heads[i]).size());
        for (const auto& row : table.rows) widths[i] = std::max(widths[i], brief(row[i]).size());
    }
    std::string out;
    const auto put = [&](std::size_t i, const std::string& text, bool is_number) {
        out += is_number ? fmt::format("  {:>{}}", text, widths[i]) : i + 1 == widths.size() ? "  " + text : fmt::format("  {:<{}}", text, widths[i]);
    };
    const auto is_number_column = [&](std::size_t i) {
        return std::any_of(table.rows.begin(), table.rows.end(), [&](const auto& row) { return std::holds_alternative<double>(row[i]); });
    };
    std::vector<bool> numbers;
    for (std::size_t i = 0; i < table.heads.size(); ++i) numbers.push_back(is_number_column(i));
    for (std::size_t i = 0; i < table.heads.size(); ++i) put(i, head_text(table.heads[i]), numbers[i]);
    out += "\n";
    for (const auto& row : table.rows) {
        for (std::size_t i = 0; i < row.size(); ++i) put(i, brief(row[i]), numbers[i]);
        out += "\n";
    }
    return out;
}

}  // namespace rackrace
