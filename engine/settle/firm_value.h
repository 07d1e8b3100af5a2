// P16, second part: what each firm is worth to the stock market and to its first owners. Values are quoted and compared, never posted.
#pragma once

#include "engine/market/rolls.h"
#include "engine/market/shocks.h"
#include "engine/settle/broken_up.h"
#include "engine/settle/firm_rating.h"
#include "engine/settle/valuation.h"

namespace rackrace {

/// E: market value of the shares. A parent's support (CoreGrowth::support) is no core business. RATE takes from the value of all earnings.
RACKRACE_HD inline void value_equity(const Scenario& scenario, World& world, int f, double lease_pv_usd) {
    const Parameters& p = scenario.parameters;
    Firm& firm = world.firms[f];
    const bool is_supported = scenario.firms[f].core_growth == CoreGrowth::support;
    EquityInputs inputs{};
    const double core = p.quarters_per_year * to_double(firm.history[0].ebitda_core);
    const double value_ratio = rate_discount(scenario, world.t, kMaxQuarters);  // earnings beyond any shock
    inputs.core_ebitda_usd_year = is_supported ? 0.0 : value_ratio * core;
    inputs.ai_ebitda_usd_year = value_ratio * (firm.ebitda_forward_usd - core);
    inputs.run_rate_usd_year = value_ratio * (p.quarters_per_year * to_double(firm.history[0].ai_revenue));
    inputs.net_debt_usd = owed_usd(world, f) + lease_pv_usd - to_double(cash_of(world, f));
    inputs.assets_usd = assets_usd(world, f);
    firm.equity_value_usd = equity_value_usd(p, firm.role, inputs, world.sentiment, firm.news_factor);
}

/// Chips at resale: those in service, and waiting ones at most at cost.
struct ChipValue {
    double running_usd;
    double waiting_usd;
};

RACKRACE_HD inline ChipValue value_chips(const World& world, const Firm& firm, std::uint32_t held) {
    ChipValue value{};
    RACKRACE_NO_UNROLL
    for (; held != 0; held &= held - 1) {
        const int p = lowest_bit(held);
        const Holding& h = firm.holdings[p];
        const double chips = static_cast<double>(h.installed) + h.warehouse;
        if (chips == 0.0) continue;
        const double resale = world.products[p].resale_usd_chip;
        value.running_usd += h.installed * resale;
        value.waiting_usd += h.warehouse * min(resale, to_double(h.gross) / chips);
    }
    return value;
}

/// FCFn: mean of the last terminal_window_q quarters of (EBITDA - tax - economic depreciation), a year, contracts at the spot EWMA.
RACKRACE_HD inline double normal_free_cash_usd_year(const Parameters& p, const Firm& firm) {
    const int n = static_cast<int>(p.terminal_window_q);
    double sum = 0.0;
    RACKRACE_NO_UNROLL
    for (int q = 0; q < n; ++q) {
        const Flows& flows = firm.history[q];
        sum += to_double(flows.ebitda_ai + flows.ebitda_core - flows.contract_premium - flows.tax - flows.economic_depreciation);
    }
    return sum * p.quarters_per_year / n;
}

/// TVE of section 7 at this close. Nothing counts twice: cash is in net debt only, waiting chips in work in progress only, and rent in
/// EBITDA, so the present value of leases weighs only on what breaking up brings.
RACKRACE_HD inline double terminal_value_usd(const Scenario& scenario, const World& world, int f, std::uint32_t held, const ContractBook& book,
                                             const LeaseValue& leases) {
    const Parameters& p = scenario.parameters;
    const Firm& firm = world.firms[f];
    const ChipValue chips = value_chips(world, firm, held);
    const auto account = [&](Account a) { return to_double(balance_of(world, f, a)); };
    const double broken_up = broken_up_usd(scenario, world, f, chips.running_usd, 0.0) - leases.total_usd;
    const double rate = p.discount_rate_apr[static_cast<int>(firm.role)];
    const double operating = operating_terminal_value_usd(p, normal_free_cash_usd_year(p, firm), rate, broken_up);
    const double in_progress = account(Account::building) + account(Account::chip_deposits) + chips.waiting_usd +
                               account(Account::prepaid_compute) + account(Account::deferred_revenue);
    return owners_terminal_value_usd(operating, in_progress, book.premium_pv_usd - leases.dear_usd, owed_usd(world, f) - to_double(cash_of(world, f)));
}

/// U of section 7 were the run to end at this close: discounted payouts of the quarters played, and the owners' share of what is there.
/// held: held_products; discount: owners_discount of the firm's role.
RACKRACE_HD inline void value_owners(const Scenario& scenario, World& world, int f, std::uint32_t held, double discount, const ContractBook& book,
                                     const LeaseValue& leases) {
    Firm& firm = world.firms[f];
    if (world.t >= scenario.start_t) firm.discounted_payouts_usd += discount * firm.own_frac * to_double(firm.history[0].payout);
    firm.terminal_value_usd = terminal_value_usd(scenario, world, f, held, book, leases);
    firm.value_usd = firm.discounted_payouts_usd + discount * firm.own_frac * firm.terminal_value_usd;
}

/// The conversion price of an opening convertible, given as a ratio of the opening share price, in $ a share.
RACKRACE_HD inline void price_convertibles(const Scenario& scenario, World& world) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        Firm& firm = world.firms[f];
        RACKRACE_NO_UNROLL
        for (int d = 0; d < kMaxTranches; ++d) {
            Tranche& tranche = firm.debt[d];
            if (tranche.kind != DebtKind::convertible) continue;
            tranche.conversion_price *= firm.equity_value_usd / firm.shares;
        }
    }
}

/// P16 for all firms, after resale values and histories are known.
RACKRACE_HD RACKRACE_APART inline void value_firms(const Scenario& scenario, World& world, const Rolls& rolls) {
    const double discount = quarter_discount(scenario.parameters);
    double owners[kRoles];  // their discount
    RACKRACE_NO_UNROLL
    for (int role = 0; role < kRoles; ++role) owners[role] = owners_discount(scenario.parameters, static_cast<Role>(role), world.t - scenario.start_t + 1);
    Annuities annuity;
    fill_annuities(scenario, world, discount, annuity);
    ContractBook books[kMaxFirms];
    read_contracts(scenario, world, rolls.contracts, discount, books);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        const LeaseValue leases = lease_value(scenario, world.firms[f], f, annuity);
        rate_firm(scenario, world, f, books[f], leases.total_usd);
        value_equity(scenario, world, f, leases.total_usd);
        value_owners(scenario, world, f, rolls.held[f], owners[static_cast<int>(world.firms[f].role)], books[f], leases);
    }
}

}  // namespace rackrace
