#include "viz/window/frame/pieces.h"

#include <algorithm>
#include <cmath>

namespace rackrace {
namespace {

constexpr std::string_view kDots = "...";

/// The library draws letters of whole pixels.
float letters_of(const WindowLook& look, double size) { return std::round(look.px(size)); }

float length(std::string_view text, float size) {
    return ImGui::GetFont()->CalcTextSizeA(size, 1e9F, 0.0F, text.data(), text.data() + text.size()).x;
}

/// The longest beginning that leaves room for the dots, at a boundary of letters.
std::string_view beginning(std::string_view text, float width, float size) {
    std::size_t low = 0, high = text.size();
    while (low < high) {
        const std::size_t middle = (low + high + 1) / 2;
        if (length(text.substr(0, middle), size) + length(kDots, size) <= width) low = middle;
        else high = middle - 1;
    }
    while (low > 0 && (static_cast<unsigned char>(text[low]) & 0xC0U) == 0x80U) --low;
    return text.substr(0, low);
}

void draw_sign(ImDrawList& list, ImVec2 c, float r, Sign sign, ImU32 ink) {
    const auto bar = [&](float left, float right, float height) { list.AddRectFilled({c.x + left, c.y - height}, {c.x + right, c.y + height}, ink); };
    const auto triangle = [&](float from, float to) { list.AddTriangleFilled({c.x + from, c.y - r}, {c.x + to, c.y}, {c.x + from, c.y + r}, ink); };
    switch (sign) {
        case Sign::first: bar(-r, -0.65F * r, r), triangle(0.8F * r, -0.5F * r); break;
        case Sign::back: triangle(0.5F * r, -0.7F * r); break;
        case Sign::play: triangle(-0.6F * r, r); break;
        case Sign::pause: bar(-0.8F * r, -0.25F * r, r), bar(0.25F * r, 0.8F * r, r); break;
        case Sign::on: triangle(-0.5F * r, 0.7F * r); break;
        case Sign::last: triangle(-0.8F * r, 0.5F * r), bar(0.65F * r, r, r); break;
        case Sign::minus: bar(-r, r, 0.15F * r); break;
        case Sign::plus: bar(-r, r, 0.15F * r), bar(-0.15F * r, 0.15F * r, r); break;
    }
}

}  // namespace

float put_text(ImVec2 at, std::string_view colour, std::string_view text, float width, const WindowLook& look, double size) {
    const float letters = letters_of(look, size);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImU32 ink = packed(colour);
    const float whole = length(text, letters);
    if (whole <= width) {
        list.AddText(ImGui::GetFont(), letters, at, ink, text.data(), text.data() + text.size());
        return whole;
    }
    const std::string cut = std::string(beginning(text, width, letters)) + std::string(kDots);
    list.AddText(ImGui::GetFont(), letters, at, ink, cut.c_str());
    return width;
}

float width_of(std::string_view text, const WindowLook& look, double size) { return length(text, letters_of(look, size)); }

float put_lines(ImVec2 at, std::string_view colour, std::string_view text, float width, const WindowLook& look, double size) {
    ImGui::GetWindowDrawList()->AddText(ImGui::GetFont(), letters_of(look, size), at, packed(colour), text.data(), text.data() + text.size(), width);
    return lines_height(text, width, look, size);
}

float lines_height(std::string_view text, float width, const WindowLook& look, double size) {
    return ImGui::GetFont()->CalcTextSizeA(letters_of(look, size), 1e9F, width, text.data(), text.data() + text.size()).y;
}

float button_width(const char* label) { return ImGui::CalcTextSize(label, nullptr, true).x + 2.0F * ImGui::GetStyle().FramePadding.x; }

bool sign_button(const char* label, Sign sign, const WindowLook& look) {
    const float side = look.px(kTarget);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const bool is_pressed = ImGui::InvisibleButton(label, {side, side});
    const bool is_hovered = ImGui::IsItemHovered();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled(at, {at.x + side, at.y + side}, packed(is_hovered ? hovered_ground(*look.theme) : button_ground(*look.theme)), look.px(3.0));
    draw_sign(list, {at.x + side / 2.0F, at.y + side / 2.0F}, look.px(6.0), sign, packed(look.theme->ink));
    if (is_hovered) ImGui::SetTooltip("%s", label);
    return is_pressed;
}

void beside_if_room(const char* label) {
    const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
    ImGui::SameLine();
    if (ImGui::GetCursorScreenPos().x + button_width(label) > right) ImGui::NewLine();
}

bool choice_button(const char* label, bool is_chosen, const WindowLook& look) {
    if (is_chosen) ImGui::PushStyleColor(ImGuiCol_Button, packed(chosen_ground(*look.theme)));
    const bool is_pressed = ImGui::Button(label, {0.0F, look.px(kTarget)});
    if (is_chosen) {
        ImGui::PopStyleColor();
        const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
        ImGui::GetWindowDrawList()->AddRectFilled({low.x, high.y - look.px(3.0)}, high, packed(focus_colour(*look.theme)));
    }
    return is_pressed;
}

void draw_focus_ring(ImVec2 corner, ImVec2 opposite, const WindowLook& look) {
    ImGui::GetWindowDrawList()->AddRect(corner, opposite, packed(focus_colour(*look.theme)), look.px(3.0), look.px(2.0));
}

void draw_arrow(ImVec2 c, double change, float size, const WindowLook& look) {
    if (!(change > 0.0) && !(change < 0.0)) return;
    const float r = size / 2.0F, up = change > 0.0 ? 1.0F : -1.0F;
    ImGui::GetWindowDrawList()->AddTriangleFilled({c.x - r, c.y + 0.8F * r * up}, {c.x + r, c.y + 0.8F * r * up}, {c.x, c.y - 0.8F * r * up},
                                                  packed(look.theme->looks[change > 0.0 ? 0 : 1]));
}

}  // namespace rackrace
