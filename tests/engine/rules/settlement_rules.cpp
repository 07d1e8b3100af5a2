// Vectors of the spot market, the clearing vector and the default waterfall.
#include "engine/market/spot_auction.h"
#include "engine/settle/clearing_vector.h"
#include "engine/settle/waterfall.h"
#include "tests/engine/rules/rule_cases.h"

namespace rackrace::rules {
namespace {

SpotOrders read_orders(const Json& side) {
    SpotOrders orders;
    for (const Json& one : side) {
        orders.rows[orders.count] = {kCustomer, one.at(1), one.at(2), letter_tie(static_cast<std::size_t>(orders.count))};
        ++orders.count;
    }
    return orders;
}

Json name_fills(const Json& side, const std::int64_t* filled) {
    Json out = Json::object();
    for (std::size_t i = 0; i < side.size(); ++i) out[side[i].at(0)] = filled[i];
    return out;
}

Json run_spot(const Parameters& p, const Json& in) {
    const SpotClearing clearing = clear_spot(p, read_orders(in.at("asks")), read_orders(in.at("bids")), in.at("last"));
    return {{"quantity", clearing.quantity},
            {"price", clearing.price_usd_h},
            {"sold", name_fills(in["asks"], clearing.sold)},
            {"bought", name_fills(in["bids"], clearing.bought)}};
}

Json run_clearing_vector(const Parameters& p, const Json& in) {
    ClearingBills bills;
    bills.count = in.at("n");
    for (int f = 0; f < bills.count; ++f) {
        bills.cash[f] = Usd{in.at("cash").at(static_cast<std::size_t>(f))};
        bills.id[f] = letter_tie(static_cast<std::size_t>(f));
    }
    for (const Json& due : in.at("dues")) bills.dues[due.at(0).get<int>()][due.at(1).get<int>()] += Usd{due.at(2)};
    const ClearingPayments payments = clear_bills(p, bills);
    Json out = {{"due", Json::array()}, {"paid", Json::array()}, {"short", Json::array()}};
    for (int f = 0; f < bills.count; ++f) {
        out["due"].push_back(payments.due[f].value);
        out["paid"].push_back(payments.paid[f].value);
        if (payments.is_short[f]) out["short"].push_back(f);
    }
    return out;
}

Json run_waterfall(const Parameters&, const Json& in) {
    Claims claims;
    std::vector<std::string> names;
    for (const char* kind : {"secured", "unsecured"}) {
        for (const Json& one : in.at(kind)) {
            claims.rows[claims.count] = {Usd{one.at(1)}, Usd{one.size() > 2 ? one[2].get<std::int64_t>() : 0}, letter_tie(names.size())};
            ++claims.count;
            names.push_back(one.at(0));
        }
    }
    const Recovery recovery = pay_by_priority(claims, Usd{in.at("value")});
    Json paid = {{"owners", recovery.owners.value}};
    for (std::size_t i = 0; i < names.size(); ++i) paid[names[i]] = recovery.paid[i].value;
    return {{"paid", paid}};
}

const Registered spot{"spot_auction", run_spot};
const Registered clearing_vector{"clearing_vector", run_clearing_vector};
const Registered waterfall{"default_waterfall", run_waterfall};

}  // namespace
}  // namespace rackrace::rules
