// Who may see a field of a view, and of when its value is. Rows of views carry both; rows of other structs leave them unsaid.
#pragma once

#include <cstdint>

#include "engine/world/capacities.h"

namespace rackrace {

/// A bit a role, by Role.
using RoleMask = std::uint32_t;

constexpr RoleMask role_bit(Role role) { return 1u << static_cast<int>(role); }

inline constexpr RoleMask kHyperscalers = role_bit(Role::hyperscaler);
inline constexpr RoleMask kNeoclouds = role_bit(Role::neocloud);
inline constexpr RoleMask kSuppliers = role_bit(Role::supplier);
inline constexpr RoleMask kProductSellers = kHyperscalers | role_bit(Role::lab);  // own models, sold to customers
inline constexpr RoleMask kOwners = kProductSellers | kNeoclouds;                 // of compute
inline constexpr RoleMask kAllRoles = kOwners | kSuppliers;

/// The quarter or stage that a value is of.
enum class Moment : int {
    unsaid,
    fixed,         // a fact that no quarter changes
    call,          // as it stands when the firm is asked
    last_quarter,  // flow or clearing of the quarter before, or its close
    ahead,         // a forecast, or what is on its way
    stage_b        // as at the call, and filled at stage B only
};
inline constexpr const char* kMomentNames[] = {"", "fixed", "at the call", "last quarter", "ahead", "at stage B"};

}  // namespace rackrace
