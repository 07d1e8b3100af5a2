// What builders of figures of batches share: where a figure comes from, the values of a quarter that are there, how many runs they are of.
#pragma once

#include <string>
#include <vector>

#include "viz/figures/ensemble_catalogue.h"
#include "viz/figures/figure_model.h"

namespace rackrace {

Provenance provenance_of(const Ensemble& ensemble);

/// A figure with its name and where it comes from; says what the batch lacks.
FigureModel start_figure(const Ensemble& ensemble, std::string id, std::string title, std::string subtitle);

/// The finite values of one quarter, in the order of the runs.
std::vector<double> values_at(const Courses& courses, int t);

/// "40 runs", or "40 runs, 2 failed".
std::string count_text(const Ensemble& ensemble);

}  // namespace rackrace
