#include "cli/audit/degenerate.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <fstream>

#include "agents/checker/nearest_name.h"
#include "cli/build_info.h"
#include "engine/quarter/verbs.h"
#include "gpu/every_core.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;

constexpr double kLeastScaleUsd = 1e9;

/// What a kind adds to the book equity of a party, by the legs that meet retained earnings.
double to_equity(Account debit, Account credit) { return (credit == Account::retained ? 1.0 : 0.0) - (debit == Account::retained ? 1.0 : 0.0); }

class EndListener final : public QuarterListener {
public:
    EndListener(int firm, AuditEnd& end) : firm_(firm), end_(end) {}
    void on_opening(const Scenario&, const World&) override {}
    void on_close(const ClosedQuarter& closed) override {
        const Firm& firm = closed.world.firms[firm_];
        end_.has_failed = end_.has_failed || firm.status >= FirmStatus::chapter_11;
        for (int k = 0; k < kKinds; ++k) {
            const KindRow& row = row_of(static_cast<Kind>(k));
            if (static_cast<Kind>(k) == Kind::payout) continue;
            end_.income_usd[k] += to_equity(row.payer_debit, row.payer_credit) * to_double(closed.ledger.paid[firm_][k]);
            end_.income_usd[k] += to_equity(row.payee_debit, row.payee_credit) * to_double(closed.ledger.received[firm_][k]);
        }
    }

private:
    int firm_;
    AuditEnd& end_;
};

AuditEnd play(const Trial& trial, std::uint64_t seed) {
    AuditEnd end;
    auto firms = trial.seat();
    if (!firms) {
        ++end.script_errors;
        end.error = firms.error().text();
        return end;
    }
    const auto world = std::make_unique<World>(trial.loaded.opening);
    EndListener listener(trial.firm, end);
    end.is_broken = !play_run(trial.loaded.scenario, *world, seed, firms->get(), &listener).is_complete;
    end.value_usd = world->firms[trial.firm].value_usd;
    end.own_frac = world->firms[trial.firm].own_frac;
    for (const ScriptFailure& failure : (*firms)->failures()) {
        if (failure.firm != trial.firm) continue;
        ++end.script_errors;
        if (end.error.empty()) end.error = failure.error.text();
    }
    return end;
}

std::vector<AuditEnd> play_all(const Trial& trial, const AuditPlan& plan) {
    std::vector<AuditEnd> ends(static_cast<std::size_t>(plan.seeds));
    for_each_index(plan.seeds, plan.threads, [&](int i) { ends[static_cast<std::size_t>(i)] = play(trial, static_cast<std::uint64_t>(i) + 1); });
    return ends;
}

/// The first run that broke an identity; empty where none did.
std::string broken_run(const std::vector<AuditEnd>& ends) {
    const auto found = std::find_if(ends.begin(), ends.end(), [](const AuditEnd& end) { return end.is_broken; });
    return found == ends.end() ? "" : "seed " + std::to_string(found - ends.begin() + 1);
}

void compare(const std::vector<AuditEnd>& audit, const std::vector<AuditEnd>& baseline, AuditRow& row) {
    std::vector<double> differences;
    const auto n = static_cast<double>(audit.size());
    for (std::size_t i = 0; i < audit.size(); ++i) {
        const AuditEnd &a = audit[i], &b = baseline[i];
        differences.push_back(a.value_usd - b.value_usd);
        row.pairs.push_back({b.value_usd, a.value_usd, b.has_failed, a.has_failed});
        row.baseline_usd += b.value_usd / n;
        row.audit_usd += a.value_usd / n;
        row.baseline_failed_frac += b.has_failed / n;
        row.audit_failed_frac += a.has_failed / n;
        for (int k = 0; k < kKinds; ++k) row.moved_usd[k] += (a.income_usd[k] - b.income_usd[k]) / n;
        if (a.has_failed != b.has_failed) row.moved_usd[kDefault] += differences.back() / n;
        else if (a.own_frac > 0.0 && b.own_frac > 0.0) row.moved_usd[kDilution] += a.value_usd * (1.0 - b.own_frac / a.own_frac) / n;
        row.script_errors += a.script_errors;
        if (row.error.empty()) row.error = a.error;
    }
    row.difference = paired_difference(differences);
    row.scale_usd = std::max(std::fabs(row.baseline_usd), kLeastScaleUsd);
}

