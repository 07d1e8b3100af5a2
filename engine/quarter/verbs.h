// All verbs as data: what the Lua binding calls, the checker knows, and the reference prints.
#pragma once

#include <vector>

#include "engine/quarter/apply_b.h"
#include "engine/quarter/apply_deals.h"
#include "engine/quarter/take_lever.h"

namespace rackrace {

/// An argument as data.
struct ArgInfo {
    std::string_view name;
    ArgRow row;
    std::size_t offset;   // in the struct of arguments
    Storage storage;      // f64 or i32

    int choice_count() const { return row.choice_count(); }
};

struct VerbInfo {
    VerbRow row;
    std::vector<ArgInfo> args;
    std::size_t size;     // of the struct of arguments
    /// Calls apply with the struct at `args`. Optional arguments left out are 0 in it.
    VerbAnswer (*apply)(const Scenario& scenario, const World& world, int firm, const void* args, int line, Orders& orders);
    int reference;        // index of the argument that says what a result is about; -1 for none
    int quantity;         // index of the argument that `asked` of a result repeats; -1 for none

    CodeMask codes() const;  // of the row, and of bounds and role
};

/// A unit of amounts: those are never below 0, and 0 of them is no order. Prices and settings have bounds of their own.
constexpr bool is_quantity(Unit unit) {
    switch (unit) {
        case Unit::chips: case Unit::wafers: case Unit::mh: case Unit::mw: case Unit::grid_mw: case Unit::musd: case Unit::q: return true;
        default: return false;
    }
}

/// No verb has arguments beyond this many bytes.
inline constexpr std::size_t kMaxArgsBytes = 64;

/// [kVerbs] in the order of Verb.
const std::vector<VerbInfo>& describe_verbs();

inline const VerbInfo& info_of(Verb verb) { return describe_verbs()[static_cast<std::size_t>(verb)]; }

/// Name of the number of the model that is the bound; empty for a plain number.
std::string_view parameter_name(const Bound& bound);

/// The words of an argument as text: "\"bond\", \"convert\" or \"project\""; empty without any.
std::string choices_text(const ArgRow& row);

/// Bounds as text: "0 to 1", "at most bid_cap_list_ratio x list price"; empty without bounds.
std::string bounds_text(const ArgRow& row);

}  // namespace rackrace
