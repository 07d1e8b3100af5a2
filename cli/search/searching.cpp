#include "cli/search/searching.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "cli/signals.h"
#include "game/local_search.h"

namespace rackrace {
namespace {

std::vector<double> ended(const std::vector<double>& payoffs) {
    std::vector<double> out;
    std::copy_if(payoffs.begin(), payoffs.end(), std::back_inserter(out), [](double payoff) { return !std::isnan(payoff); });
    return out;
}

std::vector<double> gains(const std::vector<double>& payoffs, const std::vector<double>& of_default) {
    std::vector<double> out;
    for (std::size_t i = 0; i < payoffs.size(); ++i) out.push_back(payoffs[i] - of_default[i]);
    return ended(out);
}

class Searcher {
public:
    Searcher(const SearchTask& task, const SearchTools& tools, SearchStore& store) : task_(task), tools_(tools), store_(store) {
        const auto& names = tools.field->loaded.names.firms;
        firm_ = static_cast<std::size_t>(std::find(names.begin(), names.end(), task.firm) - names.begin());
    }

    Result<SearchOutcome> run() {
        const bool is_done = default_and_sample() && climb_on() && check_winner();
        if (!failures_.empty()) return failures_;
        out_.is_complete = is_done;
        return out_;
    }

private:
    std::shared_ptr<const Profile> profile_of(const SearchPoint& point) const {
        auto profile = std::make_shared<Profile>(*tools_.field);
        for (std::size_t i = 0; i < point.size(); ++i) profile->loaded.strategies[task_.firm].params[task_.parameter(i)] = point[i];
        return profile;
    }

    /// A run that the store lacks: of points[point].
    struct OpenRun {
        std::size_t point;
        std::uint64_t seed;
    };
    /// Runs of each point are neighbours; a point that is there twice is played once.
    std::vector<OpenRun> open_runs(const std::vector<SearchPoint>& points, const Seeds& seeds) const {
        std::vector<OpenRun> open;
        std::set<std::string> seen;
        for (std::size_t i = 0; i < points.size(); ++i) {
            const std::string name = task_.text_of(points[i]);
            if (!seen.insert(name).second) continue;
            for (std::uint64_t seed : seeds)
                if (!store_.payoff(name, seed)) open.push_back({i, seed});
        }
        return open;
    }

    /// Plays what the store lacks of all these points as one batch, so that no thread waits for the last seed of each. false: interrupted, or not to be written.
    bool play(const std::vector<SearchPoint>& points, const Seeds& seeds) {
        const std::vector<OpenRun> open = open_runs(points, seeds);
        if (open.empty()) return true;
        Batch batch;
        batch.cells = static_cast<std::int64_t>(open.size());
        batch.wants_panel = !task_.objective.is_owners_value();
        batch.cell = [&](std::int64_t i) { return BatchCell{static_cast<std::int64_t>(open[static_cast<std::size_t>(i)].point), open[static_cast<std::size_t>(i)].seed}; };
        batch.profile = [&](std::int64_t point) { return Result<std::shared_ptr<const Profile>>(profile_of(points[static_cast<std::size_t>(point)])); };
        const BatchEnd end = play_batch(batch, {tools_.threads, {}, 0}, [&](Outcome&& outcome) {
            const OpenRun& run = open[static_cast<std::size_t>(outcome.cell)];
            const bool has_ended = outcome.status == OutcomeStatus::ok || outcome.status == OutcomeStatus::script_errors;
            failures_.add(store_.add(task_.text_of(points[run.point]), run.seed, kOutcomeStatusNames[static_cast<int>(outcome.status)],
                                     has_ended ? task_.objective.value(outcome, firm_) : std::numeric_limits<double>::quiet_NaN()));
            tools_.show(store_.runs());
            return failures_.empty() && received_signal() == 0;
        });
        return failures_.empty() && end.handed_over == batch.cells;
    }

    /// What a point paid by seed; all of them were played.
    std::vector<double> payoffs_of(const SearchPoint& point, const Seeds& seeds) const {
        std::vector<double> out;
        for (std::uint64_t seed : seeds) out.push_back(*store_.payoff(task_.text_of(point), seed));
        return out;
    }

