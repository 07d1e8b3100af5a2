// The formulas behind the helpers of race: on plain numbers and views, for every engine that runs scripts. No state, nothing that is not shown.
// Energy of a chip without a region counts at the mean PUE of the regions and full load; upkeep and uptime are those of the firm's role.
#pragma once

#include "engine/market/energy.h"
#include "engine/quarter/view_firm.h"
#include "engine/quarter/view_market.h"
#include "engine/quarter/view_units.h"

namespace rackrace {

/// Quarters that a run cannot outlast: what never ends is told as this.
inline constexpr double kNeverQ = kMaxQuarters;

RACKRACE_HD inline double ratio_or(double a, double b, double fallback) { return b == 0.0 ? fallback : a / b; }

RACKRACE_HD inline double absolute(double x) { return x < 0.0 ? -x : x; }
RACKRACE_HD inline double sign_of(double x) { return x > 0.0 ? 1.0 : x < 0.0 ? -1.0 : 0.0; }
RACKRACE_HD inline double lerp(double a, double b, double x) { return a + (b - a) * x; }

/// A whole number from low to high, all alike, by a draw in (0, 1).
RACKRACE_HD inline double whole_between(double low, double high, double drawn) {
    const double whole = low + std::floor((high - low + 1.0) * drawn);
    return whole < high ? whole : high;
}

/// What memory keeps of a number: one bit pattern for all NaN, since it is hashed.
RACKRACE_HD inline double stored_number(double x) { return x != x ? std::numeric_limits<double>::quiet_NaN() : x; }

/// 0 at a, 1 at b, cubic between; with a = b a step there.
RACKRACE_HD RACKRACE_APART inline double smooth_step(double a, double b, double x) {
    if (a == b) return x < a ? 0.0 : 1.0;
    const double s = clamp((x - a) / (b - a), 0.0, 1.0);
    return s * s * (3.0 - 2.0 * s);
}

/// x (1 + rate)^q; 0 where the rate takes everything.
RACKRACE_HD inline double grow(double x, double rate_frac, double q) { return rate_frac > -1.0 ? x * pow(1.0 + rate_frac, q) : 0.0; }

/// Mean log change a quarter of a history from its latest value to its oldest; 0 with fewer than two values or one not above 0.
RACKRACE_HD RACKRACE_APART inline double mean_log_change(double latest, double oldest, double length) {
    return length >= 2.0 && latest > 0.0 && oldest > 0.0 ? log(latest / oldest) / (length - 1.0) : 0.0;
}

/// Payment a quarter that repays `musd` at a yearly rate in q quarters.
RACKRACE_HD RACKRACE_APART inline double annuity_payment(double musd, double apr, double q) {
    if (!(q > 0.0)) return 0.0;
    const double rate = pow(1.0 + apr, 0.25) - 1.0;
    return rate == 0.0 ? musd / q : musd * rate / (1.0 - pow(1.0 + rate, -q));
}

/// Quarters that the cash lasts at last quarter's net outflow, 0 to 40.
RACKRACE_HD inline double runway_q(const MeView& me) {
    if (me.cash_musd <= 0.0) return 0.0;
    return me.burn_musd > 0.0 ? min(kNeverQ, me.cash_musd / me.burn_musd) : kNeverQ;
}

/// (debt - part of cash)/(4 x EBITDA of last quarter), 0 to leverage_max_ratio; that much without EBITDA.
RACKRACE_HD inline double leverage(const Parameters& p, const MeView& me) {
    const double net = max(0.0, me.debt_musd - p.leverage_cash_frac * me.cash_musd);
    if (net == 0.0) return 0.0;
    return me.ebitda_musd > 0.0 ? min(p.leverage_max_ratio, net / (p.quarters_per_year * me.ebitda_musd)) : p.leverage_max_ratio;
}

/// Training hours of chips a quarter, Mh: chips x perf_t x uptime x HQ/1e6.
RACKRACE_HD inline double mh_of(const Parameters& p, Role role, double chips, const ProductView& product) {
    return to_mh(p, chips * product.perf_t_chip * p.uptime_frac[static_cast<int>(role)]);
}

/// Chips that give this many training hours, rounded up; 0 for hours below 0.
RACKRACE_HD inline double chips_for(const Parameters& p, Role role, double mh, const ProductView& product) {
    const double each = mh_of(p, role, 1.0, product);
    return mh > 0.0 && each > 0.0 ? std::ceil(mh / each * (1.0 - 1e-12)) : 0.0;  // the hours of 100 chips are 100 chips
}

RACKRACE_HD RACKRACE_APART inline double mean_pue(const MarketFigures& market) {
    double sum = 0.0;
    RACKRACE_NO_UNROLL
    for (int r = 0; r < market.regions_count; ++r) sum += market.regions[r].pue_ratio;
    return market.regions_count > 0 ? sum / market.regions_count : 1.0;
}

/// Energy and upkeep of a chip a quarter, in dollars.
RACKRACE_HD inline double running_cost_usd_q(const Parameters& p, Role role, const ProductView& product, double usd_mwh, double pue) {
    const double upkeep = p.upkeep_apr[static_cast<int>(role)] / p.quarters_per_year * (product.list_usd_chip + product.system_usd_chip);
    return energy_mwh(p, product.kw_chip * pue) * usd_mwh + upkeep;
}

/// Rent of a chip's training hours less energy and upkeep, a quarter.
RACKRACE_HD inline double net_rent_usd_q(const Parameters& p, Role role, const ProductView& product, double usd_h, double usd_mwh, double pue) {
    const double hours = product.perf_t_chip * p.uptime_frac[static_cast<int>(role)] * p.hours_per_quarter;
    return usd_h * hours - running_cost_usd_q(p, role, product, usd_mwh, pue);
}

/// Quarters in which that rent pays list + system, 0 to 40.
RACKRACE_HD RACKRACE_APART inline double payback_q(const Parameters& p, Role role, const ProductView& product, double usd_h, double usd_mwh, double pue) {
    const double rent = net_rent_usd_q(p, role, product, usd_h, usd_mwh, pue);
    return rent > 0.0 ? min(kNeverQ, (product.list_usd_chip + product.system_usd_chip) / rent) : kNeverQ;
}

/// sum_{k=0..19} s^k and its slope in s, as (1 + s)(1 + s^2)(1 + s^4 + s^8 + s^12 + s^16): a few steps, and no division that s = 1 would stop.
struct TwentyTerms {
    double sum, slope;
};
RACKRACE_HD inline TwentyTerms twenty_terms(double s) {
    const double two = s * s, four = two * two, eight = four * four, twelve = eight * four;
    const double pair = 1.0 + s, pairs = 1.0 + two, fours = 1.0 + four + eight + twelve + eight * eight;
    const double fours_slope = 4.0 * s * two * (1.0 + 2.0 * four + 3.0 * eight + 4.0 * twelve);
    return {pair * pairs * fours, (pairs + pair * 2.0 * s) * fours + pair * pairs * fours_slope};
}

/// Yearly rate at which 20 quarters of that rent, falling rent_decline_frac a quarter, pay list + system: -0.99 to 10, and -1 where no rent is left.
/// Newton's way on the quarterly discount d = (1 + rate)^(-1/4): what the rents are worth grows with d and bends upwards, so from above it comes down to
/// the root and never passes it, and the first step from below ends above.
RACKRACE_HD RACKRACE_APART inline double irr_rent(const Parameters& p, Role role, const ProductView& product, double usd_h, double usd_mwh, double pue) {
    constexpr double least = -0.99, most = 10.0, highest = 3.1622776601683795;  // d at the least rate
    constexpr int most_steps = 80;
    const double price = product.list_usd_chip + product.system_usd_chip, rent = net_rent_usd_q(p, role, product, usd_h, usd_mwh, pue);
    if (!(rent > 0.0) || !(price > 0.0)) return -1.0;
    const double keep = max(0.0, 1.0 - p.rent_decline_frac), wanted = price / rent;
    double d = 1.0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < most_steps; ++i) {
        const TwentyTerms of = twenty_terms(keep * d);  // the rents are worth d sum_k (keep d)^k
        const double next = d - (d * of.sum - wanted) / (of.sum + keep * d * of.slope);
        if (!(next < highest)) {
            if (d == highest) return least;
            d = highest;
            continue;
        }
        const double change = next > d ? next - d : d - next;
        d = next;
        if (change <= 1e-14 * d) break;
    }
    const double two = d * d;
    return clamp(1.0 / (two * two) - 1.0, least, most);
}

