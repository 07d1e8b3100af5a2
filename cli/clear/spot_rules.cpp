// The spot market for GPU-hours of one grade.
#include "cli/clear/rule.h"
#include "engine/market/spot_auction.h"

namespace rackrace::clear {
namespace {

void check_side(const Json& in, const char* side, Refusals& wrong) {
    std::vector<std::string> ids;
    std::int64_t total = 0;
    for (const Json& order : in.at(side)) {
        ids.push_back(order.at(0));
        total += order.at(2).get<std::int64_t>();
    }
    need_distinct(ids, side, wrong);
    need_total(total, kMostUnits, side, wrong);
}

void check_spot(const Parameters&, const Json& in, Refusals& wrong) {
    check_side(in, "asks", wrong);
    check_side(in, "bids", wrong);
}

SpotOrders read_orders(const Json& side) {
    SpotOrders orders;
    for (const Json& order : side) orders.rows[orders.count++] = {kCustomer, order.at(1), order.at(2), tie_of_name(order.at(0))};
    return orders;
}

Json name_fills(const Json& side, const std::int64_t* filled) {
    Json out = Json::object();
    for (std::size_t i = 0; i < side.size(); ++i) out[side[i].at(0).get<std::string>()] = filled[i];
    return out;
}

Json run_spot(const Parameters& p, const Json& in) {
    const SpotClearing clearing = clear_spot(p, read_orders(in.at("asks")), read_orders(in.at("bids")), in.at("last"));
    return {{"quantity", clearing.quantity},
            {"price", clearing.price_usd_h},
            {"sold", name_fills(in["asks"], clearing.sold)},
            {"bought", name_fills(in["bids"], clearing.bought)}};
}

}  // namespace

std::vector<Rule> spot_rules() {
    const auto orders = [](const char* name, const char* meaning, const char* limit) {
        return list_of(name, meaning, kMaxSpotOrders,
                       row_of({named("id", "of the order"), price("price", "$/H100e-hour", limit), units("quantity", "H100e", "for the quarter")}));
    };
    const auto fills = [](const char* name, const char* meaning) {
        return by_name(name, meaning, "id", kMaxSpotOrders, units("quantity", "H100e", ""));
    };
    return {
        {"spot", "Cheapest asks meet dearest bids; the largest quantity that can trade does, at one price",
         record_of({orders("asks", "offers to sell, in any order", "lowest price"), orders("bids", "offers to buy, in any order", "highest price"),
                    price("last", "$/H100e-hour", "price before, kept as far as the orders allow where nothing trades")}),
         record_of({units("quantity", "H100e", "traded"), price("price", "$/H100e-hour", "of all of it"), fills("sold", "of each ask"),
                    fills("bought", "of each bid")}),
         check_spot, run_spot}};
}

}  // namespace rackrace::clear
