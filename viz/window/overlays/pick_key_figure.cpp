// Picks the key figure of a batch: one of the market, or one of a firm.
#include "viz/window/key_figures.h"
#include "viz/window/overlays/overlays.h"
#include "viz/window/overlays/panel.h"

namespace rackrace {

void draw_pick_key_figure(Session& session, const WindowLook& look) {
    begin_panel("Pick a key figure", 760.0, 460.0, look);
    draw_text_field(session.view, "parts of its name, such as coreweave cash", look);
    const std::vector<KeyFigure> figures = session.has_batch() ? key_figures_of(session.ensemble()) : std::vector<KeyFigure>();
    std::vector<ListRow> rows;
    for (const KeyFigure& one : figures) rows.push_back({one.name(), one.meaning + ", " + one.unit});
    const auto chosen = draw_list(session.view, rows, "None of that name.", look);
    end_panel(session.view);
    if (!chosen) return;
    session.view.overlay = Overlay::none;
    show_key_figure(session, figures[*chosen]);
}

}  // namespace rackrace
