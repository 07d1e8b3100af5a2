// Games that a reader can work out by hand.
#pragma once

#include "game/payoff_table.h"

namespace rackrace {

/// Two prisoners over two seeds, the second of which gives everybody 1 more: cooperate 3 each, defect 1 each, 5 for who defects alone and 0 for the other.
inline PayoffTable prisoners() {
    PayoffTable table = *PayoffTable::make("prisoners", {{"row", {"cooperate", "defect"}}, {"column", {"cooperate", "defect"}}}, 2);
    const double row[2][2] = {{3, 0}, {5, 1}};
    for (std::size_t own = 0; own < 2; ++own)
        for (std::size_t other = 0; other < 2; ++other)
            for (std::size_t seed = 0; seed < 2; ++seed) {
                table.set(table.profile_of({own, other}), 0, seed, row[own][other] + static_cast<double>(seed));
                table.set(table.profile_of({own, other}), 1, seed, row[other][own] + static_cast<double>(seed));
            }
    return table;
}

}  // namespace rackrace
