// The sale of one new product: three auctions and two posted prices.
#include "cli/clear/rule.h"
#include "engine/market/chip_sale.h"

namespace rackrace::clear {
namespace {

Field bids_field() {
    return by_name("bids", "sealed steps of each firm, cut to its cap and backing already", "firm", kMaxFirms,
                   list_of("", "", kMaxSteps,
                           row_of({price("price", "$/chip", "highest price of the step"), units("quantity", "chips", "more chips at that price")})));
}
Field supply_field() { return units("supply", "chips", "on sale"); }

void check_units(const Parameters&, const Json& in, Refusals& wrong) {
    for (const auto& [firm, steps] : in.at("bids").items()) {
        std::int64_t total = 0;
        for (const Json& step : steps) total += step.at(1).get<std::int64_t>();
        need_total(total, kMostUnits, inside("bids", firm), wrong);
    }
}

void check_scored(const Parameters& p, const Json& in, Refusals& wrong) {
    check_units(p, in, wrong);
    need_same_names(in, "bids", "bonus", "", wrong);
}

void check_weighted(const Parameters& p, const Json& in, Refusals& wrong) {
    check_units(p, in, wrong);
    need_same_names(in, "bids", "weights", "", wrong);
}

struct NamedSale {
    ChipSale sale;
    std::vector<std::string> firms;
    std::uint64_t tie[kMaxFirms] = {};
};

NamedSale read_sale(const Json& in) {
    NamedSale named;
    ChipSale& sale = named.sale;
    sale.supply = in.at("supply");
    sale.reserve_usd_chip = in.contains("reserve") ? in["reserve"] : in.at("price");
    for (const auto& [firm, steps] : in.at("bids").items()) {
        const int f = sale.count++;
        named.firms.push_back(firm);
        named.tie[f] = tie_of_name(firm);
        for (const Json& step : steps) {
            ChipBid& bid = sale.bids[f];
            bid.price_usd_chip[bid.steps] = step.at(0);
            bid.units[bid.steps++] = step.at(1);
        }
        if (in.contains("bonus")) sale.score_bonus_frac[f] = in["bonus"].at(firm);
        if (in.contains("weights")) sale.weight[f] = in["weights"].at(firm);
    }
    return named;
}

template <ChipRule rule> Json run_auction(const Parameters&, const Json& in) {
    const NamedSale named = read_sale(in);
    ChipAwards awards;
    clear_chips(rule, named.sale, named.tie, awards);
    Json result = Json::object();
    for (int f = 0; f < named.sale.count; ++f)
        result[named.firms[static_cast<std::size_t>(f)]] = {{"units", awards.units[f]},
                                                            {"price", awards.units[f] > 0 ? Json(awards.price_usd_chip[f]) : Json()},
                                                            {"payment", awards.payment[f].value}};
    return {{"result", result}, {"s_star", awards.best_rejected_score}};
}

template <ChipRule rule> Json run_posted(const Parameters&, const Json& in) {
    const NamedSale named = read_sale(in);
    ChipAwards awards;
    clear_chips(rule, named.sale, named.tie, awards);
    Json result = Json::object();
    for (int f = 0; f < named.sale.count; ++f)
        result[named.firms[static_cast<std::size_t>(f)]] = {{"units", awards.units[f]}, {"payment", awards.payment[f].value}};
    return {{"result", result}};
}

}  // namespace

std::vector<Rule> chip_rules() {
    constexpr double least_bonus = -0.99, most_bonus = 100.0;  // a score stays above 0
    constexpr double least_weight = 1e-9;
    const Field reserve = price("reserve", "$/chip", "lowest price that the supplier takes; steps under it are struck out");
    const Field posted = price("price", "$/chip", "the supplier's price");
    const Field bonus = by_name("bonus", "score bonus pi of each firm: a step scores price x (1 + pi)", "firm", kMaxFirms,
                                frac("pi", "share", "", least_bonus, most_bonus));
    const Field weights = by_name("weights", "weight of each firm in sharing a short supply", "firm", kMaxFirms,
                                  frac("weight", "any scale", "", least_weight, kMostPrice));
    const Field won = units("units", "chips", "sold to the firm"), payment = usd("payment", "what it pays");
    const Field auction =
        record_of({by_name("result", "award of each firm", "firm", kMaxFirms,
                           record_of({won, optional(price("price", "$/chip", "mean price of its chips, null without any")), payment})),
                   price("s_star", "$/chip", "highest score with a chip that found no supply, 0 for none")});
    const Field sale = record_of({by_name("result", "award of each firm", "firm", kMaxFirms, record_of({won, payment}))});
    return {{"chips.UNIFORM", "Highest scores first; all pay the best rejected score, taken back through their own bonus",
             record_of({supply_field(), reserve, bids_field(), bonus}), auction, check_scored, run_auction<ChipRule::uniform>},
            {"chips.PAYBID", "Highest scores first; each chip at the firm's own price", record_of({supply_field(), reserve, bids_field(), bonus}),
             auction, check_scored, run_auction<ChipRule::pay_bid>},
            {"chips.VICKREY", "Highest prices first; each firm pays what the others lose by its presence",
             record_of({supply_field(), reserve, bids_field()}), auction, check_units, run_auction<ChipRule::vickrey>},
            {"chips.POSTED", "One price; a short supply is shared by the weighted uniform rule",
             record_of({supply_field(), posted, bids_field(), weights}), sale, check_weighted, run_posted<ChipRule::posted>},
            {"chips.PROPORTIONAL", "One price; a short supply is shared pro rata to orders", record_of({supply_field(), posted, bids_field()}), sale,
             check_units, run_posted<ChipRule::proportional>}};
}

}  // namespace rackrace::clear
