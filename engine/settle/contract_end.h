// How contracts end when a firm fails: what the estate rejects, and what the other side may claim for it. A contract that ends keeps its slot to
// the close, where the quarter's deliveries are still counted, and is free from the next quarter on.
#pragma once

#include "engine/market/annuity.h"
#include "engine/settle/backlog.h"
#include "engine/settle/compute_cost.h"
#include "engine/settle/estate.h"
#include "engine/settle/firm_rating.h"

namespace rackrace {

/// Ends a contract with this quarter: nothing falls due any more.
RACKRACE_HD inline void stop_contract(const Scenario& scenario, World& world, Contract& contract) {
    world.backlog -= contract_backlog(scenario.parameters, contract, world.t);
    contract.end_t = static_cast<std::int16_t>(world.t);
}

/// Value left in a contract: the full quantity at its price over the quarters left, at present value (R of 5.7).
RACKRACE_HD inline double contract_value_usd(const Parameters& p, const Contract& contract, int t) {
    const int first = contract.start_t > t ? contract.start_t : t + 1;
    return contract.price_usd_h * contract.quantity_h100e * p.hours_per_quarter * annuity_q(p, contract.end_t - first + 1);
}

/// The estate of `f` walks away from a contract: the other side claims part of the value left. What was prepaid pays a buyer's claim first and
/// comes back beyond it; a seller owes it back as a claim.
RACKRACE_HD inline void reject_contract(const Scenario& scenario, World& world, Ledger& ledger, int f, Contract& contract) {
    const Parameters& p = scenario.parameters;
    const int other = contract.seller == f ? contract.buyer : contract.seller;
    Usd claim = to_usd(p.estate_claim_frac * contract_value_usd(p, contract, world.t));
    if (contract.seller == f) {
        file_claim(world, ledger, Kind::prepayment_returned, f, other, contract.prepaid, contract.id);
    } else {
        const Usd kept = min_usd(contract.prepaid, claim), back = contract.prepaid - kept;
        post(world, ledger, Kind::prepayment_draw, f, other, kept, contract.id);
        pay(world, ledger, Kind::prepayment_returned, other, f, back, revolver_margin_apr(scenario, world, other), contract.id);
        claim -= kept;
    }
    contract.prepaid = Usd{};
    file_claim(world, ledger, Kind::termination_fee, f, other, claim, contract.id);
    stop_contract(scenario, world, contract);
}

/// Cash that a H100e-hour of the firm's own compute costs at full load; 0 without chips, where there is nothing to deliver cheaper.
RACKRACE_HD inline double cash_cost_usd_h(const Scenario& scenario, const World& world, int f) {
    double pool = 0.0;
    RACKRACE_NO_UNROLL
    for (int g = 0; g < kMaxGenerations; ++g) pool += world.firms[f].pool_h100e[g];
    return pool > 0.0 ? compute_cash_cost_usd_q(scenario, world, f) / (pool * scenario.parameters.hours_per_quarter) : 0.0;
}

/// What an estate would rather be without: compute bought dearer than it can be replaced, compute sold below its cash cost.
RACKRACE_HD inline bool burdens_estate(const Scenario& scenario, const World& world, int f, const Contract& contract, double cost_usd_h) {
    if (contract.seller == f) return contract.price_usd_h < cost_usd_h;
    return contract.price_usd_h > replacement_price_usd_h(scenario, world, contract);
}

/// Rejects the contracts of a firm that burden its estate, or all of them.
RACKRACE_HD inline void reject_contracts(const Scenario& scenario, World& world, Ledger& ledger, int f, bool rejects_all) {
    const double cost = cash_cost_usd_h(scenario, world, f);
    RACKRACE_NO_UNROLL
    for (int c = 0; c < kMaxContracts; ++c) {
        Contract& contract = world.contracts[c];
        if (contract.id == 0 || contract.end_t <= world.t || (contract.seller != f && contract.buyer != f)) continue;
        if (rejects_all || burdens_estate(scenario, world, f, contract, cost)) reject_contract(scenario, world, ledger, f, contract);
    }
}

}  // namespace rackrace
