// The firms of a market as compiled scripts, for host and device: who decides when, what becomes of a decision that fails, and the whole run. What
// LuaDeciders and FirmScript do, without Lua, a log or memory of their own; the same worlds come out.
#pragma once

#include "agents/core/plain_calls.h"
#include "agents/desk_turn.h"
#include "engine/quarter/quarter.h"
#include "engine/quarter/results.h"
#include "engine/quarter/take_lever.h"
#include "engine/quarter/view.h"

namespace rackrace {

/// A compiled script with the parameters of its firm.
struct CoreScript {
    CoreCode code;
    std::int32_t entries[3];     // by Callback; -1: none
    const double* first_memory;  // [kDeskMemory]
};

/// Who plays a firm.
struct CoreFirm {
    const CoreScript* script;         // nullptr: nobody
    const CoreScript* autopilot;      // nullptr: none
    const CoreScript* administrator;  // in chapter 11; nullptr: none
    VerbMask autopilot_verbs;         // levers that the script leaves out
    VerbMask role_verbs;              // the administrator's
    InfoView info;
};

/// Everything of a profile but the scenario.
struct CoreCast {
    CoreFirm firms[kMaxFirms];
};

/// What a market needs beside its World, orders and ledger while it is played.
struct CoreRoom {
    MarketView market;
    FirmView view;
    ShownResults shown;
    Desk desks[kMaxFirms];
    Desk before;                              // the Desk of a callback that may fail
    Orders own, beside;                       // of the script, of the autopilot
    World decided_on;                         // that the firms saw last
    std::uint64_t frame[kCoreFrame];
    std::int32_t is_administered[kMaxFirms];  // since it failed
    std::int32_t failed_t, failed_firm;       // of the last callback that failed; failed_t -1 for none
    CoreFault fault;                          // of it
};

/// Verbs whose orders are not the script's.
RACKRACE_HD inline VerbMask verbs_of_others(const CoreFirm& firm, bool is_administered) { return is_administered ? ~VerbMask{0} : firm.autopilot_verbs; }

/// One callback of a script into orders of its own, which arrive empty. returns false where it failed: nothing is left of it but a count
RACKRACE_HD RACKRACE_APART inline bool decide_by(const CoreScript& script, Author author, Stage stage, const Scenario& scenario, const World& world, const CoreFirm& firm, int f, CoreRoom& room, Orders& orders, VerbMask& used) {
    Desk& desk = room.desks[f];
    used = 0;
    room.before = desk;
    CoreSeat seat{&scenario, &world, &room.market, &room.view, &room.shown, &firm.info, &desk, &orders, f, author, stage, 0, kCoreFuel, {}, {}};
    CoreFault fault;
    if (desk.is_initialised[static_cast<int>(author)] == 0) {
        open_memory(desk, author, script.first_memory);
        if (script.entries[0] >= 0) fault = run_plainly(script.code, script.entries[0], seat, room.frame);
    }
    const int entry = script.entries[stage == Stage::a ? 1 : 2];
    if (stage == Stage::b && entry < 0) return fault.error == CoreError::none;
    const int shown_to = desk.result_count;
    room.shown.results_count = unseen_results(desk, author, room.shown.results);
    if (fault.error == CoreError::none) {
        seat.fuel = kCoreFuel;
        fault = run_plainly(script.code, entry, seat, room.frame);
    }
    const bool is_sound = fault.error == CoreError::none;
    close_decision(desk, room.before, author, script.first_memory, is_sound, shown_to);
    if (is_sound) {
        used = seat.used;
    } else {
        orders = Orders{};
        room.failed_t = world.t;
        room.failed_firm = f;
        room.fault = fault;
    }
    return is_sound;
}

/// Both authors decide, then the levers are merged. Where the script fails the firm holds.
RACKRACE_HD inline void play_firm(const Scenario& scenario, const World& world, Stage stage, const CoreFirm& firm, int f, CoreRoom& room, Orders& orders) {
    VerbMask used = 0;
    room.own = Orders{};
    if (!decide_by(*firm.script, Author::script, stage, scenario, world, firm, f, room, room.own, used)) return;
    take_levers(used, room.own, orders);
    if (firm.autopilot == nullptr) return;
    room.beside = Orders{};
    if (decide_by(*firm.autopilot, Author::autopilot, stage, scenario, world, firm, f, room, room.beside, used)) take_levers(used & firm.autopilot_verbs, room.beside, orders);
}

/// A firm in chapter 11: the role's baseline runs what there is, at stage B alone.
RACKRACE_HD inline void administer(const Scenario& scenario, const World& world, Stage stage, const CoreFirm& firm, int f, CoreRoom& room, Orders& orders) {
    if (firm.administrator == nullptr || stage != Stage::b) return;
    room.is_administered[f] = 1;
    room.own = Orders{};
    VerbMask used = 0;
    if (decide_by(*firm.administrator, Author::autopilot, stage, scenario, world, firm, f, room, room.own, used)) take_levers(used, room.own, orders);
}

/// All firms of a stage, on one view of the market.
RACKRACE_HD RACKRACE_APART inline void play_firms(const Scenario& scenario, const World& world, Stage stage, const CoreCast& cast, CoreRoom& room, Orders* orders) {
    observe(scenario, world, room.market);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        const CoreFirm& firm = cast.firms[f];
        if (firm.script == nullptr || world.firms[f].status == FirmStatus::absent || !is_active(world.firms[f])) continue;
        const bool is_estate = world.firms[f].status == FirmStatus::chapter_11;
        if (!is_estate) room.is_administered[f] = 0;
        observe(scenario, world, room.market, f, room.view);
        if (is_estate) administer(scenario, world, stage, firm, f, room, orders[f]);
        else play_firm(scenario, world, stage, firm, f, room, orders[f]);
    }
    room.decided_on = world;
}

