#include "viz/window/screens/markets_panel.h"

#include <cmath>

#include <imgui.h>

#include "viz/figures/figure_model.h"
#include "viz/window/altered_lists.h"
#include "viz/window/frame/pieces.h"
#include "viz/window/overlays/panel.h"

namespace rackrace {
namespace {

std::string price_text(double price) { return price > 0.0 ? short_number(price) : ""; }

/// The rows of a table in the quarter, with a price of those in which something changed hands; the others last.
std::vector<MarketList::Row> rows_of(const Columns& table, int t, const char* name, const char* price, const char* traded,
                                     const std::string& chosen) {
    std::vector<MarketList::Row> out;
    const auto [first, end] = table.rows_of(t);
    for (const bool has_price : {true, false})
        for (std::size_t row = first; row < end; ++row) {
            const std::string& market = table.text(row, name);
            if ((table.number(row, traded) > 0.0) == has_price)
                out.push_back({market, has_price ? price_text(table.number(row, price)) : "", market == chosen});
        }
    return out;
}

void draw_row(const MarketList::Row& row, Session& session, const WindowLook& look) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float room = ImGui::GetContentRegionAvail().x, height = look.px(kTarget), gap = look.px(4.0);
    if (ImGui::Selectable(("##" + row.market).c_str(), row.is_chosen, ImGuiSelectableFlags_None, {room, height})) {
        session.view.market = row.market;
        session.view.pinned.clear();
        session.view.status = "Auction of " + row.market + ".";
    }
    const bool is_hovered = ImGui::IsItemHovered();
    const float price = width_of(row.price, look), y = at.y + 0.5F * (height - look.px(kTextSize)) - look.px(1.0);
    const float name_room = room - price - 3.0F * gap;
    put_text({at.x + gap, y}, row.price.empty() ? look.theme->muted : look.theme->ink, row.market, name_room, look);
    put_text({at.x + room - price - gap, y}, look.theme->muted, row.price, price + gap, look);
    if (is_hovered && width_of(row.market, look) > name_room) ImGui::SetTooltip("%s", row.market.c_str());
}

}  // namespace

MarketList prepare_markets(const Session& session) {
    const ReplayStore& store = session.store();
    const int t = session.view.t;
    const std::string& chosen = session.view.market;
    MarketList out;
    out.unrecorded = unrecorded_note(store, {"quarters", "products", "regions"});
    out.groups.push_back({"Spot hours, $/h",
                          {{"spot-t", price_text(store.of_market(t, "spot_t_usd_h")), chosen == "spot-t"},
                           {"spot-i", price_text(store.of_market(t, "spot_i_usd_h")), chosen == "spot-i"}}});
    out.groups.push_back({"Chips, $/chip", rows_of(store.table("products"), t, "product", "cleared_usd_chip", "sold_chips", chosen)});
    out.groups.push_back({"Power, $/kW-quarter", rows_of(store.table("regions"), t, "region", "adder_usd_kw_q", "won_kw", chosen)});
    return out;
}

void draw_markets(const MarketList& list, Session& session, const WindowLook& look) {
    if (ImGui::BeginChild("list of markets", ImGui::GetContentRegionAvail())) {
        scroll_tile_by_keys(look);
        draw_unrecorded(list.unrecorded, look);
        ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{0.0F, look.px(1.0)});
        for (const MarketList::Group& group : list.groups) {
            ImGui::Dummy({0.0F, look.px(2.0)});
            ImGui::TextDisabled("%s", group.title.c_str());
            for (const MarketList::Row& row : group.rows) draw_row(row, session, look);
        }
        ImGui::PopStyleVar();
    }
    ImGui::EndChild();
}

}  // namespace rackrace
