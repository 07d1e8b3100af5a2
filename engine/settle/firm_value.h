// P16, second part: how lenders, the stock market and the first owners see each firm. Values are quoted and compared, never posted.
#pragma once

#include "engine/market/annuity.h"
#include "engine/market/generation_pool.h"
#include "engine/settle/backlog.h"
#include "engine/settle/payments.h"
#include "engine/settle/rating.h"
#include "engine/settle/valuation.h"

namespace rackrace {

/// Present value of the rent still owed, and of its part above the rent of a new lease. Leases outside the model are constant.
struct LeaseValue {
    double total_usd;
    double dear_usd;
};

RACKRACE_HD inline LeaseValue lease_value(const Scenario& scenario, const Firm& firm, int f) {
    LeaseValue value{scenario.firms[f].other_lease_pv_usd, 0.0};
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) {
        const Site& site = firm.sites[r];
        if (site.lease_kw == 0) continue;
        const double years = annuity_q(scenario.parameters, site.lease_left_q) * site.lease_kw;
        value.total_usd += site.lease_rent_usd_kw_q * years;
        value.dear_usd += (site.lease_rent_usd_kw_q - scenario.parameters.lease_rent_usd_kw_q) * years;
    }
    return value;
}

/// What a firm's contracts say of its future: receipts to come, their customers, and their price against the spot EWMA.
struct ContractBook {
    double next_receipts_usd_year;  // take-or-pay of the next four quarters, on chips installed or ordered
    double concentration;           // sum of squared shares of the backlog's customers
    double premium_pv_usd;          // present value of (price - spot) on the take-or-pay left, + sold, - bought
};

/// H100e that the chips give which a firm owns or has on order.
RACKRACE_HD inline double ordered_capacity_h100e(const Scenario& scenario, const Firm& firm) {
    double sum = 0.0;
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        double chips = static_cast<double>(firm.holdings[p].installed) + firm.holdings[p].warehouse;
        RACKRACE_NO_UNROLL
        for (int slot = 0; slot < kOrderSlots; ++slot) chips += firm.orders[p][slot].chips;
        sum += chips * scenario.products[p].training_h100e_chip;
    }
    return sum * scenario.parameters.uptime_frac[static_cast<int>(firm.role)];
}

/// Replacement price of a contract's compute: spot T's EWMA while its generation is of class T, else spot I's times kappa.
RACKRACE_HD inline double replacement_price_usd_h(const World& world, bool is_class_t, double kappa) {
    return is_class_t ? world.spot_ewma_usd_h[0] : world.spot_ewma_usd_h[1] * kappa;
}

RACKRACE_HD inline ContractBook read_contracts(const Scenario& scenario, const World& world, int f) {
    const Parameters& p = scenario.parameters;
    const int horizon = static_cast<int>(p.ebitda_backlog_window_q);
    ContractBook book{};
    double by_buyer[kParties] = {}, backlog = 0.0, committed[8] = {}, receipts[8] = {};
    const double capacity = ordered_capacity_h100e(scenario, world.firms[f]);
    RACKRACE_NO_UNROLL
    for (int c = 0; c < kMaxContracts; ++c) {
        const Contract& contract = world.contracts[c];
        if (contract.id == 0 || (contract.seller != f && contract.buyer != f)) continue;
        const double kappa = world.firms[contract.seller].kappa[contract.generation];
        const double spot = replacement_price_usd_h(world, is_training_grade(p, contract.generation, world.t), kappa);
        const double step = pow(1.0 + p.present_value_rate_apr, -1.0 / p.quarters_per_year);
        double factor = 1.0, pv = 0.0;
        RACKRACE_NO_UNROLL
        for (int t = world.t + 1; t <= contract.end_t; ++t) {
            factor *= step;
            const double hours = committed_in(contract, t) * p.hours_per_quarter * contract.takeorpay_frac;
            pv += factor * hours * (contract.price_usd_h - spot);
            if (contract.seller != f) continue;
            by_buyer[contract.buyer] += hours * contract.price_usd_h;
            backlog += hours * contract.price_usd_h;
            const int k = t - world.t - 1;
            if (k >= horizon || k >= 8) continue;
            committed[k] += committed_in(contract, t);
            receipts[k] += hours * contract.price_usd_h;
        }
        book.premium_pv_usd += contract.seller == f ? pv : 0.0;
        book.premium_pv_usd -= contract.buyer == f ? pv : 0.0;
    }
    RACKRACE_NO_UNROLL
    for (int k = 0; k < horizon && k < 8; ++k)
        book.next_receipts_usd_year += receipts[k] * (committed[k] > capacity && committed[k] > 0.0 ? capacity / committed[k] : 1.0);
    book.concentration = p.concentration_unnamed;
    if (world.firms[f].role == Role::neocloud && backlog > 0.0) {
        book.concentration = 0.0;
        RACKRACE_NO_UNROLL
        for (int party = 0; party < kParties; ++party) book.concentration += (by_buyer[party] / backlog) * (by_buyer[party] / backlog);
    }
    return book;
}

