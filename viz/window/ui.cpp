#include "viz/window/ui.h"

#include <imgui.h>
#include <imgui_internal.h>

#include "viz/window/actions.h"
#include "viz/window/fonts.h"
#include "viz/window/frame/frame.h"
#include "viz/window/key_events.h"
#include "viz/window/overlays/overlays.h"

namespace rackrace {
namespace {

ImFont* add_font(std::span<const unsigned char> bytes) {
    ImFontConfig config;
    config.FontDataOwnedByAtlas = false;
    // The library takes the bytes as its own type and only reads them.
    return ImGui::GetIO().Fonts->AddFontFromMemoryTTF(const_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size()),
                                                      static_cast<float>(kTextSize), &config);
}

/// While letters are typed only these act: leaving, and what no text field knows.
bool acts_while_typing(const KeyPress& key) {
    return key.name == "Esc" || key.name == "F1" || (key.name.starts_with("Ctrl+") && key.name != "Ctrl+C");
}

/// Keys that a list or a text of an overlay moves by.
bool moves_in_overlay(const KeyPress& key) {
    return key.name == "Up" || key.name == "Down" || key.name == "PageUp" || key.name == "PageDown" || key.name == "Enter" ||
           key.name.ends_with("Tab");
}

void act_on_keys(Session& session) {
    for (const KeyPress& key : pressed_keys()) {
        const Overlay overlay = session.view.overlay;
        if ((is_typing() || has_text_field(overlay)) && !acts_while_typing(key)) continue;
        if (overlay != Overlay::none && moves_in_overlay(key)) continue;
        if (const Action* action = action_of(key)) perform(*action, session);
    }
}

}  // namespace

Ui::Ui() : context_(ImGui::CreateContext()), plots_(std::make_unique<PlotLibrary>()) {
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.ConfigInputTextCursorBlink = false;  // an untouched window draws nothing
    text_ = add_font(text_font());
    monospace_ = add_font(monospace_font());
    labels_.attach();
}

Ui::~Ui() {
    plots_.reset();
    ImGui::DestroyContext(context_);
}

WindowLook Ui::look_of(const ViewState& view) const { return {&theme_of(view.theme), view.scale, text_, monospace_, is_static_}; }

bool Ui::has_input() const { return context_->InputEventsQueue.Size > 0; }

void Ui::draw(Session& session, double frames_per_s) {
    WindowLook look = look_of(session.view);
    apply_look(look);
    labels_.begin_frame();
    ImGui::NewFrame();
    act_on_keys(session);
    draw_frame(session, look, frames_per_s);
    ImGui::Render();
    if (session.view.to_clipboard.empty()) return;
    ImGui::SetClipboardText(session.view.to_clipboard.c_str());
    session.view.to_clipboard.clear();
}

}  // namespace rackrace
