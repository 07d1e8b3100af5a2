// What each capacity contract delivers this quarter: sellers serve their commitments from own pools and from what reaches them by
// contract, in rounds that only rise. Shortfalls are shared; what stays in every pool is left for the spot market and own use.
#pragma once

#include <cstdint>

#include "engine/base/host_device.h"
#include "engine/world/parties.h"

namespace rackrace {

/// One contract's duty of the quarter.
struct Commitment {
    int seller = 0;            // firm
    int buyer = kCustomer;     // firm, or an outside party: what it receives leaves the market
    int generation = 0;        // served by it or a newer one
    bool is_favoured = false;  // served first when the seller is short
    std::int64_t due = 0;      // H100e, in 0 to 2^31
};

struct Commitments {
    Commitment rows[kMaxContracts] = {};
    int count = 0;
};

struct Deliveries {
    std::int64_t delivered[kMaxContracts] = {};                     // by row, 0 to due
    std::int64_t received[kMaxFirms][kMaxGenerations] = {};         // by contract, in the generation of the contract
    std::int64_t own_left[kMaxFirms][kMaxGenerations] = {};         // own pool not passed on
    std::int64_t contracted_left[kMaxFirms][kMaxGenerations] = {};  // of received, not passed on
    int rounds = 0;
};

/// Rows grouped by seller, in a group the newest generation first: group(s, g) is first[] of it up to the next one.
struct CommitmentGroups {
    std::int16_t order[kMaxContracts] = {};
    std::int16_t first[kMaxFirms * kMaxGenerations + 1] = {};
    static RACKRACE_HD constexpr int group(int seller, int generation) { return seller * kMaxGenerations + kMaxGenerations - 1 - generation; }
};

RACKRACE_HD inline CommitmentGroups group_commitments(const Commitments& commitments) {
    CommitmentGroups groups;
    constexpr int count = kMaxFirms * kMaxGenerations;
    RACKRACE_NO_UNROLL
    for (int c = 0; c < commitments.count; ++c)
        groups.first[CommitmentGroups::group(commitments.rows[c].seller, commitments.rows[c].generation) + 1] += 1;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < count; ++i) groups.first[i + 1] = static_cast<std::int16_t>(groups.first[i + 1] + groups.first[i]);
    std::int16_t filled[count] = {};
    RACKRACE_NO_UNROLL
    for (int c = 0; c < commitments.count; ++c) {
        const int i = CommitmentGroups::group(commitments.rows[c].seller, commitments.rows[c].generation);
        groups.order[groups.first[i] + filled[i]++] = static_cast<std::int16_t>(c);
    }
    return groups;
}

/// Share of one contract: all of it where `supply` covers what was `asked`, else pro rata rounded down. Sums of dues and of pools must
/// stay below 2^32.
RACKRACE_HD inline std::int64_t shortfall_share(std::int64_t due, std::int64_t asked, std::int64_t supply) {
    return supply >= asked ? due : due * supply / asked;
}

/// Fills delivered[] of one seller's rows, the newest generation first; pool[] is what it has by generation, own and contracted-in
/// together. Adds the H100e that each generation of commitments takes to taken[].
RACKRACE_HD inline void serve_commitments(const Commitments& commitments, const CommitmentGroups& groups, int seller, const std::int64_t* pool,
                                          std::int64_t* delivered, std::int64_t* taken) {
    std::int64_t eligible = 0;
    RACKRACE_NO_UNROLL
    for (int g = kMaxGenerations - 1; g >= 0; --g) {
        eligible += pool[g];
        const int begin = groups.first[CommitmentGroups::group(seller, g)], end = groups.first[CommitmentGroups::group(seller, g) + 1];
        std::int64_t favoured = 0, others = 0;
        RACKRACE_NO_UNROLL
        for (int i = begin; i < end; ++i) {
            const Commitment& row = commitments.rows[groups.order[i]];
            (row.is_favoured ? favoured : others) += row.due;
        }
        const std::int64_t left_for_others = eligible > favoured ? eligible - favoured : 0;
        RACKRACE_NO_UNROLL
        for (int i = begin; i < end; ++i) {
            const Commitment& row = commitments.rows[groups.order[i]];
            const std::int64_t share =
                row.is_favoured ? shortfall_share(row.due, favoured, eligible) : shortfall_share(row.due, others, left_for_others);
            delivered[groups.order[i]] = share;
            taken[g] += share;
        }
        // odd units of a shortfall do not go to older commitments: a larger supply may leave fewer of them, and deliveries would fall
        eligible = eligible > favoured + others ? eligible - favoured - others : 0;
    }
}

