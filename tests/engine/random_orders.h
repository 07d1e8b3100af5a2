// Random orders for whole quarters, written straight into the levers: more than any script could say.
#pragma once

#include <random>

#include "engine/quarter/run.h"

namespace rackrace::test {

/// Orders of every kind with sizes from nothing to far too much, some out of bounds: what recorded orders of any script could be.
class RandomDeciders : public Deciders {
public:
    explicit RandomDeciders(std::uint64_t seed) : bits_(seed) {}

    void decide(const Scenario& scenario, const World&, Orders* orders) override {
        for (int f = 0; f < scenario.firm_count; ++f) {
            Orders& o = orders[f];
            for (int r = 0; r < scenario.region_count; ++r) {
                if (chance(0.3)) o.bid_power[r] = {amount(3000.0), static_cast<std::int32_t>(amount(600000.0)), 1};
                if (chance(0.05)) o.withdraw_power_kw[r] = static_cast<std::int32_t>(amount(300000.0));
                if (chance(0.1)) o.order_onsite_kw[r] = static_cast<std::int32_t>(amount(100000.0));
                if (chance(0.05)) o.sell_onsite_kw[r] = static_cast<std::int32_t>(amount(100000.0));
                if (chance(0.2)) o.build_site_kw[r] = static_cast<std::int32_t>(amount(200000.0));
                if (chance(0.2)) o.lease_site[r] = {static_cast<std::int32_t>(amount(100000.0)), static_cast<std::int32_t>(amount(90.0))};
                if (chance(0.03)) o.exit_lease_kw[r] = static_cast<std::int32_t>(amount(100000.0));
            }
            deals_of_stage_a(o);
            o.slow_projects = chance(0.2) ? static_cast<std::uint32_t>(bits_()) & 0xFFFu : 0;
            o.abandon_projects = chance(0.05) ? static_cast<std::uint32_t>(bits_()) & 0xFFFu : 0;
            o.design_off = chance(0.05) ? 0xFFFFFu : 0;
            o.design_on = chance(0.05) ? 0xFFFFFu : 0;
            if (chance(0.1)) o.hire_talent = Usd{static_cast<std::int64_t>(amount(3e9))};
            for (int p = 0; p < scenario.product_count; ++p) {
                if (chance(0.3)) o.order_captive_chips[p] = static_cast<std::int32_t>(amount(300000.0));
                if (chance(0.5)) o.order_wafers[p] = static_cast<std::int32_t>(amount(150000.0));
                if (chance(0.2)) o.list_price_usd_chip[p] = amount(300000.0);
            }
            o.buyer_weight_given = static_cast<std::uint32_t>(bits_()) & 0xFFFFFu;
            for (double& weight : o.buyer_weight) weight = amount(1.5);
            orders_of_money(scenario, o);
            orders_of_stage_b(scenario, o);
        }
    }
    void operate(const Scenario&, const World&, Orders*) override {}

private:
    void deals_of_stage_a(Orders& o) {
        for (CapacityOffer& offer : o.offer_contract)
            if (chance(0.4)) offer = {amount(4.0), amount(1.1), amount(0.5), amount(1.5), whole(2e6), 1, whole(6.0) % kMaxGenerations, short_whole(44.0), short_whole(12.0)};
        for (CapacityBid& bid : o.bid_contract)
            if (chance(0.4)) bid = {amount(6.0), 1.0 - amount(1.0), 1.0 - amount(1.0), whole(2e6), 1, whole(7.0) % (kMaxGenerations + 1) - 1, short_whole(44.0), short_whole(12.0)};
        for (std::uint64_t& word : o.renegotiate) word = chance(0.2) ? bits_() : 0;
        for (std::uint64_t& word : o.break_contract) word = chance(0.03) ? bits_() & bits_() : 0;
        for (FirmBid& bid : o.bid_firm)
            if (chance(0.3)) bid = {money(2e11), whole(20.0) % kMaxFirms, 1};
        for (SupplyOffer& offer : o.offer_supply)
            if (chance(0.4)) offer = {amount(1.2), whole(2e5), any_whole(kMaxFirms), any_whole(kMaxProducts), whole(44.0), 1};
        for (std::int32_t& chips : o.accept_supply_chips) chips = chance(0.5) ? whole(2e5) : 0;
    }
    void orders_of_money(const Scenario& scenario, Orders& o) {
        for (LoanRequest& request : o.borrow)
            if (chance(0.3)) request = {Usd{static_cast<std::int64_t>(amount(60e9))}, amount(0.4), 1, static_cast<std::int16_t>(1.0 + amount(39.0)), static_cast<std::int16_t>(amount(7.9))};
        if (chance(0.2)) o.raise_equity = Usd{static_cast<std::int64_t>(amount(60e9))};
        o.raise_equity_max_frac = amount(1.5);
        if (chance(0.2)) o.buy_back = Usd{static_cast<std::int64_t>(amount(60e9))};
        for (Usd& repaid : o.repay)
            if (chance(0.1)) repaid = Usd{static_cast<std::int64_t>(amount(20e9))};
        for (CreditOffer& offer : o.finance_buyer)
            if (chance(0.1))
                offer = {Usd{static_cast<std::int64_t>(amount(20e9))}, amount(0.3), 1, static_cast<std::int16_t>(amount(scenario.firm_count - 0.01)),
                         static_cast<std::int16_t>(1.0 + amount(39.0))};
    }
    void orders_of_stage_b(const Scenario& scenario, Orders& o) {
        o.settings_given = static_cast<std::uint32_t>(bits_()) & ((1u << kSettings) - 1);
        for (double& value : o.settings) value = chance(0.1) ? amount(50.0) - 5.0 : amount(1.0);
        o.settings[static_cast<int>(FirmSetting::payout)] = chance(0.3) ? amount(1.2) : 0.0;
        for (int s = static_cast<int>(FirmSetting::price_enterprise); s <= static_cast<int>(FirmSetting::price_consumer); ++s) o.settings[s] = amount(9.0);
        for (int p = 0; p < scenario.product_count; ++p) {
            for (ChipStep& step : o.bid_chips[p])
                if (chance(0.4)) step = {amount(400000.0), static_cast<std::int32_t>(amount(500000.0)), 1};
            if (chance(0.1)) o.sell_chips[p] = {amount(40000.0), static_cast<std::int32_t>(amount(200000.0)), 1};
            if (chance(0.1)) o.buy_used_chips[p] = {amount(60000.0), static_cast<std::int32_t>(amount(200000.0)), 1};
            if (chance(0.05)) o.cancel_chips[p] = static_cast<std::int32_t>(amount(200000.0));
            if (chance(0.05)) o.retire_chips[p] = static_cast<std::int32_t>(amount(200000.0));
        }
        for (int c = 0; c < 2; ++c) {
            if (chance(0.6)) o.offer_spot[c] = {amount(3.0), amount(2e6)};
            if (chance(0.6)) o.bid_spot[c] = {amount(4.0), amount(2e6)};
        }
        for (std::uint64_t& word : o.favour_on) word = chance(0.1) ? bits_() : 0;
        for (std::uint64_t& word : o.favour_off) word = chance(0.1) ? bits_() : 0;
    }
    bool chance(double p) { return std::uniform_real_distribution<double>(0.0, 1.0)(bits_) < p; }
    /// Skewed: mostly small, sometimes all of it.
    double amount(double most) {
        const double u = std::uniform_real_distribution<double>(0.0, 1.0)(bits_);
        return most * u * u * u;
    }
    std::int32_t whole(double most) { return static_cast<std::int32_t>(amount(most)); }
    std::int16_t short_whole(double most) { return static_cast<std::int16_t>(amount(most)); }
    /// Any of the whole numbers from -1 to `most`, all as often.
    std::int16_t any_whole(int most) { return static_cast<std::int16_t>(std::uniform_int_distribution<int>(-1, most)(bits_)); }
    Usd money(double most) { return Usd{static_cast<std::int64_t>(amount(most))}; }
    std::mt19937_64 bits_;
};

}  // namespace rackrace::test
