// The reasons behind a number of a run: the recorded inputs of its formula beside last quarter's, exact additive splits only, down to the
// order and the line of the script that placed it. The same text in the terminal and in the window.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/replay/address.h"
#include "viz/figures/replay_store.h"

namespace rackrace {

/// A total and those behind it, now and a quarter ago: the parts add up to the totals exactly. Orders are in whole H100e, chips or kW, money in dollars.
struct Split {
    struct Part {
        std::string of;  // a firm, outside or dealer; a cause, a product, a region
        double now = 0.0, last = 0.0;
    };
    std::string unit;
    double now = 0.0, last = 0.0;
    std::vector<Part> parts = {};  // the largest change first
};

/// One line of reasons, with those behind it.
struct Reason {
    std::string text;          // "offered 45.1 Gh (2028Q2: 41.2)   crusoe +2.2, meta +1.7"
    std::string address = {};  // of what it speaks of, as `show` and `why` take it; empty where nothing stands behind it
    std::string script = {};   // the line that placed the order: a path in the run's scripts/, and its line
    int line = 0;
    std::optional<Split> split = {};
    std::vector<Reason> behind = {};
};

struct Why {
    std::string address;  // what was asked
    std::string title;    // "spot_i_usd_h 2.41 $/h (2028Q2: 2.57, -6.2 %)"
    std::vector<Reason> reasons = {};
};

/// Explains a clearing price (market.spot_t_usd_h, market.spot_i_usd_h; product=P with field=cleared_usd_chip, which may be left out, or
/// field=resale_usd_chip; region=R, field=adder_usd_kw_q), what became of an order (firm=F&order=N), how a contract came about (contract=N), the
/// rate of a loan (firm=F&loan=N), a default (firm=F&field=status), a broken covenant (firm=F&field=breach_q) and how lenders see a firm (field=rating,
/// default_probability_apr, leverage_ratio, coverage_ratio or ebitda_forward_usd); firm=F alone lists these. What a firm's script
/// showed (firm=F&trace=NAME). Every other
/// number of a firm, a product, a region or the market (why_number.h) by what it is the sum of or comes from; a quarter alone by what happened in it.
/// Refused: a path that names no number, with the nearest that does; no quarter, or a quarter, firm or order that the run does not hold;
/// a table that the explanation reads and that was altered.
Result<Why> explain(const ReplayStore& store, const Address& address);

/// As `rackrace why` prints it: two spaces of indent a level. In brief: two levels, the first few lines behind each reason.
std::string why_text(const Why& why, bool is_brief = false);

}  // namespace rackrace
