// Which of the varied settings a key figure goes with in one quarter: Spearman's rank correlation of each, the strongest first.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/base/quarter_index.h"
#include "viz/figures/ensemble_parts.h"
#include "viz/figures/figure_parts.h"
#include "viz/figures/statistics.h"

namespace rackrace {
namespace {

constexpr std::size_t kMostShown = 14;   // rows that a figure can hold
constexpr std::size_t kFewestRuns = 3;   // two always agree or disagree
constexpr double kUsual = 1.96;          // standard deviations that 95 % of a normal distribution lie within

struct Driver {
    std::string name;  // "coreweave.presold", "rules.chips = POSTED"
    double correlation = 0.0;
    std::size_t values = 0;  // different ones
};

/// Adds what varies as numbers over these runs, and has a correlation.
void add_driver(const std::string& name, const std::vector<double>& setting, const std::vector<double>& outcome, std::vector<Driver>& out) {
    const double correlation = rank_correlation(setting, outcome);
    if (std::isfinite(correlation)) out.push_back({name, correlation, std::set<double>(setting.begin(), setting.end()).size()});
}

/// Numbers as they are; of words each is there or not, of two the second alone: the first says the same.
std::vector<Driver> drivers_of(const Ensemble& ensemble, const std::vector<std::size_t>& runs, const std::vector<double>& outcome) {
    std::vector<Driver> out;
    for (const VariedColumn& column : ensemble.varied()) {
        std::vector<double> setting;
        if (column.is_number) {
            for (const std::size_t run : runs) setting.push_back(column.numbers[run]);
            add_driver(column.name, setting, outcome, out);
            continue;
        }
        std::set<std::string> words;
        for (const std::size_t run : runs) words.insert(column.texts[run]);
        if (words.size() == 2) words.erase(words.begin());
        for (const std::string& word : words) {
            setting.clear();
            for (const std::size_t run : runs) setting.push_back(column.texts[run] == word ? 1.0 : 0.0);
            add_driver(column.name + " = " + word, setting, outcome, out);
        }
    }
    std::stable_sort(out.begin(), out.end(), [](const Driver& a, const Driver& b) { return std::abs(a.correlation) > std::abs(b.correlation); });
    return out;
}

FigurePanel panel_of(const std::vector<Driver>& drivers, std::size_t runs) {
    FigurePanel panel;
    panel.id = "drivers";
    panel.title = "rank correlation, -1 to 1";
    panel.is_horizontal = true;
    panel.names_series = false;
    panel.measure = measure_axis("rank correlation", "rho");
    std::vector<std::string> rows;
    Series with{"with", "rises with it", MarkShape::bar, 0}, against{"against", "falls with it", MarkShape::bar, 1};
    for (const Driver& driver : drivers) {
        Datum datum;
        datum.key = static_cast<double>(rows.size());
        datum.value = driver.correlation;
        datum.label = std::abs(driver.correlation) < 0.005 ? "0.00" : fmt::format("{:+.2f}", driver.correlation);
        datum.reason = fmt::format("{} over {} runs with {} different values", driver.correlation < 0.0 ? "falls" : "rises", runs, driver.values);
        (driver.correlation < 0.0 ? against : with).data.push_back(std::move(datum));
        rows.push_back(driver.name);
    }
    panel.key = category_axis("setting", std::move(rows));
    for (Series* series : {&with, &against})
        if (!series->data.empty()) panel.series.push_back(std::move(*series));
    return panel;
}

}  // namespace

FigureModel build_drivers(const Ensemble& ensemble, const EnsembleScope& scope) {
    const Courses& courses = scope.courses;
    const std::string quarter = quarter_name(scope.t);
    FigureModel figure = start_figure(ensemble, "drivers", fmt::format("What {} goes with in {}", courses.name(), quarter),
                                      "Spearman's rank correlation with each setting that varies, the strongest first");
    std::vector<std::size_t> runs;
    std::vector<double> outcome;
    for (std::size_t run = 0; run < ensemble.runs().size(); ++run)
        if (const double value = courses.at(scope.t)[run]; std::isfinite(value)) {
            runs.push_back(run);
            outcome.push_back(value);
        }
    const bool is_varied = std::any_of(ensemble.varied().begin(), ensemble.varied().end(), [](const VariedColumn& column) { return column.varies(); });
    if (!is_varied) figure.empty_text = "Nothing varies but the seed: these runs differ by chance alone.";
    else if (runs.size() < kFewestRuns) figure.empty_text = fmt::format("Too few runs have {} in {} to rank them: {}.", courses.name(), quarter, runs.size());
    else if (std::all_of(outcome.begin(), outcome.end(), [&](double value) { return value == outcome.front(); }))
        figure.empty_text = fmt::format("{} is the same in all runs in {}.", courses.name(), quarter);
    if (!figure.empty_text.empty()) return figure;
    std::vector<Driver> drivers = drivers_of(ensemble, runs, outcome);
    if (drivers.empty()) {
        figure.empty_text = fmt::format("Runs that have {} in {} differ by their seeds alone.", courses.name(), quarter);
        return figure;
    }
    if (drivers.size() > kMostShown) {
        figure.notes.push_back(fmt::format("The strongest {} of {} are shown.", kMostShown, drivers.size()));
        drivers.resize(kMostShown);
    }
    figure.panels.push_back(panel_of(drivers, runs.size()));
    figure.findings.push_back(fmt::format("{} runs: by chance alone 95 % of such numbers lie within {:.2f} of zero.", runs.size(),
                                          std::min(1.0, kUsual / std::sqrt(static_cast<double>(runs.size()) - 1.0))));
    figure.notes.push_back("A correlation shows what goes together, not what causes what.");
    return finish_figure(std::move(figure));
}

}  // namespace rackrace
