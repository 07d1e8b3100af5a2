#include "viz/window/labels.h"

#include <imgui.h>
#include <imgui_internal.h>

// The library calls these four where its hooks are compiled in and switched on; without a Labels they do nothing.
void ImGuiTestEngineHook_ItemAdd(ImGuiContext*, ImGuiID, const ImRect&, const ImGuiLastItemData*) {}
void ImGuiTestEngineHook_ItemInfo(ImGuiContext* context, ImGuiID id, const char* label, ImGuiItemStatusFlags) {
    auto* labels = static_cast<rackrace::Labels*>(context->TestEngine);
    if (labels == nullptr || label == nullptr || context->LastItemData.ID != id) return;
    ImRect place = context->LastItemData.Rect;
    place.ClipWith(context->CurrentWindow->ClipRect);
    if (place.GetWidth() > 0.0F && place.GetHeight() > 0.0F) labels->add(label, {place.Min.x, place.Min.y, place.Max.x, place.Max.y});
}
void ImGuiTestEngineHook_Log(ImGuiContext*, const char*, ...) {}
const char* ImGuiTestEngine_FindItemDebugLabel(ImGuiContext*, ImGuiID) { return nullptr; }

namespace rackrace {

void Labels::attach() {
    ImGui::GetCurrentContext()->TestEngine = this;
    ImGui::GetCurrentContext()->TestEngineHookItems = true;
}

std::optional<Labels::Place> Labels::find(const std::string& label) const {
    const auto at = places_.find(label);
    if (at == places_.end()) return std::nullopt;
    return at->second;
}

}  // namespace rackrace
