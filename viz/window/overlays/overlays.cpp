#include "viz/window/overlays/overlays.h"

namespace rackrace {

bool has_text_field(Overlay overlay) {
    return overlay == Overlay::palette || overlay == Overlay::go_to || overlay == Overlay::pick_firm || overlay == Overlay::pick_market || overlay == Overlay::pick_key_figure ||
           overlay == Overlay::open_run || overlay == Overlay::pick_second || overlay == Overlay::fork;
}

void draw_overlay(Session& session, const WindowLook& look) {
    switch (session.view.overlay) {
        case Overlay::none: return;
        case Overlay::palette: return draw_palette(session, look);
        case Overlay::keys: return draw_keys(session, look);
        case Overlay::go_to: return draw_go_to(session, look);
        case Overlay::pick_firm: return draw_pick_firm(session, look);
        case Overlay::pick_market: return draw_pick_market(session, look);
        case Overlay::pick_key_figure: return draw_pick_key_figure(session, look);
        case Overlay::why: return draw_why(session, look);
        case Overlay::bookmarks: return draw_bookmarks(session, look);
        case Overlay::open_run: return draw_open_run(session, look);
        case Overlay::pick_second: return draw_pick_second(session, look);
        case Overlay::fork: return draw_fork(session, look);
        case Overlay::export_figure: return draw_export(session, look);
    }
}

}  // namespace rackrace
