#include "engine/base/command_words.h"

#include <optional>

namespace rackrace {

Result<std::vector<std::string>> words_of(const std::string& line) {
    std::vector<std::string> words;
    std::optional<std::string> word;
    char quote = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (quote == 0 && (c == ' ' || c == '\t' || c == '\n')) {
            if (word) words.push_back(std::move(*word));
            word.reset();
            continue;
        }
        if (!word) word.emplace();
        if (c == quote) quote = 0;
        else if (quote == 0 && (c == '\'' || c == '"')) quote = c;
        else if (c == '\\' && quote != '\'') {
            if (++i == line.size()) return Refusal{line, 0, 0, "ends in a backslash", "leave it out, or write two"};
            *word += line[i];
        } else *word += c;
    }
    if (quote != 0) return Refusal{line, 0, 0, std::string("has a quote ") + quote + " that is not closed", "close it"};
    if (word) words.push_back(std::move(*word));
    return words;
}

std::string quoted_word(const std::string& word) {
    const bool is_plain = !word.empty() && word.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./=:+,@%") == std::string::npos;
    if (is_plain) return word;
    std::string out = "'";
    for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

}  // namespace rackrace
