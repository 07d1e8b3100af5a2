#include "engine/replay/state_diff.h"

#include <cstring>

#include "engine/replay/state_path.h"

namespace rackrace {
namespace {

/// Splits `firms[meta].x` into meta and x, `balance[meta][cash]` into meta and cash. Places that belong to no firm keep their path.
void name_the_firm(StateDifference& difference, const Names& names) {
    difference.field = difference.path;
    const std::size_t open = difference.path.find('['), close = difference.path.find(']');
    const std::string top = difference.path.substr(0, open);
    if (open == std::string::npos || (top != "firms" && top != "balance" && top != "arrears")) return;
    const std::string party = difference.path.substr(open + 1, close - open - 1);
    for (const std::string& firm : names.firms) {
        if (firm != party) continue;
        difference.firm = party;
        difference.field = difference.path.substr(close + 1);
        if (difference.field.starts_with('.')) difference.field.erase(0, 1);
        else difference.field = top + difference.field;
    }
}

}  // namespace

std::optional<StateDifference> first_difference(const World& first, const World& second, const Names& names) {
    if (std::memcmp(&first, &second, sizeof(World)) == 0) return std::nullopt;
    const auto leaves = find_state(names, "");
    const auto* a = reinterpret_cast<const unsigned char*>(&first);
    const auto* b = reinterpret_cast<const unsigned char*>(&second);
    StateDifference difference;
    for (const StateLeaf& leaf : *leaves) {
        if (std::memcmp(a + leaf.offset, b + leaf.offset, leaf.field->size) == 0) continue;
        if (difference.places++ > 0) continue;
        difference.path = leaf.path;
        difference.unit = std::string(unit_text(leaf.field->unit));
        difference.first = leaf_value(first, leaf);
        difference.second = leaf_value(second, leaf);
    }
    name_the_firm(difference, names);
    return difference;
}

}  // namespace rackrace
