#include "cli/report.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/quarter_index.h"

namespace rackrace {
namespace {

constexpr const char* kBoundColumns[] = {"bound_by_demand", "bound_by_power", "bound_by_shell", "bound_by_money", "bound_by_chips"};

int year_in(const ReplayRows& rows, std::size_t row) { return year_of(parse_quarter(rows.text(row, "quarter")).value_or(0)); }

/// Row 0 is the opening: the market has not met there.
void add_years(const ReplayRows& quarters, Report& report) {
    for (std::size_t q = 1; q < quarters.rows.size(); ++q) {
        const int year = year_in(quarters, q);
        if (report.years.empty() || report.years.back().year != year) report.years.push_back({year});
        ReportYear& out = report.years.back();
        ++out.quarters;
        out.spot_t_usd_h += quarters.number(q, "spot_t_usd_h");
        out.spot_i_usd_h += quarters.number(q, "spot_i_usd_h");
        out.util_frac += quarters.number(q, "util_frac");
        out.unmet_gh += quarters.number(q, "unmet_mh") / 1e3;
        out.made_million_chips += quarters.number(q, "made_chips") / 1e6;
        out.capex_busd += quarters.number(q, "capex_usd") / 1e9;
        out.ai_revenue_busd += quarters.number(q, "ai_revenue_usd") / 1e9;
        out.supply_gh = quarters.number(q, "supply_mh") / 1e3;
        out.usable_gw = quarters.number(q, "usable_it_kw") / 1e6;
        for (int b = 0; b < 5; ++b) out.bound_frac[b] += quarters.number(q, kBoundColumns[b]);
    }
    for (ReportYear& year : report.years) {
        year.spot_t_usd_h /= year.quarters;
        year.spot_i_usd_h /= year.quarters;
        year.util_frac /= year.quarters;
        double all = 0.0;
        for (double count : year.bound_frac) all += count;
        for (double& count : year.bound_frac) count = all > 0.0 ? count / all : 0.0;
    }
}

void add_market(const ReplayRows& quarters, Report& report) {
    const std::size_t first = std::min<std::size_t>(1, quarters.rows.size() - 1), last = quarters.rows.size() - 1;
    report.first_quarter = quarters.text(first, "quarter");
    report.last_quarter = quarters.text(last, "quarter");
    const auto ends = [&](const char* column, double scale, double(&out)[2]) {
        out[0] = quarters.number(first, column) / scale;
        out[1] = quarters.number(last, column) / scale;
    };
    ends("spot_t_usd_h", 1.0, report.spot_t);
    ends("spot_i_usd_h", 1.0, report.spot_i);
    ends("supply_mh", 1e3, report.supply_gh);
    for (std::size_t q = first; q <= last; ++q) {
        const double unmet = quarters.number(q, "unmet_mh") / 1e3;
        if (unmet <= report.unmet_peak_gh) continue;
        report.unmet_peak_gh = unmet;
        report.unmet_quarter = quarters.text(q, "quarter");
    }
}

ReportFirm& firm_in(Report& report, const std::string& firm, const std::string& role) {
    for (ReportFirm& one : report.firms)
        if (one.firm == firm) return one;
    return report.firms.emplace_back(ReportFirm{firm, role, 0.0, 0.0, {}, 0.0, {}});
}

void add_firms(const ReplayRows& firms, Report& report) {
    for (std::size_t i = 0; i < firms.rows.size(); ++i) {
        const std::string quarter = firms.text(i, "quarter");
        ReportFirm& firm = firm_in(report, firms.text(i, "firm"), firms.text(i, "role"));
        const double value = firms.number(i, "value_usd") / 1e9;
        if (i == 0) report.value_quarter = quarter;
        if (quarter == report.value_quarter) firm.first_value_busd = value;
        firm.last_value_busd = value;
        if (const std::string status = firms.text(i, "status"); status != "in_arrears" && status != "overdue") continue;
        const auto t = parse_quarter(quarter), last = firm.arrears.empty() ? std::nullopt : parse_quarter(firm.arrears.back().second);
        if (last && t && *last + 1 == *t) firm.arrears.back().second = quarter;
        else firm.arrears.emplace_back(quarter, quarter);
        firm.most_arrears_busd = std::max(firm.most_arrears_busd, (firms.number(i, "arrears_new_usd") + firms.number(i, "arrears_old_usd")) / 1e9);
    }
}

/// Defaults and what became of them, in the order of the run.
void add_failures(const ReplayRows& events, Report& report) {
    for (std::size_t i = 0; i < events.rows.size(); ++i) {
        const std::string kind = events.text(i, "kind");
        if (kind != "default" && kind != "reorganised" && kind != "liquidated" && kind != "acquired") continue;
        for (ReportFirm& firm : report.firms)
            if (firm.firm == events.text(i, "firm")) firm.failures += (firm.failures.empty() ? "" : ", ") + kind + " " + events.text(i, "quarter");
    }
}

std::string failures_text(const Report& report) {
    std::string out;
    for (const ReportFirm& firm : report.firms)
        if (!firm.failures.empty()) out += fmt::format("{}{} {}\n", out.empty() ? "  failed          " : "                  ", firm.firm, firm.failures);
    return out.empty() ? "  failed          nobody\n" : out;
}

std::string years_text(const Report& report) {
    std::string out =
        "  year spot T spot I  supply unmet  used  chips usable  capex  sales   firm quarters bound by, %\n"
        "          $/h    $/h  Gh end    Gh     %    mil GW end     B$     B$  demand power shell money chips\n";
    for (const ReportYear& year : report.years)
        out +=
            fmt::format("  {} {:6.2f} {:6.2f}  {:6.1f} {:5.1f}  {:4.0f} {:6.2f} {:6.1f} {:6.0f} {:6.0f}  {:6.0f} {:5.0f} {:5.0f} {:5.0f} {:5.0f}\n",
                        year.year, year.spot_t_usd_h, year.spot_i_usd_h, year.supply_gh, year.unmet_gh, 100.0 * year.util_frac,
                        year.made_million_chips, year.usable_gw, year.capex_busd, year.ai_revenue_busd, 100.0 * year.bound_frac[0],
                        100.0 * year.bound_frac[1], 100.0 * year.bound_frac[2], 100.0 * year.bound_frac[3], 100.0 * year.bound_frac[4]);
    return out;
}

std::string arrears_text(const Report& report) {
    std::string out;
    for (const ReportFirm& firm : report.firms) {
        if (firm.arrears.empty()) continue;
        std::string spells;
        for (const auto& [first, last] : firm.arrears) spells += (spells.empty() ? "" : ", ") + (first == last ? first : first + " to " + last);
        out += fmt::format("{}{} {}, at most {:.2f} B$\n", out.empty() ? "  short of cash   " : "                  ", firm.firm, spells,
                           firm.most_arrears_busd);
    }
    return out.empty() ? "  short of cash   nobody\n" : out;
}

std::string values_text(const Report& report) {
    std::string out = fmt::format("  owners' value, B$, {} -> {}\n", report.value_quarter, report.last_quarter);
    const auto one = [](const ReportFirm& firm) {
        const double change = firm.first_value_busd > 0.0 ? 100.0 * (firm.last_value_busd / firm.first_value_busd - 1.0) : 0.0;
        return fmt::format("{:<11} {:8.1f} -> {:8.1f} {:>8}", firm.firm, firm.first_value_busd, firm.last_value_busd,
                           firm.first_value_busd > 0.0 ? fmt::format("{:+.0f} %", change) : "");
    };
    const std::size_t half = (report.firms.size() + 1) / 2;
    for (std::size_t i = 0; i < half; ++i) {
        std::string line = "    " + one(report.firms[i]);
        if (i + half < report.firms.size()) line += "     " + one(report.firms[i + half]);
        out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
    return out;
}

/// "core (15), lua (2)" of the replay's "core 15, lua 2".
std::string counted_words(std::string text) {
    for (std::size_t at = text.find(' '); at != std::string::npos; at = text.find(' ', at)) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        text.insert(end, ")").insert(at + 1, "(");
        at = end + 2 < text.size() ? end + 4 : text.size();
    }
    return text;
}

}  // namespace

Result<Report> make_report(Replay& replay) {
    const auto runs = replay.rows("runs"), quarters = replay.rows("quarters"), firms = replay.rows("firms"), events = replay.rows("events");
    for (const auto* rows : {&runs, &quarters, &firms, &events})
        if (!*rows) return rows->error();
    Report report;
    report.run = replay.run();
    report.engines = counted_words(runs->text(0, "engines"));
    report.rejections = runs->text(0, "rejections");
    if (const std::string codes = runs->text(0, "rejections_by_code"); !codes.empty()) report.rejections += " (" + codes + ")";
    add_market(*quarters, report);
    add_years(*quarters, report);
    add_firms(*firms, report);
    add_failures(*events, report);
    return report;
}

std::string report_text(const Report& report) {
    const RunRecord& run = report.run;
    std::string out = fmt::format("rackrace {}  {}  seed {}  {} firms  {}-{}  engine {}\n", run.program_version, run.scenario, run.seed, run.firms,
                                  report.first_quarter, report.last_quarter, report.engines);
    const std::string peak = report.unmet_quarter.empty() ? "" : fmt::format(" ({})", report.unmet_quarter);
    out += fmt::format("  spot  T {:.2f} -> {:.2f}, I {:.2f} -> {:.2f} $/h     supply  {:.1f} -> {:.1f} Gh     unmet peak {:.1f} Gh{}\n\n",
                       report.spot_t[0], report.spot_t[1], report.spot_i[0], report.spot_i[1], report.supply_gh[0], report.supply_gh[1],
                       report.unmet_peak_gh, peak);
    out += years_text(report) + "\n" + failures_text(report) + arrears_text(report) + values_text(report);
    out += fmt::format("  rejections {}     script errors {}\n", report.rejections, run.script_errors);
    if (!run.fault.empty()) out += fmt::format("  stopped in {}: {}\n", report.last_quarter, run.fault);
    return out;
}

}  // namespace rackrace