/// Share of owned compute of the market that this firm has: capacity over that of all firms; 0 without.
RACKRACE_HD RACKRACE_APART inline double capacity_share(const FirmView& view) {
    double all = view.me.capacity_mh;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < view.rivals_count; ++i) all += view.rivals[i].capacity_mh;
    return all > 0.0 ? view.me.capacity_mh / all : 0.0;
}

/// Sum of squared shares of owned compute; 0 without.
RACKRACE_HD RACKRACE_APART inline double capacity_hhi(const FirmView& view) {
    double all = view.me.capacity_mh, squares = view.me.capacity_mh * view.me.capacity_mh;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < view.rivals_count; ++i) {
        all += view.rivals[i].capacity_mh;
        squares += view.rivals[i].capacity_mh * view.rivals[i].capacity_mh;
    }
    return all > 0.0 ? squares / (all * all) : 0.0;
}

/// The last log change of spot I beyond the usual decline, within bounds: the trend of 5.12 on the last clearing prices.
RACKRACE_HD RACKRACE_APART inline double spot_i_trend(const Parameters& p, const MarketFigures& market) {
    const double before = market.hist.spot_i_usd_h[1], now = market.hist.spot_i_usd_h[0];
    const double change = before > 0.0 && now > 0.0 ? log(now / before) : 0.0;
    return clamp(change + p.rent_decline_frac, -p.rent_trend_max_frac, p.rent_trend_max_frac);
}

