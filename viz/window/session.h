// A window's run or batch and what was made of it: its columns, the choices, the figures that were asked for, each built once. Without either
// (the home screen) there is neither store nor ensemble; there are never both.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/replay/address.h"
#include "viz/figures/catalogue.h"
#include "viz/figures/ensemble_catalogue.h"
#include "viz/figures/failed_decisions.h"
#include "viz/figures/fan_threads.h"
#include "viz/figures/replay_loader.h"
#include "viz/figures/why.h"
#include "viz/window/editor.h"
#include "viz/window/placed_orders.h"
#include "viz/window/places.h"
#include "viz/window/run_players.h"
#include "viz/window/script_edit.h"
#include "viz/window/second_run.h"
#include "viz/window/stepping.h"
#include "viz/window/view_state.h"

namespace rackrace {

/// Where a run or a batch is entered. What is empty stays as it is when it opens.
struct RunEntry {
    std::string place = {};             // "@2028Q3#firm=coreweave"
    std::optional<Screen> screen = {};  // wins over the place's
    std::string firm = {}, market = {};  // the same
    std::string key_figure = {};         // of a batch
};

/// A run that is being opened: how far it is.
struct Opening {
    std::string run, doing;  // "base-2026-s1-6c9e", "reads table orders"
    std::size_t done = 0, of = 0;
};

class Session {
public:
    ViewState view;
    std::filesystem::path data;               // where the model's parameters and tables are: decisions are made again from them
    std::filesystem::path scripts;            // that come with the program
    std::filesystem::path copies = "edits";   // where copies of scripts are put to be edited
    std::optional<ScriptEdit> edit;           // the script that was given to an editor last
    std::vector<StartedProgram> editors;      // that were started and whose end was not told

    /// Begins to open a run, or opens a batch at once; `read_on` opens the run, on its last quarter and the market screen where the entry names no other place; looks, sizes,
    /// places of tiles and speed stay. Refused: whatever ReplayLoader::begin or Ensemble::open refuses, an entry that is none. What is open stays open until the other
    /// is there. One run is opened at a time: the other is given up.
    Refusals begin_open(const std::filesystem::path& run, const RunEntry& entry = {});
    /// Begins to open the same folder again, to stay where it is.
    Refusals begin_reload();
    /// Reads on for `seconds`, one step at least, and opens the run after its last. Refused: whatever ReplayLoader::step refuses, an entry that
    /// the run does not hold. Then what was open stays open, with the reason in the status line.
    Refusals read_on(double seconds);
    /// Nothing where no run is being opened.
    std::optional<Opening> opening() const;
    void stop_opening();
    /// The same in one go.
    Refusals open(const std::filesystem::path& run, const RunEntry& entry = {});
    /// Holds a run beside the one that is open, for the screen Compare, and goes there. Refused: whatever read_second_run refuses; then all stays as it was.
    Refusals compare_with(const std::filesystem::path& run);
    /// Plays a fork of the open run from the view's quarter on, for the view's firm, and compares with it. Refused: a wish that is none, and whatever the player refuses.
    Refusals fork(const std::string& wish);
    /// Plays the pinned run of the batch and begins to open it, in the view's quarter. Refused: nothing pinned that is a run, whatever the player refuses, a run that ends
    /// otherwise than in the batch.
    Refusals play_pinned_run();
    /// Who plays both; nobody at first.
    RunPlayers players;
    /// nullptr without one.
    const SecondRun* second() const { return second_.get(); }

    bool has_run() const { return store_ != nullptr; }
    bool has_batch() const { return ensemble_ != nullptr; }
    bool has_any() const { return has_run() || has_batch(); }
    const ReplayStore& store() const { return *store_; }
    const Ensemble& ensemble() const { return *ensemble_; }
    /// Decisions of the run that a script error ended, by quarter and firm.
    const std::vector<FailedDecision>& failures() const { return failures_; }
    /// Of the view's firm and quarter, how many failed before the one that was gone to last.
    std::size_t failures_before() const;
    /// Of the batch, the key figure that the view picks.
    const Courses& courses();
    /// Refused: what Ensemble::courses refuses; then the view stays.
    Refusals pick_key_figure(const std::string& figure, const std::string& firm);

