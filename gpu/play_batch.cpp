// Workers, threads of the CPU and cards alike, take cells from one source and put outcomes into a queue of fixed length, which the caller's thread empties.
#include <algorithm>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "engine/base/hash.h"
#include "gpu/cell_player.h"
#include "gpu/device.h"
#include "gpu/every_core.h"
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

/// The cells of a batch that nobody plays yet. Cards take chunks of neighbours and may give some of them back; threads wait for those.
class CellSource {
public:
    explicit CellSource(const Batch& batch) : batch_(batch) {}

    /// The next cell, given back ones first. Waits while a card may still give some back. Nothing: none is left.
    std::optional<std::int64_t> take() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return !returned_.empty() || next_ < batch_.cells || cards_ == 0; });
        if (!returned_.empty()) {
            const std::int64_t cell = returned_.front();
            returned_.pop_front();
            return cell;
        }
        return next_ < batch_.cells ? std::optional(next_++) : std::nullopt;
    }

    /// The next `most` for a card, fewer where they are of more than kMostProfiles. Empty: none is left. Others are followed by settle().
    std::vector<std::int64_t> take_chunk(std::int64_t most) {
        const std::lock_guard lock(mutex_);
        std::vector<std::int64_t> cells;
        std::int64_t profiles = 0, held = -1;
        for (; next_ < batch_.cells && static_cast<std::int64_t>(cells.size()) < most; ++next_) {
            const std::int64_t profile = batch_.cell(next_).profile;
            profiles += profile != held ? 1 : 0;
            if (profiles > kMostProfiles) break;
            held = profile;
            cells.push_back(next_);
        }
        cards_ += cells.empty() ? 0 : 1;
        return cells;
    }

    void give_back(std::int64_t cell) {
        const std::lock_guard lock(mutex_);
        returned_.push_back(cell);
        changed_.notify_one();
    }

    /// A chunk is played: nothing of it comes back any more.
    void settle() {
        const std::lock_guard lock(mutex_);
        --cards_;
        changed_.notify_all();
    }

private:
    const Batch& batch_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::int64_t> returned_;
    std::int64_t next_ = 0;
    int cards_ = 0;  // that hold a chunk
};

/// The profile that a worker played last: cells of one are neighbours.
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
        const auto number = floor.source.take();
        if (!number) return;
        const BatchCell cell = floor.batch.cell(*number);
        const auto& profile = held.of(cell.profile);
        if (!floor.queue.put(profile ? player.play(**profile, *number, cell.seed, floor.batch.wants_panel) : refused_outcome(*number, profile.error()))) return;
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
    const auto state = [](const Outcome& one) { return std::to_string(one.state_hash); };
    end_with_fault(outcome, outcome.last_t, outcome.state_hash != again.state_hash ? "the device ends with state " + state(outcome) + ", the host with " + state(again)
                                                                                   : "the device ends with other figures than the host, and with its state");
}

/// A profile for a card: seated, so that what cannot sit is refused alone and not with its whole chunk. casting: nullptr where a script is not portable.
struct Seated {
    std::shared_ptr<const Profile> profile;
    std::shared_ptr<const Casting> casting;
};

Result<Seated> seated(const Result<std::shared_ptr<const Profile>>& profile) {
    if (!profile) return profile.error();
    if (!is_portable(**profile)) return Seated{*profile, nullptr};
    auto casting = Casting::make((*profile)->loaded, (*profile)->strategies, (*profile)->baselines);
    if (!casting) return casting.error();
    return Seated{*profile, std::move(*casting)};
}

/// The profiles of a chunk, made by all cores: a card waits for them.
std::map<std::int64_t, Result<Seated>> seated_profiles(const Batch& batch, const std::vector<std::int64_t>& numbers) {
    std::map<std::int64_t, Result<Seated>> made;
    for (const std::int64_t number : numbers) made.try_emplace(batch.cell(number).profile, Refusals{});
    std::vector<std::pair<const std::int64_t, Result<Seated>>*> slots;
    for (auto& slot : made) slots.push_back(&slot);
    for_each_index(static_cast<int>(slots.size()), threads_or_all(0), [&](int i) {
        auto& [number, result] = *slots[static_cast<std::size_t>(i)];
        result = seated(batch.profile(number));
    });
    return made;
}

/// The portable cells among a chunk; others go back for the CPU, those without a profile are outcomes at once.
std::vector<DeviceCell> cells_for_device(Floor& floor, const std::vector<std::int64_t>& numbers) {
    const auto made = seated_profiles(floor.batch, numbers);
    std::vector<DeviceCell> cells;
    for (const std::int64_t number : numbers) {
        const BatchCell cell = floor.batch.cell(number);
        const auto& seat = made.at(cell.profile);
        if (!seat) floor.queue.put(refused_outcome(number, seat.error()));
        else if (seat->casting != nullptr) cells.push_back({seat->profile, seat->casting, number, cell.seed});
        else floor.source.give_back(number);
    }
    return cells;
}

/// Plays a chunk on a card. false: it refused, its cells went back.
bool play_chunk(Floor& floor, Device& device, CellPlayer& player, const std::vector<std::int64_t>& numbers) {
    const std::vector<DeviceCell> cells = cells_for_device(floor, numbers);
    auto outcomes = device.play(cells, floor.batch.wants_panel);
    if (!outcomes) {
        for (const DeviceCell& cell : cells) floor.source.give_back(cell.number);
        const std::lock_guard lock(floor.mutex);
        floor.use.refusals.add(outcomes.error());
        return false;
    }
    {
        const std::lock_guard lock(floor.mutex);
        floor.use.cells += static_cast<std::int64_t>(cells.size());
    }
    for (std::size_t i = 0; i < cells.size(); ++i) {
        verify(floor, player, cells[i], (*outcomes)[i]);
        if (!floor.queue.put(std::move((*outcomes)[i]))) break;
    }
    return true;
}

/// A card: chunks of cells until none is left; what it cannot play goes back, and from its first refusal on, or at the end, its thread works as one of the CPU.
void work_with(Floor& floor, Device& device) {
    CellPlayer player;
    for (bool goes_on = true; goes_on && !floor.queue.is_closed();) {
        const auto numbers = floor.source.take_chunk(device.facts().cells_at_once);
        if (numbers.empty()) break;
        goes_on = play_chunk(floor, device, player, numbers);
        floor.source.settle();
    }
    work(floor);
}

}  // namespace

BatchEnd play_batch(const Batch& batch, const Crew& crew, const OutcomeSink& sink) {
    const int workers = static_cast<int>(std::clamp<std::int64_t>(batch.cells, 1, threads_or_all(crew.workers)));
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
