// The market for AI credit of a quarter: sealed requests against one supply, the dearest bidders first, all at one add-on over their quote.
// Under a binding cap on the add-on the safest are served first instead.
#pragma once

#include <cstdint>

#include "engine/base/host_device.h"
#include "engine/base/money.h"
#include "engine/market/pro_rata_money.h"
#include "engine/scenario/parameters.h"
#include "engine/world/capacities.h"

namespace rackrace {

inline constexpr int kMaxCreditRequests = kMaxRaises * kMaxFirms;

struct CreditRequest {
    Usd amount;               // after its room; >= 0
    double margin_apr = 0.0;  // m: min(highest rate, highest rate of any loan) less the quote after issue; below 0: no bid
    double pd_apr = 0.0;
    std::uint64_t tie = 0;
};

struct CreditRequests {
    CreditRequest rows[kMaxCreditRequests] = {};
    int count = 0;
};

struct CreditClearing {
    Usd filled[kMaxCreditRequests] = {};
    double addon_apr = 0.0;  // z: all filled pay their quote and this
};

/// Serves rows in rising order of key[], equal keys pro rata, while `supply` lasts; rows with is_in[] false get nothing.
/// returns the lowest key with a dollar that found no supply (a partly filled row counts), +infinity if none.
RACKRACE_HD inline double fill_in_order(const CreditRequests& requests, const double* key, const bool* is_in, Usd supply, Usd* filled) {
    std::int16_t order[kMaxCreditRequests];
    int count = 0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < requests.count; ++i) {
        filled[i] = Usd{0};
        if (!is_in[i] || requests.rows[i].amount <= Usd{0}) continue;
        int at = count++;
        RACKRACE_NO_UNROLL
        for (; at > 0 && key[order[at - 1]] > key[i]; --at) order[at] = order[at - 1];
        order[at] = static_cast<std::int16_t>(i);
    }
    double first_rejected = kInfinity;
    Usd left = max_usd(supply, Usd{0});
    int next = 0;
    RACKRACE_NO_UNROLL
    for (int first = 0; first < count; first = next) {
        Usd claims[kMaxCreditRequests], shares[kMaxCreditRequests], asked;
        std::uint64_t tie[kMaxCreditRequests];
        RACKRACE_NO_UNROLL
        for (next = first; next < count && key[order[next]] == key[order[first]]; ++next) {
            claims[next - first] = requests.rows[order[next]].amount;
            tie[next - first] = requests.rows[order[next]].tie;
            asked += claims[next - first];
        }
        pro_rata_money<kMaxCreditRequests>(claims, tie, next - first, left, shares);
        RACKRACE_NO_UNROLL
        for (int k = first; k < next; ++k) filled[order[k]] = shares[k - first];
        if (asked > left) first_rejected = min(first_rejected, key[order[first]]);
        left -= min_usd(asked, left);
    }
    return first_rejected;
}

/// Clears one quarter. The add-on is the highest rejected margin, a partly filled request counting as rejected; 0 if all are filled.
/// If that reaches credit_addon_max_apr, requests that bid as much are filled by default probability instead, safest first: a dearer loan
/// would only draw the worse borrowers. Source: Stiglitz & Weiss 1981 (credit rationing).
RACKRACE_HD inline CreditClearing clear_credit(const Parameters& p, const CreditRequests& requests, Usd supply) {
    CreditClearing out;
    double key[kMaxCreditRequests] = {};
    bool is_in[kMaxCreditRequests] = {};
    RACKRACE_NO_UNROLL
    for (int i = 0; i < requests.count; ++i) {
        key[i] = -requests.rows[i].margin_apr;
        is_in[i] = requests.rows[i].margin_apr >= 0.0;
    }
    const double first_rejected = fill_in_order(requests, key, is_in, supply, out.filled);
    if (first_rejected == kInfinity) return out;
    out.addon_apr = -first_rejected;
    if (out.addon_apr < p.credit_addon_max_apr) return out;
    out.addon_apr = p.credit_addon_max_apr;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < requests.count; ++i) {
        key[i] = requests.rows[i].pd_apr;
        is_in[i] = requests.rows[i].margin_apr >= p.credit_addon_max_apr;
    }
    fill_in_order(requests, key, is_in, supply, out.filled);
    return out;
}

}  // namespace rackrace
