// Rules that share a short supply: the weighted uniform rule by itself, and the allotment of wafers.
#include "cli/clear/rule.h"
#include "engine/market/wafers.h"
#include "engine/market/weighted_uniform.h"

namespace rackrace::clear {
namespace {

constexpr int kMaxOrders = 32;

void check_weighted_uniform(const Parameters&, const Json& in, Refusals& wrong) { need_same_length(in, "orders", "weights", wrong); }

Json run_weighted_uniform(const Parameters&, const Json& in) {
    std::int64_t orders[kMaxOrders] = {}, awards[kMaxOrders] = {};
    double weights[kMaxOrders] = {};
    std::uint64_t tie[kMaxOrders] = {};
    const std::size_t count = in.at("orders").size();
    for (std::size_t i = 0; i < count; ++i) {
        orders[i] = in["orders"][i];
        weights[i] = in.at("weights")[i];
        tie[i] = tie_of_place(i);
    }
    weighted_uniform<kMaxOrders>(orders, weights, tie, static_cast<int>(count), in.at("supply"), awards);
    Json out = Json::array();
    for (std::size_t i = 0; i < count; ++i) out.push_back(awards[i]);
    return {{"awards", out}};
}

void check_wafers(const Parameters&, const Json& in, Refusals& wrong) {
    need_same_length(in, "request", "w_last", wrong);
    need_same_length(in, "request", "mean4", wrong);
}

Json run_wafers(const Parameters& p, const Json& in) {
    WaferRequests requests;
    std::uint64_t tie[kMaxSuppliers] = {};
    requests.count = static_cast<int>(in.at("request").size());
    requests.capacity_last = in.at("omega_t2");
    requests.capacity = in.at("omega_t3");
    for (std::size_t s = 0; s < in["request"].size(); ++s) {
        requests.request[s] = in["request"][s];
        requests.last[s] = in.at("w_last")[s];
        requests.mean_allotment[s] = in.at("mean4")[s];
        tie[s] = tie_of_place(s);
    }
    const WaferAllotment allotment = allot_wafers(p, requests, tie);
    Json guaranteed = Json::array(), wafers = Json::array();
    for (int s = 0; s < requests.count; ++s) {
        guaranteed.push_back(allotment.guaranteed[s]);
        wafers.push_back(allotment.wafers[s]);
    }
    return {{"guaranteed", guaranteed}, {"allotment", wafers}};
}

}  // namespace

std::vector<Rule> sharing_rules() {
    constexpr double least_weight = 1e-9;
    const auto wafers = [](const char* name, const char* meaning) {
        return list_of(name, meaning, kMaxSuppliers, units("wafers", "wafers/quarter", ""));
    };
    const auto omega = [](const char* name, const char* meaning) {
        return frac(name, "wafers/quarter", meaning, 0.0, static_cast<double>(kMostUnits));
    };
    return {{"weighted-uniform", "A short supply by weight, nobody more than its order: asking for more than one's share does not raise it",
             record_of({list_of("orders", "what each asks for", kMaxOrders, units("order", "units", "")),
                        list_of("weights", "of each order, in the same order", kMaxOrders, frac("weight", "any scale", "", least_weight, kMostPrice)),
                        units("supply", "units", "to be shared")}),
             record_of({list_of("awards", "what each gets", kMaxOrders, units("award", "units", ""))}), check_weighted_uniform, run_weighted_uniform},
            {"wafers", "Packaging capacity three quarters ahead: a share of the last allotment is safe, the rest goes by weight",
             record_of({wafers("request", "of each supplier, for quarter t+3"), wafers("w_last", "its allotment for t+2"),
                        list_of("mean4", "mean of its last four allotments, its weight", kMaxSuppliers,
                                frac("wafers", "wafers/quarter", "", 0.0, static_cast<double>(kMostUnits))),
                        omega("omega_t2", "capacity of quarter t+2"), omega("omega_t3", "capacity of quarter t+3")}),
             record_of({wafers("guaranteed", "safe part of each supplier's allotment"), wafers("allotment", "all of it, the safe part included")}),
             check_wafers, run_wafers}};
}

}  // namespace rackrace::clear
