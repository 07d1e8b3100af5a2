// World: everything that moves from quarter to quarter, as one plain struct. No pointers, no allocation; a copy is a snapshot.
#pragma once

#include <cstdint>

#include "engine/settle/kinds.h"
#include "engine/world/contract.h"
#include "engine/world/firm.h"
#include "engine/world/news.h"
#include "engine/world/parties.h"

namespace rackrace {

inline constexpr int kDealerAges = 4;      // dealer_holding_q
inline constexpr int kWaferSlots = 4;      // output in 0 to 3 quarters
inline constexpr int kPastWafers = kWaferSlots;  // index of last quarter's allotment
inline constexpr int kFrontierLags = 5;    // Atop of this quarter and the four before

/// A product on the market: prices, wafers on the way, what its vendor holds, and where all units made have gone (I6).
struct ProductState {
    double list_usd_chip;
    double price_multiplier;             // the supplier's lever: reserve = list x multiplier
    double cleared_usd_chip;             // mean price paid in the last sale
    double resale_usd_chip;
    double last_resale_usd_chip;         // of the quarter before: their difference is economic depreciation
    double scarcity_frac;                // 1 - filled/asked of the last sale
    std::int32_t first_t;                // first quarter of sale, moved by slips
    std::int32_t last_t;
    std::int32_t age_q;                  // quarters since first output, for the yield; -1 before
    std::int32_t wafers[kWaferSlots];    // allotted, by quarters to output
    std::int32_t asked_chips;            // in the last sale
    std::int32_t offered_chips;          // on sale in it
    std::int32_t sold_chips;
    std::int32_t made_chips;             // output of this quarter
    std::int32_t row_chips;              // of it to the rest of the world
    std::int32_t inventory_chips;        // with the vendor
    std::int32_t returned_chips;         // unpaid and taken back this quarter
    std::int32_t dealer_chips[kDealerAges];       // used chips with the dealer, by quarters held
    std::int32_t captive_request_chips[kMaxCaptiveOwners];  // of the last quarter, by the owner's place in the buyer mask
    std::int64_t total_opening;          // chips that stood with firms at the start
    std::int64_t total_made;
    std::int64_t total_row;
    std::int64_t total_scrapped;
    Usd inventory_cost;
    Usd dealer_cost;
};
template <> struct Schema<ProductState> {
    static constexpr auto rows = fields(
        field<&ProductState::list_usd_chip>(Unit::usd_chip, "list price"),
        field<&ProductState::price_multiplier>(Unit::ratio, "reserve over list"),
        field<&ProductState::cleared_usd_chip>(Unit::usd_chip, "mean price paid in the last sale, the reserve if nothing sold"),
        field<&ProductState::resale_usd_chip>(Unit::usd_chip, "market value of a used chip"),
        field<&ProductState::last_resale_usd_chip>(Unit::usd_chip, "a quarter ago"),
        field<&ProductState::scarcity_frac>(Unit::frac, "1 - filled/asked of the last sale"),
        field<&ProductState::first_t>(Unit::index, "first quarter of sale"),
        field<&ProductState::last_t>(Unit::index, "last quarter of sale"),
        field<&ProductState::age_q>(Unit::q, "since first output, -1 before"),
        field<&ProductState::wafers>(Unit::wafers, "allotted, by quarters to output"),
        field<&ProductState::asked_chips>(Unit::chips, "bid for at or above the reserve in the last sale"),
        field<&ProductState::offered_chips>(Unit::chips, "on sale in it"),
        field<&ProductState::sold_chips>(Unit::chips, "awarded in it"),
        field<&ProductState::made_chips>(Unit::chips, "output of this quarter"),
        field<&ProductState::row_chips>(Unit::chips, "of it to the rest of the world"),
        field<&ProductState::inventory_chips>(Unit::chips, "finished, with the vendor"),
        field<&ProductState::returned_chips>(Unit::chips, "unpaid and taken back this quarter"),
        field<&ProductState::dealer_chips>(Unit::chips, "used, with the dealer, by quarters held"),
        field<&ProductState::captive_request_chips>(Unit::chips, "asked for in the last quarter, by the owner's place among the owners"),
        field<&ProductState::total_opening>(Unit::chips, "with firms at the start"),
        field<&ProductState::total_made>(Unit::chips, "since the start"),
        field<&ProductState::total_row>(Unit::chips, "sold to the rest of the world since the start"),
        field<&ProductState::total_scrapped>(Unit::chips, "since the start"),
        field<&ProductState::inventory_cost>(Unit::usd, "of the vendor's finished chips"),
        field<&ProductState::dealer_cost>(Unit::usd, "of the dealer's used chips"));
};
static_assert(covered_bytes(Schema<ProductState>::rows) == sizeof(ProductState));

struct SupplierState {
    std::int32_t firm;                   // index of the firm
    std::int32_t allotted_wafers[kWaferSlots + 1];  // by quarters to output; the last element is last quarter's, -1 where not known
    double buyer_weight[kMaxFirms];      // the supplier's lever
    double buyer_cap_frac;
};
template <> struct Schema<SupplierState> {
    static constexpr auto rows = fields(
        field<&SupplierState::firm>(Unit::index, "its index among the firms"),
        field<&SupplierState::allotted_wafers>(Unit::wafers, "by quarters to output, 0 to 3; then last quarter's, -1 where not known"),
        field<&SupplierState::buyer_weight>(Unit::frac, "weight of each buyer"),
        field<&SupplierState::buyer_cap_frac>(Unit::frac, "largest share of a sale for one buyer"));
};
static_assert(covered_bytes(Schema<SupplierState>::rows) == sizeof(SupplierState));

struct RegionState {
    double energy_price_usd_mwh;         // eNow of the last settlement
    double used_kw;                      // grid load of all firms, at the meter
    double adder_usd_kw_q;               // of the last lot
    std::int64_t exogenous_kw;           // all kW that the exogenous path has brought so far, the opening ones included
    std::int64_t asked_kw;               // sold ahead, won or requested so far; of it connected, and given back before (I14)
    std::int64_t energised_kw;
    std::int64_t withdrawn_kw;
    std::int32_t free_kw;                // connected and held by nobody
    std::int32_t lot_kw;                 // of the last auction
    std::int32_t won_kw;                 // sold in it
    std::int32_t building_kw;            // IT kW under construction, for congestion
    std::int64_t landlord_kw;            // IT kW of shells that landlords took over from liquidated firms and have not let
};
template <> struct Schema<RegionState> {
    static constexpr auto rows = fields(
        field<&RegionState::energy_price_usd_mwh>(Unit::usd_mwh, "of the last settlement"),
        field<&RegionState::used_kw>(Unit::kw, "grid load of all firms at the meter"),
        field<&RegionState::adder_usd_kw_q>(Unit::usd_kw_q, "of the last lot"),
        field<&RegionState::exogenous_kw>(Unit::kw, "brought by the exogenous path so far, opening kW included"),
        field<&RegionState::asked_kw>(Unit::kw, "sold ahead, won or requested so far, the opening queue included"),
        field<&RegionState::energised_kw>(Unit::kw, "of it connected so far"),
        field<&RegionState::withdrawn_kw>(Unit::kw, "of it given back before it connected"),
        field<&RegionState::free_kw>(Unit::kw, "connected and held by nobody"),
        field<&RegionState::lot_kw>(Unit::kw, "of the last auction"),
        field<&RegionState::won_kw>(Unit::kw, "sold in it"),
        field<&RegionState::building_kw>(Unit::it_kw, "under construction"),
        field<&RegionState::landlord_kw>(Unit::it_kw, "shells of liquidated firms that landlords have not let"));
};
static_assert(covered_bytes(Schema<RegionState>::rows) == sizeof(RegionState));

/// A segment of the AI product market.
struct SegmentState {
    double wallet_usd_year;
    double adopted_frac;                 // N
    double quantity_task_units;          // Q, a quarter
    double desired_task_units;           // Q* of the last quarter
    double expected_growth_frac;         // ghat
    double mean_price_usd_task;          // pbar
    double outside_preference;
    std::int64_t outside_share_ppb;
};
template <> struct Schema<SegmentState> {
    static constexpr auto rows = fields(
        field<&SegmentState::wallet_usd_year>(Unit::usd_year, "addressable wallet W"),
        field<&SegmentState::adopted_frac>(Unit::frac, "adoption N"),
        field<&SegmentState::quantity_task_units>(Unit::task_units, "sticky quantity Q of the quarter"),
        field<&SegmentState::desired_task_units>(Unit::task_units, "Q* of the quarter"),
        field<&SegmentState::expected_growth_frac>(Unit::frac, "ghat, EWMA of the growth of ln Q*"),
        field<&SegmentState::mean_price_usd_task>(Unit::usd_task, "pbar, geometric over sellers and the outside alternative"),
        field<&SegmentState::outside_preference>(Unit::none, "xi of the outside alternative"),
        field<&SegmentState::outside_share_ppb>(Unit::count, "its share in 1e-9"));
};
static_assert(covered_bytes(Schema<SegmentState>::rows) == sizeof(SegmentState));

inline constexpr int kSpotHistory = 9;     // eight moves of a price
inline constexpr int kUseHistory = 8;
inline constexpr int kDemandHistory = 5;   // four moves

/// What the market knew at the last closes; index 0 is the latest. Written at the close only, so both stages of a quarter see the same.
struct MarketHistory {
    double spot_t_usd_h[kSpotHistory];
    double spot_i_usd_h[kSpotHistory];
    double util_frac[kUseHistory];
    double demand_h100e[kDemandHistory];
    double supply_h100e;
    double unmet_h100e;
    double contract_usd_h;               // of the last quarter that signed enough contracts, 0 before
    std::int32_t cash_musd[kMaxFirms];   // published accounts, in whole M$
    std::int32_t debt_musd[kMaxFirms];
    std::uint8_t status[kMaxFirms];      // FirmStatus
    std::int16_t news_count;
    std::int16_t news_left_out;          // items that found no room
    std::int32_t next_contract_id;       // as it was at the close: what is signed later is newer
    std::int32_t is_recorded;
    NewsItem news[kMaxNews];             // of the quarter that closed
};
template <> struct Schema<MarketHistory> {
    static constexpr auto rows = fields(
        field<&MarketHistory::spot_t_usd_h>(Unit::usd_h, "clearing prices of training hours, the latest first"),
        field<&MarketHistory::spot_i_usd_h>(Unit::usd_h, "clearing prices of inference hours, the latest first"),
        field<&MarketHistory::util_frac>(Unit::frac, "1 - idle/pools of all firms, the latest first"),
        field<&MarketHistory::demand_h100e>(Unit::h100e, "compute asked for in the whole market, in training H100e, the latest first"),
        field<&MarketHistory::supply_h100e>(Unit::h100e, "pools and outside supply at the last close, in training H100e"),
        field<&MarketHistory::unmet_h100e>(Unit::h100e, "needs that were not served, in training H100e"),
        field<&MarketHistory::contract_usd_h>(Unit::usd_h, "mean price of the last quarter that signed enough contracts to publish it"),
        field<&MarketHistory::cash_musd>(Unit::musd, "published cash by firm"),
        field<&MarketHistory::debt_musd>(Unit::musd, "published debt by firm"),
        field<&MarketHistory::status>(Unit::none, "by firm, as FirmStatus"),
        field<&MarketHistory::next_contract_id>(Unit::id, "at the close"),
        field<&MarketHistory::is_recorded>(Unit::flag, "false before the first record"),
        field<&MarketHistory::news>(Unit::none, "what became public of the quarter"),
        field<&MarketHistory::news_count>(Unit::count, "items of it"),
        field<&MarketHistory::news_left_out>(Unit::count, "items that found no room"));
};
static_assert(covered_bytes(Schema<MarketHistory>::rows) == sizeof(MarketHistory));

/// What a supplier lends a buyer for its chips (VENDOR): drawn, before cash, by the balances that the buyer owes it.
struct CreditLine {
    Usd left;                            // not drawn; 0: the slot is free
    double rate_apr;
    std::int16_t supplier;               // slot
    std::int16_t buyer;                  // firm
    std::int32_t term_q;                 // of what is drawn
};
template <> struct Schema<CreditLine> {
    static constexpr auto rows = fields(
        field<&CreditLine::left>(Unit::usd, "not drawn; 0 where the slot is free"),
        field<&CreditLine::rate_apr>(Unit::apr, "fixed"),
        field<&CreditLine::supplier>(Unit::index, "slot of the lender"),
        field<&CreditLine::buyer>(Unit::index, "firm"),
        field<&CreditLine::term_q>(Unit::q, "of what is drawn"));
};
static_assert(covered_bytes(Schema<CreditLine>::rows) == sizeof(CreditLine));

enum class Fault : std::int32_t { none, negative_posting, identity, not_a_number };

/// What a fault is about: of a party its index among the parties, of a contract its slot; `market` has no index.
enum class Subject : std::int16_t { market, party, kind, product, region, segment, contract };

struct World {
    std::int32_t t;                      // quarter, 0 is 2024Q1; before the first open_quarter the quarter of the books
    std::int32_t start_t;                // first quarter played
    std::int32_t firm_count;
    std::int32_t next_contract_id;
    std::int32_t capacity_refusals;      // items refused by a full array
    Fault fault;
    std::int32_t fault_where;            // identity number, kind or phase
    Subject fault_about;
    std::int16_t fault_who;              // its index
    std::int64_t fault_value;            // how far off
    std::uint64_t seed;
    // paths (5.1)
    double policy_rate_apr;
    double training_efficiency;          // ET
    double inference_efficiency;         // EI
    double efficiency_noise;             // e
    double adoption_noise;               // ea
    double outside_noise[2];             // log deviation of outside demand, T and I
    double outside_demand_h100e[2];      // a_c of 5.8
    double outside_supply_h100e[2];
    double saturation_growth;            // Z0 over its opening value
    // sentiment and spot
    double sentiment;                    // Sig
    double expected_growth_frac;         // gexp
    double ai_revenue_usd;               // of the last quarter
    double spot_usd_h[2];                // T, I
    double spot_ewma_usd_h[2];
    double spot_i_log_change;            // last log change of the EWMA of spot I
    std::int64_t spot_sold_h100e[2];     // in the last clearing, by firms and the outside
    std::int64_t spot_outside_h100e[2];  // of it bought by the outside
    double frontier_oom[kFrontierLags];  // Atop of this quarter and the four before
    double outside_need_h100e;           // compute of the outside alternative in the last quarter
    double kappa;                        // the fleet's
    double credit_addon_apr;             // z of the last credit clearing
    double credit_supply_usd;            // Scr of this quarter
    Usd credit_asked;                    // in the last clearing, after the cut to room
    Usd credit_filled;                   // venture rounds included
    Usd revolver_debt;                   // of all firms after the last clearing: what is drawn since counts first in the next
    Usd defaulted_debt;                  // of firms that defaulted this quarter
    Usd backlog;                         // take-or-pay left on all live contracts, carried forward (I10)
    std::int64_t opening_money;          // M0
    std::int32_t on_order_chips[kMaxProducts];  // awarded, less what shipped and was cancelled, carried forward (I7)
    Usd balance[kParties][kAccounts];    // debit-positive
    Usd arrears[kMaxFirms][kParties][2]; // owed by a firm to a party: of this quarter, older
    MarketHistory history;
    SegmentState segments[kMaxSegments];
    ProductState products[kMaxProducts];
    RegionState regions[kMaxRegions];
    SupplierState suppliers[kMaxSuppliers];
    Contract contracts[kMaxContracts];
    SupplyAgreement agreements[kMaxAgreements];
    CreditLine credit_lines[kMaxCreditLines];
    Firm firms[kMaxFirms];
};
template <> struct Schema<World> {
    static constexpr auto rows = fields(
        field<&World::t>(Unit::index, "quarter, 0 is 2024Q1"),
        field<&World::start_t>(Unit::index, "first quarter played"),
        field<&World::firm_count>(Unit::count, "firms of the run"),
        field<&World::next_contract_id>(Unit::id, "id of the next contract signed"),
        field<&World::capacity_refusals>(Unit::count, "items refused by a full array; 0 in a valid run"),
        field<&World::fault>(Unit::none, "none, or why the run stopped"),
        field<&World::fault_where>(Unit::none, "identity number or kind"),
        field<&World::fault_about>(Unit::none, "what broke: the market, a party, kind of posting, product, region, segment or contract"),
        field<&World::fault_who>(Unit::index, "its index"),
        field<&World::fault_value>(Unit::none, "how far off"),
        field<&World::seed>(Unit::id, "of the run"),
        field<&World::policy_rate_apr>(Unit::apr, "r_short"),
        field<&World::training_efficiency>(Unit::index, "ET, 1 at 2026Q1"),
        field<&World::inference_efficiency>(Unit::index, "EI, 1 at 2026Q1"),
        field<&World::efficiency_noise>(Unit::none, "e of 5.1"),
        field<&World::adoption_noise>(Unit::none, "ea of 5.1"),
        field<&World::outside_noise>(Unit::none, "log deviation of outside demand, training and inference"),
        field<&World::outside_demand_h100e>(Unit::h100e, "a_c of 5.8, before noise"),
        field<&World::outside_supply_h100e>(Unit::h100e, "outside supply at the reference price"),
        field<&World::saturation_growth>(Unit::ratio, "Z0 over its opening value"),
        field<&World::sentiment>(Unit::index, "Sig of 5.15"),
        field<&World::expected_growth_frac>(Unit::frac, "gexp of 5.15"),
        field<&World::ai_revenue_usd>(Unit::usd, "AI spending of the last quarter, the outside alternative included"),
        field<&World::spot_usd_h>(Unit::usd_h, "last clearing, training and inference"),
        field<&World::spot_ewma_usd_h>(Unit::usd_h, "their EWMA"),
        field<&World::spot_i_log_change>(Unit::frac, "last log change of the inference EWMA"),
        field<&World::spot_sold_h100e>(Unit::h100e, "sold in the last clearing by firms and the outside, training and inference"),
        field<&World::spot_outside_h100e>(Unit::h100e, "of it bought by the outside"),
        field<&World::frontier_oom>(Unit::oom, "Atop now and in the four quarters before"),
        field<&World::outside_need_h100e>(Unit::h100e, "compute of the outside alternative"),
        field<&World::kappa>(Unit::ratio, "inference H100e per training H100e of the fleet"),
        field<&World::credit_addon_apr>(Unit::apr, "add-on that the last credit clearing put on every quote"),
        field<&World::credit_supply_usd>(Unit::usd, "market supply of AI credit of this quarter"),
        field<&World::credit_asked>(Unit::usd, "asked for in the last clearing, after the cut to room"),
        field<&World::credit_filled>(Unit::usd, "lent in it, venture rounds included"),
        field<&World::revolver_debt>(Unit::usd, "of all firms after the last credit clearing"),
        field<&World::defaulted_debt>(Unit::usd, "debt of the firms that defaulted this quarter"),
        field<&World::backlog>(Unit::usd, "take-or-pay left on all live contracts after this quarter, carried forward"),
        field<&World::opening_money>(Unit::usd, "M0, the constant of identity I1"),
        field<&World::on_order_chips>(Unit::chips, "by product: awarded, less what shipped and was cancelled"),
        field<&World::balance>(Unit::usd, "by party and account, debit-positive"),
        field<&World::arrears>(Unit::usd, "owed by firm and creditor: of this quarter, older"),
        field<&World::history>(Unit::none, "what the market knew at the last closes"),
        field<&World::segments>(Unit::none, "enterprise, consumer"),
        field<&World::products>(Unit::none, "by slot"),
        field<&World::regions>(Unit::none, "by region"),
        field<&World::suppliers>(Unit::none, "by supplier slot"),
        field<&World::contracts>(Unit::none, "live capacity contracts"),
        field<&World::agreements>(Unit::none, "supply agreements"),
        field<&World::credit_lines>(Unit::none, "of suppliers to buyers"),
        field<&World::firms>(Unit::none, "by index, sorted by id"));
};
static_assert(covered_bytes(Schema<World>::rows) == sizeof(World), "every field has a row and there is no padding");
static_assert(sizeof(World) <= 144 * 1024, "a world of model.md section 1");
static_assert(sizeof(World) % 8 == 0, "hashed in words");

RACKRACE_HD inline Usd& balance_of(World& world, int party, Account account) { return world.balance[party][static_cast<int>(account)]; }
RACKRACE_HD inline Usd balance_of(const World& world, int party, Account account) { return world.balance[party][static_cast<int>(account)]; }
RACKRACE_HD inline Usd cash_of(const World& world, int party) { return balance_of(world, party, Account::cash); }

/// What broke in a world, by itself.
struct WorldFault {
    Fault kind;
    std::int32_t where;
    Subject about;
    std::int16_t who;
    std::int64_t value;
};

RACKRACE_HD inline WorldFault fault_of(const World& world) { return {world.fault, world.fault_where, world.fault_about, world.fault_who, world.fault_value}; }

}  // namespace rackrace
