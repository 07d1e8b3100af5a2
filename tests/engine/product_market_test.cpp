// The AI product market by example, and what holds for any market: shares sum to 1, nobody spends more than the wallet, rows do not matter.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

#include "engine/market/core_uplift.h"
#include "engine/market/outside_alternative.h"
#include "engine/market/product_market.h"
#include "engine/market/segment_priority.h"
#include "tests/engine/model_parameters.h"

using namespace rackrace;

namespace {

constexpr int kEnterprise = static_cast<int>(Segment::enterprise), kConsumer = static_cast<int>(Segment::consumer);

/// Two firms and the outside alternative, equal in all but share.
ProductSellers two_firms_and_outside() {
    return {{{3.4, 0.5, 0.0, 0.0, 1.0}, {3.4, 0.3, 0.0, 0.0, 1.0}, {3.4, 0.2, 0.0, 0.0, 1.0}}, 3};
}

double sum_of_shares(const ProductSellers& sellers) {
    double sum = 0.0;
    for (int i = 0; i < sellers.count; ++i) sum += sellers.items[i].share_frac;
    return sum;
}

struct RandomMarket {
    std::mt19937_64 bits;

    double between(double low, double high) { return std::uniform_real_distribution<double>(low, high)(bits); }

    /// 2 to 21 sellers; some firms post no price, some hold no share, the last one is always there.
    ProductSellers sellers() {
        ProductSellers all = {};
        all.count = std::uniform_int_distribution<int>(2, kMaxSellers)(bits);
        double sum = 0.0;
        for (int i = 0; i < all.count; ++i) {
            const bool posts = i == all.count - 1 || between(0.0, 1.0) < 0.8;
            const double weight = posts && between(0.0, 1.0) < 0.8 ? between(0.01, 1.0) : 0.0;
            all.items[i] = {posts ? std::exp(between(-3.0, 3.0)) : 0.0, weight, between(-1.5, 1.0), between(-2.0, 2.0), between(0.0, 1.0)};
            sum += weight;
        }
        if (sum == 0.0) all.items[all.count - 1].share_frac = sum = 1.0;
        for (int i = 0; i < all.count; ++i) all.items[i].share_frac /= sum;
        return all;
    }

    SegmentMarket segment() {
        return {between(0.0, 0.9), std::exp(between(15.0, 26.0)), std::exp(between(15.0, 26.0)), between(-0.1, 0.6), sellers()};
    }

    SegmentConditions conditions() { return {{between(-3.0, 4.0), std::exp(between(-0.5, 0.5))}, std::exp(between(24.0, 29.0)), 3.4}; }
};

}  // namespace

TEST_CASE("Adoption follows the frontier, never falls and stops under a plateau", "[engine][product]") {
    const AdoptionRule rule = adoption_rule(model_parameters(), kConsumer);
    CHECK(adopt(rule, 0.35, {0.0}) > 0.35);
    CHECK(adopt(rule, 0.35, {1.0}) > adopt(rule, 0.35, {0.0}));
    CHECK(adopt(rule, 0.35, {rule.capability_min_oom}) == 0.35);
    CHECK(adopt(rule, 0.0, {rule.capability_min_oom - 1.0}) == 0.0);
    CHECK(adopt(rule, 0.35, {0.0, 1.0, 0.35}) == 0.35);
    CHECK(adopt(rule, 0.35, {0.0, 1.0, 0.30}) == 0.35);
    CHECK(adopt(rule, 0.35, {0.0, 1.1}) - 0.35 == Approx(1.1 * (adopt(rule, 0.35, {0.0}) - 0.35)));

    double adopters = 0.0;
    for (int t = 0; t < 400; ++t) adopters = adopt(rule, adopters, {6.0});
    CHECK(adopters == Approx(adoption_potential(rule, 0.0, {6.0})).epsilon(1e-6));
    CHECK(adopters <= rule.ceiling_frac);
}

