// Boost's uniforms over Random123's counter-based Philox; the normal is ours, because Boost's calls the platform's log.
#include "engine/scenario/chance.h"

#include <Random123/philox.h>

#include <boost/random/uniform_01.hpp>
#include <cmath>
#include <limits>

#include "engine/base/numbers.h"
#include "engine/base/random.h"

namespace rackrace {
namespace {

/// What a draw is of. Values are part of the draws: new ones go at the end.
enum class Draw : std::uint64_t { world, launch_slip, efficiency, adoption, grid, outside_demand, sentiment };

/// The numbers of one key: Philox blocks of four words, counted in a word of their own, so no key runs into another.
/// Source: Salmon, Moraes, Dror & Shaw 2011.
class DrawEngine {
public:
    using result_type = std::uint64_t;

    DrawEngine(std::uint64_t seed, Stream stream, Draw draw, std::uint64_t quarter, std::uint64_t entity)
        : key_{{seed, static_cast<std::uint64_t>(stream)}}, counter_{{0, quarter, entity, static_cast<std::uint64_t>(draw)}} {}

    static constexpr result_type min() { return 0; }
    static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }

    result_type operator()() {
        if (next_ == 0) block_ = r123::Philox4x64()(counter_, key_);
        const result_type word = block_[next_];
        next_ = (next_ + 1) % 4;
        if (next_ == 0) counter_[0] += 1;
        return word;
    }

private:
    r123::Philox4x64::key_type key_;
    r123::Philox4x64::ctr_type counter_;
    r123::Philox4x64::ctr_type block_{};
    unsigned next_ = 0;
};

double uniform(DrawEngine& engine) { return boost::random::uniform_01<double>()(engine); }

/// Marsaglia's polar method; rejected points take further numbers of the same key only.
double normal(DrawEngine engine) {
    while (true) {
        const double x = 2.0 * uniform(engine) - 1.0, y = 2.0 * uniform(engine) - 1.0;
        const double square = x * x + y * y;
        if (square > 0.0 && square < 1.0) return x * std::sqrt(-2.0 * rackrace::log(square) / square);
    }
}

}  // namespace

Chance draw_chance(std::uint64_t seed, const std::uint64_t* region_ids, int regions, const std::uint64_t* product_ids, int products) {
    Chance chance = {};
    chance.seed = seed;
    for (int i = 0; i < kWorldDraws; ++i)
        chance.world[i] = normal({seed, Stream::world, Draw::world, 0, static_cast<std::uint64_t>(i)});
    for (int i = 0; i < products; ++i) {
        DrawEngine engine(seed, Stream::world, Draw::launch_slip, 0, product_ids[i]);
        for (double& slip : chance.launch_slip[i]) slip = uniform(engine);
    }
    for (int t = 0; t < kMaxQuarters; ++t) {
        QuarterChance& quarter = chance.quarter[t];
        const std::uint64_t q = static_cast<std::uint64_t>(t);
        quarter.efficiency = normal({seed, Stream::paths, Draw::efficiency, q, 0});
        quarter.adoption = normal({seed, Stream::paths, Draw::adoption, q, 0});
        for (int r = 0; r < regions; ++r) quarter.grid[r] = normal({seed, Stream::paths, Draw::grid, q, region_ids[r]});
        for (int c = 0; c < kComputeClasses; ++c)
            quarter.outside_demand[c] = normal({seed, Stream::outside_demand, Draw::outside_demand, q, static_cast<std::uint64_t>(c)});
        quarter.sentiment = normal({seed, Stream::valuation_noise, Draw::sentiment, q, 0});
    }
    return chance;
}

}  // namespace rackrace
