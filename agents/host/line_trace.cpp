#include "agents/host/line_trace.h"

#include "engine/schema/unit_meaning.h"

namespace rackrace {

const std::string& CallbackTrace::text(int file, int line) const {
    static const std::string none;
    if (file < 0 || static_cast<std::size_t>(file) >= files.size()) return none;
    const std::vector<std::string>& lines = files[static_cast<std::size_t>(file)].lines;
    return line >= 1 && static_cast<std::size_t>(line) <= lines.size() ? lines[static_cast<std::size_t>(line) - 1] : none;
}

std::int64_t CallbackTrace::passes_of(int file, int line) const {
    const auto found = passes.find({file, line});
    return found != passes.end() ? found->second : 0;
}

std::string unit_of_variable(std::string_view name) {
    if (const std::size_t item = name.find('['); item != std::string_view::npos) name = name.substr(0, item);
    std::string_view longest, unit;
    for (int u = 0; u <= static_cast<int>(Unit::wafers); ++u) {  // beyond them are shares, places and ids
        std::string_view suffix = meaning_of(static_cast<Unit>(u)).suffix;
        const bool is_whole_name = suffix.starts_with('_') && name == suffix.substr(1);
        if (suffix.size() <= longest.size() || !(is_whole_name || name.ends_with(suffix))) continue;
        longest = suffix;
        unit = unit_text(static_cast<Unit>(u));
    }
    return std::string(unit);
}

std::vector<ValueChange> locals_after(const CallbackTrace& trace, std::size_t step) {
    std::vector<ValueChange> out;
    if (step >= trace.steps.size()) return out;
    const int frame = trace.steps[step].frame;
    std::map<int, ValueChange> by_slot;
    for (std::size_t i = 0; i <= step; ++i)
        for (const ValueChange& change : trace.steps[i].changes) {
            if (change.frame != frame) continue;
            if (change.after.is_there()) by_slot[change.slot] = change;
            else if (const auto known = by_slot.find(change.slot); known != by_slot.end() && known->second.name == change.name) by_slot.erase(known);
        }
    for (auto& [slot, change] : by_slot) out.push_back(std::move(change));
    return out;
}

}  // namespace rackrace
