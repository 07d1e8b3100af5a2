// P16: how lenders see each firm: what its contracts and leases promise and oblige, and the risk that follows.
#pragma once

#include "engine/market/annuity.h"
#include "engine/market/asset_backed_loan.h"
#include "engine/market/contract_exit.h"
#include "engine/market/generation_pool.h"
#include "engine/market/live_contracts.h"
#include "engine/settle/backlog.h"
#include "engine/settle/vendor_credit.h"

namespace rackrace {

/// Present value of 1 $ a quarter, by the number of quarters: annuity_q, up to the longest lease there is.
struct Annuities {
    double usd_q[kMaxLeaseQuarters + 1];
};

RACKRACE_HD inline int longest_lease_q(const Scenario& scenario, const Firm& firm) {
    int longest = 0;
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r)
        if (firm.sites[r].lease_left_q > longest) longest = firm.sites[r].lease_left_q;
    return longest;
}

RACKRACE_HD inline void fill_annuities(double discount, int longest, Annuities& annuity) {
    double sum = 0.0, factor = 1.0;
    annuity.usd_q[0] = 0.0;
    RACKRACE_NO_UNROLL
    for (int k = 1; k <= longest; ++k) annuity.usd_q[k] = sum += factor *= discount;
}

/// As far as the longest lease of any firm.
RACKRACE_HD inline void fill_annuities(const Scenario& scenario, const World& world, double discount, Annuities& annuity) {
    int longest = 0;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        const int own = longest_lease_q(scenario, world.firms[f]);
        if (own > longest) longest = own;
    }
    fill_annuities(discount, longest, annuity);
}

/// Present value of the rent still owed, and of its part above the rent of a new lease. Leases outside the model are constant.
struct LeaseValue {
    double total_usd;
    double dear_usd;
};

/// annuity: of the quarters left.
RACKRACE_HD inline LeaseValue lease_value(const Scenario& scenario, const Firm& firm, int f, const Annuities& annuity) {
    LeaseValue value{scenario.firms[f].other_lease_pv_usd, 0.0};
    RACKRACE_NO_UNROLL
    for (int r = 0; r < scenario.region_count; ++r) {
        const Site& site = firm.sites[r];
        if (site.lease_kw == 0) continue;
        const double years = annuity.usd_q[site.lease_left_q] * site.lease_kw;
        value.total_usd += site.lease_rent_usd_kw_q * years;
        value.dear_usd += (site.lease_rent_usd_kw_q - scenario.parameters.lease_rent_usd_kw_q) * years;
    }
    return value;
}

/// What a firm's contracts say of its future: receipts to come, their customers, and their price against the spot EWMA.
struct ContractBook {
    double next_receipts_usd_year;  // take-or-pay of the next four quarters, on chips installed or ordered
    double concentration;           // sum of squared shares of the backlog's customers; outside buyers are many, their square counts less
    double premium_pv_usd;          // present value of (price - spot) on the take-or-pay left, + sold, - bought
};

/// H100e that the chips give which a firm owns or has on order.
RACKRACE_HD inline double ordered_capacity_h100e(const Scenario& scenario, const Firm& firm) {
    double sum = 0.0;
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        std::int64_t chips = static_cast<std::int64_t>(firm.holdings[p].installed) + firm.holdings[p].warehouse;
        RACKRACE_NO_UNROLL
        for (int slot = 0; slot < kOrderSlots; ++slot) chips += firm.orders[p][slot].chips;
        if (chips != 0) sum += static_cast<double>(chips) * scenario.products[p].training_h100e_chip;
    }
    return sum * scenario.parameters.uptime_frac[static_cast<int>(firm.role)];
}

/// Replacement price of a contract's compute at the spot EWMAs of now. A seller that is no firm works at the market's kappa.
RACKRACE_HD inline double replacement_price_usd_h(const Scenario& scenario, const World& world, const Contract& contract) {
    const bool is_class_t = is_training_grade(scenario.parameters, contract.generation, world.t);
    const double kappa = is_firm(contract.seller) ? world.firms[contract.seller].kappa[contract.generation] : world.kappa;
    return replacement_price_usd_h(is_class_t, world.spot_ewma_usd_h[0], world.spot_ewma_usd_h[1], kappa);
}

inline constexpr int kNextQuarters = 8;  // bound of ebitda_backlog_window_q

/// What a firm sold by contract, summed over its rows in slot order.
struct SoldBook {
    double by_buyer_usd[kParties];
    double backlog_usd;
    double committed_h100e[kNextQuarters];  // of the next quarters
    double receipts_usd[kNextQuarters];
};

/// Adds one contract to the books of its two firms. discount: quarter_discount.
RACKRACE_HD inline void read_contract(const Scenario& scenario, const World& world, const Contract& contract, double discount, SoldBook& sold,
                                      ContractBook* books) {
    const Parameters& p = scenario.parameters;
    const int window = static_cast<int>(p.ebitda_backlog_window_q);
    const double premium_usd_h = contract.price_usd_h - replacement_price_usd_h(scenario, world, contract);
    const int full_t = first_full_t(contract);
    double factor = 1.0, pv = 0.0, buyer_usd = sold.by_buyer_usd[contract.buyer], backlog_usd = sold.backlog_usd, hours = 0.0, usd = 0.0;
    std::int32_t committed = 0;
    RACKRACE_NO_UNROLL
    for (int t = world.t + 1; t <= contract.end_t; ++t) {
        factor *= discount;
        if (t <= full_t || t == world.t + 1) {  // the same in all quarters after
            committed = committed_in(contract, t);
            hours = committed * p.hours_per_quarter * contract.takeorpay_frac;
            usd = hours * contract.price_usd_h;
        }
        pv += factor * hours * premium_usd_h;
        buyer_usd += usd;
        backlog_usd += usd;
        const int k = t - world.t - 1;
        if (k >= window) continue;
        sold.committed_h100e[k] += committed;
        sold.receipts_usd[k] += usd;
    }
    sold.by_buyer_usd[contract.buyer] = buyer_usd;
    sold.backlog_usd = backlog_usd;
    books[contract.seller].premium_pv_usd += pv;
    if (is_firm(contract.buyer)) books[contract.buyer].premium_pv_usd -= pv;
}