RACKRACE_HD inline double assets_usd(const World& world, int f) {
    Usd sum{};
    RACKRACE_NO_UNROLL
    for (int a = 0; a <= static_cast<int>(Account::receivables); ++a) sum += world.balance[f][a];
    return to_double(sum);
}

/// Money owed for borrowing and bills: debt and arrears.
RACKRACE_HD inline double owed_usd(const World& world, int f) { return to_double(-balance_of(world, f, Account::debt) + arrears_of(world, f)); }

/// Mean of the last n quarters of EBITDA, core and AI.
RACKRACE_HD inline double mean_ebitda_usd_q(const Firm& firm, int n) {
    Usd sum{};
    RACKRACE_NO_UNROLL
    for (int q = 0; q < n; ++q) sum += firm.history[q].ebitda_ai + firm.history[q].ebitda_core;
    return to_double(sum) / n;
}

/// EBITDA_fwd, L, C, PD, rating and the revolver's limit of one firm.
RACKRACE_HD inline void rate_firm(const Scenario& scenario, World& world, int f, const ContractBook& book, double lease_pv_usd) {
    const Parameters& p = scenario.parameters;
    Firm& firm = world.firms[f];
    const int n = static_cast<int>(p.ebitda_window_q);
    double receipts = 0.0, outflow = 0.0;
    RACKRACE_NO_UNROLL
    for (int q = 0; q < n; ++q) receipts += to_double(firm.history[q].takeorpay_receipts) / n;
    const int runway = static_cast<int>(p.runway_window_q);
    RACKRACE_NO_UNROLL
    for (int q = 0; q < runway; ++q) outflow += to_double(firm.history[q].net_outflow) / runway;
    CreditProfile profile{};
    profile.ebitda_usd_year = forward_ebitda_usd_year(p, mean_ebitda_usd_q(firm, n), receipts, book.next_receipts_usd_year);
    profile.debt_usd = owed_usd(world, f);
    profile.lease_pv_usd = lease_pv_usd;
    profile.cash_usd = to_double(cash_of(world, f));
    profile.interest_usd_q = to_double(firm.history[0].interest);
    profile.concentration = book.concentration;
    profile.assets_usd = assets_usd(world, f);
    profile.net_outflow_usd_q = outflow;
    const CreditRisk risk = assess_risk(p, firm.role, profile, false, world.sentiment);
    firm.ebitda_forward_usd = profile.ebitda_usd_year;
    firm.concentration = book.concentration;
    firm.leverage_ratio = risk.leverage;
    firm.coverage_ratio = risk.coverage;
    firm.default_probability_apr = risk.default_probability_apr;
    firm.rating = risk.rating;
    Usd year{};
    RACKRACE_NO_UNROLL
    for (int q = 0; q < static_cast<int>(p.revolver_window_q); ++q) year += firm.history[q].ebitda_ai + firm.history[q].ebitda_core;
    const Usd earned = to_usd(p.revolver_limit_ratio * to_double(year));
    firm.revolver_limit = max_usd(to_usd(scenario.firms[f].opening_revolver_usd), earned);
}

