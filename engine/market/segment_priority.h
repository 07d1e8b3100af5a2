// Who of a firm's own customers is served when compute is short: enterprise and consumer by the firm's setting.
#pragma once

#include "engine/base/host_device.h"
#include "engine/base/numbers.h"
#include "engine/world/capacities.h"

namespace rackrace {

/// Splits `available_h100e` over the two segments in proportion priority : 1 - priority (enterprise : consumer), each up to its need;
/// what one leaves goes to the other. need_h100e and served_h100e [segment]; served never exceeds need, nor its sum what is there.
RACKRACE_HD inline void serve_segments(double available_h100e, const double* need_h100e, double enterprise_priority_frac,
                                       double* served_h100e) {
    constexpr int enterprise = static_cast<int>(Segment::enterprise), consumer = static_cast<int>(Segment::consumer);
    const double available = max(0.0, available_h100e);
    const double reserved = max(enterprise_priority_frac * available, available - need_h100e[consumer]);
    served_h100e[enterprise] = min(need_h100e[enterprise], reserved);
    served_h100e[consumer] = min(need_h100e[consumer], available - served_h100e[enterprise]);
}

}  // namespace rackrace
