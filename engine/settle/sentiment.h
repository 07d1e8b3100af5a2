// P16, first part: the market's mood and its extrapolated growth after the quarter's AI spending, and what news does to each firm's value.
// Before valuations, which read all three: growth below trend lowers multiples at once (5.15).
#pragma once

#include "engine/market/exogenous.h"
#include "engine/settle/valuation.h"

namespace rackrace {

/// ai_growth_frac: log growth of AI spending in the quarter. The surprise is against the growth expected before this quarter.
RACKRACE_HD RACKRACE_APART inline void update_sentiment(const Scenario& scenario, World& world, const Chance& chance, double ai_growth_frac) {
    const Parameters& p = scenario.parameters;
    const double normal = chance_of_quarter(scenario, chance, world.t).sentiment;
    const double defaulted_usd = to_double(world.defaulted_debt);
    const double credit_supply_usd = world.credit_supply_usd > 0.0 ? world.credit_supply_usd : p.credit_supply_2026q1_usd;
    world.sentiment = next_sentiment(p, world.sentiment, ai_growth_frac, world.expected_growth_frac, defaulted_usd, credit_supply_usd, normal);
    world.expected_growth_frac = next_expected_growth_frac(p, world.expected_growth_frac, ai_growth_frac);
}

/// The news factor of every firm. released_oom [firm]: rise of its released capability by models of its own (train_models).
RACKRACE_HD RACKRACE_APART inline void spread_news(const Scenario& scenario, World& world, const double* released_oom) {
    const Parameters& p = scenario.parameters;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        Firm& firm = world.firms[f];
        firm.news_factor = next_news_factor(p, firm.news_factor, 0.0, capability_news(p, released_oom[f]));
    }
}

}  // namespace rackrace
