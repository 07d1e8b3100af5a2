// Vectors of sites: building, leaving a lease, selling on-site plant.
#include "engine/market/building.h"
#include "engine/market/exits.h"
#include "tests/engine/rules/rule_cases.h"

namespace rackrace::rules {
namespace {

Json run_building(const Parameters& p, const Json& in) {
    const double congestion = in.at("U"), it_kw = 1000.0 * in.at("mw_it").get<double>();
    return {{"cost", site_cost_usd(p, it_kw, congestion)}, {"slip_probability", slip_probability(p, congestion)}};
}

Json run_exits(const Parameters& p, const Json& in) {
    if (in.contains("book")) return {{"proceeds", onsite_sale_proceeds(p, Usd{in["book"]}).value}};
    return {{"fee", lease_exit_fee_usd(p, in.at("rent_usd_kw_q"), in.at("kw"), in.at("quarters_left"))}};
}

const Registered building{"building", run_building};
const Registered exits{"exits", run_exits};

}  // namespace
}  // namespace rackrace::rules
