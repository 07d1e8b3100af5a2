// Delivered chips whose balance was not paid go back to the supplier: from the warehouse first, then out of service.
#pragma once

#include <cstdint>

#include "engine/base/host_device.h"

namespace rackrace {

/// A firm's chips of one product.
struct ChipStock {
    std::int64_t warehouse = 0;
    std::int64_t installed = 0;
};

/// Takes `unpaid` chips out of `stock`. More than there is (some were sold on): all of it.
/// returns the chips that go back to the supplier's inventory
RACKRACE_HD inline std::int64_t return_chips(ChipStock& stock, std::int64_t unpaid) {
    const std::int64_t stored = unpaid < stock.warehouse ? unpaid : stock.warehouse;
    const std::int64_t rest = unpaid - stored;
    const std::int64_t running = rest < stock.installed ? rest : stock.installed;
    stock.warehouse -= stored;
    stock.installed -= running;
    return stored + running;
}

}  // namespace rackrace