    bool try_point(SearchStage stage, const SearchPoint& point) {
        TriedPoint one;
        one.stage = stage;
        one.point = point;
        if (!play({point}, task_.plan.seeds)) return false;
        one.payoffs = payoffs_of(point, task_.plan.seeds);
        const std::vector<double> there = ended(one.payoffs);
        one.is_whole = there.size() == one.payoffs.size();
        one.payoff = mean_interval(there);
        one.gain = paired_difference(gains(one.payoffs, out_.tried.empty() ? one.payoffs : out_.tried.front().payoffs));
        const std::size_t number = out_.tried.size();
        out_.tried.push_back(one);
        if (number > 0 && one.is_whole && (one.payoff.mean > out_.tried[out_.winner].payoff.mean || !out_.tried[out_.winner].is_whole)) out_.winner = number;
        return true;
    }

    bool default_and_sample() {
        std::vector<SearchPoint> points = task_.sample;
        points.insert(points.begin(), SearchPoint{});
        if (!play(points, task_.plan.seeds) || !try_point(SearchStage::standard, {})) return false;
        return std::all_of(task_.sample.begin(), task_.sample.end(), [&](const SearchPoint& point) { return try_point(SearchStage::sample, point); });
    }

    /// The best point of the sample as shares of its ranges; what is a list stays as it is there.
    bool climb_on() {
        if (task_.plan.search.refine.empty() || out_.tried.size() < 2) return true;
        std::size_t best = 1;
        for (std::size_t i = 1; i < out_.tried.size(); ++i)
            if (out_.tried[i].is_whole && out_.tried[i].payoff.mean > out_.tried[best].payoff.mean) best = i;
        const SearchPoint from = out_.tried[best].point;
        std::vector<std::size_t> ranges;
        std::vector<double> start;
        for (std::size_t i = 0; i < from.size(); ++i) {
            if (!task_.axis(i).is_range) continue;
            ranges.push_back(i);
            start.push_back(share_of_value(task_.axis(i), from[i]));
        }
        bool is_interrupted = false;
        const double worst = -std::numeric_limits<double>::max();
        climb(start, kQuestionsPerPoint * static_cast<int>(std::min<std::int64_t>(task_.points(), 1'000'000)), [&](const std::vector<double>& shares) -> std::optional<double> {
            SearchPoint point = from;
            for (std::size_t i = 0; i < ranges.size(); ++i) point[ranges[i]] = value_of_share(task_.axis(ranges[i]), shares[i]);
            auto known = std::find_if(out_.tried.begin(), out_.tried.end(), [&](const TriedPoint& one) { return one.point == point; });
            if (known == out_.tried.end()) {
                if (static_cast<std::int64_t>(out_.tried.size()) > task_.points()) return std::nullopt;  // the default is beside the budget
                is_interrupted = !try_point(SearchStage::climb, point);
                if (is_interrupted) return std::nullopt;
                known = std::prev(out_.tried.end());
            }
            return known->is_whole ? known->payoff.mean : worst;
        });
        return !is_interrupted;
    }

    bool check_winner() {
        const SearchPoint standard, winner = out_.tried[out_.winner].point;
        if (!play({standard, winner}, task_.fresh)) return false;
        const std::vector<double> of_default = payoffs_of(standard, task_.fresh), of_winner = payoffs_of(winner, task_.fresh);
        out_.fresh_default = mean_interval(ended(of_default));
        out_.fresh_winner = mean_interval(ended(of_winner));
        out_.fresh_gain = paired_difference(gains(of_winner, of_default));
        return true;
    }

    static constexpr int kQuestionsPerPoint = 50;  // rounding asks for points again; this ends a climb that asks for nothing new

    const SearchTask& task_;
    const SearchTools& tools_;
    SearchStore& store_;
    std::size_t firm_ = 0;
    SearchOutcome out_;
    Refusals failures_;
};

}  // namespace

Result<SearchOutcome> search(const SearchTask& task, const SearchTools& tools, SearchStore& store) { return Searcher(task, tools, store).run(); }

}  // namespace rackrace
