#include "viz/figures/replay_loader.h"

#include <fmt/format.h>

#include "engine/base/quarter_index.h"
#include "engine/replay/replay_tables.h"
#include "engine/replay/run_files.h"
#include "engine/replay/state_path.h"
#include "viz/figures/failed_decisions.h"

namespace rackrace {

namespace fs = std::filesystem;

Result<ReplayLoader> ReplayLoader::begin(const fs::path& run) {
    auto replay = Replay::open(run);
    if (!replay) return replay.error();
    ReplayLoader loader;
    loader.replay_ = std::move(*replay);
    const Replay& opened = loader.replay_;
    ReplayStore& store = loader.store_;
    store.folder_ = fs::absolute(opened.file()).lexically_normal().parent_path();
    store.run_id_ = store.folder_.filename().string();
    store.run_ = opened.run();
    store.quarters_ = opened.quarters();
    store.firms_ = opened.names().firms;
    store.products_ = opened.names().products;
    store.regions_ = opened.names().regions;
    if (store.firms_.empty()) return loader.altered("holds no firm");
    for (int t : store.quarters_) store.hashes_.push_back(opened.state_hash(t));
    for (const Table& table : replay_tables())
        if (table.name != "worlds" && table.name != "events") loader.tables_.push_back(table.name);
    loader.tables_.push_back("events");  // it gets rows by what another table says
    if (store.run_.layout == layout_hash(describe<World>())) loader.checked_quarters_ = store.quarters_.size();
    else
        store.warnings_.push_back("written by rackrace " + store.run_.program_version +
                                  ", whose states this program cannot read: its tables are shown unchecked");
    loader.warn_of_early_end();
    return loader;
}

void ReplayLoader::warn_of_early_end() {
    const RunRecord& run = store_.run_;
    if (!run.fault.empty()) store_.warnings_.push_back(fmt::format("ends at {}: stopped because {}", quarter_name(store_.last_t()), run.fault));
    else if (run.last_t < run.end_t)
        store_.warnings_.push_back(fmt::format("ends at {}, before the scenario's {}", quarter_name(store_.last_t()), quarter_name(run.end_t)));
}

std::string ReplayLoader::doing() const {
    if (is_done()) return "";
    return done_ < tables_.size() ? "reads table " + tables_[done_] : "checks the state of " + quarter_name(store_.quarters_[done_ - tables_.size()]);
}

Refusals ReplayLoader::step() {
    const std::size_t step = done_;
    Refusals refusals = step < tables_.size() ? read_table(tables_[step]) : check_state(store_.quarters_[step - tables_.size()]);
    if (refusals.empty() && step + 1 == tables_.size()) refusals = check_tables();
    if (refusals.empty()) ++done_;
    return refusals;
}

Refusals ReplayLoader::read_table(const std::string& name) {
    if (name == "events") return read_events();
    const Table& table = *find_table(name);
    Columns::Filling filling(visited_columns(table));
    const auto altered = replay_.visit(table, [&](const std::vector<Cell>& row) { filling.add(row); });
    if (!altered) return altered.error();
    store_.tables_.emplace(name, filling.take());
    store_.altered_.insert(store_.altered_.end(), altered->begin(), altered->end());
    return {};
}

/// With those that table `decisions` tells, which is there already.
Refusals ReplayLoader::read_events() {
    auto found = replay_.found_rows("events");
    if (!found) return found.error();
    add_failures(failed_decisions(store_), found->rows);
    store_.tables_.emplace("events", Columns::of(found->rows));
    store_.altered_.insert(store_.altered_.end(), found->altered.begin(), found->altered.end());
    return {};
}

/// Once all tables are there: their firms, and the hashes of states.
Refusals ReplayLoader::check_tables() {
    const std::vector<int>& quarters = store_.quarters_;
    for (int t : quarters)
        for (const std::string& firm : store_.firms_)
            if (store_.firm_row(t, firm) == store_.table("firms").rows()) return altered("has no row of " + firm + " in " + quarter_name(t));
    if (run_hash({store_.hashes_.begin() + 1, store_.hashes_.end()}) != store_.run_.hash)
        return altered("has state hashes that are not those of its run");
    return {};
}

Refusals ReplayLoader::check_state(int t) {
    const auto world = replay_.world_at(t);
    if (world) return check_firms(*world, t);
    const auto altered = replay_.alterations("worlds", quarter_name(t));
    if (!altered || altered->empty()) return world.error();
    store_.altered_.insert(store_.altered_.end(), altered->begin(), altered->end());
    return {};
}

/// Of rows that are known to be altered nothing more is said.
Refusals ReplayLoader::check_firms(const World& world, int t) {
    for (const Alteration& one : store_.altered_)
        if (one.table == "firms" && one.quarter == quarter_name(t)) return {};
    for (std::size_t f = 0; f < store_.firms_.size(); ++f)
        for (const auto& [column, account, sign] : {std::tuple{"cash_usd", Account::cash, 1.0}, std::tuple{"debt_usd", Account::debt, -1.0}}) {
            const std::string& firm = store_.firms_[f];
            const double stored = sign * to_double(balance_of(world, static_cast<int>(f), account)), told = store_.of_firm(t, firm, column);
            if (told != stored)
                return altered(
                    fmt::format("says {} {:.0f} of {} in {}, but its stored state has {:.0f}", column, told, firm, quarter_name(t), stored));
        }
    return {};
}

Refusal ReplayLoader::altered(const std::string& fact) const { return damaged_replay(replay_.file(), store_.folder_, fact); }

}  // namespace rackrace
