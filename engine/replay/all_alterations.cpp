#include "engine/replay/all_alterations.h"

#include "engine/replay/replay_tables.h"

namespace rackrace {

Result<std::vector<Alteration>> all_alterations(Replay& replay) {
    std::vector<Alteration> out;
    for (const Table& table : replay_tables()) {
        const auto altered = replay.alterations(table.name);
        if (!altered) return altered.error();
        out.insert(out.end(), altered->begin(), altered->end());
    }
    return out;
}

}  // namespace rackrace