Refusal broken_refusal(const AuditPlan& plan, const std::string& run, const std::string& who) {
    return {plan.scenario + " " + run, 0, 0, "an identity broke, " + who, "this is a bug in rackrace: play the run by itself, it says what broke and when"};
}

/// Removed with what is in it at the end.
struct TemporaryScripts {
    fs::path folder = fs::temp_directory_path() / ("rackrace-audit-" + std::to_string(getpid()));

    TemporaryScripts() = default;
    TemporaryScripts(const TemporaryScripts&) = delete;
    TemporaryScripts& operator=(const TemporaryScripts&) = delete;
    ~TemporaryScripts() {
        std::error_code error;
        fs::remove_all(folder, error);
    }
};

/// The script with another role's constructor: `race.ROLE {` is the only word in it that belongs to a role.
Result<std::shared_ptr<const Strategy>> for_role(const Strategy& script, Role role, const TemporaryScripts& temporary) {
    const std::string own = "return race." + std::string(role_text(*script.declaration().role));
    std::string text = script.main.text;
    const std::size_t at = text.rfind(own);
    const fs::path source(script.main.name);
    if (at == std::string::npos) return Refusal{source.string(), 0, 0, "does not end with " + own + " { ... }", "write it so: the audit plays it for other roles"};
    text.replace(at, own.size(), "return race." + std::string(role_text(role)));
    std::error_code error;
    fs::create_directories(temporary.folder, error);
    const fs::path file = temporary.folder / (source.stem().string() + "_" + std::string(role_text(role)) + ".lua");
    std::ofstream out(file, std::ios::binary);
    out << text;
    out.close();
    if (!out) return Refusal{file.string(), 0, 0, "cannot be written", "free some space, or set TMPDIR"};
    return load_strategy(file, role);
}

/// The first verb of the script that the role does not have; empty where it has all.
std::string missing_verb(const Strategy& script, Role role) {
    for (const VerbInfo& verb : describe_verbs())
        if ((script.verbs & verb_bit(verb.row.verb)) != 0 && (verb.row.roles & role_bit(role)) == 0) return std::string(verb.row.name);
    return "";
}

Result<std::vector<fs::path>> find_scripts(const AuditPlan& plan) {
    const fs::path folder = scripts_folder() / "strategies" / "audit";
    std::vector<fs::path> files;
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
        if (it->path().extension() == ".lua") files.push_back(it->path());
    if (files.empty()) return Refusal{folder.string(), 0, 0, "has no scripts", "set RACKRACE_SCRIPTS to the scripts folder"};
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files) names.push_back(file.stem().string());
    Refusals refusals;
    for (const std::string& name : plan.only)
        if (std::find(names.begin(), names.end(), name) == names.end()) refusals.add({"--only " + name, 0, 0, "no script of the audit has that name", did_you_mean(name, names)});
    if (!refusals.empty()) return refusals;
    if (!plan.only.empty()) std::erase_if(files, [&](const fs::path& file) { return std::find(plan.only.begin(), plan.only.end(), file.stem().string()) == plan.only.end(); });
    return files;
}

/// A role's firm, and how it ends with its baseline.
struct AuditedFirm {
    Role role;
    Trial trial;
    std::vector<AuditEnd> baseline;
};

/// The firm that is asked for, else the usual one; empty where the scenario has none of the role.
std::string firm_of(const LoadedScenario& loaded, Role role, const AuditPlan& plan) {
    const auto given = plan.firms.find(std::string(role_text(role)));
    return given != plan.firms.end() ? given->second : usual_firm(loaded, role);
}