TEST_CASE("At unchanged prices and capabilities opening preferences hold the opening shares", "[engine][product]") {
    const ChoiceRule rule = choice_rule(model_parameters(), kEnterprise);
    ProductSellers sellers = {{{3.4, 0.6, 0.0, 0.0, 1.0}, {2.9, 0.3, -0.3, 0.0, 1.0}, {1.0, 0.1, -0.9, 0.0, 1.0}}, 3};
    set_opening_preferences(rule, sellers, 0.0);
    const ShareStep step = move_customers(rule, sellers, 0.0, 0.04);
    CHECK(step.share_frac[0] == Approx(0.6));
    CHECK(step.share_frac[1] == Approx(0.3));
    CHECK(step.share_frac[2] == Approx(0.1));
    CHECK(step.movers_frac == Approx(1.0 - 0.96 * 15.0 / 16.0));
}

TEST_CASE("A seller that leaves customers unserved loses them, and one that posts no price keeps none", "[engine][product]") {
    const ChoiceRule rule = choice_rule(model_parameters(), kEnterprise);
    ProductSellers sellers = two_firms_and_outside();
    set_opening_preferences(rule, sellers, 0.0);
    SECTION("unserved") {
        sellers.items[0].served_frac = 0.5;
        const ShareStep step = move_customers(rule, sellers, 0.0, 0.0);
        CHECK(step.share_frac[0] < 0.5);
        CHECK(step.share_frac[1] > 0.3);
    }
    SECTION("left the market") {
        sellers.items[0].price_usd_task = 0.0;
        const ShareStep step = move_customers(rule, sellers, 0.0, 0.0);
        CHECK(step.share_frac[0] == 0.0);
        CHECK(step.share_frac[1] + step.share_frac[2] == Approx(1.0));
    }
}

TEST_CASE("An entrant's first price wins it the floor of the movers beside the incumbents", "[engine][product]") {
    const ChoiceRule rule = choice_rule(model_parameters(), kConsumer);
    ProductSellers sellers = two_firms_and_outside();
    set_opening_preferences(rule, sellers, 0.0);
    sellers.items[3] = {2.0, 0.0, 0.4, 0.0, 1.0};
    sellers.count = 4;
    const bool is_entrant[] = {false, false, false, true};
    set_entrant_preferences(rule, sellers, is_entrant, 0.4);
    double choice[kMaxSellers];
    choose_sellers(rule, sellers, 0.4, choice);
    CHECK(choice[3] == Approx(rule.share_floor_frac / (1.0 + rule.share_floor_frac)));
}

TEST_CASE("An enterprise seller that no mover chooses keeps half of its share for eleven quarters", "[engine][product]") {
    const ChoiceRule rule = choice_rule(model_parameters(), kEnterprise);
    ProductSellers sellers = two_firms_and_outside();
    set_opening_preferences(rule, sellers, 0.0);
    sellers.items[0].capability_oom = -10.0;  // no mover chooses it again
    int quarters = 0;
    for (; sellers.items[0].share_frac > 0.25; ++quarters) {
        const ShareStep step = move_customers(rule, sellers, 0.0, 0.0);
        for (int i = 0; i < sellers.count; ++i) sellers.items[i].share_frac = step.share_frac[i];
    }
    CHECK(quarters == 11);  // (15/16)^11 < 1/2
}

TEST_CASE("The spending share rises as the quality-adjusted price falls", "[engine][product]") {
    SpendingRule rule = spending_rule(model_parameters(), kEnterprise);
    rule.scale = 5.67;
    CHECK(spending_share(rule, 1.0) == Approx(1.0 / 6.67));
    CHECK(spending_share(rule, 0.5) == Approx(0.1888).margin(5e-5));
    CHECK(spending_share(rule, 0.1) == Approx(0.3070).margin(5e-5));
    CHECK(spending_share(rule, 1e-30) < 1.0);
}

