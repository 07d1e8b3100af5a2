// A figure of two runs: the second's lines beside the first's, and the second less the first.
#pragma once

#include <string>
#include <string_view>

#include "viz/figures/figure_model.h"

namespace rackrace {

enum class Against {
    overlay,    // both, and the difference under them
    side,       // each in a panel of its own, beside each other
    difference  // the difference alone
};

/// The figure of two runs is named after that of one: "prices-against". The name of the latter; a name of one run is itself.
std::string one_run_name(std::string_view name);

/// Whether two runs can share a panel: lines, steps and single bars over quarters. Stacks, lists and books of one quarter cannot.
bool can_be_compared(const FigurePanel& panel);

/// The panels that both figures have. Overlaid and subtracted are those that can be compared: the first run's lines thick, the second's thin in the same looks;
/// lanes of marks stand one after the other then; side by side are all. `parting` says where the runs part, as a sentence without its end; empty where they do not. A figure without such a panel has `empty_text`.
FigureModel against(const FigureModel& first, const FigureModel& second, const std::string& parting, Against mode);

}  // namespace rackrace
