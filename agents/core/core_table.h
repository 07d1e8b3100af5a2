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

/// A callback that failed: the firm held.
struct CoreFailure {
    std::int32_t t;
    std::int32_t firm;
    Author author;
    bool is_administrator;
    CoreFault fault;
};
inline constexpr int kMaxCoreFailures = 50;  // of a market that are told; a script that fails in every call of a run fails this often

/// What goes on from quarter to quarter beside the World.
struct CoreTable {
    Desk desks[kMaxFirms];
    std::int32_t is_administered[kMaxFirms];  // since it failed
    std::int32_t cuts;                        // results with a code R that markets told
    std::int32_t failure_count;               // callbacks that failed, ever
    CoreFailure failures[kMaxCoreFailures];   // the first of them
};

/// A market at its table.
struct CoreSetting {
    const Scenario& scenario;
    const CoreCast& cast;
    CoreTable& table;
};

/// What firms need while they decide. It stands in a frame of its own on the device, where stacks are dear and the markets' frames follow in its place.
struct CoreRoom {
    CoreBank bank;        // views of the market and of the firm whose turn it is
    Outlook outlook;      // of that market
    Desk before;          // the Desk of a callback that may fail
    Orders own, beside;   // of the script, of the autopilot
};

/// Whose callback it is.
struct CoreAuthor {
    const CoreScript& script;
    Author author;
    bool is_administrator;
};

/// Verbs whose orders are not the script's.
RACKRACE_HD inline VerbMask verbs_of_others(const CoreFirm& firm, bool is_administered) { return is_administered ? ~VerbMask{0} : firm.autopilot_verbs; }

RACKRACE_HD inline void note_failure(CoreTable& table, const CoreFailure& failure) {
    if (table.failure_count < kMaxCoreFailures) table.failures[table.failure_count] = failure;
    ++table.failure_count;
}

/// One callback of a script into orders of its own, which arrive empty. returns false where it failed: nothing is left of it but a note
RACKRACE_HD RACKRACE_APART inline bool decide_by(const CoreSetting& at, CoreRoom& room, const World& world, Stage stage, int f, const CoreAuthor& who, Orders& orders, VerbMask& used) {
    const CoreScript& script = who.script;
    Desk& desk = at.table.desks[f];
    used = 0;
    room.before = desk;
    CoreSeat seat{&at.scenario, &world, &room.bank, &desk, &orders, f, who.author, stage, 0, kCoreFuel, {}, &room.outlook};
    CoreFault fault;
    if (desk.is_initialised[static_cast<int>(who.author)] == 0) {
        open_memory(desk, who.author, script.first_memory);
        if (script.entries[0] >= 0) fault = run_plainly(script.code, script.entries[0], seat);
    }
    const int entry = script.entries[stage == Stage::a ? 1 : 2];
    const bool has_callback = stage == Stage::a || entry >= 0;
    const int shown_to = desk.result_count;
    if (has_callback && fault.error == CoreError::none) {
        room.bank.shown.results_count = unseen_results(desk, who.author, room.bank.shown.results);
        seat.fuel = kCoreFuel;
        fault = run_plainly(script.code, entry, seat);
    }
    const bool is_sound = fault.error == CoreError::none;
    if (has_callback) close_decision(desk, room.before, who.author, script.first_memory, is_sound, shown_to);
    if (is_sound) {
        used = seat.used;
        return true;
    }
    orders = Orders{};
    if (has_callback) note_failure(at.table, {world.t, f, who.author, who.is_administrator, fault});
    return false;
}

/// Both authors decide, then the levers are merged. Where the script fails the firm holds.
RACKRACE_HD inline void play_firm(const CoreSetting& at, CoreRoom& room, const World& world, Stage stage, int f, Orders& orders) {
    const CoreFirm& firm = at.cast.firms[f];
    VerbMask used = 0;
    room.own = Orders{};
    if (!decide_by(at, room, world, stage, f, {*firm.script, Author::script, false}, room.own, used)) return;
    take_levers(used, room.own, orders);
    if (firm.autopilot == nullptr) return;
    room.beside = Orders{};
    if (decide_by(at, room, world, stage, f, {*firm.autopilot, Author::autopilot, false}, room.beside, used)) take_levers(used & firm.autopilot_verbs, room.beside, orders);
}

