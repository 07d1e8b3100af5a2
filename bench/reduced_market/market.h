// The reduced market of ../reduced_market.md, one quarter a call: firms decide, chips are auctioned, hours are sold, books are settled.
// Same bits as every other program here: doubles, +, -, *, /, square root and rounding down, in the order of the specification.
#pragma once

#include <cmath>
#include <cstdint>

#include "engine/base/numbers.h"

namespace rackrace::reduced {

inline constexpr int kFirms = 16;
inline constexpr int kQuarters = 27;
inline constexpr double kHoursQuarter = 2190.0;
inline constexpr double kEnergyUsdH = 0.12;
inline constexpr double kUpkeepUsdChip = 250.0;
inline constexpr double kReferenceUsdH = 1.5;  // at this price half of the demand is left
inline constexpr double kLifeQuarters = 12.0;
inline constexpr double kLoanToBook = 0.5;
inline constexpr double kRateQuarter = 0.025;

struct Firm {
    double cash_usd, debt_usd, chips, book_usd, paid_usd, failures;
};

/// Doubles alone, in the order in which they are hashed.
struct Market {
    Firm firms[kFirms];
    double demand_chips, price_usd_h, ewma_usd_h, chip_price_usd, utilisation_frac;
};
inline constexpr int kWords = sizeof(Market) / sizeof(std::uint64_t);

/// What holds in a quarter for all markets: a row of shocks.csv.
struct PathRow {
    double demand_growth_frac, supply_chips, reserve_usd_chip;
};

/// The draws of a market in a quarter.
struct Factors {
    double demand, supply;
};

/// What firms see beside the market as last quarter left it.
struct Outlook {
    double fleet_chips, value_usd_chip;
};

/// A decision: up to `budget_usd` for chips at `bid_usd_chip` each, and the lowest price of an hour.
struct Plan {
    double budget_usd, bid_usd_chip, ask_usd_h;
};

/// Orders of all firms, in firm order.
struct Orders {
    double units[kFirms], bid_usd_chip[kFirms], ask_usd_h[kFirms];
};

inline double round_down(double x) { return static_cast<double>(floor_to_int64(x)); }

inline double headroom_usd(const Firm& firm) { return max(kLoanToBook * firm.book_usd - firm.debt_usd, 0.0); }

inline double fleet_chips(const Market& market) {
    double sum = 0.0;
    for (const Firm& firm : market.firms) sum += firm.chips;
    return sum;
}

inline Market opening_market() {
    Market market{{}, 1400000.0, 1.5, 1.5, 25000.0, 1.0};
    for (int f = 0; f < kFirms; ++f) {
        Firm& firm = market.firms[f];
        firm.cash_usd = 600000000.0 - 20000000.0 * f;
        firm.chips = 20000.0 + 2500.0 * f;
        firm.book_usd = firm.chips * 20000.0;
        firm.debt_usd = 0.2 * firm.book_usd;
    }
    return market;
}

/// order[] holds the firms by rising key, equal ones by number.
inline void rank_rising(const double* key, int* order) {
    for (int i = 0; i < kFirms; ++i) {
        int at = i;
        for (; at > 0 && key[order[at - 1]] > key[i]; --at) order[at] = order[at - 1];
        order[at] = i;
    }
}

/// A bid under the reserve is struck out; nobody orders more than it can back.
template <class Strategies> void decide(const Market& market, double reserve_usd_chip, const Strategies& plan_of, Orders& orders) {
    const Outlook outlook{fleet_chips(market), max(market.ewma_usd_h - kEnergyUsdH, 0.0) * kHoursQuarter * kLifeQuarters};
    for (int f = 0; f < kFirms; ++f) {
        const Firm& firm = market.firms[f];
        const Plan plan = plan_of(f, firm, market, outlook);
        const double backing_usd = firm.cash_usd + 0.5 * headroom_usd(firm);
        orders.units[f] = plan.bid_usd_chip >= reserve_usd_chip ? round_down(min(plan.budget_usd, backing_usd) / plan.bid_usd_chip) : 0.0;
        orders.bid_usd_chip[f] = plan.bid_usd_chip;
        orders.ask_usd_h[f] = plan.ask_usd_h;
    }
}

/// Highest bid first; all pay the best bid that was not served in full, or the reserve. payment_usd[] is filled.
inline void sell_chips(Market& market, const Orders& orders, double supply_chips, double reserve_usd_chip, double* payment_usd) {
    double falling[kFirms], awards[kFirms] = {};
    int order[kFirms];
    for (int f = 0; f < kFirms; ++f) falling[f] = -orders.bid_usd_chip[f];
    rank_rising(falling, order);
    market.chip_price_usd = reserve_usd_chip;
    for (const int f : order) {
        awards[f] = min(orders.units[f], supply_chips);
        supply_chips -= awards[f];
        if (awards[f] < orders.units[f]) {
            market.chip_price_usd = orders.bid_usd_chip[f];
            break;
        }
    }
    for (int f = 0; f < kFirms; ++f) {
        payment_usd[f] = awards[f] * market.chip_price_usd;
        market.firms[f].chips += awards[f];
        market.firms[f].book_usd += payment_usd[f];
    }
}

inline double price_that_sells(const Market& market, double chips) {
    return kReferenceUsdH * std::sqrt(max(market.demand_chips / max(chips, 1.0) - 1.0, 0.0));
}

/// Lowest ask first against a falling demand: the price is the ask that demand ends in, or lies between the last ask served and the next.
/// sold_chips[] is filled.
inline void clear_spot(Market& market, const double* ask_usd_h, double* sold_chips) {
    int order[kFirms];
    rank_rising(ask_usd_h, order);
    double before = 0.0, last_ask = 0.0, traded = 0.0;
    bool ended = false;
    for (const int f : order) {
        const double ratio = ask_usd_h[f] / kReferenceUsdH;
        const double wanted = market.demand_chips / (1.0 + ratio * ratio);
        if (before + market.firms[f].chips >= wanted) {
            ended = true;
            traded = wanted >= before ? round_down(wanted) : before;
            market.price_usd_h = wanted >= before ? ask_usd_h[f] : clamp(price_that_sells(market, before), last_ask, ask_usd_h[f]);
            break;
        }
        before += market.firms[f].chips;
        last_ask = ask_usd_h[f];
    }
    if (!ended) {
        traded = before;
        market.price_usd_h = max(price_that_sells(market, before), last_ask);
    }
    double left = traded;
    for (const int f : order) {
        sold_chips[f] = min(market.firms[f].chips, left);
        left -= sold_chips[f];
    }
    market.utilisation_frac = traded / max(fleet_chips(market), 1.0);
}

/// Revenue and costs, loans, wear, calls of lenders, payout: in this order.
inline void settle(const Market& market, double payment_usd, double sold_chips, Firm& firm) {
    const double revenue = sold_chips * market.price_usd_h * kHoursQuarter;
    const double cost = sold_chips * kEnergyUsdH * kHoursQuarter + firm.chips * kUpkeepUsdChip + firm.debt_usd * kRateQuarter;
    double cash = firm.cash_usd - payment_usd + revenue - cost;
    const double borrowed = max(0.0 - cash, 0.0);
    cash = cash + borrowed;
    double debt = firm.debt_usd + borrowed;
    const double repaid = min(debt, 0.5 * max(cash - 50000000.0, 0.0));
    cash = cash - repaid;
    debt = debt - repaid;
    double book = firm.book_usd * 0.94;
    double chips = round_down(firm.chips * 0.985);

    // lenders call what exceeds four fifths of the books: chips are sold at half of the new ones' price
    const double resale = 0.5 * market.chip_price_usd;
    const double dumped = min(chips, round_down(max(debt - 0.8 * book, 0.0) / resale));
    book = book - book * (dumped / max(chips, 1.0));
    chips = chips - dumped;
    const double recovered = min(debt, dumped * resale);
    cash = cash + (dumped * resale - recovered);
    debt = debt - recovered;
    if (debt > 1.5 * book + cash) {  // the firm is its lenders' now
        debt = kLoanToBook * book;
        firm.failures += 1.0;
    }

    const double payout = 0.25 * max(cash - 400000000.0, 0.0);
    firm.cash_usd = cash - payout;
    firm.debt_usd = debt;
    firm.chips = chips;
    firm.book_usd = book;
    firm.paid_usd = firm.paid_usd + payout;
}

/// plan_of(firm number, firm, market, outlook) is a Plan; it reads what last quarter left, and this quarter's demand.
template <class Strategies> void play_quarter(Market& market, const PathRow& path, const Factors& factors, const Strategies& plan_of) {
    Orders orders;
    double payment_usd[kFirms], sold_chips[kFirms];
    market.demand_chips = market.demand_chips * (1.0 + path.demand_growth_frac) * factors.demand;
    decide(market, path.reserve_usd_chip, plan_of, orders);
    sell_chips(market, orders, round_down(path.supply_chips * factors.supply), path.reserve_usd_chip, payment_usd);
    clear_spot(market, orders.ask_usd_h, sold_chips);
    for (int f = 0; f < kFirms; ++f) settle(market, payment_usd[f], sold_chips[f], market.firms[f]);
    market.ewma_usd_h = market.ewma_usd_h + 0.3 * (market.price_usd_h - market.ewma_usd_h);
}

}  // namespace rackrace::reduced
