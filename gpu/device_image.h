// What profiles are on a device: scenarios, opening books, casts and programs in one block of bytes, whose pointers hold where the block lies there.
// Made on the host; equal parts are there once.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <vector>

#include "agents/core/casting.h"
#include "gpu/batch.h"
#include "gpu/cell.h"

namespace rackrace {

class DeviceImage {
public:
    /// base: address that the block will have. castings: by profile, each alive as long as the image is made.
    DeviceImage(std::uintptr_t base, const std::vector<const Profile*>& profiles, const std::vector<const Casting*>& castings);

    const std::vector<std::byte>& bytes() const { return bytes_; }
    const DeviceProfile* profiles() const { return profiles_; }  // on the device, in the order given

private:
    template <class T> const T* put(const T* values, std::size_t count);
    template <class T> const T* put_once(const T& value);
    const CoreCast* put_cast(const Casting& casting);
    CoreCode put_program(const Program& program);

    std::uintptr_t base_;
    std::vector<std::byte> bytes_;
    std::map<std::uint64_t, std::uintptr_t> known_;       // by hash: where equal bytes lie
    std::map<const Program*, CoreCode> programs_;
    const DeviceProfile* profiles_ = nullptr;
};

}  // namespace rackrace
