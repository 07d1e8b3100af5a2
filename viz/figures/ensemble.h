// A batch read into columns: its runs with what was varied, and of any key figure the value of every run at every quarter. Of one
// that is not complete the runs that are there. What is no batch or was written by another version is refused with its place.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "engine/replay/key_columns.h"

namespace rackrace {

/// A run that was played to its end.
struct EnsembleRun {
    std::int64_t number = 0;  // in the plan, from 0
    std::uint64_t seed = 0;
    std::string state_hash;   // at its end, 16 hexadecimal digits; empty where the batch does not say
};

/// What plays a run of a batch alone.
struct RunSettings {
    std::string scenario;
    std::uint64_t seed = 0;
    std::vector<std::pair<std::string, std::string>> sets, strategies;  // key or owner, value or file

    /// "rackrace run base-2026 --seed 9 --set coreweave.presold=0.4"
    std::string command() const;
};

/// A column of what was varied: a parameter, a rule, a script.
struct VariedColumn {
    std::string name;  // "coreweave.presold", "strategy.neocloud"
    bool is_number = false;
    std::vector<double> numbers;     // [run], where it is a number
    std::vector<std::string> texts;  // [run], as the batch has it
    bool varies() const;
};

/// "spot_i_usd_h", "cash_usd of coreweave".
inline std::string key_figure_name(const std::string& figure, const std::string& firm) { return firm.empty() ? figure : figure + " of " + firm; }

/// One key figure over all runs.
struct Courses {
    std::string figure, firm;  // "spot_i_usd_h"; the firm is empty for figures of the market
    std::string unit, meaning;
    int first_t = 0;
    std::vector<std::vector<double>> values;  // [quarter from first_t][run]; kNoValue where a run has none
    std::string name() const { return key_figure_name(figure, firm); }
    int last_t() const { return first_t + static_cast<int>(values.size()) - 1; }
    const std::vector<double>& at(int t) const { return values[static_cast<std::size_t>(t - first_t)]; }
};

class Ensemble {
public:
    /// The folder of a batch. Refused: another folder, another version, a file that cannot be read or that another process writes to.
    static Result<Ensemble> open(const std::filesystem::path& folder);

    const std::string& id() const { return id_; }  // name of the folder
    const std::filesystem::path& folder() const { return folder_; }
    const std::string& scenario() const { return scenario_; }
    const std::string& program_version() const { return program_version_; }
    const std::string& inputs_hash() const { return inputs_hash_; }
    const std::string& shard() const { return shard_; }  // "1/1" for a whole batch
    const std::vector<EnsembleRun>& runs() const { return runs_; }
    std::size_t failed() const { return failed_; }  // runs that were not played to their end: no figure has them
    std::size_t planned() const { return planned_; }  // with those of an incomplete batch that are not played yet
    bool is_complete() const { return runs_.size() + failed_ >= planned_; }
    const std::vector<VariedColumn>& varied() const { return varied_; }
    const std::vector<std::string>& firms() const { return firms_; }
    int first_t() const { return first_t_; }  // first quarter that any run played
    int last_t() const { return last_t_; }
    bool has_quarter(int t) const { return t >= first_t_ && t <= last_t_; }
    bool has_quarters() const { return has_quarters_; }  // false: the plan wanted a row a run only

    /// A key figure of the market, or with a firm one of the firm, read when it is first asked for and kept. Refused: a figure or a firm that the
    /// batch does not have, with the nearest.
    Result<const Courses*> courses(const std::string& figure, const std::string& firm);

    /// The place in runs() of a run, by its number as text: "137". Nothing for one that was not played to its end, or that there is not.
    std::optional<std::size_t> find_run(const std::string& number) const;
    /// "run 137 (seed 9, coreweave.presold=0.4)".
    std::string run_text(std::size_t run) const;
    /// What plays that run alone, with its full replay.
    RunSettings settings_of(std::size_t run) const;
    /// "hedge-77ab02@2028Q3#run=137"; without quarter for t < 0.
    std::string address(int t, const std::string& path) const;

private:
    Refusals read_runs();
    Result<Courses> read_courses(const std::string& figure, const std::string& firm) const;

    std::string id_, scenario_, program_version_, inputs_hash_, shard_;
    std::filesystem::path folder_, file_;
    std::vector<EnsembleRun> runs_;
    std::map<std::int64_t, std::size_t> places_;  // in runs_, by number
    std::size_t failed_ = 0, planned_ = 0;
    std::vector<VariedColumn> varied_;
    std::vector<std::string> firms_;
    int first_t_ = 0, last_t_ = 0;
    bool has_quarters_ = false;
    std::map<std::pair<std::string, std::string>, Courses> courses_;  // by firm and figure
};

/// What a figure of a batch is of where nobody says: prices for the market, owners' value for a firm.
inline constexpr std::string_view kFirstMarketFigure = "spot_i_usd_h", kFirstFirmFigure = "value_usd";

}  // namespace rackrace
