// What a batch can be shown by: each key figure of the market, then each of every firm.
#pragma once

#include <string>
#include <vector>

#include "viz/window/session.h"

namespace rackrace {

struct KeyFigure {
    std::string figure, firm;  // the firm is empty for figures of the market
    std::string unit, meaning;
    /// "spot_i_usd_h", "cash_usd of coreweave".
    std::string name() const { return key_figure_name(figure, firm); }
};

std::vector<KeyFigure> key_figures_of(const Ensemble& ensemble);

/// From now on the figures of the batch are of this one. What cannot be read is told in the status line, and all stays as it was.
void show_key_figure(Session& session, const KeyFigure& figure);

}  // namespace rackrace
