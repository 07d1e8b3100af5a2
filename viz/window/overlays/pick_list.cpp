// Picks a firm or a market of the run.
#include <fmt/format.h>

#include <algorithm>

#include "engine/base/quarter_index.h"
#include "viz/window/altered_lists.h"
#include "viz/window/overlays/overlays.h"
#include "viz/window/overlays/panel.h"

namespace rackrace {
namespace {

void draw_pick(Session& session, const char* title, const std::vector<ListRow>& rows, const std::string& unrecorded, std::string& picked, const WindowLook& look) {
    begin_panel(title, 520.0, 460.0, look);
    draw_unrecorded(unrecorded, look);
    draw_text_field(session.view, "a part of its name", look);
    const auto chosen = draw_list(session.view, rows, "None of that name.", look);
    end_panel(session.view);
    if (!chosen) return;
    picked = rows[*chosen].text;
    session.view.overlay = Overlay::none;
    session.view.status = picked + ", " + quarter_name(session.view.t) + ".";
}

}  // namespace

void draw_pick_firm(Session& session, const WindowLook& look) {
    std::vector<ListRow> rows;
    const ReplayStore& store = session.store();
    for (const std::string& firm : store.firms()) {
        const auto failed = std::count_if(session.failures().begin(), session.failures().end(), [&](const FailedDecision& failure) { return failure.firm == firm; });
        rows.push_back({firm, fmt::format("{}{}, rating {}", failed > 0 ? fmt::format("x {} failed, ", failed) : "", store.role_of(firm), short_number(store.of_firm(session.view.t, firm, "rating")))});
    }
    draw_pick(session, "Pick a firm", rows, unrecorded_note(store, {"firms"}), session.view.firm, look);
}

void draw_pick_market(Session& session, const WindowLook& look) {
    std::vector<ListRow> rows;
    const std::size_t products = session.store().products().size();
    for (const std::string& market : session.markets()) {
        const std::size_t n = rows.size();
        rows.push_back({market, n < 2 ? "spot hours" : n < 2 + products ? "chips" : "power"});
    }
    draw_pick(session, "Pick a market", rows, "", session.view.market, look);
}

}  // namespace rackrace
