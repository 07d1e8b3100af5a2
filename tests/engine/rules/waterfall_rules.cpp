// Vectors of the default waterfall.
#include "engine/settle/waterfall.h"
#include "tests/engine/rules/rule_cases.h"

namespace rackrace::rules {
namespace {

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

const Registered waterfall{"default_waterfall", run_waterfall};

}  // namespace
}  // namespace rackrace::rules
