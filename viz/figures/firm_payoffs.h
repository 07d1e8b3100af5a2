// What the firms of a run have come to at a close, by the three payoffs of model.md section 7: owners' value as recorded, the NPV of free cash flow
// V = sum beta^t FCFF_t + beta^T TVO - netDebt_0, and accounting profit. Quarters t count from the opening books, which are 0; beta is the role's,
// by the parameters that the run froze.
#pragma once

#include <string>
#include <vector>

#include "viz/figures/replay_store.h"

namespace rackrace {

/// Dollars; those called discounted are of the opening books.
struct FirmPayoff {
    std::string firm;
    double value_usd = 0.0;       // U: of it
    double paid_out_usd = 0.0;    // what owners were paid, discounted
    double rate_apr = 0.0;        // w_k
    double free_cash_usd = 0.0;   // sum of FCFF, discounted
    double terminal_usd = 0.0;    // TVO, not discounted; kNoValue where the run does not reach as far back as it takes
    double discount = 1.0;        // beta^T
    double net_debt_usd = 0.0;    // at the opening
    double profit_usd = 0.0;      // income posted
    double issued_usd = 0.0;      // new shares, debt made shares among them
    double returned_usd = 0.0;    // payouts and buy-backs
    bool is_broken_up = false;    // TVO is what breaking up brings
    bool knows_leases = false;    // outside the model: what they owe is taken off that
    double npv_usd() const { return free_cash_usd + discount * terminal_usd - net_debt_usd; }
};

/// Of every firm that is or was there, by owners' value, the largest first. FCFF is the cash of all kinds of posting but those of class debt, equity, payout
/// and interest, and but for bills that lenders wait for: what the firm's lenders and owners share. A supplier's sale on credit counts as it is paid back. TVO is reckoned by the engine's functions from
/// the tables.
std::vector<FirmPayoff> firm_payoffs(const ReplayStore& store, int t);

}  // namespace rackrace
