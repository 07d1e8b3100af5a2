#include "cli/batch/verify_batch.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include <nlohmann/json.hpp>

#include "cli/batch/batch_folder.h"
#include "cli/batch/profiles.h"
#include "cli/progress.h"
#include "cli/signals.h"

namespace rackrace {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kToldRuns = 20;  // of a table on a terminal; JSON has all

/// A run whose rows are not those of the tables.
struct DifferentRun {
    std::int64_t run = 0;
    std::uint64_t seed = 0;
    std::string profile, table, what, recorded, now;  // of the first cell that differs
    int others = 0;                                   // further cells
};

std::optional<double> number_in(const Cell& cell) {
    if (const auto* whole_number = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*whole_number);
    if (const auto* number = std::get_if<double>(&cell)) return *number;
    const auto* text = std::get_if<std::string>(&cell);
    double number = 0.0;
    if (text == nullptr || std::from_chars(text->data(), text->data() + text->size(), number).ptr != text->data() + text->size()) return std::nullopt;
    return number;
}

/// A column gives a value its own type: 1 among fractions is kept as 1.0.
bool is_same(const Cell& recorded, const Cell& now) {
    if (recorded.index() == now.index()) return recorded == now;
    const auto a = number_in(recorded), b = number_in(now);
    return a && b && *a == *b;
}

/// Reads a run's rows of a table and holds them against those of now.
class TableCheck {
public:
    static Result<TableCheck> make(OpenBatch& batch, const BatchTable& table) {
        auto rows = batch.database.prepare(fmt::format("SELECT * FROM \"{}\" WHERE run = ?1 ORDER BY {}", table.name, table.key));
        if (!rows) return rows.error();
        return TableCheck(table, std::move(*rows));
    }

    void compare(const std::vector<BatchRow>& now, DifferentRun& found) {
        const auto recorded = rows_of(found.run);
        if (recorded.size() != now.size()) {
            note(found, fmt::format("the rows of table {}", table_.name), std::to_string(recorded.size()), std::to_string(now.size()));
            return;
        }
        for (std::size_t row = 0; row < now.size(); ++row)
            for (std::size_t i : order_)
                if (!is_same(recorded[row][i], now[row][i])) note(found, place_of(now[row], i), cell_text(recorded[row][i]), cell_text(now[row][i]));
    }

private:
    TableCheck(const BatchTable& table, Statement rows) : table_(table), rows_(std::move(rows)) {
        for (std::size_t i = 0; i < table.columns.size(); ++i) order_.push_back(i);
        std::stable_partition(order_.begin(), order_.end(), [&](std::size_t i) { return table.columns[i].name == "status" || table.columns[i].name == "state_hash"; });
    }

    std::vector<BatchRow> rows_of(std::int64_t run) {
        std::vector<BatchRow> out;
        rows_.bind(1, Cell{run});
        while (rows_.step() == Step::row) {
            BatchRow& row = out.emplace_back();
            for (int i = 0; i < rows_.columns(); ++i) row.push_back(rows_.cell(i));
        }
        rows_.reset();
        return out;
    }

    /// "cash_usd of coreweave in 2026Q3"
    std::string place_of(const BatchRow& row, std::size_t column) const {
        std::string out = table_.columns[column].name;
        for (const auto& [key, word] : {std::pair{"firm", " of "}, std::pair{"quarter", " in "}})
            for (std::size_t i = 0; i < row.size(); ++i)
                if (table_.columns[i].name == key && !cell_text(row[i]).empty()) out += word + cell_text(row[i]);
        return out;
    }

    void note(DifferentRun& found, std::string what, std::string recorded, std::string now) const {
        if (!found.table.empty()) {
            ++found.others;
            return;
        }
        found.table = table_.name;
        found.what = std::move(what);
        found.recorded = std::move(recorded);
        found.now = std::move(now);
    }

