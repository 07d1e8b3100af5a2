// Vectors of the new-chip sale: the five rules, the cut to backing, priorities, list price, return of unpaid chips.
#include "engine/market/chip_backing.h"
#include "engine/market/chip_priority.h"
#include "engine/market/chip_return.h"
#include "engine/market/chip_sale.h"
#include "engine/market/list_price.h"
#include "engine/market/row_demand.h"
#include "tests/engine/rules/rule_cases.h"

namespace rackrace::rules {
namespace {

struct LetteredSale {
    ChipSale sale;
    std::vector<std::string> firms;
    std::uint64_t tie[kMaxFirms] = {};
};

ChipBid bid_of(const Json& steps) {
    ChipBid bid;
    for (const Json& step : steps) {
        bid.price_usd_chip[bid.steps] = step.at(0);
        bid.units[bid.steps] = step.at(1);
        ++bid.steps;
    }
    return bid;
}

LetteredSale sale_of(const Json& in) {
    LetteredSale lettered;
    ChipSale& sale = lettered.sale;
    sale.supply = in.at("supply");
    sale.reserve_usd_chip = in.contains("reserve") ? in["reserve"] : in.at("price");
    for (const auto& [firm, steps] : in.at("bids").items()) {
        const int f = sale.count++;
        lettered.firms.push_back(firm);
        lettered.tie[f] = letter_tie(static_cast<std::size_t>(f));
        sale.bids[f] = bid_of(steps);
        if (in.contains("bonus")) sale.score_bonus_frac[f] = in["bonus"].at(firm);
        if (in.contains("weights")) sale.weight[f] = in["weights"].at(firm);
    }
    return lettered;
}

RunCase run_sale(ChipRule rule) {
    return [rule](const Parameters&, const Json& in) {
        const LetteredSale lettered = sale_of(in);
        ChipAwards awards;
        clear_chips(rule, lettered.sale, lettered.tie, awards);
        Json out = {{"result", Json::object()}};
        for (int f = 0; f < lettered.sale.count; ++f) {
            Json& firm = out["result"][lettered.firms[static_cast<std::size_t>(f)]];
            firm = {{"units", awards.units[f]}, {"payment", awards.payment[f].value}};
            if (rule == ChipRule::uniform) firm["price"] = awards.units[f] > 0 ? Json(awards.price_usd_chip[f]) : Json();
        }
        if (rule == ChipRule::uniform) out["s_star"] = awards.best_rejected_score;
        return out;
    };
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

const Registered uniform{"chips_uniform", run_sale(ChipRule::uniform)};
const Registered pay_bid{"chips_paybid", run_sale(ChipRule::pay_bid)};
const Registered vickrey{"chips_vickrey", run_sale(ChipRule::vickrey)};
const Registered posted{"chips_posted", run_sale(ChipRule::posted)};
const Registered proportional{"chips_proportional", run_sale(ChipRule::proportional)};
const Registered bid_cut{"chip_bid_cut", run_bid_cut};
const Registered returned{"chip_return", run_return};
const Registered weight_bonus{"chip_weight_bonus", run_weight_bonus};
const Registered list_price{"list_price", run_list_price};

}  // namespace
}  // namespace rackrace::rules
