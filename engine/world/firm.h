// What a firm is in the state: chips, orders, sites, debt, capability, settings and four quarters of flows. Its money is in World::balance.
#pragma once

#include <cstdint>

#include "engine/base/money.h"
#include "engine/schema/fields.h"
#include "engine/world/capacities.h"

namespace rackrace {

/// Chips of one product that a firm owns. One depreciation group for both, in service and in the warehouse.
struct Holding {
    std::int32_t installed;      // a switched-off chip keeps its place and stays counted here
    std::int32_t warehouse;
    Usd gross;
    Usd depreciation;            // accumulated, >= 0
    std::int16_t unprofitable_q; // quarters in a row in which rent did not cover energy and upkeep
    std::int16_t underused_q;    // quarters in a row under the impairment test
    std::int32_t is_off;         // switched off: no energy, no pool
};
template <> struct Schema<Holding> {
    static constexpr auto rows = fields(
        field<&Holding::installed>(Unit::chips, "in service or switched off in their racks"),
        field<&Holding::warehouse>(Unit::chips, "waiting for powered shell, or for sale"),
        field<&Holding::gross>(Unit::usd, "cost of all chips of the product"),
        field<&Holding::depreciation>(Unit::usd, "accumulated"),
        field<&Holding::unprofitable_q>(Unit::q, "quarters in a row with rent under energy and upkeep (5.6)"),
        field<&Holding::underused_q>(Unit::q, "quarters in a row under the impairment test (5.14)"),
        field<&Holding::is_off>(Unit::flag, "switched off: no energy, no pool"));
};
static_assert(covered_bytes(Schema<Holding>::rows) == sizeof(Holding));

/// Chips on order for one quarter of delivery.
struct ChipOrder {
    std::int32_t chips;
    std::int32_t slipped_q;      // quarters by which output was late
    double price_usd_chip;       // mean award price, the supplier's part
    Usd deposit;                 // paid and held by the supplier
};
template <> struct Schema<ChipOrder> {
    static constexpr auto rows = fields(
        field<&ChipOrder::chips>(Unit::chips, "awarded and not shipped; in slot 0 shipped this quarter and not yet paid"),
        field<&ChipOrder::slipped_q>(Unit::q, "quarters late"),
        field<&ChipOrder::price_usd_chip>(Unit::usd_chip, "mean price of the awards"),
        field<&ChipOrder::deposit>(Unit::usd, "paid, held by the supplier"));
};
static_assert(covered_bytes(Schema<ChipOrder>::rows) == sizeof(ChipOrder));

inline constexpr int kOrderSlots = 3;   // delivery in 0 (shipped, to be paid in P14) to 2 quarters: chip_sale_lag_q is at most 2
inline constexpr int kGridSlots = 4;    // connection in 1 to 4 quarters: grid_works_q is at most 4
inline constexpr int kOnsiteSlots = 11; // in 0 to 10 quarters, the longest on-site lead
inline constexpr int kMaxLeaseQuarters = 400;  // the longest term
inline constexpr int kLeaseSlots = 3;   // start in 1 to 3 quarters: lease_lead_q is at most 3

/// A firm's power and shells in one region.
struct Site {
    std::int32_t shell_kw;                 // IT kW owned
    std::int32_t grid_kw;                  // energised, at the meter
    std::int32_t onsite_kw;                // behind the meter
    std::int32_t lease_kw;                 // IT kW
    std::int32_t won_kw[kGridSlots];       // grid kW that connect in 1 to 4 quarters
    std::uint32_t won_adder_usd_q[kGridSlots];
    std::int32_t onsite_coming_kw[kOnsiteSlots];
    std::int32_t lease_coming_kw[kLeaseSlots];
    std::int16_t lease_coming_term_q[kLeaseSlots];
    std::int16_t lease_left_q;
    // Rule AUCTION: adder owed a quarter, by quarters since connection (owed for 16). Rules QUEUE and PRORATA: kW waiting, by age of
    // the request, the oldest merged in the last. One array for both: a run has one rule.
    std::uint32_t vintage[kMaxCohorts];
    double lease_rent_usd_kw_q;
};
template <> struct Schema<Site> {
    static constexpr auto rows = fields(
        field<&Site::shell_kw>(Unit::it_kw, "owned shells"),
        field<&Site::grid_kw>(Unit::kw, "energised grid power at the meter"),
        field<&Site::onsite_kw>(Unit::kw, "on-site power at the meter"),
        field<&Site::lease_kw>(Unit::it_kw, "leased powered shells"),
        field<&Site::won_kw>(Unit::kw, "grid kW that connect, in 1 to 4 quarters"),
        field<&Site::won_adder_usd_q>(Unit::usd, "their adder a quarter"),
        field<&Site::onsite_coming_kw>(Unit::kw, "on-site kW on order, by quarters ahead"),
        field<&Site::lease_coming_kw>(Unit::it_kw, "leases signed, in 1 to 3 quarters"),
        field<&Site::lease_coming_term_q>(Unit::q, "their terms"),
        field<&Site::lease_left_q>(Unit::q, "quarters left, mean weighted by kW, rounded up"),
        field<&Site::vintage>(Unit::none, "AUCTION: adder in $ a quarter by quarters since connection; else kW waiting by age"),
        field<&Site::lease_rent_usd_kw_q>(Unit::usd_kw_q, "mean rent weighted by kW"));
};
static_assert(covered_bytes(Schema<Site>::rows) == sizeof(Site));

enum class DebtKind : std::uint8_t { none, revolver, bond, convertible, contract_backed, project, vendor };
inline constexpr const char* kDebtKindNames[] = {"none", "revolver", "bond", "convertible", "contract_backed", "project", "vendor"};

struct Tranche {
    DebtKind kind;               // none: the slot is free
    std::uint8_t is_floating;    // rate = r_short + spread
    std::uint8_t is_amortising;  // equal parts over the quarters left, else at the end
    std::uint8_t is_secured;
    std::int16_t left_q;
    std::uint8_t age_q;          // quarters since signing: covenants are tested from the fifth on
    std::uint8_t lender;         // 0 the investor, else 1 + slot of the supplier
    Usd principal;
    double rate_apr;             // fixed rate, or spread over r_short where floating
    double conversion_price;     // of a share, in $ with one share at the start; 0 where none. It converts into principal / price shares
};
template <> struct Schema<Tranche> {
    static constexpr auto rows = fields(
        field<&Tranche::kind>(Unit::none, "none, revolver, bond, convertible, contract_backed, project, vendor"),
        field<&Tranche::is_floating>(Unit::flag, "rate is r_short + rate_apr"),
        field<&Tranche::is_amortising>(Unit::flag, "repaid in equal parts"),
        field<&Tranche::is_secured>(Unit::flag, "on contracts, chips or sites"),
        field<&Tranche::left_q>(Unit::q, "quarters to maturity"),
        field<&Tranche::age_q>(Unit::q, "quarters since signing"),
        field<&Tranche::lender>(Unit::index, "0 the investor, else 1 + slot of the supplier"),
        field<&Tranche::principal>(Unit::usd, "outstanding"),
        field<&Tranche::rate_apr>(Unit::apr, "fixed rate or spread"),
        field<&Tranche::conversion_price>(Unit::usd, "converts at maturity above it, into principal / price shares"));
};
static_assert(covered_bytes(Schema<Tranche>::rows) == sizeof(Tranche));

/// A site in building that a firm started in the game (the opening pipeline is a schedule of the scenario).
struct Project {
    std::int16_t region;
    std::int16_t left_q;
    std::int16_t total_q;
    std::int16_t stands_still;   // slipped or slowed this quarter: no instalment
    std::int32_t kw;             // IT kW, 0: the slot is free
    std::int32_t slipped_q;
    Usd cost;
    Usd spent;
};
template <> struct Schema<Project> {
    static constexpr auto rows = fields(
        field<&Project::region>(Unit::index, "where"),
        field<&Project::left_q>(Unit::q, "quarters to completion"),
        field<&Project::total_q>(Unit::q, "whole building time without slips"),
        field<&Project::stands_still>(Unit::flag, "slipped or slowed this quarter"),
        field<&Project::kw>(Unit::it_kw, "0 where the slot is free"),
        field<&Project::slipped_q>(Unit::q, "quarters lost by chance"),
        field<&Project::cost>(Unit::usd, "whole cost"),
        field<&Project::spent>(Unit::usd, "instalments paid"));
};
static_assert(covered_bytes(Schema<Project>::rows) == sizeof(Project));

inline constexpr int kHistoryQuarters = 4;

/// Flows of one quarter that later rules read; index 0 is the last quarter.
struct Flows {
    Usd revenue, ebitda_ai, ebitda_core, net_outflow, takeorpay_receipts, interest, payout, tax, economic_depreciation, capex,
        ai_revenue, contract_premium;
};
template <> struct Schema<Flows> {
    static constexpr auto rows = fields(
        field<&Flows::revenue>(Unit::usd, "core, AI, contract, spot and chip sales"),
        field<&Flows::ebitda_ai>(Unit::usd, "flows of class ai in the table of kinds"),
        field<&Flows::ebitda_core>(Unit::usd, "core receipts, net of core costs"),
        field<&Flows::net_outflow>(Unit::usd, "cash paid less received before financing; negative is an inflow"),
        field<&Flows::takeorpay_receipts>(Unit::usd, "take-or-pay part of contract bills received"),
        field<&Flows::interest>(Unit::usd, "interest and fees paid"),
        field<&Flows::payout>(Unit::usd, "paid out to owners"),
        field<&Flows::tax>(Unit::usd, "tax paid"),
        field<&Flows::economic_depreciation>(Unit::usd, "fall of the resale value of chips held, at least the book's"),
        field<&Flows::capex>(Unit::usd, "cash into chips, systems, sites, plant and their deposits"),
        field<&Flows::ai_revenue>(Unit::usd, "from own AI products"),
        field<&Flows::contract_premium>(Unit::usd, "contract receipts less payments, less the same hours at the spot EWMA"));
};
static_assert(covered_bytes(Schema<Flows>::rows) == sizeof(Flows));

// overdue: arrears two quarters old, which are a default (5.13)
enum class FirmStatus : std::int32_t { absent, healthy, in_arrears, overdue, chapter_11, liquidated, acquired };
inline constexpr const char* kFirmStatusNames[] = {"absent", "healthy", "in_arrears", "overdue", "chapter_11", "liquidated", "acquired"};

struct Firm {
    Role role;
    FirmStatus status;
    double shares;               // 1 at the start
    double own_frac;             // share of the company still held by the owners of the first quarter
    Usd loss_carryforward;
    double core_cash_usd_q;      // before AI uplift, tax and interest
    double core_revenue_usd_q;
    double staff_usd_q;
    // capability
    double capability_oom;       // released
    double next_capability_oom;  // trained, released next quarter
    double effective_compute_h100e_q;
    double know_how;
    // product, by segment
    double price_usd_task[kMaxSegments];
    double served_frac[kMaxSegments];
    double preference[kMaxSegments];
    std::int32_t share_ppb[kMaxSegments]; // share in 1e-9, so that shares sum to 1 exactly
    // settings (levers that keep their value)
    double train_frac;
    double core_use_frac;
    double segment_priority_frac;
    double oversell_ratio;
    double payout_frac;
    std::int32_t serves_training_first;
    std::uint32_t design_off;                       // bit by product: captive lines whose design cost is not paid
    // standing and credit
    double reliability_frac;
    double loyalty_frac[kMaxSuppliers];
    double award_mean_it_kw[kMaxSuppliers];
    double ebitda_forward_usd;
    double leverage_ratio;
    double coverage_ratio;
    double concentration;
    double default_probability_apr;
    double equity_value_usd;
    double news_factor;
    double value_usd;            // owners' value so far and to come (7)
    double terminal_value_usd;   // of it what is to come, undiscounted and for all shares (TVE)
    double discounted_payouts_usd;
    Usd revolver_limit;
    Usd undrawn_contract_backed; // signed, drawn by chip balances
    Usd undrawn_project;         // signed, drawn by building instalments
    double contract_backed_margin_apr;  // of the undrawn lines over the policy rate, weighted where several were signed
    double project_margin_apr;
    std::int16_t contract_backed_term_q;
    std::int16_t project_term_q;
    std::int16_t breach_q;       // quarters in a row in which a covenant was broken
    std::int16_t missed_coupons; // of unsecured debt, in a row
    std::int16_t estate_q;       // quarters since the default, 0 without one
    std::int16_t venture_t;      // of the last venture round, -1 before
    std::int16_t accelerated;    // lenders called all debt: it is due
    std::int16_t rating;
    std::int16_t binding;        // Binding of the last quarter
    std::int16_t was_money_bound;  // a bid was cut by buying power this quarter
    std::int16_t was_chip_bound;   // a bid at or above the reserve went unfilled this quarter
    std::int16_t taken_by;         // 0, or 1 + the firm that acquired it
    Usd cash_costs;              // of the last quarter: operating cost, interest and tax paid
    // compute of the quarter, by generation (I9)
    std::int32_t pool_h100e[kMaxGenerations];
    std::int32_t received_h100e[kMaxGenerations];   // by contract
    std::int32_t delivered_h100e[kMaxGenerations];
    std::int32_t used_h100e[kMaxGenerations];       // own use: training, inference, core
    std::int32_t sold_spot_h100e[kMaxGenerations];
    std::int32_t idle_h100e[kMaxGenerations];
    double kappa[kMaxGenerations];                  // summed perfI over summed perfT of the pool
    std::int32_t spot_bought_t_h100e;
    std::int32_t spot_bought_i_h100e;
    std::int32_t spot_idle_t_h100e;                 // bought and not used: outside the generations
    std::int32_t spot_idle_i_h100e;
    std::int32_t training_h100e;
    std::int32_t core_h100e_i;
    double energy_price_usd_mwh;                    // of the last quarter, by its regions
    double load_kw;                                 // at the rack, last quarter
    Flows history[kHistoryQuarters];
    Holding holdings[kMaxProducts];
    ChipOrder orders[kMaxProducts][kOrderSlots];
    Site sites[kMaxRegions];
    Tranche debt[kMaxTranches];
    Project projects[kMaxProjects];
};
template <> struct Schema<Firm> {
    static constexpr auto rows = fields(
        field<&Firm::role>(Unit::none, "hyperscaler, neocloud, lab or supplier"),
        field<&Firm::status>(Unit::none, "absent, healthy, in_arrears, overdue (arrears two quarters old), chapter_11, liquidated or acquired"),
        field<&Firm::shares>(Unit::count, "1 at the start"),
        field<&Firm::own_frac>(Unit::frac, "1/shares"),
        field<&Firm::loss_carryforward>(Unit::usd, "tax losses left"),
        field<&Firm::core_cash_usd_q>(Unit::usd, "core cash of a quarter before AI uplift, interest and tax"),
        field<&Firm::core_revenue_usd_q>(Unit::usd, "core revenue of a quarter"),
        field<&Firm::staff_usd_q>(Unit::usd, "fixed part of running cost"),
        field<&Firm::capability_oom>(Unit::oom, "A, released"),
        field<&Firm::next_capability_oom>(Unit::oom, "A* of the last quarter, released next"),
        field<&Firm::effective_compute_h100e_q>(Unit::h100e_q, "X of 5.10"),
        field<&Firm::know_how>(Unit::none, "K of 5.10"),
        field<&Firm::price_usd_task>(Unit::usd_task, "by segment"),
        field<&Firm::served_frac>(Unit::frac, "served over asked, by segment"),
        field<&Firm::preference>(Unit::none, "xi of 5.9"),
        field<&Firm::share_ppb>(Unit::count, "share of the segment in 1e-9"),
        field<&Firm::train_frac>(Unit::frac, "share of class T that trains"),
        field<&Firm::core_use_frac>(Unit::frac, "share of own compute that serves the core"),
        field<&Firm::segment_priority_frac>(Unit::frac, "part of enterprise when short"),
        field<&Firm::oversell_ratio>(Unit::ratio, "contracts offered over capacity"),
        field<&Firm::payout_frac>(Unit::frac, "of free cash flow"),
        field<&Firm::serves_training_first>(Unit::flag, "training before inference"),
        field<&Firm::design_off>(Unit::none, "captive lines whose design cost is not paid, bit by product"),
        field<&Firm::reliability_frac>(Unit::frac, "rel of 5.7"),
        field<&Firm::loyalty_frac>(Unit::frac, "to each supplier, 5.3"),
        field<&Firm::award_mean_it_kw>(Unit::it_kw, "mean IT kW of the awards of 4 quarters, by supplier"),
        field<&Firm::ebitda_forward_usd>(Unit::usd_year, "EBITDA_fwd of 5.11"),
        field<&Firm::leverage_ratio>(Unit::ratio, "L of 5.11"),
        field<&Firm::coverage_ratio>(Unit::ratio, "C of 5.11"),
        field<&Firm::concentration>(Unit::none, "HHI of the backlog's customers"),
        field<&Firm::default_probability_apr>(Unit::apr, "PD of 5.11"),
        field<&Firm::equity_value_usd>(Unit::usd, "E of 5.15"),
        field<&Firm::news_factor>(Unit::ratio, "halves its distance to 1 each quarter"),
        field<&Firm::value_usd>(Unit::usd, "owners' value U of section 7, were the run to end now"),
        field<&Firm::terminal_value_usd>(Unit::usd, "TVE of section 7: what all shares would bring, were the run to end now"),
        field<&Firm::discounted_payouts_usd>(Unit::usd, "first part of U"),
        field<&Firm::revolver_limit>(Unit::usd, "REV of 5.11"),
        field<&Firm::undrawn_contract_backed>(Unit::usd, "signed ABL money not drawn"),
        field<&Firm::undrawn_project>(Unit::usd, "signed PROJ money not drawn"),
        field<&Firm::contract_backed_margin_apr>(Unit::apr, "of undrawn ABL money over the policy rate"),
        field<&Firm::project_margin_apr>(Unit::apr, "of undrawn PROJ money over the policy rate"),
        field<&Firm::contract_backed_term_q>(Unit::q, "of undrawn ABL money"),
        field<&Firm::project_term_q>(Unit::q, "of undrawn PROJ money"),
        field<&Firm::breach_q>(Unit::q, "in a row in which a covenant was broken"),
        field<&Firm::missed_coupons>(Unit::count, "of unsecured debt, in a row; unpaid secured debt counts as all that make a default"),
        field<&Firm::estate_q>(Unit::q, "since the default, 0 without one; of a liquidated firm it counts on until its estate is wound up"),
        field<&Firm::venture_t>(Unit::index, "quarter of the last venture round, -1 before"),
        field<&Firm::accelerated>(Unit::flag, "lenders called all debt"),
        field<&Firm::rating>(Unit::rating, "1 best to 10"),
        field<&Firm::binding>(Unit::none, "what bound the firm in the last quarter: demand, power, shell, money, chips"),
        field<&Firm::was_money_bound>(Unit::flag, "a bid was cut by buying power this quarter"),
        field<&Firm::was_chip_bound>(Unit::flag, "a bid at or above the reserve went unfilled this quarter"),
        field<&Firm::taken_by>(Unit::none, "0, or 1 + index of the firm that acquired it"),
        field<&Firm::cash_costs>(Unit::usd, "operating cost, interest and tax paid in the last quarter"),
        field<&Firm::pool_h100e>(Unit::h100e, "own compute by generation"),
        field<&Firm::received_h100e>(Unit::h100e, "by contract"),
        field<&Firm::delivered_h100e>(Unit::h100e, "to contracts"),
        field<&Firm::used_h100e>(Unit::h100e, "training, inference and core"),
        field<&Firm::sold_spot_h100e>(Unit::h100e, "spot"),
        field<&Firm::idle_h100e>(Unit::h100e, "not used and not sold"),
        field<&Firm::kappa>(Unit::ratio, "inference H100e per training H100e of the pool"),
        field<&Firm::spot_bought_t_h100e>(Unit::h100e, "spot T"),
        field<&Firm::spot_bought_i_h100e>(Unit::h100e, "spot I"),
        field<&Firm::spot_idle_t_h100e>(Unit::h100e, "of spot T, not used"),
        field<&Firm::spot_idle_i_h100e>(Unit::h100e, "of spot I, not used"),
        field<&Firm::training_h100e>(Unit::h100e, "H_train of 5.10"),
        field<&Firm::core_h100e_i>(Unit::h100e, "Z of 5.9 before its capability factor"),
        field<&Firm::energy_price_usd_mwh>(Unit::usd_mwh, "mean over its regions weighted by usable kW"),
        field<&Firm::load_kw>(Unit::it_kw, "mean draw at the rack"),
        field<&Firm::history>(Unit::none, "flows of the last four quarters, the latest first"),
        field<&Firm::holdings>(Unit::none, "chips by product"),
        field<&Firm::orders>(Unit::none, "chips on order by product and quarters to delivery"),
        field<&Firm::sites>(Unit::none, "power and shells by region"),
        field<&Firm::debt>(Unit::none, "tranches"),
        field<&Firm::projects>(Unit::none, "sites in building"));
};
static_assert(covered_bytes(Schema<Firm>::rows) == sizeof(Firm));

/// Whether a firm takes part in markets: false once it was liquidated or acquired. An absent slot has nothing, so no rule need skip it.
RACKRACE_HD inline bool is_active(const Firm& firm) { return firm.status != FirmStatus::liquidated && firm.status != FirmStatus::acquired; }

/// In chapter 11 or being wound up: what it owes from before waits for the estate, nobody lends to it.
RACKRACE_HD inline bool is_bankrupt(const Firm& firm) { return firm.status == FirmStatus::chapter_11 || firm.status == FirmStatus::liquidated; }

/// Whether a firm may sign, borrow, lend and issue: it is there, and no estate.
RACKRACE_HD inline bool may_deal(const Firm& firm) { return firm.status != FirmStatus::absent && is_active(firm) && !is_bankrupt(firm); }

/// Whether a firm has chips of a product on order, those that shipped and wait for payment among them.
RACKRACE_HD inline bool has_orders(const Firm& firm, int product) {
    const ChipOrder(&orders)[kOrderSlots] = firm.orders[product];
    return (orders[0].chips | orders[1].chips | orders[2].chips) != 0;
}

}  // namespace rackrace
