#include "viz/window/overlays/panel.h"

#include <imgui.h>

#include <algorithm>
#include <cctype>
#include <sstream>

#include "viz/window/frame/pieces.h"

namespace rackrace {
namespace {

constexpr int kPage = 10;  // rows that PageUp and PageDown move

std::string in_small_letters(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

int moved_rows() {
    int by = 0;
    for (const auto& [key, rows] : {std::pair{ImGuiKey_DownArrow, 1}, {ImGuiKey_UpArrow, -1}, {ImGuiKey_PageDown, kPage}, {ImGuiKey_PageUp, -kPage}})
        if (ImGui::IsKeyPressed(key)) by += rows;
    return by;
}

}  // namespace

void begin_panel(const char* title, double width, double height, const WindowLook& look) {
    const ImGuiViewport& viewport = *ImGui::GetMainViewport();
    ImGui::SetNextWindowPos(viewport.Pos);
    ImGui::SetNextWindowSize(viewport.Size);
    ImGui::PushStyleColor(ImGuiCol_WindowBg, packed(look.theme->ground, 0.6));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0.0F);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.0F);
    ImGui::Begin("overlay", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoDocking |
                     ImGuiWindowFlags_NoScrollWithMouse);
    ImGui::PopStyleVar(2);
    ImGui::PopStyleColor();
    const float margin = look.px(24.0);
    const ImVec2 size{std::min(look.px(width), viewport.Size.x - 2.0F * margin), std::min(look.px(height), viewport.Size.y - 2.0F * margin)};
    ImGui::SetCursorScreenPos({viewport.Pos.x + (viewport.Size.x - size.x) / 2.0F, viewport.Pos.y + (viewport.Size.y - size.y) / 2.0F});
    ImGui::PushStyleColor(ImGuiCol_ChildBg, packed(panel_ground(*look.theme)));
    ImGui::PushStyleColor(ImGuiCol_Border, packed(look.theme->axis));
    ImGui::BeginChild("panel", size, ImGuiChildFlags_Borders);
    ImGui::PopStyleColor(2);
    ImGui::TextUnformatted(title);
    ImGui::SameLine(ImGui::GetContentRegionMax().x - ImGui::CalcTextSize("Esc closes").x);
    ImGui::TextDisabled("Esc closes");
    ImGui::Separator();
}

void end_panel(ViewState& view) {
    ImGui::EndChild();
    const bool is_outside = ImGui::IsWindowHovered() && !ImGui::IsWindowAppearing();  // the panel is a window of its own
    if (is_outside && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) view.overlay = Overlay::none;
    ImGui::End();
}

bool draw_text_field(ViewState& view, const char* hint, const WindowLook&) {
    char typed[512] = {};
    view.overlay_text.copy(typed, sizeof typed - 1);
    if (!ImGui::IsAnyItemActive() && !ImGui::IsMouseDown(ImGuiMouseButton_Left)) ImGui::SetKeyboardFocusHere();
    ImGui::SetNextItemWidth(-1.0F);
    ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 1.0F);
    if (ImGui::InputTextWithHint("##typed", hint, typed, sizeof typed)) {
        view.overlay_text = typed;
        view.overlay_row = 0;
    }
    ImGui::PopStyleVar();
    return ImGui::IsKeyPressed(ImGuiKey_Enter) || ImGui::IsKeyPressed(ImGuiKey_KeypadEnter);
}

std::vector<std::size_t> matching_rows(const std::vector<ListRow>& rows, const std::string& typed) {
    std::vector<std::string> words;
    std::istringstream in(in_small_letters(typed));
    for (std::string word; in >> word;) words.push_back(word);
    const auto has_all = [&](const std::string& text) {
        const std::string small = in_small_letters(text);
        return std::all_of(words.begin(), words.end(), [&](const std::string& word) { return small.find(word) != std::string::npos; });
    };
    std::vector<std::size_t> out, by_detail;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (has_all(rows[i].text)) out.push_back(i);
        else if (has_all(rows[i].text + " " + rows[i].detail)) by_detail.push_back(i);
    }
    out.insert(out.end(), by_detail.begin(), by_detail.end());
    return out;
}

std::optional<std::size_t> draw_list(ViewState& view, const std::vector<ListRow>& rows, const char* empty_text, const WindowLook& look) {
    const std::vector<std::size_t> shown = matching_rows(rows, view.overlay_text);
    const int by = moved_rows(), count = static_cast<int>(shown.size());
    view.overlay_row = std::clamp(view.overlay_row + by, 0, std::max(0, count - 1));
    std::optional<std::size_t> chosen;
    if (count > 0 && (ImGui::IsKeyPressed(ImGuiKey_Enter) || ImGui::IsKeyPressed(ImGuiKey_KeypadEnter)))
        chosen = shown[static_cast<std::size_t>(view.overlay_row)];
    if (count == 0) ImGui::TextWrapped("%s", empty_text);
    ImGui::BeginChild("rows");
    const float height = look.px(kTarget), padding = look.px(6.0);
    for (int row = 0; row < count; ++row) {
        const ListRow& one = rows[shown[static_cast<std::size_t>(row)]];
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const float width = ImGui::GetContentRegionAvail().x;
        if (ImGui::Selectable(("##" + one.text).c_str(), row == view.overlay_row, ImGuiSelectableFlags_None,
                              {0.0F, height - ImGui::GetStyle().ItemSpacing.y}))
            chosen = shown[static_cast<std::size_t>(row)];
        if (row == view.overlay_row) {
            const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
            draw_focus_ring({low.x + 2.0F, low.y + 2.0F}, {high.x - 2.0F, high.y - 2.0F}, look);
            if (by != 0) ImGui::SetScrollHereY();
        }
        const float detail = std::min(width_of(one.detail, look, kSmallTextSize), width / 2.0F);
        put_text({at.x + padding, at.y + look.px(2.0)}, look.theme->ink, one.text, width - detail - 4.0F * padding, look);
        put_text({at.x + width - detail - padding, at.y + look.px(3.0)}, look.theme->muted, one.detail, detail + 1.0F, look, kSmallTextSize);
    }
    ImGui::EndChild();
    return chosen;
}

void scroll_by_keys(const WindowLook& look) {
    if (const int by = moved_rows(); by != 0) ImGui::SetScrollY(ImGui::GetScrollY() + look.px(kTarget) * static_cast<float>(by));
}

void scroll_tile_by_keys(const WindowLook& look) {
    if (!look.has_keys || ImGui::GetIO().WantTextInput) return;
    const ImGuiKeyChord held = ImGui::GetIO().KeyMods;
    if (held == 0) scroll_by_keys(look);
    if (held != ImGuiMod_Shift) return;
    for (const auto& [key, side] : {std::pair{ImGuiKey_PageDown, 1.0F}, {ImGuiKey_PageUp, -1.0F}})
        if (ImGui::IsKeyPressed(key)) ImGui::SetScrollX(std::max(0.0F, ImGui::GetScrollX() + side * 0.8F * ImGui::GetWindowWidth()));
}

}  // namespace rackrace
