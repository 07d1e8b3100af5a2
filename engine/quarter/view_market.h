// What everybody may see: obs.time and obs.market. Members are named and nested as scripts see them; a list stands beside its `<name>_count`.
// Amounts are doubles; ids, flags, constants and some whole numbers are int32. Each row says unit, who sees it, of when it is, and how it is
// computed, in the symbols of the model.
#pragma once

#include <cstdint>

#include "engine/schema/fields.h"
#include "engine/world/news.h"

namespace rackrace {

struct TimeView {
    std::int32_t t;
    std::int32_t year;
    std::int32_t quarter;
    std::int32_t left_q;
};
template <> struct Schema<TimeView> {
    static constexpr auto rows =
        fields(field<&TimeView::t>(Unit::q, kAllRoles, Moment::call, "quarters since the run's start, from 0: world.t - start_t"),
               field<&TimeView::year>(Unit::none, kAllRoles, Moment::call, "calendar year: 2024 + floor(world.t/4)"),
               field<&TimeView::quarter>(Unit::none, kAllRoles, Moment::call, "of the year, 1 to 4: 1 + world.t mod 4"),
               field<&TimeView::left_q>(Unit::q, kAllRoles, Moment::call, "quarters left to play, this one included: end_t - world.t + 1"));
};
static_assert(covered_bytes(Schema<TimeView>::rows) == sizeof(TimeView));

struct ProductView {
    std::int32_t id;
    std::int32_t vendor;
    std::int32_t gen;
    std::int32_t captive;
    std::int32_t released;
    std::int32_t lead_q;
    double list_usd_chip;
    double system_usd_chip;
    double cleared_usd_chip;
    double resale_usd_chip;
    double kw_chip;
    double perf_t_chip;
    double perf_i_chip;
    double scarcity_frac;
};
template <> struct Schema<ProductView> {
    static constexpr auto rows = fields(
        field<&ProductView::id>(Unit::product_id, kAllRoles, Moment::fixed, "the product: its place among the products, which are sorted by id"),
        field<&ProductView::vendor>(Unit::firm_id, kAllRoles, Moment::fixed, "the supplier that sells it new"),
        field<&ProductView::gen>(Unit::index, kAllRoles, Moment::fixed, "chip generation, 0 to 5; a contract of one is served by it or a newer one"),
        field<&ProductView::captive>(Unit::flag, kAllRoles, Moment::fixed, "sold to its owners only: order_captive, not bid_chips"),
        field<&ProductView::released>(Unit::flag, kAllRoles, Moment::call,
                                      "its first quarter of sale has come: first_t <= world.t; stays true after the last"),
        field<&ProductView::lead_q>(Unit::q, kAllRoles, Moment::fixed,
                                    "from order to delivery: chip_sale_lag_q; of a captive product wafer_lead_q; 0 where only used ones trade"),
        field<&ProductView::list_usd_chip>(Unit::usd_chip, kAllRoles, Moment::last_quarter,
                                           "list price of the supplier's part: that of the launch, moved by its sales and its successor (5.3)"),
        field<&ProductView::system_usd_chip>(Unit::usd_chip, kAllRoles, Moment::fixed,
                                             "board, rack and network: what the buyer pays for a chip at shipment, beside its price"),
        field<&ProductView::cleared_usd_chip>(Unit::usd_chip, kAllRoles, Moment::last_quarter,
                                              "mean price paid in the last sale: payments/chips; the reserve list x multiplier if nothing sold"),
        field<&ProductView::resale_usd_chip>(
            Unit::usd_chip, kAllRoles, Moment::last_quarter,
            "market value of a used chip: clearing price of used chips, dealer_bid_ratio x F_p if none was offered, at least scrap (5.12)"),
        field<&ProductView::kw_chip>(Unit::kw_chip, kAllRoles, Moment::fixed, "IT kW of one chip at full load with its part of the rack"),
        field<&ProductView::perf_t_chip>(Unit::h100e_chip, kAllRoles, Moment::fixed, "training work of one chip: perfT, H100 = 1"),
        field<&ProductView::perf_i_chip>(Unit::h100e_chip, kAllRoles, Moment::fixed, "inference work of one chip: perfI, H100 = 1"),
        field<&ProductView::scarcity_frac>(Unit::frac, kAllRoles, Moment::last_quarter, "1 - filled/asked of the last sale, 0 if nothing was asked"));
};
static_assert(covered_bytes(Schema<ProductView>::rows) == sizeof(ProductView));

struct RegionView {
    std::int32_t id;
    std::int32_t onsite_ok;
    double pue_ratio;
    double power_usd_mwh;
    double adder_usd_kw_q;
    double free_grid_mw;
    double queue_q;
};
template <> struct Schema<RegionView> {
    static constexpr auto rows = fields(
        field<&RegionView::id>(Unit::region_id, kAllRoles, Moment::fixed, "the region: its place among the regions, which are sorted by id"),
        field<&RegionView::onsite_ok>(Unit::flag, kAllRoles, Moment::fixed, "on-site plant may be built: btmAllowed"),
        field<&RegionView::pue_ratio>(Unit::ratio, kAllRoles, Moment::fixed, "kW at the meter for one IT kW"),
        field<&RegionView::power_usd_mwh>(
            Unit::usd_mwh, kAllRoles, Moment::last_quarter,
            "energy price of the last settlement, without adder: e0(t) (1 + externality x (used/connected kW)^exponent), 5.4"),
        field<&RegionView::adder_usd_kw_q>(Unit::usd_kw_q, kAllRoles, Moment::last_quarter,
                                           "adder of the last lot: highest rejected bid, 0 if none; a lot cleared in stage A shows at stage B"),
        field<&RegionView::free_grid_mw>(Unit::grid_mw, kAllRoles, Moment::call, "connected and held by nobody: free kW/1000"),
        field<&RegionView::queue_q>(Unit::q, kAllRoles, Moment::call,
                                    "expected wait: Lw under AUCTION; else ceil(kW waiting of all firms/dG), at least Lmin; dG by the table's path"));
};
static_assert(covered_bytes(Schema<RegionView>::rows) == sizeof(RegionView));

inline constexpr int kViewHistory = 8;
inline constexpr int kViewForecast = 4;

struct HistoryView {
    double spot_t_usd_h[kViewHistory];
    double spot_i_usd_h[kViewHistory];
    double util_frac[kViewHistory];
};
template <> struct Schema<HistoryView> {
    static constexpr auto rows =
        fields(field<&HistoryView::spot_t_usd_h>(Unit::usd_h, kAllRoles, Moment::last_quarter,
                                                 "clearing price of training hours, 1 = latest; before the run as the opening one"),
               field<&HistoryView::spot_i_usd_h>(
                   Unit::usd_h, kAllRoles, Moment::last_quarter,
                   "clearing price of inference hours, 1 = latest; before the run the opening one x e^(-m k), m the opening log change"),
               field<&HistoryView::util_frac>(Unit::frac, kAllRoles, Moment::last_quarter,
                                              "util_frac of the market, 1 = latest; before the run as the opening one"));
};
static_assert(covered_bytes(Schema<HistoryView>::rows) == sizeof(HistoryView));

struct ForecastView {
    double spot_t_usd_h[kViewForecast];
    double spot_i_usd_h[kViewForecast];
    double demand_mh[kViewForecast];
};
template <> struct Schema<ForecastView> {
    static constexpr auto rows =
        fields(field<&ForecastView::spot_t_usd_h>(
                   Unit::usd_h, kAllRoles, Moment::ahead,
                   "by quarter ahead k: last value x e^(m (1 + 1/2 + ... + 1/2^(k-1))), m = mean log change of the last 4 quarters"),
               field<&ForecastView::spot_i_usd_h>(Unit::usd_h, kAllRoles, Moment::ahead,
                                                  "by quarter ahead, by the rule of spot_t_usd_h: last x e^(m (2 - 2^(1-k)))"),
               field<&ForecastView::demand_mh>(Unit::mh, kAllRoles, Moment::ahead,
                                               "demand_mh by quarter ahead, by the rule of spot_t_usd_h: last x e^(m (2 - 2^(1-k)))"));
};
static_assert(covered_bytes(Schema<ForecastView>::rows) == sizeof(ForecastView));

/// obs.market.
struct MarketFigures {
    double spot_t_usd_h;
    double spot_i_usd_h;
    double contract_usd_h;
    double spot_vol_frac;
    double supply_mh;
    double demand_mh;
    double unmet_mh;
    double util_frac;
    double demand_growth_frac;
    double task_h100e_h;
    double price_usd_task[kMaxSegments];
    double power_usd_mwh;
    double policy_apr;
    double spread_frac;
    HistoryView hist;
    ForecastView fc;
    ProductView products[kMaxProducts];
    RegionView regions[kMaxRegions];
    std::int32_t products_count;
    std::int32_t regions_count;
    std::int32_t newest_i;
    std::int32_t cheapest_region;
};
template <> struct Schema<MarketFigures> {
    static constexpr auto rows = fields(
        field<&MarketFigures::spot_t_usd_h>(Unit::usd_h, kAllRoles, Moment::last_quarter,
                                            "an hour of H100e of training: last clearing price of spot T"),
        field<&MarketFigures::spot_i_usd_h>(Unit::usd_h, kAllRoles, Moment::last_quarter,
                                            "an hour of H100e of inference: last clearing price of spot I"),
        field<&MarketFigures::contract_usd_h>(
            Unit::usd_h, kAllRoles, Moment::last_quarter,
            "sum of prices/number of contracts of the last quarter that signed 3 or more (single prices are private); at the start of "
            "those in the books; the EWMA of spot T where there was none"),
        field<&MarketFigures::spot_vol_frac>(Unit::frac, kAllRoles, Moment::last_quarter,
                                             "standard deviation of the 8 last quarterly log changes of spot I: sqrt(mean(x^2) - mean(x)^2)"),
        field<&MarketFigures::supply_mh>(Unit::mh, kAllRoles, Moment::last_quarter,
                                         "pools of all firms + outside supply at the last price (its inference/kappa of the fleet), x HQ/1e6"),
        field<&MarketFigures::demand_mh>(Unit::mh, kAllRoles, Moment::last_quarter,
                                         "of all firms customers' need/kappa + train x own class T + coreUse x own compute, + due to outside "
                                         "contracts + outside demand at the last "
                                         "price and need of the outside alternative (inference/kappa of the fleet), x HQ/1e6"),
        field<&MarketFigures::unmet_mh>(Unit::mh, kAllRoles, Moment::last_quarter,
                                        "sum over firms of customers' need x (1 - served)/kappa + shortfall of outside contracts, x HQ/1e6"),
        field<&MarketFigures::util_frac>(Unit::frac, kAllRoles, Moment::last_quarter, "1 - idle/pools, both summed over all firms; 0 without pools"),
        field<&MarketFigures::demand_growth_frac>(Unit::frac, kAllRoles, Moment::last_quarter,
                                                  "(ln demand - ln demand 4 quarters before)/4; before the run demand grew at the opening gexp"),
        field<&MarketFigures::task_h100e_h>(
            Unit::h100e_h, kAllRoles, Moment::call,
            "hours of inference that one task-unit of the frontier needs now: 1/(EI x umax); a firm behind it needs e^(chi (A - Atop)) of them"),
        field<&MarketFigures::price_usd_task>(
            Unit::usd_task, kAllRoles, Moment::last_quarter,
            "by segment, 1 enterprise, 2 consumer: pbar, e^(sum of share x ln price) over sellers and the outside alternative; bounds set_price"),
        field<&MarketFigures::power_usd_mwh>(Unit::usd_mwh, kAllRoles, Moment::last_quarter,
                                             "mean of the regions' energy prices weighted by connected kW"),
        field<&MarketFigures::policy_apr>(Unit::apr, kAllRoles, Moment::call, "r_short: r + reversion (r_long - r) a quarter, and shocks"),
        field<&MarketFigures::spread_frac>(
            Unit::frac, kAllRoles, Moment::last_quarter,
            "a year: mean over the firms of their unsecured spread e^(c Sig) (base + premium x LGD x PD), PD of the last close (5.11)"),
        field<&MarketFigures::hist>(Unit::none, kAllRoles, Moment::last_quarter, "the last 8 quarters, 1 = latest"),
        field<&MarketFigures::fc>(Unit::none, kAllRoles, Moment::ahead, "the engine's forecasts, by quarter ahead"),
        field<&MarketFigures::products>(Unit::none, kAllRoles, Moment::call, "all products of the scenario, in id order"),
        field<&MarketFigures::regions>(Unit::none, kAllRoles, Moment::call, "all regions, in id order"),
        field<&MarketFigures::products_count>(Unit::count, kAllRoles, Moment::fixed, "length of products: the scenario's number"),
        field<&MarketFigures::regions_count>(Unit::count, kAllRoles, Moment::fixed, "length of regions: the scenario's number"),
        field<&MarketFigures::newest_i>(
            Unit::index, kAllRoles, Moment::call,
            "place in products of the newest on open sale: the highest generation, then perf_t_chip, then first quarter of sale; 0 if none sells"),
        field<&MarketFigures::cheapest_region>(Unit::region_id, kAllRoles, Moment::call,
                                               "lowest power_usd_mwh + adder_usd_kw_q/(HQ/1000) among regions with free power, else among all"));
};
static_assert(covered_bytes(Schema<MarketFigures>::rows) == sizeof(MarketFigures));

struct NewsView {
    std::int32_t kind;
    std::int32_t firm;
    double size;
};
template <> struct Schema<NewsView> {
    static constexpr auto rows = fields(
        field<&NewsView::kind>(Unit::news_name, kAllRoles, Moment::last_quarter,
                               "default: entered chapter 11; acquired, liquidated, reorganised: how that ended; breach: broke a covenant; loans_called: by its lenders; plateau, "
                               "efficiency, rate, credit, export, supply, delay, power, repudiate: a shock began, or one that a firm owned became everybody's; launch: a product went on "
                               "sale; release: a better model; round: venture money; contract: capacity was signed"),
        field<&NewsView::firm>(Unit::firm_id, kAllRoles, Moment::last_quarter,
                               "whom it is about: of a launch, an export and a supply shock the vendor, of a contract the seller, of an acquisition the firm bought; the id of no firm "
                               "where it is about none"),
        field<&NewsView::size>(Unit::none, kAllRoles, Moment::last_quarter,
                               "default, liquidated, reorganised, breach, loans_called: M$ of debt after it; acquired, round: M$ paid; launch: $ a chip; release: rise of released "
                               "capability, powers of ten; contract: Mh a quarter; a shock: its size as the scenario has it"));
};
static_assert(covered_bytes(Schema<NewsView>::rows) == sizeof(NewsView));

/// Filled once a stage, the same for all firms.
struct MarketView {
    TimeView time;
    MarketFigures market;
    NewsView news[kMaxNews];
    std::int32_t news_count;
    std::int32_t news_left_out;
};
template <> struct Schema<MarketView> {
    static constexpr auto rows = fields(field<&MarketView::time>(Unit::none, kAllRoles, Moment::call, "where the run stands"),
                                        field<&MarketView::market>(Unit::none, kAllRoles, Moment::last_quarter, "public figures"),
                                        field<&MarketView::news>(Unit::none, kAllRoles, Moment::last_quarter,
                                                                 "what became public of the last quarter, in the order of its kinds; of more than 16 items the first, and of contracts "
                                                                 "the largest"),
                                        field<&MarketView::news_count>(Unit::count, kAllRoles, Moment::last_quarter, "length of news"),
                                        field<&MarketView::news_left_out>(Unit::count, kAllRoles, Moment::last_quarter, "items that found no room in news"));
};
static_assert(covered_bytes(Schema<MarketView>::rows) == sizeof(MarketView));
static_assert(sizeof(MarketView) <= 5 * 1024);

}  // namespace rackrace
