// The story of a run year by year: output and price of chips, power won and what it costs, AI revenue, who spends and who earns, what bound the
// firms. Taken from the replay; `rackrace show RUN --years` prints it.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/base/result.h"
#include "engine/replay/replay_reader.h"

namespace rackrace {

/// Sums for flows of a calendar year's quarters, means for prices, weighted by what was sold for those of chips and power.
struct StoryYear {
    int year = 0;
    int quarters = 0;
    double made_million_chips = 0.0;
    double paid_over_list = 0.0;        // price paid in open sales over the list price at the opening; 0 where none sold
    double grid_won_gw = 0.0;           // at the meter, in the year's lots
    double grid_connected_gw = 0.0;     // what the firms' connected grid power rose by
    double adder_usd_kw_q = 0.0;        // of the lots, by kW won; 0 where none was
    double ai_revenue_busd = 0.0;
    double hyperscaler_capex_busd = 0.0, capex_busd = 0.0;
    double supplier_busd = 0.0, neocloud_busd = 0.0;  // revenue of the largest one of each
    double spot_t_usd_h = 0.0, spot_i_usd_h = 0.0;
    double util_frac = 0.0;
    std::string bound_by;               // what most firm quarters were bound by, empty without firms
    double bound_frac = 0.0;            // part of them
};

struct Story {
    std::string supplier, neocloud;  // with the most revenue of their role over the run; empty where the role has no firm
    std::vector<StoryYear> years;
};

/// Refused where the replay cannot be read.
Result<Story> make_story(Replay& replay);

/// Plain text of at most 110 columns.
std::string story_text(const Story& story);

/// The same as an object: supplier, neocloud and the years, all names with units.
nlohmann::ordered_json story_json(const Story& story);

}  // namespace rackrace