TEST_CASE("Quantities follow prices slowly in the first quarter and fully in the end", "[engine][product]") {
    const Parameters& p = model_parameters();
    const StickinessRule rule = stickiness_rule(p);
    const double desired = 1e9, doubled = 2e9, no_bound = 1e15;
    CHECK(sticky_quantity(rule, desired, desired, 0.0, no_bound) == Approx(desired));
    const double first = sticky_quantity(rule, desired, doubled, 0.0, no_bound);
    CHECK(std::log(first / desired) == Approx((1.0 - p.quantity_stickiness_frac) * std::log(2.0)));
    CHECK(sticky_quantity(rule, desired, doubled, 0.0, 1.05e9) == 1.05e9);

    double quantity = desired, growth = 0.0, last_desired = desired;
    for (int t = 0; t < 200; ++t) {
        quantity = sticky_quantity(rule, quantity, doubled, growth, no_bound);
        growth = expected_demand_growth(rule, growth, last_desired, doubled);
        last_desired = doubled;
    }
    CHECK(quantity == Approx(doubled).epsilon(1e-6));
    CHECK(sticky_quantity(rule, 0.0, doubled, 0.3, no_bound) == doubled);
    CHECK(sticky_quantity(rule, desired, 0.0, 0.3, no_bound) == 0.0);
    CHECK(expected_demand_growth(rule, 0.55, 1.0, 1e9) == p.demand_growth_max_frac);
    CHECK(expected_demand_growth(rule, 0.2, 0.0, 1e9) == 0.2);
}

TEST_CASE("A dear seller's customers use less, a cheap one gets its share and no more", "[engine][product]") {
    const Parameters& p = model_parameters();
    const ProductSellers sellers = {{{0.1, 0.05, 0.0, 0.0, 1.0}, {1.0, 0.95, 0.0, 0.0, 1.0}}, 2};
    const double mean = price_indices(spending_rule(p, kEnterprise), sellers).price_usd_task;
    CHECK(mean == Approx(0.891).margin(5e-4));
    const double cheap = seller_demand(100.0, 0.05, 0.1, mean, p.usage_price_elasticity);
    const double dear = seller_demand(100.0, 0.95, 1.0, mean, p.usage_price_elasticity);
    CHECK(cheap == Approx(5.0));
    CHECK(dear == Approx(79.9).margin(0.05));
    CHECK(0.1 * cheap + 1.0 * dear <= mean * 100.0);
}

TEST_CASE("Short compute is split by the firm's priority, and what one segment leaves goes to the other", "[engine][product]") {
    double served[kMaxSegments];
    SECTION("the need of consumers is under their half") {
        const double need[] = {80.0, 50.0};
        serve_segments(100.0, need, 0.5, served);
        CHECK(served[kEnterprise] == 50.0);
        CHECK(served[kConsumer] == 50.0);
    }
    SECTION("enterprise leaves a part of its half") {
        const double need[] = {30.0, 90.0};
        serve_segments(100.0, need, 0.5, served);
        CHECK(served[kEnterprise] == 30.0);
        CHECK(served[kConsumer] == 70.0);
    }
    SECTION("nothing there, nothing needed") {
        const double need[] = {0.0, 90.0};
        serve_segments(0.0, need, 0.5, served);
        CHECK(served[kEnterprise] == 0.0);
        CHECK(served[kConsumer] == 0.0);
        CHECK(served_ratio(served[kEnterprise], need[kEnterprise]) == 1.0);
        CHECK(served_ratio(served[kConsumer], need[kConsumer]) == 0.0);
    }
}

TEST_CASE("Serving uses all compute or meets all need, whatever the priority", "[engine][product][property]") {
    RandomMarket random{std::mt19937_64(5)};
    for (int trial = 0; trial < 2000; ++trial) {
        const double available = random.between(0.0, 100.0), priority = random.between(0.0, 1.0);
        const double need[] = {random.between(0.0, 100.0), random.between(0.0, 100.0)};
        double served[kMaxSegments];
        serve_segments(available, need, priority, served);
        REQUIRE(served[0] <= need[0]);
        REQUIRE(served[1] <= need[1]);
        REQUIRE(served[0] + served[1] == Approx(std::min(available, need[0] + need[1])).margin(1e-12));
    }
}

