// What happened, a lane a kind: every event is a mark whose reason is its sentence.
#include <algorithm>
#include <map>

#include "viz/figures/builders.h"
#include "viz/figures/figure_parts.h"

namespace rackrace {
namespace {

struct Lane {
    const char* kind;
    const char* title;
    int look;
};
constexpr Lane kLanes[] = {
    {"fault", "broken identity", 1},
    {"default", "enters chapter 11", 1},
    {"liquidated", "liquidated", 1},
    {"acquired", "taken over", 2},
    {"reorganised", "reorganised", 0},
    {"arrears_overdue", "two quarters late", 1},
    {"arrears_begun", "cannot pay", 1},
    {"arrears_ended", "paid its arrears", 0},
    {"rating_changed", "new rating", 4},
    {"contract_signed", "contract signed", 2},
    {"contract_started", "contract starts", 2},
    {"contract_ended", "contract ends", 2},
    {"product_launched", "chip on sale", 0},
    {"chips_scrapped", "chips scrapped", 3},
    {"slot_refused", "array full", 6},
};

}  // namespace

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
    std::vector<Lane> lanes(std::begin(kLanes), std::end(kLanes));
    for (const auto& [kind, some] : rows)  // a kind that this list does not know gets a lane of its own name
        if (std::none_of(lanes.begin(), lanes.end(), [&kind = kind](const Lane& lane) { return lane.kind == kind; }))
            lanes.push_back({kind.c_str(), kind.c_str(), kRestLook});
    for (const Lane& lane : lanes) {
        const auto& some = rows[lane.kind];
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
            else datum.address = store.address(events.quarter(row), "");
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
