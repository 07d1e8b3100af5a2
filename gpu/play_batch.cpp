// Workers, threads of the CPU and cards alike, take cells from one source and put outcomes into a queue of fixed length, which the caller's thread empties.
#include <algorithm>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

#include "engine/base/hash.h"
#include "gpu/cell_player.h"
#include "gpu/device.h"
#include "gpu/outcomes.h"

namespace rackrace {
namespace {

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

constexpr std::int64_t kMostProfiles = 1024;  // of a chunk for a card: each is a scenario with its books, a quarter of a megabyte

/// The cells of a batch that nobody has taken yet.
class CellSource {
public:
    CellSource(const Batch& batch) : batch_(batch) {}

    /// The next `most` neighbours, fewer where they are of more than kMostProfiles; given back ones first, one at a time. Empty: none is left.
    std::vector<std::int64_t> take(std::int64_t most) {
        const std::lock_guard lock(mutex_);
        std::vector<std::int64_t> cells;
        if (!returned_.empty()) {
            cells.push_back(returned_.front());
            returned_.pop_front();
            return cells;
        }
        std::int64_t profiles = 0, held = -1;
        for (; next_ < batch_.cells && static_cast<std::int64_t>(cells.size()) < most; ++next_) {
            const std::int64_t profile = batch_.cell(next_).profile;
            profiles += profile != held ? 1 : 0;
            if (profiles > kMostProfiles) break;
            held = profile;
            cells.push_back(next_);
        }
        return cells;
    }

    void give_back(std::int64_t cell) {
        const std::lock_guard lock(mutex_);
        returned_.push_back(cell);
    }

private:
    const Batch& batch_;
    std::mutex mutex_;
    std::deque<std::int64_t> returned_;
    std::int64_t next_ = 0;
};

/// Profiles that a worker holds: the last one, of which cells are neighbours.
class HeldProfile {
public:
    explicit HeldProfile(const Batch& batch) : batch_(batch) {}