/// What the values of chips and power ask of the rules and of the market's prices alone. Every chip, every step of a bid and every region asks for the
/// same, and firm after firm, so it is kept as long as the prices that it was worked out from are the same; spot I by quarter ahead as far as it is asked for.
/// Of one set of rules for good: who holds it plays one scenario.
class Outlook {
public:
    static constexpr int kQuarters = 64;

    /// beta of 5.12: 1 over one and its rate, a quarter.
    double discount;
    /// Paid a quarter for each dollar that an annuity over the horizon of 5.12 repays at its rate.
    double annuity_usd_q;
    /// Spot I when power bid for now connects.
    double powered_usd_h;

    /// The outlook of these prices.
    RACKRACE_HD Outlook& of(const Parameters& p, const MarketFigures& market) {
        const double now = market.hist.spot_i_usd_h[0], before = market.hist.spot_i_usd_h[1];
        if (!(is_known_ && spot_i_usd_h_ == market.spot_i_usd_h && now_usd_h_ == now && before_usd_h_ == before && growth_frac_ == market.demand_growth_frac)) learn(p, market);
        return *this;
    }

    /// Spot I k quarters ahead by the trend of 5.12, damped: k from 1; beyond kQuarters the last one.
    RACKRACE_HD double spot_usd_h(const Parameters& p, int k) {
        const int wanted = k < kQuarters ? k : kQuarters;
        RACKRACE_NO_UNROLL
        for (; quarters_known_ < wanted; ++quarters_known_) {
            persisted_ *= p.rent_trend_persistence_frac;
            usd_h_[quarters_known_] = ahead_usd_h(p, quarters_known_ + 1, persisted_);
        }
        return usd_h_[wanted - 1];
    }

    /// Demand q quarters ahead over that of now, at the market's growth.
    RACKRACE_HD double demand_ratio(int q) {
        if (q < 0 || q >= kLeads) return exp(growth_frac_ * q);
        const std::uint32_t bit = std::uint32_t{1} << q;
        if ((leads_known_ & bit) == 0) {
            demand_ratio_[q] = exp(growth_frac_ * q);
            leads_known_ |= bit;
        }
        return demand_ratio_[q];
    }

private:
    static constexpr int kLeads = 16;

    /// `persisted`: rent_trend_persistence_frac^k.
    RACKRACE_HD double ahead_usd_h(const Parameters& p, double k, double persisted) const {
        return spot_i_usd_h_ * exp(-p.rent_decline_frac * k + trend_ * (1.0 - persisted) / (1.0 - p.rent_trend_persistence_frac));
    }

    RACKRACE_HD RACKRACE_APART void learn(const Parameters& p, const MarketFigures& market) {
        spot_i_usd_h_ = market.spot_i_usd_h;
        now_usd_h_ = market.hist.spot_i_usd_h[0];
        before_usd_h_ = market.hist.spot_i_usd_h[1];
        growth_frac_ = market.demand_growth_frac;
        trend_ = spot_i_trend(p, market);
        discount = pow(1.0 + p.used_chip_discount_apr, -1.0 / p.quarters_per_year);
        annuity_usd_q = annuity_payment(1.0, p.used_chip_discount_apr, p.used_chip_horizon_q);
        powered_usd_h = ahead_usd_h(p, p.grid_works_q, pow(p.rent_trend_persistence_frac, p.grid_works_q));
        quarters_known_ = 0;
        persisted_ = 1.0;
        leads_known_ = 0;
        is_known_ = true;
    }

