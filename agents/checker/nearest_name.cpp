#include "agents/checker/nearest_name.h"

#include <algorithm>

#include "agents/checker/source_text.h"
#include "engine/scenario/csv.h"

namespace rackrace {
namespace {

constexpr std::size_t kShortest = 3;  // a shorter word is near to everything
constexpr std::size_t kMaxListed = 12;

std::size_t common_beginning(std::string_view a, std::string_view b) {
    return static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
}

}  // namespace

std::string nearest_name(std::string_view word, const std::vector<std::string>& known) {
    if (word.size() < kShortest) return {};
    if (std::string near = nearest_word(word, known); !near.empty()) return near;
    const std::size_t first_word = word.find('_');
    if (first_word == std::string_view::npos || first_word < kShortest) return {};
    std::string best;
    for (const std::string& candidate : known) {
        const std::size_t length = common_beginning(word, candidate);
        if (length > first_word && length > common_beginning(word, best)) best = candidate;
    }
    return best;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known) {
    if (const std::string near = nearest_name(word, known); !near.empty()) return "did you mean " + in_quotes(near) + "?";
    if (known.empty()) return "there are none";
    std::string list;
    for (std::size_t i = 0; i < std::min(known.size(), kMaxListed); ++i) list += (i == 0 ? "" : ", ") + known[i];
    return "known are " + list + (known.size() > kMaxListed ? ", ..." : "");
}

}  // namespace rackrace
