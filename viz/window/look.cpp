#include "viz/window/look.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace rackrace {
namespace {

int part(std::string_view colour, std::size_t at) {
    int value = 0;
    for (const char c : colour.substr(at, 2)) value = value * 16 + (c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    return value;
}

ImVec4 vector_of(std::string_view colour, double opacity = 1.0) { return ImGui::ColorConvertU32ToFloat4(packed(colour, opacity)); }

void apply_colours(const Theme& theme, ImVec4* colours) {
    const std::string panel = panel_ground(theme), button = button_ground(theme), hovered = hovered_ground(theme);
    const std::string active = chosen_ground(theme);
    for (const auto& [part, colour] : std::initializer_list<std::pair<ImGuiCol_, std::string_view>>{{ImGuiCol_Text, theme.ink},
                                                                                                    {ImGuiCol_TextDisabled, theme.muted},
                                                                                                    {ImGuiCol_WindowBg, theme.ground},
                                                                                                    {ImGuiCol_ChildBg, theme.ground},
                                                                                                    {ImGuiCol_PopupBg, panel},
                                                                                                    {ImGuiCol_Border, theme.grid},
                                                                                                    {ImGuiCol_FrameBg, button},
                                                                                                    {ImGuiCol_FrameBgHovered, hovered},
                                                                                                    {ImGuiCol_FrameBgActive, hovered},
                                                                                                    {ImGuiCol_TitleBg, panel},
                                                                                                    {ImGuiCol_TitleBgActive, panel},
                                                                                                    {ImGuiCol_MenuBarBg, panel},
                                                                                                    {ImGuiCol_ScrollbarBg, theme.ground},
                                                                                                    {ImGuiCol_ScrollbarGrab, theme.axis},
                                                                                                    {ImGuiCol_ScrollbarGrabHovered, theme.muted},
                                                                                                    {ImGuiCol_ScrollbarGrabActive, theme.ink},
                                                                                                    {ImGuiCol_CheckMark, theme.ink},
                                                                                                    {ImGuiCol_Button, button},
                                                                                                    {ImGuiCol_ButtonHovered, hovered},
                                                                                                    {ImGuiCol_ButtonActive, active},
                                                                                                    {ImGuiCol_Header, active},
                                                                                                    {ImGuiCol_HeaderHovered, hovered},
                                                                                                    {ImGuiCol_HeaderActive, active},
                                                                                                    {ImGuiCol_Separator, theme.grid},
                                                                                                    {ImGuiCol_TableHeaderBg, button},
                                                                                                    {ImGuiCol_TableBorderStrong, theme.axis},
                                                                                                    {ImGuiCol_TableBorderLight, theme.grid},
                                                                                                    {ImGuiCol_TableRowBg, theme.ground},
                                                                                                    {ImGuiCol_TableRowBgAlt, panel},
                                                                                                    {ImGuiCol_NavCursor, focus_colour(theme)},
                                                                                                    {ImGuiCol_InputTextCursor, theme.ink}})
        colours[part] = vector_of(colour);
    colours[ImGuiCol_ChildBg].w = 0.0F;  // the same as what it lies on: a layer less, which software renderers feel
    colours[ImGuiCol_TextSelectedBg] = vector_of(focus_colour(theme), 0.35);
    colours[ImGuiCol_ModalWindowDimBg] = vector_of(theme.ground, 0.6);
}

}  // namespace

const Theme& theme_of(ThemeChoice choice) {
    return choice == ThemeChoice::light ? light_theme() : choice == ThemeChoice::dark ? dark_theme() : contrast_theme();
}

const char* name_of(ThemeChoice choice) { return choice == ThemeChoice::light ? "light" : choice == ThemeChoice::dark ? "dark" : "contrast"; }

std::uint32_t packed(std::string_view colour, double opacity) {
    return IM_COL32(part(colour, 1), part(colour, 3), part(colour, 5), static_cast<int>(std::lround(255.0 * std::clamp(opacity, 0.0, 1.0))));
}

std::string between(std::string_view from, std::string_view to, double share) {
    char out[8];
    const auto mix = [&](std::size_t at) {
        return static_cast<unsigned>(std::lround(part(from, at) + share * (part(to, at) - part(from, at)))) & 0xffU;
    };
    std::snprintf(out, sizeof out, "#%02x%02x%02x", mix(1), mix(3), mix(5));
    return out;
}

std::string panel_ground(const Theme& theme) { return between(theme.ground, theme.ink, 0.04); }
std::string button_ground(const Theme& theme) { return between(theme.ground, theme.ink, 0.09); }
std::string hovered_ground(const Theme& theme) { return between(theme.ground, theme.ink, 0.16); }
std::string chosen_ground(const Theme& theme) { return between(theme.ground, focus_colour(theme), 0.2); }
std::string_view focus_colour(const Theme& theme) { return theme.looks[0]; }

void apply_look(const WindowLook& look) {
    ImGuiStyle& style = ImGui::GetStyle();
    style = ImGuiStyle();
    style.FontSizeBase = static_cast<float>(kTextSize);
    style.FontScaleMain = static_cast<float>(look.scale);
    const float padding = look.px(6.0), between_items = look.px(6.0);
    style.WindowPadding = {look.px(8.0), look.px(8.0)};
    style.FramePadding = {padding, look.px((kTarget - kTextSize) / 2.0)};
    style.ItemSpacing = {between_items, look.px(4.0)};
    style.ItemInnerSpacing = {look.px(4.0), look.px(4.0)};
    style.CellPadding = {look.px(6.0), look.px(3.0)};
    style.ScrollbarSize = look.px(12.0);
    style.GrabMinSize = look.px(12.0);
    style.FrameRounding = style.ChildRounding = style.WindowRounding = style.PopupRounding = look.px(3.0);
    style.WindowBorderSize = style.PopupBorderSize = style.ChildBorderSize = 1.0F;
    style.FrameBorderSize = look.theme == &contrast_theme() ? 1.0F : 0.0F;
    style.AntiAliasedLines = style.AntiAliasedFill = !look.is_static;
    style.HoverStationaryDelay = style.HoverDelayShort = style.HoverDelayNormal = 0.0F;
    apply_colours(*look.theme, style.Colors);
}

}  // namespace rackrace
