// What happened, a lane a kind: every event is a mark whose reason is its sentence.
#include "viz/figures/events_lane.h"

#include <algorithm>
#include <map>

#include "engine/replay/events.h"
#include "viz/figures/builders.h"
#include "viz/figures/failed_decisions.h"
#include "viz/figures/figure_parts.h"

namespace rackrace {
namespace {

using enum Gravity;
constexpr EventLane kLanes[] = {
    {"fault", "broken identity", 6, failure},
    {"default", "default, chapter 11", 5, failure},
    {"liquidated", "liquidated", 1, failure},
    {"acquired", "taken over", 3, failure},
    {"reorganised", "reorganised", 2, failure},
    {"loans_called", "loans called", 4, failure},
    {kScriptFailed, "script error", 6, failure},
    {"arrears_overdue", "two quarters late", 1, trouble},
    {"covenant_broken", "covenant broken", 3, trouble},
    {"arrears_begun", "cannot pay", 4, trouble},
    {"shock", "shock", 6, trouble},
    {"contract_left", "contract left early", 5, trouble},
    {"contract_renegotiated", "contract price forced down", 2, trouble},
    {"slot_refused", "array full", 0, trouble},
    {"covenant_mended", "covenants kept again", 0, relief},
    {"arrears_ended", "paid its arrears", 0, relief},
    {"rating_changed", "new rating", 4, routine},
    {"venture_round", "venture round", 0, routine},
    {"contract_signed", "contract signed", 2, routine},
    {"contract_started", "contract starts", 0, routine},
    {"contract_ended", "contract ends", 6, routine},
    {"product_launched", "chip on sale", 0, routine},
    {"chips_scrapped", "chips scrapped", 3, routine},
};

constexpr bool has_every_kind() {
    std::size_t found = 0;
    for (const EventLane& lane : kLanes) found += is_event_kind(lane.kind) || lane.kind == kScriptFailed;
    for (const std::string_view kind : kEventKinds) {
        int lanes = 0;
        for (const EventLane& lane : kLanes) lanes += lane.kind == kind;
        if (lanes != 1) return false;
    }
    return found == std::size(kLanes);
}
static_assert(has_every_kind(), "a lane for every kind of event, and none for others");

}  // namespace

const EventLane* event_lane(std::string_view kind) {
    const auto at = std::find_if(std::begin(kLanes), std::end(kLanes), [&](const EventLane& lane) { return lane.kind == kind; });
    return at == std::end(kLanes) ? nullptr : at;
}

Result<FigureModel> build_events(const ReplayStore& store, const FigureScope& scope) {
    FigureModel figure = start_figure(store, "events", scope.firm.empty() ? "Events" : "Events of " + scope.firm,
                                      "larger, with their number, where several share a quarter");
    figure.is_list = true;
    const Columns& events = store.table("events");
    FigurePanel panel = quarter_panel("lanes", "", "");
    panel.names_series = false;
    panel.measure = category_axis("kind", {});
    std::map<std::string, std::vector<std::size_t>> rows;
    for (std::size_t row = 0; row < events.rows(); ++row)
        if (scope.firm.empty() || events.text(row, "firm") == scope.firm) rows[events.text(row, "kind")].push_back(row);
    std::vector<EventLane> lanes(std::begin(kLanes), std::end(kLanes));
    for (const auto& [kind, some] : rows)  // of a program with more kinds: a lane of its own name
        if (event_lane(kind) == nullptr) lanes.push_back({kind, kind.c_str(), kRestLook, routine});
    for (const EventLane& lane : lanes) {
        const auto& some = rows[std::string(lane.kind)];
        if (some.empty()) continue;
        Series series{id_of(lane.kind), lane.title, MarkShape::mark, lane.look};
        for (std::size_t row : some) {
            Datum datum;
            datum.key = events.quarter(row);
            datum.value = static_cast<double>(panel.measure.categories.size());
            datum.reason = events.text(row, "sentence");
            if (const std::string& firm = events.text(row, "firm");
                std::find(store.firms().begin(), store.firms().end(), firm) != store.firms().end())
                datum.address = store.address(events.quarter(row), "firm=" + firm);
            else {
                const std::string& subject = events.text(row, "subject");
                const bool is_product = std::find(store.products().begin(), store.products().end(), subject) != store.products().end();
                datum.address = store.address(events.quarter(row), is_product ? "product=" + subject : "");
            }
            series.data.push_back(std::move(datum));
        }
        panel.measure.categories.push_back(lane.title);
        panel.series.push_back(std::move(series));
    }
    if (panel.series.empty()) {
        figure.empty_text = scope.firm.empty() ? "No events in this run." : "No events of " + scope.firm + ".";
        return figure;
    }
    figure.panels.push_back(std::move(panel));
    return finish_figure(std::move(figure));
}

}  // namespace rackrace
