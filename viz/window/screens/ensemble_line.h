// Which key figure the fan is of, in one line above it; its name opens the list of them. Beside it the button that keeps the run at hand as a thread, and
// those of the bands, the median and the mean.
#pragma once

#include <string>
#include <vector>

#include "viz/window/look.h"
#include "viz/window/session.h"

namespace rackrace {

struct EnsembleLine {
    std::string figure;     // "cash_usd of coreweave"; empty where no batch is open
    std::string text;       // what it is
    std::string keep;       // "Keep run 137", "Let run 137 go"; "Keep run" where none is at hand
    bool can_keep = false;  // a run is at hand
    struct Part {
        std::string label, action;  // "median###fan-median"
        bool is_drawn = true;
    };
    std::vector<Part> parts = {};  // of the fan; none where it draws each run
};

EnsembleLine prepare_ensemble_line(Session& session);
void draw_ensemble_line(const EnsembleLine& line, Session& session, const WindowLook& look);

}  // namespace rackrace
