// The audit of degenerate strategies (model.md 8.1): each script plays one firm of every role that has its levers, the others their baselines,
// on the same seeds as a run in which all play their baselines.
#pragma once

#include <map>
#include <functional>
#include <string>
#include <vector>

#include "game/paired.h"
#include "cli/trial.h"
#include "engine/settle/kinds.h"

namespace rackrace {

/// What an owner lost or gained by: the kinds of 6.2 that are income, then the two that are none.
inline constexpr int kDilution = kKinds;      // shares sold
inline constexpr int kDefault = kKinds + 1;   // the firm failed
inline constexpr int kCauses = kKinds + 2;
std::string cause_name(int cause);

/// The end of one run for the firm.
struct AuditEnd {
    double value_usd = 0.0;
    double own_frac = 0.0;
    bool has_failed = false;            // chapter 11 at any close
    bool is_broken = false;             // an identity broke: the rest is no result
    double income_usd[kKinds] = {};     // what each kind added to its book equity over the run; payouts are no income
    int script_errors = 0;
    std::string error;                  // the first
};

/// loses, unclear, wins: the whole interval below 0, across it, above it. same: nothing moved. both_zero: the firm is worth nothing either way.
enum class Verdict { loses, unclear, wins, same, both_zero };
inline constexpr const char* kVerdictNames[] = {"loses", "unclear", "WINS", "same", "both 0"};

/// Both runs of one seed.
struct AuditPair {
    double baseline_usd = 0.0, audit_usd = 0.0;
    bool baseline_failed = false, audit_failed = false;
};

struct AuditRow {
    std::string strategy, role, firm;
    double baseline_usd = 0.0, audit_usd = 0.0;  // owners' value, means
    PairedDifference difference;                 // $
    double scale_usd = 0.0;                      // what percents are of: the baseline's value, at least 1 B$ (7)
    double baseline_failed_frac = 0.0, audit_failed_frac = 0.0;
    std::vector<AuditPair> pairs;                // [seeds], seed 1 first
    double moved_usd[kCauses] = {};              // mean change of what each cause added to owners' value
    int script_errors = 0;
    std::string error;

    Verdict verdict() const;
    /// The causes that moved most against the firm, or where it wins for it; fewer where fewer moved.
    std::vector<int> causes(std::size_t most) const;
};

/// What was not played and why.
struct AuditSkip {
    std::string strategy, role, reason;
};

struct AuditPlan {
    std::string scenario;
    int seeds = 20;
    int threads = 1;
    std::vector<std::string> only;              // names of scripts without .lua; empty: all
    std::map<std::string, std::string> firms;   // by role, in place of the usual ones
};

struct Audit {
    std::vector<AuditRow> rows;    // by script, then role
    std::vector<AuditSkip> skips;
};

/// done(rows so far, rows in all) before the first and after each. Refused: scenarios, firms and scripts that are none, scripts that the checker refuses, and runs that break an identity.
Result<Audit> audit_degenerate(const AuditPlan& plan, const std::function<void(int, int)>& done);

}  // namespace rackrace
