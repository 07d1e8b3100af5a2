// I16: no NaN or infinity anywhere in a state. Walks every double of a struct by its schema, at compile time, on host and device.
#pragma once

#include "engine/base/numbers.h"
#include "engine/schema/fields.h"

namespace rackrace {

template <class T>
RACKRACE_HD bool is_finite_record(const T& record);

template <class T>
RACKRACE_HD bool is_finite_value(const T& value) {
    if constexpr (std::is_array_v<T>) {
        RACKRACE_NO_UNROLL
        for (const auto& item : value)
            if (!is_finite_value(item)) return false;
        return true;
    } else if constexpr (std::is_same_v<T, double>) {
        return is_finite(value);
    } else if constexpr (HasSchema<T>::value) {
        return is_finite_record(value);
    } else {
        return true;
    }
}

template <class T, auto... Member>
RACKRACE_HD bool are_finite_members(const T& record, const Fields<Member...>*) {
    return (is_finite_value(record.*Member) && ...);
}

template <class T>
RACKRACE_HD bool is_finite_record(const T& record) {
    return are_finite_members(record, static_cast<const std::remove_const_t<decltype(Schema<T>::rows)>*>(nullptr));
}

}  // namespace rackrace
