// Writes the focused figure to a file of the working folder.
#include "viz/window/export_file.h"
#include "viz/window/overlays/overlays.h"
#include "viz/window/overlays/panel.h"
#include "viz/window/readings.h"

namespace rackrace {

void draw_export(Session& session, const WindowLook& look) {
    const std::string name = focused_figure(session);
    std::vector<ListRow> rows;
    for (const ExportFormat& format : export_formats()) rows.push_back({format.ending, format.what});
    begin_panel(("Write " + session.figure(name).title).c_str(), 560.0, 262.0, look);
    const auto chosen = draw_list(session.view, rows, "", look);
    end_panel(session.view);
    if (!chosen) return;
    session.view.overlay = Overlay::none;
    const auto file = write_export(session.figure(name), session.view.t, rows[*chosen].text);
    session.view.status = file ? "Wrote " + session.figure(name).title + " to " + file->string() + "." : file.error().all.front().text();
}

}  // namespace rackrace
