// Worlds for the tests of revenue: one that a reader can follow, and random ones with every kind of order.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <memory>
#include <random>
#include <vector>

#include "engine/market/compute_pools.h"
#include "engine/market/product_phase.h"
#include "engine/market/spot_phase.h"
#include "engine/market/training_phase.h"
#include "engine/settle/identities.h"
#include "engine/settle/sentiment.h"
#include "tests/engine/model_parameters.h"

namespace rackrace::test {

inline constexpr int kT = 0, kI = 1, kEnterprise = 0, kConsumer = 1;
inline constexpr int kLab = 0, kOwner = 1, kCloud = 2;  // the firms of the small world
inline constexpr std::int64_t kBillion = 1000000000;

/// A world of a lab, a hyperscaler and a neocloud at 2026Q2: no chips, no customers, nobody outside. Generation 2 is training grade, 0 is not.
struct Small {
    std::unique_ptr<Scenario> scenario = std::make_unique<Scenario>();
    std::unique_ptr<World> world = std::make_unique<World>();
    std::unique_ptr<Ledger> ledger = std::make_unique<Ledger>();
    std::vector<Orders> orders = std::vector<Orders>(kMaxFirms);

    explicit Small(int firms = 3) {
        Scenario& s = *scenario;
        World& w = *world;
        s.parameters = model_parameters();
        s.start_t = w.start_t = w.t = 9;
        s.firm_count = w.firm_count = firms;
        w.seed = 7;
        const Role roles[] = {Role::lab, Role::hyperscaler, Role::neocloud};
        for (int f = 0; f < firms; ++f) {
            s.firms[f].id = 1000u + static_cast<unsigned>(f);
            s.firms[f].role = w.firms[f].role = roles[f % 3];
            Firm& firm = w.firms[f];
            firm.segment_priority_frac = 0.5;
            firm.capability_oom = firm.next_capability_oom = 0.0;
            for (int g = 0; g < kMaxGenerations; ++g) firm.kappa[g] = 1.0;
            for (int seg = 0; seg < kMaxSegments; ++seg) firm.served_frac[seg] = 1.0;
            give_cash(f, kBillion);
        }
        for (int c : {kT, kI}) w.spot_usd_h[c] = w.spot_ewma_usd_h[c] = c == kT ? 1.7 : 1.5;
        w.training_efficiency = w.inference_efficiency = w.saturation_growth = w.kappa = 1.0;
        for (SegmentState& segment : w.segments) {
            segment.outside_share_ppb = kShareUnits;
            segment.mean_price_usd_task = 3.4;
        }
        for (double& price : s.opening_quality_price_usd_task) price = 3.4;
        open_ledger(*ledger, w);
    }
    void give_cash(int f, std::int64_t usd) {
        balance_of(*world, f, Account::cash) += Usd{usd};
        balance_of(*world, f, Account::paid_in) -= Usd{usd};
    }
    /// Compute of a generation that contracts left to a firm.
    void give_compute(int f, int g, std::int32_t h100e, double kappa) {
        Firm& firm = world->firms[f];
        firm.pool_h100e[g] = firm.idle_h100e[g] = h100e;
        firm.kappa[g] = kappa;
    }
    void set(int f, FirmSetting setting, double value) {
        orders[static_cast<std::size_t>(f)].settings_given |= 1u << static_cast<int>(setting);
        orders[static_cast<std::size_t>(f)].settings[static_cast<int>(setting)] = value;
    }
    Orders& order(int f) { return orders[static_cast<std::size_t>(f)]; }
    Firm& firm(int f) { return world->firms[f]; }
    double serve() { return serve_customers(*scenario, *world, orders.data(), *ledger); }
    void spot() { trade_spot(*scenario, *world, orders.data(), *ledger); }
    std::int64_t use(int f, double need) { return use_compute(*scenario, *world, f, need); }
    bool compute_balances() const { return check_compute(*scenario, *world).identity == 0; }
    bool spot_balances() const { return check_spot(*scenario, *world, *ledger).identity == 0; }

