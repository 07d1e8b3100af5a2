#include "bench/reduced_market/batch.h"

#include <cstring>

#include "bench/reduced_market/strategies.h"
#include "engine/base/hash.h"
#include "engine/base/random.h"
#include "engine/scenario/csv.h"

namespace rackrace::reduced {

Result<Path> read_path(const std::filesystem::path& file) {
    const auto table = read_csv(file, {"quarter", "demand_growth_frac", "supply_chips", "reserve_usd_chip"});
    if (!table) return table.error();
    Refusals refusals;
    Path path;
    for (const CsvRow& row : table->rows) {
        const CsvCells cells(*table, row, refusals);
        if (cells.whole("quarter") != static_cast<std::int64_t>(path.size())) cells.refuse("quarters are out of order", "list 0 to 26, a row each");
        path.push_back({cells.number("demand_growth_frac"), cells.number("supply_chips"), cells.number("reserve_usd_chip")});
    }
    if (path.size() != kQuarters) refusals.add({table->place, 0, 0, std::to_string(path.size()) + " quarters", "list 0 to 26, a row each"});
    if (!refusals.empty()) return refusals;
    return path;
}

std::vector<Factors> draw_factors(int markets) {
    std::vector<Factors> factors;
    factors.reserve(static_cast<std::size_t>(markets) * kQuarters);
    for (int m = 0; m < markets; ++m)
        for (int t = 0; t < kQuarters; ++t) {
            const auto draw = [&](std::uint64_t what) { return uniform01(m, Stream::outside_demand, t, what, 0, 0) - 0.5; };
            factors.push_back({1.0 + 0.3 * draw(0), 1.0 + 0.4 * draw(1)});
        }
    return factors;
}

std::vector<Market> play(const Path& path, const std::vector<Factors>& factors, int strategies) {
    std::vector<Market> markets(factors.size() / kQuarters, opening_market());
    const Factors* draws = factors.data();
    for (Market& market : markets)
        for (const PathRow& row : path) play_quarter(market, row, *draws++, Strategies{strategies});
    return markets;
}

std::uint64_t hash_states(const std::vector<Market>& markets) {
    std::uint64_t sum = 0, words[kWords];
    for (std::size_t m = 0; m < markets.size(); ++m) {
        std::memcpy(words, &markets[m], sizeof(Market));
        sum += hash64_with(hash_words(words, kWords), m);
    }
    return mix64(sum);
}

}  // namespace rackrace::reduced
