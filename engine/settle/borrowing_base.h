// What a firm's contracts, chips and sites let it borrow against (model.md 5.11, ABL): the pledge of all its contract-backed debt together.
#pragma once

#include "engine/market/annuity.h"
#include "engine/market/asset_backed_loan.h"
#include "engine/market/live_contracts.h"
#include "engine/scenario/scenario.h"

namespace rackrace {

/// A bit a firm.
using FirmSet = std::uint32_t;
static_assert(kMaxFirms <= 32);
RACKRACE_HD inline bool has_firm(FirmSet set, int f) { return is_firm(f) && (set >> f & 1u) != 0; }

/// The live contracts that a firm of the set sold.
RACKRACE_HD inline LiveContracts contracts_sold_by(const World& world, FirmSet sellers) {
    LiveContracts live;
    live.count = 0;
    RACKRACE_NO_UNROLL
    for (int c = 0; c < kMaxContracts; ++c)
        if (world.contracts[c].id != 0 && has_firm(sellers, world.contracts[c].seller)) live.slot[live.count++] = static_cast<std::int16_t>(c);
    return live;
}

/// Take-or-pay to come from each party, at present value, less what comes back from it; outside buyers, who sell nothing, are the last row.
struct NettedReceipts {
    double usd[kMaxFirms + 1];
    int longest_q;  // quarters left of the longest contract sold
};

/// Present value of the take-or-pay left after this quarter. discount: quarter_discount.
RACKRACE_HD inline double takeorpay_pv_usd(const Parameters& p, const Contract& contract, int now_t, double discount) {
    double factor = 1.0, sum = 0.0;
    RACKRACE_NO_UNROLL
    for (int t = now_t + 1; t <= contract.end_t; ++t) sum += (factor *= discount) * committed_in(contract, t);
    return sum * contract.price_usd_h * p.hours_per_quarter * contract.takeorpay_frac;
}

/// Take-or-pay at present value that each firm has sold to each.
struct TakeorpaySold {
    double usd[kMaxFirms][kMaxFirms];  // seller, buyer
};

/// Whether what a firm sells can come back to it: it buys from a customer, or from a customer's customer.
RACKRACE_HD inline bool has_ring(const FirmSet* customers, int f) {
    FirmSet seen = customers[f];
    RACKRACE_NO_UNROLL
    for (FirmSet next = seen; next != 0 && !has_firm(seen, f);) {
        const FirmSet found = customers[lowest_bit(next)] & ~seen;
        next = (next & (next - 1)) | found;
        seen |= found;
    }
    return has_firm(seen, f);
}

/// What comes back from a firm to another over any chain of sales, at most `most`: the largest flow, by shortest paths. `sold` is used up.
/// Source: Edmonds & Karp 1972.
RACKRACE_HD RACKRACE_APART inline double flow_back_usd(TakeorpaySold& sold, int from, int to, double most) {
    double flow = 0.0;
    RACKRACE_NO_UNROLL
    while (flow < most) {
        int before[kMaxFirms], queue[kMaxFirms], count = 1;
        FirmSet seen = 1u << from;
        queue[0] = from;
        RACKRACE_NO_UNROLL
        for (int i = 0; i < count && !has_firm(seen, to); ++i) {
            RACKRACE_NO_UNROLL
            for (int b = 0; b < kMaxFirms; ++b) {
                if (has_firm(seen, b) || !(sold.usd[queue[i]][b] > 0.0)) continue;
                seen |= 1u << b;
                before[b] = queue[i];
                queue[count++] = b;
            }
        }
        if (!has_firm(seen, to)) return flow;
        double least = most - flow;
        RACKRACE_NO_UNROLL
        for (int b = to; b != from; b = before[b]) least = min(least, sold.usd[before[b]][b]);
        RACKRACE_NO_UNROLL
        for (int b = to; b != from; b = before[b]) {
            sold.usd[before[b]][b] -= least;
            sold.usd[b][before[b]] += least;
        }
        flow += least;
    }
    return flow;
}

/// Takes off each customer's receipts what comes back from it: of a pair that sells each other the same, and of a ring, nothing is left.
RACKRACE_HD RACKRACE_APART inline void net_receipts(const Parameters& p, const World& world, int f, double discount, NettedReceipts& net) {
    TakeorpaySold sold{};
    RACKRACE_NO_UNROLL
    for (int c = 0; c < kMaxContracts; ++c) {
        const Contract& contract = world.contracts[c];
        if (contract.id != 0 && is_firm(contract.buyer)) sold.usd[contract.seller][contract.buyer] += takeorpay_pv_usd(p, contract, world.t, discount);
    }
    RACKRACE_NO_UNROLL
    for (int b = 0; b < kMaxFirms; ++b) {
        if (!(net.usd[b] > 0.0)) continue;
        TakeorpaySold left = sold;
        net.usd[b] -= flow_back_usd(left, b, f, net.usd[b]);
    }
}

RACKRACE_HD inline NettedReceipts netted_receipts(const Scenario& scenario, const World& world, int f, double discount) {
    NettedReceipts net{};
    FirmSet customers[kMaxFirms] = {};
    RACKRACE_NO_UNROLL
    for (int c = 0; c < kMaxContracts; ++c) {
        const Contract& contract = world.contracts[c];
        if (contract.id == 0) continue;
        if (is_firm(contract.buyer)) customers[contract.seller] |= 1u << contract.buyer;
        if (contract.seller != f) continue;
        net.usd[is_firm(contract.buyer) ? contract.buyer : kMaxFirms] += takeorpay_pv_usd(scenario.parameters, contract, world.t, discount);
        if (contract.end_t - world.t > net.longest_q) net.longest_q = contract.end_t - world.t;
    }
    if (has_ring(customers, f)) net_receipts(scenario.parameters, world, f, discount, net);
    return net;
}

/// Default probability of a buyer of compute. Outside buyers are unrated and many: together at the end of the last rated band.
RACKRACE_HD inline double buyer_pd_apr(const Parameters& p, const World& world, int row) {
    return row < kMaxFirms ? world.firms[row].default_probability_apr : p.rating_pd_max_apr[static_cast<int>(p.rated_rating_max) - 1];
}

/// Principal of a firm's loans of one kind.
RACKRACE_HD inline Usd principal_of(const Firm& firm, DebtKind kind) {
    Usd sum{};
    RACKRACE_NO_UNROLL
    for (int d = 0; d < kMaxTranches; ++d)
        if (firm.debt[d].kind == kind) sum += firm.debt[d].principal;
    return sum;
}

/// Share of contract-backed money, `more` and signed money included, that is in its first abl_cost_basis_q quarters: so much of the chips
/// counts at cost. 1 without any.
RACKRACE_HD inline double young_share(const Parameters& p, const Firm& firm, Usd more) {
    const Usd fresh = more + firm.undrawn_contract_backed;
    double young = to_double(fresh), all = young;
    RACKRACE_NO_UNROLL
    for (int d = 0; d < kMaxTranches; ++d) {
        const Tranche& tranche = firm.debt[d];
        if (tranche.kind != DebtKind::contract_backed) continue;
        all += to_double(tranche.principal);
        if (tranche.age_q < p.abl_cost_basis_q) young += to_double(tranche.principal);
    }
    return all > 0.0 ? young / all : 1.0;
}

/// Chips at resale, in service and waiting, and what they cost.
struct ChipCollateral {
    double resale_usd;
    double cost_usd;
};

RACKRACE_HD inline ChipCollateral chip_collateral(const Scenario& scenario, const World& world, const Firm& firm) {
    ChipCollateral chips{};
    RACKRACE_NO_UNROLL
    for (int i = 0; i < scenario.product_count; ++i) {
        const Holding& h = firm.holdings[i];
        chips.resale_usd += (static_cast<double>(h.installed) + h.warehouse) * world.products[i].resale_usd_chip;
        chips.cost_usd += to_double(h.gross);
    }
    return chips;
}

RACKRACE_HD inline double site_book_usd(const World& world, int f) {
    return to_double(balance_of(world, f, Account::sites_gross) + balance_of(world, f, Account::sites_depreciation));
}

/// The pledge of a firm's contract-backed debt, were `more` of it signed now. Site debt takes its part of the sites first.
RACKRACE_HD inline Pledge pledge_of(const Scenario& scenario, const World& world, int f, const NettedReceipts& net, Usd more) {
    const Parameters& p = scenario.parameters;
    const Firm& firm = world.firms[f];
    Pledge pledge;
    RACKRACE_NO_UNROLL
    for (int row = 0; row <= kMaxFirms; ++row) {
        if (!(net.usd[row] > 0.0)) continue;
        pledge.buyer_usd[pledge.buyers] = net.usd[row];
        pledge.is_rated[pledge.buyers] = row < kMaxFirms && is_rated(p, world.firms[row].rating);
        ++pledge.buyers;
    }
    const ChipCollateral chips = chip_collateral(scenario, world, firm);
    const double young = young_share(p, firm, more);
    pledge.chips_resale_usd = chips.resale_usd;
    pledge.chips_cost_usd = young * max(chips.cost_usd, chips.resale_usd) + (1.0 - young) * chips.resale_usd;
    pledge.sites_book_usd = max(0.0, site_book_usd(world, f) - to_double(principal_of(firm, DebtKind::project)));
    return pledge;
}

/// The firm's borrowing base.
RACKRACE_HD RACKRACE_APART inline double base_of_firm_usd(const Scenario& scenario, const World& world, int f, const NettedReceipts& net, Usd more) {
    return borrowing_base_usd(scenario.parameters, pledge_of(scenario, world, f, net, more));
}

/// Default probability and rated share of the pledged contracts' buyers, weighted by value; without contracts the firm's own risk, unrated.
struct BuyersRisk {
    double pd_apr;
    double rated_frac;
};

RACKRACE_HD inline BuyersRisk risk_of_buyers(const Parameters& p, const World& world, int f, const NettedReceipts& net) {
    double sum = 0.0, pd = 0.0, rated = 0.0;
    RACKRACE_NO_UNROLL
    for (int row = 0; row <= kMaxFirms; ++row) {
        if (!(net.usd[row] > 0.0)) continue;
        sum += net.usd[row];
        pd += net.usd[row] * buyer_pd_apr(p, world, row);
        if (row < kMaxFirms && is_rated(p, world.firms[row].rating)) rated += net.usd[row];
    }
    return sum > 0.0 ? BuyersRisk{pd / sum, rated / sum} : BuyersRisk{world.firms[f].default_probability_apr, 0.0};
}

}  // namespace rackrace
