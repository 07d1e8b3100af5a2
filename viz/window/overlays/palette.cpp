// Everything that can be done, in one list that is searched by typing.
#include <set>

#include "viz/window/actions.h"
#include "viz/window/frame/frame.h"
#include "viz/window/key_figures.h"
#include "viz/window/overlays/overlays.h"
#include "viz/window/overlays/panel.h"
#include "viz/window/screens/screens.h"

namespace rackrace {
namespace {

void show_firm(Session& session, const std::string& firm) {
    session.view.firm = firm;
    perform(*find_action("firm"), session);
    session.view.status = firm + ".";
}

void show_market(Session& session, const std::string& market) {
    session.view.market = market;
    perform(*find_action("auction"), session);
    session.view.status = market + ".";
}

void show_tile(Session& session, Screen screen, int tile) {
    session.view.screen = screen;
    session.view.tile = tile;
    session.view.is_tile_maximised = false;
    session.view.status = std::string(screen_kind(screen).tiles[static_cast<std::size_t>(tile)].title) + " has the focus.";
}

void toggle_events(Session& session, const std::string& kind) {
    std::set<std::string>& hidden = session.view.hidden_event_kinds;
    const bool is_shown = hidden.erase(kind) > 0;
    if (!is_shown) hidden.insert(kind);
    session.view.screen = Screen::events;
    session.view.status = std::string(is_shown ? "Shows" : "Hides") + " events of kind " + kind + ".";
}

/// Tiles of the screens that what is open has.
void add_tiles(const Session& session, std::vector<PaletteEntry>& out) {
    for (const ScreenKind& kind : screen_kinds()) {
        if (kind.needs == Needs::nothing || (kind.needs == Needs::run && !session.has_run())) continue;
        for (int tile = 0; tile < static_cast<int>(kind.tiles.size()); ++tile)
            out.push_back({std::string(kind.title) + ": " + kind.tiles[static_cast<std::size_t>(tile)].title, "tile",
                           [screen = kind.screen, tile](Session& s) { show_tile(s, screen, tile); }});
    }
}

/// What is in the batch that is open: its key figures and tiles.
void add_batch_entries(const Session& session, std::vector<PaletteEntry>& out) {
    for (const KeyFigure& figure : key_figures_of(session.ensemble()))
        out.push_back({"Key figure " + figure.name(), figure.unit, [figure](Session& s) { show_key_figure(s, figure); }});
    add_tiles(session, out);
}

/// What is in the run that is open: the numbers of the strip, its firms, markets, tiles, kinds of events.
void add_run_entries(const Session& session, std::vector<PaletteEntry>& out) {
    for (const StripNumber& number : prepare_strip(session))
        out.push_back({"Pin " + number.title, number.value + " " + number.unit, [number](Session& s) { pin_number(number, s.view); }});
    for (const std::string& firm : session.store().firms())
        out.push_back({"Firm " + firm, session.store().role_of(firm), [firm](Session& s) { show_firm(s, firm); }});
    for (const std::string& market : session.markets()) out.push_back({"Auction of " + market, "", [market](Session& s) { show_market(s, market); }});
    add_tiles(session, out);
    std::set<std::string> kinds;
    const Columns& events = session.store().table("events");
    for (std::size_t row = 0; row < events.rows(); ++row) kinds.insert(events.text(row, "kind"));
    for (const std::string& kind : kinds) {
        const bool is_hidden = session.view.hidden_event_kinds.contains(kind);
        out.push_back({(is_hidden ? "Show events: " : "Hide events: ") + kind, "", [kind](Session& s) { toggle_events(s, kind); }});
    }
}

}  // namespace

std::vector<PaletteEntry> palette_entries(const Session& session) {
    std::vector<PaletteEntry> out;
    for (const Action& action : actions()) out.push_back({action.title, keys_text(action), [&action](Session& s) { perform(action, s); }});
    if (session.has_run()) add_run_entries(session, out);
    if (session.has_batch()) add_batch_entries(session, out);
    return out;
}

void draw_palette(Session& session, const WindowLook& look) {
    const std::vector<PaletteEntry> entries = palette_entries(session);
    std::vector<ListRow> rows;
    for (const PaletteEntry& entry : entries) rows.push_back({entry.text, entry.detail});
    begin_panel("Find", 640.0, 520.0, look);
    draw_text_field(session.view, "a command, a firm, a market, a tile", look);
    const auto chosen = draw_list(session.view, rows, "Nothing has all these words.", look);
    end_panel(session.view);
    if (!chosen) return;
    session.view.overlay = Overlay::none;
    entries[*chosen].perform(session);
}

}  // namespace rackrace
