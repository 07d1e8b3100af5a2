// A cell as host and device play it: compiled scripts at the table, the key figures of each close, and what is left at the end. Plain data, no owner.
#pragma once

#include "agents/core/core_table.h"
#include "engine/base/hash.h"
#include "engine/quarter/key_figures.h"

namespace rackrace {

/// A profile as a kernel sees it.
struct DeviceProfile {
    const Scenario* scenario;
    const World* opening;
    const CoreCast* cast;
};

/// What a cell leaves behind.
struct CellEnd {
    std::uint64_t state_hash;
    std::int32_t last_t;           // last quarter played
    WorldFault fault;              // of kind none where the books are whole
    std::int32_t rejections;       // calls refused, of callbacks that ended well, and orders that markets cut
    std::int32_t script_errors;    // callbacks that failed
    double value_usd[kMaxFirms];   // owners' value
    double first[kKeyMarketFigures], last[kKeyMarketFigures];  // of the first and the last close
};

/// Plays up to `quarters` more, or to the scenario's end; stops where an identity breaks. panel: of the first of them, nullptr where nobody wants figures of each.
/// orders [kMaxFirms]: room for them. `end` is that of the quarters so far.
RACKRACE_HD inline void play_quarters(const CoreSetting& at, World& world, const Chance& chance, Ledger& ledger, Orders* orders, int quarters, KeyFigures* panel, CellEnd& end) {
    KeyFigures figures;
    RACKRACE_NO_UNROLL
    for (int q = 0; q < quarters && world.t < at.scenario.end_t && world.fault == Fault::none; ++q) {
        const bool is_first = world.t + 1 == at.scenario.start_t;
        play_quarter(at, world, chance, ledger, orders);
        take_key_figures(at.scenario, world, figures);
        if (panel != nullptr) panel[q] = figures;
        RACKRACE_NO_UNROLL
        for (int i = 0; i < kKeyMarketFigures; ++i) {
            if (is_first) end.first[i] = figures.market[i];
            end.last[i] = figures.market[i];
        }
    }
    end.last_t = world.t;
    end.fault = fault_of(world);
    end.state_hash = hash_words(reinterpret_cast<const std::uint64_t*>(&world), sizeof(World) / 8);
    end.rejections = at.table.cuts;
    end.script_errors = at.table.failure_count;
    RACKRACE_NO_UNROLL
    for (int f = 0; f < kMaxFirms; ++f) {
        end.rejections += at.table.desks[f].rejections;
        end.value_usd[f] = world.firms[f].value_usd;
    }
}

}  // namespace rackrace
