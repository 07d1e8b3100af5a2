// What builders of figures share: the frame of a figure, axes, stacks, and the last look at a figure before it leaves.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "viz/figures/figure_model.h"
#include "viz/figures/replay_store.h"

namespace rackrace {

Provenance provenance_of(const ReplayStore& store);

/// A figure with its name and where it comes from.
FigureModel start_figure(const ReplayStore& store, std::string id, std::string title, std::string subtitle = {});

FigureAxis quarter_axis();
/// Its shown unit is chosen by finish_figure from what is drawn.
FigureAxis measure_axis(std::string label, std::string unit, bool starts_at_zero = true);
FigureAxis category_axis(std::string label, std::vector<std::string> categories);
FigurePanel quarter_panel(std::string id, std::string title, std::string unit, bool starts_at_zero = true);

/// One datum a stored quarter. value(t) may be kNoValue; what says where it comes from; path is the address's part after '#', empty for none.
Series quarter_series(const ReplayStore& store, std::string id, std::string name, MarkShape shape, int look, const std::function<double(int)>& value,
                      const std::string& what, const std::string& path);

/// A column of table `quarters` in full.
Series market_series(const ReplayStore& store, std::string name, MarkShape shape, int look, const std::string& column);

/// Puts areas or bars of a panel on each other in their order: values above zero upwards from zero, those below downwards.
void stack_series(FigurePanel& panel);

/// What the stacked series sum to at a key.
double stacked_sum(const FigurePanel& panel, double key);

/// Sums over all keys of a stack against what the books say for each: one check, with the first key that fails or the last one.
void check_stack(FigureModel& figure, const FigurePanel& panel, const std::string& what, const std::function<double(double)>& recorded,
                 double tolerance_frac);

/// The unit in which an axis of numbers is shown whose largest number has this size; one that is chosen already stays.
void choose_unit(FigureAxis& axis, double size);

/// Chooses the units shown, turns infinite values into gaps and says so, adds a banner for every sum that fails.
FigureModel finish_figure(FigureModel figure);

/// Letters, digits and '-' for an id.
std::string id_of(std::string_view text);

}  // namespace rackrace
