#include "viz/window/second_run.h"

#include <sstream>

#include "engine/replay/run_difference.h"

namespace rackrace {

Result<SecondRun> read_second_run(const ReplayStore& first, const std::filesystem::path& run) {
    auto store = ReplayStore::open(run);
    if (!store) return store.error();
    auto a = Replay::open(first.folder()), b = Replay::open(store->folder());
    if (!a) return a.error();
    if (!b) return b.error();
    const auto difference = first_difference(*a, *b);
    if (!difference) return difference.error();
    return SecondRun{std::move(*store), *difference ? difference_text(**difference) : ""};
}

Result<ForkWish> parse_wish(const std::string& text) {
    ForkWish wish;
    std::istringstream words(text);
    for (std::string word; words >> word;) {
        const std::size_t at = word.find('=');
        if (at == 0 || at + 1 == word.size()) return Refusal{word, 0, 0, "is no NAME=VALUE", "write a parameter as shade=0.4"};
        if (at != std::string::npos) wish.params.emplace_back(word.substr(0, at), word.substr(at + 1));
        else if (wish.script.empty()) wish.script = word;
        else return Refusal{word, 0, 0, "is a second script", "name one script, and parameters as shade=0.4"};
    }
    if (wish.script.empty() && wish.params.empty()) return Refusal{"", 0, 0, "nothing changes", "name a script, or parameters as shade=0.4"};
    return wish;
}

}  // namespace rackrace
