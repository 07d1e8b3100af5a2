// The rules and the interpreter of scripts as device code, one kernel each, compiled and never launched: what the device compiler refuses and what a rule takes in
// registers, stack and code show here, without a GPU. rule_headers.h is made by CMake and includes every rule header there is.
#include <type_traits>

#include "agents/core/plain_calls.h"
#include "rule_headers.h"

namespace rackrace {
namespace {

/// Calls `kRule` on arguments the compiler cannot know: one pointer to each, and after the last one to where the result goes.
template <auto kRule, class Result, class... Arguments, int... kIndices>
__device__ void call_unpacked(Result (*)(Arguments...), std::integer_sequence<int, kIndices...>, void* const* memory) {
    if constexpr (std::is_void_v<Result>) {
        kRule(*static_cast<std::remove_reference_t<Arguments>*>(memory[kIndices])...);
    } else {
        *static_cast<Result*>(memory[sizeof...(Arguments)]) = kRule(*static_cast<std::remove_reference_t<Arguments>*>(memory[kIndices])...);
    }
}

template <class Result, class... Arguments>
constexpr int arguments_of(Result (*)(Arguments...)) {
    return static_cast<int>(sizeof...(Arguments));
}

template <auto kRule>
__device__ void call(void* const* memory) {
    call_unpacked<kRule>(kRule, std::make_integer_sequence<int, arguments_of(kRule)>{}, memory);
}

}  // namespace

// A rule a line. A new one is recorded with: cmake --build --preset gpu --target record_device_resources
extern "C" {
__global__ void device_open_quarter(void* const* memory) { call<open_quarter<LedgerPhases>>(memory); }
__global__ void device_observe_market(void* const* memory) { call<static_cast<void (*)(const Scenario&, const World&, MarketView&)>(observe)>(memory); }
__global__ void device_observe_firm(void* const* memory) { call<static_cast<void (*)(const Scenario&, const World&, const MarketView&, int, FirmView&)>(observe)>(memory); }
__global__ void device_commit(void* const* memory) { call<commit<LedgerPhases>>(memory); }
__global__ void device_operate(void* const* memory) { call<operate<LedgerPhases>>(memory); }
__global__ void device_adopt(void* const* memory) { call<adopt>(memory); }
__global__ void device_advance_segment(void* const* memory) { call<advance_segment>(memory); }
__global__ void device_allot_wafers(void* const* memory) { call<allot_wafers>(memory); }
__global__ void device_assess_risk(void* const* memory) { call<assess_risk>(memory); }
__global__ void device_clear_chips(void* const* memory) { call<clear_chips>(memory); }
__global__ void device_energise_queue(void* const* memory) { call<energise_queue>(memory); }
__global__ void device_equity_value_usd(void* const* memory) { call<equity_value_usd>(memory); }
__global__ void device_fundamental_value_usd_chip(void* const* memory) { call<fundamental_value_usd_chip>(memory); }
__global__ void device_move_customers(void* const* memory) { call<move_customers>(memory); }
__global__ void device_run_callback(void* const* memory) { call<run_plainly>(memory); }
__global__ void device_post(void* const* memory) { call<post>(memory); }
__global__ void device_sell_power_lot(void* const* memory) { call<sell_power_lot>(memory); }
__global__ void device_weighted_uniform(void* const* memory) { call<weighted_uniform<kMaxFirms>>(memory); }
}

}  // namespace rackrace
