#include "cli/batch/batch_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/base/command_words.h"
#include "engine/replay/batch_format.h"
#include "engine/replay/key_columns.h"
#include "engine/replay/sqlite.h"
#include "game/mean_interval.h"
#include "viz/figures/figure_parts.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostValues = 16;   // of a setting that are told one by one
constexpr std::size_t kMostFailed = 100;  // rows of table failed

/// A run that was played to its end.
struct PlayedRun {
    std::string seed;
    std::vector<Cell> settings;   // by varied column
    std::vector<double> figures;  // by key figure of the market, at the run's end
};

struct PlayedRuns {
    std::vector<std::string> settings;
    std::vector<PlayedRun> runs;
};

Refusal unreadable(const fs::path& folder, const std::string& why) {
    return {folder.string(), 0, 0, "its runs cannot be read: " + why, "sweep its plan anew: rackrace sweep " + quoted_word((folder / "plan.toml").string())};
}

Result<PlayedRuns> read_runs(Database& database, const fs::path& folder) {
    PlayedRuns out;
    const auto all = database.prepare("SELECT * FROM runs");
    if (!all) return unreadable(folder, all.error().all.front().fact);
    std::vector<std::string> columns;
    for (int i = 0; i < all->columns(); ++i) columns.push_back(all->column_name(i));
    out.settings = varied_columns(columns);
    std::string wanted = "seed, status";
    for (const std::string& name : out.settings) wanted += ", \"" + name + "\"";
    for (const Column& figure : key_market_figures()) wanted += ", \"" + figure.name + "_last\"";
    auto rows = database.prepare("SELECT " + wanted + " FROM runs ORDER BY run");
    if (!rows) return unreadable(folder, rows.error().all.front().fact);
    Step step = Step::done;
    while ((step = rows->step()) == Step::row) {
        if (!is_played_out(cell_text(rows->cell(1)))) continue;
        PlayedRun run{cell_text(rows->cell(0)), {}, {}};
        int at = 2;
        for (std::size_t i = 0; i < out.settings.size(); ++i) run.settings.push_back(rows->cell(at++));
        for (std::size_t i = 0; i < key_market_figures().size(); ++i) run.figures.push_back(cell_number(rows->cell(at++)));
        out.runs.push_back(std::move(run));
    }
    if (step == Step::failed) return unreadable(folder, database.error());
    return out;
}

/// Numbers by size, before texts by their letters.
struct ByValue {
    bool operator()(const Cell& a, const Cell& b) const {
        const double x = cell_number(a), y = cell_number(b);
        if (std::isnan(x) || std::isnan(y)) return std::pair(std::isnan(x), cell_text(a)) < std::pair(std::isnan(y), cell_text(b));
        return x < y;
    }
};
using RunsByValue = std::map<Cell, std::vector<const PlayedRun*>, ByValue>;

/// Runs of one seed share its draws: they are averaged first, and the interval is over seeds.
MeanInterval mean_of(const std::vector<const PlayedRun*>& runs, std::size_t figure) {
    std::map<std::string, std::pair<double, int>> by_seed;
    for (const PlayedRun* run : runs) {
        if (!std::isfinite(run->figures[figure])) continue;
        auto& [sum, n] = by_seed[run->seed];
        sum += run->figures[figure];
        ++n;
    }
    std::vector<double> samples;
    for (const auto& [seed, sum] : by_seed) samples.push_back(sum.first / sum.second);
    return mean_interval(samples);
}

/// "1.74 (1.61 to 1.88)", of one seed "1.74".
TableCell mean_cell(const MeanInterval& of, double scale) {
    if (of.n == 0) return TableCell{};
    const std::string mean = short_number(of.mean / scale);
    return std::isfinite(of.half_width) ? fmt::format("{} ({} to {})", mean, short_number(of.low() / scale), short_number(of.high() / scale)) : mean;
}

FigureTable means_table(const std::string& setting, const RunsByValue& by_value) {
    FigureTable table;
    table.heads = {{setting, ""}, {"runs", ""}};
    for (const auto& [value, runs] : by_value) table.rows.push_back({cell_text(value), short_number(static_cast<double>(runs.size()))});
    for (std::size_t figure = 0; figure < key_market_figures().size(); ++figure) {
        std::vector<MeanInterval> means;
        double size = 0.0;
        for (const auto& [value, runs] : by_value) {
            means.push_back(mean_of(runs, figure));
            size = std::max(size, std::abs(means.back().mean));
        }
        const Column& column = key_market_figures()[figure];
        FigureAxis axis = measure_axis(column.name, column.unit);
        choose_unit(axis, size);
        table.heads.push_back({column.name, axis.shown_unit});
        for (std::size_t row = 0; row < means.size(); ++row) table.rows[row].push_back(mean_cell(means[row], axis.shown_scale));
    }
    return table;
}

/// Nothing where the setting is the same in all runs.
void add_means(const PlayedRuns& played, std::size_t setting, std::vector<PageTable>& out) {
    RunsByValue by_value;
    for (const PlayedRun& run : played.runs) by_value[run.settings[setting]].push_back(&run);
    if (by_value.size() < 2) return;
    const std::string& name = played.settings[setting];
    PageTable table{"Means by " + name, "", {}, 1};
    if (by_value.size() > kMostValues) {
        table.words = fmt::format("{} values are too many for a table: the correlations below, and runs.csv, have them.", by_value.size());
    } else {
        table.words = "Of the key figures of the market at the end of each run, in brackets the 95 % interval over seeds: runs of one seed share its draws and are averaged first, whatever else varies.";
        table.table = means_table(name, by_value);
    }
    out.push_back(std::move(table));
}

Refusals add_failed(Database& database, const fs::path& folder, std::vector<PageTable>& out) {
    auto rows = database.prepare("SELECT run, quarter, firm, reason FROM failed ORDER BY run, number");
    if (!rows) return unreadable(folder, rows.error().all.front().fact);
    PageTable table{"What failed", "Callbacks that failed, where the firm held and the run went on; and what ended a run or kept it from being played.", {}, 4};
    table.table.heads = {{"run", ""}, {"quarter", ""}, {"firm", ""}, {"reason", ""}};
    std::size_t count = 0;
    Step step = Step::done;
    while ((step = rows->step()) == Step::row) {
        if (++count > kMostFailed) continue;
        auto& row = table.table.rows.emplace_back();
        for (int i = 0; i < 4; ++i) row.emplace_back(cell_text(rows->cell(i)));
    }
    if (step == Step::failed) return unreadable(folder, database.error());
    if (count > kMostFailed) table.words += fmt::format(" The first {} of {}: failed.csv has all.", kMostFailed, count);
    if (count > 0) out.push_back(std::move(table));
    return {};
}

}  // namespace

Result<std::vector<PageTable>> batch_tables_of_page(const fs::path& folder) {
    std::error_code error;
    auto database = Database::open_read_only(folder / (fs::exists(folder / kBatchWorkFile, error) ? kBatchWorkFile : kBatchFile));
    if (!database) return database.error();
    const auto played = read_runs(*database, folder);
    if (!played) return played.error();
    std::vector<PageTable> out;
    for (std::size_t setting = 0; setting < played->settings.size(); ++setting) add_means(*played, setting, out);
    if (Refusals refusals = add_failed(*database, folder, out); !refusals.empty()) return refusals;
    return out;
}

}  // namespace rackrace
