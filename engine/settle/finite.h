// I16: no NaN or infinity anywhere in a state. Walks every double of a struct by its schema, at compile time, on host and device.
#pragma once

#include "engine/base/numbers.h"
#include "engine/schema/fields.h"

namespace rackrace {

/// Sum of x - x over all doubles of a record: 0 where all are finite, else NaN, since NaN - NaN and infinity - infinity are NaN.
template <class T>
RACKRACE_HD double self_differences(const T& record);

template <class T>
RACKRACE_HD void add_self_difference(const T& value, double& sum) {
    if constexpr (std::is_array_v<T>) {
        RACKRACE_NO_UNROLL
        for (const auto& item : value) add_self_difference(item, sum);
    } else if constexpr (std::is_same_v<T, double>) {
        sum += value - value;
    } else if constexpr (HasSchema<T>::value) {
        sum += self_differences(value);
    }
}

template <class T, auto... Member>
RACKRACE_HD double self_differences_of_members(const T& record, const Fields<Member...>*) {
    double sum = 0.0;
    (add_self_difference(record.*Member, sum), ...);
    return sum;
}

template <class T>
RACKRACE_HD double self_differences(const T& record) {
    return self_differences_of_members(record, static_cast<const std::remove_const_t<decltype(Schema<T>::rows)>*>(nullptr));
}

template <class T>
RACKRACE_HD bool is_finite_record(const T& record) { return self_differences(record) == 0.0; }

}  // namespace rackrace
