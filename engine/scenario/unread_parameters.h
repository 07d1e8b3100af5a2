// Rows of parameters.csv that no rule reads. The table keeps them, since the model's text names them; a scenario that changes one would change nothing,
// so it is refused with what to do instead.
#pragma once

#include <string_view>

namespace rackrace {

struct UnreadParameter {
    std::string_view name;  // as in the CSV
    const char* advice;
};

inline constexpr const char* kOpensIn2026 = "runs start from the books of 2026Q1, whose values are in the other tables; leave it out";
inline constexpr const char* kHurdleAdvice = "a script chooses by its own return: set discount_rate_* of the role, or a parameter of the script";

inline constexpr UnreadParameter kUnreadParameters[] = {
    {"talent_neutral_usd", "a firm that says nothing hires nobody; a script calls hire_talent"},
    {"wafer_weight_window_q", "the mean is over all allotments that a world remembers; leave it out"},
    {"hurdle_premium_hyperscaler_apr", kHurdleAdvice},
    {"hurdle_premium_neocloud_apr", kHurdleAdvice},
    {"hurdle_premium_lab_apr", kHurdleAdvice},
    {"hurdle_premium_supplier_apr", kHurdleAdvice},
    {"coupon_deferral_count", "set default_missed_coupons, with which a firm defaults"},
    {"administrator_q", "set chapter_11_q: an administrator runs the firm as long"},
    {"ranking_floor_usd", "tables rank by owners' value over at least 1 B$; leave it out"},
    {"policy_rate_2024q1_apr", kOpensIn2026},
    {"world_stock_2024q1_h100e", kOpensIn2026},
    {"world_it_2024q1_kw", kOpensIn2026},
    {"training_efficiency_2024q1", kOpensIn2026},
    {"inference_efficiency_2024q1", kOpensIn2026},
    {"adoption_2024q1_enterprise_frac", kOpensIn2026},
    {"adoption_2024q1_consumer_frac", kOpensIn2026},
    {"frontier_capability_2024q1_oom", kOpensIn2026},
    {"ai_spending_2024q1_usd", kOpensIn2026},
    {"coreweave_revenue_2024q1_usd", kOpensIn2026},
    {"h100_rent_2024q1_usd_h", kOpensIn2026},
    {"nvidia_datacenter_revenue_2024q1_usd", kOpensIn2026},
    {"sentiment_2024q1", kOpensIn2026},
    {"history_switch_t", kOpensIn2026},
};

/// nullptr for a name that a rule reads, or that is none.
inline const UnreadParameter* find_unread(std::string_view name) {
    for (const UnreadParameter& unread : kUnreadParameters)
        if (unread.name == name) return &unread;
    return nullptr;
}

}  // namespace rackrace
