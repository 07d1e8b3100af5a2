#include "viz/window/run_players.h"

#include "engine/base/command_words.h"

namespace rackrace {

Result<ForkWish> parse_wish(const std::string& text) {
    ForkWish wish;
    const auto words = words_of(text);
    if (!words) return words.error();
    for (const std::string& word : *words) {
        const std::size_t at = word.ends_with(".lua") ? std::string::npos : word.find('=');  // a path may hold one
        if (at == 0 || at + 1 == word.size()) return Refusal{word, 0, 0, "is no NAME=VALUE", "write a parameter as shade=0.4"};
        if (at != std::string::npos) wish.params.emplace_back(word.substr(0, at), word.substr(at + 1));
        else if (wish.script.empty()) wish.script = word;
        else return Refusal{word, 0, 0, "is a second script", "name one script, and parameters as shade=0.4"};
    }
    if (wish.script.empty() && wish.params.empty()) return Refusal{"", 0, 0, "nothing changes", "name a script, or parameters as shade=0.4"};
    return wish;
}

}  // namespace rackrace
