// What the checker must know of the API to judge a script against it: verbs with their arguments, observation fields.
// Plain lists, filled from the schema by whoever owns it; a check without them judges the shape of a script only.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/schema/fields.h"
#include "engine/world/capacities.h"

namespace rackrace {

/// Roles as a set.
class RoleSet {
public:
    constexpr RoleSet() = default;
    constexpr RoleSet(std::initializer_list<Role> roles) {
        for (const Role role : roles) add(role);
    }
    static constexpr RoleSet all() { return {Role::hyperscaler, Role::neocloud, Role::lab, Role::supplier}; }
    constexpr void add(RoleSet more) { bits_ |= more.bits_; }
    constexpr void add(Role role) { bits_ |= 1u << static_cast<unsigned>(role); }
    constexpr bool has(Role role) const { return (bits_ & 1u << static_cast<unsigned>(role)) != 0; }

private:
    unsigned bits_ = 0;
};

std::string_view role_text(Role role);

/// "hyperscaler, lab"
std::string roles_text(RoleSet roles);

enum class VerbStage { a, b, either };

struct ApiArgument {
    std::string name;
    bool is_required = true;
    std::string about;  // unit and bounds, shown beside a suggestion; may be empty
    Unit unit = Unit::none;
    std::optional<double> least = {}, most = {};  // bounds that hold in every scenario
    std::vector<std::string> words = {};          // the argument is one of them; empty for numbers and ids
    bool is_amount = false;                       // a number below 0 is no amount: it stops the callback
    bool is_whole = false;                        // so does one with a fraction
};

struct ApiVerb {
    std::string name;
    RoleSet roles = RoleSet::all();
    VerbStage stage = VerbStage::either;
    std::vector<ApiArgument> arguments;
    bool is_positional = false;  // act.trace("name", x) and the like: no table of named arguments
};

/// A field that holds a value: "me.cash_musd", "market.products[].lead_q", "market.hist.util_frac[]".
/// Records and arrays on the way need no row of their own.
struct ApiField {
    std::string path;
    RoleSet roles = RoleSet::all();
    std::string about;  // "$/h, last clearing"
    Unit unit = Unit::none;
};

struct ApiNames {
    std::vector<ApiVerb> verbs;
    std::vector<ApiField> fields;  // of obs

    /// nullptr where there is none of that name.
    const ApiVerb* find_verb(std::string_view name) const;
};

}  // namespace rackrace
