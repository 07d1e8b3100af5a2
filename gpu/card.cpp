// A card as the batch sees it: memory, copies, launches bounded in time, refusals in words.
#include "gpu/device.h"

#include <algorithm>
#include <map>

#include "engine/base/hash.h"
#include "gpu/device_image.h"
#include "gpu/device_memory.h"
#include "gpu/every_core.h"
#include "gpu/outcomes.h"
#include "gpu/play_cells.h"

namespace rackrace {
namespace {

constexpr double kLaunchAim_s = 0.5;           // other programs of the card wait for a launch
constexpr std::size_t kMemoryLeft = 512u << 20;  // for the driver, images and what else is small

class Event {
public:
    Event() { cudaEventCreate(&event_); }
    ~Event() { cudaEventDestroy(event_); }
    Event(const Event&) = delete;
    void record() { cudaEventRecord(event_); }
    double seconds_since(const Event& from) {
        float ms = 0.0f;
        cudaEventSynchronize(event_);
        cudaEventElapsedTime(&ms, from.event_, event_);
        return static_cast<double>(ms) * 1e-3;
    }

private:
    cudaEvent_t event_{};
};

/// What draws hang on beside the seed (draw_chance).
std::uint64_t ids_of_chance(const Scenario& scenario) {
    std::vector<std::uint64_t> ids;
    for (int r = 0; r < scenario.region_count; ++r) ids.push_back(scenario.regions[r].id);
    ids.push_back(0);
    for (int p = 0; p < scenario.product_count; ++p) ids.push_back(scenario.products[p].id);
    return hash_words(ids.data(), ids.size());
}

/// Draws by seed, words of all seeds side by side: profiles of the same regions and products share them. Made by all cores, since every launch waits for them.
struct Chances {
    std::vector<std::uint64_t> words;  // [kChanceWords][count]
    std::vector<std::int32_t> of;      // by cell
    std::int32_t count = 0;

    explicit Chances(const std::vector<DeviceCell>& cells) {
        std::map<std::pair<std::uint64_t, std::uint64_t>, std::int32_t> known;  // by ids and seed
        std::vector<const DeviceCell*> firsts;
        const Profile* held = nullptr;
        std::uint64_t ids = 0;
        for (const DeviceCell& cell : cells) {
            if (cell.profile.get() != held) ids = ids_of_chance(cell.profile->loaded.scenario);
            held = cell.profile.get();
            const auto [at, is_new] = known.try_emplace({ids, cell.seed}, count);
            if (is_new) {
                firsts.push_back(&cell);
                ++count;
            }
            of.push_back(at->second);
        }
        words.resize(kChanceWords * firsts.size());
        for_each_index(count, threads_or_all(0), [&](int i) {
            const auto c = static_cast<std::size_t>(i);
            const Chance chance = draw_chance(firsts[c]->profile->loaded.scenario, firsts[c]->seed);
            for (std::size_t w = 0; w < kChanceWords; ++w) words[w * firsts.size() + c] = reinterpret_cast<const std::uint64_t*>(&chance)[w];
        });
    }
};

class Card final : public Device {
public:
    static Result<std::unique_ptr<Device>> open(int index);

    const DeviceFacts& facts() const override { return facts_; }
    double kernel_s() const override { return kernel_s_; }
    Result<std::vector<Outcome>> play(const std::vector<DeviceCell>& cells, bool wants_panel) override;

private:
    Result<std::vector<Outcome>> play_here(const std::vector<DeviceCell>& cells, bool wants_panel);
    cudaError_t launch_all(Launch launch);
    Refusal refusal(const char* what, cudaError_t error) const { return device_refusal((facts_.name + ": " + what).c_str(), error); }

