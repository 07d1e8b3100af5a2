// A build without CUDA.
#include "gpu/device.h"

namespace rackrace {

bool has_cuda() { return false; }

Result<OpenDevices> open_devices() {
    return Refusal{"device", 0, 0, "this program was built without CUDA", "build it with cmake --preset gpu, which needs nvcc 13, or play on the CPU"};
}

}  // namespace rackrace
