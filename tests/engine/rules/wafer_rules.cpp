// Vectors of wafer allotment and output.
#include "engine/market/wafers.h"
#include "tests/engine/rules/rule_cases.h"

namespace rackrace::rules {
namespace {

Json run_allotment(const Parameters& p, const Json& in) {
    WaferRequests requests;
    std::uint64_t tie[kMaxSuppliers] = {};
    requests.count = static_cast<int>(in.at("request").size());
    requests.capacity_last = in.at("omega_t2");
    requests.capacity = in.at("omega_t3");
    for (int s = 0; s < requests.count; ++s) {
        requests.request[s] = in["request"][s];
        requests.last[s] = in.at("w_last")[s];
        requests.mean_allotment[s] = in.at("mean4")[s];
        tie[s] = letter_tie(static_cast<std::size_t>(s));
    }
    const WaferAllotment allotment = allot_wafers(p, requests, tie);
    Json out = {{"guaranteed", Json::array()}, {"allotment", Json::array()}};
    for (int s = 0; s < requests.count; ++s) {
        out["guaranteed"].push_back(allotment.guaranteed[s]);
        out["allotment"].push_back(allotment.wafers[s]);
    }
    return out;
}

Json run_output(const Parameters& p, const Json& in) {
    const double yield = package_yield(p, in.at("y0"), in.at("y1"), in.at("age"));
    return {{"yield_", yield}, {"packages", chips_from_wafers(in.at("wafers"), in.at("mix"), in.at("per_wafer"), yield)}};
}

const Registered allotment{"wafer_allotment", run_allotment};
const Registered output{"wafer_output", run_output};

}  // namespace
}  // namespace rackrace::rules
