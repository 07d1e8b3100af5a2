// Everything around the screens: tabs, the bar of what was altered, the strip of six numbers, the timeline, the status line. A panel prepares what it shows from the
// session and draws what it prepared.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "viz/window/look.h"
#include "viz/window/session.h"

namespace rackrace {

struct Tabs {
    struct Tab {
        std::string label;  // "1 Market"
        const char* action;
        bool is_chosen;
    };
    std::string run;  // "base-2026  seed 1  base-2026-s1-6c9e", "base-2026  512 runs  hedge-77ab02"
    std::vector<Tab> tabs;
};
Tabs prepare_tabs(const Session& session);
void draw_tabs(const Tabs& tabs, Session& session, const WindowLook& look);

/// Which tables of the open runs hold rows that are not those that were written, and how to make the run again; empty: none, and no bar is drawn.
std::string prepare_altered(const Session& session);
void draw_altered(const std::string& text, const WindowLook& look);
/// What it takes of the window.
float altered_height(const std::string& text, const WindowLook& look);

/// A number of the strip: what it is at the cursor, and how it moved since the quarter before.
struct StripNumber {
    std::string title, unit;
    std::string value, change;  // "0.33", "-6.2 %", "same" of what rounds to no change; "no value" where there is none
    double direction = 0.0;     // 0 of the same
    std::string address = {};  // empty: a click picks the key figure of the batch
    bool is_chosen = false;
};
std::vector<StripNumber> prepare_strip(const Session& session);
/// Of a batch: the spread of the key figure at the cursor, and of how many runs.
std::vector<StripNumber> prepare_batch_strip(Session& session);
/// Pins it, or lets it go where it is pinned.
void pin_number(const StripNumber& number, ViewState& view);
void draw_strip(const std::vector<StripNumber>& numbers, Session& session, const WindowLook& look);

/// Where the run stopped early, and what this program cannot check of it.
struct WarningBar {
    std::vector<std::string> lines;  // none: there is no bar
    bool has_command = false;        // that plays a stopped run again
};
WarningBar prepare_warning_bar(const Session& session);
float warning_bar_height(const WarningBar& bar, const WindowLook& look);
void draw_warning_bar(const WarningBar& bar, Session& session, const WindowLook& look);
/// "rackrace run --from runs/base-2026-s1-6c9e --until 2030Q1".
std::string replay_command(const ReplayStore& store);

struct Timeline {
    struct Mark {
        int t;
        int look;  // its shape tells the kind
    };
    struct Flag {
        int t;
        std::string text;  // "marks of coreweave: squeeze, alarm (2 times)"
    };
    int first = 0, last = 0;
    std::vector<Mark> marks;           // one of each kind that a quarter has; none of a batch
    std::vector<Flag> flags;           // quarters in which the picked firm's script called act.mark, by quarter
    std::optional<QuarterRange> loop;  // where it loops
};
Timeline prepare_timeline(Session& session);
void draw_timeline(const Timeline& timeline, Session& session, const WindowLook& look);

struct StatusLine {
    std::string text, right;
};
/// `frames_per_s` under 1: not said.
StatusLine prepare_status(const Session& session, double frames_per_s);
void draw_status(const StatusLine& line, Session& session, const WindowLook& look);

/// The whole window: the panels around the view's screen, and the overlay over them.
void draw_frame(Session& session, const WindowLook& look, double frames_per_s);

}  // namespace rackrace
