// From what a cell leaves behind to its outcome, for every back end: figures by name, failures in words.
#pragma once

#include "gpu/batch.h"
#include "gpu/cell.h"

namespace rackrace {

/// Of a cell that the table of compiled scripts played. failures [kMaxCoreFailures]: as in CoreTable. panel: `quarters` rows, nullptr for none.
Outcome outcome_of(const Profile& profile, std::int64_t cell, const CellEnd& end, const CoreFailure* failures, const KeyFigures* panel);

/// True where two outcomes of a cell are the same, bit by bit.
bool are_equal(const Outcome& a, const Outcome& b);

/// Of a cell whose profile cannot be made or seated.
Outcome refused_outcome(std::int64_t cell, const Refusals& refusals);

/// True where compiled scripts may and can play every firm, its autopilot and its administrator.
bool is_portable(const Profile& profile);

/// Adds a failure while there is room for it.
void add_failure(Outcome& outcome, CellFailure failure);

/// Makes an outcome one of a fault of ours; where its failures are many, the last makes room for the reason.
void end_with_fault(Outcome& outcome, int t, std::string reason);

/// Appends a quarter's figures.
void add_panel_row(Panel& panel, const KeyFigures& figures, int firms);

}  // namespace rackrace
