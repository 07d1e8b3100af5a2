// What a person should know of the run before trusting its pictures, above every screen for as long as it is open.
#include <fmt/format.h>

#include "engine/base/command_words.h"
#include "engine/base/quarter_index.h"
#include "viz/window/actions.h"
#include "viz/window/frame/frame.h"
#include "viz/window/frame/pieces.h"

namespace rackrace {
namespace {

constexpr int kAmber = 4;             // look of the themes: orange, dark enough on white
constexpr double kLineHeight = 20.0;  // at scale 1
constexpr double kPadding = 5.0;
constexpr const char* kCopy = "Copy command  Shift+R";

}  // namespace

std::string replay_command(const ReplayStore& store) {
    return fmt::format("rackrace run --from {} --until {}", quoted_word(store.folder().string()), quarter_name(store.last_t()));
}

WarningBar prepare_warning_bar(const Session& session) {
    WarningBar out;
    if (!session.has_run()) return out;
    const ReplayStore& store = session.store();
    for (const std::string& warning : store.warnings()) out.lines.push_back(store.run_id() + " " + warning + ".");
    if (store.run().fault.empty()) return out;
    out.lines.push_back("This is a bug in rackrace, not in the scenario. Played again it stops there too: " + replay_command(store));
    out.has_command = true;
    return out;
}

float warning_bar_height(const WarningBar& bar, const WindowLook& look) {
    if (bar.lines.empty()) return 0.0F;
    return std::max(look.px(kLineHeight) * static_cast<float>(bar.lines.size()), look.px(kTarget)) + 2.0F * look.px(kPadding);
}

void draw_warning_bar(const WarningBar& bar, Session& session, const WindowLook& look) {
    const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
    const float padding = look.px(kPadding), stripe = look.px(6.0), button = bar.has_command ? button_width(kCopy) + 2.0F * padding : 0.0F;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled(at, {at.x + room.x, at.y + room.y}, packed(look.theme->looks[kAmber], 0.22));
    list.AddRectFilled(at, {at.x + stripe, at.y + room.y}, packed(look.theme->looks[kAmber]));
    const float width = room.x - stripe - 2.0F * padding - button;
    float y = at.y + padding;
    for (const std::string& line : bar.lines) {
        put_text({at.x + stripe + padding, y}, look.theme->ink, (&line == bar.lines.data() ? "!  " : "    ") + line, width, look);
        y += look.px(kLineHeight);
    }
    ImGui::SetCursorScreenPos({at.x + stripe, at.y});
    ImGui::Dummy({width, room.y});
    if (ImGui::IsItemHovered()) {
        std::string all;
        for (const std::string& line : bar.lines) all += (all.empty() ? "" : "\n") + line;
        ImGui::SetTooltip("%s", all.c_str());
    }
    if (!bar.has_command) return;
    ImGui::SetCursorScreenPos({at.x + room.x - button + padding, at.y + (room.y - look.px(kTarget)) / 2.0F});
    if (choice_button(kCopy, false, look)) perform(*find_action("copy-replay"), session);
}

}  // namespace rackrace
