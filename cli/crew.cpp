#include "cli/crew.h"

#include <fmt/format.h>

#include "gpu/every_core.h"

namespace rackrace {
namespace {

/// Cells a thread of the CPU from which a card is quicker (bench/results/device-2026-11-27.md).
constexpr std::int64_t kBreakEvenCells = 100;

std::string no_card_text(const Refusal& why) { return "no card: " + (why.place == "device" ? "" : why.place + ": ") + why.fact; }

std::string device_text(const DeviceFacts& facts) {
    return fmt::format("{}: {} multiprocessors, {} markets at once, stacks reserve {:.1f} of {:.1f} GiB, {}", facts.name, facts.multiprocessors, facts.cells_at_once,
                       static_cast<double>(facts.reserved_bytes) / (1 << 30), static_cast<double>(facts.memory_bytes) / (1 << 30), facts.software);
}

}  // namespace

std::string cards_text(const OpenDevices& open, std::string_view between) {
    std::vector<std::string> texts;
    for (const auto& device : open.cards) texts.push_back(device_text(device->facts()));
    for (const Refusal& one : open.refused.all) texts.push_back("not " + one.place + ": " + one.fact);
    return fmt::format("{}", fmt::join(texts, between));
}

Result<OpenCrew> open_crew(const CrewRequest& request, std::int64_t cells, const Cards& cards) {
    OpenCrew open;
    open.crew.workers = request.threads;
    open.crew.verified = request.verified;
    if (request.device == "cpu") return open;
    if (request.device == "auto" && cells < kBreakEvenCells * threads_or_all(request.threads)) return open;
    auto devices = cards.open();
    if (!devices) {
        if (request.device != "cuda") {
            if (cards.are_built_in) open.no_card = no_card_text(devices.error().all.front());
            return open;
        }
        Refusals refusals = devices.error();
        for (Refusal& one : refusals.all) one.advice += ": give --device cpu, or leave --device out";
        return refusals;
    }
    open.note = cards_text(*devices, "\n");
    open.devices = std::move(devices->cards);
    for (const auto& device : open.devices) open.crew.devices.push_back(device.get());
    return open;
}

}  // namespace rackrace
