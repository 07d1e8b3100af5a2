// The eight strategies of the reduced market (../reduced_market.md): from what a firm sees to its plan.
#pragma once

#include "bench/reduced_market/market.h"

namespace rackrace::reduced {

inline constexpr int kStrategies = 8;

inline Plan steady(const Firm& firm, const Market&, const Outlook& o) { return {0.25 * firm.cash_usd, 0.7 * o.value_usd_chip, 1.1 * kEnergyUsdH}; }

inline Plan trend(const Firm& firm, const Market& m, const Outlook& o) {
    return {firm.cash_usd * clamp(m.price_usd_h / m.ewma_usd_h - 0.6, 0.0, 0.8), 0.8 * o.value_usd_chip, 0.5 * m.ewma_usd_h};
}

inline Plan leverage(const Firm& firm, const Market&, const Outlook& o) {
    return {0.4 * firm.cash_usd + 0.5 * headroom_usd(firm), 0.9 * o.value_usd_chip,
            kEnergyUsdH + kRateQuarter * firm.debt_usd / (kHoursQuarter * max(firm.chips, 1.0))};
}

inline Plan share(const Firm& firm, const Market& m, const Outlook& o) {
    const double bid = min(0.85 * o.value_usd_chip, 1.05 * m.chip_price_usd);
    return {max(1.1 * (o.fleet_chips / kFirms) - firm.chips, 0.0) * bid, bid, 0.4 * m.ewma_usd_h};
}

inline Plan contrarian(const Firm& firm, const Market& m, const Outlook& o) {
    return {firm.cash_usd * clamp(1.3 - m.price_usd_h / m.ewma_usd_h, 0.0, 0.6), 0.75 * o.value_usd_chip, 0.6 * m.price_usd_h};
}

inline Plan prudent(const Firm& firm, const Market&, const Outlook& o) {
    return {0.5 * max(firm.cash_usd - firm.debt_usd - 4.0 * kUpkeepUsdChip * firm.chips, 0.0), 0.6 * o.value_usd_chip, 1.5 * kEnergyUsdH};
}

inline Plan root(const Firm& firm, const Market& m, const Outlook& o) {
    return {0.3 * std::sqrt(firm.cash_usd * firm.book_usd), std::sqrt(o.value_usd_chip * m.chip_price_usd), std::sqrt(kEnergyUsdH * m.ewma_usd_h)};
}

inline Plan busy(const Firm& firm, const Market& m, const Outlook& o) {
    const double use = m.utilisation_frac * m.utilisation_frac;
    return {0.5 * firm.cash_usd * use, o.value_usd_chip * (0.5 + 0.4 * m.utilisation_frac), 0.6 * m.ewma_usd_h * use};
}

/// Firm f plays number f mod `count` of them; 1 <= count <= kStrategies.
struct Strategies {
    int count;

    Plan operator()(int f, const Firm& firm, const Market& m, const Outlook& o) const {
        switch (f % count) {
            case 0: return steady(firm, m, o);
            case 1: return trend(firm, m, o);
            case 2: return leverage(firm, m, o);
            case 3: return share(firm, m, o);
            case 4: return contrarian(firm, m, o);
            case 5: return prudent(firm, m, o);
            case 6: return root(firm, m, o);
            default: return busy(firm, m, o);
        }
    }
};

}  // namespace rackrace::reduced
