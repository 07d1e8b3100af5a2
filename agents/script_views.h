// What a callback sees beside the views of the market and of its firm: what `init` is told, and the results of its orders. Plain, for every engine
// that runs scripts.
#pragma once

#include "engine/quarter/desk.h"
#include "engine/world/capacities.h"

namespace rackrace {

/// What `init` is told.
struct InfoView {
    std::int32_t id;
    std::int32_t role;
    std::int32_t products_count;
    std::int32_t regions_count;
    double horizon_q;
    std::int32_t products[kMaxProducts];
    std::int32_t regions[kMaxRegions];
};
template <> struct Schema<InfoView> {
    static constexpr auto rows = fields(field<&InfoView::id>(Unit::firm_id, kAllRoles, Moment::fixed, "this firm"),
                                        field<&InfoView::role>(Unit::role_name, kAllRoles, Moment::fixed, "hyperscaler, neocloud, lab or supplier"),
                                        field<&InfoView::products_count>(Unit::count, kAllRoles, Moment::fixed, "length of products"),
                                        field<&InfoView::regions_count>(Unit::count, kAllRoles, Moment::fixed, "length of regions"),
                                        field<&InfoView::horizon_q>(Unit::q, kAllRoles, Moment::fixed, "quarters of the run"),
                                        field<&InfoView::products>(Unit::product_id, kAllRoles, Moment::fixed, "all products, in id order"),
                                        field<&InfoView::regions>(Unit::region_id, kAllRoles, Moment::fixed, "all regions, in id order"));
};
static_assert(covered_bytes(Schema<InfoView>::rows) == sizeof(InfoView));

/// The results that a callback is shown.
struct ShownResults {
    DeskResult results[kDeskResults];
    std::int32_t results_count;
};
template <> struct Schema<ShownResults> {
    static constexpr auto rows =
        fields(field<&ShownResults::results>(Unit::none, kAllRoles, Moment::last_quarter, "own actions resolved since the callback before, the oldest first"),
               field<&ShownResults::results_count>(Unit::count, kAllRoles, Moment::last_quarter, "length of results"));
};

}  // namespace rackrace