    BatchTable table_;
    Statement rows_;
    std::vector<std::size_t> order_;  // of columns: how a run ended goes before its figures
};

/// Rows of a table are kept by quarter and firm.
std::vector<BatchRow> by_quarter_and_firm(std::vector<BatchRow> rows) {
    std::sort(rows.begin(), rows.end(), [](const BatchRow& a, const BatchRow& b) { return std::pair(cell_text(a[1]), cell_text(a[2])) < std::pair(cell_text(b[1]), cell_text(b[2])); });
    return rows;
}

struct Checks {
    TableCheck runs, quarters, panel, failed;
};

Result<Checks> make_checks(OpenBatch& batch, const BatchTables& tables) {
    auto runs = TableCheck::make(batch, tables.runs), quarters = TableCheck::make(batch, tables.quarters), panel = TableCheck::make(batch, tables.panel), failed = TableCheck::make(batch, tables.failed);
    for (const auto* one : {&runs, &quarters, &panel, &failed})
        if (!*one) return one->error();
    return Checks{std::move(*runs), std::move(*quarters), std::move(*panel), std::move(*failed)};
}

std::string text_of(const DifferentRun& one) {
    const std::string others = one.others == 0 ? "" : fmt::format(", and {} more cells", one.others);
    return fmt::format("mismatch  run {}  seed {}  {}{}{}  recorded {}  now {}{}\n", one.run, one.seed, one.profile, one.profile.empty() ? "" : "  ", one.what, one.recorded.empty() ? "nothing" : one.recorded,
                       one.now.empty() ? "nothing" : one.now, others);
}

ExitCode tell(const BatchFacts& facts, std::int64_t compared, std::int64_t all, const std::vector<DifferentRun>& different, const Terminal& terminal) {
    const ExitCode code = different.empty() ? ExitCode::done : ExitCode::answer_is_no;
    if (terminal.wants_json) {
        Json list = Json::array();
        for (const DifferentRun& one : different)
            list.push_back({{"run", one.run}, {"seed", one.seed}, {"profile", one.profile}, {"table", one.table}, {"what", one.what}, {"recorded", one.recorded}, {"now", one.now}, {"other_cells", one.others}});
        terminal.data(Json{{"schema", "rackrace.verify/1"}, {"batch", facts.name}, {"same", different.empty()}, {"runs", all}, {"compared", compared}, {"different", list}, {"inputs_hash", facts.inputs_hash}}.dump() + "\n");
        return code;
    }
    std::string out;
    for (std::size_t i = 0; i < different.size() && i < kToldRuns; ++i) out += text_of(different[i]);
    if (different.size() > kToldRuns) out += fmt::format("and {} more runs; --json has all\n", different.size() - kToldRuns);
    if (!different.empty()) terminal.data(out + fmt::format("{} of {} runs that were played again differ from the tables\n", different.size(), compared));
    else if (!terminal.is_quiet) terminal.data(fmt::format("same      {} of {} runs, every cell of their rows  inputs {}\n", compared, all, facts.inputs_hash.substr(0, 8)));
    return code;
}

}  // namespace

ExitCode verify_batch(const std::filesystem::path& folder, const VerifyArguments& arguments, const Terminal& terminal) {
    auto batch = open_batch(folder);
    if (!batch) return terminal.refuse(batch.error(), ExitCode::bad_input);
    const BatchFacts& facts = batch->facts;
    if (!batch->is_complete)
        return terminal.refuse(unfinished_batch(*batch), ExitCode::bad_input);
    const auto begun = begun_plan(folder, facts.name, facts.inputs_hash, facts.program_version, {"batch", "sweep", "a batch of its own", "verify"});
    if (!begun) return terminal.refuse(begun.error(), ExitCode::bad_input);
    const Plan& plan = begun->plan;
    const auto design = Design::make(plan);
    if (!design) return terminal.refuse(design.error(), ExitCode::bad_input);
    const auto maker = ProfileMaker::make(plan, *design, begun->inputs);
    if (!maker) return terminal.refuse(maker.error(), ExitCode::script_refused);
    const auto& firms = (*maker)->base().names.firms;
    const BatchTables tables = batch_tables(plan, firms);
    auto checks = make_checks(*batch, tables);
    if (!checks) return terminal.refuse(checks.error(), ExitCode::bad_input);

    const std::int64_t first = facts.shard.begin(facts.runs), all = facts.shard.end(facts.runs) - first;
    const std::int64_t count = arguments.sample > 0 ? std::min(arguments.sample, all) : all;
    const auto run_of = [&](std::int64_t i) { return first + i * all / count; };
    Batch again;
    again.cells = count;
    again.wants_panel = plan.wants_panel;
    again.cell = [&](std::int64_t i) { return design->cell(run_of(i)); };
    again.profile = [&](std::int64_t profile) { return (*maker)->profile(profile); };
    std::vector<DifferentRun> different;
    std::int64_t compared = 0;
    BatchProgress progress(terminal, count, 0);
    const SignalGuard guard;
    play_batch(again, {arguments.threads, {}, 0}, [&](Outcome&& outcome) {
        outcome.cell = run_of(outcome.cell);
        const BatchCell cell = design->cell(outcome.cell);
        DifferentRun one{outcome.cell, cell.seed, (*maker)->text_of(cell.profile), {}, {}, {}, {}};
        checks->runs.compare({run_row(plan, design->choice(cell.profile), cell, firms.size(), outcome)}, one);
        checks->quarters.compare(quarter_rows(outcome), one);
        checks->panel.compare(by_quarter_and_firm(panel_rows(firms, outcome)), one);
        checks->failed.compare(failed_rows(firms, outcome), one);
        if (!one.table.empty()) different.push_back(std::move(one));
        progress.show(++compared);
        return received_signal() == 0;
    });
    if (compared < count) {
        terminal.note(fmt::format("{}interrupted: {} of {} runs were played again, {} differ\n", terminal.progress == Progress::bar ? "\n" : "", compared, count, different.size()));
        return interruption();
    }
    std::sort(different.begin(), different.end(), [](const DifferentRun& a, const DifferentRun& b) { return a.run < b.run; });
    return tell(facts, compared, all, different, terminal);
}

}  // namespace rackrace
