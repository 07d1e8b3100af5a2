// P16, first part: the market's mood and its extrapolated growth after the quarter's AI spending, and what news does to each firm's value.
// Before valuations, which read all three: growth below trend lowers multiples at once (5.15).
#pragma once

#include "engine/market/exogenous.h"
#include "engine/market/live_contracts.h"
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

/// H100e that each firm signed this quarter, what it sold to a party less what it bought from it, and the other way round.
RACKRACE_HD RACKRACE_APART inline void sum_signed(const World& world, const LiveContracts& live, double (&signed_h100e)[kMaxFirms]) {
    double sold[kMaxFirms][kParties] = {};
    RACKRACE_NO_UNROLL
    for (int i = 0; i < live.count; ++i) {
        const Contract& contract = world.contracts[live.slot[i]];
        if (contract.id < world.history.next_contract_id) continue;
        if (is_firm(contract.seller)) sold[contract.seller][contract.buyer] += contract.quantity_h100e;
        if (is_firm(contract.buyer)) sold[contract.buyer][contract.seller] -= contract.quantity_h100e;
    }
    RACKRACE_NO_UNROLL
    for (int f = 0; f < kMaxFirms; ++f) {
        signed_h100e[f] = 0.0;
        RACKRACE_NO_UNROLL
        for (int party = 0; party < kParties; ++party) signed_h100e[f] += sold[f][party] < 0.0 ? -sold[f][party] : sold[f][party];
    }
}

/// The news factor of every firm. released_oom [firm]: rise of its released capability by models of its own (train_models).
RACKRACE_HD RACKRACE_APART inline void spread_news(const Scenario& scenario, World& world, const LiveContracts& live, const double* released_oom) {
    const Parameters& p = scenario.parameters;
    double signed_h100e[kMaxFirms];
    sum_signed(world, live, signed_h100e);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        Firm& firm = world.firms[f];
        double pools = 0.0;
        RACKRACE_NO_UNROLL
        for (int g = 0; g < kMaxGenerations; ++g) pools += firm.pool_h100e[g];
        firm.news_factor = next_news_factor(p, firm.news_factor, contract_news(p, signed_h100e[f], pools), capability_news(p, released_oom[f]));
    }
}

}  // namespace rackrace
