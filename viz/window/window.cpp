#include "viz/window/window.h"

#include <imgui.h>

#include <fstream>
#include <sstream>

#include "viz/window/live_window.h"
#include "viz/window/pictures.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;

Result<KeyScript> read_script(const fs::path& file) {
    if (file.empty()) return KeyScript();
    std::error_code error;
    std::ifstream in(file);
    std::ostringstream text;
    if (in && !fs::is_directory(file, error)) text << in.rdbuf();
    else return Refusal{file.string(), 0, 0, "cannot be read", "name a file of keys, a line a key"};
    return KeyScript::parse(file.string(), text.str());
}

}  // namespace

WindowOutcome view_window(const WindowRequest& request, const WindowListener& listener) {
    Session session;
    session.data = request.data;
    session.scripts = request.scripts;
    session.view.status = "Open a run with Ctrl+O; ? lists the keys.";
    auto script = read_script(request.script);
    if (!script) return {WindowEnd::bad_input, script.error()};
    const bool is_picture = !request.screenshot.empty() || !request.record.empty();
    session.players = request.players;
    if (!request.run.empty()) {
        const bool is_at_once = is_picture || !request.second.empty();  // the second is compared with a run that is there
        Refusals refusals = is_at_once ? session.open(request.run, request.entry) : session.begin_open(request.run, request.entry);
        if (refusals.empty() && !request.second.empty()) refusals = session.compare_with(request.second);
        if (!refusals.empty()) return {WindowEnd::bad_input, refusals};
        if (request.entry.screen && !request.second.empty()) session.view.screen = *request.entry.screen;
    }
    if (is_picture) return draw_pictures(session, request, std::move(*script), listener);
    return show_window(session, request, std::move(*script), listener);
}

std::string window_state() { return std::string("built in (Dear ImGui ") + ImGui::GetVersion() + ")"; }
bool has_window() { return true; }

}  // namespace rackrace
