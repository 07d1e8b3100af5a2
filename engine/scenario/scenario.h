// What no quarter changes: parameters, paths, products, regions, firms, opening schedule, shocks and the switch of each market's rule.
// Plain data, one for each distinct setting of a batch, read by every cell of it. Names are kept apart (names.h): rules know indices.
#pragma once

#include <cstdint>

#include "engine/base/money.h"
#include "engine/scenario/parameters.h"
#include "engine/world/capacities.h"

namespace rackrace {

enum class ChipRule : std::int32_t { uniform, pay_bid, vickrey, posted, proportional };
enum class PowerRule : std::int32_t { auction, queue, prorata };
enum class ContractRule : std::int32_t { kelso_crawford, nash, posted, none };  // none: no market, what is signed lives on
enum class AcquisitionRule : std::int16_t { open, banned };                      // banned: nobody may buy a failed firm
inline constexpr const char* kChipRuleNames[] = {"UNIFORM", "PAYBID", "VICKREY", "POSTED", "PROPORTIONAL"};  // as in scenario files
inline constexpr const char* kPowerRuleNames[] = {"AUCTION", "QUEUE", "PRORATA"};
inline constexpr const char* kContractRuleNames[] = {"KC", "NASH", "POSTED", "NONE"};
inline constexpr const char* kAcquisitionRuleNames[] = {"OPEN", "BANNED"};

struct Rules {
    ChipRule chips;
    PowerRule power;
    ContractRule contracts;
    AcquisitionRule acquisitions;
    std::int16_t has_uncertainty;  // 0: every draw of 5.1 is 0
};

enum class Buyers : std::int32_t { all, used_only, captive };

struct Product {
    std::uint64_t id;              // hash of its name: ties and draws
    std::int32_t vendor;           // firm
    std::int32_t generation;
    std::int32_t first_t, last_t;  // quarters of sale, before slips; last_t is the horizon where the table is open
    Buyers buyers;
    std::uint32_t buyer_mask;      // bit of each firm that may buy, for captive products
    double training_h100e_chip;    // perfT
    double inference_h100e_chip;   // perfI
    double data_h100e_chip;        // only for comparison with the data
    double kw_chip;
    double list_usd_chip;          // at launch
    double system_usd_chip;
    double unit_cost_usd_chip;
    double packages_per_wafer;     // before yield
    double row_share_frac;
};

struct Region {
    std::uint64_t id;
    std::int32_t grid_free_kw;     // at the start
    std::int32_t grid_addition_kw_q;
    std::int32_t grid_lead_q;
    std::int32_t onsite_allowed;
    std::int32_t onsite_cap_kw_q;
    std::int32_t onsite_lead_q;
    std::int32_t labour_cap_it_kw;
    std::int32_t grid_held_kw;
    double base_power_usd_mwh;
    double power_growth_apr;
    double pue_ratio;
    double onsite_usd_mwh;
    double onsite_usd_kw;
};

enum class CoreGrowth : std::int32_t { common, steady, support };  // core_growth_frac, _steady_, _support_ of paths.csv
inline constexpr int kCoreGrowthPaths = 3;

struct FirmFacts {
    std::uint64_t id;              // hash of its name, stable under reordering
    Role role;
    CoreGrowth core_growth;
    std::int32_t core_last_t;      // last quarter with core cash, the horizon where open
    std::int32_t chip_life_q;
    std::int32_t has_capability;   // false: a firm without models, whose capability is Atop(t-4)
    std::int32_t supplier_slot;    // -1 for others
    double core_uplift_frac;
    double core_saturation_h100e;
    double core_threat_frac_per_oom;
    double other_lease_pv_usd;
    double opening_revolver_usd;   // signed line at the start: the limit never falls below it but in breach (5.11)
    double capex_guidance_2026_usd;
};

/// What the opening schedule brings to a firm in a region in one quarter. Does not slip by chance.
struct Arrival {
    std::int32_t grid_kw;
    std::int32_t shell_kw;         // owned
    std::int32_t lease_kw;
    std::int32_t build_q;          // 0 without owned shell
    Usd shell_cost;
    Usd shell_spent;               // before the start
};
inline constexpr int kArrivalQuarters = 8;

enum class ShockKind : std::int32_t { none, plateau, efficiency, rate, credit, export_halt, supply, delay, power, repudiate };
inline constexpr const char* kShockKindNames[] = {"NONE", "PLATEAU", "EFFICIENCY", "RATE", "CREDIT", "EXPORT", "SUPPLY", "DELAY", "POWER", "REPUDIATE"};

struct Shock {
    ShockKind kind;
    std::int32_t start_t;
    std::int32_t length_q;         // a permanent one lasts to the end of the arrays: kMaxQuarters - start_t
    std::int32_t target;           // EFFICIENCY, REPUDIATE: firm; EXPORT, SUPPLY: product; POWER: region; DELAY: generation; -1 for all
    double size;                   // in the unit of the shock_*_size_* parameter of its kind
};

struct Scenario {
    std::int32_t start_t;          // first quarter played
    std::int32_t end_t;            // last
    std::int32_t firm_count, product_count, region_count, supplier_count, shock_count;
    std::int32_t arrivals_t;       // quarter of Arrival index 0
    Rules rules;
    Parameters parameters;
    double packaging_wafers[kMaxQuarters];
    double outside_demand_growth_frac[kMaxQuarters];
    double core_growth_frac[kCoreGrowthPaths][kMaxQuarters];
    double opening_quality_price_usd_task[kMaxSegments];  // phat_0 of 5.9
    Product products[kMaxProducts];
    Region regions[kMaxRegions];
    FirmFacts firms[kMaxFirms];
    Arrival arrivals[kMaxFirms][kMaxRegions][kArrivalQuarters];
    Shock shocks[kMaxShocks];
};

}  // namespace rackrace
