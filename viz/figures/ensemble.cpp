#include "viz/figures/ensemble.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "engine/base/command_words.h"
#include "engine/base/quarter_index.h"
#include "engine/replay/batch_format.h"
#include "engine/replay/key_columns.h"
#include "engine/replay/sqlite.h"
#include "engine/scenario/csv.h"
#include "viz/figures/figure_model.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kValueColumn = "value_usd.";  // of table runs, before the name of a firm

std::string quoted(const std::string& name) { return "\"" + name + "\""; }

Refusal damaged(const fs::path& file, const std::string& why) {
    return {file.string(), 0, 0, "cannot be read as a batch: " + why, "sweep its plan anew: rackrace sweep " + quoted_word((file.parent_path() / "plan.toml").string())};
}

/// Refused: a file of something else, or of another version of the tables.
Refusals check_header(Database& database, const fs::path& file) {
    const auto id = database.pragma("application_id"), version = database.pragma("user_version");
    if ((!id || !version) && file.filename() == kBatchWorkFile)
        return Refusal{file.string(), 0, 0, "cannot be read: " + (!id ? id : version).error().all.front().fact, "where the batch is being played, wait for its end, or play the rest: rackrace resume " + quoted_word(file.parent_path().string())};
    if (!id || !version) return damaged(file, (!id ? id : version).error().all.front().fact);
    if (*id != kBatchApplicationId) return Refusal{file.string(), 0, 0, "is no batch of this program", "name a folder that rackrace sweep made; rackrace ls lists them"};
    if (*version != kBatchVersion)
        return Refusal{file.string(), 0, 0, fmt::format("is a batch of format {}, this program reads format {}", *version, kBatchVersion),
                       "read it with the program that wrote it, or sweep its plan anew"};
    return {};
}

/// Of a part of a plan its share; 0 where the batch does not say which part it is.
std::size_t planned_runs(const std::string& part, const Cell& runs) {
    const auto* all = std::get_if<std::int64_t>(&runs);
    const auto shard = parse_shard(part);
    return all == nullptr || !shard ? 0 : static_cast<std::size_t>(shard->end(*all) - shard->begin(*all));
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
    return out;
}

Refusal unknown(const std::string& place, const std::string& what, const std::string& word, const std::vector<std::string>& known) {
    const std::string near = nearest_word(word, known);
    return {place, 0, 0, fmt::format("has no {} '{}'", what, word), near.empty() ? "it has " + joined(known) : "did you mean '" + near + "'?"};
}

/// Of a firm where one is named, else of the market; `known` are those of its kind.
Refusal unknown_figure(const std::string& place, const std::string& figure, const std::string& firm, const std::vector<std::string>& known) {
    Refusal refusal = unknown(place, firm.empty() ? "key figure of the market" : "key figure of firms", figure, known);
    for (const Column& column : firm.empty() ? key_firm_figures() : key_market_figures())
        if (column.name == figure) refusal.advice = firm.empty() ? "it is one of firms: give --firm too" : "it is one of the market: leave --firm out";
    return refusal;
}

}  // namespace

bool VariedColumn::varies() const {
    return std::any_of(texts.begin(), texts.end(), [&](const std::string& text) { return text != texts.front(); });
}

Result<Ensemble> Ensemble::open(const fs::path& folder) {
    std::error_code error;
    if (!is_batch(folder)) return Refusal{folder.string(), 0, 0, "is no batch", "name a folder that rackrace sweep made; rackrace ls lists them"};
    Ensemble out;
    out.file_ = folder / (fs::exists(folder / kBatchWorkFile, error) ? kBatchWorkFile : kBatchFile);
    out.folder_ = folder;
    out.id_ = fs::absolute(folder).lexically_normal().filename().string();
    if (out.id_.empty()) out.id_ = fs::absolute(folder).lexically_normal().parent_path().filename().string();
    if (Refusals refusals = out.read_runs(); !refusals.empty()) return refusals;
    return out;
}

