// What every figure holds to, whatever it shows: names, reasons, a table of equal data, words.
#pragma once

#include <catch2/catch.hpp>

#include <set>
#include <string>

#include "viz/figures/describe.h"
#include "viz/figures/figure_model.h"
#include "viz/figures/theme.h"

namespace rackrace {

inline bool is_id(const std::string& text) {
    return !text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == std::string::npos;
}

inline const TableCell& cell_at(const FigureTable& table, const std::string& key, std::size_t column) {
    for (const auto& row : table.rows)
        if (std::get_if<std::string>(&row[0]) != nullptr && std::get<std::string>(row[0]) == key) return row[column];
    static const TableCell missing = std::string("no such row");
    return missing;
}

/// The table has every number of a figure that has a row a key, under its key.
inline void check_table_by_key(const FigureModel& figure, const FigureTable& table) {
    std::size_t column = 1;
    for (const FigurePanel& panel : figure.panels)
        for (const Series& series : panel.series) {
            if (series.shape == MarkShape::band) ++column;
            for (const Datum& datum : series.data) {
                const TableCell& cell = cell_at(table, key_text(panel.key, datum.key), column);
                const double drawn = series.shape == MarkShape::band ? datum.base + datum.value : datum.value;
                if (std::isfinite(drawn)) CHECK(cell == TableCell{drawn});
                else if (!datum.gap.empty()) CHECK(cell == TableCell{datum.gap});
                else CHECK(cell == TableCell{});
            }
            ++column;
        }
    CHECK(table.heads.size() == column);
}

/// One row a mark, in order.
inline void check_table_by_mark(const FigureModel& figure, const FigureTable& table) {
    std::size_t row = 0;
    for (const FigurePanel& panel : figure.panels)
        for (const Series& series : panel.series)
            for (const Datum& datum : series.data) {
                REQUIRE(row < table.rows.size());
                CHECK(table.rows[row][0] == TableCell{series.name});
                CHECK(table.rows[row][table.heads.size() - 2] == (datum.reason.empty() ? TableCell{} : TableCell{datum.reason}));
                ++row;
            }
    CHECK(row == table.rows.size());
}

inline void check_names(const FigureModel& figure) {
    CHECK(is_id(figure.id));
    CHECK_FALSE(figure.title.empty());
    CHECK(figure.from.seed != "");
    std::set<std::string> ids;
    for (const FigurePanel& panel : figure.panels) {
        CHECK(is_id(panel.id));
        CHECK(ids.insert(panel.id).second);
        for (const Series& series : panel.series) {
            INFO(series.id);
            CHECK(is_id(series.id));
            CHECK(ids.insert(panel.id + "-" + series.id).second);
            CHECK(series.look >= 0);
            CHECK(series.look <= kRestLook);
            for (const Datum& datum : series.data)
                if (std::isfinite(datum.value)) CHECK_FALSE(datum.reason.empty());
        }
        if (panel.measure.kind == AxisKind::number && panel.measure.unit != "") CHECK_FALSE(panel.measure.shown_unit.empty());
    }
}

inline void check_figure(const FigureModel& figure) {
    check_names(figure);
    const std::string words = description_of(figure);
    CHECK(words.starts_with(figure.title + "."));
    CHECK(words.size() > figure.title.size() + 20);
    CHECK((figure.panels.empty()) == !figure.empty_text.empty());
    if (figure.panels.empty()) return;
    const FigureTable table = table_of(figure);
    CHECK_FALSE(table.rows.empty());
    for (const auto& row : table.rows) CHECK(row.size() == table.heads.size());
    if (figure.is_list) check_table_by_mark(figure, table);
    else check_table_by_key(figure, table);
}

}  // namespace rackrace
