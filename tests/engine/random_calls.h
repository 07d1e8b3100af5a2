// Firms that call verbs at random, with legal and illegal arguments, through the function that scripts' calls go through, and hear what became of it.
#pragma once

#include <algorithm>
#include <cstring>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/quarter/apply_verb.h"
#include "engine/quarter/results.h"
#include "engine/quarter/run.h"
#include "engine/quarter/verbs.h"

namespace rackrace::test {

/// A verb and a code that it was answered with, at the call or by a market.
using VerbCode = std::pair<Verb, Code>;

class RandomCallers : public Deciders {
public:
    explicit RandomCallers(std::uint64_t seed) : bits_(seed), desks_(kMaxFirms) {}

    std::set<VerbCode> answers;  // codes beside "accepted" and "filled"
    int accepted = 0;

    void decide(const Scenario& scenario, const World& world, Orders* orders) override {
        for (int f = 0; f < scenario.firm_count; ++f)
            for (int k = 0; k < 60; ++k) call(scenario, world, f, chance(0.8) ? Stage::a : Stage::b, orders[f]);
    }
    void hear(const Deals& deals) override { *deals_ = deals; }
    void operate(const Scenario& scenario, const World& world, Orders* orders) override {
        for (int f = 0; f < scenario.firm_count; ++f) {
            report_stage_a(scenario, *deals_, orders[f], world, f, 0, desk(f));
            take_down(desk(f));
            for (int k = 0; k < 40; ++k) call(scenario, world, f, Stage::b, orders[f]);
        }
    }
    void close(const Scenario& scenario, const World& world, const Orders* orders) override {
        for (int f = 0; f < scenario.firm_count; ++f) {
            report_stage_b(scenario, *deals_, orders[f], world, f, 0, desk(f));
            take_down(desk(f));
        }
    }

private:
    void call(const Scenario& scenario, const World& world, int f, Stage stage, Orders& orders) {
        const VerbInfo& verb = describe_verbs()[static_cast<std::size_t>(pick(0, kVerbs - 1))];
        if (verb.row.stage != stage) return;
        alignas(8) unsigned char args[kMaxArgsBytes] = {};
        double list_usd_chip = 40'000.0;
        for (const ArgInfo& arg : verb.args) {
            double value = !arg.row.is_required && chance(0.5) ? arg.row.otherwise : value_of(scenario, world, f, arg.row, list_usd_chip);
            if (arg.row.unit == Unit::product_id && value >= 0.0 && value < scenario.product_count) list_usd_chip = world.products[static_cast<int>(value)].list_usd_chip;
            if (arg.storage == Storage::f64) {
                std::memcpy(args + arg.offset, &value, sizeof value);
            } else {
                const auto whole = static_cast<std::int32_t>(value);
                std::memcpy(args + arg.offset, &whole, sizeof whole);
            }
        }
        for (int times = chance(0.05) ? 6 : 1; times > 0; --times) {  // some call again and again
            std::int32_t reference = -1;
            const VerbAnswer answer = apply_verb(scenario, world, f, verb.row.verb, args, 1, orders, reference);
            note_answer(answer, verb.row.verb, reference, Author::script, desk(f));
            accepted += answer.ok();
            take_down(desk(f));
        }
    }
    /// Mostly what the argument may be, now and then what it may not.
    double value_of(const Scenario& scenario, const World& world, int f, const ArgRow& row, double list_usd_chip) {
        switch (row.unit) {
            case Unit::product_id: return pick(chance(0.05) ? -1 : 0, scenario.product_count - (chance(0.05) ? 0 : 1));
            case Unit::region_id: return pick(chance(0.05) ? -1 : 0, scenario.region_count - (chance(0.05) ? 0 : 1));
            case Unit::firm_id: return firm_of(scenario, world);
            case Unit::contract_id: return contract_of(world, f);
            case Unit::loan_id: return pick(-1, kMaxTranches);
            case Unit::project_id: return pick(-1, kMaxProjects);
            case Unit::agreement_id: return agreement_of(world, f);
            case Unit::kind_name: return pick(0, row.choice_count() - 1);
            case Unit::flag: return pick(0, 1);
            case Unit::usd_chip: return chance(0.02) ? -1.0 : chance(0.9) ? list_usd_chip * uniform(0.3, 1.7) : list_usd_chip * uniform(0.0, 7.0);
            case Unit::index: return pick(chance(0.1) ? -1 : 0, chance(0.1) ? kMaxGenerations : 3);
            default: break;
        }
        double value = amount(scale_of(row.unit));
        if (row.low.is_set || row.high.is_set) value = bounded(scenario.parameters, row, value);
        return is_quantity(row.unit) ? std::max(0.0, value) : value;
    }
    double bounded(const Parameters& p, const ArgRow& row, double value) {
        const double low = row.low.is_set ? bound_value(p, row.low) : 0.0, high = row.high.is_set && row.high.basis == Basis::plain ? bound_value(p, row.high) : value;
        if (chance(0.05)) return low - uniform(0.001, 1.0);
        if (chance(0.05)) return high + uniform(0.001, 1.0);
        return std::clamp(chance(0.5) ? value : uniform(low, high), low, std::max(low, high));
    }
    /// Most that anybody asks for.
    static double scale_of(Unit unit) {
        switch (unit) {
            case Unit::musd: return 40'000.0;
            case Unit::mh: return 4'000.0;
            case Unit::chips: case Unit::wafers: return 300'000.0;
            case Unit::mw: case Unit::grid_mw: return 900.0;
            case Unit::usd_kw_q: return 4'000.0;
            case Unit::usd_h: case Unit::usd_task: return 8.0;
            case Unit::q: return 60.0;
            default: return 1.0;
        }
    }
    int firm_of(const Scenario& scenario, const World& world) {
        const int at = pick(-1, scenario.firm_count);
        for (int k = 0; k < scenario.firm_count && chance(0.97); ++k) {
            const int f = (at + 1 + k) % scenario.firm_count;
            if (world.firms[f].status == FirmStatus::chapter_11) return f;
        }
        return at;
    }
    int contract_of(const World& world, int f) {
        const int at = pick(0, kMaxContracts - 1);
        for (int k = 0; k < kMaxContracts && chance(0.998); ++k) {
            const Contract& contract = world.contracts[(at + k) % kMaxContracts];
            if (contract.id != 0 && (contract.buyer == f || contract.seller == f)) return contract.id;
        }
        return pick(-1, world.next_contract_id);
    }
    int agreement_of(const World& world, int f) {
        for (int a = 0; a < kMaxAgreements && chance(0.98); ++a)
            if (world.agreements[a].chips_q != 0 && world.agreements[a].buyer == f && world.agreements[a].is_accepted == 0) return a;
        return pick(-1, kMaxAgreements);
    }
    void take_down(Desk& desk) {
        for (; heard_[&desk - desks_.data()] < desk.result_count; ++heard_[&desk - desks_.data()]) {
            const DeskResult& result = desk.results[heard_[&desk - desks_.data()] % kDeskResults];
            if (result.code != Code::none) answers.insert({result.verb, result.code});
        }
    }
    Desk& desk(int f) { return desks_[static_cast<std::size_t>(f)]; }
    bool chance(double p) { return uniform(0.0, 1.0) < p; }
    double uniform(double low, double high) { return std::uniform_real_distribution<double>(low, high)(bits_); }
    int pick(int low, int high) { return std::uniform_int_distribution<int>(low, high)(bits_); }
    /// Skewed: mostly small, sometimes all of it.
    double amount(double most) {
        const double u = uniform(0.0, 1.0);
        return most * u * u * u;
    }

    std::mt19937_64 bits_;
    std::vector<Desk> desks_;
    int heard_[kMaxFirms] = {};
    std::unique_ptr<Deals> deals_ = std::make_unique<Deals>();
};

}  // namespace rackrace::test