/// E: market value of the shares. A parent's support (CoreGrowth::support) is no core business.
RACKRACE_HD inline void value_equity(const Scenario& scenario, World& world, int f, double lease_pv_usd) {
    const Parameters& p = scenario.parameters;
    Firm& firm = world.firms[f];
    const bool is_supported = scenario.firms[f].core_growth == CoreGrowth::support;
    EquityInputs inputs{};
    const double core = p.quarters_per_year * to_double(firm.history[0].ebitda_core);
    inputs.core_ebitda_usd_year = is_supported ? 0.0 : core;
    inputs.ai_ebitda_usd_year = firm.ebitda_forward_usd - core;
    inputs.run_rate_usd_year = p.quarters_per_year * to_double(firm.history[0].ai_revenue);
    inputs.net_debt_usd = owed_usd(world, f) + lease_pv_usd - to_double(cash_of(world, f));
    inputs.assets_usd = assets_usd(world, f);
    firm.equity_value_usd = equity_value_usd(p, firm.role, inputs, world.sentiment, firm.news_factor);
}

/// Chips at resale, all and waiting ones (at most at cost).
struct ChipValue {
    double resale_usd;
    double waiting_usd;
};

RACKRACE_HD inline ChipValue value_chips(const Scenario& scenario, const World& world, const Firm& firm) {
    ChipValue value{};
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        const Holding& h = firm.holdings[p];
        const double chips = static_cast<double>(h.installed) + h.warehouse;
        if (chips == 0.0) continue;
        const double resale = world.products[p].resale_usd_chip;
        value.resale_usd += chips * resale;
        value.waiting_usd += h.warehouse * min(resale, to_double(h.gross) / chips);
    }
    return value;
}

/// U of section 7 were the run to end at this close: discounted payouts so far, and the owners' share of what is there.
RACKRACE_HD inline void value_owners(const Scenario& scenario, World& world, int f, const ContractBook& book, const LeaseValue& leases) {
    const Parameters& p = scenario.parameters;
    Firm& firm = world.firms[f];
    const double discount = owners_discount(p, firm.role, world.t - scenario.start_t + 1);
    firm.discounted_payouts_usd += discount * firm.own_frac * to_double(firm.history[0].payout);
    double free_cash = 0.0;
    const int n = static_cast<int>(p.terminal_window_q);
    RACKRACE_NO_UNROLL
    for (int q = 0; q < n; ++q) {
        const Flows& flows = firm.history[q];
        const Usd year = flows.ebitda_ai + flows.ebitda_core - flows.contract_premium - flows.tax - flows.economic_depreciation;
        free_cash += to_double(year) * p.quarters_per_year / n;
    }
    const ChipValue chips = value_chips(scenario, world, firm);
    const auto account = [&](Account a) { return to_double(balance_of(world, f, a)); };
    double adder_usd_q = 0.0;
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) adder_usd_q += firm.sites[r].grid_kw * world.regions[r].adder_usd_kw_q;
    const double sites = account(Account::sites_gross) + account(Account::sites_depreciation);
    const double broken_up = liquidation_value_usd(p, chips.resale_usd, sites, account(Account::grid_deposits), adder_usd_q, 0.0);
    const double rate = p.discount_rate_apr[static_cast<int>(firm.role)];
    const double operating = operating_terminal_value_usd(p, free_cash, rate, broken_up);
    const double in_progress = account(Account::building) + account(Account::chip_deposits) + chips.waiting_usd +
                               account(Account::prepaid_compute) + account(Account::deferred_revenue);
    const double net_debt = owed_usd(world, f) + leases.total_usd - to_double(cash_of(world, f));
    const double owners = owners_terminal_value_usd(operating, in_progress, book.premium_pv_usd - leases.dear_usd, net_debt);
    firm.value_usd = firm.discounted_payouts_usd + discount * firm.own_frac * owners;
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
RACKRACE_HD inline void value_firms(const Scenario& scenario, World& world) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        const ContractBook book = read_contracts(scenario, world, f);
        const LeaseValue leases = lease_value(scenario, world.firms[f], f);
        rate_firm(scenario, world, f, book, leases.total_usd);
        value_equity(scenario, world, f, leases.total_usd);
        value_owners(scenario, world, f, book, leases);
        world.firms[f].status = arrears_of(world, f).value == 0 ? FirmStatus::healthy : FirmStatus::in_arrears;
    }
}

}  // namespace rackrace
