// What a firm's script shows of itself over the run: a small panel a name of act.trace, and a lane a name of act.mark.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "engine/base/command_words.h"
#include "engine/base/quarter_index.h"
#include "engine/quarter/desk.h"
#include "viz/figures/builders.h"
#include "viz/figures/figure_parts.h"
#include "viz/figures/shown_traces.h"

namespace rackrace {
namespace {

constexpr std::size_t kMostPanels = 8;  // four rows of two, as of figure `firm`: more are too low to be read on a slide

/// Of one firm, in the order of showing.
struct Showing {
    std::vector<ShownTrace> traces, marks;
    std::set<int> full;  // quarters with as many as a firm can show
};

Showing showing_of(const ReplayStore& store, const std::string& firm) {
    Showing out;
    std::map<int, int> counts;
    for (ShownTrace& one : shown_traces(store, firm)) {
        if (++counts[one.t] == kDeskTraces) out.full.insert(one.t);
        (one.is_mark ? out.marks : out.traces).push_back(std::move(one));
    }
    return out;
}

/// Those without a panel: where the names are too many, the ones that were shown in the fewest quarters.
std::vector<std::string> left_out(const std::vector<ShownTrace>& traces, std::vector<std::string> names) {
    std::map<std::string, std::set<int>> quarters;
    for (const ShownTrace& one : traces) quarters[one.name].insert(one.t);
    std::stable_sort(names.begin(), names.end(), [&](const std::string& a, const std::string& b) { return quarters[a].size() > quarters[b].size(); });
    names.erase(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(std::min(kMostPanels, names.size())));
    return names;
}

std::string id_in(std::set<std::string>& taken, const std::string& name) {
    std::string id = id_of(name);
    while (!taken.insert(id).second) id += "-2";
    return id;
}

/// Builds the panels of one firm.
class TracePanels {
public:
    TracePanels(const ReplayStore& store, const std::string& firm) : store_(store), firm_(firm) {}

    FigurePanel traces(const std::string& id, const std::string& name, const std::vector<ShownTrace>& all) const {
        FigurePanel panel = quarter_panel(id, name, "");
        panel.measure.label = "value";
        std::vector<std::string> callbacks;
        for (const ShownTrace& one : all)
            if (one.name == name && std::find(callbacks.begin(), callbacks.end(), one.callback) == callbacks.end()) callbacks.push_back(one.callback);
        for (std::size_t look = 0; look < callbacks.size(); ++look) {
            std::vector<const ShownTrace*> shown;
            for (const ShownTrace& one : all)
                if (one.name == name && one.callback == callbacks[look]) shown.push_back(&one);
            add_series(panel, callbacks.size() > 1 ? name + ", " + callbacks[look] : name, static_cast<int>(look), shown);
        }
        panel.names_series = callbacks.size() > 1;
        return panel;
    }

    FigurePanel marks(const std::vector<ShownTrace>& all) const {
        FigurePanel panel = quarter_panel("marks", "marks", "");
        panel.names_series = false;
        panel.measure = category_axis("mark", names_of(all));
        std::set<std::string> ids;
        for (std::size_t lane = 0; lane < panel.measure.categories.size(); ++lane) {
            const std::string& name = panel.measure.categories[lane];
            Series series{id_in(ids, name), name, MarkShape::mark, static_cast<int>(std::min<std::size_t>(lane, kRestLook))};
            int before = -1, last = -1;  // quarters with this mark
            for (const ShownTrace& one : all) {
                if (one.name != name) continue;
                if (one.t != last) before = last;
                last = one.t;
                Datum& datum = series.data.emplace_back(datum_of(one, static_cast<double>(lane)));
                datum.reason = trace_text(firm_, one, kNoValue) + (before < 0 ? ", for the first time; " : ", before that in " + quarter_name(before) + "; ") + one.place;
            }
            panel.series.push_back(std::move(series));
        }
        return panel;
    }

private:
    Datum datum_of(const ShownTrace& one, double value) const {
        Datum datum;
        datum.key = one.t;
        datum.value = value;
        datum.address = store_.address(one.t, trace_path(firm_, one.name));
        return datum;
    }

