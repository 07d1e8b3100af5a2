// The red bar over everything: tables of the open runs whose rows are not those that were written.
#include <imgui.h>

#include "engine/base/command_words.h"
#include "viz/window/frame/frame.h"
#include "viz/window/frame/pieces.h"

namespace rackrace {
namespace {

constexpr double kEdge = 8.0;  // the red side of the bar, at scale 1
constexpr int kRed = 1;        // of the theme's looks

float text_width(const WindowLook& look) { return ImGui::GetContentRegionAvail().x - 3.0F * look.px(kEdge); }

}  // namespace

std::string prepare_altered(const Session& session) {
    if (!session.has_run()) return "";
    std::string out;
    const auto add = [&out](const ReplayStore& store) {
        if (store.altered().empty()) return;
        out += (out.empty() ? "" : "\n") + store.run_id() + ":";
        for (const std::string& text : alteration_texts(store.altered())) out += " " + text + ".";
        out += " Figures and reasons that read such a table are refused, lists show the file's rows. rackrace run --from " + quoted_word(store.folder().string()) + " plays the run again.";
    };
    add(session.store());
    if (session.second() != nullptr) add(session.second()->store);
    return out;
}

float altered_height(const std::string& text, const WindowLook& look) { return lines_height(text, text_width(look), look) + look.px(kEdge); }

void draw_altered(const std::string& text, const WindowLook& look) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 end{at.x + ImGui::GetContentRegionAvail().x, at.y + altered_height(text, look)};
    const std::string_view red = look.theme->looks[kRed];
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled(at, end, packed(between(look.theme->ground, red, 0.3)));
    list.AddRectFilled(at, {at.x + look.px(kEdge), end.y}, packed(red));
    list.AddRect(at, end, packed(red));
    put_lines({at.x + 2.0F * look.px(kEdge), at.y + look.px(kEdge) / 2.0F}, look.theme->ink, text, text_width(look), look);
}

}  // namespace rackrace
