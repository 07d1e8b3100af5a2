#include "gpu/abi.h"

#include "gpu/device.h"

namespace rackrace {

std::uint64_t abi_of_host() { return abi_hash(); }

}  // namespace rackrace
