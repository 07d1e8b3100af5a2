// The tables that no quarter changes: firms, products, regions and paths become the Scenario and its Names.
#pragma once

#include "engine/scenario/load_parameters.h"
#include "engine/scenario/names.h"
#include "engine/scenario/scenario.h"
#include "engine/scenario/tables.h"

namespace rackrace {

inline constexpr int kLastPathQuarter = 35;  // 2032Q4, the end of paths.csv: later quarters hold its value

inline constexpr const char* kRoleNames[kRoles] = {"hyperscaler", "neocloud", "lab", "supplier"};

/// Fills firms (sorted by id), regions (by region_i), products (by slot_i) and the paths. scenario.parameters, start_t and end_t are given.
/// file_parameters: as parameters.csv has them, so that the packaging path follows a scenario's own growth of it; is_packaging_high: the
/// path packaging_wafers_table in its place.
void load_facts(Tables& tables, const Parameters& file_parameters, bool is_packaging_high, Scenario& scenario, Names& names);

}  // namespace rackrace
