// Vectors of wafer output.
#include "engine/market/wafers.h"
#include "tests/engine/rules/rule_cases.h"

namespace rackrace::rules {
namespace {

Json run_output(const Parameters& p, const Json& in) {
    const double yield = package_yield(p, in.at("y0"), in.at("y1"), in.at("age"));
    return {{"yield_", yield}, {"packages", chips_from_wafers(in.at("wafers"), in.at("mix"), in.at("per_wafer"), yield)}};
}

const Registered output{"wafer_output", run_output};

}  // namespace
}  // namespace rackrace::rules
