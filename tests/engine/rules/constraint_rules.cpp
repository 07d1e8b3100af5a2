// Vectors of the binding-constraint metric.
#include "engine/market/binding_constraint.h"
#include "tests/engine/rules/rule_cases.h"

namespace rackrace::rules {
namespace {

Json run_binding(const Parameters& p, const Json& in) {
    ConstraintSigns signs;
    signs.utilisation_frac = in.at("utilisation");
    signs.free_kw = in.at("free_kw");
    signs.usable_kw = in.at("usable_kw");
    signs.power_kw = in.at("power_kw");
    signs.shell_kw = in.at("shell_kw");
    signs.bids_cut = in.at("bids_cut");
    signs.credit_refused = in.at("credit_refused");
    signs.bid_unfilled = in.at("bid_unfilled");
    static constexpr const char* names[] = {"demand", "power", "shell", "money", "chips"};
    return {{"binding", names[static_cast<int>(binding_constraint(p, signs))]}};
}

const Registered binding{"binding_constraint", run_binding};

}  // namespace
}  // namespace rackrace::rules
