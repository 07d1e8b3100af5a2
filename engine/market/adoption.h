// Adoption of AI products in a segment: the share of customers who use any, pulled by the frontier's capability. Never falls.
#pragma once

#include "engine/base/host_device.h"
#include "engine/base/numbers.h"
#include "engine/scenario/parameters.h"

namespace rackrace {

/// Parameters of one segment.
struct AdoptionRule {
    double innovation_frac;       // a, a quarter
    double imitation_frac;        // b, a quarter
    double ceiling_frac;          // Nmax
    double capability_slope;      // k, per power of ten
    double capability_min_oom;    // Amin: nobody adopts below it
};

RACKRACE_HD inline AdoptionRule adoption_rule(const Parameters& p, int segment) {
    return {p.adoption_innovation_frac[segment], p.adoption_imitation_frac[segment], p.adoption_ceiling_frac[segment],
            p.adoption_capability_slope[segment], p.adoption_capability_min_oom[segment]};
}

/// What moves a segment's adoption in one quarter, beside its rule.
struct AdoptionConditions {
    double frontier_oom;                    // Atop of the last release
    double noise_ratio = 1.0;               // multiplies a and b (adoption_noise_ratio of paths.h)
    double plateau_cap_frac = kInfinity;    // N(1+x) in a PLATEAU, else none
};

/// Share of customers who would adopt at the present frontier, at least those who have.
RACKRACE_HD inline double adoption_potential(const AdoptionRule& rule, double adopters_frac, const AdoptionConditions& now) {
    const double capability = max(0.0, now.frontier_oom - rule.capability_min_oom);
    const double reachable = rule.ceiling_frac * (1.0 - exp(-rule.capability_slope * capability));
    return max(adopters_frac, min(reachable, now.plateau_cap_frac));
}

/// Adopters after one quarter, in [adopters_frac, potential]; a customer once won does not leave the segment.
/// Source: Bass 1969, with a potential that grows with capability.
RACKRACE_HD inline double adopt(const AdoptionRule& rule, double adopters_frac, const AdoptionConditions& now) {
    const double potential = adoption_potential(rule, adopters_frac, now);
    if (!(potential > adopters_frac)) return adopters_frac;
    const double rate = (rule.innovation_frac + rule.imitation_frac * adopters_frac / potential) * now.noise_ratio;
    return min(potential, adopters_frac + rate * (potential - adopters_frac));
}

}  // namespace rackrace