/// A firm in chapter 11: the role's baseline runs what there is, at stage B alone.
RACKRACE_HD inline void administer(const CoreSetting& at, CoreRoom& room, const World& world, Stage stage, int f, Orders& orders) {
    const CoreFirm& firm = at.cast.firms[f];
    if (firm.administrator == nullptr || stage != Stage::b) return;
    at.table.is_administered[f] = 1;
    room.own = Orders{};
    VerbMask used = 0;
    if (decide_by(at, room, world, stage, f, {*firm.administrator, Author::autopilot, true}, room.own, used)) take_levers(used, room.own, orders);
}

/// All firms of a stage, on one view of the market. orders [kMaxFirms].
RACKRACE_HD RACKRACE_APART inline void play_firms(const CoreSetting& at, const World& world, Stage stage, Orders* orders) {
    CoreRoom room;
    observe(at.scenario, world, room.bank.market);
    RACKRACE_NO_UNROLL
    for (int f = 0; f < at.scenario.firm_count; ++f) {
        if (at.cast.firms[f].script == nullptr || world.firms[f].status == FirmStatus::absent || !is_active(world.firms[f])) continue;
        const bool is_estate = world.firms[f].status == FirmStatus::chapter_11;
        if (!is_estate) at.table.is_administered[f] = 0;
        room.bank.info = at.cast.firms[f].info;
        observe(at.scenario, world, room.bank.market, f, room.bank.view);
        if (is_estate) administer(at, room, world, stage, f, orders[f]);
        else play_firm(at, room, world, stage, f, orders[f]);
    }
}

/// Results that a firm's Desk was told since `from`, as far as its ring holds them, with a code R.
RACKRACE_HD inline int cuts_since(const Desk& desk, int from) {
    const int oldest = desk.result_count - kDeskResults;
    int cuts = 0;
    RACKRACE_NO_UNROLL
    for (int i = oldest > from ? oldest : from; i < desk.result_count; ++i) cuts += is_rejection(desk.results[i % kDeskResults].code) ? 1 : 0;
    return cuts;
}

/// What became of the orders of a stage, told to every firm. `after`: the world that the markets left.
RACKRACE_HD RACKRACE_APART inline void report_stage(const CoreSetting& at, Stage stage, const World& after, const Deals& deals, const Orders* orders) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < at.scenario.firm_count; ++f) {
        if (at.cast.firms[f].script == nullptr) continue;
        Desk& desk = at.table.desks[f];
        const int from = desk.result_count;
        const VerbMask others = verbs_of_others(at.cast.firms[f], at.table.is_administered[f] != 0);
        if (stage == Stage::a) report_stage_a(at.scenario, deals, orders[f], after, f, others, desk);
        else report_stage_b(at.scenario, deals, orders[f], after, f, others, desk);
        at.table.cuts += cuts_since(desk, from);
    }
}

/// The table as it is before a run.
RACKRACE_HD inline void open_table(CoreTable& table) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < kMaxFirms; ++f) {
        table.desks[f] = Desk{};
        table.is_administered[f] = 0;
    }
    table.cuts = 0;
    table.failure_count = 0;
}

/// One quarter: the four functions with the firms between them. orders [kMaxFirms]: room for them.
RACKRACE_HD inline void play_quarter(const CoreSetting& at, World& world, const Chance& chance, Ledger& ledger, Orders* orders) {
    RACKRACE_NO_UNROLL
    for (int f = 0; f < kMaxFirms; ++f) {
        orders[f] = Orders{};
        at.table.desks[f].trace_count = 0;
        at.table.desks[f].trace_is_mark = 0;
    }
    open_quarter(at.scenario, world, chance, ledger);
    play_firms(at, world, Stage::a, orders);
    commit(at.scenario, world, orders, chance, ledger);
    report_stage(at, Stage::a, world, ledger.deals, orders);
    play_firms(at, world, Stage::b, orders);
    operate(at.scenario, world, orders, chance, ledger);
    report_stage(at, Stage::b, world, ledger.deals, orders);
}

}  // namespace rackrace
