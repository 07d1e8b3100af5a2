// Records a run into its folder while it is played. The folder is written under a temporary name and renamed when complete: there is never
// half a run under a run's name. Failures to write are kept and reported by finish(), so that a full disk does not stop the market.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/quarter/run.h"
#include "engine/replay/digests.h"
#include "engine/replay/run_files.h"
#include "engine/replay/sqlite.h"
#include "engine/replay/table.h"

namespace rackrace {

/// Where a run is saved: `folder`, or where that is empty parent/NAME-sSEED-HASH with as few digits of the hash as are free.
struct SavePlace {
    std::filesystem::path parent = "runs";
    std::filesystem::path folder;
    bool replace = false;
};

class ReplayWriter final : public QuarterListener {
public:
    /// Makes the temporary folder. Refused: a folder that exists without `replace`, a place that cannot be written.
    static Result<std::unique_ptr<ReplayWriter>> begin(SavePlace place, RunRecord run, Names names, std::string resolved_toml);
    ~ReplayWriter() override;  // removes the temporary folder of a run that was not finished

    void on_opening(const Scenario& scenario, const World& world) override;
    void on_close(const ClosedQuarter& closed) override;

    /// A text that belongs to the run, by its path in the folder: a frozen script.
    void add_file(const std::string& path, const std::string& text);

    /// Completes the folder and renames it; `last` is the world as the run left it. A run that the place already holds, file for file, is
    /// left as it is. Returns the folder; record() then has status and hash.
    Result<std::filesystem::path> finish(const RunOutcome& outcome, const World& last);
    const RunRecord& record() const { return run_; }
    const std::map<std::string, FigureChange>& metrics() const { return metrics_; }

private:
    ReplayWriter(SavePlace place, RunRecord run, Names names, std::string resolved_toml);
    Refusals open();
    void write_quarter(const RecordedQuarter& quarter, bool is_opening);
    RowsDigest write_rows(const Table& table, const RecordedQuarter& quarter);
    void write_digests(const std::vector<TableDigest>& digests, RecordedQuarter quarter);
    void note_figures(const RecordedQuarter& quarter);
    void note_decisions(const DecisionLog& decisions, int t);
    void fail(const std::string& what, const std::string& why);
    void write_text(const char* file, const std::string& text);
    Result<std::filesystem::path> move_into_place();

    SavePlace place_;
    RunRecord run_;
    Names names_;
    std::string resolved_toml_;
    std::filesystem::path temporary_;
    std::optional<Database> database_;
    std::vector<std::optional<Statement>> inserts_;  // by table
    std::string log_;
    std::vector<QuarterHash> hashes_;
    std::map<std::string, FigureChange> metrics_;
    std::unique_ptr<Scenario> scenario_;  // a copy: the run may be over when it is finished
    std::unique_ptr<World> before_;       // the close before, for events and for playing the auctions again
    std::unique_ptr<Chance> chance_;      // of the run
    Refusals failures_;
    std::map<std::string, std::string> files_;  // by path, added by add_file
};

}  // namespace rackrace
