#include "viz/window/table_twin.h"

#include <algorithm>

#include <imgui.h>

#include "engine/base/number_text.h"
#include "viz/window/frame/pieces.h"
#include "viz/window/overlays/panel.h"

namespace rackrace {
namespace {

constexpr double kWidestText = 420.0;  // of a column of words, in pixels at scale 1: longer ones are shortened, whole in the tooltip
constexpr double kWidestHead = 170.0;

std::string cell_text(const TableCell& cell) {
    if (const double* number = std::get_if<double>(&cell)) return number_text(*number);
    const std::string* text = std::get_if<std::string>(&cell);
    return text == nullptr ? "" : *text;
}

void draw_cell(const std::string& text, bool is_number, const WindowLook& look) {
    const float room = ImGui::GetContentRegionAvail().x, width = ImGui::CalcTextSize(text.c_str()).x;
    if (is_number && width < room) ImGui::SetCursorPosX(ImGui::GetCursorPosX() + room - width);
    if (width <= room + 1.0F || is_number) {
        ImGui::TextUnformatted(text.c_str());
        return;
    }
    const ImVec2 at = ImGui::GetCursorScreenPos();
    put_text(at, look.theme->ink, text, room, look);
    ImGui::Dummy({room, ImGui::GetTextLineHeight()});
    if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", text.c_str());
}

/// As wide as its longest text, words not wider than what can be read; a longer head has several lines.
float width_of(const TableTwin& table, std::size_t column, const WindowLook& look) {
    std::string_view longest;
    for (const auto& row : table.rows)
        if (row[column].size() > longest.size()) longest = row[column];
    const float width = ImGui::CalcTextSize(longest.data(), longest.data() + longest.size()).x;
    const float head = std::min(ImGui::CalcTextSize(table.columns[column].head.c_str()).x, look.px(kWidestHead));
    return std::max(head, table.columns[column].is_number ? width : std::min(width, look.px(kWidestText)));
}

void draw_heads(const TableTwin& table) {
    ImGui::TableNextRow(ImGuiTableRowFlags_Headers);
    for (const TableTwin::Column& column : table.columns) {
        ImGui::TableNextColumn();
        const float room = ImGui::GetContentRegionAvail().x - ImGui::CalcTextSize(column.head.c_str()).x;
        if (column.is_number && room > 0.0F) ImGui::SetCursorPosX(ImGui::GetCursorPosX() + room);
        ImGui::TextWrapped("%s", column.head.c_str());
    }
}

}  // namespace

TableTwin prepare_table(const FigureModel& figure) {
    const FigureTable table = table_of(figure);
    TableTwin out;
    for (const FigureTable::Head& head : table.heads) out.columns.push_back({head.name + (head.unit.empty() ? "" : ", " + head.unit), false});
    for (const auto& row : table.rows) {
        auto& texts = out.rows.emplace_back();
        for (std::size_t i = 0; i < out.columns.size(); ++i) {
            const bool is_there = i < row.size();
            texts.push_back(is_there ? cell_text(row[i]) : "");
            if (is_there && std::holds_alternative<double>(row[i])) out.columns[i].is_number = true;
        }
    }
    return out;
}

void draw_table(const FigureModel& figure, const TableTwin& table, const WindowLook& look) {
    if (table.rows.empty()) {
        ImGui::TextWrapped("%s", figure.empty_text.empty() ? "No rows." : figure.empty_text.c_str());
        return;
    }
    ImGui::PushFont(look.monospace, 0.0F);
    constexpr ImGuiTableFlags kFlags = ImGuiTableFlags_ScrollX | ImGuiTableFlags_ScrollY | ImGuiTableFlags_RowBg | ImGuiTableFlags_BordersInnerV |
                                       ImGuiTableFlags_SizingFixedFit | ImGuiTableFlags_Resizable;
    if (ImGui::BeginTable("table", static_cast<int>(table.columns.size()), kFlags)) {
        scroll_tile_by_keys(look);
        ImGui::TableSetupScrollFreeze(1, 1);
        for (std::size_t i = 0; i < table.columns.size(); ++i)
            ImGui::TableSetupColumn(table.columns[i].head.c_str(), ImGuiTableColumnFlags_WidthFixed, width_of(table, i, look));
        draw_heads(table);
        ImGuiListClipper clipper;
        clipper.Begin(static_cast<int>(table.rows.size()));
        while (clipper.Step())
            for (int row = clipper.DisplayStart; row < clipper.DisplayEnd; ++row) {
                ImGui::TableNextRow();
                for (std::size_t i = 0; i < table.columns.size(); ++i) {
                    ImGui::TableNextColumn();
                    draw_cell(table.rows[static_cast<std::size_t>(row)][i], table.columns[i].is_number, look);
                }
            }
        ImGui::EndTable();
    }
    ImGui::PopFont();
}

}  // namespace rackrace
