// Work that falls into independent pieces, on the cores of the machine.
#pragma once

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace rackrace {

/// threads, or as many as the machine has where that is 0.
inline int threads_or_all(int threads) { return threads > 0 ? threads : std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

/// Calls work(i) for i = 0 to count - 1 on up to `threads` threads, the caller's among them. What the calls leave behind goes by i, so the order in which they
/// end changes nothing.
template <class Work>
void for_each_index(int count, int threads, const Work& work) {
    std::atomic<int> next{0};
    const auto take = [&] {
        for (int i = next++; i < count; i = next++) work(i);
    };
    std::vector<std::thread> others;
    for (int i = 1; i < std::min(threads, count); ++i) others.emplace_back(take);
    take();
    for (std::thread& thread : others) thread.join();
}

}  // namespace rackrace