Refusals Ensemble::read_runs() {
    const fs::path& file = file_;
    auto database = Database::open_read_only(file);
    if (!database) return database.error();
    if (Refusals refusals = check_header(*database, file); !refusals.empty()) return refusals;
    auto facts = database->prepare("SELECT scenario, program_version, inputs_hash, shard, runs FROM batch");
    if (!facts || facts->step() != Step::row) return damaged(file, "table batch has no row");
    std::string* const texts[] = {&scenario_, &program_version_, &inputs_hash_, &shard_};
    for (int i = 0; i < 4; ++i) *texts[i] = cell_text(facts->cell(i));
    planned_ = planned_runs(shard_, facts->cell(4));

    auto rows = database->prepare("SELECT * FROM runs ORDER BY run");
    if (!rows) return damaged(file, rows.error().all.front().fact);
    std::vector<std::string> columns;
    for (int i = 0; i < rows->columns(); ++i) columns.push_back(rows->column_name(i));
    const auto place_of = [&](std::string_view name) { return static_cast<int>(std::find(columns.begin(), columns.end(), name) - columns.begin()); };
    for (const char* name : {"run", "seed", "status", "start_quarter", "last_quarter"})
        if (place_of(name) == static_cast<int>(columns.size())) return damaged(file, fmt::format("table runs has no column {}", name));
    for (const std::string& name : columns)
        if (name.starts_with(kValueColumn)) firms_.push_back(name.substr(kValueColumn.size()));
    for (const std::string& name : varied_columns(columns)) {
        varied_.emplace_back().name = name;
        varied_.back().is_number = true;
    }
    const int hash = place_of("state_hash");
    const int run = place_of("run"), seed = place_of("seed"), status = place_of("status"), start = place_of("start_quarter"), last = place_of("last_quarter");
    first_t_ = last_t_ = -1;
    Step step = Step::done;
    while ((step = rows->step()) == Step::row) {
        const Cell number = rows->cell(run), of_seed = rows->cell(seed);
        const auto from = parse_quarter(cell_text(rows->cell(start))), to = parse_quarter(cell_text(rows->cell(last)));
        if (!std::holds_alternative<std::int64_t>(number) || !std::holds_alternative<std::int64_t>(of_seed)) return damaged(file, "a run without number or seed");
        if (!is_played_out(cell_text(rows->cell(status))) || !from || !to) {
            ++failed_;
            continue;
        }
        first_t_ = first_t_ < 0 ? *from : std::min(first_t_, *from);
        last_t_ = std::max(last_t_, *to);
        places_.emplace(std::get<std::int64_t>(number), runs_.size());
        runs_.push_back({std::get<std::int64_t>(number), static_cast<std::uint64_t>(std::get<std::int64_t>(of_seed)), hash < rows->columns() ? cell_text(rows->cell(hash)) : ""});
        for (VariedColumn& column : varied_) {
            const Cell cell = rows->cell(place_of(column.name));
            column.numbers.push_back(cell_number(cell));
            column.texts.push_back(cell_text(cell));
            column.is_number = column.is_number && std::isfinite(column.numbers.back());
        }
    }
    if (step == Step::failed) return damaged(file, database->error());
    auto any = database->prepare("SELECT 1 FROM quarters LIMIT 1");
    if (!any) return damaged(file, any.error().all.front().fact);
    has_quarters_ = any->step() == Step::row;
    return {};
}

Result<const Courses*> Ensemble::courses(const std::string& figure, const std::string& firm) {
    const auto known = courses_.find({firm, figure});
    if (known != courses_.end()) return &known->second;
    auto read = read_courses(figure, firm);
    if (!read) return read.error();
    return &courses_.emplace(std::pair{firm, figure}, std::move(*read)).first->second;
}

Result<Courses> Ensemble::read_courses(const std::string& figure, const std::string& firm) const {
    const fs::path& file = file_;
    if (!firm.empty() && std::find(firms_.begin(), firms_.end(), firm) == firms_.end()) return unknown(id_, "firm", firm, firms_);
    Courses out;
    std::vector<std::string> names;
    for (const Column& column : firm.empty() ? key_market_figures() : key_firm_figures()) {
        names.push_back(column.name);
        if (column.name == figure) out = {figure, firm, column.unit, column_meaning(column), first_t_, {}};
    }
    if (out.figure.empty()) return unknown_figure(id_, figure, firm, names);
    out.values.assign(static_cast<std::size_t>(last_t_ - first_t_ + 1), std::vector<double>(runs_.size(), kNoValue));
    auto database = Database::open_read_only(file);
    if (!database) return database.error();
    const std::string table = firm.empty() ? "quarters" : "panel";
    auto rows = database->prepare(fmt::format("SELECT run, quarter, {} FROM {}{}", quoted(figure), table, firm.empty() ? "" : " WHERE firm = ?1"));
    if (!rows) return damaged(file, rows.error().all.front().fact);
    if (!firm.empty()) rows->bind(1, Cell{firm});
    Step step = Step::done;
    while ((step = rows->step()) == Step::row) {
        const Cell run = rows->cell(0);
        const auto* number = std::get_if<std::int64_t>(&run);
        const auto place = number == nullptr ? places_.end() : places_.find(*number);
        const auto t = parse_quarter(cell_text(rows->cell(1)));
        if (place != places_.end() && t && has_quarter(*t)) out.values[static_cast<std::size_t>(*t - first_t_)][place->second] = cell_number(rows->cell(2));
    }
    if (step == Step::failed) return damaged(file, database->error());
    return out;
}

std::optional<std::size_t> Ensemble::find_run(const std::string& number) const {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
    const auto place = error == std::errc{} && std::to_string(value) == number ? places_.find(value) : places_.end();
    return place == places_.end() ? std::nullopt : std::optional(place->second);
}

std::string Ensemble::run_text(std::size_t run) const {
    std::string out = fmt::format("run {} (seed {}", runs_[run].number, runs_[run].seed);
    for (const VariedColumn& column : varied_)
        if (column.varies()) out += ", " + column.name + "=" + column.texts[run];
    return out + ")";
}

RunSettings Ensemble::settings_of(std::size_t run) const {
    RunSettings out{scenario_, runs_[run].seed, {}, {}};
    for (const VariedColumn& column : varied_) {
        if (column.name.starts_with(kStrategyColumn)) out.strategies.emplace_back(column.name.substr(kStrategyColumn.size()), column.texts[run]);
        else out.sets.emplace_back(column.name, column.texts[run]);
    }
    return out;
}

std::string RunSettings::command() const {
    std::string out = fmt::format("rackrace run {} --seed {}", quoted_word(scenario), seed);
    for (const auto& [key, value] : sets) out += " --set " + quoted_word(key + "=" + value);
    for (const auto& [owner, file] : strategies) out += " --strategy " + quoted_word(owner + "=" + file);
    return out;
}

std::string Ensemble::address(int t, const std::string& path) const { return id_ + (t < 0 ? "" : "@" + quarter_name(t)) + (path.empty() ? "" : "#" + path); }

}  // namespace rackrace
