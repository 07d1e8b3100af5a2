// Vectors of the weighted uniform rule.
#include "engine/market/weighted_uniform.h"
#include "tests/engine/rules/rule_cases.h"

namespace rackrace::rules {
namespace {

Json run_weighted_uniform(const Parameters&, const Json& in) {
    std::int64_t orders[32] = {}, awards[32] = {};
    double weights[32] = {};
    std::uint64_t tie[32] = {};
    const int count = static_cast<int>(in.at("orders").size());
    for (int i = 0; i < count; ++i) {
        orders[i] = in["orders"][i];
        weights[i] = in["weights"][i];
        tie[i] = letter_tie(i);
    }
    weighted_uniform<32>(orders, weights, tie, count, in.at("supply"), awards);
    Json out = {{"awards", Json::array()}};
    for (int i = 0; i < count; ++i) out["awards"].push_back(awards[i]);
    return out;
}

const Registered weighted{"weighted_uniform", run_weighted_uniform};

}  // namespace
}  // namespace rackrace::rules
