// What a portable script becomes: 64-bit instructions over the words of a bank (bank.h), the same data for host and device.
// A program is compiled once for a role; parameters of a firm are words of its pool.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "agents/core/bank.h"
#include "agents/core/operations.h"

namespace rackrace {

struct Instruction {
    Op op;
    std::uint16_t a = 0, b = 0, c = 0;
};
static_assert(sizeof(Instruction) == 8);

/// A list of a view, in bytes of the bank.
struct ListPlace {
    std::int32_t first;
    std::int32_t stride;
    std::int32_t length;    // that there is room for
    std::int32_t count_at;  // of the length now; -1: the list has its whole length
};

/// An array of memory: words of the frame.
struct ArrayPlace {
    std::int32_t first;
    std::int32_t size;
};

inline constexpr int kCoreFuel = 200'000;     // instructions of a call, and what helpers that loop are charged
inline constexpr int kCoreStreams = 16;       // streams of draws that a script names
inline constexpr int kMaxCoreCode = 1 << 15;  // instructions

/// What the interpreter runs on: no owner, no pointer beyond these.
struct CoreCode {
    const Instruction* code;
    const std::uint64_t* pool;
    const ListPlace* lists;
    const ArrayPlace* arrays;
    const std::uint64_t* streams;  // hash of the name of each
    const std::int32_t* lines;     // of each instruction
    std::int32_t pool_words;
    std::int32_t memory;           // words of memory at the start of the frame
};

/// A compiled script.
struct Program {
    std::vector<Instruction> code;
    std::vector<std::int32_t> lines;     // of each instruction, in the script
    std::vector<std::uint64_t> pool;     // parameters (words of their defaults), then constants
    std::vector<ListPlace> lists;
    std::vector<std::string> list_names; // for messages: "obs.market.products"
    std::vector<ArrayPlace> arrays;
    std::vector<std::uint64_t> streams;
    std::vector<std::string> texts;      // names of traces and marks
    int parameters = 0;                  // words of the pool that are parameters
    int memory = 0;                      // words of memory
    int registers = 0;                   // most words in use beside memory
    int entries[3] = {-1, -1, -1};       // by Callback: where it starts; -1: the script has none

    CoreCode view(const std::uint64_t* pool_of_firm) const {
        return {code.data(), pool_of_firm, lists.data(), arrays.data(), streams.data(), lines.data(), static_cast<std::int32_t>(pool.size()), memory};
    }
};

}  // namespace rackrace
