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

/// Yearly rate at which 20 quarters of that rent, falling rent_decline_frac a quarter, pay list + system: -1 to 10, by halving.
RACKRACE_HD RACKRACE_APART inline double irr_rent(const Parameters& p, Role role, const ProductView& product, double usd_h, double usd_mwh, double pue) {
    constexpr int life_q = 20, halvings = 50;
    const double price = product.list_usd_chip + product.system_usd_chip, rent = net_rent_usd_q(p, role, product, usd_h, usd_mwh, pue);
    if (!(rent > 0.0) || !(price > 0.0)) return -1.0;
    double low = -0.99, high = 10.0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < halvings; ++i) {
        const double rate = 0.5 * (low + high), discount = pow(1.0 + rate, -1.0 / p.quarters_per_year), step = discount * (1.0 - p.rent_decline_frac);
        double value = 0.0, factor = discount;
        RACKRACE_NO_UNROLL
        for (int k = 0; k < life_q; ++k) {
            value += rent * factor;
            factor *= step;
        }
        (value > price ? low : high) = rate;
    }
    return 0.5 * (low + high);
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

/// Share of its compute that the firm has a use for when `nth` more chips have come: what it needs by then over what it has by then, at most 1.
/// Needs are the larger of demand_mh and what was used last quarter (before the first, and for a firm without any, its compute at the market's
/// use), grown at demand_growth_frac over the lead time.
RACKRACE_HD inline double own_use_frac(const Parameters& p, Role role, const MarketFigures& market, const MeView& me, const ProductView& product, double nth) {
    const double own = me.capacity_mh + me.rented_mh;
    if (own == 0.0 && me.demand_mh == 0.0) return market.util_frac;
    const double need = max(me.demand_mh, me.used_mh > 0.0 ? me.used_mh : market.util_frac * own) * exp(market.demand_growth_frac * product.lead_q);
    const double have = own + me.arriving_mh + mh_of(p, role, nth, product);
    return have > 0.0 ? min(1.0, need / have) : 1.0;
}

/// The last log change of spot I beyond the usual decline, within bounds: the trend of 5.12 on the last clearing prices.
RACKRACE_HD RACKRACE_APART inline double spot_i_trend(const Parameters& p, const MarketFigures& market) {
    const double before = market.hist.spot_i_usd_h[1], now = market.hist.spot_i_usd_h[0];
    const double change = before > 0.0 && now > 0.0 ? log(now / before) : 0.0;
    return clamp(change + p.rent_decline_frac, -p.rent_trend_max_frac, p.rent_trend_max_frac);
}

/// ln of spot I k quarters ahead over the last one, by that trend, damped: `persisted` is rent_trend_persistence_frac^k.
RACKRACE_HD inline double spot_i_drift(const Parameters& p, double trend, double k, double persisted) {
    return -p.rent_decline_frac * k + trend * (1.0 - persisted) / (1.0 - p.rent_trend_persistence_frac);
}

/// Spot I by quarter ahead, worked out when asked for and kept while a decision lasts: every chip and every step of a bid asks for the same prices.
struct SpotPath {
    static constexpr int kQuarters = 64;
    double usd_h[kQuarters];
    int known = 0;

    /// k: 1 to kQuarters; beyond it the last one.
    RACKRACE_HD double at(const Parameters& p, const MarketFigures& market, int k) {
        const int wanted = k < kQuarters ? k : kQuarters;
        if (known < wanted) learn(p, market, wanted);
        return usd_h[wanted - 1];
    }

private:
    RACKRACE_HD void learn(const Parameters& p, const MarketFigures& market, int wanted) {
        const double trend = spot_i_trend(p, market), persistence = p.rent_trend_persistence_frac;
        const double log_persistence = persistence > 0.0 ? log(persistence) : -kInfinity;
        RACKRACE_NO_UNROLL
        for (; known < wanted; ++known) {
            const double k = known + 1;
            usd_h[known] = market.spot_i_usd_h * exp(spot_i_drift(p, trend, k, exp(k * log_persistence)));  // pow's own way
        }
    }
};

/// What the nth chip of a product is worth to the firm, in dollars for the supplier's part: the sum of 5.12 with the firm's own use in place of the
/// dealer's, from delivery on, less the system that comes with it. sum_{k=1..K} beta^k max(0, spotI(lead + k) perf_i HQ use - energy at that
/// use - upkeep - part of the shell rent) - system. At least 0, and not cut to the list price: that is the market's business.
RACKRACE_HD RACKRACE_APART inline double chip_value_usd(const Parameters& p, Role role, const MarketFigures& market, const MeView& me, const ProductView& product, double nth, SpotPath& path) {
    const double use = own_use_frac(p, role, market, me, product, nth), uptime = p.uptime_frac[static_cast<int>(role)];
    const double hours = product.perf_i_chip * uptime * p.hours_per_quarter * use;
    const double energy = energy_mwh(p, chip_load_kw(p, product.kw_chip * mean_pue(market), use, true)) * market.power_usd_mwh;
    const double upkeep = p.upkeep_apr[static_cast<int>(role)] / p.quarters_per_year * (product.list_usd_chip + product.system_usd_chip);
    const double shell = p.used_chip_shell_rent_frac * p.lease_rent_usd_kw_q * product.kw_chip;
    const double beta = pow(1.0 + p.used_chip_discount_apr, -1.0 / p.quarters_per_year);
    double value = 0.0, discount = 1.0;
    RACKRACE_NO_UNROLL
    for (int k = 1; k <= static_cast<int>(p.used_chip_horizon_q); ++k) {
        discount *= beta;
        const double price = path.at(p, market, product.lead_q + k);
        value += discount * max(0.0, price * hours - energy - upkeep - shell);
    }
    return max(0.0, value - product.system_usd_chip);
}

/// What a kW at the meter earns above its costs in a quarter, when power bid for now connects (grid_works_q ahead), with the newest chips on open
/// sale at the firm's own use of one more: (spot I rent - energy of the region - upkeep - list and system as an annuity over the horizon of
/// 5.12 at its rate - shell rent) a chip, over kw_chip x PUE. At least 0; 0 where no product sells.
RACKRACE_HD RACKRACE_APART inline double power_value_usd_kw_q(const Parameters& p, Role role, const MarketFigures& market, const MeView& me, const RegionView& region) {
    if (market.newest_i < 1) return 0.0;
    const ProductView& chip = market.products[market.newest_i - 1];
    const double use = own_use_frac(p, role, market, me, chip, 1.0);
    const double hours = chip.perf_i_chip * p.uptime_frac[static_cast<int>(role)] * p.hours_per_quarter * use;
    const double ahead_q = p.grid_works_q, persisted = pow(p.rent_trend_persistence_frac, ahead_q);
    const double rent = market.spot_i_usd_h * exp(spot_i_drift(p, spot_i_trend(p, market), ahead_q, persisted)) * hours;
    const double price = chip.list_usd_chip + chip.system_usd_chip;
    const double energy = energy_mwh(p, chip_load_kw(p, chip.kw_chip * region.pue_ratio, use, true)) * region.power_usd_mwh;
    const double upkeep = p.upkeep_apr[static_cast<int>(role)] / p.quarters_per_year * price;
    const double capital = annuity_payment(price, p.used_chip_discount_apr, p.used_chip_horizon_q);
    return max(0.0, rent - energy - upkeep - capital - p.lease_rent_usd_kw_q * chip.kw_chip) / (chip.kw_chip * region.pue_ratio);
}

}  // namespace rackrace
