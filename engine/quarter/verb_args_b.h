// The verbs of stage B and their arguments: chips, compute, training and prices. Meanings and bounds are the rows.
#pragma once

#include "engine/quarter/verb_table.h"

namespace rackrace {

struct BidChips {
    double chips, max_usd_chip;
    std::int32_t product;
};
template <> struct VerbSchema<BidChips> {
    static constexpr VerbRow row = {Verb::bid_chips, "bid_chips", Stage::b, kOwners, "order",
                                    "Asks a supplier for accelerators. Several calls for a product make the steps of one bid; what money does not back is cut.",
                                    code_mask(Code::below_minimum, Code::unknown_reference, Code::not_released, Code::captive, Code::price_out_of_band, Code::too_many,
                                              Code::unfilled, Code::partial)};
    static constexpr auto args = arguments(
        arg<&BidChips::product>(Unit::product_id, "a product on open sale"), arg<&BidChips::chips>(Unit::chips, "0: none; else at least a lot"),
        arg<&BidChips::max_usd_chip>(arg_row(Unit::usd_chip, "highest price of the supplier's part").price_between(bound(0.0), bound(&Parameters::bid_cap_list_ratio, Basis::list_price))));
};

struct AcceptSupply {
    double chips;
    std::int32_t offer;
};
template <> struct VerbSchema<AcceptSupply> {
    static constexpr VerbRow row = {Verb::accept_supply, "accept_supply", Stage::b, kOwners, "ltaTake", "Takes all or part of a supply agreement offered; its volumes are due for the whole term.",
                                    code_mask(Code::below_minimum, Code::over_capacity, Code::unknown_reference, Code::duplicate)};
    static constexpr auto args = arguments(arg<&AcceptSupply::offer>(Unit::agreement_id, "of obs.supply"), arg<&AcceptSupply::chips>(Unit::chips, "a quarter"));
};

struct CancelChips {
    double chips;
    std::int32_t product;
};
template <> struct VerbSchema<CancelChips> {
    static constexpr VerbRow row = {Verb::cancel_chips, "cancel_chips", Stage::b, kOwners, "cancel", "Cancels open orders: late ones whose deposit comes back, then the latest deliveries, whose deposit is lost.",
                                    code_mask(Code::over_capacity, Code::unknown_reference, Code::duplicate)};
    static constexpr auto args = arguments(arg<&CancelChips::product>(Unit::product_id, "on order"), arg<&CancelChips::chips>(Unit::chips, "at most those on order"));
};

struct SellChips {
    double chips, min_usd_chip;
    std::int32_t product;
};
template <> struct VerbSchema<SellChips> {
    static constexpr VerbRow row = {Verb::sell_chips, "sell_chips", Stage::b, kOwners, "sell", "Offers used chips out of the warehouse, those retired this quarter included.",
                                    code_mask(Code::over_capacity, Code::unknown_reference, Code::duplicate, Code::unfilled, Code::partial)};
    static constexpr auto args = arguments(arg<&SellChips::product>(Unit::product_id, "held"), arg<&SellChips::chips>(Unit::chips, "at most those held"),
                                           arg<&SellChips::min_usd_chip>(arg_row(Unit::usd_chip, "lowest price").price_between(bound(0.0), Bound{})));
};

struct BuyUsedChips {
    double chips, max_usd_chip;
    std::int32_t product;
};
template <> struct VerbSchema<BuyUsedChips> {
    static constexpr VerbRow row = {Verb::buy_used_chips, "buy_used_chips", Stage::b, kOwners, "buyUsed", "Bids for used chips of firms and the dealer, paid in cash.",
                                    code_mask(Code::unknown_reference, Code::duplicate, Code::unfilled, Code::partial)};
    static constexpr auto args = arguments(arg<&BuyUsedChips::product>(Unit::product_id, "any product"), arg<&BuyUsedChips::chips>(Unit::chips, "0: none"),
                                           arg<&BuyUsedChips::max_usd_chip>(arg_row(Unit::usd_chip, "highest price").price_between(bound(0.0), Bound{})));
};

struct RetireChips {
    double chips;
    std::int32_t product;
};
template <> struct VerbSchema<RetireChips> {
    static constexpr VerbRow row = {Verb::retire_chips, "retire_chips", Stage::b, kOwners, "retire", "Takes chips out of service into the warehouse.",
                                    code_mask(Code::over_capacity, Code::unknown_reference, Code::duplicate)};
    static constexpr auto args = arguments(arg<&RetireChips::product>(Unit::product_id, "installed"), arg<&RetireChips::chips>(Unit::chips, "at most those installed"));
};

struct OfferSpot {
    double mh, min_usd_h;
    std::int32_t grade;
};
template <> struct VerbSchema<OfferSpot> {
    static constexpr VerbRow row = {Verb::offer_spot, "offer_spot", Stage::b, kOwners, "spotSellT, spotSellI",
                                    "Offers hours of the quarter that contracts leave. Training hours that find no buyer are offered as inference.",
                                    code_mask(Code::price_out_of_band, Code::duplicate, Code::unfilled, Code::partial)};
    static constexpr auto args =
        arguments(arg<&OfferSpot::mh>(Unit::mh, "in hours of its grade"),
                  arg<&OfferSpot::min_usd_h>(arg_row(Unit::usd_h, "lowest price of such an hour").price_between(bound(0.0), bound(&Parameters::contract_price_max_usd_h))),
                  arg<&OfferSpot::grade>(one_of("of hours", "inference", "training").optional()));
};

struct BidSpot {
    double mh, max_usd_h;
    std::int32_t grade;
};
template <> struct VerbSchema<BidSpot> {
    static constexpr VerbRow row = {Verb::bid_spot, "bid_spot", Stage::b, kOwners, "spotBuyT, spotBuyI", "Bids for hours of the quarter, paid in cash.",
                                    code_mask(Code::price_out_of_band, Code::duplicate, Code::unfilled, Code::partial)};
    static constexpr auto args = arguments(
        arg<&BidSpot::mh>(Unit::mh, "in hours of its grade"),
        arg<&BidSpot::max_usd_h>(
            arg_row(Unit::usd_h, "highest price of such an hour").price_between(bound(&Parameters::spot_price_min_usd_h), bound(&Parameters::contract_price_max_usd_h))),
        arg<&BidSpot::grade>(one_of("of hours", "inference", "training").optional()));
};

struct FavourContract {
    std::int32_t contract, on;
};
template <> struct VerbSchema<FavourContract> {
    static constexpr VerbRow row = {Verb::favour_contract, "favour_contract", Stage::b, kOwners, "favour", "Serves a contract sold before the others when compute is short, or no longer.",
                                    code_mask(Code::unknown_reference)};
    static constexpr auto args = arguments(arg<&FavourContract::contract>(Unit::contract_id, "of obs.contracts, sold"), arg<&FavourContract::on>(Unit::flag, "kept until set again"));
};

struct Train {
    double frac;
};
template <> struct VerbSchema<Train> {
    static constexpr VerbRow row = {Verb::train, "train", Stage::b, kProductSellers, "train", "Sets the share of training-grade compute that trains models.", code_mask(Code::duplicate)};
    static constexpr auto args = arguments(arg<&Train::frac>(arg_row(Unit::frac, "kept until set again").between(bound(0.0), bound(1.0))));
};

struct ServeFirst {
    std::int32_t what;
};
template <> struct VerbSchema<ServeFirst> {
    static constexpr VerbRow row = {Verb::serve_first, "serve_first", Stage::b, kProductSellers, "firstServe", "Sets whether customers or training draw on compute first.", code_mask(Code::duplicate)};
    static constexpr auto args = arguments(arg<&ServeFirst::what>(one_of("kept until set again", "inference", "training")));
};

struct SetPrice {
    double usd_task;
    std::int32_t segment;
};
template <> struct VerbSchema<SetPrice> {
    static constexpr VerbRow row = {Verb::set_price, "set_price", Stage::b, kProductSellers, "price", "Sets the price of a task-unit in a segment.",
                                    code_mask(Code::unknown_reference, Code::duplicate, Code::out_of_bounds)};
    static constexpr auto args = arguments(
        arg<&SetPrice::segment>(Unit::index, "1 enterprise, 2 consumer"),
        arg<&SetPrice::usd_task>(arg_row(Unit::usd_task, "kept until set again")
                                     .between(bound(&Parameters::task_price_min_ratio, Basis::mean_task_price), bound(&Parameters::task_price_max_ratio, Basis::mean_task_price))));
};

struct SetPriority {
    double frac;
};
template <> struct VerbSchema<SetPriority> {
    static constexpr VerbRow row = {Verb::set_priority, "set_priority", Stage::b, kProductSellers, "segPrio", "Sets the part of enterprise when customers cannot all be served.", code_mask(Code::duplicate)};
    static constexpr auto args = arguments(arg<&SetPriority::frac>(arg_row(Unit::frac, "kept until set again").between(bound(0.0), bound(1.0))));
};

struct UseInCore {
    double frac;
};
template <> struct VerbSchema<UseInCore> {
    static constexpr VerbRow row = {Verb::use_in_core, "use_in_core", Stage::b, kHyperscalers, "coreUse", "Sets the share of own compute that serves the core business.", code_mask(Code::duplicate)};
    static constexpr auto args = arguments(arg<&UseInCore::frac>(arg_row(Unit::frac, "kept until set again").between(bound(0.0), bound(&Parameters::core_use_max_frac))));
};

}  // namespace rackrace
