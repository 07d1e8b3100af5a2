// Opens a run or a batch, or a second run beside the open one: one of the working folder's runs/ and batches/, one that was open lately, or a path that is typed.
#include <algorithm>
#include <filesystem>

#include "engine/replay/address.h"
#include "engine/replay/batch_format.h"
#include "viz/window/overlays/overlays.h"
#include "viz/window/overlays/panel.h"
#include "viz/window/recent_runs.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;

std::vector<ListRow> known_runs() {
    std::vector<ListRow> rows;
    for (const RecentRun& run : recent_runs()) rows.push_back({run.folder.string(), run.title + ", " + run.state + ", opened " + run.opened});
    std::error_code error;
    for (const char* place : {"runs", "batches"}) {
        std::vector<std::string> here;
        for (fs::directory_iterator it(place, error), end; !error && it != end; it.increment(error))
            if (fs::exists(it->path() / "run.json") || is_batch(it->path())) here.push_back(it->path().string());
        std::sort(here.begin(), here.end());
        for (const std::string& run : here)
            if (std::none_of(rows.begin(), rows.end(), [&](const ListRow& row) { return fs::equivalent(row.text, run, error); }))
                rows.push_back({run, std::string("in ") + place + "/"});
    }
    return rows;
}

/// Draws the list under a title; the run that was chosen or typed, empty for none.
std::string draw_runs(const char* title, Session& session, const WindowLook& look) {
    const std::vector<ListRow> rows = known_runs();
    begin_panel(title, 860.0, 460.0, look);
    const bool is_entered = draw_text_field(session.view, "a folder, or a part of a name below", look);
    const auto chosen = draw_list(session.view, rows, "Nothing known has this name; Enter opens it as a path.", look);
    end_panel(session.view);
    std::error_code error;
    if (is_entered && !session.view.overlay_text.empty() && (!chosen || fs::exists(session.view.overlay_text, error))) return session.view.overlay_text;
    return chosen ? rows[*chosen].text : "";
}

}  // namespace

void draw_open_run(Session& session, const WindowLook& look) {
    const std::string path = draw_runs("Open a run or a batch", session, look);
    if (path.empty()) return;
    const auto run = find_run(path);
    const Refusals refusals = run ? session.begin_open(*run) : run.error();
    if (!refusals.empty()) session.view.status = refusals.all.front().text();
}

void draw_pick_second(Session& session, const WindowLook& look) {
    const std::string path = draw_runs("Compare with a second run", session, look);
    if (path.empty()) return;
    const auto run = find_run(path);
    const Refusals refusals = run ? session.compare_with(*run) : run.error();
    if (!refusals.empty()) session.view.status = refusals.all.front().text();
}

}  // namespace rackrace
