// The last line: the last important thing in a sentence, and how the window fares.
#include <fmt/format.h>

#include "engine/replay/replay_tables.h"
#include "viz/figures/ensemble_parts.h"
#include "viz/window/actions.h"
#include "viz/window/frame/frame.h"
#include "viz/window/frame/pieces.h"

namespace rackrace {

StatusLine prepare_status(const Session& session, double frames_per_s) {
    StatusLine line{session.view.status, ""};
    if (frames_per_s >= 1.0) line.right += fmt::format("{:.0f} fps   ", frames_per_s);
    if (session.has_run() && !session.opening()) {
        std::size_t rows = 0;
        for (const Table& table : replay_tables())
            if (table.name != "worlds") rows += session.store().table(std::string(table.name)).rows();
        line.right += short_number(static_cast<double>(rows)) + " rows";
    }
    if (session.has_batch() && !session.opening()) line.right += count_text(session.ensemble());
    return line;
}

void draw_status(const StatusLine& line, Session& session, const WindowLook& look) {
    constexpr const char* kKeys = "? Keys";
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float room = ImGui::GetContentRegionAvail().x, gap = 2.0F * ImGui::GetStyle().ItemSpacing.x;
    const float button = button_width(kKeys), right = width_of(line.right, look, kSmallTextSize);
    const float y = at.y + (look.px(kTarget) - look.px(kTextSize)) / 2.0F, left = room - button - gap - right;
    put_text({at.x, y}, look.theme->ink, line.text, left - gap, look);
    put_text({at.x + left, y + look.px(1.0)}, look.theme->muted, line.right, right + 1.0F, look, kSmallTextSize);
    ImGui::SetCursorScreenPos({at.x + room - button, at.y});
    if (choice_button(kKeys, false, look)) perform(*find_action("keys"), session);
}

}  // namespace rackrace
