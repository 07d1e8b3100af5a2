// The verbs of stage A that make deals with others and their arguments: capacity contracts, loans, shares, suppliers' credit, failed firms.
// Meanings and bounds are the rows.
#pragma once

#include "engine/quarter/verb_table.h"

namespace rackrace {

struct OfferContract {
    double mh, min_usd_h, tenor_q, min_tenor_q, takeorpay_frac, prepay_frac, max_share_frac;
    std::int32_t gen;
};
template <> struct VerbSchema<OfferContract> {
    static constexpr VerbRow row = {Verb::offer_contract, "offer_contract", Stage::a, kOwners, "offer",
                                    "Offers capacity for years. What the firm can not serve in every quarter of the term is cut off (R05). Up to 4 a quarter.",
                                    code_mask(Code::over_capacity, Code::too_many, Code::closed_to_role, Code::counterparty, Code::unfilled, Code::partial)};
    static constexpr auto args = arguments(
        arg<&OfferContract::mh>(Unit::mh, "a quarter"),
        arg<&OfferContract::min_usd_h>(arg_row(Unit::usd_h, "ask; competing requests raise it").price_between(bound(&Parameters::contract_price_min_usd_h), bound(&Parameters::contract_price_max_usd_h))),
        arg<&OfferContract::tenor_q>(arg_row(Unit::q, "longest term").between(bound(1.0), bound(kMaxQuarters))),
        arg<&OfferContract::min_tenor_q>(arg_row(Unit::q, "shortest term").between(bound(1.0), bound(kMaxQuarters)).optional(1.0)),
        arg<&OfferContract::gen>(arg_row(Unit::index, "chip generation; left out: the newest that the firm has or has on order").between(bound(0.0), bound(kMaxGenerations - 1)).optional(-1.0)),
        arg<&OfferContract::takeorpay_frac>(arg_row(Unit::frac, "paid whether used or not: least accepted, and what the contract carries").between(bound(0.0), bound(1.0)).optional(0.8)),
        arg<&OfferContract::prepay_frac>(arg_row(Unit::frac, "of the value, paid at signing: least accepted, and what the contract carries").between(bound(0.0), bound(1.0)).optional()),
        arg<&OfferContract::max_share_frac>(arg_row(Unit::frac, "of the offer, that one buyer may take").between(bound(0.0), bound(1.0)).optional(1.0)));
};

struct BidContract {
    double mh, max_usd_h, tenor_q, start_in_q, takeorpay_frac, prepay_frac;
    std::int32_t gen;
};
template <> struct VerbSchema<BidContract> {
    static constexpr VerbRow row = {Verb::bid_contract, "bid_contract", Stage::a, kOwners, "rfq", "Asks for capacity for years. Up to 4 a quarter.",
                                    code_mask(Code::too_many, Code::closed_to_role, Code::counterparty, Code::over_credit_limit, Code::unfilled, Code::partial)};
    static constexpr auto args = arguments(
        arg<&BidContract::mh>(Unit::mh, "a quarter"),
        arg<&BidContract::max_usd_h>(arg_row(Unit::usd_h, "cap").price_between(bound(&Parameters::contract_price_min_usd_h), bound(&Parameters::contract_price_max_usd_h))),
        arg<&BidContract::tenor_q>(arg_row(Unit::q, "term").between(bound(1.0), bound(kMaxQuarters))),
        arg<&BidContract::gen>(arg_row(Unit::index, "chip generation; left out: the newest that anybody offers").between(bound(0.0), bound(kMaxGenerations - 1)).optional(kNewestOnOffer)),
        arg<&BidContract::start_in_q>(arg_row(Unit::q, "quarters to the first delivery").between(bound(1.0), bound(kMaxQuarters)).optional(1.0)),
        arg<&BidContract::takeorpay_frac>(arg_row(Unit::frac, "most that is paid whether used or not").between(bound(0.0), bound(1.0)).optional(1.0)),
        arg<&BidContract::prepay_frac>(arg_row(Unit::frac, "of the value, most that is paid at signing").between(bound(0.0), bound(1.0)).optional()));
};

struct SetOversell {
    double ratio;
};
template <> struct VerbSchema<SetOversell> {
    static constexpr VerbRow row = {Verb::set_oversell, "set_oversell", Stage::a, kOwners, "oversell", "Sets how much of its capacity the firm offers in contracts: above 1 it sells what it does not have.",
                                    code_mask(Code::duplicate)};
    static constexpr auto args = arguments(arg<&SetOversell::ratio>(
        arg_row(Unit::ratio, "kept until set again").between(bound(&Parameters::oversell_min_ratio), bound(&Parameters::oversell_max_ratio))));
};

struct Renegotiate {
    std::int32_t contract;
};
template <> struct VerbSchema<Renegotiate> {
    static constexpr VerbRow row = {Verb::renegotiate, "renegotiate", Stage::a, kOwners, "renegotiate",
                                    "Threatens to leave a contract for the market. Believed only where leaving pays; then the price falls by half of the gain, and the buyer's reliability by 0.1: under 0.5 no seller signs with it.",
                                    code_mask(Code::unknown_reference, Code::too_soon, Code::unfilled)};
    static constexpr auto args = arguments(arg<&Renegotiate::contract>(Unit::contract_id, "of obs.contracts, bought"));
};

struct BreakContract {
    std::int32_t contract;
};
template <> struct VerbSchema<BreakContract> {
    static constexpr VerbRow row = {Verb::break_contract, "break_contract", Stage::a, kOwners, "terminate",
                                    "Ends a contract for its fee (break_musd); free after a year in which the seller was short of more than 15 %.", code_mask(Code::unknown_reference)};
    static constexpr auto args = arguments(arg<&BreakContract::contract>(Unit::contract_id, "of obs.contracts, bought"));
};

struct Borrow {
    double musd, max_apr, tenor_q;
    std::int32_t kind;
};
template <> struct VerbSchema<Borrow> {
    static constexpr VerbRow row = {Verb::borrow, "borrow", Stage::a, kAllRoles, "raise",
                                    "Asks for a loan in the quarter's credit market. What is beyond the firm's room is cut off (R02, R03, R17). Up to 4 a quarter.",
                                    code_mask(Code::over_credit_limit, Code::covenant, Code::too_many, Code::closed_to_role, Code::use_of_proceeds, Code::unfilled, Code::partial)};
    static constexpr auto args = arguments(
        arg<&Borrow::kind>(one_of("a convert is closed to hyperscalers; contract_backed and project money is drawn later, by chips and sites", "bond", "convert", "contract_backed", "project")),
        arg<&Borrow::musd>(Unit::musd, "amount"), arg<&Borrow::max_apr>(arg_row(Unit::apr, "highest rate, policy rate and all").between(bound(0.0), bound(1.0))),
        arg<&Borrow::tenor_q>(arg_row(Unit::q, "term").between(bound(1.0), bound(kMaxQuarters))));
};

/// The kind of debt that a word of Borrow means.
RACKRACE_HD constexpr int debt_kind_of_word(std::int32_t kind) { return kind + 2; }  // bond is 2: none and the revolver are no words

struct RaiseEquity {
    double musd, max_dilution_frac;
};
template <> struct VerbSchema<RaiseEquity> {
    static constexpr VerbRow row = {Verb::raise_equity, "raise_equity", Stage::a, kAllRoles, "raise",
                                    "Sells new shares, at most 10 % of the value; of a lab a venture round, which may fail, one in 3 quarters.",
                                    code_mask(Code::over_credit_limit, Code::duplicate, Code::too_soon, Code::use_of_proceeds, Code::unfilled, Code::partial)};
    static constexpr auto args = arguments(
        arg<&RaiseEquity::musd>(Unit::musd, "amount"),
        arg<&RaiseEquity::max_dilution_frac>(arg_row(Unit::frac, "share of the company given at most: less is raised where the price is lower").between(bound(0.0), bound(1.0))));
};

struct BuyBack {
    double musd;
};
template <> struct VerbSchema<BuyBack> {
    static constexpr VerbRow row = {Verb::buy_back, "buy_back", Stage::a, kAllRoles, "buyBack", "Buys own shares above their value, at most 10 % of it, and never more than were issued.",
                                    code_mask(Code::insufficient_cash, Code::covenant, Code::duplicate, Code::unfilled, Code::partial)};
    static constexpr auto args = arguments(arg<&BuyBack::musd>(Unit::musd, "at most the cash above the least that the firm must hold"));
};

struct BidFirm {
    double musd;
    std::int32_t firm;
};
template <> struct VerbSchema<BidFirm> {
    static constexpr VerbRow row = {Verb::bid_firm, "bid_firm", Stage::a, kAllRoles, "acquire",
                                    "Bids for a firm in chapter 11: the highest bid takes its chips, sites, power, leases and contracts.",
                                    code_mask(Code::insufficient_cash, Code::unknown_reference, Code::duplicate, Code::too_many, Code::closed_to_role, Code::counterparty, Code::unfilled)};
    static constexpr auto args = arguments(arg<&BidFirm::firm>(Unit::firm_id, "in chapter 11"), arg<&BidFirm::musd>(Unit::musd, "at most cash and undrawn credit"));
};

struct FinanceBuyer {
    double musd, apr, tenor_q;
    std::int32_t buyer;
};
template <> struct VerbSchema<FinanceBuyer> {
    static constexpr VerbRow row = {Verb::finance_buyer, "finance_buyer", Stage::a, kSuppliers, "vendorLine",
                                    "Grants a buyer credit for own chips, drawn by what it owes for them where it costs no more than the buyer's revolver; a new grant to the same buyer takes the place of the old.",
                                    code_mask(Code::unknown_reference, Code::closed_to_role, Code::too_many)};
    static constexpr auto args = arguments(arg<&FinanceBuyer::buyer>(Unit::firm_id, "an owner of compute"), arg<&FinanceBuyer::musd>(Unit::musd, "amount"),
                                           arg<&FinanceBuyer::apr>(arg_row(Unit::apr, "fixed rate").between(bound(0.0), bound(1.0))),
                                           arg<&FinanceBuyer::tenor_q>(arg_row(Unit::q, "term of what is drawn").between(bound(1.0), bound(kMaxQuarters))));
};

}  // namespace rackrace
