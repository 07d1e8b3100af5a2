// Vectors of the used-chip market: fundamental value, the dealer's bid, resale value.
#include "engine/market/used_chips.h"
#include "tests/engine/rules/rule_cases.h"

namespace rackrace::rules {
namespace {

Json run_used_chips(const Parameters& p, const Json& in) {
    if (in.contains("offered")) return {{"bid", dealer_bid_usd_chip(p, in.at("F"), in["offered"], in.at("depth"))}};
    if (in.contains("clearing")) {
        const bool offered = !in["clearing"].is_null();
        const double clearing = offered ? in["clearing"].get<double>() : 0.0;
        return {{"resale", resale_usd_chip(p, in.at("F"), in.at("list"), offered, clearing)}};
    }
    UsedChip chip;
    chip.perf_i_h100e_chip = in.at("perfI");
    chip.it_kw_chip = in.at("kw");
    chip.new_price_usd_chip = in.at("new_price");
    chip.sold_new = in.at("selling");
    chip.spot_i_ewma_usd_h = in.at("spotI_ewma");
    chip.spot_i_ewma_log_change = in.at("last_log_change");
    chip.energy_usd_mwh = in.at("energy_usd_mwh");
    chip.pue_ratio = in.at("pue");
    chip.shell_rent_usd_kw_q = in.at("rent");
    return {{"F", fundamental_value_usd_chip(p, chip)}};
}

const Registered used_chips{"used_chips", run_used_chips};

}  // namespace
}  // namespace rackrace::rules