/// Takes what the commitments used off a seller's pools: each generation's from the oldest eligible pool up, own before contracted-in.
RACKRACE_HD inline void draw_pools(const std::int64_t* taken, std::int64_t* own, std::int64_t* contracted) {
    RACKRACE_NO_UNROLL
    for (int g = kMaxGenerations - 1; g >= 0; --g) {
        std::int64_t need = taken[g];
        RACKRACE_NO_UNROLL
        for (int h = g; h < kMaxGenerations && need > 0; ++h) {
            const std::int64_t from_own = own[h] < need ? own[h] : need;
            own[h] -= from_own;
            need -= from_own;
            const std::int64_t from_contracts = contracted[h] < need ? contracted[h] : need;
            contracted[h] -= from_contracts;
            need -= from_contracts;
        }
    }
}

/// What reaches each firm by contract, from delivered[].
RACKRACE_HD inline void sum_received(const Commitments& commitments, const std::int64_t* delivered,
                                     std::int64_t (&received)[kMaxFirms][kMaxGenerations]) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < kMaxFirms; ++f)
        for (int g = 0; g < kMaxGenerations; ++g) received[f][g] = 0;
    RACKRACE_NO_UNROLL
    for (int c = 0; c < commitments.count; ++c)
        if (is_firm(commitments.rows[c].buyer)) received[commitments.rows[c].buyer][commitments.rows[c].generation] += delivered[c];
}

/// Delivers all contracts of the quarter. pools[firm][generation]: own H100e, >= 0.
/// In the first round nothing is passed on; in each next one every seller serves from its pools and what reached it in the round before,
/// until nothing changes, at most kMaxFirms rounds, within which every chain ends. So deliveries only rise and never exceed what is
/// there: two firms without chips that sell to each other deliver nothing. Odd units of a share, and what the last round adds, stay in
/// the pools of the firm: delivered + left = pools + received.
RACKRACE_HD RACKRACE_APART inline Deliveries deliver_contracts(const Commitments& commitments, const std::int64_t (&pools)[kMaxFirms][kMaxGenerations]) {
    const CommitmentGroups groups = group_commitments(commitments);
    Deliveries out;
    std::int64_t taken[kMaxFirms][kMaxGenerations] = {};
    std::int64_t received[kMaxFirms][kMaxGenerations] = {};  // at the start of the round
    bool is_stale[kMaxFirms];
    RACKRACE_NO_UNROLL
    for (int f = 0; f < kMaxFirms; ++f) is_stale[f] = true;
    bool changed = true;
    RACKRACE_NO_UNROLL
    for (; changed && out.rounds < kMaxFirms; ++out.rounds) {
        RACKRACE_NO_UNROLL
        for (int f = 0; f < kMaxFirms; ++f) {
            if (!is_stale[f]) continue;
            std::int64_t pool[kMaxGenerations];
            for (int g = 0; g < kMaxGenerations; ++g) {
                received[f][g] = out.received[f][g];
                pool[g] = pools[f][g] + received[f][g];
                taken[f][g] = 0;
            }
            serve_commitments(commitments, groups, f, pool, out.delivered, taken[f]);
        }
        sum_received(commitments, out.delivered, out.received);
        changed = false;
        RACKRACE_NO_UNROLL
        for (int f = 0; f < kMaxFirms; ++f) {
            is_stale[f] = false;
            for (int g = 0; g < kMaxGenerations; ++g) is_stale[f] = is_stale[f] || out.received[f][g] != received[f][g];
            changed = changed || is_stale[f];
        }
    }
    RACKRACE_NO_UNROLL
    for (int f = 0; f < kMaxFirms; ++f) {
        for (int g = 0; g < kMaxGenerations; ++g) {
            out.own_left[f][g] = pools[f][g];
            out.contracted_left[f][g] = out.received[f][g];
        }
        draw_pools(taken[f], out.own_left[f], out.contracted_left[f]);
    }
    return out;
}

}  // namespace rackrace
