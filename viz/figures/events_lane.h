// How kinds of events are shown: their words, their looks and how grave they are. Lanes, lists and the timeline take them from here.
#pragma once

#include <string_view>

namespace rackrace {

/// The graver, the earlier in lists, and the first to be drawn where a quarter has no room for all.
enum class Gravity { failure, trouble, relief, routine };

struct EventLane {
    std::string_view kind;  // as the replay writes it
    const char* title;      // for a person
    int look;               // apart for kinds of one severity where they are failures or trouble
    Gravity severity;
};

/// nullptr for a kind that this program does not know.
const EventLane* event_lane(std::string_view kind);

}  // namespace rackrace
