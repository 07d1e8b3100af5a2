// Where everything that has a label is drawn, by label: for tests and scripts of keys, which click what they name, not coordinates.
#pragma once

#include <map>
#include <optional>
#include <string>

struct ImGuiContext;

namespace rackrace {

class Labels {
public:
    struct Place {
        float left = 0.0F, top = 0.0F, right = 0.0F, bottom = 0.0F;
        float x() const { return (left + right) / 2.0F; }
        float y() const { return (top + bottom) / 2.0F; }
    };

    /// Of the current context of the interface library, from the next frame on. The object outlives the context's last frame.
    void attach();
    /// Of the frame drawn last. Of several with one label, the one drawn last.
    std::optional<Place> find(const std::string& label) const;
    const std::map<std::string, Place>& all() const { return places_; }

    void begin_frame() { places_.clear(); }
    void add(const char* label, const Place& place) { places_[label] = place; }

private:
    std::map<std::string, Place> places_;
};

}  // namespace rackrace
