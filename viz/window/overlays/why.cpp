// The reasons behind a number, a level of indent for those behind a reason. A click or Enter on one that has an address asks further.
#include <imgui.h>

#include <algorithm>

#include "viz/window/actions.h"
#include "viz/window/frame/pieces.h"
#include "viz/window/overlays/overlays.h"
#include "viz/window/overlays/panel.h"

namespace rackrace {
namespace {

void add_rows(const std::vector<Reason>& reasons, std::size_t level, std::vector<ListRow>& rows, std::vector<std::string>& addresses) {
    for (const Reason& reason : reasons) {
        const std::size_t path = std::min(reason.address.find('#'), reason.address.size());
        rows.push_back({std::string(4 * level, ' ') + reason.text, reason.address.substr(path)});
        addresses.push_back(reason.address);
        add_rows(reason.behind, level + 1, rows, addresses);
    }
}

/// The picked row in full: in the list it may be cut.
void draw_whole(const ViewState& view, const std::vector<ListRow>& rows, const WindowLook& look) {
    ImGui::BeginChild("whole", {0.0F, 3.0F * ImGui::GetTextLineHeightWithSpacing() + look.px(4.0)});
    ImGui::Separator();
    const auto row = static_cast<std::size_t>(view.overlay_row);
    if (row < rows.size()) {
        const std::size_t from = rows[row].text.find_first_not_of(' ');
        ImGui::TextWrapped("%s", rows[row].text.substr(std::min(from, rows[row].text.size())).c_str());
    }
    ImGui::EndChild();
}

}  // namespace

void draw_why(Session& session, const WindowLook& look) {
    const Result<Why>& why = session.why(session.view.why);
    std::vector<ListRow> rows;
    std::vector<std::string> addresses;
    if (why) add_rows(why->reasons, 0, rows, addresses);
    begin_panel(("Why " + session.view.why).c_str(), 980.0, 560.0, look);
    ImGui::PushTextWrapPos();
    ImGui::TextUnformatted(why ? why->title.c_str() : why.error().all.front().text().c_str());
    ImGui::PopTextWrapPos();
    draw_whole(session.view, rows, look);
    const auto chosen = draw_list(session.view, rows, why ? "Nothing is recorded behind it." : "", look);
    end_panel(session.view);
    if (!chosen) return;
    if (addresses[*chosen].empty()) {
        session.view.status = "Nothing stands behind this line.";
        return;
    }
    session.view.pinned = addresses[*chosen];
    session.view.overlay = Overlay::none;  // the same action would close it
    perform(*find_action("why"), session);
}

}  // namespace rackrace
