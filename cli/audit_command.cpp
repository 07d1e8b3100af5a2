// `rackrace audit degenerate`: do strategies that nobody should play lose, and where does it show.
#include <fmt/format.h>

#include <cmath>
#include <memory>

#include <nlohmann/json.hpp>

#include "cli/audit/degenerate.h"
#include "cli/commands.h"
#include "cli/progress.h"
#include "gpu/every_core.h"

namespace rackrace {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kCausesKept = 5;

double percent(double usd, const AuditRow& row) { return 100.0 * usd / row.scale_usd; }

std::string interval_text(const AuditRow& row) {
    const PairedDifference& d = row.difference;
    return std::isfinite(d.half_width) ? fmt::format("{:+.1f} to {:+.1f}", percent(d.mean - d.half_width, row), percent(d.mean + d.half_width, row)) : "none: one seed";
}

std::string cause_text(const AuditRow& row) {
    const auto causes = row.causes(1);
    return causes.empty() ? "none" : fmt::format("{} {:+.1f}", cause_name(causes.front()), row.moved_usd[causes.front()] / 1e9);
}

int count_of(const Audit& audit, Verdict verdict) {
    int count = 0;
    for (const AuditRow& row : audit.rows) count += row.verdict() == verdict;
    return count;
}

std::string table_text(const Audit& audit) {
    std::string out = fmt::format("  {:<17} {:<11} {:<10} {:>9} {:>9} {:>8} {:>18} {:>11}  {:<30} {}\n", "strategy", "role", "firm", "baseline", "audit", "diff. %", "95 % interval",
                                  "default %", "account, B$", "");
    for (const AuditRow& row : audit.rows)
        out += fmt::format("  {:<17} {:<11} {:<10} {:>9.2f} {:>9.2f} {:>+8.1f} {:>18} {:>11}  {:<30} {}\n", row.strategy, row.role, row.firm, row.baseline_usd / 1e9, row.audit_usd / 1e9,
                           percent(row.difference.mean, row), interval_text(row), fmt::format("{:.0f} -> {:.0f}", 100.0 * row.baseline_failed_frac, 100.0 * row.audit_failed_frac),
                           cause_text(row), kVerdictNames[static_cast<int>(row.verdict())]);
    for (const AuditSkip& skip : audit.skips) out += skip.strategy.empty() ? fmt::format("  no {}: {}\n", skip.role, skip.reason) : fmt::format("  {:<17} {:<11} not played: {}\n", skip.strategy, skip.role, skip.reason);
    return out + fmt::format("  {} of {} lose, {} unclear, {} win, {} play as the baseline, {} are worth nothing either way\n"
                             "  owners' value in B$; percents are of the baseline's value, of 1 B$ where it is less\n",
                             count_of(audit, Verdict::loses), audit.rows.size(), count_of(audit, Verdict::unclear), count_of(audit, Verdict::wins), count_of(audit, Verdict::same),
                             count_of(audit, Verdict::both_zero));
}

std::string json_text(const Audit& audit, const AuditPlan& plan) {
    Json rows = Json::array(), skips = Json::array();
    for (const AuditRow& row : audit.rows) {
        Json causes = Json::object();
        for (const int cause : row.causes(kCausesKept)) causes[cause_name(cause)] = row.moved_usd[cause];
        Json pairs = Json::array();
        for (const AuditPair& pair : row.pairs)
            pairs.push_back({{"baseline_usd", pair.baseline_usd}, {"audit_usd", pair.audit_usd}, {"baseline_default", pair.baseline_failed}, {"audit_default", pair.audit_failed}});
        const PairedDifference& d = row.difference;
        rows.push_back({{"strategy", row.strategy}, {"role", row.role}, {"firm", row.firm}, {"baseline_usd", row.baseline_usd}, {"audit_usd", row.audit_usd}, {"difference_usd", d.mean},
                        {"low_usd", std::isfinite(d.half_width) ? Json(d.mean - d.half_width) : Json()}, {"high_usd", std::isfinite(d.half_width) ? Json(d.mean + d.half_width) : Json()},
                        {"scale_usd", row.scale_usd}, {"baseline_default_frac", row.baseline_failed_frac}, {"audit_default_frac", row.audit_failed_frac},
                        {"accounts_usd", causes}, {"verdict", kVerdictNames[static_cast<int>(row.verdict())]}, {"script_errors", row.script_errors}, {"pairs", pairs}});
    }
    for (const AuditSkip& skip : audit.skips) skips.push_back({{"strategy", skip.strategy}, {"role", skip.role}, {"reason", skip.reason}});
    return Json{{"schema", "rackrace.audit_degenerate/1"}, {"scenario", plan.scenario}, {"seeds", plan.seeds}, {"rows", rows}, {"not_played", skips},
                {"lose", count_of(audit, Verdict::loses)}, {"unclear", count_of(audit, Verdict::unclear)}, {"win", count_of(audit, Verdict::wins)},
                {"same", count_of(audit, Verdict::same)}, {"both_zero", count_of(audit, Verdict::both_zero)}}
               .dump() + "\n";
}

}  // namespace

ExitCode audit_command(const AuditArguments& arguments, const Terminal& terminal) {
    AuditPlan plan{arguments.scenario, arguments.seeds, threads_or_all(arguments.threads), arguments.only, {}};
    for (const auto& [role, firm] : arguments.firms) plan.firms[role] = firm;
    std::unique_ptr<BatchProgress> progress;
    const auto audit = audit_degenerate(plan, [&](int rows, int all) {
        const auto runs = [&](int of_rows) { return static_cast<std::int64_t>(of_rows) * arguments.seeds; };
        if (progress == nullptr) progress = std::make_unique<BatchProgress>(terminal, runs(all), 0);
        if (rows > 0) progress->show(runs(rows));
    });
    if (!audit) return terminal.refuse(audit.error(), ExitCode::bad_input);
    terminal.data(terminal.wants_json ? json_text(*audit, plan) : table_text(*audit));
    for (const AuditRow& row : audit->rows)
        if (row.script_errors > 0) terminal.note(fmt::format("script errors  {} at {}: {}; {} in all, the firm held\n", row.strategy, row.firm, row.error, row.script_errors));
    return ExitCode::done;
}

}  // namespace rackrace
