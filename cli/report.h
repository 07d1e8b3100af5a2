// The report of a run on one screen: prices, supply, what bound each year, who failed or is short of cash, what the owners hold. Taken from the
// replay, so that `run` and `show` print the same; why scripts are interpreted is what `run` alone knows.
#pragma once

#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/replay/replay_reader.h"

namespace rackrace {

/// Means of a calendar year's quarters for prices, sums for flows, the last quarter for stocks.
struct ReportYear {
    int year = 0;
    int quarters = 0;
    double spot_t_usd_h = 0.0, spot_i_usd_h = 0.0;
    double supply_gh = 0.0, unmet_gh = 0.0, util_frac = 0.0;
    double made_million_chips = 0.0, usable_gw = 0.0;
    double capex_busd = 0.0, ai_revenue_busd = 0.0;
    double bound_frac[5] = {};  // of firm quarters: demand, power, shell, money, chips
};

struct ReportFirm {
    std::string firm, role;
    double first_value_busd = 0.0, last_value_busd = 0.0;
    std::vector<std::pair<std::string, std::string>> arrears;  // first and last quarter of each spell
    double most_arrears_busd = 0.0;
    std::string failures;  // "default 2027Q3, reorganised 2028Q1"; empty without any
};

struct Report {
    RunRecord run;
    std::string engines, rejections;
    std::string first_quarter, last_quarter, value_quarter;    // of the first owners' values
    double spot_t[2] = {}, spot_i[2] = {}, supply_gh[2] = {};  // first and last quarter played
    double unmet_peak_gh = 0.0;
    std::string unmet_quarter;
    std::vector<ReportYear> years;
    std::vector<ReportFirm> firms;
};

/// Refused where the replay cannot be read.
Result<Report> make_report(Replay& replay);

/// Plain text of at most 100 columns.
std::string report_text(const Report& report);

}  // namespace rackrace
