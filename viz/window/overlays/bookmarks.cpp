// The bookmarks of this sitting: Enter goes there.
#include "viz/window/overlays/overlays.h"
#include "viz/window/overlays/panel.h"

namespace rackrace {

void draw_bookmarks(Session& session, const WindowLook& look) {
    std::vector<ListRow> rows;
    for (const std::string& address : session.view.bookmarks) rows.push_back({address, ""});
    begin_panel("Bookmarks", 640.0, 400.0, look);
    const auto chosen = draw_list(session.view, rows, "No bookmark yet; B makes one of the pinned reading or of the moment.", look);
    end_panel(session.view);
    if (!chosen) return;
    session.view.overlay = Overlay::none;
    if (const Refusals refusals = session.begin_go_to(rows[*chosen].text); !refusals.empty()) session.view.status = refusals.all.front().text();
}

}  // namespace rackrace
