// The verbs of stage A and their arguments: money, power, sites, in-house chips, and what suppliers set. Meanings and bounds are the rows.
#pragma once

#include "engine/quarter/verb_table.h"

namespace rackrace {

/// The smallest lot of chips that is traded by order.
inline constexpr int kSmallestChipLot = 8;

struct Repay {
    double musd;
    std::int32_t loan;
};
template <> struct VerbSchema<Repay> {
    static constexpr VerbRow row = {Verb::repay, "repay", Stage::a, kAllRoles, "repay", "Pays back a loan, in part or whole, at par.",
                                    code_mask(Code::insufficient_cash, Code::over_capacity, Code::unknown_reference)};
    static constexpr auto args = arguments(arg<&Repay::loan>(Unit::loan_id, "of obs.loans"), arg<&Repay::musd>(Unit::musd, "at most its principal and the cash in hand"));
};

struct SetPayout {
    double frac;
};
template <> struct VerbSchema<SetPayout> {
    static constexpr VerbRow row = {Verb::set_payout, "set_payout", Stage::a, kAllRoles, "payout",
                                    "Pays owners this share of the free cash flow of the last four quarters that is not paid out yet; what loans are due to repay in the next eight stays.", code_mask(Code::duplicate)};
    static constexpr auto args = arguments(arg<&SetPayout::frac>(arg_row(Unit::frac, "kept until set again").between(bound(0.0), bound(1.0))));
};

struct BidPower {
    double grid_mw, max_usd_kw_q;
    std::int32_t region;
};
template <> struct VerbSchema<BidPower> {
    static constexpr VerbRow row = {Verb::bid_power, "bid_power", Stage::a, kOwners, "gridReq, gridBid",
                                    "Bids for grid power of a region's next lot, or asks for it where power is queued. More than half a lot is cut (R09).",
                                    code_mask(Code::unknown_reference, Code::price_out_of_band, Code::duplicate, Code::power_short, Code::unfilled, Code::partial)};
    static constexpr auto args =
        arguments(arg<&BidPower::region>(Unit::region_id, "where"), arg<&BidPower::grid_mw>(Unit::grid_mw, "at the meter"),
                  arg<&BidPower::max_usd_kw_q>(arg_row(Unit::usd_kw_q, "highest adder").price_between(bound(0.0), bound(&Parameters::grid_adder_max_usd_kw_q))));
};

struct WithdrawPower {
    double grid_mw;
    std::int32_t region;
};
template <> struct VerbSchema<WithdrawPower> {
    static constexpr VerbRow row = {Verb::withdraw_power, "withdraw_power", Stage::a, kOwners, "gridWithdraw", "Gives grid power back, connected, won or queued.",
                                    code_mask(Code::over_capacity, Code::unknown_reference, Code::duplicate)};
    static constexpr auto args = arguments(arg<&WithdrawPower::region>(Unit::region_id, "where"), arg<&WithdrawPower::grid_mw>(Unit::grid_mw, "at the meter"));
};

struct OrderOnsite {
    double grid_mw;
    std::int32_t region;
};
template <> struct VerbSchema<OrderOnsite> {
    static constexpr VerbRow row = {Verb::order_onsite, "order_onsite", Stage::a, kOwners, "btmReq", "Orders on-site plant where a region allows it.",
                                    code_mask(Code::over_capacity, Code::unknown_reference, Code::duplicate, Code::unfilled, Code::partial)};
    static constexpr auto args = arguments(arg<&OrderOnsite::region>(Unit::region_id, "where"), arg<&OrderOnsite::grid_mw>(Unit::grid_mw, "at the meter"));
};

struct SellOnsite {
    double mw;
    std::int32_t region;
};
template <> struct VerbSchema<SellOnsite> {
    static constexpr VerbRow row = {Verb::sell_onsite, "sell_onsite", Stage::a, kOwners, "sellOnsite", "Sells on-site plant for half of its book value.",
                                    code_mask(Code::over_capacity, Code::unknown_reference, Code::duplicate)};
    static constexpr auto args = arguments(arg<&SellOnsite::region>(Unit::region_id, "where"), arg<&SellOnsite::mw>(Unit::grid_mw, "at the meter, as onsite_grid_mw"));
};

struct BuildSite {
    double mw;
    std::int32_t region;
};
template <> struct VerbSchema<BuildSite> {
    static constexpr VerbRow row = {Verb::build_site, "build_site", Stage::a, kOwners, "build", "Starts to build a site; paid in equal instalments.",
                                    code_mask(Code::unknown_reference, Code::duplicate, Code::too_many)};
    static constexpr auto args = arguments(arg<&BuildSite::region>(Unit::region_id, "where"), arg<&BuildSite::mw>(Unit::mw, "IT load"));
};

struct SlowSite {
    std::int32_t project;
};
template <> struct VerbSchema<SlowSite> {
    static constexpr VerbRow row = {Verb::slow_site, "slow_site", Stage::a, kOwners, "slow", "Lets a site in building stand still for a quarter.", code_mask(Code::unknown_reference)};
    static constexpr auto args = arguments(arg<&SlowSite::project>(Unit::project_id, "of obs.projects"));
};

struct AbandonSite {
    std::int32_t project;
};
template <> struct VerbSchema<AbandonSite> {
    static constexpr VerbRow row = {Verb::abandon_site, "abandon_site", Stage::a, kOwners, "abandon", "Gives up a site in building for its salvage.", code_mask(Code::unknown_reference)};
    static constexpr auto args = arguments(arg<&AbandonSite::project>(Unit::project_id, "of obs.projects"));
};

struct LeaseSite {
    double mw, tenor_q;
    std::int32_t region;
};
template <> struct VerbSchema<LeaseSite> {
    static constexpr VerbRow row = {Verb::lease_site, "lease_site", Stage::a, kOwners, "lease", "Leases powered shell; the rent is owed to the end of the term.",
                                    code_mask(Code::unknown_reference, Code::duplicate, Code::unfilled, Code::partial)};
    static constexpr auto args =
        arguments(arg<&LeaseSite::region>(Unit::region_id, "where"), arg<&LeaseSite::mw>(Unit::mw, "IT load"),
                  arg<&LeaseSite::tenor_q>(arg_row(Unit::q, "term").between(bound(&Parameters::lease_term_min_q), bound(&Parameters::lease_term_max_q))));
};

struct ExitLease {
    double mw;
    std::int32_t region;
};
template <> struct VerbSchema<ExitLease> {
    static constexpr VerbRow row = {Verb::exit_lease, "exit_lease", Stage::a, kOwners, "exitLease", "Leaves a lease early for half of its remaining present value.",
                                    code_mask(Code::over_capacity, Code::unknown_reference, Code::duplicate)};
    static constexpr auto args = arguments(arg<&ExitLease::region>(Unit::region_id, "where"), arg<&ExitLease::mw>(Unit::mw, "IT load"));
};

struct OrderCaptive {
    double chips;
    std::int32_t product;
};
template <> struct VerbSchema<OrderCaptive> {
    static constexpr VerbRow row = {Verb::order_captive, "order_captive", Stage::a, kProductSellers, "captiveReq",
                                    "Orders chips of an own in-house line: the vendor's stock first, the rest as wafers.",
                                    code_mask(Code::below_minimum, Code::unknown_reference, Code::not_released, Code::captive, Code::duplicate, Code::unfilled, Code::partial)};
    static constexpr auto args = arguments(arg<&OrderCaptive::product>(Unit::product_id, "an own in-house line"), arg<&OrderCaptive::chips>(Unit::chips, "0: none; else at least a lot"));
};

struct FundDesign {
    std::int32_t product, on;
};
template <> struct VerbSchema<FundDesign> {
    static constexpr VerbRow row = {Verb::fund_design, "fund_design", Stage::a, kProductSellers, "nre", "Pays the design cost of an own in-house line, or stops to: then its next chips slip.",
                                    code_mask(Code::unknown_reference, Code::captive, Code::duplicate)};
    static constexpr auto args = arguments(arg<&FundDesign::product>(Unit::product_id, "an own in-house line"), arg<&FundDesign::on>(Unit::flag, "kept until set again"));
};

struct HireTalent {
    double musd;
};
template <> struct VerbSchema<HireTalent> {
    static constexpr VerbRow row = {Verb::hire_talent, "hire_talent", Stage::a, kProductSellers, "talent", "Spends on people and data for know-how.",
                                    code_mask(Code::insufficient_cash, Code::duplicate)};
    static constexpr auto args = arguments(arg<&HireTalent::musd>(Unit::musd, "at most the cash in hand"));
};

struct ListPrice {
    double usd_chip;
    std::int32_t product;
};
template <> struct VerbSchema<ListPrice> {
    static constexpr VerbRow row = {Verb::list_price, "list_price", Stage::a, kSuppliers, "priceMult", "Sets the price of an own product: the reserve of an auction, the price itself else.",
                                    code_mask(Code::unknown_reference, Code::captive, Code::duplicate, Code::out_of_bounds)};
    static constexpr auto args = arguments(
        arg<&ListPrice::product>(Unit::product_id, "an own product on open sale"),
        arg<&ListPrice::usd_chip>(arg_row(Unit::usd_chip, "kept as its ratio to list until set again")
                                      .between(bound(&Parameters::price_multiplier_min_ratio, Basis::list_price), bound(&Parameters::price_multiplier_max_ratio, Basis::list_price))));
};

struct OrderWafers {
    double wafers;
    std::int32_t product;
};
template <> struct VerbSchema<OrderWafers> {
    static constexpr VerbRow row = {Verb::order_wafers, "order_wafers", Stage::a, kSuppliers, "waferReq, mix", "Asks for packaging wafers of an own product; what is allotted is taken or paid.",
                                    code_mask(Code::unknown_reference, Code::not_released, Code::captive, Code::duplicate, Code::unfilled, Code::partial)};
    static constexpr auto args = arguments(arg<&OrderWafers::product>(Unit::product_id, "an own product on open sale"),
                                           arg<&OrderWafers::wafers>(Unit::wafers, "for output wafer_lead_q quarters ahead"));
};

struct WeighBuyer {
    double weight;
    std::int32_t buyer;
};
template <> struct VerbSchema<WeighBuyer> {
    static constexpr VerbRow row = {Verb::weigh_buyer, "weigh_buyer", Stage::a, kSuppliers, "weight", "Sets how much a buyer is preferred when chips are short.",
                                    code_mask(Code::unknown_reference, Code::closed_to_role)};
    static constexpr auto args = arguments(arg<&WeighBuyer::buyer>(Unit::firm_id, "an owner of compute"),
                                           arg<&WeighBuyer::weight>(arg_row(Unit::frac, "kept until set again").between(bound(0.0), bound(1.0))));
};

struct CapBuyer {
    double frac;
};
template <> struct VerbSchema<CapBuyer> {
    static constexpr VerbRow row = {Verb::cap_buyer, "cap_buyer", Stage::a, kSuppliers, "buyerCap", "Sets the largest share of a sale that one buyer may take.", code_mask(Code::duplicate)};
    static constexpr auto args =
        arguments(arg<&CapBuyer::frac>(arg_row(Unit::frac, "kept until set again").between(bound(&Parameters::buyer_cap_min_frac), bound(&Parameters::buyer_cap_max_frac))));
};

struct OfferSupply {
    double chips, tenor_q, discount_frac;
    std::int32_t buyer, product;
};
template <> struct VerbSchema<OfferSupply> {
    static constexpr VerbRow row = {Verb::offer_supply, "offer_supply", Stage::a, kSuppliers, "lta", "Offers a buyer chips every quarter at list less a discount; the buyer takes all or part in stage B.",
                                    code_mask(Code::below_minimum, Code::unknown_reference, Code::captive, Code::too_many, Code::closed_to_role)};
    static constexpr auto args = arguments(arg<&OfferSupply::buyer>(Unit::firm_id, "an owner of compute"), arg<&OfferSupply::product>(Unit::product_id, "an own product on open sale"),
                                           arg<&OfferSupply::chips>(Unit::chips, "a quarter"),
                                           arg<&OfferSupply::tenor_q>(arg_row(Unit::q, "quarters of delivery").between(bound(1.0), bound(kMaxQuarters))),
                                           arg<&OfferSupply::discount_frac>(arg_row(Unit::frac, "off list").between(bound(0.0), bound(1.0))));
};

}  // namespace rackrace
