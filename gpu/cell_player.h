// Plays cells on the host, one after another, in memory of its own.
#pragma once

#include <memory>

#include "gpu/batch.h"

namespace rackrace {

class CellPlayer {
public:
    CellPlayer();
    ~CellPlayer();

    /// By the table of compiled scripts, which knows no Lua and no log, where all scripts of the profile are portable and it does not ask for Lua; else as a run. The outcome is the same.
    Outcome play(const Profile& profile, std::int64_t cell, std::uint64_t seed, bool wants_panel);

private:
    struct Room;
    Outcome play_table(const Profile& profile, std::int64_t cell, std::uint64_t seed, bool wants_panel);
    Outcome play_as_run(const Profile& profile, std::int64_t cell, std::uint64_t seed, bool wants_panel);

    std::unique_ptr<Room> room_;
};

}  // namespace rackrace
