// The list of figures of a batch: many runs in one picture. Beside catalogue.h, which has those of one run.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "viz/figures/ensemble.h"
#include "viz/figures/figure_model.h"
#include "viz/figures/replay_store.h"

namespace rackrace {

/// What a person asks for beside the figure's name.
struct EnsembleRequest {
    std::optional<int> at;   // quarter; the last one of the batch where it is left open
    std::string key_figure;  // spot_i_usd_h, or with a firm value_usd, where it is left open
    std::string firm;        // whose key figure; empty: the market's
    std::string run = {};    // by its number: of the fan one more thread
};

/// The same with nothing open: what a builder reads.
struct EnsembleScope {
    int t = 0;
    const Courses& courses;
};

struct EnsembleKind {
    const char* name;
    const char* summary;
    bool is_of_quarter;      // shows one quarter; others show the whole batch, with a line at the quarter asked for
    const char* key_figure;  // the one of the market that it is always of; nullptr: any that a person picks
    FigureModel (*build)(const Ensemble& ensemble, const EnsembleScope& scope);
};

const std::vector<EnsembleKind>& ensemble_kinds();
/// nullptr for a name that is no figure of a batch.
const EnsembleKind* find_ensemble_kind(const std::string& name);

/// Refused: an unknown figure, key figure or firm (each with the nearest), a figure of a single run, a quarter or a run that the batch does not
/// hold, a key figure where the figure has its own, a run where the figure draws none.
Result<FigureModel> build_ensemble_figure(Ensemble& ensemble, const std::string& name, const EnsembleRequest& request);

/// A figure of a batch asked of one run: nothing but the words that say how to make many.
FigureModel single_run_figure(const ReplayStore& run, const std::string& name);

/// The builders, a file each.
FigureModel build_fan(const Ensemble& ensemble, const EnsembleScope& scope);
FigureModel build_histogram(const Ensemble& ensemble, const EnsembleScope& scope);
FigureModel build_drivers(const Ensemble& ensemble, const EnsembleScope& scope);
FigureModel build_defaults(const Ensemble& ensemble, const EnsembleScope& scope);

}  // namespace rackrace
