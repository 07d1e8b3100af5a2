// Opens a replay step by step, a table read or a state checked each, so that whoever waits can be told how far it is.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "engine/base/result.h"
#include "engine/replay/replay_reader.h"
#include "viz/figures/replay_store.h"

namespace rackrace {

class ReplayLoader {
public:
    /// The file, its format, its run and names. Refused: what Replay::open refuses, a replay without firms.
    static Result<ReplayLoader> begin(const std::filesystem::path& run);
    /// One step on. Refused: a table that cannot be read or lacks rows, a state that is not the one its hash names, hashes that are not the
    /// run's, cash or debt of a firm that its stored state does not have. Other rows that were altered are told by ReplayStore::altered.
    Refusals step();
    bool is_done() const { return done_ == steps(); }

    const std::string& run_id() const { return store_.run_id_; }
    std::size_t steps() const { return tables_.size() + checked_quarters_; }
    std::size_t steps_done() const { return done_; }
    /// What the next step does, "reads table orders" or "checks the state of 2028Q3"; empty after the last.
    std::string doing() const;

    /// After the last step, once.
    ReplayStore take() { return std::move(store_); }

private:
    Refusals read_table(const std::string& name);
    Refusals read_events();
    Refusals check_tables();
    Refusals check_state(int t);
    Refusals check_firms(const World& world, int t);
    Refusal altered(const std::string& fact) const;
    void warn_of_early_end();

    Replay replay_;
    ReplayStore store_;
    std::vector<std::string> tables_;   // in the order of reading
    std::size_t checked_quarters_ = 0;  // none where another program laid out the states
    std::size_t done_ = 0;
};

}  // namespace rackrace
