// A window's run and what was made of it: the replay in columns, the choices, the figures that were asked for, each built once. Without a
// run (the home screen) there is no store.
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
#include "viz/figures/why.h"
#include "viz/window/view_state.h"

namespace rackrace {

class Session {
public:
    ViewState view;

    /// Opens a run and goes to its last quarter on the market screen; looks, sizes and speed stay. Refused: whatever ReplayStore::open refuses;
    /// what was open stays open.
    Refusals open(const std::filesystem::path& run);
    /// Opens the same folder again and stays where it is.
    Refusals reload();
    bool has_run() const { return store_ != nullptr; }
    const ReplayStore& store() const { return *store_; }
    /// The error of the last open that failed, for the home screen; empty without one.
    const std::string& open_error() const { return open_error_; }

    /// A figure at the view's quarter, firm and market; kept until the run is closed. A figure that cannot be built has its reason as
    /// `empty_text`. Figures over the whole run are kept once for all quarters: only their `cursor_t` is the view's.
    const FigureModel& figure(const std::string& name);
    /// The same figure of another quarter, for ghosts and steps.
    const FigureModel& figure_at(const std::string& name, int t);

    /// The reasons behind an address (viz/figures/why.h), kept.
    const Result<Why>& why(const std::string& address);

    /// Moves the cursor to a stored quarter: outside the run, to its nearest end.
    void seek(int t);
    /// Goes where a text says: "28q3", "2028Q3", or an address, "#firm=coreweave&order=1841" or with another run before it. Refused: a text
    /// that is none of them; a quarter, firm, market or order that the run does not hold; unknown keys. Then all stays as it was, with the run
    /// that is open. An order is gone to in its own quarter.
    Refusals go_to(const std::string& text);
    /// Plays on by as many quarters as `seconds` of it are worth; around the loop, and stops at the end without one.
    void advance(double seconds);
    /// What an auction can be of: products, regions, spot-t, spot-i.
    std::vector<std::string> markets() const;

private:
    void take(ReplayStore store);
    void enter(const Address& address);

    double played_q_ = 0.0;  // share of a quarter that was played since the last step
    std::unique_ptr<ReplayStore> store_;
    std::string open_error_;
    std::map<std::string, FigureModel> figures_;  // by name, quarter, firm and market, those that matter to it
    std::map<std::string, Result<Why>> reasons_;
};

}  // namespace rackrace
