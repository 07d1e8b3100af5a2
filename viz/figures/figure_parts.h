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

/// One datum a stored quarter. value(t) may be kNoValue; `what` is the number in words, of which each mark's reason is a sentence, in `unit`; path is the
/// address's part after '#', empty for none.
Series quarter_series(const ReplayStore& store, std::string id, std::string name, MarkShape shape, int look, const std::function<double(int)>& value,
                      const std::string& what, const std::string& unit, const std::string& path);

/// "cash of coreweave: 412 M$ in 2028Q3, 386.2 M$ in 2028Q2"
std::string course_text(const std::string& what, const std::string& unit, int t, double now, double before);

/// "acquired 2032Q1 by meta", "defaulted 2029Q2", "not founded": why a firm is not there at t; empty where it is.
std::string absence_of(const ReplayStore& store, int t, const std::string& firm);

/// Gaps, with the reason, where a firm is not there and its books hold nothing.
void leave_gaps(const ReplayStore& store, const std::string& firm, Series& series);

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

/// "412 M$", "6.2 %", "0.21": a number of a column's unit, in the unit in which it is shown.
std::string text_in_unit(const std::string& unit, double value);

/// Chooses the units shown, turns infinite values into gaps and says so, adds a banner for every sum that fails.
FigureModel finish_figure(FigureModel figure);

/// Letters, digits and '-' for an id.
std::string id_of(std::string_view text);

}  // namespace rackrace
