#include "cli/search/search_store.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "engine/replay/other_folder.h"

namespace rackrace {

namespace fs = std::filesystem;

Refusal SearchStore::cannot_write() const {
    return {file_.string(), 0, 0, "cannot be written: " + database_->error(), "check that the folder can be written and that the disk has room; finished runs are kept"};
}

Result<SearchStore> SearchStore::create(const fs::path& folder, const SearchFacts& facts) {
    SearchStore out(folder / kSearchFile);
    auto database = Database::open_durable(out.file_);
    if (!database) return database.error();
    out.database_ = std::move(*database);
    out.facts_ = facts;
    if (!out.database_->execute(fmt::format("PRAGMA application_id={}; PRAGMA user_version={}; BEGIN;"
                                            "CREATE TABLE search (name TEXT, inputs_hash TEXT, program_version TEXT, budget INTEGER, objective TEXT);"
                                            "CREATE TABLE runs (point TEXT, seed INTEGER, status TEXT, payoff REAL, PRIMARY KEY (point, seed)) WITHOUT ROWID; COMMIT",
                                            kSearchApplicationId, kSearchVersion)))
        return out.cannot_write();
    auto insert = out.database_->prepare("INSERT INTO search VALUES (?, ?, ?, ?, ?)");
    if (!insert) return insert.error();
    int index = 1;
    for (const Cell& cell : {Cell{facts.name}, Cell{facts.inputs_hash}, Cell{facts.program_version}, Cell{facts.budget}, Cell{facts.objective}}) insert->bind(index++, cell);
    if (insert->step() != Step::done) return out.cannot_write();
    return out;
}

Result<SearchStore> SearchStore::open(const fs::path& folder) {
    SearchStore out(folder / kSearchFile);
    const Refusal damaged{out.file_.string(), 0, 0, "is no log of a search", "name a folder that rackrace search made; search the plan anew where it is damaged"};
    if (!is_search(folder)) return damaged;
    auto database = Database::open_durable(out.file_);
    if (!database) return database.error();
    out.database_ = std::move(*database);
    const auto id = out.database_->pragma("application_id"), version = out.database_->pragma("user_version");
    if (!id || !version || *id != kSearchApplicationId || *version != kSearchVersion) return damaged;
    auto facts = out.database_->prepare("SELECT name, inputs_hash, program_version, budget, objective FROM search");
    if (!facts || facts->step() != Step::row) return damaged;
    out.facts_ = {cell_text(facts->cell(0)), cell_text(facts->cell(1)), cell_text(facts->cell(2)), std::get<std::int64_t>(facts->cell(3)), cell_text(facts->cell(4))};
    auto rows = out.database_->prepare("SELECT point, seed, payoff FROM runs");
    while (rows && rows->step() == Step::row) {
        const Cell cell = rows->cell(2);
        const auto* payoff = std::get_if<double>(&cell);
        out.payoffs_[{cell_text(rows->cell(0)), static_cast<std::uint64_t>(std::get<std::int64_t>(rows->cell(1)))}] = payoff == nullptr ? std::numeric_limits<double>::quiet_NaN() : *payoff;
    }
    return out;
}

Refusals SearchStore::keep_budget(std::int64_t runs) {
    facts_.budget = runs;
    if (!database_->execute(fmt::format("UPDATE search SET budget = {}", runs))) return cannot_write();
    return {};
}

std::optional<double> SearchStore::payoff(const std::string& point, std::uint64_t seed) const {
    const auto known = payoffs_.find({point, seed});
    return known == payoffs_.end() ? std::nullopt : std::optional(known->second);
}

Refusals SearchStore::add(const std::string& point, std::uint64_t seed, const std::string& status, double payoff) {
    auto insert = database_->prepare("INSERT INTO runs VALUES (?, ?, ?, ?)");
    if (!insert) return insert.error();
    Cell paid;
    if (std::isfinite(payoff)) paid = payoff;
    else payoff = std::numeric_limits<double>::quiet_NaN();
    int index = 1;
    for (const Cell& cell : {Cell{point}, Cell{static_cast<std::int64_t>(seed)}, Cell{status}, paid}) insert->bind(index++, cell);
    if (insert->step() != Step::done) return cannot_write();
    payoffs_[{point, seed}] = payoff;
    return {};
}

bool is_search(const fs::path& folder) {
    std::error_code error;
    return fs::exists(folder / kSearchFile, error) && fs::exists(folder / "plan.toml", error);
}

std::optional<fs::path> find_search(const std::string& word) {
    for (const fs::path& folder : {fs::path(word), fs::path("searches") / word})
        if (is_search(folder)) return folder;
    return std::nullopt;
}

}  // namespace rackrace
