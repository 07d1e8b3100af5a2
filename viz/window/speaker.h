// Tells a listener every sentence of the status line, once.
#pragma once

#include <string>

#include "viz/window/window.h"

namespace rackrace {

class Speaker {
public:
    explicit Speaker(const WindowListener& listener) : listener_(listener) {}
    void listen(const ViewState& view) {
        if (view.status == last_ || !listener_.say) return;
        last_ = view.status;
        if (!last_.empty()) listener_.say(last_);
    }

private:
    const WindowListener& listener_;
    std::string last_;
};

}  // namespace rackrace