    const Result<std::shared_ptr<const Profile>>& of(std::int64_t number) {
        if (number != number_) profile_ = batch_.profile(number);
        number_ = number;
        return profile_;
    }

private:
    const Batch& batch_;
    std::int64_t number_ = -1;
    Result<std::shared_ptr<const Profile>> profile_ = Refusals{};
};

/// What workers share.
struct Floor {
    const Batch& batch;
    const Crew& crew;
    CellSource source;
    OutcomeQueue queue;
    std::mutex mutex{};
    DeviceUse use{};  // of all devices together
};

/// A thread of the CPU: a cell at a time until none is left.
void work(Floor& floor) {
    CellPlayer player;
    HeldProfile held(floor.batch);
    while (!floor.queue.is_closed()) {
        const auto cells = floor.source.take(1);
        if (cells.empty()) return;
        const BatchCell cell = floor.batch.cell(cells[0]);
        const auto& profile = held.of(cell.profile);
        if (!floor.queue.put(profile ? player.play(**profile, cells[0], cell.seed, floor.batch.wants_panel) : refused_outcome(cells[0], profile.error()))) return;
    }
}

/// One in so many cells of a device is played on the CPU too, spread by a hash of its number.
bool is_verified(const Floor& floor, std::int64_t cell) {
    const std::int64_t wanted = floor.crew.verified;
    return wanted >= floor.batch.cells || static_cast<double>(hash64(static_cast<std::uint64_t>(cell), 0x5eed) >> 11) * 0x1p-53 * static_cast<double>(floor.batch.cells) < static_cast<double>(wanted);
}

/// Plays a device's cell again where it was chosen. An outcome that differs is a fault of ours.
void verify(Floor& floor, CellPlayer& player, const DeviceCell& cell, Outcome& outcome) {
    if (!is_verified(floor, cell.number)) return;
    const Outcome again = player.play(*cell.profile, cell.number, cell.seed, floor.batch.wants_panel);
    const bool is_equal = are_equal(outcome, again);
    {
        const std::lock_guard lock(floor.mutex);
        ++floor.use.verified;
        floor.use.differing += is_equal ? 0 : 1;
    }
    if (is_equal) return;
    outcome.status = OutcomeStatus::fault;
    add_failure(outcome, {outcome.last_t, -1, "the device ends with state " + std::to_string(outcome.state_hash) + ", the host with " + std::to_string(again.state_hash)});
}

using MadeProfiles = std::map<std::int64_t, Result<std::shared_ptr<const Profile>>>;

/// The profiles of a chunk, made by all cores: a card waits for them.
MadeProfiles make_profiles(const Batch& batch, const std::vector<std::int64_t>& numbers) {
    MadeProfiles made;
    for (const std::int64_t number : numbers) made.try_emplace(batch.cell(number).profile, Refusals{});
    std::vector<MadeProfiles::value_type*> slots;
    for (auto& slot : made) slots.push_back(&slot);
    const std::size_t workers = std::min<std::size_t>(slots.size(), std::max(1u, std::thread::hardware_concurrency()));
    std::vector<std::thread> threads;
    for (std::size_t worker = 0; worker < workers; ++worker)
        threads.emplace_back([&, worker] {
            for (std::size_t i = worker; i < slots.size(); i += workers) slots[i]->second = batch.profile(slots[i]->first);
        });
    for (std::thread& thread : threads) thread.join();
    return made;
}

/// The portable cells among a chunk; others go back for the CPU, those without a profile are outcomes at once.
std::vector<DeviceCell> cells_for_device(Floor& floor, const std::vector<std::int64_t>& numbers) {
    const MadeProfiles made = make_profiles(floor.batch, numbers);
    std::vector<DeviceCell> cells;
    for (const std::int64_t number : numbers) {
        const BatchCell cell = floor.batch.cell(number);
        const auto& profile = made.at(cell.profile);
        if (!profile) floor.queue.put(refused_outcome(number, profile.error()));
        else if (is_portable(**profile)) cells.push_back({*profile, number, cell.seed});
        else floor.source.give_back(number);
    }
    return cells;
}

/// A card: chunks of cells until none is left; what it cannot play goes back, and from its first refusal on its thread works as one of the CPU.
void work_with(Floor& floor, Device& device) {
    CellPlayer player;
    while (!floor.queue.is_closed()) {
        const auto numbers = floor.source.take(device.facts().cells_at_once);
        if (numbers.empty()) return;
        if (numbers.size() == 1) {  // given back, or the last one: a card is no quicker
            floor.source.give_back(numbers[0]);
            break;
        }
        const std::vector<DeviceCell> cells = cells_for_device(floor, numbers);
        auto outcomes = device.play(cells, floor.batch.wants_panel);
        if (!outcomes) {
            for (const DeviceCell& cell : cells) floor.source.give_back(cell.number);
            const std::lock_guard lock(floor.mutex);
            floor.use.refusals.add(outcomes.error());
            break;
        }
        {
            const std::lock_guard lock(floor.mutex);
            floor.use.cells += static_cast<std::int64_t>(cells.size());
        }
        for (std::size_t i = 0; i < cells.size(); ++i) {
            verify(floor, player, cells[i], (*outcomes)[i]);
            if (!floor.queue.put(std::move((*outcomes)[i]))) return;
        }
    }
    work(floor);
}

}  // namespace

BatchEnd play_batch(const Batch& batch, const Crew& crew, const OutcomeSink& sink) {
    int workers = crew.workers > 0 ? crew.workers : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    workers = static_cast<int>(std::clamp<std::int64_t>(batch.cells, 1, workers));
    const std::size_t threads_count = static_cast<std::size_t>(workers) + crew.devices.size();
    Floor floor{batch, crew, CellSource(batch), OutcomeQueue(threads_count * kWaitingPerWorker)};
    std::vector<std::thread> threads;
    const auto start = [&](auto work_of_thread) {
        floor.queue.join();
        threads.emplace_back([&floor, work_of_thread] {
            work_of_thread();
            floor.queue.leave();
        });
    };
    for (Device* device : crew.devices) start([&floor, device] { work_with(floor, *device); });
    for (int i = 0; i < workers; ++i) start([&floor] { work(floor); });
    BatchEnd end;
    bool goes_on = true;
    for (Outcome outcome; goes_on && floor.queue.take(outcome);) {
        goes_on = sink(std::move(outcome));
        ++end.handed_over;
    }
    floor.queue.close();
    for (std::thread& thread : threads) thread.join();
    end.is_complete = end.handed_over == batch.cells;
    end.most_waiting = static_cast<int>(floor.queue.most());
    end.devices = std::move(floor.use);
    return end;
}

}  // namespace rackrace