    Datum gap_at(int t, const std::string& name) const {
        const std::string absence = absence_of(store_, t, firm_);
        Datum datum;
        datum.key = t;
        datum.gap = absence.empty() ? "not traced" : absence;
        datum.reason = absence.empty() ? fmt::format("{} of {}: not traced in {}", name, firm_, quarter_name(t)) : firm_ + ": " + absence;
        return datum;
    }

    /// A line through the last value of each quarter, and signs for the ones before it in the same callback. `shown` is of one name and callback, by quarter.
    void add_series(FigurePanel& panel, const std::string& label, int look, const std::vector<const ShownTrace*>& shown) const {
        const std::string& callback = shown.front()->callback;
        Series line{callback, label, MarkShape::line, look}, earlier{callback + "-earlier", label + ", earlier in the callback", MarkShape::mark, look};
        earlier.is_named = false;
        double before = kNoValue;
        for (const int t : store_.quarters()) {
            std::vector<const ShownTrace*> now;
            for (const ShownTrace* one : shown)
                if (one->t == t) now.push_back(one);
            if (now.empty()) {
                line.data.push_back(gap_at(t, shown.front()->name));
                before = kNoValue;
                continue;
            }
            for (std::size_t i = 0; i < now.size(); ++i) {
                Datum datum = datum_of(*now[i], now[i]->value);
                const std::string nth = now.size() > 1 ? fmt::format(", value {} of {} in it", i + 1, now.size()) : "";
                datum.reason = trace_text(firm_, *now[i], before) + "; " + now[i]->place + nth;
                (i + 1 < now.size() ? earlier : line).data.push_back(std::move(datum));
            }
            before = now.back()->value;
        }
        panel.series.push_back(std::move(line));
        if (!earlier.data.empty()) panel.series.push_back(std::move(earlier));
    }

    const ReplayStore& store_;
    const std::string& firm_;
};

/// The last value beside its line, where no names stand there.
void label_ends(FigureModel& figure) {
    for (FigurePanel& panel : figure.panels) {
        if (panel.names_series || panel.measure.kind != AxisKind::number) continue;
        auto& data = panel.series.front().data;
        const auto last = std::find_if(data.rbegin(), data.rend(), [](const Datum& datum) { return std::isfinite(datum.value); });
        if (last != data.rend()) last->label = short_number(last->value);
    }
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
    return out;
}

void add_notes(const ReplayStore& store, const Showing& showing, const std::vector<std::string>& without_panel, FigureModel& figure) {
    if (!showing.traces.empty()) figure.notes.push_back("Values have the units that the script gives them, which the run does not record; a line goes through the last value of each quarter.");
    if (!without_panel.empty())
        figure.notes.push_back(fmt::format("Left out, of those shown in the fewest quarters: {}. rackrace export {} writes them in table traces.", joined(without_panel), quoted_word(store.run_id())));
    std::vector<std::string> full;
    for (const int t : showing.full) full.push_back(quarter_name(t));
    if (!full.empty()) figure.notes.push_back(fmt::format("With {} traces and marks, as many as a quarter holds: {}; further ones are not recorded.", kDeskTraces, joined(full)));
}

}  // namespace

Result<FigureModel> build_traces(const ReplayStore& store, const FigureScope& scope) {
    const Showing showing = showing_of(store, scope.firm);
    FigureModel figure = start_figure(store, "traces", "Traces and marks of " + scope.firm, "numbers and flags that its script shows");
    figure.is_list = true;
    if (showing.traces.empty() && showing.marks.empty()) {
        figure.empty_text = fmt::format("The script of {} shows nothing in this run. Call act.trace(\"name\", value) in it for a number, act.mark(\"name\") for a flag.", scope.firm);
        return finish_figure(std::move(figure));
    }
    const TracePanels panels(store, scope.firm);
    const std::vector<std::string> names = names_of(showing.traces), without_panel = left_out(showing.traces, names);
    std::set<std::string> ids = {"marks"};
    for (const std::string& name : names)
        if (std::find(without_panel.begin(), without_panel.end(), name) == without_panel.end()) figure.panels.push_back(panels.traces(id_in(ids, name), name, showing.traces));
    if (!showing.marks.empty()) figure.panels.push_back(panels.marks(showing.marks));
    figure.columns = figure.panels.size() > 1 ? 2 : 1;
    add_notes(store, showing, without_panel, figure);
    figure = finish_figure(std::move(figure));
    label_ends(figure);
    return figure;
}

}  // namespace rackrace
