#include "viz/window/readings.h"

#include <fmt/format.h>

#include <algorithm>

#include "viz/window/screens/decision_panel.h"
#include "viz/window/screens/screens.h"

namespace rackrace {
namespace {

const Tile* focused_tile(const Session& session) {
    const auto& tiles = screen_kind(session.view.screen).tiles;
    const auto tile = static_cast<std::size_t>(session.view.tile);
    return tile < tiles.size() ? &tiles[tile] : nullptr;
}

bool has_decision_focus(const Session& session) {
    const Tile* tile = focused_tile(session);
    return session.has_run() && session.view.screen == Screen::firm && tile != nullptr && std::string_view(tile->title) == kDecisionTile;
}

std::vector<CursorReading> order_readings(Session& session) {
    std::vector<CursorReading> out;
    for (const PlacedText& order : session.orders(session.view.t, session.view.firm))
        out.push_back({order.address, order.verb + " of " + order.firm + ": " + order.outcome + ", " + order.script + ":" + std::to_string(order.line)});
    return out;
}

}  // namespace

std::string focused_figure(const Session& session) {
    const Tile* tile = focused_tile(session);
    return tile == nullptr ? "" : tile->figure;
}

std::vector<CursorReading> readings_at_cursor(Session& session) {
    if (has_decision_focus(session)) return order_readings(session);
    std::vector<CursorReading> out;
    const std::string name = focused_figure(session);
    if (name.empty()) return out;
    for (const FigurePanel& panel : session.figure(name).panels)
        for (const Series& series : panel.series)
            for (const Datum& datum : series.data) {
                const bool is_here = panel.key.kind != AxisKind::quarter || datum.key == session.view.t;
                const bool is_new = std::none_of(out.begin(), out.end(), [&](const CursorReading& one) { return one.address == datum.address; });
                if (is_here && is_new && !datum.address.empty()) out.push_back({datum.address, datum.reason});
            }
    return out;
}

std::map<int, std::string> marks_of_firm(Session& session) {
    std::map<int, std::string> out;
    for (const FigurePanel& panel : session.figure("traces").panels) {
        if (panel.measure.kind != AxisKind::category) continue;
        for (const Series& mark : panel.series) {
            std::map<int, int> times;
            for (const Datum& datum : mark.data) ++times[static_cast<int>(datum.key)];
            for (const auto& [t, count] : times) {
                std::string& text = out[t];
                text += (text.empty() ? "" : ", ") + mark.name + (count > 1 ? fmt::format(" ({} times)", count) : "");
            }
        }
    }
    return out;
}

bool is_same_series(const std::string& address, const std::string& other) {
    const std::size_t path = address.find('#'), also = other.find('#');
    return path != std::string::npos && also != std::string::npos && std::string_view(address).substr(path) == std::string_view(other).substr(also);
}

std::string address_of_view(const Session& session) {
    const ViewState& view = session.view;
    if (session.has_batch()) return session.address(view.t, view.key_firm.empty() ? "" : "firm=" + view.key_firm);
    const auto& regions = session.store().regions();
    std::string path;
    if (view.screen == Screen::firm || view.screen == Screen::network) path = "firm=" + view.firm;
    else if (view.screen == Screen::market) path = "market.spot_i_usd_h";
    else if (view.screen == Screen::auction) {
        if (view.market == "spot-t") path = "market.spot_t_usd_h";
        else if (view.market == "spot-i") path = "market.spot_i_usd_h";
        else if (std::find(regions.begin(), regions.end(), view.market) != regions.end()) path = "region=" + view.market + "&field=adder_usd_kw_q";
        else path = "product=" + view.market + "&field=cleared_usd_chip";
    }
    return session.store().address(view.t, path);
}

std::optional<std::size_t> pinned_run(const Session& session) {
    const auto address = parse_address(session.view.pinned);
    if (!address || !session.has_batch()) return std::nullopt;
    return session.ensemble().find_run(address->value("run"));
}

}  // namespace rackrace
