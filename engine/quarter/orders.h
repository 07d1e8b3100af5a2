// What a firm wants this quarter: the levers of the model's section 4 at their own widths and slot counts. A verb call fills it; markets read it.
// Zero is "no order". A setting counts only where its bit is set; else it keeps last quarter's value.
#pragma once

#include <cstdint>

#include "engine/base/money.h"
#include "engine/schema/fields.h"
#include "engine/world/contract.h"

namespace rackrace {

/// A price and a number of chips: a step of a bid, an offer of used chips.
struct ChipStep {
    double usd_chip;
    std::int32_t chips;
    std::int32_t line;           // of the script that set it; 0 without a script
};
template <> struct Schema<ChipStep> {
    static constexpr auto rows = fields(field<&ChipStep::usd_chip>(Unit::usd_chip, "highest or lowest price"), field<&ChipStep::chips>(Unit::chips, "0: no step"),
                                        field<&ChipStep::line>(Unit::none, "line of the script"));
};
static_assert(covered_bytes(Schema<ChipStep>::rows) == sizeof(ChipStep));

/// Compute offered or wanted on the spot market, in its own H100e: of training for T, of inference for I.
struct SpotStep {
    double usd_h;
    double h100e;
};
template <> struct Schema<SpotStep> {
    static constexpr auto rows = fields(field<&SpotStep::usd_h>(Unit::usd_h, "reserve or cap"), field<&SpotStep::h100e>(Unit::h100e, "0: no order"));
};
static_assert(covered_bytes(Schema<SpotStep>::rows) == sizeof(SpotStep));

/// A bid for a grid lot.
struct GridBid {
    double usd_kw_q;
    std::int32_t kw;
    std::int32_t line;
};
template <> struct Schema<GridBid> {
    static constexpr auto rows = fields(field<&GridBid::usd_kw_q>(Unit::usd_kw_q, "highest adder"), field<&GridBid::kw>(Unit::kw, "0: no bid"),
                                        field<&GridBid::line>(Unit::none, "line of the script"));
};
static_assert(covered_bytes(Schema<GridBid>::rows) == sizeof(GridBid));

struct LeaseRequest {
    std::int32_t kw;             // IT
    std::int32_t term_q;
};
template <> struct Schema<LeaseRequest> {
    static constexpr auto rows = fields(field<&LeaseRequest::kw>(Unit::it_kw, "0: none"), field<&LeaseRequest::term_q>(Unit::q, "term"));
};
static_assert(covered_bytes(Schema<LeaseRequest>::rows) == sizeof(LeaseRequest));

/// Capacity for sale on the contract market.
struct CapacityOffer {
    double min_usd_h;
    double takeorpay_frac;       // least accepted, and what the contract carries
    double prepay_frac;          // as above
    double max_share_frac;       // of the quantity, for one buyer
    std::int32_t h100e;          // 0: the slot is free
    std::int32_t line;
    std::int32_t generation;
    std::int16_t tenor_q;        // longest term
    std::int16_t min_tenor_q;
};
template <> struct Schema<CapacityOffer> {
    static constexpr auto rows = fields(
        field<&CapacityOffer::min_usd_h>(Unit::usd_h, "ask"), field<&CapacityOffer::takeorpay_frac>(Unit::frac, "least accepted, and what the contract carries"),
        field<&CapacityOffer::prepay_frac>(Unit::frac, "of the value, least accepted, and what the contract carries"), field<&CapacityOffer::max_share_frac>(Unit::frac, "of the quantity, for one buyer"),
        field<&CapacityOffer::h100e>(Unit::h100e, "0: none"), field<&CapacityOffer::line>(Unit::none, "line of the script"), field<&CapacityOffer::generation>(Unit::index, "served by it or a newer one"),
        field<&CapacityOffer::tenor_q>(Unit::q, "longest term"), field<&CapacityOffer::min_tenor_q>(Unit::q, "shortest term"));
};
static_assert(covered_bytes(Schema<CapacityOffer>::rows) == sizeof(CapacityOffer));

inline constexpr int kNewestOnOffer = -1;  // generation of a request: the newest that anybody offers

/// Capacity wanted on the contract market.
struct CapacityBid {
    double max_usd_h;
    double takeorpay_frac;       // most accepted
    double prepay_frac;          // most accepted
    std::int32_t h100e;          // 0: the slot is free
    std::int32_t line;
    std::int32_t generation;     // or kNewestOnOffer
    std::int16_t tenor_q;
    std::int16_t start_in_q;     // 1 for the next quarter
};
template <> struct Schema<CapacityBid> {
    static constexpr auto rows = fields(
        field<&CapacityBid::max_usd_h>(Unit::usd_h, "cap"), field<&CapacityBid::takeorpay_frac>(Unit::frac, "most accepted"), field<&CapacityBid::prepay_frac>(Unit::frac, "of the value, most accepted"),
        field<&CapacityBid::h100e>(Unit::h100e, "0: none"), field<&CapacityBid::line>(Unit::none, "line of the script"), field<&CapacityBid::generation>(Unit::index, "-1: the newest on offer"),
        field<&CapacityBid::tenor_q>(Unit::q, "term"), field<&CapacityBid::start_in_q>(Unit::q, "quarters to the first delivery, 1 for the next quarter"));
};
static_assert(covered_bytes(Schema<CapacityBid>::rows) == sizeof(CapacityBid));

/// A loan asked for in the credit market.
struct LoanRequest {
    Usd amount;                  // 0: the slot is free
    double max_apr;
    std::int32_t line;
    std::int16_t tenor_q;
    std::int16_t kind;           // DebtKind: bond, convertible, contract_backed or project
};
template <> struct Schema<LoanRequest> {
    static constexpr auto rows =
        fields(field<&LoanRequest::amount>(Unit::usd, "0: none"), field<&LoanRequest::max_apr>(Unit::apr, "highest rate"), field<&LoanRequest::line>(Unit::none, "line of the script"),
               field<&LoanRequest::tenor_q>(Unit::q, "term"), field<&LoanRequest::kind>(Unit::none, "2 bond, 3 convertible, 4 contract_backed, 5 project"));
};
static_assert(covered_bytes(Schema<LoanRequest>::rows) == sizeof(LoanRequest));

/// A bid for a firm in chapter 11.
struct FirmBid {
    Usd amount;                  // 0: the slot is free
    std::int32_t firm;
    std::int32_t line;
};
template <> struct Schema<FirmBid> {
    static constexpr auto rows = fields(field<&FirmBid::amount>(Unit::usd, "0: none"), field<&FirmBid::firm>(Unit::index, "bid for"), field<&FirmBid::line>(Unit::none, "line of the script"));
};
static_assert(covered_bytes(Schema<FirmBid>::rows) == sizeof(FirmBid));

/// Credit that a supplier grants a buyer for its chips.
struct CreditOffer {
    Usd amount;                  // 0: the slot is free
    double apr;
    std::int32_t line;
    std::int16_t buyer;
    std::int16_t tenor_q;
};
template <> struct Schema<CreditOffer> {
    static constexpr auto rows = fields(field<&CreditOffer::amount>(Unit::usd, "0: none"), field<&CreditOffer::apr>(Unit::apr, "fixed rate"), field<&CreditOffer::line>(Unit::none, "line of the script"),
                                        field<&CreditOffer::buyer>(Unit::index, "firm"), field<&CreditOffer::tenor_q>(Unit::q, "of what is drawn"));
};
static_assert(covered_bytes(Schema<CreditOffer>::rows) == sizeof(CreditOffer));

/// Settings keep their value from quarter to quarter; a bit of Orders::settings_given says which are set anew.
enum class FirmSetting : int { train, serve_training_first, segment_priority, core_use, price_enterprise, price_consumer, payout, buyer_cap, oversell, count };
inline constexpr int kSettings = static_cast<int>(FirmSetting::count);

inline constexpr int kMaxSupplyOffers = 4;

/// Chips of a supplier's line offered under an agreement (stage A), for the named buyer to take in stage B.
struct SupplyOffer {
    double discount_frac;
    std::int32_t chips_q;        // 0: the slot is free
    std::int16_t buyer;
    std::int16_t product;
    std::int32_t tenor_q;
    std::int32_t line;
};
template <> struct Schema<SupplyOffer> {
    static constexpr auto rows =
        fields(field<&SupplyOffer::discount_frac>(Unit::frac, "off list"), field<&SupplyOffer::chips_q>(Unit::chips, "a quarter; 0: none"),
               field<&SupplyOffer::buyer>(Unit::index, "firm"), field<&SupplyOffer::product>(Unit::index, "of the supplier"),
               field<&SupplyOffer::tenor_q>(Unit::q, "quarters of delivery"), field<&SupplyOffer::line>(Unit::none, "line of the script"));
};
static_assert(covered_bytes(Schema<SupplyOffer>::rows) == sizeof(SupplyOffer));

struct Orders {
    // stage A
    CapacityOffer offer_contract[kMaxOffers];
    CapacityBid bid_contract[kMaxRequests];
    std::uint64_t renegotiate[kMaxContracts / 64];   // bit by contract slot
    std::uint64_t break_contract[kMaxContracts / 64];
    LoanRequest borrow[kMaxRaises];
    Usd raise_equity;
    double raise_equity_max_frac;                    // share of the company given at most
    Usd buy_back;
    FirmBid bid_firm[kMaxFirmBids];
    CreditOffer finance_buyer[kMaxCreditOffers];     // supplier
    GridBid bid_power[kMaxRegions];
    std::int32_t withdraw_power_kw[kMaxRegions];
    std::int32_t order_onsite_kw[kMaxRegions];
    std::int32_t sell_onsite_kw[kMaxRegions];
    std::int32_t build_site_kw[kMaxRegions];
    LeaseRequest lease_site[kMaxRegions];
    std::int32_t exit_lease_kw[kMaxRegions];
    std::int32_t order_captive_chips[kMaxProducts];
    double list_price_usd_chip[kMaxProducts];        // supplier; 0: keeps its multiplier
    std::int32_t order_wafers[kMaxProducts];         // supplier
    double buyer_weight[kMaxFirms];                  // supplier; where its bit is set
    SupplyOffer offer_supply[kMaxSupplyOffers];
    Usd hire_talent;
    Usd repay[kMaxTranches];
    std::uint32_t slow_projects;                     // bit by slot
    std::uint32_t abandon_projects;
    std::uint32_t buyer_weight_given;                // bit by firm
    std::uint32_t design_on;                         // bit by product: pays the design cost of a captive line
    std::uint32_t design_off;
    // stage B
    std::uint32_t settings_given;                    // bit by FirmSetting
    double settings[kSettings];
    ChipStep bid_chips[kMaxProducts][kMaxSteps];
    ChipStep sell_chips[kMaxProducts];
    ChipStep buy_used_chips[kMaxProducts];
    std::int32_t cancel_chips[kMaxProducts];
    std::int32_t retire_chips[kMaxProducts];
    std::int32_t accept_supply_chips[kMaxAgreements];
    SpotStep offer_spot[2];                         // T, I
    SpotStep bid_spot[2];
    std::uint64_t favour_on[kMaxContracts / 64];     // bit by contract slot
    std::uint64_t favour_off[kMaxContracts / 64];
};
template <> struct Schema<Orders> {
    static constexpr auto rows = fields(
        field<&Orders::offer_contract>(Unit::none, "capacity for sale"),
        field<&Orders::bid_contract>(Unit::none, "capacity wanted"),
        field<&Orders::renegotiate>(Unit::none, "bit by contract slot"),
        field<&Orders::break_contract>(Unit::none, "bit by contract slot"),
        field<&Orders::borrow>(Unit::none, "loans asked for"),
        field<&Orders::raise_equity>(Unit::usd, "new shares, of a lab a venture round"),
        field<&Orders::raise_equity_max_frac>(Unit::frac, "share of the company given for it at most"),
        field<&Orders::buy_back>(Unit::usd, "own shares"),
        field<&Orders::bid_firm>(Unit::none, "bids for firms in chapter 11"),
        field<&Orders::finance_buyer>(Unit::none, "supplier's credit to buyers"),
        field<&Orders::bid_power>(Unit::none, "grid lots, by region"),
        field<&Orders::withdraw_power_kw>(Unit::kw, "grid kW given back, by region"),
        field<&Orders::order_onsite_kw>(Unit::kw, "on-site plant ordered, by region"),
        field<&Orders::sell_onsite_kw>(Unit::kw, "on-site plant sold, by region"),
        field<&Orders::build_site_kw>(Unit::it_kw, "building started, by region"),
        field<&Orders::lease_site>(Unit::none, "leases wanted, by region"),
        field<&Orders::exit_lease_kw>(Unit::it_kw, "leases left early, by region"),
        field<&Orders::order_captive_chips>(Unit::chips, "own line, by product"),
        field<&Orders::list_price_usd_chip>(Unit::usd_chip, "supplier's price, by product; 0 keeps the multiplier"),
        field<&Orders::order_wafers>(Unit::wafers, "for output three quarters ahead, by product"),
        field<&Orders::buyer_weight>(Unit::frac, "supplier's weight of a buyer"),
        field<&Orders::offer_supply>(Unit::none, "supply agreements offered"),
        field<&Orders::hire_talent>(Unit::usd, "talent and data"),
        field<&Orders::repay>(Unit::usd, "by tranche, at par"),
        field<&Orders::slow_projects>(Unit::none, "bit by project"),
        field<&Orders::abandon_projects>(Unit::none, "bit by project"),
        field<&Orders::buyer_weight_given>(Unit::none, "bit by firm"),
        field<&Orders::design_on>(Unit::none, "bit by product"),
        field<&Orders::design_off>(Unit::none, "bit by product"),
        field<&Orders::settings_given>(Unit::none, "bit by setting"),
        field<&Orders::settings>(Unit::none, "values of the settings"),
        field<&Orders::bid_chips>(Unit::none, "steps of new-chip bids, by product"),
        field<&Orders::sell_chips>(Unit::none, "used chips offered, by product"),
        field<&Orders::buy_used_chips>(Unit::none, "used chips wanted, by product"),
        field<&Orders::cancel_chips>(Unit::chips, "open orders cancelled, by product"),
        field<&Orders::retire_chips>(Unit::chips, "taken out of service, by product"),
        field<&Orders::accept_supply_chips>(Unit::chips, "a quarter taken of an agreement offered, by agreement slot"),
        field<&Orders::offer_spot>(Unit::none, "training, inference"),
        field<&Orders::bid_spot>(Unit::none, "training, inference"),
        field<&Orders::favour_on>(Unit::none, "bit by contract slot"),
        field<&Orders::favour_off>(Unit::none, "bit by contract slot"));
};
static_assert(covered_bytes(Schema<Orders>::rows) == sizeof(Orders));
static_assert(sizeof(Orders) <= 4096, "4 KiB a firm");

/// Sets of contract slots.
RACKRACE_HD inline void add_slot(std::uint64_t (&slots)[kMaxContracts / 64], int slot) { slots[slot / 64] |= std::uint64_t{1} << (slot % 64); }
RACKRACE_HD inline bool has_slot(const std::uint64_t (&slots)[kMaxContracts / 64], int slot) { return (slots[slot / 64] >> (slot % 64) & 1u) != 0; }

RACKRACE_HD inline bool is_given(const Orders& orders, FirmSetting setting) { return (orders.settings_given >> static_cast<int>(setting) & 1u) != 0; }
RACKRACE_HD inline double setting_or(const Orders& orders, FirmSetting setting, double kept) {
    return is_given(orders, setting) ? orders.settings[static_cast<int>(setting)] : kept;
}

}  // namespace rackrace