TEST_CASE("The outside alternative's need raises outside demand by exactly itself at the last price", "[engine][product]") {
    const Parameters& p = model_parameters();
    const double last = 0.7, scale = outside_scale_with_need(1e6, 2e5, last, p.spot_reference_price_usd_h, p.outside_demand_elasticity);
    const double curve = std::pow(last / p.spot_reference_price_usd_h, p.outside_demand_elasticity);
    CHECK(scale * curve - 1e6 * curve == Approx(2e5));
    const InferenceRule rule = inference_rule(p);
    CHECK(outside_price_usd_task(rule, p.outside_alternative_markup_ratio, 1.5, 0.0, 0.0, 1.0) == Approx(1.2 * 1.5 / 0.75));
    CHECK(outside_price_usd_task(rule, p.outside_alternative_markup_ratio, 1.5, -1.0, 0.0, 1.0) <
          outside_price_usd_task(rule, p.outside_alternative_markup_ratio, 1.5, 0.0, 0.0, 1.0));
}

TEST_CASE("In any market shares sum to 1 and payments stay within the adopters' wallet", "[engine][product][property]") {
    const Parameters& p = model_parameters();
    RandomMarket random{std::mt19937_64(1)};
    for (int trial = 0; trial < 3000; ++trial) {
        const SegmentRules rules = segment_rules(p, trial % kMaxSegments);
        const SegmentConditions now = random.conditions();
        SegmentMarket state = random.segment();
        const double before = state.adopters_frac;
        const SegmentQuarter quarter = advance_segment(rules, now, state);
        REQUIRE(state.adopters_frac >= before);
        REQUIRE(state.adopters_frac <= 1.0);
        REQUIRE(sum_of_shares(state.sellers) == Approx(1.0).epsilon(1e-12));
        double paid = 0.0;
        for (int i = 0; i < state.sellers.count; ++i) {
            REQUIRE(quarter.demand_tasks_q[i] >= 0.0);
            paid += state.sellers.items[i].price_usd_task * quarter.demand_tasks_q[i];
        }
        const double wallet = now.wallet_usd_year * state.adopters_frac / p.quarters_per_year;
        REQUIRE(quarter.prices.price_usd_task * state.tasks_q <= wallet * (1.0 + 1e-12));
        REQUIRE(paid <= quarter.prices.price_usd_task * state.tasks_q * (1.0 + 1e-12));
    }
}

TEST_CASE("The order of sellers changes nothing", "[engine][product][property]") {
    RandomMarket random{std::mt19937_64(2)};
    for (int trial = 0; trial < 500; ++trial) {
        const SegmentRules rules = segment_rules(model_parameters(), trial % kMaxSegments);
        const SegmentConditions now = random.conditions();
        SegmentMarket state = random.segment(), shuffled = state;
        std::vector<int> order(static_cast<std::size_t>(state.sellers.count));
        std::iota(order.begin(), order.end(), 0);
        std::shuffle(order.begin(), order.end(), random.bits);
        for (int i = 0; i < state.sellers.count; ++i) shuffled.sellers.items[i] = state.sellers.items[order[static_cast<std::size_t>(i)]];
        const SegmentQuarter one = advance_segment(rules, now, state), other = advance_segment(rules, now, shuffled);
        REQUIRE(other.prices.price_usd_task == Approx(one.prices.price_usd_task).epsilon(1e-12));
        REQUIRE(shuffled.tasks_q == Approx(state.tasks_q).epsilon(1e-12));
        for (int i = 0; i < state.sellers.count; ++i) {
            const int from = order[static_cast<std::size_t>(i)];
            REQUIRE(other.demand_tasks_q[i] == Approx(one.demand_tasks_q[from]).epsilon(1e-12));
            REQUIRE(shuffled.sellers.items[i].share_frac == Approx(state.sellers.items[from].share_frac).epsilon(1e-12));
        }
    }
}

