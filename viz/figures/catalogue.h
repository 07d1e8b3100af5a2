// The list of figures: what each shows, what it wants to know, the function that builds it. Commands, pages and windows find figures here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "viz/figures/figure_model.h"
#include "viz/figures/replay_store.h"

namespace rackrace {

/// What a person asks for beside the figure's name.
struct FigureRequest {
    std::optional<int> at;     // quarter; the last one of the run where it is left open
    std::optional<int> since;  // where a bridge starts; the quarter before where it is left open
    std::string firm;
    std::string market;  // a product, a region, spot-t or spot-i
};

/// The same with nothing open: what a builder reads. The firm is one of the run's where the figure wants one.
struct FigureScope {
    int t = 0;
    int since = 0;
    bool is_at_quarter = false;  // a person named the quarter
    std::string firm;
    std::string market;  // empty: the builder chooses
};

struct FigureKind {
    const char* name;
    const char* summary;
    bool wants_firm;
    bool is_of_quarter;  // shows one quarter; others show the whole run, with a line at the quarter asked for
    bool takes_market;
    Result<FigureModel> (*build)(const ReplayStore& store, const FigureScope& scope);
    bool may_have_firm = false;  // shows all firms, or the one that is named
};

const std::vector<FigureKind>& figure_kinds();

/// Refused: an unknown figure, firm or market (each with the nearest), a quarter that is not stored, a firm that is wanted and not named or named and not wanted,
/// a table that it reads and that was altered.
Result<FigureModel> build_figure(const ReplayStore& store, const std::string& name, const FigureRequest& request);

}  // namespace rackrace
