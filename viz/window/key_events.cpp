#include "viz/window/key_events.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <optional>
#include <string_view>

namespace rackrace {
namespace {

struct NamedKey {
    std::string_view name;
    ImGuiKey key;
    bool repeats;
};
constexpr NamedKey kNamedKeys[] = {{"Space", ImGuiKey_Space, false}, {"Left", ImGuiKey_LeftArrow, true}, {"Right", ImGuiKey_RightArrow, true},
                                   {"Up", ImGuiKey_UpArrow, true},   {"Down", ImGuiKey_DownArrow, true}, {"Home", ImGuiKey_Home, false},
                                   {"End", ImGuiKey_End, false},     {"PageUp", ImGuiKey_PageUp, true},  {"PageDown", ImGuiKey_PageDown, true},
                                   {"Tab", ImGuiKey_Tab, true},      {"Enter", ImGuiKey_Enter, false},   {"Enter", ImGuiKey_KeypadEnter, false},
                                   {"Esc", ImGuiKey_Escape, false},  {"F1", ImGuiKey_F1, false},         {"F8", ImGuiKey_F8, false},         {"F9", ImGuiKey_F9, true},
                                   {"F10", ImGuiKey_F10, true},      {"F11", ImGuiKey_F11, true},        {"Backspace", ImGuiKey_Backspace, true}};
/// Signs that act wherever the keyboard has them; with Ctrl no letter arrives, so these keys count then.
constexpr std::string_view kSigns = "?/[],.+-0123456789";
constexpr NamedKey kSignKeys[] = {{"+", ImGuiKey_Equal, true},          {"+", ImGuiKey_KeypadAdd, true}, {"-", ImGuiKey_Minus, true},
                                  {"-", ImGuiKey_KeypadSubtract, true}, {"0", ImGuiKey_0, false},        {"0", ImGuiKey_Keypad0, false}};

std::string with_modifiers(const ImGuiIO& io, std::string_view name) {
    return std::string(io.KeyCtrl ? "Ctrl+" : "") + (io.KeyAlt ? "Alt+" : "") + (io.KeyShift ? "Shift+" : "") + std::string(name);
}

std::optional<ImGuiKey> key_of(std::string_view name) {
    for (const NamedKey& key : kNamedKeys)
        if (key.name == name) return key.key;
    if (name.size() == 1 && name[0] >= 'A' && name[0] <= 'Z') return static_cast<ImGuiKey>(ImGuiKey_A + (name[0] - 'A'));
    for (const NamedKey& key : kSignKeys)
        if (key.name == name) return key.key;
    return std::nullopt;
}

}  // namespace

std::vector<KeyPress> pressed_keys() {
    const ImGuiIO& io = ImGui::GetIO();
    std::vector<KeyPress> out;
    for (const NamedKey& key : kNamedKeys)
        if (ImGui::IsKeyPressed(key.key, key.repeats)) out.push_back({with_modifiers(io, key.name)});
    for (char letter = 'A'; letter <= 'Z'; ++letter)
        if (ImGui::IsKeyPressed(static_cast<ImGuiKey>(ImGuiKey_A + (letter - 'A')), false)) out.push_back({with_modifiers(io, {&letter, 1})});
    if (io.KeyCtrl) {
        for (const NamedKey& key : kSignKeys)
            if (ImGui::IsKeyPressed(key.key, key.repeats)) out.push_back({"Ctrl+" + std::string(key.name)});
        return out;
    }
    for (const ImWchar letter : io.InputQueueCharacters) {
        const char sign = letter == '=' ? '+' : letter < 128 ? static_cast<char>(letter) : '\0';
        if (sign != '\0' && kSigns.find(sign) != std::string_view::npos) out.push_back({std::string(1, sign)});
    }
    return out;
}

bool is_typing() {
    const ImGuiContext& context = *ImGui::GetCurrentContext();
    return context.ActiveId != 0 && context.ActiveId == context.InputTextState.ID;
}

bool send_key(const std::string& name) {
    ImGuiIO& io = ImGui::GetIO();
    std::string_view rest = name;
    std::vector<ImGuiKey> held;
    for (bool has_more = true; has_more;) {
        has_more = false;
        for (const auto& [prefix, modifier] :
             {std::pair<std::string_view, ImGuiKey>{"Ctrl+", ImGuiMod_Ctrl}, {"Alt+", ImGuiMod_Alt}, {"Shift+", ImGuiMod_Shift}})
            if (rest.size() > prefix.size() && rest.starts_with(prefix)) {
                held.push_back(modifier);
                rest.remove_prefix(prefix.size());
                has_more = true;
            }
    }
    if (held.empty() && rest.size() == 1 && kSigns.find(rest[0]) != std::string_view::npos) {
        io.AddInputCharacter(static_cast<unsigned>(rest[0]));
        return true;
    }
    const auto key = key_of(rest);
    if (!key) return false;
    for (const ImGuiKey modifier : held) io.AddKeyEvent(modifier, true);
    io.AddKeyEvent(*key, true);
    io.AddKeyEvent(*key, false);
    for (const ImGuiKey modifier : held) io.AddKeyEvent(modifier, false);
    return true;
}

void send_text(const std::string& text) { ImGui::GetIO().AddInputCharactersUTF8(text.c_str()); }

void send_click(float x, float y, bool is_right) {
    ImGuiIO& io = ImGui::GetIO();
    const ImGuiMouseButton button = is_right ? ImGuiMouseButton_Right : ImGuiMouseButton_Left;
    io.AddMousePosEvent(x, y);
    io.AddMouseButtonEvent(button, true);
    io.AddMouseButtonEvent(button, false);
}

}  // namespace rackrace
