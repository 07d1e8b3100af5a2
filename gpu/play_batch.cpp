// The CPU back end: workers take cells by number and put outcomes into a queue of fixed length, which the caller's thread empties.
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "agents/host/lua_deciders.h"
#include "engine/replay/events.h"
#include "engine/replay/key_figures.h"
#include "gpu/batch.h"

namespace rackrace {
namespace {

/// Fills an outcome while a cell is played.
class OutcomeRecorder final : public QuarterListener {
public:
    OutcomeRecorder(const Profile& profile, bool wants_panel, Outcome& outcome) : profile_(profile), wants_panel_(wants_panel), outcome_(outcome) {}

    void on_opening(const Scenario&, const World& world) override {
        outcome_.start_t = world.t + 1;
        outcome_.metrics.assign(key_market_figures().size(), {});
    }

    void on_close(const ClosedQuarter& closed) override {
        if (closed.decisions != nullptr) note_decisions(*closed.decisions, closed.world.t);
        const RecordedQuarter quarter{closed.scenario, closed.world,    profile_.loaded.names, record_,         &closed.ledger,
                                      &closed.postings, no_events_, closed.state_hash,     closed.decisions};
        const auto& figures = key_market_figures();
        for (std::size_t i = 0; i < figures.size(); ++i) {
            const double value = cell_number(figures[i].value(Row{quarter}));
            outcome_.metrics[i].last = value;
            if (closed.world.t == outcome_.start_t) outcome_.metrics[i].first = value;
            if (wants_panel_) outcome_.panel.market.push_back(value);
        }
        for (int f = 0; wants_panel_ && f < closed.world.firm_count; ++f)
            for (const Column& column : key_firm_figures()) outcome_.panel.firms.push_back(cell_number(column.value(Row{quarter, f})));
        outcome_.last_t = closed.world.t;
        outcome_.state_hash = closed.state_hash;
    }

private:
    void note_decisions(const DecisionLog& log, int t) {
        for (const PlacedOrder& order : log.orders) outcome_.rejections += is_rejection(answer_of(log, order)) ? 1 : 0;
        for (const Decision& decision : log.decisions) {
            if (!decision.has_failed) continue;
            ++outcome_.script_errors;
            if (outcome_.failures.size() == kMaxCellFailures) continue;
            const std::string& script = log.scripts[static_cast<std::size_t>(decision.error_script)];
            outcome_.failures.push_back({t, decision.firm, script + ":" + std::to_string(decision.error_line) + ": " + decision.error});
        }
    }

    const Profile& profile_;
    bool wants_panel_;
    Outcome& outcome_;
    const RunRecord record_;
    const std::vector<Event> no_events_;
};

/// Outcomes on their way from the workers to the sink.
class OutcomeQueue {
public:
    explicit OutcomeQueue(std::size_t room) : room_(room) {}

    /// Waits for room. false: nobody takes outcomes any more.
    bool put(Outcome&& outcome) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return is_closed_ || waiting_.size() < room_; });
        if (is_closed_) return false;
        waiting_.push_back(std::move(outcome));
        most_ = std::max(most_, waiting_.size());
        changed_.notify_all();
        return true;
    }

    /// Waits for an outcome. false: all workers have left and none is waiting.
    bool take(Outcome& outcome) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return !waiting_.empty() || workers_ == 0; });
        if (waiting_.empty()) return false;
        outcome = std::move(waiting_.front());
        waiting_.pop_front();
        changed_.notify_all();
        return true;
    }

    void join() {
        const std::lock_guard lock(mutex_);
        ++workers_;
    }
    void leave() {
        const std::lock_guard lock(mutex_);
        --workers_;
        changed_.notify_all();
    }
    void close() {
        const std::lock_guard lock(mutex_);
        is_closed_ = true;
        changed_.notify_all();
    }
    bool is_closed() {
        const std::lock_guard lock(mutex_);
        return is_closed_;
    }
    std::size_t most() const { return most_; }

private:
    const std::size_t room_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Outcome> waiting_;
    std::size_t most_ = 0;
    int workers_ = 0;
    bool is_closed_ = false;
};

Outcome refused_cell(std::int64_t cell, const Refusals& refusals) {
    Outcome outcome;
    outcome.cell = cell;
    outcome.status = OutcomeStatus::refused;
    for (const Refusal& refusal : refusals.all)
        if (outcome.failures.size() < kMaxCellFailures) outcome.failures.push_back({-1, -1, refusal.text()});
    return outcome;
}

void work(const Batch& batch, std::atomic<std::int64_t>& next, OutcomeQueue& queue) {
    std::int64_t held = -1;
    Result<std::shared_ptr<const Profile>> profile = Refusals{};
    for (std::int64_t i = next++; i < batch.cells && !queue.is_closed(); i = next++) {
        const BatchCell cell = batch.cell(i);
        if (cell.profile != held) profile = batch.profile(cell.profile);
        held = cell.profile;
        if (!queue.put(profile ? play_cell(**profile, i, cell.seed, batch.wants_panel) : refused_cell(i, profile.error()))) return;
    }
}

}  // namespace

Outcome play_cell(const Profile& profile, std::int64_t cell, std::uint64_t seed, bool wants_panel) {
    auto deciders = LuaDeciders::start(profile.loaded, profile.strategies, profile.baselines);
    if (!deciders) return refused_cell(cell, deciders.error());
    Outcome outcome;
    outcome.cell = cell;
    OutcomeRecorder recorder(profile, wants_panel, outcome);
    const auto world = std::make_unique<World>(profile.loaded.opening);
    const RunOutcome run = play_run(profile.loaded.scenario, *world, seed, deciders->get(), &recorder);
    for (int f = 0; f < world->firm_count; ++f) outcome.value_usd.push_back(world->firms[f].value_usd);
    if (outcome.script_errors > 0) outcome.status = OutcomeStatus::script_errors;
    if (!run.is_complete) {
        outcome.status = OutcomeStatus::fault;
        if (outcome.failures.size() == kMaxCellFailures) outcome.failures.pop_back();
        outcome.failures.push_back({world->t, -1, fault_sentence(*world, profile.loaded.names)});
    }
    return outcome;
}

BatchEnd play_batch_on_cpu(const Batch& batch, int workers, const OutcomeSink& sink) {
    if (workers <= 0) workers = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    workers = static_cast<int>(std::clamp<std::int64_t>(batch.cells, 1, workers));
    OutcomeQueue queue(static_cast<std::size_t>(workers * kWaitingPerWorker));
    std::atomic<std::int64_t> next{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < workers; ++i) {
        queue.join();
        threads.emplace_back([&] {
            work(batch, next, queue);
            queue.leave();
        });
    }
    BatchEnd end;
    bool goes_on = true;
    for (Outcome outcome; goes_on && queue.take(outcome);) {
        goes_on = sink(std::move(outcome));
        ++end.handed_over;
    }
    queue.close();
    for (std::thread& thread : threads) thread.join();
    end.is_complete = end.handed_over == batch.cells;
    end.most_waiting = static_cast<int>(queue.most());
    return end;
}

}  // namespace rackrace
