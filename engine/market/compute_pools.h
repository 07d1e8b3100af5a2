// P11, first part: what each firm's chips give this quarter, and what its contracts deliver and take. The rest is for spot and own use.
#pragma once

#include "engine/market/contract_billing.h"
#include "engine/market/contract_delivery.h"
#include "engine/market/generation_pool.h"
#include "engine/scenario/scenario.h"
#include "engine/world/world.h"

namespace rackrace {

/// Own compute by generation, H100e of training, and what one of it is worth in inference. Chips that are switched off give none.
RACKRACE_HD RACKRACE_APART inline void fill_pools(const Scenario& scenario, Firm& firm) {
    const double uptime = scenario.parameters.uptime_frac[static_cast<int>(firm.role)];
    std::int64_t chips[kMaxGenerations][kMaxProducts];
    double training[kMaxGenerations][kMaxProducts], inference[kMaxGenerations][kMaxProducts];
    int count[kMaxGenerations] = {};
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        const Holding& h = firm.holdings[p];
        if (h.installed == 0 || h.is_off != 0) continue;
        const int g = scenario.products[p].generation, i = count[g]++;
        chips[g][i] = h.installed;
        training[g][i] = scenario.products[p].training_h100e_chip;
        inference[g][i] = scenario.products[p].inference_h100e_chip;
    }
    RACKRACE_NO_UNROLL
    for (int g = 0; g < kMaxGenerations; ++g) {
        firm.pool_h100e[g] = to_int32(generation_pool_h100e(chips[g], training[g], count[g], uptime));
        firm.kappa[g] = inference_ratio(chips[g], training[g], inference[g], count[g]);
    }
}

/// The duties of this quarter: due_h100e[0] by the ramp, histories moved on; ended contracts leave their slot.
RACKRACE_HD inline void open_contracts(World& world) {
    RACKRACE_NO_UNROLL
    for (int c = 0; c < kMaxContracts; ++c) {
        Contract& contract = world.contracts[c];
        if (contract.id == 0) continue;
        if (world.t > contract.end_t) {
            contract = Contract{};
            continue;
        }
        RACKRACE_NO_UNROLL
        for (int k = 3; k > 0; --k) {
            contract.due_h100e[k] = contract.due_h100e[k - 1];
            contract.short_h100e[k] = contract.short_h100e[k - 1];
        }
        contract.due_h100e[0] = committed_in(contract, world.t);
        contract.short_h100e[0] = contract.delivered_h100e = contract.used_h100e = 0;
    }
}

/// Contract delivery (5.7). Fills delivered and short of every contract, and pools, received and delivered of every firm.
/// Leaves in contracted_left what each firm received and did not pass on, by generation: own use and spot draw on it.
RACKRACE_HD RACKRACE_APART inline void deliver_compute(const Scenario& scenario, World& world, std::int64_t (&contracted_left)[kMaxFirms][kMaxGenerations]) {
    std::int64_t pools[kMaxFirms][kMaxGenerations] = {};
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        fill_pools(scenario, world.firms[f]);
        RACKRACE_NO_UNROLL
        for (int g = 0; g < kMaxGenerations; ++g) pools[f][g] = world.firms[f].pool_h100e[g];
    }
    Commitments commitments;
    int slot_of[kMaxContracts];
    RACKRACE_NO_UNROLL
    for (int c = 0; c < kMaxContracts; ++c) {
        const Contract& contract = world.contracts[c];
        if (contract.id == 0 || contract.due_h100e[0] == 0) continue;
        slot_of[commitments.count] = c;
        commitments.rows[commitments.count++] = {contract.seller, contract.buyer, contract.generation, contract.is_favoured != 0, contract.due_h100e[0]};
    }
    const Deliveries deliveries = deliver_contracts(commitments, pools);
    RACKRACE_NO_UNROLL
    for (int row = 0; row < commitments.count; ++row) {
        Contract& contract = world.contracts[slot_of[row]];
        contract.delivered_h100e = to_int32(deliveries.delivered[row]);
        contract.short_h100e[0] = contract.due_h100e[0] - contract.delivered_h100e;
    }
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        Firm& firm = world.firms[f];
        RACKRACE_NO_UNROLL
        for (int g = 0; g < kMaxGenerations; ++g) {
            const std::int64_t received = deliveries.received[f][g];
            contracted_left[f][g] = deliveries.contracted_left[f][g];
            firm.received_h100e[g] = to_int32(received);
            firm.delivered_h100e[g] = to_int32(pools[f][g] - deliveries.own_left[f][g] + received - contracted_left[f][g]);
            firm.used_h100e[g] = firm.sold_spot_h100e[g] = 0;
            firm.idle_h100e[g] = to_int32(deliveries.own_left[f][g] + contracted_left[f][g]);
        }
    }
}

/// What buyers used of their contracts, once own use and spot are known: own pools come first, so what idles is contracted compute first.
RACKRACE_HD inline void count_contract_use(World& world, const std::int64_t (&contracted_left)[kMaxFirms][kMaxGenerations]) {
    RACKRACE_NO_UNROLL
    for (int c = 0; c < kMaxContracts; ++c) {
        Contract& contract = world.contracts[c];
        if (contract.id == 0 || contract.delivered_h100e == 0) continue;
        if (!is_firm(contract.buyer)) {
            contract.used_h100e = contract.delivered_h100e;  // an outside buyer uses what it bought
            continue;
        }
        const Firm& buyer = world.firms[contract.buyer];
        const int g = contract.generation;
        const std::int64_t left = contracted_left[contract.buyer][g];
        const std::int64_t idle = buyer.idle_h100e[g] < left ? buyer.idle_h100e[g] : left;
        contract.used_h100e = to_int32(used_of_contract(buyer.received_h100e[g] - idle, contract.delivered_h100e, buyer.received_h100e[g]));
    }
}

}  // namespace rackrace
