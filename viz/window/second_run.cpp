#include "viz/window/second_run.h"

#include "engine/replay/run_difference.h"
#include "viz/figures/settings_difference.h"

namespace rackrace {

Result<SecondRun> read_second_run(const ReplayStore& first, const std::filesystem::path& run) {
    auto store = ReplayStore::open(run);
    if (!store) return store.error();
    auto a = Replay::open(first.folder()), b = Replay::open(store->folder());
    if (!a) return a.error();
    if (!b) return b.error();
    const auto difference = first_difference(*a, *b);
    if (!difference) return difference.error();
    std::vector<std::string> changed = settings_difference(first, *store);
    return SecondRun{std::move(*store), *difference ? difference_text(**difference) : "", std::move(changed)};
}

}  // namespace rackrace