TEST_CASE("Shares are kept as whole numbers that sum exactly, whatever the order of rows", "[engine][product][property]") {
    RandomMarket random{std::mt19937_64(3)};
    const std::int32_t whole = to_int32(to_int64(round_half_away(1.0 / model_parameters().share_precision_frac)));
    CHECK(whole == 1000000000);
    for (int trial = 0; trial < 500; ++trial) {
        const ProductSellers sellers = random.sellers();
        double share[kMaxSellers], reversed_share[kMaxSellers];
        std::uint64_t tie[kMaxSellers], reversed_tie[kMaxSellers];
        std::int32_t counted[kMaxSellers], reversed_counted[kMaxSellers];
        for (int i = 0; i < sellers.count; ++i) {
            share[i] = trial % 2 ? sellers.items[i].share_frac : 1.0 / sellers.count;  // equal shares: only ties decide
            tie[i] = random.bits();
            reversed_share[sellers.count - 1 - i] = share[i];
            reversed_tie[sellers.count - 1 - i] = tie[i];
        }
        count_shares(share, tie, sellers.count, whole, counted);
        count_shares(reversed_share, reversed_tie, sellers.count, whole, reversed_counted);
        REQUIRE(std::accumulate(counted, counted + sellers.count, std::int64_t{0}) == whole);
        for (int i = 0; i < sellers.count; ++i) {
            REQUIRE(std::abs(counted[i] - share[i] * whole) < 1.0 + 1e-6);
            REQUIRE(counted[i] == reversed_counted[sellers.count - 1 - i]);
        }
    }
}

TEST_CASE("Cheaper inference strands compute at first: revenue falls at once, quantity follows", "[engine][product]") {
    // all prices fall to a quarter, as after a public breakthrough with cost-plus sellers
    const SegmentRules rules = segment_rules(model_parameters(), kEnterprise);
    SegmentMarket state = {0.5, 0.0, 0.0, 0.0, two_firms_and_outside()};
    set_opening_preferences(rules.choice, state.sellers, 0.0);
    const SegmentConditions now = {{rules.adoption.capability_min_oom}, 9e11, 3.4};
    SegmentQuarter before = {};
    for (int t = 0; t < 3; ++t) before = advance_segment(rules, now, state);
    const double tasks = state.tasks_q;
    for (int i = 0; i < state.sellers.count; ++i) state.sellers.items[i].price_usd_task /= 4.0;
    const SegmentQuarter after = advance_segment(rules, now, state);
    CHECK(state.tasks_q > tasks);
    CHECK(after.prices.price_usd_task * state.tasks_q < before.prices.price_usd_task * tasks);
    CHECK(state.tasks_q / 4.0 < tasks);  // compute: a task needs a quarter of what it did
    for (int t = 0; t < 40; ++t) advance_segment(rules, now, state);
    CHECK(after.prices.price_usd_task * state.tasks_q > before.prices.price_usd_task * tasks);
}

TEST_CASE("Core use of compute pays less and less, and being behind costs growth", "[engine][product]") {
    const double slope = model_parameters().core_uplift_capability_slope;
    const double first = core_uplift_usd(1e11, 0.2, 1e6, 0.0, 0.0, slope, 1e6), second = core_uplift_usd(1e11, 0.2, 2e6, 0.0, 0.0, slope, 1e6);
    CHECK(first == Approx(1e11 * 0.2 * (1.0 - std::exp(-1.0))));
    CHECK(second - first < first);
    CHECK(core_uplift_usd(1e11, 0.2, 0.0, 2.0, 0.0, slope, 1e6) == 0.0);
    CHECK(core_uplift_usd(1e11, 0.2, 1e6, 1.0, 0.0, slope, 1e6) > first);
    CHECK(core_threat_frac(0.01, 1.0, 1.0, 0.5) == 0.0);
    CHECK(core_threat_frac(0.01, 0.5, 1.0, 0.5) == Approx(0.0025));
}
