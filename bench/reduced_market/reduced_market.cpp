// The reduced market by this project's own pieces, timed as its peers are (peer.py): plays a batch and prints hash, times and memory as JSON.
// reduced_market [--markets N] [--strategies 1..8] [--plays N]
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>
#include <string_view>

#include "bench/reduced_market/batch.h"
#include "bench/reduced_market/strategies.h"

namespace rackrace::reduced {
namespace {

struct Clocks {
    double wall_s, cpu_s;
};

Clocks clocks() {
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now().time_since_epoch();
    return {wall.count(), static_cast<double>(std::clock()) / CLOCKS_PER_SEC};
}

/// Of this program alone; 0 where /proc does not tell.
long peak_kb() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:")) return std::atol(line.c_str() + 6);
    return 0;
}

int measure(int markets, int strategies, int plays) {
    Clocks start{}, begin{}, end{}, done{};
    std::uint64_t hash = 0;
    for (int i = 0; i < plays; ++i) {
        start = clocks();
        const auto path = read_path(RACKRACE_SOURCE_DIR "/bench/reduced_market/shocks.csv");
        if (!path) {
            std::fputs(path.error().text().c_str(), stderr);
            return 3;
        }
        const std::vector<Factors> factors = draw_factors(markets);
        begin = clocks();
        const std::vector<Market> states = play(*path, factors, strategies);
        end = clocks();
        hash = hash_states(states);
        done = clocks();
    }
    std::printf("{\"hash\": \"%016llx\", \"wall_s\": %.9f, \"cpu_s\": %.6f, \"steps_wall_s\": %.9f, \"steps_cpu_s\": %.6f, \"peak_kb\": %ld}\n",
                static_cast<unsigned long long>(hash), done.wall_s - start.wall_s, done.cpu_s - start.cpu_s, end.wall_s - begin.wall_s,
                end.cpu_s - begin.cpu_s, peak_kb());
    return 0;
}

}  // namespace
}  // namespace rackrace::reduced

int main(int argc, char** argv) {
    using namespace rackrace::reduced;
    int markets = 64, strategies = 4, plays = 1;
    bool understood = argc % 2 == 1;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string_view option = argv[i];
        int* const value = option == "--markets" ? &markets : option == "--strategies" ? &strategies : option == "--plays" ? &plays : nullptr;
        if (value) *value = std::atoi(argv[i + 1]);
        else understood = false;
    }
    if (!understood || markets < 1 || strategies < 1 || strategies > kStrategies || plays < 1) {
        std::fputs("reduced_market [--markets N] [--strategies 1..8] [--plays N]\n", stderr);
        return 2;
    }
    return measure(markets, strategies, plays);
}