    // Of the run or the batch, whichever is open.
    int first_t() const { return has_run() ? store_->opening_t() : ensemble_->first_t(); }
    int last_t() const { return has_run() ? store_->last_t() : ensemble_->last_t(); }
    std::vector<int> quarters() const;
    const std::filesystem::path& folder() const { return has_run() ? store_->folder() : ensemble_->folder(); }
    std::string address(int t, const std::string& path) const { return has_run() ? store_->address(t, path) : ensemble_->address(t, path); }
    Provenance provenance() const;
    /// The error of the last open that failed, for the home screen; empty without one.
    const std::string& open_error() const { return open_error_; }

    /// A figure at the view's quarter, firm and market, or of the view's key figure, as growth where the view wants it; kept until the run is closed. A figure that cannot be
    /// built has its reason as `empty_text`. "prices-against" is the figure `prices` of both runs (viz/figures/against.h). Figures over the whole run are kept once for all quarters: only their `cursor_t` is the view's.
    const FigureModel& figure(const std::string& name);
    /// The same figure of another quarter, for ghosts and steps. The fan of a batch has the threads of the view.
    const FigureModel& figure_at(const std::string& name, int t);

    /// The reasons behind an address (viz/figures/why.h), kept.
    const Result<Why>& why(const std::string& address);

    /// Moves the cursor to a stored quarter: outside the run, to its nearest end.
    void seek(int t);
    /// Goes where a text says: "28q3", "2028Q3", or an address, "#firm=coreweave&order=1841" or with another run before it, which is begun to
    /// open. Refused: a text that is none of them; a place that the run does not hold (viz/window/places.h). Then all stays as it was, with the
    /// run that is open. An order is gone to in its own quarter.
    Refusals begin_go_to(const std::string& text);
    /// The same in one go.
    Refusals go_to(const std::string& text);
    /// Plays on by as many quarters as `seconds` of it are worth; around the loop, and stops at the end without one.
    void advance(double seconds);
    std::vector<std::string> markets() const { return markets_of(*store_); }

    /// What a firm ordered in a quarter (viz/window/placed_orders.h), kept.
    const std::vector<PlacedText>& orders(int t, const std::string& firm);

    /// A script of the run, line by line, read once; empty where the run's folder does not hold it.
    const std::vector<std::string>& script(const std::string& name);

    /// The decisions of the view's firm in its quarter, line by line: the run is played again for them up to there. Those of the last few are kept.
    /// Puts the view on the first step of another decision than before, or on the one that failed.
    const Stepping& stepping();

private:
    struct Arrival {
        ReplayLoader loader;
        std::filesystem::path run;  // as it was named
        RunEntry entry;
        std::optional<Address> place;  // the entry's
        bool is_reload = false;
    };
    Refusals open_batch(const std::filesystem::path& folder, const RunEntry& entry);
    const FigureModel& ensemble_figure(const EnsembleKind& kind, int t);
    const FigureModel& threaded(const std::string& key, const FigureModel& fan);
    Refusals go_to_address(const Address& address);
    void enter_batch(const Address& address);
    ViewState fresh_view() const;
    void forget();
    Refusals arrive();
    Refusals fail(const Refusals& refusals);
    void take(ReplayStore store);
    void stay(const ViewState& before);
    void enter(const Address& address);

    double played_q_ = 0.0;  // share of a quarter that was played since the last step
    Result<FigureModel> build(const std::string& name, const FigureRequest& request, bool is_growth) const;

    std::unique_ptr<ReplayStore> store_;
    std::vector<FailedDecision> failures_;
    std::unique_ptr<SecondRun> second_;
    std::unique_ptr<Ensemble> ensemble_;
    std::string open_error_;
    std::map<std::string, FigureModel> figures_;  // by name, quarter, firm, market and key figure, those that matter to it
    struct ThreadedFan {
        std::string key;  // in figures_; empty for none
        FanThreads threads;
        FigureModel figure;
    };
    ThreadedFan fan_;  // the last one: threads change with the pointer, bands do not
    std::map<std::string, Result<Why>> reasons_;
    std::map<std::pair<int, std::string>, std::vector<PlacedText>> orders_;
    std::map<std::string, std::vector<std::string>> scripts_;
    Stepping trace(int t, const std::string& firm);
    std::unique_ptr<RecordedRun> recorded_;  // loaded for the first decision that is stepped through
    std::map<std::pair<int, std::string>, Stepping> stepped_;
    std::optional<Arrival> arrival_;
};

}  // namespace rackrace
