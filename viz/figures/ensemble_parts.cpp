#include "viz/figures/ensemble_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/base/quarter_index.h"

namespace rackrace {
namespace {

/// "1 to 40" where none is left out, or how many there are.
std::string seeds_text(const Ensemble& ensemble) {
    std::set<std::uint64_t> seeds;
    for (const EnsembleRun& run : ensemble.runs()) seeds.insert(run.seed);
    if (seeds.empty()) return "none";
    if (seeds.size() == 1) return std::to_string(*seeds.begin());
    if (*seeds.rbegin() - *seeds.begin() == seeds.size() - 1) return fmt::format("{} to {}", *seeds.begin(), *seeds.rbegin());
    return fmt::format("{} different", seeds.size());
}

}  // namespace

Provenance provenance_of(const Ensemble& ensemble) {
    const auto quarter = [&](int t) { return ensemble.runs().empty() ? std::string("none") : quarter_name(t); };
    return {ensemble.id(),          ensemble.scenario(),   seeds_text(ensemble), ensemble.program_version(),
            ensemble.inputs_hash(), quarter(ensemble.first_t()), quarter(ensemble.last_t())};
}

FigureModel start_figure(const Ensemble& ensemble, std::string id, std::string title, std::string subtitle) {
    FigureModel figure;
    figure.id = std::move(id);
    figure.title = std::move(title);
    figure.subtitle = std::move(subtitle);
    figure.from = provenance_of(ensemble);
    if (ensemble.shard() != "1/1") figure.notes.push_back("This is part " + ensemble.shard() + " of a batch.");
    if (ensemble.failed() > 0)
        figure.notes.push_back(fmt::format("{} run{} not played to the end and in no figure: failed.csv says why.", ensemble.failed(), ensemble.failed() == 1 ? " was" : "s were"));
    return figure;
}

std::vector<double> values_at(const Courses& courses, int t) {
    std::vector<double> out;
    out.reserve(courses.at(t).size());
    for (const double value : courses.at(t))
        if (std::isfinite(value)) out.push_back(value);
    return out;
}

std::string count_text(const Ensemble& ensemble) {
    const auto number = [](std::size_t count) { return short_number(static_cast<double>(count)); };
    return number(ensemble.runs().size()) + (ensemble.is_complete() ? "" : " of " + number(ensemble.planned())) + (ensemble.is_complete() && ensemble.runs().size() == 1 ? " run" : " runs") + (ensemble.failed() > 0 ? ", " + number(ensemble.failed()) + " failed" : "");
}

}  // namespace rackrace