    /// One seller with 60% of enterprise customers, the outside alternative with the rest and all consumers; both at 3.4 $. Nobody moves,
    /// nobody joins, quantity is 1 G task-units: 0.6 G of them need 0.6e9/(2190 x 0.75) = 365,297 H100e.
    void one_seller(int f) {
        Parameters& p = scenario->parameters;
        for (int s : {kEnterprise, kConsumer}) p.mover_frac[s] = p.adoption_innovation_frac[s] = p.adoption_imitation_frac[s] = 0.0;
        p.unserved_mover_frac = 0.0;
        p.quantity_stickiness_frac = 1.0;
        p.outside_alternative_markup_ratio = 1.7;  // x 1.5 $ / 0.75 = 3.4 $
        SegmentState& segment = world->segments[kEnterprise];
        segment.wallet_usd_year = 1e12;
        segment.adopted_frac = 0.5;
        segment.quantity_task_units = segment.desired_task_units = 1e9;
        segment.outside_share_ppb = 400000000;
        firm(f).share_ppb[kEnterprise] = 600000000;
        firm(f).price_usd_task[kEnterprise] = 3.4;
    }
};

/// Everything random, orders and settings out of bounds included; firms sell to each other by contract in circles.
class RandomWorld {
public:
    explicit RandomWorld(unsigned seed) : small(static_cast<int>(1 + seed % kMaxFirms)), bits_(seed) {
        World& w = *small.world;
        Scenario& s = *small.scenario;
        const int firms = s.firm_count;
        s.product_count = kMaxProducts;
        for (int p = 0; p < s.product_count; ++p) {
            s.products[p].generation = p % kMaxGenerations;
            s.products[p].training_h100e_chip = between(0.3, 9.0);
            s.products[p].inference_h100e_chip = between(0.3, 20.0);
        }
        for (int c : {kT, kI}) {
            w.spot_usd_h[c] = w.spot_ewma_usd_h[c] = std::exp(between(-4.0, 3.0));
            w.outside_demand_h100e[c] = maybe(std::exp(between(8.0, 15.0)));
            w.outside_supply_h100e[c] = maybe(std::exp(between(8.0, 15.0)));
            w.outside_noise[c] = between(-0.3, 0.3);
        }
        w.outside_need_h100e = maybe(between(0.0, 1e6));
        w.t = static_cast<int>(between(9.0, 36.0));
        for (double& oom : w.frontier_oom) oom = between(0.0, 2.0);
        std::sort(w.frontier_oom, w.frontier_oom + kFrontierLags, std::greater<>());
        for (int f = 0; f < firms; ++f) fill_firm(f);
        for (int seg : {kEnterprise, kConsumer}) fill_segment(seg);
        for (int c = 0; c < 60 && firms > 1; ++c) fill_contract(w.contracts[c * 3], c + 1);
    }

    void draw_orders() {
        for (int f = 0; f < small.scenario->firm_count; ++f) {
            Orders& o = small.order(f);
            o = Orders{};
            for (int c : {kT, kI}) {
                o.offer_spot[c] = {price(), maybe(std::exp(between(0.0, 16.0)))};
                o.bid_spot[c] = {price(), maybe(std::exp(between(0.0, 22.0)))};
            }
            for (int k = 0; k < kSettings; ++k)
                if (between(0.0, 1.0) < 0.6) small.set(f, static_cast<FirmSetting>(k), between(0.0, 1.0) < 0.1 ? odd() : std::exp(between(-3.0, 2.5)));
            o.hire_talent = Usd{static_cast<std::int64_t>(between(-1e9, 3e9))};
        }
    }

