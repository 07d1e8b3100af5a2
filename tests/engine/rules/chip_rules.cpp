// Vectors of new chips beside the sale itself: the cut to backing, priorities, list price, return of unpaid chips.
#include "engine/market/chip_backing.h"
#include "engine/market/chip_priority.h"
#include "engine/market/chip_return.h"
#include "engine/market/list_price.h"
#include "engine/market/row_demand.h"
#include "tests/engine/rules/rule_cases.h"

namespace rackrace::rules {
namespace {

ChipBid bid_of(const Json& steps) {
    ChipBid bid;
    for (const Json& step : steps) {
        bid.price_usd_chip[bid.steps] = step.at(0);
        bid.units[bid.steps] = step.at(1);
        ++bid.steps;
    }
    return bid;
}

Json run_bid_cut(const Parameters&, const Json& in) {
    ChipBid bid = bid_of(in.at("steps"));
    cut_bid(bid, in.at("max_units"), in.at("system"), to_usd(in.at("buying_power")), to_usd(in.at("committed")));
    Json steps = Json::array();
    for (int k = 0; k < bid.steps; ++k) steps.push_back({bid.price_usd_chip[k], bid.units[k]});
    return {{"steps", steps}};
}

Json run_return(const Parameters&, const Json& in) {
    ChipStock stock{in.at("warehouse"), in.at("installed")};
    return_chips(stock, in.at("unpaid"));
    return {{"warehouse", stock.warehouse}, {"installed", stock.installed}};
}

Json run_weight_bonus(const Parameters& p, const Json& in) {
    if (in.contains("share_of_purchases")) return {{"loyalty_next", next_loyalty(p, in.at("loyalty"), in["share_of_purchases"])}};
    if (in.contains("share_row")) return {{"row", row_demand_chips(p, in["share_row"], in.at("output"), in.at("launch_list"), in.at("list"))}};
    const BuyerStanding buyer{in.at("H"), in.at("loyalty"), in.at("ready"), in.at("weight")};
    return {{"w", allocation_weight(p, buyer)}, {"pi", score_bonus(p, buyer)}};
}

Json run_list_price(const Parameters& p, const Json& in) {
    ListPriceNews news;
    news.list_usd_chip = in.at("list");
    news.mean_price_usd_chip = in.at("mean_price").is_null() ? 0.0 : in["mean_price"].get<double>();
    news.reserve_usd_chip = in.at("reserve");
    news.sold = in.at("sold");
    news.on_sale = in.at("supply");
    news.unit_cost_usd_chip = in.at("cost");
    news.launch_list_usd_chip = in.at("launch");
    news.successor_sells = in.at("next_sells");
    news.follows_market = in.at("auction");
    return {{"list", next_list_price(p, news)}};
}

const Registered bid_cut{"chip_bid_cut", run_bid_cut};
const Registered returned{"chip_return", run_return};
const Registered weight_bonus{"chip_weight_bonus", run_weight_bonus};
const Registered list_price{"list_price", run_list_price};

}  // namespace
}  // namespace rackrace::rules