/// The book of one firm, from what it sold and the chips that it has or ordered.
RACKRACE_HD inline void close_book(const Scenario& scenario, const Firm& firm, const SoldBook& sold, ContractBook& book) {
    const Parameters& p = scenario.parameters;
    const double capacity = ordered_capacity_h100e(scenario, firm);
    RACKRACE_NO_UNROLL
    for (int k = 0; k < static_cast<int>(p.ebitda_backlog_window_q); ++k) {
        const double committed = sold.committed_h100e[k];
        book.next_receipts_usd_year += sold.receipts_usd[k] * (committed > capacity && committed > 0.0 ? capacity / committed : 1.0);
    }
    book.concentration = p.concentration_unnamed;
    if (firm.role != Role::neocloud || !(sold.backlog_usd > 0.0)) return;
    book.concentration = 0.0;
    RACKRACE_NO_UNROLL
    for (int party = 0; party < kParties; ++party) {
        const double share = sold.by_buyer_usd[party] / sold.backlog_usd;
        book.concentration += share * share * (is_firm(party) ? 1.0 : p.concentration_unnamed);
    }
}

/// The books of all firms, each contract read once. discount: quarter_discount.
RACKRACE_HD RACKRACE_APART inline void read_contracts(const Scenario& scenario, const World& world, const LiveContracts& live, double discount,
                                                      ContractBook (&books)[kMaxFirms]) {
    SoldBook sold[kMaxFirms] = {};
    RACKRACE_NO_UNROLL
    for (ContractBook& book : books) book = ContractBook{};
    RACKRACE_NO_UNROLL
    for (int i = 0; i < live.count; ++i) {
        const Contract& contract = world.contracts[live.slot[i]];
        read_contract(scenario, world, contract, discount, sold[contract.seller], books);
    }
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) close_book(scenario, world.firms[f], sold[f], books[f]);
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

/// Mean of the quarters that a runway is told by: cash that left before financing.
RACKRACE_HD inline double mean_outflow_usd_q(const Parameters& p, const Firm& firm) {
    const int n = static_cast<int>(p.runway_window_q);
    Usd sum{};
    RACKRACE_NO_UNROLL
    for (int q = 0; q < n; ++q) sum += firm.history[q].net_outflow;
    return to_double(sum) / n;
}

/// What a firm is judged by now. Sales that a supplier lent the money for and is still owed are left out of its EBITDA_fwd.
RACKRACE_HD inline CreditProfile credit_profile(const Scenario& scenario, const World& world, int f, const ContractBook& book, double lease_pv_usd) {
    const Parameters& p = scenario.parameters;
    const Firm& firm = world.firms[f];
    const int n = static_cast<int>(p.ebitda_window_q);
    double receipts = 0.0;
    RACKRACE_NO_UNROLL
    for (int q = 0; q < n; ++q) receipts += to_double(firm.history[q].takeorpay_receipts) / n;
    CreditProfile profile{};
    const double lent = to_double(financed_sales(scenario, world, f, n)) / n;
    profile.ebitda_usd_year = forward_ebitda_usd_year(p, mean_ebitda_usd_q(firm, n) - lent, receipts, book.next_receipts_usd_year);
    profile.debt_usd = owed_usd(world, f);
    profile.lease_pv_usd = lease_pv_usd;
    profile.cash_usd = to_double(cash_of(world, f));
    profile.interest_usd_q = to_double(firm.history[0].interest);
    profile.concentration = book.concentration;
    profile.assets_usd = assets_usd(world, f);
    profile.net_outflow_usd_q = mean_outflow_usd_q(p, firm);
    return profile;
}

/// EBITDA_fwd, L, C, PD, rating and the revolver's limit of one firm.
RACKRACE_HD inline void rate_firm(const Scenario& scenario, World& world, int f, const ContractBook& book, double lease_pv_usd) {
    const Parameters& p = scenario.parameters;
    Firm& firm = world.firms[f];
    const CreditProfile profile = credit_profile(scenario, world, f, book, lease_pv_usd);
    const bool is_in_breach = firm.breach_q > 0;
    const CreditRisk risk = assess_risk(p, firm.role, profile, is_in_breach, world.sentiment);
    firm.ebitda_forward_usd = profile.ebitda_usd_year;
    firm.concentration = book.concentration;
    firm.leverage_ratio = risk.leverage;
    firm.coverage_ratio = risk.coverage;
    firm.default_probability_apr = risk.default_probability_apr;
    firm.rating = static_cast<std::int16_t>(risk.rating);
    Usd year{};
    RACKRACE_NO_UNROLL
    for (int q = 0; q < static_cast<int>(p.revolver_window_q); ++q) year += firm.history[q].ebitda_ai + firm.history[q].ebitda_core;
    firm.revolver_limit = to_usd(revolver_limit_usd(p, scenario.firms[f].opening_revolver_usd, to_double(year), is_in_breach));
    if (is_bankrupt(firm) || !is_active(firm)) firm.revolver_limit = Usd{};
}

}  // namespace rackrace