Result<std::vector<AuditedFirm>> make_subjects(const AuditPlan& plan, Audit& audit) {
    const auto loaded = load_scenario({plan.scenario, data_folder(), {}, ""});
    if (!loaded) return loaded.error();
    std::vector<AuditedFirm> subjects;
    Refusals refusals;
    for (int r = 0; r < kRoles; ++r) {
        const Role role = static_cast<Role>(r);
        const std::string name(role_text(role)), firm = firm_of(*loaded, role, plan);
        if (firm.empty()) {
            audit.skips.push_back({"", name, plan.scenario + " has none"});
            continue;
        }
        auto trial = make_trial(plan.scenario, firm, role);
        if (!trial) refusals.add(trial.error());
        else if (trial->role() != role) refusals.add({"--firm " + name + "=" + firm, 0, 0, firm + " is a " + std::string(role_text(trial->role())), "name a " + name});
        else subjects.push_back({role, std::move(*trial), {}});
    }
    if (!refusals.empty()) return refusals;
    return subjects;
}

}  // namespace

std::string cause_name(int cause) { return cause == kDilution ? "own" : cause == kDefault ? "default" : row_of(static_cast<Kind>(cause)).name; }

Verdict AuditRow::verdict() const {
    const double low = difference.mean - difference.half_width, high = difference.mean + difference.half_width;
    if (std::all_of(std::begin(moved_usd), std::end(moved_usd), [](double usd) { return usd == 0.0; })) return Verdict::same;
    if (baseline_usd == 0.0 && audit_usd == 0.0) return Verdict::both_zero;
    return high < 0.0 ? Verdict::loses : low > 0.0 ? Verdict::wins : Verdict::unclear;
}

std::vector<int> AuditRow::causes(std::size_t most) const {
    const double sign = verdict() == Verdict::wins || (verdict() == Verdict::unclear && difference.mean > 0.0) ? 1.0 : -1.0;
    std::vector<int> out;
    for (int c = 0; c < kCauses; ++c)
        if (sign * moved_usd[c] > 0.0) out.push_back(c);
    std::stable_sort(out.begin(), out.end(), [&](int a, int b) { return sign * moved_usd[a] > sign * moved_usd[b]; });
    if (out.size() > most) out.resize(most);
    return out;
}

Result<Audit> audit_degenerate(const AuditPlan& plan, const std::function<void(int, int)>& done) {
    const auto files = find_scripts(plan);
    if (!files) return files.error();
    Audit audit;
    auto subjects = make_subjects(plan, audit);
    if (!subjects) return subjects.error();
    const TemporaryScripts temporary;
    struct Cell {
        std::string name;
        std::shared_ptr<const Strategy> script;
        AuditedFirm* subject;
    };
    std::vector<Cell> cells;
    for (const fs::path& file : *files) {
        const auto script = read_script(file);
        if (!script) return script.error();
        for (AuditedFirm& subject : *subjects) {
            const std::string name = file.stem().string(), role(role_text(subject.role)), missing = missing_verb(**script, subject.role);
            if (!missing.empty()) {
                audit.skips.push_back({name, role, "has no " + missing});
                continue;
            }
            const auto own = *(*script)->declaration().role == subject.role ? script : for_role(**script, subject.role, temporary);
            if (!own) return own.error();
            cells.push_back({name, *own, &subject});
        }
    }
    done(0, static_cast<int>(cells.size()));
    for (Cell& cell : cells) {
        AuditedFirm& subject = *cell.subject;
        subject.trial.script = nullptr;
        if (subject.baseline.empty()) subject.baseline = play_all(subject.trial, plan);
        if (const std::string broken = broken_run(subject.baseline); !broken.empty()) return broken_refusal(plan, broken, "with all baselines");
        subject.trial.script = cell.script;
        AuditRow& row = audit.rows.emplace_back();
        row.strategy = cell.name;
        row.role = std::string(role_text(subject.role));
        row.firm = subject.trial.loaded.names.firms[static_cast<std::size_t>(subject.trial.firm)];
        const std::vector<AuditEnd> ends = play_all(subject.trial, plan);
        if (const std::string broken = broken_run(ends); !broken.empty()) return broken_refusal(plan, broken, cell.name + " at " + row.firm);
        compare(ends, subject.baseline, row);
        done(static_cast<int>(audit.rows.size()), static_cast<int>(cells.size()));
    }
    return audit;
}

}  // namespace rackrace
