// What lies over the window while something is looked for, explained, listed or written: an overlay a file. Esc or a click outside closes it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "viz/window/look.h"
#include "viz/window/session.h"

namespace rackrace {

/// The view's overlay, over everything else.
void draw_overlay(Session& session, const WindowLook& look);

/// It has a text field: letters are typed, they do not act.
bool has_text_field(Overlay overlay);

/// A line of the palette. Everything that can be done is in it: all actions, numbers of the strip, firms, markets, screens of figures, kinds of events, key figures of a batch.
struct PaletteEntry {
    std::string text, detail;
    std::function<void(Session&)> perform;
};
std::vector<PaletteEntry> palette_entries(const Session& session);

void draw_palette(Session& session, const WindowLook& look);
void draw_keys(Session& session, const WindowLook& look);
void draw_go_to(Session& session, const WindowLook& look);
void draw_pick_firm(Session& session, const WindowLook& look);
void draw_pick_market(Session& session, const WindowLook& look);
void draw_pick_key_figure(Session& session, const WindowLook& look);
void draw_why(Session& session, const WindowLook& look);
void draw_bookmarks(Session& session, const WindowLook& look);
void draw_open_run(Session& session, const WindowLook& look);
void draw_pick_second(Session& session, const WindowLook& look);
void draw_fork(Session& session, const WindowLook& look);
void draw_export(Session& session, const WindowLook& look);

}  // namespace rackrace
