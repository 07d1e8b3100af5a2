// The reasons behind contracts, loans, broken covenants and defaults: what the tables of the quarter hold, sums of them that are exact, and
// the parameters that they were held against.
#pragma once

#include <string>
#include <vector>

#include "engine/replay/address.h"
#include "viz/figures/replay_store.h"
#include "viz/figures/why.h"

namespace rackrace {

/// Which offer and which request met, at what ask, cap and price. t < 0: the quarter of signing is all that is asked about. Refused: no such
/// contract, or none in that quarter.
Result<Why> explain_contract(const ReplayStore& store, const Address& address);

/// Of a firm in a quarter: a column of table firms, loan=N, or what can be asked first about it. Refused: other fields, a loan that is not there.
Result<Why> explain_firm(const ReplayStore& store, const Address& address, int t);

/// What a firm's script showed under a name in a quarter (firm=F&trace=NAME), and in the quarter before. Refused: no firm, a name that it shows not then.
Result<Why> explain_trace(const ReplayStore& store, const Address& address, int t);

// The single explanations; the firm is one of the run's, the quarter is stored.
Why explain_loan(const ReplayStore& store, int t, const std::string& firm, std::size_t loan_row);
Why explain_breach(const ReplayStore& store, int t, const std::string& firm);
Why explain_default(const ReplayStore& store, int t, const std::string& firm);
/// default_probability_apr, rating, leverage_ratio, coverage_ratio, ebitda_forward_usd
bool is_rating_field(const std::string& field);
Why explain_rating(const ReplayStore& store, int t, const std::string& firm, const std::string& field);

/// What the default probability of a firm that earns is made of.
struct FirmRisk {
    double leverage = 0.0, coverage = 0.0, concentration = 0.0, assets_usd = 0.0;
};
FirmRisk risk_at_close(const ReplayStore& store, int t, const std::string& firm);
std::vector<double> rating_ends(const ReplayStore& store);  // upper ends of the bands of ratings 1 to 9, a year
double risk_exponent(const ReplayStore& store, const FirmRisk& risk);

/// spread = nu x exp(coefficient x sentiment) x (base + premium x LGD x PD); what a contract-backed loan adds stands outside it.
struct SpreadRule {
    double novelty_ratio = 1.0, sentiment = 0.0, sentiment_coefficient = 0.0, base_apr = 0.0, premium_ratio = 0.0, loss_frac = 0.0;
};
SpreadRule spread_rule(const ReplayStore& store, int t, double sentiment, const std::string& kind);
double spread_of(const SpreadRule& rule, double pd_apr);
double implied_pd_apr(const SpreadRule& rule, double spread_apr);
std::string spread_text(const SpreadRule& rule, double pd_apr);  // "4.85 % = novelty nu 1 x exp(-0.8 x sentiment 0.11) x (...)"

/// Smallest headroom over the covenants that were tested in a quarter, as a share of each limit: below 0 is a breach. kNoValue where none was. L is that of the
/// close, which the cash that lenders took after the test may have moved.
double covenant_headroom_frac(const ReplayStore& store, int t, const std::string& firm);

/// Rows of table `loans` of a firm at t.
std::vector<std::size_t> loan_rows(const ReplayStore& store, int t, const std::string& firm);
/// "loan 2: bond, 925.0 M$ owed to investor at 9.25 % a year, 14 quarters left"
Reason loan_reason(const ReplayStore& store, int t, std::size_t row);
/// The last quarter up to t in which the firm's events have this kind; -1 for none.
int last_event(const ReplayStore& store, int t, const std::string& firm, const std::string& kind);

std::string usd_text(double usd);        // "925,000,000 $": whole dollars
std::string musd_text(double usd);       // "925.0 M$"
std::string percent_text(double share);  // "9.25 %": two digits after the point

}  // namespace rackrace