    int index_ = 0;
    DeviceFacts facts_;
    std::unique_ptr<DeviceArray<CellRoom>> rooms_;
    std::unique_ptr<DeviceArray<CellEnd>> ends_;
    std::unique_ptr<DeviceArray<KeyFigures>> panel_;
    std::size_t panel_rows_ = 0;
    double kernel_s_ = 0.0, quarter_s_ = 0.0;  // quarter_s_: of the last launch
    std::int32_t timed_cells_ = 0;
};

Result<std::unique_ptr<Device>> Card::open(int index) {
    auto card = std::make_unique<Card>();
    card->index_ = index;
    DeviceFacts& facts = card->facts_;
    cudaDeviceProp prop{};
    if (const cudaError_t error = cudaGetDeviceProperties(&prop, index); error != cudaSuccess) return device_refusal("no device answers", error);
    facts.name = prop.name;
    if (const cudaError_t error = cudaSetDevice(index); error != cudaSuccess) return card->refusal("cannot be used", error);
    KernelFacts kernel{};
    if (const cudaError_t error = kernel_facts(kernel); error != cudaSuccess) return card->refusal("there is no code for it", error);
    if (kernel.abi != abi_of_host()) return Refusal{facts.name, 0, 0, "its code was built for another layout of the market than this program", "build both from one source"};
    int driver = 0, runtime = 0;
    cudaDriverGetVersion(&driver);
    cudaRuntimeGetVersion(&runtime);
    const auto version = [](int number) { return std::to_string(number / 1000) + "." + std::to_string(number % 1000 / 10); };
    facts.software = "driver " + version(driver) + ", runtime " + version(runtime) + ", sm_" + std::to_string(prop.major * 10 + prop.minor);
    facts.multiprocessors = prop.multiProcessorCount;
    facts.registers = kernel.attributes.numRegs;
    facts.stack_bytes = kernel.attributes.localSizeBytes;
    facts.reserved_bytes = static_cast<std::size_t>(prop.multiProcessorCount) * static_cast<std::size_t>(prop.maxThreadsPerMultiProcessor) * kernel.attributes.localSizeBytes;
    facts.memory_bytes = prop.totalGlobalMem;
    facts.bytes_per_cell = sizeof(CellRoom) + sizeof(CellEnd) + kMaxQuarters * sizeof(KeyFigures);
    std::size_t free = 0, all = 0;
    cudaMemGetInfo(&free, &all);
    const std::size_t wave = static_cast<std::size_t>(kernel.blocks) * kDeviceBlock * static_cast<std::size_t>(prop.multiProcessorCount);
    const std::size_t taken = facts.reserved_bytes + kMemoryLeft;
    const std::size_t fit = free > taken ? (free - taken) / facts.bytes_per_cell : 0;
    facts.cells_at_once = static_cast<int>(std::min(wave, fit / kDeviceBlock * kDeviceBlock));
    if (facts.cells_at_once == 0)
        return Refusal{facts.name, 0, 0,
                       std::to_string(free >> 20) + " MiB are free, the stacks of its kernel take " + std::to_string(facts.reserved_bytes >> 20) + " and a block of markets " +
                           std::to_string(kDeviceBlock * facts.bytes_per_cell >> 20),
                       "play on the CPU, or on a card with more memory"};
    const auto cells = static_cast<std::size_t>(facts.cells_at_once);
    card->rooms_ = std::make_unique<DeviceArray<CellRoom>>(cells);
    card->ends_ = std::make_unique<DeviceArray<CellEnd>>(cells);
    if (card->rooms_->get() == nullptr || card->ends_->get() == nullptr) return card->refusal("no room for the markets", cudaGetLastError());
    return std::unique_ptr<Device>(std::move(card));
}

/// Launches bounded in time, one after another, until the runs are played.
cudaError_t Card::launch_all(Launch launch) {
    if (launch.cells > 2 * timed_cells_) quarter_s_ = 0.0;  // the time of few says nothing of many
    timed_cells_ = launch.cells;
    while (launch.first < launch.run_quarters) {
        const double fit = quarter_s_ > 0.0 ? kLaunchAim_s / quarter_s_ : 1.0;
        launch.quarters = static_cast<std::int32_t>(std::clamp(fit, 1.0, static_cast<double>(launch.run_quarters - launch.first)));
        Event from, to;
        from.record();
        if (const cudaError_t error = launch_cells(launch); error != cudaSuccess) return error;
        to.record();
        if (const cudaError_t error = cudaDeviceSynchronize(); error != cudaSuccess) return error;
        const double seconds = to.seconds_since(from);
        kernel_s_ += seconds;
        quarter_s_ = seconds / launch.quarters;
        launch.first += launch.quarters;
    }
    return cudaSuccess;
}

Result<std::vector<Outcome>> Card::play(const std::vector<DeviceCell>& cells, bool wants_panel) {
    if (cells.empty()) return std::vector<Outcome>{};
    if (cells.size() > static_cast<std::size_t>(facts_.cells_at_once)) return Refusal{facts_.name, 0, 0, "more cells than it has room for", "give fewer at once"};
    if (const cudaError_t error = cudaSetDevice(index_); error != cudaSuccess) return refusal("cannot be used", error);
    return play_here(cells, wants_panel);
}

Result<std::vector<Outcome>> Card::play_here(const std::vector<DeviceCell>& cells, bool wants_panel) {
    std::vector<std::size_t> order(cells.size());  // by profile: a warp runs one set of programs
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return cells[a].profile < cells[b].profile; });

