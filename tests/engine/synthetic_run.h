// A run that no market played: three firms, two products, two regions, four quarters of made-up states and postings, to test what records,
// reads and reports. Everything in it follows from the quarter.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/quarter/decision_log.h"
#include "engine/quarter/run.h"
#include "engine/replay/table.h"
#include "engine/scenario/load_parameters.h"

namespace rackrace::synthetic {

inline Names names() { return {"tiny", {"amber", "basalt", "cobalt"}, {"Amber", "Basalt", "Cobalt"}, {"axe", "bow"}, {"north", "south"}, {}}; }

inline RunRecord record() {
    RunRecord run;
    run.scenario = "tiny";
    run.program_version = "0.1.0";
    run.commit = "abc1234";
    run.build = "test";
    run.machine = "none";
    run.seed = 7;
    run.engines = {{"neutral", 3}};
    return run;
}

inline std::unique_ptr<Scenario> scenario() {
    auto out = std::make_unique<Scenario>();
    out->parameters = load_parameters(std::filesystem::path(RACKRACE_SOURCE_DIR) / "data/model/parameters.csv")->parameters;
    out->start_t = 9;
    out->end_t = 12;
    out->firm_count = 3;
    out->product_count = out->region_count = 2;
    out->supplier_count = 1;
    for (int p = 0; p < 2; ++p) {
        out->products[p].vendor = 2;
        out->products[p].generation = p + 2;
        out->products[p].kw_chip = 1.5;
    }
    out->regions[0].pue_ratio = out->regions[1].pue_ratio = 1.25;
    out->firms[0].role = Role::lab;
    out->firms[1].role = Role::neocloud;
    out->firms[2].role = Role::supplier;
    return out;
}

inline void fill_firm(World& world, int f, int q) {
    Firm& firm = world.firms[f];
    firm.role = f == 0 ? Role::lab : f == 1 ? Role::neocloud : Role::supplier;
    firm.status = f == 1 && (q == 2 || q == 3) ? FirmStatus::in_arrears : FirmStatus::healthy;
    firm.shares = firm.own_frac = firm.news_factor = 1.0;
    firm.rating = static_cast<std::int16_t>(f == 1 ? 6 + q / 2 : 2);
    firm.value_usd = (100.0 + 10.0 * f) * 1e9 * (f == 1 ? 1.0 - 0.1 * q : 1.0 + 0.05 * q);
    firm.history[0].revenue = Usd{(5 + q) * 1000000000ll};
    firm.history[0].capex = Usd{(3 - f) * 2000000000ll};
    balance_of(world, f, Account::cash) = Usd{(20 - 5 * q) * 1000000000ll};
    balance_of(world, f, Account::debt) = Usd{-(4 + f) * 1000000000ll};
    if (f < 2) {
        firm.pool_h100e[2] = 1000000 * (1 + q);
        firm.idle_h100e[2] = 100000 * q;
        firm.holdings[0].installed = 50000 * (q + 1);
        firm.holdings[0].warehouse = 1000 * q;
        firm.holdings[0].gross = Usd{3000000000ll};
        firm.holdings[0].depreciation = Usd{q * 150000000ll};
        firm.orders[1][1].chips = 2000;
        firm.sites[f].grid_kw = 200000 + 50000 * q;
        firm.sites[f].shell_kw = 180000 + 30000 * q;
        firm.debt[0].kind = DebtKind::bond;
        firm.debt[0].left_q = static_cast<std::int16_t>(20 - q);
        firm.debt[0].principal = Usd{(4 + f) * 1000000000ll};
        firm.debt[0].rate_apr = 0.08;
    }
    if (f == 0) {
        firm.price_usd_task[0] = 3.0;
        firm.served_frac[0] = 1.0 - 0.1 * q;
        firm.share_ppb[0] = 600000000;
    }
}

/// The state q quarters after the books (q = 0 is the opening).
inline std::unique_ptr<World> world(int q) {
    auto out = std::make_unique<World>();
    out->t = 8 + q;
    out->start_t = 9;
    out->firm_count = 3;
    out->next_contract_id = 2 + (q > 1 ? 1 : 0);
    out->seed = 7;
    out->kappa = 1.2;
    out->inference_efficiency = 1.0 + 0.2 * q;
    out->spot_usd_h[0] = 1.7 - 0.1 * q;
    out->spot_usd_h[1] = 1.5 - 0.2 * q;
    out->ai_revenue_usd = 25e9 * (1.0 + 0.1 * q);
    out->segments[0].quantity_task_units = 4e9 * (1.0 + q);
    out->segments[0].mean_price_usd_task = 3.0;
    for (int f = 0; f < 3; ++f) fill_firm(*out, f, q);
    if (q >= 2) out->arrears[1][kUtility][0] = Usd{250000000};
    if (q >= 3) out->arrears[1][kUtility][1] = Usd{150000000};
    out->contracts[0].id = 1;
    out->contracts[0].seller = 1;
    out->contracts[0].buyer = 0;
    out->contracts[0].start_t = 9;
    out->contracts[0].end_t = 11;
    out->contracts[0].quantity_h100e = 300000;
    out->contracts[0].price_usd_h = 1.9;
    out->contracts[0].takeorpay_frac = 0.8;
    if (q > 1) {
        out->contracts[1] = out->contracts[0];
        out->contracts[1].id = 2;
        out->contracts[1].buyer = kCustomer;
    }
    if (q > 3) out->contracts[0] = Contract{};
    out->products[0].list_usd_chip = 40000.0;
    out->products[0].made_chips = out->products[0].sold_chips = 60000 * q;
    out->products[0].asked_chips = 80000 * q;
    out->products[1].list_usd_chip = 55000.0;
    out->products[1].first_t = 10;
    out->regions[0].free_kw = 1000 * q;
    return out;
}

inline std::vector<Posting> postings(int q) {
    return {{Kind::chip_balance, 1, 2, 14, 0, Usd{q * 1000000ll}},
            {Kind::interest, 1, kInvestor, 14, 0, Usd{12345}},
            {Kind::chip_depreciation, 0, 0, 14, 1, Usd{777}}};
}

inline unsigned char* bytes_of(auto& args) { return reinterpret_cast<unsigned char*>(&args); }

/// Two orders of basalt, one of them refused, and one of cobalt; in quarter 2 a decision that failed.
inline DecisionLog decisions(int q) {
    DecisionLog log;
    log.last_id = 10 * q;
    const int script = log.script_of("firms/basalt.lua"), baseline = log.script_of("strategies/supplier/baseline.lua");
    log.begin(1, Stage::a, Author::script);
    BidPower power{12.5, 300.0, 1};
    log.add(Verb::bid_power, {}, bytes_of(power), script, 38);
    OfferSpot spot{4.0 * q, 1.5, 1};
    log.add(Verb::offer_spot, refuse(q == 3 ? Code::duplicate : Code::over_credit_limit, 4.0 * q, 2.5), bytes_of(spot), script, 41);
    log.traces.push_back({1, Stage::a, "need_mw", 12.5, false, 37});
    log.traces.push_back({1, Stage::a, "alarm", 1.0, true, 39});
    log.end(500, verb_bit(Verb::bid_power));
    log.begin(2, Stage::a, Author::script);
    WeighBuyer weight{0.1, 0};
    log.add(Verb::weigh_buyer, {}, bytes_of(weight), baseline, 83);
    if (q == 2) log.fail(200'000, baseline, 90, "the decision used up its budget");
    else log.end(1000, verb_bit(Verb::weigh_buyer));
    Desk desk{};
    rackrace::record(desk, {12.5, 6.25, 275.0, 1, Verb::bid_power, q == 4 ? Code::power_short : Code::partial, Author::script, 0});
    log.add_results(1, desk, 0);
    log.memory.push_back({1, Author::script, "need_mw", 0, 12.5});
    if (q > 2) log.memory.push_back({1, Author::script, "closed", 3, 1.0 * q});
    return log;
}

/// Tells a listener the whole run and returns its outcome.
inline RunOutcome play(QuarterListener& listener) {
    const auto market = scenario();
    const auto ledger = std::make_unique<Ledger>();
    RunOutcome outcome;
    listener.on_opening(*market, *world(0));
    for (int q = 1; q <= 4; ++q) {
        const auto now = world(q);
        std::vector<Posting> list = postings(q);
        const PostingList view{list.data(), static_cast<int>(list.size()), static_cast<int>(list.size()), 0};
        ledger->postings = view.count;
        outcome.state_hashes.push_back(hash_world(*now));
        const DecisionLog log = decisions(q);
        listener.on_close({*market, *now, *ledger, view, nullptr, outcome.state_hashes.back(), &log});
    }
    outcome.is_complete = true;
    return outcome;
}

}  // namespace rackrace::synthetic
