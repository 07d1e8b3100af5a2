#include "game/regret.h"

#include <algorithm>

namespace rackrace {

ProfileRegret regret_of(const PayoffTable& table, std::int64_t profile) {
    ProfileRegret out;
    for (std::size_t p = 0; p < table.players().size(); ++p) {
        const std::size_t own = table.strategy_of(profile, p);
        Deviation best{own, {}};
        for (std::size_t s = 0; s < table.players()[p].strategies.size(); ++s) {
            if (s == own) continue;
            const PairedDifference gain = table.difference(profile, table.deviation(profile, p, s), p);
            out.is_complete = out.is_complete && gain.n > 0;
            if (gain.n == 0) continue;
            out.low = std::max(out.low, gain.low());
            out.high = std::max(out.high, gain.high());
            if (gain.mean > best.gain.mean) best = {s, gain};
        }
        out.regret = std::max(out.regret, best.gain.mean);
        out.best.push_back(best);
    }
    return out;
}

}  // namespace rackrace
