#include "gpu/device_image.h"

#include <cstring>

#include "engine/base/hash.h"

namespace rackrace {

constexpr std::size_t kAlignment = 16;

DeviceImage::DeviceImage(std::uintptr_t base, const std::vector<const Profile*>& profiles, const std::vector<const Casting*>& castings) : base_(base) {
    std::vector<DeviceProfile> made;
    for (std::size_t i = 0; i < profiles.size(); ++i)
        made.push_back({put_once(profiles[i]->loaded.scenario), put_once(profiles[i]->loaded.opening), put_cast(*castings[i])});
    profiles_ = put(made.data(), made.size());
}

template <class T>
const T* DeviceImage::put(const T* values, std::size_t count) {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= kAlignment);
    const std::size_t at = (bytes_.size() + kAlignment - 1) / kAlignment * kAlignment;
    bytes_.resize(at + count * sizeof(T));
    if (count > 0) std::memcpy(bytes_.data() + at, values, count * sizeof(T));
    return reinterpret_cast<const T*>(base_ + at);
}

template <class T>
const T* DeviceImage::put_once(const T& value) {
    static_assert(sizeof(T) % 8 == 0);
    const std::uint64_t hash = hash_words(reinterpret_cast<const std::uint64_t*>(&value), sizeof(T) / 8);
    const auto [known, is_new] = known_.try_emplace(hash, 0);
    if (is_new) known->second = reinterpret_cast<std::uintptr_t>(put(&value, 1));
    return reinterpret_cast<const T*>(known->second);
}

CoreCode DeviceImage::put_program(const Program& program) {
    const auto [known, is_new] = programs_.try_emplace(&program);
    if (!is_new) return known->second;
    CoreCode& code = known->second;
    code = program.view(nullptr);
    code.code = put(program.code.data(), program.code.size());
    code.lists = put(program.lists.data(), program.lists.size());
    code.arrays = put(program.arrays.data(), program.arrays.size());
    code.streams = put(program.streams.data(), program.streams.size());
    code.lines = put(program.lines.data(), program.lines.size());
    return code;
}

const CoreCast* DeviceImage::put_cast(const Casting& casting) {
    std::map<const CoreScript*, const CoreScript*> there;
    for (const auto& seated : casting.seated()) {
        CoreScript script = seated->script;
        script.code = put_program(*seated->strategy->portability.program);
        script.code.pool = put(seated->pool.data(), seated->pool.size());
        script.first_memory = put(seated->strategy->memory.initial.data(), seated->strategy->memory.initial.size());
        there[&seated->script] = put(&script, 1);
    }
    CoreCast cast = casting.cast();
    for (CoreFirm& firm : cast.firms)
        for (const CoreScript** script : {&firm.script, &firm.autopilot, &firm.administrator})
            if (*script != nullptr) *script = there.at(*script);
    return put(&cast, 1);
}

}  // namespace rackrace
