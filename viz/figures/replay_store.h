// A replay read once into columns: every table but the packed states, by name, with the rows of each quarter known. It opens to what is
// whole; a file that is cut or of another program is refused with its reason and the command that makes it again. Where rows were altered, what reads
// their table is refused, and what reads others goes on.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "engine/replay/replay_reader.h"

namespace rackrace {

/// One table of a replay. Rows keep the order of the key; those of a quarter lie together.
class Columns {
public:
    class Filling;
    static Columns of(const ReplayRows& rows);

    std::size_t rows() const { return rows_; }
    /// First row of quarter t and the one after its last; equal where it has none.
    std::pair<std::size_t, std::size_t> rows_of(int t) const;
    /// Numbers of a column, kNoValue where a cell is empty or text. Whole numbers up to 2^53 are exact, dollars among them.
    const std::vector<double>& numbers(const std::string& column) const { return numbers_.at(column); }
    double number(std::size_t row, const std::string& column) const { return numbers_.at(column)[row]; }
    const std::string& text(std::size_t row, const std::string& column) const;  // empty where there is none
    int quarter(std::size_t row, const std::string& column = "quarter") const;  // -1 where there is none

private:
    struct Words {  // each different text once
        std::vector<std::string> words;
        std::vector<std::int32_t> codes;
    };
    void find_quarters(const Words& quarter);

    std::size_t rows_ = 0;
    std::map<std::string, std::vector<double>> numbers_;
    std::map<std::string, Words> texts_;
    std::map<int, std::pair<std::size_t, std::size_t>> quarters_;
};

/// A table that gets its rows one by one.
class Columns::Filling {
public:
    explicit Filling(const std::vector<std::string>& columns);
    void add(const std::vector<Cell>& row);  // a cell a column
    Columns take();                          // once, after the last row

private:
    struct Filled {
        std::vector<double>& numbers;
        Words& texts;
        std::unordered_map<std::string, std::int32_t> known = {};
        std::int32_t last = -1;  // neighbours often say the same
    };

    Columns out_;
    std::vector<Filled> columns_;
};

class ReplayStore {
public:
    /// Reads all of it at once, as ReplayLoader (viz/figures/replay_loader.h) does step by step; refused is what that refuses.
    static Result<ReplayStore> open(const std::filesystem::path& run);

    const RunRecord& run() const { return run_; }
    const std::string& run_id() const { return run_id_; }  // name of the run's folder
    const std::filesystem::path& folder() const { return folder_; }
    const std::vector<int>& quarters() const { return quarters_; }  // stored, the opening first
    int opening_t() const { return quarters_.front(); }
    int last_t() const { return quarters_.back(); }
    bool has_quarter(int t) const;
    std::string state_hash(int t) const;  // 16 hexadecimal digits
    const std::vector<std::string>& firms() const { return firms_; }
    const std::vector<std::string>& products() const { return products_; }
    const std::vector<std::string>& regions() const { return regions_; }
    const Columns& table(const std::string& name) const {
        if (!altered_.empty()) read_.insert(name);
        return tables_.at(name);
    }
    double parameter(const std::string& name) const;  // 0 where the run has none

    /// Row of table `firms` for a firm at t; rows() of the table where there is none.
    std::size_t firm_row(int t, const std::string& firm) const;
    std::string role_of(const std::string& firm) const;
    /// A number of a firm at t; kNoValue where there is none.
    double of_firm(int t, const std::string& firm, const std::string& column) const;
    double of_market(int t, const std::string& column) const;

    /// "base-2026-s1-6c9e@2028Q3#market.spot_i_usd_h"; without quarter for t < 0.
    std::string address(int t, const std::string& path) const;
    /// What a person should know before trusting the pictures: where the run stopped early, states that this program cannot check.
    const std::vector<std::string>& warnings() const { return warnings_; }

    /// Rows that are not those that the run wrote: their tables are here as they stand in the file.
    const std::vector<Alteration>& altered() const { return altered_; }
    /// One a table.
    Refusals altered_refusals() const;
    /// What `make` makes of this run; refused where it read a table that was altered. `make` calls nothing that calls this.
    template <class Make> auto of_unaltered(Make make) const -> decltype(make()) {
        read_.clear();
        auto made = make();
        if (Refusals refusals = refusals_of_read(); !refusals.empty()) return refusals;
        return made;
    }

private:
    friend class ReplayLoader;
    Refusals refusals_of(const std::vector<Alteration>& alterations) const;
    Refusals refusals_of_read() const;

    RunRecord run_;
    std::string run_id_;
    std::filesystem::path folder_;
    std::vector<int> quarters_;
    std::vector<std::uint64_t> hashes_;
    std::vector<std::string> firms_, products_, regions_;
    std::map<std::string, Columns> tables_;
    std::vector<std::string> warnings_;
    std::vector<Alteration> altered_;
    mutable std::set<std::string> read_;  // tables since of_unaltered began; none where nothing is altered
};

}  // namespace rackrace