    std::vector<DeviceCell> sorted;
    std::vector<const Profile*> profiles;
    std::vector<const Casting*> cast;
    std::vector<std::int32_t> profile_of;
    int run_quarters = 0;
    for (const std::size_t i : order) {
        const Profile* profile = cells[i].profile.get();
        if (profiles.empty() || profiles.back() != profile) {
            cast.push_back(cells[i].casting.get());
            profiles.push_back(profile);
            run_quarters = std::max(run_quarters, profile->loaded.scenario.end_t - profile->loaded.opening.t);
        }
        profile_of.push_back(static_cast<std::int32_t>(profiles.size()) - 1);
        sorted.push_back(cells[i]);
    }
    const Chances chances(sorted);
    const std::size_t image_size = DeviceImage(0, profiles, cast).bytes().size(), rows = cells.size() * static_cast<std::size_t>(run_quarters);
    DeviceArray<std::byte> image_there(image_size);
    DeviceArray<std::int32_t> profile_of_there(cells.size()), chance_of_there(cells.size());
    DeviceArray<std::uint64_t> chances_there(chances.words.size());
    if (wants_panel && panel_rows_ < rows) {
        panel_ = nullptr;
        panel_ = std::make_unique<DeviceArray<KeyFigures>>(rows);
        panel_rows_ = panel_->get() != nullptr ? rows : 0;
    }
    if (image_there.get() == nullptr || profile_of_there.get() == nullptr || chance_of_there.get() == nullptr || chances_there.get() == nullptr ||
        (wants_panel && panel_rows_ < rows))
        return refusal("no room for the markets", cudaGetLastError());
    const DeviceImage image(reinterpret_cast<std::uintptr_t>(image_there.get()), profiles, cast);
    cudaError_t error = image_there.from_host(image.bytes().data(), image_size);
    if (error == cudaSuccess) error = profile_of_there.from_host(profile_of.data(), profile_of.size());
    if (error == cudaSuccess) error = chance_of_there.from_host(chances.of.data(), chances.of.size());
    if (error == cudaSuccess) error = chances_there.from_host(chances.words.data(), chances.words.size());
    if (error == cudaSuccess)
        error = launch_all({image.profiles(), profile_of_there.get(), chance_of_there.get(), chances_there.get(), rooms_->get(), ends_->get(), wants_panel ? panel_->get() : nullptr,
                            static_cast<std::int32_t>(cells.size()), chances.count, run_quarters, 0, 0});
    if (error != cudaSuccess) return refusal("the markets could not be played", error);

    std::vector<CellEnd> ends(cells.size());
    std::vector<KeyFigures> panel(wants_panel ? rows : 0);
    error = ends_->to_host(ends.data(), ends.size());
    if (error == cudaSuccess && wants_panel) error = panel_->to_host(panel.data(), rows);
    std::vector<Outcome> out(cells.size());
    for (std::size_t i = 0; i < cells.size() && error == cudaSuccess; ++i) {
        CoreFailure failures[kMaxCoreFailures];
        if (ends[i].script_errors > 0) error = cudaMemcpy(failures, rooms_->get()[i].table.failures, sizeof failures, cudaMemcpyDeviceToHost);
        if (error != cudaSuccess) break;  // they were not read
        out[order[i]] = outcome_of(*sorted[i].profile, sorted[i].number, ends[i], failures, wants_panel ? &panel[i * static_cast<std::size_t>(run_quarters)] : nullptr);
    }
    if (error != cudaSuccess) return refusal("the outcomes did not come back", error);
    return out;
}

}  // namespace

bool has_cuda() { return true; }

Result<OpenDevices> open_devices() {
    int count = 0;
    if (const cudaError_t error = cudaGetDeviceCount(&count); error != cudaSuccess) return device_refusal("no card answers", error);
    OpenDevices open;
    for (int i = 0; i < count; ++i) {
        auto card = Card::open(i);
        if (card) open.cards.push_back(std::move(*card));
        else open.refused.add(card.error());
    }
    if (!open.cards.empty()) return open;
    if (open.refused.empty()) open.refused.add({"device", 0, 0, "this machine has no CUDA card", "play on the CPU"});
    return open.refused;
}

}  // namespace rackrace