/// Desks as they are before a run.
RACKRACE_HD inline void open_room(CoreRoom& room) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < kMaxFirms; ++f) {
        room.desks[f] = Desk{};
        room.is_administered[f] = 0;
    }
    room.failed_t = -1;
    room.failed_firm = -1;
    room.fault = {};
}

/// What became of the orders of a stage, told to every firm. `after`: the world that the markets left.
RACKRACE_HD inline void report_stage(Stage stage, const Scenario& scenario, const World& after, const Deals& deals, const CoreCast& cast, CoreRoom& room, const Orders* orders) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < scenario.firm_count; ++f) {
        if (cast.firms[f].script == nullptr) continue;
        const VerbMask others = verbs_of_others(cast.firms[f], room.is_administered[f] != 0);
        if (stage == Stage::a) report_stage_a(scenario, room.decided_on, deals, orders[f], after, f, others, room.desks[f]);
        else report_stage_b(scenario, room.decided_on, deals, orders[f], after, f, others, room.desks[f]);
    }
}

/// One quarter: the four functions with the firms between them. orders [kMaxFirms].
RACKRACE_HD inline void play_quarter(const Scenario& scenario, World& world, const Chance& chance, Ledger& ledger, const CoreCast& cast, CoreRoom& room, Orders* orders) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < kMaxFirms; ++f) {
        orders[f] = Orders{};
        room.desks[f].trace_count = 0;
        room.desks[f].trace_is_mark = 0;
    }
    open_quarter(scenario, world, chance, ledger);
    play_firms(scenario, world, Stage::a, cast, room, orders);
    commit(scenario, world, orders, chance, ledger);
    report_stage(Stage::a, scenario, world, ledger.deals, cast, room, orders);
    play_firms(scenario, world, Stage::b, cast, room, orders);
    operate(scenario, world, orders, chance, ledger);
    report_stage(Stage::b, scenario, world, ledger.deals, cast, room, orders);
}

}  // namespace rackrace
