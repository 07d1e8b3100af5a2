#include "viz/window/screens/ties_panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include <imgui.h>

#include "engine/base/quarter_index.h"
#include "viz/window/altered_lists.h"
#include "viz/window/frame/pieces.h"
#include "viz/window/window_canvas.h"

namespace rackrace {
namespace {

std::string money_text(double usd) { return std::abs(usd) >= 1e9 ? short_number(usd / 1e9) + " B$" : short_number(usd / 1e6) + " M$"; }

double owed_to_sellers(const ReplayStore& store, int t, const std::string& firm) {
    const Columns& contracts = store.table("contracts");
    double sum = 0.0;
    for (auto [row, end] = contracts.rows_of(t); row < end; ++row)
        if (contracts.text(row, "buyer") == firm) sum += contracts.number(row, "backlog_usd");
    return sum;
}

std::vector<std::string> losses_of(const ReplayStore& store, int t, const std::string& firm) {
    const auto number = [&](const char* column) { return store.of_firm(t, firm, column); };
    std::vector<std::string> out;
    if (number("debt_usd") > 0.0) out.push_back("lenders are owed " + money_text(number("debt_usd")));
    if (number("payables_usd") > 0.0) out.push_back("unpaid bills of " + money_text(number("payables_usd")));
    if (number("sold_by_contract_h100e") > 0.0) out.push_back("buyers lose " + short_number(number("sold_by_contract_h100e")) + " H100e that are due this quarter");
    if (const double owed = owed_to_sellers(store, t, firm); owed > 0.0) out.push_back("sellers lose " + money_text(owed) + " of take-or-pay to come");
    if (out.empty()) out.push_back("nobody is owed anything");
    return out;
}

void open_tie(const TieList::Row& row, int place, Session& session) {
    session.view.tie_row = place;
    if (row.address.empty()) return;
    if (const Refusals refusals = session.begin_go_to(row.address); !refusals.empty()) session.view.status = refusals.all.front().text();
}

void draw_row(const TieList& list, int place, Session& session, const WindowLook& look) {
    const TieList::Row& row = list.rows[static_cast<std::size_t>(place)];
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float room = ImGui::GetContentRegionAvail().x, height = look.px(kTarget), gap = look.px(4.0);
    if (ImGui::Selectable(fmt::format("##tie {} {}", row.who, row.kind).c_str(), session.view.tie_row == place, ImGuiSelectableFlags_None, {room, height})) open_tie(row, place, session);
    const bool is_hovered = ImGui::IsItemHovered();
    const float y = at.y + 0.5F * (height - look.px(kTextSize)) - look.px(1.0), money = width_of(row.money, look), sign = look.px(18.0);
    WindowCanvas canvas(*ImGui::GetWindowDrawList(), at, *look.theme, look.px(1.5));
    canvas.marker({look.px(8.0), 0.5 * height}, row.look, look.px(4.5), {});
    put_text({at.x + sign, y}, row.is_of_firm ? look.theme->ink : look.theme->muted, row.who, room - money - sign - 3.0F * gap, look);
    put_text({at.x + room - money - gap, y}, row.is_of_firm ? look.theme->ink : look.theme->muted, row.money, money + gap, look);
    if (!is_hovered || !ImGui::BeginTooltip()) return;
    ImGui::PushTextWrapPos(look.px(420.0));
    ImGui::TextUnformatted((row.kind + "\n" + row.reason + "\nclick opens it").c_str());
    ImGui::PopTextWrapPos();
    ImGui::EndTooltip();
}

/// Up and down in the rows, Enter opens the picked one.
void take_keys(const TieList& list, Session& session, float height) {
    ViewState& view = session.view;
    if (view.tile != 1 || view.overlay != Overlay::none || list.rows.empty() || ImGui::GetIO().WantTextInput || ImGui::GetIO().KeyMods != 0) return;
    const int last = static_cast<int>(list.rows.size()) - 1, before = view.tie_row;
    if (ImGui::IsKeyPressed(ImGuiKey_DownArrow)) view.tie_row = std::min(view.tie_row + 1, last);
    if (ImGui::IsKeyPressed(ImGuiKey_UpArrow)) view.tie_row = std::max(view.tie_row - 1, 0);
    if (view.tie_row != before) {
        ImGui::SetScrollY((static_cast<float>(view.tie_row) + 0.5F) * height - 0.5F * ImGui::GetWindowHeight());
        view.status = list.rows[static_cast<std::size_t>(view.tie_row)].reason + ". Enter opens it.";
    }
    if (ImGui::IsKeyPressed(ImGuiKey_Enter, false) && view.tie_row >= 0 && view.tie_row <= last) open_tie(list.rows[static_cast<std::size_t>(view.tie_row)], view.tie_row, session);
}

}  // namespace

TieList prepare_ties(Session& session) {
    TieList out;
    const std::string& firm = session.view.firm;
    out.firm = firm;
    out.losses = losses_of(session.store(), session.view.t, firm);
    out.unrecorded = unrecorded_note(session.store(), {"firms", "contracts"});
    std::vector<std::pair<double, TieList::Row>> rows;
    const FigureModel& network = session.figure("network");
    out.empty_text = network.empty_text;
    for (const FigurePanel& panel : network.panels)
        for (const Series& series : panel.series) {
            if (series.shape != MarkShape::edge) continue;
            for (const Datum& datum : series.data)
                rows.emplace_back(datum.weight, TieList::Row{datum.label, series.name, money_text(datum.weight), datum.reason, datum.address, series.look,
                                                             datum.label.starts_with(firm + " to ") || datum.label.ends_with(" to " + firm)});
        }
    std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
        return a.second.is_of_firm != b.second.is_of_firm ? a.second.is_of_firm : a.first > b.first;
    });
    for (auto& [usd, row] : rows) out.rows.push_back(std::move(row));
    return out;
}

void draw_ties(const TieList& list, Session& session, const WindowLook& look) {
    draw_unrecorded(list.unrecorded, look);
    ImGui::TextWrapped("If %s fails (F picks another firm):", list.firm.c_str());
    for (const std::string& loss : list.losses) ImGui::TextWrapped("%s", loss.c_str());
    ImGui::PushTextWrapPos(0.0F);
    ImGui::TextDisabled("%s", fmt::format("{} ties, its own first; Enter opens one", list.rows.size()).c_str());
    ImGui::PopTextWrapPos();
    if (ImGui::BeginChild("rows of ties", ImGui::GetContentRegionAvail())) {
        const float height = look.px(kTarget);
        if (list.rows.empty()) ImGui::TextWrapped("%s", list.empty_text.c_str());
        take_keys(list, session, height);
        ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{0.0F, 0.0F});
        ImGuiListClipper clipper;
        clipper.Begin(static_cast<int>(list.rows.size()), height);
        while (clipper.Step())
            for (int row = clipper.DisplayStart; row < clipper.DisplayEnd; ++row) draw_row(list, row, session, look);
        ImGui::PopStyleVar();
    }
    ImGui::EndChild();
}

}  // namespace rackrace
