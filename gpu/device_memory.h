// Memory of the device that gives itself back, and refusals in words for what the runtime answers. Included by .cu files only.
#pragma once

#include <cuda_runtime.h>

#include <cstddef>
#include <string>

#include "engine/base/result.h"

namespace rackrace {

inline Refusal device_refusal(const char* what, cudaError_t error) {
    return {"device", 0, 0, std::string(what) + ": " + cudaGetErrorString(error), "play on the host, or with fewer markets"};
}

/// `count` values on the device; nullptr where there was no room.
template <class T>
class DeviceArray {
public:
    explicit DeviceArray(std::size_t count) {
        if (cudaMalloc(&data_, (count == 0 ? 1 : count) * sizeof(T)) != cudaSuccess) data_ = nullptr;
    }
    ~DeviceArray() { cudaFree(data_); }
    DeviceArray(const DeviceArray&) = delete;
    DeviceArray& operator=(const DeviceArray&) = delete;

    T* get() const { return data_; }
    cudaError_t from_host(const T* values, std::size_t count, std::size_t at = 0) { return cudaMemcpy(data_ + at, values, count * sizeof(T), cudaMemcpyHostToDevice); }
    cudaError_t to_host(T* values, std::size_t count) const { return cudaMemcpy(values, data_, count * sizeof(T), cudaMemcpyDeviceToHost); }

private:
    T* data_ = nullptr;
};

}  // namespace rackrace
