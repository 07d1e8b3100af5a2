// Desk: what belongs to one firm's script and to no rule: memory, the latest results of its orders, traces, counters. Plain, hashed each quarter.
#pragma once

#include <cstdint>

#include "engine/base/hash.h"
#include "engine/quarter/verb_table.h"

namespace rackrace {

inline constexpr int kDeskMemory = 128;
inline constexpr int kDeskResults = 48;
inline constexpr int kDeskTraces = 32;

/// Who decided: the firm's script, or the autopilot beside it. Each has memory of its own and sees results of its own.
enum class Author : std::uint8_t { script, autopilot };
inline constexpr int kAuthors = 2;

struct DeskResult {
    double asked;
    double got;
    double price;          // clearing price; of a call that was refused, the number that it broke
    std::int32_t ref;      // what the order was about: the id or number that the verb's first reference holds; -1 for none
    Verb verb;
    Code code;
    Author author;
    std::uint8_t spare;
};
template <> struct Schema<DeskResult> {
    static constexpr auto rows = fields(
        field<&DeskResult::asked>(Unit::none, kAllRoles, Moment::last_quarter, "in the unit of the verb's quantity"),
        field<&DeskResult::got>(Unit::none, kAllRoles, Moment::last_quarter, "of it; 0 where the call was refused"),
        field<&DeskResult::price>(Unit::none, kAllRoles, Moment::last_quarter, "clearing price in the unit of the verb's price, of an offer of training hours what an hour brought in the mean; where the call was refused, the number that it broke"),
        field<&DeskResult::ref>(Unit::id, kAllRoles, Moment::last_quarter, "what the order was about: the verb's first id, text or segment; nil for verbs without any"),
        field<&DeskResult::verb>(Unit::kind_name, kAllRoles, Moment::last_quarter, "name of the verb"),
        field<&DeskResult::code>(Unit::kind_name, kAllRoles, Moment::last_quarter, "\"\" for filled in full, else R01 to R17, F01, F02"),
        field<&DeskResult::author>(Unit::index, kAllRoles, Moment::last_quarter, "0 script, 1 autopilot"),
        field<&DeskResult::spare>(Unit::none, kAllRoles, Moment::last_quarter, "0"));
};
static_assert(covered_bytes(Schema<DeskResult>::rows) == sizeof(DeskResult));

struct Desk {
    double memory[kDeskMemory];
    double autopilot_memory[kDeskMemory];
    DeskResult results[kDeskResults];         // a ring: the n-th ever stands at n mod 48
    double trace_value[kDeskTraces];          // of the last decision
    std::int32_t trace_name[kDeskTraces];     // index into the run's list of names
    std::uint32_t trace_is_mark;              // bit by trace: a flag on the timeline, without a value
    std::int32_t trace_count;
    std::int32_t result_count;                // ever
    std::int32_t seen_count[kAuthors];        // results that the author's earlier callbacks were shown, or were too late for
    std::int32_t decisions;                   // callbacks that ended well
    std::int32_t script_errors;
    std::int32_t rejections;                  // calls refused
    std::int32_t is_initialised[kAuthors];
};
template <> struct Schema<Desk> {
    static constexpr auto rows = fields(
        field<&Desk::memory>(Unit::none, "of the script, in the order of its declaration"),
        field<&Desk::autopilot_memory>(Unit::none, "of the role's baseline"),
        field<&Desk::results>(Unit::none, "the last 48, a ring"),
        field<&Desk::trace_value>(Unit::none, "numbers shown in the viewer"),
        field<&Desk::trace_name>(Unit::index, "of the run's list of trace names"),
        field<&Desk::trace_is_mark>(Unit::none, "bit by trace"),
        field<&Desk::trace_count>(Unit::count, "of the last decision"),
        field<&Desk::result_count>(Unit::count, "since the start"),
        field<&Desk::seen_count>(Unit::count, "of them shown, by author"),
        field<&Desk::decisions>(Unit::count, "callbacks that ended well"),
        field<&Desk::script_errors>(Unit::count, "callbacks that ended in an error; the firm held"),
        field<&Desk::rejections>(Unit::count, "calls refused"),
        field<&Desk::is_initialised>(Unit::flag, "memory holds its first values, by author"));
};
static_assert(covered_bytes(Schema<Desk>::rows) == sizeof(Desk));
static_assert(sizeof(Desk) <= 4096, "4 KiB a firm");
static_assert(sizeof(Desk) % 8 == 0, "hashed in words");

RACKRACE_HD inline double* memory_of(Desk& desk, Author author) { return author == Author::script ? desk.memory : desk.autopilot_memory; }

RACKRACE_HD inline void record(Desk& desk, const DeskResult& result) { desk.results[desk.result_count++ % kDeskResults] = result; }

/// The results that an author's next callback is shown: its own since the one before, at most those that the ring still holds.
RACKRACE_HD inline int unseen_results(const Desk& desk, Author author, DeskResult (&out)[kDeskResults]) {
    const int oldest = desk.result_count - kDeskResults, seen = desk.seen_count[static_cast<int>(author)];
    int count = 0;
    RACKRACE_NO_UNROLL
    for (int i = oldest > seen ? oldest : seen; i < desk.result_count; ++i) {
        const DeskResult& result = desk.results[i % kDeskResults];
        if (result.author == author) out[count++] = result;
    }
    return count;
}

inline std::uint64_t hash_desks(const Desk* desks, int count) {
    return hash_words(reinterpret_cast<const std::uint64_t*>(desks), static_cast<std::size_t>(count) * sizeof(Desk) / 8);
}

}  // namespace rackrace
