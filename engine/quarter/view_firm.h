// What one firm may see beside the market: obs.me and the lists of obs. Members are named and nested as scripts see them (view_market.h);
// a field that the firm's role does not see is 0, and a list it does not see is empty.
#pragma once

#include "engine/world/world.h"

namespace rackrace {

struct FleetView {
    std::int32_t product;
    std::int32_t gen;
    std::int32_t chips;
    std::int32_t waiting_chips;
    std::int32_t ordered_chips;
    std::int32_t age_q;
    double mh;
    double book_musd;
    double resale_musd;
};
template <> struct Schema<FleetView> {
    static constexpr auto rows =
        fields(field<&FleetView::product>(Unit::product_id, kOwners, Moment::call, "the product, as in market.products"),
               field<&FleetView::gen>(Unit::index, kOwners, Moment::fixed, "its generation"),
               field<&FleetView::chips>(Unit::chips, kOwners, Moment::call, "installed, switched-off ones included"),
               field<&FleetView::waiting_chips>(Unit::chips, kOwners, Moment::call, "in the warehouse, without powered shell"),
               field<&FleetView::ordered_chips>(Unit::chips, kOwners, Moment::call, "awarded and not shipped: orders of the next quarters summed"),
               field<&FleetView::age_q>(Unit::q, kOwners, Moment::last_quarter,
                                        "mean age by the books: accumulated depreciation/cost x chip life, rounded; 0 without cost"),
               field<&FleetView::mh>(Unit::mh, kOwners, Moment::call, "chips x perf_t_chip x uptime of the role x HQ/1e6, 0 if switched off"),
               field<&FleetView::book_musd>(Unit::musd, kOwners, Moment::call, "(cost - accumulated depreciation)/1e6, in service and waiting"),
               field<&FleetView::resale_musd>(Unit::musd, kOwners, Moment::call, "(chips + waiting_chips) x resale_usd_chip/1e6"));
};
static_assert(covered_bytes(Schema<FleetView>::rows) == sizeof(FleetView));

struct SiteView {
    double shell_mw;
    double leased_mw;
    double lease_coming_mw;
    double grid_mw;
    double onsite_grid_mw;
    double queued_grid_mw;
};
template <> struct Schema<SiteView> {
    static constexpr auto rows =
        fields(field<&SiteView::shell_mw>(Unit::mw, kOwners, Moment::call, "owned shells: IT kW/1000"),
               field<&SiteView::leased_mw>(Unit::mw, kOwners, Moment::call, "leased powered shells that have begun: IT kW/1000"),
               field<&SiteView::lease_coming_mw>(Unit::mw, kOwners, Moment::call, "leases signed that begin in 1 to 3 quarters: IT kW/1000"),
               field<&SiteView::grid_mw>(Unit::grid_mw, kOwners, Moment::call, "energised grid power at the meter: kW/1000"),
               field<&SiteView::onsite_grid_mw>(Unit::grid_mw, kOwners, Moment::call, "on-site plant that runs, at the meter: kW/1000"),
               field<&SiteView::queued_grid_mw>(Unit::grid_mw, kOwners, Moment::call,
                                                "grid power awarded or queued and not yet connected, the opening schedule's included: kW/1000"));
};
static_assert(covered_bytes(Schema<SiteView>::rows) == sizeof(SiteView));

struct LineView {
    std::int32_t product;
    std::int32_t available_chips;
    std::int32_t ordered_chips;
    std::int32_t backlog_chips;
    std::int32_t wafer_lead_q;
    std::int32_t wafer_run_rate;
    double price_usd_chip;
    double unit_cost_usd_chip;
    double yield_frac;
};
template <> struct Schema<LineView> {
    static constexpr auto rows =
        fields(field<&LineView::product>(Unit::product_id, kSuppliers, Moment::call, "the product, as in market.products"),
               field<&LineView::available_chips>(Unit::chips, kSuppliers, Moment::last_quarter, "on sale in the last sale"),
               field<&LineView::ordered_chips>(Unit::chips, kSuppliers, Moment::last_quarter, "asked for at or above the reserve in the last sale"),
               field<&LineView::backlog_chips>(Unit::chips, kSuppliers, Moment::call,
                                               "awarded and not shipped: orders of all firms for the next quarters summed"),
               field<&LineView::wafer_lead_q>(Unit::q, kSuppliers, Moment::fixed, "from order_wafers to chips: wafer_lead_q of 5.2"),
               field<&LineView::wafer_run_rate>(Unit::wafers, kSuppliers, Moment::call,
                                                "a quarter: wafers of the product in the latest quarter of output already allotted"),
               field<&LineView::price_usd_chip>(Unit::usd_chip, kSuppliers, Moment::call,
                                                "list x multiplier: the reserve of an auction, the posted price else"),
               field<&LineView::unit_cost_usd_chip>(Unit::usd_chip, kSuppliers, Moment::fixed, "c_p: paid to the foundry for a chip, wafer included"),
               field<&LineView::yield_frac>(Unit::frac, kSuppliers, Moment::call,
                                            "packages that work: y1 - (y1 - y0) e^(-age/learning), age since first output"));
};
static_assert(covered_bytes(Schema<LineView>::rows) == sizeof(LineView));

inline constexpr int kPowerAhead = 4;
inline constexpr int kWafersAhead = 3;
static_assert(kPowerAhead <= kGridSlots && kWafersAhead < kWaferSlots);

/// obs.me.
struct MeView {
    // every role
    double cash_musd;
    double debt_musd;
    double equity_musd;
    double value_musd;
    double issue_value_musd;
    double ebitda_musd;
    double interest_musd;
    double capex_musd;
    double burn_musd;
    double headroom_frac;
    double collateral_musd;
    double credit_limit_musd;
    // owners of compute
    double capacity_mh;
    double contracted_mh;
    double rented_mh;
    double used_mh;
    double arriving_mh;
    double unit_cost_usd_h;
    double cash_cost_usd_h;
    double power_mw;
    double power_free_mw;
    double power_coming_mw[kPowerAhead];
    // hyperscaler and lab
    double demand_mh;
    double train_mh;
    double capability;
    double share_frac[kMaxSegments];
    double served_frac[kMaxSegments];
    double price_usd_task[kMaxSegments];
    double core_mh;  // hyperscaler
    // neocloud
    double takeorpay_musd;
    double backlog_q;
    double top_client_frac;
    double receivables_musd;  // supplier
    FleetView fleet[kMaxProducts];
    SiteView sites[kMaxRegions];
    LineView lines[kMaxProducts];
    std::int32_t id;
    std::int32_t rating;
    std::int32_t fleet_count;
    std::int32_t sites_count;
    std::int32_t lines_count;
    std::int32_t wafers_allotted[kWafersAhead];
};
template <> struct Schema<MeView> {
    static constexpr auto rows = fields(
        field<&MeView::cash_musd>(Unit::musd, kAllRoles, Moment::call, "cash in hand: cash/1e6"),
        field<&MeView::debt_musd>(Unit::musd, kAllRoles, Moment::call, "principal of all loans/1e6; unpaid bills are not in it"),
        field<&MeView::equity_musd>(Unit::musd, kAllRoles, Moment::call, "book equity: (assets - liabilities)/1e6 = paid in and retained"),
        field<&MeView::value_musd>(Unit::musd, kAllRoles, Moment::last_quarter, "E/1e6: what the market gives for all shares (5.15)"),
        field<&MeView::issue_value_musd>(Unit::musd, kAllRoles, Moment::call,
                                         "what new shares, or a lab's round, are sold on: the lesser of E (a lab: 14 x 4 x AI revenue of last quarter e^(1.2 Sig)) and the largest of TVE of "
                                         "the last close, book equity of now and a tenth of E, /1e6; a quarter brings at most a tenth of it, a round 15 % (5.11)"),
        field<&MeView::ebitda_musd>(Unit::musd, kAllRoles, Moment::last_quarter, "a quarter: flows of classes core and ai/1e6"),
        field<&MeView::interest_musd>(Unit::musd, kAllRoles, Moment::last_quarter, "a quarter: interest and fees paid/1e6"),
        field<&MeView::capex_musd>(Unit::musd, kAllRoles, Moment::last_quarter,
                                   "a quarter: cash into chips, systems, sites, plant and deposits on them, less sales of them/1e6"),
        field<&MeView::burn_musd>(Unit::musd, kAllRoles, Moment::last_quarter, "a quarter: max(0, cash paid - cash received, before financing)/1e6"),
        field<&MeView::headroom_frac>(Unit::frac, kAllRoles, Moment::call,
                                      "smallest headroom_frac of my loans; 1 without a covenant that is tested yet, below 0 is breach"),
        field<&MeView::collateral_musd>(Unit::musd, kAllRoles, Moment::call,
                                        "max(0, chips x resale_usd_chip + 0.6 x book of owned sites - principal of secured loans)/1e6"),
        field<&MeView::credit_limit_musd>(
            Unit::musd, kAllRoles, Moment::call,
            "the largest bond whose quote after issue is at most 18 %, inside Lmax (a lab that earns nothing: runway PD at most 12 %) and use of proceeds, by "
            "EBITDA_fwd of the last close and cash and debt of now, were nobody else to ask; for a neocloud the borrowing base less contract-backed debt, drawn and "
            "signed, if larger (5.11)/1e6"),
        field<&MeView::capacity_mh>(Unit::mh, kOwners, Moment::call,
                                    "own compute this quarter: sum over generations of floor(sum of chips x perf_t_chip x uptime), x HQ/1e6"),
        field<&MeView::contracted_mh>(
            Unit::mh, kOwners, Moment::call,
            "sold forward: what my contracts owe in the quarter in which a chip ordered now arrives, ramps included, x HQ/1e6"),
        field<&MeView::rented_mh>(Unit::mh, kOwners, Moment::call, "rented in: what contracts owe me this quarter, x HQ/1e6"),
        field<&MeView::used_mh>(Unit::mh, kOwners, Moment::last_quarter,
                                "delivered to contracts, sold spot or used for training, inference and core, x HQ/1e6"),
        field<&MeView::arriving_mh>(Unit::mh, kOwners, Moment::ahead,
                                    "chips ordered that arrive within the lead time of a new order x perf_t_chip x uptime x HQ/1e6"),
        field<&MeView::unit_cost_usd_h>(
            Unit::usd_h, kOwners, Moment::call,
            "cash_cost_usd_h + straight-line depreciation of chips, sites and plant of a quarter/(capacity x HQ); 0 without capacity"),
        field<&MeView::cash_cost_usd_h>(
            Unit::usd_h, kOwners, Moment::call,
            "(energy at full load with its minimum take + adders + rent + upkeep of a quarter)/(capacity x HQ); 0 without capacity"),
        field<&MeView::power_mw>(Unit::mw, kOwners, Moment::call,
                                 "IT load that can run: sum over regions of min(shell + leased, floor((grid + on-site)/PUE))/1000"),
        field<&MeView::power_free_mw>(Unit::mw, kOwners, Moment::call, "max(0, power_mw - kW of installed chips/1000), switched-off ones included"),
        field<&MeView::power_coming_mw>(
            Unit::mw, kOwners, Moment::ahead,
            "by quarter ahead, 1 = the next: rise of power_mw in it from kW won, plant, leases, sites in building and the opening "
            "schedule; below 0 where a lease ends"),
        field<&MeView::demand_mh>(
            Unit::mh, kProductSellers, Moment::call,
            "own customers and models: sum over segments of need/kappa + train x own class T compute (contracts bought and sold counted); need = "
            "Q share min(1, (p/pbar)^e) e^(chi (A - Atop))/(EI HQ umax), Q of last quarter, "
            "x HQ/1e6; kappa: perfI/perfT of own chips, without any of what it rents, else of the fleet"),
        field<&MeView::train_mh>(Unit::mh, kProductSellers, Moment::last_quarter, "H_train x HQ/1e6"),
        field<&MeView::capability>(Unit::oom, kProductSellers, Moment::call,
                                   "A, released: powers of ten of effective compute, 0 = frontier at 2026Q1 (5.10)"),
        field<&MeView::share_frac>(Unit::frac, kProductSellers, Moment::last_quarter, "by segment, 1 enterprise, 2 consumer: share of its customers (5.9)"),
        field<&MeView::served_frac>(Unit::frac, kProductSellers, Moment::last_quarter,
                                    "by segment: served over asked task-units, split by set_priority; 1 without need"),
        field<&MeView::price_usd_task>(Unit::usd_task, kProductSellers, Moment::last_quarter, "by segment: own price, as last set"),
        field<&MeView::core_mh>(Unit::mh, kHyperscalers, Moment::last_quarter, "compute used inside the core business: Z/kappa, x HQ/1e6"),
        field<&MeView::takeorpay_musd>(Unit::musd, kNeoclouds, Moment::call,
                                       "take-or-pay money still to come: sum over contracts sold and quarters left, this one "
                                       "included, of price x HQ x tau x owed H100e, /1e6"),
        field<&MeView::backlog_q>(Unit::q, kNeoclouds, Moment::call, "mean of the quarters left of contracts sold, weighted by that money, rounded"),
        field<&MeView::top_client_frac>(
            Unit::frac, kNeoclouds, Moment::call,
            "largest buyer's part of contracted revenue this quarter, price x owed H100e; the outside counts as one; 0 without"),
        field<&MeView::receivables_musd>(Unit::musd, kSuppliers, Moment::call, "bills that buyers have not paid/1e6"),
        field<&MeView::fleet>(Unit::none, kOwners, Moment::call, "products of which the firm has or has ordered chips, in id order"),
        field<&MeView::sites>(Unit::none, kOwners, Moment::call, "by region, in the order of market.regions"),
        field<&MeView::lines>(
            Unit::none, kSuppliers, Moment::call,
            "own products that sell or can sell when wafers ordered now come out: first_t <= t + wafer_lead_q, t <= last_t; in id order"),
        field<&MeView::id>(Unit::firm_id, kAllRoles, Moment::fixed, "this firm: its place among the firms, which are sorted by id"),
        field<&MeView::rating>(Unit::rating, kAllRoles, Moment::last_quarter, "1 best to 10: band of PD (5.11)"),
        field<&MeView::fleet_count>(Unit::count, kOwners, Moment::call, "length of fleet: products held or ordered"),
        field<&MeView::sites_count>(Unit::count, kOwners, Moment::fixed, "length of sites: the number of regions"),
        field<&MeView::lines_count>(Unit::count, kSuppliers, Moment::call, "length of lines"),
        field<&MeView::wafers_allotted>(Unit::wafers, kSuppliers, Moment::ahead,
                                        "by quarter ahead, 1 = the next: packaging wafers allotted for output in it (5.2)"));
};
static_assert(covered_bytes(Schema<MeView>::rows) == sizeof(MeView));

struct RivalView {
    std::int32_t id;
    std::int32_t role;
    std::int32_t rating;
    std::int32_t distressed;
    double cash_musd;
    double debt_musd;
    double capacity_mh;
    double share_frac;
    double capex_musd;
};
template <> struct Schema<RivalView> {
    static constexpr auto rows = fields(
        field<&RivalView::id>(Unit::firm_id, kAllRoles, Moment::fixed, "the firm"),
        field<&RivalView::role>(Unit::role_name, kAllRoles, Moment::fixed, "hyperscaler, neocloud, lab or supplier"),
        field<&RivalView::rating>(Unit::rating, kAllRoles, Moment::last_quarter, "1 best to 10: band of PD (5.11)"),
        field<&RivalView::distressed>(Unit::flag, kAllRoles, Moment::last_quarter, "its status at the last close is not healthy"),
        field<&RivalView::cash_musd>(Unit::musd, kAllRoles, Moment::last_quarter, "published cash of the last close, whole M$"),
        field<&RivalView::debt_musd>(Unit::musd, kAllRoles, Moment::last_quarter, "published principal of all loans at the last close, whole M$"),
        field<&RivalView::capacity_mh>(Unit::mh, kAllRoles, Moment::last_quarter, "sum of its pools of last quarter x HQ/1e6"),
        field<&RivalView::share_frac>(Unit::frac, kAllRoles, Moment::last_quarter,
                                      "its AI revenue/AI spending of the whole market, the outside alternative included"),
        field<&RivalView::capex_musd>(Unit::musd, kAllRoles, Moment::last_quarter, "a quarter: as me.capex_musd"));
};
static_assert(covered_bytes(Schema<RivalView>::rows) == sizeof(RivalView));

struct ContractView {
    std::int32_t id;
    std::int32_t with;
    std::int32_t selling;
    std::int32_t gen;
    double mh;
    double usd_h;
    double left_q;
    double takeorpay_frac;
    double break_musd;
};
template <> struct Schema<ContractView> {
    static constexpr auto rows = fields(
        field<&ContractView::id>(Unit::contract_id, kOwners, Moment::fixed, "the contract: its number in order of signing"),
        field<&ContractView::with>(Unit::firm_id, kOwners, Moment::fixed, "the other side; an outside buyer has the id of no firm"),
        field<&ContractView::selling>(Unit::flag, kOwners, Moment::fixed, "true: I deliver, false: I rent"),
        field<&ContractView::gen>(Unit::index, kOwners, Moment::fixed, "served by this chip generation or a newer one"),
        field<&ContractView::mh>(Unit::mh, kOwners, Moment::call, "a quarter after the ramp: quantity x HQ/1e6"),
        field<&ContractView::usd_h>(Unit::usd_h, kOwners, Moment::call, "price of an hour of H100e of training"),
        field<&ContractView::left_q>(Unit::q, kOwners, Moment::call, "quarters to its end, this one included: end_t - t + 1"),
        field<&ContractView::takeorpay_frac>(Unit::frac, kOwners, Moment::fixed, "tau: part of what is delivered that is paid whether used or not"),
        field<&ContractView::break_musd>(
            Unit::musd, kOwners, Moment::call,
            "the buyer's fee for ending it now: enf xT tau price quantity HQ x annuity of left_q at the present-value rate, /1e6 (5.7)"));
};
static_assert(covered_bytes(Schema<ContractView>::rows) == sizeof(ContractView));

struct ProjectView {
    std::int32_t id;
    std::int32_t region;
    double mw;
    double left_q;
    double spent_musd;
};
template <> struct Schema<ProjectView> {
    static constexpr auto rows = fields(field<&ProjectView::id>(Unit::project_id, kOwners, Moment::fixed, "the site in building: its slot"),
                                        field<&ProjectView::region>(Unit::region_id, kOwners, Moment::fixed, "where"),
                                        field<&ProjectView::mw>(Unit::mw, kOwners, Moment::fixed, "IT kW/1000"),
                                        field<&ProjectView::left_q>(Unit::q, kOwners, Moment::call, "to completion, if it does not slip"),
                                        field<&ProjectView::spent_musd>(Unit::musd, kOwners, Moment::call, "instalments paid/1e6"));
};
static_assert(covered_bytes(Schema<ProjectView>::rows) == sizeof(ProjectView));

struct LoanView {
    std::int32_t id;
    std::int32_t kind;
    double musd;
    double apr;
    double left_q;
    double headroom_frac;
};
template <> struct Schema<LoanView> {
    static constexpr auto rows =
        fields(field<&LoanView::id>(Unit::loan_id, kAllRoles, Moment::fixed, "the loan: its slot"),
               field<&LoanView::kind>(Unit::kind_name, kAllRoles, Moment::fixed, "revolver, bond, convertible, contract_backed, project or vendor"),
               field<&LoanView::musd>(Unit::musd, kAllRoles, Moment::call, "principal/1e6"),
               field<&LoanView::apr>(Unit::apr, kAllRoles, Moment::call, "fixed rate, of a floating loan r_short + spread; 2 points more for a loan with covenants while one is broken"),
               field<&LoanView::left_q>(Unit::q, kAllRoles, Moment::call, "quarters to maturity; 0 for a revolver, which has none"),
               field<&LoanView::headroom_frac>(
                   Unit::frac, kAllRoles, Moment::call,
                   "from the fifth quarter of a bond or a secured loan on the smallest of cash/minCash - 1, for a neocloud 1 - L/7 (from the ninth quarter on 1 - L/6), for a "
                   "contract-backed loan DSCR/1.2 - 1; 1 before and for other loans. minCash: half of last quarter's cash costs; L of the last close; DSCR: 0.6 x take-or-pay "
                   "received last quarter over interest and amortisation of the next settlement on contract-backed loans"));
};
static_assert(covered_bytes(Schema<LoanView>::rows) == sizeof(LoanView));

struct SupplyView {
    std::int32_t id;
    std::int32_t from;
    std::int32_t product;
    std::int32_t tenor_q;
    double chips;
    double discount_frac;
};
template <> struct Schema<SupplyView> {
    static constexpr auto rows = fields(
        field<&SupplyView::id>(Unit::agreement_id, kOwners, Moment::stage_b, "the agreement offered: its slot"),
        field<&SupplyView::from>(Unit::firm_id, kOwners, Moment::stage_b, "the supplier"),
        field<&SupplyView::product>(Unit::product_id, kOwners, Moment::stage_b, "what it delivers; for its newest line the newest on sale now"),
        field<&SupplyView::tenor_q>(Unit::q, kOwners, Moment::stage_b, "quarters of delivery: last_t - first_t + 1"),
        field<&SupplyView::chips>(Unit::chips, kOwners, Moment::stage_b, "offered a quarter"),
        field<&SupplyView::discount_frac>(Unit::frac, kOwners, Moment::stage_b, "off list: price = list (1 - discount)"));
};
static_assert(covered_bytes(Schema<SupplyView>::rows) == sizeof(SupplyView));

struct OrderView {
    std::int32_t id;
    std::int32_t to;
    std::int32_t product;
    std::int32_t deliver_q;
    double chips;
};
template <> struct Schema<OrderView> {
    static constexpr auto rows =
        fields(field<&OrderView::id>(Unit::order_id, kSuppliers, Moment::call, "the order: one a product, buyer and quarter of delivery"),
               field<&OrderView::to>(Unit::firm_id, kSuppliers, Moment::call, "the buyer"),
               field<&OrderView::product>(Unit::product_id, kSuppliers, Moment::call, "the product"),
               field<&OrderView::deliver_q>(Unit::q, kSuppliers, Moment::ahead, "quarters to its delivery, if output is not late"),
               field<&OrderView::chips>(Unit::chips, kSuppliers, Moment::call, "awarded and not shipped"));
};
static_assert(covered_bytes(Schema<OrderView>::rows) == sizeof(OrderView));

inline constexpr int kMaxRivals = kMaxFirms - 1;
inline constexpr int kMaxOrderViews = 64;

struct FirmView {
    MeView me;
    RivalView rivals[kMaxRivals];
    ContractView contracts[kMaxFirmContracts];
    ProjectView projects[kMaxProjects];
    LoanView loans[kMaxTranches];
    SupplyView supply[kMaxAgreements];
    OrderView orders[kMaxOrderViews];
    std::int32_t rivals_count;
    std::int32_t contracts_count;
    std::int32_t projects_count;
    std::int32_t loans_count;
    std::int32_t supply_count;
    std::int32_t orders_count;
};
template <> struct Schema<FirmView> {
    static constexpr auto rows =
        fields(field<&FirmView::me>(Unit::none, kAllRoles, Moment::call, "this firm"),
               field<&FirmView::rivals>(Unit::none, kAllRoles, Moment::last_quarter, "the other firms, in id order, as published at the last close"),
               field<&FirmView::contracts>(Unit::none, kOwners, Moment::call,
                                           "capacity contracts on either side, in order of signing; if over 64 the largest"),
               field<&FirmView::projects>(Unit::none, kOwners, Moment::call, "sites in building that were started in the game, by slot"),
               field<&FirmView::loans>(Unit::none, kAllRoles, Moment::call, "debt, by slot"),
               field<&FirmView::supply>(Unit::none, kOwners, Moment::stage_b, "supply agreements offered to this firm and not taken, by slot"),
               field<&FirmView::orders>(Unit::none, kSuppliers, Moment::call,
                                        "own chips awarded and not delivered, by product, buyer and quarter; if over 64 the largest"),
               field<&FirmView::rivals_count>(Unit::count, kAllRoles, Moment::call, "length of rivals: firms that are not absent, less one"),
               field<&FirmView::contracts_count>(Unit::count, kOwners, Moment::call, "length of contracts"),
               field<&FirmView::projects_count>(Unit::count, kOwners, Moment::call, "length of projects"),
               field<&FirmView::loans_count>(Unit::count, kAllRoles, Moment::call, "length of loans"),
               field<&FirmView::supply_count>(Unit::count, kOwners, Moment::stage_b, "length of supply"),
               field<&FirmView::orders_count>(Unit::count, kSuppliers, Moment::call, "length of orders"));
};
static_assert(covered_bytes(Schema<FirmView>::rows) == sizeof(FirmView));
static_assert(sizeof(FirmView) <= 12 * 1024);

}  // namespace rackrace