    bool is_known_ = false;
    int quarters_known_;
    std::uint32_t leads_known_;
    double spot_i_usd_h_, now_usd_h_, before_usd_h_, growth_frac_;  // what it was worked out from
    double trend_, persisted_;
    double usd_h_[kQuarters];
    double demand_ratio_[kLeads];
};

/// Share of its compute that the firm has a use for when `nth` more chips have come: what it needs by then over what it has by then, at most 1.
/// Needs are the larger of demand_mh and what was used last quarter (before the first, and for a firm without any, its compute at the market's
/// use), grown at demand_growth_frac over the lead time.
RACKRACE_HD inline double own_use_frac(const Parameters& p, Role role, const MarketFigures& market, const MeView& me, const ProductView& product, double nth, Outlook& outlook) {
    const double own = me.capacity_mh + me.rented_mh;
    if (own == 0.0 && me.demand_mh == 0.0) return market.util_frac;
    const double need = max(me.demand_mh, me.used_mh > 0.0 ? me.used_mh : market.util_frac * own) * outlook.demand_ratio(product.lead_q);
    const double have = own + me.arriving_mh + mh_of(p, role, nth, product);
    return have > 0.0 ? min(1.0, need / have) : 1.0;
}

/// What the nth chip of a product is worth to the firm, in dollars for the supplier's part: the sum of 5.12 with the firm's own use in place of the
/// dealer's, from delivery on, less the system that comes with it. sum_{k=1..K} beta^k max(0, spotI(lead + k) perf_i HQ use - energy at that
/// use - upkeep - part of the shell rent) - system. At least 0, and not cut to the list price: that is the market's business.
RACKRACE_HD RACKRACE_APART inline double chip_value_usd(const Parameters& p, Role role, const MarketFigures& market, const MeView& me, const ProductView& product, double nth, Outlook& kept) {
    Outlook& outlook = kept.of(p, market);
    const double use = own_use_frac(p, role, market, me, product, nth, outlook), uptime = p.uptime_frac[static_cast<int>(role)];
    const double hours = product.perf_i_chip * uptime * p.hours_per_quarter * use;
    const double energy = energy_mwh(p, chip_load_kw(p, product.kw_chip * mean_pue(market), use, true)) * market.power_usd_mwh;
    const double upkeep = p.upkeep_apr[static_cast<int>(role)] / p.quarters_per_year * (product.list_usd_chip + product.system_usd_chip);
    const double cost = energy + upkeep + p.used_chip_shell_rent_frac * p.lease_rent_usd_kw_q * product.kw_chip;
    double value = 0.0, discount = 1.0;
    RACKRACE_NO_UNROLL
    for (int k = 1; k <= static_cast<int>(p.used_chip_horizon_q); ++k) {
        discount *= outlook.discount;
        value += discount * max(0.0, outlook.spot_usd_h(p, product.lead_q + k) * hours - cost);
    }
    return max(0.0, value - product.system_usd_chip);
}

/// What a kW at the meter earns above its costs in a quarter, when power bid for now connects (grid_works_q ahead), with the newest chips on open
/// sale at the firm's own use of one more: (spot I rent - energy of the region - upkeep - list and system as an annuity over the horizon of
/// 5.12 at its rate - shell rent) a chip, over kw_chip x PUE. At least 0; 0 where no product sells.
RACKRACE_HD RACKRACE_APART inline double power_value_usd_kw_q(const Parameters& p, Role role, const MarketFigures& market, const MeView& me, const RegionView& region, Outlook& kept) {
    if (market.newest_i < 1) return 0.0;
    Outlook& outlook = kept.of(p, market);
    const ProductView& chip = market.products[market.newest_i - 1];
    const double use = own_use_frac(p, role, market, me, chip, 1.0, outlook);
    const double rent = outlook.powered_usd_h * chip.perf_i_chip * p.uptime_frac[static_cast<int>(role)] * p.hours_per_quarter * use;
    const double price = chip.list_usd_chip + chip.system_usd_chip;
    const double energy = energy_mwh(p, chip_load_kw(p, chip.kw_chip * region.pue_ratio, use, true)) * region.power_usd_mwh;
    const double upkeep = p.upkeep_apr[static_cast<int>(role)] / p.quarters_per_year * price;
    return max(0.0, rent - energy - upkeep - outlook.annuity_usd_q * price - p.lease_rent_usd_kw_q * chip.kw_chip) / (chip.kw_chip * region.pue_ratio);
}

}  // namespace rackrace