    /// P11 to P13 and the mood of P16 in their order. The quarter's cash is what it is: no settlement.
    void play() {
        Scenario& s = *small.scenario;
        World& w = *small.world;
        open_ledger(*small.ledger, w);
        std::int64_t contracted_left[kMaxFirms][kMaxGenerations];
        open_contracts(w);
        deliver_compute(s, w, contracted_left);
        small.spot();
        ai_growth = small.serve();
        count_contract_use(w, contracted_left);
        double released[kMaxFirms];
        train_models(s, w, small.orders.data(), *small.ledger, released);
        update_sentiment(s, w, Chance{}, ai_growth);
        spread_news(s, w, live_contracts(w), released);
    }

    Small small;
    double ai_growth = 0.0;

private:
    double between(double low, double high) { return std::uniform_real_distribution<double>(low, high)(bits_); }
    double maybe(double x) { return between(0.0, 1.0) < 0.25 ? 0.0 : x; }
    double odd() {
        const double values[] = {-1.0, 1e300, 1e-300, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()};
        return values[bits_() % 5];
    }
    double price() { return between(0.0, 1.0) < 0.1 ? odd() : 0.1 * std::floor(between(1.0, 40.0)); }  // many equal ones
    void fill_firm(int f) {
        Firm& firm = small.firm(f);
        FirmFacts& facts = small.scenario->firms[f];
        for (Holding& h : firm.holdings) h.installed = static_cast<std::int32_t>(maybe(between(0.0, 40000.0)));
        if (firm.role == Role::hyperscaler) {
            facts.core_saturation_h100e = 1e5;
            facts.core_uplift_frac = 0.1;
            firm.core_revenue_usd_q = 5e10;
            firm.core_use_frac = between(0.0, 0.6);
        }
        firm.train_frac = between(0.0, 1.0);
        firm.serves_training_first = static_cast<std::int32_t>(bits_() % 2);
        firm.capability_oom = between(-1.0, 2.0);
        firm.next_capability_oom = between(-1.0, 2.0);
        firm.know_how = between(0.0, 1.0);
        firm.effective_compute_h100e_q = maybe(between(0.0, 1e7));
        firm.news_factor = 1.0;
        small.give_cash(f, static_cast<std::int64_t>(maybe(std::exp(between(10.0, 25.0)))) - 1000000);
    }
    void fill_segment(int seg) {
        SegmentState& segment = small.world->segments[seg];
        segment.wallet_usd_year = std::exp(between(24.0, 29.0));
        segment.adopted_frac = between(0.01, 0.8);
        segment.quantity_task_units = segment.desired_task_units = std::exp(between(18.0, 25.0));
        segment.outside_preference = between(-2.0, 0.0);
        std::int32_t left = 1000000000;
        for (int f = 0; f < small.scenario->firm_count; ++f) {
            Firm& firm = small.firm(f);
            if (!builds_models(firm.role) || between(0.0, 1.0) < 0.2) continue;  // the others may enter later
            firm.share_ppb[seg] = static_cast<std::int32_t>(between(0.0, 0.4) * left);
            firm.price_usd_task[seg] = std::exp(between(-1.0, 2.0));
            firm.preference[seg] = between(-2.0, 2.0);
            firm.served_frac[seg] = between(0.0, 1.0);
            left -= firm.share_ppb[seg];
        }
        segment.outside_share_ppb = left;
    }
    void fill_contract(Contract& contract, int id) {
        const int firms = small.scenario->firm_count;
        contract.id = id;
        contract.seller = static_cast<std::int16_t>(bits_() % static_cast<unsigned>(firms));
        contract.buyer = static_cast<std::int16_t>((contract.seller + 1 + static_cast<int>(bits_() % static_cast<unsigned>(firms - 1))) % firms);
        if (bits_() % 5 == 0) contract.buyer = kCustomer;
        contract.generation = static_cast<std::int16_t>(bits_() % kMaxGenerations);
        contract.end_t = 50;
        contract.ramp_q = 1;
        contract.quantity_h100e = static_cast<std::int32_t>(between(1.0, 60000.0));
        contract.first_frac = 1.0;
        contract.takeorpay_frac = 0.9;
    }
    std::mt19937_64 bits_;
};

}  // namespace rackrace::test
