// The books of the quarter before the start: what every firm owns, owes, has on order, has signed and earned, as a World.
#pragma once

#include "engine/scenario/load_parameters.h"
#include "engine/scenario/names.h"
#include "engine/scenario/scenario.h"
#include "engine/scenario/tables.h"
#include "engine/world/world.h"

namespace rackrace {

inline constexpr int kBooksQuarter = 8;  // 2026Q1: the only quarter of which data/model has books

/// Reads the tables *_2026q1.csv. The scenario has its facts (load_facts); it gets the schedule of arrivals. `world` is all zero before.
/// other_parameters: those by firm, wafer_start_share_<firm>_frac.
void load_books(Tables& tables, const std::map<std::string, double>& other_parameters, Scenario& scenario, World& world, Names& names);

/// What the tables do not hold but the rules of model.md appendix C derive from them: paths, markets, segments, settings, standing.
/// The books are loaded. Valuation, ratings, pools and resale values are not set here: the rules of a quarter compute them.
void open_state(Scenario& scenario, World& world);

}  // namespace rackrace
