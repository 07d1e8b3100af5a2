#include "viz/window/altered_lists.h"

#include <algorithm>

#include <imgui.h>

namespace rackrace {
namespace {

constexpr int kRed = 1;  // of the theme's looks

}  // namespace

std::string unrecorded_note(const ReplayStore& store, std::initializer_list<std::string_view> tables) {
    std::vector<Alteration> altered;
    for (const Alteration& one : store.altered())
        if (std::find(tables.begin(), tables.end(), one.table) != tables.end()) altered.push_back(one);
    std::string out;
    for (const std::string& text : alteration_texts(altered)) out += (out.empty() ? "Not as recorded: " : " ") + text + ".";
    return out;
}

void draw_unrecorded(const std::string& note, const WindowLook& look) {
    if (note.empty()) return;
    ImGui::PushStyleColor(ImGuiCol_Text, packed(look.theme->looks[kRed]));
    ImGui::TextWrapped("%s", note.c_str());
    ImGui::PopStyleColor();
}

}  // namespace rackrace
