// The key figures of a quarter's close as numbers, for batches on host and device. They are columns of the tables of a replay, in the order in which
// engine/replay/key_columns.h names them; a test compares each with its column.
#pragma once

#include "engine/scenario/scenario.h"
#include "engine/world/world.h"

namespace rackrace {

inline constexpr int kKeyMarketFigures = 9;
inline constexpr int kKeyFirmFigures = 8;

struct KeyFigures {
    double market[kKeyMarketFigures];
    double firms[kMaxFirms][kKeyFirmFigures];  // 0 beyond the world's firms
};

namespace key {

template <class T>
RACKRACE_HD double over_generations(const T (&items)[kMaxGenerations]) {
    double sum = 0.0;
    RACKRACE_NO_UNROLL
    for (const T& item : items) sum += static_cast<double>(item);
    return sum;
}

}  // namespace key

/// Own compute in training terms, all generations.
RACKRACE_HD inline double own_pool_h100e(const Firm& firm) { return key::over_generations(firm.pool_h100e); }

/// 1 - idle over own compute and compute received; 0 without any.
RACKRACE_HD inline double used_frac(const Firm& firm) {
    const double held = own_pool_h100e(firm) + key::over_generations(firm.received_h100e);
    return held > 0.0 ? 1.0 - key::over_generations(firm.idle_h100e) / held : 0.0;
}

RACKRACE_HD inline bool is_behind(const Firm& firm) { return firm.status == FirmStatus::in_arrears || firm.status == FirmStatus::overdue; }

/// In chapter 11, or gone by it.
RACKRACE_HD inline bool has_failed(const Firm& firm) { return is_bankrupt(firm) || firm.status == FirmStatus::acquired; }

RACKRACE_HD inline void take_firm_figures(const World& world, int f, double (&out)[kKeyFirmFigures]) {
    const Firm& firm = world.firms[f];
    const Flows& flows = firm.history[0];
    out[0] = to_double(balance_of(world, f, Account::cash));
    out[1] = to_double(-balance_of(world, f, Account::debt));
    out[2] = to_double(flows.revenue);
    out[3] = to_double(flows.ebitda_ai + flows.ebitda_core);
    out[4] = to_double(flows.capex);
    out[5] = own_pool_h100e(firm);
    out[6] = used_frac(firm);
    out[7] = firm.value_usd;
}

/// Of the world at a close.
RACKRACE_HD RACKRACE_APART inline void take_key_figures(const Scenario& scenario, const World& world, KeyFigures& out) {
    double supply_h100e = 0.0, owners_value_usd = 0.0;
    Usd capex{};
    int in_arrears = 0, in_default = 0;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < kMaxFirms; ++f) {
        RACKRACE_NO_UNROLL
        for (double& figure : out.firms[f]) figure = 0.0;
        if (f >= world.firm_count) continue;
        const Firm& firm = world.firms[f];
        take_firm_figures(world, f, out.firms[f]);
        supply_h100e += own_pool_h100e(firm);
        owners_value_usd += firm.value_usd;
        capex += firm.history[0].capex;
        in_arrears += is_behind(firm) ? 1 : 0;
        in_default += has_failed(firm) ? 1 : 0;
    }
    out.market[0] = world.spot_usd_h[0];
    out.market[1] = world.spot_usd_h[1];
    out.market[2] = supply_h100e * scenario.parameters.hours_per_quarter / 1e6;
    out.market[3] = world.ai_revenue_usd;
    out.market[4] = to_double(capex);
    out.market[5] = world.frontier_oom[0];
    out.market[6] = owners_value_usd;
    out.market[7] = in_arrears;
    out.market[8] = in_default;
}

}  // namespace rackrace
